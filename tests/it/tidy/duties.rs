//! The page of duties (`docs/requirements.md`) against the tests that name them.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

use super::source::File;
use super::{Finding, pattern};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Open,
    Done,
}

pub type Page = BTreeMap<String, (usize, State)>;

/// A duty that a test says it shows, and where it says so.
pub struct Shown {
    pub id: String,
    pub path: String,
    pub line: usize,
}

/// Reads the page: every row that starts like a duty must be one, and each section counts up from 01.
pub fn read_page(file: &File) -> (Page, Vec<Finding>) {
    static ROW: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\| (([A-Z]+)-(\d{2})) \| [^|]+ \| (open|done) \|$"));
    let mut page = Page::new();
    let mut findings = Vec::new();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for (line, text) in numbered(&file.text) {
        let Some(cells) = ROW.captures(text) else {
            if text.starts_with("| ") && !text.starts_with("| ID ") {
                findings.push(Finding::new(file, line, format!("not a row `| ID | duty | open or done |`: {text}")));
            }
            continue;
        };
        let count = counts.entry(cells[2].to_owned()).or_default();
        *count += 1;
        if cells[3] != format!("{count:02}") {
            findings.push(Finding::new(
                file,
                line,
                format!("{} is out of turn: {}-{count:02} was due", &cells[1], &cells[2]),
            ));
        }
        let state = if &cells[4] == "done" { State::Done } else { State::Open };
        page.insert(cells[1].to_owned(), (line, state));
    }
    (page, findings)
}

/// Reads a file's `Shows:` lines: each must be well formed and stand directly above a test's attribute.
pub fn read_shows(file: &File) -> (Vec<Shown>, Vec<Finding>) {
    static ANY: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\s*//[/!]*\s*Shows?:"));
    static EXACT: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\s*/// Shows: ([A-Z]+-\d{2}(?:, [A-Z]+-\d{2})*)\.$"));
    static TEST: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\s*#\[(tokio::)?test\b"));
    let lines: Vec<&str> = file.text.lines().collect();
    let mut shown = Vec::new();
    let mut findings = Vec::new();
    for (line, text) in numbered(&file.text).filter(|(_, text)| ANY.is_match(text)) {
        let below = lines[line..].iter().find(|text| !ANY.is_match(text));
        match EXACT.captures(text) {
            Some(ids) if below.is_some_and(|text| TEST.is_match(text)) => {
                let ids = ids[1].split(", ").map(str::to_owned);
                shown.extend(ids.map(|id| Shown { id, path: file.path.clone(), line }));
            }
            Some(_) => {
                findings.push(Finding::new(file, line, "does not stand directly above `#[test]` or `#[tokio::test]`"))
            }
            None => {
                findings.push(Finding::new(file, line, format!("not of the form `/// Shows: REF-01, TIM-13.`: {text}")))
            }
        }
    }
    (shown, findings)
}

/// Duties called done that no test names, and duties named that are not on the page.
pub fn disagreements(page_file: &File, page: &Page, shown: &[Shown]) -> Vec<Finding> {
    let done = page.iter().filter(|(_, (_, state))| *state == State::Done);
    let unshown = done.filter(|(id, _)| !shown.iter().any(|shown| shown.id == **id));
    let unshown = unshown
        .map(|(id, (line, _))| Finding::new(page_file, *line, format!("{id} is called done, and no test names it")));
    let unknown = shown.iter().filter(|shown| !page.contains_key(&shown.id));
    let unknown = unknown.map(|shown| Finding {
        path: shown.path.clone(),
        line: shown.line,
        what: format!("{} is not on the page", shown.id),
    });
    unshown.chain(unknown).collect()
}

fn numbered(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines().enumerate().map(|(index, line)| (index + 1, line))
}
