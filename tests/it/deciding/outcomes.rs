//! Outcomes: what each asks, what it brings about, and what does not go with section 47.

use convenor::config::Config;
use convenor::domain::procedure::Level;
use convenor::domain::stage::Stage;

use super::left_open;
use super::section_47::in_a_second_session;
use crate::support::{House, PROCEDURES};

const OFFERS_THE_EIGHT: &str = "remote-format";

/// Shows: DEC-07, DEC-08, DEC-09, DEC-12, DEC-13.
#[tokio::test(flavor = "multi_thread")]
async fn what_an_outcome_asks_prints_under_the_procedures_own_name_and_is_open_where_it_is_offered() {
    let asks = [
        ("start_child_and_family_assessment", "who", "Who leads it"),
        ("disciplinary_investigation", "who", "The employer or body"),
        ("police_investigation", "who", "The officer or unit in the case"),
        ("other_action", "description", "What"),
        ("transfer_to_early_help", "who", "The receiving service"),
    ];
    for procedure in PROCEDURES {
        let house = House::under_at(procedure, Stage::Open).await;
        for (code, part, label) in asks {
            let given = [("outcome", code), ("rationale", "As shared")];
            let got = house.chair().slash(&["chair", "outcome"], &given).await;
            let is_offered = procedure == OFFERS_THE_EIGHT || code == "other_action";
            assert_eq!(got.text().contains("Not said yet: "), is_offered, "{procedure} {code}: {}", got.text());
            let given = [&given[..], &[(part, "Imogen's own words")]].concat();
            if is_offered {
                house.chair().presses_in(&got, "supply", &[(part, "Imogen's own words")]).await;
            } else {
                house.chair().slash(&["chair", "outcome"], &given).await;
            }
            let minutes = house.minutes().await;
            assert!(minutes.contains(&format!("{label}: Imogen's own words")), "{procedure} {code}");
        }
        assert!(!left_open(&house).await.contains("• Outcome"), "{procedure}");
        house.close().await;
    }
    let house = House::under_at(OFFERS_THE_EIGHT, Stage::Open).await;
    for (code, ..) in asks {
        house.chair().slash(&["chair", "outcome"], &[("outcome", code), ("rationale", "As shared")]).await;
    }
    let open = left_open(&house).await;
    assert_eq!(open.matches("• Outcome").count(), asks.len(), "{open}");
    house.close().await;
}

/// Shows: DEC-06.
#[tokio::test(flavor = "multi_thread")]
async fn a_button_asks_only_what_the_chosen_outcome_asks() {
    let house = House::at(Stage::Deciding).await;
    let given = [("outcome", "police_investigation"), ("rationale", "A crime"), ("who", "DS Orr"), ("at", "tomorrow")];
    let got = house.chair().presses("outcome", &given).await;
    assert!(got.text().contains("DS Orr") && !got.text().contains("8 December"), "{}", got.text());
    house.close().await;
}

/// Shows: DEC-08.
#[tokio::test(flavor = "multi_thread")]
async fn a_disciplinary_investigation_asks_for_the_designated_officer_where_it_is_offered() {
    for procedure in PROCEDURES {
        let house = House::under_at(procedure, Stage::Open).await;
        house.goes_on_to(Stage::Deciding).await;
        let given = [("outcome", "disciplinary_investigation"), ("rationale", "As shared"), ("who", "Acorn Steps")];
        let got = house.chair().slash(&["chair", "outcome"], &given).await;
        let is_asked = got.buttons().iter().any(|label| label == "Designated officer notified");
        assert_eq!(is_asked, procedure == OFFERS_THE_EIGHT, "{procedure}: {:?}", got.buttons());
        let answer = [("prompt", "designated_officer"), ("notified", "yes"), ("text", "Rowan, by noon")];
        house.chair().slash(&["chair", "prompt"], &answer).await;
        let minutes = house.minutes().await;
        assert!(minutes.contains("Disciplinary investigation | Chosen"), "{procedure}");
        assert!(minutes.contains("Rowan, by noon"), "{procedure}");
        house.close().await;
    }
}

