//! A commit: all of it or nothing, once, and readable to nobody without the key.

use convenor::app::ports::{Commit, Committed, StoreError, TimerChange};
use convenor::domain::ids::CodeName;
use convenor::store::chain::hex;

use super::bench::{Bench, SAID, at, commit, edit, open_case, post, receipt, record};

/// A commit with something of everything.
fn everything() -> Commit {
    Commit {
        opens: Some(CodeName("one-heron-k".to_owned())),
        pins: vec![("digest".to_owned(), format!("a procedure that quotes: {SAID}"))],
        records: vec![record(1), record(2)],
        effects: vec![post(SAID), edit("board", SAID)],
        timers: vec![TimerChange::Set { name: "circulation".to_owned(), at: at(30) }],
        receipt: Some(receipt("interaction")),
        ..commit("one", 0)
    }
}

pub async fn a_commit_is_all_of_it(bench: Bench) {
    let store = bench.open().await;
    let done = everything();
    assert_eq!(store.commit(done.clone()).await.expect("it is committed"), Committed::Done);
    assert_eq!(store.journal(&done.case, 0).await.expect("the journal"), done.records);
    assert_eq!(store.journal(&done.case, 1).await.expect("its tail"), done.records[1..]);
    assert_eq!(store.journal(&done.case, 2).await.expect("nothing more"), []);
    assert_eq!(store.cases().await.expect("the cases")[0].entries, 2);
    assert_eq!(store.pinned("digest").await.expect("the text"), Some(done.pins[0].1.clone()));
    assert_eq!(store.outbox().await.expect("the count").waiting, 2);
    assert_eq!(store.next_timer().await.expect("the timer"), Some(at(30)));
    assert_eq!(store.receipt("interaction").await.expect("the receipt"), done.receipt);
}

/// Of two deliveries of one press, or two replicas, the second finds the first and is silent.
pub async fn an_interaction_delivered_twice_is_recorded_once(bench: Bench) {
    let store = bench.open().await;
    store.commit(everything()).await.expect("it is committed");
    assert_eq!(store.commit(everything()).await.expect("it is looked at"), Committed::Duplicate);
    let on_top = Commit {
        records: vec![record(3)],
        effects: vec![post("again")],
        receipt: Some(receipt("interaction")),
        ..commit("one", 2)
    };
    assert_eq!(store.commit(on_top).await.expect("it is looked at"), Committed::Duplicate);
    assert_eq!(store.cases().await.expect("the cases")[0].entries, 2);
    assert_eq!(store.outbox().await.expect("the count").waiting, 2);
}

pub async fn a_commit_on_a_journal_that_moved_on_leaves_nothing(bench: Bench) {
    let store = bench.open().await;
    let case = open_case(&*store, "one", 2).await;
    let late = Commit {
        pins: vec![("digest".to_owned(), "text".to_owned())],
        records: vec![record(2)],
        effects: vec![post("late")],
        receipt: Some(receipt("late")),
        ..commit("one", 1)
    };
    assert!(matches!(store.commit(late).await, Err(StoreError::Conflict)));
    assert!(matches!(store.commit(everything()).await, Err(StoreError::Conflict)), "the case is open already");
    assert_eq!(store.journal(&case, 0).await.expect("the journal").len(), 2);
    assert_eq!(store.pinned("digest").await.expect("a look"), None);
    assert_eq!(store.outbox().await.expect("the count").waiting, 0);
    assert_eq!(store.receipt("late").await.expect("a look"), None, "the command may be decided again");
}

/// SEC-26: no two cases share a code name.
pub async fn a_code_name_is_given_once(bench: Bench) {
    let store = bench.open().await;
    open_case(&*store, "one", 1).await;
    let taken = Commit { opens: Some(CodeName("one-heron-k".to_owned())), ..commit("two", 0) };
    assert!(matches!(store.commit(taken).await, Err(StoreError::CodeNameTaken)));
    assert_eq!(store.cases().await.expect("the cases").len(), 1);
}

