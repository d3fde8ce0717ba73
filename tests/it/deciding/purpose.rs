//! A conference is never an outcome, and comes after section 47 alone; the chair says that the reasons are clear.

use convenor::domain::stage::Stage;

use super::left_open;
use crate::support::{House, PROCEDURES, section};

const LOOKS_THROUGH: &str = "audit-assured";

/// Shows: DEC-17.
#[tokio::test(flavor = "multi_thread")]
async fn a_conference_is_no_outcome_and_its_action_waits_for_section_47() {
    for procedure in PROCEDURES {
        let house = House::under_at(procedure, Stage::Open).await;
        let offered = house.chair().is_offered(&["chair", "outcome"], "outcome", "conference").await;
        assert!(offered.is_empty(), "{procedure}");
        for what in ["Offer a Family Group Conference", "Refer to the multi-agency risk assessment conference"] {
            let other = house.chair().slash(&["action", "add"], &[("what", what)]).await;
            assert!(!other.text().contains("section 47"), "{procedure}: that is another conference: {}", other.text());
        }
        let got = house.chair().slash(&["action", "add"], &[("what", "Call an initial conference")]).await;
        assert_eq!(got.code(), "waits_for_section_47", "{procedure}: {}", got.text());
        assert!(got.text().contains("decides whether section 47 enquiries are needed"), "{procedure}");
        assert!(got.text().contains("Action 3 is saved, and waits"), "{procedure}: {}", got.text());
        assert!(house.room_has("Call an initial conference").await, "{procedure}: it is saved like any");
        assert!(house.minutes().await.contains("; waits for the section 47 decision"), "{procedure}");
        house.chair().slash(&["chair", "section-47"], &[("decision", "initiate"), ("rationale", "As shared")]).await;
        let minutes = house.minutes().await;
        assert!(!minutes.contains("; waits for the section 47 decision"), "{procedure}");
        assert!(minutes.contains("Imogen Vale was reminded what the session is for"), "{procedure}");
        let got = house.chair().slash(&["action", "add"], &[("what", "Arrange the conference")]).await;
        assert!(!got.text().contains("waits"), "{procedure}: {}", got.text());
        house.close().await;
    }
}

/// Shows: DEC-18.
#[tokio::test(flavor = "multi_thread")]
async fn talk_of_a_conference_before_section_47_reminds_the_chair_who_can_refocus_the_session() {
    let purpose = "decides whether section 47 enquiries are needed";
    let others =
        PROCEDURES.into_iter().filter(|procedure| *procedure != LOOKS_THROUGH).map(|one| (one, "Ready for ICPC"));
    let words = ["Ready for ICPC", "A Conference comes next"];
    for (procedure, words) in others.chain(words.map(|words| (LOOKS_THROUGH, words))) {
        let is_on = procedure == LOOKS_THROUGH;
        let house = House::under_at(procedure, Stage::Deciding).await;
        let given = [("outcome", "other_action"), ("description", "Ring the ward"), ("rationale", words)];
        // The recorder drafts it, and the chair has it before them.
        let drafted = house.social_worker().slash(&["chair", "outcome"], &given).await;
        assert_eq!(drafted.text().contains(purpose), is_on, "{procedure}: {}", drafted.text());
        let got = house.chair().presses("confirm_drafts", &[]).await;
        assert_eq!(got.text().contains(purpose), is_on, "{procedure}: {}", got.text());
        assert_eq!(got.buttons().contains(&"Refocus the session".to_owned()), is_on, "{:?}", got.buttons());
        let answer = [("prompt", "short_term_action"), ("text", words)];
        let got = house.chair().slash(&["chair", "prompt"], &answer).await;
        assert_eq!(got.text().contains(purpose), is_on, "{procedure}: {}", got.text());
        let challenge = section(&house.minutes().await, "Professional challenge");
        for who in ["Rowan Ashby", "Imogen Vale"] {
            let reminded = "an entry spoke of a conference before the section 47 decision, and ";
            let reminded = format!("{reminded}{who} was reminded what the session is for");
            assert_eq!(challenge.contains(&reminded), is_on, "{procedure}: {challenge}");
        }
        if is_on {
            let said = [("about", "We turn on a conference, and not on section 47")];
            house.chair().presses_in(&got, "challenge", &said).await;
            let challenge = section(&house.minutes().await, "Professional challenge");
            assert!(challenge.contains("We turn on a conference, and not on section 47"), "{challenge}");
            assert!(challenge.contains("Type: focus"), "kept as a challenge of the focus: {challenge}");
        }
        let decision = [("decision", "initiate"), ("rationale", "As shared")];
        house.chair().slash(&["chair", "section-47"], &decision).await;
        let later = house.chair().slash(&["chair", "outcome"], &given).await;
        assert!(!later.text().contains(purpose), "not once it is decided: {}", later.text());
        house.close().await;
    }
}

