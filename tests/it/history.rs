//! The sessions of a case, read as one history by those who may.

use convenor::domain::stage::Stage;

use crate::support::{Cast, Got, House};

const HISTORY: [&str; 2] = ["strategy", "history"];
const WHY: &str = "Mrs Pell heard him cry";

/// A first session with a decision and two actions, of which one is limited, sent out; and a second one convened, to which
/// the chair and a school nurse have come.
async fn with_two_sessions() -> House {
    let house = House::at(Stage::Deciding).await;
    let decided = [("decision", "initiate"), ("rationale", WHY)];
    house.chair().slash(&["chair", "section-47"], &decided).await;
    house.goes_on_to(Stage::Actions).await;
    for what in ["Fetch the call log", "Watch the uncle"] {
        house.chair().slash(&["action", "add"], &[("what", what), ("due", "9 December 2026 12:00")]).await;
    }
    let item = house.chair().picks(&["readers"], "item", "Watch the uncle").await;
    let limited = house.chair().slash(&["readers"], &[("item", &item), ("readers", "chair_police")]).await;
    assert_eq!(limited.code(), "limited", "{}", limited.text());
    let masked = [("masked", "Mrs Pell"), ("shown", "a neighbour"), ("readers", "chair_police")];
    house.chair().slash(&["mask"], &masked).await;
    house.chair().closes().await;
    house.has_drafted().await;
    house.chair().slash(&["chair", "sign"], &[]).await;
    assert_eq!(house.chair().slash(&["chair", "circulate"], &[]).await.code(), "minutes_circulated");
    house.social_worker().convenes().await;
    house.social_worker().invites(Cast::SchoolNurse).await;
    for who in [Cast::TeamManager, Cast::SchoolNurse] {
        house.who(who).accepts().await;
        house.who(who).passes_the_door().await;
    }
    house
}

async fn history(house: &House, who: Cast) -> Got {
    let name = house.store.cases().await.expect("the store can be read").remove(0).code_name.0;
    house.who(who).slash(&HISTORY, &[("case", &name)]).await
}

/// Shows: REV-06.
#[tokio::test(flavor = "multi_thread")]
async fn those_entitled_read_sessions_decisions_and_open_actions_as_one_history() {
    let house = with_two_sessions().await;
    let read = history(&house, Cast::TeamManager).await;
    assert!(read.is_private());
    assert_eq!(read.code(), "history_read");
    let text = read.text();
    for words in [
        "**Session 1** · Strategy meeting · 7 December 2026 10:00",
        "**Chair** Imogen Vale, Team manager",
        WHY,
        "**Record** version 1, sent 7 December 2026",
        "**Session 2** · Strategy meeting · 7 December 2026 11:00 · not opened",
        "no section 47 decision recorded",
        "1. Fetch the call log",
        "2. Watch the uncle",
        "from session 1",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(text.find("Session 1") < text.find("Session 2") && text.find("Session 2") < text.find("**Open actions**"));
    house.close().await;
}

/// Shows: REV-06.
#[tokio::test(flavor = "multi_thread")]
async fn each_reads_what_is_theirs_to_read_of_it_and_others_nothing() {
    let house = with_two_sessions().await;
    let health = history(&house, Cast::HealthVisitor).await;
    let text = health.text();
    assert!(text.contains("[a neighbour, withheld] heard him cry") && !text.contains("Pell"), "{text}");
    assert!(text.contains("1. Fetch the call log") && !text.contains("uncle"), "what is limited is absent: {text}");
    let (_, second) = text.split_once("**Session 2**").expect("they were in the case's first session alone");
    assert!(second.contains("You were not part of this one") && !second.contains("**Chair**"), "{second}");

    let nurse = history(&house, Cast::SchoolNurse).await;
    let (first, second) = nurse.text().split_once("**Session 2**").expect("both are listed");
    assert!(first.contains("You were not part of this one") && !first.contains("heard him cry"), "{first}");
    assert!(second.contains("**Chair** Imogen Vale") && !second.contains("Fetch the call log"), "{second}");

    for (who, code) in [(Cast::Paediatrician, "history_not_yours"), (Cast::Stranger, "not_enrolled")] {
        let refused = history(&house, who).await;
        assert_eq!(refused.code(), code, "{who:?}: {}", refused.text());
        assert!(refused.is_private() && !refused.text().contains("Session 1"), "{}", refused.text());
    }
    assert_eq!(house.db_count("history_read").await, 2, "each reading is a fact of the case");
    house.close().await;
}

/// Shows: REV-06.
#[tokio::test(flavor = "multi_thread")]
async fn a_long_history_is_read_part_by_part() {
    let house = House::at(Stage::Deciding).await;
    let why = "It was said again by others of the household. ".repeat(40);
    let decided = [("decision", "initiate"), ("rationale", why.as_str())];
    house.chair().slash(&["chair", "section-47"], &decided).await;
    let first = history(&house, Cast::Police).await;
    assert!(first.text().contains("part 1 of 2"), "{}", first.text());
    let second = house.police().presses_in(&first, "case_history", &[("part", "2")]).await;
    assert!(second.text().contains("part 2 of 2") && second.text().contains("**Open actions**"), "{}", second.text());
    house.close().await;
}
