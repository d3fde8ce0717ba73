//! The words of due phrases: numbers, names of days and months, clock times. No clock and no calendar here.

use std::ops::RangeInclusive;

use chrono::{NaiveDate, NaiveTime, TimeDelta, Timelike, Weekday};

use super::LAST_MINUTE;

/// What nobody means anything by: a deadline is a deadline with them and without.
const FILLERS: [&str; 9] = ["the", "of", "latest", "very", "please", "due", "prompt", "sharp", "until"];

/// The words of a phrase as the readers know them: without fillers, one spelling each.
pub(super) fn words_of(lower: &str) -> Vec<String> {
    let lower = lower.replace(['–', '—'], "-");
    let split = lower.split([' ', '\t', '\n', '\r', ',', ';', '(', ')', '\u{a0}']).filter(|word| !word.is_empty());
    let words: Vec<String> = split.flat_map(spelt).collect();
    let mut kept: Vec<String> = Vec::new();
    for word in words {
        // "no later than" and "not later than" are "by".
        if word == "than"
            && matches!(kept.as_slice(), [.., no, later] if later == "later" && (no == "no" || no == "not"))
        {
            kept.truncate(kept.len() - 2);
            kept.push("by".to_owned());
        } else if let Some(clock) = kept.last_mut().filter(|last| word == "hours" && digits(last, 4..=4).is_some()) {
            clock.push_str("hrs");
        } else if word == "latest" && kept.last().is_some_and(|last| last == "at") {
            kept.pop();
        } else if !FILLERS.contains(&word.as_str()) {
            kept.push(word);
        }
    }
    kept
}

/// A word in the spelling the readers know; some are two.
fn spelt(word: &str) -> Vec<String> {
    let word: String = word.chars().filter(|letter| !matches!(letter, '\'' | '’' | '‘' | '!' | '?' | '"')).collect();
    let word = word.trim_end_matches(['.', ':']).trim_start_matches('.');
    let is_dated = word.starts_with(|first: char| first.is_ascii_digit());
    // `14-Dec-26` is three words as well.
    if word.contains('-') && (!is_dated || word.split('-').any(|part| month(part).is_some())) {
        return word.split('-').filter(|part| !part.is_empty()).flat_map(spelt).collect();
    }
    // `24-hour` and `24hrs` are a number and a unit.
    let letters = word.find(|letter: char| !letter.is_ascii_digit()).filter(|at| *at > 0);
    if let Some((number, unit)) = letters.map(|at| word.split_at(at)) {
        let unit = unit.trim_start_matches('-');
        let known = spelling(unit);
        if matches!(known, "hour" | "hours" | "minute" | "minutes" | "day" | "days" | "week" | "weeks") {
            // Four figures before `hrs` are a time by the clock.
            let is_clock = number.len() == 4 && matches!(known, "hours" | "hour");
            return if is_clock { vec![format!("{number}hrs")] } else { vec![number.to_owned(), known.to_owned()] };
        }
    }
    match word {
        "" => Vec::new(),
        other => vec![spelling(other).to_owned()],
    }
}

fn spelling(word: &str) -> &str {
    match word {
        "tmrw" | "tmr" | "tomoz" | "tomorow" | "tommorow" | "tommorrow" | "2moro" | "2morrow" => "tomorrow",
        "2day" => "today",
        "tonite" => "tonight",
        "hr" | "h" => "hour",
        "hrs" => "hours",
        "min" => "minute",
        "mins" => "minutes",
        "wk" => "week",
        "wks" => "weeks",
        "a.m" | "am." => "am",
        "p.m" | "pm." => "pm",
        "xmas" => "christmas",
        "weds" => "wednesday",
        "lunch" | "lunchtime" | "dinnertime" => "lunchtime",
        other => other,
    }
}

/// A time by the clock, as far as it is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Clock {
    At(NaiveTime),
    /// An hour of twelve without its half of the day.
    Loose {
        hour: u32,
        minute: u32,
    },
    Midnight,
    Lunchtime,
    /// Of the working day, or of the day?
    EndOfDay,
    /// `10-12`: from one hour to another.
    Range {
        from: u32,
        to: u32,
    },
}

impl Clock {
    /// Of a day that is named: its last minute.
    pub(super) fn end_of_that_day() -> Self {
        Self::At(LAST_MINUTE)
    }

    /// When offices close.
    pub(super) fn close_of_play() -> Self {
        Self::At(on_the_hour(17))
    }
}

/// A part of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Half {
    Morning,
    Afternoon,
    /// `pm`: afternoon or evening.
    Pm,
    Evening,
    Night,
}

/// A time of a day, or of the day after where a night runs on into it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Time {
    pub(super) days_after: u64,
    pub(super) at: NaiveTime,
}

