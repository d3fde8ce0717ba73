//! `convenor serve`: the live bot, from start to stop.
//!
//! Whatever stands in the way of a start is one sentence and exit code 2. Once `ready` is printed it runs until it is
//! told to stop (SIGTERM or SIGINT, exit code 0; a second one ends it at once) or the platform ends the connection.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use chrono::NaiveDate;
use tokio::signal::unix::{Signal, SignalKind, signal};

use super::environment::is_loopback;
use super::heartbeat::{self, Heartbeat};
use super::installed::{self, Installed};
use super::logging::Format;
use super::machine::{self, MachineClock};
use super::{Ending, Environment, Problem, no_use};
use crate::app::ports::{Clock as _, Store, StoreError};
use crate::bot::{self, Bot};
use crate::config::{Config, Content, Settings};
use crate::discord::courier::{Failure, Limits, NoCourier};
use crate::discord::gateway::NoGateway;
use crate::domain::calendar::day_of;
use crate::mail::{Mailer, NoMailer};
use crate::pdf::Printer;
use crate::workers::machine_time;

/// How often the outbox looks for what another process wrote.
const POLL: Duration = Duration::from_secs(2);
/// How often the permission's date is looked at, and how many days ahead it is said that it ends.
const PERMISSION_EVERY: Duration = Duration::from_secs(12 * 3_600);
const PERMISSION_DAYS_AHEAD: i64 = 30;

#[derive(Debug, clap::Args)]
pub struct Flags {
    /// A folder whose files take the place of the configuration that comes with the program.
    #[arg(long, value_name = "DIR")]
    config: Option<PathBuf>,
    /// How lines of the log are written, to standard error.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    log: Format,
}

impl Flags {
    /// How the log is to be written.
    pub fn log(&self) -> Format {
        self.log
    }
}

/// Runs until told to stop.
pub async fn run(flags: &Flags, environment: &Environment) -> Result<Ending, Problem> {
    // From here on a signal is ours, so that one during the start is not lost.
    let mut signals = Signals::listen()?;
    let config = super::config(flags.config.as_deref())?;
    may_carry(&config.settings, &environment.base(), day_of(MachineClock.now())).map_err(no_use)?;
    let token = environment.token()?;
    let installed = installed::open(environment).await?;
    heartbeat::clear(&environment.data_dir());
    let permission = config.settings.permission.clone();
    let bot = tokio::select! {
        bot = start(environment, config, token, &installed) => bot?,
        () = signals.next() => {
            installed.store.close().await;
            return Ok(Ending::Fine);
        }
    };
    say_ready(&installed).await.map_err(|error| installed::unusable(&environment.database_url(), &error))?;
    let ended = tokio::select! {
        why = bot.ended() => Some(why),
        () = signals.next() => None,
        () = beat(&bot, installed.store.as_ref(), environment.data_dir()) => None,
        () = remind(permission) => None,
    };
    heartbeat::clear(&environment.data_dir());
    tracing::info!("stopping");
    tokio::select! {
        () = bot.stop() => {}
        () = signals.next() => {
            eprintln!("convenor: ended at once; what was under way is taken up at the next start");
            std::process::exit(1);
        }
    }
    installed.store.close().await;
    tracing::info!("stopped");
    match ended {
        None => Ok(Ending::Fine),
        Some(why @ (NoGateway::BadToken | NoGateway::BadIntents)) => Err(not_started(&why.into(), 0)),
        Some(why) => Err(Problem::Broke(format!("{why}; start serve again"))),
    }
}

/// Whether what would pass through the platform may pass through it (SEC-24); if not, a sentence on what to do.
pub(super) fn may_carry(settings: &Settings, base: &str, today: NaiveDate) -> Result<(), String> {
    if settings.content == Content::Sealed {
        return Err(
            "content is \"sealed\" in convenor.toml, and sealed mode needs the record desk, which this version \
             doesn't have; rehearse with \"convenor rehearse\", or set content = \"room\" with the platform's written \
             permission under [permission]"
                .to_owned(),
        );
    }
    if settings.rehearsal_only {
        return if is_loopback(base) {
            Ok(())
        } else {
            Err("rehearsal_only is set in convenor.toml, and the platform's address is not on this machine; set \
                 DISCORD_API_BASE to a workspace here, or take rehearsal_only out"
                .to_owned())
        };
    }
    let Some(permission) = &settings.permission else {
        return Err(
            "room mode needs the platform's written permission; name its reference, date, expiry and who signed \
             for the authority under [permission] in convenor.toml, or set content = \"sealed\""
                .to_owned(),
        );
    };
    permission.shortcoming(today).map_or(Ok(()), |why| {
        Err(format!("room mode needs the platform's written permission, and the one in convenor.toml does not hold: {why}; renew it there"))
    })
}

