//! What the administrators were reminded of. An ordinary table, about no case.

/// The queries, for one database.
macro_rules! reminder_queries {
    ($database:ty) => {
        use chrono::{DateTime, Utc};

        use $crate::app::ports::StoreError;
        use $crate::store::sql;

        type Connection = <$database as sqlx::Database>::Connection;

        pub async fn is_kept(connection: &mut Connection, guild: &str, what: &str) -> Result<bool, StoreError> {
            let kept: i64 = sqlx::query_scalar(sql::REMINDED).bind(guild).bind(what).fetch_one(connection).await?;
            Ok(kept > 0)
        }

        pub async fn keep(
            connection: &mut Connection,
            guild: &str,
            what: &str,
            at: DateTime<Utc>,
        ) -> Result<(), StoreError> {
            let keep = sqlx::query(sql::KEEP_REMINDER).bind(guild).bind(what).bind(at.timestamp_millis());
            keep.execute(connection).await?;
            Ok(())
        }
    };
}

pub(super) use reminder_queries as queries;
