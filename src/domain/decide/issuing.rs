//! What is said of a record, asked of it, and who else is to get it, once it is drafted.

use super::ending::of_the_record;
use super::seats::{next_seat, own_seat};
use super::{Decision, Situation, next};
use crate::domain::attendance::Invitee;
use crate::domain::case::Case;
use crate::domain::event::{Actor, CopyKind, Event, Recipient};
use crate::domain::floor::Whose;
use crate::domain::ids::{CorrectionId, SeatId, SessionNo};
use crate::domain::issuing::{Correction, Endorsement, asked_of_the_record, idle_at, unfiled};
use crate::domain::people::Person;
use crate::domain::procedure::{Within, fits};
use crate::domain::refusal::Refusal;
use crate::domain::session::Session;
use crate::domain::spoken::Spoken;
use crate::domain::stage::Stage;

/// A record there is something to say of.
fn drafted<'a>(situation: &Situation<'a>) -> Result<&'a Session, Refusal> {
    let session = situation.session()?;
    let is_drafted = session.draft_version > 0;
    is_drafted.then_some(session).ok_or(Refusal::NotAtThisStage { stage: session.stage, needed: Stage::Minutes })
}

/// Those who were present say whether it is a true record and whether the reason for the timing is clear; a manager signs
/// it off. Nothing waits for any of it (MIN-12 to MIN-14).
pub(super) fn endorse(
    situation: &Situation<'_>,
    named: Option<SessionNo>,
    what: Endorsement,
    agrees: bool,
    reason: &Spoken,
) -> Decision {
    let person = situation.person()?;
    let by = Actor { seat: situation.facts.seat, name: person.name.clone(), ..Actor::default() };
    let says_so = |session: &Session| {
        let said = session.endorsed_by(what, &by).filter(|said| said.version == session.draft_version);
        said.is_some_and(|said| said.agrees == agrees)
    };
    let situation = &of_the_record(situation, named, |session| session.draft_version > 0 && !says_so(session))?;
    if what == Endorsement::SignOff {
        if !fits(person, &situation.facts.rules.procedure.manager) {
            return Err(Refusal::NotYoursToSignOff);
        }
    } else {
        was_present(situation)?;
    }
    let session = drafted(situation)?;
    if says_so(session) {
        return Err(Refusal::AlreadyDone);
    }
    let (session, version) = (Some(session.no), session.draft_version);
    Ok(vec![Event::RecordEndorsed { session, version, what, agrees, reason: reason.clone().some() }])
}

/// A manager who is asked to sign the record off has to have read it (MIN-13).
pub(super) fn signs_off(situation: &Situation<'_>) -> bool {
    let procedure = situation.facts.rules.procedure;
    let is_manager = situation.facts.person.is_some_and(|person| fits(person, &procedure.manager));
    is_manager && procedure.level(Endorsement::SignOff.rule()).works()
}

/// The seat whose copy is read; a manager who is to sign off and has none takes one, so that the record says who read it.
pub(super) fn reader(situation: &Situation<'_>) -> Result<(SeatId, Option<Event>), Refusal> {
    match situation.facts.seat {
        None if signs_off(situation) => {
            let seat = own_seat(next_seat(situation.case), situation.person()?, None);
            Ok((seat.id, Some(Event::SeatTaken { seat })))
        }
        _ => Ok((situation.seat()?, None)),
    }
}

/// The actor's seat, which was in the room and has a part in the session.
fn was_present(situation: &Situation<'_>) -> Result<SeatId, Refusal> {
    let seat = situation.seat()?;
    let session = situation.session()?;
    let is_asked = asked_of_the_record(situation.case, session).any(|asked| asked == seat);
    is_asked.then_some(seat).ok_or(Refusal::WasNotPresent)
}

/// By an attendee; after the set time it is saved and marked (MIN-26).
pub(super) fn request_correction(situation: &Situation<'_>, named: Option<SessionNo>, text: &Spoken) -> Decision {
    let situation = &of_the_record(situation, named, |session| session.draft_version > 0)?;
    was_present(situation)?;
    let session = drafted(situation)?;
    if text.is_empty() {
        return Err(Refusal::Missing { field: "should_read".to_owned() });
    }
    let rules = &situation.facts.rules;
    let within = Within::WorkingDays(rules.procedure.waits.correction_working_days);
    let late = session.issuing.drafted_at.is_some_and(|at| situation.facts.now > rules.calendar.due(at, within).at);
    let correction = CorrectionId(next(session.issuing.corrections.iter().map(|correction| correction.id.0)));
    Ok(vec![Event::CorrectionRequested { session: Some(session.no), correction, text: text.clone(), late }])
}

