//! Receipts: what each interaction came to, once. Ids and codes only, never what was said.
//!
//! The interaction's id is the key, so of two deliveries, or two replicas, the first to record it answers.

use crate::app::ports::{Receipt, ReceiptResult, StoreError};
use crate::domain::ids::CaseId;

use super::problem::{corrupt, instant};

pub(super) type ReceiptRow = (String, Option<String>, i64, String, String);

pub(super) fn receipt((interaction, case, at_ms, result, code): ReceiptRow) -> Result<Receipt, StoreError> {
    let known = [ReceiptResult::Accepted, ReceiptResult::Marked, ReceiptResult::Refused];
    let result = known
        .into_iter()
        .find(|known| known.word() == result)
        .ok_or_else(|| corrupt("receipts", &interaction, "no such result"))?;
    Ok(Receipt { at: instant("receipts", &interaction, at_ms)?, interaction, case: case.map(CaseId), result, code })
}

/// The queries, for one database.
macro_rules! receipt_queries {
    ($database:ty) => {
        use $crate::app::ports::{Receipt, StoreError};
        use $crate::store::receipts as plain;
        use $crate::store::sql;

        type Connection = <$database as sqlx::Database>::Connection;

        /// Records a receipt. `false` where the interaction was recorded before.
        pub async fn record(connection: &mut Connection, receipt: &Receipt) -> Result<bool, StoreError> {
            let recorded = sqlx::query(sql::ADD_RECEIPT)
                .bind(&receipt.interaction)
                .bind(receipt.case.as_ref().map(|case| &case.0))
                .bind(receipt.at.timestamp_millis())
                .bind(receipt.result.word())
                .bind(&receipt.code)
                .execute(connection)
                .await?;
            Ok(recorded.rows_affected() == 1)
        }

        pub async fn find(connection: &mut Connection, interaction: &str) -> Result<Option<Receipt>, StoreError> {
            let row = sqlx::query_as(sql::RECEIPT).bind(interaction).fetch_optional(connection).await?;
            row.map(plain::receipt).transpose()
        }
    };
}

pub(super) use receipt_queries as queries;
