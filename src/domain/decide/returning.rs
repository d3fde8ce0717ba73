//! A second turn: for a speaker the chair returns to, and for somebody passed over who is back; and the end of the round
//! (TURN-16, TURN-17).

use super::door::with_quorum;
use super::round::{leave_round, still_waiting};
use super::{Decision, Situation, next};
use crate::domain::event::Event;
use crate::domain::floor::{MoveOnReason, Release, Turn, Whose};
use crate::domain::hearing::{is_passed_over, not_heard};
use crate::domain::ids::{SeatId, TurnId};
use crate::domain::refusal::Refusal;
use crate::domain::session::Session;
use crate::domain::stage::Stage;

/// The chair returns to a speaker, who is next; a turn they still have comes forward (TURN-16).
pub(super) fn return_to(situation: &Situation<'_>, seat: SeatId) -> Decision {
    situation.chair()?;
    let session = sharing(situation)?;
    let whose = Whose::Seat(situation.known(seat).and_then(|seat| situation.with_part(seat))?);
    if session.floor_holder() == Some(whose) {
        return Err(Refusal::AlreadyDone);
    }
    let is_theirs = |turn: &Turn| turn.whose == whose;
    let (begun, waiting) = turns(session);
    let (mut own, others): (Vec<_>, Vec<_>) = waiting.into_iter().partition(is_theirs);
    if own.is_empty() {
        own.push(another(session, whose));
    }
    Ok(announced(session, begun.into_iter().chain(own).chain(others).collect()))
}

/// Whoever left is here again; whoever was passed over meanwhile is offered the floor at the end of the round (TURN-17).
pub(super) fn come_back(situation: &Situation<'_>) -> Decision {
    let seat = situation.admitted()?;
    let session = situation.sitting()?;
    let is_here = session.attendance.get(&seat).is_some_and(|attendance| attendance.is_here());
    let mut events = if is_here { Vec::new() } else { with_quorum(situation, vec![Event::Arrived { seat }]) };
    if session.stage == Stage::Sharing && is_passed_over(session, seat) {
        events.extend(at_the_end(session, Whose::Seat(seat)));
    }
    if events.is_empty() { Err(Refusal::AlreadyDone) } else { Ok(events) }
}

/// Another turn after all the others.
pub(super) fn at_the_end(session: &Session, whose: Whose) -> Vec<Event> {
    let (begun, waiting) = turns(session);
    announced(session, begun.into_iter().chain(waiting).chain([another(session, whose)]).collect())
}

/// The chair closes the round over whoever has not been heard, who is listed so (TURN-17); over whoever has the floor,
/// with a reason from the list (TURN-06).
pub(super) fn close_round(situation: &Situation<'_>, reason: Option<MoveOnReason>) -> Decision {
    situation.chair()?;
    let session = sharing(situation)?;
    let released = match (session.floor, reason) {
        (Some(_), None) => return Err(Refusal::NotHeard { who: still_waiting(situation, session), speaking: true }),
        (Some(turn), Some(reason)) => Some(Event::FloorReleased { turn, how: Release::MovedOn(reason) }),
        (None, _) => None,
    };
    let not_heard = not_heard(situation.case, session);
    let closed = (!not_heard.is_empty()).then_some(Event::RoundClosed { not_heard, reason });
    Ok(closed.into_iter().chain(released).chain(leave_round(situation, session)).collect())
}

/// A word of the chair to whoever has the floor, and to nobody else (TURN-18).
pub(super) fn nudge(situation: &Situation<'_>) -> Decision {
    situation.chair()?;
    match sharing(situation)?.floor_holder() {
        Some(Whose::Seat(seat)) => Ok(vec![Event::SpeakerNudged { seat }]),
        Some(Whose::Invitation(_)) => Err(Refusal::NobodysTurn),
        None => Err(Refusal::NotSharing),
    }
}

fn sharing<'a>(situation: &Situation<'a>) -> Result<&'a Session, Refusal> {
    let session = situation.sitting()?;
    let needed = Stage::Sharing;
    if session.stage == needed { Ok(session) } else { Err(Refusal::NotAtThisStage { stage: session.stage, needed }) }
}

/// The turns that have begun, and those to come, in their order.
fn turns(session: &Session) -> (Vec<Turn>, Vec<Turn>) {
    let (begun, waiting): (Vec<_>, Vec<_>) = session.turns.iter().partition(|state| state.began_at.is_some());
    let turn = |state: &crate::domain::floor::TurnState| state.turn.clone();
    (begun.into_iter().map(turn).collect(), waiting.into_iter().map(turn).collect())
}

fn another(session: &Session, whose: Whose) -> Turn {
    Turn { id: TurnId(next(session.turns.iter().map(|state| state.turn.id.0))), whose }
}

/// The order as it is now; where nobody has the floor, the next of it does, unless the session is adjourned.
fn announced(session: &Session, turns: Vec<Turn>) -> Vec<Event> {
    let has_begun = |turn: &&Turn| session.turn(turn.id).is_some_and(|state| state.began_at.is_some());
    let next = turns.iter().find(|turn| !has_begun(turn)).map(|turn| turn.id);
    let is_free = session.stage == Stage::Sharing && session.floor.is_none() && session.adjourned().is_none();
    let given = next.filter(|_| is_free);
    let given = given.map(|turn| Event::FloorGiven { turn });
    std::iter::once(Event::OrderAnnounced { turns }).chain(given).collect()
}
