//! The plan as a whole: who has the questions that are left.

use convenor::domain::stage::Stage;

use super::OPENED;
use crate::support::{Cast, House, PROCEDURES, section};

/// A question that nobody answers, and the chair is at the actions.
async fn with_a_question_left(procedure: &str) -> House {
    let house = House::under(procedure, OPENED).await;
    house.gathers().await;
    house.chair().opens().await;
    house.goes_on_to(Stage::Questions).await;
    house.chair().asks("Who called the ambulance?", Some(Cast::Police)).await;
    house.goes_on_to(Stage::Actions).await;
    house
}

/// Shows: ACT-12.
#[tokio::test(flavor = "multi_thread")]
async fn a_question_left_for_the_enquiry_is_open_where_the_procedure_insists_and_offered_to_be_allocated_everywhere() {
    for procedure in PROCEDURES {
        let insists = procedure == "audit-assured";
        let house = with_a_question_left(procedure).await;
        let listed = house.room_posts().await.into_iter().filter(|post| post.contains("Questions not answered"));
        assert_ne!(listed.count(), 0, "{procedure}: the chair is shown it before decisions");
        let offer = "Make it an action: 1".to_owned();
        house.goes_on_to(Stage::ReadBack).await;
        let closing = house.chair().presses("closing", &[]).await;
        let is_listed = closing.text().contains("Question not answered");
        assert_eq!(is_listed, insists, "{procedure}: before the close: {}", closing.text());
        house.chair().closes().await;
        house.has_drafted().await;
        let open = |minutes: &str| {
            let items = section(minutes, "Open items");
            items.lines().find(|row| row.starts_with("| Question not answered |")).map(str::to_owned)
        };
        let row = open(&house.minutes().await);
        assert_eq!(row.is_some(), insists, "{procedure}: {row:?}");
        let asked_again =
            house.room_messages().await.into_iter().rfind(|post| post.text.contains("Question not answered"));
        assert_eq!(asked_again.is_some(), insists, "{procedure}: asked again before the record is issued");
        if let (Some(row), Some(post)) = (row, asked_again) {
            assert!(row.contains("still open"), "{row}");
            assert!(post.buttons().iter().any(|button| button.label == offer), "{}", post.text);
            let made = house.chair().presses("question_action", &[]).await;
            assert!(made.text().contains("action 1 is made of it"), "{}", made.text());
            let minutes = house.minutes().await;
            assert!(open(&minutes).is_some_and(|row| row.contains("answered since")), "{minutes}");
            assert!(minutes.contains("Who called the ambulance? | Dana Okafor"), "{minutes}");
        }
        house.close().await;
    }
}

/// Shows: ACT-12.
#[tokio::test(flavor = "multi_thread")]
async fn a_question_that_was_allocated_is_watched_as_an_action_of_somebody_with_a_date() {
    for procedure in PROCEDURES {
        let house = with_a_question_left(procedure).await;
        house.chair().presses("question_action", &[]).await;
        let due = [("action", "1"), ("due", "9 December 2026 12:00"), ("reason", "agreed"), ("owner", "")];
        house.chair().slash(&["action", "change"], &due).await;
        let minutes = house.minutes().await;
        assert!(minutes.contains("not answered; action 1"), "{procedure}: {minutes}");
        let has_it = |row: &str| row.contains("Dana Okafor") && row.contains("9 December 2026 12:00");
        assert!(minutes.lines().any(|row| row.starts_with("| 1 |") && has_it(row)), "{procedure}: {minutes}");
        house.close().await;
    }
}
