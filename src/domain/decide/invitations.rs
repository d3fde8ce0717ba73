//! Invitations: who is asked, who answers, and who is asked no more.

use super::door::with_quorum;
use super::seats::{next_seat, own_seat};
use super::{Decision, Situation, informing, next};
use crate::domain::attendance::{Invitation, InvitationState, Invitee, Means, Reach, Seat};
use crate::domain::case::Case;
use crate::domain::event::{Event, Fields};
use crate::domain::floor::Whose;
use crate::domain::ids::{InvitationId, SeatId};
use crate::domain::people::{AgencyContacts, AgencyKind, Person};
use crate::domain::procedure::Required;
use crate::domain::refusal::Refusal;
use crate::domain::session::Session;
use crate::domain::spoken::Spoken;
use crate::domain::stage::Stage;

/// An agency, or a person by name. Of a kind of agency that is asked by name only, nobody else is (INV-33).
/// In a role that supports the session it is to a support seat, and meets no line of the minimum (SES-09).
pub(super) fn invite(situation: &Situation<'_>, to: &Invitee, reach: &Reach, support: Option<&str>) -> Decision {
    situation.convenor()?;
    let session = situation.session()?;
    let is_an_agency = matches!(to, Invitee::Agency { .. });
    if is_an_agency && situation.case.by_name_only.contains(&to.kind()) {
        return Err(Refusal::NamedPersonOnly { agency: to.agency().to_owned() });
    }
    let minimum = situation.facts.rules.procedure.minimum.of(session.form);
    let role_code = match to {
        Invitee::Agency { role_code, .. } => role_code,
        Invitee::Person(person) => &person.role_code,
    };
    let asks_for = |line: &Required| line.any_of.iter().any(|meant| meant.asks_for(to.kind(), role_code));
    let statutory = support.is_none() && minimum.iter().any(asks_for);
    let id = next_invitation(situation.case);
    let contacts = if is_an_agency { reach.contacts.clone() } else { AgencyContacts::default() };
    let support = support.map(str::to_owned);
    let invitation = Invitation { statutory, contacts, support, ..Invitation::new(id, to.clone()) };
    let mut events = vec![Event::Invited { invitation }];
    events.extend((is_an_agency && reach.by_mail).then_some(Event::MailboxNotified { invitation: id }));
    Ok(events)
}

/// Counted through the whole case, so that a card of an earlier session answers no invitation to a later one.
pub(super) fn next_invitation(case: &Case) -> InvitationId {
    let sent = case.sessions.iter().flat_map(|session| &session.invitations);
    InvitationId(next(sent.map(|state| state.invitation.id.0)))
}

/// One that can still be answered by this person.
fn answerable<'a>(
    session: &'a Session,
    invitation: InvitationId,
    person: &Person,
) -> Result<&'a InvitationState, Refusal> {
    if session.stage >= Stage::Closed {
        return Err(Refusal::AlreadyClosed);
    }
    let state = session.invitation(invitation).ok_or(Refusal::UnknownInvitation)?;
    if !state.invitation.to.means(person) {
        return Err(Refusal::NotYourInvitation { agency: state.invitation.to.agency().to_owned() });
    }
    if state.is_withdrawn() { Err(Refusal::InvitationWithdrawn) } else { Ok(state) }
}

/// The practitioner who accepts takes the seat, by name (need to know). Where a kind of agency is asked by name only,
/// they say first whether they know or manage the person of concern; whoever does is asked no more (INV-33).
pub(super) fn accept(situation: &Situation<'_>, invitation: InvitationId, conflict: Option<bool>) -> Decision {
    let person = situation.person()?;
    let session = situation.session()?;
    let state = answerable(session, invitation, person)?;
    if let Some(holder) = state.seat {
        return Err(Refusal::AlreadyTaken { by: situation.name_of(Some(holder)) });
    }
    let mut events = Vec::new();
    if situation.case.by_name_only.contains(&state.invitation.to.kind()) && state.conflict.is_none() {
        let conflict = conflict.ok_or(Refusal::ConflictFirst { invitation })?;
        events.push(Event::ConflictAnswered { invitation, conflict });
        if conflict {
            return Ok(events);
        }
    }
    let lasts = |seat: &SeatId| !situation.case.ended_seats.contains_key(seat);
    if let Some(seat) = situation.facts.seat.filter(lasts) {
        // A seat lasts as long as the case; each session is accepted anew (REF-14).
        match session.attendance.get(&seat) {
            Some(attendance) if attendance.excluded.is_some() => return Err(Refusal::Excluded),
            Some(attendance) if attendance.is_expected() => return Err(Refusal::AlreadyDone),
            _ => events.push(Event::InvitationAccepted { invitation, seat }),
        }
        return Ok(events);
    }
    let support = state.invitation.support.clone();
    let seat = Seat { support, ..own_seat(next_seat(situation.case), person, Some(invitation)) };
    let accepted = Event::InvitationAccepted { invitation, seat: seat.id };
    events.extend([Event::SeatTaken { seat }, accepted]);
    Ok(events)
}

