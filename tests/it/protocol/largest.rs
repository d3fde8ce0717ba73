//! The largest case, end to end: every request within the limits, and nothing anybody said cut short.

use std::collections::BTreeSet;
use std::path::Path;

use convenor::rehearsal::outcome::Outcome;
use convenor::rehearsal::play::Options;

use super::openapi::OpenApi;
use super::{held_against, requests_in};
use crate::support::largest::{ACTIONS, CONTRIBUTIONS, Largest, largest};
use crate::support::plays::{Played, options, play_with};

/// Printed with whatever fails; another is drawn by another number.
const SEED: u64 = 1;

async fn played(largest: &Largest, dir: &Path) -> Played {
    let file = dir.join("largest.json");
    let text = serde_json::to_string_pretty(&largest.case).expect("the case is JSON");
    std::fs::write(&file, text).expect("it is written");
    play_with(&Options { case: Some(file), ..options(None, &dir.join("out")) }).await
}

/// Words of the case may be escaped for Markdown; those drawn are plain.
fn lacking<'a>(sentences: impl Iterator<Item = &'a String>, text: &str) -> Vec<&'a String> {
    sentences.filter(|sentence| !text.contains(*sentence)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_largest_case_is_played_within_every_limit_and_nothing_said_is_cut() {
    let largest = largest(SEED);
    let dir = tempfile::tempdir().expect("a temporary folder");
    let played = played(&largest, dir.path()).await;
    let transcript = &played.transcript;
    assert_eq!(played.outcome, Outcome::AsExpected, "seed {SEED}\n{transcript}");

    let requests = requests_in(&played);
    let (_, wrong) = held_against(OpenApi::find().as_ref(), &requests);
    assert!(wrong.is_empty(), "seed {SEED}: {}", wrong.join("\n"));
    let failed: BTreeSet<_> = requests.iter().map(|request| request.status).filter(|status| *status >= 400).collect();
    assert!(failed.is_empty(), "seed {SEED}: the platform refused requests with {failed:?}");

    let minutes = &played.files["minutes.md"];
    assert_eq!(lacking(largest.said.iter().flatten(), minutes), Vec::<&String>::new(), "seed {SEED}");
    assert_eq!(lacking(largest.refused.iter(), minutes).len(), largest.refused.len(), "refused words are minuted");
    assert_eq!(lacking(largest.named.iter(), minutes), Vec::<&String>::new(), "seed {SEED}");
    assert_eq!(largest.said.len(), CONTRIBUTIONS);
    assert!((1..=ACTIONS).all(|n| minutes.contains(&format!("Action {n}: "))));

    // What is said to the room is said in it in whole sentences, each in one post, however many posts that takes.
    let posts: Vec<&str> = requests
        .iter()
        .filter(|request| request.method == "POST" && request.path.ends_with("/messages"))
        .filter_map(|request| request.body["content"].as_str())
        .collect();
    let open = (0..CONTRIBUTIONS).filter(|n| !largest.limited.contains(n)).flat_map(|n| &largest.said[n]);
    let broken: Vec<_> = open.filter(|sentence| !posts.iter().any(|post| post.contains(*sentence))).collect();
    assert!(broken.is_empty(), "seed {SEED}: {} sentences are in no post as a whole: {broken:?}", broken.len());
    let told = largest.limited.iter().flat_map(|n| &largest.said[*n]);
    assert_eq!(told.filter(|sentence| posts.iter().any(|post| post.contains(*sentence))).count(), 0);
}
