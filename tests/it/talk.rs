//! Talk and scribe: a call beside the session, and what the recorder enters for whoever speaks on it.

use convenor::domain::stage::Stage;

use crate::support::{Cast, Got, House, section};

const NUMBER: &str = "0113 496 0417";

async fn convened_on_a_call() -> House {
    let house = House::open().await;
    house.social_worker().registers().await;
    house.social_worker().lists_the_child().await;
    let (chair, starts) = (house.account(Cast::TeamManager).to_string(), house.moment(60));
    let given = [("form", "meeting"), ("starts", starts.as_str()), ("chair", chair.as_str()), ("call", NUMBER)];
    house.social_worker().slash(&["strategy", "convene"], &given).await;
    for who in [Cast::Police, Cast::HealthVisitor] {
        house.social_worker().invites(who).await;
    }
    house
}

/// Shows: SES-07.
#[tokio::test(flavor = "multi_thread")]
async fn whoever_accepted_is_given_the_call_privately_and_nobody_before() {
    let house = convened_on_a_call().await;
    assert!(house.police().reads().iter().all(|message| !message.text.contains(NUMBER)), "it is on no card");
    let accepted = house.police().accepts().await;
    assert!(!accepted.text().contains(NUMBER), "{}", accepted.text());
    let call = house.police().presses_in(&accepted, "call", &[]).await;
    assert!(call.is_private() && call.text().contains(NUMBER), "{}", call.text());
    assert_eq!(house.db_count("call_details_read").await, 1, "that it was read is recorded");
    assert!(house.board().await.text.contains("**On a call**"), "{}", house.board().await.text);
    let minutes = house.minutes().await;
    assert!(minutes.contains("on a call alongside") && !minutes.contains(NUMBER), "{minutes}");
    assert!(house.posts_outside().await.iter().all(|post| !post.text.contains(NUMBER)));
    assert!(!house.room_has(NUMBER).await && !house.board().await.text.contains(NUMBER));

    let refused = [("reason", "In court"), ("current", "")];
    assert_eq!(house.police().presses("decline", &refused).await.code(), "invitation_declined");
    let late = house.police().presses_in(&accepted, "call", &[]).await;
    assert_eq!(late.code(), "not_seated", "{}", late.text());
    let accepted = house.health_visitor().accepts().await;
    let seat = house.social_worker().picks(&["chair", "stand-down"], "who", "Priya Nandy").await;
    house.social_worker().slash(&["chair", "stand-down"], &[("who", &seat), ("reason", "Knows the family")]).await;
    let out = house.health_visitor().presses_in(&accepted, "call", &[]).await;
    assert_eq!(out.code(), "excluded", "{}", out.text());
    assert!(!late.text().contains(NUMBER) && !out.text().contains(NUMBER), "{} {}", late.text(), out.text());
    assert_eq!(house.db_count("call_details_read").await, 1, "neither has read it");
    house.close().await;
}

/// Shows: SES-07.
#[tokio::test(flavor = "multi_thread")]
async fn a_call_given_later_is_told_to_those_who_accepted_without_its_details() {
    let house = House::convened().await;
    house.police().accepts().await;
    assert!(!house.board().await.text.contains("On a call"));
    let got = house.social_worker().presses("give_call", &[("call", NUMBER)]).await;
    assert_eq!(got.code(), "call_given", "{}", got.text());
    let told = house.police().person.direct_messages().pop().expect("they are told");
    assert!(told.text.contains("details of the call") && !told.text.contains(NUMBER), "{}", told.text);
    let call = house.police().presses("call", &[]).await;
    assert!(call.text().contains(NUMBER), "{}", call.text());
    assert!(house.health_visitor().person.direct_messages().is_empty(), "nobody who has not accepted");
    assert!(house.board().await.text.contains("**On a call**"));
    house.close().await;
}

/// The police have the floor, and the recorder enters what they say.
async fn police_speak() -> (House, String) {
    let house = House::at(Stage::Open).await;
    let police = house.social_worker().picks(&["share"], "for", Cast::Police.name()).await;
    house.chair().slash(&["chair", "order"], &[("order", &police)]).await;
    house.goes_on_to(Stage::Sharing).await;
    (house, police)
}

async fn enters(house: &House, police: &str, words: &str) -> Got {
    house.social_worker().slash(&["share"], &[("current", words), ("for", police)]).await
}

/// Shows: SES-08.
#[tokio::test(flavor = "multi_thread")]
async fn a_gist_is_not_the_speakers_until_they_say_that_it_is_right() {
    let (house, police) = police_speak().await;
    enters(&house, &police, "Two calls in March").await;
    assert!(house.room_has("entered by the recorder, not confirmed").await);
    let told = house.room_posts().await.pop().expect("the speaker is told");
    assert!(told.contains(&format!("<@{}>", house.account(Cast::Police))), "{told}");
    assert!(!told.contains("March"), "a locked screen shows nothing of it: {told}");
    let minutes = house.minutes().await;
    let shared = section(&minutes, "Information shared");
    assert!(shared.contains("Entered by the recorder, not confirmed by the speaker."), "{shared}");
    let refused = house.chair().presses("right", &[]).await;
    assert_eq!(refused.code(), "not_your_words", "{}", refused.text());
    assert!(refused.text().contains("Dana Okafor"), "{}", refused.text());
    house.passes(2).await;
    let got = house.police().presses("right", &[]).await;
    assert_eq!(got.code(), "words_confirmed", "{}", got.text());
    let minutes = house.minutes().await;
    let shared = section(&minutes, "Information shared");
    assert!(shared.contains("Confirmed by the speaker at 10:02.") && !shared.contains("not confirmed"), "{shared}");
    house.close().await;
}

