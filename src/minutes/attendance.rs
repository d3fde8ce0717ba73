//! Who was invited, who came, who did not and why, and who contributed.

use super::document::{Block, Fact, Piece};
use super::prompts;
use super::reading::{Reading, values};
use crate::domain::attendance::{Absence, Attendance, Exclusion, InvitationState};
use crate::domain::calendar;
use crate::domain::event::Event;
use crate::domain::floor::{Contribution, Mode, Whose};
use crate::domain::ids::SeatId;
use crate::domain::people::Person;
use crate::domain::session::Session;

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
    let invited_as = |seat: SeatId| session.invitations.iter().find(|state| state.seat == Some(seat));
    let seated = |(seat, attendance): (&'a SeatId, &'a Attendance)| {
        let person = reading.case.person(*seat);
        Line {
            whose: Whose::Seat(*seat),
            name: Some(&person.name),
            role: role(reading, person),
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
        match seats.iter().find(|(seat, _)| state.seat == Some(**seat)) {
            Some(one) => lines.push(seated(*one)),
            None => lines.push(not_taken_up(state)),
        }
    }
    lines.extend(
        seats.iter().filter(|(seat, _)| !is_own(**seat) && invited_as(**seat).is_none()).map(|one| seated(*one)),
    );
    lines
}

fn not_taken_up(state: &InvitationState) -> Line<'_> {
    let to = &state.invitation.to;
    Line {
        whose: Whose::Invitation(state.invitation.id),
        name: to.name(),
        role: to.role().to_owned(),
        agency: to.agency(),
        invitation: Some(state),
        attendance: None,
    }
}

fn role(reading: &Reading<'_>, person: &Person) -> String {
    match &person.rank {
        Some(rank) => reading.sentence("role_with_rank", values! { role => person.role, rank }),
        None => person.role.clone(),
    }
}

/// Invited, response, attended, means, authority and information (MIN-03, INV-22, INV-23).
pub(super) fn attendance(reading: &Reading<'_>) -> Vec<Block> {
    let Some(session) = reading.session else { return Vec::new() };
    let rows = lines(reading, session).iter().map(|line| row(reading, session, line)).collect();
    let headers = ["name", "role", "agency", "invited", "response", "means", "authorised", "attended", "information"];
    let mut blocks = vec![reading.table("attendance", &headers, rows)];
    if session.opened_at.is_some() {
        blocks.push(Block::paragraph(reading.quorum(&session.quorum)));
        let lines = session.quorum.iter().map(|line| {
            let met = if line.met { "met" } else { "not_met" };
            Fact::new(line.label.as_str(), reading.choice("minimum", met))
        });
        blocks.push(Block::Facts(lines.collect()));
    }
    blocks
}

fn row(reading: &Reading<'_>, session: &Session, line: &Line<'_>) -> Vec<Piece> {
    let not_named = reading.label("not_named");
    let invited =
        line.invitation.map_or_else(|| reading.label("not_invited"), |state| calendar::both(state.invited_at));
    let means = match line.whose {
        Whose::Seat(seat) => reading.case.seat(seat).map(|seat| reading.choice("means", seat.means.code())),
        Whose::Invitation(_) => None,
    };
    vec![
        Piece::new(line.name.unwrap_or(&not_named)),
        line.role.as_str().into(),
        line.agency.into(),
        invited.into(),
        response(reading, session, line),
        means.unwrap_or_else(|| reading.label("not_stated")).into(),
        authorised(reading, line),
        attended(reading, session, line),
        information(reading, session, line).into(),
    ]
}

/// What became of the invitation, with the reason where one was given (GATE-07).
fn response(reading: &Reading<'_>, session: &Session, line: &Line<'_>) -> Piece {
    if let (Some(Exclusion::StoodDown(reason)), Whose::Seat(seat)) =
        (line.attendance.and_then(|attendance| attendance.excluded.as_ref()), line.whose)
    {
        let is_meant = |event: &Event| matches!(event, Event::StoodDown { seat: who, .. } if *who == seat);
        let at = reading.when(is_meant).map(calendar::time);
        return reading.sentence("stood_down", values! { at, reason => reading.spoken(reason).words() }).into();
    }
    if line.attendance.is_some_and(Attendance::attended) {
        return reading.choice("response", "attended").into();
    }
    let absence = line.attendance.and_then(|attendance| attendance.absence.as_ref());
    let absence = absence.or_else(|| line.invitation.and_then(|state| state.absence.as_ref()));
    let Some((kind, reason)) = absence else {
        let code = match line.attendance.and_then(|attendance| attendance.accepted_at) {
            Some(_) if session.opened_at.is_some() => "did_not_come",
            Some(_) => "accepted",
            None => "no_answer",
        };
        return reading.choice("response", code).into();
    };
    let code = match kind {
        Absence::Apologies => "apologies",
        Absence::NoResponse => "no_response",
        Absence::ReasonOpen => "reason_open",
    };
    let reason = reason.as_ref().map(|reason| reason.words());
    reading.sentence("absence", values! { kind => reading.choice("response", code), reason }).into()
}

fn authorised(reading: &Reading<'_>, line: &Line<'_>) -> Piece {
    let introduced = line.attendance.and_then(|attendance| attendance.introduced.as_ref());
    let Some(introduced) = introduced else { return reading.label("not_stated").into() };
    let values = values! {
        answer => reading.yes_no(introduced.authorised),
        basis => introduced.basis.as_ref().map(|basis| basis.words()),
    };
    reading.sentence("authorised", values).into()
}

/// "arrived 09:55, left 11:25"; one who came after the opening "joined 10:40" (SES-10).
fn attended(reading: &Reading<'_>, session: &Session, line: &Line<'_>) -> Piece {
    let present = line.attendance.map(|attendance| attendance.present.as_slice()).unwrap_or_default();
    let times: Vec<_> = present
        .iter()
        .map(|(arrived, left)| {
            let late = session.opened_at.is_some_and(|opened| *arrived > opened);
            let values = values! { late, arrived => calendar::time(*arrived), left => left.map(calendar::time) };
            reading.sentence("present", values)
        })
        .collect();
    if times.is_empty() { reading.label("not_present").into() } else { times.join("; ").into() }
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
    let ways: Vec<_> = [(shared(Mode::Live), "in_session"), (written, "written"), (relayed, "relayed")]
        .into_iter()
        .filter(|(so, _)| *so)
        .map(|(_, way)| reading.choice("information", way))
        .collect();
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
    let Some(session) = reading.session else { return Vec::new() };
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
    if rows.is_empty() {
        return Vec::new();
    }
    vec![reading.table("contributors", &["name", "role", "agency", "present_or_not", "chronology"], rows)]
}

fn author(reading: &Reading<'_>, contribution: &Contribution) -> (String, String, String) {
    match &contribution.on_behalf_of {
        Some(source) => {
            let part = |spoken| reading.spoken(spoken).words().to_owned();
            (part(&source.name), part(&source.role), part(&source.agency))
        }
        None => {
            let person = reading.case.person(contribution.seat);
            (person.name.clone(), role(reading, person), person.agency.clone())
        }
    }
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
