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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::iso_with_offset;
    use crate::domain::procedure::Procedure;
    use crate::domain::prompt::About;

    fn review(fields: &[(&str, &str)]) -> Option<String> {
        let text = include_str!("../../bot-config/procedures/remote-format.toml");
        let procedure: Procedure = toml::from_str(text).expect("the shipped procedure");
        let fields = fields.iter().map(|(key, words)| ((*key).to_owned(), (*words).into())).collect();
        let answer = Answer::new(PROTECTION, About::Session, fields);
        review_at(&answer, &procedure.waits).map(iso_with_offset)
    }

    #[test]
    fn a_review_comes_a_day_before_the_end_or_on_the_day_to_check() {
        let check = |fields: &[(&str, &str)], expected: Option<&str>| {
            assert_eq!(review(fields).as_deref(), expected, "{fields:?}");
        };
        check(&[("ends", "when she is fit to go home")], None);
        check(&[("expires", "2026-12-20T12:00+00:00")], Some("2026-12-19T09:00:00+00:00"));
        check(&[("check_by", "2026-12-15T17:00+00:00")], Some("2026-12-15T09:00:00+00:00"));
        let both = [("expires", "2026-12-20T12:00+00:00"), ("check_by", "2026-12-15T17:00+00:00")];
        check(&both, Some("2026-12-15T09:00:00+00:00"));
        // The clocks go forward that night; nine is nine.
        check(&[("expires", "2027-03-29T12:00+01:00")], Some("2027-03-28T09:00:00+01:00"));
    }
}
