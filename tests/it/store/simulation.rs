//! The outbox under workers that die, dawdle and fail, played with seeded chance and a clock that is a number.

use std::collections::BTreeMap;

use convenor::app::ports::{Claimed, Settlement, Store};
use convenor::domain::ids::CaseId;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha20Rng;

use super::bench::{Bench, enqueue, open_case, post, text};

const LANES: usize = 8;
const EFFECTS: usize = 120;
const WORKERS_MAX: usize = 4;
const LEASE_MS: i64 = 1000;
const STEPS_MAX: usize = 5000;
/// No platform takes this one.
const POISON: &str = "poison";

/// What was delivered in each lane, in the order it went out.
type Delivered = BTreeMap<CaseId, Vec<usize>>;

pub async fn workers_that_die_dawdle_and_fail_lose_nothing_and_keep_every_lane_in_order(bench: Bench) {
    let seed = std::env::var("SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(47);
    println!("SEED={seed}");
    let mut chance = ChaCha20Rng::seed_from_u64(seed);
    let store = bench.open().await;
    let planned = fill(&*store, &mut chance).await;
    let mut held: Vec<(Claimed, i64)> = Vec::new();
    let mut delivered = Delivered::new();
    let mut now_ms = 0;
    for _ in 0..STEPS_MAX {
        if held.is_empty() && store.next_attempt_ms().await.expect("a look").is_none() {
            break;
        }
        now_ms += chance.random_range(0..200);
        if held.len() < WORKERS_MAX
            && let Some(claimed) = store.claim(now_ms, now_ms + LEASE_MS).await.expect("a claim is answered")
        {
            let live = held.iter().filter(|(_, until_ms)| *until_ms > now_ms);
            assert!(live.clone().all(|(other, _)| other.case != claimed.case), "two workers hold one lane");
            held.push((claimed, now_ms + LEASE_MS));
        }
        if !held.is_empty() && chance.random_bool(0.6) {
            let (claimed, _) = held.swap_remove(chance.random_range(0..held.len()));
            work(&*store, &claimed, now_ms, &mut chance, &mut delivered).await;
        }
    }
    check(&*store, &planned, &delivered).await;
}

/// Opens the lanes and fills them, some in commits of several. One lane is given something undeliverable.
async fn fill(store: &dyn Store, chance: &mut ChaCha20Rng) -> BTreeMap<CaseId, Vec<usize>> {
    let mut planned = BTreeMap::new();
    for lane in 0..LANES {
        planned.insert(open_case(store, &format!("lane-{lane}"), 0).await, Vec::new());
    }
    let cases: Vec<CaseId> = planned.keys().cloned().collect();
    for n in 0..EFFECTS {
        let case = &cases[chance.random_range(0..LANES)];
        let mut effects = vec![post(&n.to_string())];
        if n == EFFECTS / 2 {
            effects.push(post(POISON));
        }
        enqueue(store, case, effects).await;
        planned.get_mut(case).expect("it was opened").push(n);
    }
    planned
}

/// One attempt. Whatever goes out is written down; whether it is settled is another matter.
async fn work(store: &dyn Store, claimed: &Claimed, now_ms: i64, chance: &mut ChaCha20Rng, delivered: &mut Delivered) {
    let dies_first = chance.random_bool(0.05);
    let fails = chance.random_bool(0.1);
    let dies_after = chance.random_bool(0.05);
    if dies_first {
        return;
    }
    let settlement = match text(&claimed.effect).parse() {
        Err(_) => Settlement::Wedged { why: POISON.to_owned() },
        Ok(_) if fails => Settlement::RetryAt { at_ms: now_ms + 300, why: "not now".to_owned() },
        Ok(n) => {
            delivered.entry(claimed.case.clone()).or_default().push(n);
            Settlement::Delivered(Vec::new())
        }
    };
    if !dies_after {
        store.settle(claimed, settlement).await.expect("a settlement is answered");
    }
}

/// A late worker may repeat what has gone out; new things still appear in order, and everything but what stands
/// behind the poison has gone out.
async fn check(store: &dyn Store, planned: &BTreeMap<CaseId, Vec<usize>>, delivered: &Delivered) {
    let lanes = store.wedged().await.expect("the lanes");
    assert_eq!(lanes.len(), 1, "one lane stands still");
    for (case, planned) in planned {
        let mut first_time: Vec<usize> = Vec::new();
        for n in delivered.get(case).into_iter().flatten() {
            if !first_time.contains(n) {
                first_time.push(*n);
            }
        }
        let expected: Vec<usize> = match *case == lanes[0].case {
            true => planned.iter().copied().filter(|n| *n <= EFFECTS / 2).collect(),
            false => planned.clone(),
        };
        assert_eq!(first_time, expected, "lane {case}");
    }
    assert!(delivered.values().flatten().count() > EFFECTS / 2);
}
