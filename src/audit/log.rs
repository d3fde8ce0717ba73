//! The log of a case: everything that changed the record and everything somebody read of it, from the journal alone.
//!
//! The journal is append-only and chained, so a row that is taken out is missed: the numbers have no gap, and each
//! entry's digest covers the one before (AUD-11).

use chrono::{DateTime, Utc};
use minijinja::context;
use serde::{Deserialize, Serialize};

use super::sheet::paper;
use crate::domain::audit::{BreachAssessment, BreachFinding, Viewed};
use crate::domain::calendar;
use crate::domain::case::Case;
use crate::domain::event::{Actor, Event, Record};
use crate::domain::ids::{ChildId, SeatId, SessionNo};
use crate::domain::late::Sight;
use crate::domain::limits::Item;
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
        FamilyDraft = "family_draft",
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
    /// The entries that were read, where they are not the room's.
    pub of: Vec<u64>,
    pub copy: Option<Copy>,
}

/// Which copy of a record was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copy {
    pub session: Option<SessionNo>,
    /// None of the draft for the family.
    pub version: Option<u16>,
    /// For this child's file (MIN-24).
    pub child: Option<ChildId>,
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
    /// What people found of it since.
    pub assessed: Vec<BreachAssessment>,
}

/// Every read of a case, in the order of the entries.
pub fn readings(records: &[Record], case: &Case) -> Vec<Reading> {
    let person = |seat: SeatId| {
        let person = case.person(seat);
        [person.name.clone(), person.role.clone(), person.agency.clone()]
    };
    let own = records.iter().enumerate().filter_map(|(place, record)| {
        let (seat, what) = match &record.event {
            Event::LookUpOpened { seat } => (Some(*seat), Read::LookUpSheet),
            Event::CallDetailsRead { seat } => (Some(*seat), Read::CallDetails),
            Event::LimitedRead { seat } => (Some(*seat), Read::Limited),
            Event::HistoryRead { seat } => (Some(*seat), Read::History),
            Event::CopyOpened { seat, .. } => (Some(*seat), Read::Copy),
            Event::FamilyDraftOpened { seat, .. } => (Some(*seat), Read::FamilyDraft),
            // Whoever ticks is shown the lines again.
            Event::FamilyLinesTicked { .. } | Event::FamilyEmbargoLifted { .. } => {
                (record.actor.seat, Read::FamilyDraft)
            }
            Event::RequestRead => (record.actor.seat, Read::Request),
            Event::SubmissionRead { .. } => (record.actor.seat, Read::Submission),
            Event::HandoverRead => (record.actor.seat, Read::Handover),
            Event::AuditViewed { viewed, .. } => (record.actor.seat, viewed.into()),
            _ => return None,
        };
        let actor = &record.actor;
        let by = seat.map_or_else(|| [actor.name.clone(), actor.role.clone(), actor.agency.clone()], person);
        let of = entries_read(&records[..=place], &record.event);
        let copy = match &record.event {
            Event::CopyOpened { session, version, child, .. } => {
                Some(Copy { session: *session, version: Some(*version), child: *child })
            }
            Event::FamilyDraftOpened { session, .. }
            | Event::FamilyLinesTicked { session, .. }
            | Event::FamilyEmbargoLifted { session, .. } => {
                Some(Copy { session: Some(*session), version: None, child: None })
            }
            _ => None,
        };
        Some(Reading { by, seat, what, at: record.at, entries: (record.seq, record.seq), of, copy })
    });
    let rooms = case.sessions.iter().flat_map(|session| in_the_room(records, session));
    let rooms = rooms.map(|(seat, at, entries)| {
        let (by, seat, of) = (person(seat), Some(seat), Vec::new());
        Reading { by, seat, what: Read::Room, at, entries, of, copy: None }
    });
    let mut all: Vec<_> = own.chain(rooms).collect();
    all.sort_by_key(|read| (read.entries.0, read.at));
    all
}

