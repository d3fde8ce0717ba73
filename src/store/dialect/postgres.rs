//! PostgreSQL: several processes may share one database, each with several connections.
//!
//! `synchronous_commit` is never touched here: what was answered as recorded must survive a power cut.

use std::str::FromStr;

use sqlx::postgres::{PgConnectOptions, PgConnection, Postgres};
use sqlx::{ConnectOptions, migrate};

use crate::app::ports::StoreError;

use super::{Pools, pool, unusable};

/// A lock that was waited for shows what its holder left. Named, since a server may be set to another default.
pub const BEGIN: &str = "BEGIN ISOLATION LEVEL READ COMMITTED";
/// What is read within it is of one moment.
pub const BEGIN_READING: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY";
pub const MIGRATOR: migrate::Migrator = sqlx::migrate!("migrations/postgres");

const CONNECTIONS_MAX: u32 = 8;

/// Opens `postgres://…` or `postgresql://…`; the database must exist.
pub async fn connect(url: &str) -> Result<Pools<Postgres>, StoreError> {
    // Tested before use: a server may have been restarted since.
    let pool = pool(CONNECTIONS_MAX).test_before_acquire(true).connect_with(options(url)?).await?;
    let waits: String = sqlx::query_scalar("SELECT current_setting('synchronous_commit')").fetch_one(&pool).await?;
    if waits == "off" {
        return Err(unusable("its server says a thing is kept before it is; set synchronous_commit to on"));
    }
    Ok(Pools { write: pool.clone(), read: pool })
}

/// Opens a database for reading only.
pub async fn connect_for_reading(url: &str) -> Result<PgConnection, StoreError> {
    Ok(options(url)?.connect().await?)
}

pub(in crate::store) fn options(url: &str) -> Result<PgConnectOptions, StoreError> {
    Ok(PgConnectOptions::from_str(url)?.application_name("convenor"))
}

/// Two transactions were in each other's way and the server ended this one: decided again, it may well stand.
pub fn is_lost_race(code: &str) -> bool {
    const SERIALIZATION_FAILURE: &str = "40001";
    const DEADLOCK_DETECTED: &str = "40P01";
    [SERIALIZATION_FAILURE, DEADLOCK_DETECTED].contains(&code)
}

/// What an SQLSTATE means for whoever runs convenor, where it is theirs to put right.
pub fn sentence(code: &str) -> Option<&'static str> {
    match code {
        "25006" => Some("it may only be read; give the URL of the primary server"),
        "28000" | "28P01" => Some("its server does not accept the user name or the password"),
        "3D000" => Some("its server has no database of that name; create it first"),
        "3F000" => Some("its server has no schema of that name; create it first"),
        "42501" => Some("the user lacks a right there; let it create and use tables in its schema"),
        "42P01" => Some("it holds no tables of convenor's; check the name of the database"),
        "53100" => Some("its server's disk is full; make room and try again"),
        "53300" => Some("its server takes no more connections; raise max_connections or stop something else"),
        "57P01" | "57P02" | "57P03" => Some("its server is starting or stopping; try again when it runs"),
        "58030" => Some("its server's disk failed to read or write; check the disk before anything else"),
        "XX001" | "XX002" => Some("it is damaged; restore a backup"),
        _ => None,
    }
}
