//! Item zero: is every child safe for the next two hours, and who is with them? Asked at the opening, at every
//! adjournment and at the close; it never blocks, and "no" and "not known" make an immediate action (SAFE-04).

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::case::Case;
use super::decision::{Draft, Entry};
use super::event::Fields;
use super::facts::Rules;
use super::ids::{ChildId, DraftId};
use super::open_items::abouts;
use super::prompt::{About, Answer, Prompt};
use super::referral::{Child, choices};
use super::session::Session;
use super::spoken::Spoken;

/// The question, and the section of the record it is in.
pub const ITEM_ZERO: &str = "item_zero";
/// Its fields.
const SAFE: &str = "safe";
const WITH_WHOM: &str = "with_whom";

choices! {
    /// When it is asked.
    Occasion {
        Opening = "opening",
        Adjournment = "adjournment",
        Close = "close",
    }
}

/// One time it was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asking {
    pub occasion: Occasion,
    pub at: DateTime<Utc>,
    /// The first entry that can answer it.
    pub from: DraftId,
}

impl Asking {
    /// The key of the open item it leaves.
    pub fn open_key(&self) -> &'static str {
        match self.occasion {
            Occasion::Opening => ITEM_ZERO,
            Occasion::Adjournment => "item_zero_adjournment",
            Occasion::Close => "item_zero_close",
        }
    }
}

/// The question as the catalogue has it.
pub fn prompt<'a>(rules: &Rules<'a>) -> Option<&'a Prompt> {
    rules.catalogue.prompt(ITEM_ZERO).filter(|_| rules.procedure.level(ITEM_ZERO).is_asked())
}

/// Each time it was asked, with the answers given until it was asked again, as they were given: a later answer about a
/// child stands beside an earlier one.
pub fn answers(session: &Session) -> impl Iterator<Item = (Asking, Vec<(&Draft, &Answer)>)> {
    let until = session.safety_asked.iter().skip(1).map(|next| Some(next.from)).chain([None]);
    session.safety_asked.iter().zip(until).map(|(asking, until)| {
        let is_of_it = |draft: &&Draft| draft.id >= asking.from && until.is_none_or(|until| draft.id < until);
        (*asking, session.drafts.iter().filter(is_of_it).filter_map(answered).collect())
    })
}

fn answered(draft: &Draft) -> Option<(&Draft, &Answer)> {
    match &draft.entry {
        Entry::Answer(answer) if answer.prompt == ITEM_ZERO => Some((draft, answer)),
        _ => None,
    }
}

/// The children nobody has answered about since it was asked last.
pub fn unanswered(case: &Case, session: &Session, rules: &Rules<'_>) -> Option<(Asking, Vec<ChildId>)> {
    let prompt = prompt(rules)?;
    let (asking, given) = answers(session).last()?;
    let is_open = |about: &About| !given.iter().any(|(_, answer)| answer.about == *about);
    let children = abouts(prompt, case).into_iter().filter(is_open).filter_map(|about| match about {
        About::Child(child) => Some(child),
        About::Session => None,
    });
    Some((asking, children.collect()))
}

/// The answer says that a child is not safe, or that nobody knows.
pub fn is_alarming(answer: &Answer) -> bool {
    answer.prompt == ITEM_ZERO && answer.fields.get(SAFE).is_some_and(|said| matches!(said.words(), "no" | "not_known"))
}

/// What lines people write say of each child: "Ellis: yes, with her grandmother", or without names in the order of the
/// children. "All" is every child. A line that doesn't begin with yes, no or not known leaves that part open.
pub fn read(words: &str, children: &[Child]) -> Vec<(ChildId, Fields)> {
    let mut said: Vec<(ChildId, Fields)> = Vec::new();
    for line in words.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (about, rest) = match line.split_once(':') {
            Some((name, rest)) if name.trim().eq_ignore_ascii_case("all") => (children.iter().collect(), rest),
            Some((name, rest)) => match children.iter().find(|child| is_called(child, name)) {
                Some(child) => (vec![child], rest),
                None => (next_of(children, &said), line),
            },
            None => (next_of(children, &said), line),
        };
        said.extend(about.into_iter().map(|child| (child.id, fields(rest))));
    }
    said
}

