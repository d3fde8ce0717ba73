//! A second manager puts right a chair outside the rule.

use super::{Decision, Situation};
use crate::domain::chairing;
use crate::domain::event::Event;
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
