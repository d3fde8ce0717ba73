//! At what point the concern arose and of what type it was, and the assessments before it.

use crate::referral::{convened_with, left_open_by, under};
use crate::support::{Member, PROCEDURES, section};

/// Shows: REF-04, REF-05.
#[tokio::test(flavor = "multi_thread")]
async fn point_and_type_of_the_trigger_stand_in_the_opening_and_in_the_minutes() {
    let points = [
        ("at_referral", "at referral"),
        ("during_assessment", "during an assessment"),
        ("following_assessment", "following an assessment"),
        ("during_section_47", "during a section 47 enquiry"),
        ("on_open_case", "on an open case"),
        ("other", "other"),
    ];
    let types = ["incident", "accumulation"];
    let slugs = PROCEDURES.iter().cycle();
    for (((point, words), kind), procedure) in points.iter().zip(types.iter().cycle()).zip(slugs) {
        let house = under(procedure).await;
        let received = house.moment(-90);
        let given = [("received", received.as_str()), ("trigger_point", point), ("trigger_type", kind)];
        convened_with(&house, &given).await.opens().await;
        let opening = house.room_posts().await.remove(0);
        assert!(opening.contains(&format!("**Trigger** {words}, {kind}")), "{opening}");
        let referral = section(&house.minutes().await, "Referral");
        assert!(referral.contains(&format!("Trigger: {kind}\n")), "{referral}");
        let words = words.replace("a section 47 enquiry", "section 47 enquiries");
        assert!(referral.contains(&format!("When it arose: {words}\n")), "{referral}");
        house.close().await;
    }
}

const REPEATED: (&str, &str) = ("trigger_type", "repeated_assessments");
const TITLE: &str = "Earlier assessments";

async fn enters(convenor: &Member<'_>, date: &str) {
    let shown = convenor.presses("prompts", &[]).await;
    let given = [
        ("prompt", "earlier_assessments"),
        ("kind", "Child and family assessment"),
        ("date", date),
        ("agencies_concerned", "Education and the health visitor"),
    ];
    let got = convenor.presses_in(&shown, "prompt", &given).await;
    assert!(got.text().contains("recorded"), "{}", got.text());
}

/// Shows: REF-06.
#[tokio::test(flavor = "multi_thread")]
async fn repeated_assessments_are_counted_and_listed_with_their_dates() {
    let house = under("county-strategy-meetings").await;
    let convenor = convened_with(&house, &[("received", &house.moment(-90)), REPEATED]).await;
    assert!(house.board().await.text.contains(TITLE), "{}", house.board().await.text);
    enters(&convenor, "3 March 2026").await;
    enters(&convenor, "9 May 2026").await;
    convenor.opens().await;
    let referral = section(&house.minutes().await, "Referral");
    assert!(referral.contains("Trigger: accumulation, repeated assessments"), "{referral}");
    assert!(referral.contains("Earlier assessments: 2: 3 March 2026; 9 May 2026"), "{referral}");
    assert!(referral.contains("Agencies still concerned: Education and the health visitor"), "{referral}");
    assert!(!left_open_by(&house, &convenor).await.contains(&format!("• {TITLE}")));
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn earlier_assessments_stay_open_where_they_must_be_listed_and_led_here() {
    let open = [
        ("county-strategy-meetings", "repeated_assessments", true),
        ("county-strategy-meetings", "accumulation", false),
        ("remote-format", "repeated_assessments", false),
    ];
    for (procedure, kind, is_open) in open {
        let house = under(procedure).await;
        let received = house.moment(-90);
        let convenor = convened_with(&house, &[("received", &received), ("trigger_type", kind)]).await;
        assert_eq!(house.board().await.text.contains(TITLE), is_open, "{procedure}, {kind}");
        convenor.opens().await;
        let open = left_open_by(&house, &convenor).await;
        assert_eq!(open.contains(&format!("• {TITLE}")), is_open, "{procedure}, {kind}: {open}");
        house.close().await;
    }
}
