//! Cases, their entries, and the texts pinned for them.
//!
//! An entry is written once and never changed; nothing here may update or delete one. Every read checks the
//! chain and decrypts, so a record that was tampered with is an error, never a wrong answer.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::DateTime;
use serde::{Deserialize, Serialize};

use crate::app::ports::StoreError;
use crate::domain::event::{Actor, Event, Record};
use crate::domain::ids::CaseId;

use super::chain::{Bound, GENESIS, Hash, Line, entry_hash, hex, length_prefixed};
use super::keys::{Keyring, Secret, decrypt, unwrap_entry_key};

/// An entry's body as encrypted; its sequence and time stand beside it in the clear.
#[derive(Serialize)]
struct BodyRef<'a> {
    actor: &'a Actor,
    event: &'a Event,
}

#[derive(Deserialize)]
struct Body {
    actor: Actor,
    event: Event,
}

/// An entry ready to be stored.
pub(super) struct Written {
    pub seq: i64,
    pub at_ms: i64,
    pub kind: &'static str,
    pub previous: Hash,
    pub hash: Hash,
    pub body: Vec<u8>,
    pub wrapped_key: Vec<u8>,
}

/// Encrypts a record under a fresh key and chains it to the entry before.
pub(super) fn write(
    keyring: &Keyring,
    case: &CaseId,
    case_key: &Secret,
    record: &Record,
    previous: Hash,
) -> Result<Written, StoreError> {
    let kind = record.event.kind();
    let at_ms = record.at.timestamp_millis();
    let body = BodyRef {
        actor: &record.actor,
        event: &record.event,
    };
    let plain = zeroize::Zeroizing::new(
        serde_json::to_vec(&body).map_err(|error| broken_entry(case, record.seq, error.to_string()))?,
    );
    let bound = Bound {
        case,
        seq: record.seq,
        kind,
        at_ms,
        previous: &previous,
    };
    let entry_key = keyring.draw_key();
    let body = keyring.encrypt(&entry_key, &bound.bytes(), &plain);
    Ok(Written {
        seq: as_stored(record.seq),
        at_ms,
        kind,
        previous,
        hash: entry_hash(&bound, &body),
        body,
        wrapped_key: keyring.wrap_entry_key(case_key, case, record.seq, &entry_key),
    })
}

/// A row of the entries, with its wrapped key where that was not ended.
pub(super) type EntryRow = (i64, i64, String, Vec<u8>, Vec<u8>, Vec<u8>, Option<Vec<u8>>);

/// Checks and decrypts a case's rows, in order from the first.
pub(super) fn read(case: &CaseId, case_key: &Secret, rows: Vec<EntryRow>) -> Result<Vec<Record>, StoreError> {
    let mut previous = GENESIS;
    let mut records = Vec::with_capacity(rows.len());
    for (seq, (stored_seq, at_ms, kind, stored_previous, hash, body, wrapped)) in (1..).zip(rows) {
        let bound = Bound {
            case,
            seq,
            kind: &kind,
            at_ms,
            previous: &previous,
        };
        let chained = entry_hash(&bound, &body);
        if stored_seq != as_stored(seq) || stored_previous != previous || hash != chained {
            return Err(broken_entry(case, seq, "the chain is broken here"));
        }
        let wrapped = wrapped.ok_or_else(|| broken_entry(case, seq, "its key was ended"))?;
        let record = unwrap_entry_key(case_key, case, seq, &wrapped)
            .and_then(|key| decrypt(&key, &bound.bytes(), &body))
            .map_err(|_| broken_entry(case, seq, "it does not decrypt"))?;
        let Body { actor, event } =
            serde_json::from_slice(&record).map_err(|error| broken_entry(case, seq, unreadable(&error)))?;
        let at = DateTime::from_timestamp_millis(at_ms).ok_or_else(|| broken_entry(case, seq, "no such time"))?;
        records.push(Record { seq, at, actor, event });
        previous = chained;
    }
    Ok(records)
}

/// A row of the entries as it is exported and verified: no key beside it.
pub(super) type PlainRow = (i64, i64, String, Vec<u8>, Vec<u8>, Vec<u8>);

/// The line of a row, as it stands: a damaged row makes a line that does not verify.
pub(super) fn line(case: &CaseId, (seq, at_ms, kind, previous, hash, body): &PlainRow) -> Line {
    Line {
        case: case.clone(),
        seq: u64::try_from(*seq).unwrap_or(0),
        at: *at_ms,
        kind: kind.clone(),
        previous: hex(previous),
        hash: hex(hash),
        body: STANDARD.encode(body),
    }
}

