//! `convenor rehearse`, as another program would call it: every shipped case, from referral to filing.

use std::path::{Path, PathBuf};

use convenor::rehearsal::outcome::Outcome;
use convenor::rehearsal::play::{Options, Problem, SHIPPED_CASES, rehearse};
use convenor::rehearsal::transcript::Screen;
use convenor::rehearsal::workspace::Limits;
use serde_json::Value;

const PIPE: Screen = Screen { width: 80, bar: false, colour: false };

fn options(case: Option<usize>, out: &Path) -> Options {
    let file = case.map(|n| format!("bot-config/cases/{}.json", SHIPPED_CASES[n].0));
    Options {
        case: file.map(|file| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(file)),
        procedure: None,
        content: None,
        config: None,
        limits: Limits::Roomy,
        database: None,
        out: out.to_owned(),
    }
}

/// Plays a case and gives back how it came out, the transcript, and the report.
async fn played(case: usize, out: &Path) -> (Outcome, String, Value) {
    let mut transcript = Vec::new();
    let outcome = rehearse(&options(Some(case), out), PIPE, &mut transcript).await.expect("it is played to its end");
    let report = std::fs::read_to_string(out.join("report.json")).expect("the report is written");
    let report = serde_json::from_str(&report).expect("the report is JSON");
    (outcome, String::from_utf8(transcript).expect("the transcript is text"), report)
}

async fn comes_out_as_expected(case: usize) {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let (outcome, transcript, report) = played(case, &dir.path().join("out")).await;
    assert_eq!(outcome, Outcome::AsExpected, "{transcript}");
    assert!(transcript.lines().all(|line| line.chars().count() <= PIPE.width), "{transcript}");
    assert_eq!(report["case"], SHIPPED_CASES[case].0);
    for file in ["minutes.md", "minutes.html", "minutes.json", "transcript.txt", "journal.jsonl", "http.jsonl"] {
        assert!(dir.path().join("out").join(file).is_file(), "{file}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_infant_with_a_fractured_skull_comes_out_as_expected() {
    comes_out_as_expected(0).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_discussion_without_health_comes_out_as_expected() {
    comes_out_as_expected(2).await;
}

/// The first case under every procedure that ships, side by side.
#[tokio::test(flavor = "multi_thread")]
async fn every_procedure_comes_out_as_its_case_expects() {
    let plays = convenor::config::Config::built_in().procedures.into_keys().map(|slug| {
        tokio::spawn(async move {
            let dir = tempfile::tempdir().expect("a temporary folder");
            let options = Options { procedure: Some(slug.clone()), ..options(Some(0), &dir.path().join("out")) };
            let mut transcript = Vec::new();
            let outcome = rehearse(&options, PIPE, &mut transcript).await.expect("it is played to its end");
            assert_eq!(outcome, Outcome::AsExpected, "{slug}\n{}", String::from_utf8_lossy(&transcript));
        })
    });
    for play in plays.collect::<Vec<_>>() {
        play.await.expect("the play holds");
    }
}

/// What the machine measures is all that may differ.
#[tokio::test(flavor = "multi_thread")]
async fn two_plays_leave_the_same_behind() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let out = dir.path().join("out");
    let mut plays = Vec::new();
    for _ in 0..2 {
        let (_, transcript, mut report) = played(0, &out).await;
        report["acknowledgement_ms"] = Value::Null;
        report["milliseconds"] = Value::Null;
        let files = ["minutes.md", "minutes.json", "journal.jsonl", "transcript.txt"]
            .map(|file| std::fs::read_to_string(out.join(file)).expect("it is written"));
        plays.push((transcript, report, files));
    }
    assert!(plays[0] == plays[1], "the two plays differ");
}

async fn refused(change: impl FnOnce(&mut Options)) -> String {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let mut options = options(None, &dir.path().join("out"));
    change(&mut options);
    match rehearse(&options, PIPE, Vec::new()).await {
        Err(Problem::Input(sentence)) => sentence,
        other => panic!("bad input is one sentence, not {other:?}"),
    }
}

#[tokio::test]
async fn bad_input_is_one_sentence() {
    let missing = refused(|options| options.case = Some("no-such-case.json".into())).await;
    assert!(missing.starts_with("the case no-such-case.json can't be read"), "{missing}");
    let procedure = refused(|options| options.procedure = Some("elsewhere".into())).await;
    assert!(procedure.starts_with("there is no procedure \"elsewhere\"; there are "), "{procedure}");
    let sealed = refused(|options| options.content = Some(convenor::config::Content::Sealed)).await;
    assert!(sealed.contains("record desk"), "{sealed}");
    let database = refused(|options| options.database = Some("sqlite:/no/such/folder/convenor.db".into())).await;
    assert!(database.starts_with("the database sqlite:/no/such/folder/convenor.db"), "{database}");
    let text = tempfile::NamedTempFile::new().expect("a temporary file");
    std::fs::write(text.path(), "not a database, but long enough to be taken for one ".repeat(50)).expect("written");
    let database = refused(|options| options.database = Some(text.path().display().to_string())).await;
    assert!(database.contains("is not a database"), "{database}");
}
