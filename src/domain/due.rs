//! What people write for a date and time: a closed grammar, so that a phrase is understood one way or not at all.
//!
//! A phrase says a day, a time, or both, in any order, in Europe/London unless an offset is written; or how long from
//! now. What each may be is in `due/days.rs`, `due/lengths.rs` and `due/words.rs`; the phrases people were thought of to
//! write, with what each means, stand in `due/phrases.txt`, which the tests read line by line. The day comes before the
//! month. A day without a time means its end, 23:59; close of play is 17:00.
//!
//! What could mean two things is refused with both, dated, to choose from: "next Friday", "5 tomorrow", "tomorrow
//! morning". To add a phrase, add its line to the table and an arm to the reader of its part.

mod days;
mod lengths;
mod words;

use chrono::{DateTime, Days, MappedLocalTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Europe::London;

use super::calendar::{self, Calendar, day_of};
use super::spoken::Spoken;
use words::{Clock, Half, clock, half, is_iso_day, iso_day, offset_seconds, words_of};

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
    let words = words_of(&lower);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let found = match words[..] {
        [] | ["by" | "on" | "at"] => Err((Why::Nothing, Vec::new())),
        // An hour, a day of the month, or so many of something: nobody can tell.
        [word] if words::digits(word, 1..=2).is_some() => Err(UNKNOWN),
        [word] if iso(word).is_some() => iso(word).unwrap_or(Err(UNKNOWN)),
        ref words => Said::of(words, now, calendar).and_then(|said| said.meant(now)),
    };
    found.map_err(|(why, offers)| NotUnderstood { why, read: Spoken::new(text), offers })
}

/// An instant written in full, date, time and offset, with seconds or without.
pub fn instant(text: &str) -> Option<DateTime<Utc>> {
    iso(&text.trim().to_lowercase())?.ok()
}

const UNKNOWN: Refused = (Why::Unknown, Vec::new());
const LAST_MINUTE: NaiveTime = NaiveTime::from_hms_opt(23, 59, 0).expect("a time of day");

/// What a phrase says, part by part: the days and times it may mean.
#[derive(Default)]
struct Said {
    days: Option<Vec<NaiveDate>>,
    clock: Option<Clock>,
    half: Option<Half>,
    /// So long from now, to the minute.
    instant: Option<DateTime<Utc>>,
    /// "before Friday": by then, or is Friday still in time?
    before: bool,
}

impl Said {
    fn of(words: &[&str], now: DateTime<Utc>, calendar: &Calendar) -> Result<Self, Refused> {
        let mut said = Self::default();
        let mut rest = words;
        while let Some(first) = rest.first() {
            if matches!(*first, "at" | "on" | "by") && rest.len() > 1 {
                rest = &rest[1..];
            } else if *first == "before" && said.days.is_none() {
                (said.before, rest) = (true, &rest[1..]);
            } else {
                rest = said.take(rest, now, calendar)?;
            }
        }
        let is_anything = said.days.is_some() || said.clock.is_some() || said.half.is_some() || said.instant.is_some();
        if is_anything { Ok(said) } else { Err((Why::Nothing, Vec::new())) }
    }

    /// Takes the next part in; what is said twice is not understood.
    fn take<'a, 'b>(
        &mut self,
        words: &'b [&'a str],
        now: DateTime<Utc>,
        calendar: &Calendar,
    ) -> Result<&'b [&'a str], Refused> {
        if let Some((length, rest)) = lengths::length(words, now, calendar)? {
            let is_first = self.instant.is_none() && self.days.is_none();
            match length {
                lengths::Length::Instant(at) if is_first && self.clock.is_none() => self.instant = Some(at),
                lengths::Length::Days(days) if is_first => self.days = Some(days),
                _ => return Err(UNKNOWN),
            }
            return Ok(rest);
        }
        if let Some((clock, rest)) = days::end(words).filter(|_| self.clock.is_none()) {
            self.clock = Some(clock);
            return Ok(rest);
        }
        if let Some((days, rest)) = days::day(words, now, calendar)? {
            if self.days.replace(days).is_some() || self.instant.is_some() {
                return Err(UNKNOWN);
            }
            // "tonight" and "this afternoon" say a part of the day as well.
            self.half = self.half.or(words::half_of_today(words));
            return Ok(rest);
        }
        if let Some((half, rest)) = half(words).filter(|_| self.half.is_none()) {
            self.half = Some(half);
            return Ok(rest);
        }
        let (clock, rest) = clock(words).filter(|_| self.clock.is_none() && self.instant.is_none()).ok_or(UNKNOWN)?;
        self.clock = Some(clock);
        Ok(rest)
    }

    /// The one instant it means.
    fn meant(self, now: DateTime<Utc>) -> Result<DateTime<Utc>, Refused> {
        if let Some(at) = self.instant {
            let is_alone = self.clock.is_none() && self.half.is_none() && !self.before;
            return if is_alone { Ok(at) } else { Err(UNKNOWN) };
        }
        let today = day_of(now);
        let is_midnight = self.clock == Some(Clock::Midnight);
        let is_whole_day = self.clock.is_none() && self.half.is_none();
        let times = words::times(self.clock, self.half);
        let mut days = match self.days {
            Some(days) => days,
            None if is_midnight => vec![today, after(today, 1)],
            None => return time_alone(&times, now),
        };
        // Midnight belongs to either day, and "before Friday" may be Thursday's end.
        let is_tonight = is_midnight && self.half == Some(Half::Night);
        if (is_midnight && !is_tonight || self.before && is_whole_day)
            && let [day] = days[..]
        {
            days = vec![day - Days::new(1), day];
        }
        let all = days.iter().flat_map(|day| times.iter().map(|time| in_london(day.and_time(*time))));
        let all = all.collect::<Result<Vec<_>, Refused>>()?;
        // Of two times today, one that has passed is not meant; of two days, either may be.
        let is_today = days[..] == [today];
        let coming: Vec<_> = all.iter().copied().filter(|at| !is_today || *at >= now).collect();
        match (&coming[..], &all[..]) {
            ([one], _) | (_, [one]) => Ok(*one),
            _ => Err((Why::TwoMeanings, if coming.is_empty() { all } else { coming })),
        }
    }
}

/// A time of today; one that has passed may have meant tomorrow's, or may be a slip.
fn time_alone(times: &[NaiveTime], now: DateTime<Utc>) -> Result<DateTime<Utc>, Refused> {
    let on = |day: NaiveDate| {
        times.iter().map(move |time| in_london(day.and_time(*time))).collect::<Result<Vec<_>, Refused>>()
    };
    let today = day_of(now);
    let coming: Vec<_> = on(today)?.into_iter().filter(|at| *at >= now).collect();
    match coming[..] {
        [] => Err((Why::Passed, on(after(today, 1)).unwrap_or_default())),
        [at] => Ok(at),
        _ => Err((Why::TwoMeanings, coming)),
    }
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

fn after(day: NaiveDate, days: u64) -> NaiveDate {
    day + Days::new(days)
}

#[cfg(test)]
#[path = "due_tests.rs"]
mod tests;
