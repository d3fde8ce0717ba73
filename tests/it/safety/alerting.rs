//! Who is alerted of immediate danger and until when, what its sender hears, and what stays in the record.

use convenor::config::Config;
use convenor::domain::stage::Stage;
use convenor::rehearsal::workspace::SeenMessage;
use convenor::wording::Wording;

use crate::support::{Cast, Got, House, Member, PROCEDURES};

const OPENED: &str = "2026-12-07 10:00";
const NOT_999: &str = "This does not call 999: if you need them, ring them now";
const NOBODY_YET: &str = "Nobody has acknowledged it yet.";

/// The danger button of a message, then one choice: two presses, and no form to fill in.
async fn two_presses(who: &Member<'_>, house: &House, message: &SeenMessage) {
    let (before, at) = (alerts(house), house.workspace.now());
    let id = message.button("Immediate danger").and_then(|button| button.custom_id);
    let id = id.unwrap_or_else(|| panic!("the danger button is there: {}", message.text));
    let list = who.person.press(message.id, &id).await.expect("it can be pressed");
    let asked = list.message().expect("a list is offered");
    assert!(list.is_private() && asked.text.contains(NOT_999), "before the second press: {}", asked.text);
    let select = asked.selects().into_iter().next().expect("the choices are fixed");
    let offered: Vec<_> = select.choices.iter().map(|choice| choice.value.as_str()).collect();
    assert_eq!(offered, ["risk_person_now", "child_missing", "removal", "worker_threatened", "other"]);
    let raised = who.person.select(asked.id, &select.custom_id, &["child_missing"]).await.expect("it can be chosen");
    assert!(raised.modal().is_none(), "nothing has to be written");
    assert!(raised.is_private() && raised.text().contains(NOT_999), "after it: {}", raised.text());
    assert!(raised.text().contains(NOBODY_YET), "{}", raised.text());
    house.settle().await;
    assert!(alerts(house) > before && house.workspace.now() == at, "the alert is out, and no time has passed");
}

/// How many alerts went out to people.
fn alerts(house: &House) -> usize {
    let posts = house.workspace.posts().into_iter();
    posts.filter(|post| !post.ephemeral && post.text.starts_with("**Immediate danger**")).count()
}

fn answer(got: &Got) -> SeenMessage {
    got.response.message().expect("they are answered").clone()
}

fn last_direct(house: &House, who: Cast) -> SeenMessage {
    house.who(who).person.direct_messages().pop().unwrap_or_else(|| panic!("{who:?} is told"))
}

/// Shows: SAFE-01, SAFE-03.
#[tokio::test(flavor = "multi_thread")]
async fn two_presses_raise_it_from_card_door_board_and_every_private_answer_at_any_stage() {
    for procedure in PROCEDURES {
        let house = House::under(procedure, OPENED).await;
        house.is_convened().await;
        house.social_worker().invites(Cast::Paediatrician).await;
        let doctor = house.paediatrician();
        let card = doctor.reads().pop().expect("a card");
        two_presses(&doctor, &house, &card).await;
        let told = last_direct(&house, Cast::TeamManager);
        assert!(told.text.contains("a child is missing now"), "{procedure}: whoever is to chair: {}", told.text);

        let accepted = doctor.accepts().await;
        two_presses(&doctor, &house, &answer(&accepted)).await;
        let door = doctor.comes_to_the_door().await;
        two_presses(&doctor, &house, &answer(&door)).await;
        two_presses(&house.social_worker(), &house, &house.board().await).await;

        for who in [Cast::TeamManager, Cast::Police, Cast::HealthVisitor, Cast::Paediatrician] {
            if who != Cast::Paediatrician {
                house.who(who).accepts().await;
            }
            house.who(who).passes_the_door().await;
        }
        house.chair().opens().await;
        house.goes_on_to(Stage::Sharing).await;
        let refused = house.paediatrician().shares("out of turn").await;
        assert_eq!(refused.code(), "not_your_turn", "{procedure}");
        two_presses(&doctor, &house, &answer(&refused)).await;
        house.chair().presses("adjourn", &[("holder", "The night team")]).await;
        two_presses(&doctor, &house, &last_direct(&house, Cast::Paediatrician)).await;
        house.chair().passes_the_door().await;
        house.chair().presses("resume", &[]).await;
        house.goes_on_to(Stage::ReadBack).await;
        house.chair().closes().await;
        two_presses(&house.chair(), &house, &house.board().await).await;
        assert_eq!(house.db_count("danger_raised").await, 7, "{procedure}");
        house.close().await;
    }
}

