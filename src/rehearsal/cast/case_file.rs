//! Reading a case file: what is wrong with it in one sentence, and what nobody knows as a warning.

use std::path::Path;

use chrono::TimeDelta;
use serde::Deserialize;
use serde_json::Value;

pub use super::case_parts::CaseFile;
use super::case_parts::{Child, Invitee};
use crate::domain::calendar::iso_with_offset;
use crate::domain::due;

/// The schema this program reads.
const SCHEMA: &str = "sd-case/1";

/// A case as read.
#[derive(Debug, Clone)]
pub struct Reading {
    pub case: CaseFile,
    /// The case as written: answers are looked up in it by their path.
    pub raw: Value,
    /// Paths of keys nobody knows.
    pub unknown: Vec<String>,
}

impl Reading {
    /// The same case with all its moments this much later. A date of birth is none, nor is a time within a sentence:
    /// they stay as written.
    pub fn moved_by(&self, by: TimeDelta) -> Self {
        let mut raw = self.raw.clone();
        move_moments(&mut raw, by);
        let case = serde_json::from_value(raw.clone()).expect("a moment moved is still one");
        Self { case, raw, unknown: self.unknown.clone() }
    }
}

fn move_moments(value: &mut Value, by: TimeDelta) {
    match value {
        Value::String(text) => {
            if let Some(at) = due::instant(text) {
                *text = iso_with_offset(at + by);
            }
        }
        Value::Array(list) => list.iter_mut().for_each(|value| move_moments(value, by)),
        Value::Object(object) => object.values_mut().for_each(|value| move_moments(value, by)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Why a case can't be played, in one sentence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct BadCase(pub String);

/// Reads a case from a file.
pub fn read(path: &Path) -> Result<Reading, BadCase> {
    let name = path.display();
    let text = std::fs::read_to_string(path)
        .map_err(|error| BadCase(format!("the case {name} can't be read ({error}); name a file of schema {SCHEMA}")))?;
    parse(&name.to_string(), &text)
}

/// Reads a case from its text; `name` is what the sentence calls it.
pub fn parse(name: &str, text: &str) -> Result<Reading, BadCase> {
    #[derive(Deserialize)]
    struct Head {
        schema: Option<String>,
    }

    let at = |error: serde_json::Error| BadCase(format!("{name}, line {}: {}", error.line(), plainly(&error)));
    let head: Head = serde_json::from_str(text).map_err(at)?;
    match head.schema.as_deref() {
        Some(SCHEMA) => {}
        Some(other) => {
            let line = line_of(text, "\"schema\"");
            return Err(BadCase(format!(
                "{name}, line {line}: the schema is \"{other}\", and only {SCHEMA} is played"
            )));
        }
        None => return Err(BadCase(format!("{name}, line 1: there is no \"schema\"; a case begins with {SCHEMA}"))),
    }
    let case: CaseFile = serde_json::from_str(text).map_err(at)?;
    let raw: Value = serde_json::from_str(text).map_err(at)?;
    check(&case).map_err(|(found, sentence)| {
        BadCase(format!("{name}, line {}: {sentence}", line_of(text, &format!("\"{found}\""))))
    })?;
    let known = serde_json::to_value(&case).map_err(at)?;
    let mut unknown = Vec::new();
    compare(&raw, &known, "", &mut unknown);
    Ok(Reading { case, raw, unknown })
}

/// The parser's message without its place, which is said before it.
fn plainly(error: &serde_json::Error) -> String {
    let message = error.to_string();
    message.split(" at line ").next().unwrap_or_default().to_owned()
}

fn line_of(text: &str, found: &str) -> usize {
    text.lines().position(|line| line.contains(found)).map_or(1, |line| line + 1)
}

/// What was read is written out again; a key of the original that is not there then was of no use to anybody.
fn compare(raw: &Value, known: &Value, path: &str, unknown: &mut Vec<String>) {
    match (raw, known) {
        (Value::Object(raw), Value::Object(known)) => {
            for (key, value) in raw {
                let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                match known.get(key) {
                    Some(known) => compare(value, known, &path, unknown),
                    None => unknown.push(path),
                }
            }
        }
        (Value::Array(raw), Value::Array(known)) => {
            for (n, (value, known)) in raw.iter().zip(known).enumerate() {
                compare(value, known, &format!("{path}[{n}]"), unknown);
            }
        }
        _ => {}
    }
}

/// What the file says must hold together. The text found says where to look.
fn check(case: &CaseFile) -> Result<(), (String, String)> {
    let invitees: Vec<&str> = case.invitees.iter().map(|invitee| invitee.key.as_str()).collect();
    let mut seen = Vec::new();
    for key in &invitees {
        if seen.contains(key) {
            return Err(((*key).to_owned(), format!("two invitees have the key \"{key}\"; give each its own")));
        }
        seen.push(key);
    }
    for (path, key) in named(case) {
        if !invitees.contains(&key) {
            let sentence =
                format!("{path} names \"{key}\", which is no invitee's key; the keys are {}", join(&invitees));
            return Err((key.to_owned(), sentence));
        }
    }
    let children: Vec<&str> = case.children.iter().map(|child| child.key.as_str()).collect();
    if let Some(risk) = case.risk.per_child.iter().find(|risk| !children.contains(&risk.child.as_str())) {
        let sentence = format!("risk.per_child names \"{}\"; the children are {}", risk.child, join(&children));
        return Err((risk.child.clone(), sentence));
    }
    if case.session.closed_at <= case.session.opened_at {
        return Err(("closed_at".to_owned(), "the session closes before it opens; correct closed_at".to_owned()));
    }
    Ok(())
}

/// Every place that names an invitee.
fn named(case: &CaseFile) -> Vec<(&'static str, &str)> {
    let mut named = vec![
        ("convenor", case.convenor.as_str()),
        ("chair", case.chair.as_str()),
        ("recorder", case.recorder.as_str()),
    ];
    named.extend(case.speaking_order.iter().map(|key| ("speaking_order", key.as_str())));
    named.extend(case.contributions.iter().map(|shared| ("contributions", shared.by.as_str())));
    named.extend(
        case.out_of_turn.iter().flat_map(|attempt| {
            [("out_of_turn", attempt.by.as_str()), ("out_of_turn", attempt.during_turn_of.as_str())]
        }),
    );
    named.extend(case.questions.iter().map(|question| ("questions", question.by.as_str())));
    named.extend(case.questions.iter().filter_map(|question| Some(("questions", question.answered_by.as_deref()?))));
    let addressees = case.questions.iter().filter_map(|question| question.to.as_deref());
    named.extend(addressees.filter(|to| !to.starts_with("agency:")).map(|to| ("questions", to)));
    named.extend(case.challenge.iter().map(|challenge| ("challenge", challenge.by.as_str())));
    named.extend(case.actions.iter().filter_map(|action| Some(("actions", action.who.as_deref()?))));
    if let Some(proposal) = &case.decisions.first_proposal {
        named.push(("decisions.first_proposal", &proposal.by));
        named.extend(proposal.dissent.iter().map(|key| ("decisions.first_proposal", key.as_str())));
    }
    named
}

fn join(keys: &[&str]) -> String {
    keys.join(", ")
}

impl CaseFile {
    /// The invitee of a key.
    pub fn invitee(&self, key: &str) -> Option<&Invitee> {
        self.invitees.iter().find(|invitee| invitee.key == key)
    }

    /// The child of a key, with the number convenor will give it: children are listed in the file's order.
    pub fn child(&self, key: &str) -> Option<(usize, &Child)> {
        self.children.iter().enumerate().find(|(_, child)| child.key == key)
    }
}

impl Invitee {
    /// Takes part without an account: vouched for, entered by others (INV-34).
    pub fn is_guest(&self) -> bool {
        !self.means.is_empty() && !self.means.contains("chat")
    }

    /// Will be in the room at some time.
    pub fn comes(&self) -> bool {
        use super::case_parts::Answered::{Late, Present, StoodDown};
        !self.is_guest() && matches!(self.response, Present | Late | StoodDown)
    }

    /// Sends information in writing instead of coming.
    pub fn sends_information(&self) -> bool {
        self.information_supplied == "written" && !self.comes()
    }
}

#[cfg(test)]
#[path = "case_file_tests.rs"]
mod tests;
