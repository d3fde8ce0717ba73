//! The draft for the family: asked for and ticked by the chair, line by line.

use convenor::domain::stage::Stage;

use super::{answers, decided};
use crate::support::{Cast, Got, House, PROCEDURES, section};

const TOLD: [(&str, &str); 3] =
    [("what", "That enquiries start; what the phone showed"), ("how", "In person"), ("by", "later")];

/// A session that initiated section 47 enquiries, and whose record is drafted.
pub(super) async fn over(procedure: &str) -> House {
    let house = decided(procedure, "initiate").await;
    house.goes_on_to(Stage::ReadBack).await;
    house.chair().closes().await;
    house.has_drafted().await;
    house
}

/// What stands in the draft as it is read, less its headings and the line the bot says it with.
async fn said(house: &House, draft: &Got) -> Vec<String> {
    let read = house.chair().presses_in(draft, "family_copy", &[]).await;
    assert!(read.is_private(), "{}", read.text());
    let lines = read.text().lines().skip(1).filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(str::to_owned).collect()
}

/// The code of the line that holds these words, as its button carries it.
fn code_of(draft: &Got, words: &str) -> String {
    let line = draft.text().lines().find(|line| line.contains(words));
    let line = line.unwrap_or_else(|| panic!("no line has {words}: {}", draft.text()));
    let number = line.split("**").nth(1).expect("lines are numbered");
    let buttons = draft.response.message().expect("it is a message").buttons();
    let labels = [format!("Tick {number}"), format!("Untick {number}")];
    let button = buttons.into_iter().find(|button| labels.contains(&button.label)).expect("it has a button");
    let id = button.custom_id.expect("it is pressed by its id");
    let known = id.split(';').find_map(|known| known.rsplit_once("family_line="));
    known.expect("it is of a line").1.to_owned()
}

/// Shows: SEC-06.
#[tokio::test(flavor = "multi_thread")]
async fn the_draft_for_the_family_holds_headings_only_until_the_chair_ticks_a_line_of_it() {
    for procedure in PROCEDURES {
        let house = over(procedure).await;
        answers(&house, "tell_parents", &TOLD).await;
        assert_eq!(house.db_count("family_draft_opened").await, 0, "nobody has asked for it: none was made");
        let refused = house.police().presses("family_draft", &[]).await;
        assert_eq!(refused.code(), "for_chair", "{procedure}: {}", refused.text());
        let draft = house.chair().presses("family_draft", &[]).await;
        assert!(draft.is_private() && !draft.text().contains('☑'), "{procedure}: {}", draft.text());
        assert_eq!(said(&house, &draft).await, Vec::<String>::new(), "{procedure}: headings only");

        let line = code_of(&draft, "In person");
        let ticked = house.chair().presses_in(&draft, "family_tick", &[("family_line", &line)]).await;
        assert_eq!((ticked.code(), ticked.presses), ("family_lines_ticked", 1), "{procedure}: {}", ticked.text());
        let now = said(&house, &ticked).await;
        assert!(now.len() == 1 && now[0].contains("In person"), "{procedure}: that line and no other: {now:?}");
        let unticked = house.chair().presses_in(&ticked, "family_untick", &[("family_line", &line)]).await;
        assert_eq!(said(&house, &unticked).await, Vec::<String>::new(), "{procedure}");
        house.close().await;
    }
}

/// Shows: SEC-06, DEC-30.
#[tokio::test(flavor = "multi_thread")]
async fn a_ticked_line_that_is_kept_from_the_family_stays_out_until_the_chair_lifts_that_with_a_reason() {
    for procedure in PROCEDURES {
        let house = over(procedure).await;
        answers(&house, "tell_parents", &TOLD).await;
        let withheld = [
            ("item", "What the phone showed"),
            ("ground", "risk_of_significant_harm"),
            ("narrative", "He would move her"),
        ];
        answers(&house, "withhold", &withheld).await;
        let draft = house.chair().presses("family_draft", &[]).await;
        let line = code_of(&draft, "what the phone showed");
        let all = house.chair().presses_in(&draft, "family_tick_all", &[]).await;
        assert_eq!(all.text().matches('☐').count(), 1, "{procedure}: all but that one: {}", all.text());
        let ticked = house.chair().presses_in(&all, "family_tick", &[("family_line", &line)]).await;
        assert!(!ticked.text().contains('☐') && ticked.text().contains("Kept from the family"), "{}", ticked.text());
        let has_it = |said: &[String]| said.iter().any(|line| line.contains("what the phone showed"));
        assert!(!has_it(&said(&house, &ticked).await), "{procedure}: ticked, and out all the same");

        let without =
            house.chair().presses_in(&ticked, "family_lift", &[("family_line", &line), ("reason", " ")]).await;
        assert_eq!(without.code(), "missing", "{procedure}: a reason is needed: {}", without.text());
        let given = [("family_line", line.as_str()), ("reason", "The police have told him themselves")];
        let lifted = house.chair().presses_in(&ticked, "family_lift", &given).await;
        assert_eq!(lifted.code(), "family_embargo_lifted", "{procedure}: {}", lifted.text());
        assert!(has_it(&said(&house, &lifted).await), "{procedure}: lifted, it is in");
        let told = section(&house.minutes().await, "What the child and family are told");
        assert!(told.contains("Reason: The police have told him themselves"), "{procedure}: {told}");

        answers(&house, "withhold", &[("item", "the phone"), ("ground", "later")]).await;
        let again = house.chair().presses("family_draft", &[]).await;
        assert!(!has_it(&said(&house, &again).await), "{procedure}: what is withheld later is withheld all the same");
        house.close().await;
    }
}

