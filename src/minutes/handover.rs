//! The one page for the out-of-hours team: who is with each child, what may happen tonight, what is agreed, whom to ring,
//! and when the session resumes. Made from the record and nothing else (SES-03).

use chrono::{DateTime, Utc};

use super::actions;
use super::copies::masked;
use super::document::{Block, Fact, Minutes, Piece, Section};
use super::prompts;
use super::reading::{Reading, values};
use super::safety;
use crate::domain::case::Case;
use crate::domain::decision::Action;
use crate::domain::event::Record;
use crate::domain::facts::Rules;
use crate::domain::ids::SeatId;
use crate::domain::item_zero::ITEM_ZERO;
use crate::domain::people::AgencyKind;
use crate::domain::procedure::Within;
use crate::domain::prompt::About;
use crate::domain::referral::Child;
use crate::domain::session::Session;
use crate::wording::Wording;

/// The questions whose answers say what may happen tonight.
const TONIGHT: [&str; 3] = ["immediate_safety_plan", "temporary_protection", "interim_services"];

/// Compiles it as the record stands, for somebody who may have no seat: without what is limited to others, withheld or
/// masked.
///
/// # Panics
/// Where the journal is empty: a case begins with its referral.
pub fn handover(records: &[Record], rules: &Rules<'_>, wording: &Wording, seat: Option<SeatId>) -> Minutes {
    let whole = Case::fold(records).expect("a case begins with its referral");
    let case = &*whole.as_read_by(seat);
    let reading = Reading { whole: &whole, ..Reading::new(records, case, rules, wording) };
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
    let page = Minutes {
        title: reading.sentence("handover_title", values! { case => case.code_name }),
        status: Vec::new(),
        notices: Vec::new(),
        facts: Vec::new(),
        sections: sections.unwrap_or_default(),
        outline: None,
    };
    masked(&page, &whole, seat, wording)
}

/// A line a child: safe or not, with whom, and when that was said.
fn children(reading: &Reading<'_>) -> Vec<Block> {
    let line = |child: &Child| -> Fact {
        let given = safety::last(reading, child.id);
        let part = |key: &str| {
            let said = given.and_then(|(_, answer)| answer.fields.get(key)).filter(|said| !said.is_empty())?;
            Some(prompts::value(reading, reading.rules.catalogue.prompt(ITEM_ZERO)?.field(key)?, said))
        };
        let (safe, with_whom) = (part("safe"), part("with_whom"));
        let values = values! {
            safe => safe.as_ref().map(Piece::words), with_whom => with_whom.as_ref().map(Piece::words),
            at => given.map(|(draft, _)| reading.at(draft.entered_at)),
        };
        let parts: Vec<_> = [&safe, &with_whom].into_iter().flatten().collect();
        Fact::new(reading.child(child.id), Piece::made_of(reading.sentence("handover_child", values), &parts))
    };
    let lines: Vec<_> = reading.case.children.iter().map(line).collect();
    if lines.is_empty() { Vec::new() } else { vec![Block::Facts(lines)] }
}

/// Alerts, what is undecided, and what was planned for the time being.
fn tonight(reading: &Reading<'_>, session: &Session) -> Vec<Block> {
    let alerts = reading.case.alerts_of(session).map(|alert| {
        let said = alert.said();
        let text = reading.spoken(&said);
        let values = values! {
            kind => reading.choice("danger", alert.danger.code()), at => reading.at(alert.at),
            text => (!said.is_empty()).then(|| text.words()), acknowledged => alert.acknowledged.is_some(),
        };
        let words = reading.sentence("handover_alert", values);
        Fact::new(reading.label("danger"), Piece::made_of(words, &[&text]))
    });
    let undecided = session.adjournments.last().map(|last| &last.interim.undecided).filter(|said| !said.is_empty());
    let undecided = undecided.map(|said| reading.fact("undecided", said));
    let mut facts: Vec<Fact> = alerts.chain(undecided).collect();
    for prompt in TONIGHT.into_iter().filter_map(|key| reading.rules.catalogue.prompt(key)) {
        let abouts = reading.case.children.iter().map(|child| About::Child(child.id)).chain([About::Session]);
        let answered = abouts.filter(|about| session.answer(&prompt.key, *about).is_some());
        facts.extend(answered.flat_map(|about| {
            let answer = prompts::prompt_facts(reading, session, prompt, about).into_iter();
            answer.map(move |fact| of_a_child(reading, about, fact))
        }));
    }
    if facts.is_empty() { Vec::new() } else { vec![Block::Facts(facts)] }
}

/// The same with the child it is about in its label.
fn of_a_child(reading: &Reading<'_>, about: About, fact: Fact) -> Fact {
    let About::Child(child) = about else { return fact };
    let child = reading.child(child);
    let label = reading.sentence("part", values! { title => child.words(), part => fact.label.words() });
    Fact::new(Piece::made_of(label, &[&child, &fact.label]), fact.value)
}

/// The section 47 decision, the outcomes, and the actions of the night; how many come later is said, so that it stays one
/// page (SES-03).
fn agreed(reading: &Reading<'_>, session: &Session) -> Vec<Block> {
    let decision = match session.section_47() {
        Some((_, decided)) => reading.choice("section_47", decided.decision.code()),
        None => reading.sentence("section_47_not_recorded", values! {}),
    };
    let outcomes = session.outcomes().map(|(_, chosen)| {
        let offered = reading.rules.procedure.outcome(&chosen.code);
        offered.map_or_else(|| chosen.code.clone(), |outcome| outcome.label.clone())
    });
    let until = until(reading, session);
    let live = reading.case.actions.iter().filter(|action| action.is_live());
    let is_for_the_night =
        |action: &&Action| action.entered.due.is_none_or(|due| until.is_none_or(|until| due <= until));
    let (of_the_night, later): (Vec<_>, Vec<_>) = live.partition(is_for_the_night);
    let later = (!later.is_empty()).then(|| reading.sentence("handover_later", values! { count => later.len() }));
    let actions = of_the_night.into_iter().map(|action| {
        let entered = &action.entered;
        let (owner, due) = (actions::owner(reading, entered), actions::due(reading, entered));
        let what = reading.spoken(&entered.what);
        let values = values! { number => entered.no, what => what.words(), owner => owner.words(), due => due.words() };
        Piece::made_of(reading.sentence("handover_action", values), &[&what, &owner, &due])
    });
    let decided = std::iter::once(decision).chain(outcomes).map(Piece::from);
    vec![Block::List(decided.chain(actions).chain(later.map(Piece::from)).collect())]
}

/// Until when the night is theirs: the session resumes, or else the next working day is over.
fn until(reading: &Reading<'_>, session: &Session) -> Option<DateTime<Utc>> {
    let resumes = session.adjourned().and_then(|adjourned| adjourned.interim.resumes_at);
    let made = session.handovers.last().map(|handover| handover.at);
    resumes.or_else(|| Some(reading.rules.calendar.due(made?, Within::WorkingDays(1)).at))
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
