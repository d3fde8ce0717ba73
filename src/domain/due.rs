//! What people write for a date and time: a closed grammar, so that a phrase is understood one way or not at all.
//!
//! Accepted, each in Europe/London unless an offset is written, with `by`, `on` or `at` before it if liked:
//! - ISO: `2026-12-08`, `2026-12-08 09:30`, `2026-12-08T09:30+00:00`, with seconds or without;
//! - UK dates: `14 May 2027`, `14 May`, `Friday 14 May`, `14/05/2027`;
//! - days: `today`, `tomorrow`, `Friday`;
//! - any of these days with a time: `9.30`, `09:30`, `5pm`, `5.30 pm`, `noon`, `end of day`; a time alone is today's;
//! - lengths: `in` or `within` so many `minutes`, `hours`, `days` or `working days`.
//!
//! A day without a time means its end, 23:59. What could mean two things is refused with both, dated, to choose
//! from. To add a phrase, add an arm to [`parse`] and an example to the tests.

mod words;

use chrono::{
    DateTime, Datelike, Days, MappedLocalTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Utc, Weekday,
};
use chrono_tz::Europe::London;

use super::calendar::{self, Calendar, LONGEST, day_of, end_of_day};
use super::procedure::Within;
use super::spoken::Spoken;
use words::{clock_time, digits, is_iso_day, iso_day, month, offset_seconds, weekday};

/// Why a phrase has no one meaning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotUnderstood {
    pub why: Why,
    /// The words as they were read.
    pub read: Spoken,
    /// The instants it may have meant, to choose from; none where nothing can be guessed.
    pub offers: Vec<DateTime<Utc>>,
}

impl NotUnderstood {
    /// The instants it may have meant, as people write them; the hour that comes twice is told apart by its zone.
    pub fn offers_in_words(&self) -> Vec<String> {
        let with_zone = |at| format!("{} {}", calendar::date(at), calendar::time_with_zone(at));
        let words = if self.why == Why::HourTwice { with_zone } else { calendar::both };
        self.offers.iter().copied().map(words).collect()
    }
}

/// The reason a phrase was not taken; its sentence is in `wording.toml` under [`Why::key`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// Nothing was written.
    Nothing,
    /// Not one of the phrases.
    Unknown,
    /// "Friday" said on a Friday, "next Friday", "midnight".
    TwoMeanings,
    /// 30 February.
    NoSuchDay,
    /// Thursday 14 May when it is a Friday.
    WrongWeekday,
    /// The hour the clocks skip in spring.
    SkippedHour,
    /// The hour that comes twice in autumn.
    HourTwice,
    /// A time alone, and today's has passed.
    Passed,
    /// More than can be counted.
    TooFar,
}

impl Why {
    pub const ALL: [Self; 9] = [
        Self::Nothing,
        Self::Unknown,
        Self::TwoMeanings,
        Self::NoSuchDay,
        Self::WrongWeekday,
        Self::SkippedHour,
        Self::HourTwice,
        Self::Passed,
        Self::TooFar,
    ];

    /// Its sentence's key in `wording.toml`.
    pub fn key(self) -> &'static str {
        match self {
            Self::Nothing => "due.nothing",
            Self::Unknown => "due.unknown",
            Self::TwoMeanings => "due.two_meanings",
            Self::NoSuchDay => "due.no_such_day",
            Self::WrongWeekday => "due.wrong_weekday",
            Self::SkippedHour => "due.skipped_hour",
            Self::HourTwice => "due.hour_twice",
            Self::Passed => "due.passed",
            Self::TooFar => "due.too_far",
        }
    }
}

/// A reason without the words it is about, and what may have been meant.
type Refused = (Why, Vec<DateTime<Utc>>);

/// The instant a phrase means, said at `now`.
pub fn parse(text: &str, now: DateTime<Utc>, calendar: &Calendar) -> Result<DateTime<Utc>, NotUnderstood> {
    let lower = text.to_lowercase();
    let mut words: Vec<&str> =
        lower.split([' ', '\t', '\n', '\r', ',', '\u{a0}']).filter(|word| !word.is_empty()).collect();
    if matches!(words.first(), Some(&("by" | "on" | "at"))) {
        words.remove(0);
    }
    let found = match words[..] {
        [] => Err((Why::Nothing, Vec::new())),
        ["in" | "within", ref length @ ..] => in_length(length, now, calendar),
        ["next" | "this", day] => next_or_this(day, now),
        ["end", "of", "day"] => Ok(end_of_day(day_of(now))),
        ["midnight"] => Err((Why::TwoMeanings, vec![end_of_day(day_of(now)), end_of_day(tomorrow(now))])),
        ref words => dated(words, now),
    };
    found.map_err(|(why, offers)| NotUnderstood { why, read: Spoken::new(text), offers })
}

