//! The log of a case: everything that changed the record and everything somebody read of it, from the journal alone.
//!
//! The journal is append-only and chained, so a row that is taken out is missed: the numbers have no gap, and each
//! entry's digest covers the one before (AUD-11).

use chrono::{DateTime, Utc};
use minijinja::context;
use serde::{Deserialize, Serialize};

use super::sheet::paper;
use crate::domain::audit::Viewed;
use crate::domain::calendar;
use crate::domain::case::Case;
use crate::domain::event::{Event, Record};
use crate::domain::ids::SeatId;
use crate::domain::late::Sight;
use crate::domain::referral::choices;
use crate::domain::session::Session;
use crate::minutes::{Block, Fact, Minutes, Piece, Section, Table};
use crate::wording::Wording;

choices! {
    /// What somebody read.
    Read {
        LookUpSheet = "look_up_sheet",
        CallDetails = "call_details",
        Request = "request",
        Submission = "submission",
        Limited = "limited",
        Handover = "handover",
        Copy = "copy",
        History = "history",
        /// Whatever was posted in the room while they were in it.
        Room = "room",
        AuditSheet = "audit_sheet",
        LearningSheet = "learning_sheet",
        Log = "log",
        InspectionList = "inspection_list",
        Sample = "sample",
    }
}

/// Something somebody read of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// Name, role and agency, as they were.
    pub by: [String; 3],
    /// Their seat, where they have one.
    pub seat: Option<SeatId>,
    pub what: Read,
    pub at: DateTime<Utc>,
    /// The entry that says so or, of the room, the first and the last that were posted meanwhile.
    pub entries: (u64, u64),
}

/// Somebody in the wrong meeting had seen something of the case; whether that is a breach is the authority's to assess.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Breach {
    /// Name, role and agency.
    pub by: [String; 3],
    pub removed_at: DateTime<Utc>,
    /// The entry that removed them.
    pub entry: u64,
    pub seen: Vec<Reading>,
}

/// Every read of a case, in the order of the entries.
pub fn readings(records: &[Record], case: &Case) -> Vec<Reading> {
    let person = |seat: SeatId| {
        let person = case.person(seat);
        [person.name.clone(), person.role.clone(), person.agency.clone()]
    };
    let own = records.iter().filter_map(|record| {
        let (seat, what) = match &record.event {
            Event::LookUpOpened { seat } => (Some(*seat), Read::LookUpSheet),
            Event::CallDetailsRead { seat } => (Some(*seat), Read::CallDetails),
            Event::LimitedRead { seat } => (Some(*seat), Read::Limited),
            Event::HistoryRead { seat } => (Some(*seat), Read::History),
            Event::CopyOpened { seat, .. } => (Some(*seat), Read::Copy),
            Event::RequestRead => (record.actor.seat, Read::Request),
            Event::SubmissionRead { .. } => (record.actor.seat, Read::Submission),
            Event::HandoverRead => (record.actor.seat, Read::Handover),
            Event::AuditViewed { viewed, .. } => (record.actor.seat, viewed.into()),
            _ => return None,
        };
        let actor = &record.actor;
        let by = seat.map_or_else(|| [actor.name.clone(), actor.role.clone(), actor.agency.clone()], person);
        Some(Reading { by, seat, what, at: record.at, entries: (record.seq, record.seq) })
    });
    let rooms = case.sessions.iter().flat_map(|session| in_the_room(records, session));
    let rooms =
        rooms.map(|(seat, at, entries)| Reading { by: person(seat), seat: Some(seat), what: Read::Room, at, entries });
    let mut all: Vec<_> = own.chain(rooms).collect();
    all.sort_by_key(|read| (read.entries.0, read.at));
    all
}

/// Who was in the room from when on, and the first and last entry made meanwhile: of what came before, only whoever the
/// chair showed it to sees anything.
fn in_the_room(records: &[Record], session: &Session) -> Vec<(SeatId, DateTime<Utc>, (u64, u64))> {
    let mut seen = Vec::new();
    for (seat, attendance) in &session.attendance {
        for (arrived, left) in &attendance.present {
            let sees_all = attendance.sight == Some(Sight::Everything);
            let from = session.opened_at.filter(|opened| sees_all && opened < arrived).unwrap_or(*arrived);
            let until = left.or(session.closed_at);
            let meanwhile = |record: &&Record| record.at >= from && until.is_none_or(|until| record.at <= until);
            let mut entries = records.iter().filter(meanwhile).map(|record| record.seq);
            if let Some(first) = entries.next() {
                seen.push((*seat, *arrived, (first, entries.next_back().unwrap_or(first))));
            }
        }
    }
    seen
}

