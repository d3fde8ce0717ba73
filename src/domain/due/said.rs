//! What a phrase says, part by part, and what the parts come to.

use chrono::{DateTime, Datelike, Days, NaiveDate, Utc};

use super::words::{self, Clock, Half, Time, clock, half, weekday};
use super::{Asked, Refused, SMALL_HOURS_END, UNKNOWN, Why, after, days, in_london, lengths};

/// The days and times a phrase may mean.
#[derive(Default, Clone)]
pub(super) struct Said {
    days: Option<Vec<NaiveDate>>,
    /// The day was said by its weekday.
    is_named: bool,
    clock: Option<Clock>,
    half: Option<Half>,
    /// So long from now, to the minute.
    instant: Option<DateTime<Utc>>,
    /// "before Friday": by then, or is Friday still in time?
    before: bool,
    /// `14.12` and `10-12` are a day of a month or times of a day, as the rest of the phrase leaves room.
    either: Option<(NaiveDate, Clock)>,
}

impl Said {
    pub(super) fn of(words: &[&str], asked: &Asked<'_>) -> Result<Self, Refused> {
        let mut said = Self::default();
        let mut rest = words;
        let mut lead = "";
        while let Some(first) = rest.first() {
            if let Some((days, after)) = days::edge(rest, asked) {
                said.on(days)?;
                rest = after;
            } else if matches!(*first, "at" | "on" | "by") && rest.len() > 1 {
                (lead, rest) = (first, &rest[1..]);
                continue;
            } else if *first == "before" && rest.len() > 1 {
                // What is said by its end is said to the day.
                (said.before, rest) = (rest[1] != "end", &rest[1..]);
            } else {
                rest = said.take(lead, rest, asked)?;
            }
            lead = "";
        }
        let is_anything = said.days.is_some() || said.clock.is_some() || said.half.is_some() || said.instant.is_some();
        if is_anything || said.either.is_some() { Ok(said) } else { Err((Why::Nothing, Vec::new())) }
    }

    /// Takes the next part in; what is said twice is not understood.
    fn take<'a, 'b>(&mut self, lead: &str, words: &'b [&'a str], asked: &Asked<'_>) -> Result<&'b [&'a str], Refused> {
        if let Some((length, rest)) = lengths::length(words, asked)? {
            match length {
                lengths::Length::Instant(at) if self.days.is_none() && self.clock.is_none() => self.at(at)?,
                lengths::Length::Days(days) => self.on(days)?,
                lengths::Length::Instant(_) => return Err(UNKNOWN),
            }
            return Ok(rest);
        }
        if let Some((clock, rest)) = days::end(words).filter(|_| self.clock.is_none()) {
            self.clock = Some(clock);
            return Ok(rest);
        }
        if let Some((day, month, clock, rest)) = words::day_or_time(words) {
            match days::nearest_date(day, month, asked) {
                Some(date) if lead == "on" => self.on(vec![date])?,
                Some(date) if lead != "at" && self.either.is_none() => self.either = Some((date, clock)),
                _ if self.clock.is_none() => self.clock = Some(clock),
                _ => return Err(UNKNOWN),
            }
            return Ok(rest);
        }
        if let Some((days, rest)) = days::day(words, asked)? {
            self.on(days)?;
            self.is_named = words.first().is_some_and(|first| weekday(first).is_some());
            // "tonight" and "this afternoon" say a part of the day as well.
            self.half = self.half.or(words::half_of_day(words));
            return Ok(rest);
        }
        // "I am" says no time.
        let is_am = matches!(words, ["am" | "pm", ..]) && self.days.is_none() && self.clock.is_none();
        if let Some((half, rest)) = half(words).filter(|_| self.half.is_none() && !is_am) {
            self.half = Some(half);
            return Ok(rest);
        }
        let (clock, rest) = clock(words).filter(|_| self.clock.is_none() && self.instant.is_none()).ok_or(UNKNOWN)?;
        self.clock = Some(clock);
        Ok(rest)
    }

    fn on(&mut self, days: Vec<NaiveDate>) -> Result<(), Refused> {
        let is_first = self.days.replace(days).is_none() && self.instant.is_none();
        if is_first { Ok(()) } else { Err(UNKNOWN) }
    }

