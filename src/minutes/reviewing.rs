//! Whether decisions on immediate action were looked at again, and how the case was closed (REV-05, REV-10).

use super::document::{Block, Piece};
use super::reading::{Reading, values};
use crate::domain::calendar;
use crate::domain::closing::NotHeld;
use crate::domain::under_review::Review;

/// Each time the chair was asked, on what, and the answer.
pub(super) fn immediate(reading: &Reading<'_>) -> Vec<Block> {
    let Some(session) = reading.session else { return Vec::new() };
    let own = reading.case.reviews.iter().filter(|review| review.session == session.no);
    let line = |review: &Review| -> Piece {
        let answer = review.answer.as_ref();
        let values = values! {
            asked_at => calendar::both(review.asked_at),
            on => reading.choice("asked_on", review.on.code()),
            by => answer.map(|answer| reading.named(&answer.by.name, &answer.by.role, &answer.by.agency)),
            at => answer.map(|answer| calendar::both(answer.at)), holds => answer.is_some_and(|answer| answer.holds),
        };
        reading.sentence("immediate_review", values).into()
    };
    let lines: Vec<_> = own.map(line).collect();
    if lines.is_empty() { Vec::new() } else { vec![Block::List(lines)] }
}

/// When and by whom, with the mark for what was planned and not held.
pub(super) fn case_closed(reading: &Reading<'_>) -> Vec<Block> {
    let Some(closed) = &reading.case.closed else { return Vec::new() };
    let not_held = |planned: &NotHeld| {
        let values = values! { session => planned.session, at => planned.at.map(calendar::both) };
        reading.sentence("session_not_held", values)
    };
    let not_held: Vec<_> = closed.not_held.iter().map(not_held).collect();
    let values = values! {
        at => calendar::both(closed.at), by => reading.named(&closed.by.name, &closed.by.role, &closed.by.agency),
        reason => closed.reason.as_ref().map(|reason| reason.words()), not_held,
    };
    vec![reading.paragraph("case_closed", values)]
}