/// Shows: SEC-06.
#[tokio::test(flavor = "multi_thread")]
async fn a_line_whose_words_have_changed_is_ticked_anew() {
    let house = over("remote-format").await;
    answers(&house, "tell_parents", &TOLD).await;
    let draft = house.chair().presses("family_draft", &[]).await;
    let line = code_of(&draft, "In person");
    let ticked = house.chair().presses_in(&draft, "family_tick", &[("family_line", &line)]).await;
    answers(
        &house,
        "tell_parents",
        &[("what", "That enquiries start"), ("how", "In person, with both of them"), ("by", "later")],
    )
    .await;
    let now = house.chair().presses("family_draft", &[]).await;
    assert!(!now.text().contains('☑'), "nobody has ticked these words: {}", now.text());
    let old = house.chair().presses_in(&ticked, "family_untick", &[("family_line", &line)]).await;
    assert_eq!(old.code(), "unknown_family_line", "{}", old.text());
    house.close().await;
}

/// Shows: SEC-06, MIN-27, AUD-11.
#[tokio::test(flavor = "multi_thread")]
async fn the_draft_for_the_family_is_taken_away_by_the_chair_alone_and_each_time_is_on_the_log() {
    let house = over("remote-format").await;
    answers(&house, "tell_parents", &TOLD).await;
    let before = house.room_messages().await.len();
    let draft = house.chair().presses("family_draft", &[]).await;
    let ticked = house.chair().presses_in(&draft, "family_tick_all", &[]).await;
    let read = house.chair().presses_in(&ticked, "family_copy", &[]).await;
    for (kind, ending) in [("pdf", "pdf"), ("word", "docx"), ("page", "html")] {
        let got = house.chair().presses_in(&read, "family_copy", &[("as", kind)]).await;
        assert!(got.is_private() && got.text().contains("known at home"), "{}", got.text());
        let file = got.file();
        assert!(file.name.ends_with(&format!("-session-1-family.{ending}")), "{}", file.name);
        if kind == "page" {
            let text = String::from_utf8_lossy(&file.bytes).into_owned();
            assert!(text.contains("In person") && !text.contains("Okafor"), "what was ticked and nothing else: {text}");
        }
    }
    assert_eq!(house.db_count("family_draft_opened").await, 5, "each of them is on the log of who read what");
    assert_eq!(house.room_messages().await.len(), before, "nobody else sees anything");
    house.close().await;
}

/// Shows: SEC-06, DEC-30.
#[tokio::test(flavor = "multi_thread")]
async fn somebody_who_is_kept_from_the_family_stays_out_also_where_they_were_chosen_from_the_list() {
    let house = over("remote-format").await;
    let told = [("what", "That enquiries start"), ("how", "In person"), ("by", "s1")];
    answers(&house, "tell_parents", &told).await;
    let withheld = Cast::SocialWorker.name();
    answers(&house, "withhold", &[("item", withheld), ("ground", "later")]).await;
    let copy = house.family_copy().await;
    assert!(copy.contains("In person") && !copy.contains(withheld), "{copy}");
    let draft = house.chair().presses("family_draft", &[]).await;
    assert!(draft.text().contains(&format!("Kept from the family ({withheld})")), "{}", draft.text());
    house.close().await;
}

/// Shows: SEC-05, SEC-06.
#[tokio::test(flavor = "multi_thread")]
async fn that_something_limited_was_withheld_and_allowed_is_told_to_nobody_who_may_not_read_it() {
    let house = over("remote-format").await;
    answers(&house, "tell_parents", &TOLD).await;
    let withheld = [("item", "What the phone showed"), ("ground", "later")];
    answers(&house, "withhold", &withheld).await;
    let entry = house.chair().picks(&["readers"], "item", "What the phone showed").await;
    let limited = house.chair().slash(&["readers"], &[("item", &entry), ("readers", "chair_police")]).await;
    assert_eq!(limited.code(), "limited", "{}", limited.text());
    let draft = house.chair().presses("family_draft", &[]).await;
    let line = code_of(&draft, "what the phone showed");
    let given = [("family_line", line.as_str()), ("reason", "He knows of it")];
    let allowed = house.chair().presses_in(&draft, "family_lift", &given).await;
    assert_eq!(allowed.code(), "family_embargo_lifted", "{}", allowed.text());
    assert!(house.minutes().await.contains("He knows of it"));
    assert!(!house.common_copy().await.contains("He knows of it"), "whoever can't read what is withheld");
    house.close().await;
}

/// Shows: SEC-06.
#[tokio::test(flavor = "multi_thread")]
async fn the_chair_comes_to_the_draft_for_the_family_under_their_own_copy_too() {
    let house = over("remote-format").await;
    let copy = house.chair().presses("copy", &[]).await;
    let draft = house.chair().presses_in(&copy, "family_draft", &[]).await;
    assert!(draft.text().contains("draft for the family, session 1"), "{}", draft.text());
    assert!(!house.police().presses("copy", &[]).await.offers("family_draft"), "nobody else does");
    house.close().await;
}
