//! What runs by itself: the outbox carries effects out, the deadlines bring time back in, and the housekeeping looks
//! after what is about no case.
//!
//! A worker decides nothing about a case: it delivers what was committed, or turns a due timer into a command.
//! Dying at any point is harmless: what was claimed comes back with its lease, what was due is still due.

pub mod backoff;
pub mod deadlines;
pub mod housekeeping;
pub mod outbox;

use std::sync::Arc;
use std::time::Instant;

/// Gives the machine's time in milliseconds since 1970: for leases and waits, never for the record.
pub type MachineTime = Arc<dyn Fn() -> i64 + Send + Sync>;

/// Machine time that starts at the given moment and runs on steadily, however the machine's clock is put right
/// meanwhile. A lease in the database outlives the process, hence the moment.
pub fn machine_time(started_at_ms: i64) -> MachineTime {
    let start = Instant::now();
    Arc::new(move || started_at_ms.saturating_add(i64::try_from(start.elapsed().as_millis()).unwrap_or(i64::MAX)))
}
