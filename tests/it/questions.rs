//! Questions: after everyone was heard, to a person or an agency, and the answer tied to its question.

use convenor::domain::stage::Stage;

use crate::support::{Cast, House};

/// Shows: TURN-12.
#[tokio::test(flavor = "multi_thread")]
async fn a_question_of_the_round_is_seen_by_its_author_alone_until_it_is_put() {
    let house = House::at(Stage::Sharing).await;
    let got = house.police().asks("Who else was in the house that night?", None).await;
    assert!(got.is_private() && got.text().contains("parked"), "{}", got.text());
    assert!(!house.room_has("Who else was in the house").await);
    for who in [Cast::SocialWorker, Cast::TeamManager, Cast::HealthVisitor] {
        assert!(house.who(who).reads().iter().all(|seen| !seen.text.contains("Who else was in the house")), "{who:?}");
    }
    let offered = |who| {
        let told = house.who(who).person.direct_messages().into_iter();
        told.filter(|message| message.text.contains("the questions are open, and you parked one")).count()
    };
    assert_eq!(offered(Cast::Police), 0);
    house.goes_on_to(Stage::Questions).await;
    assert_eq!(offered(Cast::Police), 1, "it is offered back");
    for who in [Cast::SocialWorker, Cast::TeamManager, Cast::HealthVisitor] {
        assert_eq!(offered(who), 0, "{who:?}");
    }
    let others = house.health_visitor().presses("parked", &[]).await;
    assert!(others.text().contains("no question waiting"), "{}", others.text());
    let own = house.police().presses("parked", &[]).await;
    assert!(own.is_private() && own.text().contains("Who else was in the house that night?"), "{}", own.text());
    let to = house.police().picks(&["ask"], "to", "Rowan Ashby").await;
    house.police().presses_in(&own, "put", &[("to", &to)]).await;
    assert!(house.room_has("Who else was in the house that night?").await);
    house.close().await;
}

/// Shows: TURN-09.
#[tokio::test(flavor = "multi_thread")]
async fn a_question_to_nobody_stays_with_its_author_who_is_asked_whom_it_is_for() {
    let house = House::at(Stage::Questions).await;
    let kept = house.police().asks("When was the child last weighed?", None).await;
    assert!(kept.is_private());
    let buttons = kept.buttons();
    assert_eq!((kept.code(), buttons), ("question_held", vec!["Choose whom it is for".into(), "Give it up".into()]));
    assert!(!house.room_has("last weighed").await);
    let listed = house.police().presses_in(&kept, "put", &[]).await;
    let message = listed.response.message().expect("it is answered");
    let list = message.selects().into_iter().next().expect("a list is offered");
    let offered = |words: &str| list.choices.iter().find(|choice| choice.label.contains(words)).cloned();
    assert!(list.choices.iter().any(|choice| choice.value == "a:Larkshire Community Health"), "agencies too");
    let to = offered("Priya Nandy").expect("people are offered");
    let police = house.police();
    police.person.select(message.id, &list.custom_id, &[to.value.as_str()]).await.expect("it can be chosen");
    house.settle().await;
    let posts = house.room_messages().await;
    let put = posts.iter().position(|post| post.text.contains("last weighed")).expect("nothing of it is lost");
    assert!(posts[put].mentions.is_empty(), "no screen shows it unasked");
    let notified = &posts[put + 1];
    assert_eq!(notified.mentions, [house.account(Cast::HealthVisitor)]);
    assert!(notified.text.contains("Health visitor: question 1 is for you"), "{}", notified.text);
    assert!(!notified.text.contains("weighed"), "{}", notified.text);
    house.close().await;
}

/// Shows: TURN-07.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_said_asked_and_answered_stands_under_name_role_and_agency() {
    let house = House::at(Stage::Sharing).await;
    house.social_worker().shares("Seen at home on Friday, bruise on the cheek").await;
    house.goes_on_to(Stage::Questions).await;
    house.police().asks("Was the bruise photographed?", Some(Cast::SocialWorker)).await;
    let refused = house.health_visitor().slash(&["answer"], &[("question", "1"), ("answer", "I think so")]).await;
    assert_eq!(refused.code(), "for_chair_or_recorder");
    house.social_worker().presses("reply", &[("answer", "Yes, by the ward at noon")]).await;
    let again = house.social_worker().presses("reply", &[("answer", "Twice")]).await;
    assert_eq!(again.code(), "already_done");

    let worker = "Rowan Ashby, Social worker, Larkshire Children's Services";
    let officer = "Dana Okafor, Child protection investigator, Larkshire Police";
    let posts = house.room_posts().await;
    let of = |words: &str| posts.iter().find(|post| post.contains(words)).cloned().expect("it is posted");
    assert!(of("bruise on the cheek").contains(worker));
    let question = of("Was the bruise photographed?");
    assert!(question.contains("**Question 1**") && question.contains(officer) && question.contains(worker));
    let answer = of("Yes, by the ward at noon");
    assert!(answer.contains("**Answer to question 1**") && answer.contains(worker), "{answer}");
    let minutes = house.minutes().await;
    for words in ["bruise on the cheek", "Was the bruise photographed?", "Yes, by the ward at noon", worker, officer] {
        assert!(minutes.contains(words), "{words}");
    }
    house.close().await;
}
