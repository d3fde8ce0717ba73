//! Whom the case brings up to be invited, and what is said of each (INV-09, INV-10).

use super::{Decision, Situation};
use crate::domain::event::Event;
use crate::domain::ids::AdultId;
use crate::domain::procedure::Choice;
use crate::domain::proposal::NO_DIFFICULTY;
use crate::domain::refusal::Refusal;
use crate::domain::spoken::Spoken;
use crate::domain::stage::Stage;

pub(super) fn flag_adult(situation: &Situation<'_>, adult: AdultId, difficulties: &[String]) -> Decision {
    situation.convenor()?;
    let unknown = |field: &str, given: String, choices| Refusal::NotAChoice { field: field.to_owned(), given, choices };
    let adults = &situation.case.adults;
    if !adults.iter().any(|known| known.id == adult) {
        let names = adults.iter().map(|adult| adult.name.words().to_owned()).collect();
        return Err(unknown("adult", adult.to_string(), names));
    }
    let offered = &situation.facts.rules.procedure.difficulties;
    let is_offered = |code: &&String| offered.iter().any(|choice: &Choice| choice.code == **code);
    let flagged: Vec<String> = difficulties.iter().filter(|code| *code != NO_DIFFICULTY).cloned().collect();
    if let Some(other) = flagged.iter().find(|code| !is_offered(code)) {
        let labels = offered.iter().map(|choice| choice.label.clone()).collect();
        return Err(unknown("difficulties", other.clone(), labels));
    }
    Ok(vec![Event::AdultFlagged { adult, difficulties: flagged }])
}

/// Without a reason it is marked and asked for again, until the record is issued.
pub(super) fn turn_down(situation: &Situation<'_>, proposal: &str, reason: &Spoken) -> Decision {
    situation.convenor()?;
    if situation.session()?.stage > Stage::Minutes {
        return Err(Refusal::AlreadyClosed);
    }
    let proposals = &situation.facts.rules.procedure.proposals;
    if situation.facts.rules.procedure.proposal(proposal).is_none() {
        let choices = proposals.iter().map(|proposal| proposal.label.clone()).collect();
        return Err(Refusal::NotAChoice { field: "proposal".to_owned(), given: proposal.to_owned(), choices });
    }
    Ok(vec![Event::ProposalTurnedDown { proposal: proposal.to_owned(), reason: reason.clone().some() }])
}
