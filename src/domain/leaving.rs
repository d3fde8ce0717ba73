//! Seats that ended before their session did: handed on to a colleague (SES-16), or left with the post (SES-17). What
//! somebody who left was to do is listed until somebody else has it, and none of it may stay with them.

use super::case::Case;
use super::decision::ActionStatus;
use super::ids::{ActionNo, SeatId};
use super::stage::Stage;

/// How a seat ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SeatEnd {
    /// To this seat, by its holder or for somebody who had left.
    HandedOn(SeatId),
    /// Its holder left their post.
    Left,
}

/// What still stands under the name of somebody who left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftBehind {
    pub seat: SeatId,
    /// Their place in a session that is not over.
    pub has_seat: bool,
    pub actions: Vec<ActionNo>,
}

/// Everything that waits for somebody else, by whoever left it.
pub fn left_behind(case: &Case) -> Vec<LeftBehind> {
    let left = case.ended_seats.iter().filter(|(_, end)| **end == SeatEnd::Left);
    let behind = left.map(|(seat, _)| {
        let session = case.session().filter(|session| session.stage < Stage::Closed);
        let has_seat = session.is_some_and(|session| session.attendance.contains_key(seat));
        LeftBehind { seat: *seat, has_seat, actions: case.open_actions_of(*seat) }
    });
    behind.filter(|behind| behind.has_seat || !behind.actions.is_empty()).collect()
}

impl Case {
    /// The actions of a seat that are not done yet.
    pub fn open_actions_of(&self, seat: SeatId) -> Vec<ActionNo> {
        let own = self.actions.iter().filter(|action| action.entered.owner == Some(seat));
        own.filter(|action| action.status != ActionStatus::Done).map(|action| action.entered.no).collect()
    }

    /// Whether whoever had this seat left their post, and nobody has it since.
    pub fn has_left(&self, seat: SeatId) -> bool {
        self.ended_seats.get(&seat) == Some(&SeatEnd::Left)
    }
}