/// Whoever declines may send information with it, and then has a seat to which it belongs (INV-25).
pub(super) fn decline(
    situation: &Situation<'_>,
    invitation: InvitationId,
    reason: &Spoken,
    fields: &Fields,
) -> Decision {
    let person = situation.person()?;
    let session = situation.session()?;
    let state = answerable(session, invitation, person)?;
    let own = situation.facts.seat;
    if state.seat.is_some() && state.seat != own {
        return Err(Refusal::AlreadyTaken { by: situation.name_of(state.seat) });
    }
    if own.and_then(|seat| session.attendance.get(&seat)).is_some_and(|at| at.introduced.is_some()) {
        return Err(Refusal::AlreadyDone);
    }
    let mut events = Vec::new();
    let seat = own.unwrap_or_else(|| next_seat(situation.case));
    if own.is_none() && !fields.is_empty() {
        let seat = Seat { means: Means::WrittenOnly, ..own_seat(seat, person, Some(invitation)) };
        events.push(Event::SeatTaken { seat });
    }
    if !fields.is_empty() {
        events.push(Event::InformationSent { contribution: informing::written(session, seat, fields, None) });
    }
    let by = (own.is_some() || !fields.is_empty()).then_some(seat);
    events.push(Event::InvitationDeclined { invitation, reason: reason.clone(), by });
    Ok(events)
}

/// Whoever declined names a colleague of the same agency to be invited instead (INV-25).
pub(super) fn send_deputy(situation: &Situation<'_>, deputy: &Person) -> Decision {
    let person = situation.person()?;
    let session = situation.session()?;
    if session.stage >= Stage::Closed {
        return Err(Refusal::AlreadyClosed);
    }
    if deputy.agency != person.agency {
        return Err(Refusal::OtherAgency { agency: person.agency.clone() });
    }
    let declined = session.invitations.iter().rev();
    let mut declined = declined.filter(|state| state.is_declined() && state.invitation.to.means(person));
    let declined = &declined.next().ok_or(Refusal::NothingDeclined)?.invitation;
    let id = next_invitation(situation.case);
    let instead_of = Some(declined.id);
    let to = Invitee::Person(deputy.clone());
    Ok(vec![Event::Invited {
        invitation: Invitation { statutory: declined.statutory, instead_of, ..Invitation::new(id, to) },
    }])
}

/// A person is stood down at once, and an invitation nobody has taken up is withdrawn; both stay in the record (INV-30,
/// SEC-14). Once the session is open it is the chair's to do.
pub(super) fn stand_down(situation: &Situation<'_>, who: Whose, reason: &Spoken) -> Decision {
    let session = situation.session()?;
    if session.opened_at.is_some() {
        situation.chair()?;
    } else {
        situation.convenor()?;
    }
    let seat = match who {
        Whose::Seat(seat) => Some(situation.known(seat)?),
        Whose::Invitation(id) => session.invitation(id).ok_or(Refusal::UnknownInvitation)?.seat,
    };
    match (seat, who) {
        (Some(seat), _) if session.attendance.get(&seat).is_some_and(|at| at.excluded.is_some()) => {
            Err(Refusal::AlreadyDone)
        }
        (Some(seat), _) => Ok(with_quorum(situation, vec![Event::StoodDown { seat, reason: reason.clone() }])),
        (None, Whose::Invitation(id)) if session.invitation(id).is_some_and(InvitationState::is_withdrawn) => {
            Err(Refusal::AlreadyDone)
        }
        (None, Whose::Invitation(invitation)) => {
            Ok(vec![Event::InvitationWithdrawn { invitation, reason: reason.clone().some() }])
        }
        (None, Whose::Seat(seat)) => Err(Refusal::UnknownSeat { given: seat.to_string() }),
    }
}

/// A worker of that kind of agency is of concern: from now on one person is asked by name, and nothing goes to where
/// colleagues read it. Cards that are out are withdrawn (INV-33).
pub(super) fn ask_by_name_only(situation: &Situation<'_>, kind: AgencyKind) -> Decision {
    situation.convenor()?;
    if situation.case.by_name_only.contains(&kind) {
        return Err(Refusal::AlreadyDone);
    }
    let sent = situation.case.session().into_iter().flat_map(|session| &session.invitations);
    let out = sent.filter(|state| {
        let is_of_the_kind = state.invitation.to.kind() == kind && state.invitation.to.name().is_none();
        is_of_the_kind && state.seat.is_none() && !state.is_withdrawn()
    });
    let withdrawn = out.map(|state| Event::InvitationWithdrawn { invitation: state.invitation.id, reason: None });
    Ok(std::iter::once(Event::ByNameOnlySet { agency_kind: kind }).chain(withdrawn).collect())
}

/// The look-up sheet: after acceptance, by the person who accepted, and logged (INV-20).
pub(super) fn look_up(situation: &Situation<'_>) -> Decision {
    Ok(vec![Event::LookUpOpened { seat: situation.expected()? }])
}
