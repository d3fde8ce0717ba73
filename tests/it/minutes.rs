//! What the minutes hold under each of the procedures, as the matrix has it.

use convenor::domain::stage::Stage;

use crate::support::{Cast, House, PROCEDURES, section};

/// What people of the session said, entered and decided.
const SAID: [&str; 8] = [
    "Known to us since May",
    "Two call-outs in March",
    "Seen at the six-week check",
    "On the ward since Sunday",
    "An injury nobody explains",
    "Visit the ward today",
    "So that the child is safe tonight",
    "A decision was needed before the discharge",
];

/// What the doctor thinks, who can't come.
const VIEWS: &str = "Not home before the skeletal survey";

/// A whole session under a procedure: shared, decided, planned, and closed; a doctor who can't come sends information, and
/// social care shares what the school told it.
async fn held(procedure: &str) -> House {
    let house = House::under(procedure, "2026-12-07 10:00").await;
    house.gathers().await;
    for who in [Cast::Paediatrician, Cast::SchoolNurse] {
        house.social_worker().invites(who).await;
    }
    let sent = [("reason", "On the ward"), ("current", SAID[3]), ("views", VIEWS)];
    house.paediatrician().presses("decline", &sent).await;
    house.chair().opens().await;
    house.goes_on_to(Stage::Sharing).await;
    let mut waiting = vec![(Cast::SocialWorker, SAID[0]), (Cast::Police, SAID[1]), (Cast::HealthVisitor, SAID[2])];
    waiting.push((Cast::Paediatrician, SAID[3]));
    while !waiting.is_empty() {
        let board = house.board().await.text;
        let floor = board.lines().find(|line| line.starts_with("**Floor**")).unwrap_or_default();
        let holder = floor.split(" · next ").next().unwrap_or_default();
        let Some(place) = waiting.iter().position(|(who, _)| holder.contains(who.name())) else {
            let moved_on = house.chair().slash(&["chair", "next"], &[]).await;
            assert_ne!(
                moved_on.code(),
                "not_heard",
                "{procedure}: {waiting:?} never had the floor: {}",
                moved_on.text()
            );
            continue;
        };
        let (who, words) = waiting.remove(place);
        if who == Cast::Paediatrician {
            house.chair().slash(&["chair", "read-out"], &[]).await;
        } else {
            house.who(who).shares(words).await;
            house.who(who).finishes().await;
        }
    }
    house.goes_on_to(Stage::Deciding).await;
    let given = [("decision", "initiate"), ("rationale", SAID[4])];
    house.chair().slash(&["chair", "section-47"], &given).await;
    house.goes_on_to(Stage::Actions).await;
    let owner = house.chair().picks(&["action", "add"], "owner", Cast::SocialWorker.name()).await;
    let given = [("what", SAID[5]), ("owner", owner.as_str()), ("purpose", SAID[6])];
    house.chair().slash(&["action", "add"], &given).await;
    house.goes_on_to(Stage::ReadBack).await;
    house.chair().closes().await;
    house.has_drafted().await;
    house
}

/// Shows: MIN-01.
#[tokio::test(flavor = "multi_thread")]
async fn they_have_the_procedures_title_and_its_sections_in_its_order() {
    for procedure in PROCEDURES {
        let house = held(procedure).await;
        let rules = &house.config.procedures[procedure];
        let minutes = house.minutes().await;
        let title = match procedure {
            "county-strategy-meetings" => "Record of Strategy Meeting",
            "practice-guidance" => "Strategy discussion/meeting",
            _ => rules.record_title.as_str(),
        };
        let first = minutes.lines().next().unwrap_or_default().to_owned();
        assert_eq!(first, format!("# {title}"), "{procedure}");
        let headings: Vec<_> = minutes.lines().filter_map(|line| line.strip_prefix("## ")).collect();
        let listed: Vec<_> = rules.minutes.iter().map(|section| section.heading.as_str()).collect();
        let listed: Vec<_> = listed.into_iter().filter(|heading| headings.contains(heading)).collect();
        assert_eq!(headings, listed, "{procedure}: every section is one of the procedure's, in its order");
        assert!(headings.len() > 25, "{procedure}: {headings:?}");
        house.close().await;
    }
}

