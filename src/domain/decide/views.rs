//! Collecting the agencies' views unseen, and showing them together (RISK-04).

use std::collections::BTreeSet;

use super::{Decision, Situation};
use crate::domain::event::Event;
use crate::domain::ids::SeatId;
use crate::domain::refusal::Refusal;
use crate::domain::session::Session;
use crate::domain::stage::Stage;

/// From now on no view is shown until all are in, or the chair says.
pub(super) fn hide(situation: &Situation<'_>) -> Decision {
    situation.chair()?;
    let session = situation.sitting()?;
    if session.stage > Stage::Risk {
        return Err(Refusal::NotAtThisStage { stage: session.stage, needed: Stage::Risk });
    }
    if session.views_hidden { Err(Refusal::AlreadyDone) } else { Ok(vec![Event::ViewsHidden]) }
}

/// The chair has seen enough.
pub(super) fn show(situation: &Situation<'_>) -> Decision {
    situation.chair()?;
    if situation.session()?.views_hidden { Ok(vec![Event::ViewsShown]) } else { Err(Refusal::AlreadyDone) }
}

/// They are shown with the last of those here: `by` has just given theirs.
pub(super) fn shown_with_the_last(
    situation: &Situation<'_>,
    session: &Session,
    prompt: &str,
    by: SeatId,
) -> Option<Event> {
    let agency = |seat: SeatId| situation.case.person(seat).agency.as_str();
    let given = session.answers(prompt).map(|(draft, _)| draft.entered_by).chain([by]);
    let given: BTreeSet<_> = given.map(agency).collect();
    let mut asked = session.here().filter(|seat| situation.case.has_part(*seat));
    let are_all_in = asked.all(|seat| given.contains(agency(seat)));
    (session.views_hidden && are_all_in).then_some(Event::ViewsShown)
}
