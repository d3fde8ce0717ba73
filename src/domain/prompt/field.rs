//! The fields of a question: what each takes, which codes it offers, and what can't be kept as entered.

use serde::{Deserialize, Serialize};

use super::If;
use crate::domain::calendar::iso_with_offset;
use crate::domain::due::{self, Direction};
use crate::domain::floor::Whose;
use crate::domain::ids::SeatId;
use crate::domain::knowing::NOBODY;
use crate::domain::procedure::{Choice, Indicator, Procedure};
use crate::domain::provisional::treated_as;
use crate::domain::spoken::Spoken;

/// The code of the choice that leaves a field open.
pub const LATER: &str = "later";

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
    /// Of a choice or a person: one more is offered, in these words, which leaves it open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub later: Option<String>,
    /// Its label says all of it, and prints without the question's title.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub alone: bool,
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
    /// A date and time of what is to come.
    Time,
    /// A date and time of what has happened.
    PastTime,
    /// A person of the case.
    Seat,
    /// People of the session, invited or here, by their codes with commas between, or `nobody` (INV-16).
    People,
}

impl FieldKind {
    /// Which way the words of a time are read; `None` where it takes no time.
    pub fn direction(&self) -> Option<Direction> {
        match self {
            Self::Time => Some(Direction::Coming),
            Self::PastTime => Some(Direction::Past),
            _ => None,
        }
    }
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

impl Field {
    /// The codes this field takes in a procedure; `None` where it takes words.
    pub fn choices(&self, procedure: &Procedure) -> Option<Vec<Choice>> {
        match &self.kind {
            FieldKind::YesNo => Some(["yes", "no"].map(|code| Choice { code: code.into(), label: code.into() }).into()),
            FieldKind::Choice(choices) => {
                let later = self.later.iter().map(|label| Choice { code: LATER.into(), label: label.clone() });
                Some(choices.iter().cloned().chain(later).collect())
            }
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
            FieldKind::Text
            | FieldKind::Line
            | FieldKind::Time
            | FieldKind::PastTime
            | FieldKind::Seat
            | FieldKind::People => None,
        }
    }

    /// It is typed rather than chosen, so that it takes a place in the modal.
    pub fn is_typed(&self) -> bool {
        self.kind.direction().is_some() || matches!(self.kind, FieldKind::Text | FieldKind::Line)
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

    pub(super) fn keep(&self, text: &Spoken, procedure: &Procedure) -> Result<Spoken, BadField> {
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
            FieldKind::Time | FieldKind::PastTime => {
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
