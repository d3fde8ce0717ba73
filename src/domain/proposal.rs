//! Whom to think of besides the minimum, as data of a procedure: each line says who, and when to think of them
//! (INV-09, INV-10, INV-12, INV-13, INV-15, INV-29).

use serde::{Deserialize, Serialize};

use super::people::AgencyKind;
use super::procedure::Match;

/// The choice that none of the procedure's difficulties is known of an adult.
pub const NO_DIFFICULTY: &str = "none";

/// Somebody to be invited, or a reason given why not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Proposal {
    /// Short, lower case with underscores; kept in the record, so keep it when the label changes.
    pub key: String,
    /// How people say it: "consultant paediatrician".
    pub label: String,
    /// Who counts; the first says what role somebody is invited in. Whoever referred is known by name and agency.
    #[serde(default)]
    pub any_of: Vec<Match>,
    /// Any one of these brings it up.
    pub when: Vec<Cause>,
    /// The key under `[levels]` that says how much it matters.
    pub level: String,
    pub source: String,
}

/// What brings a proposal up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    Always,
    /// Whoever referred; it is answered by inviting the person or the agency named in the referral.
    Referrer,
    /// A child of the household has a school.
    School,
    /// A child of school age is on no school's roll.
    NoSchool,
    /// A child of the household has a school, and it is closed.
    SchoolClosed,
    /// A child of the household is under school age.
    PreSchoolChild,
    SchoolAgeChild,
    UnbornChild,
    /// An injury is reported, a child is in hospital, or a medical is likely.
    Medical,
    /// Legal action is likely.
    LegalAction,
    /// An adult is flagged with this code of the procedure's list.
    Adult(String),
}

/// A label as a line begins with it.
pub fn capitalised(label: &str) -> String {
    let mut letters = label.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

impl Proposal {
    /// The kinds of agency it means; none where anybody may be meant.
    pub fn kinds(&self) -> Vec<AgencyKind> {
        self.any_of.iter().map(|meant| meant.agency_kind).collect()
    }

    /// The role somebody is invited in: "Consultant paediatrician".
    pub fn role(&self) -> String {
        capitalised(&self.label)
    }

    /// The code of the role somebody of this kind of agency is invited in.
    pub fn role_for(&self, kind: AgencyKind) -> Option<&str> {
        let meant = self.any_of.iter().find(|meant| meant.agency_kind == kind)?;
        meant.roles.first().map(String::as_str)
    }
}

impl Cause {
    /// Its key in `wording.toml` under `ready`.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Always => "because_always",
            Self::Referrer => "because_referrer",
            Self::School => "because_school",
            Self::NoSchool => "because_no_school",
            Self::SchoolClosed => "because_school_closed",
            Self::PreSchoolChild => "because_pre_school_child",
            Self::SchoolAgeChild => "because_school_age_child",
            Self::UnbornChild => "because_unborn_child",
            Self::Medical => "because_medical",
            Self::LegalAction => "because_legal_action",
            Self::Adult(_) => "because_adult",
        }
    }
}
