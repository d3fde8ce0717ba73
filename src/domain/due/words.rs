//! The words of due phrases: numbers, names of days and months, clock times. No clock and no calendar here.

use std::ops::RangeInclusive;

use chrono::{NaiveDate, NaiveTime, TimeDelta, Weekday};

/// `9.30`, `09:30`, `5pm`, `5.30 pm`, `noon`.
pub(super) fn clock_time(words: &[&str]) -> Option<NaiveTime> {
    let (word, half) = match words {
        ["noon" | "midday"] => return NaiveTime::from_hms_opt(12, 0, 0),
        [word, half @ ("am" | "pm")] => (*word, Some(*half)),
        [word] => match (word.strip_suffix("am"), word.strip_suffix("pm")) {
            (Some(word), _) => (word, Some("am")),
            (_, Some(word)) => (word, Some("pm")),
            _ => (*word, None),
        },
        _ => return None,
    };
    let (hour, minute) = match word.split_once([':', '.']) {
        Some((hour, minute)) => (digits(hour, 1..=2)?, digits(minute, 2..=2)?),
        // A bare number is an hour only where it says which half of the day.
        None => (half.and_then(|_| digits(word, 1..=2))?, 0),
    };
    let hour = match half {
        None => hour,
        Some(_) if !(1..=12).contains(&hour) => return None,
        Some("am") => hour % 12,
        Some(_) => hour % 12 + 12,
    };
    NaiveTime::from_hms_opt(hour, minute, 0)
}

/// `+01:00`.
pub(super) fn offset_seconds(offset: &str) -> Option<TimeDelta> {
    let (hours, minutes) = offset.get(1..)?.split_once(':')?;
    let (hours, minutes) = (digits(hours, 2..=2)?, digits(minutes, 2..=2)?);
    let size = TimeDelta::minutes(i64::from(hours * 60 + minutes));
    (hours < 24 && minutes < 60).then_some(if offset.starts_with('-') { -size } else { size })
}

pub(super) fn is_iso_day(word: &str) -> bool {
    let parts: Vec<&str> = word.split('-').collect();
    matches!(parts[..], [year, month, day] if year.len() == 4 && month.len() == 2 && day.len() == 2)
}

pub(super) fn iso_day(word: &str) -> Option<NaiveDate> {
    let mut parts = word.split('-');
    let mut next = |length| parts.next().and_then(|part| digits(part, length..=length));
    NaiveDate::from_ymd_opt(next(4)? as i32, next(2)?, next(2)?)
}

/// A number of so many digits.
pub(super) fn digits(word: &str, length: RangeInclusive<usize>) -> Option<u32> {
    let is_number = length.contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| word.parse().ok()).flatten()
}

/// A weekday's name in full or its first letters, three or more.
pub(super) fn weekday(word: &str) -> Option<Weekday> {
    const NAMES: [(&str, Weekday); 7] = [
        ("monday", Weekday::Mon),
        ("tuesday", Weekday::Tue),
        ("wednesday", Weekday::Wed),
        ("thursday", Weekday::Thu),
        ("friday", Weekday::Fri),
        ("saturday", Weekday::Sat),
        ("sunday", Weekday::Sun),
    ];
    NAMES.into_iter().find(|(name, _)| word.len() >= 3 && name.starts_with(word)).map(|(_, day)| day)
}

/// A month's name in full or its first letters, three or more.
pub(super) fn month(word: &str) -> Option<u32> {
    const NAMES: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    NAMES.iter().zip(1..).find(|(name, _)| word.len() >= 3 && name.starts_with(word)).map(|(_, number)| number)
}
