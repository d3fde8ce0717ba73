//! convenor as an authority runs it: set up from a file, then `serve`.

use std::time::Instant;

use convenor::rehearsal::cast::forms::fill;
use convenor::rehearsal::workspace::{Id, OptionValue, Options, Person, Workspace};

use crate::child::Place;
use crate::load::{self, AT_ONCE, Measured};

const AGENCY: &str = "Larkshire Children's Services";

/// A guild, its people, and a folder where convenor is installed.
pub struct Installation {
    workspace: Workspace,
    place: Place,
    people: Vec<Id>,
}

impl Installation {
    /// On a PostgreSQL at this address, or on SQLite.
    pub async fn on(database: Option<String>) -> Self {
        let workspace = Workspace::open(Options::default()).await.expect("a port of this machine is free");
        let people: Vec<_> = (0..AT_ONCE).map(|n| workspace.add_member(&format!("Person {n}"), &[])).collect();
        let mut place = Place::beside(&workspace);
        if let Some(url) = database {
            place = place.with("CONVENOR_DATABASE_URL", url);
        }
        let lines = people.iter().enumerate().map(|(n, id)| format!("Person {n},Social worker,{AGENCY},,{id}\n"));
        place.write("people.csv", format!("name,role,agency,rank,account id\n{}", lines.collect::<String>()));
        place.write(
            "plan.toml",
            format!(
                "guild = \"{}\"\npeople = \"people.csv\"\n[administrator]\nname = \"Person 0\"\naccount = \"{}\"\n\
                 [[agency]]\nname = \"{AGENCY}\"\nkind = \"social_care\"\n",
                workspace.guild_id(),
                people[0]
            ),
        );
        let set_up = place.run(&["setup", "--from", "plan.toml"]).await;
        assert_eq!(set_up.code, Some(0), "{}", set_up.err);
        Self { workspace, place, people }
    }

    /// Each person registers a case of their own, then lists one adult after another in it.
    pub async fn measured(self) -> Measured {
        let began = Instant::now();
        let bot = self.place.serve().await;
        let ready = began.elapsed();
        let duty = self.workspace.channels().into_iter().find(|channel| channel.name.starts_with("duty-"));
        let duty = duty.expect("setup made a duty channel").id;
        let people: Vec<_> = self.people.iter().map(|id| self.workspace.person(*id)).collect();
        for (n, person) in people.iter().enumerate() {
            register(person, duty, n).await;
        }
        let act = async |n: usize| adult(&people[n], duty).await;
        let measured = load::put(bot.pid(), ready, act).await;
        let ended = bot.stop().await;
        assert_eq!(ended.code, Some(0), "{}", ended.err);
        self.workspace.close().await;
        measured
    }
}

async fn register(person: &Person, at: Id, n: usize) {
    let chosen = [
        ("trigger_point", "at_referral"),
        ("trigger_type", "incident"),
        ("threshold", "suffering"),
        ("urgency", "serious_risk"),
    ];
    let options = chosen.map(|(name, code)| (name.to_owned(), OptionValue::Text(code.to_owned())));
    let first = person.command(at, &["strategy", "register"], options.to_vec()).await.expect("the command is there");
    let typed = [("reference".to_owned(), format!("LCS-{n}")), ("grounds".to_owned(), "An injury".to_owned())];
    fill(person, first, &typed).await.expect("the form is filled in");
}

async fn adult(person: &Person, at: Id) -> Vec<std::time::Duration> {
    let first = person.command(at, &["strategy", "adult"], Vec::new()).await.expect("the command is there");
    let filled = fill(person, first, &[("name".to_owned(), "Marlow".to_owned())]).await.expect("it is filled in");
    assert!(filled.last.is_private(), "{:?}", filled.last.answer);
    filled.acknowledged
}
