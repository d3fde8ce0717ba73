//! The days of due phrases: by name, by date, by the week and the month. Each is the list of days it may mean.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

use super::lengths::weeks;
use super::words::{
    Clock, digits, hours, is_iso_day, iso_day, month, ordinal, part_of_day, short_or_full_year, weekday, year,
};
use super::{Asked, Refused, Why, after};
use crate::domain::calendar::{Calendar, DayKind, LONGEST, end_of_day};

/// How far ahead a bank holiday is looked for: two years, one of them a leap year.
const DAYS_TO_A_HOLIDAY: usize = 731;

type Found<'a, 'b> = Result<Option<(Vec<NaiveDate>, &'b [&'a str])>, Refused>;

/// The end of a day or of its work, where a day may follow: "end of Friday", "close of play tomorrow".
pub(super) fn end<'a, 'b>(words: &'b [&'a str]) -> Option<(Clock, &'b [&'a str])> {
    Some(match words {
        ["end", "day", rest @ ..] | ["eod", rest @ ..] => (Clock::EndOfDay, rest),
        ["end", "working", "day", rest @ ..]
        | ["end" | "close", "play" | "business", rest @ ..]
        | ["cob" | "cop" | "eop", rest @ ..] => (Clock::close_of_play(), rest),
        ["end", next, ..] if is_a_day(next) => (Clock::end_of_that_day(), &words[1..]),
        _ => return None,
    })
}

fn is_a_day(word: &str) -> bool {
    matches!(word, "today" | "tomorrow") || weekday(word).is_some() || ordinal(word).is_some()
}

/// What is to be done before days off begin, or by then: "before the weekend", "by the weekend", "before next week".
pub(super) fn edge<'a, 'b>(words: &'b [&'a str], asked: &Asked<'_>) -> Option<(Vec<NaiveDate>, &'b [&'a str])> {
    let today = asked.today();
    let monday = monday_of(today);
    let (saturday, sunday) = (after(monday, 5), after(monday, 6));
    let (days, rest) = match words {
        ["before", "weekend", rest @ ..] | ["before", "this", "weekend", rest @ ..] => (Vec::new(), rest),
        ["by", "weekend", rest @ ..] | ["by", "this", "weekend", rest @ ..] => (vec![saturday, sunday], rest),
        ["before", "next", "week", rest @ ..] if !begins_with_a_weekday(rest) => (vec![sunday], rest),
        _ => return None,
    };
    let days: Vec<_> =
        end_of_week(monday, asked.calendar).into_iter().chain(days).filter(|day| *day >= today).collect();
    let days = if days.is_empty() { end_of_week(after(monday, 7), asked.calendar) } else { days };
    (!asked.is_past()).then_some((days, rest))
}

fn begins_with_a_weekday(words: &[&str]) -> bool {
    matches!(words, [name, ..] | ["on", name, ..] if weekday(name).is_some())
}

/// The day at the start of some words, and the words after it.
pub(super) fn day<'a, 'b>(words: &'b [&'a str], asked: &Asked<'_>) -> Found<'a, 'b> {
    let today = asked.today();
    if let Some(found) = last(words, asked).or_else(|| feast(words, asked)).or_else(|| span(words, asked)) {
        return Ok(Some(found));
    }
    let Some((first, rest)) = words.split_first() else { return Ok(None) };
    let one = |day: NaiveDate, rest| Ok(Some((vec![day], rest)));
    match words {
        ["day", "after", "tomorrow", rest @ ..] => return Ok(Some((by_night(2, asked), rest))),
        ["day", "before", "yesterday", rest @ ..] => return one(today - Days::new(2), rest),
        ["next", "day", rest @ ..] => return Ok(Some((by_night(1, asked), rest))),
        ["next" | "first", "working", "day", rest @ ..] | ["next", "workday", rest @ ..] => {
            return one(asked.calendar.working_day_after(asked.now), rest);
        }
        _ => {}
    }
    match *first {
        "today" | "tonight" => Ok(Some(shifted(vec![today], rest, asked))),
        "this" if rest.first().is_some_and(|part| *part != "night" && part_of_day(part).is_some()) => {
            one(today, &rest[1..])
        }
        "tomorrow" => Ok(Some(shifted(by_night(1, asked), rest, asked))),
        "yesterday" if asked.is_small_hours() => Ok(Some((vec![asked.yesterday(), today - Days::new(2)], rest))),
        "yesterday" => one(asked.yesterday(), rest),
        word if weekday(word).is_some() => by_name(word, rest, asked),
        word if slashed(word).is_some() => one(slashed_day(word, asked)?, rest),
        word if is_iso_day(word) => one(iso_day(word).ok_or((Why::NoSuchDay, Vec::new()))?, rest),
        _ => Ok(of_month(words, asked)?.map(|(day, rest)| (vec![day], rest)).or_else(|| of_this_month(words, asked))),
    }
}

