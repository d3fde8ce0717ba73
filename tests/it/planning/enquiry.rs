//! Planning the enquiry: what each answer prints, and what is open without it.

use super::{COUNTY, answers, decided, line, lists, open_once_closed};
use crate::support::{House, section};

async fn planning(house: &House) -> String {
    section(&house.minutes().await, "Planning the enquiry")
}

/// The group's view, as the chair is shown it.
async fn group(house: &House, group: &str) -> crate::support::Got {
    let shown = house.chair().presses("prompts", &[]).await;
    house.chair().presses_in(&shown, "group", &[("group", group)]).await
}

/// Shows: DEC-21.
#[tokio::test(flavor = "multi_thread")]
async fn an_examination_is_decided_with_its_time_and_place_or_the_reason_against_it() {
    let house = decided(COUNTY, "initiate").await;
    answers(&house, "medical_examination", &[("required", "yes"), ("timing", "Today 15:00, children's ward")]).await;
    let planned = planning(&house).await;
    assert!(planned.contains("Is an examination required? yes"), "{planned}");
    assert!(planned.contains("When and where: Today 15:00, children's ward"), "{planned}");
    answers(&house, "medical_examination", &[("required", "no")]).await;
    let planned = planning(&house).await;
    assert!(planned.contains("Why, or why not: not answered"), "{planned}");
    let open = open_once_closed(&house).await;
    assert!(open.lines().any(|row| row.contains("| Medical examination |") && row.contains("Why")), "{open}");
    house.close().await;
}

/// Shows: DEC-22.
#[tokio::test(flavor = "multi_thread")]
async fn a_paediatrician_is_asked_for_only_with_an_examination_and_is_named_or_made_an_action_due_before_it() {
    let house = decided(COUNTY, "initiate").await;
    assert!(!group(&house, "health").await.buttons().iter().any(|label| label == "Consultant paediatrician"));
    let exam = [("required", "yes"), ("timing", "Tomorrow, the ward"), ("at", "8 December 2026 14:00")];
    answers(&house, "medical_examination", &exam).await;
    assert!(group(&house, "health").await.buttons().iter().any(|label| label == "Consultant paediatrician"));
    let who = house.chair().picks(&["action", "add"], "owner", "Rowan Ashby").await;
    let late = [("standing", "to_be_consulted"), ("who", who.as_str()), ("by", "9 December 2026 09:00")];
    answers(&house, "consultant_paediatrician", &late).await;
    let action = house.minutes().await;
    let action = action.lines().find(|line| line.contains("Consult a consultant paediatrician")).expect("an action");
    assert!(action.contains("8 December 2026 14:00") && action.contains("Rowan Ashby"), "before it begins: {action}");
    let said = [("standing", "consulted"), ("consulted", "Dr Lisle-Okoro"), ("at", "7 December 2026 09:50")];
    answers(&house, "consultant_paediatrician", &said).await;
    let planned = planning(&house).await;
    assert!(planned.contains("Who was consulted: Dr Lisle-Okoro"), "{planned}");
    assert!(planned.contains("When: 7 December 2026 09:50"), "{planned}");
    house.close().await;

    // An examination with neither is saved, and open where the procedure insists.
    for (procedure, insists) in [(COUNTY, true), ("remote-format", false)] {
        let house = decided(procedure, "initiate").await;
        answers(&house, "medical_examination", &[("required", "yes"), ("timing", "Tomorrow, the ward")]).await;
        let open = open_once_closed(&house).await;
        assert_eq!(open.contains("| Consultant paediatrician |"), insists, "{procedure}: {open}");
        house.close().await;
    }
}

/// Shows: DEC-23.
#[tokio::test(flavor = "multi_thread")]
async fn the_need_for_treatment_prints() {
    let house = decided(COUNTY, "initiate").await;
    answers(&house, "medical_treatment", &[("text", "Observation; no surgery")]).await;
    assert!(line(&house, "Medical treatment:").await.ends_with("Observation; no surgery"));
    let shown = group(&house, "health").await;
    assert!(!shown.buttons().iter().any(|label| label.starts_with("Medical treatment")), "{:?}", shown.buttons());
    house.close().await;
}

/// Shows: DEC-24.
#[tokio::test(flavor = "multi_thread")]
async fn interviews_print_in_the_order_they_are_to_take_place() {
    let house = decided(COUNTY, "initiate").await;
    for (who, when, by_whom, place) in [
        ("The grandmother", "Tuesday", "Social worker", ""),
        ("The neighbour", "Wednesday", "Police", ""),
        ("The mother", "Today 15:00", "Police and social worker", "1"),
    ] {
        let given = [("text", who), ("when", when), ("by_whom", by_whom), ("place", place)];
        answers(&house, "interviews", &given).await;
    }
    let planned = planning(&house).await;
    let at = |words: &str| planned.find(words).unwrap_or_else(|| panic!("{words}: {planned}"));
    assert!(at("The mother") < at("The grandmother") && at("The grandmother") < at("The neighbour"), "{planned}");
    assert!(
        planned.contains("When: Today 15:00") && planned.contains("By whom: Police and social worker"),
        "{planned}"
    );
    answers(&house, "interviews", &[("text", "The father")]).await;
    let open = open_once_closed(&house).await;
    let row = open.lines().find(|row| row.contains("| Interview with a family member |")).expect("it is open");
    assert!(row.contains("When") && row.contains("By whom"), "{row}");
    house.close().await;
}

