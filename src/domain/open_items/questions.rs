//! Questions of the catalogue without an answer, or without all of one: which are open, and which are still to be asked.

use std::collections::BTreeSet;

use super::asked::{abouts, arising};
use super::{OpenItem, Topic, item};
use crate::domain::agreement::{AGREEMENT, missing as agreement_missing};
use crate::domain::case::Case;
use crate::domain::challenge::CHALLENGE_INVITED;
use crate::domain::decision::Entry;
use crate::domain::facts::Rules;
use crate::domain::ids::SeatId;
use crate::domain::item_zero::{self, ITEM_ZERO, Occasion};
use crate::domain::prompt::{About, AskedOf, Prompt, REASON, arises, lacking};
use crate::domain::session::Session;
use crate::domain::stage::Stage;

/// How, by whom and by when health comes to hear of it (INV-26).
const WITHOUT_HEALTH: &str = "urgent_without_health";

/// Mandatory prompts without an answer, or with one that lacks a needed field.
pub(super) fn unanswered(case: &Case, session: &Session, rules: &Rules<'_>) -> Vec<OpenItem> {
    open_prompts(case, session, rules).into_iter().map(|(_, _, item)| item).collect()
}

/// Mandatory questions of stages that are over and not fully answered: those stages are incomplete, and the questions
/// are asked again until the record is issued.
pub fn left_open<'a>(case: &Case, rules: &Rules<'a>) -> Vec<(&'a Prompt, About)> {
    let Some(session) = case.session() else { return Vec::new() };
    let open = open_prompts(case, session, rules).into_iter();
    let over = open.filter(|(prompt, ..)| prompt.stage < session.stage && !is_asked_at(prompt, session.stage));
    over.map(|(prompt, about, _)| (prompt, about)).collect()
}

/// The session goes on without health and the statement the procedure asks for is not given, or not in full (INV-26).
pub fn lacks_statement(case: &Case, rules: &Rules<'_>) -> bool {
    let Some(session) = case.session() else { return false };
    open_prompts(case, session, rules).iter().any(|(prompt, ..)| prompt.key == WITHOUT_HEALTH)
}

fn open_prompts<'a>(case: &Case, session: &Session, rules: &Rules<'a>) -> Vec<(&'a Prompt, About, OpenItem)> {
    let arising = arising(case, session, rules.procedure);
    let prompts = rules.catalogue.prompts.iter().filter(|prompt| prompt.is_chairs());
    prompts
        .flat_map(|prompt| {
            let is_mandatory = rules.procedure.level(&prompt.key).is_mandatory(session.held_late);
            let is_asked = (is_mandatory || prompt.in_full) && arises(prompt, &arising);
            let is_asked = move |about: &About| {
                let is_begun = || session.answer(&prompt.key, *about).is_some();
                session.is_carried(&prompt.key, *about) || (is_asked && (is_mandatory || is_begun()))
            };
            let open = move |about| Some((prompt, about, prompt_item(prompt, about, session, rules)?));
            abouts(prompt, case).into_iter().filter(is_asked).filter_map(open)
        })
        .collect()
}

/// Mandatory questions of each agency, about those who came and whose agency has not answered (RISK-04).
pub(super) fn of_agencies(case: &Case, session: &Session, rules: &Rules<'_>) -> Vec<OpenItem> {
    let is_asked = |prompt: &&Prompt| {
        let is_mandatory = rules.procedure.level(&prompt.key).is_mandatory(session.held_late);
        prompt.asked_of == AskedOf::EachAgency && is_mandatory
    };
    let agency = |seat: SeatId| case.person(seat).agency.as_str();
    let mut items = Vec::new();
    for prompt in rules.catalogue.prompts.iter().filter(is_asked) {
        let mut seen: Vec<_> = session.answers(&prompt.key).map(|(draft, _)| agency(draft.entered_by)).collect();
        for seat in session.attended().filter(|seat| case.has_part(*seat)) {
            if !seen.contains(&agency(seat)) {
                seen.push(agency(seat));
                items.push(item(&prompt.key, Topic::Seat(seat)));
            }
        }
    }
    items
}

fn prompt_item(prompt: &Prompt, about: About, session: &Session, rules: &Rules<'_>) -> Option<OpenItem> {
    let missing = match session.answer(&prompt.key, about) {
        // Invited by the chair's own press (DIS-06).
        None if prompt.key == CHALLENGE_INVITED && session.challenge_invited_at().is_some() => return None,
        // Managers agree themselves, or by telephone in an answer.
        _ if prompt.key == AGREEMENT => {
            agreement_missing(session, rules.procedure).into_iter().map(|line| line.role.clone()).collect()
        }
        None => return Some(item(&prompt.key, about.into())),
        Some(_) => {
            let answers = session.answers(&prompt.key).map(|(_, answer)| answer).filter(|answer| answer.about == about);
            let lacking: BTreeSet<_> = answers.flat_map(|answer| lacking(prompt, answer, rules.procedure)).collect();
            let keys = prompt.fields.iter().map(|field| field.key.as_str()).chain([REASON]);
            let mut missing: Vec<_> = keys.filter(|key| lacking.contains(*key)).map(str::to_owned).collect();
            missing.dedup();
            missing
        }
    };
    (!missing.is_empty()).then(|| OpenItem { id: prompt.key.clone(), about: about.into(), missing })
}

