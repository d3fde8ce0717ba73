//! Who was invited, who came, who did not and why, and who contributed.

use chrono::{DateTime, Utc};

use super::document::{Block, Fact, Piece};
use super::prompts;
use super::reading::{Reading, values};
use super::sharing::author;
use crate::domain::attendance::{Absence, Attendance, Exclusion, InvitationState, Invitee};
use crate::domain::calendar;
use crate::domain::event::Event;
use crate::domain::floor::{Contribution, Mode, Release, Whose};
use crate::domain::ids::SeatId;
use crate::domain::late::Sight;
use crate::domain::leaving::SeatEnd;
use crate::domain::open_items::GOING_ON;
use crate::domain::people::Person;
use crate::domain::prompt::About;
use crate::domain::readiness::{self, Answer};
use crate::domain::session::Session;
use crate::domain::spoken::Spoken;

/// A line of the attendance table: a seat, or an invitation nobody took up.
pub(super) struct Line<'a> {
    pub whose: Whose,
    pub name: Option<&'a str>,
    pub role: String,
    pub agency: &'a str,
    invitation: Option<&'a InvitationState>,
    pub attendance: Option<&'a Attendance>,
}

/// Everybody invited or seated, the convenor's side first, then in the order of the invitations, then guests.
/// Whoever turned out to be in the wrong meeting is in the annex alone (GATE-03).
pub(super) fn lines<'a>(reading: &Reading<'a>, session: &'a Session) -> Vec<Line<'a>> {
    let took_part = |(seat, attendance): &(&'a SeatId, &'a Attendance)| {
        let own = **seat == session.convenor || **seat == session.recorder;
        attendance.excluded != Some(Exclusion::WrongMeeting) && (own || **attendance != Attendance::default())
    };
    let seats: Vec<_> = session.attendance.iter().filter(took_part).collect();
    let invited_as = |seat: SeatId| session.invitation_answered_by(seat);
    let seated = |(seat, attendance): (&'a SeatId, &'a Attendance)| {
        let person = reading.case.person(*seat);
        Line {
            whose: Whose::Seat(*seat),
            name: Some(&person.name),
            role: reading
                .case
                .support(*seat)
                .map_or_else(|| role(reading, person), |as_what| support(reading, as_what)),
            agency: &person.agency,
            invitation: invited_as(*seat),
            attendance: Some(attendance),
        }
    };
    let is_own = |seat: SeatId| seat == session.convenor || seat == session.recorder;
    let mut lines: Vec<Line<'a>> = Vec::new();
    lines.extend(
        seats.iter().filter(|(seat, _)| is_own(**seat) && invited_as(**seat).is_none()).map(|one| seated(*one)),
    );
    for state in &session.invitations {
        match seats.iter().find(|(seat, _)| state.answered_by() == Some(**seat)) {
            Some(one) => lines.push(seated(*one)),
            None => lines.push(not_taken_up(reading, state)),
        }
    }
    lines.extend(
        seats.iter().filter(|(seat, _)| !is_own(**seat) && invited_as(**seat).is_none()).map(|one| seated(*one)),
    );
    lines
}

fn not_taken_up<'a>(reading: &Reading<'_>, state: &'a InvitationState) -> Line<'a> {
    let to = &state.invitation.to;
    Line {
        whose: Whose::Invitation(state.invitation.id),
        name: to.name(),
        role: match to {
            to if state.invitation.support.is_some() => support(reading, to.role()),
            Invitee::Person(person) => role(reading, person),
            Invitee::Agency { role, .. } => role.clone(),
        },
        agency: to.agency(),
        invitation: Some(state),
        attendance: None,
    }
}

/// "support: interpreter" (SES-09).
fn support(reading: &Reading<'_>, role: &str) -> String {
    reading.sentence("support", values! { role => role.to_lowercase() })
}

pub(super) fn role(reading: &Reading<'_>, person: &Person) -> String {
    match &person.rank {
        Some(rank) => reading.sentence("role_with_rank", values! { role => person.role, rank }),
        None => person.role.clone(),
    }
}

