//! The days of due phrases: by name, by date, by the week and the month. Each is the list of days it may mean.

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, Utc, Weekday};

use super::lengths::weeks;
use super::words::{Clock, digits, is_iso_day, iso_day, month, ordinal, weekday, year};
use super::{Refused, Why, after};
use crate::domain::calendar::{Calendar, day_of, end_of_day};

type Found<'a, 'b> = Result<Option<(Vec<NaiveDate>, &'b [&'a str])>, Refused>;

/// The end of a day or of its work, where a day may follow: "end of Friday", "close of play tomorrow".
pub(super) fn end<'a, 'b>(words: &'b [&'a str]) -> Option<(Clock, &'b [&'a str])> {
    Some(match words {
        ["end", "day", rest @ ..] | ["eod", rest @ ..] => (Clock::end_of_day(), rest),
        ["end", "working", "day", rest @ ..]
        | ["end" | "close", "play" | "business", rest @ ..]
        | ["cob" | "cop" | "eop", rest @ ..] => (Clock::close_of_play(), rest),
        ["end", next, ..] if is_a_day(next) => (Clock::end_of_day(), &words[1..]),
        _ => return None,
    })
}

fn is_a_day(word: &str) -> bool {
    matches!(word, "today" | "tomorrow") || weekday(word).is_some() || ordinal(word).is_some()
}

/// The day at the start of some words, and the words after it.
pub(super) fn day<'a, 'b>(words: &'b [&'a str], now: DateTime<Utc>, calendar: &Calendar) -> Found<'a, 'b> {
    let today = day_of(now);
    if let Some(found) = span(words, today, calendar) {
        return Ok(Some(found));
    }
    let (first, rest) = match words {
        [] => return Ok(None),
        [first, rest @ ..] => (*first, rest),
    };
    let one = |day: NaiveDate, rest| Ok(Some((vec![day], rest)));
    match words {
        ["day", "after", "tomorrow", rest @ ..] => return one(after(today, 2), rest),
        ["next", "day", rest @ ..] => return one(after(today, 1), rest),
        ["next" | "first", "working", "day", rest @ ..] => return one(calendar.working_day_after(now), rest),
        ["christmas", "eve", rest @ ..] => return Ok(coming_date(24, 12, today).map(|day| (vec![day], rest))),
        ["new", "years", "eve", rest @ ..] => return Ok(coming_date(31, 12, today).map(|day| (vec![day], rest))),
        ["good", "friday", rest @ ..] => {
            return Ok(calendar.holiday("Good Friday", today).map(|day| (vec![day], rest)));
        }
        ["easter", "monday", rest @ ..] => {
            return Ok(calendar.holiday("Easter Monday", today).map(|day| (vec![day], rest)));
        }
        _ => {}
    }
    match first {
        "today" | "tonight" => Ok(Some(shifted(vec![today], rest))),
        "this" if matches!(rest.first(), Some(&("morning" | "afternoon" | "evening"))) => one(today, &rest[1..]),
        "tomorrow" => Ok(Some(shifted(vec![after(today, 1)], rest))),
        "yesterday" => one(today - Days::new(1), rest),
        word if weekday(word).is_some() => by_name(word, rest, today),
        word if slashed(word).is_some() => one(slashed_day(word, today)?, rest),
        word if is_iso_day(word) => one(iso_day(word).ok_or((Why::NoSuchDay, Vec::new()))?, rest),
        _ => Ok(of_month(words, today)?.map(|(day, rest)| (vec![day], rest)).or_else(|| of_this_month(words, today))),
    }
}

/// A week or a month, its end or its days: "end of next week", "this Friday", "the weekend".
fn span<'a, 'b>(
    words: &'b [&'a str],
    today: NaiveDate,
    calendar: &Calendar,
) -> Option<(Vec<NaiveDate>, &'b [&'a str])> {
    let monday = today - Days::new(u64::from(today.weekday().num_days_from_monday()));
    let next_monday = after(monday, 7);
    Some(match words {
        ["end", "week", rest @ ..] | ["end", "this", "week", rest @ ..] | ["eow", rest @ ..] => {
            let is_over = matches!(today.weekday(), Weekday::Sat | Weekday::Sun);
            let meant = end_of_week(monday, calendar);
            (if is_over { vec![after(monday, 6), after(next_monday, 4)] } else { meant }, rest)
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
            let first = coming(today, weekday(name)?);
            (vec![first, after(first, 7)], rest)
        }
        // Is only unclear on the day itself.
        ["this", name, rest @ ..] if weekday(name).is_some() => {
            let named = weekday(name)?;
            let first = coming(today, named);
            (if today.weekday() == named { vec![today, first] } else { vec![first] }, rest)
        }
        _ => return None,
    })
}

fn is_week(words: &[&str]) -> bool {
    matches!(words, ["week", ..])
}

