//! Adjourning and resuming: one session, with everything carried (SES-01, SES-02); item zero in lines of words (SAFE-04);
//! and what is handed over to the out-of-hours team (SES-03).

use super::door::{introduced_unasked, quorum_now};
use super::{Decision, Situation, entries, opening};
use crate::domain::adjournment::Interim;
use crate::domain::decision::Entry;
use crate::domain::event::Event;
use crate::domain::handover::{current, is_out_of_hours};
use crate::domain::ids::{SeatId, TurnId};
use crate::domain::item_zero::{self, ITEM_ZERO};
use crate::domain::prompt::{About, Answer};
use crate::domain::refusal::Refusal;
use crate::domain::session::Session;
use crate::domain::spoken::Spoken;
use crate::domain::stage::Stage;

/// At any stage, and with any part of it missing. The handover is made with it.
pub(super) fn adjourn(situation: &Situation<'_>, interim: &Interim, safety: &Spoken) -> Decision {
    if situation.session()?.adjourned().is_some() {
        return supply(situation, interim, safety);
    }
    let chair = situation.chair()?;
    situation.sitting()?;
    let mut events = vec![Event::SessionAdjourned { interim: interim.clone() }];
    events.extend(safety_said(situation, chair, &events, safety));
    events.push(Event::HandoverMade);
    Ok(events)
}

/// More of what was asked at the adjournment; the chair stands outside by then.
fn supply(situation: &Situation<'_>, interim: &Interim, safety: &Spoken) -> Decision {
    let chair = situation.is_chair()?;
    let mut events = Vec::new();
    events.extend((!interim.is_empty()).then(|| Event::InterimSupplied { interim: interim.clone() }));
    events.extend(safety_said(situation, chair, &events, safety));
    if events.is_empty() { Err(Refusal::NothingGiven) } else { Ok(events) }
}

/// What lines of words answer to item zero, after these events; what can't be kept as an answer stays open.
pub(super) fn safety_said(situation: &Situation<'_>, own: SeatId, before: &[Event], safety: &Spoken) -> Vec<Event> {
    let mut events = Vec::new();
    for (child, fields) in item_zero::read(safety.words(), &situation.case.children) {
        let so_far: Vec<_> = before.iter().chain(&events).cloned().collect();
        let after = situation.after(&so_far);
        let answer = Answer::new(ITEM_ZERO, About::Child(child), fields);
        let answered = entries::entered(&Situation::new(&after, situation.facts), own, &Entry::Answer(answer));
        events.extend(answered.unwrap_or_default());
    }
    events
}

/// At the stage it had come to, with how the minimum stands now; whoever was speaking speaks next. Whoever has confirmed
/// and said no more comes in as at the opening.
pub(super) fn resume(situation: &Situation<'_>) -> Decision {
    situation.chair()?;
    let session = situation.session()?;
    let adjourned = session.adjourned().ok_or(Refusal::NotAdjourned)?;
    let introduced = opening::not_introduced(session);
    let mut events: Vec<_> = introduced.iter().map(|seat| introduced_unasked(*seat, true)).collect();
    let convenor = Some(session.convenor).filter(|seat| !is_here(session, *seat));
    events.extend(convenor.into_iter().chain(introduced).map(|seat| Event::Arrived { seat }));
    let after = situation.after(&events);
    let gathered = Situation::new(&after, situation.facts);
    events.push(Event::SessionResumed { quorum: quorum_now(&gathered, gathered.session()?) });
    let is_over = |turn: &TurnId| session.turn(*turn).is_none_or(|state| state.ended.is_some());
    let speaking = adjourned.floor.filter(|turn| !is_over(turn));
    // Where nobody was speaking, whoever was put at the end of the order meanwhile is next.
    let waiting = || session.next_turn().map(|state| state.turn.id);
    let turn = speaking.or_else(waiting).filter(|_| session.stage == Stage::Sharing);
    events.extend(turn.map(|turn| Event::FloorGiven { turn }));
    Ok(events)
}

fn is_here(session: &Session, seat: SeatId) -> bool {
    session.here().any(|here| here == seat)
}

/// On request once the session has closed; at an adjournment it is there already.
pub(super) fn make_handover(situation: &Situation<'_>) -> Decision {
    situation.chair_or_recorder().map(drop).or_else(|_| situation.convenor())?;
    let session = situation.session()?;
    if session.opened_at.is_none() || (session.stage < Stage::Closed && session.adjourned().is_none()) {
        return Err(Refusal::NotAtThisStage { stage: session.stage, needed: Stage::Closed });
    }
    if current(session).is_some() { Err(Refusal::AlreadyDone) } else { Ok(vec![Event::HandoverMade]) }
}

/// By whoever has the out-of-hours role, with or without a seat, and by those who make it. Each time it is logged.
pub(super) fn read_handover(situation: &Situation<'_>) -> Decision {
    let person = situation.person()?;
    let session = situation.session()?;
    current(session).ok_or(Refusal::NoHandover)?;
    let is_theirs = situation.convenor().is_ok() || situation.is_chair().is_ok();
    if is_theirs || is_out_of_hours(person, situation.facts.rules.procedure) {
        Ok(vec![Event::HandoverRead])
    } else {
        Err(Refusal::NotYoursToRead)
    }
}
