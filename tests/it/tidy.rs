//! House rules that no compiler checks, checked by reading the source tree.
//!
//! To add one: a function from a file to findings beside the others, a test here that runs it over the tree with words
//! on what to do, and a test in `samples` that shows what it finds and what it lets pass.

mod arrows;
mod duties;
mod examples;
mod samples;
mod source;
mod words;

use std::fmt;

use regex::Regex;

use source::{File, files, rust_files};

/// Every place with text of ours. The Dockerfile is left out: its paths are the image's own.
const EVERYWHERE: &[&str] = &[
    ".ci",
    "benches",
    "bot-config",
    "Cargo.toml",
    "clippy.toml",
    "deny.toml",
    "docs",
    "migrations",
    "README.md",
    "src",
    "tests",
];

const LINES_MAX: usize = 600;
/// One closed list each, which a reader searches and does not read through, and which the compiler wants in one piece.
const CLOSED_LISTS: &[&str] = &["src/domain/event.rs", "src/domain/event/kind.rs", "src/domain/command.rs"];

/// Something that breaks a rule, and where.
pub struct Finding {
    path: String,
    line: usize,
    what: String,
}

impl Finding {
    fn new(file: &File, line: usize, what: impl Into<String>) -> Self {
        Self { path: file.path.clone(), line, what: what.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.path, self.line, self.what)
    }
}

#[test]
fn a_duty_called_done_is_shown_by_a_test() {
    let page_file = files(&["docs/requirements.md"]).pop().expect("docs/requirements.md is there");
    let (page, mut findings) = duties::read_page(&page_file);
    let mut shown = Vec::new();
    for file in rust_files(&["src", "tests"]) {
        let (more, misplaced) = duties::read_shows(&file);
        shown.extend(more);
        findings.extend(misplaced);
    }
    findings.extend(duties::disagreements(&page_file, &page, &shown));
    expect_none(
        findings,
        "docs/requirements.md and the tests must agree. Name the duty above the test that shows it, as \
         `/// Shows: REF-01, TIM-13.` directly above its attribute, or set the duty back to open. \
         An ID that is not on the page is a slip of the pen, or a duty to add at the end of its section.",
    );
}

#[test]
fn arrows_point_inwards() {
    expect_none(
        in_all(&rust_files(&["src"]), arrows::wrong_ways),
        "Dependencies run discord, desk, workers, store -> app -> domain <- minutes, room. Each line above says what \
         to do instead. A new arrow is a change of the plan: agree it first, then add it in tests/it/tidy/arrows.rs.",
    );
}

#[test]
fn no_procedure_is_named_in_code() {
    expect_none(
        in_all(&rust_files(&["src"]), words::procedures_named),
        "A procedure is data. What differs between two of them is a field of src/domain/procedure.rs, set in \
         bot-config/procedures. Only configuration and the command line may name the default and the files.",
    );
}

#[test]
fn sentences_for_people_are_not_in_the_source() {
    expect_none(
        in_all(&rust_files(&["src"]), words::sentences),
        "What people read is in bot-config: give the sentence a key in wording.toml (or the procedure, or the \
         prompts) and use the key. Text for ourselves belongs in `#[error]`, `expect`, `panic!`, an assertion or a \
         log macro.",
    );
}

/// Shows: SEC-25.
#[test]
fn the_word_for_the_mode_is_used_of_nothing_else() {
    let mut read = files(&["README.md", "docs", "bot-config"]);
    read.retain(|file| !file.path.ends_with(".json"));
    expect_none(
        in_all(&read, words::loose_seals),
        "\"Sealed\" is the mode and nothing else. A private draft before a turn is prepared, storage is encrypted. \
         Speaking of the mode, say \"sealed mode\" in one line, or write it as code.",
    );
}

#[test]
fn nothing_is_left_lying_about() {
    expect_none(
        in_all(&rust_files(&["src", "tests", "benches"]), words::left_lying),
        "Finish it or take it out. A test that cannot pass yet is written when it can; what is true today is asserted \
         instead. Printing belongs to src/main.rs, src/commands and src/rehearsal/terminal; everything else logs with tracing, ids \
         and counts only.",
    );
}

#[test]
fn no_path_of_one_machine_is_written_down() {
    expect_none(
        in_all(&files(EVERYWHERE), words::machine_paths),
        "Take the path from CARGO_MANIFEST_DIR, the environment or an argument, or write it relative to the package.",
    );
}

#[test]
fn the_checklists_examples_are_in_the_code() {
    let page = files(&["docs/adding-a-command.md"]).pop().expect("docs/adding-a-command.md is there");
    expect_none(
        examples::not_in_the_code(&page, &rust_files(&["src", "tests"])),
        "The example is a command that exists. Where its code changed, change the lines on the page with it.",
    );
}

#[test]
fn source_files_stay_short() {
    let long = rust_files(&["src"]).into_iter().filter_map(|file| {
        let lines = file.text.lines().count();
        (lines > LINES_MAX && !CLOSED_LISTS.contains(&file.path.as_str()))
            .then(|| Finding::new(&file, LINES_MAX, format!("{lines} lines")))
    });
    expect_none(
        long.collect(),
        "No file of src has more than 600 lines: split it by idea, the part a newcomer reads first keeping the name.",
    );
}

#[test]
fn every_file_of_tests_is_run() {
    let main = files(&["tests/it/main.rs"]).pop().expect("tests/it/main.rs is there");
    let apart = rust_files(&["tests/it"]).into_iter().filter_map(|file| {
        let name = file.path.strip_prefix("tests/it/")?.strip_suffix(".rs")?;
        let is_run = name == "main" || name.contains('/') || main.text.contains(&format!("mod {name};"));
        (!is_run).then(|| Finding::new(&file, 1, format!("`mod {name};` is missing from tests/it/main.rs")))
    });
    expect_none(
        apart.collect(),
        "A file without its `mod` line is never compiled, and its tests never run: add the line.",
    );
}

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("the pattern is valid")
}

fn in_all(files: &[File], rule: fn(&File) -> Vec<Finding>) -> Vec<Finding> {
    files.iter().flat_map(rule).collect()
}

fn expect_none(findings: Vec<Finding>, what_to_do: &str) {
    let list: Vec<String> = findings.iter().map(|finding| format!("  {finding}")).collect();
    assert!(findings.is_empty(), "\n{}\n\nWhat to do: {what_to_do}\n", list.join("\n"));
}
