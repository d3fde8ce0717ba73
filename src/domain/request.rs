//! A partner's request for a discussion: how a case begins that social care has not registered yet (REF-02).

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::event::Fields;
use super::people::Person;
use super::referral::{Referral, Referrer, Threshold, TriggerPoint, TriggerType, Urgency, UrgencyClass};
use super::spoken::Spoken;

/// What a partner asks for, in their own words.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wanted {
    pub concern: Spoken,
    /// The children, in brief.
    pub children: Spoken,
    /// How urgent, and why.
    pub urgency: Spoken,
    /// What was filled in of another form that became this request, by its fields and in words (INV-01).
    #[serde(default, skip_serializing_if = "Fields::is_empty")]
    pub given: Fields,
}

/// A request as it was filed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    pub by: Person,
    pub wanted: Wanted,
    /// The way it took, as the procedure had it.
    pub pathway: String,
    pub answer_by: DateTime<Utc>,
}

/// A request as it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Requested {
    pub request: Request,
    pub at: DateTime<Utc>,
    pub answer: RequestAnswer,
    /// The time to answer went by, and the manager was told.
    pub overdue: bool,
}

/// What became of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RequestAnswer {
    Waiting,
    TakenUp,
    /// Without a reason it is still owed one.
    Declined {
        reason: Option<Spoken>,
    },
}

impl Request {
    /// The referral as far as the request tells it. It chooses nothing: trigger, threshold and urgency stand at their
    /// first choice until whoever takes it up has chosen, and are shown nowhere before.
    pub fn referral(&self, at: DateTime<Utc>) -> Referral {
        Referral {
            reference: String::new(),
            received_at: Some(at),
            known_at: None,
            clock_from: None,
            route: Spoken::new(&self.pathway),
            referrer: Referrer {
                name: Spoken::new(&self.by.name),
                role: Spoken::new(&self.by.role),
                agency: Spoken::new(&self.by.agency),
                high_status: false,
            },
            taken_by: None,
            trigger_point: TriggerPoint::AtReferral,
            trigger_type: TriggerType::Incident,
            threshold: Threshold::Suffering,
            grounds: self.wanted.concern.clone(),
            urgency: Urgency {
                class: UrgencyClass::NotClassified,
                immediate_protection: false,
                complex: false,
                injury: false,
                in_hospital: false,
                medical_likely: false,
                legal_action_likely: false,
                moved: false,
            },
            prior_conversations: Spoken::default(),
        }
    }
}

impl Requested {
    /// Taken up, or declined with the reason the requester is owed.
    pub fn is_answered(&self) -> bool {
        matches!(self.answer, RequestAnswer::TakenUp | RequestAnswer::Declined { reason: Some(_) })
    }
}
