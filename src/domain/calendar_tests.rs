//! Every example of the TIM rows, and the rules against a slower telling of them.

use chrono::Timelike;
use proptest::prelude::*;

use super::*;

fn shipped() -> Calendar {
    Calendar::from_gov_uk(include_str!("../../bot-config/bank-holidays.json")).expect("the shipped file is readable")
}

fn at(text: &str) -> DateTime<Utc> {
    DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M%:z").expect("a time").to_utc()
}

fn check(from: &str, within: Within, due: &str) {
    let found = shipped().due(at(from), within);
    assert_eq!(iso_with_offset(found.at), format!("{}:00{}", &due[..16], &due[16..]), "{within:?} from {from}");
    assert!(!found.beyond_holidays);
}

#[test]
fn a_working_day_is_monday_to_friday_and_no_bank_holiday() {
    check("2026-12-24T12:00+00:00", Within::WorkingDays(1), "2026-12-29T23:59+00:00");
}

#[test]
fn working_days_are_counted_strictly_after_the_event() {
    check("2026-12-04T14:00+00:00", Within::WorkingDays(1), "2026-12-07T23:59+00:00");
    check("2026-12-05T14:00+00:00", Within::WorkingDays(1), "2026-12-07T23:59+00:00");
    check("2026-12-14T09:00+00:00", Within::WorkingDays(5), "2026-12-21T23:59+00:00");
    check("2026-12-18T09:00+00:00", Within::WorkingDays(2), "2026-12-22T23:59+00:00");
}

#[test]
fn the_same_day_ends_at_one_minute_to_midnight_in_london() {
    check("2026-12-05T23:10+00:00", Within::SameDay, "2026-12-05T23:59+00:00");
    // Ten past midnight in London's summer is still the evening before by UTC.
    check("2027-07-01T23:10+00:00", Within::SameDay, "2027-07-02T23:59+01:00");
}

#[test]
fn hours_are_elapsed_hours_across_a_clock_change() {
    check("2027-10-30T14:00+01:00", Within::Hours(24), "2027-10-31T13:00+00:00");
    check("2027-03-27T14:00+00:00", Within::Hours(24), "2027-03-28T15:00+01:00");
    check("2027-03-25T15:10+00:00", Within::Hours(24), "2027-03-26T15:10+00:00");
}

#[test]
fn calendar_days_do_not_roll_forward() {
    check("2026-12-23T11:00+00:00", Within::CalendarDays(5), "2026-12-28T23:59+00:00");
    check("2026-12-23T11:00+00:00", Within::WorkingDays(5), "2027-01-04T23:59+00:00");
}

#[test]
fn circulation_is_due_as_the_examples_say() {
    check("2026-12-23T11:00+00:00", Within::WorkingDays(3), "2026-12-30T23:59+00:00");
    check("2026-12-23T11:00+00:00", Within::WorkingDays(1), "2026-12-24T23:59+00:00");
    check("2027-03-25T15:30+00:00", Within::WorkingDays(3), "2027-04-01T23:59+01:00");
    check("2027-03-25T15:30+00:00", Within::CalendarDays(5), "2027-03-30T23:59+01:00");
}

#[test]
fn the_statutory_dates_follow_as_the_examples_say() {
    check("2026-12-07T10:00+00:00", Within::WorkingDays(15), "2026-12-30T23:59+00:00");
    check("2026-12-05T21:50+00:00", Within::WorkingDays(45), "2027-02-10T23:59+00:00");
    check("2027-03-25T15:10+00:00", Within::WorkingDays(15), "2027-04-19T23:59+01:00");
    check("2027-03-25T10:40+00:00", Within::WorkingDays(45), "2027-06-02T23:59+01:00");
}

#[test]
fn a_deadline_past_the_file_says_so() {
    let calendar = shipped();
    assert_eq!(calendar.last_covered_year(), 2028);
    assert!(calendar.due(at("2028-12-27T10:00+00:00"), Within::WorkingDays(5)).beyond_holidays);
    assert!(!calendar.due(at("2028-12-27T10:00+00:00"), Within::CalendarDays(5)).beyond_holidays);
}

#[test]
fn drift_counts_working_days_after_the_information_came() {
    let calendar = shipped();
    assert_eq!(calendar.working_days_between(at("2026-12-18T16:00+00:00"), at("2026-12-22T23:00+00:00")), 2);
    assert_eq!(calendar.working_days_between(at("2026-12-18T16:00+00:00"), at("2026-12-23T00:10+00:00")), 3);
    assert_eq!(calendar.working_days_between(at("2026-12-18T16:00+00:00"), at("2026-12-01T00:10+00:00")), 0);
}

