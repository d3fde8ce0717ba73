//! What a case file says stands in the record it leads to, whatever procedure it is held under: every contribution,
//! question and answer under its heading, nothing that was refused, and nothing limited in a copy it must not be in.
//!
//! The case file is read as it is written, and the record as it was left; what lies between is not asked.

use std::sync::LazyLock;

use convenor::config::Config;
use convenor::domain::prompt::FieldKind;
use convenor::rehearsal::outcome::Outcome;
use convenor::rehearsal::play::SHIPPED_CASES;
use serde_json::Value;

use crate::support::plays::{Played, played_under};

static CONFIG: LazyLock<Config> = LazyLock::new(Config::built_in);

/// Parts of a case's contribution that are none of its words.
const NO_WORDS: [&str; 5] = ["by", "mode", "on_behalf_of", "restricted_to", "after_late_join"];

struct Held<'a> {
    /// Case and procedure, for whatever fails.
    what: String,
    case: Value,
    played: &'a Played,
    minutes: Value,
    report: Value,
}

impl<'a> Held<'a> {
    fn of(case: usize, slug: &str, played: &'a Played) -> Self {
        let (id, text) = SHIPPED_CASES[case];
        let json = |text: &str| serde_json::from_str(text).expect("it is JSON");
        let (minutes, report) = (json(&played.files["minutes.json"]), json(&played.files["report.json"]));
        Self { what: format!("{id} under {slug}"), case: json(text), played, minutes, report }
    }

    /// Every text of a section, by its key.
    fn blocks(&self, key: &str) -> &Vec<Value> {
        let sections = self.minutes["sections"].as_array().expect("the minutes have sections");
        let section = sections.iter().find(|section| section["key"] == key);
        let blocks = section.and_then(|section| section["blocks"].as_array());
        blocks.unwrap_or_else(|| panic!("{}: there is a section {key}", self.what))
    }

    fn name_of(&self, key: &Value) -> &str {
        let invitee = list(&self.case["invitees"]).iter().find(|invitee| invitee["key"] == *key);
        invitee.and_then(|invitee| invitee["name"].as_str()).unwrap_or_default()
    }

    /// The record, its copies and the family's, in every text format there is of them.
    fn documents(&self) -> impl Iterator<Item = (&str, &str)> {
        let files = self.played.files.iter().filter(|(name, _)| name.starts_with("minutes"));
        files.map(|(name, text)| (name.as_str(), text.as_str()))
    }

    /// What a person was given to read: a copy of their own, or everybody's.
    fn copy_of(&self, key: &str) -> &str {
        let own = self.played.files.get(&format!("minutes-{key}.md"));
        own.unwrap_or_else(|| &self.played.files["minutes-common.md"])
    }

    /// What everybody in a place reads.
    fn posts(&self) -> impl Iterator<Item = &str> {
        let posts = list(&self.report["posts"]).iter().filter(|post| post["ephemeral"] == false);
        posts.filter_map(|post| post["text"].as_str())
    }

    /// Each under the name of whoever it is from, among what was shared.
    fn check_contributions(&self) {
        // What was said under each name, in the order it was said.
        let mut said: Vec<(String, Vec<String>)> = Vec::new();
        for block in self.blocks("contributions") {
            match block["subheading"].as_str() {
                Some(name) => said.push((name.to_owned(), Vec::new())),
                None => said.last_mut().expect("a name comes first").1.extend(texts(block)),
            }
        }
        for contribution in list(&self.case["contributions"]) {
            let source = contribution["on_behalf_of"]["name"].as_str();
            let name = source.unwrap_or_else(|| self.name_of(&contribution["by"]));
            let under: Vec<_> = said.iter().filter(|(heading, _)| heading.starts_with(name)).collect();
            for words in words_of(contribution).chain(chosen_in(contribution)) {
                let stands = under.iter().flat_map(|(_, texts)| texts).any(|text| holds(text, words));
                assert!(stands, "{}: \"{words}\" stands under the name of {name}", self.what);
            }
        }
    }

    /// Each that was put in a row of its own, with whoever asked and answered it. What was for nobody is kept with its
    /// author, and is nowhere (TURN-09).
    fn check_questions(&self) {
        let (put, held): (Vec<_>, Vec<_>) =
            list(&self.case["questions"]).iter().partition(|question| !question["to"].is_null());
        for text in held.iter().filter_map(|question| question["text"].as_str()) {
            if put.iter().any(|question| question["text"] == text) {
                continue;
            }
            assert!(self.documents().all(|(_, document)| !holds(document, text)), "{}: \"{text}\" was held", self.what);
            assert!(!self.posts().any(|post| holds(post, text)), "{}: \"{text}\" was posted", self.what);
        }
        let rows = self.blocks("questions").iter().flat_map(|block| list(&block["table"]["rows"]));
        let rows: Vec<_> = rows.map(texts).collect();
        for question in put {
            let wanted = [
                self.name_of(&question["by"]),
                question["text"].as_str().unwrap_or_default(),
                question["answer"].as_str().unwrap_or_default(),
                self.name_of(&question["answered_by"]),
            ];
            let is_it = |row: &Vec<String>| wanted.iter().all(|part| row.iter().any(|cell| holds(cell, part)));
            assert!(rows.iter().any(is_it), "{}: {wanted:?} is a row of the questions", self.what);
        }
    }

