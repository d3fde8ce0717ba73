//! A partner asks for a discussion, and what becomes of it.

use convenor::rehearsal::workspace::{DirectMessages, SeenMessage};

use crate::support::{CASE_WORDS, Cast, Got, House};

/// What the health visitor writes; nobody outside social care may read a word of it.
const CONCERN: &str = "A spiral fracture, and Marlow's account of it has changed twice";

async fn requested(house: &House) -> (Got, String) {
    let given = [("concern", CONCERN), ("children", "Ellis, six"), ("how_urgent", "Home from hospital tonight")];
    let got = house.health_visitor().slash(&["strategy", "request"], &given).await;
    let reference = house.store.cases().await.expect("the store can be read").remove(0).code_name.0;
    (got, reference)
}

/// The post in social care's duty channel.
fn queued(house: &House, reference: &str) -> SeenMessage {
    let seen = house.social_worker().reads().into_iter();
    let mut posts = seen.filter(|message| message.text.contains("Request for a strategy discussion"));
    posts.find(|message| message.text.contains(reference)).expect("the duty queue shows the request")
}

fn told(house: &House, who: Cast, reference: &str) -> Vec<String> {
    let seen = house.who(who).person.direct_messages().into_iter();
    seen.map(|message| message.text).filter(|text| text.contains(reference)).collect()
}

async fn nothing_of_the_child_is_outside(house: &House) {
    for post in house.posts_outside().await {
        for word in CASE_WORDS.iter().chain(&["account of it", "tonight"]) {
            assert!(!post.text.contains(word), "{word} stands in {}", post.text);
        }
    }
}

