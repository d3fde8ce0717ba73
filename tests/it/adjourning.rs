//! Adjourning, and going on: one session, one record, everything carried.

use convenor::domain::stage::Stage;
use convenor::rehearsal::workspace::Answer;

use crate::support::{CASE_WORDS, Cast, House, section};

/// What the chair is asked, and says.
const SAID: [(&str, &str); 4] = [
    ("safety", "Ellis: yes, ward staff"),
    ("holder", "Emergency duty team"),
    ("resumes", "8 December 2026 09:00"),
    ("undecided", "Section 47; the police have still to share"),
];

async fn comes_back(house: &House, who: Cast) {
    house.who(who).passes_the_door().await;
}

/// Shows: SES-01.
#[tokio::test(flavor = "multi_thread")]
async fn at_any_stage_one_step_adjourns_with_the_four_and_the_session_goes_on_where_it_was() {
    let house = House::at(Stage::Open).await;
    let stages = [Stage::Open, Stage::Sharing, Stage::Questions, Stage::Risk, Stage::Deciding, Stage::ReadBack];
    for stage in stages {
        house.goes_on_to(stage).await;
        let asked = house.chair().sends(&["chair", "adjourn"], &[]).await.expect("the chair may adjourn");
        let Answer::Modal(modal) = &asked.answer else { panic!("{stage:?}: one form, not {:?}", asked.answer) };
        let fields: Vec<_> = modal.fields.iter().map(|field| field.custom_id.as_str()).collect();
        assert_eq!(fields, SAID.map(|(key, _)| key), "{stage:?}: the four, in one step");
        let got = house.chair().presses("adjourn", &SAID).await;
        assert_eq!(got.code(), "session_adjourned", "{stage:?}: {}", got.text());
        assert!(!got.text().contains("Still open"), "{stage:?}: {}", got.text());
        let board = house.board().await;
        assert!(board.text.contains("Adjourned until 8 December 2026"), "{stage:?}: {}", board.text);
        assert!(board.text.contains("The case is held by Emergency duty team"), "{stage:?}: {}", board.text);
        assert!(board.text.contains("the police have still to share"), "{stage:?}: {}", board.text);
        assert!(board.button("Resume").is_some() && board.button("Next stage").is_none(), "{stage:?}");
        comes_back(&house, Cast::TeamManager).await;
        let resumed = house.chair().presses("resume", &[]).await;
        assert_eq!(resumed.code(), "not_quorate", "{stage:?}: marked, and not stopped: {}", resumed.text());
        let board = house.board().await;
        let stage_said = house.config.wording.say(&format!("stage.{}", stage.key()), ()).to_uppercase();
        assert!(board.text.contains(&stage_said) && !board.text.contains("Adjourned"), "{stage:?}: {}", board.text);
    }
    assert_eq!(house.db_count("session_adjourned").await, stages.len());
    house.close().await;
}

/// Shows: SES-01.
#[tokio::test(flavor = "multi_thread")]
async fn whatever_is_missing_of_the_four_is_saved_as_open_and_supplied_from_outside() {
    let house = House::at(Stage::Sharing).await;
    let got = house.chair().slash(&["chair", "adjourn"], &[("holder", "Emergency duty team")]).await;
    assert_eq!(got.code(), "incomplete", "saved and marked: {}", got.text());
    for missing in ["Safe for the next two hours?: Ellis", "When it resumes", "What is undecided, and what comes next"]
    {
        assert!(got.text().contains(missing), "{missing}: {}", got.text());
        assert!(house.board().await.text.contains(missing), "{missing}: {}", house.board().await.text);
    }
    assert!(house.board().await.text.contains("Adjourned until a time still to be fixed"));
    let minutes = house.minutes().await;
    let row = minutes.lines().find(|line| line.contains("Emergency duty team")).expect("the adjournment is minuted");
    assert!(row.contains("not recorded") && row.contains("not resumed"), "{row}");

    let unheld = House::at(Stage::Sharing).await;
    let got = unheld.chair().slash(&["chair", "adjourn"], &[SAID[0], SAID[2], SAID[3]]).await;
    assert_eq!(got.code(), "incomplete", "saved and marked: {}", got.text());
    assert!(got.text().contains("Who holds the case"), "{}", got.text());
    assert!(
        unheld.board().await.text.contains("Still open") && unheld.board().await.text.contains("Who holds the case")
    );
    unheld.close().await;

    assert!(!house.chair().sees_the_room().await, "the chair stands outside by now");
    let more = [SAID[0], SAID[2], SAID[3], ("holder", "")];
    let got = house.chair().presses("adjourn", &more).await;
    assert_eq!(got.code(), "interim_supplied", "{}", got.text());
    let board = house.board().await.text;
    assert!(board.contains("Adjourned until 8 December 2026") && !board.contains("Still open"), "{board}");
    assert!(board.contains("Emergency duty team"), "what stood stays: {board}");
    let told = house.police().person.direct_messages().pop().expect("the new time is told");
    assert!(told.text.contains("adjourned until 8 December 2026"), "{}", told.text);
    house.close().await;
}