/// Shows: SAFE-01.
#[tokio::test(flavor = "multi_thread")]
async fn before_any_chair_is_named_it_reaches_the_convenor_and_the_emergency_contact() {
    for procedure in PROCEDURES {
        let house = House::under(procedure, OPENED).await;
        house.enrols_as(Cast::SchoolNurse, "Emergency duty social worker", Cast::SocialWorker, None).await;
        let registered = house.social_worker().registers().await;
        two_presses(&house.social_worker(), &house, &answer(&registered)).await;
        let told = last_direct(&house, Cast::SchoolNurse);
        assert!(told.text.contains("a child is missing now"), "{procedure}: only registered: {}", told.text);

        let given = [("form", "meeting"), ("starts", &house.moment(60))];
        house.social_worker().slash(&["strategy", "convene"], &given).await;
        house.social_worker().invites(Cast::Paediatrician).await;
        let (doctor, card) = (house.paediatrician(), house.paediatrician().reads().pop().expect("a card"));
        two_presses(&doctor, &house, &card).await;
        for who in [Cast::SocialWorker, Cast::SchoolNurse] {
            let told = last_direct(&house, who);
            assert!(told.text.contains("a child is missing now"), "{procedure}: {who:?}: {}", told.text);
        }
        assert_eq!(house.db_count("danger_raised").await, 2, "{procedure}");
        house.close().await;
    }
}

/// Shows: SAFE-02.
#[tokio::test(flavor = "multi_thread")]
async fn how_often_it_is_sent_again_is_the_procedures() {
    let mut config = Config::built_in();
    config.procedures.get_mut("remote-format").expect("it ships").waits.danger_repeat_minutes = 3;
    let house = House::configured(config, "remote-format").await;
    house.gathers().await;
    let raised = house.health_visitor().presses("danger", &[("danger", "removal")]).await;
    assert!(raised.text().contains("sent again every 3 minutes"), "{}", raised.text());
    for (minutes, times) in [(2, 0), (1, 1), (2, 1), (1, 2)] {
        house.passes(minutes).await;
        assert_eq!(house.db_count("danger_repeated").await, times);
    }
    assert!(last_direct(&house, Cast::Police).text.contains("sent again (2)"));
    house.close().await;
}

/// Shows: SAFE-02, SAFE-03, SAFE-06, SAFE-07.
#[tokio::test(flavor = "multi_thread")]
async fn it_goes_to_all_five_again_and_again_until_one_of_them_acknowledges_and_everybody_hears_who() {
    for procedure in PROCEDURES {
        let mut house = House::under(procedure, OPENED).await;
        house.enrols_as(Cast::SchoolNurse, "Emergency duty social worker", Cast::SocialWorker, None).await;
        house.gathers().await;
        house.social_worker().invites(Cast::Paediatrician).await;
        house.paediatrician().accepts().await;
        house.paediatrician().passes_the_door().await;
        house.chair().opens().await;
        let vice = house.chair().picks(&["chair", "vice-chair"], "who", Cast::HealthVisitor.name()).await;
        house.chair().slash(&["chair", "vice-chair"], &[("who", &vice)]).await;

        let raised = house.paediatrician().presses("danger", &[("danger", "removal")]).await;
        let five = [Cast::TeamManager, Cast::HealthVisitor, Cast::SocialWorker, Cast::Police, Cast::SchoolNurse];
        let code_name = house.store.cases().await.expect("the store can be read").remove(0).code_name.0;
        for who in five {
            let alert = last_direct(&house, who).text;
            let named = ["somebody is trying to remove a child", NOT_999, "Consultant paediatrician (Health)", "10:00"];
            assert!(named.iter().all(|part| alert.contains(part)), "{alert}");
            assert!(alert.contains(&code_name), "it says which case: {alert}");
            let sender = ["Tom Ferris", "General Hospital"];
            assert!(sender.iter().all(|name| !alert.contains(name)), "the sender's role alone: {alert}");
        }
        for who in [Cast::TeamManager, Cast::HealthVisitor, Cast::SocialWorker, Cast::Police] {
            assert!(raised.text().contains(who.name()), "{procedure}: says who is told: {}", raised.text());
        }
        assert!(raised.text().contains("the emergency contact of your authority"), "{}", raised.text());
        let own = house.paediatrician().presses("acknowledge", &[]).await;
        assert_eq!(own.code(), "your_own_alert", "{procedure}: {}", own.text());

        house.passes(1).await;
        assert_eq!(house.db_count("danger_repeated").await, 0, "{procedure}");
        house.passes(1).await;
        assert_eq!(house.db_count("danger_repeated").await, 1, "{procedure}");
        house.starts_again(0).await;
        house.passes(2).await;
        assert_eq!(house.db_count("danger_repeated").await, 2, "{procedure}: across a restart");
        for who in five {
            assert!(last_direct(&house, who).text.contains("sent again (2)"), "{procedure}: {who:?}");
        }
        let heard = last_direct(&house, Cast::Paediatrician).text;
        assert!(heard.contains("sent again (2)") && heard.contains(NOT_999), "{procedure}: {heard}");

        let taken = house.who(Cast::SchoolNurse).presses("acknowledge", &[]).await;
        assert_eq!(taken.code(), "danger_acknowledged", "{procedure}: {}", taken.text());
        let over = "acknowledged by Bela Marsh, Emergency duty social worker, Larkshire Children's Services, 10:04";
        for who in five.into_iter().chain([Cast::Paediatrician]) {
            assert!(last_direct(&house, who).text.contains(over), "{who:?}: {}", last_direct(&house, who).text);
        }
        assert!(house.room_has(over).await, "{procedure}: {:?}", house.room_posts().await);
        house.passes(10).await;
        assert_eq!(house.db_count("danger_repeated").await, 2, "{procedure}: nothing more is sent");

        let minutes = house.minutes().await;
        let section = minutes.split("Immediate danger raised").nth(1).expect("the section").split("\n## ").next();
        let section = section.expect("it has a body");
        for said in [
            "| 10:00 | Tom Ferris",
            "Bela Marsh",
            "10:00: sent to",
            "10:02 to 10:04: not acknowledged, and sent again 2 times to",
        ] {
            assert!(section.contains(said), "{procedure}: {said} in {section}");
        }
        house.close().await;
    }
}

