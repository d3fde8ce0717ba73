//! Who gets the minutes, by the procedure's rule (MIN-15 to MIN-19, MIN-30).

use super::attendance::Attendance;
use super::case::Case;
use super::event::{CopyKind, Recipient};
use super::ids::SeatId;
use super::procedure::{OwnerCopy, RecipientGroup, Recipients};
use super::session::Session;

/// The recipients, in the order of their seats. People stood down, never confirmed, or in the wrong meeting
/// are not among them, nor are support seats (SES-09); an absentee has confirmed by sending information (G-21). The
/// chair's word on a person goes before all of it (MIN-15 to MIN-18), and on the owners of actions who took no part
/// before what the procedure gives them (MIN-30).
pub fn recipients(case: &Case, session: &Session, rule: &Recipients, owners: Option<CopyKind>) -> Vec<Recipient> {
    let recipient = |seat: SeatId| {
        let copy = match session.issuing.chosen.get(&seat) {
            Some(chosen) => chosen.copy,
            None => by_rule(case, session, rule, seat, owners),
        };
        copy.map(|copy| Recipient { seat, copy })
    };
    case.seats.iter().filter_map(|seat| recipient(seat.id)).collect()
}

/// Owners of actions who are to have the full record although they took no part: the chair is asked first (MIN-30).
pub fn owners_to_ask_about(case: &Case, session: &Session, rule: &Recipients) -> Vec<SeatId> {
    if rule.action_owner_copy != OwnerCopy::FullAsked {
        return Vec::new();
    }
    let seats = case.seats.iter().map(|seat| seat.id);
    let waits = |seat: &SeatId| {
        let is_chosen = session.issuing.chosen.contains_key(seat);
        !is_chosen && is_outside_owner(case, session, rule, *seat)
    };
    seats.filter(waits).collect()
}

fn by_rule(
    case: &Case,
    session: &Session,
    rule: &Recipients,
    seat: SeatId,
    owners: Option<CopyKind>,
) -> Option<CopyKind> {
    if is_by_right(case, session, rule, seat) {
        return Some(CopyKind::Common);
    }
    let by_procedure = match rule.action_owner_copy {
        OwnerCopy::FullAsked => CopyKind::Common,
        OwnerCopy::Extract => CopyKind::Extract,
    };
    is_outside_owner(case, session, rule, seat).then_some(owners.unwrap_or(by_procedure))
}

/// Not shut out, and with a part in the case.
fn may_have_one<'a>(case: &Case, session: &'a Session, seat: SeatId) -> Option<&'a Attendance> {
    let attendance = session.attendance.get(&seat)?;
    (attendance.excluded.is_none() && case.has_part(seat)).then_some(attendance)
}

fn is_by_right(case: &Case, session: &Session, rule: &Recipients, seat: SeatId) -> bool {
    may_have_one(case, session, seat).is_some_and(|attendance| {
        let took_part = attendance.attended() || attendance.informed;
        took_part && rule.groups.iter().any(|group| is_in(*group, case, session, seat, attendance))
    })
}

fn is_outside_owner(case: &Case, session: &Session, rule: &Recipients, seat: SeatId) -> bool {
    let may_have_one = may_have_one(case, session, seat).is_some();
    may_have_one && owns_action(case, seat) && !is_by_right(case, session, rule, seat)
}

fn is_in(group: RecipientGroup, case: &Case, session: &Session, seat: SeatId, attendance: &Attendance) -> bool {
    let invitation = session.invitation_answered_by(seat);
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
