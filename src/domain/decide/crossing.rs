//! Acting in two cases at once: what is entered just after another case is held, taken back, or marked (SES-15).

use chrono::TimeDelta;

use super::{Decision, Situation, next};
use crate::domain::crossing::{Crossing, CrossingIs, is_at_once, is_entry, item_of};
use crate::domain::event::Event;
use crate::domain::ids::CrossingNo;
use crate::domain::refusal::Refusal;

/// With the note that its author had just acted in another case, where they had and entered something.
pub(super) fn noted(situation: &Situation<'_>, mut events: Vec<Event>) -> Vec<Event> {
    let Some(by) = situation.facts.seat.filter(|_| situation.facts.crosses && events.iter().any(is_entry)) else {
        return events;
    };
    let items = if events.iter().any(is_at_once) { Vec::new() } else { events.iter().filter_map(item_of).collect() };
    let known = situation.case.crossings.iter().map(|state| state.crossing.no.0);
    let before = situation.case.entries;
    let seconds = situation.facts.rules.procedure.waits.take_back_seconds;
    let crossing = Crossing {
        no: CrossingNo(next(known)),
        entries: (before + 2, before + 1 + events.len() as u64),
        by,
        session: situation.case.session().map(|session| session.no),
        items,
        until: situation.facts.now + TimeDelta::seconds(seconds.into()),
    };
    // Before what it holds, so that nothing of that is told first.
    events.insert(0, Event::Crossed { crossing });
    events
}

/// Its author meant another case: unseen, it is theirs again; seen, it is to be taken out of the record.
pub(super) fn wrong_case(situation: &Situation<'_>, no: CrossingNo) -> Decision {
    let own = situation.seat()?;
    let state = situation.case.crossing(no).filter(|state| state.crossing.by == own).ok_or(Refusal::AlreadyDone)?;
    match state.is {
        CrossingIs::Held if situation.facts.now < state.crossing.until => Ok(vec![Event::TakenBack { crossing: no }]),
        CrossingIs::Held | CrossingIs::Standing => Ok(vec![Event::WrongCaseMarked { crossing: no }]),
        CrossingIs::TakenBack | CrossingIs::Wrong => Err(Refusal::AlreadyDone),
    }
}

/// The moment is over.
pub(super) fn over(situation: &Situation<'_>, no: CrossingNo) -> Option<Event> {
    let is_held = situation.case.crossing(no).is_some_and(|state| state.is == CrossingIs::Held);
    is_held.then_some(Event::NoLongerHeld { crossing: no })
}
