//! How long each child has been without a decision, or without an action that runs, and when that is too long (TIM-10,
//! REV-08, G-14).

use chrono::{DateTime, Utc};

use super::case::Case;
use super::decision::{Action, Section47Decision};
use super::facts::Rules;
use super::ids::ChildId;
use super::procedure::{OutcomeField, Procedure};
use super::prompt::{About, Answer};
use super::referral::Child;
use super::session::Session;

/// The question that holds the chair's decision about a child who is no subject (INFO-09, INFO-10), and its field that
/// says whether there are concerns.
pub const OTHER_CHILD: &str = "other_child_decision";
const CONCERNS: &str = "concerns";

/// A child without a decision, or without an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Undecided {
    pub child: ChildId,
    /// Since the receipt of the information or, where an action ran since, since that ended.
    pub working_days: u32,
    pub drift: bool,
}

/// The children nothing is decided about, in the order they were listed; none of a case that is closed.
pub fn undecided(case: &Case, rules: &Rules<'_>, now: DateTime<Utc>) -> Vec<Undecided> {
    let children = case.children.iter().filter(|child| !is_decided(case, child, rules.procedure));
    let children = children.filter(|_| case.closed.is_none());
    children.map(|child| counted(child, received_at(case), rules, now)).collect()
}

/// The children something is decided about and nothing is being done for, in the order they were listed.
pub fn without_action(case: &Case, rules: &Rules<'_>, now: DateTime<Utc>) -> Vec<Undecided> {
    let watched = |child: &&Child| is_watched(case, child) && is_decided(case, child, rules.procedure);
    let children = case.children.iter().filter(|_| case.closed.is_none()).filter(watched);
    let idle = children.filter_map(|child| {
        let own = || case.actions.iter().filter(|action| is_for(action, child.id));
        let runs = own().any(|action| action.confirmed && action.is_live());
        let ended = own().filter_map(Action::ended_at).max();
        (!runs).then(|| counted(child, ended.unwrap_or_default().max(received_at(case)), rules, now))
    });
    idle.collect()
}

/// Whether anything has to be counted, however long it has been.
pub fn is_counted(case: &Case, rules: &Rules<'_>, now: DateTime<Utc>) -> bool {
    !undecided(case, rules, now).is_empty() || !without_action(case, rules, now).is_empty()
}

fn counted(child: &Child, since: DateTime<Utc>, rules: &Rules<'_>, now: DateTime<Utc>) -> Undecided {
    let working_days = rules.calendar.working_days_between(since, now);
    let drift = working_days > rules.procedure.waits.drift_working_days;
    Undecided { child: child.id, working_days, drift }
}

fn received_at(case: &Case) -> DateTime<Utc> {
    case.referral.received_at.unwrap_or(case.registered_at)
}

/// A subject, or a child about whom the chair has concerns.
fn is_watched(case: &Case, child: &Child) -> bool {
    let about = About::Child(child.id);
    let has_concerns = |answer: &Answer| {
        answer.about == about && answer.fields.get(CONCERNS).is_some_and(|concerns| concerns.words() == "yes")
    };
    let mut answers = case.sessions.iter().flat_map(|session| session.answers(OTHER_CHILD));
    child.subject || answers.any(|(draft, answer)| draft.confirmed.is_some() && has_concerns(answer))
}

/// It names the child, or no child: then it is for all of them.
fn is_for(action: &Action, child: ChildId) -> bool {
    let entered = &action.entered;
    let named: Vec<_> = [entered.child, entered.sees, entered.protects].into_iter().flatten().collect();
    named.is_empty() || named.contains(&child)
}

fn is_decided(case: &Case, child: &Child, procedure: &Procedure) -> bool {
    case.sessions.iter().any(|session| {
        let about = About::Child(child.id);
        let own =
            session.answers(OTHER_CHILD).any(|(draft, answer)| draft.confirmed.is_some() && answer.about == about);
        own || child.subject && decides(session, procedure)
    })
}

/// The chair has confirmed a decision: on section 47, or an outcome that is more than another date to meet.
fn decides(session: &Session, procedure: &Procedure) -> bool {
    let section_47 = session.section_47().is_some_and(|(draft, decided)| {
        draft.confirmed.is_some() && decided.decision != Section47Decision::NotYetDecided
    });
    let only_a_date =
        |code: &str| procedure.outcome(code).is_some_and(|outcome| outcome.asks.contains(&OutcomeField::At));
    section_47 || session.outcomes().any(|(draft, chosen)| draft.confirmed.is_some() && !only_a_date(&chosen.code))
}