/// Which entries somebody was shown with what they read: what was sent in writing, and whatever was limited to them as it
/// then stood. `until` ends with the reading.
fn entries_read(until: &[Record], reading: &Event) -> Vec<u64> {
    let entry = |item: Item| {
        let is_meant = |record: &&Record| match (&record.event, item) {
            (Event::Contributed { contribution } | Event::InformationSent { contribution }, Item::Contribution(id)) => {
                contribution.id == id
            }
            (Event::QuestionAnswered { question, .. }, Item::Answer(id)) => *question == id,
            (Event::QuestionRaised { question, .. }, Item::Question(id)) => *question == id,
            (Event::Entered { draft, .. }, Item::Entry(id)) => *draft == id,
            _ => false,
        };
        until.iter().rfind(is_meant).map(|record| record.seq)
    };
    match reading {
        Event::SubmissionRead { contribution } => entry(Item::Contribution(*contribution)).into_iter().collect(),
        Event::LimitedRead { seat } => {
            let Some(case) = Case::fold(until) else { return Vec::new() };
            let Some(session) = case.session() else { return Vec::new() };
            let readable = session.limits.keys().filter(|item| session.may_read(&case, **item, Some(*seat)));
            readable.filter_map(|item| entry(*item)).collect()
        }
        _ => Vec::new(),
    }
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
            // Of what was entered at the same moment, nothing before they were there.
            let came = |record: &&Record| match &record.event {
                Event::SessionOpened { .. } => record.at == from,
                Event::Arrived { seat: who } => who == seat && record.at == from,
                _ => false,
            };
            let first = records.iter().find(came).map_or(0, |record| record.seq);
            let meanwhile = |record: &&Record| {
                record.seq >= first && record.at >= from && until.is_none_or(|until| record.at <= until)
            };
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
        // What was entered at that moment and after it they didn't see.
        let seen = readings
            .iter()
            .filter(until_then)
            .map(|read| Reading { entries: (read.entries.0, read.entries.1.min(record.seq)), ..read.clone() });
        let seen: Vec<_> = seen.collect();
        let person = case.person(seat);
        let by = [person.name.clone(), person.role.clone(), person.agency.clone()];
        let known = case.sessions.iter().flat_map(|session| &session.breaches);
        let assessed = known.filter(|known| known.entry == record.seq).flat_map(|known| known.assessed.clone());
        Breach { by, removed_at: record.at, entry: record.seq, seen, assessed: assessed.collect() }
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
            what_was_read(read, wording).into(),
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
            let (what, at) = (what_was_read(read, wording), calendar::both(read.at));
            wording.say("audit.seen", context! { what, at, entries => entries(read.entries) })
        });
        let assessed = breach.assessed.iter().map(|assessed| {
            let Actor { name, role, agency, .. } = &assessed.by;
            context! {
                finding => finding(assessed.finding, wording), words => assessed.words.words(),
                who => who(&[name.clone(), role.clone(), agency.clone()], wording), at => calendar::both(assessed.at),
            }
        });
        let values = context! {
            who => who(&breach.by, wording), at => calendar::both(breach.removed_at), entry => breach.entry,
            seen => seen.collect::<Vec<_>>(), assessed => assessed.collect::<Vec<_>>(),
        };
        Piece::new(wording.say("audit.breach", values))
    };
    let nothing = || Block::paragraph(wording.say("audit.log_nothing", ()));
    let lines: Vec<_> = breaches.iter().map(line).collect();
    let block = if lines.is_empty() { nothing() } else { Block::List(lines) };
    Section { key: "breaches".to_owned(), heading: wording.say("audit_label.breaches", ()), blocks: vec![block] }
}

/// What was read and, where that is known, which copy or which entries.
fn what_was_read(read: &Reading, wording: &Wording) -> String {
    let what = wording.say(&format!("audit_read.{}", read.what.code()), ());
    if read.of.is_empty() && read.copy.is_none() {
        return what;
    }
    let copy = read.copy.as_ref();
    let values = context! {
        what, entries => &read.of, session => copy.and_then(|copy| copy.session).map(|no| no.0),
        version => copy.and_then(|copy| copy.version), child => copy.and_then(|copy| copy.child).map(|child| child.0),
    };
    wording.say("audit.read_of", values)
}

fn finding(finding: BreachFinding, wording: &Wording) -> String {
    wording.say(&format!("choice.breach_finding.{}", finding.code()), ())
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