/// The last day of a week's work; where Friday is a holiday it may mean the day before.
fn end_of_week(monday: NaiveDate, calendar: &Calendar) -> Vec<NaiveDate> {
    let friday = after(monday, 4);
    let last = monday.iter_days().take(5).filter(|day| calendar.is_working_day(*day)).last();
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
fn by_name<'a, 'b>(name: &str, rest: &'b [&'a str], today: NaiveDate) -> Found<'a, 'b> {
    let Some(named) = weekday(name) else { return Ok(None) };
    let monday = today - Days::new(u64::from(today.weekday().num_days_from_monday()));
    match rest {
        ["next", "week", rest @ ..] => return Ok(of_week(after(monday, 7), name).map(|day| (vec![day], rest))),
        ["this", "week", rest @ ..] => return Ok(of_week(monday, name).map(|day| (vec![day], rest))),
        _ => {}
    }
    let dated = match of_month(rest, today)? {
        None => match rest {
            [word, after @ ..] if slashed(word).is_some() => Some((vec![slashed_day(word, today)?], after)),
            _ => of_this_month(rest, today),
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
    let first = coming(today, named);
    let days = if today.weekday() == named { vec![today, first] } else { vec![first] };
    Ok(Some(shifted(days, rest)))
}

/// `Friday week`, `tomorrow fortnight`: so many weeks later.
fn shifted<'a, 'b>(days: Vec<NaiveDate>, rest: &'b [&'a str]) -> (Vec<NaiveDate>, &'b [&'a str]) {
    match weeks(rest) {
        Some((count, rest)) => (days.into_iter().map(|day| after(day, u64::from(count) * 7)).collect(), rest),
        None => (days, rest),
    }
}

/// `14 May 2027`, `May 14th`, or `14 May` for the next one.
fn of_month<'a, 'b>(words: &'b [&'a str], today: NaiveDate) -> Result<Option<(NaiveDate, &'b [&'a str])>, Refused> {
    let (number, name, rest) = match words {
        [number, name, rest @ ..] if month(name).is_some() => (number, name, rest),
        [name, number, rest @ ..] if month(name).is_some() => (number, name, rest),
        _ => return Ok(None),
    };
    let (Some(number), Some(month)) = (ordinal(number).or_else(|| digits(number, 1..=2)), month(name)) else {
        return Ok(None);
    };
    if let Some(year) = rest.first().and_then(|word| year(word)) {
        let day = NaiveDate::from_ymd_opt(year, month, number).ok_or((Why::NoSuchDay, Vec::new()))?;
        return Ok(Some((day, &rest[1..])));
    }
    let day = coming_date(number, month, today).ok_or((Why::NoSuchDay, Vec::new()))?;
    Ok(Some((day, rest)))
}

/// `the 14th`: the next one there is; on the day itself it may be either.
fn of_this_month<'a, 'b>(words: &'b [&'a str], today: NaiveDate) -> Option<(Vec<NaiveDate>, &'b [&'a str])> {
    let (first, rest) = words.split_first()?;
    let number = ordinal(first)?;
    let first_of = |later: u32| today.with_day(1).map(|day| day + Months::new(later));
    let coming: Vec<_> =
        (0..=12).filter_map(|later| first_of(later)?.with_day(number)).filter(|day| *day >= today).collect();
    let many = if coming.first() == Some(&today) { 2 } else { 1 };
    let days: Vec<_> = coming.into_iter().take(many).collect();
    (!days.is_empty()).then_some((days, rest))
}

/// The next day of this number and month.
fn coming_date(number: u32, month: u32, today: NaiveDate) -> Option<NaiveDate> {
    let made = |year: i32| NaiveDate::from_ymd_opt(year, month, number);
    (today.year()..=today.year() + 8).filter_map(made).find(|day| *day >= today)
}

/// `14/05/2027`, `14-5-27`, `14.05.2027`, `14/5`: the day first. Numbers only, with at least day and month.
fn slashed(word: &str) -> Option<(u32, u32, Option<i32>)> {
    if is_iso_day(word) {
        return None;
    }
    let separator = ['/', '-', '.'].into_iter().find(|one| word.contains(*one))?;
    let parts: Vec<&str> = word.split(separator).collect();
    match parts[..] {
        [day, month, written] => {
            let year = year(written).or_else(|| digits(written, 2..=2).map(|short| 2000 + short as i32))?;
            Some((digits(day, 1..=2)?, digits(month, 1..=2)?, Some(year)))
        }
        // With a full stop it is a time.
        [day, month] if separator != '.' => Some((digits(day, 1..=2)?, digits(month, 1..=2)?, None)),
        _ => None,
    }
}

fn slashed_day(word: &str, today: NaiveDate) -> Result<NaiveDate, Refused> {
    let found = slashed(word).and_then(|(day, month, year)| match year {
        Some(year) => NaiveDate::from_ymd_opt(year, month, day),
        None => coming_date(day, month, today),
    });
    found.ok_or((Why::NoSuchDay, Vec::new()))
}

/// The first day of this name after a day.
fn coming(today: NaiveDate, named: Weekday) -> NaiveDate {
    after(today, 7 - u64::from(today.weekday().days_since(named)))
}
