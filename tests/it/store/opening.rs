//! Opening a store: its tables, its key, its guild, and what can't be opened.

use std::collections::BTreeSet;
use std::path::Path;

use convenor::app::ports::{Agency, StoreError};
use convenor::domain::ids::CodeName;
use convenor::domain::people::AgencyKind;
use convenor::store::{Engine, MasterKey, NotAKey, Opening, sql};
use rand::SeedableRng;
use rand_chacha::ChaCha20Rng;

use super::bench::{Bench, case, open_case, record};

pub async fn every_statement_is_one_the_database_understands(bench: Bench) {
    bench.open().await.close().await;
    for (name, statement) in sql::ALL.iter().chain(bench.of_two(sql::sqlite::ALL, sql::postgres::ALL)) {
        if let Err(error) = bench.db_prepare(statement).await {
            panic!("{name}: {error}");
        }
    }
}

pub async fn what_was_committed_is_there_after_opening_again(bench: Bench) {
    let store = bench.open().await;
    let case = open_case(&*store, "one", 3).await;
    store.close().await;
    let again = bench.open_as("guild", 7, 2).await.expect("it opens again");
    assert_eq!(again.journal(&case, 0).await.expect("it can be read"), [record(1), record(2), record(3)]);
}

/// A wrong key is noticed at opening, not at the first press of somebody in a meeting (SEC-13).
pub async fn another_master_key_is_refused_at_opening(bench: Bench) {
    bench.open().await.close().await;
    let refused = bench.open_as("guild", 8, 1).await;
    assert!(matches!(refused, Err(StoreError::WrongKey)));
    bench.open_as("guild", 7, 1).await.expect("the right key still opens it");
}

pub async fn a_newer_convenors_database_is_refused_at_opening(bench: Bench) {
    bench.open().await.close().await;
    let newer = format!(
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
         VALUES (9999, 'from later', TRUE, {}, 0)",
        bench.db_literal(&[0])
    );
    bench.db_execute(&newer).await.expect("the row is added");
    assert!(matches!(bench.open_as("guild", 7, 1).await, Err(StoreError::Newer)));
}

pub async fn another_guilds_rows_are_as_if_not_there(bench: Bench) {
    let ours = bench.open().await;
    let case = open_case(&*ours, "one", 1).await;
    let agency = Agency::new("Police", AgencyKind::Police, None);
    ours.save_agency(&agency).await.expect("the agency is saved");
    let theirs = bench.open_as("another guild", 7, 2).await.expect("it opens for another guild");
    assert_eq!(theirs.cases().await.expect("cases"), []);
    assert_eq!(theirs.agencies().await.expect("agencies"), []);
    let code_name = CodeName("one-heron-k".to_owned());
    assert_eq!(theirs.case_by_code_name(&code_name).await.expect("a look"), None);
    assert!(matches!(theirs.journal(&case, 0).await, Err(StoreError::Corrupt { .. })));
    assert!(matches!(theirs.export_jsonl(&case).await, Err(StoreError::Corrupt { .. })));
}

/// SQLite's own: each thing that stands in the way is said in a sentence that tells what to do.
#[tokio::test]
async fn a_file_that_can_not_be_used_is_one_clear_error() {
    let check = async |bench: &Bench, sentence: &str| {
        is_unusable(bench.open_as("guild", 7, 1).await.err(), sentence);
    };
    let not_a_database = Bench::sqlite();
    std::fs::write(not_a_database.url(), "x".repeat(4096)).expect("a file is written");
    check(&not_a_database, "not a database of convenor's").await;

    let a_directory = Bench::sqlite();
    std::fs::create_dir(a_directory.url()).expect("a directory is made");
    check(&a_directory, "cannot be opened").await;
}

fn is_unusable(error: Option<StoreError>, sentence: &str) {
    match error {
        Some(StoreError::Unusable { why, .. }) => assert!(why.contains(sentence), "{why}"),
        other => panic!("{other:?}, not: {sentence}"),
    }
}

