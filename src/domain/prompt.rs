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
pub use field::{BadField, Field, FieldKind, LATER, LINE_CHARACTERS_MAX, TEXT_CHARACTERS_MAX};

/// Every question that is fields and nothing more.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Catalogue {
    #[serde(rename = "prompt")]
    pub prompts: Vec<Prompt>,
    /// What is asked, and can be answered, together (DEC-45).
    #[serde(default, rename = "group", skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<Group>,
    /// The reason at a close that carries whatever is open over to the next session (DEC-41).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub carries_over: Option<String>,
}

/// Questions that are shown as one, and that one press answers as not needed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    pub key: String,
    /// At most 45 characters.
    pub title: String,
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
    /// Of a speakers' question: what of it is missing is shown before the risk is weighed wherever it works, insisted on
    /// or not (INFO-17).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub always_a_gap: bool,
    /// Untouched, it prints as not answered even where the procedure asks and doesn't insist (DEC-25).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub always_prints: bool,
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
    /// The group it is shown in, by its key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// One press says that there is nothing of it; it is never the default (DEC-25).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub none: Option<Nothing>,
    /// It arises only after this answer to another question.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub follows: Option<Follows>,
    /// Of a question with several answers: the field that says which place each has among them (DEC-24).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ordered_by: Option<String>,
    /// An action that serves it answers it too (ACT-09).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub by_action: bool,
    /// What is known already and prints beside its answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub beside: Option<Beside>,
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

/// The answer that there is nothing, in its own words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Nothing {
    /// At most 45 characters: its button, and how it prints.
    pub label: String,
    /// It is open until a reason is given with it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub reason: bool,
}

/// Another question about the session, and the answer to it that makes this one arise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Follows {
    pub prompt: String,
    pub answer: If,
}

/// A field of another question about the session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldOf {
    pub prompt: String,
    pub field: String,
}

/// What is known of the case that belongs beside an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Beside {
    /// Who has parental responsibility for each child the session is about (DEC-31).
    ParentalResponsibility,
    /// What was decided about each child (INFO-09, DEC-38).
    ChildrenDecided,
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
    /// Due by the time this field says, however much later the answer has it (DEC-22).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<FieldOf>,
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
    /// There is nothing of it, or it is not needed, for this reason; the fields are blank then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub none: Option<Spoken>,
}

impl Answer {
    pub fn new(prompt: &str, about: About, fields: BTreeMap<String, Spoken>) -> Self {
        Self { prompt: prompt.to_owned(), about, fields, none: None }
    }

    /// That there is nothing of it.
    pub fn nothing(prompt: &str, about: About, reason: &Spoken) -> Self {
        Self { none: Some(reason.clone()), ..Self::new(prompt, about, BTreeMap::new()) }
    }
}

impl Catalogue {
    pub fn prompt(&self, key: &str) -> Option<&Prompt> {
        self.prompts.iter().find(|prompt| prompt.key == key)
    }

    /// The same questions in a procedure's own terms.
    pub fn in_terms_of(&self, procedure: &Procedure) -> Self {
        let mut own = self.clone();
        for prompt in &mut own.prompts {
            if let Some(terms) = procedure.terms.get(&prompt.key) {
                prompt.title.clone_from(&terms.title);
                prompt.question.clone_from(&terms.question);
            }
        }
        own
    }

    pub fn group(&self, key: &str) -> Option<&Group> {
        self.groups.iter().find(|group| group.key == key)
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
        let is_left_open = field.later.is_some() && text == LATER;
        if let Some(text) = Spoken::new(text).some().filter(|_| !is_left_open) {
            kept.insert(key.clone(), field.keep(&text, procedure)?);
        }
    }
    Ok(kept)
}

/// The key of the reason why there is nothing of it.
pub const REASON: &str = "reason";

/// What an answer lacks, by the keys of its fields, or the reason why there is nothing of it.
pub fn lacking(prompt: &Prompt, answer: &Answer, procedure: &Procedure) -> Vec<String> {
    let needs_reason = prompt.none.as_ref().is_none_or(|none| none.reason);
    match &answer.none {
        Some(reason) if needs_reason && reason.is_empty() => vec![REASON.to_owned()],
        Some(_) => Vec::new(),
        None => missing_fields(prompt, answer, procedure).into_iter().map(|field| field.key.clone()).collect(),
    }
}

/// The fields still to be asked for: those needed and blank, and those whose answer is not the one the rule asks for.
pub fn missing_fields<'a>(prompt: &'a Prompt, answer: &Answer, procedure: &Procedure) -> Vec<&'a Field> {
    if answer.none.is_some() {
        return Vec::new();
    }
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
    /// Whether a code is one of these.
    pub fn has(&self, given: &str) -> bool {
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

    /// It is in force, asked as a question or not.
    pub fn works(self) -> bool {
        self < Self::Off
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

    /// It is asked of whoever chairs or convenes.
    pub fn is_chairs(&self) -> bool {
        matches!(self.asked_of, AskedOf::Chair | AskedOf::Convenor)
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