/// So many days on; for somebody still up, that may be counted from the day before.
fn by_night(days: u64, asked: &Asked<'_>) -> Vec<NaiveDate> {
    let meant = after(asked.today(), days);
    if asked.is_small_hours() { vec![meant - Days::new(1), meant] } else { vec![meant] }
}

/// "last Friday", "last night", "Friday of last week", where what has happened is said.
fn last<'a, 'b>(words: &'b [&'a str], asked: &Asked<'_>) -> Option<(Vec<NaiveDate>, &'b [&'a str])> {
    if !asked.is_past() {
        return None;
    }
    let today = asked.today();
    let monday = monday_of(today) - Days::new(7);
    Some(match words {
        // Whoever is still up may mean this night.
        ["last", "night", rest @ ..] if asked.is_small_hours() => (vec![asked.yesterday(), today - Days::new(2)], rest),
        ["last", "night", rest @ ..] => (vec![asked.yesterday()], rest),
        ["last", "week", name, rest @ ..] | [name, "last", "week", rest @ ..] if weekday(name).is_some() => {
            (vec![of_week(monday, name)?], rest)
        }
        // The one of this week or of the last?
        ["last", name, rest @ ..] | [name, "last", rest @ ..] if weekday(name).is_some() => {
            let latest = nearest(weekday(name)?, asked);
            let is_this_week = latest >= monday_of(today);
            (if is_this_week { vec![latest, latest - Days::new(7)] } else { vec![latest] }, rest)
        }
        ["last", "weekend", rest @ ..] => (vec![after(monday, 5), after(monday, 6)], rest),
        ["weekend", rest @ ..] if !is_weekend(today) => (vec![after(monday, 5), after(monday, 6)], rest),
        _ => return None,
    })
}

/// The days that have names of their own. A bank holiday in lieu doesn't move them.
fn feast<'a, 'b>(words: &'b [&'a str], asked: &Asked<'_>) -> Option<(Vec<NaiveDate>, &'b [&'a str])> {
    let today = asked.today();
    let (day, rest) = match words {
        ["christmas", "eve", rest @ ..] => (nearest_date(24, 12, asked), rest),
        ["christmas", "day", rest @ ..] | ["christmas", rest @ ..] => (nearest_date(25, 12, asked), rest),
        ["boxing", "day", rest @ ..] => (nearest_date(26, 12, asked), rest),
        ["new", "years", "eve", rest @ ..] => (nearest_date(31, 12, asked), rest),
        ["new", "years", "day", rest @ ..] => (nearest_date(1, 1, asked), rest),
        ["good", "friday", rest @ ..] => (asked.calendar.holiday("Good Friday", today), rest),
        ["easter", "monday", rest @ ..] => (asked.calendar.holiday("Easter Monday", today), rest),
        ["bank", "holiday", name, rest @ ..] | [name, "bank", "holiday", rest @ ..] => {
            let named = weekday(name)?;
            let is_one = |day: &NaiveDate| {
                day.weekday() == named && matches!(asked.calendar.day_kind(*day), DayKind::BankHoliday(_))
            };
            (today.iter_days().take(DAYS_TO_A_HOLIDAY).find(is_one), rest)
        }
        _ => return None,
    };
    day.map(|day| (vec![day], rest))
}

