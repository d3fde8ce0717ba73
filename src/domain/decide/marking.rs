//! What is added to a contribution afterwards: its source, and whether it is fact, reported by another, or opinion
//! (TURN-14, INFO-27).

use super::{Decision, Situation};
use crate::domain::event::Event;
use crate::domain::floor::{Contribution, Nature, Source};
use crate::domain::ids::ContributionId;
use crate::domain::refusal::Refusal;
use crate::domain::spoken::Spoken;
use crate::domain::stage::Stage;

/// The speaker says what it is, or whoever entered it; the last word stands.
pub(super) fn mark(situation: &Situation<'_>, contribution: ContributionId, nature: Nature) -> Decision {
    theirs(situation, contribution)?;
    Ok(vec![Event::ContributionMarked { contribution, nature }])
}

/// Who told social care, where that was left open; what is given takes the place of what stood.
pub(super) fn state_source(situation: &Situation<'_>, contribution: ContributionId, given: &Source) -> Decision {
    let shared = theirs(situation, contribution)?;
    let stood = shared.on_behalf_of.as_ref().ok_or(Refusal::NothingSent)?;
    if *given == Source::default() {
        return Err(Refusal::NothingGiven);
    }
    let either = |given: &Spoken, stood: &Spoken| {
        if given.is_empty() { stood.clone() } else { given.clone() }
    };
    let source = Source {
        name: either(&given.name, &stood.name),
        role: either(&given.role, &stood.role),
        agency: either(&given.agency, &stood.agency),
        by: either(&given.by, &stood.by),
    };
    Ok(vec![Event::SourceStated { contribution, source }])
}

/// A contribution of the actor's own, or of anybody for chair and recorder, until the record has gone out.
fn theirs<'a>(situation: &Situation<'a>, id: ContributionId) -> Result<&'a Contribution, Refusal> {
    let own = situation.admitted()?;
    let session = situation.session()?;
    if session.stage >= Stage::Circulated {
        return Err(Refusal::AlreadyClosed);
    }
    let mut shared = session.contributions.iter().map(|(contribution, _)| contribution);
    let shared = shared.find(|contribution| contribution.id == id).ok_or(Refusal::NothingSent)?;
    if shared.seat != own && shared.entered_by != Some(own) {
        situation.chair_or_recorder()?;
    }
    Ok(shared)
}
