//! What the recorder entered for somebody on a call, as they confirm it or put it right (SES-08).

use super::{Decision, Situation};
use crate::domain::event::{Event, Fields};
use crate::domain::gist::position_awaits;
use crate::domain::ids::ContributionId;
use crate::domain::refusal::Refusal;
use crate::domain::session::Session;
use crate::domain::stage::Stage;

pub(super) fn right(situation: &Situation<'_>, contribution: ContributionId) -> Decision {
    if entered_for_me(situation, contribution)?.checked.contains_key(&contribution) {
        return Err(Refusal::AlreadyDone);
    }
    Ok(vec![Event::WordsConfirmed { contribution }])
}

/// Until the record has gone out, and as often as they like: the last word stands.
pub(super) fn correct(situation: &Situation<'_>, contribution: ContributionId, fields: &Fields) -> Decision {
    entered_for_me(situation, contribution)?;
    if fields.is_empty() {
        return Err(Refusal::NothingGiven);
    }
    Ok(vec![Event::WordsCorrected { contribution, fields: fields.clone() }])
}

/// One that is not right is put right by giving one's own.
pub(super) fn right_position(situation: &Situation<'_>) -> Decision {
    let seat = situation.admitted()?;
    let session = open_record(situation)?;
    let entered = session.positions.iter().map(|(position, _)| position).find(|position| position.seat == seat);
    let entered = entered.filter(|position| position.entered_by.is_some()).ok_or(Refusal::NothingSent)?;
    if !position_awaits(situation.case, session, entered) {
        return Err(Refusal::AlreadyDone);
    }
    Ok(vec![Event::PositionConfirmed { seat }])
}

fn entered_for_me<'a>(situation: &Situation<'a>, id: ContributionId) -> Result<&'a Session, Refusal> {
    let own = situation.admitted()?;
    let session = open_record(situation)?;
    let mut entered = session.contributions.iter().map(|(contribution, _)| contribution);
    let entered = entered.find(|contribution| contribution.id == id && contribution.entered_by.is_some());
    let entered = entered.ok_or(Refusal::NothingSent)?;
    if entered.seat == own {
        Ok(session)
    } else {
        Err(Refusal::NotYourWords { speaker: situation.name_of(Some(entered.seat)) })
    }
}

fn open_record<'a>(situation: &Situation<'a>) -> Result<&'a Session, Refusal> {
    let session = situation.session()?;
    if session.stage >= Stage::Circulated { Err(Refusal::AlreadyClosed) } else { Ok(session) }
}
