//! The outbox: effects in lanes, one lane a case, each lane strictly in order.
//!
//! Nothing here talks to a platform, and no transaction is ever held open while something else does. A claim is a
//! lease with an end, so a dead worker's effect comes back; a claim's number fences its settlement, so a worker
//! that was only slow can't settle what another has taken over.

use crate::app::effect::Effect;
use crate::app::ports::{Release, Settlement, StoreError};
use crate::domain::ids::CaseId;

use super::chain::length_prefixed;
use super::keys::{Keyring, Secret, decrypt};
use super::problem::{corrupt, unreadable};

/// Encrypts an effect under its case's key.
pub(super) fn encrypt_effect(
    keyring: &Keyring,
    case: &CaseId,
    case_key: &Secret,
    effect: &Effect,
) -> Result<Vec<u8>, StoreError> {
    let plain = serde_json::to_vec(effect).map_err(|error| corrupt("outbox", case, error.to_string()))?;
    Ok(keyring.encrypt(case_key, &effect_bound(case), &zeroize::Zeroizing::new(plain)))
}

pub(super) fn decrypt_effect(id: i64, case: &CaseId, case_key: &Secret, body: &[u8]) -> Result<Effect, StoreError> {
    let plain =
        decrypt(case_key, &effect_bound(case), body).map_err(|_| corrupt("outbox", id, "it does not decrypt"))?;
    serde_json::from_slice(&plain).map_err(|error| corrupt("outbox", id, unreadable(&error)))
}

/// What an effect's encryption is bound to.
fn effect_bound(case: &CaseId) -> Vec<u8> {
    length_prefixed(&[b"convenor/effect/v1", case.0.as_bytes()])
}

/// A settlement as its row's state, when it may be tried again, and why.
pub(super) fn settled(settlement: &Settlement) -> (&'static str, i64, Option<&str>) {
    match settlement {
        Settlement::Delivered(_) => ("delivered", 0, None),
        Settlement::RetryAt { at_ms, why } => ("waiting", *at_ms, Some(why)),
        Settlement::Wedged { why } => ("wedged", 0, Some(why)),
        Settlement::Dropped { why } => ("dropped", 0, Some(why)),
    }
}

/// The state a released effect goes to.
pub(super) fn released(release: Release) -> &'static str {
    match release {
        Release::Retry => "waiting",
        Release::Skip => "dropped",
    }
}

