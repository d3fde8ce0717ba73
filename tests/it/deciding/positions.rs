//! Each agency's position on what was read back, and what somebody who neither chairs nor records would have entered.

use convenor::domain::stage::Stage;

use crate::support::{Cast, House, PROCEDURES, section};

/// Section 47 is initiated and an outcome chosen, and both are read back.
async fn read_back(procedure: &str) -> House {
    let house = House::under_at(procedure, Stage::Deciding).await;
    house.chair().slash(&["chair", "section-47"], &[("decision", "initiate"), ("rationale", "As shared")]).await;
    let other = [("outcome", "other_action"), ("description", "Ring the ward"), ("rationale", "To know more")];
    house.chair().slash(&["chair", "outcome"], &other).await;
    house.goes_on_to(Stage::ReadBack).await;
    house
}

/// The lines under the decisions of the positions' section that this one stands among, each with its label.
fn lines(minutes: &str, decision: &str) -> String {
    let mut groups = minutes.split("\n### ").skip(1).map(|group| group.split("\n#").next().unwrap_or_default());
    let is_named =
        |group: &&str| group.lines().next().is_some_and(|heading| heading.split("; ").any(|one| one == decision));
    groups.find(is_named).unwrap_or_else(|| panic!("{decision} is in\n{minutes}")).to_owned()
}

fn line<'a>(lines: &'a str, label: &str) -> &'a str {
    lines.lines().find(|line| line.contains(label)).unwrap_or_default()
}

/// Shows: DEC-43.
#[tokio::test(flavor = "multi_thread")]
async fn one_press_agrees_with_all_and_a_disagreement_names_what_it_is_with() {
    for procedure in PROCEDURES {
        let house = read_back(procedure).await;
        let agreed = house.police().presses("agree_all", &[]).await;
        assert_eq!((agreed.code(), agreed.presses), ("position_given", 1), "{procedure}: {}", agreed.text());
        let picked = house.chair().is_offered(&["chair", "position"], "items", "Section 47").await;
        let section_47 = picked[0].value.as_str().expect("a code").to_owned();
        let given = [("items", section_47.as_str()), ("about", "It is too early")];
        house.health_visitor().presses("disagree", &given).await;
        let minutes = house.minutes().await;
        let decided = lines(&minutes, "Section 47 enquiries are initiated");
        assert!(line(&decided, "Agreed by").contains("Dana Okafor"), "{procedure}: {decided}");
        assert!(line(&decided, "Dissent").contains("It is too early"), "{procedure}: {decided}");
        assert!(line(&decided, "No position given").contains("Children's Services"), "{procedure}: {decided}");
        assert!(!line(&decided, "No position given").contains("Police"), "{procedure}: {decided}");
        let outcome = &house.config.procedures[procedure].outcome("other_action").expect("it is there").label;
        let other = lines(&minutes, outcome);
        assert!(!line(&other, "Dissent").contains("It is too early"), "{procedure}: {other}");
        assert!(line(&other, "Agreed by").contains("Dana Okafor"), "{procedure}: {other}");
        let board = house.board().await.text;
        assert!(board.contains("**Positions** agree: ") && board.contains("no position yet: "), "{procedure}: {board}");
        house.close().await;
    }
}

/// Shows: DEC-43.
#[tokio::test(flavor = "multi_thread")]
async fn said_aloud_is_marked_and_silence_or_a_later_decision_has_nobodys_agreement() {
    let house = read_back("remote-format").await;
    let police = house.chair().picks(&["chair", "position"], "for", "Dana Okafor").await;
    house
        .social_worker()
        .slash(&["chair", "position"], &[("for", &police), ("position", "agree"), ("about", "On the telephone")])
        .await;
    house.health_visitor().presses("not_authorised", &[]).await;
    let minutes = house.minutes().await;
    let decided = lines(&minutes, "Section 47 enquiries are initiated");
    assert!(line(&decided, "Agreed by").contains("said aloud, entered by Rowan Ashby"), "{decided}");
    assert!(line(&decided, "Not authorised").contains("Priya Nandy"), "{decided}");
    assert!(!line(&decided, "Agreed by").contains("Priya Nandy"), "{decided}");
    house.passes(5).await;
    let later = [("outcome", "police_investigation"), ("rationale", "New"), ("who", "DS Orr")];
    house.chair().slash(&["chair", "outcome"], &later).await;
    let minutes = house.minutes().await;
    let later = lines(&minutes, "Police investigation");
    assert!(line(&later, "No position given").contains("Police"), "nobody was asked about it: {later}");
    house.close().await;
}

