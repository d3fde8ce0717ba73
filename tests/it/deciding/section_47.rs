//! Section 47: decided first, put off, carried on, whatever is missing, and what is said of it afterwards.

use convenor::domain::stage::Stage;

use super::left_open;
use crate::support::{Cast, House, PROCEDURES};

const JOINT: [(&str, &str); 3] = [("decision", "initiate"), ("mode", "joint"), ("rationale", "No explanation fits")];

/// The first session has closed on this decision, and the second is convened.
pub(super) async fn in_a_second_session(procedure: &str, decision: &str) -> House {
    let house = House::under_at(procedure, Stage::Open).await;
    house.chair().slash(&["chair", "section-47"], &[("decision", decision), ("rationale", "As shared")]).await;
    house.chair().closes().await;
    house.has_drafted().await;
    house.social_worker().convenes().await;
    house
}

async fn offered(house: &House) -> Vec<String> {
    let choices = house.social_worker().is_offered(&["chair", "section-47"], "decision", "").await;
    choices.into_iter().map(|choice| choice.name).collect()
}

/// Shows: DEC-01.
#[tokio::test(flavor = "multi_thread")]
async fn a_session_closed_without_the_decision_is_marked_and_its_decisions_begin_with_that() {
    for procedure in PROCEDURES {
        let house = House::under_at(procedure, Stage::Open).await;
        let open = left_open(&house).await;
        assert!(open.contains("• Section 47 decision"), "{procedure}: {open}");
        let minutes = house.minutes().await;
        assert!(minutes.contains("section 47 decision not recorded"), "{procedure}");
        let first = minutes.find("Section 47 decision not recorded.").expect("it is said where it belongs");
        let outcomes = minutes.find("Outcomes offered by the procedure").expect("the outcomes follow");
        assert!(first < outcomes, "{procedure}");
        house.close().await;
    }
}

/// Shows: DEC-01.
#[tokio::test(flavor = "multi_thread")]
async fn section_47_is_the_first_decision_put_and_leads_whatever_was_entered_before_it() {
    for procedure in PROCEDURES {
        let house = House::under_at(procedure, Stage::Deciding).await;
        let labels: Vec<_> = house.board().await.buttons().into_iter().map(|button| button.label).collect();
        assert_eq!(labels[..2], ["Section 47 decision", "Add outcome"], "{procedure}: {labels:?}");
        let other = [("outcome", "other_action"), ("description", "Ring the ward"), ("rationale", "To know more")];
        house.chair().slash(&["chair", "outcome"], &other).await;
        house.chair().slash(&["chair", "section-47"], &JOINT).await;
        house.goes_on_to(Stage::ReadBack).await;
        let read_back = house.room_posts().await.into_iter().find(|post| post.contains("**Read-back**"));
        for said in [read_back.expect("it is read back"), house.minutes().await] {
            let decided = said.find("No explanation fits").expect("the decision is there");
            let chosen = said.find("Ring the ward").expect("so is the outcome");
            assert!(decided < chosen, "{procedure}: {said}");
        }
        house.close().await;
    }
}

/// Shows: DEC-01.
#[tokio::test(flavor = "multi_thread")]
async fn a_decision_put_off_asks_until_when_and_comes_first_in_the_next_session() {
    for procedure in PROCEDURES {
        let house = House::under_at(procedure, Stage::Open).await;
        let got = house.chair().slash(&["chair", "section-47"], &[("decision", "not_yet_decided")]).await;
        assert!(got.text().contains("When does the session resume?"), "{procedure}: {}", got.text());
        let said = [("resumes", "7 December 2026 15:00"), ("holder", "The duty team")];
        let adjourned = house.chair().presses_in(&got, "adjourn", &said).await;
        assert!(adjourned.text().contains("15:00"), "{procedure}: {}", adjourned.text());
        house.close().await;

        let house = in_a_second_session(procedure, "not_yet_decided").await;
        let open = house.room_posts().await.join("\n");
        assert!(open.contains("• Section 47 decision (When it resumes"), "{procedure}: {open}");
        let board = house.board().await.text;
        assert!(board.contains("**Section 47 first** put off in session 1."), "{procedure}: {board}");
        let minutes = house.minutes().await;
        assert!(minutes.contains("Carried from session 1: Not yet decided"), "{procedure}");
        house.close().await;
    }
}

