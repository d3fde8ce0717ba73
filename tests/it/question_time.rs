//! The stage of questions: who is asked first, who next, for how long, and what becomes of what nobody answers.

use convenor::config::Config;
use convenor::domain::ids::SessionNo;
use convenor::domain::stage::Stage;

use crate::support::{Cast, House, PROCEDURES};

const URGENT: &str = "Is the younger child in the house with him now?";

/// Who a post of the room that holds these words notifies, and its text.
async fn post_with(house: &House, words: &str) -> (String, Vec<convenor::rehearsal::workspace::Id>) {
    let mut posts = house.room_messages().await.into_iter();
    let post = posts.rfind(|post| post.text.contains(words));
    let post = post.unwrap_or_else(|| panic!("the room hears: {words}"));
    (post.text, post.mentions)
}

/// Nobody but these has read it anywhere.
fn only_these_read(house: &House, words: &str, readers: &[Cast]) {
    for who in [Cast::SocialWorker, Cast::TeamManager, Cast::Police, Cast::HealthVisitor] {
        let has_read = house.who(who).reads().iter().any(|seen| seen.text.contains(words));
        assert_eq!(has_read, readers.contains(&who), "{who:?}");
    }
}

/// Shows: TURN-08.
#[tokio::test(flavor = "multi_thread")]
async fn an_urgent_question_of_the_round_goes_to_the_chair_alone_who_puts_it_with_one_press() {
    let house = House::at(Stage::Sharing).await;
    assert!(house.room_has("One urgent safety question may be put through the chair at any time").await);
    let to = house.police().picks(&["ask"], "to", "Rowan Ashby").await;
    let given = [("question", URGENT), ("to", to.as_str()), ("urgent", "true")];
    let asked = house.police().slash(&["ask"], &given).await;
    assert!(asked.is_private() && asked.text().contains("it is with the chair"), "{}", asked.text());
    let (_, told) = post_with(&house, "An urgent safety question waits for you alone").await;
    assert_eq!(told, [house.account(Cast::TeamManager)]);
    only_these_read(&house, URGENT, &[]);
    let refused = house.health_visitor().presses("read_urgent", &[]).await;
    assert!(refused.text().contains("That is for the chair, Imogen Vale"), "{}", refused.text());
    let read = house.chair().presses("read_urgent", &[]).await;
    assert!(
        read.is_private() && read.text().contains(URGENT) && read.text().contains("Dana Okafor"),
        "{}",
        read.text()
    );
    assert_eq!(read.buttons(), ["Put it now", "Keep it for the questions"]);

    house.chair().presses_in(&read, "put_urgent", &[]).await;
    let (put, _) = post_with(&house, URGENT).await;
    assert!(put.contains("from Dana Okafor") && put.contains("to Rowan Ashby"), "{put}");
    house.social_worker().presses("reply", &[("answer", "No, with the aunt")]).await;
    assert!(house.room_has("No, with the aunt").await);
    assert_eq!((house.db_count("floor_given").await, house.db_count("floor_released").await), (1, 0));
    house.close().await;
}

/// Shows: TURN-08.
#[tokio::test(flavor = "multi_thread")]
async fn what_the_chair_keeps_goes_back_to_its_author_and_a_parked_question_can_be_made_urgent() {
    let house = House::at(Stage::Sharing).await;
    let parked = house.police().asks(URGENT, None).await;
    assert_eq!(parked.buttons(), ["Urgent, safety: to the chair", "Give it up"]);
    assert_eq!(house.police().presses_in(&parked, "urgent", &[]).await.code(), "question_marked_urgent");
    let read = house.chair().presses("read_urgent", &[]).await;
    assert_eq!(
        read.buttons(),
        ["Put it now, to…", "Keep it for the questions"],
        "whom it is for is still to be chosen"
    );
    assert_eq!(house.chair().presses_in(&read, "keep_urgent", &[]).await.code(), "urgent_question_kept");
    let told = house.police().person.direct_messages();
    assert!(told.last().expect("its author is told").text.contains("the chair keeps your question"));
    assert!(!house.room_has(URGENT).await);
    let again = house.chair().presses_in(&read, "put_urgent_to", &[("to", "a:Larkshire Police")]).await;
    assert_eq!(again.code(), "not_your_question", "it is its author's again");
    house.goes_on_to(Stage::Questions).await;
    let own = house.police().presses("parked", &[]).await;
    let to = house.police().picks(&["ask"], "to", "Rowan Ashby").await;
    house.police().presses_in(&own, "put", &[("to", &to)]).await;
    assert!(house.room_has(URGENT).await);
    house.close().await;
}

