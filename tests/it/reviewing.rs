//! Whether decisions on immediate action still hold: asked after what is new, and from time to time.

use convenor::domain::stage::Stage;

use crate::support::{CASE_WORDS, Cast, House, PROCEDURES};

const ASKED: &str = "do the decisions still hold";
const AGAIN: &str = "Do they still hold";
const PLAN: [(&str, &str); 2] = [("prompt", "immediate_action"), ("text", "Ellis stays on the ward with a nurse")];
const LATE: [(&str, &str); 1] = [("current", "A neighbour saw Marlow at the ward's back door")];

/// What the chair was sent, by what it says.
fn asked(house: &House, words: &str) -> Vec<String> {
    let messages = house.chair().person.direct_messages().into_iter().map(|message| message.text);
    messages.filter(|text| text.contains(words)).collect()
}

async fn decided_under(procedure: &str) -> House {
    let house = House::under_at(procedure, Stage::Deciding).await;
    let got = house.chair().slash(&["chair", "prompt"], &PLAN).await;
    assert_eq!(got.code(), "entered", "{procedure}: {}", got.text());
    house
}

/// Shows: REV-05.
#[tokio::test(flavor = "multi_thread")]
async fn a_late_submission_asks_the_chair_whether_the_immediate_decisions_still_hold() {
    for procedure in PROCEDURES {
        let house = decided_under(procedure).await;
        assert!(asked(&house, ASKED).is_empty(), "{procedure}: the decision itself asks nothing");
        house.passes(5).await;
        house.police().slash(&["strategy", "information"], &LATE).await;
        let questions = asked(&house, ASKED);
        assert_eq!(questions.len(), 1, "{procedure}: {questions:?}");
        assert!(CASE_WORDS.iter().all(|word| !questions[0].contains(word)), "{procedure}: {questions:?}");
        assert!(house.board().await.text.contains("**Immediate decisions** asked of the chair since"), "{procedure}");

        house.passes(5).await;
        house.health_visitor().slash(&["strategy", "information"], &LATE).await;
        assert_eq!(asked(&house, ASKED).len(), 1, "{procedure}: one open question at a time");
        let other = house.police().presses("still_holds", &[]).await;
        assert_eq!(other.code(), "for_chair", "{procedure}: {}", other.text());
        let answered = house.chair().presses("still_holds", &[]).await;
        assert_eq!(answered.code(), "review_answered", "{procedure}: {}", answered.text());
        assert!(!house.board().await.text.contains("**Immediate decisions**"), "{procedure}");
        let minutes = house.minutes().await;
        let line = "after a new entry: do the decisions on immediate action still hold? Imogen Vale";
        assert!(minutes.contains(line) && minutes.contains("10:10: they still hold."), "{procedure}: {minutes}");

        house.police().slash(&["strategy", "information"], &LATE).await;
        assert_eq!(asked(&house, ASKED).len(), 2, "{procedure}: what comes after the answer asks anew");
        house.close().await;
    }
}

/// Shows: REV-05.
#[tokio::test(flavor = "multi_thread")]
async fn decisions_that_no_longer_hold_are_told_to_the_room_and_lead_to_what_is_done_next() {
    let house = decided_under("county-strategy-meetings").await;
    house.police().slash(&["strategy", "information"], &LATE).await;
    let closed = house.chair().closes().await;
    assert!(closed.contains("Whether the decisions on immediate action still hold"), "{closed}");
    let got = house.chair().presses("no_longer_holds", &[]).await;
    assert_eq!(got.code(), "review_answered", "{}", got.text());
    assert_eq!(got.buttons(), ["Act now: put it down", "What is still asked", "Convene a session"]);
    assert!(house.room_has("The decisions on immediate action no longer hold**, says Imogen Vale").await);
    assert!(house.minutes().await.contains("they no longer hold."));
    let again = house.chair().presses("no_longer_holds", &[]).await;
    assert_eq!(again.code(), "already_done");

    house.comes_to("2026-12-10 10:00").await;
    assert!(asked(&house, AGAIN).is_empty(), "nothing stands that could be asked about");
    house.chair().presses_in(&got, "at_once", &[("what", "Police protection tonight")]).await;
    house.comes_to("2026-12-11 10:01").await;
    assert_eq!(asked(&house, AGAIN).len(), 1, "what takes their place is under review again");
    house.close().await;
}

/// Shows: REV-05.
#[tokio::test(flavor = "multi_thread")]
async fn at_least_at_the_interval_the_chair_is_asked_whatever_happens_and_a_restart_forgets_nothing() {
    for procedure in PROCEDURES {
        let mut house = decided_under(procedure).await;
        house.chair().closes().await;
        let days = if procedure == "county-strategy-meetings" { 1 } else { 3 };
        house.starts_again(10).await;
        house.comes_to(&format!("2026-12-{:02} 09:59", 7 + days)).await;
        assert!(asked(&house, AGAIN).is_empty(), "{procedure}");
        house.comes_to(&format!("2026-12-{:02} 10:00", 7 + days)).await;
        let questions = asked(&house, AGAIN);
        assert_eq!(questions.len(), 1, "{procedure}");
        assert!(CASE_WORDS.iter().all(|word| !questions[0].contains(word)), "{procedure}: {questions:?}");
        house.passes(60).await;
        house.chair().presses("still_holds", &[]).await;
        assert!(house.minutes().await.contains("as it is asked from time to time"), "{procedure}");
        house.comes_to(&format!("2026-12-{:02} 10:59", 7 + 2 * days)).await;
        assert_eq!(asked(&house, AGAIN).len(), 1, "{procedure}: it counts from the answer");
        house.comes_to(&format!("2026-12-{:02} 11:00", 7 + 2 * days)).await;
        assert_eq!(asked(&house, AGAIN).len(), 2, "{procedure}");
        house.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_put_down_at_once_is_under_review_until_it_is_done() {
    let house = House::at(Stage::Sharing).await;
    house.health_visitor().slash(&["action", "now"], &[("what", "Police protection if he leaves")]).await;
    house.police().slash(&["strategy", "information"], &LATE).await;
    assert_eq!(asked(&house, ASKED).len(), 1);
    house.chair().presses("still_holds", &[]).await;
    house.chair().slash(&["action", "done"], &[("action", "1"), ("completion", "done")]).await;
    house.health_visitor().slash(&["strategy", "information"], &LATE).await;
    assert_eq!(asked(&house, ASKED).len(), 1, "what is done needs no second look");
    house.close().await;
}

/// Who was to have been told is known by the case's own roles alone.
#[tokio::test(flavor = "multi_thread")]
async fn nobody_but_the_chair_is_asked() {
    let house = decided_under("remote-format").await;
    house.police().slash(&["strategy", "information"], &LATE).await;
    for who in [Cast::SocialWorker, Cast::Police, Cast::HealthVisitor] {
        let told = house.who(who).person.direct_messages();
        assert!(told.iter().all(|message| !message.text.contains(ASKED)), "{who:?}");
    }
    house.close().await;
}
