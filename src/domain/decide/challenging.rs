//! Professional challenge: anybody past the door raises it, without anybody's leave; it is tried, escalated and answered,
//! and never taken out (DIS-01 to DIS-05, DIS-12 to DIS-14).

use chrono::{DateTime, Utc};

use super::escalating::is_left_out;
use super::{Decision, Situation, next};
use crate::domain::challenge::{Challenge, ChallengeKind, ChallengeStage, ChallengeState, Challenged, Challenger};
use crate::domain::decision::{Position, PositionKind};
use crate::domain::event::Event;
use crate::domain::ids::{ChallengeId, SeatId, SessionNo};
use crate::domain::refusal::Refusal;
use crate::domain::session::Session;
use crate::domain::spoken::Spoken;
use crate::domain::stage::Stage;

/// The chair asks for it before the decisions are confirmed, and may again (DIS-06).
pub(super) fn invite(situation: &Situation<'_>) -> Decision {
    situation.chair()?;
    situation.opened()?;
    Ok(vec![Event::ChallengeInvited])
}

/// Any attendee, at any stage, until the record is circulated (DIS-01). A health role that was left out files one without
/// a seat (DIS-10).
pub(super) fn raise(situation: &Situation<'_>, by: Option<SeatId>, said: &Challenged) -> Decision {
    let session = situation.session()?;
    let own = match attendee(situation, session) {
        Ok(own) => own,
        Err(_) if is_left_out(situation, session) => return file(situation, &said.why_at_all()),
        Err(refusal) => return Err(refusal),
    };
    if session.stage >= Stage::Circulated {
        return Err(Refusal::AlreadyClosed);
    }
    let (by, entered_by) = match by {
        Some(other) if other != own => {
            keeps_the_record(situation, session, own)?;
            (situation.known(other)?, Some(own))
        }
        _ => (own, None),
    };
    Ok(vec![raised(situation, next_challenge(situation), by, entered_by, said)])
}

fn file(situation: &Situation<'_>, why: &Spoken) -> Decision {
    let (challenge, due_at) = (next_challenge(situation), due_at(situation, ChallengeStage::Practitioner.code()));
    let by = situation.person()?.clone();
    Ok(vec![Event::ChallengeFiled { challenge, by, why: why.clone(), due_at }])
}

/// Dissent at the read-back opens its path by itself, unless whoever dissents has one open (DEC-43).
pub(super) fn opened_by<'a>(
    situation: &Situation<'_>,
    positions: impl IntoIterator<Item = &'a Position>,
) -> Vec<Event> {
    let Some(session) = situation.session else { return Vec::new() };
    let has_one = |seat| session.challenges.iter().any(|state| state.seat() == Some(seat) && state.is_open());
    let dissent = positions.into_iter().filter(|position| position.kind == PositionKind::Disagree);
    let opening = dissent.filter(|position| !has_one(position.seat)).zip(next_challenge(situation).0..);
    let open = |(position, id): (&Position, u16)| {
        let said = Challenged::new(ChallengeKind::Decision, position.about.clone(), Spoken::default());
        raised(situation, ChallengeId(id), position.seat, position.entered_by, &said)
    };
    opening.map(open).collect()
}

fn raised(
    situation: &Situation<'_>,
    id: ChallengeId,
    by: SeatId,
    entered_by: Option<SeatId>,
    said: &Challenged,
) -> Event {
    let said = said.clone();
    let stage = ChallengeStage::Practitioner;
    Event::ChallengeRaised {
        challenge: Challenge {
            id,
            by,
            stage,
            about: said.about,
            against: said.against,
            tried: said.tried,
            result: said.result,
            kind: Some(said.kind),
            why: said.why,
            entered_by,
            due_at: due_at(situation, stage.code()),
        },
    }
}

/// What was tried at the level it is at, and whether that resolved it. It can be said again: whoever raised it may find
/// that it is not (DIS-03).
pub(super) fn settle(
    situation: &Situation<'_>,
    id: ChallengeId,
    resolved: bool,
    [tried, result]: [&Spoken; 2],
) -> Decision {
    let (session, state) = concerned(situation, id)?;
    if resolved && !state.is_open() {
        return Err(Refusal::AlreadyDone);
    }
    let (tried, result) = (tried.clone(), result.clone());
    Ok(vec![Event::ChallengeSettled { session: session.no, challenge: id, resolved, tried, result }])
}

