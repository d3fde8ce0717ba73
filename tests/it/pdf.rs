//! The minutes as a PDF: what the file says of itself, that no text makes it fail, and what becomes of an export
//! that runs away.

use std::time::Duration;

use convenor::config::Config;
use convenor::minutes::{Block, Fact, Minutes, Piece, Section, Status, Table, json};
use convenor::pdf::{Job, Limits, PrintError, Printer, render};
use proptest::prelude::*;
use proptest::test_runner::{Config as Cases, RngAlgorithm, TestRng, TestRunner};

/// 7 December 2026, 11:25.
const AT_MS: i64 = 1_796_642_700_000;

fn printer(limits: Limits) -> Printer {
    Printer::new(env!("CARGO_BIN_EXE_convenor").into(), limits)
}

fn job(record: &Minutes) -> Job {
    Job { template: Config::built_in().minutes_template, record: json(record), at_ms: AT_MS }
}

fn with_template(template: &str) -> Job {
    Job { template: template.to_owned(), ..job(&record(&["word".to_owned()])) }
}

/// A record that has each text in every place a text can stand in.
fn record(texts: &[String]) -> Minutes {
    let pieces = || texts.iter().map(Piece::new);
    let facts = || texts.iter().map(|text| Fact::new(text.as_str(), text.as_str())).collect::<Vec<_>>();
    let table = |columns: usize| Table {
        caption: texts[0].clone(),
        headers: texts.iter().cycle().take(columns).cloned().collect(),
        rows: texts.iter().map(|text| vec![Piece::new(text); columns]).collect(),
    };
    let blocks = [Block::List(pieces().collect()), Block::Facts(facts())]
        .into_iter()
        .chain(pieces().flat_map(|piece| [Block::Subheading(piece.clone()), Block::Paragraph(piece)]))
        .chain([Block::Table(table(3)), Block::Table(table(11))]);
    let blocks: Vec<Block> = blocks.collect();
    let section = |key: &str, heading: &str, blocks: &[Block]| Section {
        key: key.to_owned(),
        heading: heading.to_owned(),
        blocks: blocks.to_vec(),
    };
    Minutes {
        title: texts[0].clone(),
        status: vec![Status { code: "draft", word: texts[0].clone(), words: texts[0].clone() }],
        notices: pieces().take(1).collect(),
        facts: facts().into_iter().take(3).collect(),
        sections: vec![
            section("contributions", "Information shared", &blocks),
            section("section_47", &texts[0], &blocks[..2]),
            section("open_items", "Open items", &blocks[2..4]),
        ],
        outline: None,
    }
}

/// Shows: MIN-27.
#[tokio::test]
async fn the_pdf_is_accessible_and_holds_the_record() {
    let record = record(&["Strategy meeting minutes".to_owned(), "Two call-outs in March.".to_owned()]);
    let job = job(&record);
    let pdf = printer(Limits::default()).print(&job).await.expect("it is printed");
    // The structure is written in the clear, as text among the bytes.
    let text = String::from_utf8_lossy(&pdf);
    for said in [
        "/MarkInfo<</Marked true",
        "/Lang(en-GB)",
        "/DisplayDocTitle true",
        "<rdf:li xml:lang=\"x-default\">Strategy meeting minutes</rdf:li>",
        "<pdfuaid:part>1</pdfuaid:part>",
        "<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>",
        "<xmp:CreateDate>2026-12-07T11:25:00",
        "/S/H1",
        "/S/H2",
        "/S/TR",
        "/Scope/Column",
        "/Scope/Row",
        "(minutes.json)",
        "/AFRelationship/Source",
    ] {
        assert!(text.contains(said), "{said}");
    }
    let again = render(&job).expect("it is printed here too");
    assert!(pdf == again, "the same record gives the same bytes, in whichever process");
}

/// Texts that have failed an export somewhere, or look like orders to the engine.
const ODD: [&str; 12] = [
    "",
    " \n \n",
    "#panic(\"run\") $x$ @ref *bold* = heading // comment",
    "\u{0}\u{7}\u{1b}[31m\u{85}\u{9f}",
    "\u{e000}\u{f8ff}\u{10ffff}\u{fffe}\u{feff}\u{fffd}",
    "שלום \u{202e}evil\u{202c} مرحبا 123 abc",
    "👩🏽‍🚒 🇬🇧 ☎️ 1️⃣",
    "क्षत्रिय ক্ষ தமிழ் ਗੁਰੂ ሰላም ગુજરાતી 漢字 ไทย",
    "e\u{301}\u{301}\u{301}\u{301} \u{301}alone \u{200d}\u{200c}\u{200b}\u{ad}",
    "\u{301}\u{93f}\u{5b0}\u{64e}",
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
    "\\u{1F600} &amp; <b>not bold</b> \"quoted\" 'so' -- ---",
];

/// Many texts a document: a document is what takes the time.
#[test]
fn no_text_makes_the_export_fail() {
    let one = prop_oneof![
        any::<String>(),
        "\\PC{1,40}",
        "[\u{0}-\u{9f}\u{200b}-\u{206f}\u{fe00}-\u{feff}]{1,20}",
        "[\u{590}-\u{8ff}]{1,30}",
        "[\u{900}-\u{d7f}]{1,30}",
        "[a-z0-9/#$@_*-]{40,200}",
    ];
    let odd: Vec<String> = ODD.map(str::to_owned).to_vec();
    let known = render(&job(&record(&odd)));
    assert!(known.is_ok(), "{known:?}");
    let cases = Cases { cases: 3, max_shrink_iters: 30, failure_persistence: None, ..Cases::default() };
    let seeded = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(cases, seeded);
    let texts = prop::collection::vec(one, 6..10);
    let result = runner.run(&texts, |texts| {
        let printed = render(&job(&record(&texts)));
        prop_assert!(printed.is_ok(), "{printed:?}");
        Ok(())
    });
    assert!(result.is_ok(), "{result:?}");
}

