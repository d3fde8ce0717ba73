//! From the referral to the convened session.

use chrono::{DateTime, Utc};

use super::family::with_what_to_find_out;
use super::invitations::next_invitation;
use super::seats::own_seat;
use super::{Decision, Situation, invitations, may_convene, next};
use crate::domain::agreement;
use crate::domain::amendment::Amendment;
use crate::domain::attendance::{Invitation, Invitee};
use crate::domain::case::Case;
use crate::domain::command::Party;
use crate::domain::event::{Event, Held, Pinned, SessionForm};
use crate::domain::facts::Facts;
use crate::domain::further::{asked_last_time, open_actions, planned_for};
use crate::domain::ids::{CodeName, SeatId, SessionNo};
use crate::domain::open_items::{OpenItem, open_items};
use crate::domain::people::Person;
use crate::domain::prompt::Prompt;
use crate::domain::referral::Referral;
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

/// The session to be convened.
pub(super) struct Wanted<'a> {
    pub form: SessionForm,
    pub complex: bool,
    pub starts_at: Option<DateTime<Utc>>,
    pub held: Held,
    pub call: &'a Spoken,
}

/// Sends for the chair and these parties at once; the others are invited as they are chosen, and no question waits to be
/// answered (SES-19).
pub(super) fn convene(
    situation: &Situation<'_>,
    wanted: &Wanted<'_>,
    chair: Option<&Person>,
    parties: &[Party],
) -> Decision {
    let Wanted { form, complex, starts_at, held, call } = *wanted;
    may_convene(situation.person()?, &situation.facts.rules.procedure.convenor)?;
    situation.registered()?;
    if situation.case.session().is_some_and(|session| session.stage < Stage::Closed) {
        return Err(Refusal::SessionUnderWay);
    }
    let convenor = situation.seat()?;
    // Without a start of its own it is held when the last session planned it for (DEC-10, DEC-39).
    let planned = planned_for(situation.case, situation.facts.rules.procedure);
    let starts_at = starts_at.or(planned.filter(|at| *at > situation.facts.now));
    // Its chair of the time before is to chair again, unless this names one.
    let mut invitees = asked_last_time(situation.case, convenor);
    invitees.iter_mut().for_each(|one| one.chairs &= chair.is_none());
    let chair = chair.filter(|person| person.account != situation.case.person(convenor).account);
    let chair_invitation = chair.map(|person| Invitation {
        statutory: true,
        ..Invitation::new(next_invitation(situation.case), Invitee::Person(person.clone()))
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
            carried: carried_over(situation),
            open_actions: open_actions(situation.case),
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
    events.extend((!invitees.is_empty()).then_some(Event::InviteesListed { invitees }));
    events.extend(call.clone().some().map(|details| Event::CallGiven { details }));
    events.extend(chair_invitation.map(|invitation| Event::Invited { invitation }));
    for party in parties {
        let after = situation.after(&events);
        events.extend(invitations::invite(&Situation::new(&after, situation.facts), &party.to, &party.reach, None)?);
    }
    Ok(with_what_to_find_out(situation, events))
}

/// The questions the last session closed over, left for this one, and that nobody has answered since (DEC-41). What else
/// was open is of that session, or open again by itself.
fn carried_over(situation: &Situation<'_>) -> Vec<OpenItem> {
    let Some(last) = situation.case.session().filter(|last| last.carries_over) else { return Vec::new() };
    let rules = &situation.facts.rules;
    let still = open_items(situation.case, rules);
    let is_left = |item: &&OpenItem| {
        let is_chairs = rules.catalogue.prompt(&item.id).is_some_and(Prompt::is_chairs);
        is_chairs && still.iter().any(|open| open.id == item.id && open.about == item.about)
    };
    last.closed_over.iter().filter(is_left).cloned().collect()
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
