//! The call a session runs on: who gives its details, and who reads them (SES-07).

use super::{Decision, Situation};
use crate::domain::event::Event;
use crate::domain::refusal::Refusal;
use crate::domain::spoken::Spoken;
use crate::domain::stage::Stage;

/// By whoever convenes, the chair or the recorder, until the session closes; they can change.
pub(super) fn give(situation: &Situation<'_>, details: &Spoken) -> Decision {
    situation.convenor().or_else(|_| situation.chair_or_recorder().map(drop))?;
    if situation.session()?.stage >= Stage::Closed {
        return Err(Refusal::AlreadyClosed);
    }
    let details = details.clone().some().ok_or_else(|| Refusal::Missing { field: "call".to_owned() })?;
    Ok(vec![Event::CallGiven { details }])
}

/// After acceptance, by the person who accepted, and logged.
pub(super) fn read(situation: &Situation<'_>) -> Decision {
    let seat = situation.expected()?;
    situation.session()?.call.as_ref().ok_or(Refusal::NoCall)?;
    Ok(vec![Event::CallDetailsRead { seat }])
}