/// Shows: SES-01.
#[tokio::test(flavor = "multi_thread")]
async fn while_it_is_adjourned_nobody_has_the_floor_and_what_protects_a_child_goes_on() {
    let house = House::at(Stage::Sharing).await;
    house.social_worker().shares("Seen on the ward this morning").await;
    house.social_worker().finishes().await;
    house.passes(45).await;
    house.chair().presses("adjourn", &SAID).await;
    assert!(!house.board().await.text.contains("**Floor**"), "{}", house.board().await.text);
    let early = house.social_worker().shares("One more thing").await;
    assert_eq!(early.code(), "adjourned");
    assert!(early.text().contains("until 8 December 2026 09:00"), "{}", early.text());
    assert!(early.text().contains("One more thing"), "the words come back: {}", early.text());
    comes_back(&house, Cast::TeamManager).await;
    for path in [["chair", "next"], ["chair", "move-on"]] {
        let got = house.chair().slash(&path, &[("reason", "time")]).await;
        assert_eq!(got.code(), "adjourned", "{path:?}");
    }

    let danger = house.police().presses("danger", &[("danger", "removal")]).await;
    assert_eq!(danger.code(), "danger_raised", "{}", danger.text());
    let name = house.store.cases().await.expect("the store can be read").remove(0).code_name.0;
    let sent = [("current", "Two call-outs in March"), ("case", name.as_str())];
    let sent = house.police().slash(&["strategy", "information"], &sent).await;
    assert_eq!(sent.code(), "information_sent", "{}", sent.text());
    let drafted = house.social_worker().slash(&["action", "add"], &[("what", "Ring the ward at 20:00")]).await;
    assert!(drafted.text().contains("drafted"), "{}", drafted.text());
    let confirmed = house.chair().slash(&["chair", "confirm"], &[]).await;
    assert_eq!(confirmed.code(), "drafts_confirmed", "{}", confirmed.text());
    let left = house.chair().slash(&["chair", "close"], &[("reason", "Nothing more to decide")]).await;
    assert!(left.text().contains("closed"), "an adjourned session can close: {}", left.text());
    let minutes = house.minutes().await;
    assert!(minutes.contains("part 1: opened 10:00, adjourned 10:45; closed 10:45"), "{minutes}");
    house.close().await;
}

/// Shows: SES-02.
#[tokio::test(flavor = "multi_thread")]
async fn everybody_passes_the_door_again_and_whoever_was_next_is_next() {
    let house = House::at(Stage::Sharing).await;
    house.social_worker().shares("Seen on the ward this morning").await;
    house.social_worker().finishes().await;
    house.social_worker().slash(&["action", "add"], &[("what", "Ring the ward at 20:00")]).await;
    house.passes(45).await;
    house.chair().presses("adjourn", &SAID).await;
    for who in [Cast::TeamManager, Cast::Police, Cast::HealthVisitor] {
        assert!(!house.who(who).sees_the_room().await, "{who:?} sees nothing meanwhile");
        let told = house.who(who).person.direct_messages().pop().unwrap_or_else(|| panic!("{who:?} is told"));
        assert!(told.text.contains("adjourned until 8 December 2026"), "{}", told.text);
        assert!(CASE_WORDS.iter().all(|word| !told.text.contains(word)), "{}", told.text);
    }
    let outside = house.health_visitor().presses("confirm", &[]).await;
    assert_eq!(outside.code(), "meeting_confirmed", "the door asks again: {}", outside.text());
    assert!(!house.health_visitor().sees_the_room().await, "and the introduction comes before the room");

    house.comes_to("2026-12-08 08:55").await;
    house.health_visitor().presses_in(&outside, "introduce", &[("authorised", "yes"), ("basis", "")]).await;
    house.social_worker().invites(Cast::Paediatrician).await;
    house.paediatrician().accepts().await;
    assert!(!house.paediatrician().sees_the_room().await);
    for who in [Cast::TeamManager, Cast::Paediatrician] {
        comes_back(&house, who).await;
        assert!(house.who(who).sees_the_room().await, "{who:?}");
    }
    house.comes_to("2026-12-08 09:00").await;
    let resumed = house.chair().presses("resume", &[]).await;
    assert_eq!(resumed.code(), "not_quorate", "{}", resumed.text());
    let posts = house.room_posts().await;
    let post = posts.iter().find(|post| post.contains("**Resumed")).expect("the room hears of it");
    for words in ["part 2, at sharing", "Tom Ferris", "**Not back yet** Dana Okafor", "missing police representative"] {
        assert!(post.contains(words), "{words}: {post}");
    }
    let last = posts.last().expect("the floor is given");
    assert!(last.contains("Priya Nandy") && last.contains("has the floor (2 of 3)"), "{last}");
    let board = house.board().await.text;
    assert!(board.contains("**Waiting for the chair** 1 draft") && board.contains("**Heard** Rowan Ashby"), "{board}");
    assert_eq!(house.health_visitor().shares("Weight steady").await.code(), "contributed");
    comes_back(&house, Cast::Police).await;
    assert!(house.room_has("**Quorate**, as people come and go").await);

    house.comes_to("2026-12-08 10:10").await;
    house.chair().slash(&["chair", "close"], &[("reason", "not reached")]).await;
    let minutes = house.minutes().await;
    let parts =
        "part 1: opened 10:00, adjourned 10:45; part 2: resumed 8 December 2026 09:00, closed 8 December 2026 10:10";
    assert!(minutes.contains(&format!("- Times: {parts}")), "{minutes}");
    for words in ["Seen on the ward this morning", "Weight steady"] {
        assert!(section(&minutes, "Information shared").contains(words), "one record: {words}");
    }
    let door = section(&minutes, "Audit annex");
    let row = door.lines().find(|line| line.contains("Priya Nandy")).expect("everybody's door is minuted");
    assert!(row.contains("10:00; 10:45"), "both times: {row}");
    assert!(house.board().await.text.contains("**Minutes due** 13 December 2026 23:59"), "from the final close");
    house.close().await;
}