    fn at(&mut self, at: DateTime<Utc>) -> Result<(), Refused> {
        if self.instant.replace(at).is_none() { Ok(()) } else { Err(UNKNOWN) }
    }

    /// A day, or so many days, and nothing of the hour.
    pub(super) fn is_day_alone(&self) -> bool {
        self.days.is_some() && self.clock.is_none() && self.half.is_none() && self.either.is_none()
    }

    /// The one instant it means.
    pub(super) fn meant(self, asked: &Asked<'_>) -> Result<DateTime<Utc>, Refused> {
        let Some((date, clock)) = self.either else { return self.settled(asked) };
        if self.instant.is_some() || self.clock.is_some() && self.days.is_some() {
            return Err(UNKNOWN);
        }
        let is_date = self.clock.is_some();
        // A weekday that is the date's may go with it; of what has happened a date alone says too little.
        let is_date_too = self.days.as_ref().is_none_or(|days| self.is_named && is_weekday_of(days, date));
        let may_be_date = is_date_too && self.half.is_none() && !asked.is_past();
        let dated = Self { days: Some(vec![date]), either: None, ..self.clone() };
        let timed = Self { clock: Some(clock), either: None, ..self };
        match (is_date, may_be_date) {
            (true, _) => dated.settled(asked),
            (false, false) => timed.settled(asked),
            (false, true) => {
                let offers = [dated, timed].into_iter().flat_map(|said| said.offers(asked)).collect();
                Err((Why::TwoMeanings, offers))
            }
        }
    }

    /// What it may mean, one or several.
    fn offers(self, asked: &Asked<'_>) -> Vec<DateTime<Utc>> {
        self.settled(asked).map_or_else(|(_, offers)| offers, |at| vec![at])
    }

    fn settled(mut self, asked: &Asked<'_>) -> Result<DateTime<Utc>, Refused> {
        if let Some(at) = self.instant {
            let is_alone = self.clock.is_none() && self.half.is_none() && !self.before;
            return if is_alone { Ok(at) } else { Err(UNKNOWN) };
        }
        self.clock = words::clock_by(self.clock, self.half);
        let times = self.times(asked);
        if times.is_empty() {
            return Err(UNKNOWN);
        }
        let is_range = matches!(self.clock, Some(Clock::Range { .. }));
        let found = match self.days(asked) {
            Some(days) => self.on_days(&days, &times, asked),
            None => self.alone(&times, asked),
        };
        // Of a time that is a stretch nobody can tell which end is meant.
        if is_range { found.and_then(|at| Err((Why::TwoMeanings, vec![at]))) } else { found }
    }

    fn times(&self, asked: &Asked<'_>) -> Vec<Time> {
        let mut times = words::times(self.clock, self.half);
        if asked.is_past() && self.clock == Some(Clock::Midnight) {
            // Of what has happened, the day it counts to is the question.
            times.push(words::midnight_after());
        }
        let is_the_night = asked.is_small_hours() && self.half == Some(Half::Night) && self.clock.is_none();
        if is_the_night && !asked.is_past() {
            times.insert(0, words::at(SMALL_HOURS_END, 0));
        }
        times
    }

    /// The days it may mean; `None` where none is said.
    fn days(&self, asked: &Asked<'_>) -> Option<Vec<NaiveDate>> {
        let is_midnight = self.clock == Some(Clock::Midnight);
        let is_whole_day = self.clock.is_none() && self.half.is_none();
        let days = match &self.days {
            Some(days) => days.clone(),
            None if is_midnight && asked.is_past() => vec![asked.yesterday()],
            None if is_midnight => vec![asked.today(), after(asked.today(), 1)],
            None => return None,
        };
        // Midnight belongs to either day, and "before Friday" may be Thursday's end.
        let is_that_nights = is_midnight && self.half.is_some();
        Some(match days[..] {
            [day] if self.days.is_some() && (is_midnight && !is_that_nights || self.before && is_whole_day) => {
                vec![day - Days::new(1), day]
            }
            _ => days,
        })
    }

