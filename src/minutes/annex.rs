//! The audit annex: what shows how the session was conducted and is no part of what was said.
//!
//! Somebody in the wrong meeting is named here and nowhere else, with the time and nothing they said (GATE-03).

use super::document::{Block, Piece};
use super::reading::{Reading, values};
use super::{agenda, attendance};
use crate::domain::attendance::{Attendance, Exclusion};
use crate::domain::calendar;
use crate::domain::event::{Event, Record};
use crate::domain::floor::{QuestionState, Whose};
use crate::domain::ids::SeatId;
use crate::domain::limits::Readers;
use crate::domain::session::Session;

/// Tables first, so that each list stands under its own subheading and nothing else does.
pub(super) fn annex(reading: &Reading<'_>) -> Vec<Block> {
    let Some(session) = reading.session else { return Vec::new() };
    let mut blocks = vec![door(reading, session), course(reading, session)];
    blocks.extend(agenda::followed(reading, session));
    blocks.extend(super::conduct::handovers(reading, session));
    blocks.extend(removals(reading, session));
    blocks.extend(stood_down(reading, session));
    blocks.extend(unanswered(reading, session));
    blocks.extend(held_questions(reading, session));
    blocks.extend(nudges(reading, session));
    blocks.extend(held_back(reading, session));
    blocks.extend(masks(reading));
    blocks
}

/// When each person looked the family up, confirmed the meeting and acknowledged confidentiality (INV-20, GATE-05).
fn door(reading: &Reading<'_>, session: &Session) -> Block {
    let lines = attendance::lines(reading, session);
    let seated = lines.iter().filter_map(|line| match (line.whose, line.attendance) {
        (Whose::Seat(seat), Some(attendance)) => Some((seat, attendance)),
        _ => None,
    });
    let rows = seated.map(|(seat, attendance)| {
        let time = |at: Option<_>| Piece::new(at.map_or_else(|| reading.label("no"), |at| reading.at(at)));
        let how = match attendance.introduction() {
            _ if attendance.is_introduced_by_enrolment() => "by_enrolment",
            Some(_) => "in_person",
            None => "not_introduced",
        };
        vec![
            reading.person(seat).into(),
            time(attendance.accepted_at),
            looked_up(reading, session, seat),
            confirmed(reading, attendance),
            confirmed(reading, attendance),
            reading.choice("introduced", how).into(),
        ]
    });
    let headers = ["person", "accepted", "looked_up", "confirmed_meeting", "confidentiality", "introduced"];
    reading.table("door", &headers, rows.collect())
}

/// Each time, for everybody passes the door again after an adjournment (SES-02).
fn confirmed(reading: &Reading<'_>, attendance: &Attendance) -> Piece {
    let times: Vec<_> = attendance.confirmed().map(|at| reading.at(at)).collect();
    Piece::new(if times.is_empty() { reading.label("no") } else { times.join("; ") })
}

/// Each time somebody opened the look-up sheet (INV-20).
fn looked_up(reading: &Reading<'_>, session: &Session, seat: SeatId) -> Piece {
    let opened = reading.records.iter().filter(|record| {
        record.at >= session.convened_at && matches!(record.event, Event::LookUpOpened { seat: who } if who == seat)
    });
    let times: Vec<_> = opened.map(|record| reading.at(record.at)).collect();
    Piece::new(if times.is_empty() { reading.label("no") } else { times.join("; ") })
}