/// Shows: MIN-02, MIN-05, MIN-06, MIN-07, MIN-23.
#[tokio::test(flavor = "multi_thread")]
async fn they_hold_what_was_said_and_decided_with_its_reasons_and_never_an_empty_section() {
    for procedure in PROCEDURES {
        let house = held(procedure).await;
        let given = [("prompt", "timing_rationale"), ("text", SAID[7])];
        house.chair().slash(&["chair", "prompt"], &given).await;
        let minutes = house.minutes().await;
        for words in SAID {
            assert!(minutes.contains(words), "{procedure}, {words}: {minutes}");
        }
        for heading in ["Views of those unable to attend", "Professional challenge", "Timing", "Decision and outcomes"]
        {
            let text = section(&minutes, heading);
            assert!(text.lines().filter(|line| !line.trim().is_empty()).count() > 1, "{procedure}: {text}");
        }
        assert!(section(&minutes, "Views of those").contains(VIEWS), "{procedure}");
        assert!(section(&minutes, "Timing").contains(SAID[7]), "{procedure}");
        assert!(section(&minutes, "Section 47").contains(SAID[4]), "{procedure}");
        house.close().await;
    }
}

/// Shows: MIN-23.
#[tokio::test(flavor = "multi_thread")]
async fn every_closed_session_has_its_decision_on_the_record_even_that_there_is_none() {
    for procedure in PROCEDURES {
        for decision in [None, Some("no_further_action"), Some("section_17_assessment")] {
            let house = House::under_at(procedure, Stage::Deciding).await;
            if let Some(outcome) = decision {
                let given = [("decision", "do_not_initiate"), ("rationale", "An accident, seen by two")];
                house.chair().slash(&["chair", "section-47"], &given).await;
                let given = [("outcome", outcome), ("rationale", "Early help goes on")];
                house.chair().slash(&["chair", "outcome"], &given).await;
            }
            house.goes_on_to(Stage::ReadBack).await;
            house.chair().closes().await;
            house.has_drafted().await;
            let minutes = house.minutes().await;
            let outcomes = section(&minutes, "Decision and outcomes");
            assert!(outcomes.lines().filter(|line| !line.trim().is_empty()).count() > 1, "{procedure}: {outcomes}");
            match decision {
                None => assert!(minutes.contains("section 47 decision not recorded"), "{procedure}: {minutes}"),
                Some(outcome) => {
                    let chosen = outcomes.lines().find(|line| line.contains("| Chosen |"));
                    let chosen = chosen.unwrap_or_else(|| panic!("{procedure}, {outcome}: {outcomes}"));
                    assert!(chosen.contains("Early help goes on"), "{procedure}, {outcome}: {chosen}");
                }
            }
            house.close().await;
        }
    }
}

/// Shows: MIN-03, MIN-04.
#[tokio::test(flavor = "multi_thread")]
async fn they_say_who_was_asked_who_came_who_did_not_and_who_contributed() {
    for procedure in PROCEDURES {
        let house = held(procedure).await;
        let nurse = house.chair().picks(&["strategy", "absent"], "who", "School nurse").await;
        let given = [("who", nurse.as_str()), ("reason", "The line rang out")];
        house.chair().slash(&["strategy", "absent"], &given).await;
        let minutes = house.minutes().await;
        let attendance = section(&minutes, "Attendance");
        let line = |text: &str, name: &str| {
            text.lines().find(|line| line.starts_with(&format!("| {name}"))).unwrap_or_default().to_owned()
        };
        assert!(line(&attendance, "Dana Okafor").contains("| present |"), "{procedure}: {attendance}");
        let doctor = line(&attendance, "Tom Ferris");
        assert!(doctor.contains("On the ward") && doctor.contains("written"), "{procedure}: {doctor}");
        assert!(doctor.contains("| apologies 10:00: On the ward |"), "{procedure}: {doctor}");
        let silent =
            attendance.lines().find(|line| line.contains("Larkshire School Nursing")).expect("she was invited");
        assert!(
            silent.contains("| no response: The line rang out |") && silent.contains("| not present |"),
            "{procedure}: {silent}"
        );
        assert!(silent.trim_end().ends_with("| none |"), "{procedure}: nothing was supplied: {silent}");
        let heading = if procedure == "seven-minute-briefing" { "Who contributed" } else { "Contributors" };
        let contributors = section(&minutes, heading);
        assert!(contributors.contains("| Name | Role | Agency | Present or not |"), "{procedure}: {contributors}");
        assert!(line(&contributors, "Tom Ferris").contains("not present"), "{procedure}: {contributors}");
        assert!(line(&contributors, "Dana Okafor").contains("| present |"), "{procedure}: {contributors}");
        house.close().await;
    }
}

