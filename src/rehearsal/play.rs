//! `convenor rehearse`: a case played from referral to filing, and everything it leaves behind.
//!
//! Bad input is one sentence ([`Problem::Input`]); what falls short of the case is listed and never stops the play.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use rand::{RngCore, SeedableRng};
use rand_chacha::ChaCha20Rng;
use serde_json::json;

use super::cast::answers::without_a_place;
use super::cast::case_file::{parse, read};
use super::cast::clock::SteppedClock;
use super::cast::playbook::Playbook;
use super::cast::scenes;
use super::cast::script::Beat;
use super::cast::setting::Setting;
use super::files::Folder;
use super::outcome::{Outcome, write_down};
use super::seams::{Start, start};
use super::transcript::{Screen, Transcript};
use super::workspace::{self, Limits, Workspace};
use crate::app::ports::{Clock, Store, StoreError};
use crate::bot::Bot;
use crate::config::{Config, Content};
use crate::pdf::Printer;
use crate::store::{self, Engine, MasterKey, Opening};

/// The cases that come with the program; the first is played where none is named.
pub const SHIPPED_CASES: [(&str, &str); 3] = [
    ("case-1-fractured-skull", include_str!("../../bot-config/cases/case-1-fractured-skull.json")),
    ("case-2-released-offender", include_str!("../../bot-config/cases/case-2-released-offender.json")),
    ("case-3-suspected-cse", include_str!("../../bot-config/cases/case-3-suspected-cse.json")),
];

/// What cases call each procedure; a configuration folder may hold its own.
const PROFILES: &str = include_str!("../../bot-config/cases/profiles.toml");
const PROFILES_FILE: &str = "cases/profiles.toml";

/// How long the bot has to be ready; it takes well under a second.
const READY_WITHIN: Duration = Duration::from_secs(20);
/// More timers than a case has between two beats: beyond that one keeps coming back.
const TIMERS_MAX: usize = 1_000;

/// What is asked for on the command line.
#[derive(Debug, Clone)]
pub struct Options {
    pub case: Option<PathBuf>,
    pub procedure: Option<String>,
    pub content: Option<Content>,
    pub config: Option<PathBuf>,
    pub limits: Limits,
    pub database: Option<String>,
    pub out: PathBuf,
    /// Without one there is no PDF.
    pub printer: Option<Printer>,
}

/// Why a play ends before its end.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// Something given was no use: one sentence that says what to do.
    #[error("{0}")]
    Input(String),
    /// The play itself broke.
    #[error("the rehearsal stopped: {0}")]
    Play(String),
}

/// Everything read and checked before anything is played.
pub(super) struct Production {
    pub playbook: Playbook,
    pub profile: Option<String>,
    pub content: Content,
    pub printer: Option<Printer>,
}

/// Plays a case. The transcript goes to `out` as it happens.
pub async fn rehearse(options: &Options, screen: Screen, out: impl Write) -> Result<Outcome, Problem> {
    let began = Instant::now();
    let production = prepare(options)?;
    let mut folder = Folder::prepare(&options.out).map_err(|problem| Problem::Input(problem.to_string()))?;
    let playbook = &production.playbook;
    let stage = Stage::set(playbook, options, &mut folder).await?;
    let mut transcript = Transcript::new(&playbook.config.wording, screen, out);
    open(&mut transcript, playbook).map_err(broken)?;
    let mut company = playbook.company(&stage.workspace, stage.store.as_ref(), &stage.bot, &stage.setting);
    let mut intervals = Vec::new();
    for (n, beat) in playbook.beats.iter().enumerate() {
        stage.move_to(beat).await?;
        let told = company.steps.len();
        scenes::play(&mut company, beat).await.map_err(broken)?;
        intervals.push(stage.workspace.counts());
        transcript.progress(n + 1, playbook.beats.len());
        for step in &company.steps[told..] {
            transcript.step(step, &who(&stage.setting, &step.who)).map_err(broken)?;
        }
    }
    company.look().await.map_err(broken)?;
    let outcome = write_down(&production, &company, &intervals, began, &mut folder, &mut transcript).await;
    stage.strike().await;
    outcome
}

