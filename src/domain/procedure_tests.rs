//! The shipped procedures against the figures and lists of the requirements.

use chrono::{DateTime, Utc};

use super::super::calendar::Calendar;
use super::super::due::instant;
use super::super::quorum::{Attendee, missing, standings};
use super::super::schooling::Schools;
use super::*;
use AgencyKind::{Education, Health, Police, SocialCare};

const COUNTY: &str = include_str!("../../bot-config/procedures/county-strategy-meetings.toml");
const BRIEFING: &str = include_str!("../../bot-config/procedures/seven-minute-briefing.toml");
const GUIDANCE: &str = include_str!("../../bot-config/procedures/practice-guidance.toml");
const REMOTE: &str = include_str!("../../bot-config/procedures/remote-format.toml");
const AUDIT: &str = include_str!("../../bot-config/procedures/audit-assured.toml");

fn procedure(text: &str) -> Procedure {
    toml::from_str(text).expect("the shipped file is readable")
}

fn at(text: &str) -> DateTime<Utc> {
    instant(text).expect("a time")
}

fn due(rule: &Rule, from: &str) -> DateTime<Utc> {
    let calendar = Calendar::from_gov_uk(include_str!("../../bot-config/bank-holidays.json")).expect("holidays");
    calendar.due(at(from), rule.within).at
}

/// Cases keep the procedure they were begun under, and some began when the repetitions of an alert came to an end.
#[test]
fn a_procedure_that_says_how_often_an_alert_is_repeated_says_when_the_manager_is_told() {
    let before = REMOTE.replace("danger_manager_from = 30", "danger_repeats_most = 12");
    assert_eq!(procedure(&before).waits.danger_manager_from, 12);
}

/// Shows: TIM-16, TIM-17, TIM-19.
#[test]
fn minutes_are_due_when_each_procedure_says() {
    let closed = "2026-12-23T14:00+00:00";
    let circulation = procedure(COUNTY).deadlines.circulation;
    assert_eq!(due(&circulation.meeting, closed), at("2026-12-30T23:59+00:00"));
    let complex = circulation.complex_meeting.expect("complex cases have a figure of their own");
    assert_eq!(due(&complex, closed), at("2026-12-24T23:59+00:00"));
    assert_eq!(due(&procedure(BRIEFING).deadlines.circulation.meeting, closed), at("2026-12-24T23:59+00:00"));
    let guidance = procedure(GUIDANCE).deadlines.circulation.meeting;
    assert_eq!(due(&guidance, "2026-12-11T14:30+00:00"), at("2026-12-12T14:30+00:00"));
    assert_eq!(due(&procedure(REMOTE).deadlines.circulation.meeting, closed), at("2026-12-28T23:59+00:00"));
    let audit = procedure(AUDIT).deadlines.circulation.meeting;
    assert_eq!(due(&audit, closed), at("2026-12-24T23:59+00:00"));
    assert!(audit.source.contains("local value"));
}

#[test]
fn sessions_are_held_by_when_each_procedure_says() {
    for silent in [COUNTY, BRIEFING, REMOTE] {
        assert_eq!(procedure(silent).deadlines.hold_by, HoldBy::default());
    }
    let guidance = procedure(GUIDANCE).deadlines;
    let serious = guidance.hold_by.serious_risk.expect("a figure");
    assert_eq!(due(&serious, "2026-12-14T23:10+00:00"), at("2026-12-14T23:59+00:00"));
    let complex = guidance.hold_by.complex.expect("a figure");
    assert_eq!(due(&complex, "2026-12-14T09:00+00:00"), at("2026-12-21T23:59+00:00"));
    let seen = guidance.child_seen.expect("a figure");
    assert_eq!(due(&seen, "2026-12-12T15:05+00:00"), at("2026-12-13T15:05+00:00"));
    let after = procedure(AUDIT).deadlines.hold_by.after_exceptional_action.expect("a figure");
    assert_eq!(due(&after, "2026-12-13T16:20+00:00"), at("2026-12-14T16:20+00:00"));
}

fn here(kind: AgencyKind, role: &str) -> Attendee {
    Attendee { kind, role_code: role.into(), rank: None, present: true, informed: false }
}

fn lacks(text: &str, form: super::super::event::SessionForm, people: &[Attendee], school: bool) -> Vec<String> {
    let minimum = procedure(text).minimum;
    let found = standings(minimum.of(form), minimum.distinct, people, Schools { school, ..Schools::default() });
    missing(&found).into_iter().map(str::to_owned).collect()
}

/// Shows: INV-03, INV-04.
#[test]
fn a_county_meeting_needs_health_information_and_a_discussion_two_managers() {
    use super::super::event::SessionForm::{Discussion, Meeting};
    let mut people = vec![here(SocialCare, "senior_practitioner"), here(Police, "child_protection_investigator")];
    assert_eq!(lacks(COUNTY, Meeting, &people, false), ["health_information"]);
    people.push(Attendee { present: false, informed: true, ..here(Health, "gp") });
    assert!(lacks(COUNTY, Meeting, &people, false).is_empty());
    let constable = Attendee { rank: Some("Police Constable".into()), ..here(Police, "child_protection_investigator") };
    let sergeant = Attendee { rank: Some("detective sergeant".into()), ..constable.clone() };
    let manager = here(SocialCare, "team_manager");
    assert_eq!(lacks(COUNTY, Discussion, &[manager.clone(), constable], false), ["police_manager"]);
    assert!(lacks(COUNTY, Discussion, &[manager, sergeant], false).is_empty());
}

/// Shows: INV-05, INV-07, INV-08.
#[test]
fn the_other_minimum_lists_are_theirs() {
    use super::super::event::SessionForm::Meeting;
    let three = [here(SocialCare, "team_manager"), here(Health, "gp"), here(Police, "police_officer")];
    assert_eq!(lacks(BRIEFING, Meeting, &three, false), ["social_worker"]);
    assert_eq!(lacks(AUDIT, Meeting, &three, false), ["social_worker"]);
    assert!(lacks(REMOTE, Meeting, &three, false).is_empty());
    assert!(lacks(GUIDANCE, Meeting, &three, false).is_empty());
    let nurse = [three.as_slice(), &[here(Health, "school_nurse")]].concat();
    assert_eq!(lacks(GUIDANCE, Meeting, &nurse, true), ["school"]);
    let school = [three.as_slice(), &[here(Education, "school_safeguarding_lead")]].concat();
    assert!(lacks(GUIDANCE, Meeting, &school, true).is_empty());
    assert_eq!(lacks(REMOTE, Meeting, &[], false), ["team_manager", "health", "police"]);
}

#[test]
fn a_policy_pinned_before_its_levels_had_times_is_read_as_one_without() {
    let pinned = r#"{ "policy": "Ours", "link": "", "stages": [{ "code": "practitioner", "label": "Between us" }] }"#;
    let policy: Disagreement = serde_json::from_str(pinned).expect("an older procedure is readable");
    let level = policy.stage("practitioner").expect("it has one");
    assert_eq!((level.within, level.held_by.len(), policy.after("practitioner")), (None, 0, None));
}
