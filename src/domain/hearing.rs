//! Who has been heard in the round, and who was passed over (TURN-17).

use super::case::Case;
use super::floor::{Contribution, Mode, MoveOnReason, Release, TurnState, Whose};
use super::ids::SeatId;
use super::session::Session;

/// Somebody has shared, or said in their turn that they had finished or held nothing.
pub fn is_heard(session: &Session, seat: SeatId) -> bool {
    let is_own = |contribution: &Contribution| contribution.seat == seat && contribution.mode != Mode::Relayed;
    let by_own_word = |state: &TurnState| {
        use Release::{Finished, MovedOn, NothingHeld};
        matches!(state.ended, Some(Finished | NothingHeld | MovedOn(MoveOnReason::FinishedNotPressed)))
    };
    session.contributions.iter().any(|(contribution, _)| is_own(contribution))
        || turns_of(session, seat).any(by_own_word)
}

/// The chair moved on from them, they have not been heard, and no turn of theirs is to come.
pub fn is_passed_over(session: &Session, seat: SeatId) -> bool {
    let is_over = |state: &TurnState| state.ended.is_some();
    let mut turns = turns_of(session, seat).peekable();
    turns.peek().is_some() && turns.all(is_over) && !is_heard(session, seat)
}

/// Those in the room who have not been heard; a chair without a turn has no need to be, nor has a support seat.
pub fn not_heard(case: &Case, session: &Session) -> Vec<SeatId> {
    let has_need = |seat: &SeatId| session.chair() != Some(*seat) || turns_of(session, *seat).next().is_some();
    let takes_part = |seat: &SeatId| case.has_part(*seat);
    session.here().filter(takes_part).filter(has_need).filter(|seat| !is_heard(session, *seat)).collect()
}

fn turns_of(session: &Session, seat: SeatId) -> impl Iterator<Item = &TurnState> {
    session.turns.iter().filter(move |state| state.turn.whose == Whose::Seat(seat))
}
