//! The transcript: what happened, in words people can follow, on a terminal, in a pipe and in a file.
//!
//! Its sentences are in `wording.toml` under `rehearsal`. A step nobody has worded is told by its name.

use std::io::{self, Write};

use chrono::{DateTime, NaiveDate, Utc};
use minijinja::context;

use super::cast::company::Step;
use super::judge::{Held, Verdict};
use crate::app::ports::ReceiptResult;
use crate::domain::calendar::{both, date, day_of, elapsed_words, time, weekday};
use crate::domain::stage::Stage;
use crate::wording::Wording;

/// The narrowest and the widest a line gets, in characters.
const WIDTH: std::ops::RangeInclusive<usize> = 60..=100;
/// The width of `transcript.txt`, whatever the terminal has.
const FILE_WIDTH: usize = 100;
/// What stands left of the words: "10:05  ".
const MARGIN: usize = 7;
/// How much of a long answer is told: the files have it whole.
const ANSWER_CHARACTERS_MAX: usize = 280;

/// Where the transcript is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Screen {
    pub width: usize,
    /// A terminal: the bar moves at the bottom.
    pub bar: bool,
    pub colour: bool,
}

impl Screen {
    /// What the program was started on. Neither colour nor bar in a pipe; `NO_COLOR` takes the colour away.
    pub fn of_this_process() -> Self {
        use std::io::IsTerminal;
        let terminal = io::stdout().is_terminal();
        let columns = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
        let colour = terminal && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
        Self { width: within_bounds(columns.unwrap_or(FILE_WIDTH)), bar: terminal, colour }
    }
}

fn within_bounds(columns: usize) -> usize {
    columns.clamp(*WIDTH.start(), *WIDTH.end())
}

/// A transcript in the writing.
pub struct Transcript<'a, W: Write> {
    wording: &'a Wording,
    screen: Screen,
    out: W,
    file: String,
    day: Option<NaiveDate>,
    stage: Option<Stage>,
    /// Beats played, of how many.
    progress: (usize, usize),
    clock: String,
}

/// How a line is set off where there is colour.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tone {
    Plain,
    Strong,
    Faint,
}

impl<'a, W: Write> Transcript<'a, W> {
    pub fn new(wording: &'a Wording, screen: Screen, out: W) -> Self {
        let (file, clock) = (String::new(), String::new());
        Self { wording, screen, out, file, day: None, stage: None, progress: (0, 1), clock }
    }

    /// What is played, under what.
    pub fn title(&mut self, title: &str, procedure: &str, content: &str) -> io::Result<()> {
        let sentence = self.say("title", context! { title => title, procedure => procedure, content => content });
        self.paragraph("", &sentence, Tone::Strong)
    }

    /// Something to be known beside the play: an unknown key, a part of the case nobody asks for.
    pub fn remark(&mut self, key: &str, values: impl serde::Serialize) -> io::Result<()> {
        let sentence = self.say(key, values);
        self.paragraph("", &sentence, Tone::Plain)
    }

    /// How far the play has got.
    pub fn progress(&mut self, played: usize, of: usize) {
        self.progress = (played, of.max(1));
    }

    /// One step: when, who, what they did, what convenor answered. `who` is their name and agency.
    pub fn step(&mut self, step: &Step, who: &str) -> io::Result<()> {
        self.stage(step)?;
        let does = self.say_or(&format!("did_{}", step.does), step.does, context! { what => &step.what });
        self.clock = time(step.at);
        let clock = format!("{:<MARGIN$}", self.clock);
        let told = self.say("line", context! { who => who, does => does });
        self.paragraph(&clock, &told, Tone::Plain)?;
        let answer = shortened(&plain(&step.text, step.at, self.wording));
        let key = match (step.impossible, step.result) {
            (true, _) => "impossible",
            (_, ReceiptResult::Refused) => "refused",
            (_, ReceiptResult::Marked) => "marked",
            (_, ReceiptResult::Accepted) if answer.is_empty() => return self.bar(),
            (_, ReceiptResult::Accepted) => "answered",
        };
        let answer = self.say(key, context! { answer => answer, code => &step.code });
        let tone = if key == "answered" { Tone::Faint } else { Tone::Strong };
        self.paragraph(&" ".repeat(MARGIN), &answer, tone)?;
        self.bar()
    }

