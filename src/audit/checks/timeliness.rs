//! Timeliness: held in time, why at that time, and the record sent out in time (AUD-03).

use super::{Check, Found, Sitting, answered};
use crate::audit::Head::Timeliness;
use crate::domain::deadlines::{Clock, DeadlineKind, deadline};
use crate::domain::event::Event;
use crate::domain::ids::SessionNo;

/// The question why it was held when it was.
const RATIONALE: &str = "timing_rationale";

pub(super) const CHECKS: &[Check] = &[
    Check { key: "held_in_time", head: Timeliness, duties: &["TIM-01", "TIM-07"], look: held_in_time },
    Check { key: "timing_rationale", head: Timeliness, duties: &["TIM-07", "MIN-07", "MIN-14"], look: rationale },
    Check { key: "circulated_in_time", head: Timeliness, duties: &["TIM-15", "MIN-19"], look: circulated },
];

/// Against the procedure's time for the first session; those after it have a time the people agreed on.
fn held_in_time(sitting: &Sitting<'_>) -> Found {
    let session = sitting.session();
    let due = deadline(DeadlineKind::HoldBy, &sitting.case, &sitting.rules).filter(|_| session.no == SessionNo(1));
    let Some(due) = due else { return Found::not_applicable() };
    let is_met = session.opened_at.is_some_and(|opened| opened <= due.due.at);
    Found::when(is_met, sitting.entries(|event| matches!(event, Event::SessionOpened { .. })))
}

fn rationale(sitting: &Sitting<'_>) -> Found {
    answered(sitting, RATIONALE)
}

/// A record whose time is not over yet is neither early nor late.
fn circulated(sitting: &Sitting<'_>) -> Found {
    let session = sitting.session();
    let clock = Clock { kind: DeadlineKind::Circulation, session: Some(session.no) };
    let Some(due) = deadline(clock, &sitting.case, &sitting.rules) else { return Found::not_applicable() };
    let sent = session.circulation.iter().map(|(_, at, _)| *at).min();
    match sent {
        None if sitting.now <= due.due.at => Found::not_applicable(),
        sent => {
            let is_met = sent.is_some_and(|sent| sent <= due.due.at);
            Found::when(is_met, sitting.entries(|event| matches!(event, Event::MinutesCirculated { .. })))
        }
    }
}
