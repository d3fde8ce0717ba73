//! The live bot's command line, as an operator has it: the program as a process of its own.

mod checking;
mod setting_up;
mod starting;
mod verifying;

use convenor::domain::stage::Stage;

use crate::support::{Cast, House};

/// The journal's kinds of entry and the seats' roles: what happened, without when.
async fn facts(house: &House) -> Vec<(&'static str, Option<String>)> {
    let journal = house.db_journal().await;
    journal.iter().map(|record| (record.event.kind(), record.actor.seat.map(|seat| seat.to_string()))).collect()
}

async fn plays_a_short_case(house: &House) {
    house.social_worker().registers().await;
    house.social_worker().lists_the_child().await;
    house.social_worker().convenes().await;
    for who in [Cast::Police, Cast::HealthVisitor] {
        house.social_worker().invites(who).await;
    }
    for who in [Cast::TeamManager, Cast::Police, Cast::HealthVisitor] {
        house.who(who).accepts().await;
        house.who(who).passes_the_door().await;
    }
    house.chair().opens().await;
    house.goes_on_to(Stage::Sharing).await;
    house.social_worker().shares("Seen at home on Friday").await;
    let refused = house.police().shares("Two call-outs in March").await;
    assert_eq!(refused.code(), "not_your_turn");
    house.social_worker().finishes().await;
    house.chair().slash(&["chair", "close"], &[("reason", "not reached, next session")]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_live_bot_does_what_the_rehearsed_one_does() {
    let (live, rehearsed) = (House::served().await, House::open().await);
    plays_a_short_case(&live).await;
    plays_a_short_case(&rehearsed).await;
    assert_eq!(facts(&live).await, facts(&rehearsed).await);
    assert!(live.room_has("Seen at home on Friday").await);
    let posts = async |house: &House| house.room_posts().await.len();
    assert_eq!(posts(&live).await, posts(&rehearsed).await);
    live.close().await;
    rehearsed.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_bot_goes_on_where_it_was() {
    let mut house = House::served().await;
    house.social_worker().registers().await;
    house.social_worker().lists_the_child().await;
    house.social_worker().convenes().await;
    house.is_killed_and_served_again().await;
    house.chair().accepts().await;
    house.chair().passes_the_door().await;
    assert!(house.chair().sees_the_room().await);
    house.close().await;
}