/// Shows: SES-08.
#[tokio::test(flavor = "multi_thread")]
async fn a_correction_keeps_both_texts_and_what_is_left_unconfirmed_is_open() {
    let (house, police) = police_speak().await;
    enters(&house, &police, "Two calls in March").await;
    let got = house.police().presses("correct", &[("current", "Three calls in April")]).await;
    assert_eq!(got.code(), "words_corrected", "{}", got.text());
    assert!(house.room_has("put right by the speaker").await && house.room_has("Three calls in April").await);
    let minutes = house.minutes().await;
    let shared = section(&minutes, "Information shared");
    let (now, first) = shared.split_once("As the recorder had entered it:").expect("both stand there");
    assert!(now.contains("Three calls in April") && first.contains("Two calls in March"), "{shared}");
    enters(&house, &police, "The officer knows the family").await;
    house.chair().closes().await;
    assert!(house.room_has("Entered for a speaker, not confirmed by them: item 2").await, "it is listed as open");
    house.close().await;
}

/// Shows: SES-08.
#[tokio::test(flavor = "multi_thread")]
async fn what_was_entered_for_some_readers_only_is_shown_to_its_speaker_alone() {
    let (house, police) = police_speak().await;
    let given = [("current", "An informant is near"), ("for", police.as_str()), ("readers", "chair_police")];
    house.social_worker().slash(&["share"], &given).await;
    assert!(!house.room_has("An informant is near").await);
    let shown = house.police().presses("said_for_me", &[]).await;
    assert!(shown.is_private() && shown.text().contains("An informant is near"), "{}", shown.text());
    let got = house.police().presses_in(&shown, "right", &[]).await;
    assert_eq!(got.code(), "words_confirmed", "{}", got.text());
    let nothing = house.health_visitor().person.messages(house.room().await.expect("a room"));
    assert!(nothing.iter().all(|message| !message.text.contains("An informant is near")));
    house.close().await;
}

/// Shows: SES-08.
#[tokio::test(flavor = "multi_thread")]
async fn a_decision_said_aloud_is_put_right_by_the_chair_who_said_it_and_both_texts_stay() {
    let house = House::at(Stage::Deciding).await;
    let heard = [("decision", "initiate"), ("rationale", "The injury has no explanation")];
    house.social_worker().presses("section_47", &heard).await;
    assert!(section(&house.minutes().await, "Section 47 decision").contains("draft, not confirmed"));
    let shown = house.chair().presses("drafts", &[]).await;
    let said = [("decision", "initiate"), ("rationale", "The explanation does not fit the injury")];
    let changed = house.chair().presses_in(&shown, "section_47", &said).await;
    assert_eq!(changed.code(), "entered", "{}", changed.text());
    let decided = section(&house.minutes().await, "Section 47 decision");
    let (stands, earlier) = decided.split_once("The injury has no explanation").expect("what was heard stays");
    for said in ["The explanation does not fit the injury", "Confirmed by: Imogen Vale"] {
        assert!(stands.contains(said), "{said}: {decided}");
    }
    let earlier = format!("{}{earlier}", stands.lines().last().unwrap_or_default());
    assert!(earlier.contains("Rowan Ashby"), "with the name of whoever entered it: {decided}");
    house.close().await;
}

/// Shows: SES-08.
#[tokio::test(flavor = "multi_thread")]
async fn a_position_said_aloud_is_confirmed_or_put_right_by_whoever_said_it() {
    let house = House::at(Stage::ReadBack).await;
    for who in [Cast::Police, Cast::HealthVisitor] {
        let seat = house.social_worker().picks(&["chair", "position"], "for", who.name()).await;
        let given = [("for", seat.as_str()), ("position", "agree")];
        house.social_worker().slash(&["chair", "position"], &given).await;
    }
    let minutes = house.minutes().await;
    assert_eq!(minutes.matches("said aloud, entered by Rowan Ashby, not confirmed").count(), 2, "{minutes}");
    let shown = house.police().presses("said_for_me", &[]).await;
    let got = house.police().presses_in(&shown, "right_position", &[]).await;
    assert_eq!(got.code(), "position_confirmed", "{}", got.text());
    let shown = house.health_visitor().presses("said_for_me", &[]).await;
    let given = [("position", "disagree"), ("about", "With the single enquiry")];
    house.health_visitor().presses_in(&shown, "position", &given).await;
    let minutes = house.minutes().await;
    assert!(!minutes.contains("entered by Rowan Ashby, not confirmed"), "{minutes}");
    assert!(minutes.contains("With the single enquiry (as first entered by Rowan Ashby: agree"), "{minutes}");
    house.close().await;
}