    /// What was refused is told by the report and stands in no record.
    fn check_refused(&self) {
        let told: Vec<_> = list(&self.report["refused"]).iter().filter(|line| line["does"] == "share").collect();
        let tried = list(&self.case["out_of_turn"]);
        assert_eq!(told.len(), tried.len(), "{}: {told:?}", self.what);
        for (line, attempt) in told.iter().zip(tried) {
            assert_eq!(line["who"], attempt["by"], "{}: the report tells of it", self.what);
            let text = attempt["text"].as_str().expect("something was tried");
            for (name, document) in self.documents() {
                assert!(!document.contains(text), "{}: \"{text}\" was refused, and is in {name}", self.what);
            }
        }
    }

    /// What is limited is read by whom it is for, by whoever it is from and by the chair, and by nobody else.
    fn check_limited(&self) {
        let recipients = list(&self.report["recipients"]);
        assert!(!recipients.is_empty(), "{}: somebody has a copy", self.what);
        for contribution in list(&self.case["contributions"]) {
            let readers = list(&contribution["restricted_to"]);
            if readers.is_empty() {
                continue;
            }
            let may_read =
                |key: &Value| readers.contains(key) || *key == contribution["by"] || *key == self.case["chair"];
            for words in words_of(contribution) {
                for key in recipients {
                    let name = key.as_str().expect("a recipient has a key");
                    let is_there = holds(&plain(self.copy_of(name)), words);
                    assert_eq!(is_there, may_read(key), "{}: \"{words}\" in the copy of {name}", self.what);
                }
                let common = ["minutes-common.md", "minutes-family.md"].map(|name| self.played.files.get(name));
                for copy in common.into_iter().flatten() {
                    assert!(!holds(&plain(copy), words), "{}: \"{words}\" is in everybody's copy", self.what);
                }
                assert!(!self.posts().any(|post| holds(post, words)), "{}: \"{words}\" is in no post", self.what);
            }
        }
    }

    /// A protected address is masked in every copy and post, and stands in the record (SEC-08).
    fn check_masked(&self) {
        let people = list(&self.case["children"]).iter().chain(list(&self.case["adults"]));
        let withheld = people.filter(|person| person["address_withheld"] == true);
        for address in withheld.filter_map(|person| person["address"].as_str()) {
            assert!(holds(&plain(&self.played.files["minutes.md"]), address), "{}: the record has it", self.what);
            let copies = self.documents().filter(|(name, _)| name.starts_with("minutes-"));
            let masked = copies.inspect(|(name, copy)| {
                assert!(!holds(&plain(copy), address), "{}: \"{address}\" is in {name}", self.what);
            });
            assert!(masked.count() > 0, "{}: there are copies", self.what);
            assert!(!self.posts().any(|post| holds(post, address)), "{}: \"{address}\" is in no post", self.what);
        }
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// Every text of a value, what some copies mask too.
fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Array(parts) => parts.iter().flat_map(texts).collect(),
        Value::Object(fields) => fields.values().flat_map(texts).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) => Vec::new(),
    }
}

/// An answer of few words may stand within a sentence of the record's, and so begin small.
fn holds(text: &str, words: &str) -> bool {
    text.to_lowercase().contains(&words.to_lowercase())
}

/// Without Markdown's escapes.
fn plain(markdown: &str) -> String {
    markdown.replace('\\', "")
}

fn words_of(contribution: &Value) -> impl Iterator<Item = &str> {
    let fields = contribution.as_object().into_iter().flatten();
    let said = fields.filter(|(key, words)| !NO_WORDS.contains(&key.as_str()) && label_of(key, words).is_none());
    said.filter_map(|(_, words)| words.as_str())
}

/// What was chosen from a list is said in the list's words.
fn chosen_in(contribution: &Value) -> impl Iterator<Item = &str> {
    let fields = contribution.as_object().into_iter().flatten();
    fields.filter_map(|(key, code)| label_of(key, code))
}

fn label_of(field: &str, code: &Value) -> Option<&'static str> {
    let mut fields = CONFIG.catalogue.prompts.iter().flat_map(|prompt| &prompt.fields);
    let FieldKind::Choice(choices) = &fields.find(|known| known.key == field)?.kind else { return None };
    choices.iter().find(|choice| *code == *choice.code).map(|choice| choice.label.as_str())
}

async fn stands_in_the_record(case: usize) {
    for slug in CONFIG.procedures.keys() {
        let played = played_under(case, slug).await;
        let held = Held::of(case, slug, played);
        assert_eq!(played.outcome, Outcome::AsExpected, "{}\n{}", held.what, played.transcript);
        held.check_contributions();
        held.check_questions();
        held.check_refused();
        held.check_limited();
        held.check_masked();
    }
}

/// Shows: TURN-07, TURN-09, INFO-04.
#[tokio::test(flavor = "multi_thread")]
async fn what_case_1_says_stands_in_the_record_under_every_procedure() {
    stands_in_the_record(0).await;
}

/// Shows: TURN-07, TURN-09, INFO-04.
#[tokio::test(flavor = "multi_thread")]
async fn what_case_2_says_stands_in_the_record_under_every_procedure() {
    stands_in_the_record(1).await;
}

/// Shows: TURN-07, TURN-09, INFO-04.
#[tokio::test(flavor = "multi_thread")]
async fn what_case_3_says_stands_in_the_record_under_every_procedure() {
    stands_in_the_record(2).await;
}
