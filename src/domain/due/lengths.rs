//! How long from now: "within 24 hours", "3 working days", "in a fortnight", "a week on Friday".

use chrono::{DateTime, Months, NaiveDate, TimeDelta, Utc};

use super::words::number;
use super::{Refused, Why, after, days};
use crate::domain::calendar::{Calendar, LONGEST, day_of};
use crate::domain::procedure::Within;

/// So long from now: to the minute, or to a day.
pub(super) enum Length {
    Instant(DateTime<Utc>),
    Days(Vec<NaiveDate>),
}

type Found<'a, 'b> = Result<Option<(Length, &'b [&'a str])>, Refused>;

/// The length at the start of some words, and the words after it.
pub(super) fn length<'a, 'b>(words: &'b [&'a str], now: DateTime<Utc>, calendar: &Calendar) -> Found<'a, 'b> {
    let (words, is_within) = match words {
        ["in" | "within", rest @ ..] if !matches!(rest, ["morning" | "afternoon" | "evening", ..]) => (rest, true),
        words => (words, false),
    };
    let today = day_of(now);
    if is_within {
        match words {
            ["hour", rest @ ..] => return Ok(Some((Length::Instant(now + TimeDelta::hours(1)), rest))),
            ["day", rest @ ..] => return Ok(Some((Length::Days(vec![today]), rest))),
            // The end of this one, or seven days?
            ["week", ..] => {
                let friday = days::day(&["end", "week"], now, calendar)?.map(|(days, _)| days).unwrap_or_default();
                let days = friday.into_iter().chain([after(today, 7)]).collect();
                return Ok(Some((Length::Days(days), &words[1..])));
            }
            _ => {}
        }
    }
    if let Some((minutes, rest)) = minutes(words)? {
        return Ok(Some((Length::Instant(now + TimeDelta::minutes(minutes)), unwound(rest))));
    }
    if let Some((count, rest)) = weeks(words) {
        counted(count.saturating_mul(7))?;
        let rest = unwound(rest);
        let on = match rest {
            ["on" | "from", rest @ ..] => rest,
            rest => rest,
        };
        // A week on Friday: counted from the day that follows.
        if !is_within && let Some((days, rest)) = days::day(on, now, calendar)? {
            let days = days.into_iter().map(|day| after(day, u64::from(count) * 7)).collect();
            return Ok(Some((Length::Days(days), rest)));
        }
        return Ok(Some((Length::Days(vec![after(today, u64::from(count) * 7)]), rest)));
    }
    let found = match number(words) {
        None => None,
        Some((count, ["working" | "business", "day" | "days", rest @ ..])) => {
            Some((day_of(calendar.due(now, Within::WorkingDays(counted(count)?)).at), rest))
        }
        Some((count, ["day" | "days", rest @ ..])) => Some((after(today, u64::from(counted(count)?)), rest)),
        Some((count, ["month" | "months", rest @ ..])) => {
            let months = Months::new(counted(count)?.min(1_200));
            Some((today.checked_add_months(months).ok_or((Why::TooFar, Vec::new()))?, rest))
        }
        Some((count, ["hour" | "hours" | "minute" | "minutes", ..])) => return counted(count).map(|_| None),
        Some(_) => None,
    };
    match found {
        Some((day, rest)) => Ok(Some((Length::Days(vec![day]), unwound(rest)))),
        None if is_within && is_too_long(words) => Err((Why::TooFar, Vec::new())),
        None if is_within => Err(super::UNKNOWN),
        None => Ok(None),
    }
}

/// So many weeks or fortnights; without a number, one.
pub(super) fn weeks<'a, 'b>(words: &'b [&'a str]) -> Option<(u32, &'b [&'a str])> {
    let (count, rest) = match words {
        ["week" | "fortnight", ..] => (1, words),
        words => number(words)?,
    };
    match rest {
        ["week" | "weeks", rest @ ..] => Some((count, rest)),
        ["fortnight" | "fortnights", rest @ ..] => Some((count.saturating_mul(2), rest)),
        _ => None,
    }
}

/// Minutes and hours, halves included.
fn minutes<'a, 'b>(words: &'b [&'a str]) -> Result<Option<(i64, &'b [&'a str])>, Refused> {
    let half_an_hour = match words {
        ["half", "a" | "an", "hour", rest @ ..] | ["half", "hour", rest @ ..] => Some(rest),
        _ => None,
    };
    if let Some(rest) = half_an_hour {
        return Ok(Some((30, rest)));
    }
    let Some((count, rest)) = number(words) else { return Ok(None) };
    let hours = |count: u32, extra: i64| counted(count).map(|count| i64::from(count) * 60 + extra);
    Ok(Some(match rest {
        ["minute" | "minutes", rest @ ..] => (i64::from(counted(count)?), rest),
        ["hour" | "hours", "and", "a", "half", rest @ ..] | ["and", "a", "half", "hours", rest @ ..] => {
            (hours(count, 30)?, rest)
        }
        ["hour" | "hours", rest @ ..] => (hours(count, 0)?, rest),
        _ => return Ok(None),
    }))
}

/// What people add to a length: "from now", "two days' time".
fn unwound<'a, 'b>(words: &'b [&'a str]) -> &'b [&'a str] {
    match words {
        ["time", rest @ ..] | ["from", "now" | "today", rest @ ..] => rest,
        words => words,
    }
}

fn counted(count: u32) -> Result<u32, Refused> {
    if count <= LONGEST { Ok(count) } else { Err((Why::TooFar, Vec::new())) }
}

fn is_too_long(words: &[&str]) -> bool {
    let is_number = |word: &&str| word.len() > 9 && word.bytes().all(|byte| byte.is_ascii_digit());
    words.first().is_some_and(is_number)
}