/// A week or a month, its end or its days: "end of next week", "this Friday", "the weekend".
fn span<'a, 'b>(words: &'b [&'a str], asked: &Asked<'_>) -> Option<(Vec<NaiveDate>, &'b [&'a str])> {
    let (today, calendar) = (asked.today(), asked.calendar);
    let monday = monday_of(today);
    let next_monday = after(monday, 7);
    Some(match words {
        ["end", "week", rest @ ..] | ["end", "this", "week", rest @ ..] | ["eow", rest @ ..] => {
            let meant = end_of_week(monday, calendar);
            (if is_weekend(today) { vec![after(monday, 6), after(next_monday, 4)] } else { meant }, rest)
        }
        ["end", "next", "week", rest @ ..] => (end_of_week(next_monday, calendar), rest),
        ["start" | "beginning", "next", "week", rest @ ..] => (start_of_week(next_monday, calendar), rest),
        ["this", "week", name, rest @ ..] if weekday(name).is_some() => (vec![of_week(monday, name)?], rest),
        ["next", "week", name, rest @ ..] if weekday(name).is_some() => (vec![of_week(next_monday, name)?], rest),
        ["next", "week", "on", name, rest @ ..] if weekday(name).is_some() => (vec![of_week(next_monday, name)?], rest),
        ["next", "week", rest @ ..] => (vec![next_monday, after(next_monday, 4)], rest),
        ["this", "week", rest @ ..] => (vec![after(monday, 4), after(monday, 6)], rest),
        ["weekend" | "over", "weekend", rest @ ..] | ["this", "weekend", rest @ ..] | ["weekend", rest @ ..] => {
            (vec![after(monday, 5), after(monday, 6)], rest)
        }
        ["end", "month", rest @ ..] | ["end", "this", "month", rest @ ..] => (vec![end_of_month(today)?], rest),
        ["end", "next", "month", rest @ ..] => (vec![end_of_month(today.with_day(1)? + Months::new(1))?], rest),
        ["end", "year", rest @ ..] => (vec![NaiveDate::from_ymd_opt(today.year(), 12, 31)?], rest),
        ["end", name, rest @ ..] if month(name).is_some() => {
            let of = |year| NaiveDate::from_ymd_opt(year, month(name)?, 1).and_then(end_of_month);
            (vec![of(today.year()).filter(|day| *day >= today).or_else(|| of(today.year() + 1))?], rest)
        }
        // May be either of two, to some people.
        ["next", name, rest @ ..] | [name, "next", rest @ ..] if weekday(name).is_some() && !is_week(rest) => {
            let first = after(today, until(weekday(name)?, today));
            (vec![first, after(first, 7)], rest)
        }
        // Is only unclear on the day itself.
        ["this", name, rest @ ..] if weekday(name).is_some() => (named_days(weekday(name)?, asked), rest),
        _ => return None,
    })
}

fn is_week(words: &[&str]) -> bool {
    matches!(words, ["week", ..])
}

fn is_weekend(day: NaiveDate) -> bool {
    matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

fn monday_of(day: NaiveDate) -> NaiveDate {
    day - Days::new(u64::from(day.weekday().num_days_from_monday()))
}

/// The last day of a week's work; where Friday is a holiday it may mean the day before.
fn end_of_week(monday: NaiveDate, calendar: &Calendar) -> Vec<NaiveDate> {
    let friday = after(monday, 4);
    let last = (0..5).rev().map(|days| after(monday, days)).find(|day| calendar.is_working_day(*day));
    last.into_iter().filter(|day| *day != friday).chain([friday]).collect()
}

fn start_of_week(monday: NaiveDate, calendar: &Calendar) -> Vec<NaiveDate> {
    let first = monday.iter_days().take(5).find(|day| calendar.is_working_day(*day));
    [monday].into_iter().chain(first.filter(|day| *day != monday)).collect()
}

fn of_week(monday: NaiveDate, name: &str) -> Option<NaiveDate> {
    weekday(name).map(|named| after(monday, u64::from(named.num_days_from_monday())))
}

fn end_of_month(day: NaiveDate) -> Option<NaiveDate> {
    day.with_day(1)?.checked_add_months(Months::new(1))?.pred_opt()
}

/// `Friday`; `Friday 14 May 2027` where the two have to agree; `Friday week`; `Friday of next week`.
fn by_name<'a, 'b>(name: &str, rest: &'b [&'a str], asked: &Asked<'_>) -> Found<'a, 'b> {
    let Some(named) = weekday(name) else { return Ok(None) };
    let monday = monday_of(asked.today());
    match rest {
        ["next", "week", rest @ ..] => return Ok(of_week(after(monday, 7), name).map(|day| (vec![day], rest))),
        ["this", "week", rest @ ..] => return Ok(of_week(monday, name).map(|day| (vec![day], rest))),
        _ => {}
    }
    let dated = match of_month(rest, asked)? {
        None => match rest {
            [word, after @ ..] if slashed(word).is_some() => Some((vec![slashed_day(word, asked)?], after)),
            _ => of_this_month(rest, asked),
        },
        Some((day, rest)) => Some((vec![day], rest)),
    };
    if let Some((days, rest)) = dated {
        let agree: Vec<_> = days.iter().copied().filter(|day| day.weekday() == named).collect();
        return match agree.is_empty() {
            true => Err((Why::WrongWeekday, days.into_iter().map(end_of_day).collect())),
            false => Ok(Some((agree, rest))),
        };
    }
    Ok(Some(shifted(named_days(named, asked), rest, asked)))
}

/// The day of this name that is meant; on the day itself it may be either.
fn named_days(named: Weekday, asked: &Asked<'_>) -> Vec<NaiveDate> {
    let (today, nearest) = (asked.today(), nearest(named, asked));
    if today.weekday() == named { vec![today, nearest] } else { vec![nearest] }
}

/// `Friday week`, `tomorrow fortnight`: so many weeks later.
fn shifted<'a, 'b>(days: Vec<NaiveDate>, rest: &'b [&'a str], asked: &Asked<'_>) -> (Vec<NaiveDate>, &'b [&'a str]) {
    match weeks(rest).filter(|(count, _)| *count <= LONGEST && !asked.is_past()) {
        Some((count, rest)) => (days.into_iter().map(|day| after(day, u64::from(count) * 7)).collect(), rest),
        None => (days, rest),
    }
}

