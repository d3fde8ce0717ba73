//! What a session escalated or was offered to: a partner who does not come, health left out, police who are not
//! available, and whether challenge was invited (DIS-06 to DIS-10).

use chrono::{DateTime, Utc};

use super::event::Actor;
use super::ids::SeatId;
use super::session::Session;
use super::spoken::Spoken;

/// The rule that the duty Detective Inspector is turned to where police are not available (DIS-08).
pub const POLICE: &str = "DIS-08";
/// The rule that a health role that was left out can challenge it (DIS-10).
pub const HEALTH_CHALLENGES: &str = "DIS-10";
/// The question whose answer is to the police asking why health is missing (DIS-09).
pub const HEALTH_QUESTIONED: &str = "health_questioned";
/// The question that records an escalation in words (DIS-07, DIS-08).
pub const ESCALATION: &str = "escalation";

/// What of this a session has.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Escalations {
    /// When the chair invited challenge.
    pub invited_at: Option<DateTime<Utc>>,
    pub absences: Vec<AbsenceChoice>,
    pub health: Option<HealthOmitted>,
    /// Each time the police were said to be unavailable.
    pub police_unavailable: Vec<(Actor, DateTime<Utc>)>,
    pub police_talks: Vec<PoliceTalk>,
}

/// Whether a partner's manager was turned to, and why not (DIS-07).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AbsenceChoice {
    /// The line of the minimum.
    pub role: String,
    pub escalated: bool,
    pub reason: Spoken,
    pub by: Actor,
    pub at: DateTime<Utc>,
}

/// The session opened without health (DIS-09).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HealthOmitted {
    pub at: DateTime<Utc>,
    /// The police who were asked to question it.
    pub asked: Vec<SeatId>,
    /// An enrolled health role was told that it may challenge (DIS-10).
    pub told: bool,
    pub question: Option<(SeatId, Spoken, DateTime<Utc>)>,
}

/// A conversation about the police's availability (DIS-08).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PoliceTalk {
    /// Who spoke; empty where whoever logged it did.
    pub spoke: Spoken,
    pub with: Spoken,
    /// When; `None` where it was not said, and the logging stands for it.
    pub talked_at: Option<DateTime<Utc>>,
    pub result: Spoken,
    pub logged_by: Actor,
    pub at: DateTime<Utc>,
}

impl Session {
    /// What was last decided about a line of the minimum nobody came for.
    pub fn absence_choice(&self, role: &str) -> Option<&AbsenceChoice> {
        self.escalations.absences.iter().rev().find(|choice| choice.role == role)
    }
}