/// The prompts that belong to a stage and arise now, whatever their level, with what each is about.
pub fn prompts_at<'a>(stage: Stage, case: &Case, rules: &Rules<'a>) -> Vec<(&'a Prompt, About)> {
    let Some(session) = case.session() else { return Vec::new() };
    let arising = arising(case, session, rules.procedure);
    let prompts = rules.catalogue.prompts.iter();
    let prompts = prompts.filter(|prompt| is_asked_at(prompt, stage) && arises(prompt, &arising));
    let asked = prompts.filter(|prompt| rules.procedure.level(&prompt.key).is_asked());
    asked.flat_map(|prompt| abouts(prompt, case).into_iter().map(move |about| (prompt, about))).collect()
}

/// What is still to be asked of chair and convenor: the unanswered questions of this stage and of convening
/// while people gather.
pub fn still_asked<'a>(case: &Case, rules: &Rules<'a>) -> Vec<(&'a Prompt, About)> {
    let Some(session) = case.session() else { return Vec::new() };
    let to_answer = item_zero::unanswered(case, session, rules).map(|(_, children)| children).unwrap_or_default();
    let is_answered = |prompt: &Prompt, about: About| match prompt.key.as_str() {
        AGREEMENT => agreement_missing(session, rules.procedure).is_empty(),
        CHALLENGE_INVITED => session.challenge_invited_at().is_some(),
        ITEM_ZERO => !to_answer.iter().any(|child| About::Child(*child) == about),
        key => session.answer(key, about).is_some(),
    };
    let asked = prompts_at(session.stage, case, rules)
        .into_iter()
        .filter(|(prompt, about)| prompt.is_chairs() && !is_answered(prompt, *about));
    let asked: Vec<_> = asked.collect();
    asked.into_iter().chain(safety_asked_again(case, session, rules)).collect()
}

/// What came over from the session before and nobody has answered in this one (DEC-41).
pub fn carried_over<'a>(case: &Case, rules: &Rules<'a>) -> Vec<(&'a Prompt, About)> {
    let Some(session) = case.session() else { return Vec::new() };
    let open = open_prompts(case, session, rules).into_iter();
    open.filter(|(prompt, about, _)| session.is_carried(&prompt.key, *about))
        .map(|(prompt, about, _)| (prompt, about))
        .collect()
}

/// The questions of a group that nobody has answered and that one press answers as not needed (DEC-45).
pub fn to_answer_of<'a>(group: &str, case: &Case, rules: &Rules<'a>) -> Vec<(&'a Prompt, About)> {
    let Some(session) = case.session() else { return Vec::new() };
    let arising = arising(case, session, rules.procedure);
    let of_group = |prompt: &&Prompt| prompt.group.as_deref() == Some(group) && prompt.is_chairs();
    let prompts = rules.catalogue.prompts.iter().filter(of_group);
    let abouts = prompts.flat_map(|prompt| {
        let is_asked = rules.procedure.level(&prompt.key).is_asked() && arises(prompt, &arising);
        let is_wanted = move |about: &About| is_asked || session.is_carried(&prompt.key, *about);
        abouts(prompt, case).into_iter().filter(is_wanted).map(move |about| (prompt, about))
    });
    abouts.filter(|(prompt, about)| session.answer(&prompt.key, *about).is_none()).collect()
}

/// Item zero at an adjournment or at the close, about the children who were answered about before and not since.
fn safety_asked_again<'a>(case: &Case, session: &Session, rules: &Rules<'a>) -> Vec<(&'a Prompt, About)> {
    let again = item_zero::unanswered(case, session, rules).filter(|(asking, _)| asking.occasion != Occasion::Opening);
    let again = item_zero::prompt(rules).zip(again).filter(|(prompt, _)| prompt.stage != session.stage);
    let Some((prompt, (_, children))) = again else { return Vec::new() };
    let about = children.into_iter().map(About::Child);
    about.filter(|about| session.answer(ITEM_ZERO, *about).is_some()).map(|about| (prompt, about)).collect()
}

/// A session gathers as soon as it is convened, so what is asked at convening is asked then.
fn is_asked_at(prompt: &Prompt, stage: Stage) -> bool {
    prompt.stage == stage || (prompt.stage == Stage::Convened && stage == Stage::Gathering)
}

/// Whether a standing entry is an answer to this prompt about this thing.
pub fn is_answer(entry: &Entry, prompt: &str, about: About) -> bool {
    matches!(entry, Entry::Answer(answer) if answer.prompt == prompt && answer.about == about)
}
