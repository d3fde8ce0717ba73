//! Who reads what: circulated copies, the line for an agency's own record, extracts, and the family's copy.
//!
//! A copy for others is the same document with some pieces replaced, or a smaller document made from named
//! parts. The family's copy is made from a list of what may be in it: what nobody put on the list is absent,
//! and items withheld from the family can't come in at all (DEC-30, SEC-06).

use std::collections::BTreeSet;

use super::actions;
use super::document::{Block, Fact, Minutes, Piece, Section, map_facts};
use super::prompts;
use super::reading::{Reading, values};
use crate::domain::calendar;
use crate::domain::case::Case;
use crate::domain::decision::Section47Decision;
use crate::domain::facts::Rules;
use crate::domain::ids::SeatId;
use crate::domain::prompt::About;
use crate::domain::session::Session;
use crate::domain::withholding::WITHHOLD;
use crate::wording::Wording;

/// Without the annex, which is the audit's, and with what is withheld from a seat, or masked from it, replaced (INFO-04,
/// SEC-08).
pub(super) fn masked(minutes: &Minutes, case: &Case, seat: Option<SeatId>, wording: &Wording) -> Minutes {
    let wording = wording.masking(case.masked_from(seat));
    let shown = |piece: &Piece| Piece::Open(wording.masked(piece.for_reader(seat).words().to_owned()));
    let circulated = minutes.sections.iter().filter(|section| section.key != super::ANNEX);
    let sections = circulated.map(|section| Section {
        blocks: section.blocks.iter().map(|block| block.map(&shown)).collect(),
        ..section.clone()
    });
    Minutes {
        notices: minutes.notices.iter().map(shown).collect(),
        facts: map_facts(&minutes.facts, &shown),
        sections: sections.collect(),
        outline: minutes.outline.as_ref().map(|outline| outline.map(&shown)),
        ..minutes.clone()
    }
}

/// The line each agency files in its own record: it says that a strategy discussion was attended, and when (MIN-10).
pub fn case_note_line(case: &Case, session: &Session, rules: &Rules<'_>, wording: &Wording) -> String {
    note_line(&Reading { session: Some(session), ..Reading::new(&[], case, rules, wording) })
}

pub(super) fn note_line(reading: &Reading<'_>) -> String {
    let at = reading.session.and_then(Session::held_at);
    let reference = &reading.case.referral.reference;
    reading.sentence("case_note_line", values! { date => at.map(calendar::date), reference })
}

/// What the owner of an action gets who took no part: their own actions, the reason for each, and the code name,
/// and no child's name unless an action itself says it (MIN-30).
pub fn extract(whole: &Case, rules: &Rules<'_>, wording: &Wording, seat: SeatId, head: &str) -> Minutes {
    // An action its author may still take back is not told to its owner yet (SES-15).
    let read = whole.as_read_by(Some(seat));
    let case = &*read;
    let reading = Reading::new(&[], case, rules, wording);
    let own = case.actions.iter().filter(|action| action.entered.owner == Some(seat));
    let blocks = own.flat_map(|action| {
        let entered = &action.entered;
        let said = |label: &str, piece: Piece| reading.fact(label, piece);
        let facts = vec![
            said("what", reading.spoken(&entered.what)),
            said("due", actions::due(&reading, entered)),
            said("place", reading.spoken(&entered.place)),
            said("action_how", reading.spoken(&entered.how)),
            said("purpose", reading.spoken(&entered.purpose)),
            said("contingency", reading.spoken(&entered.contingency)),
            said("serves", actions::serves(&reading, &entered.serves)),
            said("measure", reading.spoken(&entered.measure)),
        ];
        let heading = reading.sentence("action_number", values! { number => entered.no });
        [Block::subheading(heading), Block::Facts(facts)]
    });
    let section =
        Section { key: "actions".to_owned(), heading: reading.label("your_actions"), blocks: blocks.collect() };
    let extract = Minutes {
        title: reading.sentence("extract_title", values! {}),
        status: Vec::new(),
        notices: vec![reading.sentence("extract_notice", values! {}).into()],
        facts: vec![
            reading.fact("copy_of", reading.person(seat)),
            reading.fact("code_name", case.code_name.0.as_str()),
            original(&reading, head),
        ],
        sections: vec![section],
        outline: None,
    };
    masked(&extract, whole, Some(seat), wording)
}

