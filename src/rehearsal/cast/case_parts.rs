//! The parts of a case file, schema `sd-case/1`. Whatever may be missing is missing without a word.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use crate::domain::due;
use crate::domain::people::AgencyKind;

/// A moment; cases write times with seconds and without, and both are legal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct Moment(pub DateTime<Utc>);

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let problem = || serde::de::Error::custom(format!("\"{text}\" is no time; write it as 2026-12-07T10:00+00:00"));
        due::instant(&text).map(Moment).ok_or_else(problem)
    }
}

/// A whole case.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub struct CaseFile {
    pub schema: String,
    pub id: String,
    #[serde(default)]
    pub title: String,
    fiction_notice: Option<String>,
    drawn_from: Option<String>,
    probes: Option<Value>,
    pub referral: Referral,
    pub session: Session,
    session_2: Option<Value>,
    pub convenor: String,
    pub chair: String,
    pub recorder: String,
    pub children: Vec<Child>,
    #[serde(default)]
    pub adults: Vec<Adult>,
    pub invitees: Vec<Invitee>,
    #[serde(default)]
    pub wrong_meeting: Vec<Stranger>,
    #[serde(default)]
    pub speaking_order: Vec<String>,
    #[serde(default)]
    pub contributions: Vec<Contribution>,
    #[serde(default)]
    pub out_of_turn: Vec<OutOfTurn>,
    #[serde(default)]
    pub questions: Vec<Question>,
    #[serde(default)]
    pub risk: Risk,
    #[serde(default)]
    pub decisions: Decisions,
    pub challenge_invited_at: Option<Moment>,
    #[serde(default)]
    pub challenge: Vec<Challenge>,
    #[serde(default)]
    pub escalations: Vec<Escalation>,
    #[serde(default)]
    pub actions: Vec<Action>,
    family_group_conference: Option<Value>,
    review: Option<Value>,
    aob: Option<Value>,
    /// What the case expects; only the judge reads it.
    #[serde(default)]
    pub expected: Value,
}

impl CaseFile {
    /// Whether the chair asks for the draft for the family: the case says what it must not hold (SEC-06).
    pub fn wants_family_draft(&self) -> bool {
        self.expected.get("family_copy_lacks").is_some()
    }
}

#[derive(Debug, Clone, Deserialize, Serialize)]
pub struct Referral {
    pub reference: String,
    pub received_at: Option<Moment>,
    /// When the information became known, where that was not at receipt.
    pub information_shared_at: Option<Moment>,
    recommendation_at: Option<Moment>,
    pub registered_by: Option<String>,
    #[serde(default)]
    pub route: String,
    #[serde(default)]
    pub referrer: Referrer,
    pub trigger_point: String,
    pub trigger_type: String,
    pub threshold: String,
    #[serde(default)]
    pub grounds: String,
    #[serde(default)]
    pub urgency: Urgency,
    #[serde(default)]
    pub prior_conversations: Vec<PriorConversation>,
    earlier_assessments: Option<Value>,
}

#[derive(Debug, Clone, Default, Deserialize, Serialize)]
pub struct Referrer {
    #[serde(default)]
    pub name: String,
    #[serde(default)]
    pub role: String,
    #[serde(default)]
    pub agency: String,
    #[serde(default)]
    pub high_status: bool,
    #[serde(default)]
    pub press_interest: bool,
}

#[derive(Debug, Clone, Default, Deserialize, Serialize)]
pub struct Urgency {
    #[serde(default)]
    pub klass: String,
    #[serde(default)]
    pub immediate_protection: bool,
    #[serde(default)]
    pub complex: bool,
    exceptional_action: Option<Value>,
    indicators: Option<Value>,
}

#[derive(Debug, Clone, Deserialize, Serialize)]
pub struct PriorConversation {
    #[serde(default)]
    pub date: String,
    #[serde(default)]
    pub who: String,
}

#[derive(Debug, Clone, Deserialize, Serialize)]
pub struct Session {
    number: Option<u32>,
    /// `meeting` or `discussion`.
    #[serde(default)]
    pub kind: String,
    #[serde(default)]
    pub complex: bool,
    pub opened_at: Moment,
    pub closed_at: Moment,
    #[serde(default)]
    pub held: String,
    timing_rationale: Option<Value>,
    delay_weighing: Option<Value>,
    temporary_protections: Option<Value>,
    urgent_without_health: Option<Value>,
    p0_virtual_meeting_reason: Option<Value>,
    p0_face_to_face_to_follow: Option<Value>,
}

#[derive(Debug, Clone, Deserialize, Serialize)]
pub struct Child {
    pub key: String,
    pub name: String,
    #[serde(default)]
    pub subject: bool,
    pub dob: Option<String>,
    pub edd: Option<String>,
    family: Option<u32>,
    #[serde(default)]
    pub relationship: String,
    #[serde(default)]
    pub address: String,
    #[serde(default)]
    pub address_withheld: bool,
    #[serde(default)]
    pub parental_responsibility: Vec<String>,
    #[serde(default)]
    pub legal_status: String,
    #[serde(default)]
    pub current_location: String,
    #[serde(default)]
    pub school_stage: String,
    pub decision: Option<Value>,
}

#[derive(Debug, Clone, Deserialize, Serialize)]
pub struct Adult {
    #[serde(default)]
    pub key: String,
    pub name: String,
    pub dob: Option<String>,
    #[serde(default)]
    pub relationship: String,
    #[serde(default)]
    pub address: String,
    #[serde(default)]
    pub address_withheld: bool,
    #[serde(default)]
    pub flags: Vec<String>,
    #[serde(default)]
    pub risk_person: bool,
}

/// What became of an invitation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Answered {
    Present,
    Late,
    Apologies,
    NoResponse,
    StoodDown,
}