/// Shows: REF-02.
#[tokio::test(flavor = "multi_thread")]
async fn any_partner_files_a_request_and_gets_its_reference_the_pathway_and_the_time_to_answer() {
    for (procedure, pathway) in [("practice-guidance", "It goes through CADS"), ("remote-format", "the duty team")] {
        let house = House::under(procedure, "2026-12-07 10:00").await;
        let channels = house.workspace.channels().len();
        let (got, reference) = requested(&house).await;
        assert!(got.is_private());
        assert_eq!(got.code(), "discussion_requested");
        for words in [reference.as_str(), pathway, "7 December 2026 12:00"] {
            assert!(got.text().contains(words), "{words}: {}", got.text());
        }
        let post = queued(&house, &reference);
        assert!(post.text.contains("Larkshire Community Health"), "{}", post.text);
        assert!(post.text.contains("answer by 7 December 2026 12:00"), "{}", post.text);
        let labels: Vec<_> = post.buttons().into_iter().map(|button| button.label).collect();
        assert_eq!(labels, ["Read it", "Take up", "Decline"]);
        nothing_of_the_child_is_outside(&house).await;
        assert_eq!(house.workspace.channels().len(), channels, "no case channel exists yet");
        assert!(house.police().reads().is_empty());
        house.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_request_says_is_read_privately_by_those_who_can_answer_it_and_that_is_recorded() {
    let house = House::open().await;
    requested(&house).await;
    let sheet = house.social_worker().presses("read_request", &[]).await;
    assert!(sheet.is_private() && sheet.text().contains(CONCERN) && sheet.text().contains("Priya Nandy"));
    assert_eq!(sheet.buttons(), ["Take up", "Decline"]);
    assert_eq!(house.db_count("request_read").await, 1);
    house.close().await;
}

/// Shows: REF-02.
#[tokio::test(flavor = "multi_thread")]
async fn declining_sends_the_reason_to_whoever_asked_and_to_nobody_else() {
    let house = House::open().await;
    let (_, reference) = requested(&house).await;
    let reason = "Known to the allocated worker, who visits this afternoon";
    let got = house.chair().presses("decline_request", &[("reason", reason)]).await;
    assert_eq!(got.code(), "request_declined");
    let heard = told(&house, Cast::HealthVisitor, &reference);
    assert_eq!(heard.len(), 1);
    assert!(heard[0].contains(reason) && heard[0].contains("disagreements"), "{}", heard[0]);
    assert!(queued(&house, &reference).text.contains("**Declined.**"));
    assert_eq!(house.posts_outside().await.iter().filter(|post| post.text.contains(reason)).count(), 1);
    house.passes(180).await;
    assert_eq!(house.db_count("request_unanswered").await, 0, "an answered request is nobody's to chase");
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_decline_without_a_reason_is_saved_marked_and_asked_for_again() {
    let house = House::open().await;
    let (_, reference) = requested(&house).await;
    let got = house.social_worker().presses("decline_request", &[("reason", "")]).await;
    assert_eq!(got.code(), "reason_missing");
    assert!(told(&house, Cast::HealthVisitor, &reference)[0].contains("The reason is to follow"));
    let post = queued(&house, &reference);
    assert!(post.text.contains("**Declined, no reason given.**") && post.button("Give the reason").is_some());
    house.passes(121).await;
    assert_eq!(house.db_count("request_unanswered").await, 1, "the reason is still owed");
    let given = house.social_worker().presses("decline_request", &[("reason", "No grounds yet")]).await;
    assert_eq!(given.code(), "request_declined");
    assert!(told(&house, Cast::HealthVisitor, &reference)[1].contains("The reason: No grounds yet"));
    assert!(queued(&house, &reference).button("Give the reason").is_none());
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn where_direct_messages_are_closed_the_agency_hears_the_reference_and_not_the_reason() {
    let house = House::open().await;
    let (_, reference) = requested(&house).await;
    house.workspace.set_direct_messages(house.account(Cast::HealthVisitor), DirectMessages::Closed);
    house.social_worker().presses("decline_request", &[("reason", "Marlow has moved away")]).await;
    let duty = house.health_visitor().reads().pop().expect("the duty channel has it");
    assert!(duty.text.contains(&reference) && duty.text.contains("there is an answer"), "{}", duty.text);
    nothing_of_the_child_is_outside(&house).await;
    house.close().await;
}

/// Shows: REF-02.
#[tokio::test(flavor = "multi_thread")]
async fn silence_past_the_time_to_answer_goes_to_the_manager_by_reference_only() {
    for procedure in ["practice-guidance", "remote-format"] {
        let house = House::under(procedure, "2026-12-07 10:00").await;
        let (_, reference) = requested(&house).await;
        house.passes(119).await;
        assert!(told(&house, Cast::TeamManager, &reference).is_empty());
        house.passes(2).await;
        let heard = told(&house, Cast::TeamManager, &reference);
        assert_eq!(heard.len(), 1);
        assert!(heard[0].contains("answered by 7 December 2026 12:00"), "{}", heard[0]);
        assert!(queued(&house, &reference).text.contains("**Not answered.**"));
        assert!(told(&house, Cast::SocialWorker, &reference).is_empty(), "the role is told, nobody else");
        nothing_of_the_child_is_outside(&house).await;
        house.passes(24 * 60).await;
        assert_eq!(told(&house, Cast::TeamManager, &reference).len(), 1);
        house.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_taken_up_goes_on_as_the_same_case() {
    let house = House::open().await;
    let (_, reference) = requested(&house).await;
    let given = [("case", reference.as_str()), ("form", "meeting"), ("starts", "7 December 2026 11:00")];
    let early = house.social_worker().slash(&["strategy", "convene"], &given).await;
    assert_eq!(early.code(), "still_a_request");

    let form = [
        ("trigger_point", "at_referral"),
        ("trigger_type", "incident"),
        ("threshold", "suffering"),
        ("urgency", "serious_risk"),
        ("reference", "LCS-2026-0417"),
    ];
    let got = house.social_worker().presses("take_up", &form).await;
    assert_eq!(got.code(), "request_taken_up");
    let post = queued(&house, &reference);
    assert!(post.text.contains("**Taken up.**") && post.buttons().is_empty());
    assert!(told(&house, Cast::HealthVisitor, &reference)[0].contains("has been taken up"));

    house.social_worker().lists_the_child().await;
    house.social_worker().convenes().await;
    assert!(house.room().await.is_some());
    assert_eq!(house.store.cases().await.expect("the store can be read").len(), 1);
    house.passes(121).await;
    assert_eq!(house.db_count("request_unanswered").await, 0);
    let minutes = house.minutes().await;
    for words in [CONCERN, "Requested by", "Priya Nandy, Health visitor", "Rowan Ashby", "LCS-2026-0417"] {
        assert!(minutes.contains(words), "{words}: {minutes}");
    }
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_nobody_enrolled_files_nothing() {
    let house = House::open().await;
    let got = house.stranger().slash(&["strategy", "request"], &[("concern", CONCERN)]).await;
    assert_eq!(got.code(), "not_enrolled");
    assert!(house.store.cases().await.expect("the store can be read").is_empty());
    house.close().await;
}
