//! What is asked whatever the section 47 decision is: what prints, and that "none" wants its reason.

use convenor::domain::stage::Stage;

use super::{COUNTY, answers, asked, decided, line, lists, open_once_closed};
use crate::support::{PROCEDURES, section};

/// Shows: DEC-20, DEC-34, DEC-35.
#[tokio::test(flavor = "multi_thread")]
async fn each_has_its_section_and_none_needs_its_reason() {
    let all = [
        ("criminal_investigation", "Criminal investigation", "None"),
        ("immediate_action", "Immediate action", "None needed"),
        ("short_term_action", "Short-term action", "None needed"),
    ];
    for procedure in PROCEDURES {
        let house = decided(procedure, "do_not_initiate").await;
        for (prompt, heading, none) in all {
            let shown = house.chair().presses("prompts", &[]).await;
            let pressed = [("prompt", prompt)];
            let got = house.chair().presses_in(&shown, "answer_nothing_because", &pressed).await;
            assert_eq!(got.code(), "entered", "{procedure}: {prompt}: {}", got.text());
            let said = section(&house.minutes().await, heading);
            assert!(said.contains(&format!("{none} (reason not given)")), "{procedure}: {said}");
            answers(&house, prompt, &[("text", "Decided in so many words")]).await;
            let said = section(&house.minutes().await, heading);
            assert!(said.contains("Decided in so many words") && !said.contains("reason not given"), "{said}");
        }
        house.close().await;
    }
    let house = decided(COUNTY, "do_not_initiate").await;
    let shown = house.chair().presses("prompts", &[]).await;
    let said = [("prompt", "immediate_action"), ("because", "She is safe on the ward")];
    house.chair().presses_in(&shown, "answer_nothing_because", &said).await;
    house.chair().presses_in(&shown, "answer_nothing_because", &[("prompt", "criminal_investigation")]).await;
    assert!(line(&house, "Immediate action: ").await.ends_with("None needed: She is safe on the ward"));
    let open = open_once_closed(&house).await;
    assert!(!open.contains("| Immediate action |"), "{open}");
    let row = open.lines().find(|row| row.contains("| Criminal investigation |")).expect("it wants its reason");
    assert!(row.contains("reason"), "{row}");
    house.close().await;
}

/// Shows: DEC-34.
#[tokio::test(flavor = "multi_thread")]
async fn services_in_the_meantime_are_decided_with_immediate_action() {
    let house = decided("remote-format", "do_not_initiate").await;
    answers(&house, "interim_services", &[("text", "Respite at the weekend")]).await;
    let said = section(&house.minutes().await, "Immediate action");
    assert!(said.contains("Services in the meantime: Respite at the weekend"), "{said}");
    assert!(said.contains("Immediate action: not answered"), "{said}");
    house.close().await;
}

/// Shows: DEC-28.
#[tokio::test(flavor = "multi_thread")]
async fn what_the_parents_are_told_how_when_and_by_whom_prints() {
    for (place, procedure) in PROCEDURES.into_iter().enumerate() {
        let insists = [0, 2, 4].contains(&place);
        // Whatever is decided.
        let decision = ["do_not_initiate", "initiate"][place % 2];
        let house = decided(procedure, decision).await;
        let by = house.chair().picks(&["action", "add"], "owner", "Rowan Ashby").await;
        let parts = [
            ("what", "What they are told", "That enquiries were considered", "That enquiries were considered"),
            ("how", "How", "In person", "In person"),
            ("when", "When", "Today at five", "Today at five"),
            ("by", "By whom", by.as_str(), "Rowan Ashby"),
        ];
        for left_out in ["", "what", "how", "when", "by"] {
            let given = parts.iter().filter(|(key, ..)| *key != left_out);
            let mut given: Vec<_> = given.map(|(key, _, words, _)| (*key, *words)).collect();
            // A list is left open by a choice of its own.
            given.extend((left_out == "by").then_some(("by", "later")));
            answers(&house, "tell_parents", &given).await;
            let told = section(&house.minutes().await, "What the child and family are told");
            for (key, label, _, printed) in parts {
                let line = format!("{label}: {}", if key == left_out { "not answered" } else { printed });
                assert!(told.contains(&line), "{procedure}: {line}: {told}");
            }
        }
        let open = open_once_closed(&house).await;
        let row = open.lines().find(|row| row.contains("| What the parents are told |")).unwrap_or_default();
        assert_eq!(row.contains("| By whom |"), insists, "{procedure}: {open}");
        house.close().await;
    }
}

