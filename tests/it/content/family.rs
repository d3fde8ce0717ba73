//! The children, the family and the people around them: listed, put right from a phone, and each child decided about.

use convenor::domain::stage::Stage;

use super::{house_at, lists};
use crate::support::{House, section};

const BLANK: [(&str, &str); 5] =
    [("born", ""), ("address", ""), ("parental_responsibility", ""), ("legal_status", ""), ("relationship", "")];

/// Shows: INFO-02, INFO-03, INFO-05, INFO-06.
#[tokio::test(flavor = "multi_thread")]
async fn whatever_is_blank_is_saved_and_open_and_is_supplied_with_lists_and_forms_alone() {
    let house = house_at("remote-format", &BLANK, Stage::Open).await;
    let worker = house.social_worker();
    worker.slash(&["strategy", "adult"], &[("name", "Marlow Quillfeather")]).await;
    let family = section(&house.minutes().await, "Family composition");
    let columns = "| Name | Date of birth | Relationship | Address | Parental responsibility | Legal status |";
    assert!(family.contains(columns), "{family}");
    let blank = "| Ellis Quillfeather | not recorded | not recorded | not recorded | not recorded | not recorded |";
    assert!(family.contains(blank), "{family}");
    assert!(family.contains("| Marlow Quillfeather | not recorded | not recorded | not recorded |"), "{family}");

    let view = worker.presses("family", &[]).await;
    assert!(view.is_private() && view.text().contains("parental responsibility: not given"), "{}", view.text());
    let child =
        [("child", "c1"), ("born", "not known"), ("relationship", "subject"), ("address", "14 Pockmarrow Lane")];
    assert_eq!(worker.presses_in(&view, "child_details", &child).await.code(), "child_amended");
    let status = [
        ("child", "c1"),
        ("subject", "yes"),
        ("address_withheld", "no"),
        ("parental_responsibility", "Mother, Marlow Quillfeather"),
        ("legal_status", "Interim care order"),
    ];
    worker.presses_in(&view, "child_status", &status).await;
    let view = worker.presses("family", &[]).await;
    let adult = [
        ("adult", "a1"),
        ("risk", "no"),
        ("address_withheld", "no"),
        ("born", "2 May 1990"),
        ("relationship", "mother"),
        ("address", "14 Pockmarrow Lane"),
    ];
    worker.presses_in(&view, "adult_details", &adult).await;
    let family = section(&house.minutes().await, "Family composition");
    let whole = "| Ellis Quillfeather | not known | subject | 14 Pockmarrow Lane | Mother, Marlow Quillfeather | Interim care order |";
    assert!(family.contains(whole), "{family}");
    assert!(family.contains("| Marlow Quillfeather | 2 May 1990 | mother | 14 Pockmarrow Lane |"), "{family}");
    let own = house.police().presses("family", &[]).await;
    let refused = house.police().presses_in(&own, "child_details", &[("child", "c1"), ("born", "1 May 2020")]).await;
    assert_eq!(refused.code(), "for_convenor");
    assert!(!house.chair().closes().await.contains("Family composition"));
    house.close().await;

    let house = house_at("remote-format", &BLANK, Stage::Open).await;
    house.social_worker().slash(&["strategy", "adult"], &[("name", "Marlow Quillfeather")]).await;
    let open = house.chair().closes().await;
    for line in [
        "Family composition: Ellis Quillfeather (Relationship, Date of birth",
        "Family composition: Marlow Quillfeather (Relationship, Date of birth",
    ] {
        assert!(open.contains(line), "{open}");
    }
    house.close().await;
}

/// Shows: INFO-02.
#[tokio::test(flavor = "multi_thread")]
async fn a_family_of_one_child_alone_is_open_where_the_procedure_insists() {
    for (procedure, insists) in [("remote-format", true), ("county-strategy-meetings", false)] {
        for has_mother in [false, true] {
            let house = house_at(procedure, &[], Stage::Open).await;
            if has_mother {
                house.social_worker().slash(&["strategy", "adult"], &[("name", "Marlow Quillfeather")]).await;
            }
            let open = house.chair().closes().await;
            let is_open = open.contains("Family and household: nobody else is listed");
            assert_eq!(is_open, insists && !has_mother, "{procedure}: {open}");
            house.close().await;
        }
    }
}

