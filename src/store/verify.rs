//! Rechecks every chain of a database without any key, as an auditor with a copy of the file would.
//!
//! It opens the file for reading only and never decrypts anything.

use crate::app::ports::StoreError;
use crate::domain::ids::CaseId;

use super::chain::{BrokenAt, Head};
use super::journal::PlainRow;
use super::{dialect, journal, sql};

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
/// The first entry that does not hold, or why the file could not be read.
pub async fn verify_database(url: &str) -> Result<Vec<Head>, VerifyError> {
    let pool = dialect::sqlite::connect_for_reading(url).await?;
    // One transaction, so that a case being written to is seen at one moment.
    let mut transaction = pool.begin().await?;
    let stray: Option<String> = sqlx::query_scalar(sql::STRAY_ENTRIES).fetch_optional(&mut *transaction).await?;
    if let Some(case) = stray {
        return Err(BrokenAt::new(&CaseId(case), 1, "the case itself is missing").into());
    }
    let cases: Vec<(String, i64, Vec<u8>)> = sqlx::query_as(sql::HEADS).fetch_all(&mut *transaction).await?;
    let mut heads = Vec::with_capacity(cases.len());
    for (case, entries, kept) in cases {
        let mut head = Head::start(CaseId(case));
        let rows: Vec<PlainRow> = sqlx::query_as(sql::ENTRIES).bind(&head.case.0).fetch_all(&mut *transaction).await?;
        for row in &rows {
            head.follow(&journal::line(&head.case, row))?;
        }
        if journal::as_stored(head.entries) != entries || kept != head.hash {
            return Err(BrokenAt::new(&head.case, head.entries + 1, "the last entries are missing").into());
        }
        heads.push(head);
    }
    transaction.rollback().await?;
    pool.close().await;
    Ok(heads)
}
