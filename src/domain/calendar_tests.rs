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

/// London's wall clock without the zone database: an hour ahead from one o'clock UTC on the last Sunday of March to
/// one o'clock UTC on the last Sunday of October.
fn wall(at: DateTime<Utc>) -> chrono::NaiveDateTime {
    let changes = |month| {
        let mut sundays = (25..=31).filter_map(|day| NaiveDate::from_ymd_opt(at.year(), month, day));
        let sunday = sundays.rfind(|day| weekday_by_hand(*day) == 6).expect("every month has one");
        sunday.and_hms_opt(1, 0, 0).expect("a time").and_utc()
    };
    let is_summer = (changes(3)..changes(10)).contains(&at);
    at.naive_utc() + TimeDelta::hours(i64::from(is_summer))
}

/// Monday is 0; the first of January 2024 was one.
fn weekday_by_hand(day: NaiveDate) -> i64 {
    (day - NaiveDate::from_ymd_opt(2024, 1, 1).expect("a date")).num_days().rem_euclid(7)
}

/// As somebody with the file open would tell: Monday to Friday, and the date doesn't stand in it.
fn is_worked(day: NaiveDate) -> bool {
    let file = include_str!("../../bot-config/bank-holidays.json");
    weekday_by_hand(day) < 5 && !file.contains(&format!("\"date\": \"{}\"", day.format("%Y-%m-%d")))
}

/// The file lists England and Wales alone, and each date as `is_worked` looks for it.
#[test]
fn the_shipped_file_is_as_the_slow_definition_reads_it() {
    let file = include_str!("../../bot-config/bank-holidays.json");
    assert_eq!(file.matches("\"events\"").count(), 1);
    assert_eq!(file.matches("\"date\": \"").count(), shipped().holidays.len());
}

/// Walks minute by minute through London's wall clock where `due` calculates.
fn slow_due(from: DateTime<Utc>, within: Within) -> DateTime<Utc> {
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
        if matches!(within, Within::CalendarDays(_)) || is_worked(wall(at).date()) {
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

/// Every day of twenty years, from midnight to midnight in turn, under every length the procedures use.
#[test]
fn every_day_of_twenty_years_is_counted_as_by_hand() {
    let calendar = shipped();
    let first = NaiveDate::from_ymd_opt(2019, 1, 1).expect("a date");
    let last = NaiveDate::from_ymd_opt(2039, 1, 1).expect("a date");
    for (n, day) in first.iter_days().take_while(|day| *day < last).enumerate() {
        let from = day.and_time(NaiveTime::default()).and_utc() + TimeDelta::minutes(n as i64 * 97 % (24 * 60));
        let days_after = || wall(from).date().iter_days().skip(1);
        for count in [1, 3, 5, 15, 45] {
            let by_hand = days_after().filter(|day| is_worked_known(*day)).nth(count - 1).expect("there are days");
            let due = wall(calendar.due(from, Within::WorkingDays(count as u32)).at);
            assert_eq!(due.to_string(), format!("{by_hand} 23:59:00"), "{count} working days from {from}");
            let by_hand = days_after().nth(count - 1).expect("there are days");
            let due = wall(calendar.due(from, Within::CalendarDays(count as u32)).at);
            assert_eq!(due.to_string(), format!("{by_hand} 23:59:00"), "{count} days from {from}");
        }
        let due = wall(calendar.due(from, Within::SameDay).at);
        assert_eq!(due.to_string(), format!("{} 23:59:00", wall(from).date()), "the same day as {from}");
        assert_eq!(calendar.due(from, Within::Hours(24)).at - from, TimeDelta::minutes(24 * 60), "a day from {from}");
    }
}

#[test]
fn the_working_day_after_passes_over_weekends_and_holidays() {
    let check = |from: &str, expected: &str| {
        assert_eq!(shipped().working_day_after(at(from)).to_string(), expected, "after {from}");
    };
    check("2026-12-07T10:00+00:00", "2026-12-08");
    check("2026-12-11T23:30+00:00", "2026-12-14");
    check("2026-12-24T10:00+00:00", "2026-12-29");
}

/// [`is_worked`], without looking through the file for years it doesn't list.
fn is_worked_known(day: NaiveDate) -> bool {
    if (2025..=2028).contains(&day.year()) { is_worked(day) } else { weekday_by_hand(day) < 5 }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn due_agrees_with_counting_by_hand(minutes in 0i64..20 * 366 * 24 * 60, within in any_within()) {
        let from = at("2016-01-01T00:00+00:00") + TimeDelta::minutes(minutes);
        prop_assert_eq!(shipped().due(from, within).at, slow_due(from, within));
    }

    #[test]
    fn due_agrees_with_counting_by_hand_around_clock_changes(
        year in 2016i32..2036, spring in any::<bool>(), minutes in -3 * 24 * 60i64..2 * 24 * 60, within in any_within(),
    ) {
        let sunday = (25..=31).filter_map(|day| NaiveDate::from_ymd_opt(year, if spring { 3 } else { 10 }, day))
            .find(|day| day.weekday() == Weekday::Sun).expect("a last Sunday");
        let from = sunday.and_time(NaiveTime::default()).and_utc() + TimeDelta::minutes(minutes);
        prop_assert_eq!(shipped().due(from, within).at, slow_due(from, within));
    }

    #[test]
    fn due_is_total(seconds in any::<i32>(), count in any::<u32>()) {
        let from = DateTime::from_timestamp(i64::from(seconds), 0).expect("an instant");
        for within in [Within::Hours(count), Within::CalendarDays(count), Within::WorkingDays(count)] {
            let _ = shipped().due(from, within);
        }
    }
}