    /// A heading for each stage, and the day whenever it changes.
    fn stage(&mut self, step: &Step) -> io::Result<()> {
        let day = day_of(step.at);
        if self.stage != Some(step.stage) || self.day != Some(day) {
            let stage = self.wording.say(&format!("stage.{}", step.stage.key()), ());
            let day_words = format!("{} {}", weekday(step.at), date(step.at));
            let heading = self.say("stage", context! { stage => stage, day => day_words });
            self.line("", Tone::Plain)?;
            let rest = self.screen.width.saturating_sub(heading.chars().count() + 1);
            let file_rest = FILE_WIDTH.saturating_sub(heading.chars().count() + 1);
            self.put(&format!("{heading} {}", "─".repeat(rest)), Tone::Strong)?;
            self.file.push_str(&format!("{heading} {}\n", "─".repeat(file_rest)));
            (self.stage, self.day) = (Some(step.stage), Some(day));
        }
        Ok(())
    }

    /// What was expected and what happened, what fell short besides, and what is left to a person.
    pub fn ending(&mut self, verdicts: &[Verdict], fell_short: &[String]) -> io::Result<()> {
        self.clear()?;
        self.line("", Tone::Plain)?;
        let judged: Vec<_> = verdicts.iter().filter(|verdict| verdict.held != Held::ForAPerson).collect();
        let short: Vec<_> = judged.iter().filter(|verdict| verdict.held == Held::No).collect();
        let heading = self.say("expected", context! { held => judged.len() - short.len(), of => judged.len() });
        self.paragraph("", &heading, Tone::Strong)?;
        for verdict in judged.iter().filter(|verdict| verdict.held == Held::Yes) {
            let row = self.say("row_held", context! { what => &verdict.what, expected => &verdict.expected });
            self.paragraph("  ", &row, Tone::Faint)?;
        }
        for verdict in &short {
            let values = context! { what => &verdict.what, expected => &verdict.expected, found => &verdict.found };
            let row = self.say("row_short", values);
            self.paragraph("  ", &row, Tone::Strong)?;
        }
        for sentence in fell_short {
            let row = self.say("row_fell_short", context! { sentence => sentence });
            self.paragraph("  ", &row, Tone::Strong)?;
        }
        let mut for_a_person = verdicts.iter().filter(|verdict| verdict.held == Held::ForAPerson).peekable();
        if for_a_person.peek().is_some() {
            self.line("", Tone::Plain)?;
            let heading = self.say("for_a_person", context! {});
            self.paragraph("", &heading, Tone::Strong)?;
        }
        for verdict in for_a_person {
            let row = self.say("row_for_a_person", context! { what => &verdict.what, expected => &verdict.expected });
            self.paragraph("  ", &row, Tone::Plain)?;
        }
        Ok(())
    }

    /// Where the files are.
    pub fn files(&mut self, folder: &str, names: &[String]) -> io::Result<()> {
        self.line("", Tone::Plain)?;
        let sentence = self.say("files", context! { folder => folder, names => names.to_vec() });
        self.paragraph("", &sentence, Tone::Plain)
    }

    /// The same lines, for `transcript.txt`.
    pub fn text(&self) -> &str {
        &self.file
    }

    fn say(&self, key: &str, values: impl serde::Serialize) -> String {
        self.wording.say(&format!("rehearsal.{key}"), values)
    }

    fn say_or(&self, key: &str, otherwise: &str, values: impl serde::Serialize) -> String {
        let key = format!("rehearsal.{key}");
        if self.wording.has(&key) { self.wording.say(&key, values) } else { otherwise.replace('_', " ") }
    }

    /// A text under its margin; what follows the first line stands under its first word.
    fn paragraph(&mut self, margin: &str, text: &str, tone: Tone) -> io::Result<()> {
        for line in laid_out(margin, text, self.screen.width) {
            self.put(&line, tone)?;
        }
        for line in laid_out(margin, text, FILE_WIDTH) {
            self.file.push_str(line.trim_end());
            self.file.push('\n');
        }
        Ok(())
    }

    fn line(&mut self, text: &str, tone: Tone) -> io::Result<()> {
        self.put(text, tone)?;
        self.file.push_str(text);
        self.file.push('\n');
        Ok(())
    }

