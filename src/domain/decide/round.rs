//! One voice at a time: the order, the floor, what is shared, and moving on.

use chrono::{DateTime, Utc};

use super::informing::next_contribution;
use super::limiting::released_under;
use super::{Decision, Situation, asking, immediate, next, preparing, promised};
use crate::domain::agenda::skipped;
use crate::domain::event::{Event, Fields};
use crate::domain::floor::{
    Contribution, Mode, MoveOnReason, Release, Source, Turn, TurnState, Whose, holds_back, place_of,
};
use crate::domain::gaps::{HISTORY, asked_of};
use crate::domain::hearing::not_heard;
use crate::domain::ids::{AccountId, MessageId, SeatId, TurnId};
use crate::domain::limits::{Item, Readers};
use crate::domain::refusal::Refusal;
use crate::domain::session::Session;
use crate::domain::spoken::Spoken;
use crate::domain::stage::Stage;

/// The order of sharing, announced before the first turn and whenever it changes (TURN-03, TURN-16).
/// Turns already taken keep their place.
pub(super) fn set_order(situation: &Situation<'_>, order: &[Whose]) -> Decision {
    situation.chair()?;
    let session = situation.sitting()?;
    if session.stage > Stage::Sharing {
        return Err(Refusal::NotAtThisStage { stage: session.stage, needed: Stage::Sharing });
    }
    let taken = session.turns.iter().filter(|state| state.began_at.is_some());
    let mut turns: Vec<Turn> = taken.map(|state| state.turn.clone()).collect();
    for whose in order {
        match *whose {
            Whose::Seat(seat) => drop(situation.known(seat).and_then(|seat| situation.with_part(seat))?),
            Whose::Invitation(id) => drop(session.invitation(id).ok_or(Refusal::UnknownInvitation)?),
        }
        // Somebody the chair returned to has had a turn, and has another to come.
        let mut theirs = session.turns.iter().filter(|state| state.turn.whose == *whose).peekable();
        let has_any = theirs.peek().is_some();
        let waiting = theirs.find(|state| state.began_at.is_none());
        if waiting.is_none() && has_any {
            continue;
        }
        let largest = session.turns.iter().map(|state| state.turn.id.0).chain(turns.iter().map(|turn| turn.id.0));
        let id = waiting.map_or_else(|| TurnId(next(largest)), |state| state.turn.id);
        turns.push(Turn { id, whose: *whose });
    }
    Ok(vec![Event::OrderAnnounced { turns }])
}

/// Whoever has to go says when, and may ask to be taken first (SES-12).
pub(super) fn leave_by(situation: &Situation<'_>, at: DateTime<Utc>, first: bool) -> Decision {
    let seat = situation.admitted()?;
    if situation.session()?.stage >= Stage::Closed {
        return Err(Refusal::AlreadyClosed);
    }
    Ok(vec![Event::LeaveByGiven { seat, at, first }])
}

/// The order as it stands or would be proposed, with one of those still to come put before the others (SES-12).
pub(super) fn take_first(situation: &Situation<'_>, seat: SeatId) -> Decision {
    situation.chair()?;
    let first = Whose::Seat(situation.known(seat)?);
    let turns = order(situation, situation.sitting()?).into_iter().map(|turn| turn.whose);
    let others = turns.filter(|whose| *whose != first);
    set_order(situation, &std::iter::once(first).chain(others).collect::<Vec<_>>())
}

/// The order announced last, or the one proposed.
fn order(situation: &Situation<'_>, session: &Session) -> Vec<Turn> {
    if session.turns.is_empty() {
        return default_order(situation, session);
    }
    session.turns.iter().map(|state| state.turn.clone()).collect()
}

