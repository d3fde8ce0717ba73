//! Whoever comes after the opening: from now on, or everything so far, as the chair says.

use convenor::domain::stage::Stage;

use crate::support::{Cast, House, section};

/// The police have shared something for everybody and something for the chair alone.
async fn shared_so_far() -> House {
    let house = House::at(Stage::Open).await;
    let police = house.social_worker().picks(&["share"], "for", Cast::Police.name()).await;
    house.chair().slash(&["chair", "order"], &[("order", &police)]).await;
    house.goes_on_to(Stage::Sharing).await;
    house.police().shares("Two calls in March").await;
    let limited = [("current", "An informant is near"), ("readers", "chair_police")];
    house.police().slash(&["share"], &limited).await;
    house.passes(5).await;
    house
}

async fn joins(house: &House, who: Cast) {
    house.social_worker().invites(who).await;
    house.who(who).accepts().await;
    house.who(who).passes_the_door().await;
}

async fn reads(house: &House, who: Cast, words: &str) -> bool {
    let room = house.room().await.expect("there is a room");
    house.who(who).person.messages(room).iter().any(|message| message.text.contains(words))
}

/// Shows: SES-13, SEC-12.
#[tokio::test(flavor = "multi_thread")]
async fn a_late_joiner_sees_from_now_on_until_the_chair_says_everything_so_far() {
    let house = shared_so_far().await;
    let doctor = Cast::Paediatrician;
    joins(&house, doctor).await;
    assert!(house.who(doctor).sees_the_room().await, "past the door they are in the room");
    assert!(!reads(&house, doctor, "Two calls in March").await, "and see nothing of what was said");
    assert!(reads(&house, doctor, "**SHARING**").await, "the board is there for them");
    house.police().shares("A third call").await;
    assert!(reads(&house, doctor, "A third call").await, "from now on");
    let asked = house.room_posts().await.into_iter().find(|post| post.contains("came after the opening"));
    assert!(asked.expect("the chair is asked").contains(&format!("<@{}>", house.account(Cast::TeamManager))));
    assert!(section(&house.minutes().await, "Attendance").contains("joined 10:05, saw from then on, no choice"));
    let refused = house.police().presses("sight", &[("sight", "everything")]).await;
    assert_eq!(refused.code(), "for_chair", "{}", refused.text());
    let chosen = house.chair().presses("sight", &[("sight", "everything")]).await;
    assert_eq!(chosen.code(), "sight_chosen", "{}", chosen.text());
    assert!(reads(&house, doctor, "Two calls in March").await, "everything so far");
    assert!(!reads(&house, doctor, "An informant is near").await, "less what is limited");
    let minutes = house.minutes().await;
    let attendance = section(&minutes, "Attendance");
    assert!(attendance.contains("joined 10:05, was shown everything so far, as the chair chose"), "{attendance}");
    house.close().await;
}

/// Shows: SES-13.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_drawn_together_for_a_late_joiner_begins_where_they_do() {
    let house = shared_so_far().await;
    joins(&house, Cast::Paediatrician).await;
    joins(&house, Cast::SchoolNurse).await;
    let nurse = house.chair().picks(&["share"], "for", Cast::SchoolNurse.name()).await;
    house.chair().presses("sight", &[("who", &nurse), ("sight", "from_now_on")]).await;
    house.passes(1).await;
    house.police().shares("A third call").await;
    house.goes_on_to(Stage::Risk).await;
    for who in [Cast::Paediatrician, Cast::SchoolNurse] {
        let digest = house.who(who).presses("digest", &[]).await;
        assert!(digest.text().contains("A third call"), "{who:?}: {}", digest.text());
        assert!(!digest.text().contains("Two calls in March"), "{who:?}: {}", digest.text());
    }
    let there_from_the_start = house.health_visitor().presses("digest", &[]).await;
    assert!(there_from_the_start.text().contains("Two calls in March"));
    let minutes = house.minutes().await;
    assert!(section(&minutes, "Attendance").contains("saw from then on, as the chair chose"), "{minutes}");
    house.close().await;
}