/// Shows: DEC-25.
#[tokio::test(flavor = "multi_thread")]
async fn none_identified_is_one_press_and_never_the_default() {
    let house = decided(COUNTY, "initiate").await;
    let begin = "Culture, language and disability:";
    assert!(line(&house, begin).await.contains("not answered"), "an untouched question is open");
    let shown = group(&house, "hearing").await;
    let label = "Culture, language and disability: none identified";
    assert!(shown.buttons().iter().any(|button| button == label), "{:?}", shown.buttons());
    let got = house.chair().presses_in(&shown, "answer_nothing", &[("prompt", "needs")]).await;
    assert_eq!(got.code(), "entered", "one press: {}", got.text());
    assert!(line(&house, begin).await.ends_with("None identified"));
    assert!(!open_once_closed(&house).await.contains("Culture, language"));
    house.close().await;

    let house = decided(COUNTY, "initiate").await;
    answers(&house, "needs", &[("text", "An interpreter for Polish, booked for 15:00")]).await;
    assert!(line(&house, begin).await.ends_with("An interpreter for Polish, booked for 15:00"));
    house.close().await;
}

/// Shows: DEC-26.
#[tokio::test(flavor = "multi_thread")]
async fn one_of_three_teams_conducts_the_enquiries_and_its_people_print() {
    let house = decided(COUNTY, "initiate").await;
    let choices = &house.config.catalogue.prompt("who_conducts").expect("it is asked").fields[0];
    let offered = choices.choices(&house.config.procedures[COUNTY]).expect("teams");
    assert_eq!(offered.len(), 4, "three, and that it is still to be chosen");
    for choice in offered.into_iter().take(3) {
        let given = [("team", choice.code.as_str()), ("text", "Rowan Ashby, DS Okafor"), ("agency", "Health visiting")];
        answers(&house, "who_conducts", &given).await;
        let planned = planning(&house).await;
        assert!(planned.contains(&format!("Team: {}", choice.label)), "{planned}");
        assert!(planned.contains("Who, by name: Rowan Ashby, DS Okafor"), "{planned}");
    }
    answers(&house, "who_conducts", &[("team", "social_worker_and_agency"), ("text", "Rowan Ashby")]).await;
    let open = open_once_closed(&house).await;
    let row = open.lines().find(|row| row.contains("| Who conducts the enquiries |")).expect("it is open");
    assert!(row.contains("The other agency"), "the agency is to be named: {row}");
    house.close().await;
}

/// Shows: DEC-27.
#[tokio::test(flavor = "multi_thread")]
async fn seeing_the_child_has_four_parts() {
    let house = decided(COUNTY, "initiate").await;
    answers(&house, "child_seen", &[("text", "Alone at school, today 14:00"), ("by_whom", "Rowan Ashby")]).await;
    let planned = planning(&house).await;
    for part in [
        "Whether and when the child is seen alone: Alone at school, today 14:00",
        "By whom: Rowan Ashby",
        "How wishes and feelings are learned: not answered",
        "How they are taken into account: not answered",
    ] {
        assert!(planned.contains(part), "{part}: {planned}");
    }
    let open = open_once_closed(&house).await;
    let row = open.lines().find(|row| row.contains("| Seeing and hearing the child |")).expect("it is open");
    assert!(row.contains("How wishes and feelings are learned, How they are taken into account"), "{row}");
    house.close().await;
}

/// Shows: DEC-31.
#[tokio::test(flavor = "multi_thread")]
async fn agreement_to_an_interview_prints_with_who_has_parental_responsibility() {
    let house = decided(COUNTY, "initiate").await;
    answers(&house, "pr_agreement", &[("without", "Asking first could warn him")]).await;
    let planned = planning(&house).await;
    assert!(planned.contains("If it goes ahead without: why: Asking first could warn him"), "{planned}");
    let held_by = "Parental responsibility: Ellis Quillfeather: Mother, Marlow Quillfeather";
    assert!(planned.contains(held_by), "{planned}");
    assert!(!open_once_closed(&house).await.contains("Parental responsibility: agreement"));
    house.close().await;
}

/// Shows: DEC-37.
#[tokio::test(flavor = "multi_thread")]
async fn further_information_is_a_list_each_with_source_method_and_place() {
    let house = decided("audit-assured", "initiate").await;
    let first = [
        ("text", "Records of the earlier area"),
        ("source", "Northmere"),
        ("how", "Secure request"),
        ("recorded", "Case system"),
    ];
    answers(&house, "further_information", &first).await;
    answers(&house, "further_information", &[("text", "The phone")]).await;
    let planned = planning(&house).await;
    for part in ["From whom: Northmere", "How it is obtained: Secure request", "Where it is recorded: Case system"] {
        assert!(planned.contains(&format!("1 – {part}")), "{part}: {planned}");
    }
    assert!(planned.contains("2 – From whom: not answered"), "{planned}");
    let open = open_once_closed(&house).await;
    let row = open.lines().find(|row| row.contains("| Further information needed |")).expect("it is open");
    assert!(row.contains("From whom, How it is obtained, Where it is recorded"), "{row}");
    house.close().await;
}

/// Shows: DEC-38.
#[tokio::test(flavor = "multi_thread")]
async fn protecting_other_children_stands_beside_what_was_decided_about_each() {
    for procedure in [COUNTY, "remote-format"] {
        let house = decided(procedure, "initiate").await;
        lists(&house, "Wren Quillfeather", "false").await;
        answers(&house, "other_child_decision", &[("about", "c2"), ("concerns", "yes"), ("reason", "Same home")]).await;
        answers(&house, "protect_other_children", &[("text", "Wren stays with her aunt")]).await;
        let planned = planning(&house).await;
        assert!(planned.contains("Protecting other children: Wren stays with her aunt"), "{procedure}: {planned}");
        assert!(planned.contains("Wren Quillfeather: safeguarding concerns"), "{procedure}: {planned}");
        assert!(planned.contains("Ellis Quillfeather: no decision recorded"), "{procedure}: {planned}");
        house.close().await;
    }
}
