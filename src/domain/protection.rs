//! When a protection that holds only for a time is looked at again (TIM-09).

use chrono::{DateTime, Days, Utc};

use super::calendar::{Calendar, at_time, day_of};
use super::due;
use super::procedure::Waits;
use super::prompt::Answer;

/// The question that records one.
pub const PROTECTION: &str = "temporary_protection";

/// When it ends, where that is known.
pub fn ends_at(answer: &Answer) -> Option<DateTime<Utc>> {
    instant(answer, "expires")
}

/// Some days before it ends, or on the day by which its end is to be found out; the earlier of the two. Where it ends
/// with an event, or nobody said when, on the next working day (RISK-09): an event comes unannounced.
pub fn review_at(answer: &Answer, now: DateTime<Utc>, waits: &Waits, calendar: &Calendar) -> DateTime<Utc> {
    let before = Days::new(u64::from(waits.review_before_days));
    let before_the_end = ends_at(answer).map(|at| day_of(at) - before);
    let check_by = instant(answer, "check_by").map(day_of);
    let day = before_the_end.into_iter().chain(check_by).min();
    at_time(day.unwrap_or_else(|| calendar.working_day_after(now)), waits.daily_at)
}

fn instant(answer: &Answer, field: &str) -> Option<DateTime<Utc>> {
    due::instant(answer.fields.get(field)?.words())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::iso_with_offset;
    use crate::domain::procedure::Procedure;
    use crate::domain::prompt::About;

    fn review(fields: &[(&str, &str)]) -> String {
        let text = include_str!("../../bot-config/procedures/remote-format.toml");
        let procedure: Procedure = toml::from_str(text).expect("the shipped procedure");
        let calendar = Calendar::from_gov_uk(include_str!("../../bot-config/bank-holidays.json")).expect("shipped");
        let friday = due::instant("2026-12-04T10:00+00:00").expect("a time");
        let fields = fields.iter().map(|(key, words)| ((*key).to_owned(), (*words).into())).collect();
        let answer = Answer::new(PROTECTION, About::Session, fields);
        iso_with_offset(review_at(&answer, friday, &procedure.waits, &calendar))
    }

    #[test]
    fn a_review_comes_a_day_before_the_end_or_on_the_day_to_check_and_otherwise_on_the_next_working_day() {
        let check = |fields: &[(&str, &str)], expected: &str| {
            assert_eq!(review(fields), expected, "{fields:?}");
        };
        check(&[("ends", "when she is fit to go home")], "2026-12-07T09:00:00+00:00");
        check(&[], "2026-12-07T09:00:00+00:00");
        check(&[("expires", "2026-12-20T12:00+00:00")], "2026-12-19T09:00:00+00:00");
        check(&[("check_by", "2026-12-15T17:00+00:00")], "2026-12-15T09:00:00+00:00");
        let both = [("expires", "2026-12-20T12:00+00:00"), ("check_by", "2026-12-15T17:00+00:00")];
        check(&both, "2026-12-15T09:00:00+00:00");
        // The clocks go forward that night; nine is nine.
        check(&[("expires", "2027-03-29T12:00+01:00")], "2027-03-28T09:00:00+01:00");
    }
}
