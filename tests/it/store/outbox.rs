//! Lanes: in order, one at a time, each on its own; claims that end; settlements that hold once.
//!
//! Machine time is a number here, so nothing waits.

use convenor::app::ports::{CHANNEL_SLOT, Claimed, Reference, Release, Settlement, Store, StoreError};

use super::bench::{Bench, edit, enqueue, open_case, post, text};

const LEASE_MS: i64 = 1000;

async fn claim(store: &dyn Store, now_ms: i64) -> Option<Claimed> {
    store.claim(now_ms, now_ms + LEASE_MS).await.expect("a claim is answered")
}

async fn settle(store: &dyn Store, claimed: &Claimed, settlement: Settlement) -> bool {
    store.settle(claimed, settlement).await.expect("a settlement is answered")
}

async fn deliver(store: &dyn Store, now_ms: i64) -> Option<String> {
    let claimed = claim(store, now_ms).await?;
    assert!(settle(store, &claimed, Settlement::Delivered(Vec::new())).await);
    Some(text(&claimed.effect).to_owned())
}

fn wedged() -> Settlement {
    Settlement::Wedged { why: "missing permission".to_owned() }
}

pub async fn a_lane_is_delivered_in_order_and_one_at_a_time(bench: Bench) {
    let store = bench.open().await;
    let case = open_case(&*store, "one", 0).await;
    enqueue(&*store, &case, vec![post("a"), post("b")]).await;
    enqueue(&*store, &case, vec![post("c")]).await;
    let first = claim(&*store, 0).await.expect("the first");
    assert_eq!((text(&first.effect), first.attempts, &first.case), ("a", 1, &case));
    assert!(claim(&*store, 0).await.is_none(), "the lane is held");
    assert!(settle(&*store, &first, Settlement::Delivered(Vec::new())).await);
    assert_eq!(deliver(&*store, 0).await.as_deref(), Some("b"));
    assert_eq!(deliver(&*store, 0).await.as_deref(), Some("c"));
    assert_eq!(store.next_attempt_ms().await.expect("a look"), None);
}

pub async fn a_delayed_effect_holds_up_its_own_lane_only(bench: Bench) {
    let store = bench.open().await;
    let one = open_case(&*store, "one", 0).await;
    let two = open_case(&*store, "two", 0).await;
    enqueue(&*store, &one, vec![post("a"), post("b")]).await;
    enqueue(&*store, &two, vec![post("x")]).await;
    let first = claim(&*store, 0).await.expect("the first");
    let why = "rate limited".to_owned();
    assert!(settle(&*store, &first, Settlement::RetryAt { at_ms: 500, why }).await);
    assert_eq!(deliver(&*store, 0).await.as_deref(), Some("x"));
    assert!(claim(&*store, 499).await.is_none());
    assert_eq!(store.next_attempt_ms().await.expect("a look"), Some(500));
    let again = claim(&*store, 500).await.expect("again");
    assert_eq!((text(&again.effect), again.attempts), ("a", 2));
}

/// What if we die right here? It comes back.
pub async fn a_dead_workers_effect_comes_back_with_its_lease(bench: Bench) {
    let store = bench.open().await;
    let case = open_case(&*store, "one", 0).await;
    enqueue(&*store, &case, vec![post("a")]).await;
    claim(&*store, 0).await.expect("claimed by a worker that dies");
    store.close().await;
    let store = bench.open().await;
    assert!(claim(&*store, LEASE_MS - 1).await.is_none());
    assert_eq!(store.next_attempt_ms().await.expect("a look"), Some(LEASE_MS));
    let again = claim(&*store, LEASE_MS).await.expect("it is back");
    assert_eq!((text(&again.effect), again.attempts), ("a", 2));
}

pub async fn a_lost_claim_settles_nothing(bench: Bench) {
    let store = bench.open().await;
    let case = open_case(&*store, "one", 0).await;
    enqueue(&*store, &case, vec![post("a"), post("b")]).await;
    let slow = claim(&*store, 0).await.expect("claimed by a slow worker");
    let quick = claim(&*store, LEASE_MS).await.expect("claimed by another");
    let learnt = vec![Reference { slot: "board".to_owned(), channel: "1".to_owned(), message: Some("2".to_owned()) }];
    assert!(!settle(&*store, &slow, Settlement::Delivered(learnt)).await);
    assert!(!settle(&*store, &slow, wedged()).await);
    assert_eq!(store.references(&case).await.expect("none"), []);
    assert!(settle(&*store, &quick, Settlement::Delivered(Vec::new())).await);
    assert!(!settle(&*store, &quick, wedged()).await, "once is enough");
    assert_eq!(deliver(&*store, LEASE_MS).await.as_deref(), Some("b"));
}

