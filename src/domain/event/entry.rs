//! What an entry of the journal is beside its fact, and the small values facts hold.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::Event;
use crate::domain::ids::SeatId;
use crate::domain::quorum::Gap;
use crate::domain::referral::choices;

/// An entry of a case's journal: what happened, when, and by whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// 1 is the first entry of the case.
    pub seq: u64,
    /// Kept to the millisecond.
    pub at: DateTime<Utc>,
    pub actor: Actor,
    pub event: Event,
}

/// Who did it: a seat with its name, role and agency as they were, or convenor itself (no seat, no name).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    pub seat: Option<SeatId>,
    pub name: String,
    pub role: String,
    pub agency: String,
}

/// The texts a case runs under, by digest, so that later edits never change old minutes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pinned {
    pub procedure: String,
    pub procedure_digest: String,
    pub catalogue_digest: String,
    pub wording_digest: String,
}

choices! {
    /// REF-09.
    SessionForm {
        Meeting = "meeting",
        Discussion = "discussion",
    }
    /// How the session is held (INV-23, INV-24).
    Held {
        Virtual = "virtual",
        Telephone = "telephone",
        InPerson = "in_person",
    }
    /// What a recipient gets.
    CopyKind {
        Common = "common",
        Extract = "extract",
    }
}

/// How one line of the minimum stood when it was stated (GATE-08, SES-11).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuorumLine {
    pub role: String,
    pub label: String,
    pub met: bool,
    /// Since when it is not, where it was before (SES-11).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub missing_since: Option<DateTime<Utc>>,
    /// What is missing although it is met (INV-06).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gap: Option<Gap>,
}

/// A recipient of the minutes (MIN-15 to MIN-19).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recipient {
    pub seat: SeatId,
    pub copy: CopyKind,
}
