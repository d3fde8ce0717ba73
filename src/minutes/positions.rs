//! Where each agency stands to each decision: agreed by, dissent, no position given. Silence is never agreement (DEC-43).

use super::document::{Block, Piece};
use super::reading::{Reading, values};
use crate::domain::decision::{Draft, Entry, Position};
use crate::domain::gist::position_awaits;
use crate::domain::positions::{Standing, decisions, on, without};
use crate::domain::session::Session;

pub(super) fn positions(reading: &Reading<'_>) -> Vec<Block> {
    let Some(session) = reading.session else { return Vec::new() };
    let read_back = match session.read_back_at {
        Some(at) => reading.sentence("read_back_at", values! { at => reading.at(at) }),
        None => reading.sentence("no_read_back", values! {}),
    };
    let mut blocks = vec![Block::paragraph(read_back)];
    let decided = decisions(session);
    for (labels, lines) in alike(reading, session, &decided) {
        blocks.push(Block::subheading(labels.join("; ")));
        blocks.push(lines);
    }
    if decided.is_empty() {
        let silent = without(reading.case, session);
        blocks.push(lines(reading, &Standing { silent, ..all(session) }));
    }
    blocks
}

/// The decisions in their order, those that follow each other and have the same positions taken together: where everybody
/// agreed to everything, it is said once.
fn alike(reading: &Reading<'_>, session: &Session, decided: &[&Draft]) -> Vec<(Vec<String>, Block)> {
    let mut groups: Vec<(Vec<String>, Block)> = Vec::new();
    for draft in decided {
        let lines = lines(reading, &on(reading.case, session, draft));
        match groups.last_mut() {
            Some((labels, same)) if *same == lines => labels.push(label(reading, draft)),
            _ => groups.push((vec![label(reading, draft)], lines)),
        }
    }
    groups
}

/// Where nothing was decided, positions are on the whole of what was read back.
fn all(session: &Session) -> Standing<'_> {
    use crate::domain::decision::PositionKind::{Agree, Disagree, NotAuthorised};
    let of = |kind| {
        let given = session.positions.iter().map(|(position, _)| position);
        given.filter(|position| position.kind == kind).collect()
    };
    Standing { agreed: of(Agree), dissent: of(Disagree), not_authorised: of(NotAuthorised), silent: Vec::new() }
}

fn label(reading: &Reading<'_>, draft: &Draft) -> String {
    match &draft.entry {
        Entry::Outcome(chosen) => {
            let known = reading.rules.procedure.outcome(&chosen.code);
            known.map_or_else(|| chosen.code.clone(), |outcome| outcome.label.clone())
        }
        Entry::Section47(decided) => reading.choice("section_47", decided.decision.code()),
        Entry::Answer(_) | Entry::Action(_) => String::new(),
    }
}

fn lines(reading: &Reading<'_>, standing: &Standing<'_>) -> Block {
    let said = |positions: &[&Position]| positions.iter().map(|position| words(reading, position)).collect::<Vec<_>>();
    let silent: Vec<_> = standing.silent.iter().map(|agency| (*agency).to_owned()).collect();
    let groups = [
        ("agreed_by", said(&standing.agreed)),
        ("dissent", said(&standing.dissent)),
        ("not_authorised", said(&standing.not_authorised)),
        ("no_position", silent),
    ];
    // Who was not authorised is a line only where somebody was.
    let shown = groups.into_iter().filter(|(key, items)| *key != "not_authorised" || !items.is_empty());
    let facts = shown.map(|(key, items)| {
        let value = if items.is_empty() { reading.label("none") } else { items.join("; ") };
        reading.fact(key, Piece::from(value))
    });
    Block::Facts(facts.collect())
}

fn words(reading: &Reading<'_>, position: &Position) -> String {
    let as_entered = reading
        .session
        .and_then(|session| session.positions_as_entered.iter().rfind(|earlier| earlier.seat == position.seat));
    let as_entered = as_entered.map(|earlier| {
        let kind = reading.choice("position", earlier.kind.code());
        let by = earlier.entered_by.map(|seat| reading.case.person(seat).name.as_str());
        reading.sentence("position_as_entered", values! { kind, about => earlier.about.words(), by })
    });
    let unconfirmed = reading.session.is_some_and(|session| position_awaits(reading.case, session, position));
    let values = values! {
        as_entered, unconfirmed,
        person => reading.person(position.seat),
        about => position.about.words(),
        entered_by => position.entered_by.map(|seat| reading.case.person(seat).name.as_str()),
    };
    reading.sentence("position", values)
}