/// `14 May 2027`, `May 14th`, or `14 May` for the next one.
fn of_month<'a, 'b>(words: &'b [&'a str], asked: &Asked<'_>) -> Result<Option<(NaiveDate, &'b [&'a str])>, Refused> {
    let (number, name, rest) = match words {
        [number, name, rest @ ..] if month(name).is_some() => (number, name, rest),
        [name, number, rest @ ..] if month(name).is_some() => (number, name, rest),
        _ => return Ok(None),
    };
    let (Some(number), Some(month)) = (ordinal(number).or_else(|| digits(number, 1..=2)), month(name)) else {
        return Ok(None);
    };
    if let Some(year) = rest.first().and_then(|word| short_or_full_year(word)) {
        let day = NaiveDate::from_ymd_opt(year, month, number).ok_or((Why::NoSuchDay, Vec::new()))?;
        return Ok(Some((day, &rest[1..])));
    }
    let day = nearest_date(number, month, asked).ok_or((Why::NoSuchDay, Vec::new()))?;
    Ok(Some((day, rest)))
}

/// `the 14th`: the nearest one there is; on the day itself it may be either.
fn of_this_month<'a, 'b>(words: &'b [&'a str], asked: &Asked<'_>) -> Option<(Vec<NaiveDate>, &'b [&'a str])> {
    let (first, rest) = words.split_first()?;
    let (number, today) = (ordinal(first)?, asked.today());
    let first_of = |apart: u32| {
        let first = today.with_day(1)?;
        if asked.is_past() {
            first.checked_sub_months(Months::new(apart))
        } else {
            first.checked_add_months(Months::new(apart))
        }
    };
    let may_be = |day: &NaiveDate| if asked.is_past() { *day <= today } else { *day >= today };
    let days: Vec<_> = (0..=12).filter_map(|apart| first_of(apart)?.with_day(number)).filter(may_be).collect();
    let many = if days.first() == Some(&today) { 2 } else { 1 };
    let days: Vec<_> = days.into_iter().take(many).collect();
    (!days.is_empty()).then_some((days, rest))
}

/// The nearest day of this number and month, in the direction of the words.
pub(super) fn nearest_date(number: u32, month: u32, asked: &Asked<'_>) -> Option<NaiveDate> {
    let today = asked.today();
    let made = |year: i32| NaiveDate::from_ymd_opt(year, month, number);
    if asked.is_past() {
        (today.year() - 8..=today.year()).rev().filter_map(made).find(|day| *day <= today)
    } else {
        (today.year()..=today.year() + 8).filter_map(made).find(|day| *day >= today)
    }
}

/// `14/05/2027`, `14-5-27`, `14.05.2027`, `14/5`: the day first. Numbers only, with at least day and month; what may be
/// times of a day is none.
fn slashed(word: &str) -> Option<(u32, u32, Option<i32>)> {
    if is_iso_day(word) || hours(word).is_some() {
        return None;
    }
    let separator = ['/', '-', '.'].into_iter().find(|one| word.contains(*one))?;
    let parts: Vec<&str> = word.split(separator).collect();
    match parts[..] {
        [day, month, written] => {
            let year = year(written).or_else(|| digits(written, 2..=2).map(|short| 2000 + short as i32))?;
            Some((digits(day, 1..=2)?, digits(month, 1..=2)?, Some(year)))
        }
        [day, month] => {
            let (day, month) = (digits(day, 1..=2)?, digits(month, 1..=2)?);
            // With a full stop it is a time, where there is such an hour.
            (separator != '.' || day >= 24 && (1..=12).contains(&month)).then_some((day, month, None))
        }
        _ => None,
    }
}

fn slashed_day(word: &str, asked: &Asked<'_>) -> Result<NaiveDate, Refused> {
    let found = slashed(word).and_then(|(day, month, year)| match year {
        Some(year) => NaiveDate::from_ymd_opt(year, month, day),
        None => nearest_date(day, month, asked),
    });
    found.ok_or((Why::NoSuchDay, Vec::new()))
}

/// The first day of this name after today, or the last before it.
fn nearest(named: Weekday, asked: &Asked<'_>) -> NaiveDate {
    let (today, until) = (asked.today(), until(named, asked.today()));
    if asked.is_past() { today - Days::new(if until == 7 { 7 } else { 7 - until }) } else { after(today, until) }
}

/// How many days it is to the first day of this name after a day.
fn until(named: Weekday, day: NaiveDate) -> u64 {
    7 - u64::from(day.weekday().days_since(named))
}
