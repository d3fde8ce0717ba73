//! What is open of the decisions: section 47, the outcomes, and each child's level of risk before them.

use super::{OpenItem, Topic, item};
use crate::domain::case::Case;
use crate::domain::decision::{EnquiryMode, OutcomeChosen};
use crate::domain::facts::Rules;
use crate::domain::procedure::{OutcomeField, Procedure};
use crate::domain::prompt::About;
use crate::domain::provisional::LEVEL;
use crate::domain::referral::Child;
use crate::domain::session::Session;
use crate::domain::stage::Stage;

/// The level of risk to a child the session is about.
const RISK: &str = "risk";

pub(super) fn section_47(session: &Session, rules: &Rules<'_>) -> Vec<OpenItem> {
    let Some((_, decided)) = session.section_47() else { return vec![item("section_47", Topic::Session)] };
    let running = decided.decision.is_running();
    let mandatory = |id: &str| rules.procedure.level(id).is_mandatory(session.held_late);
    let no_agency = decided.mode == Some(EnquiryMode::Single) && decided.agency.is_empty();
    let blanks = [
        ("rationale", decided.rationale.is_empty()),
        ("mode", running && mandatory("DEC-04") && (decided.mode.is_none() || no_agency)),
        ("how", running && mandatory("DEC-03") && decided.how.is_empty()),
        ("when", running && mandatory("DEC-03") && decided.when.is_empty()),
        ("by_whom", running && mandatory("DEC-03") && decided.by_whom.is_empty()),
    ];
    let missing: Vec<_> = blanks.into_iter().filter(|(_, blank)| *blank).map(|(key, _)| key.to_owned()).collect();
    if missing.is_empty() {
        Vec::new()
    } else {
        vec![OpenItem { id: "section_47".to_owned(), about: Topic::Session, missing }]
    }
}

pub(super) fn outcomes(session: &Session, rules: &Rules<'_>) -> Vec<OpenItem> {
    let mut items = Vec::new();
    for (draft, chosen) in session.outcomes() {
        let asks = rules.procedure.outcome(&chosen.code).map_or(&[][..], |outcome| &outcome.asks);
        let mut missing: Vec<_> =
            asks.iter().filter(|field| chosen.lacks(**field)).map(|field| field.key().to_owned()).collect();
        if chosen.rationale.is_empty() {
            missing.insert(0, "rationale".to_owned());
        }
        if !missing.is_empty() {
            items.push(OpenItem { id: "outcome".to_owned(), about: Topic::Draft(draft.id), missing });
        }
    }
    if session.outcomes().next().is_none() {
        items.push(item("outcomes", Topic::Session));
    }
    items
}

impl OutcomeChosen {
    fn lacks(&self, field: OutcomeField) -> bool {
        match field {
            OutcomeField::Mode => self.mode.is_none(),
            OutcomeField::Who => self.who.is_empty(),
            OutcomeField::Agency => self.agency.is_empty(),
            OutcomeField::At => self.at.is_none(),
            OutcomeField::Description => self.description.is_empty(),
        }
    }
}

impl OutcomeField {
    /// The field's key in forms and wording.
    pub fn key(self) -> &'static str {
        match self {
            Self::Mode => "mode",
            Self::Who => "who",
            Self::Agency => "agency",
            Self::At => "at",
            Self::Description => "description",
        }
    }
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
