//! Working days, deadlines, and how times are shown: all in Europe/London.
//!
//! Stored times are instants; days, working days and clock times exist only here (TIM-25). Bank
//! holidays are read from a file in the gov.uk shape and never computed: proclamations change them.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, Offset, TimeDelta, TimeZone, Utc, Weekday};
use chrono_tz::Europe::London;
use serde::Deserialize;

use super::procedure::Within;

/// The longest deadline of any unit; a longer one is an error when the procedure is loaded.
pub const LONGEST: u32 = 5_000;

/// The last minute of a day, when a deadline counted in days ends (G-01).
const LAST_MINUTE: NaiveTime = NaiveTime::from_hms_opt(23, 59, 0).expect("a time of day");

/// The bank holidays of England and Wales, as far as the file goes (TIM-12).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    /// With what each is called.
    holidays: BTreeMap<NaiveDate, String>,
    first_year: i32,
    last_year: i32,
}

/// What a day counts as where working days are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayKind<'a> {
    Working,
    Weekend,
    /// By the name the file gives it.
    BankHoliday(&'a str),
}

/// A deadline, computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    pub at: DateTime<Utc>,
    /// The count ran through a year whose bank holidays are not loaded: to be said beside it (TIM-26).
    pub beyond_holidays: bool,
}

/// Why a file of bank holidays can't be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotHolidays {
    #[error("it is not in the shape of gov.uk's bank-holidays.json: {0}")]
    Shape(String),
    #[error("its division england-and-wales lists no bank holidays")]
    Empty,
}

impl Calendar {
    /// Reads gov.uk's file. Other divisions and unknown fields are passed over.
    pub fn from_gov_uk(json: &str) -> Result<Self, NotHolidays> {
        #[derive(Deserialize)]
        struct File {
            #[serde(rename = "england-and-wales")]
            england_and_wales: Division,
        }
        #[derive(Deserialize)]
        struct Division {
            events: Vec<Event>,
        }
        #[derive(Deserialize)]
        struct Event {
            date: NaiveDate,
            #[serde(default)]
            title: String,
        }

        let file: File = serde_json::from_str(json).map_err(|error| NotHolidays::Shape(error.to_string()))?;
        let events = file.england_and_wales.events.into_iter();
        let holidays: BTreeMap<_, _> = events.map(|event| (event.date, event.title)).collect();
        let (Some((first, _)), Some((last, _))) = (holidays.first_key_value(), holidays.last_key_value()) else {
            return Err(NotHolidays::Empty);
        };
        Ok(Self { first_year: first.year(), last_year: last.year(), holidays })
    }

    /// What a day counts as (TIM-12). A bank holiday on a Saturday or Sunday is a weekend day.
    pub fn day_kind(&self, day: NaiveDate) -> DayKind<'_> {
        match self.holidays.get(&day) {
            _ if matches!(day.weekday(), Weekday::Sat | Weekday::Sun) => DayKind::Weekend,
            Some(title) => DayKind::BankHoliday(title),
            None => DayKind::Working,
        }
    }

    /// Monday to Friday, and not a bank holiday of England and Wales (TIM-12).
    pub fn is_working_day(&self, day: NaiveDate) -> bool {
        self.day_kind(day) == DayKind::Working
    }

    /// The next bank holiday of this name, today's included.
    pub fn holiday(&self, title: &str, today: NaiveDate) -> Option<NaiveDate> {
        self.holidays.range(today..).find(|(_, name)| name.as_str() == title).map(|(day, _)| *day)
    }

    /// The last year whose bank holidays the file lists (TIM-26).
    pub fn last_covered_year(&self) -> i32 {
        self.last_year
    }

    /// The last day whose working days are known.
    pub fn last_covered_day(&self) -> NaiveDate {
        NaiveDate::from_ymd_opt(self.last_year, 12, 31).unwrap_or(NaiveDate::MAX)
    }

    /// When something is due that has to be done within a time of an event (TIM-12 to TIM-15).
    pub fn due(&self, from: DateTime<Utc>, within: Within) -> Due {
        let day = day_of(from);
        let at = match within {
            Within::SameDay => end_of_day(day),
            Within::Hours(hours) => from + TimeDelta::hours(i64::from(hours.min(LONGEST))),
            Within::CalendarDays(days) => end_of_day(day + Days::new(u64::from(days.min(LONGEST)))),
            Within::WorkingDays(days) => return self.due_in_working_days(day, days.min(LONGEST)),
        };
        Due { at, beyond_holidays: false }
    }

    /// How many working days lie after one instant's day, up to and including another's (TIM-10).
    pub fn working_days_between(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> u32 {
        let last = day_of(to);
        let days = days_after(day_of(from)).take_while(|day| *day <= last);
        days.filter(|day| self.is_working_day(*day)).take(LONGEST as usize).count() as u32
    }

    /// The first working day strictly after an instant's day.
    pub fn working_day_after(&self, at: DateTime<Utc>) -> NaiveDate {
        let today = day_of(at);
        days_after(today).take(LONGEST as usize).find(|day| self.is_working_day(*day)).unwrap_or(today)
    }

    /// The nth working day strictly after a day, whether or not the day itself is one (TIM-13).
    fn due_in_working_days(&self, day: NaiveDate, count: u32) -> Due {
        let nth = days_after(day).filter(|day| self.is_working_day(*day)).take(count as usize).last();
        let last = nth.unwrap_or(day);
        let covered = self.first_year..=self.last_year;
        let beyond_holidays = !covered.contains(&day.year()) || !covered.contains(&last.year());
        Due { at: end_of_day(last), beyond_holidays }
    }
}

