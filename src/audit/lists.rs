//! Lists of sessions: what an inspection asks for, and a sample drawn at random that can be drawn again.

use std::fmt::Write as _;

use chrono::{DateTime, Utc};
use minijinja::context;

use super::Sitting;
use super::sheet::paper;
use crate::domain::audit::Period;
use crate::domain::calendar;
use crate::domain::decision::Section47Decision;
use crate::domain::referral::{Born, Child};
use crate::minutes::{Block, Minutes, Piece, Section};
use crate::wording::Wording;

/// The columns of an inspection list, in their order; other programs look for them.
pub const COLUMNS: [&str; 10] = [
    "case",
    "session",
    "reference",
    "child",
    "date_of_birth",
    "received",
    "held",
    "section_47_decided",
    "section_47_decision",
    "section_47_initiated",
];

/// The strategy discussions of a period as a CSV, a row a subject child of a session, which its first two columns lead
/// back to (AUD-13).
pub fn inspection_list(sittings: &[Sitting<'_>]) -> String {
    let mut csv = COLUMNS.join(",");
    csv.push('\n');
    for sitting in sittings {
        for child in sitting.case.subjects() {
            let row = row(sitting, child);
            csv.push_str(&row.map(|cell| quoted(&cell)).join(","));
            csv.push('\n');
        }
    }
    csv
}

fn row(sitting: &Sitting<'_>, child: &Child) -> [String; 10] {
    let (case, session) = (&sitting.case, sitting.session());
    let decided = session.section_47().map(|(_, decided)| decided.decision);
    let at = |at: Option<DateTime<Utc>>| at.map(calendar::iso_with_offset).unwrap_or_default();
    let decided_at = session.section_47_decided_at().filter(|_| decided != Some(Section47Decision::NotYetDecided));
    let born = match child.born {
        Born::On(day) | Born::Expected(day) => day.to_string(),
        Born::NotKnown | Born::NotGiven => String::new(),
    };
    [
        case.code_name.to_string(),
        session.no.to_string(),
        case.referral.reference.clone(),
        child.name.words().to_owned(),
        born,
        at(case.referral.received_at),
        at(session.opened_at),
        at(decided_at),
        decided.map(|decision| decision.code().to_owned()).unwrap_or_default(),
        if decided == Some(Section47Decision::Initiate) { "yes" } else { "no" }.to_owned(),
    ]
}

/// A cell that stands for itself: quoted, and never taken for a formula by whatever opens the file.
fn quoted(cell: &str) -> String {
    let is_a_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let apostrophe = if is_a_formula { "'" } else { "" };
    let mut quoted = String::with_capacity(cell.len() + 2);
    // Writing to a text can't fail.
    let _ = write!(quoted, "\"{apostrophe}{}\"", cell.replace('"', "\"\""));
    quoted
}

/// So many sessions drawn at random: each has a place that period and seed alone give it, and the first are taken. The
/// same seed draws the same again, and another another (AUD-14).
pub fn sample<T>(mut all: Vec<T>, sitting: impl Fn(&T) -> &Sitting<'_>, size: usize, seed: u32) -> Vec<T> {
    let place = |one: &T| {
        let sitting = sitting(one);
        let mut hasher = blake3::Hasher::new_derive_key(SAMPLE_CONTEXT);
        hasher.update(&seed.to_le_bytes());
        hasher.update(&sitting.no.0.to_le_bytes());
        hasher.update(sitting.case.code_name.0.as_bytes());
        *hasher.finalize().as_bytes()
    };
    all.sort_by_cached_key(place);
    all.truncate(size);
    all
}

/// Changing it would draw other samples with the same seeds.
const SAMPLE_CONTEXT: &str = "convenor 2026-11 dip sample v1";

/// The sample on paper, with all it takes to draw it again.
pub fn drawn(sample: &[&Sitting<'_>], of: usize, period: Period, size: u16, seed: u32, wording: &Wording) -> Minutes {
    let line = |sitting: &&Sitting<'_>| {
        let session = sitting.session();
        let values = context! {
            code_name => sitting.case.code_name.to_string(), number => session.no.0,
            held => calendar::both(sitting.held_at()),
        };
        Piece::new(wording.say("audit.drawn", values))
    };
    let [from, to] = period.words();
    let values = context! { from, to, size, seed => seed.to_string(), of };
    let heading = wording.say("audit_label.sample", ());
    let blocks = vec![Block::List(sample.iter().map(line).collect())];
    let sections = vec![Section { key: "sample".to_owned(), heading, blocks }];
    paper(wording.say("audit.sample_title", ()), wording.say("audit.sample_notice", values), Vec::new(), sections)
}
