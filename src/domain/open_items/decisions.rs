//! What is open of the decisions: section 47, the outcomes, and each child's level of risk before them.

use super::{OpenItem, Topic, item};
use crate::domain::case::Case;
use crate::domain::decided::{DESPITE, contradictions, missing_of_outcome, missing_of_section_47};
use crate::domain::decision::Section47Decision;
use crate::domain::facts::Rules;
use crate::domain::procedure::{Level, Procedure};
use crate::domain::prompt::About;
use crate::domain::provisional::LEVEL;
use crate::domain::referral::Child;
use crate::domain::session::Session;
use crate::domain::stage::Stage;

/// The level of risk to a child the session is about.
pub const RISK: &str = "risk";

/// What is open of the section 47 decision; put off, it is still to be made, and until when is to be said (DEC-01).
pub(super) fn section_47(session: &Session, rules: &Rules<'_>) -> Vec<OpenItem> {
    let Some((_, decided)) = session.section_47() else { return vec![item("section_47", Topic::Session)] };
    let is_mandatory = |level: Level| level.is_mandatory(session.held_late);
    let mut missing = missing_of_section_47(decided, rules.procedure, is_mandatory);
    if session.lacks_time_to_decide() {
        missing.push("resumes".to_owned());
    }
    let is_put_off = decided.decision == Section47Decision::NotYetDecided;
    if missing.is_empty() && !is_put_off {
        Vec::new()
    } else {
        vec![OpenItem { missing, ..item("section_47", Topic::Session) }]
    }
}

/// What is open of the outcomes, those that don't go with the decision among them, and that there is none.
pub(super) fn outcomes(case: &Case, session: &Session, rules: &Rules<'_>) -> Vec<OpenItem> {
    let mut items = Vec::new();
    let is_mandatory = |level: Level| level.is_mandatory(session.held_late);
    for (draft, chosen) in session.outcomes() {
        let missing = missing_of_outcome(chosen, rules.procedure, is_mandatory);
        if !missing.is_empty() {
            items.push(OpenItem { missing, ..item("outcome", Topic::Draft(draft.id)) });
        }
    }
    let unexplained =
        contradictions(case, session, rules.procedure).into_iter().filter(|found| found.chosen.despite.is_empty());
    items.extend(unexplained.map(|found| OpenItem {
        missing: vec![DESPITE.to_owned()],
        ..item("contradiction", Topic::Draft(found.draft.id))
    }));
    if session.outcomes().next().is_none() {
        items.push(item("outcomes", Topic::Session));
    }
    items
}

/// The subject children without a level where the procedure insists on one and decisions are under way (RISK-01).
pub fn without_level<'a>(case: &'a Case, session: &Session, procedure: &Procedure) -> Vec<&'a Child> {
    if session.reached < Stage::Deciding || !procedure.level(RISK).is_mandatory(session.held_late) {
        return Vec::new();
    }
    let has_level = |child: &Child| {
        let answer = session.answer(RISK, About::Child(child.id));
        answer.is_some_and(|answer| answer.fields.get(LEVEL).is_some_and(|level| !level.is_empty()))
    };
    case.subjects().filter(|child| !has_level(child)).collect()
}