/// What an effect's encryption is bound to.
pub(super) fn effect_bound(case: &CaseId) -> Vec<u8> {
    length_prefixed(&[b"convenor/effect/v1", case.0.as_bytes()])
}

/// What a pinned text's encryption is bound to.
pub(super) fn text_bound(digest: &str) -> Vec<u8> {
    length_prefixed(&[b"convenor/text/v1", digest.as_bytes()])
}

pub(super) fn as_hash(bytes: &[u8]) -> Option<Hash> {
    bytes.try_into().ok()
}

/// The sign bit is never reached: a thousand entries a second would take 292 million years.
pub(super) fn as_stored(count: u64) -> i64 {
    i64::try_from(count).expect("a journal is shorter than 2^63 entries")
}

pub(super) fn corrupt(table: &'static str, row: impl ToString, problem: impl Into<String>) -> StoreError {
    StoreError::Corrupt {
        table,
        row: row.to_string(),
        problem: problem.into(),
    }
}

/// serde_json's messages quote the value they stumbled over; only the place may be told.
pub(super) fn unreadable(error: &serde_json::Error) -> String {
    format!("not understood at line {}, column {}", error.line(), error.column())
}

fn broken_entry(case: &CaseId, seq: u64, problem: impl Into<String>) -> StoreError {
    corrupt("entries", format!("case {case}, entry {seq}"), problem)
}

