//! The minutes: compiled from the journal into a document value, and rendered from that value alone.
//!
//! Pure. Nothing here reads a clock, a file or a database, and nothing knows of a chat platform. The same journal
//! under the same rules and wording gives the same bytes, so the record can be compiled again at any time (MIN-11).
//!
//! To add a section: a part below with the key procedures list it under, its compiler in a file of its group, and
//! its heading in `[minutes_heading]`. A key that is no part prints the answers of the catalogue's prompts that
//! name it; a new prompt needs nothing here.

mod actions;
mod agenda;
mod annex;
mod asked;
mod attendance;
mod calendar_file;
mod challenges;
mod conduct;
mod copies;
mod danger;
mod decisions;
mod document;
mod docx;
mod ending;
mod family;
mod family_draft;
mod files;
mod handover;
mod heading;
mod html;
mod issuing;
mod json;
mod markdown;
mod outline;
mod plain;
mod positions;
mod prompts;
mod reading;
mod referral;
mod reviewing;
mod safety;
mod sharing;
mod summary;

pub use calendar_file::calendar_file;
pub use copies::{case_note_line, extract};
pub use document::{Block, Fact, Limit, Minutes, Piece, Section, Status, Table};
pub use docx::docx;
pub use family_draft::{family_draft, family_lines};
pub use files::for_files;
pub use handover::handover;
pub(crate) use html::escaped;
pub use html::html;
pub use json::json;
pub use markdown::markdown;
pub use outline::Outline;
pub use plain::plain;
pub use summary::{CHARACTERS_MAX, summary};

use std::borrow::Cow;

use self::reading::{Reading, values};
use crate::domain::case::Case;
use crate::domain::event::{Event, Record};
use crate::domain::facts::Rules;
use crate::domain::ids::{SeatId, SessionNo};
use crate::domain::open_items::RISK;
use crate::domain::procedure::MinutesSection;
use crate::domain::session::Session;
use crate::wording::Wording;

