//! What follows by when once section 47 enquiries are initiated.

use super::{WITH_FIGURES, convened};
use crate::support::{House, section};

const INITIATE: [(&str, &str); 3] = [("decision", "initiate"), ("mode", "joint"), ("rationale", "No explanation fits")];

/// Open, and chaired by whoever convened it.
async fn opened(procedure: &str, at: &str) -> House {
    let house = House::under(procedure, at).await;
    let received = house.moment(-90);
    let (convenor, _) = convened(&house, &[("received", &received)], "meeting").await;
    convenor.opens().await;
    house
}

/// Shows: TIM-11.
#[tokio::test(flavor = "multi_thread")]
async fn the_child_is_seen_within_a_day_and_later_only_with_a_reason() {
    for (reason, is_open) in [("", true), ("Under anaesthetic until the morning", false)] {
        // A Saturday: the day of the clock counts, not the working day.
        let house = opened(WITH_FIGURES, "2026-12-12 15:05").await;
        let chair = house.social_worker();
        chair.slash(&["chair", "section-47"], &INITIATE).await;
        assert!(house.room_has("Child seen and met by 13 December 2026 15:05").await);
        let actions = section(&house.minutes().await, "Action");
        assert!(actions.contains("Child seen and met: Ellis Quillfeather"), "{actions}");
        assert!(actions.contains("13 December 2026 15:05"), "{actions}");
        let changed = [("action", "1"), ("due", "14 December 2026 10:00"), ("reason", reason)];
        let got = chair.slash(&["action", "change"], &changed).await;
        assert!(got.text().contains("changed"), "{}", got.text());
        let open = chair.closes().await;
        assert_eq!(open.contains("Child seen later than the procedure asks, no reason"), is_open, "{open}");
        let minutes = house.minutes().await;
        assert!(section(&minutes, "Action").contains("now due 14 December 2026 10:00"));
        assert!(is_open || minutes.contains("Reason: Under anaesthetic until the morning"));
        house.close().await;
    }
}

/// Shows: TIM-11.
#[tokio::test(flavor = "multi_thread")]
async fn a_shorter_time_needs_no_reason_and_no_figure_makes_no_action() {
    let house = opened(WITH_FIGURES, "2026-12-07 15:05").await;
    let chair = house.social_worker();
    chair.slash(&["chair", "section-47"], &INITIATE).await;
    chair.slash(&["action", "change"], &[("action", "1"), ("due", "7 December 2026 18:00")]).await;
    assert!(!chair.closes().await.contains("Child seen later"));
    house.close().await;

    let house = opened("remote-format", "2026-12-07 15:05").await;
    house.social_worker().slash(&["chair", "section-47"], &INITIATE).await;
    assert!(house.minutes().await.contains("No actions"), "this procedure gives no figure");
    house.close().await;
}

/// Shows: TIM-24.
#[tokio::test(flavor = "multi_thread")]
async fn section_47_shows_the_statutory_dates_and_a_later_session_does_not_move_them() {
    let house = opened("remote-format", "2026-12-07 10:00").await;
    let chair = house.social_worker();
    chair.slash(&["chair", "section-47"], &INITIATE).await;
    assert!(house.room_has("Child protection conference, if needed, by 30 December 2026 23:59").await);
    assert!(house.room_has("Assessment complete by 11 February 2027 23:59").await);
    chair.slash(&["chair", "close"], &[("reason", "not reached, next session")]).await;
    house.comes_to("2026-12-14 10:00").await;
    let starts = house.moment(8 * 24 * 60);
    chair.slash(&["strategy", "convene"], &[("form", "meeting"), ("starts", &starts)]).await;
    chair.opens().await;
    let given = [("decision", "continue"), ("mode", "joint"), ("rationale", "As before")];
    chair.slash(&["chair", "section-47"], &given).await;
    let board = house.board().await.text;
    assert!(board.contains("Child protection conference, if needed, by 30 December 2026 23:59"), "{board}");
    house.close().await;
}

/// Shows: TIM-26.
#[tokio::test(flavor = "multi_thread")]
async fn a_date_beyond_the_bank_holidays_that_are_loaded_says_so() {
    let house = opened("remote-format", "2028-12-18 10:00").await;
    house.social_worker().slash(&["chair", "section-47"], &INITIATE).await;
    let board = house.board().await.text;
    assert!(board.contains("bank holidays of that year are not loaded: check this date by hand"), "{board}");
    let minutes = house.minutes().await;
    assert!(minutes.contains("bank holidays of that year are not loaded"), "{minutes}");
    house.close().await;
}