/// What was done where nobody answered, and who was asked no more for knowing the person of concern (INV-32, INV-33).
fn unanswered(reading: &Reading<'_>, session: &Session) -> Vec<Block> {
    let (mut steps, mut conflicts) = (Vec::new(), Vec::new());
    for record in reading.records {
        let (id, sentence) = match &record.event {
            Event::MailboxNotified { invitation } => (invitation, "mailed"),
            Event::NoticeUndelivered { invitation, by_mail: false } => (invitation, "undelivered"),
            Event::NoticeUndelivered { invitation, by_mail: true } => (invitation, "mail_undelivered"),
            Event::InvitationUnanswered { invitation } => (invitation, "unanswered"),
            Event::InvitationEscalated { invitation, .. } => (invitation, "escalated"),
            Event::ConflictAnswered { invitation, conflict: true } => (invitation, "conflict"),
            _ => continue,
        };
        let Some(state) = session.invitation(*id) else { continue };
        let step = match &record.event {
            Event::InvitationEscalated { step, .. } => {
                let known = reading.rules.procedure.silence.iter().find(|known| known.code == *step);
                known.map_or_else(|| step.clone(), |known| known.label.clone())
            }
            _ => String::new(),
        };
        let to = reading.named(
            state.invitation.to.name().unwrap_or(&reading.label("not_named")),
            state.invitation.to.role(),
            state.invitation.to.agency(),
        );
        let values = values! { to, step, at => reading.at(record.at), by => record.actor.name };
        let list = if sentence == "conflict" { &mut conflicts } else { &mut steps };
        list.push(Piece::new(reading.sentence(sentence, values)));
    }
    let lists = [("no_answer_steps", steps), ("conflicts", conflicts)].into_iter();
    let lists = lists.filter(|(_, items)| !items.is_empty());
    lists.flat_map(|(label, items)| [Block::subheading(reading.label(label)), Block::List(items)]).collect()
}

fn removals(reading: &Reading<'_>, session: &Session) -> Vec<Block> {
    let wrong = session.attendance.iter().filter(|(_, at)| at.excluded == Some(Exclusion::WrongMeeting));
    let items: Vec<Piece> = wrong
        .map(|(seat, attendance)| {
            let is_meant = |event: &Event| matches!(event, Event::WrongMeeting { seat: who, .. } if who == seat);
            let at = reading.when(is_meant).map(|at| reading.at(at));
            let possible_breach = attendance.possible_breach;
            let assessed = assessments(reading, session, *seat);
            let values = values! { person => reading.person(*seat), at, possible_breach, assessed };
            reading.sentence("wrong_meeting", values).into()
        })
        .collect();
    if items.is_empty() {
        return Vec::new();
    }
    vec![Block::subheading(reading.label("wrong_meeting")), Block::List(items)]
}

/// What the authority found of what they had seen, where somebody has said (AUD-11).
fn assessments(reading: &Reading<'_>, session: &Session, seat: SeatId) -> Vec<String> {
    let own = session.breaches.iter().filter(|breach| breach.seat == seat).flat_map(|breach| &breach.assessed);
    let words = own.map(|assessed| {
        let finding = reading.choice("breach_finding", assessed.finding.code());
        let by = reading.named(&assessed.by.name, &assessed.by.role, &assessed.by.agency);
        let (words, at) = (assessed.words.words(), calendar::both(assessed.at));
        reading.sentence("breach_assessed", values! { finding, words, by, at })
    });
    words.collect()
}

/// Why somebody was stood down: here and nowhere else (SEC-14).
fn stood_down(reading: &Reading<'_>, session: &Session) -> Vec<Block> {
    let lines = attendance::lines(reading, session);
    let items: Vec<Piece> = lines
        .iter()
        .filter_map(|line| {
            let (at, reason) = attendance::stood_down(reading, line)?;
            let not_named = reading.label("not_named");
            let person = reading.named(line.name.unwrap_or(&not_named), &line.role, line.agency);
            let reason = reason.map(|reason| reading.spoken(reason).words().to_owned());
            let values = values! { person, at => at.map(|at| reading.at(at)), reason };
            Some(reading.sentence("stood_down_because", values).into())
        })
        .collect();
    if items.is_empty() {
        return Vec::new();
    }
    vec![Block::subheading(reading.label("stood_down")), Block::List(items)]
}

