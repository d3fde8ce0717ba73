//! The session itself: by when, and what is asked when it comes late.

use super::{WITH_FIGURES, convened, told_directly};
use crate::support::{CASE_WORDS, Cast, House, section};

/// Shows: TIM-01.
#[tokio::test(flavor = "multi_thread")]
async fn convening_says_class_and_deadline_or_how_long_it_has_been() {
    let house = House::under(WITH_FIGURES, "2026-12-07 10:00").await;
    let (_, told) = convened(&house, &[("received", "7 December 2026 08:30")], "meeting").await;
    assert!(told.contains("Serious risk") && told.contains("hold by 7 December 2026 23:59"), "{told}");
    house.close().await;

    let house = House::under("seven-minute-briefing", "2026-12-07 10:00").await;
    let (_, told) = convened(&house, &[("received", "7 December 2026 08:30")], "meeting").await;
    assert!(told.contains("as soon as possible, 1 h 30 min since the referral"), "{told}");
    house.close().await;
}

/// Shows: TIM-02.
#[tokio::test(flavor = "multi_thread")]
async fn serious_risk_is_held_by_the_end_of_the_day_whatever_the_hour() {
    let house = House::under(WITH_FIGURES, "2026-12-07 23:15").await;
    let (convenor, told) = convened(&house, &[("received", "7 December 2026 23:10")], "meeting").await;
    assert!(told.contains("hold by 7 December 2026 23:59"), "{told}");

    let given = [("known", "6 December 2026 18:00"), ("clock_from", "known")];
    let amended = convenor.slash(&["strategy", "amend"], &given).await;
    assert!(amended.text().contains("hold by 6 December 2026 23:59"), "{}", amended.text());
    house.comes_to("2026-12-08 09:00").await;
    let opened = convenor.opens().await;
    assert_eq!(opened.code(), "not_quorate");
    let open = convenor.closes().await;
    assert!(open.contains("Why now"), "{open}");
    let minutes = house.minutes().await;
    assert!(minutes.contains("held late against the procedure's deadline"));
    let referral = section(&minutes, "Referral");
    assert!(referral.contains("7 December 2026 23:10") && referral.contains("6 December 2026 18:00"), "{referral}");
    house.close().await;
}

/// Shows: TIM-03.
#[tokio::test(flavor = "multi_thread")]
async fn a_complex_case_has_a_clock_of_its_own_for_its_meeting() {
    let received = ("received", "14 December 2026 09:00");
    let house = House::under(WITH_FIGURES, "2026-12-14 09:30").await;
    let (_, told) = convened(&house, &[received, ("urgency", "complex")], "meeting").await;
    assert!(told.contains("hold by 21 December 2026 23:59"), "{told}");
    house.close().await;

    let house = House::under(WITH_FIGURES, "2026-12-14 09:30").await;
    let (chair, told) = convened(&house, &[received, ("complex", "true")], "discussion").await;
    assert!(told.contains("hold by 14 December 2026 23:59"), "{told}");
    assert!(told.contains("Strategy meeting due by 21 December 2026 23:59"), "{told}");
    let board = house.board().await.text;
    assert!(board.contains("**Strategy meeting due** by 21 December 2026 23:59"), "{board}");
    chair.opens().await;
    let open = chair.closes().await;
    assert!(open.contains("Strategy meeting due, the case being complex"), "{open}");
    let minutes = house.minutes().await;
    assert!(minutes.contains("strategy meeting due by 21 December 2026 23:59"), "{minutes}");
    assert!(section(&minutes, "Timing").contains("21 December 2026 23:59"));
    house.close().await;
}