/// Invited, response, attended, means, authority and information (MIN-03, INV-22, INV-23).
pub(super) fn attendance(reading: &Reading<'_>) -> Vec<Block> {
    let Some(session) = reading.session else { return Vec::new() };
    let rows = lines(reading, session).iter().map(|line| row(reading, session, line)).collect();
    let headers = [
        "name",
        "role",
        "agency",
        "invited",
        "response",
        "means",
        "authorised",
        "attended",
        "arrived",
        "left",
        "information",
    ];
    let mut blocks = vec![reading.table("attendance", &headers, rows)];
    if session.opened_at.is_some() {
        blocks.push(Block::paragraph(reading.quorum(&session.quorum)));
        let lines = session.quorum.iter().map(|line| {
            let met = match line.gap {
                Some(gap) => reading.choice("minimum_gap", gap.code()),
                None => reading.choice("minimum", if line.met { "met" } else { "not_met" }),
            };
            Fact::new(line.label.as_str(), met)
        });
        blocks.push(Block::Facts(lines.collect()));
    }
    blocks.extend(thought_of(reading, session));
    blocks.extend(going_on(reading, session));
    blocks
}

/// Whom the procedure brought up besides, and what became of each: invited, not needed because, or not answered
/// (INV-09, INV-10, INV-12, INV-15, INV-29). What was merely prompted and passed over prints nothing.
fn thought_of(reading: &Reading<'_>, session: &Session) -> Vec<Block> {
    let open = readiness::open(reading.case, session, reading.rules);
    let said = readiness::proposals(reading.case, session, reading.rules).into_iter().filter_map(|one| {
        let said = match one.answer {
            Answer::Invited(who) => {
                let named = |whose| match reading.case.whose(whose) {
                    (Some(name), role, agency) => reading.named(name, role, agency),
                    (None, role, agency) => format!("{role}, {agency}"),
                };
                let who: Vec<_> = who.into_iter().map(named).collect();
                reading.sentence("proposal_invited", values! { who })
            }
            Answer::NotNeeded(reason) => {
                reading.sentence("proposal_not_needed", values! { reason => reason.map(|reason| reason.words()) })
            }
            Answer::Unanswered if open.contains(&one.proposal) => reading.label("not_answered"),
            Answer::Unanswered => return None,
        };
        Some(Fact::new(one.proposal.role(), said))
    });
    let facts: Vec<_> = said.collect();
    if facts.is_empty() {
        return Vec::new();
    }
    vec![Block::subheading(reading.label("thought_of")), Block::Facts(facts)]
}

/// That it went on without somebody needed, where nobody has said why (GATE-09).
fn going_on(reading: &Reading<'_>, session: &Session) -> Option<Block> {
    let is_open = !session.is_quorate() && session.answer(GOING_ON, About::Session).is_none();
    let prompt = reading.rules.catalogue.prompt(GOING_ON).filter(|_| is_open)?;
    let said = reading.label("no_reason_given");
    Some(Block::Facts(vec![Fact::new(prompt.title.as_str(), said)]))
}

fn row(reading: &Reading<'_>, session: &Session, line: &Line<'_>) -> Vec<Piece> {
    let not_named = reading.label("not_named");
    let means = match line.whose {
        Whose::Seat(seat) => Some(reading.choice("means", reading.case.means(session, seat).code())),
        Whose::Invitation(_) => None,
    };
    vec![
        Piece::new(line.name.unwrap_or(&not_named)),
        line.role.as_str().into(),
        line.agency.into(),
        invited(reading, session, line).into(),
        response(reading, session, line).into(),
        means.unwrap_or_else(|| reading.label("not_stated")).into(),
        authorised(reading, line),
        attended(reading, session, line).into(),
        arrived(reading, line).into(),
        left(reading, session, line).into(),
        information(reading, session, line).into(),
    ]
}

/// When the invitation went out, or how somebody without one came to be of the case (INV-30, INV-34).
fn invited(reading: &Reading<'_>, session: &Session, line: &Line<'_>) -> String {
    if let Some(state) = line.invitation {
        let invited = calendar::both(state.invited_at);
        let is_deputy = state.invitation.instead_of.is_some();
        return if is_deputy { reading.sentence("deputy", values! { invited }) } else { invited };
    }
    match line.whose {
        Whose::Seat(seat) if seat == session.convenor => reading.label("as_convenor"),
        Whose::Seat(seat) => {
            let voucher = reading.case.seat(seat).and_then(|seat| seat.vouched_by);
            let voucher = voucher.map(|by| reading.case.person(by).name.as_str());
            voucher.map_or_else(|| reading.label("not_invited"), |by| reading.sentence("vouched", values! { by }))
        }
        Whose::Invitation(_) => reading.label("not_invited"),
    }
}