/// REF-14: the second case of a reference is not opened, and the answer names the first.
pub async fn a_reference_has_one_case_however_it_is_written(bench: Bench) {
    let store = bench.open().await;
    let opening = |name: &str, reference: &str| Commit {
        opens: Some(CodeName(format!("{name}-heron-k"))),
        reference: Some(reference.to_owned()),
        ..commit(name, 0)
    };
    let named = |reference: &str| Commit { reference: Some(reference.to_owned()), ..commit("one", 0) };
    assert_eq!(store.commit(opening("one", "LCS-2026-0417")).await.expect("it opens"), Committed::Done);
    for written in ["LCS-2026-0417", " lcs-2026-0417 "] {
        let refused = store.commit(opening("two", written)).await;
        let Err(StoreError::ReferenceTaken { by }) = refused else { panic!("{written}: {refused:?}") };
        assert_eq!(by.0, "one-heron-k");
    }
    assert_eq!(store.cases().await.expect("the cases").len(), 1, "a refusal leaves nothing");
    assert_eq!(store.commit(named("lcs-2026-0417")).await.expect("its own reference"), Committed::Done);
    assert_eq!(store.commit(named("LCS-2026-0418")).await.expect("it was written wrong"), Committed::Done);
    assert_eq!(store.commit(opening("two", "LCS-2026-0417")).await.expect("it is free again"), Committed::Done);
    let elsewhere = bench.open_as("another guild", 7, 5).await.expect("the same database");
    let same = Commit { opens: Some(CodeName("one-heron-k".to_owned())), ..opening("three", "LCS-2026-0417") };
    assert_eq!(elsewhere.commit(same).await.expect("another guild's cases are its own"), Committed::Done);
    let bytes = bench.db_bytes().await;
    for written in ["LCS-2026-041", "lcs-2026-041"] {
        assert!(!bytes.windows(written.len()).any(|window| window == written.as_bytes()), "{written} can be read");
    }
}

pub async fn the_same_seed_gives_the_same_bytes(bench: Bench) {
    let mut plays = Vec::new();
    for (bench, seed) in [(&bench, 1), (&bench.another().await, 1), (&bench.another().await, 2)] {
        let store = bench.open_as("guild", 7, seed).await.expect("it opens");
        let done = everything();
        store.commit(done.clone()).await.expect("it is committed");
        plays.push(store.export_jsonl(&done.case).await.expect("the lines"));
    }
    assert_eq!(plays[0], plays[1]);
    assert_ne!(plays[0], plays[2], "another seed encrypts otherwise");
}

/// How often somebody was refused, or pressed twice, must not change what two rehearsals have in common.
pub async fn what_was_refused_draws_no_chance(bench: Bench) {
    let mut plays = Vec::new();
    for (bench, tries) in [(&bench, 0), (&bench.another().await, 3)] {
        let store = bench.open().await;
        store.commit(everything()).await.expect("it is committed");
        for _ in 0..tries {
            assert_eq!(store.commit(everything()).await.expect("a look"), Committed::Duplicate);
            assert!(store.commit(commit("one", 1)).await.is_err());
        }
        let next = Commit { records: vec![record(3)], ..commit("one", 2) };
        let case = next.case.clone();
        store.commit(next).await.expect("it is committed");
        plays.push(store.export_jsonl(&case).await.expect("the lines"));
    }
    assert_eq!(plays[0], plays[1]);
}

/// As when the disk is full: SQLite then rolls back by itself, whatever the driver thinks. A server that is stopped
/// takes the connection with it.
pub async fn a_rollback_of_the_databases_own_does_not_stop_the_next_commit(bench: Bench) {
    let store = bench.open().await;
    open_case(&*store, "one", 0).await;
    let full = bench.of_two(
        "CREATE TRIGGER no_room BEFORE INSERT ON timers BEGIN SELECT RAISE(ROLLBACK, 'full'); END",
        "CREATE FUNCTION stop() RETURNS trigger LANGUAGE plpgsql AS \
         $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW; END $$; \
         CREATE TRIGGER no_room BEFORE INSERT ON timers FOR EACH ROW EXECUTE FUNCTION stop()",
    );
    bench.db_execute(full).await.expect("the trigger is made");
    let with_timer = Commit { opens: None, receipt: None, ..everything() };
    for _ in 0..3 {
        let failed = store.commit(with_timer.clone()).await.expect_err("it can't be kept");
        assert!(matches!(failed, StoreError::Database(_) | StoreError::Unusable { .. }), "{failed:?}");
    }
    assert_eq!(store.outbox().await.expect("the count").waiting, 0, "nothing was written");
    bench
        .db_execute(bench.of_two("DROP TRIGGER no_room", "DROP TRIGGER no_room ON timers"))
        .await
        .expect("there is room again");
    assert_eq!(store.commit(with_timer).await.expect("it is committed"), Committed::Done);
}

/// SEC-25: what people said is encrypted in storage: entries, effects and pinned texts alike.
pub async fn nothing_said_can_be_read_in_the_database(bench: Bench) {
    let store = bench.open().await;
    store.commit(everything()).await.expect("it is committed");
    let holds = |bytes: &[u8], words: &str| bytes.windows(words.len()).any(|window| window == words.as_bytes());
    let found = |bytes: &[u8]| holds(bytes, SAID) || holds(bytes, &hex(SAID.as_bytes()));
    assert!(holds(&bench.db_bytes().await, "one-heron-k"), "what stands in the clear is found this way");
    assert!(!found(&bench.db_bytes().await), "while open");
    store.close().await;
    assert!(!found(&bench.db_bytes().await), "when closed");
}
