//! What each agency is asked in its turn; what it leaves unanswered is shown before the risk is weighed, and stays open.

use convenor::domain::stage::Stage;

use super::{heard, house_at, house_with};
use crate::support::{Cast, House, PROCEDURES, section};

/// What they say, and no more.
const WORKER: (Cast, &[(&str, &str)]) = (Cast::SocialWorker, &[("current", "Bruised")]);
const OFFICER: (Cast, &[(&str, &str)]) = (Cast::Police, &[("current", "Two call-outs")]);

/// What the room is told was not answered, once the risk is to be weighed.
async fn gaps(house: &House) -> String {
    house.goes_on_to(Stage::Risk).await;
    let told = house.room_posts().await.into_iter().find(|post| post.contains("Not answered in the round"));
    told.unwrap_or_default()
}

/// Shows: INFO-12.
#[tokio::test(flavor = "multi_thread")]
async fn each_turn_asks_for_history_and_a_blank_is_a_gap_where_none_known_is_none() {
    let house = house_at("practice-guidance", &[], Stage::Open).await;
    let worker = (Cast::SocialWorker, &[("current", "Bruised"), ("history", "None known")][..]);
    let banners = heard(&house, &[worker, OFFICER]).await;
    assert!(banners.iter().all(|banner| banner.contains("Asked: present concerns, history")), "{banners:?}");
    let told = gaps(&house).await;
    assert!(told.contains("Relevant history: Dana Okafor"), "{told}");
    assert!(!told.contains("Relevant history: Rowan Ashby"), "{told}");
    let weighed =
        [("prompt", "risk"), ("about", "c1"), ("level", "high"), ("history_weighed", "Against two call-outs")];
    house.chair().slash(&["chair", "prompt"], &weighed).await;
    let open = house.chair().closes().await;
    assert!(open.contains("History: what is known, or none known: Dana Okafor"), "{open}");
    let minutes = house.minutes().await;
    assert!(minutes.contains("History: None known") && minutes.contains("History: not stated"), "{minutes}");
    assert!(minutes.contains("How history was weighed: Against two call-outs"), "{minutes}");
    house.close().await;
}

/// Shows: INFO-17.
#[tokio::test(flavor = "multi_thread")]
async fn health_is_asked_for_needs_and_for_safeguarding_concerns_and_can_still_answer_after_the_round() {
    let house = house_at("county-strategy-meetings", &[], Stage::Open).await;
    let nurse = (Cast::HealthVisitor, &[("current", "Seen in March"), ("presenting_needs", "Feeding")][..]);
    heard(&house, &[OFFICER, nurse]).await;
    let told = gaps(&house).await;
    let health = "Health information (Safeguarding concerns): Priya Nandy";
    assert!(told.contains(health) && told.matches('•').count() == 1, "{told}");

    let refused = house.police().presses("part", &[("prompt", "health_information"), ("health_concerns", "x")]).await;
    assert_eq!(refused.code(), "for_chair_or_recorder");
    let out_of_turn = house.health_visitor().slash(&["share"], &[("current", "And one more thing")]).await;
    assert_eq!(out_of_turn.code(), "not_sharing");
    assert!(house.chair().closes().await.contains("Health information: Priya Nandy (Safeguarding concerns)"));
    house.has_drafted().await;
    let answer = [("prompt", "health_information"), ("health_concerns", "A plan until 2024")];
    assert_eq!(house.health_visitor().presses("part", &answer).await.code(), "contributed");
    let minutes = house.minutes().await;
    assert!(minutes.contains("Presenting needs: Feeding"), "{minutes}");
    assert!(minutes.contains("Safeguarding concerns: A plan until 2024"), "{minutes}");
    assert_eq!(minutes.matches("Present concerns and relevant information: not stated").count(), 0, "{minutes}");
    assert!(section(&minutes, "Open items").contains("answered since"), "{minutes}");
    house.close().await;
}