async fn start(
    environment: &Environment,
    config: Config,
    token: String,
    installed: &Installed,
) -> Result<Bot, Problem> {
    let id = |id: &Option<String>| id.as_deref().and_then(|id| id.parse().ok()).filter(|id| *id != 0);
    let procedure = config.settings.procedure.clone();
    let mailer = mailer(environment, &config.settings)?.map(Arc::new);
    let options = bot::Options {
        base: environment.base(),
        token,
        guild: installed.guild,
        procedure,
        store: Arc::clone(&installed.store),
        clock: Arc::new(MachineClock),
        chance: machine::chance(),
        spread: machine::chance(),
        config: Arc::new(config),
        printer: Printer::of_this_program(),
        machine_time: machine_time(MachineClock.now().timestamp_millis()),
        poll: Some(POLL),
        limits: Limits::default(),
        category: id(&installed.installation.category),
        admin_channel: id(&installed.installation.admin_channel),
        mailer,
    };
    Bot::start(options).await.map_err(|error| not_started(&error, installed.guild))
}

/// Mail to teams, where it is set; half of what it takes is a mistake.
pub(super) fn mailer(environment: &Environment, settings: &Settings) -> Result<Option<Mailer>, Problem> {
    let wrong = |why| match why {
        NoMailer::Server => no_use("CONVENOR_SMTP_URL is no mail server; give smtps://user:password@host"),
        NoMailer::Sender => no_use("from, under [mail] in convenor.toml, is no mail address; give one"),
    };
    match (&settings.mail, environment.mail_server()?) {
        (Some(mail), Some(server)) => Mailer::new(&server, &mail.from).map(Some).map_err(wrong),
        (Some(_), None) => Err(no_use("convenor.toml has [mail], and no mail server is given; set CONVENOR_SMTP_URL")),
        (None, _) => Ok(None),
    }
}

/// Why there is no bot, and what to do.
fn not_started(error: &anyhow::Error, guild: u64) -> Problem {
    const TOKEN: &str = "the platform does not accept the bot's token; copy it again from the application's page and \
        set DISCORD_TOKEN";
    if let Some(NoCourier::Base) = error.downcast_ref() {
        return no_use(
            "DISCORD_API_BASE is not an address; give http:// or https://, a host, and a port where it needs one",
        );
    }
    if let Some(NoCourier::Token) = error.downcast_ref() {
        return no_use("the bot's token holds a character no token has; copy it again and set DISCORD_TOKEN");
    }
    match error.downcast_ref::<Failure>() {
        Some(Failure::Unauthorised) => return no_use(TOKEN),
        Some(Failure::Gone { .. } | Failure::Refused { status: 403 | 404, .. }) => {
            return no_use(format!(
                "the platform does not let the bot register its commands in the guild {guild}; run \"convenor setup\", \
                 which shows the page to invite it on"
            ));
        }
        _ => {}
    }
    match error.downcast_ref::<NoGateway>() {
        Some(NoGateway::BadToken) => no_use(TOKEN),
        Some(NoGateway::BadIntents) => {
            no_use("the platform grants the bot's application no gateway; check the application's page")
        }
        Some(NoGateway::Address(_)) => no_use(
            "the platform can't be reached; check this machine's network and DISCORD_API_BASE, then start serve again",
        ),
        Some(other) => no_use(format!("{other}; start serve again later")),
        None => no_use(format!("{error:#}; start serve again")),
    }
}

