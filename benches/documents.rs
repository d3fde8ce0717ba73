//! Every form of the record of a case of 60 contributions, 12 children, 40 people and 40 actions: with contributions as
//! long as people mostly speak, and with the longest there is to be room for.
//!
//!     cargo bench --bench documents
//!
//! The cases are drawn and played as the tests draw and play them; what is measured begins with the journal. Cold is the
//! first record of a process, the whole one: configuration, templates and faces to be read and the PDF's process to be
//! started are in it, and each of these runs is a process of its own. Warm are the copies that follow, each another
//! person's, as a meeting asks for them.

#[allow(dead_code, reason = "the tests use all of it")]
#[path = "../tests/it/support/largest.rs"]
mod largest;
#[allow(dead_code, reason = "the tests use all of it")]
#[path = "../tests/it/support/plays.rs"]
mod plays;

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use convenor::config::Config;
use convenor::domain::case::Case;
use convenor::domain::event::Record;
use convenor::domain::facts::Rules;
use convenor::domain::ids::SeatId;
use convenor::domain::session::Session;
use convenor::minutes::{self, Minutes};
use convenor::pdf::{Job, Limits, Printer};
use convenor::rehearsal::play::Options;

/// Where a process of this bench finds the journal it is to measure with.
const JOURNAL: &str = "CONVENOR_BENCH_JOURNAL";
const SEED: u64 = 1;
/// The procedure the case is played under.
const PROCEDURE: &str = "remote-format";
const PROCESSES: usize = 10;
const REPEATS: usize = 10;
/// Stands for the digest of the journal's last entry.
const HEAD: &str = "9f2c";
/// What is measured, in the order of a run; all of them together come last.
const STEPS: [&str; 9] =
    ["configuration", "compiled", "Markdown", "HTML", "Word", "plain text", "JSON", "PDF", "all of them"];

fn main() {
    match std::env::var(JOURNAL) {
        Ok(journal) => run(Path::new(&journal)),
        Err(_) => measure(),
    }
}

fn measure() {
    of("Contributions as people mostly speak", &largest::drawn(SEED, &|_| [300, 120, 80, 60]));
    of("The longest contributions", &largest::largest(SEED));
}

/// Plays the case, then has each process measure.
fn of(what: &str, drawn: &largest::Largest) {
    let folder = tempfile::tempdir().expect("a folder of the bench's own");
    let journal = folder.path().join("journal.json");
    let records = played(drawn, folder.path());
    std::fs::write(&journal, serde_json::to_vec(&records).expect("a journal is JSON")).expect("it is written");
    let (mut cold, mut warm) = (vec![Vec::new(); STEPS.len()], vec![Vec::new(); STEPS.len()]);
    let mut pages = String::new();
    for _ in 0..PROCESSES {
        let program = std::env::current_exe().expect("this program has a path");
        let output = Command::new(program).env(JOURNAL, &journal).output().expect("it can be run");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let text = String::from_utf8(output.stdout).expect("it prints text");
        for (n, line) in text.lines().enumerate() {
            let Some(figures) = line.strip_prefix("ms: ") else {
                pages = line.to_owned();
                continue;
            };
            let of = if n == 0 { &mut cold } else { &mut warm };
            for (step, figure) in figures.split(' ').enumerate() {
                of[step].push(figure.parse::<f64>().expect("a figure"));
            }
        }
    }
    println!("{what}: {} entries; {pages}\n", records.len());
    println!("| what | cold: p50, largest | warm: p50, largest |\n|---|---|---|");
    for (n, step) in STEPS.iter().enumerate() {
        println!("| {step} | {} | {} |", figures(&mut cold[n]), figures(&mut warm[n]));
    }
    println!();
}

fn figures(all: &mut [f64]) -> String {
    all.sort_by(f64::total_cmp);
    match &*all {
        [] => "not measured".to_owned(),
        [.., last] => format!("{:.1} ms, {last:.1} ms", all[all.len() / 2]),
    }
}

fn played(drawn: &largest::Largest, folder: &Path) -> Vec<Record> {
    let case = folder.join("case.json");
    std::fs::write(&case, drawn.case.to_string()).expect("the case is written");
    let options = Options { case: Some(case), ..plays::options(None, &folder.join("out")) };
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(plays::play_with(&options)).journal
}

/// One process: everything once, cold, and then warm, for one person after the other.
fn run(journal: &Path) {
    let records: Vec<Record> =
        serde_json::from_slice(&std::fs::read(journal).expect("the journal can be read")).expect("it is a journal");
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let began = Instant::now();
    let config = Config::built_in();
    let configuration = began.elapsed();
    let case = Case::fold(&records).expect("a case begins with its referral");
    let readers = case.session().into_iter().flat_map(Session::attended).take(REPEATS);
    // A machine that does other things too is waited for: it is measured, not judged.
    let limits = Limits { time: Duration::from_secs(900), ..Limits::default() };
    let printer = Printer::new(env!("CARGO_BIN_EXE_convenor").into(), limits);
    let mut sizes = String::new();
    for reader in std::iter::once(None).chain(readers.map(Some)) {
        let mut took = vec![if reader.is_none() { configuration } else { Duration::ZERO }];
        let made = made(&records, reader, &config, (&printer, &runtime), &mut took);
        sizes = if reader.is_none() { made } else { sizes };
        took.push(took.iter().sum());
        let figures: Vec<_> = took.iter().map(|took| format!("{:.3}", took.as_secs_f64() * 1_000.0)).collect();
        println!("ms: {}", figures.join(" "));
    }
    println!("{sizes}");
}

/// Makes every form of the record, or of somebody's copy of it; says how large each is.
fn made(
    records: &[Record],
    reader: Option<SeatId>,
    config: &Config,
    (printer, runtime): (&Printer, &tokio::runtime::Runtime),
    took: &mut Vec<Duration>,
) -> String {
    let procedure = &config.procedures[PROCEDURE];
    let rules = Rules { procedure, catalogue: &config.catalogue, calendar: &config.calendar };
    let record: Minutes = timed(took, || match reader {
        None => minutes::compile(records, None, &rules, &config.wording, HEAD),
        reader => minutes::copy(records, None, &rules, &config.wording, HEAD, reader),
    });
    let markdown = timed(took, || minutes::markdown(&record)).len();
    let html = timed(took, || minutes::html(&record, &config.wording)).len();
    let word = timed(took, || minutes::docx(&record, &config.wording)).len();
    let plain = timed(took, || minutes::plain(&record, &procedure.case_form)).len();
    let json = timed(took, || minutes::json(&record));
    let at_ms = records.last().map_or(0, |last| last.at.timestamp_millis());
    let job = Job { template: config.minutes_template.clone(), record: json.clone(), at_ms };
    let pdf = timed(took, || runtime.block_on(printer.print(&job))).expect("the PDF is made").len();
    let json = json.len();
    format!("bytes: Markdown {markdown}, HTML {html}, Word {word}, plain text {plain}, JSON {json}, PDF {pdf}")
}

fn timed<T>(took: &mut Vec<Duration>, make: impl FnOnce() -> T) -> T {
    let began = Instant::now();
    let made = make();
    took.push(began.elapsed());
    made
}
