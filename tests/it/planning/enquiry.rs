//! Planning the enquiry: what each answer prints, and what is open without it.

use super::{COUNTY, answers, decided, line, lists, open_once_closed};
use crate::support::{House, PROCEDURES, section};

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
async fn an_examination_is_decided_with_its_reason_and_one_that_is_required_with_its_time_and_place() {
    let why = ("reason", "Two fractures of different ages");
    let timing = ("timing", "Today 15:00, children's ward");
    let answered = [
        (&[("required", "yes"), timing, why][..], None),
        (&[("required", "yes"), timing][..], Some("Why, or why not")),
        (&[("required", "no"), why][..], None),
        (&[("required", "no")][..], Some("Why, or why not")),
        (&[("required", "yes"), why][..], Some("When and where")),
    ];
    for (place, procedure) in PROCEDURES.into_iter().enumerate() {
        let house = decided(procedure, "initiate").await;
        for (given, missing) in answered {
            answers(&house, "medical_examination", given).await;
            let planned = planning(&house).await;
            let required = given[0].1;
            assert!(planned.contains(&format!("Is an examination required? {required}")), "{procedure}: {planned}");
            for (key, label) in [("timing", "When and where"), ("reason", "Why, or why not")] {
                let said = given.iter().find(|(part, _)| *part == key).map(|(_, words)| *words);
                let said = said.or((missing == Some(label)).then_some("not answered"));
                let line = format!("Medical examination – {label}: {}", said.unwrap_or_default());
                assert_eq!(planned.contains(&line), said.is_some(), "{procedure}: {line}: {planned}");
            }
        }
        // The last, a yes without its time and place, stays open where the procedure insists.
        let open = open_once_closed(&house).await;
        let row = open.lines().find(|row| row.contains("| Medical examination |"));
        if place < 2 {
            assert!(row.is_some_and(|row| row.contains("| When and where |")), "{procedure}: {open}");
        } else {
            assert_eq!(row, None, "{procedure}");
        }
        house.close().await;
    }
    // So does an answer without its reason, and neither does a whole one.
    for (given, missing) in answered.into_iter().take(2) {
        let house = decided(COUNTY, "initiate").await;
        answers(&house, "medical_examination", given).await;
        let open = open_once_closed(&house).await;
        let row = open.lines().find(|row| row.contains("| Medical examination |"));
        assert_eq!(row.is_some(), missing.is_some(), "{open}");
        assert!(row.is_none_or(|row| row.contains("| Why, or why not |")), "{open}");
        house.close().await;
    }
}