/// What is accepted makes a new version, which lists it; the entries it is about stay as they are (MIN-11, MIN-26).
pub(super) fn answer_correction(
    situation: &Situation<'_>,
    named: Option<SessionNo>,
    correction: CorrectionId,
    accepted: bool,
    words: &Spoken,
) -> Decision {
    let waits = |session: &Session| session.correction(correction).is_some_and(|asked| asked.answer.is_none());
    let situation = &of_the_record(situation, named, waits)?;
    situation.is_chair()?;
    let session = drafted(situation)?;
    let asked: &Correction = session.correction(correction).ok_or(Refusal::UnknownCorrection)?;
    if asked.answer.is_some() {
        return Err(Refusal::AlreadyDone);
    }
    let (session, version) = (Some(session.no), session.draft_version + 1);
    let answered = Event::CorrectionAnswered { session, correction, accepted, words: words.clone() };
    let issued = accepted.then_some(Event::DraftIssued { session, version });
    Ok(std::iter::once(answered).chain(issued).collect())
}

/// Somebody beside the procedure's rule gets the record, or somebody it names does not. Once the record is out, whoever is
/// added is sent it at once (MIN-15 to MIN-18).
pub(super) fn choose_recipient(
    situation: &Situation<'_>,
    named: Option<SessionNo>,
    who: Option<Whose>,
    person: Option<&Person>,
    copy: Option<CopyKind>,
    reason: &Spoken,
) -> Decision {
    let situation = &of_the_record(situation, named, |session| session.stage < Stage::Circulated)?;
    situation.is_chair()?;
    let session = situation.session()?;
    let (seat, taken) = recipient(situation.case, session, who, person)?;
    let reason = reason.clone().some();
    let (no, version) = (Some(session.no), session.draft_version);
    let mut events: Vec<_> = taken.into_iter().collect();
    events.push(Event::RecipientChosen { session: no, seat, copy, reason });
    if let Some(copy) = copy.filter(|_| session.stage == Stage::Circulated) {
        let recipients = vec![Recipient { seat, copy }];
        events.push(Event::MinutesCirculated { session: no, version, recipients, owners: None });
    }
    Ok(events)
}

/// The seat of whoever is meant, taken for them where they have none.
fn recipient(
    case: &Case,
    session: &Session,
    who: Option<Whose>,
    person: Option<&Person>,
) -> Result<(SeatId, Option<Event>), Refusal> {
    let invited = match who {
        Some(Whose::Seat(seat)) => {
            let known = case.seat(seat).ok_or_else(|| Refusal::UnknownSeat { given: seat.to_string() })?;
            return Ok((known.id, None));
        }
        Some(Whose::Invitation(id)) => Some(session.invitation(id).ok_or(Refusal::UnknownInvitation)?),
        None => None,
    };
    if let Some(seat) = invited.and_then(|state| state.seat) {
        return Ok((seat, None));
    }
    let by_name = invited.and_then(|state| match &state.invitation.to {
        Invitee::Person(person) => Some(person),
        Invitee::Agency { .. } => None,
    });
    let person = person.or(by_name).ok_or_else(|| Refusal::Missing { field: "person".to_owned() })?;
    let known = case.seats.iter().find(|seat| person.account.is_some() && seat.person.account == person.account);
    if let Some(seat) = known {
        return Ok((seat.id, None));
    }
    let seat = own_seat(next_seat(case), person, None);
    Ok((seat.id, Some(Event::SeatTaken { seat })))
}

/// Those who have not said yet that it is filed are reminded, until they have (MIN-10, MIN-20, MIN-21).
pub(super) fn filing_due(situation: &Situation<'_>, no: SessionNo) -> Option<Event> {
    let session = situation.case.session_no(no).filter(|session| !session.circulation.is_empty())?;
    let seats = unfiled(situation.case, session, situation.facts.rules.procedure);
    (!seats.is_empty()).then_some(Event::FilingChased { session: Some(no), seats })
}

/// Nothing has been entered for a time: the chair is asked whether the session is over, and where they forget to end it
/// its record is drafted all the same.
pub(super) fn idle(situation: &Situation<'_>) -> Option<Event> {
    let session = situation.session?;
    idle_at(session, situation.facts.rules.procedure).filter(|at| *at <= situation.facts.now)?;
    let is_prompted = session.issuing.close_prompted_at > session.issuing.touched_at;
    Some(if is_prompted {
        Event::DraftIssued { session: Some(session.no), version: session.draft_version + 1 }
    } else {
        Event::ClosePrompted
    })
}
