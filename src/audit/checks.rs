//! What an audit looks for, head by head, and the shapes several checks share.

mod attendance;
mod decisions;
mod discussion;
mod timeliness;

use super::{Check, Found, Sitting};
use crate::domain::decision::Entry;
use crate::domain::event::Event;
use crate::domain::open_items::{abouts, arising};
use crate::domain::procedure::Level;
use crate::domain::prompt::{About, arises, lacking};

/// Every check, in the order of the heads and within each as an audit reads.
pub(super) fn all() -> impl Iterator<Item = &'static Check> {
    [attendance::CHECKS, timeliness::CHECKS, discussion::CHECKS, decisions::CHECKS].into_iter().flatten()
}

/// Whether a question of the catalogue is answered in full about each thing it is asked about here. Whether the local
/// procedure insists on it makes no difference to an audit; one it doesn't have can't be asked.
fn answered(sitting: &Sitting<'_>, key: &str) -> Found {
    let (case, session, procedure) = (&sitting.case, sitting.session(), sitting.rules.procedure);
    let prompt = sitting.rules.catalogue.prompt(key).filter(|_| procedure.level(key) != Level::Absent);
    let Some(prompt) = prompt.filter(|prompt| arises(prompt, &arising(case, session, procedure))) else {
        return Found::not_applicable();
    };
    let abouts = abouts(prompt, case);
    if abouts.is_empty() {
        return Found::not_applicable();
    }
    let is_whole = |about: About| {
        let mut given =
            session.answers(key).map(|(_, answer)| answer).filter(|answer| answer.about == about).peekable();
        given.peek().is_some() && given.all(|answer| lacking(prompt, answer, procedure).is_empty())
    };
    let missing = abouts.into_iter().filter(|about| !is_whole(*about));
    let missing = missing.map(|about| subject(sitting, about).unwrap_or_else(|| prompt.title.clone()));
    Found::unless(missing.collect(), answers(sitting, &[key]))
}

/// Whether all of these are met, so far as they can be asked.
fn together(parts: impl IntoIterator<Item = Found>) -> Found {
    let asked = parts.into_iter().filter(|part| part.answer != super::Answer::NotApplicable);
    let (mut missing, mut rests_on, mut is_asked, mut is_met) = (Vec::new(), Vec::new(), false, true);
    for part in asked {
        (is_asked, is_met) = (true, is_met && part.answer == super::Answer::Met);
        missing.extend(part.lacking);
        rests_on.extend(part.rests_on);
    }
    rests_on.sort_unstable();
    rests_on.dedup();
    if is_asked { Found { lacking: missing, ..Found::when(is_met, rests_on) } } else { Found::not_applicable() }
}

/// The child an answer is about, by name.
fn subject(sitting: &Sitting<'_>, about: About) -> Option<String> {
    let About::Child(child) = about else { return None };
    let child = sitting.case.child(child)?;
    child.name.clone().some().map(|name| name.words().to_owned())
}

/// The entries that answer these questions.
fn answers(sitting: &Sitting<'_>, keys: &[&str]) -> Vec<u64> {
    sitting.entries(|event| {
        matches!(event, Event::Entered { entry: Entry::Answer(answer), .. } if keys.contains(&answer.prompt.as_str()))
    })
}
