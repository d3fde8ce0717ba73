//! Closing the case itself: over no action that is still running, and over a planned session only with a mark.

use convenor::domain::stage::Stage;

use crate::support::{House, PROCEDURES};

/// With three actions, and its session closed.
async fn with_actions(procedure: &str) -> House {
    let house = House::under_at(procedure, Stage::Actions).await;
    let owner = house.chair().picks(&["action", "add"], "owner", "Dana Okafor").await;
    let due = ("due", "9 December 2026 12:00");
    for what in ["Fetch the call log", "Visit the home"] {
        house.chair().slash(&["action", "add"], &[("what", what), ("owner", owner.as_str()), due]).await;
    }
    house.chair().slash(&["action", "add"], &[("what", "Somebody to ring the ward")]).await;
    house.goes_on_to(Stage::ReadBack).await;
    house
}

/// Shows: REV-10.
#[tokio::test(flavor = "multi_thread")]
async fn a_case_is_not_closed_over_an_action_that_runs_and_says_which() {
    for procedure in PROCEDURES {
        let house = with_actions(procedure).await;
        let early = house.social_worker().slash(&["chair", "close-case"], &[]).await;
        assert_eq!(early.code(), "session_under_way", "{procedure}: {}", early.text());
        house.chair().closes().await;
        let refused = house.social_worker().slash(&["chair", "close-case"], &[]).await;
        assert_eq!(refused.code(), "live_actions", "{procedure}: {}", refused.text());
        for open in
            ["action 1 (Dana Okafor, 9 December 2026 12:00)", "action 2 (", "action 3 (no named owner, no date)"]
        {
            assert!(refused.text().contains(open), "{procedure}, {open}: {}", refused.text());
        }
        let police = house.police().slash(&["chair", "close-case"], &[]).await;
        assert_eq!(police.code(), "for_convenor", "{procedure}: {}", police.text());

        let done = [("action", "1"), ("completion", "done"), ("evidence", "The log")];
        house.police().slash(&["action", "done"], &done).await;
        let reported = house.chair().slash(&["chair", "close-case"], &[]).await;
        assert!(reported.text().contains("action 1 ("), "{procedure}: the chair has still to accept it");
        let sheet = house.chair().presses("read_report", &[]).await;
        house.chair().presses_in(&sheet, "accept_report", &[]).await;
        let not_hers = house.police().slash(&["action", "cancel"], &[("action", "2"), ("reason", "x")]).await;
        assert_eq!(not_hers.code(), "for_chair", "{procedure}: {}", not_hers.text());
        let refused = house.chair().slash(&["chair", "close-case"], &[]).await;
        assert!(!refused.text().contains("action 1 (") && refused.text().contains("action 2 ("), "{procedure}");
        let cancelled = [("action", "2"), ("reason", "The family has moved to Farshire")];
        let got = house.chair().presses_in(&refused, "cancel_action", &cancelled).await;
        assert_eq!(got.code(), "action_cancelled", "{procedure}: {}", got.text());
        let minutes = house.minutes().await;
        assert!(minutes.contains("Action 2 cancelled") && minutes.contains("The family has moved"), "{procedure}");
        let still = house.chair().slash(&["chair", "close-case"], &[]).await;
        assert_eq!(still.code(), "live_actions", "{procedure}: one is left");
        house.chair().slash(&["action", "cancel"], &[("action", "3"), ("reason", "Rung already")]).await;

        let closed = house.social_worker().slash(&["chair", "close-case"], &[]).await;
        assert_eq!(closed.code(), "case_closed", "{procedure}: {}", closed.text());
        assert!(house.room_has("**Case closed** by Rowan Ashby").await, "{procedure}");
        assert!(house.board().await.text.contains("**Case closed**"), "{procedure}");
        assert!(house.minutes().await.contains("The case was closed 7 December 2026"), "{procedure}");
        assert!(!house.minutes().await.contains("neither held nor cancelled"), "{procedure}");
        let again = house.social_worker().slash(&["chair", "close-case"], &[]).await;
        assert_eq!(again.code(), "already_done", "{procedure}");
        house.comes_to("2026-12-21 12:00").await;
        assert!(!house.board().await.text.contains("drift"), "{procedure}: a closed case drifts no more");
        assert_eq!(house.db_count("action_followed_up").await, 0, "{procedure}: nobody is chased");
        house.close().await;
    }
}

/// Shows: REV-10.
#[tokio::test(flavor = "multi_thread")]
async fn with_only_a_planned_session_left_it_closes_after_one_question_marked() {
    for procedure in PROCEDURES {
        let house = House::under_at(procedure, Stage::Deciding).await;
        let planned = [("prompt", "further_session"), ("needed", "yes"), ("at", "16 December 2026 10:00")];
        house.chair().slash(&["chair", "prompt"], &planned).await;
        house.goes_on_to(Stage::ReadBack).await;
        house.chair().closes().await;
        let asked = house.chair().slash(&["chair", "close-case"], &[]).await;
        assert_eq!(asked.code(), "session_not_held", "{procedure}: {}", asked.text());
        let question = "Session 2 was planned for 16 December 2026 10:00, and was neither held nor cancelled";
        assert!(asked.text().contains(question), "{procedure}: {}", asked.text());
        let given = [("reason", "The family moved")];
        let closed = house.chair().presses_in(&asked, "close_not_held", &given).await;
        assert_eq!(closed.code(), "session_not_held", "{procedure}: the mark: {}", closed.text());
        assert_eq!(house.db_count("case_closed").await, 1, "{procedure}");
        let minutes = house.minutes().await;
        let mark = "Session 2 (16 December 2026 10:00) was planned, and neither held nor cancelled.";
        assert!(minutes.contains(mark) && minutes.contains("The family moved"), "{procedure}: {minutes}");
        assert!(house.room_has("was neither held nor cancelled").await, "{procedure}");
        house.close().await;
    }
}

/// Shows: REV-10.
#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_was_convened_and_never_held_is_asked_for_and_what_begins_anew_opens_the_case() {
    let house = House::gathered().await;
    let asked = house.social_worker().slash(&["chair", "close-case"], &[]).await;
    assert!(asked.text().contains("Session 1 was planned for 7 December 2026 11:00"), "{}", asked.text());
    house.social_worker().presses_in(&asked, "close_not_held", &[]).await;
    assert!(house.board().await.text.contains("**Case closed**"));
    assert_eq!(house.db_count("deadline_missed").await, 0);
    house.comes_to("2026-12-16 12:00").await;
    assert_eq!(house.db_count("deadline_missed").await, 0, "nobody waits for the session any more");
    house.police().slash(&["action", "now"], &[("what", "He is at the school gate: protect her")]).await;
    assert!(!house.board().await.text.contains("**Case closed**"), "something runs again");
    let refused = house.social_worker().slash(&["chair", "close-case"], &[]).await;
    assert_eq!(refused.code(), "live_actions");
    house.close().await;
}
