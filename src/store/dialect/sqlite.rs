//! SQLite: one writer, so that writers queue here instead of waiting on each other's locks.

use std::str::FromStr;
use std::time::Duration;

use sqlx::sqlite::{Sqlite, SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions, migrate};

use crate::app::ports::StoreError;

use super::{Pools, pool, unusable};

/// Takes the write lock at once: a transaction that only finds out later that it can't write is wasted.
pub const BEGIN: &str = "BEGIN IMMEDIATE";
/// What is read within it is of one moment.
pub const BEGIN_READING: &str = "BEGIN";
pub const MIGRATOR: migrate::Migrator = sqlx::migrate!("migrations/sqlite");

const READERS_MAX: u32 = 2;
/// The first release in which a reset of the write-ahead log can't damage the file.
const VERSION_LEAST: [u32; 3] = [3, 51, 3];

/// Opens `sqlite:PATH` or a plain path, making the file where there is none.
pub async fn connect(url: &str) -> Result<Pools<Sqlite>, StoreError> {
    let options = options(url)?
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .pragma("secure_delete", "ON");
    let write = pool(1).connect_with(options.clone()).await?;
    let version: String = sqlx::query_scalar("SELECT sqlite_version()").fetch_one(&write).await?;
    if !is_new_enough(&version) {
        return Err(unusable("this build links an SQLite older than 3.51.3; build it with the bundled one"));
    }
    let read = pool(READERS_MAX).connect_lazy_with(options.read_only(true));
    Ok(Pools { write, read })
}

/// Opens a file that must exist, for reading only.
pub async fn connect_for_reading(url: &str) -> Result<SqliteConnection, StoreError> {
    Ok(options(url)?.read_only(true).connect().await?)
}

fn options(url: &str) -> Result<SqliteConnectOptions, StoreError> {
    let options = if url.starts_with("sqlite:") {
        SqliteConnectOptions::from_str(url)?
    } else {
        SqliteConnectOptions::new().filename(url)
    };
    if url.contains(":memory:") || url.contains("mode=memory") {
        return Err(unusable("the record is never kept in memory only; give a path"));
    }
    Ok(options.foreign_keys(true).busy_timeout(Duration::from_secs(10)))
}

fn is_new_enough(version: &str) -> bool {
    let numbers: Vec<u32> = version.split('.').filter_map(|number| number.parse().ok()).collect();
    numbers.as_slice() >= VERSION_LEAST.as_slice()
}

/// What a result code of SQLite's means for whoever runs convenor, where it is theirs to put right.
pub fn sentence(code: i32) -> Option<&'static str> {
    // The low byte is the primary code; the rest refines it.
    match code & 0xff {
        3 => Some("its file may not be opened; check its owner and permissions"),
        5 | 6 => Some("another process holds it; stop that one first"),
        8 => Some("its file or directory is read-only; convenor must be able to write both"),
        10 => Some("the disk failed to read or write; check the disk before anything else"),
        11 => Some("its file is damaged; restore a backup"),
        13 => Some("the disk is full; make room and try again"),
        14 => Some("its file cannot be opened; check that the directory exists and can be written"),
        26 => Some("the file is not a database of convenor's"),
        _ => None,
    }
}
