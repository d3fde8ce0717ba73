//! The record is the original: whatever is changed in it is found, by anyone, without a key (MIN-11, AUD-11).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use convenor::app::ports::{Store, StoreError};
use convenor::store::chain::{BrokenAt, Head, Line, verify_jsonl, verify_lines};
use convenor::store::{VerifyError, verify_database};
use proptest::prelude::*;

use super::bench::{Bench, open_case};

/// A journal of three entries as a file, and its head.
async fn journal(store: &dyn Store) -> (Vec<u8>, Head) {
    let case = open_case(store, "one", 3).await;
    let lines = store.export_jsonl(&case).await.expect("the lines");
    let file: String = lines.iter().map(|line| format!("{line}\n")).collect();
    let head = verify_jsonl(file.as_bytes()).expect("it verifies");
    (file.into_bytes(), head)
}

pub async fn the_chain_verifies_without_a_key(bench: Bench) {
    let store = bench.open().await;
    let (_, head) = journal(&*store).await;
    open_case(&*store, "two", 0).await;
    assert_eq!(head.entries, 3);
    assert_eq!(head.digest(), store.head(&head.case).await.expect("the head"));
    store.close().await;
    let heads = verify_database(&bench.url()).await.expect("the database verifies");
    assert_eq!(heads[0], head);
    assert_eq!(heads[1].entries, 0);
}

pub async fn any_changed_byte_of_an_exported_journal_is_found(bench: Bench) {
    let (file, _) = journal(&*bench.open().await).await;
    for place in 0..file.len() {
        for bit in 0..8 {
            let mut changed = file.clone();
            changed[place] ^= 1 << bit;
            assert!(verify_jsonl(&changed).is_err(), "bit {bit} of byte {place}");
        }
    }
    let changes = (0..file.len(), any::<u8>(), 0..file.len(), any::<u8>());
    proptest!(|((place, byte, other, another) in changes)| {
        let mut changed = file.clone();
        changed[place] = byte;
        changed[other] = another;
        prop_assert_eq!(verify_jsonl(&changed).is_ok(), changed == file);
    });
}

pub async fn a_line_taken_out_or_moved_is_found(bench: Bench) {
    let (file, head) = journal(&*bench.open().await).await;
    let text = String::from_utf8(file).expect("lines are text");
    let lines: Vec<&str> = text.lines().collect();
    let check = |lines: &[&str], seq: u64| {
        let BrokenAt { seq: found, .. } = verify_lines(lines.iter().copied()).expect_err("it is broken");
        assert_eq!(found, seq);
    };
    check(&[], 1);
    check(&lines[1..], 1);
    check(&[lines[0], lines[2]], 2);
    check(&[lines[1], lines[0], lines[2]], 1);
    check(&[lines[0], lines[0]], 2);
    check(&[lines[0], &lines[1].replace("\"seq\"", " \"seq\""), lines[2]], 2);
    let shorter = verify_lines(lines[..2].iter().copied()).expect("a beginning holds by itself");
    assert_ne!(shorter, head, "and is told from the whole by the head in the minutes");
}

pub async fn entries_are_neither_changed_nor_deleted_nor_replaced(bench: Bench) {
    let store = bench.open().await;
    let (_, head) = journal(&*store).await;
    for statement in [
        "UPDATE entries SET kind = 'other'",
        "DELETE FROM entries",
        bench.of_two(
            "REPLACE INTO entries SELECT case_id, seq, at_ms, 'other', previous, hash, body FROM entries WHERE seq = 2",
            "TRUNCATE entries CASCADE",
        ),
        "INSERT INTO entries SELECT * FROM entries WHERE seq = 2 ON CONFLICT (case_id, seq) DO UPDATE SET kind = 'other'",
        "INSERT INTO entries SELECT case_id, 9, at_ms, kind, previous, hash, body FROM entries WHERE seq = 2",
    ] {
        let refused = bench.db_execute(statement).await.expect_err(statement);
        assert!(refused.contains("append-only"), "{refused}");
    }
    assert_eq!(store.head(&head.case).await.expect("the head"), head.digest());
}

pub async fn any_changed_column_is_found_in_the_database(bench: Bench) {
    let store = bench.open().await;
    let (file, head) = journal(&*store).await;
    bench.db_unguard().await;
    let nothing = bench.db_literal(&[0; 32]);
    let third = file.split(|byte| *byte == b'\n').nth(2).expect("three lines");
    let third: Line = serde_json::from_slice(third).expect("a line");
    let mut body = STANDARD.decode(third.body).expect("the body is base64");
    body[30] ^= 1;
    let flipped = bench.db_literal(&body);
    for (change, seq) in [
        ("UPDATE entries SET at_ms = at_ms + 1 WHERE seq = 2".to_owned(), 2),
        ("UPDATE entries SET kind = 'stage_left' WHERE seq = 1".to_owned(), 1),
        (format!("UPDATE entries SET previous = {nothing} WHERE seq = 3"), 3),
        (format!("UPDATE entries SET hash = {nothing} WHERE seq = 2"), 2),
        (format!("UPDATE entries SET body = {flipped} WHERE seq = 3"), 3),
        ("UPDATE entries SET seq = 4 WHERE seq = 3".to_owned(), 3),
    ] {
        bench.db_execute("CREATE TABLE kept AS SELECT * FROM entries").await.expect("a copy is kept");
        assert_eq!(bench.db_execute(&change).await, Ok(1), "{change}");
        match verify_database(&bench.url()).await {
            Err(VerifyError::Broken(broken)) => assert_eq!((broken.case, broken.seq), (head.case.clone(), seq)),
            other => panic!("{change}: {other:?}"),
        }
        assert!(matches!(store.journal(&head.case, 0).await, Err(StoreError::Corrupt { .. })), "{change}");
        let back = "DELETE FROM entries; INSERT INTO entries SELECT * FROM kept; DROP TABLE kept";
        bench.db_execute(back).await.expect("it is put back");
        verify_database(&bench.url()).await.expect("and verifies again");
    }
    bench.db_execute("DELETE FROM entries WHERE seq = 3").await.expect("the last entry is taken");
    assert!(matches!(verify_database(&bench.url()).await, Err(VerifyError::Broken(BrokenAt { seq: 3, .. }))));
}

/// SEC-17: what is ended can't be read by anyone, and the chain over it still holds.
pub async fn ending_an_entrys_key_leaves_the_chain_whole(bench: Bench) {
    let store = bench.open().await;
    let (_, head) = journal(&*store).await;
    assert_eq!(bench.db_execute("DELETE FROM entry_keys WHERE seq = 2").await, Ok(1));
    let heads = verify_database(&bench.url()).await.expect("it verifies");
    assert_eq!(heads[0], head);
    let error = store.journal(&head.case, 0).await.expect_err("one entry can't be read");
    assert_eq!(error.to_string(), "entries, case one, entry 2: its key was ended");
}
