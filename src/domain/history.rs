//! The sessions of one case as one history, and who may read which of them (REV-06).
//!
//! It opens nothing: a session is read by whoever may read its record, and of any other it says no more than that it was.

use super::case::Case;
use super::event::CopyKind;
use super::ids::SeatId;
use super::session::Session;

/// Whether a seat may read what a session came to: whoever convened, chaired or recorded it, whoever was let in, and
/// whoever was sent its record. Whoever convenes or chairs the case now reads all of it.
pub fn may_read(case: &Case, session: &Session, seat: SeatId) -> bool {
    if case.ended_seats.contains_key(&seat) || !case.has_part(seat) {
        return false;
    }
    let is_sent = |session: &Session| {
        let mut circulated = session.circulation.iter().map(|(recipient, ..)| recipient);
        circulated.any(|recipient| recipient.seat == seat && recipient.copy == CopyKind::Common)
    };
    is_sent(session) || is_in(session, seat) || case.session().is_some_and(|last| runs(last, seat))
}

/// Whether there is anything of it that a seat may read.
pub fn is_entitled(case: &Case, seat: SeatId) -> bool {
    case.sessions.iter().any(|session| may_read(case, session, seat))
}

fn is_in(session: &Session, seat: SeatId) -> bool {
    let attendance = session.attendance.get(&seat);
    attendance.is_some_and(|attendance| attendance.introduced.is_some() && attendance.excluded.is_none())
}

fn runs(session: &Session, seat: SeatId) -> bool {
    is_in(session, seat) && (session.convenor == seat || session.chair() == Some(seat))
}