#[test]
fn a_template_sees_nothing_but_its_data() {
    for reach in [
        "#read(\"/etc/hostname\")",
        "#import \"@preview/example:0.1.0\": add",
        "#image(\"picture.png\")",
        "#datetime.today()",
    ] {
        assert!(render(&with_template(reach)).is_err(), "{reach}");
    }
}

#[tokio::test]
async fn a_template_that_can_t_be_used_is_told_by_its_line() {
    let job = with_template("#set document(title: \"x\")\n\n#no-such-name");
    let refused = printer(Limits::default()).print(&job).await;
    assert_eq!(refused, Err(PrintError::BadTemplate { line: Some(3) }));
}

#[tokio::test]
async fn an_export_without_end_is_stopped() {
    let limits = Limits { time: Duration::from_millis(500), ..Limits::default() };
    let endless = with_template("#for a in range(100000) { for b in range(100000) { let c = a * b } }");
    assert_eq!(printer(limits).print(&endless).await, Err(PrintError::TooSlow(limits.time)));
}

#[tokio::test]
async fn an_export_that_takes_too_much_memory_dies_alone() {
    let limits = Limits { memory_bytes: 100 << 20, ..Limits::default() };
    let greedy = with_template("#let a = range(200000000)\n#a.len()");
    let died = printer(limits).print(&greedy).await;
    assert!(matches!(died, Err(PrintError::Died(_))), "{died:?}");
}

/// The processes that print within these limits, whoever started them. Limits of a test's own make them its own.
fn running(limits: &Limits) -> Vec<String> {
    let wanted = format!("\0--memory-bytes\0{}\0", limits.memory_bytes);
    let processes = std::fs::read_dir("/proc").expect("the system lists its processes");
    let processes = processes.filter_map(|process| process.ok()?.file_name().into_string().ok());
    let prints = |number: &String| {
        std::fs::read_to_string(format!("/proc/{number}/cmdline")).is_ok_and(|line| line.contains(&wanted))
    };
    processes.filter(prints).collect()
}

async fn until(is_so: impl Fn() -> bool, what: &str) {
    for _ in 0..600 {
        if is_so() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("{what}");
}

/// Shows: MIN-27.
#[tokio::test]
async fn a_process_prints_one_copy_after_another_and_each_as_if_it_were_the_first() {
    let limits = Limits { memory_bytes: (1 << 30) + 4_096, ..Limits::default() };
    let printer = printer(limits);
    let copies = ["Copy of the chair.", "Copy of the police.", "Copy of the chair."];
    let copies = copies.map(|copy| job(&record(&["Strategy meeting minutes".to_owned(), copy.to_owned()])));
    let (mut printed, mut by) = (Vec::new(), Vec::new());
    for copy in &copies {
        printed.push(printer.print(copy).await.expect("it is printed"));
        by.push(running(&limits));
    }
    assert!(by[0].len() == 1 && by.iter().all(|process| *process == by[0]), "by one and the same process: {by:?}");
    assert!(printed[0] == printed[2], "what was printed between leaves no trace");
    let alone = self::printer(limits).print(&copies[1]).await.expect("it is printed");
    assert!(printed[1] == alone, "what was printed before leaves no trace");
    drop(printer);
    until(|| running(&limits).is_empty(), "the last printer takes its process with it").await;
}

#[tokio::test]
async fn a_process_that_ended_while_it_waited_costs_nothing() {
    let limits = Limits { memory_bytes: (1 << 30) + 8_192, ..Limits::default() };
    let printer = printer(limits);
    let job = job(&record(&["Strategy meeting minutes".to_owned()]));
    let first = printer.print(&job).await.expect("it is printed");
    let status = std::process::Command::new("kill").arg("-9").args(running(&limits)).status();
    assert!(status.is_ok_and(|status| status.success()));
    until(|| running(&limits).is_empty(), "it ends").await;
    assert!(printer.print(&job).await.is_ok_and(|second| second == first), "another prints it");
}

#[tokio::test]
async fn a_process_nobody_needs_any_more_ends() {
    let kept = Duration::from_millis(50);
    let limits = Limits { memory_bytes: (1 << 30) + 12_288, kept, ..Limits::default() };
    let printer = printer(limits);
    printer.print(&with_template("#set document(title: \"x\")\n\nwords")).await.expect("it is printed");
    until(|| running(&limits).is_empty(), "it isn't kept for longer").await;
}

#[tokio::test]
async fn a_whole_meeting_that_asks_at_once_is_served_by_two() {
    let limits = Limits { memory_bytes: (1 << 30) + 16_384, ..Limits::default() };
    let printer = printer(limits);
    let job = with_template("#set document(title: \"x\")\n\nwords");
    let printed = futures_util::future::join_all((0..6).map(|_| printer.print(&job))).await;
    assert!(printed.iter().all(Result::is_ok), "everybody has it");
    assert_eq!(running(&limits).len(), 2);
}

#[tokio::test]
async fn a_program_that_is_not_there_is_told() {
    let printer = Printer::new("no/such/program".into(), Limits::default());
    let told = printer.print(&with_template("")).await;
    assert_eq!(told, Err(PrintError::NotRun(std::io::ErrorKind::NotFound)));
}
