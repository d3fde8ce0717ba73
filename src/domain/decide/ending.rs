//! Closing, the minutes, circulation, and what falls due afterwards.

use super::{
    Decision, Situation, actions, adjourning, asking, chairing as seat_of_chair, challenging, crossing, danger,
    handing_on, immediate, issuing, requests, reviewing, silence,
};
use crate::domain::chairing;
use crate::domain::deadlines::{Clock, deadline, is_met};
use crate::domain::decision::Entry;
use crate::domain::drift;
use crate::domain::event::{CopyKind, Event};
use crate::domain::history::is_entitled;
use crate::domain::ids::{ChildId, DraftId, SeatId, SessionNo};
use crate::domain::open_items::open_items;
use crate::domain::people::AgencyKind;
use crate::domain::plan;
use crate::domain::positions::decisions;
use crate::domain::protection;
use crate::domain::recipients::{owners_to_ask_about, recipients};
use crate::domain::refusal::Refusal;
use crate::domain::session::Session;
use crate::domain::spoken::Spoken;
use crate::domain::stage::Stage;
use crate::domain::timer::Timer;

/// Closing is never refused: what is open is listed, covered by one reason, and marks the record (DEC-41).
pub(super) fn close(situation: &Situation<'_>, reason: Option<&Spoken>, safety: &Spoken) -> Decision {
    let chair = situation.chair()?;
    situation.opened()?;
    let reason = reason.cloned().and_then(Spoken::some);
    let carries_over = reason.as_ref().is_some_and(|reason| is_for_next_session(situation, reason));
    let closed = |open| Event::SessionClosed { open, reason: reason.clone(), carries_over };
    let read_back = not_read_back(situation);
    let before: Vec<_> = read_back.iter().cloned().chain([closed(Vec::new())]).collect();
    let safe = adjourning::safety_said(situation, chair, &before, safety);
    let after: Vec<_> = before.into_iter().chain(safe.iter().cloned()).collect();
    let open = open_items(&situation.after(&after), &situation.facts.rules);
    Ok(read_back.into_iter().chain([closed(open)]).chain(safe).collect())
}

/// What was decided, and what is to be done, is read back before the close where the stage for it was not reached
/// (DEC-44, ACT-14).
fn not_read_back(situation: &Situation<'_>) -> Option<Event> {
    let session = situation.session.filter(|session| session.read_back_at.is_none())?;
    let is_anything = !decisions(session).is_empty() || plan::listed(situation.case).next().is_some();
    is_anything.then_some(Event::ReadBackGiven)
}

/// The catalogue's own words for what the next session is to take up.
fn is_for_next_session(situation: &Situation<'_>, reason: &Spoken) -> bool {
    let words = situation.facts.rules.catalogue.carries_over.as_deref();
    words.is_some_and(|words| reason.words().trim().trim_end_matches('.').eq_ignore_ascii_case(words))
}

/// The situation of the session whose record is meant: the one named, or the earliest it is still `awaited` of, or the
/// last. The next session may be convened before the record of the last has gone out.
pub(super) fn of_the_record<'a>(
    situation: &Situation<'a>,
    named: Option<SessionNo>,
    awaited: impl Fn(&Session) -> bool,
) -> Result<Situation<'a>, Refusal> {
    let (case, facts) = (situation.case, situation.facts);
    let session = match named {
        Some(no) => Some(case.session_no(no).ok_or(Refusal::UnknownSession { given: no })?),
        None => case.sessions.iter().find(|session| awaited(session)).or(case.session()),
    };
    Ok(Situation { case, session, facts })
}

/// The chair signs. Nothing but an opened session earns the record's title (REF-15), and some procedures ask for more;
/// `untitled` signs it under the name it has earned (GATE-10).
pub(super) fn sign(situation: &Situation<'_>, named: Option<SessionNo>, untitled: bool) -> Decision {
    let situation = &of_the_record(situation, named, |session| session.signed_at.is_none())?;
    situation.chair()?;
    let session = situation.session()?;
    if session.opened_at.is_none() {
        return Err(Refusal::UnearnedTitle);
    }
    if session.stage != Stage::Minutes {
        return Err(Refusal::NotAtThisStage { stage: session.stage, needed: Stage::Minutes });
    }
    if session.signed_at.is_some() {
        return Err(Refusal::AlreadyDone);
    }
    let procedure = situation.facts.rules.procedure;
    let lacking = chairing::lacking_of_title(session, procedure).filter(|_| !untitled);
    if let (Some(lacking), Some(needs)) = (lacking, &procedure.title_needs) {
        return Err(Refusal::TitleNotEarned {
            session: session.no,
            title: procedure.record_title.clone(),
            otherwise: needs.otherwise.clone(),
            missing: lacking.roles,
            chair: lacking.chair,
        });
    }
    Ok(vec![Event::MinutesSigned { session: Some(session.no), version: session.draft_version }])
}