/// What became of the invitation, with the reason where one was given (GATE-07, INV-22).
fn response(reading: &Reading<'_>, session: &Session, line: &Line<'_>) -> String {
    let absence = line.attendance.and_then(|attendance| attendance.absence.as_ref());
    let absence = absence.or_else(|| line.invitation.and_then(|state| state.absence.as_ref()));
    let came =
        line.attendance.is_some_and(|attendance| attendance.confirmed().next().is_some() || attendance.attended());
    if let Some((kind, reason)) = absence.filter(|_| !came) {
        let code = match kind {
            Absence::Apologies => "apologies",
            Absence::NoResponse => "no_response",
            Absence::ReasonOpen => "reason_open",
        };
        let reason = reason.as_ref().map(|reason| reason.words());
        let at = line.invitation.and_then(|state| state.declined).map(|(at, _)| reading.at(at));
        return reading.sentence("absence", values! { kind => reading.choice("response", code), reason, at });
    }
    if line.invitation.is_some_and(|state| state.conflict == Some(true)) {
        return reading.choice("response", "conflict");
    }
    match line.attendance.and_then(|attendance| attendance.accepted_at) {
        Some(at) => reading.sentence("accepted", values! { at => reading.at(at) }),
        None if line.whose == Whose::Seat(session.convenor) => reading.choice("response", "convened"),
        None => reading.choice("response", "no_answer"),
    }
}

fn authorised(reading: &Reading<'_>, line: &Line<'_>) -> Piece {
    if matches!(line.whose, Whose::Seat(seat) if !reading.case.has_part(seat)) {
        return reading.label("not_applicable").into();
    }
    let introduced = line.attendance.and_then(Attendance::introduction);
    let stated = introduced.and_then(|introduced| Some((introduced, introduced.authorised?)));
    let Some((introduced, authorised)) = stated else { return reading.label("not_stated").into() };
    let values = values! {
        answer => reading.yes_no(authorised),
        basis => introduced.basis.as_ref().map(|basis| basis.words()),
    };
    reading.sentence("authorised", values).into()
}

/// How far back somebody who came late saw, as the chair chose or as it stood without a choice (SES-13). Whoever has no
/// account sees nothing of the channel.
fn sight(reading: &Reading<'_>, session: &Session, line: &Line<'_>) -> Option<&'static str> {
    let Whose::Seat(seat) = line.whose else { return None };
    let is_asked = session.came_late(seat).is_some() && reading.case.person(seat).account.is_some();
    let chosen = line.attendance?.sight;
    is_asked.then(|| chosen.map_or("not_chosen", Sight::code))
}

/// Present from the start, "joined 10:40", not present, or stood down. Why somebody was stood down is for the
/// annex alone (SEC-14).
fn attended(reading: &Reading<'_>, session: &Session, line: &Line<'_>) -> String {
    let first = line.attendance.and_then(|attendance| attendance.present.first());
    let came = match first {
        Some((arrived, _)) if session.opened_at.is_some_and(|opened| *arrived > opened) => {
            let sight = sight(reading, session, line).map(|code| reading.choice("sight", code));
            reading.sentence("joined", values! { at => reading.clock_time(*arrived), sight })
        }
        Some(_) => reading.label("present"),
        None => reading.label("not_present"),
    };
    if let Whose::Seat(seat) = line.whose
        && let Some(end) = reading.case.ended_seats.get(&seat)
    {
        return seat_ended(reading, seat, *end, &came);
    }
    match stood_down(reading, line) {
        Some((at, _)) => reading.sentence("stood_down", values! { came, at => at.map(calendar::time) }),
        None => came,
    }
}

