//! What actions lack.

use super::{OpenItem, Topic, item};
use crate::domain::case::Case;
use crate::domain::decision::{Action, ActionEntered, ActionStatus, Draft, Entry};
use crate::domain::facts::Rules;
use crate::domain::leaving;
use crate::domain::plan;
use crate::domain::procedure::Level;
use crate::domain::session::Session;
use crate::domain::smart::is_vague;
use crate::domain::stage::Stage;

/// The parts an action lacks, wherever it is and by what the procedure insists on (ACT-01, ACT-03 to ACT-06).
pub fn missing_parts(action: &Action, rules: &Rules<'_>) -> Vec<String> {
    let entered = &action.entered;
    let always = [
        ("what", entered.what.is_empty()),
        ("owner", entered.owner.is_none()),
        ("due", entered.due.is_none()),
        ("due_time", action.lacks_time(&rules.procedure.waits)),
    ];
    let insisted_on = blanks(entered, rules).into_iter().filter(|(rule, ..)| level(rule, rules).is_mandatory(false));
    let insisted_on = insisted_on.map(|(_, part, blank)| (part, blank));
    let missing = always.into_iter().chain(insisted_on).filter(|(_, blank)| *blank);
    missing.map(|(part, _)| part.to_owned()).collect()
}

/// The parts an action lacks that the procedure asks for and doesn't insist on: whoever enters it is reminded of them
/// once, and may leave them (ACT-03, ACT-05, ACT-06).
pub fn recommended_parts(action: &Action, rules: &Rules<'_>) -> Vec<String> {
    let asked = blanks(&action.entered, rules).into_iter().filter(|(rule, ..)| level(rule, rules) == Level::Prompted);
    asked.filter(|(_, _, blank)| *blank).map(|(_, part, _)| part.to_owned()).collect()
}

/// The parts a rule of the procedure asks for, each with the rule and whether it is blank.
fn blanks(entered: &ActionEntered, rules: &Rules<'_>) -> [(&'static str, &'static str, bool); 7] {
    [
        ("ACT-03", "place", entered.place.is_empty()),
        ("ACT-03", "how", entered.how.is_empty()),
        ("ACT-04", "specific", is_vague(entered.what.words(), &rules.procedure.smart.vague)),
        ("ACT-04", "measure", entered.measure.is_empty()),
        ("ACT-04", "relevant", entered.purpose.is_empty() && entered.serves.is_empty()),
        ("ACT-05", "purpose", entered.purpose.is_empty()),
        ("ACT-06", "contingency", entered.contingency.is_empty()),
    ]
}

fn level(rule: &str, rules: &Rules<'_>) -> Level {
    rules.procedure.level(rule)
}

/// An immediate action of a session not yet closed: what it lacks is asked for afterwards (SAFE-05).
pub fn waits(action: &ActionEntered, session: &Session) -> bool {
    let is_of = |draft: &Draft| matches!(&draft.entry, Entry::Action(entered) if entered.no == action.no);
    action.is_at_once() && session.stage < Stage::Closed && session.drafts.iter().any(is_of)
}

/// With what its owner said since: an action that was declined is nobody's (ACT-04, ACT-10).
pub(super) fn lacking(action: &Action, rules: &Rules<'_>) -> Option<OpenItem> {
    let mut missing = missing_parts(action, rules);
    let is_declined = action.status == ActionStatus::Declined && rules.procedure.level("ACT-04").is_mandatory(false);
    missing.extend(is_declined.then(|| "accepted".to_owned()));
    let about = Topic::Action(action.entered.no);
    (!missing.is_empty()).then(|| OpenItem { id: "action".to_owned(), about, missing })
}

/// That nothing is to be done, that nobody in particular is responsible where the procedure wants roles listed, and that
/// the chair has not confirmed the list that was read back (ACT-01, ACT-07, ACT-14).
pub(super) fn of_the_plan(case: &Case, session: &Session, rules: &Rules<'_>) -> Vec<OpenItem> {
    let are_roles_listed = rules.procedure.level(plan::ROLES).is_mandatory(session.held_late);
    let missing = [
        ("no_actions", plan::listed(case).next().is_none()),
        ("roles", are_roles_listed && plan::is_nobodys(case)),
        ("list_not_confirmed", plan::waits(case, session)),
    ];
    missing.into_iter().filter(|(_, is_missing)| *is_missing).map(|(key, _)| item(key, Topic::Session)).collect()
}

/// What stands under the name of somebody who left, until somebody else has it (SES-17).
pub(super) fn left_behind(case: &Case) -> Vec<OpenItem> {
    let behind = leaving::left_behind(case).into_iter();
    let items = behind.flat_map(|behind| {
        let seat = behind.has_seat.then(|| item("seat_left", Topic::Seat(behind.seat)));
        seat.into_iter().chain(behind.actions.into_iter().map(|no| item("owner_left", Topic::Action(no))))
    });
    items.collect()
}

/// Seeing a child put off beyond the procedure's time, without a reason (TIM-11).
pub(super) fn seen_later(case: &Case, rules: &Rules<'_>) -> impl Iterator<Item = OpenItem> {
    let is_mandatory = rules.procedure.level("TIM-11").is_mandatory(false);
    let later = case.actions.iter().filter(move |action| {
        let first = action.first_due.filter(|_| action.entered.sees.is_some() && is_mandatory);
        let put_off = action.changes.iter().rev().find(|change| change.due.is_some());
        let put_off = put_off.filter(|change| change.due > first && first.is_some());
        put_off.is_some_and(|change| change.reason.is_empty())
    });
    later.map(|action| item("child_seen_later", Topic::Action(action.entered.no)))
}