/// Shows: TURN-08.
#[tokio::test(flavor = "multi_thread")]
async fn every_procedure_promises_the_one_urgent_question_before_the_round() {
    for procedure in PROCEDURES {
        let house = House::under_at(procedure, Stage::Open).await;
        assert!(
            house.room_has("One urgent safety question may be put through the chair at any time").await,
            "{procedure}"
        );
        house.close().await;
    }
}

/// Shows: TURN-10.
#[tokio::test(flavor = "multi_thread")]
async fn chair_and_social_worker_are_asked_by_name_and_their_silence_is_noted_as_none_by_time() {
    let house = House::at(Stage::Questions).await;
    let (first, told) = post_with(&house, "Any questions?").await;
    assert!(first.contains("Imogen Vale, Team manager") && first.contains("Rowan Ashby, Social worker"), "{first}");
    assert_eq!(told, [house.account(Cast::TeamManager), house.account(Cast::SocialWorker)]);
    house.social_worker().asks("When was the mark first seen?", Some(Cast::HealthVisitor)).await;
    assert_eq!(house.db_count("questions_over").await, 0, "not before the time is over");
    house.passes(2).await;
    assert_eq!(house.db_count("questions_over").await, 1);
    let minutes = house.minutes().await;
    let of = |who: &str| minutes.lines().find(|line| line.contains(who) && line.contains("by time")).map(str::to_owned);
    assert!(of("Imogen Vale").is_some_and(|line| line.contains("none, by time")), "{minutes}");
    assert!(of("Rowan Ashby").is_none(), "{minutes}");
    house.close().await;
}

/// Shows: TURN-10.
#[tokio::test(flavor = "multi_thread")]
async fn moving_on_before_they_could_ask_is_open_where_the_procedure_insists() {
    for procedure in PROCEDURES {
        let house = House::under(procedure, "2026-12-07 10:00").await;
        house.gathers().await;
        house.chair().opens().await;
        house.goes_on_to(Stage::Questions).await;
        assert!(house.room_has("Any questions?").await, "{procedure}: they are asked everywhere");
        house.chair().presses("no_questions", &[]).await;
        house.goes_on_to(Stage::Risk).await;
        let open = house.chair().closes().await;
        let is_open = open.contains("Opportunity to ask questions: Rowan Ashby");
        assert_eq!(is_open, procedure == "remote-format", "{procedure}: {open}");
        assert!(!open.contains("Opportunity to ask questions: Imogen Vale"), "{procedure}: {open}");
        house.close().await;
    }
}

/// Shows: TURN-11.
#[tokio::test(flavor = "multi_thread")]
async fn the_agencies_come_next_and_the_stage_closes_with_each_asked_passed_or_no_answer() {
    let house = House::gathered().await;
    house.social_worker().invites(Cast::SchoolNurse).await;
    house.who(Cast::SchoolNurse).accepts().await;
    house.who(Cast::SchoolNurse).passes_the_door().await;
    house.chair().opens().await;
    house.goes_on_to(Stage::Questions).await;
    assert!(!house.room_has("Any more questions?").await, "chair and social worker come first");
    house.police().asks("Who was on the ward?", Some(Cast::HealthVisitor)).await;
    house.chair().presses("no_questions", &[]).await;
    house.social_worker().presses("no_questions", &[]).await;
    let (countdown, told) = post_with(&house, "Any more questions?").await;
    assert!(countdown.contains("Larkshire Community Health") && countdown.contains("Larkshire School Nursing"));
    assert!(!countdown.contains("Larkshire Police"), "who has asked is not named: {countdown}");
    assert!(countdown.contains("by 7 December 2026 10:02 (<t:"), "{countdown}");
    assert_eq!(told, [house.account(Cast::HealthVisitor), house.account(Cast::SchoolNurse)]);
    house.who(Cast::SchoolNurse).presses("no_questions", &[]).await;
    house.passes(2).await;
    let (over, _) = post_with(&house, "The questions are closed").await;
    for line in [
        "Larkshire Police: asked",
        "Larkshire School Nursing: passed",
        "Larkshire Community Health: no answer",
        "Children's Services: passed",
        "1 question is still to be answered",
    ] {
        assert!(over.contains(line), "{line}: {over}");
    }
    let minutes = house.minutes().await;
    let line = |who: &str, how: &str| minutes.lines().any(|line| line.contains(who) && line.contains(how));
    assert!(line("Larkshire Community Health", "no answer") && line("Larkshire School Nursing", "passed"), "{minutes}");
    house.close().await;
}

