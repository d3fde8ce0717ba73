//! What the recorder enters under somebody else's name: on a call, the gist of what they say, and a position said aloud.
//! It doesn't count as theirs until they have said that it is right, or put it right (SES-08). Whoever has no account is
//! read back to instead (INV-34).

use chrono::{DateTime, Utc};

use super::case::Case;
use super::decision::Position;
use super::event::Fields;
use super::floor::{Contribution, Mode};
use super::ids::SeatId;
use super::session::Session;

/// What a speaker made of the gist that was entered for them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    pub at: DateTime<Utc>,
    /// As the recorder had it, where the speaker put it right.
    pub as_entered: Option<Fields>,
}

/// Entered by another in a turn, and its speaker has not said whether it is right.
pub fn awaits_its_speaker(case: &Case, session: &Session, contribution: &Contribution) -> bool {
    let is_entered = contribution.mode == Mode::Live && contribution.entered_by.is_some();
    is_entered && has_account(case, contribution.seat) && !session.checked.contains_key(&contribution.id)
}

/// Said aloud and entered by another, and not confirmed by whoever said it.
pub fn position_awaits(case: &Case, session: &Session, position: &Position) -> bool {
    let is_entered = position.entered_by.is_some() && has_account(case, position.seat);
    is_entered && !session.positions_right.contains(&position.seat)
}

/// The contributions a seat has still to look at.
pub fn waiting_for<'a>(case: &'a Case, session: &'a Session, seat: SeatId) -> impl Iterator<Item = &'a Contribution> {
    let said = session.contributions.iter().map(|(contribution, _)| contribution);
    said.filter(move |contribution| contribution.seat == seat && awaits_its_speaker(case, session, contribution))
}

fn has_account(case: &Case, seat: SeatId) -> bool {
    case.person(seat).account.is_some()
}
