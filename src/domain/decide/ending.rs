//! Closing, the minutes, circulation, and what falls due afterwards.

use super::{Decision, Room};
use crate::domain::deadlines;
use crate::domain::event::Event;
use crate::domain::open_items::open_items;
use crate::domain::recipients::recipients;
use crate::domain::refusal::Refusal;
use crate::domain::spoken::Spoken;
use crate::domain::stage::Stage;

/// The timer that compiles the draft, as soon as the session closed.
pub const DRAFT: &str = "draft";

/// Closing is never refused: what is open is listed, covered by one reason, and marks the record (DEC-41).
pub(super) fn close(room: &Room<'_>, reason: Option<&Spoken>) -> Decision {
    room.chair()?;
    room.sitting()?;
    let open = open_items(room.case, &room.facts.rules);
    let reason = reason.cloned().and_then(Spoken::some);
    Ok(vec![Event::SessionClosed { open, reason }])
}

/// The chair signs. Nothing but an opened session earns the record's title (REF-15).
pub(super) fn sign(room: &Room<'_>) -> Decision {
    room.chair()?;
    let session = room.session()?;
    if session.opened_at.is_none() {
        return Err(Refusal::UnearnedTitle);
    }
    if session.stage != Stage::Minutes {
        return Err(Refusal::NotAtThisStage { stage: session.stage, needed: Stage::Minutes });
    }
    if session.signed_at.is_some() {
        return Err(Refusal::AlreadyDone);
    }
    Ok(vec![Event::MinutesSigned { version: session.draft_version }])
}

/// To those the procedure names, and nobody else (MIN-15 to MIN-19).
pub(super) fn circulate(room: &Room<'_>) -> Decision {
    room.chair_or_recorder()?;
    let session = room.session()?;
    if session.opened_at.is_none() {
        return Err(Refusal::UnearnedTitle);
    }
    if session.stage == Stage::Circulated {
        return Err(Refusal::AlreadyDone);
    }
    if session.signed_at.is_none() {
        return Err(Refusal::NotAtThisStage { stage: session.stage, needed: Stage::Minutes });
    }
    let recipients = recipients(room.case, session, &room.facts.rules.procedure.recipients);
    Ok(vec![Event::MinutesCirculated { version: session.draft_version, recipients }])
}

/// One's own copy: for those past the door from the draft on, for recipients once circulated.
pub(super) fn open_copy(room: &Room<'_>) -> Decision {
    let seat = room.seat()?;
    let session = room.session()?;
    if session.stage < Stage::Minutes {
        return Err(Refusal::NotAtThisStage { stage: session.stage, needed: Stage::Minutes });
    }
    let is_recipient = session.circulation.iter().any(|(recipient, _, _)| recipient.seat == seat);
    if !is_recipient {
        room.admitted()?;
    }
    Ok(vec![Event::CopyOpened { seat, version: session.draft_version }])
}

/// "Filed on our own record" (MIN-10, MIN-20).
pub(super) fn confirm_filed(room: &Room<'_>) -> Decision {
    let seat = room.seat()?;
    let session = room.session()?;
    if session.stage != Stage::Circulated {
        return Err(Refusal::NotAtThisStage { stage: session.stage, needed: Stage::Circulated });
    }
    if session.attendance.get(&seat).is_some_and(|attendance| attendance.filed_at.is_some()) {
        return Err(Refusal::AlreadyDone);
    }
    Ok(vec![Event::Filed { seat }])
}

/// A warning before a deadline, and a notice after it, as long as it still matters (TIM-23).
pub(super) fn deadline_reached(room: &Room<'_>, deadline: &str) -> Decision {
    // A timer is never refused: it would come back for ever.
    let Some(session) = room.case.session() else { return Ok(Vec::new()) };
    if deadline == DRAFT {
        let is_due = session.stage == Stage::Closed;
        return Ok(if is_due { vec![Event::DraftIssued { version: session.draft_version + 1 }] } else { Vec::new() });
    }
    let rules = &room.facts.rules;
    let circulation = deadlines::circulation(session, &rules.procedure.deadlines, rules.calendar);
    let Some(due) = circulation.filter(|_| deadline.starts_with("circulation") && session.stage < Stage::Circulated)
    else {
        return Ok(Vec::new());
    };
    let (deadline, due_at) = ("circulation".to_owned(), due.due.at);
    Ok(vec![if room.facts.now > due_at {
        Event::DeadlineMissed { deadline, due_at }
    } else {
        Event::DeadlineNear { deadline, due_at }
    }])
}