/// Shows: INFO-17.
#[tokio::test(flavor = "multi_thread")]
async fn a_part_that_health_leaves_out_is_a_gap_in_every_procedure_and_open_in_one() {
    let parts = [("presenting_needs", "Safeguarding concerns"), ("health_concerns", "Presenting needs")];
    for (place, procedure) in PROCEDURES.into_iter().enumerate() {
        let (said, missing) = parts[place % 2];
        let house = house_at(procedure, &[], Stage::Open).await;
        heard(&house, &[(Cast::HealthVisitor, &[("current", "Seen in March"), (said, "Feeding")])]).await;
        let told = gaps(&house).await;
        assert!(told.contains(&format!("Health information ({missing}): Priya Nandy")), "{procedure}: {told}");
        let is_open = house.chair().closes().await.contains("Health information: Priya Nandy");
        assert_eq!(is_open, procedure == "county-strategy-meetings", "{procedure}");
        house.close().await;
    }
}

/// Shows: INFO-17.
#[tokio::test(flavor = "multi_thread")]
async fn what_health_says_of_needs_and_concerns_prints_in_every_procedure() {
    for procedure in PROCEDURES {
        let house = house_at(procedure, &[], Stage::Open).await;
        let said = [("current", "Seen"), ("presenting_needs", "Feeding"), ("health_concerns", "A plan until 2024")];
        heard(&house, &[(Cast::HealthVisitor, &said)]).await;
        assert!(!gaps(&house).await.contains("Health information"), "{procedure}");
        let minutes = house.minutes().await;
        for line in ["Presenting needs: Feeding", "Safeguarding concerns: A plan until 2024"] {
            assert!(minutes.contains(line), "{procedure}: {line}: {minutes}");
        }
        assert!(!house.chair().closes().await.contains("Health information"), "{procedure}");
        house.close().await;
    }
}

/// Shows: INFO-19.
#[tokio::test(flavor = "multi_thread")]
async fn where_an_injury_is_reported_health_alone_is_asked_whether_it_fits_its_explanation() {
    for injury in [true, false] {
        let more = [("injury", if injury { "true" } else { "" })];
        let house = house_with("audit-assured", &more, &[], Stage::Open).await;
        super::orders(&house, &[Cast::Police, Cast::HealthVisitor]).await;
        house.goes_on_to(Stage::Sharing).await;
        let officer = house.police().shares("Two call-outs").await.buttons();
        assert!(officer.iter().all(|label| label != "Injury and explanation"), "{officer:?}");
        house.police().finishes().await;
        let nurse = house.health_visitor().shares("Seen in March").await;
        assert_eq!(nurse.buttons().iter().any(|label| label == "Injury and explanation"), injury);
        if injury {
            let why =
                [("prompt", "injury_consistent"), ("injury_consistent", "unclear"), ("injury_reasons", "Too old")];
            house.health_visitor().presses_in(&nurse, "part", &why).await;
            let line = "Consistent with the explanation given: unclear. Too old";
            assert!(house.minutes().await.contains(line), "{}", house.minutes().await);
        }
        house.health_visitor().finishes().await;
        assert!(!gaps(&house).await.contains("Injury and explanation"));
        house.close().await;
    }
    let house = house_with("audit-assured", &[("injury", "true")], &[], Stage::Open).await;
    heard(&house, &[(Cast::HealthVisitor, &[("current", "Seen in March")])]).await;
    assert!(gaps(&house).await.contains("Injury and explanation: Priya Nandy"));
    house.close().await;
    let house = house_with("audit-assured", &[("injury", "true")], &[], Stage::Open).await;
    heard(&house, &[(Cast::HealthVisitor, &[("current", "Seen in March"), ("injury_consistent", "no")])]).await;
    let told = gaps(&house).await;
    assert!(told.contains("Injury and explanation (Why): Priya Nandy"), "an answer without its reasons: {told}");
    house.close().await;
}

