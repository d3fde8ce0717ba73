//! A second turn, the end of the round over somebody who was not heard, and the chair's word to a speaker.

use convenor::domain::stage::Stage;

use crate::support::{Cast, House};

async fn orders(house: &House) -> Vec<String> {
    house.room_posts().await.into_iter().filter(|post| post.contains("Order of sharing")).collect()
}

/// Shows: TURN-16.
#[tokio::test(flavor = "multi_thread")]
async fn the_chair_returns_to_a_speaker_who_is_next_and_the_change_is_announced() {
    let house = House::at(Stage::Sharing).await;
    house.social_worker().shares("Seen at home on Friday").await;
    house.social_worker().finishes().await;
    let worker = house.chair().picks(&["strategy", "absent"], "who", "Rowan Ashby").await;
    assert_eq!(house.police().presses("return_to", &[("who", &worker)]).await.code(), "for_chair");
    assert_eq!(house.chair().presses("return_to", &[("who", &worker)]).await.code(), "order_announced");
    let orders = orders(&house).await;
    assert_eq!((orders.len(), house.db_count("order_announced").await), (2, 2), "the old order stays in the log");
    assert!(orders[1].contains("3. Rowan Ashby") && orders[1].contains("4. Dana Okafor"), "{}", orders[1]);
    assert!(!house.room_has("(3 of 4)").await, "nobody is cut short by it");
    house.health_visitor().finishes().await;
    assert!(house.room_has("Rowan Ashby, Social worker, Larkshire Children's Services** has the floor (3 of 4)").await);
    house.social_worker().shares("And again on Sunday").await;
    house.social_worker().finishes().await;
    assert!(house.room_has("Larkshire Police** has the floor (4 of 4)").await);
    house.police().finishes().await;
    let again = house.chair().presses("return_to", &[("who", &worker)]).await;
    assert_eq!(again.code(), "order_announced");
    assert!(house.room_has("has the floor (5 of 5)").await, "after the last turn it is theirs at once");
    house.close().await;
}

/// Shows: TURN-17.
#[tokio::test(flavor = "multi_thread")]
async fn whoever_was_passed_over_is_offered_the_floor_again_on_return() {
    let house = House::at(Stage::Sharing).await;
    house.social_worker().finishes().await;
    house.health_visitor().slash(&["strategy", "leave"], &[]).await;
    house.chair().presses("move_on", &[("reason", "lost_connection")]).await;
    assert!(!house.board().await.text.contains("Heard** Rowan Ashby · Priya Nandy"), "passed over is not heard");
    assert!(house.room_has("Larkshire Police** has the floor (3 of 3)").await);
    house.passes(1).await;
    let back = house.health_visitor().presses("back", &[]).await;
    assert_eq!(back.code(), "arrived");
    assert!(house.room_has("Priya Nandy, Health visitor, Larkshire Community Health joined").await);
    assert!(orders(&house).await.last().is_some_and(|order| order.contains("4. Priya Nandy")));
    assert_eq!(house.health_visitor().presses("back", &[]).await.code(), "already_done");
    house.police().finishes().await;
    assert!(house.room_has("Larkshire Community Health** has the floor (4 of 4)").await);
    house.health_visitor().shares("Weighed on Friday").await;
    house.health_visitor().finishes().await;
    let next = house.chair().slash(&["chair", "next"], &[]).await;
    assert_eq!(next.code(), "stage_entered", "everybody was heard: {}", next.text());
    assert!(!house.minutes().await.contains("Not heard in the round"), "and nobody is listed as not heard");
    house.close().await;
}

/// Shows: TURN-17.
#[tokio::test(flavor = "multi_thread")]
async fn the_chair_is_told_who_was_not_heard_and_closes_the_round_with_one_press() {
    let house = House::at(Stage::Sharing).await;
    house.social_worker().finishes().await;
    house.chair().presses("move_on", &[("reason", "time")]).await;
    house.police().presses("nothing_held", &[]).await;
    let told = house.chair().slash(&["chair", "next"], &[]).await;
    assert_eq!(told.code(), "not_heard");
    assert!(told.is_private() && told.text().contains("here and not heard yet: Priya Nandy."), "{}", told.text());
    assert!(!told.text().contains("Dana Okafor"), "who said that nothing is held has passed: {}", told.text());
    assert_eq!(told.buttons(), ["Close the round", "Return to…"]);
    assert!(!house.room_has("Any questions?").await);
    let closed = house.chair().presses_in(&told, "close_round", &[]).await;
    assert_eq!((closed.code(), closed.presses), ("not_heard", 1), "saved, and marked");
    assert!(house.room_has("Any questions?").await);
    let minutes = house.minutes().await;
    let (_, turn) = minutes.split_once("### Priya Nandy, Health visitor").expect("the turn prints");
    let turn = turn.split("###").next().unwrap_or_default();
    assert!(
        turn.contains("The chair moved on: for lack of time.") && turn.contains("Not heard in the round."),
        "{turn}"
    );
    assert_eq!(minutes.matches("Not heard in the round").count(), 1, "nobody else is listed so");
    assert!(house.chair().closes().await.contains("Not heard: Priya Nandy"));
    house.close().await;
}

/// Shows: TURN-18.
#[tokio::test(flavor = "multi_thread")]
async fn the_chairs_word_to_a_speaker_leaves_the_floor_with_them_and_stands_in_the_annex_alone() {
    let house = House::at(Stage::Sharing).await;
    assert_eq!(house.police().presses("nudge", &[]).await.code(), "for_chair");
    house.chair().presses("nudge", &[]).await;
    let posts = house.room_messages().await;
    let sent = posts.iter().find(|post| post.text.contains("relevant and proportionate here")).expect("it is sent");
    assert_eq!(sent.mentions, [house.account(Cast::SocialWorker)]);
    assert_eq!((house.db_count("floor_given").await, house.db_count("floor_released").await), (1, 0));
    assert_eq!(house.police().shares("While we are at it").await.code(), "not_your_turn", "to nobody else");
    let minutes = house.minutes().await;
    let (body, annex) = minutes.split_once("Audit annex").expect("there is an annex");
    assert!(
        annex.contains("Asked to keep to what is relevant") && annex.contains("Rowan Ashby, Social worker"),
        "{annex}"
    );
    assert!(!body.contains("relevant and proportionate here") && !body.contains("Asked to keep"), "{body}");
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_presses_on_next_at_once_go_on_once() {
    let house = House::at(Stage::Questions).await;
    let board = house.board().await;
    let next = board.button("Next stage").and_then(|button| button.custom_id).expect("the chair can go on");
    let (chair, again) = (house.chair(), house.chair());
    let both = tokio::join!(chair.person.press(board.id, &next), again.person.press(board.id, &next));
    house.settle().await;
    let texts = [both.0.expect("pressed"), both.1.expect("pressed")].map(|response| response.text().to_owned());
    assert_eq!(texts.iter().filter(|text| text.contains("That was done already")).count(), 1, "{texts:?}");
    assert_eq!(house.db_count("stage_entered").await, 3, "sharing, questions, risk");
    house.close().await;
}
