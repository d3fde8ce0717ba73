//! Snowflakes: the numbers the platform names everything by.
//!
//! They come from a counter that starts at the same place every time, never from a clock, so two runs of the same play
//! name the same things alike.

use std::fmt;
use std::num::ParseIntError;
use std::str::FromStr;

use serde::{Serialize, Serializer};

/// The id of a guild, channel, message, user, role, interaction or command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(pub u64);

impl fmt::Display for Id {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(out)
    }
}

impl FromStr for Id {
    type Err = ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self)
    }
}

impl From<u64> for Id {
    fn from(number: u64) -> Self {
        Self(number)
    }
}

/// On the wire an id is a string: JSON numbers lose the low digits of a snowflake.
impl Serialize for Id {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// The millisecond (since the platform's epoch) of the first id; any fixed instant would do.
const FIRST_MILLISECOND: u64 = 330_000_000_000;
/// How far the millisecond sits above the low bits of a snowflake.
const MILLISECOND_SHIFT: u32 = 22;

/// Hands out ids, one pretended millisecond apart, so later things always sort later.
#[derive(Debug)]
pub struct Snowflakes {
    next_millisecond: u64,
}

impl Snowflakes {
    /// A counter at its fixed start.
    pub fn new() -> Self {
        Self { next_millisecond: FIRST_MILLISECOND }
    }

    /// The next unused id.
    pub fn next(&mut self) -> Id {
        let id = Id(self.next_millisecond << MILLISECOND_SHIFT);
        self.next_millisecond += 1;
        id
    }
}
