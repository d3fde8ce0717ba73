//! The right-meeting check, coming and going, and absence.

use chrono::Duration;

use super::{Decision, Situation};
use crate::domain::attendance::{Absence, Attendance};
use crate::domain::event::{Event, QuorumLine};
use crate::domain::floor::Whose;
use crate::domain::ids::SeatId;
use crate::domain::late::Sight;
use crate::domain::quorum::Standing;
use crate::domain::readiness;
use crate::domain::refusal::Refusal;
use crate::domain::session::Session;
use crate::domain::spoken::Spoken;
use crate::domain::stage::Stage;

/// "Is this the child you looked up?" answered yes (GATE-02). Whoever heard nothing answers again, and goes on to
/// their introduction; whoever came in and left is back with it (SES-10).
pub(super) fn confirm(situation: &Situation<'_>) -> Decision {
    let (seat, attendance) = at_the_door(situation)?;
    if attendance.has_left() {
        return Ok(with_quorum(situation, vec![Event::Arrived { seat }]));
    }
    if attendance.introduced.is_some() {
        return Err(Refusal::AlreadyDone);
    }
    if attendance.confirmed_at.is_some() {
        return Err(Refusal::AlreadyConfirmed { seat });
    }
    let confirmed = Event::MeetingConfirmed { seat };
    if situation.case.has_part(seat) {
        return Ok(vec![confirmed]);
    }
    // Whoever supports the session is not asked whether they may decide (SES-09).
    Ok(vec![confirmed, introduced_unasked(seat, false), Event::Arrived { seat }])
}

/// An introduction with no word on whether they may decide for their agency.
pub(super) fn introduced_unasked(seat: SeatId, by_enrolment: bool) -> Event {
    Event::Introduced { seat, authorised: false, basis: None, by_enrolment, authority_not_stated: true }
}

/// "Not mine" shuts the door at once, on whoever has come in too; the invitation is free again for the right person.
/// Whatever they had seen of the case before is a possible breach (GATE-03).
pub(super) fn not_mine(situation: &Situation<'_>) -> Decision {
    let (seat, attendance) = at_the_door(situation)?;
    let session = situation.session()?;
    let has_come_in = attendance.introduced.is_some();
    if has_come_in && (session.convenor == seat || session.chair() == Some(seat)) {
        return Err(Refusal::AlreadyDone);
    }
    let has_copy = |session: &Session| session.copies_opened.iter().any(|(reader, ..)| *reader == seat);
    let possible_breach =
        attendance.looked_up_at.is_some() || has_come_in || situation.case.sessions.iter().any(has_copy);
    let invitation = session.invitation_of(seat).map(|state| state.invitation.id);
    Ok(with_quorum(situation, vec![Event::WrongMeeting { seat, invitation, possible_breach }]))
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
    let introduced = Event::Introduced { seat, authorised, basis, by_enrolment: false, authority_not_stated: false };
    Ok(with_quorum(situation, vec![introduced, Event::Arrived { seat }]))
}

/// The same with how the minimum stands afterwards, where somebody's coming or going changes it while the session
/// sits: told to the chair, marked, and nothing is closed by it (SES-11).
pub(super) fn with_quorum(situation: &Situation<'_>, mut events: Vec<Event>) -> Vec<Event> {
    let after = situation.after(&events);
    let sits = |session: &&Session| session.stage.is_sitting() && session.adjourned().is_none();
    let Some(session) = after.session().filter(sits) else { return events };
    let quorum = quorum_now(&Situation::new(&after, situation.facts), session);
    if quorum != session.quorum {
        events.push(Event::QuorumStated { quorum, attendance_changed: true });
    }
    events
}

/// A word to everybody who accepted and is not in yet, at most once in the procedure's minutes (GATE-01).
pub(super) fn remind(situation: &Situation<'_>) -> Decision {
    situation.convenor()?;
    let session = situation.session()?;
    if session.stage >= Stage::Closed {
        return Err(Refusal::AlreadyClosed);
    }
    let seats: Vec<_> = session.outside().collect();
    if seats.is_empty() {
        return Err(Refusal::NobodyToRemind);
    }
    let minutes = situation.facts.rules.procedure.waits.remind_minutes;
    let free_at = session.reminded_at.map(|at| at + Duration::minutes(minutes.into()));
    if free_at.is_some_and(|at| situation.facts.now < at) {
        return Err(Refusal::RemindedAlready { minutes });
    }
    Ok(vec![Event::Reminded { seats }])
}

fn at_the_door<'a>(situation: &Situation<'a>) -> Result<(SeatId, &'a Attendance), Refusal> {
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

/// Somebody who came late sees from then on until the chair says otherwise, and never what is limited (SES-13).
pub(super) fn choose_sight(situation: &Situation<'_>, seat: SeatId, sight: Sight) -> Decision {
    situation.chair()?;
    let seat = situation.known(seat)?;
    let session = situation.session()?;
    if session.stage >= Stage::Closed {
        return Err(Refusal::AlreadyClosed);
    }
    if session.came_late(seat).is_none() {
        return Err(Refusal::NotLate { who: situation.name_of(Some(seat)) });
    }
    // What somebody was shown they have seen.
    let chosen = session.attendance.get(&seat).and_then(|attendance| attendance.sight);
    if chosen.is_some_and(|chosen| chosen == sight || chosen == Sight::Everything) {
        Err(Refusal::AlreadyDone)
    } else {
        Ok(vec![Event::SightChosen { seat, sight }])
    }
}

pub(super) fn leave(situation: &Situation<'_>) -> Decision {
    let seat = situation.admitted()?;
    if situation.session()?.attendance.get(&seat).is_some_and(|attendance| attendance.is_here()) {
        Ok(with_quorum(situation, vec![Event::Left { seat }]))
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

/// The minimum against who is here or about to be, and who sent information (INV-02); of what was met before, since when
/// it is not (SES-11).
pub(super) fn quorum_now(situation: &Situation<'_>, session: &Session) -> Vec<QuorumLine> {
    let standings = readiness::present(situation.case, session, situation.facts.rules.procedure).into_iter();
    let before = |role: &str| session.quorum.iter().find(|line| line.role == role);
    let line = |line: Standing| {
        let missing_since = match before(&line.role).filter(|_| !line.met) {
            Some(before) if before.met => Some(situation.facts.now),
            before => before.and_then(|before| before.missing_since),
        };
        QuorumLine { role: line.role, label: line.label, met: line.met, missing_since, gap: line.gap }
    };
    standings.map(line).collect()
}
