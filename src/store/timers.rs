//! Timers: when the bot acts by itself. An ordinary table; the journal never depends on it.
//!
//! A timer is set and cleared only in the transaction of a command, never by being due: a worker that dies
//! between finding and acting finds it again.

use crate::app::ports::{StoreError, Timer};
use crate::domain::ids::CaseId;

use super::problem::instant;

pub(super) fn timer((case, name, at_ms): (String, String, i64)) -> Result<Timer, StoreError> {
    let at = instant("timers", &case, at_ms)?;
    let case = CaseId(case);
    Ok(Timer { case, name, at })
}

/// The queries, for one database.
macro_rules! timer_queries {
    ($database:ty) => {
        use chrono::{DateTime, Utc};
        use $crate::app::ports::{StoreError, Timer, TimerChange};
        use $crate::domain::ids::CaseId;
        use $crate::store::problem::instant;
        use $crate::store::sql;
        use $crate::store::timers as plain;

        type Connection = <$database as sqlx::Database>::Connection;

        pub async fn change(
            connection: &mut Connection,
            guild: &str,
            case: &CaseId,
            changes: &[TimerChange],
        ) -> Result<(), StoreError> {
            for change in changes {
                let query = match change {
                    TimerChange::Set { name, at } => {
                        sqlx::query(sql::SET_TIMER).bind(&case.0).bind(name).bind(guild).bind(at.timestamp_millis())
                    }
                    TimerChange::Clear { name } => sqlx::query(sql::CLEAR_TIMER).bind(&case.0).bind(name),
                };
                query.execute(&mut *connection).await?;
            }
            Ok(())
        }

        pub async fn due(
            connection: &mut Connection,
            guild: &str,
            now: DateTime<Utc>,
        ) -> Result<Vec<Timer>, StoreError> {
            let due = sqlx::query_as(sql::DUE_TIMERS).bind(guild).bind(now.timestamp_millis());
            due.fetch_all(connection).await?.into_iter().map(plain::timer).collect()
        }

        pub async fn next(connection: &mut Connection, guild: &str) -> Result<Option<DateTime<Utc>>, StoreError> {
            let at_ms: Option<i64> = sqlx::query_scalar(sql::NEXT_TIMER).bind(guild).fetch_one(connection).await?;
            at_ms.map(|at_ms| instant("timers", "the next", at_ms)).transpose()
        }
    };
}

pub(super) use timer_queries as queries;
