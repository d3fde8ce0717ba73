//! The authority's policy for professional disagreement: its levels with their times, and whom to turn to.

use serde::{Deserialize, Serialize};

use super::{Match, Within};

/// The policy, and its levels in order (DIS-04, DIS-05).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Disagreement {
    pub policy: String,
    pub link: String,
    pub stages: Vec<DisagreementStage>,
    /// Whom to turn to, and for what (DIS-07 to DIS-10).
    #[serde(default)]
    pub contacts: Vec<Contact>,
    /// Who manages whom, by kind of agency: told where a partner of that kind does not come (DIS-07).
    #[serde(default)]
    pub managers: Vec<Match>,
    /// Who speaks with the duty Detective Inspector where police are not available (DIS-08).
    #[serde(default)]
    pub without_police: Vec<Match>,
    /// Whom they speak with, and how.
    #[serde(default)]
    pub duty_inspector: String,
    /// The health roles that may challenge having been left out (DIS-10).
    #[serde(default)]
    pub health_contacts: Vec<Match>,
}

/// A level of the policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DisagreementStage {
    pub code: String,
    pub label: String,
    /// How long it may take, from when the disagreement came to it (DIS-14).
    #[serde(default)]
    pub within: Option<Within>,
    /// Who holds it, by kind of agency: told where the level before ran out of time.
    #[serde(default)]
    pub held_by: Vec<Match>,
}

/// Whom an escalation goes to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// For what: "A statutory partner does not come".
    pub concern: String,
    /// Who, with the way to reach them once the authority has set it.
    pub contact: String,
    pub source: String,
}

impl Disagreement {
    /// A level by its code.
    pub fn stage(&self, code: &str) -> Option<&DisagreementStage> {
        self.stages.iter().find(|stage| stage.code == code)
    }

    /// The level above; from one the policy doesn't have, its first.
    pub fn after(&self, code: &str) -> Option<&DisagreementStage> {
        let next = self.stages.iter().position(|stage| stage.code == code).map_or(0, |at| at + 1);
        self.stages.get(next)
    }
}