/// Everyone here and every written submission, by the procedure's order of agency kinds (G-06); those who asked to
/// be taken first come before the others (SES-12).
fn default_order(situation: &Situation<'_>, session: &Session) -> Vec<Turn> {
    let mut seats: Vec<SeatId> = session.here().filter(|seat| situation.case.has_part(*seat)).collect();
    seats.extend(
        session
            .submissions
            .iter()
            .map(|submission| submission.seat)
            .filter(|seat| !seats.contains(seat))
            .collect::<Vec<_>>(),
    );
    let order = &situation.facts.rules.procedure.sharing_order;
    let chair = session.chair();
    let place = |seat: &SeatId| {
        let is_chair = chair == Some(*seat);
        let written = session.submission(*seat).is_some();
        let asks_first = session.attendance.get(seat).and_then(|attendance| attendance.leave_by);
        let asks_first = asks_first.is_some_and(|leave_by| leave_by.first);
        (is_chair, !asks_first, written, place_of(situation.case.person(*seat).agency_kind, order), *seat)
    };
    seats.sort_by_key(place);
    let sharers = seats.into_iter().filter(|seat| chair != Some(*seat));
    sharers.enumerate().map(|(n, seat)| Turn { id: TurnId(n as u16 + 1), whose: Whose::Seat(seat) }).collect()
}

/// Moving on never waits for what is missing; the first turn begins with the sharing stage.
/// Over people who are here and were not heard, the round is closed with a press of its own (TURN-17).
pub(super) fn advance(situation: &Situation<'_>, from: Option<Stage>) -> Decision {
    situation.chair()?;
    let session = situation.sitting()?;
    let stage = session.stage.next().ok_or(Refusal::AlreadyDone)?;
    if from.is_some_and(|from| from != session.stage) {
        return Err(Refusal::AlreadyDone);
    }
    let shown = (stage > Stage::Risk && session.views_hidden).then_some(Event::ViewsShown);
    let mut events: Vec<_> = shown.into_iter().collect();
    events.extend(match stage {
        Stage::Sharing => begin_round(situation, session),
        Stage::Questions => {
            let who = still_waiting(situation, session);
            if !who.is_empty() {
                return Err(Refusal::NotHeard { who, speaking: session.floor.is_some() });
            }
            leave_round(situation, session)
        }
        Stage::ReadBack => vec![Event::StageEntered { stage }, Event::ReadBackGiven],
        stage => vec![Event::StageEntered { stage }],
    });
    if stage == Stage::Risk {
        events.extend(immediate::drafted(situation.case, promised::left_unanswered(situation).into_iter()));
    }
    Ok(events)
}

fn begin_round(situation: &Situation<'_>, session: &Session) -> Vec<Event> {
    let turns = order(situation, session);
    let first = turns.first().map(|turn| Event::FloorGiven { turn: turn.id });
    let announced = session.turns.is_empty().then_some(Event::OrderAnnounced { turns });
    announced.into_iter().chain([Event::StageEntered { stage: Stage::Sharing }]).chain(first).collect()
}

/// Those the round is not over for: whoever has the floor and has not said they are finished, and whoever is here and was
/// not heard.
pub(super) fn still_waiting(situation: &Situation<'_>, session: &Session) -> Vec<String> {
    let (case, not_heard) = (situation.case, not_heard(situation.case, session));
    let speaking = session.floor_holder().filter(|whose| !not_heard.iter().any(|seat| Whose::Seat(*seat) == *whose));
    let (name, role, _) = speaking.map(|whose| case.whose(whose)).unwrap_or_default();
    let speaking = speaking.map(|_| name.unwrap_or(role).to_owned());
    speaking.into_iter().chain(not_heard.iter().map(|seat| case.person(*seat).name.clone())).collect()
}

/// Nobody has the floor any more, and the questions begin.
pub(super) fn leave_round(situation: &Situation<'_>, session: &Session) -> Vec<Event> {
    let entered = Event::StageEntered { stage: Stage::Questions };
    std::iter::once(entered).chain(asking::begin(situation, session)).collect()
}

/// Why the session moved on, for everything that has no reason yet (GATE-13).
pub(super) fn explain_skipped(situation: &Situation<'_>, reason: &Spoken) -> Decision {
    situation.chair()?;
    let session = situation.session()?;
    if session.stage == Stage::Circulated {
        return Err(Refusal::AlreadyClosed);
    }
    let items = skipped(situation.case, &situation.facts.rules);
    if items.is_empty() {
        return Err(Refusal::NothingSkipped);
    }
    let reason = reason.clone().some().ok_or(Refusal::NothingGiven)?;
    Ok(vec![Event::SkipExplained { items, reason }])
}