    fn put(&mut self, line: &str, tone: Tone) -> io::Result<()> {
        self.clear()?;
        let line = line.trim_end();
        match (self.screen.colour, tone) {
            (true, Tone::Strong) => writeln!(self.out, "\x1b[1m{line}\x1b[0m"),
            (true, Tone::Faint) => writeln!(self.out, "\x1b[2m{line}\x1b[0m"),
            _ => writeln!(self.out, "{line}"),
        }
    }

    fn clear(&mut self) -> io::Result<()> {
        if self.screen.bar { write!(self.out, "\r\x1b[2K") } else { Ok(()) }
    }

    /// The bar stays at the bottom; the next line takes its place.
    fn bar(&mut self) -> io::Result<()> {
        if !self.screen.bar {
            return Ok(());
        }
        let (played, of) = self.progress;
        let stage = self.stage.map(|stage| self.wording.say(&format!("stage.{}", stage.key()), ()));
        let words = format!(" {} {}", stage.unwrap_or_default(), self.clock);
        let room = self.screen.width.saturating_sub(words.chars().count() + 3);
        let filled = room * played / of;
        write!(self.out, "[{}{}]{words}", "█".repeat(filled), "·".repeat(room - filled))?;
        self.out.flush()
    }
}

/// The lines of a text within a width, the first after its margin, the others under it.
fn laid_out(margin: &str, text: &str, width: usize) -> Vec<String> {
    let indent = margin.chars().count();
    let lines = text.lines().flat_map(|line| wrapped(line, width.saturating_sub(indent).max(1)));
    let lines: Vec<String> = lines.collect();
    let under = " ".repeat(indent);
    lines.iter().enumerate().map(|(n, line)| format!("{}{line}", if n == 0 { margin } else { &under })).collect()
}

/// Breaks at blanks; a word longer than the width is broken where it must.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let mut word: Vec<char> = word.chars().collect();
        let used = lines.last().map_or(0, |line| line.chars().count());
        if used > 0 && used + 1 + word.len() > width {
            lines.push(String::new());
        }
        while word.len() > width {
            let rest = word.split_off(width);
            push(&mut lines, word);
            lines.push(String::new());
            word = rest;
        }
        push(&mut lines, word);
    }
    lines
}

fn push(lines: &mut [String], word: Vec<char>) {
    if let Some(line) = lines.last_mut() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.extend(word);
    }
}

/// A chat text without the marks of the chat: bold, times as the platform writes them, and calls by account.
fn plain(text: &str, now: DateTime<Utc>, wording: &Wording) -> String {
    let mut told = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('<') {
        told.push_str(before);
        let mark = after.split_once('>').and_then(|(mark, after)| Some((meaning(mark, now, wording)?, after)));
        match mark {
            Some((words, after)) => {
                told.push_str(&words);
                rest = after;
            }
            None => {
                told.push('<');
                rest = after;
            }
        }
    }
    told.push_str(rest);
    told.replace("**", "")
}

/// What a mark stands for; `None` where it is no mark but a text in angle brackets.
fn meaning(mark: &str, now: DateTime<Utc>, wording: &Wording) -> Option<String> {
    if let Some(account) = mark.strip_prefix('@') {
        return account.bytes().all(|byte| byte.is_ascii_digit()).then(String::new);
    }
    let (seconds, style) = mark.strip_prefix("t:")?.split_once(':').unwrap_or((mark.strip_prefix("t:")?, "f"));
    let at = DateTime::from_timestamp(seconds.parse().ok()?, 0)?;
    Some(match style {
        "R" if at >= now => wording.say("rehearsal.from_now", context! { elapsed => elapsed_words(now, at) }),
        "R" => wording.say("rehearsal.ago", context! { elapsed => elapsed_words(at, now) }),
        "t" | "T" => time(at),
        "d" | "D" => date(at),
        _ => both(at),
    })
}

/// The first lines of a text, as one.
fn shortened(text: &str) -> String {
    let joined = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if joined.chars().count() <= ANSWER_CHARACTERS_MAX {
        return joined;
    }
    let kept: String = joined.chars().take(ANSWER_CHARACTERS_MAX).collect();
    let end = kept.rfind(' ').unwrap_or(kept.len());
    format!("{} …", kept[..end].trim_end())
}

#[cfg(test)]
#[path = "transcript_tests.rs"]
mod tests;
