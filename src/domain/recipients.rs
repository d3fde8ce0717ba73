//! Who gets the minutes, by the procedure's rule (MIN-15 to MIN-19, MIN-30).

use super::attendance::Attendance;
use super::case::Case;
use super::event::{CopyKind, Recipient};
use super::ids::SeatId;
use super::procedure::{OwnerCopy, RecipientGroup, Recipients};
use super::session::Session;

/// The recipients, in the order of their seats. People stood down, never confirmed, or in the wrong meeting
/// are not among them, nor are support seats (SES-09); an absentee has confirmed by sending information (G-21).
pub fn recipients(case: &Case, session: &Session, rule: &Recipients) -> Vec<Recipient> {
    let seats = case.seats.iter().map(|seat| seat.id);
    seats.filter_map(|seat| recipient(case, session, rule, seat)).collect()
}

fn recipient(case: &Case, session: &Session, rule: &Recipients, seat: SeatId) -> Option<Recipient> {
    let attendance = session.attendance.get(&seat)?;
    if attendance.excluded.is_some() || !case.has_part(seat) {
        return None;
    }
    let took_part = attendance.attended() || attendance.informed;
    let by_right = rule.groups.iter().any(|group| is_in(*group, case, session, seat, attendance));
    if took_part && by_right {
        return Some(Recipient { seat, copy: CopyKind::Common });
    }
    owns_action(case, seat).then_some(Recipient {
        seat,
        copy: match rule.action_owner_copy {
            OwnerCopy::FullAsked => CopyKind::Common,
            OwnerCopy::Extract => CopyKind::Extract,
        },
    })
}

fn is_in(group: RecipientGroup, case: &Case, session: &Session, seat: SeatId, attendance: &Attendance) -> bool {
    let invitation = session.invitation_of(seat);
    match group {
        RecipientGroup::Present => attendance.attended(),
        RecipientGroup::Contributed => session.contributions.iter().any(|(contribution, _)| contribution.seat == seat),
        RecipientGroup::InvitedStatutory => invitation.is_some_and(|state| state.invitation.statutory),
        RecipientGroup::Invited => {
            invitation.is_some() || case.seat(seat).is_some_and(|seat| seat.vouched_by.is_some())
        }
        RecipientGroup::ActionOwners => owns_action(case, seat),
    }
}

fn owns_action(case: &Case, seat: SeatId) -> bool {
    case.actions.iter().any(|action| action.entered.owner == Some(seat))
}
