//! `convenor rehearse`, as another program would call it: every shipped case, from referral to filing.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use convenor::rehearsal::outcome::Outcome;
use convenor::rehearsal::play::{Options, Problem, SHIPPED_CASES, rehearse};
use regex::Regex;
use serde_json::Value;

use crate::support::plays::{PIPE, Played, options, play, played};
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

/// Everything a play wrote that both databases have, less what the machine measures.
fn left_behind(out: &Path) -> BTreeMap<String, String> {
    let measured = Regex::new(r#""(milliseconds|p50|p99)": ?[0-9.]+"#).expect("the pattern is valid");
    let files = std::fs::read_dir(out).expect("the folder is there").map(|file| file.expect("a file").path());
    let files = files.map(|path| (path.file_name().unwrap_or_default().to_string_lossy().into_owned(), path));
    let files = files.filter(|(name, _)| !name.starts_with("convenor.db"));
    let read = |path: PathBuf| std::fs::read_to_string(path).expect("what is written is text");
    files.map(|(name, path)| (name, measured.replace_all(&read(path), "").into_owned())).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_play_on_postgres_leaves_the_same_behind_as_one_in_a_file() {
    let Some(database) = postgres::Database::fresh().await else { return };
    let dir = tempfile::tempdir().expect("a temporary folder");
    let mut plays = Vec::new();
    for (n, database) in [None, Some(database.url())].into_iter().enumerate() {
        let out = dir.path().join(n.to_string());
        let is_file = database.is_none();
        let options = Options { database, ..options(Some(0), &out) };
        let outcome = rehearse(&options, PIPE, Vec::new()).await.expect("it is played to its end");
        assert_eq!(outcome, Outcome::AsExpected);
        assert_eq!(out.join("convenor.db").exists(), is_file);
        plays.push(left_behind(&out));
    }
    let [in_file, on_server] = &plays[..] else { panic!("two were played") };
    assert_eq!(in_file.keys().collect::<Vec<_>>(), on_server.keys().collect::<Vec<_>>());
    for (name, text) in in_file {
        assert!(*text == on_server[name], "the plays differ in {name}");
    }
    for file in ["minutes.md", "minutes.html", "minutes.json", "journal.jsonl"] {
        assert!(!in_file[file].is_empty(), "{file}");
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
