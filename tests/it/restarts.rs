//! Death and restart: a play in which the bot is killed again and again comes to the same as one in which it lives.
//!
//! A *point* is a call of a port (the store, or a request to the platform) and a side of it: just before it does
//! anything, or just after it did and before the bot hears of it. In play *r* of a sweep the bot dies at the calls
//! r, r + [`EVERY`], r + 2 × [`EVERY`] … counted over all its lives, so [`EVERY`] plays a side cover every call. A few of them
//! are played by default; `CONVENOR_SWEEP=all` plays them all.

mod fate;
mod killed;
mod lives;
mod mortal;
mod play;

use std::collections::BTreeMap;

use futures_util::StreamExt as _;
use serde_json::Value;

use fate::{Side, Strikes};
use play::{Left, play};

use crate::support::live_play::case_1;

/// How many calls lie between two deaths: enough that every life gets something done.
const EVERY: u64 = 37;
/// The plays of a short sweep: fewer deaths, spread over the calls.
const SHORT: [Strikes; 2] =
    [Strikes { first: 17, every: 149, side: Side::Before }, Strikes { first: 83, every: 149, side: Side::After }];
/// Plays at the same time.
const AT_ONCE: usize = 3;

/// What two plays have that the other has not: lost, and there twice or by mistake.
#[derive(Debug, Default, PartialEq)]
struct Difference<'a> {
    lost: Vec<&'a Value>,
    duplicated: Vec<&'a Value>,
}

fn difference<'a>(unbroken: &'a [Value], broken: &'a [Value]) -> Difference<'a> {
    let mut found = Difference { lost: Vec::new(), duplicated: broken.iter().collect() };
    for item in unbroken {
        match found.duplicated.iter().position(|other| *other == item) {
            Some(place) => drop(found.duplicated.remove(place)),
            None => found.lost.push(item),
        }
    }
    found
}

/// What is lost and what is doubled of facts and messages, in words that fit a failure.
fn told(unbroken: &Left, broken: &Left) -> (usize, usize, Vec<String>) {
    let (mut lost, mut duplicated, mut told) = (0, 0, Vec::new());
    for (what, left, right) in
        [("fact", &unbroken.facts, &broken.facts), ("message", &unbroken.messages, &broken.messages)]
    {
        let found = difference(left, right);
        lost += found.lost.len();
        duplicated += found.duplicated.len();
        told.extend(found.lost.iter().map(|item| format!("a {what} was lost: {item}")));
        told.extend(found.duplicated.iter().map(|item| format!("a {what} is there too often: {item}")));
        if found == Difference::default() && left != right {
            told.push(format!("the {what}s are in another order"));
        }
    }
    told.extend(broken.fell_short.iter().cloned());
    if broken.verified != unbroken.verified {
        told.push(format!("the database holds {:?} entries, not {:?}", broken.verified, unbroken.verified));
    }
    (lost, duplicated, told)
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_lost_or_doubled_wherever_the_bot_dies() {
    let playbook = case_1();
    let unbroken = play(&playbook, None).await;
    assert_eq!(unbroken.fell_short, Vec::<String>::new());
    assert_eq!(unbroken.unanswered, 0, "everything is answered where nobody dies");
    assert_eq!(unbroken.verified, Ok(unbroken.facts.len() as u64));

    let at = |first, side| Strikes { first, every: EVERY, side };
    let plays: Vec<Strikes> = match std::env::var("CONVENOR_SWEEP").as_deref() {
        Ok("all") => (0..EVERY).flat_map(|first| [at(first, Side::Before), at(first, Side::After)]).collect(),
        _ => SHORT.to_vec(),
    };
    let began = std::time::Instant::now();
    let runs = plays.iter().map(|strikes| {
        let strikes = *strikes;
        let playbook = &playbook;
        async move { (strikes, play(playbook, Some(strikes)).await) }
    });
    let mut runs = futures_util::stream::iter(runs).buffer_unordered(AT_ONCE);
    let (mut lost, mut duplicated, mut wrong) = (0, 0, Vec::new());
    let mut points: BTreeMap<(String, bool), usize> = BTreeMap::new();
    let mut unanswered = 0;
    while let Some((strikes, left)) = runs.next().await {
        let (lost_here, duplicated_here, told) = told(&unbroken, &left);
        (lost, duplicated, unanswered) = (lost + lost_here, duplicated + duplicated_here, unanswered + left.unanswered);
        for (call, times) in &left.deaths {
            *points.entry((call.clone(), strikes.side == Side::After)).or_default() += times;
        }
        let deaths = left.deaths.values().sum::<usize>();
        println!("{strikes:?}: {deaths} deaths in {} calls, {} things wrong", left.calls, told.len());
        wrong.extend(told.into_iter().map(|sentence| format!("{strikes:?}: {sentence}")));
    }
    for ((call, is_after), times) in &points {
        println!("{times:6}  {} {call}", if *is_after { "after" } else { "before" });
    }
    let tried: usize = points.values().sum();
    println!(
        "unbroken: {} calls; {} plays, {unanswered} deeds unanswered and done again or found recorded, {} s",
        unbroken.calls,
        plays.len(),
        began.elapsed().as_secs()
    );
    println!("kill sweep: {tried} points tried, lost {lost}, duplicated {duplicated}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(tried >= plays.len() * 10, "the bot hardly ever died");
}

/// The comparison is one that can fail.
#[test]
fn what_is_lost_or_doubled_is_noticed() {
    let [one, two, three] = ["one", "two", "three"].map(Value::from);
    let unbroken = [one.clone(), two.clone()];
    assert_eq!(difference(&unbroken, &unbroken), Difference::default());
    let broken = [one.clone(), one.clone(), three.clone()];
    assert_eq!(difference(&unbroken, &broken), Difference { lost: vec![&two], duplicated: vec![&one, &three] });
}