/// When the session reached each of its stages.
fn course(reading: &Reading<'_>, session: &Session) -> Block {
    let of_this_session = of_this_session(reading, session).filter(|record| is_of(session, &record.event));
    let rows = of_this_session.filter_map(|record| {
        let stage = match &record.event {
            Event::SessionConvened { .. } => "convened",
            Event::SessionOpened { .. } => "open",
            Event::SessionAdjourned { .. } => "adjourned",
            Event::SessionResumed { .. } => "resumed",
            Event::StageEntered { stage } => stage.key(),
            Event::SessionClosed { .. } => "closed",
            Event::DraftIssued { .. } => "minutes",
            Event::MinutesCirculated { .. } => "circulated",
            _ => return None,
        };
        let stage = reading.wording.say(&format!("stage.{stage}"), values! {});
        Some(vec![Piece::new(stage), reading.at(record.at).into()])
    });
    reading.table("course", &["stage", "time"], rows.collect())
}

/// That somebody held a question and never put it; what it asked stays theirs (TURN-09).
fn held_questions(reading: &Reading<'_>, session: &Session) -> Vec<Block> {
    let kept = |state: QuestionState| matches!(state, QuestionState::Parked | QuestionState::Held);
    let held = session.questions.iter().filter(|question| kept(question.state));
    let items: Vec<Piece> = held
        .map(|question| {
            let author = reading.person(question.by);
            reading.sentence("held_question", values! { number => question.id, author }).into()
        })
        .collect();
    if items.is_empty() {
        return Vec::new();
    }
    vec![Block::subheading(reading.label("held_questions")), Block::List(items)]
}

/// Speakers the chair asked to keep to what is relevant: here and nowhere else (TURN-18).
fn nudges(reading: &Reading<'_>, session: &Session) -> Vec<Block> {
    let nudged = of_this_session(reading, session).filter_map(|record| match &record.event {
        Event::SpeakerNudged { seat } => {
            let values =
                values! { person => reading.person(*seat), at => reading.at(record.at), by => record.actor.name };
            Some(Piece::new(reading.sentence("nudged", values)))
        }
        _ => None,
    });
    let items: Vec<_> = nudged.collect();
    if items.is_empty() {
        return Vec::new();
    }
    vec![Block::subheading(reading.label("nudges")), Block::List(items)]
}

/// That somebody typed while another had the floor; what it said nobody here has read (TURN-05).
fn held_back(reading: &Reading<'_>, session: &Session) -> Vec<Block> {
    let typed = of_this_session(reading, session).filter_map(|record| match &record.event {
        Event::MessageHeldBack { seat, .. } => {
            let person = seat.map_or_else(|| reading.label("without_seat"), |seat| reading.person(seat));
            Some(Piece::new(reading.sentence("held_back", values! { person, at => reading.at(record.at) })))
        }
        _ => None,
    });
    let items: Vec<_> = typed.collect();
    if items.is_empty() {
        return Vec::new();
    }
    vec![Block::subheading(reading.label("held_back")), Block::List(items)]
}

/// What copies say in place of these words, and who reads them all the same; it stands in the record alone (SEC-08).
fn masks(reading: &Reading<'_>) -> Vec<Block> {
    let items = reading.case.masks.iter().map(|mask| {
        let names = match &mask.readers {
            Readers::ChairAndPolice => None,
            Readers::Named(seats) => Some(seats.iter().map(|seat| reading.person(*seat)).collect::<Vec<_>>()),
        };
        let readers = reading.sentence("limited_to", values! { names });
        let (words, by) = (mask.words.words(), reading.person(mask.originator));
        Piece::new(reading.sentence("masked", values! { words, shown => mask.shown.words(), by, readers }))
    });
    let items: Vec<_> = items.collect();
    if items.is_empty() {
        return Vec::new();
    }
    vec![Block::subheading(reading.label("masks")), Block::List(items)]
}

/// What was recorded from its convening on.
fn of_this_session<'a>(reading: &Reading<'a>, session: &Session) -> impl Iterator<Item = &'a Record> + use<'a> {
    let no = session.no;
    let convened = move |event: &Event| matches!(event, Event::SessionConvened { session, .. } if *session == no);
    reading.records.iter().skip_while(move |record| !convened(&record.event))
}

/// Not of an earlier session's record, which may still go out after this one was convened.
fn is_of(session: &Session, event: &Event) -> bool {
    event.session().is_none_or(|no| no == session.no)
}
