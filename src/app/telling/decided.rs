//! What is said, and offered, to whoever entered a decision or an outcome: what is still to be said of it, and what
//! does not go with it (DEC-01, DEC-04, DEC-06 to DEC-14).

use minijinja::context;

use super::Telling;
use crate::domain::decided::{contradictions, still_to_say};
use crate::domain::decision::{Draft, Entry};
use crate::domain::event::{Event, Record};
use crate::domain::ids::DraftId;
use crate::domain::open_items::still_asked;
use crate::domain::prompt::{Condition, Prompt};
use crate::domain::purpose::is_decided;
use crate::domain::session::Session;
use crate::room::Scene;
use crate::room::message::Button;

impl Telling<'_> {
    /// What the session is for, where somebody spoke of a conference too early; to the chair too, who confirms what the
    /// recorder drafted (DEC-17, DEC-18).
    pub(super) fn reminder(&self, scene: &Scene<'_>, brought: &[Record]) -> Option<String> {
        let session = scene.case.session()?;
        let waits = brought.iter().find_map(|record| match &record.event {
            Event::PurposeReminded { action, .. } => Some(action.map(|action| action.0)),
            Event::DraftsConfirmed { drafts } if !is_decided(scene.case, session) => {
                let reminder = session.reminders.iter().find(|reminder| drafts.contains(&reminder.draft))?;
                Some(reminder.action.map(|action| action.0))
            }
            _ => None,
        })?;
        let text = scene.rules.procedure.purpose.as_ref().map(|purpose| purpose.reminder.as_str());
        Some(self.wording.say("reply.reminder", context! { reminder => text, action => waits }))
    }

    /// What can still be said of it, by the names of its parts.
    pub(super) fn parts_missing(&self, scene: &Scene<'_>, brought: &[Record]) -> Vec<String> {
        let Some((session, draft)) = decided(scene, brought) else { return Vec::new() };
        let missing = still_to_say(scene.case, session, draft, scene.rules.procedure);
        missing.iter().map(|part| scene.part_of(&draft.entry, part)).collect()
    }

    /// Outcomes that don't go with section 47, whichever of the two came last (DEC-13, DEC-14).
    pub(super) fn contradictions(&self, scene: &Scene<'_>, brought: &[Record]) -> Vec<String> {
        let Some((session, _)) = decided(scene, brought) else { return Vec::new() };
        let unexplained = contradictions(scene.case, session, scene.rules.procedure).into_iter();
        unexplained.filter(|found| found.chosen.despite.is_empty()).map(|found| scene.contradiction(&found)).collect()
    }

    /// One press to say what is missing, of it and of whatever it does not go with; and where the decision is put off,
    /// one to say until when.
    pub(super) fn buttons_of_decision(&self, scene: &Scene<'_>, brought: &[Record]) -> Vec<Button> {
        let Some((session, draft)) = decided(scene, brought) else { return Vec::new() };
        let own = (!still_to_say(scene.case, session, draft, scene.rules.procedure).is_empty()).then_some(draft.id);
        let unexplained = contradictions(scene.case, session, scene.rules.procedure).into_iter();
        let others = unexplained.filter(|found| found.chosen.despite.is_empty() && found.draft.id != draft.id);
        let others: Vec<_> = others.map(|found| (found.draft.id, "room.why_both")).collect();
        let own = own.map(|id| (id, "button.supply"));
        let supply = |(id, label): (DraftId, &str)| {
            let label = self.wording.say(label, context! {});
            Button::labelled(&scene.press("supply").with("draft", id), label)
        };
        let asks_time = session.lacks_time_to_decide() && session.stage.is_sitting();
        let adjourn = asks_time.then(|| Button::new(&scene.press("adjourn"), self.wording));
        let asked = still_asked(scene.case, &scene.rules).into_iter();
        let follow: Vec<_> = asked.filter(|(prompt, _)| follows(prompt, &draft.entry)).collect();
        let follow = scene.question_buttons(&follow);
        own.into_iter().chain(others).map(supply).chain(adjourn).chain(follow).collect()
    }
}

/// A question that this outcome brings up comes with its answer (DEC-08).
fn follows(prompt: &Prompt, entry: &Entry) -> bool {
    matches!((&prompt.when, entry), (Condition::Outcome(code), Entry::Outcome(chosen)) if *code == chosen.code)
}

/// The decision or outcome that was entered, as it stands.
fn decided<'a>(scene: &'a Scene<'_>, brought: &[Record]) -> Option<(&'a Session, &'a Draft)> {
    let id = brought.iter().find_map(|record| match &record.event {
        Event::Entered { draft, entry: Entry::Section47(_) | Entry::Outcome(_), .. } => Some(*draft),
        _ => None,
    })?;
    let session = scene.case.session()?;
    Some((session, session.drafts.iter().find(|draft| draft.id == id)?))
}
