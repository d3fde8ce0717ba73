//! The document value: what the minutes say, before anybody decides how they look.
//!
//! Every renderer takes this value and nothing else. It knows neither cases nor procedures, so that whatever
//! is kept from a reader has to be gone, or masked, before a renderer sees it.

use std::fmt;

use serde::Serialize;

use super::outline::Outline;
use crate::domain::ids::SeatId;
use crate::domain::spoken::Spoken;

/// A compiled document: the minutes, an extract of them, or the draft for the family.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Minutes {
    pub title: String,
    /// What the heading marks: draft, incomplete, not quorate, held late (MIN-29).
    pub status: Vec<Status>,
    /// Paragraphs that stand before everything else: the line that lists every status.
    pub notices: Vec<Piece>,
    /// The heading's own entries: reference, times, chair, recorder, convenor (MIN-28).
    pub facts: Vec<Fact>,
    pub sections: Vec<Section>,
    /// The same record as data; absent from an extract and from the draft for the family.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outline: Option<Outline>,
}

/// One mark of the heading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Status {
    /// Stable: `not_quorate`.
    pub code: &'static str,
    /// The heading word: "not quorate".
    pub word: String,
    /// The whole mark: "Not quorate: missing police representative".
    pub words: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Section {
    /// The procedure's key for it.
    pub key: String,
    pub heading: String,
    pub blocks: Vec<Block>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Block {
    Subheading(Piece),
    Paragraph(Piece),
    Facts(Vec<Fact>),
    List(Vec<Piece>),
    Table(Table),
}

/// A label and what it says of the case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fact {
    pub label: Piece,
    pub value: Piece,
}

/// A table has a caption and a header for each column (MIN-27); every row is as long as the headers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Table {
    pub caption: String,
    pub headers: Vec<String>,
    pub rows: Vec<Vec<Piece>>,
}

/// A piece of text, and whether some copies print other words in its place.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Piece {
    Open(String),
    Limited { words: String, limit: Limit },
}

/// What a circulated copy prints instead, and who reads the words all the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Limit {
    pub instead: String,
    pub seats: Vec<SeatId>,
}

impl Piece {
    /// Keeps a text as it was said. Line breaks are made one kind; a control character, which no format can
    /// hold safely, becomes the replacement character, so that nothing disappears unseen.
    pub fn new(text: impl AsRef<str>) -> Self {
        Self::Open(plain(text.as_ref()))
    }

    /// A text that circulated copies replace.
    pub fn limited(text: impl AsRef<str>, instead: impl Into<String>) -> Self {
        let limit = Limit { instead: instead.into(), seats: Vec::new() };
        Self::Limited { words: plain(text.as_ref()), limit }
    }

    /// A text made of these pieces, kept from the same readers as the first of them that is limited.
    pub fn made_of(text: impl AsRef<str>, parts: &[&Self]) -> Self {
        let limit = parts.iter().find_map(|part| match part {
            Self::Limited { limit, .. } => Some(limit.clone()),
            Self::Open(_) => None,
        });
        let words = plain(text.as_ref());
        limit.map_or_else(|| Self::Open(words.clone()), |limit| Self::Limited { words: words.clone(), limit })
    }

    pub fn words(&self) -> &str {
        match self {
            Self::Open(words) | Self::Limited { words, .. } => words,
        }
    }

    /// The piece as a reader may have it: the words, or what stands in their place.
    pub fn for_reader(&self, seat: Option<SeatId>) -> Self {
        match self {
            Self::Limited { limit, .. } if !seat.is_some_and(|seat| limit.seats.contains(&seat)) => {
                Self::Open(limit.instead.clone())
            }
            piece => Self::Open(piece.words().to_owned()),
        }
    }
}

fn plain(text: &str) -> String {
    let lines = text.replace("\r\n", "\n");
    let kept = lines.chars().map(|character| match character {
        '\n' => '\n',
        '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => '\n',
        '\t' => ' ',
        control if control.is_control() => '\u{fffd}',
        other => other,
    });
    kept.collect()
}

impl From<String> for Piece {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl From<&str> for Piece {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl From<&Spoken> for Piece {
    fn from(spoken: &Spoken) -> Self {
        Self::new(spoken.words())
    }
}

impl fmt::Debug for Piece {
    /// A piece may hold what a person said, so only its size is shown.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Piece({} characters)", self.words().chars().count())
    }
}

impl Fact {
    pub fn new(label: impl Into<Piece>, value: impl Into<Piece>) -> Self {
        Self { label: label.into(), value: value.into() }
    }
}

/// A section with a table of more columns lies across the page.
const UPRIGHT_COLUMNS_MAX: usize = 7;

impl Section {
    /// A table of it needs the long edge of the page.
    pub fn is_wide(&self) -> bool {
        let is_wide = |block: &Block| matches!(block, Block::Table(table) if table.headers.len() > UPRIGHT_COLUMNS_MAX);
        self.blocks.iter().any(is_wide)
    }
}

impl Block {
    pub fn paragraph(text: impl Into<Piece>) -> Self {
        Self::Paragraph(text.into())
    }

    pub fn subheading(text: impl Into<Piece>) -> Self {
        Self::Subheading(text.into())
    }

    /// The block with every piece as `change` has it.
    pub(super) fn map(&self, change: &impl Fn(&Piece) -> Piece) -> Self {
        match self {
            Self::Subheading(piece) => Self::Subheading(change(piece)),
            Self::Paragraph(piece) => Self::Paragraph(change(piece)),
            Self::Facts(facts) => Self::Facts(map_facts(facts, change)),
            Self::List(items) => Self::List(items.iter().map(change).collect()),
            Self::Table(table) => Self::Table(Table {
                rows: table.rows.iter().map(|row| row.iter().map(change).collect()).collect(),
                ..table.clone()
            }),
        }
    }
}

pub(super) fn map_facts(facts: &[Fact], change: &impl Fn(&Piece) -> Piece) -> Vec<Fact> {
    facts.iter().map(|fact| Fact { label: change(&fact.label), value: change(&fact.value) }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_made_of_a_limited_piece_is_kept_from_the_same_readers() {
        let (open, limited) = (Piece::new("Ward 4"), Piece::limited("14 Pockmarrow Lane", "withheld"));
        let both = Piece::made_of("Ward 4, then 14 Pockmarrow Lane", &[&open, &limited]);
        assert_eq!(both.for_reader(None).words(), "withheld");
        assert_eq!(Piece::made_of("Ward 4", &[&open]).for_reader(None).words(), "Ward 4");
    }
}
