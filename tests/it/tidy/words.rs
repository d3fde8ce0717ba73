//! What may be written where: names of procedures, sentences for people, words with one meaning, and leavings.

use std::sync::LazyLock;

use regex::Regex;

use super::source::{File, Kind, Token};
use super::{Finding, pattern};

const PROCEDURES: &[&str] =
    &["county-strategy-meetings", "seven-minute-briefing", "practice-guidance", "remote-format", "audit-assured"];

/// What `rehearse` plays when no procedure is named.
const DEFAULT_PROCEDURE: &str = "remote-format";

/// Where even the default may not be named, and where no sentence for a person may stand.
const RULES_AND_VIEWS: &[&str] = &["src/domain", "src/app", "src/minutes", "src/audit", "src/room", "src/discord"];

/// Where printing to the terminal is the job.
const TERMINAL: &[&str] = &["src/main.rs", "src/commands", "src/rehearsal/terminal"];

/// Text handed to these is for us: a broken invariant, a log line, a file compiled in.
const FOR_US: &[&str] = &[
    "expect",
    "expect_err",
    "panic!",
    "unreachable!",
    "assert!",
    "assert_eq!",
    "assert_ne!",
    "debug_assert!",
    "trace!",
    "debug!",
    "info!",
    "warn!",
    "error!",
    "event!",
    "include_str!",
    "include_bytes!",
];

/// Procedures named in a string of the program. Outside the rules and views, a file's name may hold one, and the
/// default may be set.
pub fn procedures_named(file: &File) -> Vec<Finding> {
    let may_name_files = !file.is_in(RULES_AND_VIEWS);
    let mut findings = Vec::new();
    for (token, text) in texts(&file.tokens()) {
        let is_allowed = may_name_files && (text.ends_with(".toml") || text == DEFAULT_PROCEDURE);
        let named = PROCEDURES.iter().find(|slug| text.contains(**slug));
        if let Some(slug) = named.filter(|_| !is_allowed) {
            findings.push(Finding::new(file, token.line, format!("names the procedure `{slug}`")));
        }
    }
    findings
}

/// Strings that read like a sentence for a person: a capital first, four words or more.
pub fn sentences(file: &File) -> Vec<Finding> {
    if !file.is_in(RULES_AND_VIEWS) {
        return Vec::new();
    }
    let mut findings = Vec::new();
    for (token, text) in texts(&file.tokens()) {
        let is_for_us = token.place.attribute.is_some()
            || token.place.callers.iter().any(|caller| FOR_US.contains(&caller.as_str()));
        let words = text.split_whitespace().filter(|word| word.starts_with(char::is_alphabetic)).count();
        let is_a_sentence = text.starts_with(char::is_uppercase) && words >= 4;
        if is_a_sentence && !is_for_us {
            findings.push(Finding::new(file, token.line, format!("says \"{text}\"")));
        }
    }
    findings
}

/// The strings of the program proper: no doc comments, no tests.
fn texts(tokens: &[Token]) -> Vec<(&Token, &str)> {
    let program = tokens.iter().filter(|token| !token.place.test && token.place.attribute.as_deref() != Some("doc"));
    let texts = program.filter_map(|token| match &token.kind {
        Kind::Text(text) => Some((token, text.as_str())),
        _ => None,
    });
    texts.collect()
}

/// Unfinished work, and debugging left behind.
pub fn left_lying(file: &File) -> Vec<Finding> {
    let tokens = file.tokens();
    let mut findings = Vec::new();
    for pair in tokens.windows(2) {
        let Kind::Word(word) = &pair[0].kind else { continue };
        let is_macro = pair[1].kind == Kind::Mark('!');
        let is_unfinished = is_macro && ["todo", "unimplemented", "dbg"].contains(&word.as_str());
        let is_print = is_macro && ["print", "println", "eprint", "eprintln"].contains(&word.as_str());
        let is_skipped = word == "ignore" && pair[0].place.attribute.as_deref() == Some("ignore");
        if is_unfinished || (is_print && file.is_in(&["src"]) && !file.is_in(TERMINAL)) {
            findings.push(Finding::new(file, pair[0].line, format!("`{word}!`")));
        }
        if is_skipped {
            findings.push(Finding::new(file, pair[0].line, "`#[ignore]`"));
        }
    }
    findings
}

/// Paths that exist on one machine only.
pub fn machine_paths(file: &File) -> Vec<Finding> {
    static PATH: LazyLock<Regex> =
        LazyLock::new(|| pattern(r#"(?:^|[\s"'`(=:<])(/(?:home|root|Users|work)/\S*|[A-Z]:\\\\?[A-Za-z]\S*)"#));
    matching(file, &PATH, |_, found| Some(format!("the path {found}")))
}

/// The word of SEC-25 used of anything but the mode. Two uses pass: as a value, in code marks or quotes, and in
/// a line that also says "mode". Its two companions, prepared and encrypted, are plain English too often to check.
pub fn loose_seals(file: &File) -> Vec<Finding> {
    static WORD: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)(.?\b(?:un)?sealed\b.?)"));
    matching(file, &WORD, |line, found| {
        let is_a_value = ["`sealed`", "\"sealed\""].contains(&found);
        let is_of_the_mode = line.to_lowercase().contains("mode");
        (!is_a_value && !is_of_the_mode).then(|| line.trim().to_owned())
    })
}

fn matching(file: &File, pattern: &Regex, judge: impl Fn(&str, &str) -> Option<String>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, line) in file.text.lines().enumerate() {
        let found = pattern.captures_iter(line).filter_map(|found| judge(line, &found[1]));
        findings.extend(found.map(|what| Finding::new(file, index + 1, what)));
    }
    findings
}
