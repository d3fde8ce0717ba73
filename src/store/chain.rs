//! The hash chain over a case's entries, as they stand encrypted in the store (MIN-11, SEC-17).
//!
//! Pure, and without any key: whoever holds a `journal.jsonl` or the database can check it. The chain covers
//! ciphertext, so ending an entry's key (a redaction) or a case's (an erasure) leaves it whole. It can't show
//! that entries are missing at the end: for that, compare the head with the one printed in the minutes.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

use crate::domain::ids::CaseId;

/// A BLAKE3 hash.
pub type Hash = [u8; 32];

/// What the first entry of a case names as the one before it.
pub const GENESIS: Hash = [0; 32];

/// Changing it would be another chain; old journals would no longer verify.
const CHAIN_CONTEXT: &str = "convenor 2026-11 journal chain v1";

/// What an entry says in the clear, and what its encryption is therefore bound to: moved to another case, place,
/// kind or moment, it no longer decrypts.
#[derive(Debug, Clone, Copy)]
pub struct Bound<'a> {
    pub case: &'a CaseId,
    /// From 1.
    pub seq: u64,
    pub kind: &'a str,
    /// Milliseconds UTC.
    pub at_ms: i64,
    /// The hash of the entry before, or [`GENESIS`].
    pub previous: &'a Hash,
}

impl Bound<'_> {
    /// The bytes the encryption authenticates beside the body.
    pub fn bytes(&self) -> Vec<u8> {
        length_prefixed(&[
            b"convenor/entry/v1",
            self.case.0.as_bytes(),
            &self.seq.to_le_bytes(),
            self.kind.as_bytes(),
            &self.at_ms.to_le_bytes(),
            self.previous,
        ])
    }
}

/// Each part behind its length, so that no two lists of parts give the same bytes.
pub fn length_prefixed(parts: &[&[u8]]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(parts.iter().map(|part| part.len() + 8).sum());
    for part in parts {
        bytes.extend_from_slice(&(part.len() as u64).to_le_bytes());
        bytes.extend_from_slice(part);
    }
    bytes
}

/// The hash of an entry: over what it is bound to and its encrypted body.
pub fn entry_hash(bound: &Bound<'_>, body: &[u8]) -> Hash {
    let mut hasher = blake3::Hasher::new_derive_key(CHAIN_CONTEXT);
    hasher.update(&bound.bytes());
    hasher.update(&(body.len() as u64).to_le_bytes());
    hasher.update(body);
    *hasher.finalize().as_bytes()
}

/// Where a case's chain ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    pub case: CaseId,
    /// How many entries there are.
    pub entries: u64,
    pub hash: Hash,
}

impl Head {
    /// A chain without entries.
    pub fn start(case: CaseId) -> Self {
        Self { case, entries: 0, hash: GENESIS }
    }

    /// The hash in hexadecimal, as printed in the minutes.
    pub fn digest(&self) -> String {
        hex(&self.hash)
    }

    /// Takes the next entry. On an error the head stays where it was.
    pub fn follow(&mut self, line: &Line) -> Result<(), BrokenAt> {
        let seq = self.entries + 1;
        let broken = |why| BrokenAt::new(&self.case, seq, why);
        if line.case != self.case {
            return Err(broken("the entry belongs to another case"));
        }
        if line.seq != seq {
            return Err(broken("an entry is missing or out of order"));
        }
        if line.previous != hex(&self.hash) {
            return Err(broken("the entry does not follow the one before it"));
        }
        let body = STANDARD.decode(&line.body).map_err(|_| broken("the body is not base64"))?;
        let bound = Bound { case: &line.case, seq, kind: &line.kind, at_ms: line.at, previous: &self.hash };
        let hash = entry_hash(&bound, &body);
        if line.hash != hex(&hash) {
            return Err(broken("the entry was changed after it was recorded"));
        }
        self.entries = seq;
        self.hash = hash;
        Ok(())
    }
}

/// One entry as exported: a line of `journal.jsonl`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line {
    pub case: CaseId,
    pub seq: u64,
    /// Milliseconds UTC.
    pub at: i64,
    pub kind: String,
    /// Hexadecimal.
    pub previous: String,
    /// Hexadecimal.
    pub hash: String,
    /// Ciphertext in base64.
    pub body: String,
}

impl Line {
    /// The line's text, without its end. The one way an entry is written: any other text is a changed one.
    pub fn text(&self) -> String {
        serde_json::to_string(self).expect("a line holds only strings and numbers")
    }

    fn read(text: &str) -> Option<Self> {
        let line: Self = serde_json::from_str(text).ok()?;
        (line.text() == text).then_some(line)
    }
}

/// The first entry at which a chain no longer holds.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("case {case}, entry {seq}: {why}")]
pub struct BrokenAt {
    pub case: CaseId,
    pub seq: u64,
    pub why: &'static str,
}

impl BrokenAt {
    pub(super) fn new(case: &CaseId, seq: u64, why: &'static str) -> Self {
        Self { case: case.clone(), seq, why }
    }
}

/// Checks the lines of one case, from its first entry. Every byte counts.
pub fn verify_lines<'a>(lines: impl IntoIterator<Item = &'a str>) -> Result<Head, BrokenAt> {
    let mut head: Option<Head> = None;
    for text in lines {
        let (case, seq) = match &head {
            Some(head) => (head.case.clone(), head.entries + 1),
            None => (CaseId(String::new()), 1),
        };
        let line = Line::read(text).ok_or(BrokenAt::new(&case, seq, "the line is not written as an entry is"))?;
        head.get_or_insert_with(|| Head::start(line.case.clone())).follow(&line)?;
    }
    head.ok_or(BrokenAt::new(&CaseId(String::new()), 1, "there are no entries"))
}

/// Checks the bytes of a `journal.jsonl`: one case, each line ended by a line feed.
pub fn verify_jsonl(bytes: &[u8]) -> Result<Head, BrokenAt> {
    let nowhere = |why| BrokenAt::new(&CaseId(String::new()), 1, why);
    let text = std::str::from_utf8(bytes).map_err(|_| nowhere("the file is not text"))?;
    let lines = text.strip_suffix('\n').ok_or(nowhere("the last line is not ended"))?;
    verify_lines(lines.split('\n'))
}

/// Bytes in lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        write!(text, "{byte:02x}").expect("a String takes any text");
        text
    })
}
