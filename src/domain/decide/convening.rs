//! From the referral to the last answer to an invitation.

use chrono::{DateTime, Utc};

use super::door::guest_takes_part;
use super::{Decision, Situation, may_convene, next};
use crate::domain::agreement;
use crate::domain::amendment::Amendment;
use crate::domain::attendance::{Invitation, Invitee, Means, Seat};
use crate::domain::case::Case;
use crate::domain::event::{Event, Fields, Held, Pinned, SessionForm};
use crate::domain::facts::Facts;
use crate::domain::floor::{Contribution, Mode};
use crate::domain::ids::{AdultId, ChildId, CodeName, ContributionId, InvitationId, SeatId, SessionNo};
use crate::domain::people::Person;
use crate::domain::referral::{Adult, Child, Referral};
use crate::domain::refusal::Refusal;
use crate::domain::spoken::Spoken;
use crate::domain::stage::Stage;

/// Opens the case and seats whoever registers it, who convenes it too.
pub(super) fn register(
    case: Option<&Case>,
    code_name: &CodeName,
    pinned: &Pinned,
    referral: &Referral,
    facts: &Facts<'_>,
) -> Decision {
    if case.is_some() {
        return Err(Refusal::AlreadyDone);
    }
    let person = facts.person.ok_or(Refusal::NotEnrolled)?;
    may_convene(person, &facts.rules.procedure.convenor)?;
    let seat = own_seat(SeatId(1), person, None);
    Ok(vec![
        Event::ReferralRegistered { code_name: code_name.clone(), pinned: pinned.clone(), referral: referral.clone() },
        Event::SeatTaken { seat },
    ])
}

/// Until the record is issued whoever convenes or chairs may supply or put right what is known of the referral.
pub(super) fn amend(situation: &Situation<'_>, amendment: &Amendment) -> Decision {
    situation.convenor()?;
    if situation.case.session().is_some_and(|session| session.stage == Stage::Circulated) {
        return Err(Refusal::AlreadyClosed);
    }
    if amendment.is_empty() {
        return Err(Refusal::NothingGiven);
    }
    Ok(vec![Event::ReferralAmended { amendment: Box::new(amendment.clone()) }])
}

pub(super) fn list_child(situation: &Situation<'_>, child: &Child) -> Decision {
    situation.convenor()?;
    let id = ChildId(next(situation.case.children.iter().map(|child| child.id.0)));
    Ok(vec![Event::ChildListed { child: Child { id, ..child.clone() } }])
}

pub(super) fn list_adult(situation: &Situation<'_>, adult: &Adult) -> Decision {
    situation.convenor()?;
    let id = AdultId(next(situation.case.adults.iter().map(|adult| adult.id.0)));
    Ok(vec![Event::AdultListed { adult: Adult { id, ..adult.clone() } }])
}

/// Sends for the chair at once; the others are invited as they are chosen (SES-19).
pub(super) fn convene(
    situation: &Situation<'_>,
    form: SessionForm,
    complex: bool,
    starts_at: Option<DateTime<Utc>>,
    held: Held,
    chair: Option<&Person>,
) -> Decision {
    may_convene(situation.person()?, &situation.facts.rules.procedure.convenor)?;
    situation.registered()?;
    if situation.case.session().is_some_and(|session| session.stage < Stage::Closed) {
        return Err(Refusal::SessionUnderWay);
    }
    let convenor = situation.seat()?;
    let chair = chair.filter(|person| person.account != situation.case.person(convenor).account);
    let chair_invitation = chair.map(|person| Invitation {
        id: next_invitation(situation.case),
        to: Invitee::Person(person.clone()),
        statutory: true,
    });
    let mut events = vec![
        Event::SessionConvened {
            session: SessionNo(next(situation.case.sessions.iter().map(|session| session.no.0))),
            form,
            complex,
            starts_at,
            held,
            convenor,
            chair: chair_invitation.as_ref().map(|invitation| invitation.id),
            recorder: convenor,
        },
        Event::MeetingConfirmed { seat: convenor },
        Event::Introduced {
            seat: convenor,
            authorised: true,
            basis: None,
            by_enrolment: true,
            authority_not_stated: false,
        },
    ];
    events.extend(chair_invitation.map(|invitation| Event::Invited { invitation }));
    Ok(events)
}

/// Gives the start or changes it, until the session opens (REF-07). Only a later start puts it back (TIM-08).
pub(super) fn reschedule(situation: &Situation<'_>, starts_at: DateTime<Utc>, for_attendance: bool) -> Decision {
    situation.convenor()?;
    let session = situation.session()?;
    if session.stage > Stage::Gathering {
        return Err(Refusal::NotAtThisStage { stage: session.stage, needed: Stage::Gathering });
    }
    let put_back = for_attendance && session.starts_at.is_some_and(|earlier| starts_at > earlier);
    Ok(vec![Event::SessionRescheduled { starts_at, put_back }])
}

/// A manager the rule names agrees to a discussion, for themselves (REF-10). They need a seat or an invitation, and
/// no door: it may be all they have to do with it.
pub(super) fn agree(situation: &Situation<'_>) -> Decision {
    let person = situation.person()?;
    let session = situation.session()?;
    if situation.facts.seat.is_none() && !session.invitations.iter().any(|state| state.invitation.to.means(person)) {
        return Err(Refusal::NotSeated);
    }
    if session.form != SessionForm::Discussion {
        return Err(Refusal::NoAgreementNeeded);
    }
    let procedure = situation.facts.rules.procedure;
    let line = agreement::line_of(person, procedure).ok_or_else(|| Refusal::NotYoursToAgree {
        managers: procedure.agreement.iter().map(|line| line.label.clone()).collect(),
    })?;
    if session.stage > Stage::Minutes {
        return Err(Refusal::AlreadyClosed);
    }
    if session.agreements.iter().any(|agreement| agreement.line == line.role) {
        return Err(Refusal::AlreadyDone);
    }
    Ok(vec![Event::AgreementGiven { line: line.role.clone(), rank: person.rank.clone() }])
}

