//! The prompt catalogue: questions with named fields, as data (`bot-config/prompts.toml`).
//!
//! One engine serves them all: it validates an answer, says what is still to ask, and leaves open what
//! was not answered. To add a question, add an entry to the catalogue and a level to the procedures.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::ids::ChildId;
use super::people::AgencyKind;
use super::spoken::Spoken;
use super::stage::Stage;

/// Every question that is fields and nothing more.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Catalogue {
    #[serde(rename = "prompt")]
    pub prompts: Vec<Prompt>,
}

/// One question.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Prompt {
    /// Short snake_case key: also its level's key in a procedure, and part of its button's id.
    pub key: String,
    /// The requirement it carries out.
    pub requirement: Vec<String>,
    /// At most 45 characters: a modal's title and a button's hint.
    pub title: String,
    /// The question in full.
    pub question: String,
    pub stage: Stage,
    pub asked_of: AskedOf,
    #[serde(default)]
    pub per: Per,
    #[serde(default)]
    pub when: Condition,
    /// Several answers may stand side by side (interviews, items withheld).
    #[serde(default)]
    pub many: bool,
    /// The section of the minutes it prints in.
    pub section: String,
    pub fields: Vec<Field>,
}

/// A field of an answer. A modal shows at most five.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    pub key: String,
    /// At most 45 characters.
    pub label: String,
    #[serde(default)]
    pub kind: FieldKind,
    /// Without it the answer is saved and listed as open.
    #[serde(default)]
    pub needed: bool,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    /// Up to 4,000 characters, several lines.
    #[default]
    Text,
    /// One line.
    Line,
    /// `yes`, `no`.
    YesNo,
    /// One of these codes.
    Choice(Vec<super::procedure::Choice>),
    /// A level of the procedure's own risk scale.
    RiskLevel,
    /// A date and time.
    Time,
    /// A person of the case.
    Seat,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AskedOf {
    Convenor,
    Chair,
    /// Whoever has the floor: the fields join the sharing form.
    Speaker,
    /// Speakers of these agencies.
    SpeakerOf(Vec<AgencyKind>),
    /// Each agency in the room.
    EachAgency,
}

/// What one answer is about.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Per {
    #[default]
    Session,
    SubjectChild,
    EveryChild,
    OtherChild,
}

/// When a question arises at all.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
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
}

/// What an answer is about, once given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum About {
    Session,
    Child(ChildId),
}

/// An answer: the prompt, what it is about, and the fields as entered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    pub prompt: String,
    pub about: About,
    pub fields: BTreeMap<String, Spoken>,
}

impl Catalogue {
    pub fn prompt(&self, key: &str) -> Option<&Prompt> {
        self.prompts.iter().find(|prompt| prompt.key == key)
    }
}
