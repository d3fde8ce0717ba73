//! An attempt to convene by somebody who may not becomes a request, and nothing they typed is lost (INV-01, REF-02).

use crate::domain::people::Person;
use crate::domain::procedure::{Procedure, fits};
use crate::forms::{Answers, Field, Kind, Named, row};
use crate::wording::Wording;

use super::asking::Asked;

/// The rows that begin a discussion.
const CONVENING: [&str; 2] = ["register", "convene"];
/// The row they become.
const REQUEST: &str = "request";

/// Whether this is an attempt to convene by somebody enrolled whose role the procedure doesn't allow it.
pub(super) fn is_for_another(asked: &Asked, person: Option<&Person>, procedure: &Procedure) -> bool {
    CONVENING.contains(&asked.row.key) && person.is_some_and(|person| !fits(person, &procedure.convenor))
}

/// The request it becomes: the grounds are the concern, and whatever else was filled in goes with it in words. With
/// nothing filled in, the request's own form is next.
pub(super) fn request_of(asked: Asked, named: &Named, wording: &Wording) -> Asked {
    let mut answers = Answers::new();
    let case = asked.case.as_ref().map(|case| ("case".to_owned(), case.to_string()));
    answers.extend(case);
    for field in asked.row.fields {
        let Some(given) = asked.answers.get(field.key).filter(|given| !given.trim().is_empty()) else { continue };
        let key = if field.key == "grounds" { "concern" } else { field.key };
        answers.insert(key.to_owned(), in_words(field, given, named, wording));
    }
    let typed = !answers.is_empty();
    let row = row(REQUEST).expect("a discussion can be requested");
    Asked { row, case: None, answers, typed, ..asked }
}

/// An answer as people read it, since another form will show it.
fn in_words(field: &Field, given: &str, named: &Named, wording: &Wording) -> String {
    let choice = |set: &str, code: &str| {
        let key = format!("choice.{set}.{code}");
        wording.has(&key).then(|| wording.say(&key, ()))
    };
    let words = match field.kind {
        Kind::Choice(set, _) => choice(set, given),
        Kind::Flag => choice("yes_no", if matches!(given, "true" | "yes") { "yes" } else { "no" }),
        Kind::User => named.people.get(field.key).map(|person| person.name.clone()),
        _ => None,
    };
    words.unwrap_or_else(|| given.to_owned())
}
