//! The date of a session: not fixed yet, given, and put back.

use crate::support::{CASE_WORDS, Cast, House, PROCEDURES};

const OPENED: &str = "2026-12-07 10:00";

/// Registered after an assessment, and convened without a date.
async fn without_a_date(procedure: &str) -> House {
    let house = House::under(procedure, OPENED).await;
    let convenor = house.social_worker();
    let received = house.moment(-90);
    let after = [
        ("received", received.as_str()),
        ("trigger_point", "following_assessment"),
        ("urgency", "post_assessment"),
        ("grounds", "A spiral fracture seen on the ward"),
    ];
    convenor.registers_with(&after).await;
    convenor.lists_the_child().await;
    let chair = house.account(Cast::TeamManager).to_string();
    let got = convenor.slash(&["strategy", "convene"], &[("form", "discussion"), ("chair", &chair)]).await;
    assert_eq!(got.code(), "no_date_fixed", "{procedure}: {}", got.text());
    house
}

fn times_asked(house: &House) -> usize {
    let messages = house.social_worker().person.direct_messages();
    messages.iter().filter(|message| message.text.contains("no date is fixed")).count()
}

/// Shows: REF-07.
#[tokio::test(flavor = "multi_thread")]
async fn without_a_date_partners_hear_the_same_day_and_the_convenor_is_asked_each_day() {
    for procedure in PROCEDURES {
        let house = without_a_date(procedure).await;
        let convenor = house.social_worker();
        house.passes(45).await;
        convenor.invites(Cast::Police).await;
        let board = house.board().await.text;
        assert!(board.contains("No date fixed yet") && board.contains("Date and time of the session"), "{board}");
        let card = house.police().reads().pop().expect("the invitation left").text;
        assert!(card.contains("No date fixed yet"), "{card}");
        assert!(card.contains("Information-sharing notice, 7 December 2026 10:45"), "{procedure}: {card}");
        house.police().accepts().await;

        assert_eq!(times_asked(&house), 0);
        house.comes_to("2026-12-08 08:59").await;
        assert_eq!(times_asked(&house), 0);
        house.comes_to("2026-12-08 09:00").await;
        assert_eq!(times_asked(&house), 1);
        house.comes_to("2026-12-09 09:00").await;
        assert_eq!(times_asked(&house), 2);

        let got = convenor.presses("reschedule", &[("starts", "10 December 2026 14:00")]).await;
        assert_eq!(got.code(), "session_rescheduled", "{}", got.text());
        let board = house.board().await.text;
        assert!(board.contains("10 December 2026 14:00") && !board.contains("No date fixed"), "{board}");
        let seen = house.police().reads();
        let card = seen.iter().find(|message| message.text.contains("Information-sharing notice"));
        assert!(card.expect("the card stays").text.contains("10 December 2026 14:00"));
        assert!(seen.iter().any(|message| message.text.contains("now starts 10 December 2026 14:00")), "{procedure}");
        house.comes_to("2026-12-10 09:00").await;
        assert_eq!(times_asked(&house), 2, "nothing is asked any more");
        for post in house.posts_outside().await {
            assert!(CASE_WORDS.iter().all(|word| !post.text.contains(word)), "{}", post.text);
        }
        house.close().await;
    }
}

/// Closes a discussion whose partners were first invited on this day, and gives what stays open.
async fn open_after_inviting(procedure: &str, on: &str) -> String {
    let house = without_a_date(procedure).await;
    house.comes_to(on).await;
    house.social_worker().invites(Cast::Police).await;
    house.chair().accepts().await;
    house.chair().passes_the_door().await;
    house.chair().opens().await;
    house.chair().slash(&["chair", "close"], &[("reason", "not reached")]).await;
    let closed = house.room_posts().await.into_iter().find(|post| post.contains("stay open"));
    house.close().await;
    closed.expect("what stays open is listed")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_notice_that_came_a_day_late_stays_open_where_it_is_mandatory() {
    let item = "Information-sharing notice on the day of the recommendation";
    assert!(!open_after_inviting("practice-guidance", "2026-12-07 18:00").await.contains(item));
    assert!(open_after_inviting("practice-guidance", "2026-12-08 08:00").await.contains(item));
    assert!(!open_after_inviting("remote-format", "2026-12-08 08:00").await.contains(item));
}

/// Shows: TIM-08.
#[tokio::test(flavor = "multi_thread")]
async fn putting_the_start_back_for_people_asks_how_it_was_weighed() {
    const WEIGHED: &str = "Put back for people to attend";
    for procedure in PROCEDURES {
        let house = House::under(procedure, OPENED).await;
        let convenor = house.social_worker();
        convenor.registers().await;
        convenor.lists_the_child().await;
        let convened = convenor.convenes().await;
        assert!(!convened.buttons().iter().any(|label| label == WEIGHED), "{procedure}: {:?}", convened.buttons());
        let earlier = house.moment(45);
        let sooner = [("for_attendance", "yes"), ("starts", earlier.as_str())];
        let got = convenor.slash(&["strategy", "reschedule"], &sooner).await;
        assert!(!got.buttons().iter().any(|label| label == WEIGHED), "sooner is not put back: {:?}", got.buttons());

        let later = house.moment(300);
        let put_back = [("for_attendance", "yes"), ("starts", later.as_str())];
        let got = convenor.slash(&["strategy", "reschedule"], &put_back).await;
        assert_eq!(got.code(), "session_rescheduled", "{}", got.text());
        let shown = got.response.message().expect("it is answered");
        let button = shown.buttons().into_iter().find(|button| button.label == WEIGHED);
        let id = button.and_then(|button| button.custom_id).unwrap_or_else(|| panic!("{procedure} asks for it"));
        let modal = convenor.person.press(shown.id, &id).await.expect("it can be pressed");
        assert_eq!(modal.modal().expect("a form opens").fields.len(), 3);
        let said = [
            ("risk_to_child", "Low on the ward"),
            ("forensic_evidence", "The clothing is kept"),
            ("interim_safety", "A nurse stays with the child"),
        ];
        convenor.presses_this(shown.id, &id, &said).await;
        let minutes = house.minutes().await;
        for (_, words) in said {
            assert!(minutes.contains(words), "{procedure}: {words} is missing");
        }
        house.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_start_is_the_convenors_to_change_until_the_session_opens() {
    let house = House::gathered().await;
    let later = house.moment(120);
    let given = [("for_attendance", "no"), ("starts", later.as_str())];
    let refused = house.police().slash(&["strategy", "reschedule"], &given).await;
    assert_eq!(refused.code(), "for_convenor");
    house.chair().opens().await;
    let late = house.social_worker().slash(&["strategy", "reschedule"], &given).await;
    assert_eq!(late.code(), "not_at_this_stage");
    house.close().await;
}
