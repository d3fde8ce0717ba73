//! Everything convenor keeps: the only SQL, and the only place where ciphertext becomes text.
//!
//! What people said leaves this module only as values of the domain, and enters the database only encrypted;
//! a log line or an error from here never holds it. The store decides nothing: it keeps what it was given,
//! all or nothing, and refuses to keep it twice.
//!
//! Statements are constants in [`sql`]. The bodies that run them are made once for each database by the
//! `queries!` macro at the end of each subject's file; what truly differs between databases is in `dialect`.
//! To add a table: a migration for each database under one name, its statements, a subject file, and a line in
//! `native`.

use rand::CryptoRng;

mod cases;
pub mod chain;
mod dialect;
mod directory;
mod engine;
mod installation;
mod journal;
mod keys;
mod native;
mod outbox;
mod problem;
mod receipts;
mod reminders;
mod schema;
mod seated;
pub mod sql;
mod timers;
mod verify;

use std::sync::Arc;

use crate::app::ports::{Store, StoreError};

pub use engine::{Engine, without_password};
pub use keys::{MasterKey, NotAKey};
pub use schema::new_schema;
pub use verify::{VerifyError, verify_database};

/// What it takes to open a store.
pub struct Opening {
    /// `sqlite:PATH`, a path, `postgres://...` or `postgresql://...`. A file is made where there is none; its
    /// directory is not, nor is a database on a server.
    pub url: String,
    /// The platform's id of the one guild this process serves. Another guild's rows are as if not there. Empty where
    /// it is still to be found out: then only [`Store::installations`] is of use.
    pub guild: String,
    pub master: MasterKey,
    /// What keys and nonces are drawn from: seeded in rehearsal so that two plays give the same bytes, the
    /// operating system's otherwise.
    pub chance: Box<dyn CryptoRng + Send>,
}

/// Opens the store, bringing its tables up to date first.
///
/// # Errors
///
/// [`StoreError::Newer`] for a newer convenor's database, [`StoreError::WrongKey`] where the database was first
/// opened with another master key, [`StoreError::Unusable`] with a sentence where it can't be worked with.
pub async fn open(opening: Opening) -> Result<Arc<dyn Store>, StoreError> {
    Ok(match Engine::of(&opening.url)? {
        Engine::Sqlite => Arc::new(native::sqlite::SqlStore::open(opening).await?),
        Engine::Postgres => Arc::new(native::postgres::SqlStore::open(opening).await?),
    })
}