/// Handed on, or left with their post (SES-16, SES-17).
fn seat_ended(reading: &Reading<'_>, seat: SeatId, end: SeatEnd, came: &str) -> String {
    let at = reading.when(|event| match event {
        Event::SeatHandedOn { from, .. } => *from == seat,
        event => matches!(event, Event::OwnerLeft { seat: who } if *who == seat),
    });
    let to = match end {
        SeatEnd::HandedOn(to) => Some(reading.person(to)),
        SeatEnd::Left => None,
    };
    reading.sentence("seat_ended", values! { came, to, at => at.map(calendar::both) })
}

/// When a person was stood down or an invitation withdrawn, and why (INV-30).
pub(super) fn stood_down<'a>(
    reading: &Reading<'_>,
    line: &Line<'a>,
) -> Option<(Option<DateTime<Utc>>, Option<&'a Spoken>)> {
    if let (None, Some((at, reason))) = (line.attendance, line.invitation.and_then(|state| state.withdrawn.as_ref())) {
        return Some((Some(*at), reason.as_ref()));
    }
    let Some(Exclusion::StoodDown(reason)) = line.attendance?.excluded.as_ref() else { return None };
    let Whose::Seat(seat) = line.whose else { return None };
    let at = reading.when(|event| matches!(event, Event::StoodDown { seat: who, .. } if *who == seat));
    Some((at, Some(reason)))
}

/// Every arrival of a person (SES-10).
fn arrived(reading: &Reading<'_>, line: &Line<'_>) -> String {
    let present = line.attendance.map(|attendance| attendance.present.as_slice()).unwrap_or_default();
    let times: Vec<_> = present.iter().map(|(arrived, _)| reading.at(*arrived)).collect();
    if times.is_empty() { reading.label("not_present") } else { times.join("; ") }
}

/// Every departure, and which was before a section 47 decision the person was not there for (SES-10).
fn left(reading: &Reading<'_>, session: &Session, line: &Line<'_>) -> String {
    let present = line.attendance.map(|attendance| attendance.present.as_slice()).unwrap_or_default();
    let decided = session.section_47_decided_at();
    let missed = decided.and_then(|decided| left_before(present, decided));
    let times: Vec<_> = present
        .iter()
        .filter_map(|(_, left)| *left)
        .map(|at| {
            let at_all = reading.at(at);
            if Some(at) == missed { reading.sentence("left_before_decision", values! { at => at_all }) } else { at_all }
        })
        .collect();
    if times.is_empty() {
        reading.label("not_applicable")
    } else {
        let leave_by = line.attendance.and_then(|attendance| attendance.leave_by);
        let (leave_by, first) =
            (leave_by.map(|given| reading.clock_time(given.at)), leave_by.is_some_and(|given| given.first));
        // The sentence of a case begun earlier asks for it.
        let before_decision = false;
        reading.sentence("left", values! { times, before_decision, leave_by, first })
    }
}

/// The last departure before a moment at which a person was not there (SES-10).
fn left_before(present: &[(DateTime<Utc>, Option<DateTime<Utc>>)], moment: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let was_there = present.iter().any(|(arrived, left)| *arrived <= moment && left.is_none_or(|left| moment <= left));
    let mut before = present.iter().filter_map(|(_, left)| *left).filter(|left| *left < moment);
    before.next_back().filter(|_| !was_there)
}

/// How the agency's information reached the session (INV-25, TURN-14).
fn information(reading: &Reading<'_>, session: &Session, line: &Line<'_>) -> String {
    let shared = |mode: Mode| {
        session
            .contributions
            .iter()
            .any(|(contribution, _)| contribution.mode == mode && Whose::Seat(contribution.seat) == line.whose)
    };
    let written = matches!(line.whose, Whose::Seat(seat) if session.submission(seat).is_some());
    let relayed = session.contributions.iter().any(|(contribution, _)| is_relayed_for(session, line, contribution));
    let mut turns = session.turns.iter().filter(|turn| turn.turn.whose == line.whose);
    let holds_nothing = turns.any(|turn| turn.ended == Some(Release::NothingHeld));
    let ways = [
        (shared(Mode::Live), "in_session"),
        (written, "written"),
        (relayed, "relayed"),
        (holds_nothing, "nothing_held"),
    ];
    let ways: Vec<_> =
        ways.into_iter().filter(|(so, _)| *so).map(|(_, way)| reading.choice("information", way)).collect();
    if ways.is_empty() { reading.choice("information", "none") } else { ways.join("; ") }
}

