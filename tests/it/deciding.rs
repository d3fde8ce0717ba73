//! Section 47, outcomes, actions and positions: the recorder drafts, the chair confirms, and what is missing is marked.

mod outcomes;
mod positions;
mod purpose;
mod section_47;

use convenor::domain::case::Case;
use convenor::domain::stage::Stage;

use crate::support::{Cast, House, PROCEDURES, section};

/// The chair closes; everything the room was told stays open, however many posts it took.
async fn left_open(house: &House) -> String {
    house.chair().closes().await;
    house.room_posts().await.join("\n")
}

#[tokio::test(flavor = "multi_thread")]
async fn the_recorder_drafts_and_the_chair_confirms() {
    let house = House::at(Stage::Deciding).await;
    let given = [("decision", "initiate"), ("mode", "joint"), ("rationale", "The injury has no explanation")];
    let drafted = house.social_worker().slash(&["chair", "section-47"], &given).await;
    assert!(drafted.text().contains("drafted; the chair confirms it"), "{}", drafted.text());
    assert!(!house.room_has("The injury has no explanation").await);
    assert!(house.minutes().await.contains("draft, not confirmed"));
    let refused = house.social_worker().presses("confirm_drafts", &[]).await;
    assert_eq!(refused.code(), "for_chair");
    house.chair().presses("confirm_drafts", &[]).await;
    assert!(house.room_has("Section 47: Start section 47 enquiries").await);
    assert!(house.room_has("The injury has no explanation").await);
    let minutes = house.minutes().await;
    assert!(minutes.contains("Entered by: Rowan Ashby") && minutes.contains("Confirmed by: Imogen Vale"));
    assert!(!minutes.contains("draft, not confirmed"));
    house.close().await;
}

/// Shows: DEC-46.
#[tokio::test(flavor = "multi_thread")]
async fn section_47_can_be_decided_as_soon_as_the_door_is_passed() {
    for stage in [Stage::Open, Stage::Sharing, Stage::Questions, Stage::Actions] {
        let house = House::at(stage).await;
        let got = house.chair().slash(&["chair", "section-47"], &[("decision", "initiate"), ("mode", "joint")]).await;
        // The form asks for its words once; they may stay blank.
        assert!(got.text().contains("recorded"), "{stage:?}: {}", got.text());
        assert_eq!(house.db_count("quorum_stated").await, 1, "{stage:?}");
        assert!(house.room_has("Section 47: Start section 47 enquiries").await);
        house.close().await;
    }
    let house = House::gathered().await;
    let got = house.chair().slash(&["chair", "section-47"], &[("decision", "initiate")]).await;
    assert!(got.text().contains("recorded"), "before the opening too: {}", got.text());
    house.close().await;
}

/// Shows: DEC-02.
#[tokio::test(flavor = "multi_thread")]
async fn the_grounds_print_beside_the_rationale_which_is_marked_and_open_while_it_is_blank() {
    let grounds = "- Causes for concern: A spiral fracture seen on the ward, without an explanation that fits";
    for procedure in PROCEDURES {
        let house = House::under_at(procedure, Stage::Deciding).await;
        for (rationale, printed) in [("The explanation fits", "The explanation fits"), ("", "not recorded")] {
            let given = [("decision", "do_not_initiate"), ("rationale", rationale)];
            house.chair().slash(&["chair", "section-47"], &given).await;
            let decided = section(&house.minutes().await, "Section 47 decision");
            assert!(decided.contains(&format!("{grounds}\n- Rationale: {printed}\n")), "{procedure}: {decided}");
            assert_eq!(house.room_has("Why: rationale not given").await, rationale.is_empty(), "{procedure}");
        }
        let open = left_open(&house).await;
        assert!(open.contains("• Section 47 decision (Rationale)"), "{procedure}: {open}");
        house.close().await;
    }
    let house = House::at(Stage::Deciding).await;
    let given = [("decision", "do_not_initiate"), ("rationale", "The explanation fits")];
    house.chair().slash(&["chair", "section-47"], &given).await;
    assert!(!left_open(&house).await.contains("• Section 47 decision"));
    house.close().await;
}

