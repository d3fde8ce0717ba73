//! The prompt catalogue: questions with named fields, as data (`bot-config/prompts.toml`).
//!
//! One engine serves them all: it validates an answer, says what is still to ask, and leaves open what
//! was not answered. To add a question, add an entry to the catalogue and a level to the procedures.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::calendar::iso_with_offset;
use super::due;
use super::floor::Whose;
use super::ids::{ChildId, SeatId};
use super::knowing::NOBODY;
use super::people::AgencyKind;
use super::procedure::{Choice, Indicator, Level, Procedure};
use super::provisional::treated_as;
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

/// A field of an answer. A modal shows at most five that are typed.
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
    /// Needed only where another field has this answer.
    #[serde(default)]
    pub needed_if: Option<If>,
    /// A choice that is offered before the words where the question arises, needed or not.
    #[serde(default)]
    pub offered: bool,
    /// Needed unless one of these fields is filled in.
    #[serde(default)]
    pub needed_unless: Vec<String>,
    /// Any other answer is saved and listed as open: the rule asks for this one.
    #[serde(default)]
    pub expects: Option<String>,
    /// Of a level: each is offered a second time for where it can't be said yet, in these words and the level's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provisional: Option<String>,
    /// What is said in its place where it is needed and blank.
    #[serde(default)]
    pub blank: Option<String>,
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
    Choice(Vec<Choice>),
    /// A level of the procedure's own risk scale.
    RiskLevel,
    /// One or more of the procedure's own indicators for a strategy meeting, by their codes with commas between.
    Indicators,
    /// A date and time.
    Time,
    /// A person of the case.
    Seat,
    /// People of the session, invited or here, by their codes with commas between, or `nobody` (INV-16).
    People,
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
    /// An adult is flagged with this difficulty, by its code in the procedure's list (INFO-18).
    Flagged(String),
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
    /// What adults are flagged with, by its codes.
    pub flagged: Vec<String>,
}

/// Why a field can't be kept as entered. A blank is never among the reasons: it is an open item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BadField {
    /// The prompt has no such field.
    Unknown {
        field: String,
        offered: Vec<String>,
    },
    /// The field takes one of these codes, and this was none of them.
    NotOffered {
        field: String,
        choices: Vec<Choice>,
    },
    /// The field takes an instant; phrases are made into one before they get here.
    NotATime {
        field: String,
    },
    /// The field takes a seat of the case.
    NotASeat {
        field: String,
    },
    TooLong {
        field: String,
        characters_max: usize,
    },
}

/// The longest text a form can hold, in characters.
pub const TEXT_CHARACTERS_MAX: usize = 4_000;
/// The longest single line, in characters.
pub const LINE_CHARACTERS_MAX: usize = 400;

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

/// Whether a question arises in a session at all. One that doesn't is not asked, and can still be answered.
pub fn arises(prompt: &Prompt, facts: &Arising) -> bool {
    match &prompt.when {
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
        Condition::Flagged(difficulty) => facts.flagged.contains(difficulty),
    }
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

impl Field {
    /// The codes this field takes in a procedure; `None` where it takes words.
    pub fn choices(&self, procedure: &Procedure) -> Option<Vec<Choice>> {
        match &self.kind {
            FieldKind::YesNo => Some(["yes", "no"].map(|code| Choice { code: code.into(), label: code.into() }).into()),
            FieldKind::Choice(choices) => Some(choices.clone()),
            FieldKind::RiskLevel => {
                let words = self.provisional.iter();
                let treated = words.flat_map(|words| procedure.risk_scale.iter().map(|level| treated_as(level, words)));
                Some(procedure.risk_scale.iter().cloned().chain(treated).collect())
            }
            FieldKind::Indicators => {
                let choice =
                    |indicator: &Indicator| Choice { code: indicator.code.clone(), label: indicator.label.clone() };
                Some(procedure.indicators.iter().map(choice).collect())
            }
            FieldKind::Text | FieldKind::Line | FieldKind::Time | FieldKind::Seat | FieldKind::People => None,
        }
    }

    /// It is typed rather than chosen, so that it takes a place in the modal.
    pub fn is_typed(&self) -> bool {
        matches!(self.kind, FieldKind::Text | FieldKind::Line | FieldKind::Time)
    }

    /// Several of its choices may be chosen.
    pub fn takes_several(&self) -> bool {
        matches!(self.kind, FieldKind::Indicators | FieldKind::People)
    }

    /// The codes of the choices an answer to it holds.
    pub fn codes_in<'a>(&self, text: &'a str) -> Vec<&'a str> {
        if self.takes_several() { text.split(',').collect() } else { vec![text] }
    }

    /// What was chosen, as people say it; a code that is no choice any more stays as it is.
    pub fn chosen(&self, text: &str, procedure: &Procedure) -> String {
        let choices = self.choices(procedure).unwrap_or_default();
        let label = |code: &str| {
            choices
                .iter()
                .find(|choice| choice.code == code)
                .map_or_else(|| code.to_owned(), |choice| choice.label.clone())
        };
        self.codes_in(text).into_iter().map(label).collect::<Vec<_>>().join("; ")
    }

    fn keep(&self, text: &Spoken, procedure: &Procedure) -> Result<Spoken, BadField> {
        let field = || self.key.clone();
        if let Some(choices) = self.choices(procedure) {
            let is_offered = |code: &str| choices.iter().any(|choice| choice.code == code);
            return if self.codes_in(text.words()).into_iter().all(is_offered) {
                Ok(text.clone())
            } else {
                Err(BadField::NotOffered { field: field(), choices })
            };
        }
        match &self.kind {
            FieldKind::Time => {
                let at = due::instant(text.words()).ok_or_else(|| BadField::NotATime { field: field() })?;
                Ok(Spoken::new(iso_with_offset(at)))
            }
            FieldKind::Seat => {
                let seat: SeatId = text.words().parse().map_err(|_| BadField::NotASeat { field: field() })?;
                Ok(Spoken::new(seat.to_string()))
            }
            FieldKind::People => {
                let is_one = |code: &str| code == NOBODY || Whose::from_code(code).is_some();
                let all_are = self.codes_in(text.words()).into_iter().all(|code| is_one(code.trim()));
                if all_are { Ok(text.clone()) } else { Err(BadField::NotASeat { field: field() }) }
            }
            FieldKind::Line => self.at_most(LINE_CHARACTERS_MAX, text),
            _ => self.at_most(TEXT_CHARACTERS_MAX, text),
        }
    }

    fn at_most(&self, characters_max: usize, text: &Spoken) -> Result<Spoken, BadField> {
        if text.words().chars().count() > characters_max {
            return Err(BadField::TooLong { field: self.key.clone(), characters_max });
        }
        Ok(text.clone())
    }
}

impl BadField {
    /// The reason's stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unknown { .. } => "unknown_field",
            Self::NotOffered { .. } => "not_offered",
            Self::NotATime { .. } => "not_a_time",
            Self::NotASeat { .. } => "not_a_seat",
            Self::TooLong { .. } => "too_long",
        }
    }

    /// The field it is about.
    pub fn field(&self) -> &str {
        match self {
            Self::Unknown { field, .. }
            | Self::NotOffered { field, .. }
            | Self::NotATime { field }
            | Self::NotASeat { field }
            | Self::TooLong { field, .. } => field,
        }
    }
}

#[cfg(test)]
#[path = "prompt_tests.rs"]
mod tests;
