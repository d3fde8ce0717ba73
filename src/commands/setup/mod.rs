//! `convenor setup`: from an invited bot to a guild that `serve` can run in.
//!
//! Everything given is read and checked before anything is made. What it needs, it creates; run again, it finds what
//! is there, adds what is new, and takes nothing away.

mod asking;
mod key;
mod making;
pub(super) mod people;
pub(super) mod plan;

use std::io::IsTerminal as _;
use std::os::unix::fs::DirBuilderExt as _;
use std::path::PathBuf;
use std::sync::Arc;

use super::environment::sqlite_file;
use super::{Ending, Environment, Problem, installed, no_use};
use crate::discord::courier::{Courier, Secret};
use crate::discord::guild::{Guild, NoGuild, Own};
use crate::discord::permissions::{lacking, needed};
use crate::store::without_password;
use making::Made;
use plan::Plan;

#[derive(Debug, clap::Args)]
pub struct Flags {
    /// A TOML file with the answers, instead of asking for them on the terminal.
    #[arg(long, value_name = "FILE")]
    from: Option<PathBuf>,
    /// A folder whose files take the place of the configuration that comes with the program.
    #[arg(long, value_name = "DIR")]
    config: Option<PathBuf>,
}

/// Reads the answers or asks for them, makes what is missing, and says what to do next.
pub async fn run(flags: &Flags, environment: &Environment) -> Result<Ending, Problem> {
    let config = super::config(flags.config.as_deref())?;
    let courier = Courier::new(environment.base(), Secret::new(environment.token()?))
        .map_err(|error| no_use(format!("{error}; check DISCORD_API_BASE and DISCORD_TOKEN")))?;
    let courier = Arc::new(courier);
    let own = Own::ask(&courier).await.map_err(|error| refused(&error, None))?;
    let plan = match &flags.from {
        Some(file) => Plan::read(file, &config.directory)?,
        None if std::io::stdin().is_terminal() => {
            asking::ask(std::io::stdin().lock(), std::io::stdout(), &own.invitation(), &config.directory)?
        }
        None => return Err(no_use("nobody can be asked here: there is no terminal; name a file with --from FILE")),
    };
    let guild = Guild::new(courier, plan.guild, own);
    let seen = guild.look().await.map_err(|error| refused(&error, Some(&own)))?;
    let missing = lacking(seen.held(), needed());
    if !missing.is_empty() {
        return Err(no_use(format!(
            "the bot lacks rights in the guild: {}; give them to its role, or invite it again on {}",
            missing.join(", "),
            own.invitation()
        )));
    }
    if !guild.has(plan.administrator.account).await.map_err(|error| refused(&error, Some(&own)))? {
        return Err(no_use(format!(
            "the administrator's account {} is not in the guild; invite them there first, or correct the number",
            plan.administrator.account
        )));
    }
    let made = prepare_and_make(environment, &guild, &plan).await?;
    summarise(&made, &plan, environment);
    Ok(if made.not_members.is_empty() { Ending::Fine } else { Ending::FellShort })
}

async fn prepare_and_make(environment: &Environment, guild: &Guild, plan: &Plan) -> Result<Made, Problem> {
    let data_dir = environment.data_dir();
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(&data_dir).map_err(|error| {
        no_use(format!(
            "{} can't be made ({}); set CONVENOR_DATA_DIR to a folder that can",
            data_dir.display(),
            error.kind()
        ))
    })?;
    let url = environment.database_url();
    let has_database = sqlite_file(&url).is_some_and(|file| file.exists());
    let (master, new_key) = key::given_or_made(environment, has_database)?;
    if let Some(before) = installed::find(&url, &master).await?
        && before.guild != plan.guild.to_string()
    {
        return Err(no_use(format!(
            "the database {} is set up for the guild {}; give the other guild a database of its own with CONVENOR_DATABASE_URL",
            without_password(&url),
            before.guild
        )));
    }
    let store = installed::open_store(&url, &plan.guild.to_string(), master).await?;
    let made = making::make(guild, store.as_ref(), plan).await;
    store.close().await;
    let made = made.map_err(|error| match error {
        making::Stopped::Guild(error) => refused(&error, None),
        making::Stopped::Store(error) => installed::unusable(&url, &error),
    })?;
    Ok(Made { new_key, ..made })
}

/// Why the platform did not let it happen, and what to do.
pub(super) fn refused(error: &NoGuild, own: Option<&Own>) -> Problem {
    match (error, own) {
        (NoGuild::BadToken, _) => no_use(
            "the platform does not accept the bot's token; copy it again from the application's page and set DISCORD_TOKEN",
        ),
        (NoGuild::NotThere, Some(own)) => no_use(format!(
            "the bot is not in this guild; check the guild's number, and have somebody who manages it open {}",
            own.invitation()
        )),
        (NoGuild::NotThere, None) => no_use("something of the guild is gone; look at it and run setup again"),
        (NoGuild::Unasked(failure), _) => no_use(format!(
            "the platform did not do it ({failure}); check the network, DISCORD_API_BASE and the bot's role, and run it again"
        )),
    }
}

fn summarise(made: &Made, plan: &Plan, environment: &Environment) {
    println!("guild {}", plan.guild);
    println!("cases open in the category \"{}\"", plan.category);
    println!("administrators are told in #{}; the first is {}", making::ADMIN_CHANNEL, plan.administrator.name);
    for (agency, channel) in &made.duty {
        println!("{agency}: #{channel}");
    }
    println!("{} people are enrolled", made.enrolled);
    for name in &made.not_in_file {
        println!("enrolled before and not in the list, left as they are: {name}");
    }
    for remark in &plan.remarks {
        println!("note: {remark}");
    }
    for name in &made.not_members {
        println!("not in the guild yet: {name}; have them join, then run setup again");
    }
    if let Some(file) = &made.new_key {
        println!("a new master key is in {}", file.display());
        println!(
            "Copy it to a safe place of its own now. Without it nothing recorded can be read again; with it and the"
        );
        println!("database everything can. Never keep it in the same backup as the database.");
    }
    println!("the database is {}", without_password(&environment.database_url()));
    println!("next: convenor check, then convenor serve");
}
