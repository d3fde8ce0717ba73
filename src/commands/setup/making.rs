//! Makes what a plan asks for, on the platform and in the store. Each step finds what an earlier run made.

use std::path::PathBuf;

use super::plan::Plan;
use crate::app::ports::{Agency, Installation, Store, StoreError};
use crate::discord::guild::{Guild, NoGuild};

/// Where administrators are told what only they can put right.
pub const ADMIN_CHANNEL: &str = "convenor-administrators";

/// What there is now.
#[derive(Debug, Default)]
pub struct Made {
    /// Agencies and the names of their duty channels.
    pub duty: Vec<(String, String)>,
    /// How many people are enrolled in all.
    pub enrolled: usize,
    pub not_in_file: Vec<String>,
    /// Enrolled, and not let into their duty channel: they have not joined the guild.
    pub not_members: Vec<String>,
    /// The file of a key made just now.
    pub new_key: Option<PathBuf>,
}

/// Why it stopped half-way; running it again goes on from there.
#[derive(Debug, thiserror::Error)]
pub enum Stopped {
    #[error(transparent)]
    Guild(#[from] NoGuild),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Makes what is missing.
pub async fn make(guild: &Guild, store: &dyn Store, plan: &Plan) -> Result<Made, Stopped> {
    let mut made = Made::default();
    let category = guild.category(&plan.category).await?;
    let admin_channel = guild.private_channel(ADMIN_CHANNEL, category).await?;
    guild.let_in(plan.administrator.account, admin_channel).await?;
    for agency in &plan.agencies {
        let name = agency.channel();
        let channel = guild.private_channel(&name, category).await?;
        for person in plan.people.iter().filter(|person| person.agency == agency.name) {
            let Some(account) = person.account else { continue };
            if !guild.let_in(account, channel).await? {
                made.not_members.push(person.name.clone());
            }
        }
        let duty_channel = Some(channel.to_string());
        let hours = agency.hours.as_deref().and_then(|hours| hours.parse().ok());
        let mailbox = agency.mailbox.clone();
        let contacts = agency.contacts();
        let agency_kept = Agency { mailbox, hours, contacts, ..Agency::new(&agency.name, agency.kind, duty_channel) };
        store.save_agency(&agency_kept).await?;
        made.duty.push((agency.name.clone(), name));
    }
    for person in &plan.people {
        store.enrol(person).await?;
    }
    let enrolled = store.enrolments().await?;
    let is_listed = |account| plan.people.iter().any(|person| person.account == account);
    made.not_in_file =
        enrolled.iter().filter(|person| !is_listed(person.account)).map(|person| person.name.clone()).collect();
    made.enrolled = enrolled.len();
    // Last, so that what is set up is whole.
    store
        .keep_installation(&Installation {
            guild: plan.guild.to_string(),
            category: Some(category.to_string()),
            admin_channel: Some(admin_channel.to_string()),
            administrators: vec![plan.administrator.clone()],
        })
        .await?;
    Ok(made)
}