/// Shows: INFO-20, INFO-21.
#[tokio::test(flavor = "multi_thread")]
async fn the_police_are_asked_for_basis_processes_and_evidence_or_why_there_is_no_investigation() {
    for procedure in ["audit-assured", "seven-minute-briefing"] {
        let house = house_at(procedure, &[], Stage::Open).await;
        let both =
            [("current", "Two call-outs"), ("police_basis", "Assault"), ("police_process", "Bail to the aunt's")];
        heard(&house, &[(Cast::Police, &both)]).await;
        assert!(gaps(&house).await.contains("Gathering evidence: Dana Okafor"), "{procedure}");
        let shared = section(&house.minutes().await, "Information shared");
        for said in ["Basis of the investigation: Assault", "What other agencies need to know: Bail to the aunt's"] {
            assert!(shared.contains(said), "{procedure}, {said}: {shared}");
        }
        assert!(house.chair().closes().await.contains("Gathering evidence: Dana Okafor"), "{procedure}");
        house.close().await;
    }

    let house = house_at("audit-assured", &[], Stage::Open).await;
    heard(&house, &[(Cast::Police, &[("current", "Two call-outs"), ("police_basis", "Assault")])]).await;
    let told = gaps(&house).await;
    assert!(told.contains("Basis of the investigation (What other agencies need to know): Dana Okafor"), "{told}");
    assert!(told.contains("Gathering evidence: Dana Okafor"), "{told}");
    house.close().await;

    let house = house_at("audit-assured", &[], Stage::Open).await;
    let none = [("current", "No call-outs"), ("no_investigation", "No offence"), ("evidence_plan", "None to gather")];
    heard(&house, &[(Cast::Police, &none)]).await;
    let told = gaps(&house).await;
    assert!(!told.contains("Basis of the investigation") && !told.contains("Gathering evidence"), "{told}");
    let shared = section(&house.minutes().await, "Information shared");
    assert!(shared.contains("If no investigation: why: No offence"), "{shared}");
    assert!(shared.contains("Timing and methods: None to gather"), "{shared}");
    house.close().await;
}

/// Shows: INFO-22.
#[tokio::test(flavor = "multi_thread")]
async fn that_the_police_lead_is_printed_once_there_is_an_investigation_with_the_officers_word() {
    let lead = "The police lead the criminal investigation and take what was shared here into it.";
    let house = house_at("seven-minute-briefing", &[], Stage::Open).await;
    super::orders(&house, &[Cast::Police]).await;
    house.goes_on_to(Stage::Sharing).await;
    let first = house.police().shares("Two call-outs").await;
    assert!(!house.minutes().await.contains(lead), "no investigation is recorded");
    assert!(first.buttons().iter().all(|label| label != "Police lead the investigation"), "{:?}", first.buttons());
    let basis =
        [("prompt", "police_basis"), ("police_basis", "Assault"), ("police_process", "Bail"), ("no_investigation", "")];
    let second = house.police().presses_in(&first, "part", &basis).await;
    assert!(house.minutes().await.contains(&format!("{lead} Not acknowledged by an officer.")));
    house.police().presses_in(&second, "part", &[("prompt", "police_lead"), ("police_lead", "yes")]).await;
    let printed = section(&house.minutes().await, "Criminal investigation");
    let word = format!("{lead} Acknowledged by Dana Okafor, Child protection investigator, Larkshire Police, 10:00.");
    assert!(printed.contains(&word), "{printed}");
    house.close().await;

    let house = house_at("audit-assured", &[], Stage::Open).await;
    heard(&house, &[(Cast::Police, &[("current", "Two call-outs"), ("police_basis", "Assault")])]).await;
    assert!(!house.minutes().await.contains(lead), "off in this procedure");
    house.close().await;
}

/// Shows: INFO-22, DEC-20.
#[tokio::test(flavor = "multi_thread")]
async fn an_investigation_the_chair_records_or_an_outcome_starts_is_one_the_police_lead_too() {
    let lead = "The police lead the criminal investigation and take what was shared here into it.";
    let asks = [
        (&["chair", "prompt"][..], [("prompt", "criminal_investigation"), ("text", "An interview on Thursday")]),
        (&["chair", "outcome"][..], [("outcome", "police_investigation"), ("rationale", "An assault is alleged")]),
    ];
    for (path, given) in asks {
        let house = house_at("seven-minute-briefing", &[], Stage::Open).await;
        super::orders(&house, &[Cast::Police]).await;
        house.goes_on_to(Stage::Sharing).await;
        house.police().shares("Two call-outs").await;
        house.police().finishes().await;
        house.goes_on_to(Stage::Deciding).await;
        assert!(!house.minutes().await.contains(lead), "none yet");
        house.chair().slash(path, &given).await;
        assert!(house.minutes().await.contains(&format!("{lead} Not acknowledged by an officer.")), "{path:?}");
        let asked =
            house.room_messages().await.into_iter().rfind(|post| post.text.contains("Do you acknowledge that?"));
        let asked = asked.unwrap_or_else(|| panic!("{path:?}: the officer is asked"));
        assert_eq!(asked.mentions, [house.account(Cast::Police)]);
        let acknowledged = [("prompt", "police_lead"), ("police_lead", "yes")];
        assert_eq!(house.health_visitor().presses("part", &acknowledged).await.code(), "for_chair_or_recorder");
        house.police().presses("part", &acknowledged).await;
        let minutes = house.minutes().await;
        assert!(minutes.contains(&format!("{lead} Acknowledged by Dana Okafor")), "{path:?}: {minutes}");
        house.close().await;
    }
    let house = house_at("seven-minute-briefing", &[], Stage::Deciding).await;
    let (shown, because) = (house.chair().presses("prompts", &[]).await, ("because", "No offence is alleged"));
    let none = [("prompt", "criminal_investigation"), because];
    house.chair().presses_in(&shown, "answer_nothing_because", &none).await;
    assert!(!house.minutes().await.contains(lead), "there is none");
    house.close().await;
}

