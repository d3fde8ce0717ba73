//! The minimum: each role met, planned or missing, the school among them.

use convenor::domain::people::AgencyKind;
use convenor::domain::procedure::When;

use super::{GUIDANCE, REMOTE, comes, convened, is_opened, lines, lists, proposal, ready};
use crate::support::{Cast, PROCEDURES};

/// Shows: INV-02.
#[tokio::test(flavor = "multi_thread")]
async fn each_required_role_is_met_or_missing_as_planned_and_as_it_is() {
    for procedure in PROCEDURES {
        let house = convened(procedure).await;
        let minimum = &house.config.procedures[procedure].minimum.meeting;
        let shown = lines(&ready(&house).await, "needed", "");
        let asked: Vec<_> = minimum.iter().filter(|line| line.when == When::Always).collect();
        assert_eq!(shown.len(), asked.len(), "{procedure}: {shown:?}");
        for (line, shown) in asked.iter().zip(&shown) {
            assert!(shown.to_lowercase().contains(&line.label.to_lowercase()), "{procedure}: {shown}");
            let is_social_care = line.any_of.iter().any(|of| of.agency_kind == AgencyKind::SocialCare);
            assert_eq!(shown.contains("**missing**"), !is_social_care, "{procedure}: {shown}");
        }
        let police = asked.iter().position(|line| line.any_of[0].agency_kind == AgencyKind::Police);
        let police = police.expect("police are needed everywhere");
        house.social_worker().invites(Cast::Police).await;
        let planned = lines(&ready(&house).await, "needed", "").remove(police);
        assert!(planned.contains("met once") && planned.contains("Larkshire Police"), "{procedure}: {planned}");
        comes(&house, Cast::Police).await;
        is_opened(&house).await;
        let now = lines(&ready(&house).await, "needed", "");
        assert!(now[police].contains("met (Dana Okafor"), "{procedure}: {now:?}");
        let health = asked.iter().position(|line| line.any_of[0].agency_kind == AgencyKind::Health);
        let health = health.expect("health is needed everywhere");
        assert!(now[health].contains("**missing**"), "{procedure}: {now:?}");
        let board = house.board().await.text;
        assert!(board.contains(&format!("missing {}", asked[health].label)), "{procedure}: {board}");
        house.police().slash(&["strategy", "leave"], &[]).await;
        let after = lines(&ready(&house).await, "needed", "");
        assert!(after[police].contains("**missing**"), "{procedure}: {after:?}");
        house.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_known_of_the_case_is_shown_to_convenor_and_chair_alone_and_past_the_door() {
    let house = convened(REMOTE).await;
    house.social_worker().invites(Cast::Police).await;
    comes(&house, Cast::Police).await;
    let refused = house.police().slash(&["strategy", "ready"], &[]).await;
    assert!(refused.text().contains("convene") && !refused.text().contains("**Needed**"), "{}", refused.text());
    house.chair().accepts().await;
    let outside = house.chair().slash(&["strategy", "ready"], &[]).await;
    assert!(!outside.text().contains("**Needed**"), "{}", outside.text());
    house.chair().passes_the_door().await;
    let inside = house.chair().presses("ready", &[]).await;
    assert!(inside.is_private() && inside.text().contains("**Needed**"), "{}", inside.text());
    house.close().await;
}

const DUTY: &str = "Larkshire Education Duty Desk";

/// Shows: INV-06.
#[tokio::test(flavor = "multi_thread")]
async fn a_child_of_school_age_brings_the_school_and_the_duty_contact_stands_for_a_closed_one() {
    let house = convened(GUIDANCE).await;
    house.knows_agency(DUTY, AgencyKind::Education).await;
    lists(&house, "Ellis Quillfeather", 2024, &[]).await;
    assert_eq!(lines(&ready(&house).await, "needed", "School"), Vec::<String>::new());
    lists(&house, "Wren Quillfeather", 2017, &[]).await;
    assert_eq!(lines(&ready(&house).await, "needed", "School"), ["• School: **missing**"]);
    let closed = [("prompt", "school_closed"), ("closed", "yes")];
    let got = house.social_worker().slash(&["chair", "prompt"], &closed).await;
    assert_eq!(got.code(), "entered", "{}", got.text());
    assert_eq!(lines(&ready(&house).await, "needed", "School"), ["• School: **missing**"], "nobody was asked");
    let view = ready(&house).await;
    assert!(proposal(&view, "Education duty contact").contains("the school is closed"), "{}", view.text());
    let given = [("proposal", "education_duty_contact"), ("agency", DUTY)];
    let got = house.social_worker().presses_in(&view, "invite_proposed", &given).await;
    assert_eq!(got.code(), "invited", "{}", got.text());
    let met = "• School: met by duty contact (gap: school closed)";
    assert_eq!(lines(&ready(&house).await, "needed", "School"), [met]);
    is_opened(&house).await;
    let board = house.board().await.text;
    assert!(board.contains("missing police, health") && !board.contains("health, school"), "{board}");
    let minutes = house.minutes().await;
    assert!(minutes.contains("school: met by duty contact (gap: school closed)"), "{minutes}");
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_home_educated_child_asks_for_the_duty_contact_instead() {
    let house = convened(GUIDANCE).await;
    lists(&house, "Wren Quillfeather", 2017, &[("education", "home_educated")]).await;
    let view = ready(&house).await;
    assert_eq!(lines(&view, "needed", "School"), Vec::<String>::new());
    assert_eq!(lines(&view, "needed", "Education"), ["• Education duty contact: **missing**"]);
    house.close().await;
}

/// Shows: INV-13.
#[tokio::test(flavor = "multi_thread")]
async fn a_school_nurse_is_never_the_school() {
    for procedure in PROCEDURES {
        let house = convened(procedure).await;
        house.knows_agency("Larkmoor Primary School", AgencyKind::Education).await;
        lists(&house, "Wren Quillfeather", 2017, &[]).await;
        house.social_worker().invites(Cast::SchoolNurse).await;
        comes(&house, Cast::SchoolNurse).await;
        // Nor one that the school itself sends.
        let of_the_school = [("agency", "Larkmoor Primary School"), ("role", "School nurse")];
        house.social_worker().slash(&["strategy", "invite"], &of_the_school).await;
        is_opened(&house).await;
        let view = ready(&house).await;
        assert!(proposal(&view, "School nurse").contains("invited, Bela Marsh"), "{procedure}: {}", view.text());
        assert!(proposal(&view, "School (").ends_with("**not answered**"), "{procedure}: {}", view.text());
        if procedure == GUIDANCE {
            assert_eq!(lines(&view, "needed", "School"), ["• School: **missing**"]);
        }
        let lead = [("agency", "Larkmoor Primary School"), ("role", "School safeguarding lead")];
        house.social_worker().slash(&["strategy", "invite"], &lead).await;
        let view = ready(&house).await;
        assert!(proposal(&view, "School (").contains("invited, School safeguarding lead"), "{procedure}");
        house.close().await;
    }
}
