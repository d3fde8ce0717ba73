//! Whether the decisions on immediate action still hold (REV-05).

use super::{Decision, Situation};
use crate::domain::event::Event;
use crate::domain::refusal::Refusal;
use crate::domain::under_review::{AskedOn, REVIEW_RULE, due_at, is_news, standing_since, unanswered};

/// With the question to the chair, where others entered something new since the decisions. One that is still open is
/// not put again.
pub(super) fn after(situation: &Situation<'_>, mut events: Vec<Event>) -> Vec<Event> {
    let (case, rules) = (situation.case, &situation.facts.rules);
    let chair = situation.session.and_then(|session| session.chair());
    let is_the_chairs = chair.is_some() && chair == situation.facts.seat;
    let is_asked = rules.procedure.level(REVIEW_RULE).is_asked()
        && !is_the_chairs
        && events.iter().any(|event| is_news(event, rules))
        && standing_since(case).is_some()
        && unanswered(case).is_none();
    if is_asked {
        events.push(Event::ReviewAsked { on: AskedOn::NewEntry });
    }
    events
}

/// The chair's answer, wherever they are.
pub(super) fn answer(situation: &Situation<'_>, holds: bool) -> Decision {
    situation.leads()?;
    unanswered(situation.case).ok_or(Refusal::AlreadyDone)?;
    Ok(vec![Event::ReviewAnswered { holds }])
}

/// The procedure's interval is over.
pub(super) fn due(situation: &Situation<'_>) -> Option<Event> {
    due_at(situation.case, situation.facts.rules.procedure).filter(|at| *at <= situation.facts.now)?;
    Some(Event::ReviewAsked { on: AskedOn::Interval })
}
