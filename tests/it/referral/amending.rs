//! Who referred, when, and on what grounds: shown as it stands, asked again where it is missing, and put right.

use convenor::domain::event::Event;

use crate::referral::{asked_once_more, convened_with, left_open_by, under};
use crate::support::{Cast, House, PROCEDURES, section};

/// Shows: REF-01.
#[tokio::test(flavor = "multi_thread")]
async fn referrer_route_and_both_times_stand_in_the_opening_and_in_the_minutes() {
    for procedure in PROCEDURES {
        let house = under(procedure).await;
        let (received, known) = (house.moment(-90), house.moment(-30 * 60));
        let given = [("received", received.as_str()), ("known", &known), ("taken_by", "Ines Barrow, duty desk")];
        let convenor = convened_with(&house, &given).await;
        convenor.opens().await;
        let opening = house.room_posts().await.remove(0);
        for words in [
            "Telephone, from the ward · from Sister Hale, Ward sister, Larkshire General Hospital",
            &format!("Received {received} · became known {known} · the clocks run from when it was received"),
            "Registered by Rowan Ashby, Social worker, Larkshire Children's Services",
            "taken by Ines Barrow, duty desk",
        ] {
            assert!(opening.contains(words), "{procedure}, {words}: {opening}");
        }
        let referral = section(&house.minutes().await, "Referral");
        for words in [
            &format!("Referral received: {received}"),
            &format!("Information known: {known}"),
            "The clocks run from: receipt of the referral",
            "How it came: Telephone, from the ward",
            "Referrer: Sister Hale, Ward sister, Larkshire General Hospital",
            "Taken by: Ines Barrow, duty desk",
            "Registered by: Rowan Ashby, Social worker, Larkshire Children's Services",
        ] {
            assert!(referral.contains(words), "{procedure}, {words}: {referral}");
        }
        house.close().await;
    }
}

/// Shows: REF-01.
#[tokio::test(flavor = "multi_thread")]
async fn a_missing_received_time_is_marked_asked_again_and_can_be_supplied() {
    for procedure in PROCEDURES {
        let house = under(procedure).await;
        let got = house.social_worker().registers_with(&[]).await;
        assert_eq!(got.code(), "received_at");
        assert!(got.text().contains("Received time not recorded"), "{}", got.text());
        house.social_worker().lists_the_child().await;
        house
            .social_worker()
            .slash(&["strategy", "convene"], &[("form", "meeting"), ("starts", "tomorrow 9.30")])
            .await;
        let convenor = house.social_worker();
        convenor.opens().await;
        assert!(left_open_by(&house, &convenor).await.contains("• Received time not recorded"));
        assert!(asked_once_more(&house).await.contains("• Received time not recorded"));
        let before = house.minutes().await;
        assert!(section(&before, "Referral").contains("Referral received: not recorded"), "{before}");
        assert!(before.contains("| Received time not recorded | the session | the whole | still open |"), "{before}");

        let received = house.moment(-90);
        let got = convenor.presses("amend", &[("received", &received)]).await;
        assert_eq!(got.code(), "referral_amended", "{}", got.text());
        assert!(house.room_has(&format!("Received {received}")).await);
        let after = house.minutes().await;
        let referral = section(&after, "Referral");
        assert!(referral.contains(&format!("Referral received: {received}")), "{referral}");
        let by = "by Rowan Ashby, Social worker, Larkshire Children's Services: when it was received";
        assert!(referral.contains("Amended: ") && referral.contains(by), "{referral}");
        assert!(after.contains("| Received time not recorded | the session | the whole | answered since |"), "{after}");

        let journal = house.db_journal().await;
        let Event::ReferralRegistered { referral, .. } = &journal[0].event else { panic!("it begins with it") };
        assert_eq!(referral.received_at, None, "what was registered stays in the journal");
        let signed = convenor.presses("sign", &[]).await;
        if signed.code() == "title_not_earned" {
            convenor.presses_in(&signed, "sign_untitled", &[]).await;
        }
        convenor.presses("circulate", &[]).await;
        let late = convenor.slash(&["strategy", "amend"], &[("route", "By letter")]).await;
        assert_eq!(late.code(), "already_closed");
        house.close().await;
    }
}

