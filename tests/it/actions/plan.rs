//! The plan as a whole: who has the questions that are left, the list that is read back and confirmed, and a plan with
//! nothing in it.

use convenor::domain::stage::Stage;

use super::{OPENED, at_actions};
use crate::support::{Cast, House, PROCEDURES, section};

/// The row of the record's open items that begins so, once the session has closed.
async fn open_row(house: &House, item: &str) -> Option<String> {
    let items = section(&house.minutes().await, "Open items");
    items.lines().find(|row| row.starts_with(&format!("| {item} |"))).map(str::to_owned)
}

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

const NOT_CONFIRMED: &str = "List of actions not confirmed by the chair";

/// Shows: ACT-14.
#[tokio::test(flavor = "multi_thread")]
async fn the_chair_confirms_the_list_that_was_read_back_and_again_what_came_onto_it_since() {
    for procedure in PROCEDURES {
        let house = at_actions(procedure).await;
        house.social_worker().slash(&["action", "add"], &[("what", "Fetch the call log")]).await;
        house.chair().slash(&["action", "add"], &[("what", "Ring the ward")]).await;
        house.goes_on_to(Stage::ReadBack).await;
        let read_back = house.room_messages().await.into_iter().find(|post| post.text.contains("**Read-back**"));
        let offered = read_back.expect("it is read back").buttons();
        assert!(offered.iter().any(|button| button.label == "Confirm the list of actions"), "{procedure}");
        let lacking = "List of actions read back and not confirmed by the chair.";
        assert!(house.minutes().await.contains(lacking), "{procedure}: {}", house.minutes().await);
        assert_eq!(house.police().presses("confirm_actions", &[]).await.code(), "for_chair", "{procedure}");
        let got = house.chair().presses("confirm_actions", &[]).await;
        assert!(got.text().contains("the list of actions is confirmed"), "{procedure}: {}", got.text());
        assert!(house.room_has("**List of actions confirmed** by Imogen Vale (10:00): actions 1, 2.").await);
        let minutes = house.minutes().await;
        let said = "List of actions read back, and confirmed by Imogen Vale at 10:00.";
        assert!(minutes.contains(said) && !minutes.contains(lacking), "{procedure}: {minutes}");
        assert!(!minutes.contains("not yet accepted (draft"), "{procedure}: what was drafted is confirmed with it");
        assert!(house.board().await.button("Confirm the list of actions").is_none(), "{procedure}");
        assert_eq!(house.chair().presses("confirm_actions", &[]).await.code(), "nothing_to_confirm", "{procedure}");

        house.passes(5).await;
        house.chair().slash(&["action", "add"], &[("what", "Weigh Ellis")]).await;
        let since = format!("{said} On the list since then and not confirmed: 3.");
        assert!(house.minutes().await.contains(&since), "{procedure}: {}", house.minutes().await);
        let closing = house.chair().presses("closing", &[]).await;
        assert!(closing.text().contains(NOT_CONFIRMED), "{procedure}: {}", closing.text());
        house.chair().closes().await;
        house.has_drafted().await;
        assert!(open_row(&house, NOT_CONFIRMED).await.is_some_and(|row| row.contains("still open")), "{procedure}");
        let again = house.chair().presses("confirm_actions", &[]).await;
        assert!(again.text().contains("the list of actions is confirmed"), "{procedure}: {}", again.text());
        assert!(open_row(&house, NOT_CONFIRMED).await.is_some_and(|row| row.contains("answered since")), "{procedure}");
        house.close().await;
    }
}

/// Shows: ACT-14.
#[tokio::test(flavor = "multi_thread")]
async fn a_list_the_session_never_came_to_is_read_back_before_the_close_and_open_as_not_confirmed() {
    for procedure in PROCEDURES {
        let house = at_actions(procedure).await;
        house.chair().slash(&["action", "add"], &[("what", "Ring the ward")]).await;
        house.chair().closes().await;
        let posts = house.room_posts().await;
        let at = |words: &str| posts.iter().position(|post| post.contains(words));
        let read_back = at("**Read-back**").expect("it is read back all the same");
        assert!(posts[read_back].contains("1. Ring the ward") && Some(read_back) < at("stay open"), "{procedure}");
        assert!(open_row(&house, NOT_CONFIRMED).await.is_some(), "{procedure}");
        house.close().await;

        // Confirmed in time, nothing of it is open; with nothing on it there is nothing to confirm.
        for what in [Some("Ring the ward"), None] {
            let house = at_actions(procedure).await;
            if let Some(what) = what {
                house.chair().slash(&["action", "add"], &[("what", what)]).await;
            }
            house.goes_on_to(Stage::ReadBack).await;
            if what.is_some() {
                house.chair().presses("confirm_actions", &[]).await;
            }
            house.chair().closes().await;
            assert_eq!(open_row(&house, NOT_CONFIRMED).await, None, "{procedure}: {what:?}");
            house.close().await;
        }
    }
}

/// Shows: ACT-06, ACT-07.
#[tokio::test(flavor = "multi_thread")]
async fn a_plan_without_any_action_is_marked_and_where_roles_are_insisted_on_that_nobody_has_one() {
    let (nothing, nobody) = ("No action in the plan", "Roles and responsibilities: nobody has any");
    for procedure in PROCEDURES {
        let lists_roles = procedure == "seven-minute-briefing";
        let house = at_actions(procedure).await;
        let on = house.chair().slash(&["chair", "next"], &[]).await;
        assert!(on.text().contains(nothing), "{procedure}: it is said when the session moves on: {}", on.text());
        let closing = house.chair().presses("closing", &[]).await;
        assert!(closing.text().contains(nothing), "{procedure}: {}", closing.text());
        house.chair().closes().await;
        assert!(open_row(&house, nothing).await.is_some_and(|row| row.contains("still open")), "{procedure}");
        assert_eq!(open_row(&house, nobody).await.is_some(), lists_roles, "{procedure}");
        let minutes = house.minutes().await;
        assert_eq!(minutes.contains(&format!("{nobody} yet.")), lists_roles, "{procedure}: {minutes}");
        house.close().await;

        // One that is somebody's is enough; one that was cancelled is none, and one that is nobody's gives nobody a role.
        for (owner, is_cancelled) in [("Dana Okafor", false), ("Dana Okafor", true), ("Health", false)] {
            let house = at_actions(procedure).await;
            let given = [("what", "Fetch the call log"), ("owner", owner), ("due", "9 December 2026 12:00")];
            house.chair().slash(&["action", "add"], &given).await;
            if is_cancelled {
                house.chair().slash(&["action", "cancel"], &[("action", "1"), ("reason", "Already fetched")]).await;
            }
            house.chair().closes().await;
            let what = format!("{procedure}, {owner}, cancelled: {is_cancelled}");
            assert_eq!(open_row(&house, nothing).await.is_some(), is_cancelled, "{what}");
            let is_nobodys = is_cancelled || owner == "Health";
            assert_eq!(open_row(&house, nobody).await.is_some(), lists_roles && is_nobodys, "{what}");
            house.close().await;
        }
    }
}
