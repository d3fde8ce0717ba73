//! What a button stands for: a row of the command table, the case, and codes. Short, versioned, and without
//! a word about anybody, so that a button of last month still gets an answer.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use crate::domain::ids::CodeName;

/// The version written into every button. An older one is answered politely.
const VERSION: &str = "v1";

/// What a button of the round was shown for; kept through a form's steps and never asked.
pub const TURN: &str = "turn";
/// The field picked from a list; from a further list of the same field with that list's number, `owner.1`.
pub const PICK: &str = "pick";
/// The stage a button that leads on from it was shown at.
pub const STAGE: &str = "stage";

/// The draft a form was opened to change; its words are filled in (SES-06).
pub const CHANGES: &str = "changes";

/// A press, as written in a button's id: `v1:accept:amber-heron-k:invitation=3`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Press {
    pub row: String,
    pub case: CodeName,
    /// Codes and numbers only.
    pub known: BTreeMap<String, String>,
}

/// A button id this version can't read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unreadable;

impl Press {
    pub fn new(row: &str, case: &CodeName) -> Self {
        Self { row: row.to_owned(), case: case.clone(), known: BTreeMap::new() }
    }

    pub fn with(mut self, key: &str, value: impl fmt::Display) -> Self {
        self.known.insert(key.to_owned(), value.to_string());
        self
    }
}

impl fmt::Display for Press {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{VERSION}:{}:{}", self.row, self.case)?;
        for (n, (key, value)) in self.known.iter().enumerate() {
            write!(f, "{}{key}={value}", if n == 0 { ':' } else { ';' })?;
        }
        Ok(())
    }
}

impl FromStr for Press {
    type Err = Unreadable;

    fn from_str(id: &str) -> Result<Self, Unreadable> {
        let mut parts = id.splitn(4, ':');
        if parts.next() != Some(VERSION) {
            return Err(Unreadable);
        }
        let row = parts.next().filter(|row| !row.is_empty()).ok_or(Unreadable)?;
        let case = parts.next().ok_or(Unreadable)?;
        let known = parts.next().unwrap_or_default().split(';').filter(|pair| !pair.is_empty());
        let known = known.map(|pair| pair.split_once('=').map(|(key, value)| (key.to_owned(), value.to_owned())));
        Ok(Self {
            row: row.to_owned(),
            case: CodeName(case.to_owned()),
            known: known.collect::<Option<_>>().ok_or(Unreadable)?,
        })
    }
}
