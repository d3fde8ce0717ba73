//! Interpreter, minute taker, student, observer: in the room and on the list, and in nothing that counts.

use convenor::domain::stage::Stage;
use convenor::rehearsal::workspace::SeenMessage;

use crate::support::{Cast, Got, House, PROCEDURES, section};

async fn invites_as(house: &House, role: &str) {
    let agency = Cast::SchoolNurse.card().agency;
    house.social_worker().slash(&["strategy", "invite"], &[("agency", agency), ("role", role)]).await;
    house.who(Cast::SchoolNurse).accepts().await;
}

async fn comes_in(house: &House) -> Got {
    let door = house.who(Cast::SchoolNurse).comes_to_the_door().await;
    assert!(door.text().contains("confidential"), "they accept it like everybody: {}", door.text());
    house.who(Cast::SchoolNurse).presses_in(&door, "confirm", &[]).await
}

/// Shows: SES-09.
#[tokio::test(flavor = "multi_thread")]
async fn an_interpreter_is_in_the_room_and_has_no_turn_no_question_and_no_position() {
    let house = House::convened().await;
    invites_as(&house, "Interpreter").await;
    assert!(!house.who(Cast::SchoolNurse).sees_the_room().await, "not before the door");
    let got = comes_in(&house).await;
    assert_eq!(got.code(), "meeting_confirmed", "{}", got.text());
    assert!(got.buttons().is_empty(), "nobody asks whether they may decide: {:?}", got.buttons());
    assert!(house.who(Cast::SchoolNurse).sees_the_room().await);
    for who in [Cast::TeamManager, Cast::Police, Cast::HealthVisitor] {
        house.who(who).accepts().await;
        house.who(who).passes_the_door().await;
    }
    house.chair().opens().await;
    house.goes_on_to(Stage::Sharing).await;
    let order = house.room_posts().await.into_iter().find(|post| post.contains("Order of sharing"));
    assert!(!order.expect("it is announced").contains("Bela Marsh"));
    let interpreter = || house.who(Cast::SchoolNurse);
    for got in [interpreter().shares("I know them").await, interpreter().asks("Who is there?", None).await] {
        assert_eq!(got.code(), "support_seat", "{}", got.text());
        assert!(got.text().contains("Bela Marsh is here as interpreter"), "{}", got.text());
    }
    house.goes_on_to(Stage::ReadBack).await;
    let has_positions = |post: &SeenMessage| {
        post.buttons().iter().any(|button| button.custom_id.as_deref().is_some_and(|id| id.contains(":position:")))
    };
    let asked = house.room_messages().await.into_iter().find(has_positions);
    let asked = asked.expect("positions are asked for").mentions;
    assert!(asked.contains(&house.account(Cast::Police)) && !asked.contains(&house.account(Cast::SchoolNurse)));
    let got = interpreter().presses("position", &[("position", "agree")]).await;
    assert_eq!(got.code(), "support_seat", "{}", got.text());
    let minutes = house.minutes().await;
    let row = section(&minutes, "Attendance").lines().find(|line| line.contains("Bela Marsh")).map(str::to_owned);
    assert!(row.as_ref().is_some_and(|row| row.contains("support: interpreter")), "{row:?}");
    let positions = section(&minutes, "Positions of the agencies");
    assert!(positions.contains("Larkshire Police") && !positions.contains("Larkshire School Nursing"), "{positions}");
    let ended = house.chair().presses("end_support", &[]).await;
    assert_eq!(ended.code(), "stood_down", "{}", ended.text());
    assert!(!interpreter().sees_the_room().await, "at once");
    house.close().await;
}

/// Shows: SES-09.
#[tokio::test(flavor = "multi_thread")]
async fn an_observer_changes_no_quorum_and_is_asked_for_no_questions_or_view() {
    for procedure in PROCEDURES {
        let house = House::under(procedure, "2026-12-07 10:00").await;
        house.is_convened().await;
        for who in [Cast::TeamManager, Cast::Police] {
            house.who(who).accepts().await;
            house.who(who).passes_the_door().await;
        }
        house.chair().opens().await;
        let quorum = |board: String| board.lines().find(|line| line.contains("uorate")).map(str::to_owned);
        let before = quorum(house.board().await.text);
        invites_as(&house, "Observer").await;
        comes_in(&house).await;
        assert_eq!(quorum(house.board().await.text), before, "{procedure}");
        assert!(before.is_some_and(|line| line.contains("Not quorate")), "{procedure}: health is missing");
        assert_eq!(house.db_count("quorum_stated").await, 0, "{procedure}");
        house.goes_on_to(Stage::Questions).await;
        house.passes(60).await;
        assert!(house.chair().closes().await.contains("stay open"), "{procedure}");
        let minutes = house.minutes().await;
        let asked = section(&minutes, "Questions and answers");
        assert!(!asked.contains("Larkshire School Nursing"), "{procedure}: {asked}");
        let open = section(&minutes, "Open items");
        assert!(!open.contains("Bela Marsh"), "{procedure}: nothing is missed of them: {open}");
        house.close().await;
    }
}