/// Shows: DEC-43, DIS-12.
#[tokio::test(flavor = "multi_thread")]
async fn no_agreement_the_chair_enters_takes_away_a_persons_own_disagreement() {
    let house = read_back("remote-format").await;
    house.police().presses("disagree", &[("items", "all"), ("about", "Too early")]).await;
    let police = house.chair().picks(&["chair", "position"], "for", "Dana Okafor").await;
    house.chair().slash(&["chair", "position"], &[("for", &police), ("position", "agree")]).await;
    let minutes = house.minutes().await;
    let decided = lines(&minutes, "Section 47 enquiries are initiated");
    assert!(line(&decided, "Dissent").contains("Dana Okafor") && decided.contains("Too early"), "{decided}");
    assert!(!line(&decided, "Agreed by").contains("Dana Okafor"), "{decided}");
    house.police().presses("agree_all", &[]).await;
    let minutes = house.minutes().await;
    let decided = lines(&minutes, "Section 47 enquiries are initiated");
    assert!(line(&decided, "Agreed by").contains("Dana Okafor"), "their own word changes it: {decided}");
    house.close().await;
}

/// Shows: DEC-43.
#[tokio::test(flavor = "multi_thread")]
async fn the_chair_can_collect_them_unseen_and_they_are_shown_with_the_last() {
    let house = read_back("remote-format").await;
    let refused = house.police().presses("hide_positions", &[]).await;
    assert_eq!(refused.code(), "for_chair");
    house.chair().presses("hide_positions", &[]).await;
    house.police().presses("agree_all", &[]).await;
    house.health_visitor().presses("disagree", &[("items", "all"), ("about", "Too early")]).await;
    let board = house.board().await.text;
    assert!(board.contains("kept unseen until all are in: 2 of 3"), "{board}");
    assert!(!house.room_has("Too early").await);
    assert_eq!(house.db_count("challenge_raised").await, 0, "a dissent nobody sees yet opens nothing");
    house.chair().presses("agree_all", &[]).await;
    assert!(house.room_has("**The positions, collected unseen**").await);
    assert!(house.room_has("Too early").await);
    assert_eq!(house.db_count("challenge_raised").await, 1, "shown, it opens its path");
    assert!(house.board().await.text.contains("disagree: "));
    house.close().await;
}

/// Shows: DEC-44.
#[tokio::test(flavor = "multi_thread")]
async fn an_attendees_decision_goes_to_the_chair_as_a_suggestion() {
    for procedure in PROCEDURES {
        let house = House::under_at(procedure, Stage::Open).await;
        let given = [("decision", "initiate"), ("rationale", "The bruises are of two ages")];
        let got = house.police().slash(&["chair", "section-47"], &given).await;
        assert_eq!(got.code(), "suggested", "{procedure}: {}", got.text());
        assert!(got.text().contains("went to the chair as your suggestion"), "{procedure}: {}", got.text());
        assert!(house.room_has("suggests a decision").await && !house.room_has("of two ages").await, "{procedure}");
        assert!(house.minutes().await.contains("Section 47 decision not recorded."), "{procedure}");
        let refused = house.who(Cast::HealthVisitor).presses("read_suggestion", &[]).await;
        assert!(!refused.text().contains("of two ages"), "{procedure}: {}", refused.text());
        let read = house.chair().presses("read_suggestion", &[]).await;
        assert!(read.text().contains("of two ages") && read.is_private(), "{procedure}: {}", read.text());
        house.chair().presses_in(&read, "take_suggestion", &[]).await;
        assert!(house.room_has("of two ages").await, "{procedure}: it is the chair's decision now");
        let minutes = house.minutes().await;
        assert!(minutes.contains("Entered by: Imogen Vale"), "{procedure}");
        assert!(minutes.contains("Suggested to the chair by Dana Okafor") && minutes.contains("taken up."));
        let again = house.chair().presses_in(&read, "leave_suggestion", &[]).await;
        assert_eq!(again.code(), "already_done", "{procedure}");
        house.close().await;
    }
}

