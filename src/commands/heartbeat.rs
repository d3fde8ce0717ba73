//! The sign of life that `serve` leaves in the data directory, for `health` to read.

use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};

/// How often it is written.
pub const EVERY: Duration = Duration::from_secs(5);
/// How old it may be: a few that were missed are no sign of death.
pub const AGE_MAX_MS: i64 = 30_000;
/// How long the connection to the platform may be away; it mends by itself.
pub const AWAY_MAX_MS: i64 = 300_000;

/// When `serve` was last well; machine time, milliseconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heartbeat {
    /// The database answered.
    pub at_ms: i64,
    /// The platform's connection stood too.
    pub connected_at_ms: i64,
}

fn file(data_dir: &Path) -> PathBuf {
    data_dir.join("heartbeat.json")
}

/// Leaves it, all or nothing.
pub fn write(data_dir: &Path, heartbeat: Heartbeat) -> std::io::Result<()> {
    let unfinished = data_dir.join("heartbeat.json.new");
    std::fs::write(&unfinished, serde_json::to_vec(&heartbeat)?)?;
    std::fs::rename(unfinished, file(data_dir))
}

/// Takes it away: whoever looks now finds nobody.
pub fn clear(data_dir: &Path) {
    let _ = std::fs::remove_file(file(data_dir));
}

/// The last one, if there is one that can be read.
pub fn read(data_dir: &Path) -> Option<Heartbeat> {
    serde_json::from_slice(&std::fs::read(file(data_dir)).ok()?).ok()
}