pub(super) fn invite(situation: &Situation<'_>, to: &Invitee) -> Decision {
    situation.convenor()?;
    let session = situation.session()?;
    let minimum = situation.facts.rules.procedure.minimum.of(session.form);
    let role_code = match to {
        Invitee::Agency { role_code, .. } => role_code,
        Invitee::Person(person) => &person.role_code,
    };
    let statutory = minimum.iter().flat_map(|line| &line.any_of).any(|line| line.asks_for(to.kind(), role_code));
    let id = next_invitation(situation.case);
    Ok(vec![Event::Invited { invitation: Invitation { id, to: to.clone(), statutory } }])
}

/// A guest's seat: named, vouched for, and never in the channel (INV-34).
pub(super) fn vouch(situation: &Situation<'_>, person: &Person, means: Means, knows_child: bool) -> Decision {
    situation.convenor()?;
    let person = Person { account: None, ..person.clone() };
    let seat = Seat {
        id: next_seat(situation.case),
        person,
        means,
        knows_child,
        vouched_by: situation.facts.seat,
        invitation: None,
    };
    Ok(guest_takes_part(situation, &seat))
}

/// Counted through the whole case, so that a card of an earlier session answers no invitation to a later one.
fn next_invitation(case: &Case) -> InvitationId {
    let sent = case.sessions.iter().flat_map(|session| &session.invitations);
    InvitationId(next(sent.map(|state| state.invitation.id.0)))
}

/// The seat of somebody enrolled, who takes part in the chat.
pub(super) fn own_seat(id: SeatId, person: &Person, invitation: Option<InvitationId>) -> Seat {
    Seat { id, person: person.clone(), means: Means::Chat, knows_child: false, vouched_by: None, invitation }
}

pub(super) fn next_seat(case: &Case) -> SeatId {
    SeatId(next(case.seats.iter().map(|seat| seat.id.0)))
}

/// The practitioner who accepts takes the seat, by name (need to know).
pub(super) fn accept(situation: &Situation<'_>, invitation: InvitationId) -> Decision {
    let person = situation.person()?;
    let session = situation.session()?;
    if session.stage >= Stage::Closed {
        return Err(Refusal::AlreadyClosed);
    }
    let state = session.invitation(invitation).ok_or(Refusal::UnknownInvitation)?;
    if let Some(holder) = state.seat {
        return Err(Refusal::AlreadyTaken { by: situation.name_of(Some(holder)) });
    }
    if !state.invitation.to.means(person) {
        return Err(Refusal::NotYourInvitation { agency: state.invitation.to.agency().to_owned() });
    }
    if let Some(seat) = situation.facts.seat {
        // A seat lasts as long as the case; each session is accepted anew (REF-14).
        return match session.attendance.get(&seat) {
            Some(attendance) if attendance.excluded.is_some() => Err(Refusal::Excluded),
            Some(attendance) if attendance.is_expected() => Err(Refusal::AlreadyDone),
            _ => Ok(vec![Event::InvitationAccepted { invitation, seat }]),
        };
    }
    let seat = own_seat(next_seat(situation.case), person, Some(invitation));
    let accepted = Event::InvitationAccepted { invitation, seat: seat.id };
    Ok(vec![Event::SeatTaken { seat }, accepted])
}

pub(super) fn decline(situation: &Situation<'_>, invitation: InvitationId, reason: &Spoken) -> Decision {
    let person = situation.person()?;
    let state = situation.session()?.invitation(invitation).ok_or(Refusal::UnknownInvitation)?;
    if state.invitation.to.agency() != person.agency {
        return Err(Refusal::NotYourInvitation { agency: state.invitation.to.agency().to_owned() });
    }
    Ok(vec![Event::InvitationDeclined { invitation, reason: reason.clone() }])
}

/// The look-up sheet: after acceptance, by the person who accepted, and logged (INV-20).
pub(super) fn look_up(situation: &Situation<'_>) -> Decision {
    let seat = situation.seat()?;
    let attendance = situation.session()?.attendance.get(&seat).ok_or(Refusal::NotSeated)?;
    if attendance.excluded.is_some() {
        return Err(Refusal::Excluded);
    }
    if !attendance.is_expected() {
        return Err(Refusal::NotSeated);
    }
    Ok(vec![Event::LookUpOpened { seat }])
}

/// What an absentee sends goes to the chair at once and is read in its turn (INV-25, INFO-23).
pub(super) fn send_information(situation: &Situation<'_>, seat: Option<SeatId>, fields: &Fields) -> Decision {
    let own = situation.seat()?;
    let seat = match seat {
        Some(other) if other != own => {
            situation.convenor().or_else(|_| situation.chair_or_recorder().map(drop))?;
            situation.known(other)?
        }
        _ => own,
    };
    let session = situation.session()?;
    if session.stage >= Stage::Closed {
        return Err(Refusal::AlreadyClosed);
    }
    let contribution = Contribution {
        id: next_contribution(session),
        turn: None,
        seat,
        mode: Mode::Written,
        on_behalf_of: None,
        fields: fields.clone(),
        entered_by: (seat != own).then_some(own),
    };
    Ok(vec![Event::InformationSent { contribution }])
}

pub(super) fn next_contribution(session: &crate::domain::session::Session) -> ContributionId {
    let spoken = session.contributions.iter().map(|(contribution, _)| contribution.id.0);
    ContributionId(next(spoken.chain(session.submissions.iter().map(|submission| submission.id.0))))
}
