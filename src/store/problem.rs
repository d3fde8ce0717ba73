//! How the store says what is wrong. A problem names a place, never what stands there.

use chrono::{DateTime, Utc};

use crate::app::ports::StoreError;

pub(super) fn corrupt(table: &'static str, row: impl ToString, problem: impl Into<String>) -> StoreError {
    StoreError::Corrupt { table, row: row.to_string(), problem: problem.into() }
}

/// serde_json's messages quote the value they stumbled over; only the place may be told.
pub(super) fn unreadable(error: &serde_json::Error) -> String {
    format!("not understood at line {}, column {}", error.line(), error.column())
}

/// A time as kept: milliseconds UTC.
pub(super) fn instant(table: &'static str, row: &str, at_ms: i64) -> Result<DateTime<Utc>, StoreError> {
    DateTime::from_timestamp_millis(at_ms).ok_or_else(|| corrupt(table, row, "no such time"))
}