    fn on_days(&self, days: &[NaiveDate], times: &[Time], asked: &Asked<'_>) -> Result<DateTime<Utc>, Refused> {
        let today = asked.today();
        let all = instants(days, times)?;
        let open: Vec<_> = all.iter().copied().filter(|at| asked.may_be(*at)).collect();
        if asked.is_past() {
            return match (self.clock, &open[..]) {
                (None, _) => Err((Why::NoTime, if self.half.is_some() { open } else { Vec::new() })),
                (_, []) if days == [today] => Err((Why::NotYet, instants(&[asked.yesterday()], times)?)),
                (_, []) => Err((Why::NotYet, Vec::new())),
                (_, [one]) => Ok(*one),
                _ => Err((Why::TwoMeanings, open)),
            };
        }
        // Of two times today, one that has passed is not meant; of two days, either may be.
        match (days == [today], &open[..], &all[..]) {
            (true, [], _) if self.clock.is_none() && self.half.is_some() => {
                Err((Why::Passed, instants(&[after(today, 1)], times)?))
            }
            (true, [one], _) | (_, _, [one]) => Ok(*one),
            (true, [_, ..], _) => Err((Why::TwoMeanings, open)),
            _ => Err((Why::TwoMeanings, all)),
        }
    }

    /// A time of no day.
    fn alone(&self, times: &[Time], asked: &Asked<'_>) -> Result<DateTime<Utc>, Refused> {
        let today = asked.today();
        if asked.is_past() {
            return self.alone_in_the_past(times, asked);
        }
        let todays = instants(&[today], times)?;
        let mut coming: Vec<_> = todays.iter().copied().filter(|at| asked.may_be(*at)).collect();
        // "In the morning", said in the morning, is tomorrow's more often than not.
        let is_begun = coming.len() < todays.len();
        let is_morning = self.half == Some(Half::Morning) && (SMALL_HOURS_END..12).contains(&asked.hour());
        if self.clock.is_none() && is_begun || is_morning && !coming.is_empty() {
            coming.extend(instants(&[after(today, 1)], times)?);
        }
        match coming[..] {
            // May have meant the other half of the day, or tomorrow; or it is a slip.
            [] => {
                let others = words::other_half(self.clock, self.half);
                let others = instants(&[today], &others).unwrap_or_default();
                let others = others.into_iter().filter(|at| asked.may_be(*at));
                Err((Why::Passed, others.chain(instants(&[after(today, 1)], times).unwrap_or_default()).collect()))
            }
            [at] if self.clock.is_some() => Ok(at),
            _ => Err((Why::TwoMeanings, coming)),
        }
    }

    /// Each time was today or, where today's is still to come, yesterday.
    fn alone_in_the_past(&self, times: &[Time], asked: &Asked<'_>) -> Result<DateTime<Utc>, Refused> {
        let (today, yesterday) = (asked.today(), asked.yesterday());
        let last_of = |time: &Time| {
            let both = instants(&[today, yesterday], &[*time])?;
            Ok(both.into_iter().find(|at| asked.may_be(*at)))
        };
        let last = times.iter().map(last_of).collect::<Result<Vec<_>, Refused>>()?;
        let last: Vec<_> = last.into_iter().flatten().collect();
        match (self.clock, &last[..]) {
            (None, _) => Err((Why::NoTime, last)),
            (_, [at]) if super::day_of(*at) == today => Ok(*at),
            (_, [_]) => {
                let others = words::other_half(self.clock, self.half);
                let others = instants(&[yesterday], &others).unwrap_or_default();
                Err((Why::NotYet, others.into_iter().filter(|at| asked.may_be(*at)).chain(last).collect()))
            }
            _ => Err((Why::TwoMeanings, last)),
        }
    }
}

fn is_weekday_of(days: &[NaiveDate], date: NaiveDate) -> bool {
    days.iter().any(|day| day.weekday() == date.weekday())
}

/// Every time on every day. One that doesn't exist is an error alone, and no choice beside others.
fn instants(days: &[NaiveDate], times: &[Time]) -> Result<Vec<DateTime<Utc>>, Refused> {
    let each = days.iter().flat_map(|day| times.iter().map(|time| after(*day, time.days_after).and_time(time.at)));
    let each: Vec<_> = each.map(in_london).collect();
    if let [one] = &each[..] {
        return one.clone().map(|at| vec![at]);
    }
    let read = |one: Result<DateTime<Utc>, Refused>| match one {
        Ok(at) => vec![at],
        Err((Why::HourTwice, both)) => both,
        Err(_) => Vec::new(),
    };
    Ok(each.into_iter().flat_map(read).collect())
}
