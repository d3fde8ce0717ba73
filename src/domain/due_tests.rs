//! What is understood, what is refused and how, and that nothing breaks it.

use proptest::prelude::*;

use super::super::calendar::{both, iso_with_offset};
use super::*;

fn calendar() -> Calendar {
    Calendar::from_gov_uk(include_str!("../../bot-config/bank-holidays.json")).expect("the shipped file is readable")
}

fn at(text: &str) -> DateTime<Utc> {
    instant(text).expect("a time")
}

/// Thursday 12 November 2026, 10:30.
fn now() -> DateTime<Utc> {
    at("2026-11-12T10:30+00:00")
}

/// Read forwards, as most fields are.
fn parse(phrase: &str, now: DateTime<Utc>, calendar: &Calendar) -> Result<DateTime<Utc>, NotUnderstood> {
    super::parse(phrase, Direction::Coming, now, calendar)
}

fn check(phrase: &str, expected: &str) {
    let found = parse(phrase, now(), &calendar()).map(both).map_err(|refused| refused.why);
    assert_eq!(found, Ok(expected.to_owned()), "{phrase}");
}

fn refused(phrase: &str, why: Why, offers: &[&str]) {
    let refused = parse(phrase, now(), &calendar()).expect_err(phrase);
    assert_eq!(refused.why, why, "{phrase}");
    assert_eq!(refused.offers.iter().copied().map(both).collect::<Vec<_>>(), offers, "{phrase}");
    assert_eq!(refused.read.words(), phrase.trim());
}

#[test]
fn iso_times_are_taken_with_seconds_or_without() {
    check("2026-12-08T09:30+00:00", "8 December 2026 09:30");
    check("2026-12-08T09:30:00+00:00", "8 December 2026 09:30");
    check("2026-12-08T09:30Z", "8 December 2026 09:30");
    check("2027-05-14T09:30-05:00", "14 May 2027 15:30");
    check("2027-05-14T09:30", "14 May 2027 09:30");
    check("2027-05-14 09:30", "14 May 2027 09:30");
    check("2027-05-14", "14 May 2027 23:59");
}

#[test]
fn uk_dates_are_taken_with_a_time_or_without() {
    check("14 May 2027", "14 May 2027 23:59");
    check("14 May 2027 14:20", "14 May 2027 14:20");
    check("14th May 2027, at 2.20pm", "14 May 2027 14:20");
    check("by 14 may 2027 noon", "14 May 2027 12:00");
    check("14/05/2027", "14 May 2027 23:59");
    check("01/12/2026", "1 December 2026 23:59");
    check("14/05/2027 14:20", "14 May 2027 14:20");
    check("13 Nov 2026", "13 November 2026 23:59");
    check("13 November", "13 November 2026 23:59");
    check("3 Jan", "3 January 2027 23:59");
    check("29 Feb", "29 February 2028 23:59");
    check("Friday 13 November", "13 November 2026 23:59");
    check("Friday 13 November 2026 5pm", "13 November 2026 17:00");
}

#[test]
fn days_are_taken_by_name() {
    check("today", "12 November 2026 23:59");
    check("tomorrow", "13 November 2026 23:59");
    check("tomorrow at 9.30", "13 November 2026 09:30");
    check("Tomorrow 5pm", "13 November 2026 17:00");
    check("on Friday", "13 November 2026 23:59");
    check("Wed at noon", "18 November 2026 12:00");
    check("tues 09:30", "17 November 2026 09:30");
    check("end of today", "12 November 2026 23:59");
    check("today 9.30", "12 November 2026 09:30");
}

#[test]
fn a_time_alone_is_todays() {
    check("11.30", "12 November 2026 11:30");
    check("at 5pm", "12 November 2026 17:00");
    check("5:30 pm", "12 November 2026 17:30");
    check("12pm", "12 November 2026 12:00");
    refused("9.30", Why::Passed, &["12 November 2026 21:30", "13 November 2026 09:30"]);
    refused("12am", Why::Passed, &["13 November 2026 00:00"]);
}

