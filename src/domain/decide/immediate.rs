//! Immediate actions: what an answer, or what is not known of a child, asks to be done at once (INFO-01, INFO-08).

use chrono::Duration;

use super::{Situation, next};
use crate::domain::case::Case;
use crate::domain::decision::{ActionEntered, ActionStatus, Entry};
use crate::domain::event::Event;
use crate::domain::finding_out::{NAME, action, not_known};
use crate::domain::ids::{ActionNo, ChildId, DraftId};
use crate::domain::referral::Child;

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

/// Finding out what is not known of the subject children, where nobody is about it already. Before there is a session
/// nothing can be entered, so convening makes up for it.
pub(super) fn to_find_out(situation: &Situation<'_>, case: &Case) -> Vec<Event> {
    let wanted = case.subjects().flat_map(|child| not_known(child).into_iter().map(move |serves| (child, serves)));
    let is_open = |(child, serves): &(&Child, &str)| {
        let known = action(case, serves, Some(child.id));
        known.is_none_or(|known| known.status == ActionStatus::Done)
    };
    let procedure = situation.facts.rules.procedure;
    let find = |(child, serves): (&Child, &str)| {
        let what = procedure.find_out.what(serves);
        let what = if serves == NAME { what.to_owned() } else { format!("{what}: {}", child.name.words()) };
        let owner = case.convenor();
        ActionEntered { owner, ..immediate(situation, &what, serves, Some(child.id)) }
    };
    entered(situation, case, wanted.filter(is_open).map(find))
}

/// Enters actions in the case as it stands, numbered on; the chair's own are confirmed with it.
pub(super) fn entered(
    situation: &Situation<'_>,
    case: &Case,
    actions: impl Iterator<Item = ActionEntered>,
) -> Vec<Event> {
    let Some(session) = case.session() else { return Vec::new() };
    let no = next(case.actions.iter().map(|action| action.entered.no.0));
    let draft = next(session.drafts.iter().map(|draft| draft.id.0));
    let numbered = (no..).zip(draft..).zip(actions);
    let (drafts, mut events): (Vec<_>, Vec<_>) = numbered
        .map(|((no, draft), action)| {
            let entry = Entry::Action(ActionEntered { no: ActionNo(no), ..action });
            (DraftId(draft), Event::Entered { draft: DraftId(draft), entry, replaces: None })
        })
        .unzip();
    if !drafts.is_empty() && session.chair().is_some() && session.chair() == situation.facts.seat {
        events.push(Event::DraftsConfirmed { drafts });
    }
    events
}
