//! The chair's seat: a vice-chair, handing over, and a chair who is silent.

use convenor::config::Config;
use convenor::domain::stage::Stage;

use crate::support::{Cast, House, PROCEDURES};

/// In the chair's words for it: who, from a list.
async fn seat_of(house: &House, who: Cast) -> String {
    house.chair().picks(&["chair", "vice-chair"], "who", who.name()).await
}

async fn names_vice_chair(house: &House, who: Cast) {
    let seat = seat_of(house, who).await;
    let got = house.chair().presses("vice_chair", &[("who", &seat)]).await;
    assert_eq!(got.code(), "vice_chair_named", "{}", got.text());
}

fn fact(minutes: &str, label: &str) -> String {
    minutes.lines().find(|line| line.starts_with(&format!("- {label}: "))).unwrap_or_default().to_owned()
}

/// Shows: SES-04.
#[tokio::test(flavor = "multi_thread")]
async fn the_chair_names_a_vice_chair_and_hands_over_with_one_press_and_back() {
    let house = House::at(Stage::Open).await;
    names_vice_chair(&house, Cast::SocialWorker).await;
    assert!(house.board().await.text.contains("**Vice-chair** Rowan Ashby"));
    assert!(house.room_has("Rowan Ashby, Social worker, Larkshire Children's Services is vice-chair").await);
    house.passes(5).await;
    let given = house.chair().presses("hand_over", &[]).await;
    assert_eq!(given.code(), "chair_not_within_rule", "one press, and the mark: {}", given.text());
    assert!(
        house
            .room_has(
                "Rowan Ashby, Social worker, Larkshire Children's Services has the chair**, handed over by Imogen Vale"
            )
            .await
    );
    let former = house.chair().presses("next", &[]).await;
    assert_eq!(former.code(), "for_chair", "{}", former.text());
    assert!(former.text().contains("Rowan Ashby"), "{}", former.text());
    let taken = house.chair().slash(&["chair", "take"], &[]).await;
    assert_eq!(taken.code(), "chair_not_silent", "what was handed over is not taken back: {}", taken.text());
    let now = house.social_worker().presses("next", &[]).await;
    assert_eq!(now.code(), "order_announced", "{}", now.text());
    house.passes(5).await;
    let back = seat_of(&house, Cast::TeamManager).await;
    house.social_worker().presses("hand_over", &[("who", &back)]).await;
    house.passes(5).await;
    house.chair().closes().await;
    let minutes = house.minutes().await;
    let chaired = fact(&minutes, "Who chaired");
    let parts = [
        "Imogen Vale, Team manager, Larkshire Children's Services, from 10:00 to 10:05",
        "Rowan Ashby, Social worker, Larkshire Children's Services, from 10:05 to 10:10 (handed over)",
        "Imogen Vale, Team manager, Larkshire Children's Services, from 10:10 to 10:15 (handed over)",
    ];
    for part in parts {
        assert!(chaired.contains(part), "{part}: {chaired}");
    }
    assert!(fact(&minutes, "Vice-chair").contains("Rowan Ashby"));
    assert_eq!(house.db_count("chair_taken").await, 2, "logged");
    house.close().await;
}

/// Shows: SES-04.
#[tokio::test(flavor = "multi_thread")]
async fn without_a_vice_chair_the_item_is_open_and_nothing_stops() {
    for procedure in PROCEDURES {
        let house = House::under_at(procedure, Stage::Open).await;
        let open = house.chair().closes().await;
        assert!(open.contains("• No vice-chair named"), "{procedure}: {open}");
        assert!(fact(&house.minutes().await, "Vice-chair").contains("nobody named"), "{procedure}");
        house.close().await;
    }
}

/// Everybody in, a vice-chair named, and somebody else within the rule; the session sits.
async fn sitting() -> House {
    let house = House::gathered().await;
    house.enrols_as(Cast::SchoolNurse, "Team manager", Cast::TeamManager, None).await;
    let account = house.account(Cast::SchoolNurse).to_string();
    house.social_worker().slash(&["strategy", "invite"], &[("person", &account)]).await;
    house.who(Cast::SchoolNurse).accepts().await;
    house.who(Cast::SchoolNurse).passes_the_door().await;
    house.chair().opens().await;
    names_vice_chair(&house, Cast::SocialWorker).await;
    house
}

