//! Answers that promise something to be done: each becomes an action, and stays that one action (INV-26).

use super::Situation;
use super::entries::next_action;
use crate::domain::decision::{Action, ActionEntered, Entry};
use crate::domain::due::instant;
use crate::domain::event::Event;
use crate::domain::spoken::Spoken;

/// The action an answer makes the first time it promises something.
pub(super) fn made(situation: &Situation<'_>, entry: &Entry) -> Option<ActionEntered> {
    let promised = promised(situation, entry)?;
    standing(situation, &promised).is_none().then_some(promised)
}

/// What a later answer changes of the action: when it is due, or who does it.
pub(super) fn changed(situation: &Situation<'_>, entry: &Entry) -> Option<Event> {
    let promised = promised(situation, entry)?;
    let stands = standing(situation, &promised)?;
    let due = promised.due.filter(|due| stands.entered.due != Some(*due));
    let owner = promised.owner.filter(|owner| stands.entered.owner != Some(*owner));
    (due.is_some() || owner.is_some()).then(|| Event::ActionChanged {
        action: stands.entered.no,
        due,
        owner,
        reason: Spoken::default(),
    })
}

/// What the answer says is to be done, by whom and by when; nothing where it says none of it.
fn promised(situation: &Situation<'_>, entry: &Entry) -> Option<ActionEntered> {
    let Entry::Answer(answer) = entry else { return None };
    let prompt = situation.facts.rules.catalogue.prompt(&answer.prompt)?;
    let action = prompt.action.as_ref()?;
    let said = |key: &str| answer.fields.get(key).filter(|words| !words.is_empty());
    let how = said(&action.how).cloned().unwrap_or_default();
    let owner = said(&action.owner).and_then(|seat| situation.case.seat(seat.words().parse().ok()?));
    let due = said(&action.due).and_then(|at| instant(at.words()));
    (!how.is_empty() || owner.is_some() || due.is_some()).then(|| ActionEntered {
        what: action.what.as_str().into(),
        owner: owner.map(|seat| seat.id),
        due,
        how,
        serves: prompt.key.clone(),
        ..ActionEntered::numbered(next_action(situation))
    })
}

/// The action of this session an earlier answer to the same question made.
fn standing<'a>(situation: &Situation<'a>, promised: &ActionEntered) -> Option<&'a Action> {
    let entered = situation.case.session()?.standing().filter_map(|draft| match &draft.entry {
        Entry::Action(action) if action.serves == promised.serves => Some(action.no),
        _ => None,
    });
    situation.case.action(entered.last()?)
}
