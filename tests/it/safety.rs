//! Immediate danger, at any stage and before the door too; and nothing of the case outside the room.

mod alerting;
mod at_once;

use convenor::domain::stage::Stage;
use convenor::rehearsal::workspace::DirectMessages;

use crate::support::{CASE_WORDS, Cast, House};

/// Shows: SAFE-06.
#[tokio::test(flavor = "multi_thread")]
async fn an_alert_from_before_the_door_reaches_those_who_can_act_and_tells_no_detail() {
    let house = House::gathered().await;
    house.social_worker().invites(Cast::Paediatrician).await;
    house.paediatrician().accepts().await;
    let got = house.paediatrician().presses("danger", &[("danger", "removal")]).await;
    assert!(got.is_private());
    assert!(got.text().contains("This does not call 999: if you need them, ring them now"), "{}", got.text());
    let words = "Marlow is taking Ellis off the ward";
    house.paediatrician().presses_in(&got, "danger_text", &[("text", words)]).await;
    assert!(house.room_has(words).await, "what they say of it is read past the door");
    for who in [Cast::TeamManager, Cast::SocialWorker, Cast::Police] {
        let alerts = house.who(who).person.direct_messages();
        let alert = alerts.last().unwrap_or_else(|| panic!("{who:?} is told"));
        assert!(alert.text.contains("somebody is trying to remove a child"), "{}", alert.text);
        assert!(alert.text.contains("This does not call 999"), "{}", alert.text);
    }
    for post in house.posts_outside().await {
        for word in CASE_WORDS.iter().chain(&["off the ward"]) {
            assert!(!post.text.contains(word), "{word} stands in {}", post.text);
        }
    }
    let wrong = house.who(Cast::SchoolNurse).place().await;
    assert!(house.who(Cast::SchoolNurse).person.messages(wrong).is_empty(), "nobody else is told");
    house.close().await;
}

/// Shows: SAFE-01.
#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_invited_can_raise_danger_from_the_card_before_accepting() {
    let house = House::convened().await;
    house.social_worker().invites(Cast::Paediatrician).await;
    let got = house.paediatrician().presses("danger", &[("danger", "removal")]).await;
    assert_eq!(got.code(), "danger_raised");
    assert!(got.is_private() && got.text().contains("This does not call 999"), "{}", got.text());
    let alerts = house.social_worker().person.direct_messages();
    let alert = alerts.last().expect("the convenor is told");
    assert!(alert.text.contains("somebody is trying to remove a child"), "{}", alert.text);
    assert!(house.minutes().await.contains(Cast::Paediatrician.name()), "the record says who raised it");
    assert!(!house.paediatrician().sees_the_room().await, "and an alert opens no door");

    house.paediatrician().accepts().await;
    house.paediatrician().passes_the_door().await;
    assert!(house.paediatrician().sees_the_room().await);
    house.close().await;
}

/// Shows: SAFE-06.
#[tokio::test(flavor = "multi_thread")]
async fn somebody_the_card_was_not_for_learns_nothing_by_the_danger_button() {
    let house = House::open().await;
    house.social_worker().registers().await;
    house.social_worker().lists_the_child().await;
    house.social_worker().convenes().await;
    let name = house.store.cases().await.expect("the store can be read").remove(0).code_name.0;
    let got = house.who(Cast::SchoolNurse).slash(&["danger"], &[("case", &name), ("danger", "removal")]).await;
    assert_eq!(got.code(), "not_yours_to_raise");
    assert!(got.text().contains("ring 999"), "{}", got.text());
    let people = Cast::ALL.into_iter().flat_map(|who| [who.card().name, who.card().role, who.card().agency]);
    for word in CASE_WORDS.into_iter().chain(people) {
        assert!(!got.text().contains(word), "{word}: {}", got.text());
    }

    // Another's card, in the duty channel both see.
    let officer = house.account(Cast::Police).to_string();
    house.workspace.set_direct_messages(house.account(Cast::Police), DirectMessages::Closed);
    house.social_worker().slash(&["strategy", "invite"], &[("person", &officer)]).await;
    let colleague = house.who(Cast::SecondOfficer).presses("danger", &[("danger", "removal")]).await;
    assert_eq!((colleague.code(), colleague.text()), ("not_yours_to_raise", got.text()));
    assert_eq!(house.db_count("danger_raised").await, 0);
    assert!(house.social_worker().person.direct_messages().is_empty());
    house.close().await;
}

/// Shows: SAFE-02.
#[tokio::test(flavor = "multi_thread")]
async fn an_alert_is_acknowledged_once_and_stays_in_the_record() {
    let house = House::at(Stage::Sharing).await;
    house.police().presses("danger", &[("danger", "child_missing")]).await;
    assert!(house.board().await.text.contains("IMMEDIATE DANGER"));
    let refused = house.health_visitor().presses("acknowledge", &[]).await;
    assert_eq!(refused.code(), "not_yours_to_acknowledge", "it was not sent to health");
    let dealt = house.social_worker().presses("acknowledge", &[]).await;
    assert_eq!(dealt.code(), "danger_acknowledged");
    let second = house.chair().presses("acknowledge", &[]).await;
    assert_eq!(second.code(), "already_done");
    assert!(!house.board().await.text.contains("IMMEDIATE DANGER"));
    assert!(house.minutes().await.contains("Immediate danger raised"));
    house.close().await;
}

/// Shows: SAFE-06.
#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_the_case_is_posted_outside_its_room() {
    let house = House::at(Stage::Sharing).await;
    house.social_worker().shares("Ellis Quillfeather has a spiral fracture; Marlow lives at 14 Pockmarrow Lane").await;
    let raised = house.health_visitor().presses("danger", &[("danger", "other")]).await;
    house.health_visitor().presses_in(&raised, "danger_text", &[("text", "Marlow is here")]).await;
    house.health_visitor().presses_in(&raised, "false_alarm", &[("reason", "Marlow was let in by us")]).await;
    house.goes_on_to(Stage::ReadBack).await;
    house.chair().slash(&["chair", "close"], &[("reason", "Ellis is safe")]).await;
    house.passes(1).await;
    house.chair().presses("sign", &[]).await;
    house.passes(7 * 24 * 60).await;
    house.chair().presses("circulate", &[]).await;
    let outside = house.posts_outside().await;
    assert!(outside.len() >= 6, "cards, alerts and reminders: {}", outside.len());
    for post in outside {
        let all = format!("{} {:?} {:?}", post.text, post.embeds, post.components);
        for word in CASE_WORDS {
            assert!(!all.contains(word), "{word} stands in {all}");
        }
    }
    for channel in house.workspace.channels() {
        let named = format!("{} {:?}", channel.name, channel.topic);
        assert!(CASE_WORDS.iter().all(|word| !named.contains(word)), "{named}");
    }
    house.close().await;
}