/// Shows: INFO-13.
#[tokio::test(flavor = "multi_thread")]
async fn where_the_family_have_moved_each_agency_is_asked_and_what_is_unanswered_is_proposed() {
    let moved = [("moved", "true")];
    let house = house_with("seven-minute-briefing", &moved, &[], Stage::Open).await;
    let worker = (Cast::SocialWorker, &[("current", "Bruised"), ("other_area", "None held")][..]);
    let asked = heard(&house, &[worker, OFFICER]).await;
    assert!(asked.iter().all(|banner| banner.contains("Information from other areas")), "{asked:?}");
    let told = gaps(&house).await;
    assert!(told.contains("Information from other areas: Dana Okafor"), "{told}");
    assert!(!told.contains("Information from other areas: Rowan Ashby"), "{told}");
    let proposed =
        "Ask the earlier area for what it holds (Larkshire Police) | Dana Okafor, Larkshire Police | no date";
    let minutes = house.minutes().await;
    assert!(minutes.contains(proposed) && minutes.contains("(draft, not confirmed)"), "{minutes}");
    assert!(!minutes.contains("Ask the earlier area for what it holds (Larkshire Children's Services)"), "{minutes}");
    house.chair().presses("confirm_drafts", &[]).await;
    assert!(house.room_has("Ask the earlier area for what it holds (Larkshire Police)").await);
    house.close().await;

    let house = house_with("seven-minute-briefing", &[], &[], Stage::Open).await;
    let asked = heard(&house, &[OFFICER]).await;
    assert!(!asked[0].contains("Information from other areas"), "{asked:?}");
    assert!(!gaps(&house).await.contains("other areas") && house.minutes().await.contains("No actions."));
    house.close().await;
}

/// Shows: INFO-15, INFO-16.
#[tokio::test(flavor = "multi_thread")]
async fn the_childs_voice_with_coercion_and_the_childs_life_are_asked_for_and_have_sections_of_their_own() {
    for procedure in ["seven-minute-briefing", "audit-assured"] {
        let house = house_at(procedure, &[], Stage::Open).await;
        let worker = (Cast::SocialWorker, &[("current", "Bruised"), ("child_perspective", "Says nothing at home")][..]);
        heard(&house, &[worker]).await;
        let told = gaps(&house).await;
        let voice = "Voice of the child (Coercion: yes, no or not known; how): Rowan Ashby";
        assert!(told.contains(voice), "{procedure}: {told}");
        let asks_for_life = procedure == "seven-minute-briefing";
        assert_eq!(told.contains("The child's lived experience: Rowan Ashby"), asks_for_life, "{procedure}: {told}");
        let coercion = [("prompt", "child_perspective"), ("child_perspective", ""), ("coercion", "not known")];
        house.social_worker().presses("part", &coercion).await;
        let life = [("prompt", "lived_experience"), ("lived_experience", "Carries her brother to school")];
        house.social_worker().presses("part", &life).await;
        let open = house.chair().closes().await;
        assert!(!open.contains("Voice of the child") && !open.contains("lived experience"), "{procedure}: {open}");
        let minutes = house.minutes().await;
        let voice = section(&minutes, "Voice of the child");
        assert!(voice.contains("Says nothing at home") && voice.contains("not known"), "{procedure}: {voice}");
        let life = section(&minutes, "Lived experience");
        assert!(life.contains("Carries her brother to school"), "{procedure}: {life}");
        house.close().await;
    }
}