/// Shows: DEC-10.
#[tokio::test(flavor = "multi_thread")]
async fn a_follow_up_meeting_plans_the_next_session_which_is_then_held_when_it_says() {
    for procedure in PROCEDURES {
        let house = House::under_at(procedure, Stage::Open).await;
        let code = "arrange_follow_up_strategy_meeting";
        let given = [("outcome", code), ("rationale", "Tests outstanding"), ("at", "10 December 2026 14:00")];
        house.chair().slash(&["chair", "outcome"], &given).await;
        let board = house.board().await.text;
        assert!(board.contains("**Session 2** planned, 10 December 2026 14:00"), "{procedure}: {board}");
        let minutes = house.minutes().await;
        let line = "Session 2 is planned for 10 December 2026 14:00. It follows session 1.";
        assert!(minutes.contains(line), "{procedure}");
        house.chair().closes().await;
        house.has_drafted().await;
        let convened = house.social_worker().slash(&["strategy", "convene"], &[("form", "meeting")]).await;
        assert!(convened.text().contains("10 December"), "{procedure}: {}", convened.text());
        let board = house.board().await.text;
        assert!(board.contains("session 2") && !board.contains("**Session 2** planned"), "{procedure}: {board}");
        house.close().await;
    }
}

/// Shows: DEC-10, DEC-39.
#[tokio::test(flavor = "multi_thread")]
async fn a_latest_day_is_no_start() {
    for procedure in PROCEDURES {
        let house = House::under_at(procedure, Stage::Open).await;
        let code = "arrange_follow_up_strategy_meeting";
        let given = [("outcome", code), ("rationale", "Tests outstanding"), ("at", "10 December 2026")];
        house.chair().slash(&["chair", "outcome"], &given).await;
        let board = house.board().await.text;
        assert!(board.contains("**Session 2** planned, by 10 December 2026\n"), "{procedure}: {board}");
        let minutes = house.minutes().await;
        let line = "Session 2 is planned for 10 December 2026 at the latest. It follows session 1.";
        assert!(minutes.contains(line), "{procedure}: {minutes}");
        house.chair().closes().await;
        house.has_drafted().await;
        let convened = house.social_worker().slash(&["strategy", "convene"], &[("form", "meeting")]).await;
        let text = convened.text();
        assert!(text.contains("No date fixed yet"), "{procedure}: nobody is asked for midnight: {text}");
        house.close().await;
    }
}

/// Shows: DEC-10.
#[tokio::test(flavor = "multi_thread")]
async fn a_follow_up_meeting_without_its_date_is_planned_and_stays_open_where_it_is_offered() {
    for procedure in PROCEDURES {
        let house = House::under_at(procedure, Stage::Open).await;
        let given = [("outcome", "arrange_follow_up_strategy_meeting"), ("rationale", "Tests outstanding")];
        let got = house.chair().slash(&["chair", "outcome"], &given).await;
        let board = house.board().await.text;
        assert!(board.contains("**Session 2** planned, no date yet"), "{procedure}: {board}");
        let minutes = house.minutes().await;
        assert!(minutes.contains("Session 2 is planned; no date is set yet. It follows session 1."), "{procedure}");
        // Under a name of their own, two others offer it too.
        let offers = ["county-strategy-meetings", "practice-guidance", OFFERS_THE_EIGHT].contains(&procedure);
        assert_eq!(got.buttons().contains(&"Say what is missing".to_owned()), offers, "{procedure}");
        let open = left_open(&house).await;
        let is_open = open.lines().any(|line| line.starts_with("• Outcome") && line.ends_with("(Date and time)"));
        assert_eq!(is_open, offers, "{procedure}: {open}");
        if offers {
            house.has_drafted().await;
            house.chair().presses_in(&got, "supply", &[("at", "10 December 2026 14:00")]).await;
            let board = house.board().await.text;
            assert!(board.contains("**Session 2** planned, 10 December 2026 14:00"), "{procedure}: {board}");
        }
        house.close().await;
    }
}

/// Shows: DEC-11.
#[tokio::test(flavor = "multi_thread")]
async fn a_referral_becomes_an_action_that_names_the_agency() {
    for procedure in PROCEDURES {
        let house = House::under_at(procedure, Stage::Open).await;
        let given = [("outcome", "referral_to_other_agency"), ("rationale", "Advice is needed")];
        house.chair().slash(&["chair", "outcome"], &given).await;
        assert!(!house.minutes().await.contains("Make the referral"), "{procedure}: to whom is not known yet");
        let named = [&given[..], &[("agency", "Larkhaven Therapy")]].concat();
        house.chair().slash(&["chair", "outcome"], &named).await;
        house.chair().slash(&["chair", "outcome"], &named).await;
        let minutes = house.minutes().await;
        assert_eq!(minutes.matches("| Make the referral: Larkhaven Therapy |").count(), 1, "{procedure}");
        house.close().await;
    }
}

