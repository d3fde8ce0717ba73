//! Offered where somebody is missing: the manager of a partner who does not come, the police's question why health is
//! missing, and the duty Detective Inspector where police are not available. Nothing waits for any of it (DIS-07 to
//! DIS-10).

use chrono::{DateTime, Utc};

use super::challenging::attendee;
use super::{Decision, Situation};
use crate::domain::case::Case;
use crate::domain::escalation::HEALTH_CHALLENGES;
use crate::domain::event::Event;
use crate::domain::ids::SeatId;
use crate::domain::people::AgencyKind;
use crate::domain::procedure::{Level, fits};
use crate::domain::refusal::Refusal;
use crate::domain::session::Session;
use crate::domain::spoken::Spoken;

/// The chair has the partner's manager told, or says why not (DIS-07). `line` is its place in the minimum as last stated.
pub(super) fn absence(situation: &Situation<'_>, line: u16, escalated: bool, reason: &Spoken) -> Decision {
    situation.chair()?;
    let session = situation.session()?;
    let line = session.quorum.get(usize::from(line)).filter(|line| !line.met).ok_or(Refusal::AlreadyDone)?;
    if escalated && session.absence_choice(&line.role).is_some_and(|choice| choice.escalated) {
        return Err(Refusal::AlreadyDone);
    }
    Ok(vec![Event::AbsenceEscalation { role: line.role.clone(), escalated, reason: reason.clone() }])
}

/// With the opening, where nobody of health has come (DIS-09, DIS-10).
pub(super) fn health_omitted(situation: &Situation<'_>, session: &Session) -> Option<Event> {
    let of = |kind| present(situation.case, session, kind);
    if !of(AgencyKind::Health).is_empty() {
        return None;
    }
    let procedure = situation.facts.rules.procedure;
    // Told where the rule works by itself; elsewhere the way is there for whoever takes it.
    let told = !matches!(procedure.level(HEALTH_CHALLENGES), Level::Off | Level::Absent);
    Some(Event::HealthOmitted { asked: of(AgencyKind::Police), told })
}

/// An attendee of the police asks why (DIS-09).
pub(super) fn question_health(situation: &Situation<'_>, text: &Spoken) -> Decision {
    let session = situation.session()?;
    let seat = attendee(situation, session)?;
    if situation.case.person(seat).agency_kind != AgencyKind::Police {
        return Err(Refusal::ForPolice);
    }
    match &session.escalations.health {
        None => Err(Refusal::HealthNotMissing),
        Some(omitted) if omitted.question.is_some() => Err(Refusal::AlreadyDone),
        Some(_) => Ok(vec![Event::HealthQuestioned { seat, text: text.clone() }]),
    }
}

/// Whoever notices it says so; those who speak with the duty Detective Inspector are told at once (DIS-08).
pub(super) fn police_unavailable(situation: &Situation<'_>) -> Decision {
    may_log(situation)?;
    situation.session()?;
    Ok(vec![Event::PoliceUnavailable])
}

/// Anybody logs the conversation, their own or somebody's they know of (DIS-08).
pub(super) fn log_police_talk(
    situation: &Situation<'_>,
    [spoke, with, result]: [&Spoken; 3],
    talked_at: Option<DateTime<Utc>>,
) -> Decision {
    may_log(situation)?;
    situation.session()?;
    let (spoke, with, result) = (spoke.clone(), with.clone(), result.clone());
    Ok(vec![Event::PoliceTalkLogged { spoke, with, talked_at, result }])
}

/// A seat in the case that was not shut out, or one of the roles that are told.
fn may_log(situation: &Situation<'_>) -> Result<(), Refusal> {
    let session = situation.session()?;
    let attendance = situation.facts.seat.and_then(|seat| session.attendance.get(&seat));
    let has_part = attendance.is_some_and(|attendance| attendance.excluded.is_none());
    let told = &situation.facts.rules.procedure.disagreement.without_police;
    if has_part || fits(situation.person()?, told) { Ok(()) } else { Err(Refusal::NotYoursToLog) }
}

/// Whether this person holds a health role that was left out: the session opened without health, and they have no part in
/// it (DIS-10).
pub(super) fn is_left_out(situation: &Situation<'_>, session: &Session) -> bool {
    let contacts = &situation.facts.rules.procedure.disagreement.health_contacts;
    let is_contact = situation.facts.person.is_some_and(|person| fits(person, contacts));
    is_contact && session.escalations.health.is_some()
}

fn present(case: &Case, session: &Session, kind: AgencyKind) -> Vec<SeatId> {
    session.here().filter(|seat| case.person(*seat).agency_kind == kind).collect()
}
