//! Which database a URL leads to, and how a URL may be shown.

use crate::app::ports::StoreError;

/// The databases convenor can keep its record in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

impl Engine {
    /// Tells it from a URL: `sqlite:PATH`, a path, `postgres://…` or `postgresql://…`.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unusable`] where the URL is of another kind of database.
    pub fn of(url: &str) -> Result<Self, StoreError> {
        match url.split_once(':') {
            Some(("postgres" | "postgresql", rest)) if rest.starts_with("//") => Ok(Self::Postgres),
            Some((scheme, rest)) if scheme != "sqlite" && rest.starts_with("//") => Err(StoreError::Unusable {
                why: "its kind is not known; give postgres://..., sqlite:PATH or a path",
                source: None,
            }),
            _ => Ok(Self::Sqlite),
        }
    }
}

/// A URL as it may be printed or logged: without password and parameters.
pub fn without_password(url: &str) -> String {
    let Ok(Engine::Postgres) = Engine::of(url) else { return url.to_owned() };
    let (scheme, rest) = url.split_once("://").unwrap_or(("postgres", url));
    let place = rest.split('?').next().unwrap_or_default();
    let shown = match place.rsplit_once('@') {
        Some((who, place)) => format!("{}@{place}", who.split(':').next().unwrap_or_default()),
        None => place.to_owned(),
    };
    format!("{scheme}://{shown}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_engine_is_told_from_the_url() {
        let check = |url: &str, expected| assert_eq!(Engine::of(url).ok(), expected, "{url}");
        check("postgres://localhost/convenor", Some(Engine::Postgres));
        check("postgresql://localhost/convenor", Some(Engine::Postgres));
        check("sqlite:convenor.db", Some(Engine::Sqlite));
        check("sqlite://convenor.db", Some(Engine::Sqlite));
        check("convenor.db", Some(Engine::Sqlite));
        check("postgres", Some(Engine::Sqlite));
        check("mysql://localhost/convenor", None);
    }

    #[test]
    fn a_password_is_never_shown() {
        let check = |url: &str, expected: &str| assert_eq!(without_password(url), expected);
        check("postgres://amara:se@cret@db:5432/convenor?sslmode=require", "postgres://amara@db:5432/convenor");
        check("postgresql://db/convenor?user=amara&password=secret", "postgresql://db/convenor");
        check("sqlite:convenor.db", "sqlite:convenor.db");
    }
}