/// Shows: DEC-13, DEC-14.
#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_go_with_section_47_is_saved_marked_and_asks_for_its_reason() {
    for procedure in PROCEDURES {
        for code in ["transfer_to_early_help", "no_further_action"] {
            let house = House::under_at(procedure, Stage::Open).await;
            let section_47 = [("decision", "initiate"), ("mode", "joint"), ("rationale", "As shared")];
            house.chair().slash(&["chair", "section-47"], &section_47).await;
            let given = [("outcome", code), ("rationale", "The rest is settled"), ("who", "The hub")];
            let got = house.chair().slash(&["chair", "outcome"], &given).await;
            assert!(got.text().contains("does not go with Start section 47 enquiries"), "{procedure}: {}", got.text());
            let open = left_open(&house).await;
            assert!(open.contains("An outcome contradicts section 47"), "{procedure}: {open}");
            house.has_drafted().await;
            let label = &house.config.procedures[procedure].outcome(code).expect("it is there").label;
            let asks = format!("Say what is missing: {label}");
            let messages = house.room_messages().await;
            let mut buttons = messages.iter().flat_map(|message| message.buttons());
            assert!(buttons.any(|button| button.label == asks), "{procedure}: asked again before the record is issued");
            assert!(house.minutes().await.contains("Why both: not recorded"), "{procedure}");
            let reason = [("despite", "Early help is for the grandmother")];
            house.chair().presses_in(&got, "supply", &reason).await;
            let minutes = house.minutes().await;
            assert!(minutes.contains("contradictory: Section 47 enquiries are initiated"), "{procedure}");
            assert!(minutes.contains("Why both: Early help is for the grandmother"), "{procedure}");
            house.close().await;
        }
    }
}

/// Shows: DEC-14.
#[tokio::test(flavor = "multi_thread")]
async fn nor_does_no_further_action_go_with_enquiries_that_continue() {
    for procedure in PROCEDURES {
        let house = in_a_second_session(procedure, "initiate").await;
        let decided = [("decision", "continue"), ("mode", "joint"), ("rationale", "They go on")];
        house.social_worker().slash(&["chair", "section-47"], &decided).await;
        let given = [("outcome", "no_further_action"), ("rationale", "The rest is settled")];
        let got = house.social_worker().slash(&["chair", "outcome"], &given).await;
        assert!(got.text().contains("does not go with Section 47 enquiries continue"), "{procedure}: {}", got.text());
        let minutes = house.minutes().await;
        assert!(minutes.contains("contradictory: Section 47 enquiries continue"), "{procedure}");
        assert!(minutes.contains("Why both: not recorded"), "{procedure}");
        house.chair().accepts().await;
        house.chair().passes_the_door().await;
        house.chair().opens().await;
        let open = left_open(&house).await;
        assert!(open.contains("An outcome contradicts section 47"), "{procedure}: {open}");
        house.close().await;
    }
}

/// Shows: DEC-13, DEC-14.
#[tokio::test(flavor = "multi_thread")]
async fn the_order_does_not_matter_and_another_child_is_another_matter() {
    let house = House::under_at("county-strategy-meetings", Stage::Open).await;
    house.chair().slash(&["chair", "outcome"], &[("outcome", "no_further_action"), ("rationale", "Settled")]).await;
    let got = house.chair().slash(&["chair", "section-47"], &[("decision", "initiate"), ("rationale", "Not so")]).await;
    assert!(got.text().contains("No further action does not go with Start section 47 enquiries"), "{}", got.text());
    house.chair().slash(&["chair", "section-47"], &[("decision", "do_not_initiate"), ("rationale", "It is")]).await;
    assert!(!house.minutes().await.contains("contradictory"));
    house.close().await;

    let house = House::under_at("county-strategy-meetings", Stage::Open).await;
    let cousin = [("name", "Tam Quillfeather"), ("born", "1 May 2020"), ("subject", "false"), ("stage", "school_age")];
    house.social_worker().slash(&["strategy", "child"], &cousin).await;
    house.chair().slash(&["chair", "section-47"], &[("decision", "initiate"), ("rationale", "For Ellis")]).await;
    let tam = house.chair().picks(&["chair", "outcome"], "for_child", "Tam").await;
    let given = [("outcome", "no_further_action"), ("rationale", "Lives elsewhere"), ("for_child", tam.as_str())];
    let got = house.chair().slash(&["chair", "outcome"], &given).await;
    assert!(!got.text().contains("does not go with"), "{}", got.text());
    house.close().await;
}

