//! Closing the case itself (REV-10).

use super::{Decision, Situation};
use crate::domain::calendar;
use crate::domain::closing::{NotHeld, not_held, running};
use crate::domain::decision::Action;
use crate::domain::event::Event;
use crate::domain::refusal::{Refusal, Running};
use crate::domain::spoken::Spoken;

/// Refused over an action that is still running, which is listed; a session that was planned and neither held nor
/// cancelled is asked for once, and marks it.
pub(super) fn close_case(situation: &Situation<'_>, known: bool, reason: &Spoken) -> Decision {
    situation.convenor()?;
    if situation.case.closed.is_some() {
        return Err(Refusal::AlreadyDone);
    }
    if situation.session.is_some_and(|session| session.opened_at.is_some() && session.stage.is_sitting()) {
        return Err(Refusal::SessionUnderWay);
    }
    let actions: Vec<_> = running(situation.case).map(|action| listed(situation, action)).collect();
    if !actions.is_empty() {
        return Err(Refusal::LiveActions { actions });
    }
    let not_held: Vec<NotHeld> = not_held(situation.case, situation.facts.rules.procedure).into_iter().collect();
    if let (Some(planned), false) = (not_held.first(), known) {
        return Err(Refusal::SessionNotHeld { session: planned.session, at: planned.at.map(calendar::both) });
    }
    Ok(vec![Event::CaseClosed { not_held, reason: reason.clone().some() }])
}

fn listed(situation: &Situation<'_>, action: &Action) -> Running {
    let owner = action.entered.owner.map(|owner| situation.name_of(Some(owner)));
    Running { no: action.entered.no, owner, due: action.entered.due.map(calendar::both) }
}
