//! `convenor serve`, killed on the spot again and again while people go on acting.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use convenor::app::ports::Store;
use convenor::domain::stage::Stage;
use convenor::rehearsal::cast::forms::fill;
use convenor::rehearsal::workspace::{Id, Person, Workspace};
use rand::{Rng as _, SeedableRng as _};
use rand_chacha::ChaCha20Rng;

use crate::support::{Cast, House, Place};

const SEED: u64 = 20;
const KILLS: usize = 20;
/// How long a life lasts, in milliseconds after it says it is ready.
const LIFE_MS: std::ops::Range<u64> = 20..900;
/// A person's pause between two deeds.
const PAUSE: Duration = Duration::from_millis(80);
/// A claim of the dead holds for a minute; whatever it was about waits as long.
const DRAINED_WITHIN: Duration = Duration::from_secs(150);
/// How long an answer may be late on a busy machine before the person believes that nothing was recorded.
const RECORDED_WITHIN: Duration = Duration::from_secs(20);

/// Somebody who does the same thing over and over, each time with other words, and does it again where nothing came
/// of it.
struct Busy {
    workspace: Workspace,
    store: Arc<dyn Store>,
    person: Person,
    room: Id,
    path: &'static [&'static str],
    field: &'static str,
    more: &'static [(&'static str, &'static str)],
    words: &'static str,
}

/// What somebody did, and how often nothing came of it at first.
struct Did {
    texts: Vec<String>,
    again: usize,
}

impl Busy {
    async fn goes_on_until(&self, over: &AtomicBool) -> Did {
        let mut did = Did { texts: Vec::new(), again: 0 };
        while !over.load(Ordering::SeqCst) {
            let text = format!("{} {}.", self.words, did.texts.len() + 1);
            while !self.does(&text).await {
                did.again += 1;
                tokio::time::sleep(PAUSE).await;
            }
            did.texts.push(text);
            tokio::time::sleep(PAUSE).await;
        }
        did
    }

    /// Whether it was recorded, or the answer says that it is.
    async fn does(&self, text: &str) -> bool {
        let lives = self.workspace.times_ready();
        let answers: Vec<_> = std::iter::once((self.field, text)).chain(self.more.iter().copied()).collect();
        let answers: Vec<_> = answers.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
        let first = self.person.command(self.room, self.path, Vec::new()).await.expect("the command is offered");
        let filled = fill(&self.person, first, &answers).await.expect("the form can be filled");
        let interaction = filled.last.interaction_id.to_string();
        let began = Instant::now();
        loop {
            let receipt = self.store.receipt(&interaction).await.expect("the store can be read");
            if let Some(receipt) = receipt {
                assert_ne!(receipt.result.word(), "refused", "{}: {}", receipt.code, filled.last.text());
                return true;
            }
            // A bot that is gone records nothing more; one that is only slow may.
            let is_another = self.workspace.times_ready() > lives || self.workspace.bots_listening() == 0;
            if is_another || !filled.last.is_left_hanging() || began.elapsed() > RECORDED_WITHIN {
                assert!(filled.last.is_left_hanging(), "an answer, and nothing recorded: {}", filled.last.text());
                return false;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

async fn is_killed_again_and_again(house: &mut House, over: &AtomicBool) {
    let mut chance = ChaCha20Rng::seed_from_u64(SEED);
    for _ in 0..KILLS {
        tokio::time::sleep(Duration::from_millis(chance.random_range(LIFE_MS))).await;
        house.is_killed_and_served_again().await;
    }
    over.store(true, Ordering::SeqCst);
}

/// How often each of these texts stands in a list.
fn counts(texts: &[String], places: &[String]) -> BTreeMap<String, usize> {
    let count = |text: &String| places.iter().filter(|place| place.contains(text.as_str())).count();
    texts.iter().map(|text| (text.clone(), count(text))).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bot_killed_on_the_spot_loses_and_doubles_nothing() {
    let mut house = House::served().await;
    house.social_worker().registers().await;
    house.social_worker().lists_the_child().await;
    house.social_worker().convenes().await;
    house.social_worker().invites(Cast::Police).await;
    for who in [Cast::TeamManager, Cast::Police] {
        house.who(who).accepts().await;
        house.who(who).passes_the_door().await;
    }
    house.chair().opens().await;
    house.goes_on_to(Stage::Sharing).await;
    let room = house.room().await.expect("there is a room");
    let busy = |who, path, field, more, words| Busy {
        workspace: house.workspace.clone(),
        store: Arc::clone(&house.store),
        person: house.workspace.person(house.account(who)),
        room,
        path,
        field,
        more,
        words,
    };
    let sharing = busy(Cast::SocialWorker, &["share"][..], "current", &[][..], "Seen at home, visit");
    let kind = &[("challenge_kind", "decision")][..];
    let challenging = busy(Cast::Police, &["challenge"][..], "about", kind, "The threshold, point");
    let over = AtomicBool::new(false);
    let (shared, challenged, ()) = tokio::join!(
        sharing.goes_on_until(&over),
        challenging.goes_on_until(&over),
        is_killed_again_and_again(&mut house, &over),
    );
    let began = Instant::now();
    while house.store.outbox().await.expect("the store can be read").waiting > 0 {
        assert!(began.elapsed() < DRAINED_WITHIN, "the outbox still holds something");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let journal: Vec<String> = house
        .db_journal()
        .await
        .iter()
        .map(|record| serde_json::to_string(&record.event).expect("an event is JSON"))
        .collect();
    let posts = house.room_posts().await;
    let texts: Vec<String> = shared.texts.iter().chain(&challenged.texts).cloned().collect();
    let (mut lost, mut duplicated) = (Vec::new(), Vec::new());
    for places in [&journal, &posts] {
        for (text, times) in counts(&texts, places) {
            match times {
                0 => lost.push(text),
                1 => {}
                _ => duplicated.push(text),
            }
        }
    }
    println!(
        "kill -9: {KILLS} kills (seed {SEED}), {} deeds, {} done again, lost {}, duplicated {}",
        texts.len(),
        shared.again + challenged.again,
        lost.len(),
        duplicated.len()
    );
    assert_eq!((lost, duplicated), (Vec::new(), Vec::new()), "lost, and there twice");
    assert!(texts.len() >= KILLS, "people hardly got anything done");
    assert!(shared.again + challenged.again > 0, "no death ever came in between");
    let place = Place::beside(&house.workspace);
    let verified = place.run(&["verify", &house.database().display().to_string()]).await;
    assert_eq!(verified.code, Some(0), "{}{}", verified.out, verified.err);
    house.close().await;
}
