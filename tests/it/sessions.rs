//! One referral, one case: its reference, its later sessions, and the cases beside it.

use convenor::domain::stage::Stage;

use crate::support::{Cast, Got, House};

/// A short first session, closed, signed and circulated, and a second one convened.
async fn with_a_second_session() -> House {
    let house = House::at(Stage::ReadBack).await;
    house.chair().slash(&["chair", "close"], &[("reason", "further discussion tomorrow")]).await;
    house.has_drafted().await;
    house.chair().slash(&["chair", "sign"], &[]).await;
    house.chair().slash(&["chair", "circulate"], &[]).await;
    house.social_worker().convenes().await;
    house
}

async fn referred(house: &House, reference: &str) -> String {
    let given = [
        ("reference", reference),
        ("trigger_point", "at_referral"),
        ("trigger_type", "incident"),
        ("threshold", "suffering"),
        ("urgency", "serious_risk"),
        ("grounds", "A second household, the same family"),
    ];
    house.social_worker().slash(&["strategy", "register"], &given).await;
    house.store.cases().await.expect("the store can be read").pop().expect("it is registered").code_name.0
}

/// Shows: REF-14.
#[tokio::test(flavor = "multi_thread")]
async fn a_reference_that_has_a_case_begins_no_second_one() {
    let house = House::open().await;
    house.social_worker().registers().await;
    let first = house.store.cases().await.expect("the store can be read").remove(0).code_name.0;
    let again = house.social_worker().registers().await;
    assert_eq!(again.code(), "reference_has_case");
    assert!(again.is_private() && again.text().contains(&first), "{}", again.text());
    assert!(again.text().contains("/strategy convene"), "{}", again.text());
    assert!(again.text().contains("spiral fracture"), "what was typed comes back: {}", again.text());
    assert_eq!(referred(&house, " lcs-2026-0417 ").await, first, "however it is written");
    assert_eq!(house.store.cases().await.expect("the store can be read").len(), 1);
    assert_ne!(referred(&house, "LCS-2026-0418").await, first);
    house.close().await;
}

/// Shows: REF-14.
#[tokio::test(flavor = "multi_thread")]
async fn a_second_session_is_numbered_in_the_same_space_and_refers_to_the_record_of_the_first() {
    let house = with_a_second_session().await;
    for who in [Cast::TeamManager, Cast::Police, Cast::HealthVisitor] {
        if who != Cast::TeamManager {
            house.social_worker().invites(who).await;
        }
        house.who(who).accepts().await;
        house.who(who).passes_the_door().await;
    }
    house.chair().opens().await;
    assert_eq!(house.store.cases().await.expect("the store can be read").len(), 1);
    let name = house.store.cases().await.expect("the store can be read").remove(0).code_name.0;
    assert_eq!(house.workspace.channels().into_iter().filter(|channel| channel.name == name).count(), 1);

    let follows = "session 1 on 7 December 2026, minutes version 1";
    let posts = house.room_posts().await;
    let opening = posts.iter().find(|post| post.contains("# Strategy meeting, Session 2")).expect("it opens");
    assert!(opening.contains(&format!("**Follows** {follows}")), "{opening}");
    let boards: Vec<_> = house.room_messages().await.into_iter().filter(|message| message.pinned).collect();
    let [first, second] = boards.as_slice() else { panic!("{} boards", boards.len()) };
    assert!(first.text.contains("session 1") && first.buttons().is_empty(), "{}", first.text);
    assert!(second.text.contains("session 2") && second.text.contains(follows), "{}", second.text);
    let minutes = house.minutes().await;
    assert!(minutes.contains("Strategy meeting, session 2"));
    assert!(minutes.contains(&format!("{follows}. The timeline of this investigation begins with the first.")));
    assert_eq!(house.db_count("session_opened").await, 2, "one timeline");
    assert_eq!(house.db_journal().await[0].event.kind(), "referral_registered");
    house.close().await;
}

/// Shows: REF-14.
#[tokio::test(flavor = "multi_thread")]
async fn people_of_the_first_session_are_invited_anew_and_stand_before_the_door_again() {
    let house = with_a_second_session().await;
    for who in Cast::ALL {
        assert_eq!(house.who(who).sees_the_room().await, who == Cast::SocialWorker, "{who:?}");
    }
    let uninvited = house.police().presses("confirm", &[]).await;
    assert_eq!(uninvited.code(), "not_seated");
    house.social_worker().invites(Cast::Police).await;
    let accepted = house.police().accepts().await;
    assert_eq!(accepted.code(), "invitation_accepted", "they have their seat already");
    assert!(!house.police().sees_the_room().await);
    house.police().passes_the_door().await;
    assert!(house.police().sees_the_room().await && !house.health_visitor().sees_the_room().await);
    house.close().await;
}

async fn links(house: &House, case: &str, other: &str) -> Got {
    let given = [("case", case), ("why_linked", "sibling"), ("linked_case", other)];
    house.social_worker().slash(&["strategy", "link"], &given).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_linked_case_is_shown_by_its_code_name_and_nothing_else() {
    let house = House::open().await;
    let sibling = referred(&house, "LCS-2026-0301").await;
    house.social_worker().registers().await;
    let case = house.store.cases().await.expect("the store can be read").remove(1).code_name.0;
    let unknown = links(&house, &case, "no-such-case").await;
    assert_eq!(unknown.code(), "unknown_case");
    assert!(unknown.text().contains("There is no other case called “no-such-case”"), "{}", unknown.text());
    assert_eq!(links(&house, &case, &case).await.code(), "unknown_case");
    assert_eq!(links(&house, &case, &sibling).await.code(), "case_linked");
    assert_eq!(links(&house, &case, &sibling).await.code(), "already_done");

    let given = [("case", case.as_str()), ("form", "meeting"), ("starts", "7 December 2026 11:00")];
    house.social_worker().slash(&["strategy", "convene"], &given).await;
    let shown = format!("{sibling} (a sibling's case)");
    let board = house.board().await.text;
    assert!(board.contains(&format!("**Linked** {shown}")), "{board}");
    let minutes = house.minutes().await;
    assert!(minutes.contains(&shown) && !minutes.contains("A second household"), "{minutes}");
    house.close().await;
}