/// Which journal it is made from, as it stood (MIN-11).
pub(super) fn original(reading: &Reading<'_>, head: &str) -> Fact {
    let case = reading.case;
    let words = reading.sentence("original", values! { case => case.code_name, entries => case.entries, head });
    reading.fact("original", words)
}

/// The family's copy: reference, date, children, section 47 yes or no, what parents and child are told, needs, and
/// the review date. Only what the chair confirmed (SEC-06).
pub fn family_copy(case: &Case, rules: &Rules<'_>, wording: &Wording) -> Minutes {
    let case = &*case.as_read_by(None);
    let reading = Reading::new(&[], case, rules, wording);
    let reference = &case.referral.reference;
    let mut facts = vec![
        reading.fact("reference", if reference.is_empty() { reading.nothing() } else { reference.as_str().into() }),
    ];
    let held = reading.session.and_then(|session| session.opened_at);
    facts.extend(held.map(|at| reading.fact("date", calendar::date(at))));
    let children = case.subjects().map(|child| reading.spoken(&child.name)).collect();
    let section = |key: &str, blocks: Vec<Block>| Section {
        key: key.to_owned(),
        heading: reading.label(&format!("family_{key}")),
        blocks,
    };
    let told = |prompt: &str, fields: &[&str]| -> Vec<Block> {
        let facts = |about: About| {
            let said = fields.iter().filter_map(|field| confirmed(&reading, prompt, about, field));
            said.map(|(label, value)| Fact::new(of_child(&reading, about, label), value)).collect::<Vec<_>>()
        };
        let facts: Vec<Fact> = abouts_answered(&reading, prompt).into_iter().flat_map(facts).collect();
        if facts.is_empty() {
            vec![reading.paragraph("family_nothing_yet", values! {})]
        } else {
            vec![Block::Facts(facts)]
        }
    };
    let sections = vec![
        section("children", vec![Block::List(children)]),
        section("section_47", vec![reading.paragraph("family_section_47", values! { answer => started(&reading) })]),
        section("parents", told("tell_parents", &["what", "how", "when", "by"])),
        section("child", told("tell_child", &["text"])),
        section("needs", told("needs", &["text"])),
        section("review", told("review_mechanism", &["when"])),
    ];
    let copy = Minutes {
        title: reading.sentence("family_title", values! {}),
        status: Vec::new(),
        notices: Vec::new(),
        facts,
        sections,
        outline: None,
    };
    masked(&copy, case, None, wording)
}

/// Whether section 47 enquiries run after the session, in words; `None` where nothing confirmed says so.
fn started(reading: &Reading<'_>) -> Option<String> {
    let (draft, decided) = reading.session?.section_47()?;
    draft.confirmed?;
    let undecided = decided.decision == Section47Decision::NotYetDecided;
    (!undecided).then(|| reading.yes_no(decided.decision.is_running()))
}

/// What a question was answered about.
fn abouts_answered(reading: &Reading<'_>, prompt: &str) -> BTreeSet<About> {
    reading.session.into_iter().flat_map(|session| session.answers(prompt)).map(|(_, answer)| answer.about).collect()
}

fn of_child(reading: &Reading<'_>, about: About, label: String) -> String {
    match about {
        About::Session => label,
        About::Child(child) => {
            reading.sentence("part", values! { title => reading.child(child).words(), part => label })
        }
    }
}

fn confirmed(reading: &Reading<'_>, prompt: &str, about: About, field: &str) -> Option<(String, Piece)> {
    let (draft, _) = reading.session?.answers(prompt).find(|(_, answer)| answer.about == about)?;
    draft.confirmed?;
    let label = reading.rules.catalogue.prompt(prompt)?.field(field)?.label.clone();
    let said = prompts::answered(reading, prompt, about, field)?;
    (!says_what_is_withheld(reading, said.words())).then_some((label, said))
}

/// Whether words hold an item that is kept from the family, drafted or confirmed, with its ground or without (DEC-30).
fn says_what_is_withheld(reading: &Reading<'_>, words: &str) -> bool {
    let words = words.to_lowercase();
    let withheld = reading.session.into_iter().flat_map(|session| session.answers(WITHHOLD));
    let items = withheld.filter_map(|(_, answer)| answer.fields.get("item"));
    items.map(|item| item.words().trim().to_lowercase()).any(|item| !item.is_empty() && words.contains(&item))
}
