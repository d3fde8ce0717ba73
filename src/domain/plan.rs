//! The plan as a whole: the actions on its list, whether the chair has confirmed that list, and who is responsible for
//! anything in it (ACT-07, ACT-14).

use chrono::{DateTime, Utc};

use super::case::Case;
use super::decision::{Action, ActionStatus};
use super::event::Actor;
use super::ids::ActionNo;
use super::session::Session;

/// The rule that agreed roles and responsibilities are listed by person.
pub const ROLES: &str = "ACT-07";

/// The chair's word on the list of actions as it was read back (ACT-14).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListConfirmed {
    pub by: Actor,
    pub at: DateTime<Utc>,
    pub actions: Vec<ActionNo>,
}

/// What is to be done or was done; what was cancelled is no part of the plan any more.
pub fn listed(case: &Case) -> impl Iterator<Item = &Action> {
    case.actions.iter().filter(|action| action.status != ActionStatus::Cancelled)
}

/// What is on the list and was not when the chair last confirmed it, or at all.
pub fn to_confirm(case: &Case, session: &Session) -> Vec<ActionNo> {
    let confirmed = session.list_confirmed.as_ref().map_or(&[][..], |list| list.actions.as_slice());
    listed(case).map(|action| action.entered.no).filter(|no| !confirmed.contains(no)).collect()
}

/// The list was read back, and something on it waits for the chair's word.
pub fn waits(case: &Case, session: &Session) -> bool {
    session.read_back_at.is_some() && !to_confirm(case, session).is_empty()
}

/// Nobody in particular is responsible for anything in it.
pub fn is_nobodys(case: &Case) -> bool {
    listed(case).all(|action| action.entered.owner.is_none())
}
