//! The children and the people around them: listed, supplied and put right.

use super::immediate::to_find_out;
use super::{Decision, Situation, next};
use crate::domain::event::Event;
use crate::domain::family::{AdultChange, ChildChange};
use crate::domain::ids::{AdultId, ChildId};
use crate::domain::referral::{Adult, Child};
use crate::domain::refusal::Refusal;
use crate::domain::stage::Stage;

pub(super) fn list_child(situation: &Situation<'_>, child: &Child) -> Decision {
    situation.convenor()?;
    let id = ChildId(next(situation.case.children.iter().map(|child| child.id.0)));
    Ok(with_what_to_find_out(situation, vec![Event::ChildListed { child: Child { id, ..child.clone() } }]))
}

pub(super) fn list_adult(situation: &Situation<'_>, adult: &Adult) -> Decision {
    situation.convenor()?;
    let id = AdultId(next(situation.case.adults.iter().map(|adult| adult.id.0)));
    Ok(vec![Event::AdultListed { adult: Adult { id, ..adult.clone() } }])
}

/// Until the record is issued (INFO-02 to INFO-06).
pub(super) fn amend_child(situation: &Situation<'_>, id: ChildId, change: &ChildChange) -> Decision {
    may_amend(situation)?;
    let child = situation.case.child(id).ok_or_else(|| unknown("child", &format!("c{id}")))?;
    let child = changed(change.applied_to(child), child)?;
    Ok(with_what_to_find_out(situation, vec![Event::ChildAmended { child }]))
}

pub(super) fn amend_adult(situation: &Situation<'_>, id: AdultId, change: &AdultChange) -> Decision {
    may_amend(situation)?;
    let adult = situation.case.adults.iter().find(|adult| adult.id == id);
    let adult = adult.ok_or_else(|| unknown("adult", &format!("a{id}")))?;
    let adult = changed(change.applied_to(adult), adult)?;
    Ok(vec![Event::AdultAmended { adult }])
}

/// What is not known is put down for what it is, and becomes an immediate action (INFO-01).
pub(super) fn with_what_to_find_out(situation: &Situation<'_>, mut events: Vec<Event>) -> Vec<Event> {
    events.extend(to_find_out(situation, &situation.after(&events)));
    events
}

fn may_amend(situation: &Situation<'_>) -> Result<(), Refusal> {
    situation.convenor()?;
    let is_issued = situation.case.session().is_some_and(|session| session.stage == Stage::Circulated);
    if is_issued { Err(Refusal::AlreadyClosed) } else { Ok(()) }
}

fn changed<T: PartialEq>(now: T, before: &T) -> Result<T, Refusal> {
    if now == *before { Err(Refusal::NothingGiven) } else { Ok(now) }
}

fn unknown(field: &str, given: &str) -> Refusal {
    Refusal::NotAChoice { field: field.to_owned(), given: given.to_owned(), choices: Vec::new() }
}
