//! Immediate actions: what somebody puts down to be done at once, whatever else is missing (SAFE-05), and what an answer,
//! or what is not known of a child, asks for (INFO-01, INFO-08).

use chrono::Duration;

use super::entries::{next_action, next_draft};
use super::{Decision, Situation, next};
use crate::domain::case::Case;
use crate::domain::decision::{ActionEntered, Entry};
use crate::domain::event::Event;
use crate::domain::finding_out::{NAME, action, not_known};
use crate::domain::ids::{ActionNo, ChildId, DraftId, SeatId};
use crate::domain::referral::Child;
use crate::domain::refusal::Refusal;
use crate::domain::spoken::Spoken;

/// Something to be done at once: the convenor's, due in the procedure's time.
pub(super) fn immediate(situation: &Situation<'_>, what: &str, serves: &str, child: Option<ChildId>) -> ActionEntered {
    let within = situation.facts.rules.procedure.find_out.within_minutes;
    ActionEntered {
        what: what.into(),
        owner: situation.case.convenor(),
        due: Some(situation.facts.now + Duration::minutes(i64::from(within))),
        serves: serves.to_owned(),
        child,
        immediate: true,
        ..ActionEntered::numbered(ActionNo(0))
    }
}

/// Saved with whatever is there, at any stage, by anybody with a seat, and it stands without anybody's word: no
/// disagreement, no floor and no close holds it up (SAFE-05, DIS-11). Somebody on call is to be found by whoever put it
/// down, in the procedure's time, unless they say otherwise.
pub(super) fn at_once(situation: &Situation<'_>, action: &ActionEntered) -> Decision {
    let own = situation.seat()?;
    let session = situation.session()?;
    if session.attendance.get(&own).is_some_and(|attendance| attendance.excluded.is_some()) {
        return Err(Refusal::Excluded);
    }
    let within = Duration::minutes(i64::from(situation.facts.rules.procedure.find_out.within_minutes));
    let is_sought = action.owner.is_none() && !action.owner_words.is_empty();
    let known = |seat: Option<SeatId>| seat.filter(|seat| situation.known(*seat).is_ok());
    let action = ActionEntered {
        no: next_action(situation),
        owner: known(action.owner),
        found_by: is_sought.then(|| known(action.found_by).unwrap_or(own)),
        find_by: is_sought.then(|| action.find_by.unwrap_or(situation.facts.now + within)),
        ..action.clone()
    };
    let draft = next_draft(session);
    let entered = Event::Entered { draft, entry: Entry::Action(action), replaces: None };
    Ok(vec![entered, Event::DraftsConfirmed { drafts: vec![draft] }])
}

/// Whoever was to be found, by anybody who has a seat: a name is worth more than who gives it.
pub(super) fn name_owner(
    situation: &Situation<'_>,
    action: ActionNo,
    owner: Option<SeatId>,
    words: &Spoken,
) -> Decision {
    situation.seat()?;
    situation.case.action(action).ok_or(Refusal::UnknownAction)?;
    let owner = owner.map(|seat| situation.known(seat)).transpose()?;
    if owner.is_none() && words.is_empty() {
        return Err(Refusal::NothingGiven);
    }
    Ok(vec![Event::OwnerNamed { action, owner, words: words.clone() }])
}

/// Nobody has said yet who does it.
pub(super) fn owner_sought(case: &Case, action: ActionNo) -> Option<Event> {
    let sought = case.action(action).filter(|action| action.is_to_do())?;
    let by = sought.entered.found_by.filter(|_| sought.entered.seeks_owner())?;
    Some(Event::OwnerSought { action, by })
}

/// Finding out what is not known of the subject children, where nobody is about it already: urgent, so it stands without
/// anybody's word (INFO-01). Before there is a session nothing can be entered, so convening makes up for it.
pub(super) fn to_find_out(situation: &Situation<'_>, case: &Case) -> Vec<Event> {
    let wanted = case.subjects().flat_map(|child| not_known(child).into_iter().map(move |serves| (child, serves)));
    let procedure = situation.facts.rules.procedure;
    let is_open = |(child, serves): &(&Child, &str)| {
        let known = action(case, serves, Some(child.id));
        known.is_none_or(|known| !known.is_to_do()) && !procedure.find_out.what(serves).is_empty()
    };
    let find = |(child, serves): (&Child, &str)| {
        let what = procedure.find_out.what(serves);
        let what = if serves == NAME { what.to_owned() } else { format!("{what}: {}", child.name.words()) };
        let owner = case.convenor();
        ActionEntered { owner, ..immediate(situation, &what, serves, Some(child.id)) }
    };
    let mut events = drafted(case, wanted.filter(is_open).map(find));
    let drafts: Vec<_> = events.iter().filter_map(draft_of).collect();
    if !drafts.is_empty() {
        events.push(Event::DraftsConfirmed { drafts });
    }
    events
}

fn draft_of(event: &Event) -> Option<DraftId> {
    match event {
        Event::Entered { draft, .. } => Some(*draft),
        _ => None,
    }
}

/// Actions put down for the chair to confirm, numbered on from those of the case.
pub(super) fn drafted(case: &Case, actions: impl Iterator<Item = ActionEntered>) -> Vec<Event> {
    let Some(session) = case.session() else { return Vec::new() };
    let no = next(case.actions.iter().map(|action| action.entered.no.0));
    let draft = next(session.drafts.iter().map(|draft| draft.id.0));
    let numbered = (no..).zip(draft..).zip(actions);
    let entered = numbered.map(|((no, draft), action)| {
        let entry = Entry::Action(ActionEntered { no: ActionNo(no), ..action });
        Event::Entered { draft: DraftId(draft), entry, replaces: None }
    });
    entered.collect()
}
