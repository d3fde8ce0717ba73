//! `convenor deadline`: what a procedure asks by when after an event, with the working, so that a person can check a
//! date by hand.

use std::fmt::Write as _;
use std::path::PathBuf;

use chrono::{DateTime, NaiveDate, Utc};

use super::machine::MachineClock;
use super::{Ending, Problem, no_use};
use crate::app::ports::Clock as _;
use crate::config::Config;
use crate::domain::calendar::{Calendar, DayKind, date, day_of, time_with_zone, weekday};
use crate::domain::deadlines::CountedFrom;
use crate::domain::due::{self, Direction};
use crate::domain::procedure::{Rule, Within};

#[derive(Debug, clap::Args)]
pub struct Flags {
    /// The procedure, by its file's name without .toml; the one of convenor.toml unless said.
    #[arg(long, value_name = "NAME")]
    procedure: Option<String>,
    /// What happened: received (the referral), exceptional-action, section-47 or closed (the session).
    #[arg(long, value_name = "EVENT", value_parser = event)]
    event: CountedFrom,
    /// When it happened, in London: "14 December 2026 09:00", 2026-12-14T09:00, today 9am.
    #[arg(long, value_name = "TIME")]
    from: String,
    /// A folder whose files take the place of the configuration that comes with the program.
    #[arg(long, value_name = "DIR")]
    config: Option<PathBuf>,
}

fn event(text: &str) -> Result<CountedFrom, String> {
    let codes: Vec<_> = CountedFrom::ALL.iter().map(|(_, code)| code.replace('_', "-")).collect();
    CountedFrom::from_code(&text.replace('-', "_")).ok_or_else(|| format!("an event is one of {}", codes.join(", ")))
}

/// Prints every deadline the procedure counts from the event.
pub fn run(flags: &Flags) -> Result<Ending, Problem> {
    let config = super::config(flags.config.as_deref())?;
    // What may still happen is checked by hand as well.
    let from = due::parse(&flags.from, Direction::Coming, MachineClock.now(), &config.calendar).map_err(|problem| {
        let offers = problem.offers_in_words();
        no_use(match offers.as_slice() {
            [] => format!("--from {}: not a date and time; write it like \"14 December 2026 09:00\"", flags.from),
            offers => format!("--from {}: may be {}; write one of them", flags.from, offers.join(" or ")),
        })
    })?;
    print!("{}", answer(&config, flags.procedure.as_deref(), flags.event, from)?);
    Ok(Ending::Fine)
}

fn answer(
    config: &Config,
    procedure: Option<&str>,
    event: CountedFrom,
    from: DateTime<Utc>,
) -> Result<String, Problem> {
    let slug = procedure.unwrap_or(&config.settings.procedure);
    let procedure = config.procedures.get(slug).ok_or_else(|| {
        let known: Vec<_> = config.procedures.keys().map(String::as_str).collect();
        no_use(format!("there is no procedure {slug}; choose one of {}", known.join(", ")))
    })?;
    let mut text = format!("{}, as at {}\n{}: {}\n", procedure.name, procedure.as_at, happened(event), in_full(from));
    // A convenor may have the clocks run from when it became known: the same deadlines then (REF-01).
    let counted_from = if event == CountedFrom::Known { CountedFrom::Received } else { event };
    for named in procedure.deadlines.rules().iter().filter(|named| named.event == counted_from) {
        text.push('\n');
        match named.rule {
            Some(rule) => text.push_str(&working(named.key, rule, from, &config.calendar)),
            None => _ = writeln!(text, "{}: no figure in this procedure", name(named.key)),
        }
    }
    Ok(text)
}

fn happened(event: CountedFrom) -> &'static str {
    match event {
        CountedFrom::Received => "Referral received",
        CountedFrom::Known => "Information of the referral became known",
        CountedFrom::ExceptionalAction => "Protective action taken before any discussion",
        CountedFrom::Section47 => "Section 47 enquiries initiated",
        CountedFrom::Closed => "Session closed",
    }
}

/// One deadline: what, by which rule, day by day, and when.
fn working(key: &str, rule: &Rule, from: DateTime<Utc>, calendar: &Calendar) -> String {
    let promptly = if rule.promptly { "as soon as possible, overdue after " } else { "" };
    let mut text = format!("{}: {promptly}{} ({})\n", name(key), length(rule.within), rule.source);
    let due = calendar.due(from, rule.within);
    if matches!(rule.within, Within::WorkingDays(_) | Within::CalendarDays(_)) {
        let days = day_of(from).iter_days().skip(1).take_while(|day| *day <= day_of(due.at));
        for (day, line) in counted(days, rule.within, calendar) {
            let _ = writeln!(text, "  {}  {line}", day.format("%a %-d %b %Y"));
        }
    }
    let _ = writeln!(text, "  due {}", in_full(due.at));
    if due.beyond_holidays {
        let _ = writeln!(
            text,
            "  The bank holidays are loaded up to {} only: check this date by hand",
            calendar.last_covered_year()
        );
    }
    text
}

/// Each day with what it counts as.
fn counted(
    days: impl Iterator<Item = NaiveDate>,
    within: Within,
    calendar: &Calendar,
) -> impl Iterator<Item = (NaiveDate, String)> {
    let mut number = 0;
    days.map(move |day| {
        let not_counted = match calendar.day_kind(day) {
            _ if matches!(within, Within::CalendarDays(_)) => None,
            DayKind::Working => None,
            DayKind::Weekend => Some("weekend".to_owned()),
            DayKind::BankHoliday(title) => Some(title.to_owned()),
        };
        let line = not_counted.unwrap_or_else(|| {
            number += 1;
            format!("day {number}")
        });
        (day, line)
    })
}

/// `hold_by.serious_risk` as people say it: "Hold by, serious risk".
fn name(key: &str) -> String {
    let words = key.replace('.', ", ").replace('_', " ");
    let (first, rest) = words.split_at(1);
    format!("{}{rest}", first.to_uppercase())
}

fn length(within: Within) -> String {
    let counted = |number: u32, unit: &str| format!("{number} {unit}{}", if number == 1 { "" } else { "s" });
    match within {
        Within::SameDay => "the same day".to_owned(),
        Within::Hours(hours) => format!("{} of the clock", counted(hours, "hour")),
        Within::WorkingDays(days) => counted(days, "working day"),
        Within::CalendarDays(days) => counted(days, "calendar day"),
    }
}

fn in_full(at: DateTime<Utc>) -> String {
    format!("{} {} {}", weekday(at), date(at), time_with_zone(at))
}