/// Shows: SAFE-02.
#[tokio::test(flavor = "multi_thread")]
async fn where_nobody_acknowledges_for_long_the_manager_is_told_too_and_it_goes_on_until_somebody_does() {
    let house = House::at(Stage::Sharing).await;
    house.enrols_as(Cast::SchoolNurse, "Service manager", Cast::SocialWorker, None).await;
    house.health_visitor().presses("danger", &[("danger", "child_missing")]).await;
    for _ in 0..29 {
        house.passes(2).await;
    }
    assert_eq!(house.db_count("danger_repeated").await, 29);
    assert!(!last_direct(&house, Cast::HealthVisitor).text.contains("The manager has been told"));
    let manager = house.who(Cast::SchoolNurse);
    assert!(manager.person.direct_messages().is_empty(), "not yet");
    for times in [30, 31, 32] {
        house.passes(2).await;
        assert_eq!(house.db_count("danger_repeated").await, times, "it doesn't end by itself");
        let told = last_direct(&house, Cast::HealthVisitor).text;
        assert!(
            told.contains(&format!("sent again ({times})")) && told.contains("The manager has been told"),
            "{told}"
        );
    }
    assert!(house.board().await.text.contains("IMMEDIATE DANGER"), "the board goes on saying so");
    house.police().presses("acknowledge", &[]).await;
    for who in [Cast::HealthVisitor, Cast::SchoolNurse] {
        let told = last_direct(&house, who).text;
        assert!(told.contains("acknowledged by Dana Okafor"), "{who:?}: {told}");
    }
    house.passes(2).await;
    assert_eq!(house.db_count("danger_repeated").await, 32, "nothing more is sent");
    let minutes = house.minutes().await;
    for line in [
        "10:02 to 10:58: not acknowledged, and sent again 29 times to",
        "11:00 to 11:04: not acknowledged, and sent again 3 times to",
    ] {
        assert!(minutes.contains(line), "{line} in {minutes}");
    }
    house.close().await;
}

