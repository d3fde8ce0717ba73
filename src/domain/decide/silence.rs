//! Nobody answers an invitation: the wait, and the next step (INV-17, INV-32).

use super::{Decision, Situation};
use crate::domain::event::Event;
use crate::domain::ids::InvitationId;
use crate::domain::refusal::Refusal;
use crate::domain::silence::steps;
use crate::domain::stage::Stage;

/// The wait is over, and there is still no answer.
pub(super) fn over(situation: &Situation<'_>, invitation: InvitationId) -> Option<Event> {
    let session = situation.case.session().filter(|session| session.stage < Stage::Closed)?;
    let state = session.invitation(invitation)?;
    let is_news = state.is_unanswered() && state.unanswered_at.is_none();
    is_news.then_some(Event::InvitationUnanswered { invitation })
}

/// What was sent to an invitation that still stands reached nobody. Of an earlier session it is no news any more.
pub(super) fn undelivered(situation: &Situation<'_>, invitation: InvitationId, by_mail: bool) -> Decision {
    let session = situation.session().ok().filter(|session| session.stage < Stage::Closed);
    let state = session.and_then(|session| session.invitation(invitation));
    let is_news = state.is_some_and(|state| {
        let is_known = if by_mail { state.mail_undelivered } else { state.card_undelivered };
        state.is_unanswered() && !is_known
    });
    Ok(is_news.then_some(Event::NoticeUndelivered { invitation, by_mail }).into_iter().collect())
}

/// The chair or the convenor takes a step; each once.
pub(super) fn escalate(situation: &Situation<'_>, invitation: InvitationId, step: &str) -> Decision {
    situation.convenor()?;
    let state = situation.session()?.invitation(invitation).ok_or(Refusal::UnknownInvitation)?;
    let mut offered = steps(state, situation.facts.rules.procedure);
    let step = offered.find(|offered| offered.code == step).ok_or(Refusal::AlreadyDone)?;
    Ok(vec![Event::InvitationEscalated { invitation, step: step.code.clone() }])
}