/// The queries, for one database.
macro_rules! outbox_queries {
    ($database:ty) => {
        use sqlx::Connection as _;
        use $crate::app::effect::Effect;
        use $crate::app::ports::{Claimed, OutboxCount, Reference, Release, Settlement, StoreError, WedgedLane};
        use $crate::domain::ids::CaseId;
        use $crate::store::keys::{Keyring, Secret};
        use $crate::store::outbox as plain;
        use $crate::store::sql;

        use super::cases;

        type Connection = <$database as sqlx::Database>::Connection;

        /// Puts effects at the end of their case's lane, in order.
        pub async fn enqueue(
            connection: &mut Connection,
            keyring: &Keyring,
            guild: &str,
            case: &CaseId,
            case_key: &Secret,
            effects: &[Effect],
        ) -> Result<(), StoreError> {
            for effect in effects {
                let supersedes = effect.supersedes();
                if let Some(key) = &supersedes {
                    sqlx::query(sql::SUPERSEDE).bind(&case.0).bind(key).execute(&mut *connection).await?;
                }
                sqlx::query(sql::ADD_EFFECT)
                    .bind(guild)
                    .bind(&case.0)
                    .bind(supersedes)
                    .bind(plain::encrypt_effect(keyring, case, case_key, effect)?)
                    .execute(&mut *connection)
                    .await?;
            }
            Ok(())
        }

        /// Claims the oldest first effect of a lane. One that can't be read is wedged there and then: else it
        /// would come back with every lease.
        pub async fn claim(
            connection: &mut Connection,
            keyring: &Keyring,
            guild: &str,
            claim: &'static str,
            now_ms: i64,
            lease_until_ms: i64,
        ) -> Result<Option<Claimed>, StoreError> {
            let row: Option<(i64, String, Vec<u8>, i64)> = sqlx::query_as(claim)
                .bind(now_ms)
                .bind(lease_until_ms)
                .bind(guild)
                .fetch_optional(&mut *connection)
                .await?;
            let Some((id, case, body, attempts)) = row else {
                return Ok(None);
            };
            let case = CaseId(case);
            let effect = match cases::key(&mut *connection, keyring, guild, &case).await {
                Ok(key) => plain::decrypt_effect(id, &case, &key, &body),
                Err(error) => Err(error),
            };
            match effect {
                Ok(effect) => {
                    Ok(Some(Claimed { id, case, effect, attempts: u32::try_from(attempts).unwrap_or(u32::MAX) }))
                }
                Err(error) => {
                    if matches!(error, StoreError::Corrupt { .. }) {
                        let wedged = Settlement::Wedged { why: error.to_string() };
                        mark(connection, id, attempts, &wedged).await?;
                    }
                    Err(error)
                }
            }
        }

        /// Settles a claim and keeps the ids it brought back. `false` where the claim was lost.
        pub async fn settle(
            connection: &mut Connection,
            guild: &str,
            begin: &'static str,
            claimed: &Claimed,
            settlement: &Settlement,
        ) -> Result<bool, StoreError> {
            let mut transaction = connection.begin_with(begin).await?;
            let held = mark(&mut transaction, claimed.id, claimed.attempts.into(), settlement).await?;
            if held && let Settlement::Delivered(references) = settlement {
                for reference in references {
                    sqlx::query(sql::KEEP_REFERENCE)
                        .bind(&claimed.case.0)
                        .bind(&reference.slot)
                        .bind(guild)
                        .bind(&reference.channel)
                        .bind(&reference.message)
                        .execute(&mut *transaction)
                        .await?;
                }
            }
            transaction.commit().await?;
            Ok(held)
        }

        async fn mark(
            connection: &mut Connection,
            id: i64,
            attempts: i64,
            settlement: &Settlement,
        ) -> Result<bool, StoreError> {
            let (state, not_before_ms, why) = plain::settled(settlement);
            let marked = sqlx::query(sql::SETTLE)
                .bind(id)
                .bind(attempts)
                .bind(state)
                .bind(not_before_ms)
                .bind(why)
                .execute(connection)
                .await?;
            Ok(marked.rows_affected() == 1)
        }

        pub async fn next_attempt_ms(connection: &mut Connection, guild: &str) -> Result<Option<i64>, StoreError> {
            Ok(sqlx::query_scalar(sql::NEXT_ATTEMPT).bind(guild).fetch_one(connection).await?)
        }

        pub async fn count(connection: &mut Connection, guild: &str) -> Result<OutboxCount, StoreError> {
            let rows: Vec<(String, i64)> = sqlx::query_as(sql::OUTBOX_COUNT).bind(guild).fetch_all(connection).await?;
            let of = |state: &str| {
                let count = rows.iter().find(|(of, _)| of == state).map_or(0, |(_, count)| *count);
                u64::try_from(count).unwrap_or(0)
            };
            Ok(OutboxCount { waiting: of("waiting"), wedged: of("wedged") })
        }

        pub async fn wedged(connection: &mut Connection, guild: &str) -> Result<Vec<WedgedLane>, StoreError> {
            let rows: Vec<(String, i64, Option<String>)> =
                sqlx::query_as(sql::WEDGED).bind(guild).fetch_all(connection).await?;
            let lane = |(case, attempts, why): (String, i64, Option<String>)| WedgedLane {
                case: CaseId(case),
                attempts: u32::try_from(attempts).unwrap_or(u32::MAX),
                why: why.unwrap_or_default(),
            };
            Ok(rows.into_iter().map(lane).collect())
        }

        pub async fn release(
            connection: &mut Connection,
            guild: &str,
            case: &CaseId,
            release: Release,
        ) -> Result<bool, StoreError> {
            let released = sqlx::query(sql::RELEASE)
                .bind(guild)
                .bind(&case.0)
                .bind(plain::released(release))
                .execute(connection)
                .await?;
            Ok(released.rows_affected() > 0)
        }

        pub async fn references(
            connection: &mut Connection,
            guild: &str,
            case: &CaseId,
        ) -> Result<Vec<Reference>, StoreError> {
            let rows: Vec<(String, String, Option<String>)> =
                sqlx::query_as(sql::REFERENCES).bind(guild).bind(&case.0).fetch_all(connection).await?;
            let reference = |(slot, channel, message)| Reference { slot, channel, message };
            Ok(rows.into_iter().map(reference).collect())
        }
    };
}

pub(super) use outbox_queries as queries;
