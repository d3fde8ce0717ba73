//! How the case is looked at again, and how it comes to its end.

use crate::domain::case::Case;
use crate::domain::closing::{Closed, NotHeld};
use crate::domain::event::{Event, Record};
use crate::domain::spoken::Spoken;
use crate::domain::under_review::{Review, ReviewAnswer};

impl Case {
    /// The chair was asked whether the decisions on immediate action still hold, or answered it (REV-05).
    pub(super) fn reviewed(&mut self, record: &Record) {
        let session = self.session().map(|session| session.no);
        let last = self.reviews.last_mut().filter(|review| review.answer.is_none());
        match (&record.event, last) {
            (Event::ReviewAsked { .. }, Some(open)) => open.last_asked_at = record.at,
            (Event::ReviewAsked { on }, None) => self.reviews.extend(session.map(|session| Review {
                session,
                on: *on,
                asked_at: record.at,
                last_asked_at: record.at,
                answer: None,
            })),
            (Event::ReviewAnswered { holds }, Some(open)) => {
                open.answer = Some(ReviewAnswer { by: record.actor.clone(), at: record.at, holds: *holds });
            }
            _ => {}
        }
    }

    pub(super) fn closes(&mut self, not_held: &[NotHeld], reason: Option<&Spoken>, record: &Record) {
        self.closed = Some(Closed {
            at: record.at,
            by: record.actor.clone(),
            not_held: not_held.to_vec(),
            reason: reason.cloned(),
        });
    }
}