/// To those the procedure names, and nobody else (MIN-15 to MIN-19).
pub(super) fn circulate(situation: &Situation<'_>, named: Option<SessionNo>, owners: Option<CopyKind>) -> Decision {
    let situation = &of_the_record(situation, named, |session| session.stage < Stage::Circulated)?;
    situation.chair_or_recorder()?;
    let session = situation.session()?;
    if session.opened_at.is_none() {
        return Err(Refusal::UnearnedTitle);
    }
    if session.stage == Stage::Circulated {
        return Err(Refusal::AlreadyDone);
    }
    if session.signed_at.is_none() {
        return Err(Refusal::NotAtThisStage { stage: session.stage, needed: Stage::Minutes });
    }
    let rule = &situation.facts.rules.procedure.recipients;
    let outside = owners_to_ask_about(situation.case, session, rule);
    if !outside.is_empty() && owners.is_none() {
        let owners = outside.into_iter().map(|seat| situation.name_of(Some(seat))).collect();
        return Err(Refusal::OwnersCopyNotChosen { session: session.no, owners });
    }
    let owners = owners.filter(|_| !outside.is_empty());
    let recipients = recipients(situation.case, session, rule, owners);
    let (no, version) = (Some(session.no), session.draft_version);
    Ok(vec![Event::MinutesCirculated { session: no, version, recipients, owners }])
}

/// One's own copy: for those past the door from the draft on, for recipients once circulated. Without a number, of the
/// latest session that has a record; without a version, as it stands (MIN-26).
/// The documents for children's files are the authority's, whose social care keeps them (MIN-24).
pub(super) fn open_copy(
    situation: &Situation<'_>,
    named: Option<SessionNo>,
    version: Option<u16>,
    child: Option<ChildId>,
) -> Decision {
    let latest = situation.case.sessions.iter().rev().find(|session| session.draft_version > 0);
    let named = named.or(latest.map(|session| session.no));
    let situation = &of_the_record(situation, named, |_| false)?;
    let (seat, taken) = issuing::reader(situation)?;
    let session = situation.session()?;
    if session.draft_version == 0 {
        return Err(Refusal::NotAtThisStage { stage: session.stage, needed: Stage::Minutes });
    }
    let version = version.unwrap_or(session.draft_version);
    if version == 0 || version > session.draft_version {
        return Err(Refusal::UnknownVersion { given: version });
    }
    let is_recipient = session.circulation.iter().any(|(recipient, _, _)| recipient.seat == seat);
    if !is_recipient && !issuing::signs_off(situation) {
        situation.admitted()?;
    }
    if let Some(child) = child {
        if situation.person()?.agency_kind != AgencyKind::SocialCare || session.was_sent_an_extract(seat) {
            return Err(Refusal::ForSocialCare);
        }
        situation.case.child(child).ok_or(Refusal::UnknownChild)?;
    }
    let opened = Event::CopyOpened { session: Some(session.no), seat, version, child };
    Ok(taken.into_iter().chain([opened]).collect())
}

/// The sessions of the case as one history, for those who may read one of them at least; that they did is recorded
/// (REV-06).
pub(super) fn read_history(situation: &Situation<'_>) -> Decision {
    situation.session()?;
    let seat = situation.facts.seat.filter(|seat| is_entitled(situation.case, *seat));
    Ok(vec![Event::HistoryRead { seat: seat.ok_or(Refusal::HistoryNotYours)? }])
}

/// "Filed on our own record" (MIN-10, MIN-20).
pub(super) fn confirm_filed(situation: &Situation<'_>, named: Option<SessionNo>) -> Decision {
    let seat = situation.seat()?;
    let is_filed = |session: &Session| session.attendance.get(&seat).is_some_and(|of| of.filed_at.is_some());
    let waits = |session: &Session| !session.circulation.is_empty() && !is_filed(session);
    let situation = &of_the_record(situation, named, waits)?;
    let session = situation.session()?;
    if session.circulation.is_empty() {
        return Err(Refusal::NotAtThisStage { stage: session.stage, needed: Stage::Circulated });
    }
    if is_filed(session) {
        return Err(Refusal::AlreadyDone);
    }
    Ok(vec![Event::Filed { session: Some(session.no), seat }])
}

