//! The minutes: by when, who is warned, and who hears that it was missed.

use convenor::domain::ids::SessionNo;
use convenor::domain::stage::Stage;

use super::{WITH_FIGURES, convened, told_directly};
use crate::support::{CASE_WORDS, Cast, House, section};

/// Convened by the social worker, chaired by the team manager, opened and closed.
async fn held(procedure: &str, opened: &str, form: &str) -> House {
    let house = House::under(procedure, opened).await;
    house.social_worker().registers().await;
    house.social_worker().lists_the_child().await;
    let chair = house.account(Cast::TeamManager).to_string();
    let starts = house.moment(60);
    let given = [("form", form), ("starts", starts.as_str()), ("chair", chair.as_str())];
    house.social_worker().slash(&["strategy", "convene"], &given).await;
    house.chair().accepts().await;
    house.chair().passes_the_door().await;
    house.chair().opens().await;
    house.goes_on_to(Stage::ReadBack).await;
    house.chair().slash(&["chair", "close"], &[("reason", "not reached, next session")]).await;
    house.passes(1).await;
    house
}

/// Shows: TIM-18.
#[tokio::test(flavor = "multi_thread")]
async fn a_discussions_record_is_due_as_soon_as_possible_with_a_reminder_the_same_day() {
    let house = held("county-strategy-meetings", "2026-12-07 14:00", "discussion").await;
    let closed = house.room_posts().await.into_iter().find(|post| post.contains("stay open")).expect("it was closed");
    assert!(closed.contains("as soon as possible, at the latest 10 December 2026 23:59"), "{closed}");
    house.comes_to("2026-12-07 16:59").await;
    assert_eq!(house.db_count("deadline_near").await, 0);
    house.comes_to("2026-12-07 17:00").await;
    assert_eq!(house.db_count("deadline_near").await, 1);
    assert_eq!(told_directly(&house.chair(), "the circulation of the minutes is due").len(), 1);
    house.comes_to("2026-12-10 23:59").await;
    assert_eq!(house.db_count("deadline_missed").await, 0);
    house.comes_to("2026-12-11 00:01").await;
    assert_eq!(house.db_count("deadline_missed").await, 1);
    house.close().await;
}

/// Shows: REF-14, TIM-23.
#[tokio::test(flavor = "multi_thread")]
async fn the_record_of_a_session_still_goes_out_after_the_next_was_convened() {
    let house = held("remote-format", "2026-12-07 11:00", "meeting").await;
    house.comes_to("2026-12-09 09:00").await;
    house.social_worker().convenes().await;
    assert!(!house.chair().sees_the_room().await, "the next session has a door of its own");
    let board = house.board().await;
    assert!(
        board.text.contains("**Minutes not circulated yet** session 1, due 12 December 2026 23:59"),
        "{}",
        board.text
    );
    assert!(board.buttons().iter().any(|button| button.label == "Sign session 1's minutes"));

    house.comes_to("2026-12-12 09:00").await;
    let near =
        told_directly(&house.chair(), "session 1 · the circulation of the minutes is due 12 December 2026 23:59");
    assert_eq!(near.len(), 1);
    let of_the_first = [("session", "1")];
    assert_eq!(house.chair().presses("circulate", &of_the_first).await.code(), "not_at_this_stage");
    assert_eq!(house.chair().presses("sign", &of_the_first).await.code(), "minutes_signed");
    assert_eq!(house.social_worker().slash(&["strategy", "copy"], &[]).await.code(), "copy_opened");
    house.comes_to("2026-12-13 00:05").await;
    assert_eq!(told_directly(&house.chair(), "session 1 · the circulation of the minutes was due").len(), 1);
    let unknown = house.social_worker().slash(&["chair", "circulate"], &[("session", "7")]).await;
    assert!(unknown.text().contains("This case has no session 7"), "{}", unknown.text());
    // The recorder needs no number: it is the earliest record that has not gone out.
    assert_eq!(house.social_worker().slash(&["chair", "circulate"], &[]).await.code(), "minutes_circulated");
    assert!(!house.board().await.text.contains("not circulated yet"));
    assert_eq!(house.chair().slash(&["strategy", "filed"], &[]).await.code(), "filed");

    let [first, second] = [Some(SessionNo(1)), Some(SessionNo(2))];
    let (first, second) = (house.minutes_of(first).await, house.minutes_of(second).await);
    assert!(section(&first, "Recording and distribution").contains("late by 6 min"), "{first}");
    assert!(first.contains("Version 1 signed by the chair: Imogen Vale"), "{first}");
    assert!(!second.contains("Version 1 signed by the chair") && !second.contains("late by"), "{second}");
    assert_eq!((house.db_count("deadline_near").await, house.db_count("deadline_missed").await), (1, 1));

    house.chair().accepts().await;
    house.chair().passes_the_door().await;
    house.chair().opens().await;
    house.goes_on_to(Stage::ReadBack).await;
    house.chair().closes().await;
    house.comes_to("2026-12-18 09:00").await;
    let second = told_directly(&house.chair(), "session 2 · the circulation of the minutes is due");
    assert_eq!(second.len(), 1, "a clock of its own");
    house.close().await;
}

