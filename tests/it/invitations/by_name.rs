//! An agency's own worker is of concern: one person is asked by name, and their colleagues hear nothing (INV-33).

use convenor::rehearsal::workspace::DirectMessages;

use super::answering::told;
use crate::support::{Cast, House, section};

/// Convened, with the police asked by name only and one officer invited.
async fn by_name() -> House {
    let house = House::open().await;
    house.social_worker().registers().await;
    house.social_worker().lists_the_child().await;
    house.social_worker().convenes().await;
    house.chair().accepts().await;
    house.social_worker().slash(&["strategy", "by-name-only"], &[("kind", "police")]).await;
    house
}

async fn invites_the_second_officer(house: &House) {
    let person = house.account(Cast::SecondOfficer).to_string();
    let got = house.social_worker().slash(&["strategy", "invite"], &[("person", &person)]).await;
    assert_eq!(got.code(), "invited", "{}", got.text());
}

/// Shows: INV-33.
#[tokio::test(flavor = "multi_thread")]
async fn nothing_reaches_the_duty_channel_of_an_agency_that_is_asked_by_name_only() {
    let house = by_name().await;
    let refused = house
        .social_worker()
        .slash(&["strategy", "invite"], &[("agency", Cast::Police.card().agency), ("role", "Police officer")])
        .await;
    assert_eq!(refused.code(), "named_person_only", "{}", refused.text());
    house.workspace.set_direct_messages(house.account(Cast::SecondOfficer), DirectMessages::Closed);
    invites_the_second_officer(&house).await;
    assert!(house.police().reads().is_empty(), "not even where direct messages are closed");
    let told = told(&house, Cast::SocialWorker, "the person you asked (Police) takes no direct messages");
    assert_eq!(told, 1, "the convenor hears that nobody was reached");
    let annex = section(&house.minutes().await, "Audit annex");
    assert!(annex.contains("the invitation could not be delivered"), "{annex}");
    house.close().await;
}

/// Shows: INV-33.
#[tokio::test(flavor = "multi_thread")]
async fn the_one_asked_meets_the_conflict_question_before_the_look_up_sheet() {
    let house = by_name().await;
    invites_the_second_officer(&house).await;
    let officer = house.who(Cast::SecondOfficer);
    let asked = officer.accepts().await;
    assert!(asked.text().contains("Do you know or manage"), "{}", asked.text());
    assert_eq!(asked.buttons(), ["No, I'll attend", "Yes, ask somebody else"]);
    assert_eq!(house.db_count("invitation_accepted").await, 1, "the chair's alone");
    let got = officer.presses_in(&asked, "accept", &[("conflict", "no")]).await;
    assert_eq!(got.code(), "conflict_answered", "{}", got.text());
    let sheet = officer.presses_in(&got, "look_up", &[]).await;
    assert!(sheet.text().contains("Ellis Quillfeather"), "{}", sheet.text());
    house.close().await;
}

/// Shows: INV-33.
#[tokio::test(flavor = "multi_thread")]
async fn whoever_knows_the_person_of_concern_is_asked_no_more_and_the_convenor_hears() {
    let house = by_name().await;
    invites_the_second_officer(&house).await;
    let officer = house.who(Cast::SecondOfficer);
    let asked = officer.accepts().await;
    let got = officer.presses_in(&asked, "accept", &[("conflict", "yes")]).await;
    assert!(got.text().contains("asked no more"), "{}", got.text());
    assert_eq!(told(&house, Cast::SocialWorker, "Police: the person you asked may know"), 1);
    let card = officer.person.direct_messages().into_iter().find(|message| message.text.contains("not needed"));
    assert!(card.expect("the card stays and says so").buttons().is_empty());
    assert!(house.police().reads().is_empty());
    assert!(house.minutes().await.contains("knows or manages the person of concern"));
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_that_was_out_already_is_withdrawn() {
    let house = House::convened().await;
    house.social_worker().slash(&["strategy", "by-name-only"], &[("kind", "police")]).await;
    let card = house.police().reads().pop().expect("the card was out");
    assert!(card.buttons().is_empty(), "{}", card.text);
    house.close().await;
}
