//! What becomes of an action after it is agreed: its owner is reminded before it is due and chased after, then it climbs
//! to the deputy, the manager and the chair, each once and in this order (REV-01, REV-07). Nothing said of it outside the
//! room is more than code name, number and date.

use chrono::{DateTime, Days, Duration, Utc};
use serde::{Deserialize, Serialize};

use super::calendar::{at_time, day_of, is_a_day};
use super::case::Case;
use super::decision::{Action, ActionStatus};
use super::open_items::waits;
use super::procedure::Waits;
use super::referral::choices;

const MINUTES_A_DAY: u32 = 24 * 60;

choices! {
    /// One step of following an action up, in the order they come.
    FollowUp {
        Reminder = "reminder",
        Chase = "chase",
        Deputy = "deputy",
        Manager = "manager",
        Chair = "chair",
    }
    /// What an owner says became of it (REV-02).
    Completion {
        Done = "done",
        Partly = "partly",
        NotDone = "not_done",
    }
}

impl FollowUp {
    fn rank(self) -> usize {
        Self::ALL.iter().position(|(step, _)| *step == self).unwrap_or_default()
    }
}

/// Somebody has still to do it: agreed, and neither reported nor over. Who does an immediate one is left alone until its
/// session is closed (SAFE-05).
fn is_followed(action: &Action, case: &Case) -> bool {
    let waits = || case.session().is_some_and(|session| waits(&action.entered, session));
    action.confirmed && action.is_live() && !action.is_reported() && !(action.entered.owner.is_none() && waits())
}

/// When a step is due. What is due by the end of a day is reminded of and chased in the morning, not at midnight.
fn at(action: &Action, step: FollowUp, waits: &Waits) -> Option<DateTime<Utc>> {
    let minutes = |minutes: u32| Duration::minutes(i64::from(minutes));
    // What has no date is asked after once (ACT-01).
    let asked = (step == FollowUp::Reminder).then(|| action.since + minutes(waits.action_reminder_minutes));
    let Some(due) = action.entered.due else { return asked };
    let is_a_day = is_a_day(due);
    // Counted in days of the calendar: one of them has 23 hours a year, and one 25.
    let morning = |day| at_time(day, waits.daily_at);
    let late_from = if is_a_day { morning(day_of(due) + Days::new(1)) } else { due };
    Some(match step {
        FollowUp::Reminder => {
            let days_before = Days::new(u64::from(waits.action_reminder_minutes / MINUTES_A_DAY));
            let before = due - minutes(waits.action_reminder_minutes);
            let before = if is_a_day { morning(day_of(due) - days_before) } else { before };
            // Where it was agreed later than that, half of the time that is left.
            if before > action.since { before } else { action.since + (due - action.since).max(Duration::zero()) / 2 }
        }
        FollowUp::Chase => late_from + minutes(waits.action_chase_minutes),
        FollowUp::Deputy => late_from + minutes(waits.action_deputy_minutes),
        FollowUp::Manager => late_from + minutes(waits.action_manager_minutes),
        FollowUp::Chair => late_from + minutes(waits.action_chair_minutes),
    })
}

/// The next step and when it is due; `None` where nothing more follows.
pub fn next(action: &Action, case: &Case, waits: &Waits) -> Option<(FollowUp, DateTime<Utc>)> {
    if !is_followed(action, case) {
        return None;
    }
    let from = action.followed.map_or(0, |step| step.rank() + 1);
    let (step, _) = FollowUp::ALL.get(from)?;
    Some((*step, at(action, *step, waits)?))
}

/// The step that is due now. A reminder whose time passed with the action's own is left out: the chase says it.
pub fn due(action: &Action, case: &Case, waits: &Waits, now: DateTime<Utc>) -> Option<FollowUp> {
    let (step, _) = next(action, case, waits).filter(|(_, at)| *at <= now)?;
    let chase = at(action, FollowUp::Chase, waits).filter(|at| step == FollowUp::Reminder && *at <= now);
    Some(chase.map_or(step, |_| FollowUp::Chase))
}

/// Whoever is to be asked about it: its owner, or the chair where nobody owns it, its owner left or sent it back, or it has
/// no date (ACT-01, ACT-02).
pub fn is_the_chairs(action: &Action, case: &Case) -> bool {
    let has_owner = action.entered.owner.is_some_and(|owner| !case.has_left(owner));
    !has_owner || action.entered.due.is_none() || action.status == ActionStatus::Declined
}
