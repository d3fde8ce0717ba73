//! What truly differs between databases: how to connect, how to begin, what an error code means.
//!
//! Nothing here knows of cases. To add a database, add a module with the same items.

use std::time::Duration;

use sqlx::error::DatabaseError;
use sqlx::migrate::MigrateError;
use sqlx::pool::PoolOptions;
use sqlx::postgres::PgDatabaseError;
use sqlx::{Database, Pool};

use crate::app::ports::StoreError;

pub mod postgres;
pub mod sqlite;

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

fn unusable(why: &'static str) -> StoreError {
    StoreError::Unusable { why, source: None }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        let why = match &error {
            sqlx::Error::Database(told) if is_lost_race(told.as_ref()) => return Self::Conflict,
            sqlx::Error::Database(told) => sentence(told.as_ref()),
            sqlx::Error::PoolTimedOut => Some("it did not answer in time"),
            sqlx::Error::Io(_) => Some("its server cannot be reached; check the address, and that the server runs"),
            sqlx::Error::Tls(_) => {
                Some("its server and convenor agree on no encryption; check sslmode and certificate")
            }
            sqlx::Error::Configuration(_) => Some("its URL cannot be read; check how it is written"),
            _ => None,
        };
        match why {
            Some(why) => Self::Unusable { why, source: Some(Box::new(error)) },
            None => Self::Database(Box::new(error)),
        }
    }
}

fn as_postgres(error: &dyn DatabaseError) -> Option<&PgDatabaseError> {
    error.try_downcast_ref()
}

fn is_lost_race(error: &dyn DatabaseError) -> bool {
    as_postgres(error).is_some_and(|error| postgres::is_lost_race(error.code()))
}

/// What an error means for whoever runs convenor, where it is theirs to put right.
fn sentence(error: &dyn DatabaseError) -> Option<&'static str> {
    match as_postgres(error) {
        Some(error) => postgres::sentence(error.code()),
        None => sqlite::sentence(error.code()?.parse().ok()?),
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
