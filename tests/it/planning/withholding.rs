//! What is kept from the family, and what is left out of a copy for another reason.

use convenor::rehearsal::workspace::{CannotDo, SeenMessage};

use super::family::over;
use super::{answers, decided};
use crate::support::{House, PROCEDURES, section};

const HEADING: &str = "What the child and family are told";

/// Shows: DEC-30, SEC-06.
#[tokio::test(flavor = "multi_thread")]
async fn withholding_has_one_of_two_grounds_or_is_marked_and_kept_from_the_family_all_the_same() {
    for procedure in PROCEDURES {
        let house = decided(procedure, "initiate").await;
        let item = ("item", "What the phone showed");
        let given = [item, ("ground", "later"), ("narrative", "Accounts are not yet taken")];
        assert_eq!(answers(&house, "withhold", &given).await, "ground_missing", "{procedure}: saved, without a ground");
        let told = section(&house.minutes().await, HEADING);
        let row = "| What the phone showed | ground missing | Accounts are not yet taken |";
        assert!(told.contains(row), "{procedure}: {told}");
        for (ground, words) in [
            ("jeopardise_police_investigation", "Telling would jeopardise a police investigation"),
            ("risk_of_significant_harm", "Telling would raise a child's risk of significant harm"),
        ] {
            let marked = answers(&house, "withhold", &[item, ("ground", ground)]).await;
            assert_eq!(marked, "ground_missing", "{procedure}: saved, without why");
            let given = [item, ("ground", ground), ("narrative", "Accounts are not yet taken")];
            assert_eq!(answers(&house, "withhold", &given).await, "entered", "{procedure}");
            let told = section(&house.minutes().await, HEADING);
            let lacking = format!("| What the phone showed | {words} | ground missing |");
            let whole = format!("| What the phone showed | {words} | Accounts are not yet taken |");
            assert!(told.contains(&lacking) && told.contains(&whole), "{procedure}: {told}");
        }
        let told = section(&house.common_copy().await, HEADING);
        assert!(told.contains("Not to be shared with the family"), "every copy carries it: {procedure}: {told}");
        house.close().await;
    }
}

/// What the chair is offered to choose from, once a question is opened.
async fn offered(house: &House, prompt: &str) -> Vec<String> {
    let opened = house.chair().sends(&["chair", "prompt"], &[("prompt", prompt)]).await;
    let opened = opened.expect("the platform lets them");
    let lists = opened.message().map(SeenMessage::selects).unwrap_or_default();
    let choices = lists.into_iter().flat_map(|list| list.choices).map(|choice| choice.label);
    choices.collect()
}

/// Shows: DEC-30.
#[tokio::test(flavor = "multi_thread")]
async fn there_are_exactly_two_grounds_to_withhold_and_four_classes_of_what_a_copy_leaves_out() {
    let grounds = [
        "Telling would jeopardise a police investigation",
        "Telling would raise a child's risk of significant harm",
        "The ground is still to be given",
    ];
    let classes = ["It is about a third party", "It is the address of a refuge", "A court order", "Other law"];
    for procedure in PROCEDURES {
        let house = decided(procedure, "initiate").await;
        assert_eq!(offered(&house, "withhold").await, grounds, "{procedure}: two, and that it is still to be given");
        assert_eq!(offered(&house, "omission").await, classes, "{procedure}");
        // One is never taken for the other.
        for (prompt, part, other) in
            [("withhold", "ground", "third_party"), ("omission", "class", "risk_of_significant_harm")]
        {
            let given = [("item", "The address"), (part, other)];
            let given = [&[("prompt", prompt)], &given[..]].concat();
            let tried = house.chair().tries(&["chair", "prompt"], &given).await;
            let is_not_there = matches!(tried, Err(CannotDo::Choose(ref code)) if code == other);
            assert!(is_not_there, "{procedure}: {prompt} offers no {other}");
        }
        house.close().await;
    }
}

/// Shows: DEC-30.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_withheld_stays_out_of_the_familys_copy_even_where_it_was_to_be_told() {
    for (place, procedure) in PROCEDURES.into_iter().enumerate() {
        // With ground and narrative, or with neither: it is kept from the family all the same.
        let ground = [("ground", "risk_of_significant_harm"), ("narrative", "He would move her tonight")];
        let given = [&ground[..], &[("ground", "later")]][place % 2];
        let house = over(procedure).await;
        let told = [("what", "That enquiries start; what the phone showed"), ("how", "In person"), ("by", "later")];
        answers(&house, "tell_parents", &told).await;
        let child = [("about", "c1"), ("text", "That grown-ups are helping")];
        answers(&house, "tell_child", &child).await;
        let copy = house.family_copy().await;
        assert!(copy.contains("what the phone showed"), "{procedure}: nothing is withheld yet: {copy}");
        answers(&house, "withhold", &[&[("item", "What the phone showed")], given].concat()).await;
        let copy = house.family_copy().await;
        assert!(!copy.to_lowercase().contains("what the phone showed"), "{procedure}: {copy}");
        for said in ["In person", "That grown-ups are helping"] {
            assert!(copy.contains(said), "{procedure}: the rest stays: {copy}");
        }
        house.close().await;
    }
}

/// Shows: DEC-30.
#[tokio::test(flavor = "multi_thread")]
async fn what_a_copy_leaves_out_for_another_reason_prints_by_its_class_and_never_as_withheld() {
    let classes = [
        ("third_party", "It is about a third party"),
        ("refuge_address", "It is the address of a refuge"),
        ("court_order", "A court order"),
        ("other_law", "Other law"),
    ];
    for procedure in PROCEDURES {
        let house = decided(procedure, "initiate").await;
        for (class, _) in classes {
            let given = [("item", "The refuge"), ("class", class), ("copy", "The school")];
            assert_eq!(answers(&house, "omission", &given).await, "entered", "{procedure}");
        }
        let told = section(&house.minutes().await, HEADING);
        assert!(told.contains("Nothing is withheld from the family"), "{procedure}: {told}");
        for (_, words) in classes {
            assert!(told.contains(&format!("| The refuge | {words} | The school |")), "{procedure}: {told}");
        }
        house.close().await;
    }
}
