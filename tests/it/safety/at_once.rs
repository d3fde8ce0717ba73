//! What is done at once: put down with whatever is there, in one press, and asked about afterwards.

use convenor::domain::stage::Stage;

use crate::support::{Cast, House, PROCEDURES};

const OPENED: &str = "2026-12-07 10:00";
const PROTECTION: &str = "Police protection if he leaves with her";

async fn at(procedure: &str, stage: Stage) -> House {
    let house = House::under(procedure, OPENED).await;
    house.gathers().await;
    house.chair().opens().await;
    house.goes_on_to(stage).await;
    house
}

fn section(minutes: &str, heading: &str) -> String {
    let after = minutes.split(heading).nth(1).unwrap_or_default();
    after.split("\n## ").next().unwrap_or_default().to_owned()
}

/// Shows: SAFE-05.
#[tokio::test(flavor = "multi_thread")]
async fn an_immediate_action_saves_in_one_press_out_of_turn_and_is_asked_about_only_after_the_close() {
    for procedure in PROCEDURES {
        let house = at(procedure, Stage::Sharing).await;
        let saved = house.health_visitor().slash(&["action", "now"], &[("what", PROTECTION)]).await;
        assert_eq!(saved.code(), "entered", "{procedure}: {}", saved.text());
        assert!(saved.text().contains("stands") && !saved.text().contains("Still missing"), "{}", saved.text());
        assert!(saved.buttons().is_empty(), "{procedure}: no question follows: {:?}", saved.buttons());
        assert!(house.room_has(PROTECTION).await, "{procedure}: it waits for nobody's word");
        let nothing = house.police().presses("at_once", &[]).await;
        assert_eq!(nothing.code(), "entered", "{procedure}: from the board, with nothing at all: {}", nothing.text());
        let unread = [("what", "Ring the ward"), ("due", "at teatime or so")];
        let unread = house.police().presses("at_once", &unread).await;
        assert!(unread.text().contains("Ring the ward (at teatime or so)"), "{procedure}: {}", unread.text());

        house.goes_on_to(Stage::ReadBack).await;
        house.chair().closes().await;
        let closed = house.room_posts().await.join("\n");
        let closed = closed.split("stay open").nth(1).expect("the close lists what is open");
        for asked in [PROTECTION, "Ring the ward"] {
            assert!(closed.contains(asked), "{procedure}: asked for afterwards: {asked} in {closed}");
        }
        house.close().await;
    }
}

/// Shows: SAFE-05.
#[tokio::test(flavor = "multi_thread")]
async fn whoever_was_to_find_the_one_on_call_is_chased_at_the_time_that_was_given() {
    for procedure in PROCEDURES {
        let house = at(procedure, Stage::Sharing).await;
        let finds = house.police().picks(&["action", "now"], "found_by", Cast::HealthVisitor.name()).await;
        let (by, words) = (house.moment(30), "the on-call paediatrician");
        let given = [("what", "Look at the bruise"), ("on_call", words), ("found_by", &finds), ("find_by", &by)];
        house.police().slash(&["action", "now"], &given).await;
        let until = "the on-call paediatrician, to be found by Priya Nandy";
        assert!(house.room_has(until).await, "{procedure}: {:?}", house.room_posts().await);
        let actions = section(&house.minutes().await, "| Look at the bruise |");
        assert!(actions.contains(until) && actions.contains("10:30"), "{procedure}: {actions}");

        house.passes(29).await;
        assert_eq!(house.db_count("owner_sought").await, 0, "{procedure}");
        house.passes(1).await;
        assert_eq!(house.db_count("owner_sought").await, 1, "{procedure}");
        let chased = house.health_visitor().person.direct_messages().pop().expect("they are asked");
        assert!(chased.text.contains("immediate action 1") && !chased.text.contains("bruise"), "{}", chased.text);
        let named = house.health_visitor().presses("name_owner", &[("on_call", "Dr Amara Osei, on call")]).await;
        assert_eq!(named.code(), "owner_named", "{procedure}: {}", named.text());
        assert!(house.room_has("Dr Amara Osei, on call").await, "{procedure}");
        assert!(house.minutes().await.contains("Dr Amara Osei, on call"), "{procedure}");
        house.passes(120).await;
        assert_eq!(house.db_count("owner_sought").await, 1, "{procedure}: nobody is asked again");
        house.close().await;
    }
}

/// Shows: SAFE-05, SAFE-07.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_done_about_an_alert_is_put_down_under_it_and_stands_with_it_in_the_record() {
    let house = House::at(Stage::Sharing).await;
    let raised = house.health_visitor().presses("danger", &[("danger", "removal")]).await;
    house.health_visitor().presses_in(&raised, "at_once", &[("what", "The school keeps her inside")]).await;
    let taken = house.police().presses("acknowledge", &[]).await;
    house.police().presses_in(&taken, "at_once", &[("what", "A car to the school gate")]).await;
    let danger = section(&house.minutes().await, "Immediate danger raised");
    for followed in ["What followed: action 1: The school keeps her inside", "action 2: A car to the school gate"] {
        assert!(danger.contains(followed), "{followed} in {danger}");
    }
    house.close().await;
}

/// Shows: DIS-11.
#[tokio::test(flavor = "multi_thread")]
async fn a_disagreement_holds_up_no_immediate_action() {
    for procedure in PROCEDURES {
        let house = at(procedure, Stage::ReadBack).await;
        let against =
            [("about", "No police protection"), ("against", "She is not safe"), ("tried", ""), ("result", "")];
        house.health_visitor().slash(&["challenge"], &against).await;
        let disagrees = [("items", "all"), ("about", "It can't wait")];
        house.health_visitor().presses("disagree", &disagrees).await;
        assert_eq!(house.db_count("challenge_raised").await, 1, "{procedure}");
        let owner = house.police().picks(&["action", "now"], "owner", Cast::Police.name()).await;
        let given = [("what", PROTECTION), ("owner", owner.as_str())];
        let saved = house.police().slash(&["action", "now"], &given).await;
        assert_eq!(saved.code(), "entered", "{procedure}: {}", saved.text());
        let started = house.police().presses("accept_action", &[("action", "1")]).await;
        assert_eq!(started.code(), "action_answered", "{procedure}: {}", started.text());
        let done = house.police().slash(&["action", "done"], &[("action", "1"), ("completion", "done")]).await;
        assert_eq!(done.code(), "action_reported", "{procedure}: {}", done.text());
        house.close().await;
    }
}
