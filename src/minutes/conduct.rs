//! How the session was conducted: its parts, each adjournment, who chaired from when to when, and what was handed over.

use super::document::{Block, Fact, Piece};
use super::reading::{Reading, values};
use crate::domain::adjournment::Adjournment;
use crate::domain::chairing::Chaired;
use crate::domain::session::Session;

/// "opened 10:00, adjourned 10:45; resumed 14:00, closed 15:10": one record, and every part of it (SES-02).
pub(super) fn times(reading: &Reading<'_>, session: &Session) -> String {
    let time = |at: Option<_>| at.map_or_else(|| reading.label("not_recorded"), |at| reading.at(at));
    if session.is_entered_afterwards() {
        let values = values! { held => time(session.starts_at), opened => time(session.opened_at), closed => time(session.closed_at) };
        return reading.sentence("times_afterwards", values);
    }
    if session.adjournments.is_empty() {
        let clock = |at: Option<_>| at.map_or_else(|| reading.label("not_recorded"), |at| reading.clock_time(at));
        return reading
            .sentence("times", values! { opened => clock(session.opened_at), closed => clock(session.closed_at) });
    }
    let parts = session.parts();
    let part = |(n, (from, until)): (usize, &(_, Option<_>))| {
        let adjourned = session.adjournments.get(n).map(|adjournment| adjournment.at) == *until;
        let (from, until) = (reading.at(*from), time(*until));
        reading.sentence("session_part", values! { number => n + 1, from, until, adjourned })
    };
    let said: Vec<_> = parts.iter().enumerate().map(part).collect();
    let never_resumed = session.adjournments.last().is_some_and(|last| last.resumed_at.is_none());
    let closed = session.closed_at.filter(|_| never_resumed).map(|at| reading.at(at));
    reading.sentence("session_parts", values! { parts => said, closed })
}

/// Each adjournment with what was said of it (SES-01).
pub(super) fn adjournments(reading: &Reading<'_>) -> Vec<Block> {
    let Some(session) = reading.session.filter(|session| !session.adjournments.is_empty()) else { return Vec::new() };
    let row = |adjournment: &Adjournment| -> Vec<Piece> {
        let interim = &adjournment.interim;
        let time = |at: Option<_>, none: &str| at.map_or_else(|| reading.label(none), |at| reading.at(at));
        vec![
            reading.at(adjournment.at).into(),
            adjournment.by.name.as_str().into(),
            reading.spoken(&interim.holder),
            time(interim.resumes_at, "not_recorded").into(),
            reading.spoken(&interim.undecided),
            time(adjournment.resumed_at, "not_resumed").into(),
        ]
    };
    let headers = ["adjourned", "by", "holder", "resumes", "undecided", "resumed"];
    vec![reading.table("adjournments", &headers, session.adjournments.iter().map(row).collect())]
}

/// Who chaired from when to when, where that changed, and who was to stand in (SES-04).
pub(super) fn chairs(reading: &Reading<'_>, session: &Session) -> Vec<Fact> {
    let mut facts = Vec::new();
    if session.chairing.chaired.len() > 1 {
        facts.push(reading.fact("chaired", chaired(reading, session)));
    }
    if session.opened_at.is_some() {
        let vice = session.chairing.vice.map(|seat| reading.person(seat));
        facts.push(reading.fact("vice_chair", vice.unwrap_or_else(|| reading.label("nobody_named"))));
    }
    facts
}

fn chaired(reading: &Reading<'_>, session: &Session) -> String {
    let chaired = &session.chairing.chaired;
    let until = chaired.iter().skip(1).map(|next| Some(next.from)).chain([session.closed_at]);
    let line = |(one, until): (&Chaired, Option<_>)| {
        let values = values! {
            person => reading.person(one.seat), from => reading.at(one.from), until => until.map(|at| reading.at(at)),
            how => one.how.map(|how| reading.choice("chair", how.code())),
        };
        reading.sentence("chaired", values)
    };
    chaired.iter().zip(until).map(line).collect::<Vec<_>>().join("; ")
}

/// Who read what was handed over, and when (SES-03).
pub(super) fn handovers(reading: &Reading<'_>, session: &Session) -> Vec<Block> {
    let items: Vec<Piece> = session
        .handovers
        .iter()
        .map(|handover| {
            let read = handover.read.iter().map(|(by, at)| {
                let person = reading.named(&by.name, &by.role, &by.agency);
                reading.sentence("by_at", values! { person, at => reading.at(*at) })
            });
            let read: Vec<_> = read.collect();
            reading.sentence("handover_made", values! { at => reading.at(handover.at), read }).into()
        })
        .collect();
    if items.is_empty() {
        return Vec::new();
    }
    vec![Block::subheading(reading.label("handovers")), Block::List(items)]
}
