//! The command table: a file a subject, each with its rows in the order help shows them.

/// The codes of a set of fixed choices.
macro_rules! codes {
    ($set:literal, $choices:ty) => {
        Kind::Choice($set, || <$choices>::ALL.iter().map(|(_, code)| *code).collect())
    };
}

mod actions;
mod chair;
mod challenges;
mod convening;
mod deciding;
mod door;
mod record;
mod referral;
mod round;
mod safety;

use super::{Field, Kind, More, Row};

const TABLE: [&[Row]; 10] = [
    referral::ROWS,
    convening::ROWS,
    door::ROWS,
    round::ROWS,
    chair::ROWS,
    deciding::ROWS,
    challenges::ROWS,
    actions::ROWS,
    safety::ROWS,
    record::ROWS,
];

/// Everything people can do, in the order help shows it.
pub fn rows() -> impl Iterator<Item = &'static Row> {
    TABLE.into_iter().flatten()
}

/// The row of a button.
pub fn row(key: &str) -> Option<&'static Row> {
    rows().find(|row| row.key == key)
}

/// The row of a slash command.
pub fn row_at(top: &str, sub: Option<&str>) -> Option<&'static Row> {
    rows().find(|row| row.path.is_some_and(|path| path == (top, sub)))
}

const fn needed(key: &'static str, kind: Kind) -> Field {
    Field { key, kind, needed: true }
}

const fn field(key: &'static str, kind: Kind) -> Field {
    Field { key, kind, needed: false }
}

const YES_NO: Kind = Kind::Choice("yes_no", || vec!["yes", "no"]);
const AGENCY_KINDS: Kind = Kind::Choice("kind", || {
    vec![
        "social_care",
        "police",
        "health",
        "education",
        "adult_services",
        "probation",
        "youth_support",
        "early_help",
        "voluntary",
        "legal",
        "other",
    ]
});
const fn strategy(sub: &'static str) -> Option<(&'static str, Option<&'static str>)> {
    Some(("strategy", Some(sub)))
}

const fn chair(sub: &'static str) -> Option<(&'static str, Option<&'static str>)> {
    Some(("chair", Some(sub)))
}

const fn action(sub: &'static str) -> Option<(&'static str, Option<&'static str>)> {
    Some(("action", Some(sub)))
}

/// A row about a case, without catalogue fields.
const fn plain(
    key: &'static str,
    path: Option<(&'static str, Option<&'static str>)>,
    fields: &'static [Field],
    build: fn(&super::Form<'_>) -> Result<super::Doing, crate::domain::refusal::Refusal>,
) -> Row {
    Row { key, path, needs_case: true, fields, more: More::Nothing, build, then: &[] }
}

/// The row for whatever is not about one case.
const fn caseless(row: Row) -> Row {
    Row { needs_case: false, ..row }
}

/// The row with fields from the catalogue besides its own.
const fn with_more(more: More, row: Row) -> Row {
    Row { more, ..row }
}

/// The row with these rows' buttons under its answer.
const fn followed_by(then: &'static [&'static str], row: Row) -> Row {
    Row { then, ..row }
}

const SAID: [Field; 3] = [field("current", Kind::Text), field("history", Kind::Text), field("views", Kind::Text)];