/// Shows: DEC-03.
#[tokio::test(flavor = "multi_thread")]
async fn how_when_and_by_whom_are_open_where_the_procedure_insists_and_print_everywhere() {
    for procedure in PROCEDURES {
        let insists = !["remote-format", "audit-assured"].contains(&procedure);
        let house = House::under_at(procedure, Stage::Open).await;
        house.chair().slash(&["chair", "section-47"], &JOINT).await;
        let open = left_open(&house).await;
        assert_eq!(open.contains("• Section 47 decision"), insists, "{procedure}: {open}");
        let minutes = house.minutes().await;
        assert_eq!(minutes.contains("| how, when, by whom |"), insists, "{procedure}");
        house.close().await;

        let house = House::under_at(procedure, Stage::Open).await;
        let parts = [("how", "Home visit"), ("when", "Today at four"), ("by_whom", "Rowan with DC Okafor")];
        house.chair().slash(&["chair", "section-47"], &[&JOINT[..], &parts].concat()).await;
        let minutes = house.minutes().await;
        assert!(parts.iter().all(|(_, words)| minutes.contains(words)), "{procedure}");
        assert!(!left_open(&house).await.contains("• Section 47 decision"), "{procedure}");
        house.close().await;
    }
}

/// Shows: DEC-04.
#[tokio::test(flavor = "multi_thread")]
async fn without_single_or_joint_it_is_saved_asked_with_the_answer_and_open_where_mandatory() {
    for procedure in PROCEDURES {
        let house = House::under_at(procedure, Stage::Open).await;
        house.chair().slash(&["chair", "section-47"], &[("decision", "initiate"), ("rationale", "As shared")]).await;
        let open = left_open(&house).await;
        let is_mandatory = ["practice-guidance", "remote-format"].contains(&procedure);
        assert_eq!(open.contains("(Single or joint agency"), is_mandatory, "{procedure}: {open}");
        house.close().await;

        let house = House::under_at(procedure, Stage::Open).await;
        let given = [("decision", "initiate"), ("rationale", "As shared")];
        let got = house.chair().slash(&["chair", "section-47"], &given).await;
        assert!(got.text().contains("Not said yet: Single or joint"), "{procedure}: {}", got.text());
        let before = house.minutes().await;
        house.passes(20).await;
        let said = [("mode", "single"), ("agency", "Larkshire Police")];
        let supplied = house.chair().presses_in(&got, "supply", &said).await;
        assert!(supplied.text().contains("Single"), "{procedure}: {}", supplied.text());
        let minutes = house.minutes().await;
        assert!(minutes.contains("Single (Larkshire Police)"), "{procedure}");
        assert!(before.contains("decided 10:00") && minutes.contains("decided 10:00"), "{procedure}: the time stays");
        assert!(!minutes.contains("Earlier entries"), "nothing was replaced that is not still said");
        house.close().await;
    }
}

/// Shows: DEC-01, DEC-05.
#[tokio::test(flavor = "multi_thread")]
async fn during_an_enquiry_it_is_asked_whether_enquiries_continue() {
    let start = ["Start section 47 enquiries", "Do not start section 47 enquiries", "Not yet decided"];
    let go_on = ["Section 47 enquiries continue", "End section 47 enquiries", "Not yet decided"];
    for procedure in PROCEDURES {
        let house = in_a_second_session(procedure, "initiate").await;
        assert_eq!(offered(&house).await, go_on, "{procedure}");
        let board = house.board().await.text;
        assert!(board.contains("enquiries are under way since session 1: do they continue?"), "{procedure}: {board}");
        house.social_worker().slash(&["chair", "section-47"], &[("decision", "continue")]).await;
        let minutes = house.minutes().await;
        assert!(minutes.contains("Section 47 enquiries continue"), "{procedure}");
        assert!(minutes.contains("Carried from session 1: Section 47 enquiries are initiated, 7 December"));
        house.close().await;

        let house = in_a_second_session(procedure, "initiate").await;
        let given = [("decision", "end"), ("rationale", "The injury is explained")];
        house.social_worker().slash(&["chair", "section-47"], &given).await;
        let minutes = house.minutes().await;
        let decided = minutes.contains("Section 47 enquiries end") && minutes.contains("The injury is explained");
        assert!(decided, "{procedure}: {minutes}");
        house.close().await;
    }
    let house = House::under_at("remote-format", Stage::Open).await;
    assert_eq!(offered(&house).await, start, "the first session has nothing to continue");
    house.close().await;
    let house = in_a_second_session("remote-format", "do_not_initiate").await;
    assert_eq!(offered(&house).await, start);
    house.close().await;
    let house = House::open().await;
    house
        .social_worker()
        .registers_with(&[("trigger_point", "during_section_47"), ("received", &house.moment(-90))])
        .await;
    house.social_worker().lists_the_child().await;
    house.social_worker().convenes().await;
    assert_eq!(offered(&house).await, go_on, "the referral came during an enquiry");
    house.close().await;
}

