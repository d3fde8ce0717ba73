//! [Open now]: one press, whoever is there.

use super::door::{introduced_unasked, quorum_now};
use super::{Decision, Situation, escalating};
use crate::domain::agreement;
use crate::domain::attendance::{Absence, Attendance};
use crate::domain::deadlines::{DeadlineKind, deadline, is_met};
use crate::domain::event::Event;
use crate::domain::floor::Whose;
use crate::domain::ids::SeatId;
use crate::domain::procedure::fits;
use crate::domain::refusal::Refusal;
use crate::domain::session::Session;
use crate::domain::stage::Stage;

/// Whoever has confirmed and said no more is introduced, whoever is not here is marked, quorum is stated, and nothing
/// is refused (SES-18, GATE-05, GATE-08).
pub(super) fn open(situation: &Situation<'_>) -> Decision {
    let chair = situation.chair()?;
    let session = situation.session()?;
    if session.stage != Stage::Gathering {
        return Err(if session.stage >= Stage::Closed { Refusal::AlreadyClosed } else { Refusal::AlreadyDone });
    }
    let introduced = not_introduced(session);
    let mut events: Vec<_> = introduced.iter().map(|seat| introduced_unasked(*seat, true)).collect();
    let not_here = |seat: &SeatId| !session.attendance.get(seat).is_some_and(Attendance::is_here);
    let arrived = known(session).chain(introduced).filter(not_here);
    events.extend(arrived.map(|seat| Event::Arrived { seat }));
    events.extend(absences(situation, session, &events));
    let rules = &situation.facts.rules;
    // The referral's clock is for the session it led to; what follows has a date of its own (REF-14, TIM-10).
    let is_due = !is_met(DeadlineKind::HoldBy, situation.case);
    let hold_by = deadline(DeadlineKind::HoldBy, situation.case, rules);
    let held_at = session.held_at().filter(|_| session.is_entered_afterwards()).unwrap_or(situation.facts.now);
    let agreement_missing = agreement::not_recorded(session, rules.procedure);
    let after = situation.after(&events);
    let gathered = Situation::new(&after, situation.facts);
    let health_omitted = escalating::health_omitted(&gathered, gathered.session()?);
    events.push(Event::SessionOpened {
        quorum: quorum_now(&gathered, gathered.session()?),
        chair_allowed: fits(situation.case.person(chair), &rules.procedure.chair),
        held_late: is_due && hold_by.is_some_and(|deadline| held_at > deadline.due.at),
        agreement_missing: agreement_missing.into_iter().map(|line| line.label.clone()).collect(),
    });
    events.extend(health_omitted);
    Ok(events)
}

/// The convenor needs no door; they arrive with the opening.
fn known(session: &Session) -> impl Iterator<Item = SeatId> {
    let known = session.attendance.iter().filter(|(_, attendance)| {
        attendance.introduced.as_ref().is_some_and(|introduction| introduction.by_enrolment)
            && attendance.present.is_empty()
    });
    known.map(|(seat, _)| *seat)
}

/// Those at the door who confirmed the meeting and, with it, confidentiality, are introduced by the bot from the
/// enrolment; whether they may decide is not known (GATE-05, SEC-16).
pub(super) fn not_introduced(session: &Session) -> Vec<SeatId> {
    let waiting = session.attendance.iter().filter(|(_, attendance)| {
        attendance.confirmed_at.is_some() && attendance.introduced.is_none() && attendance.excluded.is_none()
    });
    waiting.map(|(seat, _)| *seat).collect()
}

/// Absent, and why is still open: to be sorted out before the record is issued (GATE-07).
fn absences(situation: &Situation<'_>, session: &Session, arrived: &[Event]) -> Vec<Event> {
    let open = |who| Event::AbsenceMarked { who, absence: Absence::ReasonOpen, reason: None };
    let unanswered = session.invitations.iter().filter(|state| state.is_unanswered());
    let silent = unanswered.map(|state| open(Whose::Invitation(state.invitation.id)));
    let has_come = |seat: SeatId| arrived.contains(&Event::Arrived { seat });
    let waiting = session.attendance.iter().filter(|(seat, attendance)| {
        attendance.accepted_at.is_some()
            && attendance.introduced.is_none()
            && !attendance.is_here()
            && attendance.absence.is_none()
            && attendance.excluded.is_none()
            && situation.case.seat(**seat).is_some_and(|seat| seat.person.account.is_some())
            && !has_come(**seat)
    });
    silent.chain(waiting.map(|(seat, _)| open(Whose::Seat(*seat)))).collect()
}
