//! How a case comes to its end: over no action that is still running, and with a mark for a session that was planned and
//! neither held nor cancelled (REV-10).

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::case::Case;
use super::decided::planned;
use super::decision::Action;
use super::due;
use super::event::Actor;
use super::ids::SessionNo;
use super::procedure::Procedure;
use super::prompt::About;
use super::spoken::Spoken;

/// The question whether there is to be another session, its field for the answer and that for the time (DEC-39).
const FURTHER: (&str, &str, &str) = ("further_session", "needed", "at");

/// A case as it was closed. What begins anew in it afterwards opens it again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closed {
    pub at: DateTime<Utc>,
    pub by: Actor,
    pub not_held: Vec<NotHeld>,
    pub reason: Option<Spoken>,
}

/// A session that was planned or convened, and neither held nor cancelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotHeld {
    pub session: SessionNo,
    /// When it was to be, where that was known.
    pub at: Option<DateTime<Utc>>,
}

/// The actions a case can't be closed over, as they are numbered.
pub fn running(case: &Case) -> impl Iterator<Item = &Action> {
    case.actions.iter().filter(|action| action.is_live())
}

/// The session that is still to come: convened and never opened, or planned by an outcome or an answer of the last.
pub fn not_held(case: &Case, procedure: &Procedure) -> Option<NotHeld> {
    let last = case.session()?;
    if last.opened_at.is_none() {
        return Some(NotHeld { session: last.no, at: last.starts_at });
    }
    let next = SessionNo(last.no.0 + 1);
    if let Some(planned) = planned(case, procedure) {
        return Some(NotHeld { session: planned.no, at: planned.at });
    }
    let (prompt, needed, at) = FURTHER;
    let answer = last.answer(prompt, About::Session)?;
    let is_needed = answer.fields.get(needed).is_some_and(|said| said.words() == "yes");
    let at = answer.fields.get(at).and_then(|at| due::instant(at.words()));
    is_needed.then_some(NotHeld { session: next, at })
}
