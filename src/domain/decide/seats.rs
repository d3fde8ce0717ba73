//! Seats: one's own, those of guests, and who takes part otherwise than in the chat.

use super::door::with_quorum;
use super::{Decision, Situation, next};
use crate::domain::attendance::{Means, Seat};
use crate::domain::case::Case;
use crate::domain::event::Event;
use crate::domain::ids::{InvitationId, SeatId};
use crate::domain::people::Person;
use crate::domain::refusal::Refusal;
use crate::domain::stage::Stage;

/// The seat of somebody enrolled, who takes part in the chat.
pub(super) fn own_seat(id: SeatId, person: &Person, invitation: Option<InvitationId>) -> Seat {
    Seat {
        id,
        person: person.clone(),
        means: Means::Chat,
        knows_child: false,
        vouched_by: None,
        invitation,
        support: None,
    }
}

pub(super) fn next_seat(case: &Case) -> SeatId {
    SeatId(next(case.seats.iter().map(|seat| seat.id.0)))
}

/// Somebody without an account.
pub(super) struct Guest<'a> {
    pub person: &'a Person,
    pub means: Means,
    pub knows_child: bool,
    /// Theirs is a support seat (SES-09).
    pub supports: bool,
}

/// A guest's seat: named, vouched for by somebody enrolled, and never in the channel (INV-34, SEC-02).
pub(super) fn vouch(situation: &Situation<'_>, voucher: Option<SeatId>, guest: &Guest<'_>) -> Decision {
    situation.convenor().or_else(|_| situation.chair_or_recorder().map(drop))?;
    let voucher = situation.known(voucher.ok_or(Refusal::NobodyVouches)?)?;
    if situation.case.person(voucher).account.is_none() {
        return Err(Refusal::NobodyVouches);
    }
    let Guest { means, knows_child, supports, .. } = *guest;
    let person = Person { account: None, ..guest.person.clone() };
    let support = supports.then(|| person.role.clone());
    let id = next_seat(situation.case);
    let seat = Seat { id, person, means, knows_child, vouched_by: Some(voucher), invitation: None, support };
    Ok(vec![Event::SeatTaken { seat }])
}

/// The recorder enters who takes part by telephone or in person, and when they are gone (INV-23, SES-10).
pub(super) fn enter_attendance(situation: &Situation<'_>, seat: SeatId, means: Means, gone: bool) -> Decision {
    situation.chair_or_recorder()?;
    let seat = situation.known(seat)?;
    let session = situation.session()?;
    if session.stage >= Stage::Closed {
        return Err(Refusal::AlreadyClosed);
    }
    let attendance = session.attendance.get(&seat).ok_or(Refusal::SeatEnded)?;
    if attendance.excluded.is_some() {
        return Err(Refusal::Excluded);
    }
    let is_known = situation.case.means(session, seat) == means;
    match (gone, attendance.is_here()) {
        (true, true) => Ok(with_quorum(situation, vec![Event::Left { seat }])),
        (true, false) => Err(Refusal::AlreadyDone),
        (false, true) if is_known => Err(Refusal::AlreadyDone),
        (false, true) => Ok(vec![Event::MeansRecorded { seat, means }]),
        (false, false) => {
            let arrived = vec![Event::MeansRecorded { seat, means }, Event::Arrived { seat }];
            Ok(with_quorum(situation, arrived))
        }
    }
}
