use super::*;
use crate::config::Config;
use crate::rehearsal::cast::answers::answers;
use crate::rehearsal::cast::case_file::{Reading, parse};
use crate::rehearsal::play::SHIPPED_CASES;

fn reading(n: usize) -> Reading {
    parse("case.json", SHIPPED_CASES[n].1).expect("a shipped case")
}

fn played(reading: &Reading, profile: Option<&str>) -> Vec<Beat> {
    let config = Config::built_in();
    let procedure = config.procedures.values().next().expect("one is shipped");
    script(&reading.case, &answers(reading, &config.catalogue, procedure), &config.catalogue, profile)
}

fn when(beats: &[Beat], act: &Act) -> DateTime<Utc> {
    beats.iter().find(|beat| beat.act == *act).unwrap_or_else(|| panic!("{act:?} is not in the script")).at
}

fn instant(text: &str) -> DateTime<Utc> {
    crate::domain::due::instant(text).expect("a time")
}

#[test]
fn times_the_case_gives_are_exact() {
    let beats = played(&reading(0), None);
    assert_eq!(when(&beats, &Act::Register), instant("2026-12-05T21:50+00:00"));
    assert_eq!(when(&beats, &Act::Convene), instant("2026-12-07T09:00+00:00"));
    assert_eq!(when(&beats, &Act::Open), instant("2026-12-07T10:00+00:00"));
    assert_eq!(when(&beats, &Act::Section47), instant("2026-12-07T11:05+00:00"));
    assert_eq!(when(&beats, &Act::Close), instant("2026-12-07T11:25+00:00"));
}

#[test]
fn time_never_goes_back() {
    for n in 0..SHIPPED_CASES.len() {
        let beats = played(&reading(n), None);
        assert!(beats.is_sorted_by_key(|beat| beat.at), "case {n}");
    }
}

#[test]
fn a_latecomer_comes_through_the_door_at_their_own_minute() {
    let mut reading = reading(0);
    let joined = instant("2026-12-07T10:31+00:00");
    let gp = reading.case.invitees.iter_mut().find(|invitee| invitee.key == "ward").expect("the nurse is there");
    gp.response = Answered::Late;
    gp.joined_at = Some(super::super::case_parts::Moment(joined));
    let beats = played(&reading, None);
    assert_eq!(when(&beats, &Act::Door("ward".into())), joined);
    assert!(beats.is_sorted_by_key(|beat| beat.at));
    let place = |act: &Act| beats.iter().position(|beat| beat.act == *act).expect("it is in the script");
    assert!(place(&Act::Door("ward".into())) < place(&Act::Contribute(3)));
}

#[test]
fn what_is_relayed_is_shared_in_the_turn_of_its_source() {
    let reading = reading(0);
    assert_eq!(in_turn_of(&reading.case, "sw"), [0]);
    assert_eq!(in_turn_of(&reading.case, "nursery"), [7]);
}

#[test]
fn a_first_attempt_is_made_only_under_the_profile_it_names() {
    let reading = reading(1);
    let attempts = |profile| played(&reading, profile).iter().filter(|beat| beat.act == Act::FirstAttempt).count();
    assert_eq!((attempts(Some("P4")), attempts(Some("P3")), attempts(None)), (1, 0, 0));
}

#[test]
fn absentees_neither_come_through_the_door_nor_take_a_position() {
    let beats = played(&reading(2), None);
    assert!(!beats.iter().any(|beat| matches!(&beat.act, Act::Door(key) | Act::Position(key) if key == "sn")));
    assert!(beats.iter().any(|beat| beat.act == Act::MarkAbsent("sgn".into())));
}
