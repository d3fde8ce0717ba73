//! When a protection that holds only for a time is looked at again (TIM-09).

use chrono::{DateTime, Days, Utc};

use super::calendar::{at_time, day_of};
use super::due;
use super::procedure::Waits;
use super::prompt::Answer;

/// The question that records one.
pub const PROTECTION: &str = "temporary_protection";

/// When it ends, where that is known.
pub fn ends_at(answer: &Answer) -> Option<DateTime<Utc>> {
    instant(answer, "expires")
}

/// Some days before it ends, or on the day by which its end is to be found out; the earlier of the two.
pub fn review_at(answer: &Answer, waits: &Waits) -> Option<DateTime<Utc>> {
    let before = Days::new(u64::from(waits.review_before_days));
    let before_the_end = ends_at(answer).map(|at| at_time(day_of(at) - before, waits.daily_at));
    let check_by = instant(answer, "check_by").map(|at| at_time(day_of(at), waits.daily_at));
    before_the_end.into_iter().chain(check_by).min()
}

fn instant(answer: &Answer, field: &str) -> Option<DateTime<Utc>> {
    due::instant(answer.fields.get(field)?.words())
}
