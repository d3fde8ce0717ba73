//! Who was there when, and what the minimum was at the section 47 decision.

use convenor::domain::stage::Stage;

use crate::support::{Cast, House, section};

/// A person's cells under Arrived and Left.
fn times(minutes: &str, who: Cast) -> (String, String) {
    let attendance = section(minutes, "Attendance");
    let cells = |line: &str| line.split('|').map(|cell| cell.trim().to_owned()).collect::<Vec<_>>();
    let headers =
        attendance.lines().find(|line| line.contains("Arrived")).map(cells).expect("the table has the columns");
    let row = attendance.lines().find(|line| line.contains(who.name())).map(cells).expect("the person has a row");
    let cell = |header: &str| row[headers.iter().position(|cell| cell == header).expect("a column")].clone();
    (cell("Arrived"), cell("Left"))
}

async fn leaves(house: &House, who: Cast) {
    let got = house.who(who).slash(&["strategy", "leave"], &[]).await;
    assert_eq!(got.code(), "left", "{}", got.text());
}

/// Shows: SES-10, SES-11.
#[tokio::test(flavor = "multi_thread")]
async fn whoever_left_before_the_decision_is_said_to_have_and_the_minimum_says_since_when() {
    let house = House::at(Stage::Deciding).await;
    house.passes(10).await;
    leaves(&house, Cast::HealthVisitor).await;
    house.passes(10).await;
    let door = house.health_visitor().comes_to_the_door().await;
    let back = house.health_visitor().presses_in(&door, "confirm", &[]).await;
    assert_eq!(back.code(), "arrived", "{}", back.text());
    assert!(house.room_has("Priya Nandy, Health visitor, Larkshire Community Health joined 10:20").await);
    house.passes(32).await;
    leaves(&house, Cast::Police).await;
    let told = house.room_posts().await.pop().expect("the room hears of it");
    assert!(told.contains(&format!("<@{}>", house.account(Cast::TeamManager))), "the chair, at once: {told}");
    let missing = "Not quorate: missing police representative since 10:52";
    assert!(told.contains(missing) && house.board().await.text.contains(missing), "{told}");
    house.passes(3).await;
    let decided = [("decision", "initiate"), ("mode", "joint"), ("rationale", "The injury is unexplained")];
    let got = house.chair().presses("section_47", &decided).await;
    assert_eq!(got.code(), "not_quorate", "saved and marked: {}", got.text());
    house.passes(5).await;
    leaves(&house, Cast::HealthVisitor).await;
    let minutes = house.minutes().await;
    assert!(minutes.contains(&format!("Quorum at the decision: {missing}")), "{minutes}");
    assert_eq!(times(&minutes, Cast::Police), ("10:00".to_owned(), "10:52, before the section 47 decision".to_owned()));
    assert_eq!(times(&minutes, Cast::HealthVisitor), ("10:00; 10:20".to_owned(), "10:10; 11:00".to_owned()));
    house.close().await;
}

/// Shows: SES-10.
#[tokio::test(flavor = "multi_thread")]
async fn an_adjournment_ends_everybodys_presence_and_the_second_part_begins_another() {
    let house = House::at(Stage::Sharing).await;
    house.passes(15).await;
    house.chair().presses("adjourn", &[("holder", "The night team"), ("resumes", "today 12:00")]).await;
    house.passes(60).await;
    house.chair().passes_the_door().await;
    house.passes(5).await;
    house.chair().presses("resume", &[]).await;
    let minutes = house.minutes().await;
    assert_eq!(times(&minutes, Cast::Police), ("10:00".to_owned(), "10:15".to_owned()));
    assert_eq!(times(&minutes, Cast::TeamManager), ("10:00; 11:15".to_owned(), "10:15".to_owned()));
    assert_eq!(times(&minutes, Cast::SocialWorker), ("10:00; 11:20".to_owned(), "10:15".to_owned()));
    house.close().await;
}

/// Shows: SES-11.
#[tokio::test(flavor = "multi_thread")]
async fn quorum_is_stated_at_the_opening_and_again_at_the_decision() {
    let house = House::at(Stage::Open).await;
    assert!(house.room_has("**Quorate**").await, "at the opening");
    house.goes_on_to(Stage::Deciding).await;
    let decided = [("decision", "initiate"), ("mode", "joint"), ("rationale", "The injury is unexplained")];
    house.chair().presses("section_47", &decided).await;
    leaves(&house, Cast::Police).await;
    let minutes = house.minutes().await;
    assert!(minutes.contains("Quorum at the decision: Quorate"), "as it was then: {minutes}");
    assert!(house.board().await.text.contains("Not quorate: missing police representative since 10:00"));
    house.close().await;
}