fn next_of<'a>(children: &'a [Child], said: &[(ChildId, Fields)]) -> Vec<&'a Child> {
    children.iter().find(|child| !said.iter().any(|(id, _)| *id == child.id)).into_iter().collect()
}

/// By the whole name or the first.
fn is_called(child: &Child, name: &str) -> bool {
    let name = name.trim();
    let whole = child.name.words();
    let first = whole.split_whitespace().next().unwrap_or_default();
    whole.eq_ignore_ascii_case(name) || first.eq_ignore_ascii_case(name)
}

/// The longer words first: "not known" begins like "not safe".
const WORDS: [(&str, &str); 8] = [
    ("not known", "not_known"),
    ("not sure", "not_known"),
    ("unknown", "not_known"),
    ("not safe", "no"),
    ("unsafe", "no"),
    ("safe", "yes"),
    ("yes", "yes"),
    ("no", "no"),
];

fn fields(line: &str) -> Fields {
    let line = line.trim();
    let begins = |word: &str| {
        let start = line.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
        start && !line[word.len()..].starts_with(char::is_alphanumeric)
    };
    let found = WORDS.iter().find(|(word, _)| begins(word));
    let rest = found.map_or(line, |(word, _)| &line[word.len()..]);
    let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || ",;.:-–—".contains(c));
    let mut fields = Fields::new();
    fields.extend(found.map(|(_, code)| (SAFE.to_owned(), Spoken::new(code))));
    if !rest.is_empty() {
        fields.insert(WITH_WHOM.to_owned(), Spoken::new(rest));
    }
    fields
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::referral::{Born, SchoolStage};

    fn child(id: u16, name: &str) -> Child {
        Child {
            id: ChildId(id),
            name: name.into(),
            subject: true,
            born: Born::NotKnown,
            relationship: Spoken::default(),
            address: Spoken::default(),
            address_withheld: false,
            parental_responsibility: Spoken::default(),
            legal_status: Spoken::default(),
            location: Spoken::default(),
            stage: SchoolStage::SchoolAge,
            education: None,
        }
    }

    fn check(words: &str, expected: &[(u16, &str, &str)]) {
        let children = [child(1, "Ellis Quillfeather"), child(2, "Wren Quillfeather")];
        let said = read(words, &children);
        let part = |fields: &Fields, key: &str| fields.get(key).map(|said| said.words().to_owned()).unwrap_or_default();
        let said: Vec<_> =
            said.iter().map(|(child, fields)| (child.0, part(fields, SAFE), part(fields, WITH_WHOM))).collect();
        let expected: Vec<_> =
            expected.iter().map(|(child, safe, whom)| (*child, (*safe).to_owned(), (*whom).to_owned())).collect();
        assert_eq!(said, expected, "{words}");
    }

    #[test]
    fn a_line_a_child_is_read_by_name_or_in_their_order() {
        check("yes, ward staff", &[(1, "yes", "ward staff")]);
        check(
            "Wren: no - alone at home\nEllis: yes; ward staff",
            &[(2, "no", "alone at home"), (1, "yes", "ward staff")],
        );
        check("wren quillfeather: not known", &[(2, "not_known", "")]);
        check(
            "Yes. Her grandmother\nNot known, last seen at noon",
            &[(1, "yes", "Her grandmother"), (2, "not_known", "last seen at noon")],
        );
        check("all: safe, their aunt", &[(1, "yes", "their aunt"), (2, "yes", "their aunt")]);
    }

    #[test]
    fn what_is_not_understood_is_kept_and_leaves_the_answer_open() {
        check("Nobody has rung back", &[(1, "", "Nobody has rung back")]);
        check("with: her aunt", &[(1, "", "with: her aunt")]);
        check("  \n", &[]);
    }
}
