//! Closing, the draft, signing, circulation and its deadline.

use convenor::domain::stage::Stage;

use crate::support::{CASE_WORDS, Cast, House, PROCEDURES, section};

/// Shows: DEC-41.
#[tokio::test(flavor = "multi_thread")]
async fn two_presses_close_over_whatever_is_open_with_one_reason() {
    for procedure in PROCEDURES {
        let house = House::under_at(procedure, Stage::ReadBack).await;
        let refused = house.police().presses("closing", &[]).await;
        assert!(refused.text().contains("Imogen Vale"), "{procedure}: it is the chair's: {}", refused.text());
        let list = house.chair().presses("closing", &[]).await;
        assert!(list.is_private() && list.text().contains("things are still open"), "{procedure}: {}", list.text());
        for begin in ["• Immediate action", "• Section 47 decision"] {
            assert!(list.text().contains(begin), "{procedure}: {}", list.text());
        }
        let buttons = list.buttons();
        for label in ["Immediate action", "Section 47 decision", "Close with one reason…", "Adjourn…"] {
            assert!(buttons.iter().any(|button| button == label), "{procedure}: {label}: {buttons:?}");
        }
        let got = house.chair().presses_in(&list, "close", &[("reason", "The police had to leave")]).await;
        assert_eq!(got.code(), "incomplete", "{procedure}: {}", got.text());
        assert_eq!((list.presses, got.presses), (1, 2), "{procedure}: the list, and the reason sent");
        let minutes = house.minutes().await;
        let open = section(&minutes, "Open items");
        assert!(open.contains("The police had to leave"), "{procedure}: {open}");
        let items = open.lines().filter(|row| row.starts_with("| ")).count() - 2;
        assert!(items >= 5, "{procedure}: {open}");
        assert_eq!(minutes.matches("The police had to leave").count(), 1, "{procedure}: once against all of them");
        assert!(status(&minutes).contains(&format!("incomplete: {items} open items")), "{procedure}: {minutes}");
        house.close().await;
    }
}

/// Shows: DEC-41.
#[tokio::test(flavor = "multi_thread")]
async fn a_button_of_the_list_answers_its_item_and_the_rest_stays() {
    let house = House::under_at("remote-format", Stage::ReadBack).await;
    let list = house.chair().presses("closing", &[]).await;
    let given = [("prompt", "immediate_action"), ("text", "Home with her aunt")];
    house.chair().presses_in(&list, "prompt", &given).await;
    let again = house.chair().presses("closing", &[]).await;
    assert!(!again.text().contains("• Immediate action"), "{}", again.text());
    assert!(again.text().contains("• Services in the meantime"), "{}", again.text());
    house.close().await;
}

/// Shows: DEC-41.
#[tokio::test(flavor = "multi_thread")]
async fn what_was_not_reached_is_open_again_in_the_next_session_and_only_then() {
    for (by_press, reason) in [(true, ""), (false, "Not reached, next session"), (false, "The police had to leave")] {
        let house = House::under_at("county-strategy-meetings", Stage::Deciding).await;
        let given = [("decision", "initiate"), ("rationale", "The injury")];
        house.chair().slash(&["chair", "section-47"], &given).await;
        house.goes_on_to(Stage::ReadBack).await;
        if by_press {
            let list = house.chair().presses("closing", &[]).await;
            assert_eq!(house.chair().presses_in(&list, "close_next", &[]).await.code(), "incomplete");
        } else {
            house.chair().slash(&["chair", "close"], &[("reason", reason)]).await;
        }
        house.has_drafted().await;
        house.social_worker().convenes().await;
        for who in [Cast::Police, Cast::HealthVisitor] {
            house.social_worker().invites(who).await;
        }
        for who in [Cast::TeamManager, Cast::Police, Cast::HealthVisitor] {
            house.who(who).accepts().await;
            house.who(who).passes_the_door().await;
        }
        house.chair().opens().await;
        let is_carried = reason != "The police had to leave";
        let board = house.board().await.text;
        assert_eq!(board.contains("**From the last session**"), is_carried, "{board}");
        let asked = house.chair().presses("prompts", &[]).await;
        let group = "Planning: health (2)".to_owned();
        assert_eq!(asked.buttons().contains(&group), is_carried, "{:?}", asked.buttons());
        let open = section(&house.minutes().await, "Open items");
        assert_eq!(open.contains("Carried over from the last session: "), is_carried, "{open}");
        if is_carried {
            let shown = house.chair().presses_in(&asked, "group", &[("group", "health")]).await;
            house.chair().presses_in(&shown, "answer_group", &[("because", "Seen since")]).await;
            assert!(!house.chair().presses("prompts", &[]).await.buttons().contains(&"Planning: health".to_owned()));
        }
        house.chair().closes().await;
        let open = section(&house.minutes().await, "Open items");
        assert_eq!(open.contains("| Who conducts the enquiries |"), is_carried, "{open}");
        assert!(!open.contains("| Medical examination |"), "{open}");
        house.close().await;
    }
}

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

/// Shows: MIN-29.
#[tokio::test(flavor = "multi_thread")]
async fn a_session_nobody_ends_is_asked_about_and_then_drafted_all_the_same() {
    let house = House::at(Stage::Sharing).await;
    house.passes(50).await;
    house.chair().goes_on_regardless().await;
    house.passes(50).await;
    assert_eq!(house.db_count("close_prompted").await, 0, "somebody did something since");
    house.passes(11).await;
    let told = house.chair().person.direct_messages();
    let told = told.iter().find(|message| message.text.contains("nothing has been entered for 60 minutes"));
    let labels: Vec<_> = told.expect("the chair is asked").buttons().into_iter().map(|button| button.label).collect();
    assert_eq!(labels.len(), 2, "close or adjourn: {labels:?}");
    assert_eq!(house.db_count("draft_issued").await, 0);
    house.passes(61).await;
    assert_eq!(house.db_count("draft_issued").await, 1);
    let minutes = house.minutes().await;
    assert!(status(&minutes).contains("not closed") && status(&minutes).contains("draft"), "{}", status(&minutes));
    let copy = house.police().slash(&["strategy", "copy"], &[]).await;
    assert!(copy.text().contains("- Version: 1"), "{}", copy.text());
    house.chair().closes().await;
    house.has_drafted().await;
    assert!(house.minutes().await.contains("- Version: 2"), "the close makes the next version");
    house.close().await;
}