/// Shows: DEC-19.
#[tokio::test(flavor = "multi_thread")]
async fn the_conference_is_asked_about_once_enquiries_start_and_not_before() {
    for procedure in PROCEDURES {
        let house = House::under_at(procedure, Stage::Open).await;
        house.goes_on_to(Stage::Deciding).await;
        let asks = async || {
            let view = house.chair().presses("prompts", &[]).await;
            if !view.buttons().iter().any(|label| label.starts_with("Planning: conduct")) {
                return false;
            }
            let group = house.chair().presses_in(&view, "group", &[("group", "enquiry")]).await;
            group.buttons().iter().any(|label| label == "Child protection conference")
        };
        assert!(!asks().await, "{procedure}: nothing is decided");
        house.chair().slash(&["chair", "section-47"], &[("decision", "do_not_initiate"), ("rationale", "Fits")]).await;
        assert!(!asks().await, "{procedure}: no enquiry starts");
        house.chair().slash(&["chair", "section-47"], &[("decision", "initiate"), ("rationale", "It does not")]).await;
        let is_asked = ["seven-minute-briefing", LOOKS_THROUGH].contains(&procedure);
        assert_eq!(asks().await, is_asked, "{procedure}");
        let open = left_open(&house).await;
        let is_open = open.contains("• Child protection conference");
        assert_eq!(is_open, procedure == "seven-minute-briefing", "{procedure}: {open}");
        house.close().await;
    }
}

/// Shows: DEC-42.
#[tokio::test(flavor = "multi_thread")]
async fn the_chair_confirms_that_the_reasons_are_clear_and_the_record_has_the_time() {
    for procedure in PROCEDURES {
        let house = House::under_at(procedure, Stage::Open).await;
        let open = left_open(&house).await;
        assert_eq!(open.contains("• Are the reasons clear?"), procedure == LOOKS_THROUGH, "{procedure}: {open}");
        house.close().await;

        let house = House::under_at(procedure, Stage::Open).await;
        house.goes_on_to(Stage::ReadBack).await;
        let asked = async || house.chair().presses("prompts", &[]).await.buttons();
        let title = "Are the reasons clear?".to_owned();
        assert!(asked().await.contains(&title), "{procedure}: the chair is asked, insisted on or not");
        assert!(house.board().await.text.contains(&title), "{procedure}: {}", house.board().await.text);
        house.passes(30).await;
        let answer = [("prompt", "rationale_clear"), ("clear", "yes")];
        house.social_worker().slash(&["chair", "prompt"], &answer).await;
        let drafted = house.minutes().await;
        assert!(drafted.contains("Whether the rationale behind each outcome is clear: draft, not confirmed."));
        house.chair().slash(&["chair", "confirm"], &[]).await;
        let line = "The rationale behind each outcome is clear in the record: confirmed by Imogen Vale";
        let minutes = house.minutes().await;
        let line = minutes.lines().find(|said| said.contains(line)).unwrap_or_default();
        assert!(line.contains("at 10:30"), "{procedure}: {line}");
        assert!(!asked().await.contains(&title), "{procedure}: once it is confirmed it is asked no more");
        house.close().await;
    }
}
