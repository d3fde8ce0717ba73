//! From the referral to the invitations.

mod amending;
mod conversations;
mod editions;
mod high_status;
mod trigger;
mod unborn;

use crate::support::{CASE_WORDS, Cast, House, Member};
use convenor::domain::stage::Stage;

/// Monday morning under a procedure.
async fn under(procedure: &str) -> House {
    House::under(procedure, "2026-12-07 10:00").await
}

/// The social worker registers with these in place of what is usual, lists the child, and chairs the session.
async fn convened_with<'h>(house: &'h House, more: &[(&str, &str)]) -> Member<'h> {
    let convenor = house.social_worker();
    convenor.registers_with(more).await;
    convenor.lists_the_child().await;
    convenor.slash(&["strategy", "convene"], &[("form", "meeting"), ("starts", &house.moment(60))]).await;
    convenor
}

/// Closes over whatever is open, and waits for the draft; gives what the room was told stays open.
async fn left_open_by(house: &House, chair: &Member<'_>) -> String {
    let open = chair.closes().await;
    house.passes(1).await;
    open
}

/// What the bot asks once more when there is a draft.
async fn asked_once_more(house: &House) -> String {
    let asked = house.room_posts().await.into_iter().find(|post| post.contains("asked once more"));
    asked.unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_referral_is_registered_and_answered_privately_with_its_code_name() {
    let house = House::open().await;
    let got = house.social_worker().registers().await;
    let name = house.store.cases().await.expect("the store can be read").remove(0).code_name;
    assert!(got.is_private() && got.text().contains(&name.0), "{}", got.text());
    assert!(got.text().contains("as soon as possible, 1 h 30 min since the referral"), "{}", got.text());
    assert!(house.posts_outside().await.is_empty());
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_referral_without_a_received_time_is_saved_and_listed_as_open() {
    let house = House::open().await;
    let got = house.social_worker().registers_with(&[]).await;
    assert_eq!(got.code(), "received_at");
    house.social_worker().lists_the_child().await;
    house.social_worker().convenes().await;
    house.chair().accepts().await;
    house.chair().passes_the_door().await;
    house.chair().opens().await;
    house.chair().slash(&["chair", "close"], &[("reason", "not reached, next session")]).await;
    assert!(house.room_has("Received time not recorded").await);
    assert!(house.minutes().await.contains("when the referral was received is not recorded"));
    house.close().await;
}

/// Shows: SEC-01.
#[tokio::test(flavor = "multi_thread")]
async fn convening_opens_a_channel_nobody_but_the_convenor_sees() {
    let house = House::open().await;
    house.social_worker().registers().await;
    house.social_worker().lists_the_child().await;
    house.social_worker().convenes().await;
    let room = house.room().await.expect("the channel is there");
    for who in Cast::ALL {
        let sees = house.who(who).sees_the_room().await;
        assert_eq!(sees, who == Cast::SocialWorker, "{who:?}");
    }
    let channel = house.workspace.channels().into_iter().find(|channel| channel.id == room).expect("it is there");
    assert_eq!(channel.topic.as_deref(), Some("Strategy meeting"));
    for who in [Cast::Police, Cast::HealthVisitor] {
        house.social_worker().invites(who).await;
        house.who(who).accepts().await;
        assert!(!house.who(who).sees_the_room().await, "accepting is not yet the door");
    }
    house.police().passes_the_door().await;
    assert!(house.police().sees_the_room().await);
    assert!(!house.health_visitor().sees_the_room().await && !house.who(Cast::SecondOfficer).sees_the_room().await);
    house.close().await;
}

/// Shows: REF-09.
#[tokio::test(flavor = "multi_thread")]
async fn the_label_chosen_at_convening_is_said_everywhere() {
    for (form, label) in [("meeting", "Strategy meeting"), ("discussion", "Strategy discussion")] {
        let house = House::open().await;
        let convenor = house.social_worker();
        convenor.registers().await;
        convenor.lists_the_child().await;
        convenor.slash(&["strategy", "convene"], &[("form", form), ("starts", "7 December 2026 11:00")]).await;
        convenor.opens().await;
        let topic = convenor.channels().into_iter().find_map(|channel| channel.topic);
        assert_eq!(topic.as_deref(), Some(label));
        assert!(house.room_has(&format!("# {label}")).await);
        assert!(house.minutes().await.contains(&format!("{label}, session 1")));
        house.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_asks_for_five_things_and_says_nothing_of_the_child() {
    let house = House::convened().await;
    let cards = house.police().reads();
    let card = cards.last().expect("the card is in the duty channel");
    for line in &house.config.procedures["remote-format"].prepare {
        assert!(card.text.contains(line.as_str()), "{line} is missing: {}", card.text);
    }
    assert_eq!(card.text.matches('•').count(), 5);
    for post in house.posts_outside().await {
        for word in CASE_WORDS {
            assert!(!post.text.contains(word), "{word} stands in {}", post.text);
        }
    }
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_look_up_sheet_is_for_the_person_who_accepted_alone() {
    let house = House::convened().await;
    let accepted = house.police().accepts().await;
    let sheet = house.police().presses_in(&accepted, "look_up", &[]).await;
    assert!(sheet.is_private());
    assert!(sheet.text().contains("Ellis Quillfeather") && sheet.text().contains("14 Pockmarrow Lane"));
    assert_eq!(house.db_count("look_up_opened").await, 1);

    let colleague = house.who(Cast::SecondOfficer).presses("look_up", &[]).await;
    assert_eq!(colleague.code(), "not_seated");
    assert!(CASE_WORDS.iter().all(|word| !colleague.text().contains(word)), "{}", colleague.text());
    assert_eq!(house.db_count("look_up_opened").await, 1);
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_colleague_who_comes_second_hears_who_accepted() {
    let house = House::convened().await;
    let card = house.who(Cast::SecondOfficer).reads().pop().expect("the card is there");
    let accept = card.button("I'll attend").and_then(|button| button.custom_id).expect("it can be accepted");
    let (first, second) = (house.police(), house.who(Cast::SecondOfficer));
    let both = tokio::join!(first.person.press(card.id, &accept), second.person.press(card.id, &accept));
    house.settle().await;
    let texts = [both.0.expect("pressed"), both.1.expect("pressed")].map(|response| response.text().to_owned());
    assert_eq!(texts.iter().filter(|text| text.contains("you have accepted")).count(), 1, "{texts:?}");
    assert_eq!(texts.iter().filter(|text| text.contains("has already accepted")).count(), 1, "{texts:?}");
    assert_eq!(house.db_count("invitation_accepted").await, 1);
    house.close().await;
}

/// Shows: REF-15.
#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_never_opened_earns_no_title() {
    let house = House::gathered().await;
    let signed = house.chair().slash(&["chair", "sign"], &[]).await;
    let circulated = house.chair().slash(&["chair", "circulate"], &[]).await;
    assert_eq!((signed.code(), circulated.code()), ("unearned_title", "unearned_title"));
    assert!(house.minutes().await.contains("the strategy meeting was not opened"));
    house.chair().opens().await;
    let opening = house.room_posts().await.remove(0);
    assert!(opening.contains("# Strategy meeting"), "{opening}");
    assert!(opening.contains("statutory strategy meeting, not an informal professionals' meeting"), "{opening}");
    house.goes_on_to(Stage::Sharing).await;
    house.close().await;
}
