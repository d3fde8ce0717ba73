//! What happened. Events are promises: once released, a kind and its fields stay readable for ever.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::ids::{SeatId, SessionNo};
use super::stage::Stage;

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

/// Who did it: a seat with its name, role and agency as they were, or convenor itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    pub seat: Option<SeatId>,
    pub name: String,
    pub role: String,
    pub agency: String,
}

/// One fact. Its kind is written beside the body in the clear; everything else is encrypted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Event {
    /// The session moved on.
    StageEntered { session: SessionNo, stage: Stage },
}

impl Event {
    /// The kind as written in the journal.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::StageEntered { .. } => "stage_entered",
        }
    }
}
