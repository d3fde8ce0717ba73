//! What is sent in writing, what the chair makes of it on arrival, and what is read back over the telephone.

use super::returning::at_the_end;
use super::{Decision, Situation, next};
use crate::domain::event::{Event, Fields};
use crate::domain::floor::{Contribution, Mode, Whose};
use crate::domain::ids::{ContributionId, SeatId};
use crate::domain::limits::Item;
use crate::domain::refusal::Refusal;
use crate::domain::session::Session;
use crate::domain::stage::Stage;

/// What an absentee sends goes to the chair at once and is read in its turn (INV-25, INFO-23).
pub(super) fn send_information(situation: &Situation<'_>, seat: Option<SeatId>, fields: &Fields) -> Decision {
    let own = situation.seat()?;
    let seat = match seat {
        Some(other) if other != own => {
            situation.convenor().or_else(|_| situation.chair_or_recorder().map(drop))?;
            situation.known(other)?
        }
        _ => own,
    };
    let session = situation.session()?;
    if session.stage >= Stage::Closed {
        return Err(Refusal::AlreadyClosed);
    }
    let entered_by = (seat != own).then_some(own);
    let mut events = vec![Event::InformationSent { contribution: written(session, seat, fields, entered_by) }];
    // Once the order stands, what comes in later has a turn at its end (INFO-23).
    let is_here = session.attendance.get(&seat).is_some_and(|attendance| attendance.is_here());
    let has_turn = session.turns.iter().any(|state| state.turn.whose == Whose::Seat(seat));
    if !session.turns.is_empty() && session.stage <= Stage::Sharing && !is_here && !has_turn {
        events.extend(at_the_end(session, Whose::Seat(seat)));
    }
    Ok(events)
}

/// A written contribution, before its turn.
pub(super) fn written(session: &Session, seat: SeatId, fields: &Fields, entered_by: Option<SeatId>) -> Contribution {
    Contribution {
        id: next_contribution(session),
        turn: None,
        seat,
        mode: Mode::Written,
        on_behalf_of: None,
        fields: fields.clone(),
        entered_by,
    }
}

pub(super) fn next_contribution(session: &Session) -> ContributionId {
    let spoken = session.contributions.iter().map(|(contribution, _)| contribution.id.0);
    let taken_back = session.taken_back(|item| if let Item::Contribution(id) = item { Some(id.0) } else { None });
    let sent = session.submissions.iter().map(|submission| submission.id.0);
    ContributionId(next(spoken.chain(sent).chain(taken_back)))
}

/// The chair reads it before its turn, and that they did is recorded (INV-25).
pub(super) fn read_sent(situation: &Situation<'_>, contribution: ContributionId) -> Decision {
    sent_to_me(situation, contribution)?;
    Ok(vec![Event::SubmissionRead { contribution }])
}

/// Whether it needs action before the meeting: answered once, with name and time (INV-25).
pub(super) fn weigh_sent(situation: &Situation<'_>, contribution: ContributionId, act_now: bool) -> Decision {
    let session = sent_to_me(situation, contribution)?;
    if session.weighed.contains_key(&contribution) {
        return Err(Refusal::AlreadyDone);
    }
    Ok(vec![Event::SubmissionWeighed { contribution, act_now }])
}

/// It is for the chair, or as long as nobody has taken the chair's seat for whoever convenes.
fn sent_to_me<'a>(situation: &Situation<'a>, contribution: ContributionId) -> Result<&'a Session, Refusal> {
    let session = situation.session()?;
    if situation.seat()? != session.reads_what_is_sent() {
        return Err(Refusal::ForChair { chair: situation.name_of(Some(session.reads_what_is_sent())) });
    }
    let is_there = session.submissions.iter().any(|submission| submission.id == contribution);
    if is_there { Ok(session) } else { Err(Refusal::NothingSent) }
}

/// What was entered for somebody on the telephone was read back to them (INV-34).
pub(super) fn read_back(situation: &Situation<'_>, contribution: ContributionId) -> Decision {
    situation.chair_or_recorder()?;
    let session = situation.sitting()?;
    let entered = session.contributions.iter().map(|(contribution, _)| contribution);
    let mut entered = entered.filter(|other| other.id == contribution && other.entered_by.is_some());
    entered.next().ok_or(Refusal::NothingSent)?;
    if session.read_back_to.contains_key(&contribution) {
        return Err(Refusal::AlreadyDone);
    }
    Ok(vec![Event::ContributionReadBack { contribution }])
}