/// Shows: REF-01.
#[tokio::test(flavor = "multi_thread")]
async fn the_deadline_moves_with_what_the_clocks_run_from() {
    let house = under("practice-guidance").await;
    let (received, known) = (house.moment(-90), house.moment(-30 * 60));
    let convenor = convened_with(&house, &[("received", &received)]).await;
    assert!(house.board().await.text.contains("hold by 7 December 2026 23:59"), "{}", house.board().await.text);
    convenor.slash(&["strategy", "amend"], &[("known", &known)]).await;
    assert!(house.board().await.text.contains("hold by 7 December 2026 23:59"), "known alone moves nothing");
    let got = convenor.slash(&["strategy", "amend"], &[("clock_from", "known")]).await;
    assert!(got.text().contains("hold by 6 December 2026 23:59"), "{}", got.text());
    assert!(house.board().await.text.contains("hold by 6 December 2026 23:59"), "{}", house.board().await.text);
    convenor.opens().await;
    let opening = house.room_posts().await.remove(0);
    let times = format!("Received {received} · became known {known} · the clocks run from when it became known");
    assert!(opening.contains(&times), "{opening}");
    let minutes = house.minutes().await;
    let referral = section(&minutes, "Referral");
    assert!(referral.contains(&format!("Referral received: {received}")), "{referral}");
    assert!(referral.contains(&format!("Information known: {known}")), "{referral}");
    assert!(minutes.contains("6 December 2026 23:59: the same day as when the information became known"), "{minutes}");
    assert!(minutes.contains("Held late: yes"), "{minutes}");
    house.close().await;
}

/// Shows: REF-01.
#[tokio::test(flavor = "multi_thread")]
async fn when_it_was_received_and_known_is_read_backwards_and_never_lies_ahead() {
    let house = under("practice-guidance").await;
    let convenor = convened_with(&house, &[("received", "Sunday 4pm"), ("known", "last night at 7")]).await;
    assert!(house.board().await.text.contains("hold by 6 December 2026 23:59"), "{}", house.board().await.text);
    let referral = section(&house.minutes().await, "Referral");
    assert!(referral.contains("Referral received: 6 December 2026 16:00"), "{referral}");
    assert!(referral.contains("Information known: 6 December 2026 19:00"), "{referral}");

    for (given, words) in [
        ("today 4pm", "is still to come"),
        ("today 4pm", "Did you mean 6 December 2026 16:00?"),
        ("14/12/2026 9am", "is still to come"),
        ("yesterday", "doesn't say the time"),
        ("last night at 12", "6 December 2026 23:59 or 7 December 2026 00:00"),
    ] {
        let asked_back = convenor.slash(&["strategy", "amend"], &[("received", given)]).await;
        assert_eq!(asked_back.code(), "not_a_time", "{given}");
        assert!(asked_back.text().contains(words), "{given}, {words}: {}", asked_back.text());
    }
    assert_eq!(house.db_count("referral_amended").await, 0);
    convenor.slash(&["strategy", "amend"], &[("received", "an hour ago")]).await;
    assert!(house.board().await.text.contains("hold by 7 December 2026 23:59"), "{}", house.board().await.text);
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_whoever_convenes_or_chairs_puts_the_referral_right() {
    let house = House::gathered().await;
    let refused = house.police().slash(&["strategy", "amend"], &[("route", "By letter")]).await;
    assert_eq!(refused.code(), "for_convenor");
    let empty = house.social_worker().slash(&["strategy", "amend"], &[]).await;
    assert_eq!(empty.code(), "nothing_given");
    let given = [("referrer_agency", "Larkshire Hospitals"), ("high_status", "true"), ("injury", "true")];
    let got = house.who(Cast::TeamManager).slash(&["strategy", "amend"], &given).await;
    assert_eq!(got.code(), "referral_amended", "the chair may: {}", got.text());
    let referral = section(&house.minutes().await, "Referral");
    assert!(referral.contains("Referrer: Sister Hale, Ward sister, Larkshire Hospitals"), "the rest stays: {referral}");
    assert!(referral.contains("an injury is reported"), "{referral}");
    house.close().await;
}

/// Shows: REF-03.
#[tokio::test(flavor = "multi_thread")]
async fn missing_grounds_are_marked_asked_again_and_stand_in_the_reason_once_given() {
    for procedure in PROCEDURES {
        let house = under(procedure).await;
        let convenor = house.social_worker();
        let got = convenor.registers_with(&[("received", &house.moment(-90)), ("grounds", "")]).await;
        assert_eq!(got.code(), "grounds");
        assert!(got.text().contains("Grounds not stated"), "{}", got.text());
        convenor.lists_the_child().await;
        let starts = house.moment(60);
        let given = [("form", "meeting"), ("starts", starts.as_str())];
        let convened = convenor.slash(&["strategy", "convene"], &given).await;
        assert!(convened.text().contains("Grounds not stated"), "{}", convened.text());
        assert_eq!(house.db_count("session_convened").await, 1, "it is convened all the same");
        convenor.opens().await;
        assert!(house.room_has("**Reason** not stated").await);
        assert!(left_open_by(&house, &convenor).await.contains("• Grounds not stated"));
        assert!(asked_once_more(&house).await.contains("• Grounds not stated"));
        let reason = section(&house.minutes().await, "Reason");
        assert!(reason.contains("Causes for concern: not stated"), "{reason}");
        convenor.presses("amend", &[("grounds", "A burn to the hand, explained in two ways")]).await;
        let reason = section(&house.minutes().await, "Reason");
        assert!(reason.contains("Causes for concern: A burn to the hand, explained in two ways"), "{reason}");
        assert!(reason.contains("Threshold: reasonable cause to suspect that a child is suffering"), "{reason}");
        house.close().await;
    }
}