#[derive(Debug, Clone, Deserialize, Serialize)]
pub struct Invitee {
    pub key: String,
    pub name: String,
    pub role: String,
    pub agency: String,
    pub agency_kind: AgencyKind,
    pub rank: Option<String>,
    statutory: Option<bool>,
    #[serde(default)]
    pub knows_child: bool,
    #[serde(default = "yes")]
    pub authorised_to_decide: bool,
    pub basis_for_authority: Option<String>,
    pub response: Answered,
    pub joined_at: Option<Moment>,
    pub reason: Option<String>,
    #[serde(default)]
    pub information_supplied: String,
    #[serde(default)]
    pub means: String,
    pub attests_cp_experience: Option<bool>,
    pub attests_familiar_with_case: Option<bool>,
    invited_by_team_contact: Option<bool>,
}

fn yes() -> bool {
    true
}

/// Somebody who joins by mistake.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub struct Stranger {
    pub name: String,
    pub role: String,
    pub agency: String,
    answers: Option<String>,
    pub expect: Option<String>,
}

#[derive(Debug, Clone, Deserialize, Serialize)]
pub struct Contribution {
    #[serde(default)]
    pub seq: u32,
    pub by: String,
    /// `live`, `written` or `relayed`.
    pub mode: String,
    pub on_behalf_of: Option<Source>,
    #[serde(default)]
    pub restricted_to: Vec<String>,
    after_late_join: Option<bool>,
    /// The fields of the sharing form, by their keys.
    #[serde(flatten)]
    pub fields: BTreeMap<String, Value>,
}

#[derive(Debug, Clone, Deserialize, Serialize)]
pub struct Source {
    #[serde(default)]
    pub name: String,
    #[serde(default)]
    pub role: String,
    #[serde(default)]
    pub agency: String,
    #[serde(default)]
    pub by: String,
}

#[derive(Debug, Clone, Deserialize, Serialize)]
pub struct OutOfTurn {
    pub during_turn_of: String,
    pub by: String,
    pub text: String,
    pub expect: Option<String>,
}

#[derive(Debug, Clone, Deserialize, Serialize)]
pub struct Question {
    #[serde(default)]
    pub seq: u32,
    pub by: String,
    /// An invitee's key, `agency:NAME`, or nobody.
    pub to: Option<String>,
    pub text: String,
    pub answer: Option<String>,
    pub answered_by: Option<String>,
    pub expect: Option<String>,
    becomes_action: Option<u32>,
}

#[derive(Debug, Clone, Default, Deserialize, Serialize)]
pub struct Risk {
    scale: Option<Value>,
    pub first_attempt: Option<FirstAttempt>,
    #[serde(default)]
    pub per_child: Vec<ChildRisk>,
    #[serde(default)]
    pub agency_views: BTreeMap<AgencyKind, String>,
    immediate_safety_plan: Option<Value>,
    high_status_answer: Option<Value>,
}

#[derive(Debug, Clone, Deserialize, Serialize)]
pub struct FirstAttempt {
    #[serde(default)]
    pub profile: String,
    #[serde(default)]
    pub text_in_protective_factors_only: String,
    expect: Option<String>,
}

#[derive(Debug, Clone, Deserialize, Serialize)]
pub struct ChildRisk {
    pub child: String,
    /// The level and what it rests on, and `protective_factors`.
    #[serde(flatten)]
    pub fields: BTreeMap<String, Value>,
}

#[derive(Debug, Clone, Default, Deserialize, Serialize)]
pub struct Decisions {
    pub first_proposal: Option<Proposal>,
    pub section_47: Option<Section47>,
    #[serde(default)]
    pub outcomes: Vec<Outcome>,
    /// Answers by the key of their question.
    #[serde(default)]
    pub prompts: BTreeMap<String, Value>,
}

#[derive(Debug, Clone, Deserialize, Serialize)]
pub struct Proposal {
    pub by: String,
    pub text: String,
    #[serde(default)]
    pub dissent: Vec<String>,
}

#[derive(Debug, Clone, Deserialize, Serialize)]
pub struct Section47 {
    pub decision: String,
    pub decided_at: Option<Moment>,
    pub mode: Option<String>,
    pub agency: Option<String>,
    #[serde(default)]
    pub rationale: String,
    pub how: Option<String>,
    pub when: Option<String>,
    #[serde(default)]
    pub by_whom: Vec<String>,
}

#[derive(Debug, Clone, Deserialize, Serialize)]
pub struct Outcome {
    pub code: String,
    #[serde(default)]
    pub rationale: String,
    pub mode: Option<String>,
    pub agency: Option<String>,
    /// The body that a disciplinary investigation or a referral is put to.
    pub body: Option<String>,
    pub at: Option<Moment>,
}

#[derive(Debug, Clone, Deserialize, Serialize)]
pub struct Challenge {
    pub by: String,
    pub about: String,
    pub stage: String,
    pub tried: Option<String>,
    pub result: Option<String>,
    pub against: Option<String>,
}

#[derive(Debug, Clone, Deserialize, Serialize)]
pub struct Escalation {
    #[serde(default)]
    pub kind: String,
    pub by: Option<String>,
    pub role: Option<String>,
    #[serde(default)]
    pub to: String,
    pub at: Option<Moment>,
    pub result: Option<String>,
}

#[derive(Debug, Clone, Deserialize, Serialize)]
pub struct Action {
    pub n: u32,
    pub what: String,
    pub who: Option<String>,
    pub due: Option<Moment>,
    #[serde(rename = "where")]
    pub place: Option<String>,
    pub how: Option<String>,
    pub purpose: Option<String>,
    pub contingency: Option<String>,
    pub serves: Option<String>,
    pub measure: Option<String>,
    min_stage: Option<String>,
    note: Option<String>,
}
