//! `convenor rehearse`, as another program would call it: every shipped case, from referral to filing.

use std::collections::BTreeMap;

use convenor::pdf::Printer;
use convenor::rehearsal::outcome::Outcome;
use convenor::rehearsal::play::{Options, Problem, SHIPPED_CASES, rehearse};
use regex::Regex;
use serde_json::Value;

use crate::support::plays::{PIPE, Played, options, play, play_with, played, played_under};
use crate::support::postgres;

fn report(played: &Played) -> Value {
    serde_json::from_str(&played.files["report.json"]).expect("the report is JSON")
}

async fn comes_out_as_expected(case: usize) {
    let played = played(case).await;
    let transcript = &played.transcript;
    assert_eq!(played.outcome, Outcome::AsExpected, "{transcript}");
    assert!(transcript.lines().all(|line| line.chars().count() <= PIPE.width), "{transcript}");
    assert_eq!(report(played)["case"], SHIPPED_CASES[case].0);
    for file in ["minutes.md", "minutes.html", "minutes.json", "transcript.txt", "journal.jsonl", "http.jsonl"] {
        assert!(played.files.contains_key(file), "{file}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_infant_with_a_fractured_skull_comes_out_as_expected() {
    comes_out_as_expected(0).await;
}

#[cfg(feature = "pdf")]
#[tokio::test(flavor = "multi_thread")]
async fn the_full_record_is_left_as_a_pdf_too() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let out = dir.path().join("out");
    let printer = Printer::new(env!("CARGO_BIN_EXE_convenor").into(), convenor::pdf::Limits::default());
    let options = Options { printer: Some(printer), ..options(Some(2), &out) };
    rehearse(&options, PIPE, Vec::new()).await.expect("it is played to its end");
    let pdf = std::fs::read(out.join("minutes.pdf")).expect("it is written");
    assert!(pdf.starts_with(b"%PDF-1.7"));
}

/// The other forms don't wait for it.
#[tokio::test(flavor = "multi_thread")]
async fn a_pdf_that_can_t_be_made_costs_nothing_else() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let out = dir.path().join("out");
    let printer = Printer::new("no/such/program".into(), convenor::pdf::Limits::default());
    let options = Options { printer: Some(printer), ..options(Some(2), &out) };
    let outcome = rehearse(&options, PIPE, Vec::new()).await.expect("it is played to its end");
    assert_eq!(outcome, Outcome::AsExpected);
    assert!(out.join("minutes.html").is_file() && !out.join("minutes.pdf").exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_discussion_without_health_comes_out_as_expected() {
    comes_out_as_expected(2).await;
}

/// What the machine measures is all that may differ.
#[tokio::test(flavor = "multi_thread")]
async fn two_plays_leave_the_same_behind() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let out = dir.path().join("out");
    let mut plays = Vec::new();
    for _ in 0..2 {
        let played = play(0, &out).await;
        let mut report = report(&played);
        report["acknowledgement_ms"] = Value::Null;
        report["milliseconds"] = Value::Null;
        let files =
            ["minutes.md", "minutes.json", "journal.jsonl", "transcript.txt"].map(|file| played.files[file].clone());
        plays.push((played.transcript, report, files));
    }
    assert!(plays[0] == plays[1], "the two plays differ");
}

/// Everything a play wrote, less what the machine measures.
fn left_behind(played: &Played) -> BTreeMap<&str, String> {
    let measured = Regex::new(r#""(milliseconds|p50|p99)": ?[0-9.]+"#).expect("the pattern is valid");
    played.files.iter().map(|(name, text)| (name.as_str(), measured.replace_all(text, "").into_owned())).collect()
}

/// The first case under every procedure that ships: in a file, and on a server where there is one, with the same record.
#[tokio::test(flavor = "multi_thread")]
async fn every_procedure_comes_out_as_its_case_expects_on_both_databases() {
    let database = postgres::Database::fresh().await;
    for slug in convenor::config::Config::built_in().procedures.into_keys() {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let on_server = Options {
            procedure: Some(slug.clone()),
            database: database.as_ref().map(|it| it.url()),
            ..options(Some(0), &dir.path().join("server"))
        };
        let is_on_server = on_server.database.is_some();
        let (in_file, on_server) = tokio::join!(played_under(0, &slug), async {
            if is_on_server { Some(play_with(&on_server).await) } else { None }
        });
        assert_eq!(in_file.outcome, Outcome::AsExpected, "{slug}\n{}", in_file.transcript);
        for file in ["minutes.md", "minutes.html", "minutes.json", "journal.jsonl"] {
            assert!(!in_file.files[file].is_empty(), "{slug}: {file}");
        }
        let Some(on_server) = on_server else { continue };
        assert!(!dir.path().join("server/convenor.db").exists(), "the record is on the server alone");
        assert_eq!(on_server.outcome, Outcome::AsExpected, "{slug}\n{}", on_server.transcript);
        let (in_file, on_server) = (left_behind(in_file), left_behind(&on_server));
        assert_eq!(in_file.keys().collect::<Vec<_>>(), on_server.keys().collect::<Vec<_>>());
        for (name, text) in &in_file {
            assert!(*text == on_server[name], "under {slug} the plays differ in {name}");
        }
    }
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
    let server = refused(|options| options.database = Some("postgres://amara:secret@localhost:1/db".into())).await;
    assert!(
        server.starts_with("the database postgres://amara@localhost:1/db: the database cannot be used"),
        "{server}"
    );
    let text = tempfile::NamedTempFile::new().expect("a temporary file");
    std::fs::write(text.path(), "not a database, but long enough to be taken for one ".repeat(50)).expect("written");
    let database = refused(|options| options.database = Some(text.path().display().to_string())).await;
    assert!(database.contains("is not a database"), "{database}");
}