/// Shows: DEC-14, DEC-15.
#[tokio::test(flavor = "multi_thread")]
async fn no_further_action_and_section_17_are_minuted_decisions_in_every_procedure() {
    for procedure in PROCEDURES {
        let house = House::under_at(procedure, Stage::Open).await;
        let offers = procedure == "county-strategy-meetings";
        let fuller = if offers { "core" } else { "fuller" };
        let recommended = format!("Section 17 assessment required, {fuller} assessment recommended");
        let chosen = [
            ("no_further_action", "No further action"),
            ("section_17_assessment", "Section 17 assessment required"),
            ("section_17_core_assessment", &recommended),
        ];
        for (code, label) in chosen {
            let given = [("outcome", code), ("rationale", "The threshold is not met")];
            house.chair().slash(&["chair", "outcome"], &given).await;
            let row = format!("| {label} | Chosen | The threshold is not met |");
            assert!(house.minutes().await.contains(&row), "{procedure}: {row}");
            let offered = house.chair().is_offered(&["chair", "outcome"], "outcome", "").await;
            assert_eq!(offered.iter().any(|choice| choice.name == label), offers, "{procedure}: {label}");
            let found = house.chair().is_offered(&["chair", "outcome"], "outcome", label).await;
            assert!(found.iter().any(|choice| choice.name == label), "{procedure}: whoever looks for it finds it");
        }
        house.close().await;
    }
}

/// Shows: DEC-16.
#[tokio::test(flavor = "multi_thread")]
async fn initiating_section_47_starts_the_assessment_in_the_procedures_own_word() {
    let starts = [
        ("county-strategy-meetings", "Start the core assessment"),
        ("practice-guidance", "Start the updated child and family assessment"),
    ];
    for procedure in PROCEDURES {
        let house = House::under_at(procedure, Stage::Open).await;
        house.chair().slash(&["chair", "section-47"], &[("decision", "initiate"), ("rationale", "As shared")]).await;
        let minutes = house.minutes().await;
        match starts.iter().find(|(slug, _)| *slug == procedure) {
            Some((_, what)) => assert!(minutes.contains(&format!("| {what} |")), "{procedure}"),
            None => assert!(!minutes.contains("Section 47 decision: the assessment"), "{procedure}"),
        }
        let evidences = minutes.contains("To evidence the outcome of the section 47 enquiry");
        assert_eq!(evidences, procedure == "practice-guidance", "{procedure}");
        house.close().await;
    }
}

/// Shows: DEC-16.
#[tokio::test(flavor = "multi_thread")]
async fn where_the_assessment_is_off_an_authority_that_turns_it_on_has_its_action_in_the_procedures_term() {
    for procedure in ["seven-minute-briefing", "remote-format", "audit-assured"] {
        let mut config = Config::built_in();
        let own = config.procedures.get_mut(procedure).expect("it ships");
        let term = own.assessment_term.clone();
        assert_eq!(own.levels.insert("DEC-16".to_owned(), Level::On), Some(Level::Off), "{procedure}: off as it ships");
        let house = House::configured(config, procedure).await;
        house.gathers().await;
        house.chair().opens().await;
        house.chair().slash(&["chair", "section-47"], &[("decision", "initiate"), ("rationale", "As shared")]).await;
        let minutes = house.minutes().await;
        let row = minutes.lines().find(|line| line.contains("| Start or update the "));
        let row = row.unwrap_or_else(|| panic!("{procedure}: {minutes}"));
        assert!(row.contains(&format!("{term} |")) && row.contains("Rowan Ashby"), "{procedure}: {row}");
        house.close().await;
    }
}
