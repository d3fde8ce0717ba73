//! A level of risk that can't be said yet: the child is treated as at a level until a date or an event (RISK-01).

use chrono::{DateTime, Utc};

use super::calendar::{at_time, day_of};
use super::due::{self, Direction};
use super::facts::Rules;
use super::procedure::Choice;
use super::prompt::Answer;
use super::spoken::Spoken;

/// How the codes of such levels begin; the level's own code follows.
const TREAT_AS: &str = "treat_as_";
/// The field that holds a level, and the one that says until when.
pub const LEVEL: &str = "level";
pub const UNTIL: &str = "until";

/// A level of the scale as it is offered where more has to be known first. `words` begin its label.
pub fn treated_as(level: &Choice, words: &str) -> Choice {
    Choice { code: format!("{TREAT_AS}{}", level.code), label: format!("{words} {}", level.label.to_lowercase()) }
}

/// The level an answer comes to, whether said or treated as.
pub fn level_of(answer: &Answer) -> Option<&str> {
    let level = answer.fields.get(LEVEL)?.words();
    Some(level.strip_prefix(TREAT_AS).unwrap_or(level))
}

/// Until when a child is treated so; `None` where the level was said, and empty where that was not.
pub fn until(answer: &Answer) -> Option<Spoken> {
    let is_provisional = answer.fields.get(LEVEL).is_some_and(|level| level.words().starts_with(TREAT_AS));
    is_provisional.then(|| answer.fields.get(UNTIL).cloned().unwrap_or_default())
}

/// When it is looked at again: on the day said, where one can be read; otherwise on the next working day.
pub fn review_at(answer: &Answer, now: DateTime<Utc>, rules: &Rules<'_>) -> Option<DateTime<Utc>> {
    let until = until(answer)?;
    let day = match due::parse(until.words(), Direction::Coming, now, rules.calendar) {
        Ok(at) if day_of(at) > day_of(now) => day_of(at),
        _ => rules.calendar.working_day_after(now),
    };
    Some(at_time(day, rules.procedure.waits.daily_at))
}