pub async fn a_newer_edit_takes_the_place_of_one_still_waiting(bench: Bench) {
    let store = bench.open().await;
    let one = open_case(&*store, "one", 0).await;
    let two = open_case(&*store, "two", 0).await;
    enqueue(&*store, &one, vec![post("a"), edit("board", "1"), edit("list", "1")]).await;
    enqueue(&*store, &two, vec![edit("board", "of another case")]).await;
    enqueue(&*store, &one, vec![post("b"), edit("board", "2"), edit("board", "3")]).await;
    let mut delivered = Vec::new();
    while let Some(text) = deliver(&*store, 0).await {
        delivered.push(text);
    }
    assert_eq!(delivered, ["a", "1", "of another case", "b", "3"]);
}

pub async fn an_edit_under_way_is_not_taken_back(bench: Bench) {
    let store = bench.open().await;
    let case = open_case(&*store, "one", 0).await;
    enqueue(&*store, &case, vec![edit("board", "1")]).await;
    let under_way = claim(&*store, 0).await.expect("claimed");
    enqueue(&*store, &case, vec![edit("board", "2")]).await;
    assert!(settle(&*store, &under_way, Settlement::Delivered(Vec::new())).await);
    assert_eq!(deliver(&*store, 0).await.as_deref(), Some("2"));
}

/// A dead item stops its lane, and nothing but an operator sets it going; other cases go on.
pub async fn a_wedged_lane_stands_alone_until_released(bench: Bench) {
    let store = bench.open().await;
    let one = open_case(&*store, "one", 0).await;
    let two = open_case(&*store, "two", 0).await;
    enqueue(&*store, &one, vec![edit("board", "1"), post("b"), post("c")]).await;
    enqueue(&*store, &two, vec![post("x")]).await;
    let first = claim(&*store, 0).await.expect("the first");
    assert!(settle(&*store, &first, wedged()).await);
    enqueue(&*store, &one, vec![edit("board", "2")]).await;
    assert_eq!(deliver(&*store, 0).await.as_deref(), Some("x"));
    assert!(claim(&*store, i64::MAX - LEASE_MS).await.is_none(), "nothing behind it moves");
    assert_eq!(store.next_attempt_ms().await.expect("a look"), None);
    let count = store.outbox().await.expect("the count");
    assert_eq!((count.waiting, count.wedged), (3, 1));
    let lanes = store.wedged().await.expect("the lanes");
    assert_eq!((&lanes[0].case, lanes[0].why.as_str()), (&one, "missing permission"));

    assert!(!store.release_lane(&two, Release::Retry).await.expect("a look"), "it was not wedged");
    assert!(store.release_lane(&one, Release::Retry).await.expect("released"));
    let again = claim(&*store, 0).await.expect("the same one");
    assert_eq!((text(&again.effect), again.attempts), ("1", 2));
    assert!(settle(&*store, &again, wedged()).await);
    assert!(store.release_lane(&one, Release::Skip).await.expect("released"));
    assert_eq!(deliver(&*store, 0).await.as_deref(), Some("b"));
}

pub async fn ids_learnt_are_kept_by_slot_and_lead_to_the_case(bench: Bench) {
    let store = bench.open().await;
    let case = open_case(&*store, "one", 0).await;
    enqueue(&*store, &case, vec![post("a"), post("b")]).await;
    let reference = |slot: &str, channel: &str, message: Option<&str>| Reference {
        slot: slot.to_owned(),
        channel: channel.to_owned(),
        message: message.map(str::to_owned),
    };
    let first = claim(&*store, 0).await.expect("claimed");
    let learnt = vec![reference(CHANNEL_SLOT, "10", None), reference("board", "10", Some("11"))];
    assert!(settle(&*store, &first, Settlement::Delivered(learnt)).await);
    let second = claim(&*store, 0).await.expect("claimed");
    assert!(settle(&*store, &second, Settlement::Delivered(vec![reference("board", "10", Some("12"))])).await);
    assert_eq!(
        store.references(&case).await.expect("both"),
        [reference("board", "10", Some("12")), reference(CHANNEL_SLOT, "10", None)]
    );
    let found = store.case_by_channel("10").await.expect("a look").expect("the case");
    assert_eq!(found.case, case);
    assert_eq!(store.case_by_channel("11").await.expect("a look"), None);
}

/// Else it would come back with every lease, for ever.
pub async fn an_effect_that_can_not_be_read_wedges_its_lane(bench: Bench) {
    let store = bench.open().await;
    let case = open_case(&*store, "one", 0).await;
    enqueue(&*store, &case, vec![post("a")]).await;
    let damage = format!("UPDATE outbox SET body = {}", bench.db_literal(&[1, 2]));
    bench.db_execute(&damage).await.expect("it is damaged");
    let error = store.claim(0, LEASE_MS).await.expect_err("it can't be read");
    assert!(matches!(error, StoreError::Corrupt { table: "outbox", .. }));
    assert!(claim(&*store, LEASE_MS).await.is_none());
    assert_eq!(store.wedged().await.expect("the lanes")[0].case, case);
}