/// An instant written in full, date, time and offset, with seconds or without.
pub fn instant(text: &str) -> Option<DateTime<Utc>> {
    iso(&text.trim().to_lowercase())?.ok()
}

/// A day, with a time or without, or a time alone.
fn dated(words: &[&str], now: DateTime<Utc>) -> Result<DateTime<Utc>, Refused> {
    if let [word] = words
        && let Some(found) = iso(word)
    {
        return found;
    }
    let (day, rest) = match day(words, now)? {
        Some(found) => found,
        None => return time_alone(words, now),
    };
    let rest = if let ["at", rest @ ..] = rest { rest } else { rest };
    match rest {
        [] | ["end", "of", "day"] => Ok(end_of_day(day)),
        rest => in_london(day.and_time(clock_time(rest).ok_or(UNKNOWN)?)),
    }
}

const UNKNOWN: Refused = (Why::Unknown, Vec::new());

/// A time of today; one that has passed may have meant tomorrow's, or may be a slip.
fn time_alone(words: &[&str], now: DateTime<Utc>) -> Result<DateTime<Utc>, Refused> {
    let time = clock_time(words).ok_or(UNKNOWN)?;
    let today = in_london(day_of(now).and_time(time))?;
    if today < now {
        let offers = in_london(tomorrow(now).and_time(time)).into_iter().collect();
        return Err((Why::Passed, offers));
    }
    Ok(today)
}

/// The day at the start of some words, and the words after it.
fn day<'a, 'b>(words: &'b [&'a str], now: DateTime<Utc>) -> Result<Option<(NaiveDate, &'b [&'a str])>, Refused> {
    let today = day_of(now);
    let (first, rest) = words.split_first().ok_or(UNKNOWN)?;
    Ok(Some(match *first {
        "today" => (today, rest),
        "tomorrow" => (tomorrow(now), rest),
        word if weekday(word).is_some() => return day_by_name(word, rest, now).map(Some),
        word if word.contains('/') => (slashed(word)?, rest),
        word if is_iso_day(word) => (iso_day(word).ok_or((Why::NoSuchDay, Vec::new()))?, rest),
        _ => return day_of_month(words, today),
    }))
}

/// `Friday`, or `Friday 14 May 2027` where the two have to agree.
fn day_by_name<'a, 'b>(
    name: &str,
    rest: &'b [&'a str],
    now: DateTime<Utc>,
) -> Result<(NaiveDate, &'b [&'a str]), Refused> {
    let named = weekday(name).ok_or(UNKNOWN)?;
    let today = day_of(now);
    if let Some((day, rest)) = day_of_month(rest, today)? {
        let agrees = day.weekday() == named;
        return if agrees { Ok((day, rest)) } else { Err((Why::WrongWeekday, vec![end_of_day(day)])) };
    }
    if today.weekday() == named {
        return Err((Why::TwoMeanings, vec![end_of_day(today), end_of_day(after(today, 7))]));
    }
    Ok((coming(today, named), rest))
}

/// `14 May 2027`, or `14 May` for the next one.
fn day_of_month<'a, 'b>(words: &'b [&'a str], today: NaiveDate) -> Result<Option<(NaiveDate, &'b [&'a str])>, Refused> {
    let [number, name, rest @ ..] = words else {
        return Ok(None);
    };
    let ordinal = ["st", "nd", "rd", "th"].iter().find_map(|ending| number.strip_suffix(ending)).unwrap_or(number);
    let (Some(number), Some(month)) = (digits(ordinal, 1..=2), month(name)) else {
        return Ok(None);
    };
    let made = |year: i32| NaiveDate::from_ymd_opt(year, month, number);
    if let Some(year) = rest.first().and_then(|word| digits(word, 4..=4)) {
        let day = made(year as i32).ok_or((Why::NoSuchDay, Vec::new()))?;
        return Ok(Some((day, &rest[1..])));
    }
    let mut coming = (today.year()..=today.year() + 8).filter_map(made).filter(|day| *day >= today);
    let day = coming.next().ok_or((Why::NoSuchDay, Vec::new()))?;
    Ok(Some((day, rest)))
}