/// What each procedure's list offers, in its order and its own words.
const LISTS: [(&str, &[&str]); 5] = [
    (
        "county-strategy-meetings",
        &[
            "Start or continue section 47 enquiries",
            "Do not start section 47 enquiries",
            "Section 17 assessment required",
            "Section 17 assessment required, core assessment recommended",
            "No further action",
            "Interim services and support",
            "Legal action",
            "Further meeting or discussion",
            "Other action",
        ],
    ),
    (
        "seven-minute-briefing",
        &["Section 47 enquiries start", "Section 47 enquiries do not start", "Immediate safeguarding action", "Other"],
    ),
    (
        "practice-guidance",
        &[
            "Section 47 enquiries start",
            "Section 47 enquiries do not start",
            "A strategy meeting is required",
            "Further discussion by a date",
            "Other",
        ],
    ),
    (
        "remote-format",
        &[
            "Start section 47 enquiries",
            "Start a child and family assessment",
            "Disciplinary investigation",
            "Police investigation",
            "Arrange a follow-up strategy meeting",
            "Referral to another agency",
            "Other action",
            "Transfer to early help",
        ],
    ),
    (
        "audit-assured",
        &[
            "Section 47 enquiries start",
            "Section 47 enquiries do not start",
            "Immediate action",
            "Short-term action",
            "Other",
        ],
    ),
];

/// Shows: DEC-06, DEC-15.
#[tokio::test(flavor = "multi_thread")]
async fn each_procedure_offers_its_own_list_of_which_several_can_be_chosen_each_with_its_rationale() {
    assert_eq!(LISTS.map(|(procedure, _)| procedure), PROCEDURES);
    for (procedure, list) in LISTS {
        let house = House::under_at(procedure, Stage::Deciding).await;
        let offered = house.chair().is_offered(&["chair", "outcome"], "outcome", "").await;
        let labels: Vec<_> = offered.iter().map(|choice| choice.name.as_str()).collect();
        assert_eq!(labels, list, "{procedure}");
        let said = [("rationale", "As shared"), ("mode", "joint"), ("who", "DS Orr"), ("agency", "The hub")];
        let said = [&said[..], &[("at", "10 December 2026 14:00"), ("description", "Ring the ward")]].concat();
        for (n, choice) in offered.iter().enumerate() {
            let code = choice.value.as_str().expect("a code");
            let rationale = if n == 0 { "" } else { "As shared" };
            let given = [&[("outcome", code)], &said[1..], &[("rationale", rationale)]].concat();
            house.chair().slash(&["chair", "outcome"], &given).await;
        }
        let minutes = house.minutes().await;
        let chosen = section(&minutes, "Decision and outcomes");
        for (n, label) in list.iter().enumerate() {
            let rationale = if n == 0 { "not recorded" } else { "As shared" };
            let row = chosen.lines().find(|line| line.starts_with(&format!("| {label} | ")));
            let row = row.unwrap_or_else(|| panic!("{procedure}: {label}: {chosen}"));
            assert!(row.contains("Chosen") && row.contains(&format!("| {rationale} |")), "{procedure}: {row}");
        }
        let open = left_open(&house).await;
        let lacking: Vec<_> = open.lines().filter(|line| line.starts_with("• Outcome")).collect();
        assert!(lacking.len() == 1 && lacking[0].ends_with("(Rationale)"), "{procedure}: {lacking:?}");
        house.close().await;
    }
}

