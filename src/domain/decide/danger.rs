//! Immediate danger: outside the floor, the door and the stages, and nothing that is missing stands in its way.

use super::{Decision, Situation, next};
use crate::domain::alert::Alert;
use crate::domain::decision::DangerKind;
use crate::domain::event::Event;
use crate::domain::ids::AlertId;
use crate::domain::refusal::Refusal;
use crate::domain::spoken::Spoken;

/// Anyone with a seat or an invitation, at any stage, before the door too (SAFE-01).
pub(super) fn raise(situation: &Situation<'_>, danger: DangerKind) -> Decision {
    let (case, person, seat) = (situation.case, situation.person()?, situation.facts.seat);
    if !case.may_raise(person, seat) {
        return Err(Refusal::NotYoursToRaise);
    }
    let alert = AlertId(next(case.alerts.iter().map(|alert| alert.id.0)));
    let (by_kind, account, told) = (person.agency_kind, person.account, case.alerted(seat));
    Ok(vec![Event::DangerRaised { alert, by_kind, danger, text: Spoken::default(), account, told }])
}

/// More of it, whenever its sender has a moment; what was said before stays beside it (SAFE-07).
pub(super) fn describe(situation: &Situation<'_>, alert: AlertId, text: &Spoken) -> Decision {
    let raised = own(situation, alert)?;
    if text.is_empty() {
        return Err(Refusal::NothingGiven);
    }
    Ok(vec![Event::DangerDescribed { session: raised.session, alert, text: text.clone() }])
}

/// By one of those it went to, wherever they are (SAFE-02). Its sender is not one who deals with it.
pub(super) fn acknowledge(situation: &Situation<'_>, alert: AlertId) -> Decision {
    let person = situation.person()?;
    let seat = situation.facts.seat;
    let raised = situation.case.alert(alert);
    if raised.is_some_and(|raised| raised.is_waiting() && raised.is_from(person, seat)) {
        return Err(Refusal::YourOwnAlert);
    }
    if !situation.case.is_alerted(situation.facts, person) {
        return Err(Refusal::NotYoursToAcknowledge);
    }
    let raised = raised.filter(|alert| alert.is_waiting()).ok_or(Refusal::AlreadyDone)?;
    Ok(vec![Event::DangerAcknowledged { session: raised.session, alert }])
}

/// Its sender alone; it stays in the record, with its mark and the reason (SAFE-07).
pub(super) fn false_alarm(situation: &Situation<'_>, alert: AlertId, reason: &Spoken) -> Decision {
    let raised = own(situation, alert)?;
    let is_explained = raised.false_alarm.as_ref().is_some_and(|(known, _)| known.is_some());
    if is_explained || (raised.false_alarm.is_some() && reason.is_empty()) {
        return Err(Refusal::AlreadyDone);
    }
    Ok(vec![Event::FalseAlarmMarked { session: raised.session, alert, reason: reason.clone().some() }])
}

/// Nobody has acknowledged it yet: it is sent again, and after a time of the procedure's to the manager too (SAFE-02).
pub(super) fn again(situation: &Situation<'_>, alert: AlertId) -> Option<Event> {
    let rules = &situation.facts.rules;
    let raised = situation.case.alert(alert)?;
    raised.repeats_at(rules)?;
    let to_manager = raised.repeated.len() + 1 >= rules.procedure.waits.danger_manager_from as usize;
    let told = situation.case.alerted(raised.by.seat);
    Some(Event::DangerRepeated { session: raised.session, alert, told, to_manager })
}

fn own<'a>(situation: &Situation<'a>, alert: AlertId) -> Result<&'a Alert, Refusal> {
    let raised = situation.case.alert(alert).ok_or(Refusal::UnknownAlert)?;
    if raised.is_from(situation.person()?, situation.facts.seat) { Ok(raised) } else { Err(Refusal::NotYourAlert) }
}
