//! Decisions on immediate action stay under review: whenever something new is entered, and at least at the procedure's
//! interval, the chair is asked whether they still hold (REV-05).

use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};

use super::case::Case;
use super::decision::{Draft, Entry};
use super::event::{Actor, Event};
use super::facts::Rules;
use super::ids::SessionNo;
use super::procedure::Procedure;
use super::referral::choices;

/// The rule whose level says whether it is asked.
pub const REVIEW_RULE: &str = "REV-05";
/// The questions whose answers are decisions on immediate action (RISK-08, DEC-34).
const DECISIONS: [&str; 2] = ["immediate_safety_plan", "immediate_action"];

choices! {
    /// What the chair was asked on.
    AskedOn {
        NewEntry = "new_entry",
        Interval = "interval",
    }
}

/// The chair was asked whether the decisions still hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// The session whose record it is part of.
    pub session: SessionNo,
    pub on: AskedOn,
    pub asked_at: DateTime<Utc>,
    /// When it was asked last: the interval asks again what nobody answered.
    pub last_asked_at: DateTime<Utc>,
    pub answer: Option<ReviewAnswer>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewAnswer {
    pub by: Actor,
    pub at: DateTime<Utc>,
    pub holds: bool,
}

/// When the last decision on immediate action was taken that is still to be looked at: none once the case is closed,
/// the chair said that they no longer hold, or what was to be done at once is done.
pub fn standing_since(case: &Case) -> Option<DateTime<Utc>> {
    if case.closed.is_some() {
        return None;
    }
    let entered = case.sessions.iter().flat_map(|session| session.standing());
    let decided = entered.filter(|draft| is_decision(case, draft)).filter_map(|draft| draft.confirmed);
    let last = decided.map(|(_, at)| at).max()?;
    let given_up = case.reviews.iter().filter_map(|review| review.answer.as_ref()).filter(|answer| !answer.holds);
    let given_up = given_up.map(|answer| answer.at).max();
    given_up.is_none_or(|at| at < last).then_some(last)
}

/// An answer of the chair's, or an action somebody put down to be done at once. What the bot has found out is none.
fn is_decision(case: &Case, draft: &Draft) -> bool {
    match &draft.entry {
        Entry::Answer(answer) => DECISIONS.contains(&answer.prompt.as_str()),
        Entry::Action(action) => {
            let is_put_down = action.immediate && action.serves.is_empty();
            let is_live = case.action(action.no).is_some_and(|action| action.is_live());
            is_live && (is_put_down || action.protects.is_some())
        }
        Entry::Section47(_) | Entry::Outcome(_) => false,
    }
}

/// What the chair was asked and has not answered, as long as there is something to ask about.
pub fn unanswered(case: &Case) -> Option<&Review> {
    standing_since(case)?;
    case.reviews.last().filter(|review| review.answer.is_none())
}

/// When the chair is asked next whatever happens; `None` where there is nothing to ask about.
pub fn due_at(case: &Case, procedure: &Procedure) -> Option<DateTime<Utc>> {
    if !procedure.level(REVIEW_RULE).is_asked() {
        return None;
    }
    let since = standing_since(case)?;
    let last = case.reviews.last();
    let asked = last.map(|review| review.answer.as_ref().map_or(review.last_asked_at, |answer| answer.at));
    let minutes = i64::from(procedure.waits.immediate_review_minutes);
    Some(asked.map_or(since, |asked| asked.max(since)) + Duration::minutes(minutes))
}

/// Something new of the case, from whoever has the floor, sends it in or keeps the referral; the chair's own decisions
/// are none.
pub fn is_news(event: &Event, rules: &Rules<'_>) -> bool {
    match event {
        Event::Entered { entry: Entry::Answer(answer), .. } => {
            rules.catalogue.prompt(&answer.prompt).is_some_and(|prompt| !prompt.is_chairs())
        }
        Event::Contributed { .. }
        | Event::InformationSent { .. }
        | Event::QuestionAnswered { .. }
        | Event::WordsCorrected { .. }
        | Event::PoliceTalkLogged { .. }
        | Event::DangerRaised { .. }
        | Event::DangerDescribed { .. }
        | Event::ActionReported { .. }
        | Event::ReferralAmended { .. }
        | Event::ChildListed { .. }
        | Event::ChildAmended { .. }
        | Event::AdultListed { .. }
        | Event::AdultAmended { .. } => true,
        _ => false,
    }
}