/// `14/05/2027`, the day first.
fn slashed(word: &str) -> Result<NaiveDate, Refused> {
    let parts: Vec<&str> = word.split('/').collect();
    let [day, month, year] = parts[..] else {
        return Err(UNKNOWN);
    };
    let (Some(day), Some(month), Some(year)) = (digits(day, 1..=2), digits(month, 1..=2), digits(year, 4..=4)) else {
        return Err(UNKNOWN);
    };
    NaiveDate::from_ymd_opt(year as i32, month, day).ok_or((Why::NoSuchDay, Vec::new()))
}

/// `next Friday` may be either of two, to some people; `this Friday` is only unclear on the day itself.
fn next_or_this(name: &str, now: DateTime<Utc>) -> Result<DateTime<Utc>, Refused> {
    let first = coming(day_of(now), weekday(name).ok_or(UNKNOWN)?);
    Err((Why::TwoMeanings, vec![end_of_day(first), end_of_day(after(first, 7))]))
}

fn in_length(words: &[&str], now: DateTime<Utc>, calendar: &Calendar) -> Result<DateTime<Utc>, Refused> {
    let [number, unit @ ..] = words else {
        return Err(UNKNOWN);
    };
    if number.is_empty() || !number.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(UNKNOWN);
    }
    let within = match unit {
        ["minute" | "minutes" | "min" | "mins"] => None,
        ["hour" | "hours" | "h"] => Some(Within::Hours as fn(u32) -> Within),
        ["day" | "days"] => Some(Within::CalendarDays as fn(u32) -> Within),
        ["working", "day" | "days"] => Some(Within::WorkingDays as fn(u32) -> Within),
        _ => return Err(UNKNOWN),
    };
    let count: u32 = number.parse().ok().filter(|count| *count <= LONGEST).ok_or((Why::TooFar, Vec::new()))?;
    Ok(within.map_or(now + TimeDelta::minutes(i64::from(count)), |within| calendar.due(now, within(count)).at))
}

/// One instant for a time by the clock on the wall, or the reason there is none or two.
fn in_london(local: NaiveDateTime) -> Result<DateTime<Utc>, Refused> {
    match London.from_local_datetime(&local) {
        MappedLocalTime::Single(at) => Ok(at.to_utc()),
        MappedLocalTime::Ambiguous(first, second) => Err((Why::HourTwice, vec![first.to_utc(), second.to_utc()])),
        MappedLocalTime::None => {
            let later = London.from_local_datetime(&(local + TimeDelta::hours(1))).earliest();
            Err((Why::SkippedHour, later.map(|at| at.to_utc()).into_iter().collect()))
        }
    }
}

/// A date and time in one word, `2026-12-08T09:30+00:00`; `None` where it isn't of that form.
fn iso(word: &str) -> Option<Result<DateTime<Utc>, Refused>> {
    let (day, rest) = word.split_once('t').filter(|(day, _)| is_iso_day(day))?;
    let Some(day) = iso_day(day) else {
        return Some(Err((Why::NoSuchDay, Vec::new())));
    };
    let (time, offset) = match rest.find(['+', '-', 'z']) {
        Some(place) => rest.split_at(place),
        None => (rest, ""),
    };
    let time = ["%H:%M", "%H:%M:%S"].iter().find_map(|format| NaiveTime::parse_from_str(time, format).ok())?;
    let local = day.and_time(time);
    match offset {
        "" => Some(in_london(local)),
        "z" => Some(Ok(local.and_utc())),
        offset => Some(Ok((local - offset_seconds(offset)?).and_utc())),
    }
}

/// The first day of this name after a day.
fn coming(today: NaiveDate, named: Weekday) -> NaiveDate {
    let days = 7 - u64::from(today.weekday().days_since(named));
    after(today, days)
}

fn tomorrow(now: DateTime<Utc>) -> NaiveDate {
    after(day_of(now), 1)
}

fn after(day: NaiveDate, days: u64) -> NaiveDate {
    day + Days::new(days)
}

#[cfg(test)]
#[path = "due_tests.rs"]
mod tests;
