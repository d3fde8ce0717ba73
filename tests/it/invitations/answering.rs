//! Answers to invitations, and what becomes of those nobody answers or nobody needs.

use convenor::domain::stage::Stage;

use crate::support::{CASE_WORDS, Cast, House, section};

/// The line of the attendance table that holds these words.
fn line(minutes: &str, words: &str) -> String {
    let table = section(minutes, "Attendance");
    let found = table.lines().find(|line| line.contains(words));
    found.unwrap_or_else(|| panic!("{words} in {table}")).to_owned()
}

/// What somebody was told by direct message.
pub fn told(house: &House, who: Cast, words: &str) -> usize {
    let messages = house.who(who).person.direct_messages();
    messages.iter().filter(|message| message.text.contains(words)).count()
}

/// Shows: INV-22, INV-23.
#[tokio::test(flavor = "multi_thread")]
async fn the_minutes_say_who_was_invited_how_they_answered_whether_they_came_and_by_which_means() {
    let house = House::convened().await;
    house.passes(5).await;
    house.police().accepts().await;
    house.police().passes_the_door().await;
    house.passes(5).await;
    house.health_visitor().presses("decline", &[("reason", "In court all day"), ("current", "")]).await;
    house.social_worker().invites(Cast::Paediatrician).await;
    house.paediatrician().accepts().await;
    house.chair().accepts().await;
    house.chair().passes_the_door().await;
    house.chair().opens().await;
    house.passes(10).await;
    let who = house.social_worker().picks(&["chair", "attends"], "who", "Tom Ferris").await;
    let given = [("who", who.as_str()), ("means", "telephone")];
    let refused = house.police().slash(&["chair", "attends"], &given).await;
    assert_eq!(refused.code(), "for_chair_or_recorder");
    let got = house.social_worker().slash(&["chair", "attends"], &given).await;
    assert_eq!(got.code(), "means_recorded", "{}", got.text());
    assert!(!house.paediatrician().sees_the_room().await, "the telephone opens no door");
    assert!(house.board().await.text.contains("Tom Ferris"));
    house.passes(10).await;
    house
        .social_worker()
        .slash(&["chair", "attends"], &[("who", &who), ("means", "telephone"), ("gone", "true")])
        .await;

    let minutes = house.minutes().await;
    let header = line(&minutes, "| Name");
    for column in ["Invited", "Response", "Means", "Attended", "Arrived", "Left"] {
        assert!(header.contains(column), "{column}: {header}");
    }
    let came = line(&minutes, "Dana Okafor");
    for words in ["7 December 2026 10:00", "accepted", "10:05", "chat", "present"] {
        assert!(came.contains(words), "{words}: {came}");
    }
    let declined = line(&minutes, "Health visitor");
    for words in ["apologies", "10:10", "In court all day", "not present"] {
        assert!(declined.contains(words), "{words}: {declined}");
    }
    let by_telephone = line(&minutes, "Tom Ferris");
    for words in ["telephone", "joined 10:20", "10:30"] {
        assert!(by_telephone.contains(words), "{words}: {by_telephone}");
    }
    house.close().await;
}

/// Shows: INV-30.
#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_removed_is_stood_down_at_once_and_stays_in_the_record_with_the_reason() {
    let house = House::convened().await;
    house.social_worker().invites(Cast::Paediatrician).await;
    for who in [Cast::TeamManager, Cast::Police] {
        house.who(who).accepts().await;
        house.who(who).passes_the_door().await;
    }
    let path = ["chair", "stand-down"];
    let hospital = house.social_worker().picks(&path, "who", "Larkshire General Hospital").await;
    let early = house.social_worker().slash(&path, &[("who", &hospital), ("reason", "Never saw the child")]).await;
    assert_eq!(early.code(), "invitation_withdrawn", "{}", early.text());
    let card = house.paediatrician().reads().pop().expect("the card stays");
    assert!(card.text.contains("Stood down") && card.buttons().is_empty(), "{}", card.text);

    house.chair().opens().await;
    let health = house.chair().picks(&path, "who", "Larkshire Community Health").await;
    let others = house.social_worker().slash(&path, &[("who", &health), ("reason", "x")]).await;
    assert_eq!(others.code(), "for_chair", "once it is open, the chair decides");
    house.chair().slash(&path, &[("who", &health), ("reason", "Another nurse holds the records")]).await;
    let police = house.chair().picks(&path, "who", "Dana Okafor").await;
    assert!(house.police().sees_the_room().await);
    let got = house.chair().slash(&path, &[("who", &police), ("reason", "A relative of the family")]).await;
    assert_eq!(got.code(), "stood_down", "{}", got.text());
    assert!(!house.police().sees_the_room().await, "access ends at once");
    let card = house.police().reads().into_iter().find(|message| message.text.contains("Stood down"));
    assert!(card.expect("the card says so").buttons().is_empty());
    let again = house.police().slash(&["share"], &[("current", "Two call-outs")]).await;
    assert_eq!(again.code(), "excluded");

    let minutes = house.minutes().await;
    for who in ["Larkshire General Hospital", "Larkshire Community Health", "Dana Okafor"] {
        assert!(line(&minutes, who).contains("stood down"), "{}", line(&minutes, who));
    }
    for reason in ["Never saw the child", "Another nurse holds the records", "A relative of the family"] {
        assert!(section(&minutes, "Audit annex").contains(reason), "{reason}: {minutes}");
    }
    house.close().await;
}

