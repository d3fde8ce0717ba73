//! The draft for the family, and the lines it is made of. It is made from a list of what may be in it: what nobody put on
//! the list is absent, what nobody ticked is left out, and so is what is kept from the family (SEC-06, DEC-30).

use super::document::{Block, Fact, Minutes, Piece, Section};
use super::prompts;
use super::reading::{Reading, values};
use crate::domain::calendar;
use crate::domain::case::Case;
use crate::domain::facts::Rules;
use crate::domain::family_draft::{FamilyLine, FamilyLineInWords, MAY_BE_TOLD, lines};
use crate::domain::ids::SessionNo;
use crate::domain::prompt::About;
use crate::wording::Wording;

/// The sections, in their order.
const SECTIONS: [&str; 6] = ["children", "section_47", "parents", "child", "needs", "review"];
/// Stands above them all.
const HEADING: &str = "heading";

/// Every line there is, ticked or not.
pub fn family_lines(case: &Case, no: SessionNo, rules: &Rules<'_>, wording: &Wording) -> Vec<FamilyLineInWords> {
    let read = case.as_read_by(None);
    let masking = wording.masking(case.masked_from(None));
    let reading = Reading { session: read.session_no(no), ..Reading::new(&[], &read, rules, wording) };
    let Some(session) = case.session_no(no) else { return Vec::new() };
    let chairs = case.as_read_by(session.chair());
    let in_words = |line: FamilyLine| {
        let said = said(&reading, &line)?;
        let title = masking.masked(said.title(&reading));
        let (label, words) = (masking.masked(said.label), masking.masked(said.words));
        let (ticked, kept) = (session.family.ticked.contains(&line), !case.kept_from_family(no, &line).is_empty());
        let items = chairs.kept_from_family(no, &line).into_iter().map(|(_, item)| item).collect();
        Some(FamilyLineInWords { line, section: said.section, label, title, words, ticked, kept, items })
    };
    lines(case, no).into_iter().filter_map(in_words).collect()
}

/// What the family may be given: every heading, and what the chair ticked under it.
pub fn family_draft(case: &Case, no: SessionNo, rules: &Rules<'_>, wording: &Wording) -> Minutes {
    let read = case.as_read_by(None);
    let reading = Reading { session: read.session_no(no), ..Reading::new(&[], &read, rules, wording) };
    let all = family_lines(case, no, rules, wording);
    let told =
        |section: &'static str| all.iter().filter(move |line| line.section == section && line.ticked && !line.kept);
    let fact = |line: &FamilyLineInWords| Fact::new(line.label.clone(), line.words.clone());
    let blocks = |key: &'static str| {
        if told(key).next().is_none() {
            return Vec::new();
        }
        vec![match key {
            "children" => Block::List(told(key).map(|line| Piece::new(line.words.clone())).collect()),
            "section_47" => Block::paragraph(told(key).map(|line| line.words.clone()).collect::<String>()),
            _ => Block::Facts(told(key).map(fact).collect()),
        }]
    };
    let section = |key: &&'static str| Section {
        key: (*key).to_owned(),
        heading: reading.label(&format!("family_{key}")),
        blocks: blocks(key),
    };
    Minutes {
        title: reading.sentence("family_title", values! {}),
        status: Vec::new(),
        notices: Vec::new(),
        facts: told(HEADING).map(fact).collect(),
        sections: SECTIONS.iter().map(section).collect(),
        outline: None,
    }
}

/// A line as it prints in its section.
struct Said {
    section: &'static str,
    label: String,
    words: String,
}

impl Said {
    fn new(section: &'static str, label: String, words: String) -> Option<Self> {
        Some(Self { section, label, words })
    }

    /// What it is called where its section isn't named.
    fn title(&self, reading: &Reading<'_>) -> String {
        if !MAY_BE_TOLD.iter().any(|(section, ..)| *section == self.section) {
            return self.label.clone();
        }
        let title = reading.label(&format!("family_{}", self.section));
        reading.sentence("part", values! { title, part => &self.label })
    }
}

fn said(reading: &Reading<'_>, line: &FamilyLine) -> Option<Said> {
    let session = reading.session?;
    match line {
        FamilyLine::Reference => {
            Said::new(HEADING, reading.label("reference"), reading.case.referral.reference.clone())
        }
        FamilyLine::Date => Said::new(HEADING, reading.label("date"), calendar::date(session.opened_at?)),
        FamilyLine::Child(child) => {
            Said::new("children", reading.label("child"), reading.child(*child).words().to_owned())
        }
        FamilyLine::Section47(_) => {
            let (_, decided) = session.section_47()?;
            let answer = reading.yes_no(decided.decision.is_running());
            let words = reading.sentence("family_section_47", values! { answer });
            Said::new("section_47", reading.label("family_section_47"), words)
        }
        FamilyLine::Answer { draft, field } => {
            let answer = session.answer_of(*draft)?;
            let (section, prompt, _) = MAY_BE_TOLD.iter().find(|(_, prompt, _)| *prompt == answer.prompt)?;
            let label = reading.rules.catalogue.prompt(prompt)?.field(field)?.label.clone();
            let words = prompts::in_answer(reading, answer, field)?;
            Said::new(section, of_child(reading, answer.about, label), words.words().to_owned())
        }
    }
}

/// What a line is called, for the record.
pub(super) fn label(reading: &Reading<'_>, line: &FamilyLine) -> String {
    said(reading, line).map_or_else(|| reading.label("family_line_changed"), |said| said.title(reading))
}

fn of_child(reading: &Reading<'_>, about: About, label: String) -> String {
    match about {
        About::Session => label,
        About::Child(child) => {
            reading.sentence("part", values! { title => reading.child(child).words(), part => label })
        }
    }
}