/// Shows: INFO-04.
#[tokio::test(flavor = "multi_thread")]
async fn a_withheld_address_is_on_no_circulated_copy() {
    let house = house_at("remote-format", &[("address_withheld", "true")], Stage::Open).await;
    assert!(section(&house.minutes().await, "Family composition").contains("14 Pockmarrow Lane (withheld"));
    let copy = house.common_copy().await;
    assert!(!copy.contains("Pockmarrow"), "{copy}");
    assert!(section(&copy, "Family composition").contains("| withheld |"), "{copy}");
    assert!(!house.police().presses("family", &[]).await.text().contains("Pockmarrow"));
    let open = [("child", "c1"), ("subject", "yes"), ("address_withheld", "no"), ("legal_status", "none")];
    let view = house.social_worker().presses("family", &[]).await;
    house
        .social_worker()
        .presses_in(&view, "child_status", &[&open[..], &[("parental_responsibility", "")]].concat())
        .await;
    assert!(house.common_copy().await.contains("14 Pockmarrow Lane"));
    house.close().await;
}

async fn decides(house: &House, child: &str, concerns: &str, reason: &str) -> String {
    let given = [("prompt", "other_child_decision"), ("about", child), ("concerns", concerns), ("reason", reason)];
    house.chair().slash(&["chair", "prompt"], &given).await.text().to_owned()
}

/// Shows: INFO-09, INFO-10.
#[tokio::test(flavor = "multi_thread")]
async fn every_child_listed_has_a_decision_and_no_concerns_has_a_reason() {
    for (procedure, insists) in [("county-strategy-meetings", true), ("audit-assured", true), ("remote-format", false)]
    {
        let house = house_at(procedure, &[], Stage::Open).await;
        for name in ["Wren Quillfeather", "Ash Quillfeather"] {
            let child = [("name", name), ("subject", "false"), ("stage", "pre_school"), ("relationship", "sibling")];
            lists(&house, &child).await;
        }
        decides(&house, "c1", "yes", "The fracture").await;
        decides(&house, "c2", "no", "").await;
        let minutes = house.minutes().await;
        let table = section(&minutes, "Other children");
        assert!(
            table.contains("| Ellis Quillfeather | 12 March 2019 | subject | safeguarding concerns | The fracture |"),
            "{table}"
        );
        assert!(table.contains("| no safeguarding concerns | not recorded |"), "{table}");
        assert!(table.contains("| no decision recorded |"), "{table}");
        let open = house.chair().closes().await;
        assert!(open.contains("Decision about this child: Wren Quillfeather (Why, or why not)"), "{procedure}: {open}");
        assert_eq!(open.contains("• Decision about this child: Ash Quillfeather"), insists, "{procedure}: {open}");
        assert!(house.minutes().await.contains("incomplete:"), "{procedure}");
        decides(&house, "c2", "no", "Seen well at nursery").await;
        let table = section(&house.minutes().await, "Other children");
        assert!(table.contains("| no safeguarding concerns | Seen well at nursery |"), "{table}");
        house.close().await;
    }
}

/// Shows: INFO-11.
#[tokio::test(flavor = "multi_thread")]
async fn others_linked_to_the_child_and_whoever_may_pose_a_risk_are_listed_with_their_whereabouts() {
    let house = house_at("remote-format", &[], Stage::Open).await;
    let given = [
        ("name", "Corin Slade"),
        ("relationship", "mother's partner"),
        ("address", "Believed at his brother's"),
        ("risk", "true"),
    ];
    house.social_worker().slash(&["strategy", "adult"], &given).await;
    let people = section(&house.minutes().await, "Other relevant people");
    assert!(people.contains("| Name | Relationship | Whereabouts | May pose a risk |"), "{people}");
    assert!(people.contains("| Corin Slade | mother's partner | Believed at his brother's | yes |"), "{people}");
    house.close().await;
}
