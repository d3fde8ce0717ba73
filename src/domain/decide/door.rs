//! The right-meeting check, the opening, absence, and immediate danger.

use super::{Decision, Situation, fits, next};
use crate::domain::agreement;
use crate::domain::attendance::Absence;
use crate::domain::deadlines::{DeadlineKind, deadline, is_met};
use crate::domain::decision::DangerKind;
use crate::domain::event::{Event, QuorumLine};
use crate::domain::floor::Whose;
use crate::domain::ids::{AlertId, SeatId};
use crate::domain::readiness;
use crate::domain::refusal::Refusal;
use crate::domain::session::Session;
use crate::domain::spoken::Spoken;
use crate::domain::stage::Stage;

/// "Is this the child you looked up?" answered yes (GATE-02). Whoever heard nothing answers again, and goes on to
/// their introduction.
pub(super) fn confirm(situation: &Situation<'_>) -> Decision {
    let (seat, attendance) = at_the_door(situation)?;
    if attendance.introduced.is_some() {
        return Err(Refusal::AlreadyDone);
    }
    if attendance.confirmed_at.is_some() {
        return Err(Refusal::AlreadyConfirmed { seat });
    }
    Ok(vec![Event::MeetingConfirmed { seat }])
}

/// "Not mine" shuts the door at once; the invitation is free again for the right person (GATE-03).
pub(super) fn not_mine(situation: &Situation<'_>) -> Decision {
    let (seat, attendance) = at_the_door(situation)?;
    if attendance.introduced.is_some() {
        return Err(Refusal::AlreadyDone);
    }
    let invitation = situation.session()?.invitation_of(seat).map(|state| state.invitation.id);
    Ok(vec![Event::WrongMeeting { seat, invitation }])
}

/// Name, role and agency stand as enrolled; the person says whether they may decide, and acknowledges
/// confidentiality by the same press (GATE-05, INV-18, SEC-16). Only then does the room open to them.
pub(super) fn introduce(situation: &Situation<'_>, authorised: bool, basis: &Spoken) -> Decision {
    let (seat, attendance) = at_the_door(situation)?;
    if attendance.confirmed_at.is_none() {
        return Err(Refusal::NotAtTheDoor);
    }
    if attendance.introduced.is_some() {
        return Err(Refusal::AlreadyDone);
    }
    let basis = basis.clone().some();
    let introduced = Event::Introduced { seat, authorised, basis, by_enrolment: false };
    Ok(vec![introduced, Event::Arrived { seat }])
}

fn at_the_door<'a>(situation: &Situation<'a>) -> Result<(SeatId, &'a crate::domain::attendance::Attendance), Refusal> {
    let seat = situation.seat()?;
    let session = situation.session()?;
    if session.stage >= Stage::Closed {
        return Err(Refusal::AlreadyClosed);
    }
    let attendance = session.attendance.get(&seat).ok_or(Refusal::NotSeated)?;
    match attendance {
        attendance if attendance.excluded.is_some() => Err(Refusal::Excluded),
        attendance if attendance.is_expected() => Ok((seat, attendance)),
        _ => Err(Refusal::NotSeated),
    }
}

pub(super) fn stand_down(situation: &Situation<'_>, seat: SeatId, reason: &Spoken) -> Decision {
    situation.chair()?;
    Ok(vec![Event::StoodDown { seat: situation.known(seat)?, reason: reason.clone() }])
}

pub(super) fn leave(situation: &Situation<'_>) -> Decision {
    let seat = situation.admitted()?;
    if situation.session()?.attendance.get(&seat).is_some_and(|attendance| attendance.is_here()) {
        Ok(vec![Event::Left { seat }])
    } else {
        Err(Refusal::AlreadyDone)
    }
}

/// Apologies or silence, with the reason where one is known (GATE-07).
pub(super) fn mark_absent(situation: &Situation<'_>, who: Whose, reason: &Spoken) -> Decision {
    situation.convenor().or_else(|_| situation.chair_or_recorder().map(drop))?;
    let session = situation.session()?;
    let absence = match who {
        Whose::Seat(seat) => {
            situation.known(seat)?;
            Absence::Apologies
        }
        Whose::Invitation(id) => {
            session.invitation(id).ok_or(Refusal::UnknownInvitation)?;
            Absence::NoResponse
        }
    };
    Ok(vec![Event::AbsenceMarked { who, absence, reason: reason.clone().some() }])
}

