//! Case 1, played by its whole cast against a bot in a process of its own.
//!
//! The bot there has the machine's clock, so the case is moved until its session opened a short while ago, and nobody
//! waits for a beat's own time: people act one after another, each when the bot has come to rest.

use std::sync::Arc;
use std::time::{Duration, Instant};

use async_trait::async_trait;
use chrono::{DurationRound as _, TimeDelta};
use convenor::app::ports::{Clock as _, Store};
use convenor::commands::machine::MachineClock;
use convenor::config::Config;
use convenor::domain::event::Record;
use convenor::rehearsal::cast::case_file::parse;
use convenor::rehearsal::cast::company::Resting;
use convenor::rehearsal::cast::playbook::Playbook;
use convenor::rehearsal::cast::scenes;
use convenor::rehearsal::cast::setting::Setting;
use convenor::rehearsal::outcome::fell_short;
use convenor::rehearsal::play::{SHIPPED_CASES, profile_of};
use convenor::rehearsal::workspace::{self, Workspace};
use convenor::store::Opening;
use rand::SeedableRng;
use rand_chacha::ChaCha20Rng;

use super::child::{Child, Place};

/// How long the bot may have something to do.
const WITHIN: Duration = Duration::from_secs(60);
/// A timer that goes off within this belongs to what was just done: the draft comes a second after the close.
const SOON: TimeDelta = TimeDelta::seconds(2);

/// Case 1, under the procedure that is shipped as the default.
pub fn case_1() -> Playbook {
    case_1_moved_by(TimeDelta::zero())
}

fn case_1_moved_by(by: TimeDelta) -> Playbook {
    let (name, text) = SHIPPED_CASES[0];
    let reading = parse(name, text).expect("the case can be read").moved_by(by);
    let config = Arc::new(Config::built_in());
    let slug = config.settings.procedure.clone();
    let profile = profile_of(&slug, None).expect("the list that is shipped can be read");
    Playbook::of(reading, config, &slug, profile.as_deref())
}

/// Moved by whole hours, so that its session opened in the hour before this one: what people say in it of what has
/// happened has happened whatever minute it is, and what is due later that day is still to come.
fn case_1_now() -> Playbook {
    let this_hour = MachineClock.now().duration_trunc(TimeDelta::hours(1)).expect("an hour can be told");
    let the_hour_before = this_hour - TimeDelta::hours(1);
    case_1_moved_by(the_hour_before - case_1().reading.case.session.opened_at.0)
}

/// The case, its people, and `serve` in a process of its own.
pub struct LivePlay {
    workspace: Workspace,
    place: Place,
    url: String,
    child: Child,
    store: Arc<dyn Store>,
    setting: Setting,
    playbook: Playbook,
}

impl LivePlay {
    /// On a PostgreSQL at this address, or on SQLite. Everybody is enrolled, and nobody has done anything yet.
    pub async fn set(database: Option<String>) -> Self {
        let playbook = case_1_now();
        let opening = workspace::Options { now: playbook.begins_at(), ..workspace::Options::unhurried() };
        let workspace = Workspace::open(opening).await.expect("a port of this machine is free");
        let mut place = Place::beside(&workspace);
        let url = database.clone().unwrap_or_else(|| place.database().display().to_string());
        if let Some(url) = database {
            place = place.with("CONVENOR_DATABASE_URL", url);
        }
        place.is_set_up(&workspace).await;
        let opening = Opening {
            url: url.clone(),
            guild: workspace.guild_id().to_string(),
            master: place.master_key(),
            chance: Box::new(ChaCha20Rng::seed_from_u64(1)),
        };
        let store = convenor::store::open(opening).await.expect("the database opens beside the bot's own process");
        let (case, directory) = (&playbook.reading.case, &playbook.config.directory);
        let setting = Setting::build(case, directory, &workspace, &*store).await.expect("everybody is enrolled");
        let child = place.serve().await;
        Self { workspace, place, url, child, store, setting, playbook }
    }

    /// Plays the case from referral to filing; nobody may be refused, or be without an answer, where the case has it
    /// otherwise.
    pub async fn is_played(&self) {
        let bot = Elsewhere(&*self.store);
        let mut company = self.playbook.company(&self.workspace, &*self.store, &bot, &self.setting);
        for beat in &self.playbook.beats {
            self.workspace.set_now(beat.at);
            scenes::play(&mut company, beat).await.expect("the bot comes to rest");
        }
        let impossible = company.steps.iter().filter(|step| step.impossible);
        let mut short: Vec<_> = impossible.map(|step| format!("{}, {}: {}", step.who, step.does, step.text)).collect();
        short.extend(fell_short(&company));
        let wedged = self.store.wedged().await.expect("the store can be read");
        short.extend(wedged.into_iter().map(|lane| lane.why));
        assert_eq!(short, Vec::<String>::new());
    }

    /// What was recorded.
    pub async fn journal(&self) -> Vec<Record> {
        let row = self.store.cases().await.expect("the store can be read").pop().expect("a case was opened");
        self.store.journal(&row.case, 0).await.expect("the journal can be read")
    }

    /// Resident memory of the bot's process, in KiB.
    pub fn resident(&self) -> u64 {
        super::child::resident(self.child.pid())
    }

    /// Stops the bot. What it recorded must verify.
    pub async fn closes(self) {
        let ended = self.child.stop().await;
        assert_eq!(ended.code, Some(0), "{}", ended.err);
        self.store.close().await;
        self.workspace.close().await;
        let verified = self.place.run(&["verify", &self.url]).await;
        assert_eq!(verified.code, Some(0), "{}{}", verified.out, verified.err);
    }
}

/// A bot in a process of its own: whether it rests is seen in what it keeps.
struct Elsewhere<'a>(&'a dyn Store);

#[async_trait]
impl Resting for Elsewhere<'_> {
    async fn idle(&self) -> anyhow::Result<()> {
        comes_to_rest(self.0).await
    }
}

/// Waits until a bot elsewhere has delivered everything, or stands still, and is not about to act by itself. What a
/// person did was committed before they were answered, with all that follows from it.
pub async fn comes_to_rest(store: &dyn Store) -> anyhow::Result<()> {
    let began = Instant::now();
    loop {
        // In this order: a timer that went off in between has left what follows from it in the outbox.
        let is_about_to_act = store.next_timer().await?.is_some_and(|at| at <= MachineClock.now() + SOON);
        let outbox = store.outbox().await?;
        if !is_about_to_act && (outbox.waiting == 0 || outbox.wedged > 0) {
            return Ok(());
        }
        anyhow::ensure!(began.elapsed() < WITHIN, "{outbox:?}, about to act: {is_about_to_act}");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}