/// Shows: INFO-18.
#[tokio::test(flavor = "multi_thread")]
async fn an_adults_flags_add_their_questions_to_the_turns_that_may_know() {
    let titles = ["Domestic abuse", "Substance misuse", "Mental ill-health"];
    let turns = [WORKER, OFFICER, (Cast::HealthVisitor, &[("current", "Seen in March")])];
    for flagged in [false, true] {
        let house = house_at("county-strategy-meetings", &[], Stage::Open).await;
        let worker = house.social_worker();
        let mother = [("name", "Marlow Quillfeather"), ("born", "not known")];
        let listed = worker.slash(&["strategy", "adult"], &mother).await;
        if flagged {
            let flags = [("adult", "a1"), ("difficulties", "domestic_abuse,substance_misuse,mental_illness")];
            worker.presses_in(&listed, "flag_adult", &flags).await;
        }
        let asked = heard(&house, &turns).await;
        let found: Vec<_> = asked.iter().map(|banner| titles.map(|title| banner.contains(title))).collect();
        let to_the_officer = [true, true, false];
        let expected = if flagged { [[true; 3], to_the_officer, [true; 3]] } else { [[false; 3]; 3] };
        assert_eq!(found, expected, "{asked:?}");
        house.close().await;
    }
}

/// Shows: INFO-25.
#[tokio::test(flavor = "multi_thread")]
async fn whether_an_assessment_is_under_way_is_asked_of_social_care() {
    let house = house_at("practice-guidance", &[], Stage::Open).await;
    heard(&house, &[WORKER]).await;
    assert!(gaps(&house).await.contains("Assessment in progress: Rowan Ashby"));
    let answer = [("prompt", "assessment_in_progress"), ("assessment_in_progress", "Child and family, day 22")];
    house.social_worker().presses("part", &answer).await;
    let shared = section(&house.minutes().await, "Information shared");
    assert!(shared.contains("Assessment in progress: kind, stage: Child and family, day 22"), "{shared}");
    house.close().await;
}

/// Shows: INFO-24.
#[tokio::test(flavor = "multi_thread")]
async fn the_views_of_those_who_cannot_come_have_a_box_and_a_heading() {
    for procedure in ["remote-format", "county-strategy-meetings"] {
        for views in ["She should not go home", ""] {
            let house = House::under(procedure, "2026-12-07 10:00").await;
            house.gathers().await;
            house.social_worker().invites(Cast::Paediatrician).await;
            let sent = [("reason", "In clinic"), ("current", "Three fractures"), ("views", views)];
            house.paediatrician().presses("decline", &sent).await;
            house.chair().opens().await;
            let said = section(&house.minutes().await, "Views of those unable to attend");
            if views.is_empty() {
                assert!(said.contains("None received."), "{procedure}: {said}");
            } else {
                assert!(said.contains("Tom Ferris, Consultant paediatrician") && said.contains(views), "{said}");
            }
            let open = house.chair().closes().await;
            let is_missed = open.contains("Views of those unable to attend: Consultant paediatrician");
            let insists = procedure == "county-strategy-meetings";
            assert_eq!(is_missed, insists && views.is_empty(), "{procedure}: {open}");
            house.close().await;
        }
    }
}

/// Shows: INFO-07.
#[tokio::test(flavor = "multi_thread")]
async fn the_reason_and_the_concerns_are_stated_before_anybody_shares() {
    let house = House::at(Stage::Sharing).await;
    let posts = house.room_posts().await;
    let place = |words: &str| posts.iter().position(|post| post.contains(words)).expect("it is posted");
    assert!(place("**Reason** A spiral fracture seen on the ward") < place("has the floor"));
    let reason = section(&house.minutes().await, "Reason for the strategy discussion");
    assert!(reason.contains("Causes for concern: A spiral fracture seen on the ward"), "{reason}");
    assert!(reason.contains("is suffering significant harm"), "{reason}");
    house.close().await;
}
