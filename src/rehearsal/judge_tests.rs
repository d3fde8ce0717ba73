use serde_json::json;

use super::*;
use crate::config::Content;
use crate::rehearsal::cast::case_file::parse;
use crate::rehearsal::play::SHIPPED_CASES;
use crate::rehearsal::report::{Acknowledgement, ActionLine, Deadlines, Quorum, RefusedLine};

fn report() -> Report {
    Report {
        case: "case".into(),
        procedure: "procedure".into(),
        content: Content::Room,
        steps: Vec::new(),
        deadlines: Deadlines::default(),
        quorum: Quorum { met: true, missing: Vec::new() },
        chair_allowed: true,
        held_late: false,
        status: Vec::new(),
        open_items: Vec::new(),
        refused: Vec::new(),
        posts: Vec::new(),
        recipients: Vec::new(),
        circulation: Vec::new(),
        actions: Vec::new(),
        contributors: Vec::new(),
        acknowledgement_ms: Acknowledgement::default(),
        requests: std::collections::BTreeMap::new(),
        requests_total: 0,
        milliseconds: 0,
    }
}

fn judged(expected: Value, report: &Report, minutes: &str) -> Vec<Verdict> {
    let mut case = parse("case.json", SHIPPED_CASES[0].1).expect("a shipped case").case;
    case.expected = expected;
    (case.out_of_turn, case.questions, case.wrong_meeting) = (Vec::new(), Vec::new(), Vec::new());
    case.actions = Vec::new();
    let evidence = Evidence {
        report,
        profile: Some("P3"),
        minutes,
        common: minutes,
        family: "",
        copies: &[],
        channels: Vec::new(),
    };
    judge(&case, &evidence)
}

#[test]
fn the_same_instant_may_be_written_in_two_ways() {
    let mut report = report();
    report.deadlines.circulation_due = Some("2026-12-12T23:59:00+00:00".into());
    let expected = json!({ "deadlines": { "circulation_due": { "P3": "2026-12-12T23:59+00:00" } } });
    assert!(all_held(&judged(expected, &report, "")));
    let other = json!({ "deadlines": { "circulation_due": { "P3": "2026-12-13T23:59+00:00" } } });
    assert!(!all_held(&judged(other, &report, "")));
}

#[test]
fn a_deadline_nobody_set_has_to_be_missing() {
    let mut report = report();
    let expected = json!({ "deadlines": { "hold_by": { "P3": { "deadline": null, "held_late": false } } } });
    assert!(all_held(&judged(expected.clone(), &report, "")));
    report.deadlines.hold_by = Some("2026-12-12T23:59:00+00:00".into());
    assert!(!all_held(&judged(expected, &report, "")));
}

#[test]
fn of_several_forms_the_one_that_applies_is_compared() {
    let mut report = report();
    report.deadlines.circulation_due = Some("2026-12-10T23:59:00+00:00".into());
    let due = json!({ "as_meeting": "2026-12-10T23:59+00:00", "as_discussion": "x", "applies_here": "as_meeting" });
    assert!(all_held(&judged(json!({ "deadlines": { "circulation_due": { "P3": due } } }), &report, "")));
}

#[test]
fn quorum_names_exactly_who_is_missing() {
    let mut report = report();
    report.quorum = Quorum { met: false, missing: vec!["health".into()] };
    let expected = |missing: &str| json!({ "quorum": { "P3": { "met": false, "missing": [missing] } } });
    assert!(all_held(&judged(expected("health"), &report, "")));
    assert!(!all_held(&judged(expected("police"), &report, "")));
}

#[test]
fn other_profiles_say_nothing_here() {
    let expected = json!({ "quorum": { "P1": { "met": false, "missing": ["police"] } } });
    assert!(all_held(&judged(expected, &report(), "")));
}

#[test]
fn texts_are_looked_for_as_they_are_written() {
    let lists = json!({ "minutes_contain_data": ["EM-26"], "minutes_lack": ["secret"] });
    assert!(all_held(&judged(lists.clone(), &report(), "Reference EM-26-0412")));
    assert!(!all_held(&judged(lists.clone(), &report(), "Reference em-26-0412")));
    assert!(!all_held(&judged(lists, &report(), "EM-26, and a secret")));
}

#[test]
fn a_copy_nobody_wrote_is_no_finding() {
    assert!(!all_held(&judged(json!({ "family_copy_lacks": ["secret"] }), &report(), "")));
}

#[test]
fn only_what_everybody_may_see_counts_as_outside() {
    let post = |place: &str, ephemeral| PostLine {
        place: place.into(),
        ephemeral,
        private_to: None,
        text: "Rowan is here".into(),
    };
    let expected = json!({ "outside_channel_lacks": ["Rowan"] });
    let mut report = report();
    report.posts = vec![post("duty/Police", false)];
    report.posts[0].text = "A meeting is held".into();
    report.posts.extend([post("case", false), post("duty/Police", true)]);
    assert!(all_held(&judged(expected.clone(), &report, "")));
    report.posts.push(post("direct/chair", false));
    assert!(!all_held(&judged(expected, &report, "")));
}

#[test]
fn prose_is_for_a_person() {
    let verdicts =
        judged(json!({ "blocked": ["Nobody shouts"], "by_profile": { "P3": ["AOB: None"] } }), &report(), "");
    assert_eq!(verdicts.len(), 2);
    assert!(verdicts.iter().all(|verdict| verdict.held == Held::ForAPerson));
    assert!(all_held(&verdicts));
}

#[test]
fn an_attempt_out_of_turn_has_to_be_refused() {
    let case = parse("case.json", SHIPPED_CASES[0].1).expect("a shipped case").case;
    let mut report = report();
    assert!(!all_held(&attempts(&case, &report)[..1]));
    report.refused.push(RefusedLine { who: "hv".into(), does: "share", code: "not_your_turn".into() });
    assert!(all_held(&attempts(&case, &report)[..1]));
}

#[test]
fn every_action_of_the_case_is_in_the_plan_with_its_owner_and_time() {
    let case = parse("case.json", SHIPPED_CASES[0].1).expect("a shipped case").case;
    let mut report = report();
    report.actions = case
        .actions
        .iter()
        .map(|action| ActionLine {
            n: action.n as u16 + 3,
            what: action.what.clone(),
            who: action.who.clone(),
            due: action.due.map(|due| iso_with_offset(due.0)),
            status: "pending",
        })
        .collect();
    assert!(!case.actions.is_empty() && all_held(&actions(&case, &report)));
    report.actions[1].due = None;
    report.actions[2].who = Some("hv".into());
    report.actions.remove(4);
    let held: Vec<_> = actions(&case, &report).iter().map(|verdict| verdict.held == Held::Yes).collect();
    assert_eq!(held[..6], [true, false, false, true, false, true]);
}

#[test]
fn nothing_else_is_refused() {
    let case = parse("case.json", SHIPPED_CASES[0].1).expect("a shipped case").case;
    let mut report = report();
    let held = |report: &Report| refused(&case, report).is_some_and(|verdict| verdict.held == Held::Yes);
    assert!(!held(&report), "the attempt of the case is not there");
    report.refused.push(RefusedLine { who: "hv".into(), does: "share", code: "not_your_turn".into() });
    assert!(held(&report));
    report.refused.push(RefusedLine { who: "chair".into(), does: "close", code: "for_chair".into() });
    assert!(!held(&report));
}
