//! The draft for the family: made when the chair asks for it, and nothing is in it until it is ticked, line by line. What
//! is kept from the family stays out even where it is ticked, until the chair lifts that with a reason (SEC-06, DEC-30).

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::case::Case;
use super::decision::{Draft, Entry, Section47Decision};
use super::event::Actor;
use super::ids::{ChildId, DraftId, SessionNo};
use super::prompt::Answer;
use super::session::Session;
use super::spoken::Spoken;
use super::withholding::WITHHOLD;

/// The questions whose answers may be told, each with its section and the fields that may: whatever isn't named here can't
/// come in at all.
pub const MAY_BE_TOLD: [(&str, &str, &[&str]); 4] = [
    ("parents", "tell_parents", &["what", "how", "when", "by"]),
    ("child", "tell_child", &["text"]),
    ("needs", "needs", &["text"]),
    ("review", "review_mechanism", &["when"]),
];

/// A line that can be ticked. One about an answer or a decision is about these very words: a changed one is ticked anew.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FamilyLine {
    Reference,
    Date,
    Child(ChildId),
    Section47(DraftId),
    Answer { draft: DraftId, field: String },
}

/// A line as it would print.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FamilyLineInWords {
    pub line: FamilyLine,
    pub section: &'static str,
    pub label: String,
    pub words: String,
    pub ticked: bool,
    /// It holds something that is kept from the family, and stays out.
    pub kept: bool,
}

impl fmt::Display for FamilyLine {
    /// As buttons write it: `reference`, `date`, `c1`, `d3`, `d4.what`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Reference => f.write_str("reference"),
            Self::Date => f.write_str("date"),
            Self::Child(child) => write!(f, "c{child}"),
            Self::Section47(draft) => write!(f, "d{draft}"),
            Self::Answer { draft, field } => write!(f, "d{draft}.{field}"),
        }
    }
}

/// No line is written like this.
#[derive(Debug, PartialEq, Eq)]
pub struct NoLine;

impl FromStr for FamilyLine {
    type Err = NoLine;

    fn from_str(code: &str) -> Result<Self, NoLine> {
        let id = |digits: &str| digits.parse().map_err(|_| NoLine);
        match (code, code.split_at_checked(1)) {
            ("reference", _) => Ok(Self::Reference),
            ("date", _) => Ok(Self::Date),
            (_, Some(("c", child))) => child.parse().map(Self::Child).map_err(|_| NoLine),
            (_, Some(("d", entry))) => match entry.split_once('.') {
                Some((draft, field)) => Ok(Self::Answer { draft: id(draft)?, field: field.to_owned() }),
                None => Ok(Self::Section47(id(entry)?)),
            },
            _ => Err(NoLine),
        }
    }
}

/// What the chair said of the draft for the family of one session.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FamilyDraft {
    pub ticked: BTreeSet<FamilyLine>,
    pub lifted: Vec<Lifted>,
}

/// A line may be told although it holds something that was kept from the family.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lifted {
    pub line: FamilyLine,
    pub reason: Spoken,
    pub by: Actor,
    pub at: DateTime<Utc>,
    /// The last entry there was: whatever is withheld later is withheld all the same.
    pub after: Option<DraftId>,
}

/// Every line that can be ticked for a session, in the order they print: what everybody may read, and the chair confirmed.
pub fn lines(case: &Case, no: SessionNo) -> Vec<FamilyLine> {
    let case = case.as_read_by(None);
    let Some(session) = case.session_no(no) else { return Vec::new() };
    let reference = (!case.referral.reference.is_empty()).then_some(FamilyLine::Reference);
    let date = session.opened_at.map(|_| FamilyLine::Date);
    let children = case.subjects().map(|child| FamilyLine::Child(child.id));
    let decided = session
        .section_47()
        .filter(|(draft, decided)| draft.confirmed.is_some() && decided.decision != Section47Decision::NotYetDecided);
    let told = MAY_BE_TOLD.iter().flat_map(|(_, prompt, fields)| {
        let confirmed = session.answers(prompt).filter(|(draft, _)| draft.confirmed.is_some());
        confirmed.flat_map(|(draft, answer)| answered(draft, answer, fields))
    });
    let lines = reference.into_iter().chain(date).chain(children);
    lines.chain(decided.map(|(draft, _)| FamilyLine::Section47(draft.id))).chain(told).collect()
}

/// The fields of an answer that have something to tell; that there is nothing to answer is told once.
fn answered(draft: &Draft, answer: &Answer, fields: &[&str]) -> Vec<FamilyLine> {
    let is_said = |field: &&str| answer.fields.get(*field).is_some_and(|said| !said.is_empty());
    let said = fields.iter().copied().enumerate();
    let said = said.filter(|(n, field)| if answer.none.is_some() { *n == 0 } else { is_said(field) });
    said.map(|(_, field)| FamilyLine::Answer { draft: draft.id, field: field.to_owned() }).collect()
}

impl Session {
    /// Whether a line holds an item that is kept from the family, drafted or confirmed, with its ground or without, and not
    /// lifted since.
    pub fn is_kept_from_family(&self, line: &FamilyLine) -> bool {
        let FamilyLine::Answer { draft, field } = line else { return false };
        let words = self.answer_of(*draft).map(|answer| match &answer.none {
            Some(reason) => reason.words().to_lowercase(),
            None => answer.fields.get(field).map(|said| said.words().to_lowercase()).unwrap_or_default(),
        });
        let Some(words) = words else { return false };
        let lifted = self.family.lifted.iter().rev().find(|lifted| lifted.line == *line);
        let is_lifted = |draft: DraftId| lifted.is_some_and(|lifted| Some(draft) <= lifted.after);
        let withheld = self.answers(WITHHOLD).filter(|(draft, _)| !is_lifted(draft.id));
        let items = withheld.filter_map(|(_, answer)| answer.fields.get("item"));
        items.map(|item| item.words().trim().to_lowercase()).any(|item| !item.is_empty() && words.contains(&item))
    }

    /// The standing answer of an entry's number.
    pub fn answer_of(&self, id: DraftId) -> Option<&Answer> {
        let draft = self.standing().find(|draft| draft.id == id)?;
        match &draft.entry {
            Entry::Answer(answer) => Some(answer),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_read_as_it_is_written() {
        let answer = FamilyLine::Answer { draft: DraftId(4), field: "what".to_owned() };
        let lines = [
            (FamilyLine::Reference, "reference"),
            (FamilyLine::Date, "date"),
            (FamilyLine::Child(ChildId(1)), "c1"),
            (FamilyLine::Section47(DraftId(3)), "d3"),
            (answer, "d4.what"),
        ];
        for (line, code) in lines {
            assert_eq!(line.to_string(), code);
            assert_eq!(code.parse(), Ok(line));
        }
        for none in ["", "x1", "c", "d.what", "dé"] {
            assert_eq!(none.parse::<FamilyLine>(), Err(NoLine), "{none}");
        }
    }
}
