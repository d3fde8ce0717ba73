//! The handover for the out-of-hours team: made at an adjournment and on request at a close, read by whoever has that role,
//! each time logged (SES-03). What it says is compiled from the record, in `minutes::handover`.

use chrono::{DateTime, Utc};

use super::event::Actor;
use super::people::Person;
use super::procedure::{Procedure, fits};
use super::session::Session;
use super::stage::Stage;

/// One handover, and everybody who read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handover {
    pub at: DateTime<Utc>,
    pub read: Vec<(Actor, DateTime<Utc>)>,
}

/// The one that can be read now: of the adjournment under way, or of a session that closed. Once a session goes on, what
/// was handed over is out of date.
pub fn current(session: &Session) -> Option<&Handover> {
    let last = session.handovers.last()?;
    let holds = match session.adjourned() {
        Some(adjourned) => last.at >= adjourned.at,
        None => session.stage >= Stage::Closed,
    };
    holds.then_some(last)
}

/// Whether somebody has the out-of-hours role.
pub fn is_out_of_hours(person: &Person, procedure: &Procedure) -> bool {
    fits(person, &procedure.out_of_hours)
}
