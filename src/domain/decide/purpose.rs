//! Talk of a conference before section 47 is decided is saved, and brings the reminder of what the session is for
//! (DEC-17, DEC-18).

use super::Situation;
use crate::domain::decision::Entry;
use crate::domain::event::Event;
use crate::domain::ids::DraftId;
use crate::domain::purpose::{is_decided, words_of};

/// The rule that any text of chair or recorder is looked through; an action is in every procedure.
const ANY_TEXT: &str = "DEC-18";

/// The reminder an entry brings. What decides section 47 itself comes before nothing.
pub(super) fn reminded(situation: &Situation<'_>, draft: DraftId, entry: &Entry) -> Option<Event> {
    let procedure = situation.facts.rules.procedure;
    let purpose = procedure.purpose.as_ref()?;
    let after = situation.after(&[Event::Entered { draft, entry: entry.clone(), replaces: None }]);
    let session = after.session()?;
    let action = match entry {
        Entry::Action(action) => Some(action.no),
        Entry::Section47(_) | Entry::Outcome(_) | Entry::Answer(_) => None,
    };
    let is_looked_through = action.is_some() || procedure.level(ANY_TEXT).works();
    let is_too_early = session.opened_at.is_some() && !is_decided(&after, session);
    let is_mentioned = || words_of(entry).into_iter().any(|words| purpose.is_mentioned(words));
    (is_looked_through && is_too_early && is_mentioned()).then_some(Event::PurposeReminded { draft, action })
}
