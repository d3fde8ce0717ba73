//! Two bots on one database, and many tasks of each: what is decided twice stands once.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use convenor::app::ports::{Commit, Committed, Settlement, Store, StoreError};
use convenor::domain::ids::{CaseId, CodeName};
use convenor::store::verify_database;
use futures_util::future::join_all;

use super::bench::{Bench, commit, enqueue, open_case, post, receipt, record, text};

const WITHIN: Duration = Duration::from_secs(60);
const LANES: usize = 5;
const EFFECTS: usize = 60;

async fn two(bench: &Bench) -> [Arc<dyn Store>; 2] {
    let first = bench.open().await;
    let second = bench.open_as("guild", 7, 2).await.expect("it opens beside the first");
    [first, second]
}

/// How many stand; the others must be told this.
fn standing(answers: &[Result<Committed, StoreError>], lost: fn(&Result<Committed, StoreError>) -> bool) -> usize {
    let (done, others): (Vec<_>, Vec<_>) = answers.iter().partition(|answer| matches!(answer, Ok(Committed::Done)));
    assert!(others.iter().all(|answer| lost(answer)), "{answers:?}");
    done.len()
}

pub async fn of_many_commits_on_one_journal_one_stands(bench: Bench) {
    let stores = two(&bench).await;
    let case = open_case(&*stores[0], "one", 1).await;
    for entries in 1..=10 {
        let adding = || Commit { records: vec![record(entries + 1)], ..commit("one", entries) };
        let answers = join_all(stores.iter().cycle().take(8).map(|store| store.commit(adding()))).await;
        assert_eq!(standing(&answers, |answer| matches!(answer, Err(StoreError::Conflict))), 1);
    }
    let records: Vec<_> = (1..=11).map(record).collect();
    assert_eq!(stores[1].journal(&case, 0).await.expect("the journal"), records);
    assert_eq!(verify_database(&bench.url()).await.expect("it verifies")[0].entries, 11);
}

pub async fn of_two_deliveries_at_once_one_is_recorded(bench: Bench) {
    let stores = two(&bench).await;
    open_case(&*stores[0], "one", 0).await;
    for round in 0..10 {
        let press = || Commit {
            effects: vec![post("recorded")],
            receipt: Some(receipt(&round.to_string())),
            ..commit("one", 0)
        };
        let answers = join_all(stores.iter().map(|store| store.commit(press()))).await;
        assert_eq!(standing(&answers, |answer| matches!(answer, Ok(Committed::Duplicate))), 1);
    }
    assert_eq!(stores[0].outbox().await.expect("the count").waiting, 10);
}

/// SEC-26: no two cases share a code name.
pub async fn of_two_cases_of_one_code_name_one_is_opened(bench: Bench) {
    let stores = two(&bench).await;
    for round in 0..10 {
        let opening = |n: usize| Commit {
            opens: Some(CodeName(format!("heron-{round}"))),
            ..commit(&format!("case-{round}-{n}"), 0)
        };
        let answers = join_all(stores.iter().enumerate().map(|(n, store)| store.commit(opening(n)))).await;
        assert_eq!(standing(&answers, |answer| matches!(answer, Err(StoreError::CodeNameTaken))), 1);
    }
    assert_eq!(stores[0].cases().await.expect("the cases").len(), 10);
}

/// Two that pin the same texts in another order may be in each other's way; the one sent back tries again.
pub async fn texts_pinned_by_many_at_once_are_kept(bench: Bench) {
    let stores = two(&bench).await;
    let orders = [["a", "b", "c"], ["c", "b", "a"]];
    let register = async |n: usize| {
        loop {
            let opening = Commit {
                opens: Some(CodeName(format!("heron-{n}"))),
                pins: orders[n % 2].map(|text| (text.to_owned(), format!("the text {text}"))).to_vec(),
                ..commit(&format!("case-{n}"), 0)
            };
            match stores[n % 2].commit(opening).await {
                Err(StoreError::Conflict) => {}
                other => return other.expect("it is committed"),
            }
        }
    };
    let answers = tokio::time::timeout(WITHIN, join_all((0..8).map(register))).await.expect("all within time");
    assert!(answers.iter().all(|answer| *answer == Committed::Done));
    for text in ["a", "b", "c"] {
        assert_eq!(stores[0].pinned(text).await.expect("a look"), Some(format!("the text {text}")));
    }
}

/// What every worker of both bots has in hand, and what went out.
#[derive(Default)]
struct Seen {
    held: BTreeSet<CaseId>,
    delivered: BTreeMap<CaseId, Vec<usize>>,
}

pub async fn two_bots_never_deliver_one_lane_at_once(bench: Bench) {
    let stores = two(&bench).await;
    let mut cases = Vec::new();
    for lane in 0..LANES {
        cases.push(open_case(&*stores[0], &format!("lane-{lane}"), 0).await);
    }
    let seen = Mutex::new(Seen::default());
    let filled = AtomicBool::new(false);
    let fill = async {
        for n in 0..EFFECTS {
            enqueue(&*stores[n % 2], &cases[n % LANES], vec![post(&n.to_string())]).await;
        }
        filled.store(true, Ordering::SeqCst);
    };
    let workers = join_all(stores.iter().cycle().take(6).map(|store| work(&**store, &seen, &filled)));
    let all = async { tokio::join!(fill, workers) };
    tokio::time::timeout(WITHIN, all).await.expect("all within time");
    let delivered = seen.into_inner().unwrap_or_else(PoisonError::into_inner).delivered;
    for (lane, case) in cases.iter().enumerate() {
        let planned: Vec<usize> = (lane..EFFECTS).step_by(LANES).collect();
        assert_eq!(delivered.get(case), Some(&planned), "lane {lane}");
    }
}

async fn work(store: &dyn Store, seen: &Mutex<Seen>, filled: &AtomicBool) {
    let see = || seen.lock().unwrap_or_else(PoisonError::into_inner);
    loop {
        let all_there = filled.load(Ordering::SeqCst);
        let Some(claimed) = store.claim(0, i64::MAX).await.expect("a claim is answered") else {
            if all_there && store.outbox().await.expect("the count").waiting == 0 {
                return;
            }
            tokio::time::sleep(Duration::from_millis(1)).await;
            continue;
        };
        assert!(see().held.insert(claimed.case.clone()), "two hold one lane");
        tokio::time::sleep(Duration::from_millis(1)).await;
        let n = text(&claimed.effect).parse().expect("a number");
        see().delivered.entry(claimed.case.clone()).or_default().push(n);
        see().held.remove(&claimed.case);
        assert!(
            store.settle(&claimed, Settlement::Delivered(Vec::new())).await.expect("it is settled"),
            "held to the end"
        );
    }
}