/// Shows: DEC-46.
#[tokio::test(flavor = "multi_thread")]
async fn a_manager_alone_decides_in_three_presses_with_everything_else_missing() {
    for procedure in PROCEDURES {
        let house = House::under(procedure, "2026-12-07 10:00").await;
        let manager = house.chair();
        manager.registers().await;
        manager.lists_the_child().await;
        let starts = house.moment(60);
        manager.slash(&["strategy", "convene"], &[("form", "discussion"), ("starts", &starts)]).await;
        let got = manager.presses("section_47", &[("decision", "initiate"), ("rationale", "")]).await;
        assert_eq!(got.presses, 3, "{procedure}: {}", got.text());
        assert!(got.text().contains("recorded"), "{procedure}: {}", got.text());
        let minutes = house.minutes().await;
        assert!(minutes.contains("decided 10:00"), "{procedure}: its time");
        let missing = minutes.lines().find(|line| line.contains("Missing when it was decided")).unwrap_or_default();
        let quorum = minutes.lines().find(|line| line.contains("Quorum at the decision")).unwrap_or_default();
        assert!(quorum.contains("Not quorate: missing"), "{procedure}: {quorum}");
        for lacking in ["Not quorate", "(Ellis Quillfeather)", "No agency's position"] {
            assert!(missing.contains(lacking), "{procedure}: {missing}");
        }
        assert!(!missing.contains("Chair not within the rule"), "{procedure}: a manager may chair: {missing}");
        // One procedure alone asks two managers whether a discussion is held first.
        let agreement = "Agreement to a discussion first";
        assert_eq!(missing.contains(agreement), procedure == "county-strategy-meetings", "{procedure}: {missing}");
        house.close().await;
    }
}

/// Shows: DEC-46.
#[tokio::test(flavor = "multi_thread")]
async fn without_a_chair_within_the_rule_it_is_saved_all_the_same_with_that_beside_it() {
    for procedure in PROCEDURES {
        let house = House::under(procedure, "2026-12-07 10:00").await;
        let worker = house.social_worker();
        worker.registers().await;
        worker.lists_the_child().await;
        worker.slash(&["strategy", "convene"], &[("form", "discussion"), ("starts", &house.moment(60))]).await;
        let got = worker.presses("section_47", &[("decision", "initiate"), ("rationale", "")]).await;
        assert_eq!(got.presses, 3, "{procedure}: {}", got.text());
        let minutes = house.minutes().await;
        let missing = minutes.lines().find(|line| line.contains("Missing when it was decided")).unwrap_or_default();
        for lacking in ["Not quorate", "Chair not within the rule"] {
            assert!(missing.contains(lacking), "{procedure}: {missing}");
        }
        house.close().await;
    }
}

/// Shows: DEC-46.
#[tokio::test(flavor = "multi_thread")]
async fn the_decision_can_be_pressed_at_every_stage_until_it_is_made() {
    let house = House::gathered().await;
    let has_button = async || house.board().await.buttons().iter().any(|button| button.label == "Section 47 decision");
    assert!(has_button().await, "while people gather");
    house.chair().opens().await;
    for stage in
        [Stage::Open, Stage::Sharing, Stage::Questions, Stage::Risk, Stage::Deciding, Stage::Actions, Stage::ReadBack]
    {
        house.goes_on_to(stage).await;
        assert!(has_button().await, "{stage:?}");
    }
    house.chair().closes().await;
    house.has_drafted().await;
    assert!(has_button().await, "and after the close");
    let got =
        house.chair().presses("section_47", &[("decision", "initiate"), ("rationale", "Left out in haste")]).await;
    assert!(got.text().contains("recorded"), "{}", got.text());
    assert!(!has_button().await);
    assert!(house.who(Cast::SocialWorker).sees_the_room().await);
    house.close().await;
}
