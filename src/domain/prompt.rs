//! The prompt catalogue: questions with named fields, as data (`bot-config/prompts.toml`).
//!
//! One engine serves them all: it validates an answer, says what is still to ask, and leaves open what
//! was not answered. To add a question, add an entry to the catalogue and a level to the procedures.

mod condition;
mod field;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::ids::ChildId;
use super::people::AgencyKind;
use super::procedure::{Level, Procedure};
use super::spoken::Spoken;
use super::stage::Stage;

pub use condition::{Arising, Condition, arises};
pub use field::{BadField, Field, FieldKind, LINE_CHARACTERS_MAX, TEXT_CHARACTERS_MAX};

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
    /// Of a speakers' question: each of them has to answer. Otherwise one answer is enough.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub of_each: bool,
    /// Once begun, it is open until it is answered in full, whatever its level.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub in_full: bool,
    /// Said beside the question, and again under its answer.
    #[serde(default)]
    pub note: Option<String>,
    /// Can't apply to a child not yet born, and isn't asked about one (REF-08).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub not_for_unborn: bool,
    /// Said to whoever gives a certain answer (REF-16).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caution: Option<Caution>,
    /// What it promises becomes an action (INV-26).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub action: Option<Promise>,
    /// The immediate action that an alarming answer makes (SAFE-04).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alarm: Option<String>,
    /// The section of the minutes it prints in.
    pub section: String,
    pub fields: Vec<Field>,
}

/// The answer to a field of the same prompt that makes something of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct If {
    pub field: String,
    pub is: OneOf,
}

/// A code, or several of which any counts; one that ends in `*` stands for all that begin so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum OneOf {
    Code(String),
    Codes(Vec<String>),
}

/// What is said where a field has this answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Caution {
    pub field: String,
    pub is: String,
    pub text: String,
}

/// The action an answer makes, and the fields of the question that say how, by whom and by when.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Promise {
    pub what: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub how: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<String>,
    /// Only where a field has this answer; without it wherever how, by whom or by when is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<If>,
    /// To be done at once: the convenor's, in the procedure's time.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub immediate: bool,
    /// Of a speaker's question: proposed where they left it unanswered (INFO-13).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unanswered: bool,
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

/// For whom the question is asked. An answer about another child of the case can still be recorded.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Per {
    #[default]
    Session,
    SubjectChild,
    EveryChild,
    OtherChild,
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

/// Checks an answer's fields and brings them into the form they are kept in. Blank fields are left out.
pub fn validate(
    prompt: &Prompt,
    fields: &BTreeMap<String, String>,
    procedure: &Procedure,
) -> Result<BTreeMap<String, Spoken>, BadField> {
    let mut kept = BTreeMap::new();
    for (key, text) in fields {
        let Some(field) = prompt.field(key) else {
            let offered = prompt.fields.iter().map(|field| field.key.clone()).collect();
            return Err(BadField::Unknown { field: key.clone(), offered });
        };
        if let Some(text) = Spoken::new(text).some() {
            kept.insert(key.clone(), field.keep(&text, procedure)?);
        }
    }
    Ok(kept)
}

/// The fields still to be asked for: those needed and blank, and those whose answer is not the one the rule asks for.
pub fn missing_fields<'a>(prompt: &'a Prompt, answer: &Answer, procedure: &Procedure) -> Vec<&'a Field> {
    let given = |key: &str| answer.fields.get(key).filter(|text| !text.is_empty());
    let is_needed = |field: &Field| {
        let decided = field.needed_if.as_ref().is_some_and(|needed| needed.holds(answer));
        let no_other =
            !field.needed_unless.is_empty() && field.needed_unless.iter().all(|other| given(other).is_none());
        field.needed || decided || no_other || procedure.needs(&prompt.key, &field.key)
    };
    let is_missing = |field: &&Field| match (given(&field.key), &field.expects) {
        (None, _) => is_needed(field),
        (Some(text), Some(expected)) => text.words() != expected,
        (Some(_), None) => false,
    };
    prompt.fields.iter().filter(is_missing).collect()
}

impl If {
    /// Whether an answer has it.
    pub fn holds(&self, answer: &Answer) -> bool {
        answer.fields.get(&self.field).is_some_and(|given| self.is.has(given.words()))
    }
}

impl OneOf {
    fn has(&self, given: &str) -> bool {
        let is = |code: &String| code.strip_suffix('*').map_or(given == code, |start| given.starts_with(start));
        match self {
            Self::Code(code) => is(code),
            Self::Codes(codes) => codes.iter().any(is),
        }
    }
}

impl Level {
    /// Unanswered, it is an open item. `late` says that the session is past its deadline or day (TIM-07).
    pub fn is_mandatory(self, late: bool) -> bool {
        match self {
            Self::Mandatory => true,
            Self::MandatoryWhenLate => late,
            Self::Prompted | Self::On | Self::Off | Self::Absent => false,
        }
    }

    /// It is put as a question, mandatory or not.
    pub fn is_asked(self) -> bool {
        matches!(self, Self::Mandatory | Self::MandatoryWhenLate | Self::Prompted)
    }

    /// An answer can be recorded, asked for or not.
    pub fn is_recordable(self) -> bool {
        self != Self::Absent
    }
}

impl Prompt {
    /// Its fields are part of the sharing form rather than a question of their own.
    pub fn joins_sharing(&self) -> bool {
        matches!(self.asked_of, AskedOf::Speaker | AskedOf::SpeakerOf(_))
    }

    /// It is asked of a speaker of this kind of agency.
    pub fn is_put_to(&self, kind: AgencyKind) -> bool {
        match &self.asked_of {
            AskedOf::Speaker => true,
            AskedOf::SpeakerOf(kinds) => kinds.contains(&kind),
            AskedOf::Convenor | AskedOf::Chair | AskedOf::EachAgency => false,
        }
    }

    /// What is said to whoever answers this.
    pub fn caution(&self, answer: &Answer) -> Option<&str> {
        let caution = self.caution.as_ref()?;
        let given = answer.fields.get(&caution.field)?;
        (given.words() == caution.is).then_some(caution.text.as_str())
    }

    pub fn field(&self, key: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.key == key)
    }
}

#[cfg(test)]
#[path = "prompt_tests.rs"]
mod tests;
