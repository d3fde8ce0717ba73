//! An entry as its form would have been filled in, so that it can be changed without typing it again (SES-06).

use chrono::{DateTime, Utc};

use super::Answers;
use crate::domain::calendar;
use crate::domain::decision::Entry;
use crate::domain::due;
use crate::domain::facts::Rules;
use crate::domain::prompt::{Answer, FieldKind};
use crate::domain::spoken::Spoken;

/// The fields of an entry's form, by key; what it needs to be chosen for is chosen anew.
pub fn stood_in(entry: &Entry, rules: &Rules<'_>) -> Answers {
    let said: Vec<(&str, Option<String>)> = match entry {
        Entry::Section47(decided) => vec![
            ("mode", decided.mode.map(|mode| mode.code().to_owned())),
            ("rationale", words(&decided.rationale)),
            ("how", words(&decided.how)),
            ("when", words(&decided.when)),
            ("by_whom", words(&decided.by_whom)),
            ("agency", words(&decided.agency)),
        ],
        Entry::Outcome(chosen) => vec![
            ("rationale", words(&chosen.rationale)),
            ("who", words(&chosen.who)),
            ("agency", words(&chosen.agency)),
            ("at", chosen.at.map(in_typed_words)),
            ("description", words(&chosen.description)),
            ("mode", chosen.mode.map(|mode| mode.code().to_owned())),
        ],
        Entry::Action(action) => vec![
            ("owner", action.owner.map(|seat| format!("s{seat}"))),
            ("owner_words", words(&action.owner_words)),
            ("what", words(&action.what)),
            ("due", action.due.map(in_typed_words)),
            ("place", words(&action.place)),
            ("how", words(&action.how)),
            ("measure", words(&action.measure)),
            ("purpose", words(&action.purpose)),
            ("contingency", words(&action.contingency)),
            ("serves", Some(action.serves.clone()).filter(|serves| !serves.is_empty())),
        ],
        Entry::Answer(answer) => return answered(answer, rules),
    };
    said.into_iter().filter_map(|(key, said)| Some((key.to_owned(), said?))).collect()
}

fn answered(answer: &Answer, rules: &Rules<'_>) -> Answers {
    let prompt = rules.catalogue.prompt(&answer.prompt);
    let as_typed = |key: &String, said: &Spoken| match prompt.and_then(|prompt| prompt.field(key))?.kind {
        FieldKind::Time | FieldKind::PastTime => due::instant(said.words()).map(in_typed_words),
        FieldKind::Seat => Some(format!("s{}", said.words())),
        _ => words(said),
    };
    answer.fields.iter().filter_map(|(key, said)| Some((key.clone(), as_typed(key, said)?))).collect()
}

fn words(said: &Spoken) -> Option<String> {
    (!said.is_empty()).then(|| said.words().to_owned())
}

/// A moment as somebody would type it.
pub fn in_typed_words(at: DateTime<Utc>) -> String {
    format!("{} {}", calendar::date(at), calendar::time(at))
}
