//! Who may read what was shared: set by whoever it is from, narrowed by the chair, widened with its originator's word
//! alone (SEC-05).

use super::{Decision, Situation};
use crate::domain::event::Event;
use crate::domain::ids::SeatId;
use crate::domain::limits::{Item, Readers};
use crate::domain::refusal::Refusal;
use crate::domain::session::Session;

/// The limit something is released under, beside the fact that releases it.
pub(super) fn released_under(
    situation: &Situation<'_>,
    item: Item,
    originator: SeatId,
    readers: Option<&Readers>,
) -> Result<Option<Event>, Refusal> {
    let readers = readers.map(|readers| of_the_case(situation, readers)).transpose()?;
    Ok(readers.map(|readers| Event::Limited { item, originator, readers }))
}

/// Readers that have a seat, all of them: whatever else is named in the record could never be printed.
fn of_the_case(situation: &Situation<'_>, readers: &Readers) -> Result<Readers, Refusal> {
    if let Readers::Named(seats) = readers {
        let unknown = seats.iter().find(|seat| situation.case.seat(**seat).is_none());
        if let Some(seat) = unknown {
            return Err(Refusal::UnknownSeat { given: seat.to_string() });
        }
    }
    Ok(readers.clone())
}

/// Sets, narrows or lifts a limit. Its originator may do all three; of the chair, what would widen it becomes a
/// question to the originator.
pub(super) fn limit(situation: &Situation<'_>, item: Item, readers: Option<&Readers>) -> Decision {
    let own = situation.admitted()?;
    let session = situation.session()?;
    let originator = session.originator_of(item).ok_or(Refusal::NothingToLimit)?;
    if own != originator {
        situation.chair()?;
    }
    let readers = readers.map(|readers| of_the_case(situation, readers)).transpose()?;
    let event = match (session.limits.get(&item), readers) {
        (None, None) => return Err(Refusal::AlreadyDone),
        (None, Some(readers)) => Event::Limited { item, originator, readers },
        (Some(_), readers) if own == originator => Event::LimitChanged { item, readers },
        (Some(_), Some(readers)) if !widens(situation, session, item, &readers) => {
            Event::Limited { item, originator, readers }
        }
        (Some(_), readers) => Event::WideningAsked { item, readers },
    };
    Ok(vec![event])
}

/// Somebody could read it then who can't now.
fn widens(situation: &Situation<'_>, session: &Session, item: Item, readers: &Readers) -> bool {
    let case = situation.case;
    let mut seats = session.attendance.keys();
    seats.any(|seat| readers.allow(case, *seat) && !session.may_read(case, item, Some(*seat)))
}

/// The originator's answer to the chair.
pub(super) fn answer_widening(situation: &Situation<'_>, item: Item, agrees: bool) -> Decision {
    let own = situation.seat()?;
    let session = situation.session()?;
    let limit = session.limits.get(&item).filter(|limit| limit.originator == own);
    let asked = limit.and_then(|limit| limit.asked.clone()).ok_or(Refusal::NothingToLimit)?;
    Ok(vec![if agrees { Event::LimitChanged { item, readers: asked } } else { Event::WideningRefused { item } }])
}

/// Whoever has something limited to read opens it, and that they did is recorded.
pub(super) fn read(situation: &Situation<'_>) -> Decision {
    let seat = situation.admitted()?;
    let session = situation.session()?;
    let has_any = session.limits.keys().any(|item| session.may_read(situation.case, *item, Some(seat)));
    if has_any { Ok(vec![Event::LimitedRead { seat }]) } else { Err(Refusal::NothingToRead) }
}