/// Shows: DEC-22.
#[tokio::test(flavor = "multi_thread")]
async fn a_paediatrician_is_asked_for_only_with_an_examination_and_is_named_or_made_an_action_due_before_it() {
    let title = "Consultant paediatrician";
    for procedure in PROCEDURES {
        let house = decided(procedure, "initiate").await;
        let is_asked = async || group(&house, "health").await.buttons().iter().any(|label| label == title);
        assert!(!is_asked().await, "{procedure}: no examination is required yet");
        answers(&house, "medical_examination", &[("required", "no"), ("reason", "Seen today")]).await;
        assert!(!is_asked().await, "{procedure}: nor now");
        let exam = [("required", "yes"), ("timing", "Tomorrow, the ward"), ("at", "8 December 2026 14:00")];
        answers(&house, "medical_examination", &exam).await;
        assert!(is_asked().await, "{procedure}: insisted on or not");
        let who = house.chair().picks(&["action", "add"], "owner", "Rowan Ashby").await;
        let late = [("standing", "to_be_consulted"), ("who", who.as_str()), ("by", "9 December 2026 09:00")];
        answers(&house, "consultant_paediatrician", &late).await;
        let action = line(&house, "Consult a consultant paediatrician").await;
        let is_before = action.contains("8 December 2026 14:00") && action.contains("Rowan Ashby");
        assert!(is_before, "{procedure}: before it begins: {action}");
        let said = [("standing", "consulted"), ("consulted", "Dr Lisle-Okoro"), ("at", "7 December 2026 09:50")];
        answers(&house, "consultant_paediatrician", &said).await;
        let planned = planning(&house).await;
        assert!(planned.contains("Who was consulted: Dr Lisle-Okoro"), "{procedure}: {planned}");
        assert!(planned.contains("When: 7 December 2026 09:50"), "{procedure}: {planned}");
        house.close().await;

        // An examination with neither is saved, and open where the procedure insists.
        let house = decided(procedure, "initiate").await;
        answers(&house, "medical_examination", &[("required", "yes"), ("timing", "Tomorrow, the ward")]).await;
        let open = open_once_closed(&house).await;
        assert_eq!(open.contains(&format!("| {title} |")), procedure == COUNTY, "{procedure}: {open}");
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
    let begin = "Culture, language and disability:";
    for procedure in PROCEDURES {
        let insists = procedure == COUNTY;
        let house = decided(procedure, "do_not_initiate").await;
        assert!(!house.minutes().await.contains(begin), "{procedure}: no enquiry is planned");
        house.close().await;

        let house = decided(procedure, "initiate").await;
        let untouched = if insists { ": not answered" } else { ": not answered; recommended here" };
        let said = line(&house, begin).await;
        assert!(said.ends_with(untouched), "{procedure}: an untouched question prints as open: {said}");
        let shown = group(&house, "hearing").await;
        let label = "Culture, language and disability: none identified";
        assert!(shown.buttons().iter().any(|button| button == label), "{procedure}: {:?}", shown.buttons());
        let got = house.chair().presses_in(&shown, "answer_nothing", &[("prompt", "needs")]).await;
        assert_eq!((got.code(), got.presses), ("entered", 1), "{procedure}: one press: {}", got.text());
        assert!(line(&house, begin).await.ends_with("None identified"), "{procedure}");
        assert!(!open_once_closed(&house).await.contains("Culture, language"), "{procedure}");
        house.close().await;

        let house = decided(procedure, "initiate").await;
        let open = open_once_closed(&house).await;
        assert_eq!(open.contains("| Culture, language and disability |"), insists, "{procedure}: {open}");
        answers(&house, "needs", &[("text", "An interpreter for Polish, booked for 15:00")]).await;
        let said = line(&house, begin).await;
        assert!(said.ends_with("An interpreter for Polish, booked for 15:00"), "{procedure}: {said}");
        house.close().await;
    }
}

/// Shows: DEC-26.
#[tokio::test(flavor = "multi_thread")]
async fn one_of_three_teams_conducts_the_enquiries_and_its_people_print() {
    let teams = [
        ("two_social_workers", "Two social workers"),
        ("social_worker_and_agency", "A social worker with a named other agency"),
        ("joint_with_police", "A joint social worker and police team"),
    ];
    for (place, procedure) in PROCEDURES.into_iter().enumerate() {
        let house = decided(procedure, "initiate").await;
        let choices = &house.config.catalogue.prompt("who_conducts").expect("it is asked").fields[0];
        let offered = choices.choices(&house.config.procedures[procedure]).expect("teams");
        assert_eq!(offered.len(), 4, "{procedure}: three, and that it is still to be chosen");
        for (team, label) in teams {
            let given = [("team", team), ("text", "Rowan Ashby, DS Okafor"), ("agency", "Health visiting")];
            answers(&house, "who_conducts", &given).await;
            let planned = planning(&house).await;
            assert!(planned.contains(&format!("Team: {label}")), "{procedure}: {planned}");
            assert!(planned.contains("Who, by name: Rowan Ashby, DS Okafor"), "{procedure}: {planned}");
            assert!(planned.contains("The other agency: Health visiting"), "{procedure}: {planned}");
        }
        answers(&house, "who_conducts", &[("team", "social_worker_and_agency")]).await;
        let planned = planning(&house).await;
        for part in ["Who, by name: not answered", "The other agency: not answered"] {
            assert!(planned.contains(part), "{procedure}: {planned}");
        }
        let open = open_once_closed(&house).await;
        let row = open.lines().find(|row| row.contains("| Who conducts the enquiries |"));
        if [0, 2].contains(&place) {
            let row = row.unwrap_or_else(|| panic!("{procedure}: it is open: {open}"));
            assert!(row.contains("Who, by name, The other agency"), "{procedure}: both are to be named: {row}");
        } else {
            assert_eq!(row, None, "{procedure}");
        }
        house.close().await;
    }
}

/// Shows: DEC-27.
#[tokio::test(flavor = "multi_thread")]
async fn seeing_the_child_has_four_parts() {
    let parts = [
        ("text", "Whether and when the child is seen alone", "Alone at school, today 14:00"),
        ("by_whom", "By whom", "Rowan Ashby"),
        ("wishes", "How wishes and feelings are learned", "By play, with her teddy"),
        ("account", "How they are taken into account", "She says who comes with her"),
    ];
    for (place, procedure) in PROCEDURES.into_iter().enumerate() {
        let house = decided(procedure, "initiate").await;
        // All four, and then the first two alone.
        for said in [4, 2] {
            let given: Vec<_> = parts[..said].iter().map(|(key, _, words)| (*key, *words)).collect();
            answers(&house, "child_seen", &given).await;
            let planned = planning(&house).await;
            for (n, (_, label, words)) in parts.into_iter().enumerate() {
                let line = format!("{label}: {}", if n < said { words } else { "not answered" });
                assert!(planned.contains(&line), "{procedure}: {line}: {planned}");
            }
        }
        let open = open_once_closed(&house).await;
        let row = open.lines().find(|row| row.contains("| Seeing and hearing the child |"));
        if place == 0 {
            let missing = "How wishes and feelings are learned, How they are taken into account";
            assert!(row.is_some_and(|row| row.contains(missing)), "{procedure}: {open}");
        } else {
            assert_eq!(row, None, "{procedure}");
        }
        house.close().await;
    }
}

/// Shows: DEC-31.
#[tokio::test(flavor = "multi_thread")]
async fn knowledge_and_agreement_to_an_interview_or_why_it_goes_ahead_without_prints_with_who_holds_responsibility() {
    let title = "Parental responsibility: agreement";
    let held_by = "Parental responsibility: Ellis Quillfeather: Mother, Marlow Quillfeather";
    for procedure in PROCEDURES {
        for (part, label, words) in [
            ("text", "Who knows and agrees, or is to be asked", "The mother knows of it and agrees, told at 09:40"),
            ("without", "If it goes ahead without: why", "Asking first could warn him"),
        ] {
            let house = decided(procedure, "initiate").await;
            let is_asked = async || group(&house, "hearing").await.buttons().iter().any(|label| label == title);
            assert!(is_asked().await, "{procedure}: insisted on or not");
            answers(&house, "pr_agreement", &[(part, words)]).await;
            assert!(!is_asked().await, "{procedure}: either of the two answers it");
            let planned = planning(&house).await;
            assert!(planned.contains(&format!("{label}: {words}")), "{procedure}: {planned}");
            assert!(planned.contains(held_by), "{procedure}: {planned}");
            assert!(!open_once_closed(&house).await.contains(title), "{procedure}");
            house.close().await;
        }
        let house = decided(procedure, "initiate").await;
        let open = open_once_closed(&house).await;
        assert_eq!(open.contains(&format!("| {title} |")), procedure == COUNTY, "{procedure}: {open}");
        house.close().await;
    }
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
