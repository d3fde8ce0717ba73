//! When a question arises: the conditions prompts can name, and what the engine has to know of a session to say which hold.

use serde::{Deserialize, Serialize};

use super::{Answer, Prompt};

/// When a question arises at all.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    #[default]
    Always,
    /// Section 47 has been initiated or continues (DEC-45).
    Section47,
    /// A child is in hospital (DEC-36).
    InHospital,
    /// An injury is reported (INFO-19).
    Injury,
    /// The referrer is of high status, or the press is interested (REF-17).
    HighStatus,
    /// The session starts on a later day than the referral, or after its deadline (TIM-07).
    NotSameDay,
    /// The session was put back for people to attend (TIM-08).
    PutBack,
    /// The session is a discussion (REF-10 to REF-12).
    Discussion,
    /// The session is a meeting held virtually (INV-24).
    VirtualMeeting,
    /// The trigger is an accumulation of concerns (REF-05).
    Accumulation,
    /// The trigger is an accumulation in which assessment followed assessment (REF-06).
    RepeatedAssessments,
    /// A child the session is about is not yet born (REF-08).
    Unborn,
    /// The minimum is not met (GATE-09).
    NotQuorate,
    /// The chair is of another agency than social care (INV-28).
    ChairOutsideSocialCare,
    /// Nobody from health has come (INV-26, DIS-09).
    NoHealth,
    /// A child the session is about has a school (INV-06).
    School,
    /// The family have moved (INFO-13).
    Moved,
    /// The police have said what a criminal investigation rests on (INFO-22).
    CriminalInvestigation,
    /// Every action still to be done is one agency's (ACT-15).
    OneAgency,
    /// An adult is flagged with this difficulty, by its code in the procedure's list (INFO-18).
    Flagged(String),
    /// An outcome is chosen, by its code in the procedure's list (DEC-08).
    Outcome(String),
}

/// What the engine has to know of a session to say which questions arise.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Arising {
    pub section_47: bool,
    pub in_hospital: bool,
    pub injury: bool,
    pub high_status: bool,
    pub not_same_day: bool,
    pub put_back: bool,
    pub discussion: bool,
    pub virtual_meeting: bool,
    pub accumulation: bool,
    pub repeated_assessments: bool,
    pub unborn: bool,
    pub not_quorate: bool,
    pub chair_outside_social_care: bool,
    pub no_health: bool,
    pub school: bool,
    pub moved: bool,
    pub criminal_investigation: bool,
    pub one_agency: bool,
    /// What adults are flagged with, by its codes.
    pub flagged: Vec<String>,
    /// The codes of the outcomes chosen so far.
    pub outcomes: Vec<String>,
    /// What was answered about the session as a whole.
    pub answers: Vec<Answer>,
}

/// Whether a question arises in a session at all. One that doesn't is not asked, and can still be answered.
pub fn arises(prompt: &Prompt, facts: &Arising) -> bool {
    let follows = prompt.follows.as_ref().is_none_or(|earlier| {
        facts.answers.iter().any(|answer| answer.prompt == earlier.prompt && earlier.answer.holds(answer))
    });
    follows && holds(&prompt.when, facts)
}

fn holds(condition: &Condition, facts: &Arising) -> bool {
    match condition {
        Condition::Always => true,
        Condition::Section47 => facts.section_47,
        Condition::InHospital => facts.in_hospital,
        Condition::Injury => facts.injury,
        Condition::HighStatus => facts.high_status,
        Condition::NotSameDay => facts.not_same_day,
        Condition::PutBack => facts.put_back,
        Condition::Discussion => facts.discussion,
        Condition::VirtualMeeting => facts.virtual_meeting,
        Condition::Accumulation => facts.accumulation,
        Condition::RepeatedAssessments => facts.repeated_assessments,
        Condition::Unborn => facts.unborn,
        Condition::NotQuorate => facts.not_quorate,
        Condition::ChairOutsideSocialCare => facts.chair_outside_social_care,
        Condition::NoHealth => facts.no_health,
        Condition::School => facts.school,
        Condition::Moved => facts.moved,
        Condition::CriminalInvestigation => facts.criminal_investigation,
        Condition::OneAgency => facts.one_agency,
        Condition::Outcome(code) => facts.outcomes.contains(code),
        Condition::Flagged(difficulty) => facts.flagged.contains(difficulty),
    }
}