/// Shows: TIM-04.
#[tokio::test(flavor = "multi_thread")]
async fn a_need_for_immediate_protection_pulls_the_deadline_to_today_and_tells_who_is_invited() {
    let house = House::under(WITH_FIGURES, "2026-12-14 09:30").await;
    let more = [("received", "14 December 2026 09:00"), ("urgency", "complex")];
    let (convenor, _) = convened(&house, &more, "meeting").await;
    convenor.invites(Cast::Police).await;
    convenor.invites(Cast::HealthVisitor).await;
    house.police().accepts().await;
    let amended = convenor.slash(&["strategy", "amend"], &[("immediate_protection", "true")]).await;
    assert!(amended.text().contains("hold by 14 December 2026 23:59"), "{}", amended.text());
    assert_eq!(told_directly(&house.police(), "sooner than you were told: by 14 December 2026 23:59").len(), 1);
    let outside = house.posts_outside().await;
    let sooner: Vec<_> = outside.iter().filter(|post| post.text.contains("sooner than you were told")).collect();
    assert_eq!(sooner.len(), 2, "one to the officer who accepted, one to health's duty channel");
    for post in outside {
        assert!(!CASE_WORDS.iter().any(|word| post.text.contains(word)), "{}", post.text);
    }
    house.close().await;
}

/// Shows: TIM-05.
#[tokio::test(flavor = "multi_thread")]
async fn action_taken_first_sets_a_deadline_of_a_day_and_asks_why() {
    for (why, is_open) in [("Her father was on his way to collect her", false), ("", true)] {
        let house = House::under("audit-assured", "2026-12-06 18:00").await;
        let (convenor, _) = convened(&house, &[("received", "6 December 2026 16:00")], "meeting").await;
        let given = [
            ("prompt", "exceptional_action"),
            ("taken", "yes"),
            ("what", "Removed to a place of safety"),
            ("by_whom", "Sergeant Okafor"),
            ("at", "6 December 2026 16:20"),
            ("why", why),
        ];
        convenor.slash(&["chair", "prompt"], &given).await;
        let board = house.board().await.text;
        assert!(board.contains("hold by 7 December 2026 16:20"), "{board}");
        convenor.opens().await;
        let open = convenor.closes().await;
        assert_eq!(open.contains("Action before any discussion"), is_open, "{open}");
        let timing = section(&house.minutes().await, "Timing");
        assert!(timing.contains("Removed to a place of safety") && timing.contains(why), "{timing}");
        house.close().await;
    }
}

/// Shows: TIM-06.
#[tokio::test(flavor = "multi_thread")]
async fn the_chair_of_a_prompt_procedure_sees_how_long_it_has_been_and_every_heading_says_it() {
    for (procedure, is_told) in [("seven-minute-briefing", true), ("audit-assured", true), ("remote-format", false)] {
        let house = House::under(procedure, "2026-12-07 10:00").await;
        let (convenor, _) = convened(&house, &[("received", "7 December 2026 06:20")], "meeting").await;
        let opened = convenor.opens().await;
        assert_eq!(opened.text().contains("3 h 40 min after the referral"), is_told, "{procedure}: {}", opened.text());
        let minutes = house.minutes().await;
        let heading = minutes.split("\n## ").next().unwrap_or_default();
        assert!(heading.contains("Held 3 h 40 min after referral"), "{procedure}: {heading}");
        house.close().await;
    }
}

/// Shows: TIM-07.
#[tokio::test(flavor = "multi_thread")]
async fn the_record_lacks_the_reason_for_its_timing_until_it_is_given() {
    // Late under one procedure; on time under the one that always asks; on time where it may be skipped.
    let late = (WITH_FIGURES, "6 December 2026 09:00", true);
    for (procedure, received, is_open) in
        [late, ("audit-assured", "7 December 2026 09:00", true), (WITH_FIGURES, "7 December 2026 09:00", false)]
    {
        let house = House::under(procedure, "2026-12-07 10:00").await;
        let (convenor, _) = convened(&house, &[("received", received)], "meeting").await;
        convenor.opens().await;
        let open = convenor.closes().await;
        assert_eq!(open.contains("• Why now"), is_open, "{procedure}, received {received}: {open}");
        house.close().await;
    }
    let house = House::under("audit-assured", "2026-12-07 10:00").await;
    let (convenor, _) = convened(&house, &[("received", "6 December 2026 09:00")], "meeting").await;
    convenor.opens().await;
    let why = "Held once the hospital could take part";
    convenor.slash(&["chair", "prompt"], &[("prompt", "timing_rationale"), ("text", why)]).await;
    assert!(!convenor.closes().await.contains("• Why now"));
    assert!(section(&house.minutes().await, "Timing").contains(why));
    house.close().await;
}