/// Whatever breaks under a play is told in its own words.
pub(super) fn broken(error: impl std::fmt::Display) -> Problem {
    Problem::Play(format!("{error:#}"))
}

fn prepare(options: &Options) -> Result<Production, Problem> {
    let input = |sentence: String| Problem::Input(sentence);
    let reading = match &options.case {
        Some(path) => read(path),
        None => parse(SHIPPED_CASES[0].0, SHIPPED_CASES[0].1),
    };
    let reading = reading.map_err(|bad| input(bad.to_string()))?;
    let config = match &options.config {
        Some(folder) => Config::load(folder).map_err(|errors| input(errors.to_string()))?,
        None => Config::built_in(),
    };
    let slug = options.procedure.clone().unwrap_or_else(|| config.settings.procedure.clone());
    if !config.procedures.contains_key(&slug) {
        let known: Vec<_> = config.procedures.keys().cloned().collect();
        return Err(input(format!("there is no procedure \"{slug}\"; there are {}", known.join(", "))));
    }
    let content = options.content.unwrap_or(Content::Room);
    if content == Content::Sealed {
        let sentence =
            "--content sealed needs the record desk, which this version doesn't have yet; use --content room";
        return Err(input(sentence.to_owned()));
    }
    let profile = profile_of(&slug, options.config.as_deref())?;
    let mut config = config;
    (config.settings.procedure, config.settings.content) = (slug.clone(), content);
    let playbook = Playbook::of(reading, Arc::new(config), &slug, profile.as_deref());
    Ok(Production { playbook, profile, content, printer: options.printer.clone() })
}

/// What cases call a procedure; a configuration folder may have its own list.
///
/// # Errors
/// Where the list can't be read.
pub fn profile_of(slug: &str, folder: Option<&Path>) -> Result<Option<String>, Problem> {
    let own = folder.map(|folder| folder.join(PROFILES_FILE)).filter(|path| path.is_file());
    let text = match &own {
        Some(path) => std::fs::read_to_string(path)
            .map_err(|error| Problem::Input(format!("{} can't be read ({error})", path.display())))?,
        None => PROFILES.to_owned(),
    };
    let profiles: BTreeMap<String, String> = toml::from_str(&text).map_err(|error| {
        Problem::Input(format!("{PROFILES_FILE}: {}; write CODE = \"procedure\" on each line", error.message()))
    })?;
    Ok(profiles.into_iter().find(|(_, known)| known == slug).map(|(code, _)| code))
}

fn open<W: Write>(transcript: &mut Transcript<'_, W>, playbook: &Playbook) -> std::io::Result<()> {
    let Playbook { reading, slug, config, .. } = playbook;
    transcript.title(&reading.case.title, slug, "room")?;
    for path in &reading.unknown {
        transcript.remark("unknown_key", json!({ "path": path }))?;
    }
    for path in without_a_place(reading, &config.catalogue) {
        transcript.remark("no_question", json!({ "path": path }))?;
    }
    Ok(())
}

/// Name and agency, as the transcript has them.
fn who(setting: &Setting, key: &str) -> String {
    setting.person(key).map_or_else(|| key.to_owned(), |person| format!("{}, {}", person.name, person.agency))
}

/// The platform, the store, the clock, the guild and the bot, all in place.
pub(super) struct Stage {
    pub workspace: Workspace,
    pub store: Arc<dyn Store>,
    pub setting: Setting,
    clock: Arc<SteppedClock>,
    bot: Bot,
}