#[test]
fn lengths_are_counted_by_the_rules_of_deadlines() {
    check("in 30 minutes", "12 November 2026 11:00");
    check("in 24 hours", "13 November 2026 10:30");
    check("within 24 hours", "13 November 2026 10:30");
    check("within 3 days", "15 November 2026 23:59");
    check("in 1 working day", "13 November 2026 23:59");
    check("within 15 working days", "3 December 2026 23:59");
    refused("in 99999999999 hours", Why::TooFar, &[]);
    check("in two hours", "12 November 2026 12:30");
}

#[test]
fn what_may_mean_two_things_is_offered_dated() {
    refused("next Friday", Why::TwoMeanings, &["13 November 2026 23:59", "20 November 2026 23:59"]);
    refused("Thursday", Why::TwoMeanings, &["12 November 2026 23:59", "19 November 2026 23:59"]);
    refused("midnight", Why::TwoMeanings, &["12 November 2026 23:59", "13 November 2026 23:59"]);
    refused("31/10/2027 01:30", Why::HourTwice, &["31 October 2027 01:30", "31 October 2027 01:30"]);
}

#[test]
fn the_hour_that_comes_twice_is_told_apart_by_its_zone() {
    let refused = parse("31/10/2027 01:30", now(), &calendar()).expect_err("it comes twice");
    assert_eq!(refused.offers_in_words(), ["31 October 2027 01:30 BST", "31 October 2027 01:30 GMT"]);
    let refused = parse("12am", now(), &calendar()).expect_err("it has passed");
    assert_eq!(refused.offers_in_words(), ["13 November 2026 00:00"]);
    // Also where there is more to choose from.
    let refused = parse("31/10/2027 at 1.30", now(), &calendar()).expect_err("one of three");
    assert_eq!(
        refused.offers_in_words(),
        ["31 October 2027 13:30 GMT", "31 October 2027 01:30 BST", "31 October 2027 01:30 GMT"]
    );
}

#[test]
fn what_does_not_exist_is_refused() {
    refused("28 March 2027 01:30", Why::SkippedHour, &["28 March 2027 02:30"]);
    refused("30 February 2027", Why::NoSuchDay, &[]);
    refused("30 February", Why::NoSuchDay, &[]);
    refused("12/13/2026", Why::NoSuchDay, &[]);
    refused("2027-02-30", Why::NoSuchDay, &[]);
    refused("Monday 13 November", Why::WrongWeekday, &["13 November 2026 23:59"]);
}

#[test]
fn anything_else_is_refused() {
    refused("", Why::Nothing, &[]);
    refused(" at ", Why::Nothing, &[]);
    for phrase in ["soon", "5", "25:00", "13pm", "next month", "asap", "14/05/1927", "tomorrow or so", "in", "next"] {
        refused(phrase, Why::Unknown, &[]);
    }
}

