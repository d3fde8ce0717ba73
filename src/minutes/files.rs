//! A document for the file of each child considered: the record for a child it is about, and for every other child a slip
//! with what was decided about them and nothing of anybody else (MIN-24).

use super::document::{Block, Fact, Minutes, Section};
use super::prompts;
use super::reading::{Reading, values};
use super::{For, compile_for, copies};
use crate::domain::calendar;
use crate::domain::case::Case;
use crate::domain::event::Record;
use crate::domain::facts::Rules;
use crate::domain::ids::{ChildId, SessionNo};
use crate::domain::prompt::About;
use crate::domain::referral::Child;
use crate::domain::session::Session;
use crate::wording::Wording;

/// One document a child, in the order they were listed.
///
/// # Panics
/// Where the journal is empty.
pub fn for_files(
    records: &[Record],
    session: Option<SessionNo>,
    rules: &Rules<'_>,
    wording: &Wording,
    head: &str,
) -> Vec<(ChildId, Minutes)> {
    let whole = Case::fold(records).expect("a case begins with its referral");
    let case = &*whole.as_read_by(None);
    let session = session.map_or_else(|| case.session(), |no| case.session_no(no));
    let reading = Reading { session, ..Reading::new(records, case, rules, wording) };
    let no = session.map(|session| session.no);
    let record = compile_for(records, no, rules, wording, head, For::Reader(None));
    let masked = |slip: &Minutes| copies::masked(slip, &whole, None, wording);
    let document = |child: &Child| {
        let own =
            if child.subject { on_the_file_of(&reading, &record, child) } else { masked(&slip(&reading, child, head)) };
        (child.id, own)
    };
    case.children.iter().map(document).collect()
}

fn file_of(reading: &Reading<'_>, child: &Child) -> Fact {
    let words = reading.sentence("file_of", values! { child => child.name.words() });
    reading.fact("copy_of", words)
}

fn on_the_file_of(reading: &Reading<'_>, record: &Minutes, child: &Child) -> Minutes {
    let facts = std::iter::once(file_of(reading, child)).chain(record.facts.iter().skip(1).cloned());
    Minutes { facts: facts.collect(), ..record.clone() }
}

/// What was decided about one child, and what was said of them alone.
fn slip(reading: &Reading<'_>, child: &Child, head: &str) -> Minutes {
    let reference = &reading.case.referral.reference;
    let reference = if reference.is_empty() { reading.nothing() } else { reference.as_str().into() };
    let held = reading.session.and_then(Session::held_at).map(calendar::date);
    let facts = vec![
        file_of(reading, child),
        reading.fact("reference", reference),
        reading.fact("date", held.unwrap_or_else(|| reading.label("no_date_fixed"))),
        reading.fact("child", reading.spoken(&child.name)),
        reading.fact("born", reading.born(child.born)),
    ];
    let decision = reading.session.map(|session| prompts::decision_about(reading, session, child.id));
    let decision = decision.map(|decision| reading.fact("decision", decision));
    let facts = facts.into_iter().chain(decision).chain([copies::original(reading, head)]).collect();
    let answers = reading.session.map(|session| of_this_child(reading, session, child)).unwrap_or_default();
    let nothing = || vec![reading.paragraph("slip_nothing", values! {})];
    let blocks = if answers.is_empty() { nothing() } else { answers };
    let section = Section { key: "decision".to_owned(), heading: reading.label("slip_decision"), blocks };
    Minutes {
        title: reading.sentence("slip_title", values! {}),
        status: Vec::new(),
        notices: vec![reading.sentence("slip_notice", values! {}).into()],
        facts,
        sections: vec![section],
        outline: None,
    }
}

/// The chair's answers about this child, as far as they are confirmed.
fn of_this_child(reading: &Reading<'_>, session: &Session, child: &Child) -> Vec<Block> {
    let about = About::Child(child.id);
    let own = reading.rules.catalogue.prompts.iter().filter(|prompt| {
        session.answers(&prompt.key).any(|(draft, answer)| answer.about == about && draft.confirmed.is_some())
    });
    let blocks = own.flat_map(|prompt| {
        let said = prompt.fields.iter().filter_map(|field| {
            let words = prompts::answered(reading, &prompt.key, about, &field.key)?;
            Some(Fact::new(field.label.clone(), words))
        });
        [Block::subheading(prompt.title.clone()), Block::Facts(said.collect())]
    });
    blocks.collect()
}