/// A timer went off: what it was set for happens, as long as it still matters. It is never refused, for it would
/// come back for ever; one this version doesn't know does nothing.
pub(super) fn deadline_reached(situation: &Situation<'_>, name: &str) -> Decision {
    let Ok(timer) = name.parse() else { return Ok(Vec::new()) };
    let session = situation.case.session();
    let event = match timer {
        Timer::Draft => situation.case.sessions.iter().find_map(draft_due),
        Timer::Near(clock) | Timer::Missed(clock) => near_or_missed(situation, clock),
        Timer::RequestAnswer => requests::answer_overdue(situation),
        Timer::LeaveBy(seat) => session.and_then(|session| leave_by_reached(session, seat)),
        Timer::Silence(invitation) => silence::over(situation, invitation),
        Timer::ChairSilent => seat_of_chair::silent(situation),
        Timer::AskDate => session.filter(|_| situation.case.closed.is_none()).and_then(date_still_missing),
        Timer::ReviewProtection(session, draft) => protection_review_due(situation, session, draft),
        Timer::Crossing(no) => crossing::over(situation, no),
        Timer::Leavers => handing_on::chased(situation),
        Timer::Undecided => still_undecided(situation),
        Timer::Review => reviewing::due(situation),
        Timer::ChallengeNear(session, challenge) | Timer::ChallengeDue(session, challenge) => {
            challenging::clock_reached(situation, session, challenge)
        }
        Timer::FindOwner(action) => immediate::owner_sought(situation.case, action),
        Timer::Danger(alert) => danger::again(situation, alert),
        Timer::FollowUp(action) => actions::follow_up(situation, action),
        Timer::Completion(session, draft) => actions::review_due(situation, session, draft),
        Timer::Questions => return Ok(asking::run_out(situation)),
        Timer::Idle => issuing::idle(situation),
        Timer::Filing(session) => issuing::filing_due(situation, session),
    };
    Ok(event.into_iter().collect())
}

fn draft_due(session: &Session) -> Option<Event> {
    let (no, version) = (Some(session.no), session.draft_version + 1);
    (session.stage == Stage::Closed).then_some(Event::DraftIssued { session: no, version })
}

/// A warning before the deadline, and a notice after it (TIM-23).
fn near_or_missed(situation: &Situation<'_>, clock: Clock) -> Option<Event> {
    if is_met(clock, situation.case) {
        return None;
    }
    let due_at = deadline(clock, situation.case, &situation.facts.rules)?.due.at;
    let Clock { kind: deadline, session } = clock;
    Some(if situation.facts.now > due_at {
        Event::DeadlineMissed { deadline, session, due_at }
    } else {
        Event::DeadlineNear { deadline, session, due_at }
    })
}

/// Whoever has to go soon is still here, and the session sits (SES-12).
fn leave_by_reached(session: &Session, seat: SeatId) -> Option<Event> {
    let attendance = session.attendance.get(&seat).filter(|attendance| attendance.is_here())?;
    let leave_by = attendance.leave_by.filter(|_| session.stage.is_sitting())?;
    Some(Event::LeaveByNear { seat, at: leave_by.at })
}

/// No date was given, and the session has not begun without one (REF-07).
fn date_still_missing(session: &Session) -> Option<Event> {
    (session.starts_at.is_none() && session.stage <= Stage::Gathering).then_some(Event::DateAsked)
}

/// What holds for a time only is looked at again, as long as the answer stands (TIM-09, RISK-01).
fn protection_review_due(situation: &Situation<'_>, no: SessionNo, draft: DraftId) -> Option<Event> {
    let session = situation.case.sessions.iter().find(|session| session.no == no)?;
    let entered = session.standing().find(|entered| entered.id == draft)?;
    let Entry::Answer(answer) = &entered.entry else { return None };
    Some(Event::ProtectionReviewDue { session: no, draft, ends_at: protection::ends_at(answer) })
}

/// Children nothing is decided about, or for whom nothing runs: counted each working day, until something does (TIM-10,
/// REV-08).
fn still_undecided(situation: &Situation<'_>) -> Option<Event> {
    let (case, rules, now) = (situation.case, &situation.facts.rules, situation.facts.now);
    if let Some(first) = drift::undecided(case, rules, now).first() {
        return Some(Event::StillUndecided { working_days: first.working_days, drift: first.drift });
    }
    let idle = drift::without_action(case, rules, now);
    let longest = idle.iter().max_by_key(|one| one.working_days)?;
    Some(Event::StillWithoutAction { working_days: longest.working_days, drift: longest.drift })
}
