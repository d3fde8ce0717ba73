//! How long from now, or ago: "within 24 hours", "3 working days", "in a fortnight", "a week on Friday", "an hour ago".

use chrono::{DateTime, Days, Months, NaiveDate, TimeDelta, Utc};

use super::words::number;
use super::{Asked, Refused, UNKNOWN, Why, after, days};
use crate::domain::calendar::{LONGEST, day_of, end_of_day};
use crate::domain::procedure::Within;

/// So long from now: to the minute, or to a day.
pub(super) enum Length {
    Instant(DateTime<Utc>),
    Days(Vec<NaiveDate>),
}

type Found<'a, 'b> = Result<Option<(Length, &'b [&'a str])>, Refused>;

/// How long, each counted and no more than [`LONGEST`]; hours are minutes.
#[derive(Clone, Copy)]
enum Amount {
    Minutes(i64),
    Days(u32),
    WorkingDays(u32),
    Weeks(u32),
    Months(u32),
}

impl Amount {
    /// A day so much later.
    fn later(self, day: NaiveDate, asked: &Asked<'_>) -> Result<NaiveDate, Refused> {
        match self {
            Self::Minutes(_) => Err(UNKNOWN),
            Self::Days(count) => Ok(after(day, u64::from(count))),
            Self::Weeks(count) => Ok(after(day, u64::from(count) * 7)),
            Self::WorkingDays(count) => Ok(day_of(asked.calendar.due(end_of_day(day), Within::WorkingDays(count)).at)),
            Self::Months(count) => day.checked_add_months(Months::new(count)).ok_or((Why::TooFar, Vec::new())),
        }
    }

    /// So long ago; working days are not counted backwards.
    fn ago(self, asked: &Asked<'_>) -> Result<Length, Refused> {
        let too_far = (Why::TooFar, Vec::new());
        let day = match self {
            Self::Minutes(count) => return Ok(Length::Instant(asked.now - TimeDelta::minutes(count))),
            Self::Days(count) => asked.today().checked_sub_days(Days::new(u64::from(count))),
            Self::Weeks(count) => asked.today().checked_sub_days(Days::new(u64::from(count) * 7)),
            Self::Months(count) => asked.today().checked_sub_months(Months::new(count)),
            Self::WorkingDays(_) => return Err(UNKNOWN),
        };
        day.map(|day| Length::Days(vec![day])).ok_or(too_far)
    }

    /// "a week tomorrow", "a month on Friday": a day may follow it as it stands.
    fn is_said_of_a_day(self) -> bool {
        matches!(self, Self::Weeks(_) | Self::Months(_))
    }
}

/// The length at the start of some words, and the words after it.
pub(super) fn length<'a, 'b>(words: &'b [&'a str], asked: &Asked<'_>) -> Found<'a, 'b> {
    if let (true, ["just", "now", rest @ ..] | ["now", rest @ ..]) = (asked.is_past(), words) {
        return Ok(Some((Length::Instant(asked.now), rest)));
    }
    let (words, is_within) = within(words);
    let today = asked.today();
    if is_within {
        match words {
            ["hour", rest @ ..] => return Ok(Some((Length::Instant(asked.now + TimeDelta::hours(1)), rest))),
            ["day", rest @ ..] => return Ok(Some((Length::Days(vec![today]), rest))),
            // The end of this one, or seven days?
            ["week", ..] => {
                let friday = days::day(&["end", "week"], asked)?.map(|(days, _)| days).unwrap_or_default();
                let days = friday.into_iter().chain([after(today, 7)]).collect();
                return Ok(Some((Length::Days(days), &words[1..])));
            }
            _ => {}
        }
    }
    let Some((amount, rest)) = amount(words)? else {
        return match (is_within, is_too_long(words)) {
            (true, true) => Err((Why::TooFar, Vec::new())),
            (true, false) => Err(UNKNOWN),
            (false, _) => Ok(None),
        };
    };
    let rest = match rest {
        ["ago", rest @ ..] if asked.is_past() && !is_within => return Ok(Some((amount.ago(asked)?, rest))),
        rest => unwound(rest),
    };
    if let Amount::Minutes(count) = amount {
        return Ok(Some((Length::Instant(asked.now + TimeDelta::minutes(count)), rest)));
    }
    // A week on Friday, two working days from Monday: counted from the day that follows.
    let from = match rest {
        ["from" | "after", from @ ..] => Some(from),
        ["on", from @ ..] | from if amount.is_said_of_a_day() && !is_within => Some(from),
        _ => None,
    };
    let from = from.map(|from| days::day(from, asked)).transpose()?.flatten();
    let (from, rest) = from.unwrap_or((vec![today], rest));
    let days = from.into_iter().map(|day| amount.later(day, asked)).collect::<Result<_, Refused>>()?;
    Ok(Some((Length::Days(days), rest)))
}

/// Without "in", "within" or "in the next", and whether one of them was there.
fn within<'a, 'b>(words: &'b [&'a str]) -> (&'b [&'a str], bool) {
    let is_counted = |rest: &[&str]| matches!(rest, ["hour" | "week", ..]) || number(rest).is_some();
    match words {
        ["in" | "within" | "over" | "during", "next", rest @ ..] if is_counted(rest) => (rest, true),
        ["next", rest @ ..] if number(rest).is_some() => (rest, true),
        ["in" | "within", rest @ ..] if !matches!(rest, ["morning" | "afternoon" | "evening", ..]) => (rest, true),
        words => (words, false),
    }
}

fn amount<'a, 'b>(words: &'b [&'a str]) -> Result<Option<(Amount, &'b [&'a str])>, Refused> {
    if let Some((minutes, rest)) = minutes(words)? {
        return Ok(Some((Amount::Minutes(minutes), rest)));
    }
    if let Some((count, rest)) = weeks(words) {
        counted(count.saturating_mul(7))?;
        return Ok(Some((Amount::Weeks(count), rest)));
    }
    let Some((count, rest)) = number(words) else { return Ok(None) };
    Ok(Some(match rest {
        ["working" | "business", "day" | "days", rest @ ..] | ["workday" | "workdays", rest @ ..] => {
            (Amount::WorkingDays(counted(count)?), rest)
        }
        ["calendar", "day" | "days", rest @ ..] | ["day" | "days", rest @ ..] => (Amount::Days(counted(count)?), rest),
        ["calendar", "month" | "months", rest @ ..] | ["month" | "months", rest @ ..] => {
            (Amount::Months(counted(count)?.min(1_200)), rest)
        }
        _ => return Ok(None),
    }))
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
