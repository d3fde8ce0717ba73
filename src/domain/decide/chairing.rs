//! The chair's seat: who stands in, who takes it over, and a second manager who puts right a chair outside the rule.

use chrono::TimeDelta;

use super::{Decision, Situation};
use crate::domain::chairing::{self, Took, displaced, may_take, silent_since};
use crate::domain::event::Event;
use crate::domain::ids::SeatId;
use crate::domain::procedure::fits;
use crate::domain::refusal::Refusal;
use crate::domain::stage::Stage;

/// By somebody the rule names who does not chair, until the record is issued. They need a seat or an invitation, and
/// no door: it may be all they have to do with it (INV-27).
pub(super) fn adopt(situation: &Situation<'_>) -> Decision {
    let person = situation.person()?;
    let session = situation.session()?;
    if situation.facts.seat.is_none() && !session.invitations.iter().any(|state| state.invitation.to.means(person)) {
        return Err(Refusal::NotSeated);
    }
    if session.opened_at.is_none() {
        return Err(Refusal::NotAtThisStage { stage: session.stage, needed: Stage::Open });
    }
    if session.stage == Stage::Circulated {
        return Err(Refusal::AlreadyClosed);
    }
    if chairing::outside_rule(session).is_empty() {
        return Err(Refusal::AlreadyDone);
    }
    let procedure = situation.facts.rules.procedure;
    let is_chair = session.chair().is_some_and(|chair| situation.case.person(chair).account == person.account);
    if is_chair || !chairing::may_adopt(person, procedure) {
        return Err(Refusal::NotYoursToAdopt { rule: procedure.chair_rule.clone() });
    }
    Ok(vec![Event::ChairingAdopted])
}

/// Whoever stands in where the chair can't go on; named at the opening, or later (SES-04).
pub(super) fn name_vice(situation: &Situation<'_>, seat: SeatId) -> Decision {
    situation.chair()?;
    let session = situation.session()?;
    if session.stage > Stage::Minutes {
        return Err(Refusal::AlreadyClosed);
    }
    let seat = able(situation, seat)?;
    if session.chairing.vice == Some(seat) {
        return Err(Refusal::AlreadyDone);
    }
    Ok(vec![Event::ViceChairNamed { seat }])
}

/// At any time and at once, to anybody who can chair; outside the rule it is marked (SES-04).
pub(super) fn hand_over(situation: &Situation<'_>, seat: SeatId) -> Decision {
    situation.is_chair()?;
    if situation.session()?.stage == Stage::Circulated {
        return Err(Refusal::AlreadyClosed);
    }
    let seat = able(situation, seat)?;
    Ok(vec![took(situation, seat, Took::HandedOver)])
}

/// Back from whoever took it; otherwise after the procedure's minutes of silence, by the vice-chair or by whoever it was
/// offered to (SES-05).
pub(super) fn take(situation: &Situation<'_>) -> Decision {
    let seat = situation.admitted()?;
    let session = situation.session()?;
    if session.stage >= Stage::Closed {
        return Err(Refusal::AlreadyClosed);
    }
    if session.chair() == Some(seat) {
        return Err(Refusal::AlreadyDone);
    }
    if displaced(session) == Some(seat) {
        return Ok(vec![took(situation, seat, Took::TakenBack)]);
    }
    let procedure = situation.facts.rules.procedure;
    let minutes = procedure.waits.chair_silent_minutes;
    let is_over = |since| situation.facts.now >= since + TimeDelta::minutes(minutes.into());
    if !silent_since(session).is_some_and(is_over) {
        return Err(Refusal::ChairNotSilent { chair: situation.name_of(session.chair()), minutes });
    }
    let is_asked = session.chairing.vice == Some(seat)
        || session.chairing.offered.contains(&seat)
        || (session.opened_at.is_none() && may_take(situation.case, session, procedure).contains(&seat));
    if is_asked {
        Ok(vec![took(situation, seat, Took::Taken)])
    } else {
        Err(Refusal::NotYoursToChair { rule: procedure.chair_rule.clone() })
    }
}

/// An act of the chair like any other: the silence is over.
pub(super) fn still_here(situation: &Situation<'_>) -> Decision {
    situation.is_chair()?;
    situation.opened()?;
    Ok(vec![Event::StillChairing])
}

/// The chair has been silent for long enough, and there is somebody to offer the chair to.
pub(super) fn silent(situation: &Situation<'_>) -> Option<Event> {
    let since = silent_since(situation.session?)?;
    let (at, offered) = chairing::next_offer(situation.case, &situation.facts.rules)?;
    (situation.facts.now >= at).then_some(Event::ChairSilent { since, offered })
}

fn took(situation: &Situation<'_>, seat: SeatId, how: Took) -> Event {
    let chair_allowed = fits(situation.case.person(seat), &situation.facts.rules.procedure.chair);
    Event::ChairTaken { seat, how, chair_allowed }
}

/// Somebody other than the chair, of this session, with an account to press with.
fn able(situation: &Situation<'_>, seat: SeatId) -> Result<SeatId, Refusal> {
    let seat = situation.known(seat)?;
    let session = situation.session()?;
    if session.chair() == Some(seat) {
        return Err(Refusal::AlreadyDone);
    }
    let attendance = session.attendance.get(&seat);
    let is_of_it = attendance.is_some_and(|of| of.excluded.is_none() && of.is_expected());
    let person = situation.case.person(seat);
    if is_of_it && person.account.is_some() { Ok(seat) } else { Err(Refusal::CannotChair { who: person.name.clone() }) }
}
