//! A case's channel: one and only one of it, whatever the platform does when it is asked for, and wherever there is room.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use convenor::app::ports::Release;
use convenor::rehearsal::workspace::{Fault, Id};

use crate::support::{CASE_WORDS, Cast, House};

const WITHIN: Duration = Duration::from_secs(60);
const ANSWER_MAX: Duration = Duration::from_secs(2);
/// What convening asks of the platform, at least: the answer, the channel looked for, made and named, the convenor let
/// in, the board posted and pinned, and the chair's card.
const REQUESTS_MIN: usize = 9;

/// Another referral, by its code name.
async fn referred(house: &House, n: usize) -> String {
    let reference = format!("LCS-2026-{n:04}");
    house.social_worker().registers_with(&[("reference", &reference)]).await;
    house.store.cases().await.expect("the store can be read").pop().expect("it is registered").code_name.0
}

/// Sends for the case's session; whether the answer arrives is not what is looked at, and nobody waits for a lost one.
async fn convenes(house: &House, case: &str) {
    let chair = house.account(Cast::TeamManager).to_string();
    let starts = house.moment(60);
    let given = [("case", case), ("form", "meeting"), ("starts", starts.as_str()), ("chair", chair.as_str())];
    let _ = tokio::time::timeout(ANSWER_MAX, house.social_worker().sends(&["strategy", "convene"], &given)).await;
}

/// The request of this number, counted from now on, meets with the fault; `then` says whether all after it are lost.
fn befalls(house: &House, number: usize, fault: Fault, then_lost: bool) -> Arc<AtomicBool> {
    let (counted, met) = (AtomicUsize::new(0), Arc::new(AtomicBool::new(false)));
    let seen = Arc::clone(&met);
    house.workspace.befall(move |_| match counted.fetch_add(1, Ordering::SeqCst) {
        n if n == number => {
            seen.store(true, Ordering::SeqCst);
            Some(fault.clone())
        }
        n if n > number && then_lost => Some(Fault::LostUnread),
        _ => None,
    });
    met
}

fn channels(house: &House, name: &str) -> Vec<Id> {
    let channels = house.workspace.channels().into_iter();
    channels.filter(|channel| channel.name == name).map(|channel| channel.id).collect()
}

/// What the convenor reads of the case outside its channel.
fn told(house: &House, case: &str) -> Vec<String> {
    let words = house.social_worker().reads().into_iter().map(|message| message.text);
    words.filter(|text| text.contains(case) && text.contains("can't be opened yet")).collect()
}

async fn until(what: impl Fn() -> bool) {
    let seen = tokio::time::timeout(WITHIN, async {
        while !what() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    });
    seen.await.expect("it is seen in time");
}

/// Waits until nothing is left to do; an administrator who is told of a lane that stands still sets it going again.
async fn comes_to_rest(house: &House, case: &str) {
    loop {
        for lane in house.store.wedged().await.expect("the store can be read") {
            until(|| house.told_to_administrators().iter().any(|text| text.contains(case))).await;
            if channels(house, case).is_empty() {
                until(|| told(house, case).len() == 1).await;
            }
            assert!(house.store.release_lane(&lane.case, Release::Retry).await.expect("the lane is there"));
        }
        let rest = tokio::time::timeout(Duration::from_millis(250), house.settle()).await;
        if rest.is_ok() && house.store.wedged().await.expect("the store can be read").is_empty() {
            return;
        }
    }
}

/// One channel, one record, one board and one card; the record's own channel is the one that is there.
async fn is_there_once(house: &House, case: &str) {
    assert_eq!(channels(house, case).len(), 1, "{case}");
    let row = house.store.cases().await.expect("the store can be read").pop().expect("it is there");
    assert_eq!(row.code_name.0, case);
    let journal = house.store.journal(&row.case, 0).await.expect("the journal can be read");
    let convened = journal.iter().filter(|record| record.event.kind() == "session_convened").count();
    assert_eq!(convened, 1, "{case}");
    let known = house.store.references(&row.case).await.expect("the store can be read");
    let channel = channels(house, case)[0].to_string();
    assert!(known.iter().any(|known| known.message.is_none() && known.channel == channel), "{case}");
    let posts: Vec<_> = house.workspace.posts().into_iter().filter(|post| !post.ephemeral).collect();
    let in_it = posts.iter().filter(|post| post.channel.to_string() == channel).count();
    let cards = posts.iter().filter(|post| post.text.contains(case) && post.text.contains("asked for by")).count();
    assert_eq!((in_it, cards), (1, 1), "{case}");
}

