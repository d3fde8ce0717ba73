//! What is to be set up, as read from a file or asked for.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Deserializer};

use super::people;
use crate::app::ports::Administrator;
use crate::commands::{Problem, no_use};
use crate::config::Source;
use crate::domain::directory::Directory;
use crate::domain::duty::DutyHours;
use crate::domain::ids::AccountId;
use crate::domain::people::{AgencyContacts, AgencyKind, Person};
use crate::mail::is_address;

/// What the category is called where nobody says.
pub const CATEGORY: &str = "Strategy discussions";

/// Everything to set up, checked.
#[derive(Debug)]
pub struct Plan {
    pub guild: u64,
    pub category: String,
    pub administrator: Administrator,
    pub agencies: Vec<PlannedAgency>,
    pub people: Vec<Person>,
    /// What is not wrong and should be known.
    pub remarks: Vec<String>,
}

/// An agency, its kind, and how it is reached when nobody enrolled is on duty.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlannedAgency {
    pub name: String,
    pub kind: AgencyKind,
    #[serde(default)]
    pub mailbox: Option<String>,
    /// `08:30-17:00`, on working days.
    #[serde(default)]
    pub hours: Option<String>,
    /// The accounts of people in the list.
    #[serde(default)]
    pub deputy: Option<String>,
    #[serde(default)]
    pub escalation: Option<String>,
}

impl PlannedAgency {
    /// One that nothing more is known of.
    pub fn new(name: &str, kind: AgencyKind) -> Self {
        Self { name: name.to_owned(), kind, mailbox: None, hours: None, deputy: None, escalation: None }
    }

    /// Whom it named, as accounts; what is no account counts as nobody.
    pub fn contacts(&self) -> AgencyContacts {
        let account = |given: &Option<String>| given.as_ref()?.trim().parse().ok().map(AccountId);
        AgencyContacts { deputy: account(&self.deputy), escalation: account(&self.escalation) }
    }

    /// Its duty channel's name, as the platform wants names of text channels: `duty-eastmere-police`.
    pub fn channel(&self) -> String {
        let plain: String = self.name.chars().filter(|letter| letter.is_alphanumeric() || *letter == ' ').collect();
        let words: Vec<_> = plain.split_whitespace().map(str::to_lowercase).collect();
        format!("duty-{}", words.join("-")).chars().take(100).collect()
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(deserialize_with = "id")]
    guild: u64,
    category: Option<String>,
    administrator: Named,
    #[serde(default, rename = "agency")]
    agencies: Vec<PlannedAgency>,
    /// A CSV beside this file.
    people: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Named {
    name: String,
    #[serde(deserialize_with = "id")]
    account: u64,
}

/// The platform's numbers, in quotes or bare.
fn id<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Written {
        Text(String),
        Number(u64),
    }
    let id = match Written::deserialize(deserializer)? {
        Written::Text(text) => text.trim().parse().unwrap_or_default(),
        Written::Number(number) => number,
    };
    if id == 0 { Err(serde::de::Error::custom("it is not one of the platform's numbers")) } else { Ok(id) }
}

impl Plan {
    /// Reads a plan and the list of people it names.
    pub fn read(file: &Path, directory: &Directory) -> Result<Self, Problem> {
        let source = Source { file: file.display().to_string(), text: read(file)? };
        let plan: File = source.read().map_err(|error| no_use(error.to_string()))?;
        let list = plan.people.as_ref().map(|list| file.with_file_name(list));
        Self::check(
            plan.guild,
            plan.category,
            Administrator { account: AccountId(plan.administrator.account), name: plan.administrator.name },
            plan.agencies,
            list.as_deref(),
            directory,
        )
    }

    /// Checks what was given, and reads the list of people.
    pub fn check(
        guild: u64,
        category: Option<String>,
        administrator: Administrator,
        agencies: Vec<PlannedAgency>,
        list: Option<&Path>,
        directory: &Directory,
    ) -> Result<Self, Problem> {
        let mut channels = BTreeMap::new();
        for agency in &agencies {
            if agency.channel() == "duty-" {
                return Err(no_use("an agency has no name; give each a name with letters in it"));
            }
            if let Some(mailbox) = agency.mailbox.as_ref().filter(|mailbox| !is_address(mailbox)) {
                return Err(no_use(format!(
                    "\"{mailbox}\" of the agency \"{}\" is no mail address; give one such as team@example.org",
                    agency.name
                )));
            }
            if let Some(hours) = agency.hours.as_ref().filter(|hours| hours.parse::<DutyHours>().is_err()) {
                return Err(no_use(format!(
                    "\"{hours}\" of the agency \"{}\" are no hours; give them as 08:30-17:00",
                    agency.name
                )));
            }
            if let Some(other) = channels.insert(agency.channel(), &agency.name) {
                return Err(no_use(format!(
                    "the agencies \"{other}\" and \"{}\" would share the channel #{}; name one of them differently",
                    agency.name,
                    agency.channel()
                )));
            }
        }
        let enrolment = match list {
            Some(list) => people::read(&bytes(list)?, &list.display().to_string(), &agencies, directory)?,
            None => people::Enrolment::default(),
        };
        known_contacts(&agencies, &enrolment.people)?;
        let category = category.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty());
        Ok(Self {
            guild,
            category: category.unwrap_or_else(|| CATEGORY.to_owned()),
            administrator,
            agencies,
            people: enrolment.people,
            remarks: enrolment.remarks,
        })
    }
}

/// Deputies and escalation contacts are told in the chat, so each has to be in the list.
fn known_contacts(agencies: &[PlannedAgency], people: &[Person]) -> Result<(), Problem> {
    for agency in agencies {
        let (given, known) = ([&agency.deputy, &agency.escalation], agency.contacts());
        for (given, account) in given.into_iter().zip([known.deputy, known.escalation]) {
            let is_listed = people.iter().any(|person| person.account.is_some() && person.account == account);
            if let Some(given) = given.as_ref().filter(|_| !is_listed) {
                return Err(no_use(format!(
                    "\"{given}\", named for the agency \"{}\", is nobody's account in the list of people; put them in it, or \
                     correct the number",
                    agency.name
                )));
            }
        }
    }
    Ok(())
}

fn bytes(file: &Path) -> Result<Vec<u8>, Problem> {
    std::fs::read(file).map_err(|error| {
        no_use(format!("{} can't be read ({}); name a file that is there and readable", file.display(), error.kind()))
    })
}

fn read(file: &Path) -> Result<String, Problem> {
    String::from_utf8(bytes(file)?).map_err(|_| no_use(format!("{} is not UTF-8 text; save it so", file.display())))
}
