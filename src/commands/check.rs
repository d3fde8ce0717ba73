//! `convenor check`: a checklist of the configuration and, with a token, of the guild, with what to do on each line.

mod guild;

use std::path::PathBuf;

use super::environment::sqlite_file;
use super::machine::MachineClock;
use super::{Ending, Environment, Problem, installed, serve};
use crate::app::ports::Clock as _;
use crate::config::{Config, remarks};
use crate::domain::calendar::day_of;
use crate::domain::edition::outdated;

/// How many days before the bank holidays run out it is said.
const HOLIDAYS_DAYS_AHEAD: i64 = 183;

#[derive(Debug, clap::Args)]
pub struct Flags {
    /// A folder whose files take the place of the configuration that comes with the program.
    #[arg(long, value_name = "DIR")]
    config: Option<PathBuf>,
}

/// The lines of the checklist.
#[derive(Debug, Default)]
struct List(Vec<(Mark, String)>);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Fine,
    /// Worth knowing; nothing fails for it.
    Note,
    /// To be put right.
    Wrong,
    Unchecked,
}

impl List {
    fn add(&mut self, mark: Mark, line: impl Into<String>) {
        self.0.push((mark, line.into()));
    }

    fn fine(&mut self, line: impl Into<String>) {
        self.add(Mark::Fine, line);
    }

    fn note(&mut self, line: impl Into<String>) {
        self.add(Mark::Note, line);
    }

    fn wrong(&mut self, line: impl Into<String>) {
        self.add(Mark::Wrong, line);
    }

    fn unchecked(&mut self, line: impl Into<String>) {
        self.add(Mark::Unchecked, line);
    }

    fn print(&self) -> Ending {
        for (mark, line) in &self.0 {
            let word = match mark {
                Mark::Fine => "fine",
                Mark::Note => "note",
                Mark::Wrong => "wrong",
                Mark::Unchecked => "not checked",
            };
            println!("{word}: {line}");
        }
        let wrong = self.0.iter().filter(|(mark, _)| *mark == Mark::Wrong).count();
        if wrong == 0 {
            println!("nothing to put right");
            return Ending::Fine;
        }
        println!("{wrong} to put right");
        Ending::FellShort
    }
}

/// Checks what can be checked, and names what can't.
pub async fn run(flags: &Flags, environment: &Environment) -> Result<Ending, Problem> {
    let mut list = List::default();
    if let Some(folder) = flags.config.as_deref().filter(|folder| !folder.is_dir()) {
        return Err(super::no_use(format!(
            "there is no folder {}; name the one that holds convenor.toml",
            folder.display()
        )));
    }
    let config = match &flags.config {
        Some(folder) => Config::load(folder),
        None => Ok(Config::built_in()),
    };
    let config = match config {
        Ok(config) => config,
        Err(errors) => {
            errors.0.iter().for_each(|error| list.wrong(error.to_string()));
            list.unchecked("everything else: the configuration comes first");
            return Ok(list.print());
        }
    };
    configuration(&mut list, &config, flags, environment);
    let installed = database(&mut list, environment).await?;
    match environment.token_if_any()? {
        Some(token) => guild::check(&mut list, environment, token, &config, installed.as_ref()).await,
        None => list.unchecked("the guild: no token is given; set DISCORD_TOKEN or DISCORD_TOKEN_FILE"),
    }
    if let Some(installed) = installed {
        installed.store.close().await;
    }
    Ok(list.print())
}

fn configuration(list: &mut List, config: &Config, flags: &Flags, environment: &Environment) {
    let slugs: Vec<_> = config.procedures.keys().map(String::as_str).collect();
    list.fine(format!("configuration: procedures {}; {} roles", slugs.join(", "), config.directory.roles.len()));
    for remark in remarks(flags.config.as_deref()) {
        list.note(remark.to_string());
    }
    let today = day_of(MachineClock.now());
    match serve::may_carry(&config.settings, &environment.base(), today) {
        Ok(()) => list.fine("content: serve may start with this setting"),
        Err(sentence) => list.wrong(sentence),
    }
    if let Some(procedure) = config.procedures.get(&config.settings.procedure) {
        for old in outdated(procedure, today) {
            list.note(format!(
                "\"{}\" of {} is as at {}, over a year ago; check that it still holds and put the new date there",
                old.title, procedure.slug, old.as_at
            ));
        }
    }
    let last = config.calendar.last_covered_day();
    let days = (last - today).num_days();
    let fix = "put the file from https://www.gov.uk/bank-holidays.json in place of bank-holidays.json";
    if days < 0 {
        list.wrong(format!(
            "the bank holidays ran out on {last}, and working days after it are counted without them; {fix}"
        ));
    } else if days < HOLIDAYS_DAYS_AHEAD {
        list.note(format!("the bank holidays run out on {last}; {fix}"));
    } else {
        list.fine(format!("bank holidays are known until {last}"));
    }
    let custody = "whoever holds both the server and the master key can read everything";
    match &config.settings.custody {
        Some(held) if held.server.trim() == held.master_key.trim() => {
            list.wrong(format!("{custody}, and both are with {}; name two people under [custody]", held.server));
        }
        Some(held) => {
            list.note(format!("{custody}: the server is with {}, the key with {}", held.server, held.master_key))
        }
        None => list.note(format!("{custody}; name the two who hold them under [custody] in convenor.toml")),
    }
}

/// A database that is not there yet is nothing wrong; one that can't be used is.
async fn database(list: &mut List, environment: &Environment) -> Result<Option<installed::Installed>, Problem> {
    if sqlite_file(&environment.database_url()).is_some_and(|file| !file.exists()) {
        list.unchecked("what is set up: there is no database yet; run \"convenor setup\"");
        return Ok(None);
    }
    match installed::open(environment).await {
        Ok(installed) => {
            let people = installed.store.enrolments().await.map(|people| people.len()).unwrap_or_default();
            let administrators: Vec<_> =
                installed.installation.administrators.iter().map(|administrator| administrator.name.as_str()).collect();
            list.fine(format!(
                "set up: guild {}, {people} people enrolled, administrators {}",
                installed.guild,
                administrators.join(", ")
            ));
            for lane in installed.store.wedged().await.unwrap_or_default() {
                list.wrong(format!(
                    "case {} stands still ({}); put that right, then \"convenor release\" it",
                    lane.case, lane.why
                ));
            }
            Ok(Some(installed))
        }
        Err(Problem::NoUse(sentence)) => {
            list.wrong(sentence);
            Ok(None)
        }
        Err(broke) => Err(broke),
    }
}
