//! What truly differs between databases: how to connect, how to begin, what an error code means.
//!
//! Nothing here knows of cases. To add a database, add a module with the same items.

use std::str::FromStr;
use std::time::Duration;

use sqlx::migrate::MigrateError;
use sqlx::pool::PoolOptions;
use sqlx::{Database, Pool};

use crate::app::ports::StoreError;

/// The connections of one database.
pub struct Pools<DB: Database> {
    pub write: Pool<DB>,
    pub read: Pool<DB>,
}

impl<DB: Database> Pools<DB> {
    /// The writer goes last, so that what is still in a write-ahead log ends up in the file itself.
    pub async fn close(&self) {
        self.read.close().await;
        self.write.close().await;
    }
}

fn pool<DB: Database>(connections_max: u32) -> PoolOptions<DB> {
    PoolOptions::new()
        .max_connections(connections_max)
        .acquire_timeout(Duration::from_secs(20))
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
}

pub mod sqlite {
    //! SQLite: one writer, so that writers queue here instead of waiting on each other's locks.

    use sqlx::sqlite::{Sqlite, SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqliteSynchronous};

    use super::*;

    /// Takes the write lock at once: a transaction that only finds out later that it can't write is wasted.
    pub const BEGIN: &str = "BEGIN IMMEDIATE";
    pub const MIGRATOR: sqlx::migrate::Migrator = sqlx::migrate!("migrations/sqlite");

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
    pub async fn connect_for_reading(url: &str) -> Result<SqlitePool, StoreError> {
        Ok(pool(1).connect_with(options(url)?.read_only(true)).await?)
    }

    fn options(url: &str) -> Result<SqliteConnectOptions, StoreError> {
        let options = if url.starts_with("sqlite:") {
            SqliteConnectOptions::from_str(url)?
        } else if url.contains("://") {
            return Err(unusable("only SQLite is supported; give sqlite:PATH or a path"));
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
}

fn unusable(why: &'static str) -> StoreError {
    StoreError::Unusable { why, source: None }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        let code = error.as_database_error().and_then(|error| {
            let sqlite = error.try_downcast_ref::<sqlx::sqlite::SqliteError>()?;
            sqlx::error::DatabaseError::code(sqlite)?.parse().ok()
        });
        match (code.and_then(sqlite::sentence), &error) {
            (Some(why), _) => Self::Unusable { why, source: Some(Box::new(error)) },
            (None, sqlx::Error::PoolTimedOut) => {
                Self::Unusable { why: "it did not answer in time", source: Some(Box::new(error)) }
            }
            _ => Self::Database(Box::new(error)),
        }
    }
}

/// Says what went wrong with the tables themselves; `latest` is the newest migration this build knows.
pub fn migration_problem(error: MigrateError, latest: i64) -> StoreError {
    let corrupt = |version: i64, problem: &str| StoreError::Corrupt {
        table: "_sqlx_migrations",
        row: version.to_string(),
        problem: problem.to_owned(),
    };
    match error {
        MigrateError::VersionMissing(version) if version > latest => StoreError::Newer,
        MigrateError::VersionMissing(version) => corrupt(version, "this build does not know the migration"),
        MigrateError::VersionMismatch(version) => corrupt(version, "the migration that ran is not the one released"),
        MigrateError::Dirty(version) => corrupt(version, "the migration did not finish"),
        MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => error.into(),
        other => StoreError::Database(Box::new(other)),
    }
}
