//! What a seat may see of its case now: the room as a value. The chat channel shows it; any other surface may.

use chrono::{DateTime, Utc};

use crate::domain::case::Case;
use crate::domain::event::Record;
use crate::domain::facts::Rules;
use crate::domain::ids::SeatId;
use crate::wording::Wording;

use super::Scene;
use super::message::Message;

/// The room as one seat sees it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Room {
    /// Absent outside the door.
    pub board: Option<Message>,
    /// Absent outside the door, and until the session opens.
    pub agenda: Option<Message>,
    /// What the room has heard, in order; nothing outside the door (GATE-01, SEC-01).
    pub posts: Vec<Message>,
}

/// The room after these entries. Whoever is not past the door, or was shut out, sees an empty one.
pub fn room(journal: &[Record], seat: SeatId, rules: Rules<'_>, wording: &Wording) -> Room {
    let (Some(case), Some(last)) = (Case::fold(journal), journal.last()) else { return Room::default() };
    let scene = Scene { case: &case, rules, wording };
    let Some(session) = case.session() else { return Room::default() };
    let is_inside = session
        .attendance
        .get(&seat)
        .is_some_and(|attendance| attendance.introduced.is_some() && attendance.excluded.is_none());
    if !is_inside {
        return Room::default();
    }
    Room {
        board: Some(scene.board(session, last.at)),
        agenda: scene.agenda(),
        posts: heard(journal, rules, wording, session.sees_from(seat)),
    }
}

/// Everything said to the room, entry by entry, as the case stood after each; from a moment on where somebody came late
/// and sees no further back (SES-13).
fn heard(journal: &[Record], rules: Rules<'_>, wording: &Wording, from: Option<DateTime<Utc>>) -> Vec<Message> {
    let Some((first, rest)) = journal.split_first() else { return Vec::new() };
    let Some(mut case) = Case::fold(std::slice::from_ref(first)) else { return Vec::new() };
    rest.iter()
        .flat_map(|record| {
            case.apply(record);
            let is_seen = from.is_none_or(|from| record.at >= from);
            if is_seen { Scene { case: &case, rules, wording }.posts(record) } else { Vec::new() }
        })
        .collect()
}