/// Shows: DEC-29.
#[tokio::test(flavor = "multi_thread")]
async fn each_child_is_told_something_or_is_too_young() {
    let house = decided("practice-guidance", "do_not_initiate").await;
    lists(&house, "Wren Quillfeather", "true").await;
    let shown = house.chair().presses("prompts", &[]).await;
    let pressed = [("prompt", "tell_child"), ("about", "c2")];
    let got = house.chair().presses_in(&shown, "answer_nothing", &pressed).await;
    assert_eq!((got.code(), got.presses), ("entered", 2), "one press, and of two children which: {}", got.text());
    let told = section(&house.minutes().await, "What the child and family are told");
    assert!(told.contains("What the child is told: Not applicable: age"), "{told}");
    assert!(told.contains("What the child is told: not answered"), "of the other: {told}");
    let open = open_once_closed(&house).await;
    assert!(open.contains("| What the child is told | Ellis Quillfeather |"), "{open}");
    assert!(!open.contains("| What the child is told | Wren Quillfeather |"), "{open}");
    house.close().await;

    for procedure in PROCEDURES {
        let house = decided(procedure, "do_not_initiate").await;
        let shown = house.chair().presses("prompts", &[]).await;
        let got = house.chair().presses_in(&shown, "answer_nothing", &[("prompt", "tell_child")]).await;
        assert_eq!((got.code(), got.presses), ("entered", 1), "{procedure}: one press: {}", got.text());
        let told = section(&house.minutes().await, "What the child and family are told");
        assert!(told.contains("What the child is told: Not applicable: age"), "{procedure}: {told}");
        assert!(!open_once_closed(&house).await.contains("| What the child is told |"), "{procedure}");
        house.close().await;
    }

    let house = decided("practice-guidance", "do_not_initiate").await;
    let told = [("prompt", "tell_child"), ("about", "c1"), ("text", "That grown-ups are helping her mother")];
    house.chair().slash(&["chair", "prompt"], &told).await;
    let told = section(&house.minutes().await, "What the child and family are told");
    let line = told.lines().find(|line| line.contains("That grown-ups are helping her mother")).unwrap_or_default();
    assert!(told.contains("Ellis Quillfeather") && line.contains("What the child is told"), "{told}");
    house.close().await;
}

/// Where a message has no room for a button a child, a question has one, which asks about whom.
#[tokio::test(flavor = "multi_thread")]
async fn with_twelve_children_each_question_has_a_button_and_so_has_its_nothing() {
    for (procedure, decision) in [("county-strategy-meetings", "initiate"), ("practice-guidance", "do_not_initiate")] {
        let house = decided(procedure, decision).await;
        for n in 2..=12 {
            lists(&house, &format!("Wren Quillfeather {n}"), "true").await;
        }
        let shown = house.chair().presses("prompts", &[]).await;
        let labels = shown.buttons();
        let told: Vec<_> = labels.iter().filter(|label| label.starts_with("What the child is told")).collect();
        assert_eq!(told, ["What the child is told", "What the child is told: not applicable: age"], "{procedure}");
        let nothing = labels.iter().filter(|label| label.ends_with(": none needed")).count();
        assert!(nothing >= 2 && labels.len() <= 25, "{procedure}: {labels:?}");
        let pressed = [("prompt", "tell_child"), ("about", "c12")];
        let got = house.chair().presses_in(&shown, "answer_nothing", &pressed).await;
        assert_eq!((got.code(), got.presses), ("entered", 2), "{procedure}: {}", got.text());
        let open = open_once_closed(&house).await;
        assert_eq!(
            open.contains("| What the child is told | Wren Quillfeather 11 |"),
            procedure == "practice-guidance"
        );
        assert!(!open.contains("| What the child is told | Wren Quillfeather 12 |"), "{procedure}: {open}");
        house.close().await;
    }
}

