//! What was said of the record once it was drafted, what was put right in it, and where it is filed.

use super::document::{Block, Piece};
use super::reading::{Reading, values};
use crate::domain::calendar;
use crate::domain::event::{Event, SessionForm};
use crate::domain::ids::SeatId;
use crate::domain::issuing::{
    Correction, Endorsed, Endorsement, asked_of_the_record, entered_on_case_system, filings, recorded_by_both,
};
use crate::domain::session::Session;

/// The chair's signature of each version, the manager's sign-off, and what those who were present say: an electronic
/// acknowledgement, named as such (MIN-12 to MIN-14, G-05).
pub(super) fn signatures(reading: &Reading<'_>) -> Vec<Block> {
    let Some(session) = reading.session else { return Vec::new() };
    let mut blocks = vec![chairs_signatures(reading, session)];
    blocks.extend(sign_off(reading, session));
    blocks.extend(said(reading, session, Endorsement::TrueRecord));
    blocks.extend(said(reading, session, Endorsement::TimingClear));
    blocks
}

fn chairs_signatures(reading: &Reading<'_>, session: &Session) -> Block {
    let is_of = |event: &Event| event.session().is_none_or(|no| no == session.no);
    let signed = reading.records.iter().filter_map(|record| match &record.event {
        Event::MinutesSigned { version, .. } if is_of(&record.event) => {
            let person = reading.named(&record.actor.name, &record.actor.role, &record.actor.agency);
            let at = calendar::both(record.at);
            Some(Piece::new(reading.sentence("signature", values! { person, at, version })))
        }
        _ => None,
    });
    let items: Vec<_> = signed.collect();
    if items.is_empty() { reading.paragraph("no_signatures", values! {}) } else { Block::List(items) }
}

/// Whether the procedure asks it, or somebody said it all the same.
fn is_shown(reading: &Reading<'_>, session: &Session, what: Endorsement) -> bool {
    let was_said = session.issuing.endorsed.iter().any(|said| said.what == what);
    was_said || reading.rules.procedure.level(what.rule()).works()
}

fn sign_off(reading: &Reading<'_>, session: &Session) -> Vec<Block> {
    if session.draft_version == 0 || !is_shown(reading, session, Endorsement::SignOff) {
        return Vec::new();
    }
    let said = session.issuing.endorsed.iter().filter(|said| said.what == Endorsement::SignOff);
    let line = |said: &Endorsed| {
        let by = reading.named(&said.by.name, &said.by.role, &said.by.agency);
        let reason = said.reason.as_ref().map(|reason| reason.words());
        let at = calendar::both(said.at);
        let late = late(reading, session, said);
        reading
            .paragraph("signed_off", values! { by, at, version => said.version, agrees => said.agrees, reason, late })
    };
    let mut blocks: Vec<_> = said.map(line).collect();
    if session.signed_off().is_none() {
        blocks.push(reading.paragraph("not_signed_off", values! {}));
    }
    blocks
}

/// How late the sign-off is, against the deadline of the circulation (TIM-20).
fn late(reading: &Reading<'_>, session: &Session, said: &Endorsed) -> Option<String> {
    use crate::domain::deadlines::{Clock, DeadlineKind, deadline};
    let clock = Clock { kind: DeadlineKind::Circulation, session: Some(session.no) };
    let due = deadline(clock, reading.case, reading.rules)?.due.at;
    (said.agrees && said.at > due).then(|| calendar::elapsed_words(due, said.at))
}

/// One line for each who was asked: what they said, or that they have said nothing.
fn said(reading: &Reading<'_>, session: &Session, what: Endorsement) -> Option<Block> {
    if session.draft_version == 0 || !is_shown(reading, session, what) {
        return None;
    }
    let rows: Vec<_> =
        asked_of_the_record(reading.case, session).map(|seat| row(reading, session, what, seat)).collect();
    let headers = ["person", "said", "at", "version", "reason_given"];
    (!rows.is_empty()).then(|| reading.table(what.code(), &headers, rows))
}

