//! A partner's request for a discussion, what becomes of it, and the cases that belong beside one.

use chrono::Duration;

use super::seats::{next_seat, own_seat};
use super::{Decision, Situation, may_convene};
use crate::domain::case::Case;
use crate::domain::event::{Event, Pinned};
use crate::domain::facts::Facts;
use crate::domain::ids::CodeName;
use crate::domain::link::Link;
use crate::domain::referral::Referral;
use crate::domain::refusal::Refusal;
use crate::domain::request::{Request, RequestAnswer, Requested, Wanted};
use crate::domain::spoken::Spoken;

/// Anybody enrolled can ask, of whatever agency (REF-02).
pub(super) fn file(
    case: Option<&Case>,
    code_name: &CodeName,
    pinned: &Pinned,
    wanted: &Wanted,
    facts: &Facts<'_>,
) -> Decision {
    if case.is_some() {
        return Err(Refusal::AlreadyDone);
    }
    let procedure = facts.rules.procedure;
    let request = Request {
        by: facts.person.ok_or(Refusal::NotEnrolled)?.clone(),
        wanted: wanted.clone(),
        pathway: procedure.request.pathway.clone(),
        answer_by: facts.now + Duration::minutes(i64::from(procedure.waits.request_answer_minutes)),
    };
    Ok(vec![Event::DiscussionRequested { code_name: code_name.clone(), pinned: pinned.clone(), request }])
}

/// The words of a request are for those who can answer it, and that they were read is recorded.
pub(super) fn read(situation: &Situation<'_>) -> Decision {
    answerable(situation)?;
    Ok(vec![Event::RequestRead])
}

/// It becomes a referral, and whoever takes it up has the first seat. What they leave blank is as it was requested.
pub(super) fn take_up(situation: &Situation<'_>, referral: &Referral) -> Decision {
    answerable(situation)?;
    let asked = &situation.case.referral;
    let or = |given: &Spoken, asked: &Spoken| if given.is_empty() { asked.clone() } else { given.clone() };
    let mut referral = referral.clone();
    referral.received_at = referral.received_at.or(asked.received_at);
    referral.grounds = or(&referral.grounds, &asked.grounds);
    referral.route = or(&referral.route, &asked.route);
    // Another referrer is another person: nothing of theirs is filled up with the requester's.
    let referrer = &referral.referrer;
    if referrer.name.is_empty() && referrer.role.is_empty() && referrer.agency.is_empty() {
        let high_status = referrer.high_status;
        referral.referrer = asked.referrer.clone();
        referral.referrer.high_status = high_status;
    }
    let seat = own_seat(next_seat(situation.case), situation.person()?, None);
    Ok(vec![Event::RequestTakenUp { referral }, Event::SeatTaken { seat }])
}

/// The requester is owed a reason; without one it is declined all the same, marked, and asked again (REF-02).
pub(super) fn decline(situation: &Situation<'_>, reason: &Spoken) -> Decision {
    if answerable(situation)?.is_answered() {
        return Err(Refusal::AlreadyDone);
    }
    Ok(vec![Event::RequestDeclined { reason: reason.clone().some() }])
}

/// The time to answer went by, and the requester is still owed an answer.
pub(super) fn answer_overdue(situation: &Situation<'_>) -> Option<Event> {
    let requested = situation.case.request.as_ref()?;
    let answer_by = requested.request.answer_by;
    (!requested.is_answered() && !requested.overdue).then_some(Event::RequestUnanswered { answer_by })
}

/// The request, where the person may answer it and nobody has taken it up. One declined can still be taken up.
fn answerable<'a>(situation: &Situation<'a>) -> Result<&'a Requested, Refusal> {
    may_convene(situation.person()?, &situation.facts.rules.procedure.convenor)?;
    match &situation.case.request {
        Some(requested) if requested.answer != RequestAnswer::TakenUp => Ok(requested),
        _ => Err(Refusal::AlreadyDone),
    }
}

/// Only its code name is kept, so whoever links a case needs no seat in it.
pub(super) fn link(situation: &Situation<'_>, link: &Link) -> Decision {
    situation.convenor().or_else(|_| situation.chair_or_recorder().map(drop))?;
    if link.code_name == situation.case.code_name {
        return Err(Refusal::UnknownCase { given: link.code_name.to_string() });
    }
    if situation.case.links.contains(link) {
        return Err(Refusal::AlreadyDone);
    }
    Ok(vec![Event::CaseLinked { link: link.clone() }])
}

#[cfg(test)]
#[path = "requests_tests.rs"]
mod tests;