/// A time of the day itself.
pub(super) fn at(hour: u32, minute: u32) -> Time {
    on_the_day(NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or(LAST_MINUTE))
}

fn on_the_day(at: NaiveTime) -> Time {
    Time { days_after: 0, at }
}

fn day_after(time: Time) -> Time {
    Time { days_after: 1, ..time }
}

/// The first minute of the day after.
pub(super) fn midnight_after() -> Time {
    day_after(at(0, 0))
}

fn on_the_hour(hour: u32) -> NaiveTime {
    at(hour, 0).at
}

/// The clock as a part of the day has it: at night twelve is midnight.
pub(super) fn clock_by(clock: Option<Clock>, half: Option<Half>) -> Option<Clock> {
    match (clock, half) {
        (Some(Clock::Loose { hour: 12, minute: 0 }), Some(Half::Evening | Half::Night)) => Some(Clock::Midnight),
        _ => clock,
    }
}

/// The times a clock and a part of the day may mean together; none where they contradict each other. From eight to
/// twelve the hours are those of the working day; before that, and with a part of the day alone, nobody can tell.
pub(super) fn times(clock: Option<Clock>, half: Option<Half>) -> Vec<Time> {
    match (clock, half) {
        (None, None) | (Some(Clock::Midnight), _) => vec![on_the_day(LAST_MINUTE)],
        (Some(Clock::At(time)), half) => sure(time, half),
        (Some(Clock::Lunchtime), _) => vec![at(12, 0), at(13, 0)],
        (Some(Clock::EndOfDay), _) => vec![at(17, 0), on_the_day(LAST_MINUTE)],
        (Some(Clock::Range { from, to }), _) => vec![at(from, 0), at(to, 0)],
        (Some(Clock::Loose { hour, minute }), half) => loose(hour, minute, half),
        (None, Some(Half::Morning)) => vec![at(9, 0), at(12, 0)],
        (None, Some(Half::Afternoon | Half::Pm)) => vec![at(14, 0), at(17, 0)],
        (None, Some(Half::Evening)) => vec![at(18, 0), at(21, 0)],
        (None, Some(Half::Night)) => vec![at(21, 0), on_the_day(LAST_MINUTE)],
    }
}

/// A time whose half of the day is certain, where it lies in the part of the day that is said.
fn sure(time: NaiveTime, half: Option<Half>) -> Vec<Time> {
    let (hour, time) = (time.hour(), on_the_day(time));
    let is_in_it = match half {
        None => true,
        Some(Half::Morning) => hour < 12 || time == at(12, 0),
        Some(Half::Afternoon) => (12..=18).contains(&hour),
        Some(Half::Pm) => hour >= 12,
        Some(Half::Evening) => hour >= 16,
        // The hours after midnight are the next day's by the calendar.
        Some(Half::Night) if hour < 5 => return vec![day_after(time), time],
        Some(Half::Night) => hour >= 17,
    };
    if is_in_it { vec![time] } else { Vec::new() }
}

/// An hour of twelve, in the part of the day that is said.
fn loose(hour: u32, minute: u32, half: Option<Half>) -> Vec<Time> {
    let (early, late) = (at(hour % 12, minute), at(hour % 12 + 12, minute));
    match (half, hour) {
        (None, ..=7) | (Some(Half::Morning), 12) => vec![late, early],
        (None, _) => vec![at(hour, minute)],
        (Some(Half::Morning), _) => vec![early],
        (Some(Half::Afternoon), 8..=11) => vec![early, late],
        (Some(Half::Evening), ..=4) => vec![late, day_after(early)],
        (Some(Half::Evening | Half::Night), 12) => vec![day_after(early), early, late],
        (Some(Half::Night), ..=4) => vec![day_after(early), early],
        (Some(Half::Afternoon | Half::Pm | Half::Evening | Half::Night), _) => vec![late],
    }
}

/// What an hour of the working day may have meant when that can't be: twelve hours on.
pub(super) fn other_half(clock: Option<Clock>, half: Option<Half>) -> Vec<Time> {
    match (clock, half) {
        (Some(Clock::Loose { hour: 12, minute: 0 }), None) => vec![on_the_day(LAST_MINUTE)],
        (Some(Clock::Loose { hour: 12, minute }), None) => vec![day_after(at(0, minute))],
        (Some(Clock::Loose { hour: hour @ 8..=11, minute }), None) => vec![at(hour + 12, minute)],
        _ => Vec::new(),
    }
}

/// The part of the day at the start of some words.
pub(super) fn half<'a, 'b>(words: &'b [&'a str]) -> Option<(Half, &'b [&'a str])> {
    let words = match words {
        ["in" | "at", rest @ ..] => rest,
        words => words,
    };
    let (first, rest) = words.split_first()?;
    Some((part_of_day(first)?, rest))
}

