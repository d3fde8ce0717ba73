//! Rechecks every chain of a database without any key, as an auditor with a copy of it would.
//!
//! It opens the database for reading only and never decrypts anything.

use crate::app::ports::StoreError;

use super::chain::{BrokenAt, Head};
use super::engine::Engine;
use super::native;

#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    #[error(transparent)]
    Broken(#[from] BrokenAt),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<sqlx::Error> for VerifyError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}

/// Checks the chains of every case in a database, all guilds' alike, oldest case first.
///
/// # Errors
///
/// The first entry that does not hold, or why the database could not be read.
pub async fn verify_database(url: &str) -> Result<Vec<Head>, VerifyError> {
    match Engine::of(url)? {
        Engine::Sqlite => native::sqlite::verify(url).await,
        Engine::Postgres => native::postgres::verify(url).await,
    }
}

/// The queries, for one database.
macro_rules! verify_queries {
    ($database:ty) => {
        use $crate::domain::ids::CaseId;
        use $crate::store::chain::{BrokenAt, Head};
        use $crate::store::journal::{PlainRow, as_stored, line};
        use $crate::store::sql;
        use $crate::store::verify::VerifyError;

        type Connection = <$database as sqlx::Database>::Connection;

        pub async fn heads(connection: &mut Connection) -> Result<Vec<Head>, VerifyError> {
            let stray: Option<String> = sqlx::query_scalar(sql::STRAY_ENTRIES).fetch_optional(&mut *connection).await?;
            if let Some(case) = stray {
                return Err(BrokenAt::new(&CaseId(case), 1, "the case itself is missing").into());
            }
            let cases: Vec<(String, i64, Vec<u8>)> = sqlx::query_as(sql::HEADS).fetch_all(&mut *connection).await?;
            let mut heads = Vec::with_capacity(cases.len());
            for (case, entries, kept) in cases {
                let mut head = Head::start(CaseId(case));
                let rows: Vec<PlainRow> =
                    sqlx::query_as(sql::ENTRIES).bind(&head.case.0).fetch_all(&mut *connection).await?;
                for row in &rows {
                    head.follow(&line(&head.case, row))?;
                }
                if as_stored(head.entries) != entries || kept != head.hash {
                    return Err(BrokenAt::new(&head.case, head.entries + 1, "the last entries are missing").into());
                }
                heads.push(head);
            }
            Ok(heads)
        }
    };
}

pub(super) use verify_queries as queries;
