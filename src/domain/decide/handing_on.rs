//! Seats that change hands: to a colleague (SES-16), and out of the hands of somebody who left (SES-17).

use super::door::with_quorum;
use super::invitations::next_invitation;
use super::seats::{next_seat, own_seat};
use super::{Decision, Situation};
use crate::domain::attendance::{Invitation, Invitee, Seat};
use crate::domain::event::Event;
use crate::domain::ids::{AccountId, SeatId};
use crate::domain::leaving::left_behind;
use crate::domain::people::Person;
use crate::domain::procedure::fits;
use crate::domain::refusal::Refusal;
use crate::domain::session::Session;
use crate::domain::stage::Stage;

/// To a colleague of the same agency. Open actions go over at once; the colleague accepts, looks up and comes to the
/// door like anybody who is asked.
pub(super) fn hand_on(situation: &Situation<'_>, from: Option<SeatId>, to: &Person) -> Decision {
    let session = situation.session()?;
    let own = situation.facts.seat;
    let from = match from.filter(|from| Some(*from) != own) {
        None => own_to_hand_on(situation, session)?,
        Some(seat) => left(situation, seat)?,
    };
    let holder = situation.case.person(from);
    if to.agency != holder.agency {
        return Err(Refusal::OtherAgency { agency: holder.agency.clone() });
    }
    if to.account == holder.account {
        return Err(Refusal::AlreadyDone);
    }
    let seated = situation.case.seats.iter().rev().find(|seat| seat.person.account == to.account);
    let seated = seated
        .map(|seat| seat.id)
        .filter(|seat| session.attendance.get(seat).is_some_and(|attendance| attendance.excluded.is_none()));
    let support = situation.case.seat(from).and_then(|seat| seat.support.clone());
    let is_coming = seated.and_then(|seat| session.attendance.get(&seat)).is_some_and(|at| at.is_expected());
    let invited = (!is_coming && session.stage < Stage::Closed).then(|| {
        let statutory = session.invitation_of(from).is_some_and(|state| state.invitation.statutory);
        let id = next_invitation(situation.case);
        Invitation { statutory, support: support.clone(), ..Invitation::new(id, Invitee::Person(to.clone())) }
    });
    let seat = seated.unwrap_or_else(|| next_seat(situation.case));
    let taken = own_seat(seat, to, invited.as_ref().map(|invitation| invitation.id));
    let taken = Seat { support, ..taken };
    let mut events: Vec<_> = invited.into_iter().map(|invitation| Event::Invited { invitation }).collect();
    events.extend(seated.is_none().then_some(Event::SeatTaken { seat: taken }));
    events.push(Event::SeatHandedOn { from, to: seat });
    Ok(with_quorum(situation, events))
}

/// The chair is handed over first, so that a session always has one.
fn own_to_hand_on(situation: &Situation<'_>, session: &Session) -> Result<SeatId, Refusal> {
    let own = situation.seat()?;
    if session.attendance.get(&own).is_none_or(|attendance| attendance.excluded.is_some()) {
        return Err(Refusal::Excluded);
    }
    if session.chair() == Some(own) && session.stage < Stage::Circulated {
        return Err(Refusal::ChairFirst);
    }
    Ok(own)
}

/// The seat of somebody who left: whoever convenes or chairs hands it on, or a manager of their agency.
fn left(situation: &Situation<'_>, seat: SeatId) -> Result<SeatId, Refusal> {
    let holder = situation.case.seat(seat).ok_or_else(|| Refusal::UnknownSeat { given: seat.to_string() })?;
    if !situation.case.has_left(seat) {
        return Err(Refusal::SeatHeld { who: holder.person.name.clone() });
    }
    let managers = &situation.facts.rules.procedure.agency_managers;
    let manages = |person: &Person| person.agency == holder.person.agency && fits(person, managers);
    if !situation.facts.person.is_some_and(manages) {
        situation.convenor()?;
    }
    Ok(seat)
}

/// Every seat of that account ends, whatever the session is at.
pub(super) fn end_seats(situation: &Situation<'_>, account: AccountId) -> Decision {
    let theirs = situation.case.seats.iter().filter(|seat| seat.person.account == Some(account));
    let lasting = theirs.filter(|seat| !situation.case.ended_seats.contains_key(&seat.id));
    let left: Vec<_> = lasting.map(|seat| Event::OwnerLeft { seat: seat.id }).collect();
    Ok(if left.is_empty() { left } else { with_quorum(situation, left) })
}

/// Chased each day until nothing stands under the name of somebody who left.
pub(super) fn chased(situation: &Situation<'_>) -> Option<Event> {
    (!left_behind(situation.case).is_empty()).then_some(Event::LeaversChased)
}