pub(super) fn part_of_day(word: &str) -> Option<Half> {
    Some(match word {
        "morning" | "am" => Half::Morning,
        "afternoon" => Half::Afternoon,
        "pm" => Half::Pm,
        "evening" => Half::Evening,
        "night" => Half::Night,
        _ => return None,
    })
}

/// What a day says of its part: `tonight`, `this afternoon`, `last night`.
pub(super) fn half_of_day(words: &[&str]) -> Option<Half> {
    match words {
        ["tonight", ..] => Some(Half::Night),
        ["this" | "last", part, ..] => part_of_day(part),
        _ => None,
    }
}

/// `14.12` and `10-12`, which may be a day and month and may be times: both, and the words after.
pub(super) fn day_or_time<'a, 'b>(words: &'b [&'a str]) -> Option<(u32, u32, Clock, &'b [&'a str])> {
    let (word, rest) = words.split_first()?;
    if matches!(rest, ["am" | "pm", ..]) {
        return None;
    }
    if let Some((from, to)) = hours(word) {
        let by_day = |hour| if hour <= 7 { hour + 12 } else { hour };
        let begins = by_day(from);
        let ends = if by_day(to) > begins { by_day(to) } else { to + 12 };
        return Some((from, to, Clock::Range { from: begins, to: ends }, rest));
    }
    let (day, month) = word.split_once('.')?;
    let (day, month) = (digits(day, 1..=2)?, digits(month, 2..=2)?);
    let (clock, _) = written(words).filter(|_| (1..=12).contains(&month) && day > 0)?;
    Some((day, month, clock, rest))
}

/// `10-12`, as two hours of twelve.
pub(super) fn hours(word: &str) -> Option<(u32, u32)> {
    let (from, to) = word.split_once('-')?;
    let hour = |word| digits(word, 1..=2).filter(|hour| (1..=12).contains(hour));
    Some((hour(from)?, hour(to)?)).filter(|(from, to)| from != to)
}

/// `9.30`, `09:30`, `0930hrs`, `5pm`, `noon`, `half past two`, `5 o'clock`, `first thing`.
pub(super) fn clock<'a, 'b>(words: &'b [&'a str]) -> Option<(Clock, &'b [&'a str])> {
    Some(match words {
        ["12", "noon" | "midday", rest @ ..] | ["noon" | "midday", rest @ ..] | ["mid", "day", rest @ ..] => {
            (Clock::At(on_the_hour(12)), rest)
        }
        ["12", "midnight", rest @ ..]
        | ["midnight", rest @ ..]
        | ["12" | "twelve", "at", "night", rest @ ..]
        | ["12" | "twelve", "oclock", "at", "night", rest @ ..] => (Clock::Midnight, rest),
        ["lunchtime", rest @ ..] => (Clock::Lunchtime, rest),
        ["first", "thing", rest @ ..] | ["start", "play" | "business", rest @ ..] => (Clock::At(on_the_hour(9)), rest),
        [word, half @ ("am" | "pm"), rest @ ..] => (Clock::At(figures(word, Some(half))?.0), rest),
        _ => return spoken(words).or_else(|| written(words)),
    })
}

/// `half past two`, `quarter to five`, `ten past nine`, `half 2`, `two o'clock`, `5 in the afternoon`.
fn spoken<'a, 'b>(words: &'b [&'a str]) -> Option<(Clock, &'b [&'a str])> {
    let (hour, minute, rest) = match words {
        ["half", "past", hour, rest @ ..] | ["half", hour, rest @ ..] => (twelve(hour)?, 30, rest),
        ["quarter", "past", hour, rest @ ..] | ["a", "quarter", "past", hour, rest @ ..] => (twelve(hour)?, 15, rest),
        ["quarter", "to", hour, rest @ ..] | ["a", "quarter", "to", hour, rest @ ..] => (before(hour)?, 45, rest),
        [minutes, "past", hour, rest @ ..] => (twelve(hour)?, minutes_of(minutes)?, rest),
        [minutes, "to", hour, rest @ ..] => (before(hour)?, 60 - minutes_of(minutes)?, rest),
        [hour, "oclock", rest @ ..] => (twelve(hour)?, 0, rest),
        // A number that is the whole phrase never comes here.
        [hour, rest @ ..] => (twelve(hour)?, 0, rest),
        [] => return None,
    };
    let (half, rest) = match rest {
        [half @ ("am" | "pm"), rest @ ..] => (Some(*half), rest),
        rest => (None, rest),
    };
    let clock = match half {
        Some("am") => Clock::At(NaiveTime::from_hms_opt(hour % 12, minute, 0)?),
        Some(_) => Clock::At(NaiveTime::from_hms_opt(hour % 12 + 12, minute, 0)?),
        None => Clock::Loose { hour, minute },
    };
    Some((clock, rest))
}

