//! Checks the files against each other and against the limits of the chat, and reports everything at once.
//!
//! What can be wrong within one file is mostly found while reading it; here is what takes two files, or a rule.

mod catalogue;
mod procedure;
mod proposals;

use std::collections::{BTreeMap, BTreeSet};

use super::Config;
use super::errors::{ConfigError, Source};
use crate::domain::directory;
use crate::domain::due::Why;
use crate::domain::procedure::Within;
use crate::domain::stage::Stage;

/// The fewest words a list of code names may have, so that names stay far apart.
const WORDS_LEAST: usize = 64;

/// Every fault that only shows once all files are read.
pub(super) fn all(config: &Config, files: &BTreeMap<String, Source>) -> Vec<ConfigError> {
    let mut errors = settings(config, files);
    errors.extend(catalogue::check(&config.catalogue, &files["prompts.toml"]));
    for (slug, procedure) in &config.procedures {
        let source = &files[&format!("procedures/{slug}.toml")];
        errors.extend(procedure::check(slug, procedure, config, source));
    }
    errors.extend(directory(config, &files["directory.toml"]));
    errors.extend(code_words(config, &files["code-words.toml"]));
    errors.extend(sentences(config, &files["wording.toml"]));
    errors
}

fn settings(config: &Config, files: &BTreeMap<String, Source>) -> Vec<ConfigError> {
    let mut errors = Vec::new();
    let (settings, source) = (&config.settings, &files["convenor.toml"]);
    // A procedure that can't be read is told of once, by its own file.
    let slugs = files.keys().filter_map(|name| name.strip_prefix("procedures/")?.strip_suffix(".toml"));
    let slugs: Vec<String> = slugs.map(ToOwned::to_owned).collect();
    if !slugs.contains(&settings.procedure) {
        let known = listed(&slugs);
        let sentence = format!("there is no procedure \"{}\"; the procedures are {known}", settings.procedure);
        errors.push(source.error_at("procedure", sentence));
    }
    errors
}

fn directory(config: &Config, source: &Source) -> Vec<ConfigError> {
    let mut errors = Vec::new();
    let roles = &config.directory.roles;
    for code in repeated(roles.iter().map(|role| role.code.as_str())) {
        errors.push(source.error_at(&quoted(code), format!("the role \"{code}\" is listed twice; merge the two")));
    }
    if config.directory.role(directory::OTHER).is_none() {
        let sentence = "the role \"other\" is missing, which titles nobody knows stand for; add it";
        errors.push(ConfigError { file: source.file.clone(), line: None, sentence: sentence.to_owned() });
    }
    for role in roles {
        for title in std::iter::once(&role.label).chain(&role.titles) {
            let taken = role.agency_kinds.iter().map(|kind| config.directory.role_code(title, *kind));
            if let Some(other) = taken.into_iter().find(|code| *code != role.code) {
                let sentence = format!("the title \"{title}\" means both \"{other}\" and \"{}\"; keep one", role.code);
                errors.push(source.error_at(&quoted(title), sentence));
            }
        }
    }
    errors
}

fn code_words(config: &Config, source: &Source) -> Vec<ConfigError> {
    let mut errors = Vec::new();
    let names = &config.case_names;
    for (key, words) in [("first", &names.first), ("second", &names.second)] {
        if words.len() < WORDS_LEAST {
            let sentence = format!("\"{key}\" has {} words; give at least {WORDS_LEAST}", words.len());
            errors.push(source.error_at(key, sentence));
        }
        for word in words {
            if !(3..=12).contains(&word.len()) || !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
                let sentence = format!("\"{word}\" is not a word of 3 to 12 letters a to z; choose another");
                errors.push(source.error_at(&quoted(word), sentence));
            }
        }
    }
    for word in repeated(names.first.iter().chain(&names.second).map(String::as_str)) {
        errors.push(
            source.error_at(&quoted(word), format!("the word \"{word}\" is listed twice; remove one of the two")),
        );
    }
    errors
}

/// The sentences this part of the program says; each other part checks its own the same way.
fn sentences(config: &Config, source: &Source) -> Vec<ConfigError> {
    let stages = Stage::ALL.iter().map(|stage| format!("stage.{}", stage.key()));
    let due = Why::ALL.iter().map(|why| why.key().to_owned());
    let missing = stages.chain(due).filter(|key| !config.wording.has(key));
    let error = |key: String| {
        let sentence = format!("the sentence \"{key}\" is missing; add it");
        ConfigError { file: source.file.clone(), line: None, sentence }
    };
    missing.map(error).collect()
}

/// What is wrong with a length of time, if anything.
fn too_long(key: &str, within: Within) -> Option<String> {
    let longest = crate::domain::calendar::LONGEST;
    match within {
        Within::SameDay => None,
        Within::Hours(0) | Within::WorkingDays(0) | Within::CalendarDays(0) => {
            Some(format!("\"{key}\" is 0; give 1 or more, or \"same_day\""))
        }
        Within::Hours(count) | Within::WorkingDays(count) | Within::CalendarDays(count) => {
            (count > longest).then(|| format!("\"{key}\" is {count}; give at most {longest}"))
        }
    }
}

/// The texts that come more than once.
fn repeated<'a>(texts: impl Iterator<Item = &'a str>) -> BTreeSet<&'a str> {
    let mut seen = BTreeSet::new();
    texts.filter(|text| !seen.insert(*text)).collect()
}

/// Short, lower case, digits and underscores: fit to be part of a button's id.
fn is_code(text: &str) -> bool {
    (1..=48).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}

fn quoted(text: &str) -> String {
    format!("\"{text}\"")
}

fn listed<'a>(names: impl IntoIterator<Item = &'a String>) -> String {
    names.into_iter().map(String::as_str).collect::<Vec<_>>().join(", ")
}
