//! A new schema on a PostgreSQL server: tables of one's own in a database that others use as well.

use sqlx::{AssertSqlSafe, ConnectOptions, Connection};

use crate::app::ports::StoreError;

use super::dialect::postgres::options;

/// How often another may be quicker to take a number.
const TRIES_MAX: usize = 100;

/// Makes the schema `NAME_1`, or the next number that is free, and gives back the URL that opens it: the one given,
/// with a `search_path`. The name is the caller's own: lower-case letters, never what somebody typed.
///
/// # Errors
///
/// Why the server can't be reached or refused.
pub async fn new_schema(url: &str, name: &'static str) -> Result<String, StoreError> {
    let mut connection = options(url)?.connect().await?;
    for _ in 0..TRIES_MAX {
        let known: Vec<String> =
            sqlx::query_scalar("SELECT nspname::text FROM pg_catalog.pg_namespace").fetch_all(&mut connection).await?;
        let numbers = known.iter().filter_map(|known| known.strip_prefix(name)?.strip_prefix('_')?.parse::<u32>().ok());
        let schema = format!("{name}_{}", numbers.max().unwrap_or(0) + 1);
        let make = AssertSqlSafe(format!("CREATE SCHEMA {schema}"));
        match sqlx::query(make).execute(&mut connection).await {
            Ok(_) => {
                connection.close().await?;
                return Ok(within(url, &schema));
            }
            Err(sqlx::Error::Database(error)) if is_taken(error.code().as_deref()) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(StoreError::Conflict)
}

/// As schema, or as a row of the catalogue where two are quite at once.
fn is_taken(code: Option<&str>) -> bool {
    matches!(code, Some("42P06" | "23505"))
}

fn within(url: &str, schema: &str) -> String {
    let joint = if url.contains('?') { '&' } else { '?' };
    format!("{url}{joint}options=-csearch_path%3D{schema}")
}

#[cfg(test)]
mod tests {
    use super::within;

    #[test]
    fn the_schema_is_added_to_what_the_url_says() {
        let path = "options=-csearch_path%3Drehearsal_3";
        assert_eq!(within("postgres://db/convenor", "rehearsal_3"), format!("postgres://db/convenor?{path}"));
        let given = "postgres://db/convenor?sslmode=require";
        assert_eq!(within(given, "rehearsal_3"), format!("{given}&{path}"));
    }
}