fn twelve(word: &str) -> Option<u32> {
    let hour = digits(word, 1..=2).filter(|_| !word.starts_with('0')).or_else(|| number_word(word))?;
    (1..=12).contains(&hour).then_some(hour)
}

fn before(word: &str) -> Option<u32> {
    twelve(word).map(|hour| if hour == 1 { 12 } else { hour - 1 })
}

fn minutes_of(word: &str) -> Option<u32> {
    let minutes = digits(word, 1..=2).or_else(|| number_word(word))?;
    (1..60).contains(&minutes).then_some(minutes)
}

fn written<'a, 'b>(words: &'b [&'a str]) -> Option<(Clock, &'b [&'a str])> {
    let (first, rest) = words.split_first()?;
    let half = ["am", "pm"].into_iter().find(|half| first.ends_with(half));
    let word = half.and_then(|half| first.strip_suffix(half)).unwrap_or(first);
    let (time, is_loose) = figures(word, half)?;
    let clock = if is_loose { Clock::Loose { hour: time.hour(), minute: time.minute() } } else { Clock::At(time) };
    Some((clock, rest))
}

/// A time in figures, and whether its half of the day is left open.
fn figures(word: &str, half: Option<&str>) -> Option<(NaiveTime, bool)> {
    let by_clock = word.strip_suffix("hrs").or_else(|| word.strip_suffix('h'));
    let bare = by_clock.unwrap_or(word);
    let (hour, minute, is_sure) = match bare.split_once([':', '.']) {
        Some((hour, minute)) => (digits(hour, 1..=2)?, digits(minute, 2..=2)?, hour.starts_with('0')),
        None if half.is_some() => (digits(bare, 1..=2)?, 0, true),
        // `0930`; four figures that may be a year are one.
        None => {
            let both = digits(bare, 4..=4).filter(|both| by_clock.is_some() || !(2020..2040).contains(both))?;
            (both / 100, both % 100, true)
        }
    };
    let hour = match half {
        None => hour,
        Some(_) if !(1..=12).contains(&hour) => return None,
        Some("am") => hour % 12,
        Some(_) => hour % 12 + 12,
    };
    let is_loose = half.is_none() && !is_sure && by_clock.is_none() && (1..=12).contains(&hour);
    Some((NaiveTime::from_hms_opt(hour, minute, 0)?, is_loose))
}

/// The number at the start of some words, in figures or words: `24`, `forty eight`, `a couple`.
pub(super) fn number<'a, 'b>(words: &'b [&'a str]) -> Option<(u32, &'b [&'a str])> {
    match words {
        ["a", "couple", rest @ ..] | ["couple", rest @ ..] => Some((2, rest)),
        ["a" | "an", rest @ ..] => Some((1, rest)),
        [tens, units, rest @ ..] if number_word(tens).is_some_and(|tens| tens >= 20 && tens % 10 == 0) => {
            let tens = number_word(tens)?;
            match number_word(units).filter(|units| *units < 10) {
                Some(units) => Some((tens + units, rest)),
                None => Some((tens, &words[1..])),
            }
        }
        [first, rest @ ..] => digits(first, 1..=9).or_else(|| number_word(first)).map(|count| (count, rest)),
        [] => None,
    }
}

fn number_word(word: &str) -> Option<u32> {
    const NAMES: [(&str, u32); 28] = [
        ("one", 1),
        ("two", 2),
        ("three", 3),
        ("four", 4),
        ("five", 5),
        ("six", 6),
        ("seven", 7),
        ("eight", 8),
        ("nine", 9),
        ("ten", 10),
        ("eleven", 11),
        ("twelve", 12),
        ("thirteen", 13),
        ("fourteen", 14),
        ("fifteen", 15),
        ("sixteen", 16),
        ("seventeen", 17),
        ("eighteen", 18),
        ("nineteen", 19),
        ("twenty", 20),
        ("thirty", 30),
        ("forty", 40),
        ("fourty", 40),
        ("fifty", 50),
        ("sixty", 60),
        ("seventy", 70),
        ("eighty", 80),
        ("ninety", 90),
    ];
    NAMES.into_iter().find(|(name, _)| *name == word).map(|(_, number)| number)
}

/// `14th`.
pub(super) fn ordinal(word: &str) -> Option<u32> {
    let number = ["st", "nd", "rd", "th"].iter().find_map(|ending| word.strip_suffix(ending))?;
    digits(number, 1..=2)
}

/// A year of this century, in full or by its last two figures where those are no hour.
pub(super) fn short_or_full_year(word: &str) -> Option<i32> {
    year(word).or_else(|| digits(word, 2..=2).filter(|short| *short > 24).map(|short| 2000 + short as i32))
}

/// A year in full, of this century.
pub(super) fn year(word: &str) -> Option<i32> {
    digits(word, 4..=4).filter(|year| (2000..2100).contains(year)).map(|year| year as i32)
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