/// Only the floor-holder's words are taken (TURN-05); the recorder may enter them, and social care may share
/// for a partner whose turn it is (TURN-14).
pub(super) fn share(
    situation: &Situation<'_>,
    seat: Option<SeatId>,
    on_behalf_of: Option<&Source>,
    fields: &Fields,
    readers: Option<&Readers>,
) -> Decision {
    let own = situation.admitted()?;
    situation.with_part(seat.unwrap_or(own))?;
    let stage = situation.session()?.stage;
    if stage < Stage::Sharing && seat.is_none_or(|seat| seat == own) && on_behalf_of.is_none() {
        return preparing::before_the_opening(situation, own, fields);
    }
    if stage > Stage::Sharing && on_behalf_of.is_none() {
        return supply(situation, own, seat.unwrap_or(own), fields);
    }
    let session = situation.sitting()?;
    if stage < Stage::Sharing {
        return Err(Refusal::NotOpenYet { waiting: Vec::new() });
    }
    let turn = session.current_turn().ok_or(Refusal::NotSharing)?;
    let speaker = match seat {
        Some(other) if other != own => {
            situation.chair_or_recorder()?;
            situation.known(other)?
        }
        _ => own,
    };
    let is_theirs = turn.turn.whose == Whose::Seat(speaker);
    let is_absent = is_absent(session, turn.turn.whose);
    let relays =
        situation.is_social_care(speaker) && is_absent && (on_behalf_of.is_some() || !is_written(session, turn));
    if !is_theirs && !relays {
        return Err(out_of_turn(situation, session, own));
    }
    // In an absent partner's turn it is for them, whether or not the source is stated: marked, and asked for again.
    let not_stated = (!is_theirs).then(Source::default);
    let on_behalf_of = on_behalf_of.cloned().or(not_stated);
    let contribution = Contribution {
        id: next_contribution(session),
        turn: Some(turn.turn.id),
        seat: speaker,
        mode: if on_behalf_of.is_some() { Mode::Relayed } else { Mode::Live },
        on_behalf_of,
        fields: fields.clone(),
        entered_by: (speaker != own).then_some(own),
    };
    let limit = released_under(situation, Item::Contribution(contribution.id), speaker, readers)?;
    Ok(limit.into_iter().chain([Event::Contributed { contribution }]).collect())
}

/// Its holder sent what is to be read out in it.
fn is_written(session: &Session, turn: &TurnState) -> bool {
    matches!(turn.turn.whose, Whose::Seat(seat) if session.submission(seat).is_some())
}

/// After the round only what a speaker was asked and could still say is taken, until the record is issued (INFO-17).
fn supply(situation: &Situation<'_>, own: SeatId, speaker: SeatId, fields: &Fields) -> Decision {
    let session = situation.session()?;
    let (case, rules) = (situation.case, &situation.facts.rules);
    let turn = session.turns.iter().find(|turn| turn.turn.whose == Whose::Seat(speaker) && turn.began_at.is_some());
    let asked = asked_of(case, session, rules, case.person(situation.known(speaker)?).agency_kind);
    let is_asked = |key: &String| key == HISTORY || asked.iter().any(|prompt| prompt.field(key).is_some());
    let Some(turn) = turn.filter(|_| session.stage <= Stage::Minutes && fields.keys().all(is_asked)) else {
        situation.sitting()?;
        return Err(Refusal::NotSharing);
    };
    if speaker != own {
        situation.chair_or_recorder()?;
    }
    let contribution = Contribution {
        id: next_contribution(session),
        turn: Some(turn.turn.id),
        seat: speaker,
        mode: Mode::Live,
        on_behalf_of: None,
        fields: fields.clone(),
        entered_by: (speaker != own).then_some(own),
    };
    Ok(vec![Event::Contributed { contribution }])
}

fn is_absent(session: &Session, whose: Whose) -> bool {
    match whose {
        Whose::Seat(seat) => !session.attendance.get(&seat).is_some_and(|attendance| attendance.is_here()),
        Whose::Invitation(_) => true,
    }
}

