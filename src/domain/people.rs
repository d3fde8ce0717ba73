//! Who a person is, as the authority enrolled them (SEC-04).

use serde::{Deserialize, Serialize};

use super::ids::AccountId;

/// The kinds of agency the field knows; a card outside the room names no more than this.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AgencyKind {
    SocialCare,
    Police,
    Health,
    Education,
    AdultServices,
    Probation,
    YouthSupport,
    EarlyHelp,
    Voluntary,
    Legal,
    Other,
}

/// Whom an agency named for when nobody of it answers (INV-32).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgencyContacts {
    /// Stands in for whoever should have answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deputy: Option<AccountId>,
    /// Whom it has concerns about its own answers taken to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub escalation: Option<AccountId>,
}

impl AgencyContacts {
    /// Nobody is named.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The account a step goes to, where one is named.
    pub fn of(&self, contact: AgencyContact) -> Option<AccountId> {
        match contact {
            AgencyContact::Deputy => self.deputy,
            AgencyContact::Escalation => self.escalation,
        }
    }
}

/// One of an agency's [`AgencyContacts`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AgencyContact {
    Deputy,
    Escalation,
}

/// A professional: name, role and agency as verified at enrolment or vouched for, never as displayed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// `None` for a guest without an enrolled account (INV-34).
    pub account: Option<AccountId>,
    pub name: String,
    /// The role as people say it: "Consultant paediatrician".
    pub role: String,
    /// The role's code in the directory (INV-11): `paediatrician`.
    pub role_code: String,
    pub agency: String,
    pub agency_kind: AgencyKind,
    pub rank: Option<String>,
}