impl Stage {
    async fn set(playbook: &Playbook, options: &Options, folder: &mut Folder) -> Result<Self, Problem> {
        let first = playbook.begins_at();
        let opening = workspace::Options { limits: options.limits, now: first, ..workspace::Options::unhurried() };
        let workspace = Workspace::open(opening).await.map_err(|error| {
            Problem::Input(format!("no port of this machine could be opened for the rehearsal ({error}); try again"))
        })?;
        // Seeded by what is played, so that two plays of it are the same bytes.
        let seed = blake3::hash(format!("{}\n{}", playbook.reading.case.id, playbook.slug).as_bytes());
        let mut chance = ChaCha20Rng::from_seed(*seed.as_bytes());
        let store = open_store(options, &workspace, folder, &mut chance).await?;
        let case = &playbook.reading.case;
        let setting = Setting::build(case, &playbook.config.directory, &workspace, store.as_ref()).await;
        let setting = setting.map_err(broken)?;
        let clock = Arc::new(SteppedClock::new(first));
        let given = Start {
            procedure: playbook.slug.clone(),
            limits: options.limits,
            store: Arc::clone(&store),
            clock: clock.clone(),
            config: Arc::clone(&playbook.config),
        };
        let bot = start(&workspace, given, &mut chance).await.map_err(broken)?;
        workspace.wait_until_ready(READY_WITHIN).await.map_err(broken)?;
        Ok(Self { workspace, store, setting, clock, bot })
    }

    /// Moves the clock to a beat; timers on the way go off at their own time, each in a quiet room.
    async fn move_to(&self, beat: &Beat) -> Result<(), Problem> {
        for _ in 0..TIMERS_MAX {
            self.bot.idle().await.map_err(broken)?;
            let next = self.store.next_timer().await.map_err(broken)?;
            let Some(due) = next.filter(|due| *due <= beat.at && *due > self.clock.now()) else { break };
            self.set_clock(due);
        }
        self.set_clock(beat.at);
        self.bot.idle().await.map_err(broken)
    }

    fn set_clock(&self, now: chrono::DateTime<chrono::Utc>) {
        self.clock.move_to(now);
        self.workspace.set_now(now);
    }

    async fn strike(self) {
        self.bot.stop().await;
        self.store.close().await;
        self.workspace.close().await;
    }
}

/// The schema a play makes itself on a server, with the next number behind it.
const SCHEMA: &str = "rehearsal";

/// The default database lies in the folder, with the key that opens it beside it.
async fn open_store(
    options: &Options,
    workspace: &Workspace,
    folder: &mut Folder,
    chance: &mut ChaCha20Rng,
) -> Result<Arc<dyn Store>, Problem> {
    let mut key = [0; 32];
    chance.fill_bytes(&mut key);
    let hexadecimal: String = key.iter().map(|byte| format!("{byte:02x}")).collect();
    folder
        .write_secret("rehearsal.key", &format!("{hexadecimal}\n"))
        .map_err(|problem| Problem::Input(problem.to_string()))?;
    let url = match &options.database {
        Some(url) => url.clone(),
        None => format!("sqlite:{}", folder.note("convenor.db").display()),
    };
    let shown = store::without_password(&url);
    let input = |error: StoreError| Problem::Input(unusable(&shown, &error));
    let url = match Engine::of(&url).map_err(input)? {
        Engine::Sqlite => url,
        Engine::Postgres => store::new_schema(&url, SCHEMA).await.map_err(input)?,
    };
    let opening = Opening {
        url,
        guild: workspace.guild_id().to_string(),
        master: MasterKey::new(key),
        chance: Box::new(ChaCha20Rng::from_rng(chance)),
    };
    let store = store::open(opening).await.map_err(input)?;
    // The platform of a rehearsal numbers everything from the start again, and nobody rehearses among real cases.
    match store.cases().await {
        Ok(cases) if cases.is_empty() => Ok(store),
        Ok(_) => {
            store.close().await;
            Err(Problem::Input(format!("the database {shown} holds cases already; name a new file with --database")))
        }
        Err(error) => Err(input(error)),
    }
}

fn unusable(url: &str, error: &StoreError) -> String {
    let next = match error {
        StoreError::WrongKey => "; name another file with --database",
        _ => "",
    };
    format!("the database {url}: {error}{next}")
}
