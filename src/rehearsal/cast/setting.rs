//! The guild a case is played in: a duty channel for each agency, an account for each person, and who is enrolled.
//!
//! Made in the case file's order, so that two plays name everything alike.

use std::collections::BTreeMap;

use super::case_parts::CaseFile;
use crate::app::ports::{Agency, Store, StoreError};
use crate::domain::directory::Directory;
use crate::domain::ids::AccountId;
use crate::domain::people::{AgencyKind, Person};
use crate::rehearsal::workspace::{Id, Overwrite, Workspace, permissions};

/// The police role that counts as the authority's child protection unit: the rehearsal's directory confirms every
/// police officer of a case as one of it.
const POLICE_UNIT: &str = "Child protection investigator";

/// Who is where.
#[derive(Debug, Clone, Default)]
pub struct Setting {
    /// Accounts by the case's own key; `wrong-1` and on are those who join by mistake.
    pub accounts: BTreeMap<String, Id>,
    /// Duty channels by agency.
    pub duty: BTreeMap<String, Id>,
    people: BTreeMap<String, Person>,
}

impl Setting {
    /// Builds the guild and enrols everybody.
    pub async fn build(
        case: &CaseFile,
        directory: &Directory,
        workspace: &Workspace,
        store: &dyn Store,
    ) -> Result<Self, StoreError> {
        let mut setting = Self::default();
        setting.people(case, directory, workspace);
        setting.channels(case, workspace);
        for (agency, kind) in agencies(case) {
            let duty_channel = setting.duty.get(&agency).map(ToString::to_string);
            store.save_agency(&Agency::new(&agency, kind, duty_channel)).await?;
        }
        for person in setting.people.values() {
            store.enrol(person).await?;
        }
        Ok(setting)
    }

    fn people(&mut self, case: &CaseFile, directory: &Directory, workspace: &Workspace) {
        for invitee in case.invitees.iter().filter(|invitee| !invitee.is_guest()) {
            let kind = invitee.agency_kind;
            self.join(workspace, &invitee.key, &invitee.name, |account| Person {
                account,
                name: invitee.name.clone(),
                role: invitee.role.clone(),
                role_code: role_code(directory, &invitee.role, kind),
                agency: invitee.agency.clone(),
                agency_kind: kind,
                rank: invitee.rank.clone(),
            });
        }
        for (n, stranger) in case.wrong_meeting.iter().enumerate() {
            let kind = kind_of(case, &stranger.agency);
            self.join(workspace, &stranger_key(n), &stranger.name, |account| Person {
                account,
                name: stranger.name.clone(),
                role: stranger.role.clone(),
                role_code: role_code(directory, &stranger.role, kind),
                agency: stranger.agency.clone(),
                agency_kind: kind,
                rank: None,
            });
        }
    }

    fn join(&mut self, workspace: &Workspace, key: &str, name: &str, person: impl FnOnce(Option<AccountId>) -> Person) {
        let account = workspace.add_member(name, &[]);
        self.accounts.insert(key.to_owned(), account);
        self.people.insert(key.to_owned(), person(Some(AccountId(account.0))));
    }

    /// Each agency sees its own duty channel and no other.
    fn channels(&mut self, case: &CaseFile, workspace: &Workspace) {
        let view = permissions::VIEW_CHANNEL;
        let category = workspace.add_category("Duty", &[]);
        for invitee in case.invitees.iter().filter(|invitee| !invitee.is_guest()) {
            if self.duty.contains_key(&invitee.agency) {
                continue;
            }
            let mut overwrites = vec![
                Overwrite::role(workspace.guild_id()).deny(view),
                Overwrite::role(workspace.bot_role()).allow(view | permissions::SEND_MESSAGES),
            ];
            let colleagues = self.people.iter().filter(|(_, person)| person.agency == invitee.agency);
            overwrites.extend(colleagues.map(|(key, _)| Overwrite::member(self.accounts[key]).allow(view)));
            let name = channel_name(&invitee.agency);
            let channel = workspace.add_text_channel(&name, Some(category), &overwrites);
            self.duty.insert(invitee.agency.clone(), channel);
        }
    }

    /// Whose account this is.
    pub fn key_of(&self, account: Id) -> Option<&str> {
        self.accounts.iter().find(|(_, known)| **known == account).map(|(key, _)| key.as_str())
    }

    /// The person of a key, as enrolled.
    pub fn person(&self, key: &str) -> Option<&Person> {
        self.people.get(key)
    }
}

/// The key of somebody who joins by mistake.
pub fn stranger_key(n: usize) -> String {
    format!("wrong-{}", n + 1)
}

/// Every agency of the case, those of guests and strangers too, in the order they come up.
fn agencies(case: &CaseFile) -> Vec<(String, AgencyKind)> {
    let invitees = case.invitees.iter().map(|invitee| (invitee.agency.clone(), invitee.agency_kind));
    let strangers = case.wrong_meeting.iter().map(|stranger| {
        let agency = stranger.agency.clone();
        let kind = kind_of(case, &agency);
        (agency, kind)
    });
    let mut agencies: Vec<(String, AgencyKind)> = Vec::new();
    for (agency, kind) in invitees.chain(strangers) {
        if agencies.iter().all(|(known, _)| *known != agency) {
            agencies.push((agency, kind));
        }
    }
    agencies
}

fn kind_of(case: &CaseFile, agency: &str) -> AgencyKind {
    let colleague = case.invitees.iter().find(|invitee| invitee.agency == agency);
    colleague.map_or(AgencyKind::Other, |invitee| invitee.agency_kind)
}

fn role_code(directory: &Directory, title: &str, kind: AgencyKind) -> String {
    let title = if kind == AgencyKind::Police { POLICE_UNIT } else { title };
    directory.role_code(title, kind).to_owned()
}

/// As the platform wants the name of a text channel.
fn channel_name(agency: &str) -> String {
    let plain = agency.chars().filter(|letter| letter.is_alphanumeric() || *letter == ' ').collect::<String>();
    let words: Vec<_> = plain.split_whitespace().map(str::to_lowercase).collect();
    format!("duty-{}", words.join("-"))
}