/// A part of the record with a compiler of its own. Without a section of its key it stands in its host's, and
/// where that isn't listed either, in one at the end: no procedure can leave something out by not naming it.
struct Part {
    key: &'static str,
    host: &'static str,
    compile: fn(&Reading<'_>) -> Vec<Block>,
    /// Left out where there is nothing to say; the others then say that there was nothing.
    only_if_any: bool,
}

const fn part(key: &'static str, host: &'static str, compile: fn(&Reading<'_>) -> Vec<Block>) -> Part {
    Part { key, host, compile, only_if_any: false }
}

/// The parts in the order they stand in where they share a section.
const PARTS: [Part; 31] = [
    part("item_zero", "danger", safety::item_zero),
    Part { key: "danger", host: "item_zero", compile: danger::danger, only_if_any: true },
    part("referral", "reason", referral::referral),
    part("child", "family", family::child),
    part("attendance", "attendance", attendance::attendance),
    part("family", "child", family::family),
    part("other_children", "family", prompts::other_children),
    part("other_people", "family", family::other_people),
    part("reason", "referral", referral::reason),
    part("timing", "form", referral::timing),
    part("form", "timing", referral::form),
    Part { key: "adjournments", host: "form", compile: conduct::adjournments, only_if_any: true },
    part("script", "form", referral::script),
    part("contributions", "contributions", sharing::contributions),
    part("absent_views", "contributions", sharing::absent_views),
    part("contributors", "attendance", attendance::contributors),
    part("questions", "contributions", sharing::questions),
    part("criminal_investigation", "criminal_investigation", sharing::police_lead),
    part("risk", "risk", weighed_by),
    part("section_47", "outcomes", decisions::section_47),
    part("outcomes", "section_47", decisions::outcomes),
    part("withheld", "family_told", decisions::withheld),
    part("challenge", "positions", challenges::challenge),
    part("positions", "outcomes", positions::positions),
    part("actions", "actions", actions::actions),
    Part { key: "immediate_review", host: "immediate_action", compile: reviewing::immediate, only_if_any: true },
    part("circulation", "circulation", ending::circulation),
    Part { key: "case_closed", host: "circulation", compile: reviewing::case_closed, only_if_any: true },
    part("signatures", "circulation", issuing::signatures),
    part("corrections", "circulation", issuing::corrections),
    part("open_items", "circulation", ending::open_items),
];

/// The last section of all, whatever the procedure lists.
const ANNEX: &str = MinutesSection::ANNEX;

/// Prompts that a part prints in a way of its own.
const OWN: [&str; 10] = [
    crate::domain::item_zero::ITEM_ZERO,
    crate::domain::agreement::AGREEMENT,
    crate::domain::finding_out::LOCATION,
    prompts::OTHER_CHILD,
    sharing::POLICE_LEAD,
    decisions::WITHHOLD,
    decisions::OMISSION,
    crate::domain::challenge::CHALLENGE_INVITED,
    decisions::RATIONALE_CLEAR,
    crate::domain::escalation::HEALTH_QUESTIONED,
];

/// Compiles the record of one session of a case, or without a number of the last. `head` is the digest of the journal's
/// last entry.
///
/// # Panics
/// Where the journal is empty: a case begins with its referral.
pub fn compile(
    records: &[Record],
    session: Option<SessionNo>,
    rules: &Rules<'_>,
    wording: &Wording,
    head: &str,
) -> Minutes {
    compile_for(records, session, rules, wording, head, For::Audit)
}

/// What was recorded until the version after this one was drafted; with the last version, all of it (MIN-26).
pub fn as_of_version(records: &[Record], session: Option<SessionNo>, version: u16) -> &[Record] {
    let is_next = |event: &Event| match event {
        Event::DraftIssued { session: of, version: next } => *next == version + 1 && (of.is_none() || *of == session),
        _ => false,
    };
    let next = records.iter().position(|record| is_next(&record.event));
    &records[..next.unwrap_or(records.len())]
}

/// The copy of that record for one seat, or for everybody it is common to: without the annex, without what is limited
/// to others (SEC-05), and with what is withheld, or masked from them, replaced (INFO-04, SEC-08).
///
/// # Panics
/// Where the journal is empty.
pub fn copy(
    records: &[Record],
    session: Option<SessionNo>,
    rules: &Rules<'_>,
    wording: &Wording,
    head: &str,
    seat: Option<SeatId>,
) -> Minutes {
    compile_for(records, session, rules, wording, head, For::Reader(seat))
}

/// Whom a record is compiled for.
#[derive(Clone, Copy)]
enum For {
    Audit,
    Reader(Option<SeatId>),
}

fn compile_for(
    records: &[Record],
    session: Option<SessionNo>,
    rules: &Rules<'_>,
    wording: &Wording,
    head: &str,
    whom: For,
) -> Minutes {
    let own = record_of(records, session);
    let mut whole = Case::fold(&own).expect("a case begins with its referral");
    whole.entries = records.last().map_or(0, |last| last.seq);
    let case = match whom {
        For::Audit => Cow::Borrowed(&whole),
        For::Reader(seat) => whole.as_read_by(seat),
    };
    let is_told = match (whom, whole.session()) {
        (For::Audit, _) => true,
        (For::Reader(seat), Some(session)) => seat.is_some() && session.chair() == seat,
        (For::Reader(_), None) => false,
    };
    let reading = Reading { whole: &whole, counts_limited: is_told, ..Reading::new(&own, &case, rules, wording) };
    let status = heading::status(&reading);
    let whose = heading::whose_copy(&reading, whom);
    let minutes = Minutes {
        title: heading::title(&reading),
        notices: heading::notices(&reading, &status),
        status,
        facts: std::iter::once(whose).chain(heading::facts(&reading, head)).collect(),
        sections: sections(&reading),
        outline: outline::outline(&reading),
    };
    match whom {
        For::Audit => minutes,
        For::Reader(seat) => copies::masked(&minutes, &whole, seat, wording),
    }
}

/// What a session's record is made from: the case until the next session is convened, and afterwards what is of this
/// session's record itself. Whatever else happens then is the next one's to tell.
pub(crate) fn record_of(records: &[Record], session: Option<SessionNo>) -> Cow<'_, [Record]> {
    let is_next =
        |record: &Record| matches!(&record.event, Event::SessionConvened { session: no, .. } if Some(*no) > session);
    match records.iter().position(is_next).filter(|_| session.is_some()) {
        None => Cow::Borrowed(records),
        Some(next) => {
            let (before, after) = records.split_at(next);
            let own = after.iter().filter(|record| record.event.session() == session);
            before.iter().chain(own).cloned().collect()
        }
    }
}

/// The procedure's sections in its order, then whatever found no place in them, then the annex.
fn sections(reading: &Reading<'_>) -> Vec<Section> {
    let listed = reading.rules.procedure.minutes.iter();
    let mut sections: Vec<Section> =
        listed.filter_map(|section| section_of(reading, &section.key, &section.heading)).collect();
    let parts = PARTS.iter().map(|part| part.key);
    let prompts = reading.rules.catalogue.prompts.iter().map(|prompt| prompt.section.as_str());
    let mut unplaced: Vec<&str> = Vec::new();
    for key in parts.chain(prompts).chain([ANNEX]) {
        if home(reading, key).is_none() && !unplaced.contains(&key) {
            unplaced.push(key);
        }
    }
    sections.extend(unplaced.into_iter().filter_map(|key| section_of(reading, key, &own_heading(reading, key))));
    sections
}

/// The key of the listed section something stands in: its own, or that of its part's host.
fn home<'a>(reading: &Reading<'_>, key: &'a str) -> Option<&'a str> {
    let is_listed = |key: &str| reading.rules.procedure.minutes.iter().any(|section| section.key == key);
    let host = PARTS.iter().find(|part| part.key == key).map(|part| part.host);
    [Some(key), host].into_iter().flatten().find(|key| is_listed(key))
}

fn own_heading(reading: &Reading<'_>, key: &str) -> String {
    let own = format!("minutes_heading.{key}");
    if reading.wording.has(&own) { reading.wording.say(&own, values! {}) } else { key.replace('_', " ") }
}

/// One section: its part and the answers to its prompts, then the parts it hosts with theirs.
fn section_of(reading: &Reading<'_>, key: &str, heading: &str) -> Option<Section> {
    let whole = |key: &str| {
        let part = PARTS.iter().find(|part| part.key == key).map(|part| (part.compile)(reading));
        let answers = prompts::answers(reading, key, &OWN);
        part.into_iter().flatten().chain(answers).collect::<Vec<_>>()
    };
    let mut blocks = if key == ANNEX { annex::annex(reading) } else { whole(key) };
    let guests = PARTS.iter().map(|part| part.key).filter(|part| *part != key && home(reading, part) == Some(key));
    for guest in guests {
        let own = whole(guest);
        if !own.is_empty() {
            blocks.push(Block::subheading(own_heading(reading, guest)));
        }
        blocks.extend(own);
    }
    if blocks.is_empty() {
        if PARTS.iter().any(|part| part.key == key && part.only_if_any) {
            return None;
        }
        blocks.push(reading.paragraph("nothing_recorded", values! {}));
    }
    Some(Section { key: key.to_owned(), heading: heading.to_owned(), blocks })
}

/// Who weighed the risk with the agencies' views (RISK-02).
fn weighed_by(reading: &Reading<'_>) -> Vec<Block> {
    let weighed = |session: &&Session| session.answers(RISK).next().is_some();
    let Some(session) = reading.session.filter(weighed) else { return Vec::new() };
    let chair = session.chair().map(|seat| reading.person(seat));
    vec![reading.paragraph("weighed_by", values! { convenor => reading.person(session.convenor), chair })]
}

#[cfg(test)]
mod tests;