/// Shows: DEC-44.
#[tokio::test(flavor = "multi_thread")]
async fn an_attendees_outcome_goes_to_the_chair_as_a_suggestion_too_and_may_be_left() {
    for procedure in PROCEDURES {
        let house = House::under_at(procedure, Stage::Deciding).await;
        let offered = house.police().is_offered(&["chair", "outcome"], "outcome", "").await;
        let (label, code) = (&offered[0].name, offered[0].value.as_str().expect("a code").to_owned());
        for (words, answer) in
            [("The bruises are of two ages", "take_suggestion"), ("He rang twice", "leave_suggestion")]
        {
            let given = [("outcome", code.as_str()), ("rationale", words)];
            let got = house.police().slash(&["chair", "outcome"], &given).await;
            assert_eq!(got.code(), "suggested", "{procedure}: {}", got.text());
            assert!(!house.room_has(words).await, "{procedure}: the room hears nothing of what it is");
            let chosen = section(&house.minutes().await, "Decision and outcomes");
            let is_chosen =
                |said: &str| said.lines().any(|row| row.starts_with(&format!("| {label} |")) && row.contains(words));
            assert!(!is_chosen(&chosen), "{procedure}: {chosen}");
            let read = house.chair().presses("read_suggestion", &[]).await;
            assert!(read.is_private() && read.text().contains(words), "{procedure}: {}", read.text());
            house.chair().presses_in(&read, answer, &[]).await;
            let is_taken = answer == "take_suggestion";
            let chosen = section(&house.minutes().await, "Decision and outcomes");
            assert_eq!(is_chosen(&chosen), is_taken, "{procedure}: {chosen}");
            assert_eq!(house.room_has(words).await, is_taken, "{procedure}");
            let minutes = house.minutes().await;
            let ended = if is_taken { "; taken up." } else { "; not taken up." };
            let mut suggested = minutes.lines().filter(|line| line.contains("Suggested to the chair by Dana Okafor"));
            assert!(suggested.any(|line| line.ends_with(ended)), "{procedure}, {answer}: {minutes}");
        }
        house.close().await;
    }
}

/// Shows: DEC-44.
#[tokio::test(flavor = "multi_thread")]
async fn decisions_stand_as_drafts_until_confirmed_and_are_read_back_before_the_close() {
    for procedure in PROCEDURES {
        let house = House::under_at(procedure, Stage::Deciding).await;
        let given = [("decision", "do_not_initiate"), ("rationale", "The account fits")];
        house.social_worker().slash(&["chair", "section-47"], &given).await;
        assert!(house.minutes().await.contains("draft, not confirmed"), "{procedure}");
        house.passes(5).await;
        let confirmed = house.chair().presses("confirm_drafts", &[]).await;
        assert_eq!(confirmed.presses, 1, "{procedure}: {}", confirmed.text());
        let minutes = house.minutes().await;
        assert!(minutes.contains("Entered by: Rowan Ashby"), "{procedure}");
        let confirmed = minutes.lines().find(|line| line.contains("Confirmed by: Imogen Vale")).unwrap_or_default();
        assert!(confirmed.contains("10:05"), "{procedure}: {confirmed}");
        house.chair().closes().await;
        let posts = house.room_posts().await;
        let at = |words: &str| posts.iter().position(|post| post.contains(words));
        let read_back = at("**Read-back**").expect("it is read back, though that stage was not reached");
        assert!(Some(read_back) < at("stay open"), "{procedure}: before the close");
        assert!(posts[read_back].contains("Do not start section 47 enquiries"), "{procedure}");
        assert!(house.minutes().await.contains("Read back at 10:05."), "{procedure}");
        house.close().await;
    }
}