/// The table of phrases: what each means at a moment, or that it is asked back and with which offers.
#[test]
fn every_phrase_of_the_table_means_what_stands_there() {
    let (mut now, mut direction, mut wrong, mut phrases) = (now(), Direction::Coming, Vec::new(), 0);
    let lines = include_str!("due/phrases.txt").lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    for line in lines {
        let moments = [("now ", Direction::Coming), ("past ", Direction::Past)];
        let moment = moments.into_iter().find_map(|(word, way)| Some((line.strip_prefix(word)?, way)));
        if let Some((moment, way)) = moment {
            (now, direction) = (instant(moment).expect("a moment"), way);
            continue;
        }
        let (phrase, expected) =
            line.split_once(" = ").or_else(|| line.split_once(" ? ")).expect("a phrase and its meaning");
        phrases += 1;
        let found = match super::parse(phrase, direction, now, &calendar()) {
            Ok(at) => format!("= {}", both(at)),
            Err(refused) => {
                let offers: Vec<_> = refused.offers_in_words();
                let why = refused.why.key().trim_start_matches("due.");
                format!("? {}", std::iter::once(why.to_owned()).chain(offers).collect::<Vec<_>>().join(" | "))
            }
        };
        let sign = if line.contains(" = ") { "=" } else { "?" };
        if found != format!("{sign} {}", expected.trim()) {
            wrong.push(format!(
                "{} at {} ({direction:?}): found {found}, expected {sign} {expected}",
                phrase,
                both(now)
            ));
        }
    }
    assert!(wrong.is_empty(), "{} of {phrases}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(phrases >= 150, "{phrases}");
}

#[test]
fn what_has_happened_may_be_as_late_as_now_and_no_later() {
    for (phrase, is_taken) in
        [("10.30", true), ("today 10:30", true), ("2026-11-12T10:31", false), ("in 1 hour", false)]
    {
        let found = super::parse(phrase, Direction::Past, now(), &calendar());
        assert_eq!(found.is_ok(), is_taken, "{phrase}: {found:?}");
        assert!(found.map_or_else(|refused| refused.why == Why::NotYet, |at| at == now()), "{phrase}");
    }
}

#[test]
fn every_reason_has_a_key_of_its_own() {
    let keys: std::collections::BTreeSet<_> = Why::ALL.iter().map(|why| why.key()).collect();
    assert_eq!(keys.len(), Why::ALL.len());
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text: String, seconds in 0i64..4_000_000_000) {
        let now = DateTime::from_timestamp(seconds, 0).expect("an instant");
        let _ = parse(&text, now, &calendar());
        let _ = super::parse(&text, Direction::Past, now, &calendar());
    }

    #[test]
    fn no_text_of_its_own_words_makes_it_panic(
        words in prop::collection::vec(prop::sample::select(vec![
            "in", "within", "next", "by", "at", "31", "29", "feb", "may", "friday", "2027", "0000", "9999", "/", "31/04/2027",
            "12:", ":30", "5pm", "am", "working", "days", "hours", "4999", "5000", "today", "tomorrow", "end", "of", "day",
            "week", "weekend", "fortnight", "month", "half", "past", "to", "quarter", "two", "noon", "midnight", "tonight", "before",
            "working", "play", "close", "hours", "an", "a", "99", "morning", "31st", "thing", "first", "from", "now", "this",
            "2027-03-28t01:30", "9999-12-31", "9999-12-31t23:59-23:59", "0000-01-01t00:00+23:59", "01:30", "29th", "é", "t", "--",
            "999999999", "weeks", "months", "ago", "last", "night", "10-12", "14.12", "31.12", "yesterday", "pm", "12", "eod",
            "christmas", "bank", "holiday", "after", "calendar", "evening", "31-dec-26",
        ]), 0..6),
        hour in 0i64..24,
    ) {
        let (phrase, now) = (words.join(" "), now() + TimeDelta::hours(hour));
        let _ = parse(&phrase, now, &calendar());
        // What has happened has happened, and so has all there is to choose from.
        match super::parse(&phrase, Direction::Past, now, &calendar()) {
            Ok(at) => prop_assert!(at <= now, "{}", phrase),
            Err(refused) => {
                let is_asked_back = matches!(refused.why, Why::TwoMeanings | Why::NoTime);
                prop_assert!(!is_asked_back || refused.offers.iter().all(|at| *at <= now), "{}", phrase);
            }
        }
    }

    #[test]
    fn it_reads_its_own_rendering(minutes in 0i64..40 * 366 * 24 * 60) {
        let instant = at("2000-01-01T00:00+00:00") + TimeDelta::minutes(minutes);
        prop_assert_eq!(parse(&iso_with_offset(instant), now(), &calendar()), Ok(instant));
        match parse(&both(instant), now(), &calendar()) {
            Ok(read) => prop_assert_eq!(read, instant),
            Err(refused) => prop_assert!(refused.why == Why::HourTwice && refused.offers.contains(&instant)),
        }
    }

    #[test]
    fn no_length_or_bare_day_lies_in_the_past(
        phrase in prop::sample::select(vec!["tomorrow", "friday", "mon", "14 may", "in 0 hours", "in 0 days", "end of day", "14:00"]),
        minutes in 0i64..4 * 366 * 24 * 60,
    ) {
        // The last minute of a day is its end: after it begins there is nothing left of that day.
        let now = at("2026-01-01T00:00+00:00") + TimeDelta::minutes(minutes);
        if let Ok(due) = parse(phrase, now, &calendar()) {
            prop_assert!(due >= now);
        }
    }
}
