//! Closing, the draft, signing, circulation and its deadline.

use convenor::domain::stage::Stage;

use crate::support::{CASE_WORDS, Cast, House};

fn status(minutes: &str) -> String {
    minutes.lines().find(|line| line.contains("Status: ")).unwrap_or_default().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn closing_over_open_items_marks_the_record_with_the_one_reason() {
    let house = House::at(Stage::ReadBack).await;
    let refused = house.police().slash(&["chair", "close"], &[("reason", "enough")]).await;
    assert_eq!(refused.code(), "for_chair");
    let got = house.chair().slash(&["chair", "close"], &[("reason", "not reached, next session")]).await;
    assert_eq!(got.code(), "incomplete");
    assert!(house.room_has("covered by the reason “not reached, next session”").await);
    let minutes = house.minutes().await;
    assert!(status(&minutes).contains("incomplete: "), "{}", status(&minutes));
    assert!(minutes.contains("Reason: not reached, next session"));
    let again = house.chair().slash(&["chair", "close"], &[("reason", "again")]).await;
    assert_eq!(again.code(), "already_closed");
    house.close().await;
}

/// Shows: MIN-29.
#[tokio::test(flavor = "multi_thread")]
async fn the_heading_says_everything_the_record_is_not() {
    let house = House::open().await;
    let convenor = house.social_worker();
    convenor.registers().await;
    convenor.lists_the_child().await;
    convenor.convenes().await;
    house.chair().accepts().await;
    house.chair().passes_the_door().await;
    house.chair().opens().await;
    house.chair().slash(&["chair", "close"], &[("reason", "not reached, next session")]).await;
    house.passes(1).await;
    let unsigned = status(&house.minutes().await);
    for words in ["draft, not signed", "incomplete: ", "not quorate: missing", "section 47 decision not recorded"] {
        assert!(unsigned.contains(words), "{words}: {unsigned}");
    }
    house.chair().slash(&["chair", "sign"], &[]).await;
    let signed = status(&house.minutes().await);
    assert!(!signed.contains("draft") && signed.contains("incomplete: "), "{signed}");
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_follows_the_close_and_only_a_signed_record_circulates() {
    let house = House::at(Stage::ReadBack).await;
    house.chair().slash(&["chair", "close"], &[("reason", "not reached, next session")]).await;
    house.passes(1).await;
    assert_eq!(house.db_count("draft_issued").await, 1);
    let early = house.chair().slash(&["chair", "circulate"], &[]).await;
    assert_eq!(early.code(), "not_at_this_stage");
    let copy = house.police().presses("copy", &[]).await;
    assert!(copy.is_private() && copy.text().to_lowercase().contains("my copy"), "{}", copy.text());
    house.chair().presses("sign", &[]).await;
    house.chair().presses("circulate", &[]).await;
    assert_eq!(house.db_count("minutes_circulated").await, 1);
    let filed = house.police().presses("filed", &[]).await;
    assert_eq!(filed.code(), "filed");
    house.close().await;
}

/// Shows: TIM-21.
#[tokio::test(flavor = "multi_thread")]
async fn the_minutes_are_due_on_the_fifth_day_whatever_day_that_is() {
    let house = House::gathered().await;
    house.passes(16 * 24 * 60).await;
    house.chair().opens().await;
    house.chair().slash(&["chair", "close"], &[("reason", "not reached, next session")]).await;
    let board = house.board().await.text;
    assert!(board.contains("**Minutes due** 28 December 2026 23:59"), "{board}");
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_chair_is_warned_before_the_minutes_are_due_and_told_after() {
    let house = House::at(Stage::ReadBack).await;
    house.chair().slash(&["chair", "close"], &[("reason", "not reached, next session")]).await;
    house.passes(5 * 24 * 60 + 13 * 60).await;
    let before = house.db_count("deadline_near").await;
    house.passes(24 * 60).await;
    assert_eq!((before, house.db_count("deadline_missed").await), (1, 1));
    let told: Vec<_> =
        house.chair().person.direct_messages().into_iter().filter(|seen| seen.text.contains("the minutes")).collect();
    assert_eq!(told.len(), 2);
    for word in CASE_WORDS {
        assert!(told.iter().all(|seen| !seen.text.contains(word)), "{word}");
    }
    assert!(house.who(Cast::Police).person.direct_messages().is_empty());
    house.close().await;
}
