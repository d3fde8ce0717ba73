//! Each agency's position on what was read back (DEC-43): open as they come, or unseen until all are in where the chair
//! chooses so.

use super::{Decision, Situation, challenging};
use crate::domain::decision::{Position, PositionKind};
use crate::domain::event::Event;
use crate::domain::ids::{DraftId, SeatId};
use crate::domain::positions::{decisions, without};
use crate::domain::refusal::Refusal;
use crate::domain::session::Session;
use crate::domain::spoken::Spoken;
use crate::domain::stage::Stage;

/// One position on the whole; a disagreement can name what it is with. Said aloud, the recorder enters it.
pub(super) fn give(
    situation: &Situation<'_>,
    seat: Option<SeatId>,
    kind: PositionKind,
    about: &Spoken,
    items: &[DraftId],
) -> Decision {
    let own = situation.admitted()?;
    let session = situation.sitting()?;
    if session.read_back_at.is_none() {
        return Err(Refusal::NotAtThisStage { stage: session.stage, needed: Stage::ReadBack });
    }
    let (seat, entered_by) = match seat {
        Some(other) if other != own => (situation.known(other)?, Some(situation.chair_or_recorder()?)),
        _ => (own, None),
    };
    situation.with_part(seat)?;
    // Only a disagreement is item by item.
    let is_known = |item: &&DraftId| decisions(session).iter().any(|draft| draft.id == **item);
    let items = items.iter().filter(is_known).filter(|_| kind == PositionKind::Disagree).copied().collect();
    let position = Position { seat, kind, about: about.clone(), entered_by, items };
    // Unseen positions open nothing in the room before they are shown.
    let opened = if session.positions_hidden { Vec::new() } else { challenging::opened_by(situation, [&position]) };
    let mut events: Vec<_> = std::iter::once(Event::PositionGiven { position }).chain(opened).collect();
    let after = situation.after(&events);
    if let Some(now) = after.session().filter(|now| now.positions_hidden && without(&after, now).is_empty()) {
        events.extend(shown(situation, now));
    }
    Ok(events)
}

/// Shown together; each dissent among them opens its path now.
fn shown(situation: &Situation<'_>, session: &Session) -> Vec<Event> {
    let opened = challenging::opened_by(situation, session.positions.iter().map(|(position, _)| position));
    std::iter::once(Event::PositionsShown).chain(opened).collect()
}

/// At the choice of the chair.
pub(super) fn hide(situation: &Situation<'_>) -> Decision {
    situation.chair()?;
    let session = situation.sitting()?;
    if session.positions_hidden { Err(Refusal::AlreadyDone) } else { Ok(vec![Event::PositionsHidden]) }
}

pub(super) fn show(situation: &Situation<'_>) -> Decision {
    situation.chair()?;
    let session = situation.session()?;
    if session.positions_hidden { Ok(shown(situation, session)) } else { Err(Refusal::AlreadyDone) }
}