/// Shows: MIN-08.
#[tokio::test(flavor = "multi_thread")]
async fn each_thing_social_care_shared_for_a_partner_is_marked() {
    for procedure in PROCEDURES {
        let house = House::under(procedure, "2026-12-07 10:00").await;
        house.gathers().await;
        house.chair().opens().await;
        house.goes_on_to(Stage::Sharing).await;
        for words in ["Absent on Monday", "Collected late twice"] {
            for _ in 0..6 {
                let board = house.board().await.text;
                if board.lines().any(|line| line.starts_with("**Floor**") && line.contains("Rowan Ashby")) {
                    break;
                }
                house.chair().goes_on_regardless().await;
            }
            let given = [
                ("current", words),
                ("source_name", "Gorran Blight"),
                ("source_role", "Head teacher"),
                ("source_agency", "Harbour School"),
            ];
            house.social_worker().slash(&["share"], &given).await;
        }
        let shared = section(&house.minutes().await, "Information shared");
        let marks = shared.matches("shared by social care on behalf of Gorran Blight").count();
        assert!(marks >= 2, "{procedure}: {marks} in {shared}");
        house.close().await;
    }
}

/// Shows: MIN-09, MIN-28.
#[tokio::test(flavor = "multi_thread")]
async fn the_heading_names_the_law_the_kind_of_session_and_who_chaired_recorded_and_convened() {
    for procedure in PROCEDURES {
        let house = held(procedure).await;
        let minutes = house.minutes().await;
        let heading = minutes.split("\n## ").next().unwrap_or_default();
        for line in [
            "- Form: Strategy meeting, session 1",
            "- Chair: Imogen Vale, Team manager, Larkshire Children's Services",
            "- Recorded by: Rowan Ashby, Social worker, Larkshire Children's Services",
            "- Convened by: Rowan Ashby, Social worker, Larkshire Children's Services",
        ] {
            assert!(heading.contains(line), "{procedure}, {line}: {heading}");
        }
        let law = heading.lines().find(|line| line.starts_with("- Legal framework: ")).unwrap_or_default();
        assert!(law.contains("This was a strategy meeting") && law.contains("section 47"), "{procedure}: {law}");
        house.close().await;
    }
}

/// Shows: MIN-22.
#[tokio::test(flavor = "multi_thread")]
async fn a_discussion_by_telephone_is_entered_afterwards_on_the_same_template_and_marked() {
    for procedure in PROCEDURES {
        let house = House::under(procedure, "2026-12-07 10:00").await;
        house.social_worker().registers_with(&[("received", "7 December 2026 08:30")]).await;
        house.social_worker().lists_the_child().await;
        let given = [("form", "discussion"), ("starts", "7 December 2026 09:10"), ("held", "telephone")];
        house.social_worker().slash(&["strategy", "convene"], &given).await;
        house.social_worker().invites(Cast::Police).await;
        house.police().accepts().await;
        let officer = house.social_worker().picks(&["chair", "attends"], "who", Cast::Police.name()).await;
        house.social_worker().slash(&["chair", "attends"], &[("who", &officer), ("means", "telephone")]).await;
        house.social_worker().opens().await;
        house.social_worker().slash(&["chair", "close"], &[("reason", "entered in full")]).await;
        house.has_drafted().await;
        let minutes = house.minutes().await;
        let heading = minutes.split("\n## ").next().unwrap_or_default();
        assert!(heading.contains("held by telephone and entered afterwards"), "{procedure}: {heading}");
        assert!(heading.contains("held 09:10; entered afterwards, from 10:00 to 10:00"), "{procedure}: {heading}");
        assert!(heading.contains("Held 40 min after referral"), "{procedure}: {heading}");
        let heading_of = |key: &str| {
            let listed = house.config.procedures[procedure].minutes.iter().find(|section| section.key == key);
            listed.expect("a section of the template").heading.clone()
        };
        for key in ["attendance", "contributions", "outcomes", "circulation"] {
            section(&minutes, &heading_of(key));
        }
        let circulation = section(&minutes, &heading_of("circulation"));
        assert!(circulation.contains("| Dana Okafor, "), "{procedure}, copies to those involved: {circulation}");
        house.close().await;
    }
}

/// Shows: MIN-25.
#[tokio::test(flavor = "multi_thread")]
async fn any_other_business_closes_the_agenda_none_included() {
    let house = House::at(Stage::ReadBack).await;
    let asked = house.chair().presses("prompts", &[]).await;
    assert!(asked.buttons().iter().any(|button| button.contains("Any other business")), "{:?}", asked.buttons());
    let agenda = house.room_posts().await.into_iter().find(|post| post.contains("Any other business"));
    let agenda = agenda.expect("it stands on the agenda");
    let last = agenda.lines().rfind(|line| !line.trim().is_empty()).unwrap_or_default();
    assert!(last.contains("Any other business"), "{agenda}");
    house.chair().presses("prompt", &[("prompt", "any_other_business"), ("text", "None")]).await;
    let text = section(&house.minutes().await, "Any other business");
    assert!(text.contains("None"), "{text}");
    house.close().await;
}
