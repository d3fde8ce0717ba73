//! Not known is an answer: it is saved, somebody finds it out at once, and nothing waits for it.

use convenor::domain::stage::Stage;

use super::house_at;
use crate::support::{House, section};

const OPEN: &str = "Where the child is now: Ellis Quillfeather";

/// The action of this number, as the record's table has it.
async fn action(house: &House, number: u16) -> String {
    let minutes = house.minutes().await;
    let row = minutes.lines().find(|line| line.starts_with(&format!("| {number} |")));
    row.unwrap_or_else(|| panic!("action {number} is listed: {minutes}")).to_owned()
}

/// Shows: INFO-01.
#[tokio::test(flavor = "multi_thread")]
async fn a_date_of_birth_or_a_name_that_is_not_known_is_an_answer_with_an_action_beside_it() {
    let house = house_at("remote-format", &[("born", "not known"), ("name", "Not known")], Stage::Sharing).await;
    assert!(house.room_has("has the floor").await, "sharing starts all the same");
    let child = section(&house.minutes().await, "Child");
    assert!(child.contains("not known (action 1 finds out)"), "{child}");
    assert!(child.contains("date of birth not known (action 2 finds out)"), "{child}");
    let urgent = action(&house, 2).await;
    let expected =
        "Find out the date of birth: Not known | Rowan Ashby, Larkshire Children's Services | 7 December 2026";
    assert!(urgent.contains(expected), "{urgent}");
    house.close().await;

    // The social worker convenes, and nobody chairs yet: it stands without anybody's word, and is chased like any other.
    let house = House::open().await;
    house.gathers_with(&[], &[("born", "not known")]).await;
    let urgent = action(&house, 1).await;
    assert!(urgent.contains("Find out the date of birth") && !urgent.contains("draft"), "{urgent}");
    house.comes_to("2026-12-07 11:00").await;
    let told = house.social_worker().person.direct_messages();
    assert!(told.iter().any(|message| message.text.contains("action 1 is due")), "{told:?}");
    house.close().await;

    let house = house_at("remote-format", &[], Stage::Sharing).await;
    let child = section(&house.minutes().await, "Child");
    assert!(child.contains("Ellis Quillfeather: born 12 March 2019"), "{child}");
    assert!(house.minutes().await.contains("No actions."), "what is known needs no action");
    house.close().await;
}

/// Shows: INFO-08.
#[tokio::test(flavor = "multi_thread")]
async fn where_the_child_is_is_confirmed_at_the_session_or_found_out_at_once() {
    let said = [
        (&[("standing", "confirmed"), ("place", "Ward 4")][..], "Quillfeather, confirmed at 10:00: Ward 4", None),
        (
            &[("standing", "missing"), ("since", "6 December 2026 16:00")][..],
            "missing since Sunday 6 December 2026 16:00 (action 1 finds out)",
            Some("Find out where the child is: Ellis Quillfeather"),
        ),
        (
            &[("standing", "believed"), ("place", "an aunt's")][..],
            "believed at an aunt's (action 1 finds out)",
            Some("Find out where the child is: Ellis Quillfeather"),
        ),
        (
            &[("standing", "not_known")][..],
            "not known (action 1 finds out)",
            Some("Find out where the child is: Ellis Quillfeather"),
        ),
    ];
    for (given, line, to_do) in said {
        let house = house_at("remote-format", &[], Stage::Open).await;
        let asked = house.chair().presses("prompts", &[]).await.buttons();
        assert!(asked.iter().any(|label| label == OPEN), "{asked:?}");
        let mut answer = vec![("prompt", "current_location"), ("about", "c1")];
        answer.extend(given);
        house.chair().slash(&["chair", "prompt"], &answer).await;
        let reason = section(&house.minutes().await, "Reason");
        assert!(reason.contains(line), "{reason}");
        match to_do {
            Some(what) => {
                // Two hours from now, as whatever is to be done at once.
                let row = action(&house, 1).await;
                assert!(row.contains(what) && row.contains("| 7 December 2026 12:00 |"), "{row}");
            }
            None => assert!(house.minutes().await.contains("No actions.")),
        }
        // Said again, it is the same action.
        house.chair().slash(&["chair", "prompt"], &answer).await;
        assert_eq!(house.minutes().await.matches("Find out where the child is").count(), usize::from(to_do.is_some()));
        house.goes_on_to(Stage::Sharing).await;
        assert!(house.room_has("has the floor").await, "sharing starts all the same");
        assert!(!house.chair().closes().await.contains(OPEN), "answered, if only so far");
        house.close().await;
    }
    let house = house_at("remote-format", &[], Stage::Sharing).await;
    assert!(house.room_has("has the floor").await, "sharing starts without an answer too");
    assert!(house.chair().closes().await.contains(OPEN));
    house.close().await;
}