fn is_relayed_for(session: &Session, line: &Line<'_>, contribution: &Contribution) -> bool {
    let Some(source) = &contribution.on_behalf_of else { return false };
    let in_their_turn =
        contribution.turn.and_then(|turn| session.turn(turn)).is_some_and(|turn| turn.turn.whose == line.whose);
    in_their_turn || (line.name == Some(source.name.words()) && source.agency.words() == line.agency)
}

/// Everybody who contributed, there or not, once (MIN-04, INFO-14).
pub(super) fn contributors(reading: &Reading<'_>) -> Vec<Block> {
    // That somebody took part is no secret of what they said.
    let Some(session) = reading.whole.session() else { return Vec::new() };
    let mut seen = std::collections::BTreeSet::new();
    let mut rows = Vec::new();
    for (contribution, _) in &session.contributions {
        let (name, role, agency) = author(reading, contribution);
        if seen.insert((name.clone(), agency.clone())) {
            let own = session.contributions.iter().map(|(other, _)| other);
            let chronology = own
                .filter(|other| author(reading, other).0 == name)
                .find_map(|other| chronology(reading, other))
                .unwrap_or_else(|| reading.label("not_stated").into());
            let present = reading.choice("contributor", contributor(session, contribution));
            rows.push(vec![name.into(), role.into(), agency.into(), present.into(), chronology]);
        }
    }
    rows.extend(holding_nothing(reading, session, &seen));
    if rows.is_empty() {
        return Vec::new();
    }
    vec![reading.table("contributors", &["name", "role", "agency", "present_or_not", "chronology"], rows)]
}

/// Those who said that their agency holds nothing relevant: an answer, and not silence (TURN-15).
fn holding_nothing(
    reading: &Reading<'_>,
    session: &Session,
    others: &std::collections::BTreeSet<(String, String)>,
) -> Vec<Vec<Piece>> {
    let said_so = session.turns.iter().filter(|state| state.ended == Some(Release::NothingHeld));
    let rows = said_so.filter_map(|state| {
        let (name, held_by, agency) = reading.case.whose(state.turn.whose);
        let role = match state.turn.whose {
            Whose::Seat(seat) => role(reading, reading.case.person(seat)),
            Whose::Invitation(_) => held_by.to_owned(),
        };
        let name = name.map_or_else(|| reading.label("not_named"), str::to_owned);
        let is_new = !others.contains(&(name.clone(), agency.to_owned()));
        let (nothing, chronology) = (reading.choice("contributor", "nothing_held"), reading.label("not_stated"));
        is_new.then(|| vec![name.into(), role.into(), agency.into(), nothing.into(), chronology.into()])
    });
    rows.collect()
}

fn contributor(session: &Session, contribution: &Contribution) -> &'static str {
    let was_there = session.attendance.get(&contribution.seat).is_some_and(Attendance::attended);
    match contribution.mode {
        Mode::Relayed => "relayed",
        _ if was_there => "present",
        _ => "written",
    }
}

fn chronology(reading: &Reading<'_>, contribution: &Contribution) -> Option<Piece> {
    let said = contribution.fields.get("chronology").filter(|said| !said.is_empty())?;
    let field = reading.rules.catalogue.prompts.iter().find_map(|prompt| prompt.field("chronology"));
    Some(field.map_or_else(|| said.into(), |field| prompts::value(reading, field, said)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone;

    fn at(minute: u32) -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2026, 12, 7, 10, minute, 0).single().expect("there is such an hour")
    }

    #[test]
    fn whoever_was_not_there_for_the_decision_left_before_it_however_often_they_came_back() {
        let decided = at(30);
        let check = |present: &[(u32, Option<u32>)], expected: Option<u32>| {
            let present: Vec<_> = present.iter().map(|(came, left)| (at(*came), left.map(at))).collect();
            assert_eq!(left_before(&present, decided), expected.map(at), "{present:?}");
        };
        check(&[(0, Some(20))], Some(20));
        check(&[(0, Some(10)), (15, Some(20)), (40, Some(50))], Some(20));
        check(&[(0, Some(20)), (25, None)], None);
        check(&[(0, Some(20)), (25, Some(40))], None);
        check(&[(35, Some(40))], None);
    }
}
