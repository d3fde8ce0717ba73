//! Answers that promise something to be done: each becomes an action, and stays that one action (INV-26).

use super::Situation;
use super::entries::next_action;
use super::immediate::immediate;
use crate::domain::decision::{Action, ActionEntered, ActionParts, Entry};
use crate::domain::due::instant;
use crate::domain::event::Event;
use crate::domain::finding_out;
use crate::domain::floor::Whose;
use crate::domain::gaps::gaps;
use crate::domain::ids::ChildId;
use crate::domain::prompt::About;
use crate::domain::spoken::Spoken;

/// The action an answer makes the first time it promises something.
pub(super) fn made(situation: &Situation<'_>, entry: &Entry) -> Option<ActionEntered> {
    let promised = promised(situation, entry)?;
    standing(situation, &promised).is_none().then_some(promised)
}

/// What a later answer changes of the action: when it is due, or who does it.
pub(super) fn changed(situation: &Situation<'_>, entry: &Entry) -> Option<Event> {
    let promised = promised(situation, entry).filter(|promised| !promised.immediate)?;
    let stands = standing(situation, &promised)?;
    let due = promised.due.filter(|due| stands.entered.due != Some(*due));
    let owner = promised.owner.filter(|owner| stands.entered.owner != Some(*owner));
    (due.is_some() || owner.is_some()).then(|| Event::ActionChanged {
        action: stands.entered.no,
        due,
        day_alone: false,
        owner,
        parts: ActionParts::default(),
        reason: Spoken::default(),
    })
}

/// What the answer says is to be done, by whom and by when; nothing where it says none of it, or nothing that asks for
/// it.
fn promised(situation: &Situation<'_>, entry: &Entry) -> Option<ActionEntered> {
    let Entry::Answer(answer) = entry else { return None };
    if answer.none.is_some() {
        return None;
    }
    let prompt = situation.facts.rules.catalogue.prompt(&answer.prompt)?;
    let action = prompt.action.as_ref().filter(|action| !action.unanswered)?;
    let is_asked_for = action.when.as_ref().is_some_and(|when| when.holds(answer));
    if action.when.is_some() && !is_asked_for {
        return None;
    }
    let child = match answer.about {
        About::Session => None,
        About::Child(child) => Some(child),
    };
    let what = named(situation, &action.what, child);
    if action.immediate {
        let action = immediate(situation, &what, &prompt.key, child);
        return Some(ActionEntered { no: next_action(situation), ..action });
    }
    let said = |key: &Option<String>| answer.fields.get(key.as_ref()?).filter(|words| !words.is_empty());
    let how = said(&action.how).cloned().unwrap_or_default();
    let owner = said(&action.owner).and_then(|seat| situation.case.seat(seat.words().parse().ok()?));
    let due = said(&action.due).and_then(|at| instant(at.words()));
    let latest = action.before.as_ref().and_then(|of| {
        let answer = situation.case.session()?.answer(&of.prompt, About::Session)?;
        instant(answer.fields.get(&of.field)?.words())
    });
    let due = [due, latest].into_iter().flatten().min();
    (is_asked_for || !how.is_empty() || owner.is_some() || due.is_some()).then(|| ActionEntered {
        what: what.as_str().into(),
        child,
        owner: owner.map(|seat| seat.id),
        due,
        how,
        serves: prompt.key.clone(),
        ..ActionEntered::numbered(next_action(situation))
    })
}

/// What speakers were asked and left unanswered is proposed as actions of theirs, where the question says so (INFO-13).
pub(super) fn left_unanswered(situation: &Situation<'_>) -> Vec<ActionEntered> {
    let case = situation.case;
    let Some(session) = case.session() else { return Vec::new() };
    let gaps = gaps(case, session, &situation.facts.rules, |level, _| level.is_asked()).into_iter();
    let proposed = gaps.filter_map(|gap| {
        let prompt = gap.prompt?;
        let action = prompt.action.as_ref().filter(|action| action.unanswered)?;
        let (_, _, agency) = case.whose(gap.whose);
        let owner = match gap.whose {
            Whose::Seat(seat) => Some(seat),
            Whose::Invitation(_) => None,
        };
        let is_known = |known: &Action| known.entered.serves == prompt.key && known.entered.owner == owner;
        (!case.actions.iter().any(is_known)).then(|| ActionEntered {
            what: format!("{} ({agency})", action.what).as_str().into(),
            owner,
            owner_words: if owner.is_none() { agency.into() } else { Spoken::default() },
            serves: prompt.key.clone(),
            ..ActionEntered::numbered(next_action(situation))
        })
    });
    proposed.collect()
}

/// With the child it is about, where there is one.
fn named(situation: &Situation<'_>, what: &str, child: Option<ChildId>) -> String {
    let child = child.and_then(|child| situation.case.child(child));
    child.map_or_else(|| what.to_owned(), |child| format!("{what}: {}", child.name.words()))
}

/// The action an earlier answer to the same question made: of this session, or an immediate one still under way.
fn standing<'a>(situation: &Situation<'a>, promised: &ActionEntered) -> Option<&'a Action> {
    if promised.immediate {
        let known = finding_out::action(situation.case, &promised.serves, promised.child);
        return known.filter(|known| known.is_to_do());
    }
    let is_meant = |action: &ActionEntered| action.serves == promised.serves && action.child == promised.child;
    let entered = situation.case.session()?.standing().filter_map(|draft| match &draft.entry {
        Entry::Action(action) if is_meant(action) => Some(action.no),
        _ => None,
    });
    situation.case.action(entered.last()?)
}
