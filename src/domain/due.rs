//! What people write for a date and time: a closed grammar, so that a phrase is understood one way or not at all.
//!
//! A phrase says a day, a time, or both, in any order, in Europe/London unless an offset is written; or how long from
//! now. What each may be is in `due/days.rs`, `due/lengths.rs` and `due/words.rs`; the phrases people were thought of to
//! write, with what each means, stand in `due/phrases.txt`, which the tests read line by line. The day comes before the
//! month. A day without a time means its end, 23:59; close of play is 17:00.
//!
//! Most fields say what is still to come. A field that says what has happened is read the other way ([`Direction`]):
//! "Wednesday 4pm" is the one that was, a day needs its time, and what lies ahead is refused.
//!
//! What could mean two things is refused with both, dated, to choose from: "next Friday", "5 tomorrow", "tomorrow
//! morning". To add a phrase, add its line to the table and an arm to the reader of its part.

mod days;
mod lengths;
mod said;
mod words;

use std::collections::BTreeSet;

use chrono::{
    DateTime, Days, MappedLocalTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Timelike, Utc,
};
use chrono_tz::Europe::London;

use super::calendar::{self, Calendar, day_of};
use super::spoken::Spoken;
use said::Said;
use words::{is_iso_day, iso_day, offset_seconds, words_of};

/// Which way the words of a field point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// What is still to be done: "Friday" is the one that comes.
    Coming,
    /// What has happened: "Friday" is the one that was (REF-01).
    Past,
}

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
        let words: Vec<_> = self.offers.iter().copied().map(calendar::both).collect();
        let is_told_apart = words.iter().collect::<BTreeSet<_>>().len() == words.len();
        if is_told_apart { words } else { self.offers.iter().copied().map(with_zone).collect() }
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
    /// Something that has happened can't have happened later than now.
    NotYet,
    /// The day something happened, without the time.
    NoTime,
    /// More than can be counted.
    TooFar,
}

impl Why {
    pub const ALL: [Self; 11] = [
        Self::Nothing,
        Self::Unknown,
        Self::TwoMeanings,
        Self::NoSuchDay,
        Self::WrongWeekday,
        Self::SkippedHour,
        Self::HourTwice,
        Self::Passed,
        Self::NotYet,
        Self::NoTime,
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
            Self::NotYet => "due.not_yet",
            Self::NoTime => "due.no_time",
            Self::TooFar => "due.too_far",
        }
    }
}

/// A reason without the words it is about, and what may have been meant.
type Refused = (Why, Vec<DateTime<Utc>>);

/// The moment words are read at, and which way.
struct Asked<'c> {
    now: DateTime<Utc>,
    direction: Direction,
    calendar: &'c Calendar,
}

impl Asked<'_> {
    fn today(&self) -> NaiveDate {
        day_of(self.now)
    }

    fn yesterday(&self) -> NaiveDate {
        self.today() - Days::new(1)
    }

    fn is_past(&self) -> bool {
        self.direction == Direction::Past
    }

    /// The hour on the wall.
    fn hour(&self) -> u32 {
        self.now.with_timezone(&London).hour()
    }

    /// Whoever is up between midnight and five may still count the night to the day before.
    fn is_small_hours(&self) -> bool {
        self.hour() < SMALL_HOURS_END
    }

    /// An instant lies where the words point.
    fn may_be(&self, at: DateTime<Utc>) -> bool {
        match self.direction {
            Direction::Coming => at >= self.now,
            Direction::Past => at <= self.now,
        }
    }
}

/// The instant a phrase means, said at `now`. What has happened never lies after now; what is to come may be named as
/// a day and time that have passed.
pub fn parse(
    text: &str,
    direction: Direction,
    now: DateTime<Utc>,
    calendar: &Calendar,
) -> Result<DateTime<Utc>, NotUnderstood> {
    let asked = Asked { now, direction, calendar };
    let lower = text.to_lowercase();
    let words = words_of(&lower);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let found = match words[..] {
        [] | ["by" | "on" | "at"] => Err((Why::Nothing, Vec::new())),
        // An hour, a day of the month, or so many of something: nobody can tell.
        [word] if words::digits(word, 1..=2).is_some() => Err(UNKNOWN),
        [word] if iso(word).is_some() => iso(word).unwrap_or(Err(UNKNOWN)),
        ref words => Said::of(words, &asked).and_then(|said| said.meant(&asked)),
    };
    let is_ahead = |at: &DateTime<Utc>| asked.is_past() && *at > now;
    let found = found.and_then(|at| if is_ahead(&at) { Err((Why::NotYet, Vec::new())) } else { Ok(at) });
    found.map_err(|(why, offers)| NotUnderstood { why, read: Spoken::new(text), offers })
}

/// Whether words say a day and nothing of its hour: "today", "by Friday". The instant they mean is that day's end.
pub fn is_day_alone(text: &str, direction: Direction, now: DateTime<Utc>, calendar: &Calendar) -> bool {
    let asked = Asked { now, direction, calendar };
    let lower = text.to_lowercase();
    let words = words_of(&lower);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let is_instant = matches!(words[..], [word] if iso(word).is_some());
    !is_instant && Said::of(&words, &asked).is_ok_and(|said| said.is_day_alone())
}

/// An instant written in full, date, time and offset, with seconds or without.
pub fn instant(text: &str) -> Option<DateTime<Utc>> {
    iso(&text.trim().to_lowercase())?.ok()
}

const UNKNOWN: Refused = (Why::Unknown, Vec::new());
const LAST_MINUTE: NaiveTime = NaiveTime::from_hms_opt(23, 59, 0).expect("a time of day");
/// The hour a night's work ends and the new day has begun for everybody.
const SMALL_HOURS_END: u32 = 5;

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

fn after(day: NaiveDate, days: u64) -> NaiveDate {
    day + Days::new(days)
}

#[cfg(test)]
#[path = "due_tests.rs"]
mod tests;
