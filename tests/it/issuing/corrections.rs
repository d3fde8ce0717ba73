//! What an attendee asks to have put right, the chair's answer, and the versions.

use super::{circulation, drafted, sends_out, signs, status};
use crate::support::House;

async fn asks_for(house: &House, words: &str) {
    let got = house.police().slash(&["strategy", "correction"], &[("should_read", words)]).await;
    assert_eq!(got.code(), "correction_requested", "{}", got.text());
}

/// Shows: MIN-11, MIN-26.
#[tokio::test(flavor = "multi_thread")]
async fn an_accepted_correction_makes_a_version_that_lists_it_and_the_first_can_still_be_read() {
    let house = drafted("remote-format").await;
    sends_out(&house).await;
    let entries = house.db_journal().await;
    asks_for(&house, "The call was on Tuesday, not on Monday").await;
    assert!(house.room_has("**Correction 1** asked for by Dana Okafor").await);
    let refused = house.health_visitor().presses("accept_correction", &[]).await;
    assert_eq!(refused.code(), "for_chair");
    let got = house.chair().presses("accept_correction", &[]).await;
    assert_eq!(got.code(), "correction_answered", "{}", got.text());
    assert_eq!(&house.db_journal().await[..entries.len()], &entries[..], "what was recorded stays as it was");

    let second = house.police().slash(&["strategy", "copy"], &[]).await;
    assert!(second.text().contains("- Version: 2"), "{}", second.text());
    let minutes = house.minutes().await;
    let listed = circulation(&house).await;
    assert!(listed.contains("The call was on Tuesday, not on Monday"), "{listed}");
    assert!(listed.contains("| accepted, 7 December 2026 10:01 | 2 |"), "{listed}");
    assert!(status(&minutes).contains("draft, not signed"), "the new version is the chair's to sign");
    let first = house.police().slash(&["strategy", "copy"], &[("version", "1")]).await;
    assert!(first.text().contains("- Version: 1"), "{}", first.text());
    let unknown = house.police().slash(&["strategy", "copy"], &[("version", "3")]).await;
    assert_eq!(unknown.code(), "unknown_version");

    sends_out(&house).await;
    let table = circulation(&house).await;
    let sent = table.lines().filter(|line| line.starts_with("| Dana Okafor") && line.contains("| on time |"));
    assert_eq!(sent.count(), 2, "each version's circulation is logged: {table}");
    house.close().await;
}

/// Shows: MIN-26.
#[tokio::test(flavor = "multi_thread")]
async fn a_correction_the_chair_leaves_is_kept_with_the_answer_and_makes_no_version() {
    let house = drafted("remote-format").await;
    asks_for(&house, "Leave out the school").await;
    let given = [("reason", "The school was named")];
    house.chair().presses("refuse_correction", &given).await;
    let minutes = house.minutes().await;
    let listed = circulation(&house).await;
    assert!(listed.contains("Leave out the school"), "{listed}");
    assert!(listed.contains("not accepted: The school was named, 7 December 2026"), "{listed}");
    assert!(minutes.contains("- Version: 1"));
    let again = house.chair().presses("accept_correction", &[]).await;
    assert_eq!(again.code(), "already_done");
    house.close().await;
}

/// Shows: MIN-26.
#[tokio::test(flavor = "multi_thread")]
async fn a_request_after_the_set_time_is_kept_and_marked() {
    let house = drafted("remote-format").await;
    signs(&house).await;
    house.comes_to("2026-12-15 09:00").await;
    let got = house.police().slash(&["strategy", "correction"], &[("should_read", "A name is misspelt")]).await;
    assert_eq!(got.code(), "late", "{}", got.text());
    let listed = circulation(&house).await;
    assert!(listed.contains("(after the set time)"), "{listed}");
    house.close().await;
}
