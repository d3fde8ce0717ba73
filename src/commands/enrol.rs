//! `convenor enrol`: one person more, or a list of them, in a guild that is set up.
//!
//! Who somebody is comes from here and from `setup` alone: their name, role, agency and rank as an administrator gave
//! them, never what the platform shows. A running `serve` knows them at once.

use std::path::PathBuf;
use std::sync::Arc;

use super::installed::Installed;
use super::machine::MachineClock;
use super::setup::people::{self, Enrolment};
use super::setup::plan::PlannedAgency;
use super::setup::refused;
use super::{Ending, Environment, Problem, installed, machine, no_use};
use crate::app::execute::App;
use crate::app::ports::{Agency, StoreError};
use crate::config::Config;
use crate::discord::courier::{Courier, Secret};
use crate::discord::guild::{Guild, NoGuild, Own};
use crate::domain::directory::Directory;
use crate::domain::ids::AccountId;
use crate::domain::people::Person;

#[derive(Debug, clap::Args)]
pub struct Flags {
    /// Their name, as the record is to show it.
    #[arg(long, required_unless_present_any = ["from", "end"])]
    name: Option<String>,
    /// Their role, as people say it: "Health visitor".
    #[arg(long, required_unless_present_any = ["from", "end"])]
    role: Option<String>,
    /// Their agency, one that is set up.
    #[arg(long, required_unless_present_any = ["from", "end"])]
    agency: Option<String>,
    /// Their rank, in the police.
    #[arg(long)]
    rank: Option<String>,
    /// The number of their account on the platform, as "Copy User ID" gives it.
    #[arg(long, value_name = "ID", required_unless_present = "from")]
    account: Option<String>,
    /// A list instead, as `setup` takes it: name, role, agency, rank, account id.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["name", "role", "agency", "rank", "account"])]
    from: Option<PathBuf>,
    /// Ends the enrolment of the account instead: somebody left their post.
    #[arg(long, requires = "account", conflicts_with_all = ["name", "role", "agency", "rank", "from"])]
    end: bool,
    /// A folder whose files take the place of the configuration that comes with the program.
    #[arg(long, value_name = "DIR")]
    config: Option<PathBuf>,
}

/// Checks everything given, then enrols; somebody enrolled before is as given now.
pub async fn run(flags: &Flags, environment: &Environment) -> Result<Ending, Problem> {
    let config = super::config(flags.config.as_deref())?;
    let installed = installed::open(environment).await?;
    let broke = |error: StoreError| installed::unusable(&environment.database_url(), &error);
    let agencies = installed.store.agencies().await.map_err(broke)?;
    let enrolment = if flags.end { Enrolment::default() } else { given(flags, &agencies, &config.directory)? };
    let courier = Courier::new(environment.base(), Secret::new(environment.token()?))
        .map_err(|error| no_use(format!("{error}; check DISCORD_API_BASE and DISCORD_TOKEN")))?;
    let courier = Arc::new(courier);
    let own = Own::ask(&courier).await.map_err(|error| refused(&error, None))?;
    let guild = Guild::new(courier, installed.guild, own);
    if flags.end {
        let ended = end(flags, config, &installed, &guild, &own, &agencies).await;
        installed.store.close().await;
        return ended;
    }
    let mut ending = Ending::Fine;
    for person in &enrolment.people {
        let is_there = let_in(&guild, &agencies, person).await.map_err(|error| refused(&error, Some(&own)))?;
        installed.store.enrol(person).await.map_err(broke)?;
        let rank = person.rank.as_ref().map(|rank| format!(", {rank}")).unwrap_or_default();
        println!("{} is enrolled: {}, {}{rank}", person.name, person.role, person.agency);
        if !is_there {
            println!("not in the guild yet: {}; have them join, then enrol them again", person.name);
            ending = Ending::FellShort;
        }
    }
    installed.store.close().await;
    for remark in &enrolment.remarks {
        println!("note: {remark}");
    }
    Ok(ending)
}

/// Access ends at once. What still stands under their name is told to the chairs and to the managers of their agency by
/// the bot that runs, or by the next that does (SES-17).
async fn end(
    flags: &Flags,
    config: Config,
    installed: &Installed,
    guild: &Guild,
    own: &Own,
    agencies: &[Agency],
) -> Result<Ending, Problem> {
    let given = flags.account.as_deref().unwrap_or_default().trim();
    let account = given.parse().map(AccountId).map_err(|_| no_use(format!("\"{given}\" is no account id")))?;
    let procedure = config.settings.procedure.clone();
    let store = Arc::clone(&installed.store);
    let app = App::new(store, Arc::new(MachineClock), Arc::new(config), &procedure, machine::chance(), Box::new(|| ()));
    let app = app.ok_or_else(|| no_use(format!("there is no procedure called {procedure}")))?;
    let broke = |error: StoreError| Problem::Broke(format!("{error}; run it again"));
    let Some(person) = app.end_enrolment(account).await.map_err(broke)? else {
        println!("nobody is enrolled with the account {account}");
        return Ok(Ending::Fine);
    };
    let duty = agencies.iter().find(|agency| agency.name == person.agency);
    if let Some(channel) = duty.and_then(|agency| agency.duty_channel.as_deref()?.parse().ok()) {
        guild.shut_out(account, channel).await.map_err(|error| refused(&error, Some(own)))?;
    }
    println!("{} is enrolled no more; their seats and open actions go to whoever takes them over", person.name);
    Ok(Ending::Fine)
}

fn given(flags: &Flags, agencies: &[Agency], directory: &Directory) -> Result<Enrolment, Problem> {
    let known = |agency: &Agency| PlannedAgency::new(&agency.name, agency.kind);
    let agencies: Vec<_> = agencies.iter().map(known).collect();
    if let Some(file) = &flags.from {
        let name = file.display().to_string();
        let bytes = std::fs::read(file)
            .map_err(|error| no_use(format!("{name} can't be read ({}); name the list with --from", error.kind())))?;
        return people::read(&bytes, &name, &agencies, directory);
    }
    let fields = [&flags.name, &flags.role, &flags.agency, &flags.rank, &flags.account];
    let fields = fields.map(|field| field.as_deref().unwrap_or_default().trim());
    let (person, remark) = people::one(fields, &agencies, directory)
        .map_err(|wrong| no_use(format!("{}; nobody was enrolled", wrong.join("; "))))?;
    Ok(Enrolment { people: vec![person], remarks: remark.into_iter().collect() })
}

/// Into their agency's duty channel. `false` where they are not in the guild.
async fn let_in(guild: &Guild, agencies: &[Agency], person: &Person) -> Result<bool, NoGuild> {
    let duty = agencies.iter().find(|agency| agency.name == person.agency);
    let duty = duty.and_then(|agency| agency.duty_channel.as_deref()?.parse().ok());
    match (person.account, duty) {
        (Some(account), Some(channel)) => guild.let_in(account, channel).await,
        (Some(account), None) => guild.has(account).await,
        (None, _) => Ok(false),
    }
}
