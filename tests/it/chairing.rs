//! The chair's rule, what the record may be called, and going on without somebody needed.

use convenor::domain::stage::Stage;

use crate::support::{Cast, Got, House, PROCEDURES};

const OPENED: &str = "2026-12-07 10:00";
/// The procedure that asks the chair for experience, and whose title has to be earned.
const ASKS: &str = "county-strategy-meetings";

fn status(minutes: &str) -> String {
    minutes.lines().find(|line| line.contains("Status: ")).unwrap_or_default().to_owned()
}

fn title(minutes: &str) -> String {
    minutes.lines().find(|line| line.starts_with("# ")).unwrap_or_default().to_owned()
}

/// Convened under a procedure and opened by the chair with these in.
async fn opened(house: &House, also_here: &[Cast]) -> Got {
    house.is_convened().await;
    for who in [Cast::TeamManager].iter().chain(also_here) {
        house.who(*who).accepts().await;
        house.who(*who).passes_the_door().await;
    }
    house.chair().opens().await
}

/// Closed over whatever is open, with its draft.
async fn closed(house: &House) -> String {
    let open = house.chair().closes().await;
    house.has_drafted().await;
    open
}

/// Somebody else of the company is a team manager of social care, and is invited.
async fn second_manager_is_invited(house: &House) {
    house.enrols_as(Cast::SchoolNurse, "Team manager", Cast::TeamManager, None).await;
    let person = house.account(Cast::SchoolNurse).to_string();
    house.social_worker().slash(&["strategy", "invite"], &[("person", &person)]).await;
}

