//! The draft for the family: made when the chair asks for it, and nothing is in it until it is ticked, line by line. What
//! is kept from the family stays out even where it is ticked, until the chair lifts that with a reason (SEC-06, DEC-30).

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::calendar;
use super::case::Case;
use super::decision::{Draft, Entry, Section47Decision};
use super::due;
use super::event::Actor;
use super::ids::{ChildId, DraftId, SeatId, SessionNo};
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

impl FamilyLine {
    /// The entry it is about.
    pub fn draft(&self) -> Option<DraftId> {
        match self {
            Self::Section47(draft) | Self::Answer { draft, .. } => Some(*draft),
            Self::Reference | Self::Date | Self::Child(_) => None,
        }
    }
}

/// A line as it would print.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FamilyLineInWords {
    pub line: FamilyLine,
    pub section: &'static str,
    /// In its section.
    pub label: String,
    /// Alone, without its section.
    pub title: String,
    pub words: String,
    pub ticked: bool,
    /// It holds something that is kept from the family, and stays out.
    pub kept: bool,
    /// What of that the chair may read.
    pub items: Vec<String>,
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
    /// The entries that withheld something of it, as far as the chair could read them; any other, and whatever is
    /// withheld later, is withheld all the same.
    pub withheld: Vec<DraftId>,
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

impl Case {
    /// What a line holds that is kept from the family, drafted or confirmed, with its ground or without, and not lifted
    /// since: the entries that withhold it, each with what it withholds.
    pub fn kept_from_family(&self, no: SessionNo, line: &FamilyLine) -> Vec<(DraftId, String)> {
        let Some(session) = self.session_no(no) else { return Vec::new() };
        let words: Vec<String> = self.words_of(session, line).iter().map(|words| words.to_lowercase()).collect();
        let lifted = session.family.lifted.iter().filter(|lifted| lifted.line == *line);
        let lifted: BTreeSet<DraftId> = lifted.flat_map(|lifted| lifted.withheld.iter().copied()).collect();
        let withheld = session.answers(WITHHOLD).filter(|(draft, _)| !lifted.contains(&draft.id));
        let items = withheld.filter_map(|(draft, answer)| {
            let item = answer.fields.get("item").map(|item| item.words().trim().to_owned())?;
            Some((draft.id, item)).filter(|(_, item)| !item.is_empty())
        });
        items.filter(|(_, item)| words.iter().any(|words| words.contains(&item.to_lowercase()))).collect()
    }

    /// Every form a line's words may print in: somebody chosen by their seat prints with name, role and agency, an instant as
    /// a date.
    fn words_of(&self, session: &Session, line: &FamilyLine) -> Vec<String> {
        let raw = match line {
            FamilyLine::Reference => self.referral.reference.clone(),
            FamilyLine::Child(child) => {
                self.child(*child).map(|child| child.name.words().to_owned()).unwrap_or_default()
            }
            FamilyLine::Answer { draft, field } => {
                let said =
                    session.answer_of(*draft).and_then(|answer| answer.none.as_ref().or(answer.fields.get(field)));
                said.map(|said| said.words().to_owned()).unwrap_or_default()
            }
            FamilyLine::Date | FamilyLine::Section47(_) => String::new(),
        };
        let seat = raw.parse().ok().and_then(|seat| self.seat(SeatId(seat)));
        let person = seat.map(|seat| format!("{}, {}, {}", seat.person.name, seat.person.role, seat.person.agency));
        let at = due::instant(&raw).map(calendar::both);
        std::iter::once(raw).chain(person).chain(at).collect()
    }
}

impl Session {
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
