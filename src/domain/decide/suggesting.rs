//! A decision entered by somebody who neither chairs nor records goes to the chair as a suggestion (DEC-44).

use super::{Decision, Situation, entries, next};
use crate::domain::decision::Entry;
use crate::domain::event::Event;
use crate::domain::ids::SuggestionId;
use crate::domain::refusal::Refusal;

/// Section 47 and the outcomes are entered by chair or recorder alone.
pub(super) fn is_for_the_chair(situation: &Situation<'_>, entry: &Entry) -> bool {
    matches!(entry, Entry::Section47(_) | Entry::Outcome(_)) && situation.chair_or_recorder().is_err()
}

pub(super) fn suggest(situation: &Situation<'_>, entry: Entry) -> Decision {
    let known = situation.session()?.suggestions.iter().map(|suggestion| suggestion.id.0);
    Ok(vec![Event::Suggested { suggestion: SuggestionId(next(known)), entry }])
}

/// Taken up, it is the chair's own entry from then on.
pub(super) fn answer(situation: &Situation<'_>, suggestion: SuggestionId, taken: bool) -> Decision {
    let chair = situation.chair()?;
    let mut waiting = situation.session()?.waiting_suggestions();
    let waits = waiting.find(|waiting| waiting.id == suggestion).ok_or(Refusal::AlreadyDone)?;
    let mut events = vec![Event::SuggestionAnswered { suggestion, taken }];
    if taken {
        events.extend(entries::entered(situation, chair, &waits.entry)?);
    }
    Ok(events)
}
