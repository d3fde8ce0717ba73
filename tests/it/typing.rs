//! Somebody whose rights let them type does so while another has the floor.

use std::time::Duration;

use convenor::domain::case::Case;
use convenor::domain::floor::holds_back;
use convenor::domain::ids::AccountId;
use convenor::domain::stage::Stage;
use convenor::rehearsal::workspace::{SeenMessage, permissions};

use crate::support::{Cast, House};

const WORDS: &str = "But I was there first, and the aunt said otherwise";

/// At the round, with a police officer whose rights in the guild are wider than a case's channel gives.
async fn round_under(procedure: &str) -> House {
    let house = House::under_at(procedure, Stage::Sharing).await;
    let role = house.workspace.add_role("Server help", permissions::ADMINISTRATOR);
    house.workspace.set_member_roles(house.account(Cast::Police), &[role]);
    house
}

async fn types(house: &House) -> SeenMessage {
    let room = house.room().await.expect("the room is there");
    house.police().person.say(room, WORDS).expect("an administrator may type anywhere")
}

/// Shows: TURN-05.
#[tokio::test(flavor = "multi_thread")]
async fn where_the_procedure_is_strict_what_another_types_is_taken_out_and_its_author_is_told() {
    let house = round_under("remote-format").await;
    types(&house).await;
    let taken_out = tokio::time::timeout(Duration::from_secs(30), async {
        while house.db_count("message_held_back").await == 0 || house.room_has(WORDS).await {
            house.settle().await;
            tokio::task::yield_now().await;
        }
    });
    taken_out.await.expect("it does not stay in the channel");
    house.settle().await;
    let told = house.police().person.direct_messages().pop().expect("its author is told").text;
    assert!(told.contains("somebody else has the floor") && told.contains("say it with /share in your turn"), "{told}");
    assert!(!told.contains("aunt"), "{told}");
    for who in [Cast::SocialWorker, Cast::TeamManager, Cast::HealthVisitor] {
        assert!(house.who(who).person.direct_messages().iter().all(|seen| !seen.text.contains("floor")), "{who:?}");
    }
    assert_eq!(house.db_count("floor_released").await, 0, "the floor is where it was");
    let (journal, minutes) = (format!("{:?}", house.db_journal().await), house.minutes().await);
    assert!(!journal.contains("aunt") && !minutes.contains("aunt"), "it is in no record");
    let (body, annex) = minutes.split_once("Audit annex").expect("there is an annex");
    assert!(annex.contains("taken out unread") && !body.contains("taken out unread"), "{annex}");
    house.close().await;
}

/// Shows: TURN-05.
#[tokio::test(flavor = "multi_thread")]
async fn elsewhere_it_stays_in_the_channel_and_out_of_the_record() {
    let house = round_under("audit-assured").await;
    types(&house).await;
    let refused = house.police().shares("Two call-outs in March").await;
    assert_eq!(refused.code(), "not_your_turn", "whoever may type has no more of a turn than others");
    assert!(house.room_has(WORDS).await);
    assert_eq!(house.db_count("message_held_back").await, 0);
    assert!(!house.minutes().await.contains("aunt"));
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_has_the_floor_and_everybody_after_the_round_may_type_in_a_strict_procedure_too() {
    let house = round_under("remote-format").await;
    let is_held_back = async |who: Cast| {
        let case = Case::fold(&house.db_journal().await).expect("there is a case");
        holds_back(&case, &house.config.procedures["remote-format"], AccountId(house.account(who).0))
    };
    assert!(!is_held_back(Cast::SocialWorker).await && is_held_back(Cast::Police).await);
    for who in [Cast::SocialWorker, Cast::HealthVisitor, Cast::Police] {
        house.who(who).finishes().await;
    }
    assert!(is_held_back(Cast::Police).await, "the round is not over yet");
    house.goes_on_to(Stage::Questions).await;
    types(&house).await;
    house.police().asks("Was it photographed?", Some(Cast::SocialWorker)).await;
    assert!(house.room_has(WORDS).await && house.db_count("message_held_back").await == 0);
    house.close().await;
}