/// Shows: INV-27.
#[tokio::test(flavor = "multi_thread")]
async fn a_chair_not_familiar_with_the_case_is_marked_until_a_second_manager_adopts_the_chairing() {
    let house = House::under(ASKS, OPENED).await;
    let got = opened(&house, &[Cast::Police, Cast::HealthVisitor]).await;
    assert_ne!(got.code(), "chair_not_within_rule", "a team manager may chair");
    let said = [("prompt", "chair_experience"), ("experienced", "yes"), ("familiar", "no")];
    let got = house.chair().presses_in(&got, "prompt", &said).await;
    assert_eq!(got.code(), "entered", "{}", got.text());
    let marked = "chair not within the rule: Imogen Vale, Team manager, Larkshire Children's Services \
                  (not familiar with this case; the rule: a team manager or senior practitioner";
    assert!(status(&house.minutes().await).contains(marked), "{}", status(&house.minutes().await));
    assert!(closed(&house).await.contains("• Chair not within the rule"));
    let asked = house.room_posts().await.into_iter().find(|post| post.contains("asked once more"));
    assert!(asked.expect("it is asked again").contains("• Chair not within the rule"));

    let police = house.police().presses("adopt", &[]).await;
    assert_eq!(police.code(), "not_yours_to_adopt");
    assert!(police.text().contains("team manager or senior practitioner"), "{}", police.text());
    let own = house.chair().presses("adopt", &[]).await;
    assert_eq!(own.code(), "not_yours_to_adopt", "nobody adopts their own chairing");
    second_manager_is_invited(&house).await;
    let adopted = house.who(Cast::SchoolNurse).presses("adopt", &[]).await;
    assert_eq!(adopted.code(), "chairing_adopted", "{}", adopted.text());
    assert!(!house.who(Cast::SchoolNurse).sees_the_room().await, "it opens no door");
    let minutes = house.minutes().await;
    assert!(!status(&minutes).contains("chair not within"), "{}", status(&minutes));
    assert!(minutes.contains("Chairing adopted by: Bela Marsh, Team manager, Larkshire Children's Services, 10:01"));
    assert!(house.room_has("Bela Marsh, Team manager, Larkshire Children's Services has adopted the chairing").await);
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_procedure_that_asks_for_it_asks_the_chair_for_experience() {
    for procedure in PROCEDURES {
        let house = House::under(procedure, OPENED).await;
        let got = opened(&house, &[Cast::Police, Cast::HealthVisitor]).await;
        let is_asked = got.buttons().iter().any(|label| label == "The chair's experience");
        assert_eq!(is_asked, procedure == ASKS, "{procedure}: {:?}", got.buttons());
        house.close().await;
    }
}

/// Shows: INV-27.
#[tokio::test(flavor = "multi_thread")]
async fn a_social_worker_in_the_chair_runs_the_session_marked() {
    let house = House::under(ASKS, OPENED).await;
    house.enrols_as(Cast::TeamManager, "Social worker", Cast::TeamManager, None).await;
    let got = opened(&house, &[Cast::Police, Cast::HealthVisitor]).await;
    assert_eq!(got.code(), "not_quorate");
    let marked = "chair not within the rule: Imogen Vale, Social worker, Larkshire Children's Services (by role; ";
    assert!(status(&house.minutes().await).contains(marked), "{}", status(&house.minutes().await));
    assert!(closed(&house).await.contains("• Chair not within the rule"));
    house.close().await;
}

/// Shows: INV-28.
#[tokio::test(flavor = "multi_thread")]
async fn a_senior_practitioner_in_the_chair_is_marked_with_the_rule() {
    for procedure in PROCEDURES.into_iter().filter(|procedure| *procedure != ASKS) {
        let house = House::under(procedure, OPENED).await;
        house.enrols_as(Cast::TeamManager, "Senior practitioner", Cast::TeamManager, None).await;
        opened(&house, &[Cast::Police, Cast::HealthVisitor]).await;
        let rule = &house.config.procedures[procedure].chair_rule;
        let marked = format!(
            "chair not within the rule: Imogen Vale, Senior practitioner, Larkshire Children's Services (by role; the rule: {rule})"
        );
        assert!(status(&house.minutes().await).contains(&marked), "{}", status(&house.minutes().await));
        house.goes_on_to(Stage::Sharing).await;
        assert!(closed(&house).await.contains("• Chair not within the rule"), "{procedure}");
        house.close().await;
    }
    let house = House::under(ASKS, OPENED).await;
    house.enrols_as(Cast::TeamManager, "Senior practitioner", Cast::TeamManager, None).await;
    opened(&house, &[Cast::Police, Cast::HealthVisitor]).await;
    assert!(!status(&house.minutes().await).contains("chair not within"), "where the rule names them");
    house.close().await;
}

/// Shows: INV-28.
#[tokio::test(flavor = "multi_thread")]
async fn a_chair_of_another_agency_is_asked_once_whether_a_manager_can_be_found() {
    for procedure in PROCEDURES.into_iter().filter(|procedure| *procedure != ASKS) {
        let house = House::under(procedure, OPENED).await;
        house.enrols_as(Cast::TeamManager, "Police officer", Cast::SecondOfficer, None).await;
        let got = opened(&house, &[Cast::HealthVisitor]).await;
        assert!(got.buttons().iter().any(|label| label == "No manager to chair"), "{procedure}: {:?}", got.buttons());
        let said = [("prompt", "no_manager_to_chair"), ("found", "no"), ("tried", "Duty manager, 09:50")];
        let got = house.chair().presses_in(&got, "prompt", &said).await;
        assert_eq!(got.code(), "entered", "{}", got.text());
        let again = house.chair().presses("prompts", &[]).await;
        assert!(!again.buttons().iter().any(|label| label == "No manager to chair"), "asked once");
        let minutes = house.minutes().await;
        assert!(status(&minutes).contains("chair not within the rule: Imogen Vale, Police officer"), "{procedure}");
        assert!(minutes.contains("Duty manager, 09:50"), "{procedure}");
        assert!(closed(&house).await.contains("• Chair not within the rule"), "{procedure}");
        house.close().await;
    }
}

/// Shows: GATE-09.
#[tokio::test(flavor = "multi_thread")]
async fn going_on_without_somebody_needed_opens_and_stays_marked_until_the_reason_is_given() {
    for procedure in PROCEDURES {
        let house = House::under(procedure, OPENED).await;
        let got = opened(&house, &[Cast::HealthVisitor]).await;
        assert_eq!(got.code(), "not_quorate", "{procedure}");
        let offered = got.buttons();
        assert!(offered.iter().any(|label| label == "Going on without everybody needed"), "{procedure}: {offered:?}");
        assert!(status(&house.minutes().await).contains("not quorate: missing"), "{procedure}");
        let decided = [("decision", "initiate"), ("mode", "joint"), ("rationale", "The injury is unexplained")];
        house.chair().slash(&["chair", "section-47"], &decided).await;
        assert_ne!(house.db_count("entered").await, 0, "{procedure}: the decision never waits");
        assert!(closed(&house).await.contains("• Not quorate"), "{procedure}");
        let unanswered = house.minutes().await;
        assert!(status(&unanswered).contains("not quorate: missing"), "{procedure}");
        assert!(unanswered.contains("Going on without everybody needed: no reason given"), "{procedure}");

        let said =
            [("prompt", "going_on"), ("reason", "The child is on the ward, and the police are told by telephone")];
        house.chair().slash(&["chair", "prompt"], &said).await;
        let answered = house.minutes().await;
        assert!(answered.contains("and the police are told by telephone"), "{procedure}");
        assert!(!answered.contains("Going on without everybody needed: no reason given"), "{procedure}");
        assert!(status(&answered).contains("not quorate: missing"), "marked throughout: {procedure}");
        house.close().await;
    }
}

/// Shows: GATE-10.
#[tokio::test(flavor = "multi_thread")]
async fn without_the_police_everything_is_recorded_and_the_title_is_not_given() {
    let house = House::under(ASKS, OPENED).await;
    opened(&house, &[Cast::HealthVisitor]).await;
    house.goes_on_to(Stage::Deciding).await;
    house.passes(12).await;
    let decided = [("decision", "initiate"), ("mode", "joint"), ("rationale", "The injury is unexplained")];
    let got = house.chair().presses("section_47", &decided).await;
    assert!(got.text().contains("recorded"), "{}", got.text());
    house.goes_on_to(Stage::ReadBack).await;
    closed(&house).await;
    let minutes = house.minutes().await;
    let heading = "# Noted conversation, not a strategy meeting: missing police child protection unit";
    assert_eq!(title(&minutes), heading);
    let (top, body) = minutes.split_once("\n## ").expect("the record has sections");
    assert!(top.contains("Section 47 decision: Section 47 enquiries are initiated, decided 10:12"), "{top}");
    assert!(body.contains("The injury is unexplained"));

    let refused = house.chair().presses("sign", &[]).await;
    assert_eq!(refused.code(), "title_not_earned");
    assert!(refused.text().contains("“Record of Strategy Meeting”"), "{}", refused.text());
    assert!(refused.text().contains("missing police child protection unit"), "{}", refused.text());
    assert_eq!(refused.buttons(), ["Sign it as what it is"]);
    assert_eq!(house.db_count("minutes_signed").await, 0);
    let early = house.chair().slash(&["chair", "circulate"], &[]).await;
    assert_eq!(early.code(), "not_at_this_stage");
    let signed = house.chair().presses_in(&refused, "sign_untitled", &[]).await;
    assert_eq!(signed.code(), "minutes_signed");
    house.chair().presses("circulate", &[]).await;
    assert!(house.room_has("Noted conversation, not a strategy meeting").await);
    assert!(!house.room_has("Record of Strategy Meeting").await);
    house.close().await;
}

/// Shows: GATE-10.
#[tokio::test(flavor = "multi_thread")]
async fn a_police_officer_by_telephone_earns_the_title_with_who_when_and_by_whom() {
    let house = House::under(ASKS, OPENED).await;
    opened(&house, &[Cast::HealthVisitor]).await;
    assert!(title(&house.minutes().await).contains("Noted conversation"));
    house.passes(6).await;
    let given = [
        ("name", "DI Lorne Ackerley"),
        ("role", "Child protection investigator"),
        ("agency", "Larkshire Police"),
        ("kind", "police"),
        ("means", "telephone"),
    ];
    house.social_worker().slash(&["strategy", "guest"], &given).await;
    let told = house.room_posts().await;
    assert!(told.iter().any(|post| post.contains("**Quorate**, as people come and go")), "{told:?}");
    let minutes = house.minutes().await;
    assert_eq!(title(&minutes), "# Record of Strategy Meeting");
    let row = minutes.lines().find(|line| line.contains("DI Lorne Ackerley")).expect("they are in the table");
    for cell in ["named by Rowan Ashby", "telephone", "joined 10:06"] {
        assert!(row.contains(cell), "{cell}: {row}");
    }
    closed(&house).await;
    let signed = house.chair().presses("sign", &[]).await;
    assert_eq!(signed.code(), "minutes_signed", "{}", signed.text());
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_other_procedures_ask_nothing_more_of_the_title_than_an_opened_session() {
    for procedure in PROCEDURES.into_iter().filter(|procedure| *procedure != ASKS) {
        let house = House::under(procedure, OPENED).await;
        opened(&house, &[]).await;
        closed(&house).await;
        let signed = house.chair().presses("sign", &[]).await;
        assert_eq!(signed.code(), "minutes_signed", "{procedure}");
        house.close().await;
    }
}