async fn say_ready(installed: &Installed) -> Result<(), StoreError> {
    let outbox = installed.store.outbox().await?;
    let cases = installed.store.cases().await?.len();
    let guild = installed.guild;
    println!("ready guild={guild} cases={cases} waiting={} standing={}", outbox.waiting, outbox.wedged);
    tracing::info!(guild, cases, waiting = outbox.waiting, standing = outbox.wedged, "ready");
    Ok(())
}

/// Leaves a sign of life for as long as the database answers.
async fn beat(bot: &Bot, store: &dyn Store, data_dir: PathBuf) {
    let mut connected_at_ms = MachineClock.now().timestamp_millis();
    loop {
        let is_well = bot.is_well().await;
        let answered = store.outbox().await;
        let at_ms = MachineClock.now().timestamp_millis();
        if is_well {
            connected_at_ms = at_ms;
        }
        match answered.map(|_| heartbeat::write(&data_dir, Heartbeat { at_ms, connected_at_ms })) {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::error!(%error, "no sign of life could be left in the data directory"),
            Err(error) => tracing::error!(error = &error as &dyn std::error::Error, "the database did not answer"),
        }
        tokio::time::sleep(heartbeat::EVERY).await;
    }
}

/// Says when the platform's permission is about to end, and when it has: the next start will refuse.
async fn remind(permission: Option<crate::config::Permission>) {
    let Some(permission) = permission else { return std::future::pending().await };
    loop {
        let days = (permission.expiry - day_of(MachineClock.now())).num_days();
        if days < 0 {
            tracing::error!(expiry = %permission.expiry, "the platform's permission has expired: the next start refuses");
        } else if days <= PERMISSION_DAYS_AHEAD {
            tracing::warn!(days, expiry = %permission.expiry, "the platform's permission is about to expire");
        }
        tokio::time::sleep(PERMISSION_EVERY).await;
    }
}

/// What tells a process to stop.
struct Signals {
    terminate: Signal,
    interrupt: Signal,
}

impl Signals {
    fn listen() -> Result<Self, Problem> {
        let listen = |kind| signal(kind).map_err(|error| Problem::Broke(format!("no signal can be heard: {error}")));
        Ok(Self { terminate: listen(SignalKind::terminate())?, interrupt: listen(SignalKind::interrupt())? })
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Permission;

    const DISCORD: &str = "https://discord.com";

    fn settings(content: Content) -> Settings {
        Settings { content, rehearsal_only: false, permission: None, custody: None, ..Config::built_in().settings }
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn permission() -> Permission {
        Permission {
            reference: "D-17".to_owned(),
            date: day("2026-01-01"),
            expiry: day("2026-12-31"),
            signed_by: "Wyn Aldous, director".to_owned(),
        }
    }

    /// Shows: SEC-24.
    #[test]
    fn room_mode_runs_live_only_with_a_permission_that_holds() {
        let with = |permission| Settings { permission, ..settings(Content::Room) };
        let refused = |settings: &Settings, today| may_carry(settings, DISCORD, day(today)).expect_err("it is refused");
        assert!(refused(&with(None), "2026-06-01").contains("[permission]"));
        assert_eq!(may_carry(&with(Some(permission())), DISCORD, day("2026-12-31")), Ok(()));
        assert!(refused(&with(Some(permission())), "2027-01-01").contains("expired on 2026-12-31"));
        assert!(refused(&with(Some(permission())), "2025-12-31").contains("has not come"));
        let unsigned = Permission { signed_by: " ".to_owned(), ..permission() };
        assert!(refused(&with(Some(unsigned)), "2026-06-01").contains("nobody who signed"));
    }

    #[test]
    fn without_a_desk_sealed_mode_names_both_ways_out() {
        let sentence = may_carry(&settings(Content::Sealed), DISCORD, day("2026-06-01")).expect_err("it is refused");
        assert!(sentence.contains("convenor rehearse") && sentence.contains("[permission]"), "{sentence}");
    }

    #[test]
    fn what_is_only_rehearsed_never_leaves_this_machine() {
        let only = Settings { rehearsal_only: true, permission: Some(permission()), ..settings(Content::Room) };
        assert_eq!(may_carry(&only, "http://127.0.0.1:4000", day("2026-06-01")), Ok(()));
        assert!(may_carry(&only, DISCORD, day("2026-06-01")).is_err());
    }
}