fn row(reading: &Reading<'_>, session: &Session, what: Endorsement, seat: SeatId) -> Vec<Piece> {
    let given = session.issuing.endorsed.iter().rev().find(|said| said.what == what && said.by.seat == Some(seat));
    let how = given.map_or("nothing", |said| if said.agrees { "yes" } else { "no" });
    let dash = || Piece::new(reading.label("none_given"));
    let reason = given.and_then(|said| said.reason.as_ref());
    vec![
        reading.person(seat).into(),
        reading.choice(what.code(), how).into(),
        given.map_or_else(dash, |said| calendar::both(said.at).into()),
        given.map_or_else(dash, |said| said.version.to_string().into()),
        reason.map_or_else(dash, |reason| reading.spoken(reason)),
    ]
}

/// What was asked to be put right, the chair's answer, and the version that lists it (MIN-26).
pub(super) fn corrections(reading: &Reading<'_>) -> Vec<Block> {
    let Some(session) = reading.session else { return Vec::new() };
    if session.issuing.corrections.is_empty() {
        return vec![reading.paragraph("no_corrections", values! {})];
    }
    let rows = session.issuing.corrections.iter().map(|asked| correction(reading, asked));
    let headers = ["correction_number", "asked_by", "should_read", "chairs_answer", "version"];
    vec![reading.table("corrections", &headers, rows.collect())]
}

fn correction(reading: &Reading<'_>, asked: &Correction) -> Vec<Piece> {
    let person = |by: &crate::domain::event::Actor| reading.named(&by.name, &by.role, &by.agency);
    let who = reading.sentence(
        "correction_by",
        values! { person => person(&asked.by), at => calendar::both(asked.at), late => asked.late },
    );
    let answer = asked.answer.as_ref().map_or_else(
        || reading.label("not_answered_yet"),
        |answer| {
            let words = (!answer.words.is_empty()).then(|| answer.words.words());
            let at = calendar::both(answer.at);
            reading.sentence("correction_answer", values! { accepted => answer.accepted, words, at })
        },
    );
    let version = asked.answer.as_ref().and_then(|answer| answer.version);
    vec![
        asked.id.to_string().into(),
        who.into(),
        reading.spoken(&asked.text),
        answer.into(),
        version.map_or_else(|| reading.label("none_given"), |version| version.to_string()).into(),
    ]
}

/// Where the record is kept, and which agencies have it, or the line for it, on their own (MIN-10, MIN-20, MIN-21).
pub(super) fn filed(reading: &Reading<'_>, session: &Session) -> Vec<Block> {
    let (case, procedure) = (reading.case, reading.rules.procedure);
    let entered = entered_on_case_system(case, session);
    let by = entered.map(|(seat, _)| reading.person(seat));
    let at = entered.map(|(_, at)| calendar::both(at));
    let mut blocks = vec![reading.paragraph("case_system", values! { system => procedure.case_system, by, at })];
    if session.form == SessionForm::Discussion && procedure.level("MIN-21").works() {
        let both = recorded_by_both(case, session);
        let social_care = both.map(|(social_care, _)| calendar::both(social_care));
        let police = both.map(|(_, police)| calendar::both(police));
        blocks.push(reading.paragraph("recorded_by_both", values! { social_care, police }));
    }
    let filings = filings(case, session);
    if !filings.is_empty() && session.opened_at.is_some() {
        let line = super::copies::note_line(reading);
        blocks.push(reading.paragraph("case_note", values! { line }));
        let rows = filings.into_iter().map(|filing| {
            let filed = filing.filed.map_or_else(
                || reading.label("not_confirmed"),
                |(seat, at)| {
                    reading.sentence("filed_by", values! { by => reading.person(seat), at => calendar::both(at) })
                },
            );
            vec![filing.agency.into(), filed.into()]
        });
        blocks.push(reading.table("filings", &["agency", "filed"], rows.collect()));
    }
    blocks
}
