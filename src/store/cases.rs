//! Cases: their keys, their heads, how they are found, and the texts pinned for them.
//!
//! Another guild's case is as if not there: every way to a case asks for the guild.

use crate::app::ports::CaseRow;
use crate::domain::ids::{CaseId, CodeName};

use super::chain::{Hash, length_prefixed};

/// What a pinned text's encryption is bound to.
pub(super) fn text_bound(digest: &str) -> Vec<u8> {
    length_prefixed(&[b"convenor/text/v1", digest.as_bytes()])
}

pub(super) fn as_hash(bytes: &[u8]) -> Option<Hash> {
    bytes.try_into().ok()
}

pub(super) fn case_row((case, code_name, entries): (String, String, i64)) -> CaseRow {
    CaseRow { case: CaseId(case), code_name: CodeName(code_name), entries: u64::try_from(entries).unwrap_or(0) }
}

/// The queries, for one database.
macro_rules! case_queries {
    ($database:ty) => {
        use $crate::app::ports::{CHANNEL_SLOT, CaseRow, StoreError};
        use $crate::domain::ids::{CaseId, CodeName};
        use $crate::store::cases as plain;
        use $crate::store::chain::{GENESIS, Hash};
        use $crate::store::keys::{KEK_VERSION, Keyring, Secret, decrypt};
        use $crate::store::problem::corrupt;
        use $crate::store::sql;

        type Connection = <$database as sqlx::Database>::Connection;

        /// Opens a case under a fresh key. `false` where there is one of that id.
        pub async fn open(
            connection: &mut Connection,
            keyring: &Keyring,
            guild: &str,
            case: &CaseId,
            code_name: &CodeName,
        ) -> Result<bool, StoreError> {
            let added = sqlx::query(sql::ADD_CASE)
                .bind(&case.0)
                .bind(guild)
                .bind(&code_name.0)
                .bind(GENESIS.as_slice())
                .execute(&mut *connection)
                .await;
            let added = match added {
                Err(sqlx::Error::Database(error)) if error.is_unique_violation() => {
                    return Err(StoreError::CodeNameTaken);
                }
                added => added?.rows_affected(),
            };
            if added == 0 {
                return Ok(false);
            }
            let wrapped = keyring.wrap_case_key(case, &keyring.draw_key());
            sqlx::query(sql::ADD_CASE_KEY).bind(&case.0).bind(KEK_VERSION).bind(wrapped).execute(connection).await?;
            Ok(true)
        }

        pub async fn key(
            connection: &mut Connection,
            keyring: &Keyring,
            guild: &str,
            case: &CaseId,
        ) -> Result<Secret, StoreError> {
            let wrapped: Option<Vec<u8>> =
                sqlx::query_scalar(sql::CASE_KEY).bind(guild).bind(&case.0).fetch_optional(connection).await?;
            let wrapped = wrapped.ok_or_else(|| corrupt("case_keys", case, "there is no key"))?;
            keyring.unwrap_case_key(case, &wrapped).map_err(|_| corrupt("case_keys", case, "it does not decrypt"))
        }

        /// How many entries a case has, and the hash of the last. `head` is the statement: one that holds the case
        /// until the transaction ends, or one that doesn't.
        pub async fn head(
            connection: &mut Connection,
            head: &'static str,
            guild: &str,
            case: &CaseId,
        ) -> Result<(u64, Hash), StoreError> {
            let row: Option<(i64, Vec<u8>)> =
                sqlx::query_as(head).bind(guild).bind(&case.0).fetch_optional(connection).await?;
            let (entries, head) = row.ok_or_else(|| corrupt("cases", case, "there is no such case"))?;
            match (u64::try_from(entries), plain::as_hash(&head)) {
                (Ok(entries), Some(head)) => Ok((entries, head)),
                _ => Err(corrupt("cases", case, "its head is not one")),
            }
        }

        /// Keeps the authority's reference of a case, in place of the one it had.
        pub async fn keep_reference(
            connection: &mut Connection,
            keyring: &Keyring,
            guild: &str,
            case: &CaseId,
            reference: &str,
        ) -> Result<(), StoreError> {
            let digest = keyring.digest_of_reference(reference);
            sqlx::query(sql::DROP_REFERENCE).bind(&case.0).execute(&mut *connection).await?;
            let added = sqlx::query(sql::ADD_REFERENCE).bind(guild).bind(digest.as_slice()).bind(&case.0);
            if added.execute(&mut *connection).await?.rows_affected() == 1 {
                return Ok(());
            }
            let by = sqlx::query_scalar(sql::CASE_BY_REFERENCE).bind(guild).bind(digest.as_slice());
            Err(StoreError::ReferenceTaken { by: CodeName(by.fetch_one(connection).await?) })
        }

        pub async fn keep_text(
            connection: &mut Connection,
            keyring: &Keyring,
            digest: &str,
            text: &str,
        ) -> Result<(), StoreError> {
            let known: Option<Vec<u8>> =
                sqlx::query_scalar(sql::TEXT).bind(digest).fetch_optional(&mut *connection).await?;
            if known.is_none() {
                let body = keyring.encrypt(keyring.texts(), &plain::text_bound(digest), text.as_bytes());
                sqlx::query(sql::ADD_TEXT).bind(digest).bind(body).execute(connection).await?;
            }
            Ok(())
        }

        pub async fn text(
            connection: &mut Connection,
            keyring: &Keyring,
            digest: &str,
        ) -> Result<Option<String>, StoreError> {
            let body: Option<Vec<u8>> = sqlx::query_scalar(sql::TEXT).bind(digest).fetch_optional(connection).await?;
            let Some(body) = body else { return Ok(None) };
            let text = decrypt(keyring.texts(), &plain::text_bound(digest), &body)
                .ok()
                .and_then(|text| String::from_utf8(text.to_vec()).ok())
                .ok_or_else(|| corrupt("texts", digest, "it does not decrypt"))?;
            Ok(Some(text))
        }

        pub async fn all(connection: &mut Connection, guild: &str) -> Result<Vec<CaseRow>, StoreError> {
            let rows = sqlx::query_as(sql::CASES).bind(guild).fetch_all(connection).await?;
            Ok(rows.into_iter().map(plain::case_row).collect())
        }

        pub async fn by_code_name(
            connection: &mut Connection,
            guild: &str,
            code_name: &CodeName,
        ) -> Result<Option<CaseRow>, StoreError> {
            let row = sqlx::query_as(sql::CASE_BY_CODE_NAME).bind(guild).bind(&code_name.0);
            Ok(row.fetch_optional(connection).await?.map(plain::case_row))
        }

        pub async fn by_channel(
            connection: &mut Connection,
            guild: &str,
            channel: &str,
        ) -> Result<Option<CaseRow>, StoreError> {
            let row = sqlx::query_as(sql::CASE_BY_CHANNEL).bind(guild).bind(channel).bind(CHANNEL_SLOT);
            Ok(row.fetch_optional(connection).await?.map(plain::case_row))
        }
    };
}

pub(super) use case_queries as queries;
