//! Whom the case brings up: invited, given a reason, or left open.

use convenor::domain::people::AgencyKind;

use super::{
    AUDIT, COUNTY, INSIST, REMOTE, convened, convened_with, is_opened, lines, lists, proposal, ready, turns_down,
};
use crate::support::{Cast, House, PROCEDURES};

/// Shows: INV-09.
#[tokio::test(flavor = "multi_thread")]
async fn invitations_leave_with_the_checklist_unanswered_and_what_stays_so_is_said() {
    for procedure in PROCEDURES {
        let insists = INSIST.contains(&procedure);
        let house = convened(procedure).await;
        house.knows_agency("Larkmoor Primary School", AgencyKind::Education).await;
        lists(&house, "Wren Quillfeather", 2017, &[]).await;
        house.social_worker().invites(Cast::Police).await;
        assert!(house.police().reads().pop().is_some(), "{procedure}: the invitation left");
        let view = ready(&house).await;
        for begin in ["The referrer (made the referral)", "School (", "Other health and care services"] {
            assert!(proposal(&view, begin).ends_with("**not answered**"), "{procedure}: {}", view.text());
        }
        let school = [("proposal", "school"), ("agency", "Larkmoor Primary School")];
        let got = house.social_worker().presses_in(&view, "invite_proposed", &school).await;
        assert_eq!(got.code(), "invited", "{procedure}: {}", got.text());
        let got = turns_down(&house, "health_and_care", "Only the GP, who writes").await;
        assert_eq!(got.code(), "proposal_turned_down", "{procedure}: {}", got.text());
        is_opened(&house).await;
        let closed = house.chair().closes().await;
        let item = "• Invited, or why not (the referrer)";
        assert_eq!(closed.contains(item), insists, "{procedure}: {closed}");
        assert!(!closed.contains("or why not (school)"), "{procedure}: {closed}");
        house.has_drafted().await;
        let again =
            house.room_posts().await.into_iter().filter(|post| post.contains("asked once more")).collect::<Vec<_>>();
        assert_eq!(again.concat().contains(item), insists, "{procedure}: {again:?}");
        let minutes = house.minutes().await;
        assert!(minutes.contains("- School: invited: School, Larkmoor Primary School"), "{minutes}");
        assert!(minutes.contains("family: not needed: Only the GP, who writes"), "{procedure}: {minutes}");
        assert_eq!(minutes.contains("- The referrer: not answered"), insists, "{procedure}: {minutes}");
        // It can still be answered before the record is issued.
        turns_down(&house, "referrer", "Has told us all in the call").await;
        let minutes = house.minutes().await;
        assert!(minutes.contains("- The referrer: not needed: Has told us all in the call"), "{procedure}: {minutes}");
        house.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn inviting_the_agency_that_referred_answers_for_the_referrer() {
    let house = convened(REMOTE).await;
    house.social_worker().invites(Cast::Paediatrician).await;
    let view = ready(&house).await;
    assert!(proposal(&view, "The referrer").contains("invited, Consultant paediatrician"), "{}", view.text());
    house.close().await;
}

/// The mother is listed and flagged.
async fn flags(house: &House, code: &str) {
    let mother = [("name", "Marlow Quillfeather"), ("relationship", "mother")];
    let listed = house.social_worker().slash(&["strategy", "adult"], &mother).await;
    let given = [("adult", "a1"), ("difficulties", code)];
    let got = house.social_worker().presses_in(&listed, "flag_adult", &given).await;
    assert_eq!(got.code(), "adult_flagged", "{}", got.text());
}

/// Shows: INV-10.
#[tokio::test(flavor = "multi_thread")]
async fn a_flagged_adult_brings_up_the_service_and_the_decision_is_minuted() {
    for procedure in PROCEDURES {
        let house = convened(procedure).await;
        let codes: Vec<_> =
            house.config.procedures[procedure].difficulties.iter().map(|choice| choice.code.as_str()).collect();
        let shipped =
            ["domestic_abuse", "substance_misuse", "mental_illness", "learning_disability", "probation", "housing"];
        assert_eq!(codes, shipped, "{procedure}");
        let service = "Substance misuse service";
        assert_eq!(lines(&ready(&house).await, "proposed", service), Vec::<String>::new());
        flags(&house, "substance_misuse,housing").await;
        let view = ready(&house).await;
        let line = proposal(&view, service);
        assert_eq!(line, format!("• {service} (flagged for Marlow Quillfeather): **not answered**"), "{procedure}");
        assert!(proposal(&view, "Housing service").contains("Marlow Quillfeather"), "{procedure}");
        turns_down(&house, "substance_misuse", "Her worker has written to us").await;
        is_opened(&house).await;
        let closed = house.chair().closes().await;
        let item = "• Invited, or why not (housing service)";
        assert_eq!(closed.contains(item), procedure == COUNTY, "{procedure}: {closed}");
        assert!(!closed.contains("(substance misuse service)"), "{procedure}: {closed}");
        let minutes = house.minutes().await;
        assert!(minutes.contains(&format!("- {service}: not needed: Her worker has written to us")), "{minutes}");
        house.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flag_can_be_taken_away_again() {
    let house = convened(REMOTE).await;
    flags(&house, "probation").await;
    assert!(!lines(&ready(&house).await, "proposed", "Probation").is_empty());
    let view = house.social_worker().slash(&["strategy", "adult"], &[("name", "Jory Quillfeather")]).await;
    let none = [("adult", "a1"), ("difficulties", "none")];
    house.social_worker().presses_in(&view, "flag_adult", &none).await;
    assert_eq!(lines(&ready(&house).await, "proposed", "Probation"), Vec::<String>::new());
    house.close().await;
}

/// Shows: INV-12.
#[tokio::test(flavor = "multi_thread")]
async fn each_community_nurse_is_expected_once_by_the_childrens_ages() {
    for procedure in PROCEDURES {
        let house = convened(procedure).await;
        for (name, born) in [("Ellis Quillfeather", 2023), ("Wren Quillfeather", 2016), ("Lark Quillfeather", 2015)] {
            lists(&house, name, born, &[]).await;
        }
        let view = ready(&house).await;
        for nurse in ["Health visitor", "School nurse"] {
            let shown = lines(&view, "proposed", nurse);
            assert!(shown.len() == 1 && shown[0].ends_with("**not answered**"), "{procedure}: {shown:?}");
        }
        house.social_worker().invites(Cast::HealthVisitor).await;
        let view = ready(&house).await;
        assert!(proposal(&view, "Health visitor").contains("invited, Health visitor"), "{procedure}: {}", view.text());
        assert!(proposal(&view, "School nurse").ends_with("**not answered**"), "{procedure}: {}", view.text());
        is_opened(&house).await;
        let closed = house.chair().closes().await;
        assert_eq!(closed.contains("or why not (school nurse)"), procedure == AUDIT, "{procedure}: {closed}");
        assert!(!closed.contains("(health visitor)"), "{procedure}: {closed}");
        house.close().await;
    }
}

/// Shows: INV-15.
#[tokio::test(flavor = "multi_thread")]
async fn a_child_in_hospital_brings_up_paediatrician_and_ward_and_a_missing_reason_is_marked() {
    for procedure in PROCEDURES {
        for flag in ["injury", "medical_likely"] {
            let house = convened_with(procedure, &[(flag, "true")]).await;
            assert!(
                !lines(&ready(&house).await, "proposed", "Consultant paediatrician").is_empty(),
                "{procedure}: {flag}"
            );
            house.close().await;
        }
        let house = convened_with(procedure, &[("in_hospital", "true")]).await;
        let view = ready(&house).await;
        for who in ["Consultant paediatrician", "Key treating staff"] {
            assert!(proposal(&view, who).ends_with("**not answered**"), "{procedure}: {}", view.text());
        }
        let got = turns_down(&house, "paediatrician", "").await;
        assert_eq!(got.code(), "reason_missing", "{procedure}: {}", got.text());
        assert!(got.text().contains("without a reason"), "{}", got.text());
        let view = ready(&house).await;
        assert!(proposal(&view, "Consultant paediatrician").ends_with("not needed, **reason missing**"), "{procedure}");
        is_opened(&house).await;
        let closed = house.chair().closes().await;
        assert!(closed.contains("or why not (consultant paediatrician)"), "{procedure}: {closed}");
        assert_eq!(closed.contains("or why not (key treating staff)"), procedure == AUDIT, "{procedure}: {closed}");
        let minutes = house.minutes().await;
        assert!(
            minutes.contains("- Consultant paediatrician: not needed: reason not answered"),
            "{procedure}: {minutes}"
        );
        house.close().await;
    }
}

/// Shows: INV-29.
#[tokio::test(flavor = "multi_thread")]
async fn likely_legal_action_brings_up_a_lawyer() {
    for procedure in PROCEDURES {
        let house = convened(procedure).await;
        assert_eq!(lines(&ready(&house).await, "proposed", "Lawyer"), Vec::<String>::new(), "{procedure}");
        let amended = house.social_worker().slash(&["strategy", "amend"], &[("legal_likely", "true")]).await;
        assert_eq!(amended.code(), "referral_amended", "{procedure}: {}", amended.text());
        let line = proposal(&ready(&house).await, "Lawyer");
        assert_eq!(line, "• Lawyer (legal action is likely): **not answered**", "{procedure}");
        house.close().await;
    }
}

/// The roles the field knows, each with an agency it is found in.
const ROLES: [(&str, AgencyKind); 22] = [
    ("Social worker", AgencyKind::SocialCare),
    ("Team manager", AgencyKind::SocialCare),
    ("Acting manager", AgencyKind::SocialCare),
    ("Emergency duty team manager", AgencyKind::SocialCare),
    ("Senior practitioner", AgencyKind::SocialCare),
    ("Police officer", AgencyKind::Police),
    ("Health visitor", AgencyKind::Health),
    ("School nurse", AgencyKind::Health),
    ("Midwife", AgencyKind::Health),
    ("Paediatrician", AgencyKind::Health),
    ("GP", AgencyKind::Health),
    ("Hospital staff nurse", AgencyKind::Health),
    ("Community nurse", AgencyKind::Health),
    ("School safeguarding lead", AgencyKind::Education),
    ("SEN coordinator", AgencyKind::Education),
    ("Nursery", AgencyKind::Education),
    ("Education duty contact", AgencyKind::Education),
    ("Family support worker", AgencyKind::EarlyHelp),
    ("Youth support worker", AgencyKind::YouthSupport),
    ("Probation officer", AgencyKind::Probation),
    ("Adult services", AgencyKind::AdultServices),
    ("Lawyer", AgencyKind::Legal),
];

/// Shows: INV-11.
#[tokio::test(flavor = "multi_thread")]
async fn every_role_of_the_field_can_be_chosen_for_an_invitee_and_prints() {
    let house = convened(REMOTE).await;
    let invite = ["strategy", "invite"];
    for (role, kind) in ROLES {
        let agency = format!("Larkshire {kind:?}");
        house.knows_agency(&agency, kind).await;
        let chosen = house.social_worker().picks(&invite, "role", role).await;
        assert_eq!(chosen, role);
        let given = [("agency", agency.as_str()), ("role", role)];
        let got = house.social_worker().slash(&invite, &given).await;
        assert_eq!(got.code(), "invited", "{role}: {}", got.text());
        assert_ne!(house.config.directory.role_code(role, kind), "other", "{role}");
    }
    assert!(!house.social_worker().is_offered(&invite, "role", "Other").await.is_empty());
    let role = Cast::Police.card().role;
    house.enrols_as(Cast::Police, role, Cast::Police, Some("Detective Sergeant")).await;
    let officer = house.account(Cast::Police).to_string();
    house.social_worker().slash(&invite, &[("person", officer.as_str())]).await;
    let minutes = house.minutes().await;
    for (role, kind) in ROLES {
        assert!(minutes.contains(&format!("| {role} | Larkshire {kind:?} |")), "{role}: {minutes}");
    }
    assert!(minutes.contains("Child protection investigator (Detective Sergeant)"), "{minutes}");
    house.close().await;
}