/// The queries, for one database.
macro_rules! journal_queries {
    ($database:ty) => {
        use $crate::app::ports::{CHANNEL_SLOT, CaseRow, StoreError};
        use $crate::domain::event::Record;
        use $crate::domain::ids::{CaseId, CodeName};
        use $crate::store::chain::{GENESIS, Hash};
        use $crate::store::journal as plain;
        use $crate::store::keys::{KEK_VERSION, Keyring, Secret, decrypt};
        use $crate::store::sql;

        type Connection = <$database as sqlx::Database>::Connection;

        /// Opens a case under a fresh key. `false` where there is one of that id.
        pub async fn open_case(
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
            sqlx::query(sql::ADD_CASE_KEY)
                .bind(&case.0)
                .bind(KEK_VERSION)
                .bind(wrapped)
                .execute(connection)
                .await?;
            Ok(true)
        }

        pub async fn case_key(
            connection: &mut Connection,
            keyring: &Keyring,
            case: &CaseId,
        ) -> Result<Secret, StoreError> {
            let wrapped: Option<Vec<u8>> = sqlx::query_scalar(sql::CASE_KEY)
                .bind(&case.0)
                .fetch_optional(connection)
                .await?;
            let wrapped = wrapped.ok_or_else(|| plain::corrupt("case_keys", case, "there is no key"))?;
            keyring
                .unwrap_case_key(case, &wrapped)
                .map_err(|_| plain::corrupt("case_keys", case, "it does not decrypt"))
        }

        /// How many entries a case has, and the hash of the last.
        pub async fn head(connection: &mut Connection, guild: &str, case: &CaseId) -> Result<(u64, Hash), StoreError> {
            let row: Option<(i64, Vec<u8>)> = sqlx::query_as(sql::CASE_HEAD)
                .bind(guild)
                .bind(&case.0)
                .fetch_optional(connection)
                .await?;
            let (entries, head) = row.ok_or_else(|| plain::corrupt("cases", case, "there is no such case"))?;
            match (u64::try_from(entries), plain::as_hash(&head)) {
                (Ok(entries), Some(head)) => Ok((entries, head)),
                _ => Err(plain::corrupt("cases", case, "its head is not one")),
            }
        }

        /// Adds records behind the head they were decided on.
        pub async fn append(
            connection: &mut Connection,
            keyring: &Keyring,
            case: &CaseId,
            case_key: &Secret,
            (entries, mut head): (u64, Hash),
            records: &[Record],
        ) -> Result<(), StoreError> {
            let mut seq = entries;
            for record in records {
                seq += 1;
                assert_eq!(
                    record.seq, seq,
                    "records of a commit follow the journal they were decided on"
                );
                let entry = plain::write(keyring, case, case_key, record, head)?;
                sqlx::query(sql::ADD_ENTRY)
                    .bind(&case.0)
                    .bind(entry.seq)
                    .bind(entry.at_ms)
                    .bind(entry.kind)
                    .bind(entry.previous.as_slice())
                    .bind(entry.hash.as_slice())
                    .bind(entry.body)
                    .execute(&mut *connection)
                    .await?;
                sqlx::query(sql::ADD_ENTRY_KEY)
                    .bind(&case.0)
                    .bind(entry.seq)
                    .bind(entry.wrapped_key)
                    .execute(&mut *connection)
                    .await?;
                head = entry.hash;
            }
            let moved = sqlx::query(sql::MOVE_HEAD)
                .bind(plain::as_stored(seq))
                .bind(head.as_slice())
                .bind(&case.0)
                .bind(plain::as_stored(entries))
                .execute(connection)
                .await?;
            if moved.rows_affected() == 1 {
                Ok(())
            } else {
                Err(StoreError::Conflict)
            }
        }

        pub async fn journal(
            connection: &mut Connection,
            keyring: &Keyring,
            case: &CaseId,
        ) -> Result<Vec<Record>, StoreError> {
            let key = case_key(connection, keyring, case).await?;
            let rows = sqlx::query_as(sql::JOURNAL)
                .bind(&case.0)
                .fetch_all(connection)
                .await?;
            plain::read(case, &key, rows)
        }

        pub async fn lines(connection: &mut Connection, case: &CaseId) -> Result<Vec<String>, StoreError> {
            let rows = sqlx::query_as(sql::ENTRIES)
                .bind(&case.0)
                .fetch_all(connection)
                .await?;
            Ok(rows.iter().map(|row| plain::line(case, row).text()).collect())
        }

        pub async fn keep_text(
            connection: &mut Connection,
            keyring: &Keyring,
            digest: &str,
            text: &str,
        ) -> Result<(), StoreError> {
            let known: Option<Vec<u8>> = sqlx::query_scalar(sql::TEXT)
                .bind(digest)
                .fetch_optional(&mut *connection)
                .await?;
            if known.is_none() {
                let body = keyring.encrypt(keyring.texts(), &plain::text_bound(digest), text.as_bytes());
                sqlx::query(sql::ADD_TEXT)
                    .bind(digest)
                    .bind(body)
                    .execute(connection)
                    .await?;
            }
            Ok(())
        }

        pub async fn text(
            connection: &mut Connection,
            keyring: &Keyring,
            digest: &str,
        ) -> Result<Option<String>, StoreError> {
            let body: Option<Vec<u8>> = sqlx::query_scalar(sql::TEXT)
                .bind(digest)
                .fetch_optional(connection)
                .await?;
            let Some(body) = body else { return Ok(None) };
            let text = decrypt(keyring.texts(), &plain::text_bound(digest), &body)
                .ok()
                .and_then(|text| String::from_utf8(text.to_vec()).ok())
                .ok_or_else(|| plain::corrupt("texts", digest, "it does not decrypt"))?;
            Ok(Some(text))
        }

        pub async fn cases(connection: &mut Connection, guild: &str) -> Result<Vec<CaseRow>, StoreError> {
            let rows = sqlx::query_as(sql::CASES)
                .bind(guild)
                .fetch_all(connection)
                .await?;
            Ok(rows.into_iter().map(case_row).collect())
        }

        pub async fn case_by_code_name(
            connection: &mut Connection,
            guild: &str,
            code_name: &CodeName,
        ) -> Result<Option<CaseRow>, StoreError> {
            let row = sqlx::query_as(sql::CASE_BY_CODE_NAME)
                .bind(guild)
                .bind(&code_name.0);
            Ok(row.fetch_optional(connection).await?.map(case_row))
        }

        pub async fn case_by_channel(
            connection: &mut Connection,
            guild: &str,
            channel: &str,
        ) -> Result<Option<CaseRow>, StoreError> {
            let row = sqlx::query_as(sql::CASE_BY_CHANNEL)
                .bind(guild)
                .bind(channel)
                .bind(CHANNEL_SLOT);
            Ok(row.fetch_optional(connection).await?.map(case_row))
        }

        fn case_row((case, code_name, entries): (String, String, i64)) -> CaseRow {
            CaseRow {
                case: CaseId(case),
                code_name: CodeName(code_name),
                entries: u64::try_from(entries).unwrap_or(0),
            }
        }
    };
}

pub(super) use journal_queries as queries;