/// PostgreSQL's own: so is a server that has no such database, or none that is convenor's.
#[tokio::test]
async fn a_database_that_is_not_there_is_one_clear_error() {
    let Some(bench) = Bench::of(Engine::Postgres).await else { return };
    is_unusable(verifying(&bench.url()).await, "holds no tables of convenor's");
    let another = bench.url().replace("convenor_test", "nobodys");
    is_unusable(verifying(&another).await, "no database of that name");
}

/// PostgreSQL's own, so that a rehearsal can be repeated on one server.
#[tokio::test]
async fn a_new_schema_is_empty_and_stands_apart() {
    let Some(bench) = Bench::of(Engine::Postgres).await else { return };
    for n in 1..=2 {
        let url = convenor::store::new_schema(&bench.url(), "apart").await.expect("a schema is made");
        assert!(url.ends_with(&format!("apart_{n}")), "{url}");
        let chance = Box::new(ChaCha20Rng::seed_from_u64(1));
        let opening = Opening { url, guild: "guild".to_owned(), master: MasterKey::new([n; 32]), chance };
        let store = convenor::store::open(opening).await.expect("it opens, each with a key of its own");
        open_case(&*store, "one", 1).await;
        assert_eq!(store.cases().await.expect("the cases").len(), 1);
    }
}

/// PostgreSQL's own: what people are told is recorded must be on a disk.
#[tokio::test]
async fn a_server_that_answers_before_it_has_written_is_refused() {
    let Some(bench) = Bench::of(Engine::Postgres).await else { return };
    let hasty = "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET synchronous_commit = off', current_database()); \
        END $$";
    bench.db_execute(hasty).await.expect("whoever owns the database can");
    is_unusable(bench.open_as("guild", 7, 1).await.err(), "synchronous_commit");
}

#[tokio::test]
async fn a_place_that_can_not_be_one_is_refused_before_anything_is_made() {
    for (url, sentence) in [
        ("mysql://localhost/convenor", "its kind is not known"),
        ("sqlite::memory:", "never kept in memory only"),
        ("sqlite://record?mode=memory", "never kept in memory only"),
        ("postgres://localhost:1/convenor", "its server cannot be reached"),
        ("postgres://localhost:port/convenor", "its URL cannot be read"),
    ] {
        is_unusable(verifying(url).await, sentence);
    }
    assert!(convenor::store::verify_database("no/such/convenor.db").await.is_err());
}

async fn verifying(url: &str) -> Option<StoreError> {
    match convenor::store::verify_database(url).await {
        Err(convenor::store::VerifyError::Store(error)) => Some(error),
        _ => None,
    }
}

#[test]
fn both_databases_have_the_same_migrations() {
    let names = |folder: &str| -> BTreeSet<String> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations").join(folder);
        let files = std::fs::read_dir(folder).expect("the folder is there");
        files.map(|file| file.expect("a file").file_name().to_string_lossy().into_owned()).collect()
    };
    assert!(!names("sqlite").is_empty());
    assert_eq!(names("sqlite"), names("postgres"));
}

#[test]
fn a_master_key_is_read_from_hexadecimal_or_base64_and_never_shown() {
    assert!(MasterKey::parse(&"0a".repeat(32)).is_ok());
    assert!(MasterKey::parse(" AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n").is_ok());
    for text in ["", "secret", &"0g".repeat(32), &"0a".repeat(31), "AAAA"] {
        assert_eq!(MasterKey::parse(text).map(|_| ()), Err(NotAKey), "{text}");
    }
    assert_eq!(format!("{:?}", MasterKey::new([1; 32])), "MasterKey(..)");
}

#[tokio::test]
async fn a_case_that_never_was_is_an_error_that_says_so() {
    let bench = Bench::sqlite();
    let store = bench.open().await;
    let error = store.head(&case("nobody")).await.expect_err("there is no such case");
    assert_eq!(error.to_string(), "cases, nobody: there is no such case");
}
