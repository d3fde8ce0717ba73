//! What comes of a decision or an outcome once it is entered: how the minimum stood and what was missing beside it
//! (DEC-46), and the actions it makes (DEC-11, DEC-16).

use super::Situation;
use super::door::quorum_now;
use super::entries::next_action;
use crate::domain::decided::missing_beside;
use crate::domain::decision::{Action, ActionEntered, Draft, Entry, OutcomeChosen, Section47Decision};
use crate::domain::event::Event;
use crate::domain::ids::DraftId;
use crate::domain::refusal::Refusal;
use crate::domain::session::Session;
use crate::domain::spoken::Spoken;
use crate::domain::stage::Stage;

/// The rule that the assessment starts or is updated with section 47.
const ASSESSMENT_RULE: &str = "DEC-16";
/// What the action that starts the assessment serves.
const ASSESSMENT: &str = "assessment";

/// A decision that was not already taken: parts supplied later decide nothing.
pub(super) fn decides_anew(session: &Session, entry: &Entry) -> bool {
    let Entry::Section47(decided) = entry else { return false };
    session.section_47().is_none_or(|(_, stands)| stands.decision != decided.decision)
}

/// How the minimum stands, and what else is missing: the decision waits for neither.
pub(super) fn mark(situation: &Situation<'_>, draft: DraftId, events: &mut Vec<Event>) -> Result<(), Refusal> {
    let session = situation.session()?;
    if session.stage < Stage::Closed {
        events.push(Event::QuorumStated { quorum: quorum_now(situation, session), attendance_changed: false });
    }
    let after = situation.after(events);
    let missing = after.session().map(|now| missing_beside(&after, now, &situation.facts.rules)).unwrap_or_default();
    events.extend((!missing.is_empty()).then_some(Event::DecisionMarked { draft, missing }));
    Ok(())
}

/// What stands where this entry was made: itself, or what took its place.
pub(super) fn standing(session: &Session, draft: DraftId) -> Option<&Draft> {
    let meant = session.drafts.iter().find(|entered| entered.id == draft)?;
    if !meant.replaced {
        return Some(meant);
    }
    let is_same = |earlier: &OutcomeChosen, now: &OutcomeChosen| earlier.code == now.code && earlier.child == now.child;
    session.standing().find(|stands| match (&meant.entry, &stands.entry) {
        (Entry::Section47(_), Entry::Section47(_)) => true,
        (Entry::Outcome(earlier), Entry::Outcome(now)) => is_same(earlier, now),
        _ => false,
    })
}

/// Initiating section 47 starts the assessment, or updates the one under way, in the procedure's own word (DEC-16).
pub(super) fn assessment(situation: &Situation<'_>, entry: &Entry) -> Option<ActionEntered> {
    let Entry::Section47(decided) = entry else { return None };
    let procedure = situation.facts.rules.procedure;
    let made = procedure.assessment_action.as_ref()?;
    let is_live = |action: &Action| action.entered.serves == ASSESSMENT && action.is_to_do();
    let is_asked = decided.decision == Section47Decision::Initiate && procedure.level(ASSESSMENT_RULE).works();
    (is_asked && !situation.case.actions.iter().any(is_live)).then(|| ActionEntered {
        what: made.what.as_str().into(),
        owner: situation.case.convenor(),
        purpose: made.purpose.as_str().into(),
        serves: ASSESSMENT.to_owned(),
        ..ActionEntered::numbered(next_action(situation))
    })
}

/// An outcome that becomes an action does so as soon as its agency is named, once for each agency (DEC-11).
pub(super) fn referral(situation: &Situation<'_>, entry: &Entry) -> Option<ActionEntered> {
    let Entry::Outcome(chosen) = entry else { return None };
    let outcome = situation.facts.rules.procedure.outcome(&chosen.code)?;
    let what = outcome.action.as_ref().filter(|_| !chosen.agency.is_empty())?;
    let what = Spoken::from(format!("{what}: {}", chosen.agency.words()).as_str());
    let is_known = |action: &Action| action.entered.serves == outcome.code && action.entered.what == what;
    (!situation.case.actions.iter().any(is_known)).then(|| ActionEntered {
        what,
        owner: situation.case.convenor(),
        purpose: chosen.rationale.clone(),
        child: chosen.child,
        serves: outcome.code.clone(),
        ..ActionEntered::numbered(next_action(situation))
    })
}