/// Says who has the floor and how soon one's own turn comes.
fn out_of_turn(situation: &Situation<'_>, session: &Session, own: SeatId) -> Refusal {
    let Some(Whose::Seat(holder)) = session.floor_holder() else { return Refusal::NobodysTurn };
    let ahead = session.turns.iter().filter(|state| state.ended.is_none());
    let place = ahead.map(|state| state.turn.whose).position(|whose| whose == Whose::Seat(own));
    let holder = situation.case.person(holder);
    Refusal::NotYourTurn { holder: holder.name.clone(), holder_role: holder.role.clone(), place }
}

/// What is typed while another has the floor is in nobody's record, and in a strict procedure out of the channel too.
/// Never refused: nobody asked (TURN-05).
pub(super) fn hold_back(situation: &Situation<'_>, message: MessageId, account: AccountId) -> Vec<Event> {
    let is_held_back = holds_back(situation.case, situation.facts.rules.procedure, account);
    let held_back = Event::MessageHeldBack { message, account, seat: situation.facts.seat };
    is_held_back.then_some(held_back).into_iter().collect()
}

/// A written submission takes its turn under its author's name (INFO-23).
pub(super) fn read_out(situation: &Situation<'_>) -> Decision {
    situation.chair_or_recorder()?;
    let session = situation.sitting()?;
    let turn = session.current_turn().ok_or(Refusal::NotSharing)?;
    let Whose::Seat(author) = turn.turn.whose else { return Err(Refusal::NothingSent) };
    let submission = session.submission(author).ok_or(Refusal::NothingSent)?;
    if session.contributions.iter().any(|(contribution, _)| contribution.id == submission.id) {
        return Err(Refusal::AlreadyDone);
    }
    let contribution = Contribution { turn: Some(turn.turn.id), ..submission.clone() };
    let mut events = vec![Event::Contributed { contribution }];
    events.extend(pass_on(session, turn.turn.id, Release::Finished));
    Ok(events)
}

/// "I've finished": the floor goes to the next in the order (TURN-06).
pub(super) fn finish(situation: &Situation<'_>, turn: Option<TurnId>) -> Decision {
    release(situation, turn, Release::Finished)
}

/// Said and minuted, not silence (TURN-15).
pub(super) fn nothing_held(situation: &Situation<'_>, turn: Option<TurnId>) -> Decision {
    release(situation, turn, Release::NothingHeld)
}

fn release(situation: &Situation<'_>, turn: Option<TurnId>, how: Release) -> Decision {
    let own = situation.admitted()?;
    let session = situation.sitting()?;
    let turn = current(session, turn)?;
    let relayed_by_me = session.contributions.iter().any(|(contribution, _)| {
        contribution.turn == Some(turn.turn.id) && contribution.seat == own && contribution.mode == Mode::Relayed
    });
    if turn.turn.whose != Whose::Seat(own) && !relayed_by_me && situation.chair_or_recorder().is_err() {
        return Err(out_of_turn(situation, session, own));
    }
    Ok(pass_on(session, turn.turn.id, how))
}

/// The chair moves on, with a reason from the list (TURN-06).
pub(super) fn move_on(situation: &Situation<'_>, turn: Option<TurnId>, reason: MoveOnReason) -> Decision {
    situation.chair()?;
    let session = situation.sitting()?;
    let turn = current(session, turn)?;
    Ok(pass_on(session, turn.turn.id, Release::MovedOn(reason)))
}

/// The turn under way; one that was meant and is over was ended by somebody else meanwhile.
fn current(session: &Session, meant: Option<TurnId>) -> Result<&TurnState, Refusal> {
    let is_over = |id: &TurnId| session.turn(*id).is_some_and(|state| state.ended.is_some());
    if meant.as_ref().is_some_and(is_over) {
        return Err(Refusal::AlreadyDone);
    }
    session.current_turn().ok_or(Refusal::NotSharing)
}

/// Ends a turn and gives the floor to the next; after the last, the chair moves to the questions.
fn pass_on(session: &Session, turn: TurnId, how: Release) -> Vec<Event> {
    let mut events = vec![Event::FloorReleased { turn, how }];
    events.extend(session.next_turn().map(|next| Event::FloorGiven { turn: next.turn.id }));
    events
}
