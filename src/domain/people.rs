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