/// The possible breaches of a case: who was removed from the wrong meeting, and everything they had seen until then.
pub fn breaches(records: &[Record], case: &Case) -> Vec<Breach> {
    let readings = readings(records, case);
    let removals = records.iter().filter_map(|record| match &record.event {
        Event::WrongMeeting { seat, possible_breach: true, .. } => Some((record, *seat)),
        _ => None,
    });
    let breach = |(record, seat): (&Record, SeatId)| {
        let until_then = |read: &&Reading| read.seat == Some(seat) && read.at <= record.at;
        let seen: Vec<_> = readings.iter().filter(until_then).cloned().collect();
        let person = case.person(seat);
        let by = [person.name.clone(), person.role.clone(), person.agency.clone()];
        Breach { by, removed_at: record.at, entry: record.seq, seen }
    };
    removals.map(breach).collect()
}

/// The log on paper: possible breaches, reads, and every entry with its digest, which `digests` has in their order.
pub fn log(records: &[Record], case: &Case, digests: &[String], wording: &Wording) -> Minutes {
    let label = |key: &str| wording.say(&format!("audit_label.{key}"), ());
    let headers = |keys: &[&str]| keys.iter().map(|key| label(key)).collect();
    let reads = readings(records, case);
    let read = |read: &Reading| -> Vec<Piece> {
        vec![
            calendar::both(read.at).into(),
            who(&read.by, wording).into(),
            wording.say(&format!("audit_read.{}", read.what.code()), ()).into(),
            entries(read.entries).into(),
        ]
    };
    let entry = |(record, digest): (&Record, Option<&String>)| -> Vec<Piece> {
        let actor = &record.actor;
        let by = [actor.name.clone(), actor.role.clone(), actor.agency.clone()];
        let mark = record.event.mark().unwrap_or_default();
        vec![
            record.seq.to_string().into(),
            calendar::both(record.at).into(),
            who(&by, wording).into(),
            record.event.kind().replace('_', " ").into(),
            mark.replace('_', " ").into(),
            digest.map(|digest| digest.chars().take(DIGEST_SHOWN).collect::<String>()).unwrap_or_default().into(),
        ]
    };
    let table = |key: &str, columns: &[&str], rows: Vec<Vec<Piece>>| {
        let nothing = || Block::paragraph(wording.say("audit.log_nothing", ()));
        let table = || Block::Table(Table { caption: label(key), headers: headers(columns), rows: rows.clone() });
        let block = if rows.is_empty() { nothing() } else { table() };
        Section { key: key.to_owned(), heading: label(key), blocks: vec![block] }
    };
    let digests = (0..).map(|place: usize| digests.get(place));
    let sections = vec![
        possible_breaches(&breaches(records, case), wording),
        table("reads", &["when", "who", "what", "entry"], reads.iter().map(read).collect()),
        table(
            "changes",
            &["entry", "when", "who", "what", "effect", "digest"],
            records.iter().zip(digests).map(entry).collect(),
        ),
    ];
    let facts = vec![
        Fact::new(label("code_name"), case.code_name.to_string()),
        Fact::new(label("entries"), records.len().to_string()),
    ];
    let title = wording.say("audit.log_title", context! { code_name => case.code_name.to_string() });
    paper(title, wording.say("audit.log_notice", ()), facts, sections)
}

/// So much of a digest is shown; the export has all of it.
const DIGEST_SHOWN: usize = 12;

fn possible_breaches(breaches: &[Breach], wording: &Wording) -> Section {
    let line = |breach: &Breach| {
        let seen = breach.seen.iter().map(|read| {
            let what = wording.say(&format!("audit_read.{}", read.what.code()), ());
            wording
                .say("audit.seen", context! { what, at => calendar::both(read.at), entries => entries(read.entries) })
        });
        let values = context! {
            who => who(&breach.by, wording), at => calendar::both(breach.removed_at), entry => breach.entry,
            seen => seen.collect::<Vec<_>>(),
        };
        Piece::new(wording.say("audit.breach", values))
    };
    let nothing = || Block::paragraph(wording.say("audit.log_nothing", ()));
    let lines: Vec<_> = breaches.iter().map(line).collect();
    let block = if lines.is_empty() { nothing() } else { Block::List(lines) };
    Section { key: "breaches".to_owned(), heading: wording.say("audit_label.breaches", ()), blocks: vec![block] }
}

/// Name, role and agency in one line; the bot itself has none.
fn who([name, role, agency]: &[String; 3], wording: &Wording) -> String {
    wording.say("audit.who", context! { name, role, agency })
}

fn entries((first, last): (u64, u64)) -> String {
    if first == last { first.to_string() } else { format!("{first} to {last}") }
}

impl From<&Viewed> for Read {
    fn from(viewed: &Viewed) -> Self {
        match viewed {
            Viewed::Sheet => Self::AuditSheet,
            Viewed::Learning => Self::LearningSheet,
            Viewed::Log => Self::Log,
            Viewed::InspectionList { .. } => Self::InspectionList,
            Viewed::Sample { .. } => Self::Sample,
        }
    }
}