/// Each request of a convening in turn meets with the fault, each in a case of its own.
async fn one_request_fails(fault: Fault) {
    let house = House::administered().await;
    let mut failed = 0;
    loop {
        let case = referred(&house, failed).await;
        let met = befalls(&house, failed, fault.clone(), false);
        convenes(&house, &case).await;
        comes_to_rest(&house, &case).await;
        is_there_once(&house, &case).await;
        if !met.load(Ordering::SeqCst) {
            break;
        }
        failed += 1;
    }
    assert!(failed >= REQUESTS_MIN, "only {failed} requests failed");
    house.workspace.befall(|_| None);
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_of_convening_that_comes_too_soon_is_sent_again() {
    one_request_fails(Fault::TooManyRequests { retry_after: Duration::from_millis(20) }).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_of_convening_at_which_the_server_fails_is_sent_again() {
    one_request_fails(Fault::ServerError).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_of_convening_that_is_refused_is_told_and_goes_on_when_that_is_put_right() {
    one_request_fails(Fault::Refused { status: 403, code: 50013, message: "Missing Permissions".to_owned() }).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_of_convening_that_is_lost_is_sent_again() {
    one_request_fails(Fault::LostUnread).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_of_convening_whose_answer_is_lost_is_done_once() {
    one_request_fails(Fault::DoneThenLost).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bot_that_ends_after_any_request_of_convening_goes_on_where_it_was() {
    let mut house = House::administered().await;
    let mut ended = 0;
    loop {
        let case = referred(&house, ended).await;
        let met = befalls(&house, ended, Fault::DoneThenLost, true);
        convenes(&house, &case).await;
        tokio::select! {
            () = until(|| met.load(Ordering::SeqCst)) => {}
            () = house.settle() => {}
        }
        house.workspace.befall(|_| None);
        let minutes = i64::try_from(ended + 1).expect("a few") * 10;
        house.starts_again(minutes).await;
        comes_to_rest(&house, &case).await;
        is_there_once(&house, &case).await;
        if !met.load(Ordering::SeqCst) {
            break;
        }
        ended += 1;
    }
    assert!(ended >= REQUESTS_MIN, "only {ended} lives");
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_51st_channel_of_a_category_stands_in_the_next_one() {
    let house = House::administered().await;
    let first = house.category.expect("the house has one");
    for n in 0..50 {
        house.workspace.add_text_channel(&format!("earlier-{n}"), Some(first), &[]);
    }
    let next = |name: &str| house.workspace.channels().into_iter().find(|channel| channel.name == name);
    for n in 0..2 {
        let case = referred(&house, n).await;
        convenes(&house, &case).await;
        house.settle().await;
        is_there_once(&house, &case).await;
        let category = next("Cases 2").expect("the next category is there");
        assert_eq!(next(&case).expect("the channel is there").parent, Some(category.id));
    }
    assert_eq!(channels(&house, "Cases 2").len(), 1, "the second finds it");
    assert_eq!(house.told_to_administrators(), Vec::<String>::new());
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guild_that_fills_is_told_early_and_one_that_is_full_in_clear_words() {
    let mut house = House::administered().await;
    let fills = |house: &House, up_to: usize| {
        while house.workspace.channels().len() < up_to {
            house.workspace.add_text_channel("earlier", None, &[]);
        }
    };
    fills(&house, 449);
    let mut at = Vec::new();
    for n in 0..3 {
        let case = referred(&house, n).await;
        convenes(&house, &case).await;
        house.settle().await;
        is_there_once(&house, &case).await;
        at.push(house.told_to_administrators().len());
    }
    assert_eq!(at, [0, 1, 1], "once, when 50 are left");
    assert!(house.told_to_administrators()[0].contains("room for 50 more channels"));

    fills(&house, 499);
    let last = referred(&house, 3).await;
    convenes(&house, &last).await;
    house.settle().await;
    is_there_once(&house, &last).await;
    assert!(house.told_to_administrators()[1].contains("room for 1 more"), "the 500th");

    let case = referred(&house, 4).await;
    convenes(&house, &case).await;
    until(|| !told(&house, &case).is_empty()).await;
    assert!(channels(&house, &case).is_empty());
    let word = told(&house, &case).remove(0);
    assert!(word.contains("the chat server is full") && word.contains("ring those you need"), "{word}");
    assert!(house.told_to_administrators()[2].contains(&format!("{case} has no channel yet")));
    for text in house.told_to_administrators().iter().chain([&word]) {
        assert!(!CASE_WORDS.iter().any(|name| text.contains(name)), "{text}");
    }

    // Somebody makes room, and it opens by itself.
    let spare = channels(&house, "earlier")[0];
    assert!(house.workspace.delete_channel(spare));
    house.starts_again(6).await;
    house.settle().await;
    is_there_once(&house, &case).await;
    assert_eq!(told(&house, &case).len(), 1, "said once");
    house.close().await;
}
