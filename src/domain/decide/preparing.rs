//! Prepared text: an attendee's own, seen by nobody else until they release it (INV-21).

use super::{Decision, Situation, informing, round};
use crate::domain::event::{Event, Fields};
use crate::domain::ids::SeatId;
use crate::domain::refusal::Refusal;
use crate::domain::spoken::Spoken;
use crate::domain::stage::Stage;

/// Keeps it for its author; what was prepared before is replaced.
pub(super) fn prepare(situation: &Situation<'_>, fields: &Fields) -> Decision {
    let seat = situation.seat()?;
    let session = situation.session()?;
    if session.stage >= Stage::Closed {
        return Err(Refusal::AlreadyClosed);
    }
    match session.attendance.get(&seat) {
        Some(attendance) if attendance.excluded.is_some() => Err(Refusal::Excluded),
        Some(attendance) if attendance.is_expected() => {
            Ok(vec![Event::TextPrepared { seat, fields: fields.clone(), too_early: false }])
        }
        _ => Err(Refusal::NotSeated),
    }
}

/// What somebody wanted to share too early is theirs for their turn, after whatever they had prepared (GATE-01).
pub(super) fn before_the_opening(situation: &Situation<'_>, seat: SeatId, fields: &Fields) -> Decision {
    let mut kept = prepared(situation).map(|(_, fields)| fields.clone()).unwrap_or_default();
    for (key, said) in fields {
        let both = kept.get(key).map(|earlier| Spoken::new(format!("{}\n\n{}", earlier.words(), said.words())));
        kept.insert(key.clone(), both.unwrap_or_else(|| said.clone()));
    }
    Ok(vec![Event::TextPrepared { seat, fields: kept, too_early: true }])
}

/// Shares it in its author's turn, as they would share anything.
pub(super) fn release(situation: &Situation<'_>) -> Decision {
    let (seat, fields) = prepared(situation)?;
    if situation.sitting()?.stage < Stage::Sharing {
        return Err(Refusal::NotSharing);
    }
    let mut events = round::share(situation, None, None, fields, None)?;
    events.push(Event::PreparedTextReleased { seat });
    Ok(events)
}

/// Its author does not attend, and sends it in.
pub(super) fn send_in(situation: &Situation<'_>) -> Decision {
    let (seat, fields) = prepared(situation)?;
    let mut events = informing::send_information(situation, None, fields)?;
    events.push(Event::PreparedTextReleased { seat });
    Ok(events)
}

/// Its author does not attend, and keeps it.
pub(super) fn keep(situation: &Situation<'_>) -> Decision {
    let (seat, _) = prepared(situation)?;
    Ok(vec![Event::PreparedTextKept { seat }])
}

fn prepared<'a>(situation: &Situation<'a>) -> Result<(SeatId, &'a Fields), Refusal> {
    let seat = situation.seat()?;
    let attendance = situation.session()?.attendance.get(&seat).ok_or(Refusal::NotSeated)?;
    attendance.prepared.as_ref().map(|fields| (seat, fields)).ok_or(Refusal::NothingPrepared)
}