/// Shows: TIM-20.
#[tokio::test(flavor = "multi_thread")]
async fn a_write_up_after_a_day_says_by_how_much_it_was_late() {
    let house = held(WITH_FIGURES, "2026-12-11 14:30", "meeting").await;
    let due = section(&house.minutes().await, "Write-up and sign-off");
    assert!(due.contains("12 December 2026 14:30"), "{due}");
    house.comes_to("2026-12-12 19:45").await;
    house.chair().slash(&["chair", "sign"], &[]).await;
    house.chair().slash(&["chair", "circulate"], &[]).await;
    let log = section(&house.minutes().await, "Write-up and sign-off");
    assert!(log.contains("late by 5 h 15 min"), "{log}");
    house.close().await;
}

/// Shows: TIM-23.
#[tokio::test(flavor = "multi_thread")]
async fn one_warning_before_a_deadline_and_one_notice_after_it_without_a_word_of_the_case() {
    let house = held("remote-format", "2026-12-07 11:00", "meeting").await;
    // Five days end on Saturday: the morning of that day is warning enough.
    house.comes_to("2026-12-12 08:59").await;
    assert!(told_directly(&house.chair(), "the minutes is due").is_empty());
    house.comes_to("2026-12-12 09:00").await;
    assert_eq!(told_directly(&house.chair(), "the circulation of the minutes is due 12 December 2026 23:59").len(), 1);
    house.comes_to("2026-12-13 00:05").await;
    house.comes_to("2026-12-15 00:05").await;
    let missed = "the circulation of the minutes was due 12 December 2026 23:59";
    // The team manager chairs and is the manager the procedure names, and hears of it once.
    assert_eq!(told_directly(&house.chair(), missed).len(), 1);
    assert_eq!((house.db_count("deadline_near").await, house.db_count("deadline_missed").await), (1, 1));
    for post in house.posts_outside().await {
        assert!(!CASE_WORDS.iter().any(|word| post.text.contains(word)), "{}", post.text);
    }
    house.close().await;
}

/// Shows: TIM-23.
#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_is_not_held_in_time_is_told_to_convenor_and_managers() {
    let house = House::under(WITH_FIGURES, "2026-12-07 10:00").await;
    convened(&house, &[("received", "7 December 2026 08:30")], "meeting").await;
    house.comes_to("2026-12-07 21:59").await;
    assert_eq!(told_directly(&house.social_worker(), "the session is due 7 December 2026 23:59").len(), 1);
    house.comes_to("2026-12-08 00:05").await;
    let missed = "the session was due 7 December 2026 23:59";
    assert_eq!(told_directly(&house.social_worker(), missed).len(), 1);
    assert_eq!(told_directly(&house.chair(), missed).len(), 1, "the team manager is told as manager");
    assert!(told_directly(&house.police(), missed).is_empty());
    house.close().await;
}

/// Shows: TIM-22.
#[tokio::test(flavor = "multi_thread")]
async fn a_figure_of_the_authoritys_own_is_marked_as_local() {
    let house = held("audit-assured", "2026-12-07 14:00", "meeting").await;
    let due = section(&house.minutes().await, "Recording and circulation");
    assert!(due.contains("8 December 2026 23:59") && due.contains("local value"), "{due}");
    house.close().await;
}

/// Shows: TIM-25.
#[tokio::test(flavor = "multi_thread")]
async fn a_record_across_the_clock_change_says_which_hour_it_means() {
    let house = House::under("remote-format", "2027-10-30 23:00").await;
    let (chair, _) = convened(&house, &[("received", "30 October 2027 22:00")], "meeting").await;
    house.comes_to("2027-10-31 00:40").await;
    chair.invites(Cast::Police).await;
    chair.opens().await;
    house.police().accepts().await;
    house.passes(40).await;
    house.police().passes_the_door().await;
    house.passes(60).await;
    // Twenty past one comes twice that night.
    house.social_worker().invites(Cast::HealthVisitor).await;
    house.health_visitor().accepts().await;
    house.health_visitor().passes_the_door().await;
    chair.slash(&["chair", "close"], &[("reason", "not reached, next session")]).await;
    let minutes = house.minutes().await;
    assert!(minutes.contains("opened 00:40 BST, closed 01:20 GMT"), "{minutes}");
    let first = minutes.find("joined 01:20 BST").expect("the officer joined in summer time");
    let second = minutes.find("joined 01:20 GMT").expect("the health visitor joined in winter time");
    assert!(first < second);
    house.close().await;
}
