//! `convenor setup`: from a file, twice, and what it refuses.

use std::os::unix::fs::PermissionsExt as _;

use convenor::rehearsal::workspace::{self, Id, Workspace, permissions};

use crate::support::{Ended, Place};

struct Site {
    workspace: Workspace,
    place: Place,
    officer: Id,
    head: Id,
}

/// A guild with two people, an agency each, and a plan.
async fn site() -> Site {
    let workspace = Workspace::open(workspace::Options::default()).await.expect("a port of this machine is free");
    let place = Place::beside(&workspace);
    let (officer, head) = (workspace.add_member("Dana Okafor", &[]), workspace.add_member("Bela Marsh", &[]));
    let (guild, owner) = (workspace.guild_id(), workspace.owner_id());
    place.write(
        "setup.toml",
        format!(
            "guild = \"{guild}\"\ncategory = \"Discussions\"\npeople = \"people.csv\"\n\
             [administrator]\nname = \"Wyn Aldous\"\naccount = \"{owner}\"\n\
             [[agency]]\nname = \"Larkshire Police\"\nkind = \"police\"\n\
             [[agency]]\nname = \"St Ann's, Larkshire\"\nkind = \"education\"\n"
        ),
    );
    let site = Site { workspace, place, officer, head };
    site.lists(&[("Dana Okafor", "Police officer", "Larkshire Police", site.officer)]);
    site
}

impl Site {
    fn lists(&self, people: &[(&str, &str, &str, Id)]) {
        let lines = people.iter().map(|(name, role, agency, id)| format!("\"{name}\";{role};\"{agency}\";;{id}\r\n"));
        let list = format!("\u{feff}Name;Role;Agency;Rank;Account ID\r\n{}", lines.collect::<String>());
        self.place.write("people.csv", list);
    }

    async fn sets_up(&self) -> Ended {
        self.place.run(&["setup", "--from", "setup.toml"]).await
    }

    /// The channels by name, with who may see each of the two people.
    fn channels(&self) -> Vec<(String, bool, bool)> {
        let sees = |who, id| self.workspace.permissions_in(who, id) & permissions::VIEW_CHANNEL != 0;
        let channels = self.workspace.channels().into_iter();
        let mut seen: Vec<_> =
            channels.map(|it| (it.name, sees(self.officer, it.id), sees(self.head, it.id))).collect();
        seen.sort();
        seen
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn it_makes_what_is_missing_and_run_again_does_no_harm() {
    let site = site().await;
    let first = site.sets_up().await;
    assert_eq!(first.code, Some(0), "{}", first.err);
    assert!(first.out.contains("a new master key is in"), "{}", first.out);
    assert!(first.out.ends_with("next: convenor check, then convenor serve"), "{}", first.out);
    let key = std::fs::metadata(site.place.path("data/master.key")).expect("a key was made");
    assert_eq!(key.permissions().mode() & 0o777, 0o600, "only its owner can read it");
    let named = |name: &str, officer, head| (name.to_owned(), officer, head);
    let made = [
        named("Discussions", false, false),
        named("convenor-administrators", false, false),
        named("duty-larkshire-police", true, false),
        named("duty-st-anns-larkshire", false, false),
    ];
    assert_eq!(site.channels(), made);

    site.lists(&[("Bela Marsh", "Head teacher", "St Ann's, Larkshire", site.head)]);
    let second = site.sets_up().await;
    assert_eq!(second.code, Some(0), "{}", second.err);
    assert!(!second.out.contains("new master key"), "{}", second.out);
    assert!(second.out.contains("2 people are enrolled"), "{}", second.out);
    assert!(second.out.contains("left as they are: Dana Okafor"), "{}", second.out);
    let channels = site.channels();
    assert_eq!(channels.len(), made.len(), "nothing is made twice");
    assert_eq!(channels[3], named("duty-st-anns-larkshire", false, true));
    site.place.serve().await.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_line_of_the_list_keeps_everything_from_being_made() {
    let site = site().await;
    let nobody = Id(7);
    site.lists(&[
        ("Dana Okafor", "Police officer", "Larkshire Police", site.officer),
        ("Bela Marsh", "Head teacher", "St Anne's", nobody),
    ]);
    let refused = site.sets_up().await;
    assert_eq!(refused.code, Some(2));
    assert!(refused.err.contains("people.csv, line 3: there is no agency \"St Anne's\""), "{}", refused.err);
    assert!(refused.err.contains("people.csv, line 3: \"7\" is no account id"), "{}", refused.err);
    assert!(refused.err.contains("nothing was made"), "{}", refused.err);
    assert_eq!(site.channels(), []);
    assert!(!site.place.path("data").exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_who_has_not_joined_is_named() {
    let site = site().await;
    let absent = site.workspace.add_user("Piet Lund");
    site.lists(&[("Piet Lund", "Police officer", "Larkshire Police", absent)]);
    let ended = site.sets_up().await;
    assert_eq!(ended.code, Some(1), "{}", ended.err);
    assert!(ended.out.contains("not in the guild yet: Piet Lund"), "{}", ended.out);
    site.workspace.join(absent, &[]);
    assert_eq!(site.sets_up().await.code, Some(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_can_not_be_set_up_is_refused_with_what_to_do() {
    let site = site().await;
    let refused = async |words: &str| {
        let ended = site.sets_up().await;
        assert_eq!(ended.code, Some(2), "{}", ended.out);
        assert!(ended.err.contains(words), "{}", ended.err);
    };
    let nobody_to_ask = site.place.run(&["setup"]).await;
    assert!(nobody_to_ask.code == Some(2) && nobody_to_ask.err.contains("--from FILE"), "{}", nobody_to_ask.err);

    let role = site.workspace.bot_role();
    site.workspace.set_role_permissions(role, permissions::BOT_DEFAULT & !permissions::MANAGE_ROLES);
    refused("lacks rights in the guild: Manage Roles").await;
    site.workspace.set_role_permissions(role, permissions::BOT_DEFAULT);

    let plan = std::fs::read_to_string(site.place.path("setup.toml")).expect("the plan is there");
    let guild = site.workspace.guild_id().to_string();
    site.place.write("setup.toml", plan.replacen(&guild, "123456789012345678", 1));
    refused("the bot is not in this guild").await;
    site.place.write("setup.toml", plan.replace("police\"\n", "polite\"\n"));
    refused("setup.toml, line ").await;
    site.place.write("setup.toml", plan.replace("\"police\"\n", "\"police\"\ndeputy = \"123456789012345678\"\n"));
    refused("\"123456789012345678\", named for the agency \"Larkshire Police\", is nobody's account in the list").await;
    site.place.write("setup.toml", plan.replace(&site.workspace.owner_id().to_string(), "123456789012345678"));
    refused("the administrator's account 123456789012345678 is not in the guild").await;
    assert_eq!(site.channels(), []);

    site.place.write("setup.toml", &plan);
    assert_eq!(site.sets_up().await.code, Some(0));
    std::fs::rename(site.place.path("data/master.key"), site.place.path("kept.key")).expect("the key is moved");
    refused("there is no master key in").await;
}