/// Shows: TURN-10, TURN-11.
#[tokio::test(flavor = "multi_thread")]
async fn how_long_there_is_for_questions_is_the_procedures() {
    let mut config = Config::built_in();
    config.procedures.get_mut("remote-format").expect("it ships").waits.questions_close_minutes = 5;
    let house = House::configured(config, "remote-format").await;
    house.gathers().await;
    house.chair().opens().await;
    house.goes_on_to(Stage::Questions).await;
    for (minutes, over) in [(4, 0), (1, 1), (4, 1), (1, 2)] {
        house.passes(minutes).await;
        assert_eq!(house.db_count("questions_over").await, over);
    }
    assert!(house.room_has("The questions are closed").await);
    let minutes = house.minutes().await;
    assert!(minutes.contains("none, by time") && minutes.contains("no answer"), "{minutes}");
    house.close().await;
}

/// Shows: TURN-11.
#[tokio::test(flavor = "multi_thread")]
async fn a_question_in_the_last_moment_restarts_the_time_once() {
    let house = House::at(Stage::Questions).await;
    house.chair().presses("no_questions", &[]).await;
    house.social_worker().presses("no_questions", &[]).await;
    house.passes(1).await;
    house.police().asks("Was it photographed?", Some(Cast::SocialWorker)).await;
    assert_eq!(house.db_count("questions_invited").await, 2, "there is a minute left");
    house.passes_seconds(45).await;
    house.police().asks("By whom?", Some(Cast::SocialWorker)).await;
    assert_eq!(house.db_count("questions_invited").await, 3);
    assert!(house.room_has("This time is the last").await);
    house.passes_seconds(105).await;
    assert!(!house.room_has("The questions are closed").await);
    house.police().asks("With which camera?", Some(Cast::SocialWorker)).await;
    assert_eq!(house.db_count("questions_invited").await, 3, "once");
    house.passes_seconds(15).await;
    assert!(house.room_has("The questions are closed").await);
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_chair_who_moves_on_sooner_stops_the_countdown() {
    let house = House::at(Stage::Questions).await;
    house.goes_on_to(Stage::Risk).await;
    house.passes(10).await;
    assert_eq!(house.db_count("questions_over").await, 0);
    assert!(house.minutes().await.contains("the session moved on first"));
    house.close().await;
}

/// Shows: TURN-13, ACT-12.
#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_answered_is_listed_to_the_chair_before_decisions_and_becomes_an_action() {
    let house = House::at(Stage::Questions).await;
    house.police().asks("Was the bruise photographed?", Some(Cast::SocialWorker)).await;
    house.police().asks("Who holds the ward's notes?", Some(Cast::HealthVisitor)).await;
    house.social_worker().presses("reply", &[("question", "1"), ("answer", "Yes, at noon")]).await;
    house.goes_on_to(Stage::Risk).await;
    let (listed, _) = post_with(&house, "Questions not answered").await;
    assert!(
        listed.contains("Question 2 from Dana Okafor") && listed.contains("Who holds the ward's notes?"),
        "{listed}"
    );
    assert!(!listed.contains("photographed"), "{listed}");
    let refused = house.police().presses("question_action", &[("question", "2")]).await;
    assert_eq!(refused.code(), "for_chair_or_recorder");
    let made = house.chair().presses("question_action", &[("question", "2")]).await;
    assert!(made.text().contains("action 1 is made of it. Still missing: "), "{}", made.text());
    assert!(house.room_has("1. Who holds the ward's notes? — Priya Nandy, no date").await);
    assert_eq!(house.chair().presses("question_action", &[("question", "2")]).await.code(), "already_done");
    house.goes_on_to(Stage::Deciding).await;
    let lists = house.room_posts().await.into_iter().filter(|post| post.contains("Questions not answered"));
    assert_eq!(lists.count(), 1, "nothing is open any more");
    let minutes = house.minutes().await;
    let row = minutes.lines().find(|line| line.contains("Was the bruise photographed?")).expect("it prints");
    assert!(row.contains("Yes, at noon"), "an answer stands with its question: {row}");
    assert!(minutes.contains("not answered; action 1"), "{minutes}");
    house.close().await;
}

/// Shows: TURN-13.
#[tokio::test(flavor = "multi_thread")]
async fn a_question_of_an_earlier_session_prints_as_not_answered() {
    let house = House::at(Stage::Questions).await;
    house.police().asks("Who holds the ward's notes?", Some(Cast::HealthVisitor)).await;
    house.goes_on_to(Stage::Deciding).await;
    let lists = house.room_posts().await.into_iter().filter(|post| post.contains("Questions not answered"));
    assert_eq!(lists.count(), 2, "once more right before the decision");
    house.chair().closes().await;
    house.has_drafted().await;
    house.social_worker().convenes().await;
    let minutes = house.minutes_of(Some(SessionNo(1))).await;
    let row = minutes.lines().find(|line| line.contains("Who holds the ward's notes?") && line.contains('|'));
    assert!(row.is_some_and(|row| row.contains("not answered")), "{minutes}");
    house.close().await;
}