/// Shows: DEC-32, DEC-33.
#[tokio::test(flavor = "multi_thread")]
async fn legal_action_prints_with_its_kind_and_the_advice_where_the_procedure_insists_on_it() {
    for procedure in PROCEDURES {
        let house = decided(procedure, "do_not_initiate").await;
        answers(&house, "legal_action", &[("required", "yes"), ("reason", "He came back to the house")]).await;
        let legal = section(&house.minutes().await, "Legal action");
        assert!(legal.contains("Is legal action required? yes"), "{procedure}: {legal}");
        assert!(legal.contains("Kind: not answered"), "{procedure}: {legal}");
        assert!(legal.contains("Why, or why not: He came back to the house"), "{procedure}: {legal}");
        let advice = "Advice: from whom, when, or why not yet";
        assert_eq!(legal.contains(&format!("{advice}: not answered")), procedure == COUNTY, "{procedure}: {legal}");
        let given = [("required", "yes"), ("kind", "Warning notice"), ("advice_from", "Duty lawyer, 09:40")];
        answers(&house, "legal_action", &given).await;
        let legal = section(&house.minutes().await, "Legal action");
        assert!(legal.contains("Kind: Warning notice"), "{procedure}: {legal}");
        assert!(legal.contains(&format!("{advice}: Duty lawyer, 09:40")), "{procedure}: {legal}");
        house.close().await;
    }
    let house = decided(COUNTY, "do_not_initiate").await;
    answers(&house, "legal_action", &[("required", "yes"), ("kind", "Warning notice")]).await;
    let open = open_once_closed(&house).await;
    let row = open.lines().find(|row| row.contains("| Legal action and advice |")).expect("the advice is open");
    assert!(row.contains("Advice: from whom"), "{row}");
    house.close().await;
}

/// Shows: DEC-39.
#[tokio::test(flavor = "multi_thread")]
async fn a_further_session_is_needed_by_a_date_or_not_needed_for_a_reason() {
    let house = decided(COUNTY, "do_not_initiate").await;
    answers(&house, "further_session", &[("needed", "yes")]).await;
    let further = section(&house.minutes().await, "Further");
    assert!(further.contains("no date set"), "{further}");
    answers(&house, "further_session", &[("needed", "no")]).await;
    assert!(section(&house.minutes().await, "Further").contains("Why, or why not: not answered"));
    let open = open_once_closed(&house).await;
    assert!(open.contains("| Further session |"), "{open}");
    house.close().await;
}

/// Shows: DEC-40.
#[tokio::test(flavor = "multi_thread")]
async fn who_leads_the_assessment_prints_and_is_asked_in_one_procedure() {
    for procedure in PROCEDURES {
        let house = decided(procedure, "initiate").await;
        let is_asked = asked(&house).await.contains(&"Lead of the assessment".to_owned());
        assert_eq!(is_asked, procedure == "practice-guidance", "{procedure}");
        let lead = house.chair().picks(&["action", "add"], "owner", "Rowan Ashby").await;
        answers(&house, "assessment_lead", &[("lead", &lead), ("standard", "KSS 3")]).await;
        let minutes = house.minutes().await;
        assert!(minutes.contains("Assessment led by: Rowan Ashby"), "{procedure}: {minutes}");
        assert!(minutes.contains("The standard it follows: KSS 3"), "{procedure}");
        house.goes_on_to(Stage::ReadBack).await;
        house.close().await;
    }
}
