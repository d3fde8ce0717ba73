//! Seats that change hands: to a colleague, and when somebody leaves their post.

use convenor::domain::stage::Stage;

use crate::support::{CASE_WORDS, Cast, House, PROCEDURES};

const WHAT: &str = "Check the log of call-outs";

/// At the actions, with one of the police officer's.
async fn with_an_action(procedure: &str) -> House {
    let house = House::under_at(procedure, Stage::Actions).await;
    let owner = house.chair().picks(&["action", "add"], "owner", "Dana Okafor").await;
    let got = house.chair().slash(&["action", "add"], &[("what", WHAT), ("owner", owner.as_str())]).await;
    assert_eq!(got.code(), "entered", "{procedure}: {}", got.text());
    house
}

/// Direct messages that hold these words, oldest first.
fn told(house: &House, who: Cast, words: &str) -> Vec<String> {
    let messages = house.who(who).person.direct_messages().into_iter().map(|message| message.text);
    messages.filter(|text| text.contains(words)).collect()
}

fn says_nothing_of_the_case(text: &str) {
    assert!(CASE_WORDS.iter().chain([&WHAT]).all(|word| !text.contains(word)), "{text}");
}

/// Shows: SES-16.
#[tokio::test(flavor = "multi_thread")]
async fn whoever_hands_their_seat_on_is_out_and_the_colleague_comes_in_by_the_door_with_the_actions() {
    for procedure in PROCEDURES {
        let house = with_an_action(procedure).await;
        let hands_on = async |to: Cast| {
            let to = house.account(to).to_string();
            house.police().slash(&["action", "hand-on"], &[("person", to.as_str())]).await
        };
        assert_eq!(hands_on(Cast::HealthVisitor).await.code(), "other_agency", "{procedure}");
        let got = hands_on(Cast::SecondOfficer).await;
        assert!(got.text().contains("handed on"), "{procedure}: {}", got.text());

        assert!(!house.police().sees_the_room().await, "{procedure}: the channel is taken from them");
        let refused = house.police().slash(&["ask"], &[("question", "Where is he?")]).await;
        assert_eq!(refused.code(), "excluded", "{procedure}: {}", refused.text());
        for who in [Cast::Police, Cast::SecondOfficer] {
            let told = told(&house, who, "has handed their seat on to Piet Lund");
            assert!(told.len() == 1 && told[0].contains("action 1"), "{procedure}: {who:?} {told:?}");
            says_nothing_of_the_case(&told[0]);
        }
        assert!(house.room_has("has handed their seat on to Piet Lund").await, "{procedure}");

        let colleague = house.who(Cast::SecondOfficer);
        assert!(!colleague.sees_the_room().await, "{procedure}: not before the door");
        assert_eq!(colleague.accepts().await.code(), "invitation_accepted", "{procedure}");
        assert!(colleague.presses("look_up", &[]).await.text().contains("Quillfeather"), "{procedure}");
        colleague.passes_the_door().await;
        assert!(colleague.sees_the_room().await, "{procedure}");
        assert_eq!(colleague.slash(&["action", "done"], &[("action", "1")]).await.code(), "action_done", "{procedure}");
        let minutes = house.minutes().await;
        assert!(minutes.contains("seat handed on to Piet Lund"), "{procedure}: {minutes}");
        assert!(minutes.contains("Action 1 changed"), "{procedure}: {minutes}");
        house.close().await;
    }
}

/// Shows: SES-16.
#[tokio::test(flavor = "multi_thread")]
async fn the_chair_is_handed_over_before_the_seat_and_nobody_hands_on_a_seat_that_is_held() {
    let house = House::at(Stage::Open).await;
    let social_worker = house.account(Cast::SocialWorker).to_string();
    let chair = house.chair().slash(&["action", "hand-on"], &[("person", social_worker.as_str())]).await;
    assert_eq!(chair.code(), "chair_first", "{}", chair.text());
    let seat = house.chair().picks(&["action", "hand-on"], "leaver", "Dana Okafor").await;
    let officer = house.account(Cast::SecondOfficer).to_string();
    let given = [("person", officer.as_str()), ("leaver", seat.as_str())];
    let held = house.chair().slash(&["action", "hand-on"], &given).await;
    assert_eq!(held.code(), "seat_held", "{}", held.text());
    assert!(house.police().sees_the_room().await);
    house.close().await;
}

/// Shows: SES-17.
#[tokio::test(flavor = "multi_thread")]
async fn what_stands_under_the_name_of_somebody_who_left_is_chased_each_day_until_a_colleague_has_it() {
    for procedure in PROCEDURES {
        let house = with_an_action(procedure).await;
        house.enrols_as(Cast::SchoolNurse, "Police manager", Cast::Police, None).await;
        house.ends_the_enrolment_of(Cast::Police).await;
        assert!(!house.police().sees_the_room().await, "{procedure}: access ends at once");
        assert_eq!(house.police().slash(&["strategy", "mine"], &[]).await.code(), "not_enrolled", "{procedure}");
        let chased = |times: usize| {
            for who in [Cast::TeamManager, Cast::SchoolNurse] {
                let told = told(&house, who, "owner left");
                assert_eq!(told.len(), times, "{procedure}: {who:?} {told:?}");
                let all = ["Dana Okafor", "their seat and action 1"];
                assert!(told.iter().all(|text| all.iter().all(|words| text.contains(words))), "{told:?}");
                told.iter().for_each(|text| says_nothing_of_the_case(text));
            }
        };
        chased(1);
        assert!(house.room_has("Dana Okafor, Child protection investigator").await, "{procedure}");
        let minutes = house.minutes().await;
        assert!(minutes.contains("(owner left)") && minutes.contains("left their post"), "{procedure}: {minutes}");
        house.goes_on_to(Stage::ReadBack).await;
        let open = house.chair().presses("closing", &[]).await;
        assert!(open.text().contains("Owner left: seat to be handed on"), "{procedure}: {}", open.text());
        assert!(open.text().contains("Owner left: action to be given"), "{procedure}: {}", open.text());
        house.comes_to("2026-12-08 09:00").await;
        chased(2);

        let seat = house.chair().picks(&["action", "hand-on"], "leaver", "Dana Okafor").await;
        let owns = [("what", "Ring the school"), ("owner", seat.as_str())];
        let refused = house.chair().slash(&["action", "add"], &owns).await;
        assert_eq!(refused.code(), "seat_passed_on", "{procedure}: nothing new goes to a leaver: {}", refused.text());
        let officer = house.account(Cast::SecondOfficer).to_string();
        let given = [("person", officer.as_str()), ("leaver", seat.as_str())];
        let got = house.chair().slash(&["action", "hand-on"], &given).await;
        assert!(got.text().contains("handed on"), "{procedure}: {}", got.text());
        house.comes_to("2026-12-09 09:00").await;
        chased(2);
        let minutes = house.minutes().await;
        assert!(!minutes.contains("(owner left)"), "{procedure}: {minutes}");
        let open = house.chair().presses("closing", &[]).await;
        assert!(!open.text().contains("Owner left"), "{procedure}: {}", open.text());
        assert!(minutes.contains("seat handed on to Piet Lund"), "{procedure}: {minutes}");
        house.close().await;
    }
}
