//! The minimum lists of the five procedures, as the INV rows put them.

use proptest::prelude::*;

use super::super::procedure::Match;
use super::*;
use AgencyKind::{Education, Health, Police, SocialCare};

const NO_SCHOOL: Schools = Schools { school: false, duty_contact: false, closed: false };
const A_SCHOOL: Schools = Schools { school: true, ..NO_SCHOOL };

fn line(role: &str, kind: AgencyKind, roles: &[&str]) -> Required {
    Required {
        role: role.into(),
        label: role.replace('_', " "),
        any_of: vec![Match {
            agency_kind: kind,
            roles: roles.iter().map(ToString::to_string).collect(),
            ranks: Vec::new(),
        }],
        when: When::Always,
        when_closed: Vec::new(),
        information_suffices: false,
        source: "a test".into(),
    }
}

fn here(kind: AgencyKind, role: &str) -> Attendee {
    Attendee { kind, role_code: role.into(), rank: None, present: true, informed: false }
}

fn written(kind: AgencyKind, role: &str) -> Attendee {
    Attendee { kind, role_code: role.into(), rank: None, present: false, informed: true }
}

fn manager_health_police() -> Vec<Required> {
    vec![
        line("team_manager", SocialCare, &["team_manager", "acting_manager"]),
        line("health", Health, &[]),
        line("police", Police, &[]),
    ]
}

#[test]
fn each_required_role_is_met_or_missing_by_name() {
    let people = [here(SocialCare, "team_manager"), here(SocialCare, "social_worker"), here(Police, "police_officer")];
    let found = standings(&manager_health_police(), false, &people, NO_SCHOOL);
    assert_eq!(missing(&found), ["health"]);
    assert!(!is_quorate(&found));
    assert_eq!(found[0].by, [0]);
    assert_eq!(found[2], Standing { role: "police".into(), label: "police".into(), met: true, by: vec![2], gap: None });
}

#[test]
fn somebody_invited_but_absent_meets_nothing() {
    let absent = Attendee { present: false, ..here(Health, "gp") };
    let people = [here(SocialCare, "acting_manager"), absent, here(Police, "police_officer")];
    assert_eq!(missing(&standings(&manager_health_police(), false, &people, NO_SCHOOL)), ["health"]);
}

#[test]
fn all_who_meet_a_role_are_named() {
    let people = [here(Health, "paediatrician"), here(Health, "health_visitor")];
    assert_eq!(standings(&manager_health_police(), false, &people, NO_SCHOOL)[1].by, [0, 1]);
}

#[test]
fn one_person_cannot_fill_two_roles_where_four_are_needed() {
    let minimum = [
        line("social_worker", SocialCare, &[]),
        line("manager", SocialCare, &["team_manager"]),
        line("health", Health, &[]),
        line("police", Police, &[]),
    ];
    let manager_alone = [here(SocialCare, "team_manager"), here(Health, "gp"), here(Police, "police_officer")];
    assert_eq!(missing(&standings(&minimum, true, &manager_alone, NO_SCHOOL)), ["manager"]);
    assert!(is_quorate(&standings(&minimum, false, &manager_alone, NO_SCHOOL)));

    // The manager comes first in the list and could be the social worker, but then nobody would be the manager.
    let both = [
        here(SocialCare, "team_manager"),
        here(SocialCare, "social_worker"),
        here(Health, "gp"),
        here(Police, "police_officer"),
    ];
    let found = standings(&minimum, true, &both, NO_SCHOOL);
    assert!(is_quorate(&found));
    assert_eq!((found[0].by.as_slice(), found[1].by.as_slice()), ([1].as_slice(), [0].as_slice()));
}

#[test]
fn information_in_writing_meets_only_a_line_that_says_so() {
    let mut minimum = vec![line("health_information", Health, &[])];
    let people = [written(Health, "gp")];
    assert_eq!(missing(&standings(&minimum, false, &people, NO_SCHOOL)), ["health_information"]);
    minimum[0].information_suffices = true;
    assert!(is_quorate(&standings(&minimum, false, &people, NO_SCHOOL)));
}

#[test]
fn the_school_is_required_only_for_a_child_of_school_age_and_a_nurse_is_not_the_school() {
    let mut school = line("school", Education, &[]);
    school.when = When::SchoolAgeSubject;
    let people = [here(Health, "school_nurse")];
    assert_eq!(standings(std::slice::from_ref(&school), false, &people, NO_SCHOOL), []);
    assert_eq!(missing(&standings(&[school], false, &people, A_SCHOOL)), ["school"]);
}

/// Tries every way of giving lines a person of their own.
fn most_by_hand(able: &[Vec<usize>], taken: &mut Vec<usize>) -> usize {
    let Some((first, rest)) = able.split_first() else {
        return 0;
    };
    let mut best = most_by_hand(rest, taken);
    for &person in first {
        if !taken.contains(&person) {
            taken.push(person);
            best = best.max(1 + most_by_hand(rest, taken));
            taken.pop();
        }
    }
    best
}

proptest! {
    #[test]
    fn as_many_lines_are_met_as_can_be(able in prop::collection::vec(prop::collection::vec(0usize..5, 0..4), 0..5)) {
        let given = one_each(&able, 5);
        let met = given.iter().filter(|by| !by.is_empty()).count();
        prop_assert_eq!(met, most_by_hand(&able, &mut Vec::new()));
        let mut people: Vec<usize> = given.iter().flatten().copied().collect();
        people.sort_unstable();
        people.dedup();
        prop_assert_eq!(people.len(), met);
        for (line, by) in given.iter().enumerate() {
            prop_assert!(by.iter().all(|person| able[line].contains(person)));
        }
    }
}