/// Shows: DEC-06.
#[tokio::test(flavor = "multi_thread")]
async fn exactly_the_eight_outcomes_are_offered_and_each_needs_its_rationale() {
    let house = House::at(Stage::Deciding).await;
    let offered = house.chair().is_offered(&["chair", "outcome"], "outcome", "").await;
    let labels: Vec<_> = offered.iter().map(|choice| choice.name.as_str()).collect();
    let (_, eight) = LISTS.into_iter().find(|(procedure, _)| *procedure == house.procedure()).expect("it has a list");
    assert!(eight.len() == 8 && labels == eight, "{labels:?}");
    let other = house.chair().slash(&["chair", "outcome"], &[("outcome", "conference"), ("rationale", "x")]).await;
    assert_eq!(other.code(), "not_a_choice");
    let given =
        [("outcome", "police_investigation"), ("rationale", "A crime may have been committed"), ("who", "DS Orr")];
    house.chair().slash(&["chair", "outcome"], &given).await;
    house.chair().slash(&["chair", "outcome"], &[("outcome", "transfer_to_early_help"), ("who", "Hub")]).await;
    assert!(house.room_has("Outcome: Police investigation** · DS Orr: A crime may have been committed").await);
    assert!(house.room_has("Outcome: Transfer to early help** · Hub: rationale not given").await);
    house.chair().slash(&["chair", "close"], &[("reason", "not reached, next session")]).await;
    let closed = house.room_posts().await.into_iter().find(|post| post.contains("things stay open"));
    let closed = closed.expect("what stays open is listed");
    assert_eq!(closed.matches("• Outcome").count(), 1, "{closed}");
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_action_saves_with_whatever_is_there_and_names_what_is_missing() {
    let house = House::at(Stage::Actions).await;
    let got = house.chair().slash(&["action", "add"], &[("what", "Theo to ring the ward")]).await;
    assert!(got.text().contains("action 1 recorded. Still missing: "), "{}", got.text());
    assert!(house.room_has("1. Theo to ring the ward — no named owner, no date").await);
    house.goes_on_to(Stage::ReadBack).await;
    let read_back = house.room_posts().await.into_iter().find(|post| post.contains("**Read-back**"));
    let read_back = read_back.expect("it is read back");
    assert!(read_back.contains("Theo to ring the ward — no named owner, no date"), "{read_back}");
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_owner_answers_for_their_own_action_and_nobody_elses() {
    let house = House::at(Stage::Actions).await;
    let owner = house.chair().picks(&["action", "add"], "owner", "Dana Okafor").await;
    let given = [("what", "Fetch the call log"), ("owner", owner.as_str()), ("due", "8 December 2026 12:00")];
    house.chair().slash(&["action", "add"], &given).await;
    let other = house.health_visitor().presses("accept_action", &[]).await;
    assert_eq!(other.code(), "not_your_action");
    let own = house.police().presses("accept_action", &[]).await;
    assert_eq!(own.code(), "action_answered");
    assert!(house.minutes().await.to_lowercase().contains("accepted"));
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_agency_gives_its_position_and_silence_is_not_agreement() {
    let house = House::at(Stage::ReadBack).await;
    let police = house.police().presses("agree_all", &[]).await;
    assert_eq!(police.code(), "position_given", "{}", police.text());
    let worker = house.chair().picks(&["chair", "position"], "for", "Rowan Ashby").await;
    let given = [("for", worker.as_str()), ("position", "disagree"), ("about", "A joint visit is needed today")];
    house.chair().slash(&["chair", "position"], &given).await;
    let minutes = house.minutes().await;
    assert!(minutes.contains("A joint visit is needed today"), "{minutes}");
    assert!(minutes.contains("said aloud, entered by Imogen Vale"), "{minutes}");
    assert!(minutes.contains("No position given"), "{minutes}");
    let dissent = house.who(Cast::HealthVisitor).slash(&["challenge"], &[("about", "No medical was agreed")]).await;
    assert_eq!(dissent.code(), "challenge_raised");
    assert!(house.room_has("No medical was agreed").await);
    house.close().await;
}

/// The numbers of what waits to be confirmed.
async fn waiting(house: &House) -> Vec<String> {
    let case = Case::fold(&house.db_journal().await).expect("there is a case");
    case.session().expect("a session").unconfirmed().map(|draft| draft.id.to_string()).collect()
}

/// Shows: SES-06, DEC-44.
#[tokio::test(flavor = "multi_thread")]
async fn drafts_are_listed_and_confirmed_singly_or_all_together_and_print_both_names() {
    let house = House::at(Stage::Deciding).await;
    let decided = [("decision", "initiate"), ("mode", "joint"), ("rationale", "The injury has no explanation")];
    house.social_worker().presses("section_47", &decided).await;
    let chosen = [("outcome", "other_action"), ("rationale", "The family asked for it"), ("description", "A visit")];
    house.social_worker().slash(&["chair", "outcome"], &chosen).await;
    house.social_worker().slash(&["action", "add"], &[("what", "Ring the ward tonight")]).await;
    let risk = [("prompt", "risk"), ("about", "c1"), ("level", "high"), ("rationale", "The older fractures")];
    house.social_worker().slash(&["chair", "prompt"], &risk).await;
    let safe = [("prompt", "item_zero"), ("about", "c1"), ("safe", "yes"), ("with_whom", "ward staff")];
    house.social_worker().slash(&["chair", "prompt"], &safe).await;
    let drafted = waiting(&house).await;
    assert_eq!(drafted.len(), 5, "each of them waits");
    let shown = house.chair().presses("drafts", &[]).await;
    assert!(shown.is_private() && shown.buttons().contains(&"Confirm all drafts".to_owned()), "{}", shown.text());
    for said in [
        "The injury has no explanation",
        "The family asked for it",
        "Ring the ward tonight",
        "The older fractures",
        "ward staff",
        "Rowan Ashby",
    ] {
        assert!(shown.text().contains(said), "{said}: {}", shown.text());
    }
    let case = Case::fold(&house.db_journal().await).expect("there is a case");
    let (decision, _) = case.session().and_then(|session| session.section_47()).expect("the decision");
    let decision = decision.id.to_string();
    let one = house.chair().presses_in(&shown, "confirm_draft", &[("draft", &decision)]).await;
    assert_eq!((one.code(), one.presses), ("drafts_confirmed", 1), "{}", one.text());
    assert!(house.room_has("The injury has no explanation").await);
    assert!(!house.room_has("The family asked for it").await, "the others still wait");
    let others: Vec<_> = drafted.into_iter().filter(|draft| *draft != decision).collect();
    assert_eq!(waiting(&house).await, others);
    let rest = house.chair().presses_in(&one, "drafts", &[]).await;
    let all = house.chair().presses_in(&rest, "confirm_drafts", &[]).await;
    assert_eq!((all.code(), all.presses), ("drafts_confirmed", 1), "all together: {}", all.text());
    assert!(waiting(&house).await.is_empty());
    let minutes = house.minutes().await;
    let decided = section(&minutes, "Section 47 decision");
    for fact in ["- Entered by: Rowan Ashby, Social worker", "- Confirmed by: Imogen Vale, Team manager"] {
        assert!(decided.contains(fact), "{fact}: {decided}");
    }
    for part in ["Decision and outcomes", "Actions", "Risk"] {
        let printed = section(&minutes, part);
        assert!(printed.contains("entered by Rowan Ashby, confirmed by Imogen Vale"), "{part}: {printed}");
    }
    let safety = section(&minutes, "Immediate safety of each child");
    assert!(safety.contains("ward staff") && !safety.contains("not confirmed"), "{safety}");
    house.close().await;
}

/// Shows: SES-06.
#[tokio::test(flavor = "multi_thread")]
async fn a_draft_is_changed_in_the_form_it_was_entered_with_and_what_is_left_at_the_close_is_open() {
    let house = House::at(Stage::Actions).await;
    house.social_worker().slash(&["action", "add"], &[("what", "Ring the ward"), ("place", "Ward 4")]).await;
    house.social_worker().slash(&["action", "add"], &[("what", "Write to the school")]).await;
    let drafted = waiting(&house).await;
    let ring = drafted.iter().rev().nth(1).expect("the first of the two");
    let refused = house.police().presses("drafts", &[]).await;
    assert!(refused.text().contains("for the chair (Imogen Vale) or the recorder"), "{}", refused.text());
    let shown = house.chair().presses("drafts", &[]).await;
    let given = [("changes", ring.as_str()), ("what", "Ring the ward before eight")];
    let changed = house.chair().presses_in(&shown, "action", &given).await;
    assert_eq!(changed.code(), "entered", "{}", changed.text());
    let case = Case::fold(&house.db_journal().await).expect("there is a case");
    let rings: Vec<_> = case.actions.iter().filter(|one| one.entered.what.words().starts_with("Ring")).collect();
    let [ring] = rings.as_slice() else { panic!("it is the same action: {rings:?}") };
    assert_eq!(ring.entered.what.words(), "Ring the ward before eight");
    assert_eq!(ring.entered.place.words(), "Ward 4", "what nobody changed stands");
    house.chair().closes().await;
    assert!(house.room_has("Entered, not confirmed by the chair").await, "what was left is listed as open");
    house.close().await;
}