/// The days after a day, one by one.
fn days_after(day: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    day.iter_days().skip(1)
}

/// The day an instant falls on in Europe/London.
pub fn day_of(at: DateTime<Utc>) -> NaiveDate {
    at.with_timezone(&London).date_naive()
}

/// 23:59 of a day in Europe/London, the last minute of a deadline counted in days (G-01).
pub fn end_of_day(day: NaiveDate) -> DateTime<Utc> {
    let minute = day.and_time(LAST_MINUTE);
    // Clocks change at one or two in the morning, so this minute is there exactly once.
    London.from_local_datetime(&minute).latest().map_or(minute.and_utc(), |at| at.to_utc())
}

/// A day was said and no time: what is due then is due at its end.
pub fn is_a_day(at: DateTime<Utc>) -> bool {
    at == end_of_day(day_of(at))
}

/// A time of day in Europe/London; the first of two, and after the hour the clocks skip.
pub fn at_time(day: NaiveDate, time: NaiveTime) -> DateTime<Utc> {
    let local = day.and_time(time);
    let there = London.from_local_datetime(&local).earliest();
    let there = there.or_else(|| London.from_local_datetime(&(local + TimeDelta::hours(1))).earliest());
    there.map_or(local.and_utc(), |at| at.to_utc())
}

/// "14 May 2027".
pub fn date(at: DateTime<Utc>) -> String {
    date_of(day_of(at))
}

/// "14 May 2027", of a day.
pub fn date_of(day: NaiveDate) -> String {
    day.format("%-d %B %Y").to_string()
}

/// "14:20".
pub fn time(at: DateTime<Utc>) -> String {
    at.with_timezone(&London).format("%H:%M").to_string()
}

/// "14 May 2027 14:20".
pub fn both(at: DateTime<Utc>) -> String {
    at.with_timezone(&London).format("%-d %B %Y %H:%M").to_string()
}

/// "Friday".
pub fn weekday(at: DateTime<Utc>) -> String {
    at.with_timezone(&London).format("%A").to_string()
}

/// "14:20 BST": the clock time with its zone's name, for a record that runs across a clock change (TIM-25).
pub fn time_with_zone(at: DateTime<Utc>) -> String {
    at.with_timezone(&London).format("%H:%M %Z").to_string()
}

/// Whether London's clocks were changed between two instants.
pub fn clocks_changed(from: DateTime<Utc>, to: DateTime<Utc>) -> bool {
    from.with_timezone(&London).offset().fix() != to.with_timezone(&London).offset().fix()
}

/// "2026-12-12T23:59:00+00:00": to the second, with Europe/London's offset.
pub fn iso_with_offset(at: DateTime<Utc>) -> String {
    at.with_timezone(&London).format("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

/// How long it is from one instant to a later one: "40 min", "3 h 40 min", "35 hours", "5 days" (TIM-06).
/// Whole units only, never rounded up.
pub fn elapsed_words(from: DateTime<Utc>, to: DateTime<Utc>) -> String {
    let elapsed = (to - from).max(TimeDelta::zero());
    let (hours, minutes) = (elapsed.num_hours(), elapsed.num_minutes() % 60);
    match (hours, minutes) {
        (0, minutes) => format!("{minutes} min"),
        (1..24, 0) => format!("{hours} h"),
        (1..24, minutes) => format!("{hours} h {minutes} min"),
        (24..72, _) => format!("{hours} hours"),
        _ => format!("{} days", elapsed.num_days()),
    }
}

#[cfg(test)]
#[path = "calendar_tests.rs"]
mod tests;
