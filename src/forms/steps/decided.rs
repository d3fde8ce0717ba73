//! Of a decision or an outcome only what can be said of it is asked, called what the procedure calls it.

use super::Asked;
use crate::domain::decided::still_to_say;
use crate::domain::decision::{Draft, EnquiryMode, Entry};
use crate::domain::ids::DraftId;
use crate::domain::procedure::Outcome;
use crate::domain::refusal::Refusal;
use crate::forms::{Form, More};
use crate::room::Scene;

/// The parts of an outcome that belong to it alone.
const PARTS: [&str; 4] = ["who", "agency", "at", "description"];

/// What the procedure calls a part of the outcome the form is about.
pub(super) fn own_label(scene: &Scene<'_>, form: &Form<'_>, key: &str) -> Option<String> {
    let outcome = match form.row.more {
        More::OfOutcome => chosen(form),
        More::OfDraft => match &draft(scene, form)?.entry {
            Entry::Outcome(chosen) => scene.rules.procedure.outcome(&chosen.code),
            Entry::Section47(_) | Entry::Answer(_) | Entry::Action(_) => None,
        },
        More::Nothing | More::Speaker | More::OfPrompt => None,
    };
    outcome?.labels.iter().find(|(field, _)| field.key() == key).map(|(_, label)| label.clone())
}

/// Its reasons, and what the chosen outcome asks. Given as an option of the slash command, any part is taken.
pub(super) fn keep_of_outcome(asked: &mut Vec<Asked>, form: &Form<'_>) {
    let Some(outcome) = chosen(form) else { return };
    let is_asked = |key: &str| outcome.asks.iter().any(|field| field.key() == key);
    asked.retain(|field| !PARTS.contains(&field.key.as_str()) || is_asked(&field.key) || form.has(&field.key));
}

/// What is blank of the entry, choices before typing.
pub(super) fn keep_of_draft(asked: &mut Vec<Asked>, scene: Option<&Scene<'_>>, form: &Form<'_>) -> Result<(), Refusal> {
    let scene = scene.ok_or(Refusal::NoCase)?;
    let draft = draft(scene, form).ok_or(Refusal::AlreadyDone)?;
    let session = scene.case.session().ok_or(Refusal::NoSession)?;
    let open = still_to_say(scene.case, session, draft, scene.rules.procedure);
    let is_open = |key: &str| open.iter().any(|open| open == key);
    let mode = match &draft.entry {
        Entry::Section47(decided) => decided.mode,
        Entry::Outcome(chosen) => chosen.mode,
        Entry::Answer(_) | Entry::Action(_) => None,
    };
    let asks_mode = is_open("mode") && mode.is_none();
    let said = form.choice("mode", EnquiryMode::from_code)?;
    let is_single = is_open("mode") && said.or(mode) == Some(EnquiryMode::Single);
    asked.retain(|field| match field.key.as_str() {
        "draft" => true,
        "mode" => asks_mode,
        "agency" => is_single || is_open("agency"),
        key => is_open(key),
    });
    for field in asked.iter_mut().filter(|field| field.key == "mode") {
        field.needed = true;
    }
    Ok(())
}

fn chosen<'a>(form: &Form<'a>) -> Option<&'a Outcome> {
    form.rules.procedure.outcome(form.answers.get("outcome")?)
}

fn draft<'a>(scene: &'a Scene<'_>, form: &Form<'_>) -> Option<&'a Draft> {
    let id = DraftId(form.number("draft").ok()?);
    scene.case.session()?.drafts.iter().find(|draft| draft.id == id)
}