/// To the next level of the policy, whether or not anybody said that this one failed (DIS-04).
pub(super) fn escalate(
    situation: &Situation<'_>,
    id: ChallengeId,
    [own, other]: [&Spoken; 2],
    met_at: Option<DateTime<Utc>>,
) -> Decision {
    let (session, state) = concerned(situation, id)?;
    if !state.is_open() {
        return Err(Refusal::AlreadyDone);
    }
    let policy = &situation.facts.rules.procedure.disagreement;
    let next = policy
        .after(&state.level().stage)
        .ok_or_else(|| Refusal::NoLevelLeft { policy: policy.policy.clone(), link: policy.link.clone() })?;
    Ok(vec![Event::ChallengeEscalated {
        session: session.no,
        challenge: id,
        stage: next.code.clone(),
        own: own.clone(),
        other: other.clone(),
        met_at,
        due_at: due_at(situation, &next.code),
    }])
}

/// The chair answers; nothing else can be done to it (DIS-12).
pub(super) fn answer(situation: &Situation<'_>, id: ChallengeId, text: &Spoken) -> Decision {
    let seat = situation.seat()?;
    let (session, _) = situation.case.challenge(id).ok_or(Refusal::UnknownChallenge)?;
    if session.chair() != Some(seat) {
        return Err(Refusal::ForChair { chair: situation.name_of(session.chair()) });
    }
    Ok(vec![Event::ChallengeAnswered { session: session.no, challenge: id, text: text.clone() }])
}

/// Its time is nearly over, or is: told as long as it is open, of an earlier session's and after the close too (DIS-14).
pub(super) fn clock_reached(situation: &Situation<'_>, session: SessionNo, challenge: ChallengeId) -> Option<Event> {
    let state = situation.case.session_no(session)?.challenge(challenge)?;
    let level = state.level();
    let due_at = level.due_at.filter(|_| state.is_open() && !level.overdue)?;
    let stage = level.stage.clone();
    Some(if situation.facts.now > due_at {
        Event::ChallengeOverdue { session, challenge, stage, due_at }
    } else {
        Event::ChallengeNear { session, challenge, stage, due_at }
    })
}

/// The actor's seat, past the door at some time and not shut out. An adjournment puts people outside and takes no voice
/// from them.
pub(super) fn attendee(situation: &Situation<'_>, session: &Session) -> Result<SeatId, Refusal> {
    let seat = situation.seat()?;
    let attendance = session.attendance.get(&seat).ok_or(Refusal::NotSeated)?;
    if attendance.excluded.is_some() {
        return Err(Refusal::Excluded);
    }
    attendance.introduction().map(|_| seat).ok_or(Refusal::NotAtTheDoor)
}

fn keeps_the_record(situation: &Situation<'_>, session: &Session, seat: SeatId) -> Result<(), Refusal> {
    let chair = session.chair();
    if chair == Some(seat) || session.recorder == seat {
        return Ok(());
    }
    let recorder = situation.name_of(Some(session.recorder));
    Err(Refusal::ForChairOrRecorder { chair: situation.name_of(chair), recorder })
}

/// For whoever raised it, and for chair and recorder of its session, wherever they are by now.
fn concerned<'a>(situation: &Situation<'a>, id: ChallengeId) -> Result<(&'a Session, &'a ChallengeState), Refusal> {
    let (session, state) = situation.case.challenge(id).ok_or(Refusal::UnknownChallenge)?;
    let is_own = match &state.by {
        Challenger::Seat(seat) => situation.facts.seat == Some(*seat),
        Challenger::Outside(by) => situation.person()?.account == by.account,
    };
    let by = || state.person(situation.case).name.clone();
    let keeps_record = |seat| keeps_the_record(situation, session, seat).is_ok();
    if is_own || situation.facts.seat.is_some_and(keeps_record) {
        Ok((session, state))
    } else {
        Err(Refusal::NotYourChallenge { by: by() })
    }
}

fn next_challenge(situation: &Situation<'_>) -> ChallengeId {
    let all = situation.case.sessions.iter().flat_map(|session| &session.challenges);
    ChallengeId(next(all.map(|state| state.id.0)))
}

/// When a level that begins now is to be settled.
fn due_at(situation: &Situation<'_>, stage: &str) -> Option<DateTime<Utc>> {
    let rules = &situation.facts.rules;
    let within = rules.procedure.disagreement.stage(stage)?.within?;
    Some(rules.calendar.due(situation.facts.now, within).at)
}

impl Challenged {
    /// What somebody who has seen nothing of the case says: the reason alone.
    fn why_at_all(&self) -> Spoken {
        if self.why.is_empty() { self.about.clone() } else { self.why.clone() }
    }
}
