//! How long each child has been without a decision, and when that is too long (TIM-10, G-14).

use chrono::{DateTime, Utc};

use super::case::Case;
use super::decision::Section47Decision;
use super::facts::Rules;
use super::ids::ChildId;
use super::procedure::{OutcomeField, Procedure};
use super::prompt::About;
use super::referral::Child;
use super::session::Session;

/// The question that holds the chair's decision about a child who is no subject (INFO-09, INFO-10).
pub const OTHER_CHILD: &str = "other_child_decision";

/// A child without a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Undecided {
    pub child: ChildId,
    /// Since the receipt of the information.
    pub working_days: u32,
    pub drift: bool,
}

/// The children nothing is decided about, in the order they were listed.
pub fn undecided(case: &Case, rules: &Rules<'_>, now: DateTime<Utc>) -> Vec<Undecided> {
    let since = case.referral.received_at.unwrap_or(case.registered_at);
    let working_days = rules.calendar.working_days_between(since, now);
    let drift = working_days > rules.procedure.waits.drift_working_days;
    let children = case.children.iter().filter(|child| !is_decided(case, child, rules.procedure));
    children.map(|child| Undecided { child: child.id, working_days, drift }).collect()
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
