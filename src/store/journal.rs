//! The entries of a case.
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

use super::chain::{Bound, GENESIS, Hash, Line, entry_hash, hex};
use super::keys::{Keyring, Secret, decrypt, unwrap_entry_key};
use super::problem::{corrupt, unreadable};

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
    let body = BodyRef { actor: &record.actor, event: &record.event };
    let plain = zeroize::Zeroizing::new(
        serde_json::to_vec(&body).map_err(|error| broken_entry(case, record.seq, error.to_string()))?,
    );
    let bound = Bound { case, seq: record.seq, kind, at_ms, previous: &previous };
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

/// Checks and decrypts a case's rows, in order, those that follow its first `after` entries. What the chain was before
/// them is the first row's own word for it, which decrypting confirms: it is bound into the body.
pub(super) fn read(
    case: &CaseId,
    case_key: &Secret,
    after: u64,
    rows: Vec<EntryRow>,
) -> Result<Vec<Record>, StoreError> {
    let told = rows.first().filter(|_| after > 0).and_then(|row| row.3.as_slice().try_into().ok());
    let mut previous = told.unwrap_or(GENESIS);
    let mut records = Vec::with_capacity(rows.len());
    for (seq, (stored_seq, at_ms, kind, stored_previous, hash, body, wrapped)) in (after + 1..).zip(rows) {
        let bound = Bound { case, seq, kind: &kind, at_ms, previous: &previous };
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

/// The sign bit is never reached: a thousand entries a second would take 292 million years.
pub(super) fn as_stored(count: u64) -> i64 {
    i64::try_from(count).expect("a journal is shorter than 2^63 entries")
}

fn broken_entry(case: &CaseId, seq: u64, problem: impl Into<String>) -> StoreError {
    corrupt("entries", format!("case {case}, entry {seq}"), problem)
}

/// The queries, for one database.
macro_rules! journal_queries {
    ($database:ty) => {
        use $crate::app::ports::StoreError;
        use $crate::domain::event::Record;
        use $crate::domain::ids::CaseId;
        use $crate::store::chain::Hash;
        use $crate::store::journal as plain;
        use $crate::store::keys::{Keyring, Secret};
        use $crate::store::sql;

        type Connection = <$database as sqlx::Database>::Connection;

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
                assert_eq!(record.seq, seq, "records of a commit follow the journal they were decided on");
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
            if moved.rows_affected() == 1 { Ok(()) } else { Err(StoreError::Conflict) }
        }

        pub async fn journal(
            connection: &mut Connection,
            case: &CaseId,
            case_key: &Secret,
            after: u64,
        ) -> Result<Vec<Record>, StoreError> {
            let from = i64::try_from(after).unwrap_or(i64::MAX);
            let rows = sqlx::query_as(sql::JOURNAL).bind(&case.0).bind(from).fetch_all(connection).await?;
            plain::read(case, case_key, after, rows)
        }

        pub async fn lines(connection: &mut Connection, case: &CaseId) -> Result<Vec<String>, StoreError> {
            let rows = sqlx::query_as(sql::ENTRIES).bind(&case.0).fetch_all(connection).await?;
            Ok(rows.iter().map(|row| plain::line(case, row).text()).collect())
        }
    };
}

pub(super) use journal_queries as queries;