/// Shows: INV-25, INFO-23.
#[tokio::test(flavor = "multi_thread")]
async fn whoever_declines_is_asked_for_it_in_writing_and_the_chair_sees_it_at_once() {
    let house = House::convened().await;
    house.chair().accepts().await;
    let sent = [("reason", "In clinic"), ("current", "Marlow missed three reviews"), ("views", "The risk is rising")];
    let got = house.health_visitor().presses("decline", &sent).await;
    assert!(got.text().contains("goes to the chair"), "{}", got.text());
    let word = "something came in writing";
    assert_eq!((told(&house, Cast::TeamManager, word), told(&house, Cast::SocialWorker, word)), (1, 0));
    for post in house.posts_outside().await {
        assert!(CASE_WORDS.iter().all(|word| !post.text.contains(word)), "{}", post.text);
    }
    let read = house.chair().presses("read_sent", &[]).await;
    assert!(read.is_private() && read.text().contains("Marlow missed three reviews"), "{}", read.text());
    assert!(read.text().contains("Does this need action before the meeting?") && read.text().contains("Priya Nandy"));
    assert_eq!(read.buttons(), ["Act now", "Keep for its turn"]);
    assert_eq!(house.db_count("submission_read").await, 1);
    house.passes(7).await;
    let kept = house.chair().presses_in(&read, "weigh_sent", &[("act_now", "no")]).await;
    assert_eq!(kept.code(), "submission_weighed", "{}", kept.text());
    let twice = house.chair().presses_in(&read, "weigh_sent", &[("act_now", "yes")]).await;
    assert_eq!(twice.code(), "already_done");

    house.chair().passes_the_door().await;
    house.chair().opens().await;
    house.goes_on_to(Stage::Sharing).await;
    house.chair().slash(&["chair", "read-out"], &[]).await;
    let minutes = house.minutes().await;
    for words in ["written, not present", "Marlow missed three reviews", "kept for its turn; answered by Imogen Vale"] {
        assert!(minutes.contains(words), "{words}: {minutes}");
    }
    assert!(minutes.contains("10:07"), "{minutes}");
    house.close().await;
}

/// Shows: INV-25.
#[tokio::test(flavor = "multi_thread")]
async fn declining_without_information_is_shown_to_the_chair_where_the_procedure_insists_on_it() {
    for (procedure, insists) in [("county-strategy-meetings", true), ("remote-format", false)] {
        let house = House::under(procedure, "2026-12-07 10:00").await;
        house.is_convened().await;
        house.chair().accepts().await;
        house.health_visitor().presses("decline", &[("reason", "On leave"), ("current", "")]).await;
        let heard = told(&house, Cast::TeamManager, "Health declined without information");
        assert_eq!(heard, usize::from(insists), "{procedure}");
        let board = house.board().await.text;
        let words = "Health visitor, Larkshire Community Health declined without information";
        assert_eq!(board.contains(words), insists, "{procedure}: {board}");

        let sent = [("reason", "On leave"), ("current", "Seen last week, well")];
        house.health_visitor().presses("decline", &sent).await;
        let board = house.board().await.text;
        assert!(!board.contains("without information"), "what comes later settles it: {board}");
        house.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_declines_names_a_deputy_of_their_own_agency() {
    let house = House::convened().await;
    let deputy = house.account(Cast::SecondOfficer).to_string();
    let case = house.store.cases().await.expect("the store can be read").remove(0).code_name.0;
    let early = house.police().slash(&["strategy", "deputy"], &[("case", &case), ("person", &deputy)]).await;
    assert_eq!(early.code(), "nothing_declined");
    house.police().accepts().await;
    house.police().presses("decline", &[("reason", "Called to an incident"), ("current", "")]).await;
    let other = house.account(Cast::HealthVisitor).to_string();
    let foreign = house.police().slash(&["strategy", "deputy"], &[("person", &other)]).await;
    assert_eq!(foreign.code(), "other_agency");
    let got = house.police().slash(&["strategy", "deputy"], &[("person", &deputy)]).await;
    assert_eq!(got.code(), "invited", "{}", got.text());
    house.who(Cast::SecondOfficer).accepts().await;
    let minutes = house.minutes().await;
    assert!(line(&minutes, "Piet Lund").contains("as a deputy"));
    assert!(line(&minutes, "Dana Okafor").contains("Called to an incident"));
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_by_name_is_that_persons_alone_to_decline() {
    let house = House::convened().await;
    let by_name = house.account(Cast::SecondOfficer).to_string();
    house.social_worker().slash(&["strategy", "invite"], &[("person", &by_name)]).await;
    let card = house.who(Cast::SecondOfficer).person.direct_messages().pop().expect("a card by direct message");
    let id = card.buttons().into_iter().find(|button| button.label == "Can't attend").and_then(|it| it.custom_id);
    let number = id.expect("it can be declined").rsplit('=').next().map(str::to_owned).expect("with its number");
    let shared = house.police().reads().into_iter().find(|message| message.button("Can't attend").is_some());
    let shared = shared.expect("a card in the duty channel");
    let own = shared.button("Can't attend").and_then(|button| button.custom_id).expect("it can be declined");
    let forged = format!("{}={number}", own.rsplit_once('=').expect("with its number").0);
    let tried = house.police().person.press(shared.id, &forged).await;
    assert!(tried.is_err(), "no such button stands there");
    let got = house.who(Cast::SecondOfficer).presses("decline", &[("reason", "On leave"), ("current", "")]).await;
    assert_eq!(got.code(), "invitation_declined");
    house.close().await;
}