#[test]
fn fields_of_the_file_nobody_knows_are_passed_over() {
    let json = r#"{"england-and-wales": {"division": "england-and-wales", "new": 1, "events": [
        {"title": "A day", "date": "2027-06-01", "notes": "", "bunting": true, "moon": "full"}]}}"#;
    let calendar = Calendar::from_gov_uk(json).expect("readable");
    assert!(!calendar.is_working_day("2027-06-01".parse().expect("a date")));
}

#[test]
fn a_file_of_another_shape_is_refused_in_a_sentence() {
    assert!(matches!(Calendar::from_gov_uk("{}"), Err(NotHolidays::Shape(_))));
    assert_eq!(Calendar::from_gov_uk(r#"{"england-and-wales": {"events": []}}"#), Err(NotHolidays::Empty));
}

#[test]
fn times_are_shown_as_people_write_them() {
    let spring = at("2027-05-14T13:20+00:00");
    assert_eq!(date(spring), "14 May 2027");
    assert_eq!(time(spring), "14:20");
    assert_eq!(both(spring), "14 May 2027 14:20");
    assert_eq!(weekday(spring), "Friday");
    assert_eq!(time_with_zone(spring), "14:20 BST");
    assert_eq!(time_with_zone(at("2027-10-31T01:20+00:00")), "01:20 GMT");
    assert_eq!(iso_with_offset(spring), "2027-05-14T14:20:00+01:00");
    assert_eq!(iso_with_offset(at("2026-12-12T23:59+00:00")), "2026-12-12T23:59:00+00:00");
}

#[test]
fn elapsed_time_is_told_in_whole_units() {
    let words = |minutes| {
        elapsed_words(at("2026-12-05T21:50+00:00"), at("2026-12-05T21:50+00:00") + TimeDelta::minutes(minutes))
    };
    assert_eq!(words(-5), "0 min");
    assert_eq!(words(40), "40 min");
    assert_eq!(words(180), "3 h");
    assert_eq!(words(220), "3 h 40 min");
    assert_eq!(words(35 * 60 + 59), "35 hours");
    assert_eq!(words(72 * 60), "3 days");
}

/// Walks minute by minute through London's wall clock where `due` calculates.
fn slow_due(calendar: &Calendar, from: DateTime<Utc>, within: Within) -> DateTime<Utc> {
    let wall = |at: DateTime<Utc>| at.with_timezone(&London).naive_local();
    let to_last_minute = |mut at: DateTime<Utc>| {
        while (wall(at).hour(), wall(at).minute()) != (23, 59) {
            at += TimeDelta::minutes(1);
        }
        at
    };
    let mut left = match within {
        Within::Hours(hours) => return (0..hours * 60).fold(from, |at, _| at + TimeDelta::minutes(1)),
        Within::SameDay => 0,
        Within::CalendarDays(days) | Within::WorkingDays(days) => days,
    };
    let mut at = to_last_minute(from);
    while left > 0 {
        at = to_last_minute(at + TimeDelta::minutes(2));
        if matches!(within, Within::CalendarDays(_)) || calendar.is_working_day(wall(at).date()) {
            left -= 1;
        }
    }
    at
}

fn any_within() -> impl Strategy<Value = Within> {
    prop_oneof![
        Just(Within::SameDay),
        (0u32..60).prop_map(Within::Hours),
        (0u32..8).prop_map(Within::CalendarDays),
        (0u32..8).prop_map(Within::WorkingDays),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn due_agrees_with_counting_by_hand(minutes in 0i64..20 * 366 * 24 * 60, within in any_within()) {
        let from = at("2016-01-01T00:00+00:00") + TimeDelta::minutes(minutes);
        let calendar = shipped();
        prop_assert_eq!(calendar.due(from, within).at, slow_due(&calendar, from, within));
    }

    #[test]
    fn due_agrees_with_counting_by_hand_around_clock_changes(
        year in 2016i32..2036, spring in any::<bool>(), minutes in -3 * 24 * 60i64..2 * 24 * 60, within in any_within(),
    ) {
        let sunday = (25..=31).filter_map(|day| NaiveDate::from_ymd_opt(year, if spring { 3 } else { 10 }, day))
            .find(|day| day.weekday() == Weekday::Sun).expect("a last Sunday");
        let from = sunday.and_time(NaiveTime::default()).and_utc() + TimeDelta::minutes(minutes);
        let calendar = shipped();
        prop_assert_eq!(calendar.due(from, within).at, slow_due(&calendar, from, within));
    }

    #[test]
    fn due_is_total(seconds in any::<i32>(), count in any::<u32>()) {
        let from = DateTime::from_timestamp(i64::from(seconds), 0).expect("an instant");
        for within in [Within::Hours(count), Within::CalendarDays(count), Within::WorkingDays(count)] {
            let _ = shipped().due(from, within);
        }
    }
}