/// Shows: SAFE-02.
#[tokio::test(flavor = "multi_thread")]
async fn whoever_was_told_by_a_repetition_alone_hears_who_acknowledged_it() {
    let house = House::at(Stage::Sharing).await;
    house.police().presses("danger", &[("danger", "child_missing")]).await;
    let vice = house.chair().picks(&["chair", "vice-chair"], "who", Cast::HealthVisitor.name()).await;
    house.chair().slash(&["chair", "vice-chair"], &[("who", &vice)]).await;
    house.passes(2).await;
    assert!(last_direct(&house, Cast::HealthVisitor).text.contains("sent again (1)"));
    house.chair().presses("acknowledge", &[]).await;
    let over = last_direct(&house, Cast::HealthVisitor).text;
    assert!(over.contains("acknowledged by Imogen Vale"), "{over}");
    house.close().await;
}

/// A sentence a case keeps may ask for a value that isn't given any more; what is said now has a sentence of its own.
///
/// Shows: SAFE-02.
#[tokio::test(flavor = "multi_thread")]
async fn a_case_that_keeps_the_words_of_before_is_chased_and_minuted_all_the_same() {
    let mut config = Config::built_in();
    let mut sentences = config.wording.sentences().clone();
    for key in ["danger.repeated", "minutes.danger_repeated"] {
        sentences.insert(key.to_owned(), "Sent again{% if last %}, for the last time{% endif %}.".to_owned());
    }
    config.wording = Wording::compile(sentences).expect("each can be said");
    let house = House::configured(config, "remote-format").await;
    house.gathers().await;
    house.health_visitor().presses("danger", &[("danger", "removal")]).await;
    for _ in 0..2 {
        house.passes(2).await;
    }
    assert!(last_direct(&house, Cast::HealthVisitor).text.contains("it was sent again (2)"));
    assert!(house.minutes().await.contains("10:02 to 10:04: not acknowledged, and sent again 2 times"));
    house.close().await;
}

/// Shows: SAFE-07.
#[tokio::test(flavor = "multi_thread")]
async fn all_its_sender_says_of_it_stays_in_the_record_each_with_its_time() {
    for procedure in PROCEDURES {
        let house = House::under_at(procedure, Stage::Open).await;
        let raised = house.health_visitor().presses("danger", &[("danger", "removal")]).await;
        house.health_visitor().presses_in(&raised, "danger_text", &[("text", "Marlow is at the gate")]).await;
        house.passes(1).await;
        house.health_visitor().presses_in(&raised, "danger_text", &[("text", "He has driven off alone")]).await;
        for said in ["Marlow is at the gate", "He has driven off alone"] {
            assert!(house.room_has(said).await, "{procedure}: {said}");
        }
        let minutes = house.minutes().await;
        let section = minutes.split("Immediate danger raised").nth(1).and_then(|rest| rest.split("\n## ").next());
        let section = section.expect("the section");
        assert!(section.contains("Marlow is at the gate"), "{procedure}: {section}");
        let added = "10:01: Priya Nandy, Health visitor, Larkshire Community Health added: He has driven off alone";
        assert!(section.contains(added), "{procedure}: {section}");
        house.close().await;
    }
}

/// Shows: SAFE-07.
#[tokio::test(flavor = "multi_thread")]
async fn its_sender_alone_can_mark_it_a_false_alarm_and_it_stays_with_the_reason() {
    for procedure in PROCEDURES {
        let house = House::under_at(procedure, Stage::Open).await;
        assert!(!house.minutes().await.contains("## Immediate danger raised"), "{procedure}: none was");
        let raised = house.health_visitor().presses("danger", &[("danger", "worker_threatened")]).await;
        let (message, id) = (answer(&raised).id, answer(&raised).button("False alarm").expect("a button").custom_id);
        assert!(house.police().person.press(message, &id.clone().expect("an id")).await.is_err(), "only they see it");
        let marked = house.health_visitor().presses_in(&raised, "false_alarm", &[("reason", "")]).await;
        assert_eq!(marked.code(), "reason_missing", "{procedure}: saved and marked: {}", marked.text());
        let given = [("reason", "It was the fire drill")];
        house.health_visitor().presses_in(&raised, "false_alarm", &given).await;
        house.passes(10).await;
        assert_eq!(house.db_count("danger_repeated").await, 0, "{procedure}: it is sent no more");
        assert!(house.room_has("The reason: It was the fire drill").await, "{procedure}");
        let minutes = house.minutes().await;
        let section = minutes.split("Immediate danger raised").nth(1).expect("the alert stays");
        assert!(section.contains("| 10:00 | Priya Nandy"), "{procedure}: {section}");
        let marked = "marked as a false alarm by Priya Nandy";
        assert!(section.contains(marked) && section.contains("It was the fire drill"), "{procedure}: {section}");
        house.close().await;
    }
}