/// [Open now]: whoever is not here is marked, quorum is stated, and nothing is refused (SES-18, GATE-08).
pub(super) fn open(situation: &Situation<'_>) -> Decision {
    let chair = situation.chair()?;
    let session = situation.session()?;
    if session.stage != Stage::Gathering {
        return Err(if session.stage >= Stage::Closed { Refusal::AlreadyClosed } else { Refusal::AlreadyDone });
    }
    let mut events = arrivals(session);
    events.extend(absences(situation, session));
    let rules = &situation.facts.rules;
    // The referral's clock is for the session it led to; what follows has a date of its own (REF-14, TIM-10).
    let is_due = !is_met(DeadlineKind::HoldBy, situation.case);
    let hold_by = deadline(DeadlineKind::HoldBy, situation.case, rules);
    let agreement_missing = agreement::not_recorded(session, rules.procedure);
    events.push(Event::SessionOpened {
        quorum: quorum_now(situation, session),
        chair_allowed: fits(situation.case.person(chair), &rules.procedure.chair),
        held_late: is_due && hold_by.is_some_and(|deadline| situation.facts.now > deadline.due.at),
        agreement_missing: agreement_missing.into_iter().map(|line| line.label.clone()).collect(),
    });
    Ok(events)
}

/// The convenor needs no door; they arrive with the opening.
fn arrivals(session: &Session) -> Vec<Event> {
    let known = session.attendance.iter().filter(|(_, attendance)| {
        attendance.introduced.as_ref().is_some_and(|introduction| introduction.by_enrolment)
            && attendance.present.is_empty()
    });
    known.map(|(seat, _)| Event::Arrived { seat: *seat }).collect()
}

fn absences(situation: &Situation<'_>, session: &Session) -> Vec<Event> {
    let open = |who, absence| Event::AbsenceMarked { who, absence, reason: None };
    let unanswered = session.invitations.iter().filter(|state| state.seat.is_none() && state.absence.is_none());
    let silent = unanswered.map(|state| open(Whose::Invitation(state.invitation.id), Absence::NoResponse));
    let waiting = session.attendance.iter().filter(|(seat, attendance)| {
        attendance.accepted_at.is_some()
            && attendance.introduced.is_none()
            && attendance.absence.is_none()
            && attendance.excluded.is_none()
            && situation.case.seat(**seat).is_some_and(|seat| seat.person.account.is_some())
    });
    silent.chain(waiting.map(|(seat, _)| open(Whose::Seat(*seat), Absence::ReasonOpen))).collect()
}

/// The minimum against who is here or about to be, and who sent information (INV-02).
pub(super) fn quorum_now(situation: &Situation<'_>, session: &Session) -> Vec<QuorumLine> {
    let standings = readiness::present(situation.case, session, situation.facts.rules.procedure).into_iter();
    standings.map(|line| QuorumLine { role: line.role, label: line.label, met: line.met, gap: line.gap }).collect()
}

/// Anyone with a seat or an invitation, at any stage, before the door too (SAFE-01).
pub(super) fn raise_danger(situation: &Situation<'_>, danger: DangerKind, text: &Spoken) -> Decision {
    let session = situation.session()?;
    let person = situation.person()?;
    if situation.facts.seat.is_none() && !session.invitations.iter().any(|state| state.invitation.to.means(person)) {
        return Err(Refusal::NotYoursToRaise);
    }
    let alert = AlertId(next(session.alerts.iter().map(|alert| alert.id.0)));
    Ok(vec![Event::DangerRaised { alert, by_kind: person.agency_kind, danger, text: text.clone() }])
}

pub(super) fn acknowledge_danger(situation: &Situation<'_>, alert: AlertId) -> Decision {
    situation.admitted()?;
    let session = situation.session()?;
    let raised = session.alerts.iter().find(|raised| raised.id == alert).ok_or(Refusal::AlreadyDone)?;
    if raised.acknowledged.is_some() {
        Err(Refusal::AlreadyDone)
    } else {
        Ok(vec![Event::DangerAcknowledged { alert }])
    }
}
