//! The one page for the out-of-hours team: who is with each child, what may happen tonight, what is agreed, whom to ring,
//! and when the session resumes. Made from the record and nothing else (SES-03).

use super::actions;
use super::document::{Block, Fact, Minutes, Piece, Section};
use super::prompts;
use super::reading::{Reading, values};
use super::safety;
use crate::domain::case::Case;
use crate::domain::decision::ActionStatus;
use crate::domain::event::Record;
use crate::domain::facts::Rules;
use crate::domain::people::AgencyKind;
use crate::domain::prompt::About;
use crate::domain::referral::Child;
use crate::domain::session::Session;
use crate::wording::Wording;

/// The questions whose answers say what may happen tonight.
const TONIGHT: [&str; 3] = ["immediate_safety_plan", "temporary_protection", "interim_services"];

/// Compiles it as the record stands.
///
/// # Panics
/// Where the journal is empty: a case begins with its referral.
pub fn handover(records: &[Record], rules: &Rules<'_>, wording: &Wording) -> Minutes {
    let case = Case::fold(records).expect("a case begins with its referral");
    let reading = Reading::new(records, &case, rules, wording);
    let section = |key: &str, blocks: Vec<Block>| {
        let nothing = || vec![reading.paragraph("nothing_recorded", values! {})];
        let blocks = if blocks.is_empty() { nothing() } else { blocks };
        Section { key: key.to_owned(), heading: reading.label(key), blocks }
    };
    let sections = reading.session.map(|session| {
        vec![
            section("handover_children", children(&reading)),
            section("handover_tonight", tonight(&reading, session)),
            section("handover_agreed", agreed(&reading, session)),
            section("handover_ring", ring(&reading, session)),
            section("handover_resumes", vec![Block::paragraph(resumes(&reading, session))]),
        ]
    });
    Minutes {
        title: reading.sentence("handover_title", values! { case => case.code_name }),
        status: Vec::new(),
        notices: Vec::new(),
        facts: Vec::new(),
        sections: sections.unwrap_or_default(),
        outline: None,
    }
}

/// A line a child: safe or not, with whom, and when that was said.
fn children(reading: &Reading<'_>) -> Vec<Block> {
    let line = |child: &Child| -> Piece {
        let given = safety::last(reading, child.id);
        let part = |key: &str| {
            let said = given.and_then(|(_, answer)| answer.fields.get(key)).filter(|said| !said.is_empty())?;
            let field = reading.rules.catalogue.prompt(crate::domain::item_zero::ITEM_ZERO)?.field(key)?;
            Some(prompts::value(reading, field, said).words().to_owned())
        };
        let values = values! {
            child => reading.child(child.id).words(), safe => part("safe"), with_whom => part("with_whom"),
            at => given.map(|(draft, _)| reading.at(draft.entered_at)),
        };
        reading.sentence("handover_child", values).into()
    };
    let lines: Vec<_> = reading.case.children.iter().map(line).collect();
    if lines.is_empty() { Vec::new() } else { vec![Block::List(lines)] }
}

/// Alerts, what is undecided, and what was planned for the time being.
fn tonight(reading: &Reading<'_>, session: &Session) -> Vec<Block> {
    let alerts = session.alerts.iter().map(|alert| {
        let kind = reading.choice("danger", alert.danger.code());
        let text = alert.text.words();
        let acknowledged = alert.acknowledged.is_some();
        reading.sentence("handover_alert", values! { kind, text, acknowledged, at => reading.at(alert.at) }).into()
    });
    let undecided = session.adjournments.last().map(|last| &last.interim.undecided).filter(|said| !said.is_empty());
    let undecided =
        undecided.map(|said| reading.sentence("handover_undecided", values! { said => said.words() }).into());
    let mut items: Vec<Piece> = alerts.chain(undecided).collect();
    for prompt in TONIGHT.into_iter().filter_map(|key| reading.rules.catalogue.prompt(key)) {
        let abouts = reading.case.children.iter().map(|child| About::Child(child.id)).chain([About::Session]);
        let facts = abouts.flat_map(|about| {
            let is_answered = session.answer(&prompt.key, about).is_some();
            let facts = if is_answered { prompts::prompt_facts(reading, session, prompt, about) } else { Vec::new() };
            facts.into_iter().map(move |fact| (about, fact))
        });
        items.extend(facts.map(|(about, fact)| of(reading, about, &fact)));
    }
    if items.is_empty() { Vec::new() } else { vec![Block::List(items)] }
}

fn of(reading: &Reading<'_>, about: About, fact: &Fact) -> Piece {
    let child = match about {
        About::Child(child) => Some(reading.child(child).words().to_owned()),
        About::Session => None,
    };
    let (label, value) = (fact.label.words(), fact.value.words());
    reading.sentence("handover_answer", values! { child, label, value }).into()
}

/// The section 47 decision, the outcomes, and every action still to be done.
fn agreed(reading: &Reading<'_>, session: &Session) -> Vec<Block> {
    let decision = match session.section_47() {
        Some((_, decided)) => reading.choice("section_47", decided.decision.code()),
        None => reading.sentence("section_47_not_recorded", values! {}),
    };
    let outcomes = session.outcomes().map(|(_, chosen)| {
        let offered = reading.rules.procedure.outcome(&chosen.code);
        offered.map_or_else(|| chosen.code.clone(), |outcome| outcome.label.clone())
    });
    let live = reading.case.actions.iter().filter(|action| action.status != ActionStatus::Done);
    let actions = live.map(|action| {
        let entered = &action.entered;
        let (owner, due) = (actions::owner(reading, entered), actions::due(reading, entered));
        let what = reading.spoken(&entered.what);
        let values = values! { number => entered.no, what => what.words(), owner => owner.words(), due => due.words() };
        reading.sentence("handover_action", values)
    });
    let lines = std::iter::once(decision).chain(outcomes).chain(actions);
    vec![Block::List(lines.map(Piece::from).collect())]
}

/// Who holds the case, the chair, whoever convened, the police who came, and the authority's own contact.
fn ring(reading: &Reading<'_>, session: &Session) -> Vec<Block> {
    let holder = session.adjournments.last().map(|last| &last.interim.holder).filter(|said| !said.is_empty());
    let mut facts = vec![reading.fact("holder", holder.map_or_else(|| reading.nothing(), Piece::from))];
    facts.extend(session.chair().map(|seat| reading.fact("chair", reading.person(seat))));
    facts.push(reading.fact("convenor", reading.person(session.convenor)));
    let police = session.attended().filter(|seat| reading.case.person(*seat).agency_kind == AgencyKind::Police);
    facts.extend(police.map(|seat| reading.fact("handover_police", reading.person(seat))));
    facts.push(reading.fact("emergency_contact", reading.rules.procedure.emergency_contact.as_str()));
    vec![Block::Facts(facts)]
}

fn resumes(reading: &Reading<'_>, session: &Session) -> String {
    let until = session.adjourned().map(|adjourned| adjourned.interim.resumes_at);
    let values = values! {
        adjourned => until.is_some(), at => until.flatten().map(crate::domain::calendar::both),
        closed => session.closed_at.map(|at| reading.at(at)),
    };
    reading.sentence("handover_resumes", values)
}