/// Shows: SES-05.
#[tokio::test(flavor = "multi_thread")]
async fn a_silent_chair_is_offered_to_the_vice_chair_and_then_to_others_and_taken_back_with_one_press() {
    let house = sitting().await;
    assert!(house.config.procedures.values().all(|procedure| procedure.waits.chair_silent_minutes == 10));
    house.passes(9).await;
    let early = house.social_worker().slash(&["chair", "take"], &[]).await;
    assert_eq!(early.code(), "chair_not_silent", "{}", early.text());
    assert!(early.text().contains("Imogen Vale did something less than 10 minutes ago"), "{}", early.text());
    house.passes(1).await;
    let offer = house.room_posts().await.pop().expect("it is offered");
    assert!(offer.contains("has done nothing for 10 minutes. Rowan Ashby"), "{offer}");
    assert!(!offer.contains("Bela Marsh"), "the vice-chair first: {offer}");
    let too_soon = house.who(Cast::SchoolNurse).presses("take_chair", &[]).await;
    assert_eq!(too_soon.code(), "not_yours_to_chair", "{}", too_soon.text());
    house.passes(10).await;
    let offer = house.room_posts().await.pop().expect("it is offered again");
    assert!(offer.contains("Bela Marsh") && !offer.contains("Rowan Ashby"), "then the others: {offer}");
    let police = house.police().presses("take_chair", &[]).await;
    assert_eq!(police.code(), "not_yours_to_chair", "{}", police.text());
    house.passes(30).await;
    assert_eq!(house.db_count("chair_silent").await, 2, "each once");

    let taken = house.who(Cast::SchoolNurse).presses("take_chair", &[]).await;
    assert_eq!(taken.code(), "chair_taken", "{}", taken.text());
    assert!(house.room_has("Bela Marsh, Team manager, Larkshire Children's Services has taken the chair**").await);
    assert_eq!(house.who(Cast::SchoolNurse).presses("next", &[]).await.code(), "order_announced");
    house.passes(2).await;
    assert!(house.board().await.button("Take the chair back").is_some());
    let back = house.chair().presses("take_chair", &[]).await;
    assert_eq!(back.code(), "chair_taken", "{}", back.text());
    assert!(house.room_has("has taken the chair back** from Bela Marsh").await);
    let chaired = fact(&house.minutes().await, "Who chaired");
    for part in ["from 10:00 to 10:50", "from 10:50 to 10:52 (taken over, the chair being silent)", "(taken back)"] {
        assert!(chaired.contains(part), "{part}: {chaired}");
    }
    house.close().await;
}

/// Shows: SES-05.
#[tokio::test(flavor = "multi_thread")]
async fn whatever_the_chair_does_ends_the_silence() {
    let house = sitting().await;
    house.passes(9).await;
    house.chair().presses("next", &[]).await;
    house.passes(9).await;
    assert_eq!(house.db_count("chair_silent").await, 0);
    house.passes(1).await;
    assert_eq!(house.db_count("chair_silent").await, 1);
    let here = house.chair().presses("still_here", &[]).await;
    assert_eq!(here.code(), "still_chairing", "{}", here.text());
    let late = house.social_worker().presses("take_chair", &[]).await;
    assert_eq!(late.code(), "chair_not_silent", "{}", late.text());
    assert!(house.board().await.button("Take the chair").is_none());
    house.close().await;
}

/// Shows: SES-05.
#[tokio::test(flavor = "multi_thread")]
async fn how_long_a_chair_may_be_silent_is_the_procedures() {
    let mut config = Config::built_in();
    config.procedures.get_mut("remote-format").expect("it ships").waits.chair_silent_minutes = 7;
    let house = House::configured(config, "remote-format").await;
    house.gathers().await;
    house.chair().opens().await;
    names_vice_chair(&house, Cast::SocialWorker).await;
    house.passes(6).await;
    let early = house.social_worker().slash(&["chair", "take"], &[]).await;
    assert_eq!(early.code(), "chair_not_silent", "{}", early.text());
    assert!(early.text().contains("less than 7 minutes ago"), "{}", early.text());
    assert_eq!(house.db_count("chair_silent").await, 0);
    house.passes(1).await;
    assert!(house.room_has("has done nothing for 7 minutes. Rowan Ashby").await);
    house.social_worker().presses("take_chair", &[]).await;
    assert_eq!(house.db_count("chair_taken").await, 1);
    house.close().await;
}
