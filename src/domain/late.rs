//! Whoever comes in after the opening sees from then on, until the chair says how far back (SES-13, SEC-12).
//!
//! It is about what is shown while the session lasts; who gets the record, and with what limits, is another rule.

use std::borrow::Cow;
use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::case::Case;
use super::decision::Entry;
use super::floor::QuestionState;
use super::ids::SeatId;
use super::referral::choices;
use super::session::Session;

choices! {
    /// How far back somebody who came late sees.
    Sight {
        FromNowOn = "from_now_on",
        Everything = "everything",
    }
}

impl Session {
    /// When somebody came late, whom the session shows no further back unless the chair says so. Whoever runs it sees
    /// all of it.
    pub fn came_late(&self, seat: SeatId) -> Option<DateTime<Utc>> {
        let runs_it = self.chair() == Some(seat) || self.convenor == seat || self.recorder == seat;
        self.came_after_the_opening(seat).filter(|_| !runs_it)
    }

    /// When somebody came in first, where that was after the opening.
    pub fn came_after_the_opening(&self, seat: SeatId) -> Option<DateTime<Utc>> {
        let attendance = self.attendance.get(&seat)?;
        let introduced = attendance.introduced.as_ref().map(|introduction| introduction.at);
        let came = attendance.present.first().map(|(arrived, _)| *arrived).or(introduced)?;
        (self.opened_at? < came).then_some(came)
    }

    /// From when on a seat sees; `None` where it sees everything.
    pub fn sees_from(&self, seat: SeatId) -> Option<DateTime<Utc>> {
        let is_shown_all = self.attendance.get(&seat)?.sight == Some(Sight::Everything);
        self.came_late(seat).filter(|_| !is_shown_all)
    }
}

impl Case {
    /// The case as one seat may read it, and as far back as it sees. What is a person's own is always there.
    pub fn as_seen_by(&self, seat: SeatId) -> Cow<'_, Self> {
        let read = self.as_read_by(Some(seat));
        let Some(from) = self.session().and_then(|session| session.sees_from(seat)) else { return read };
        let mut seen = read.into_owned();
        let Some(session) = seen.sessions.last_mut() else { return Cow::Owned(seen) };
        session.contributions.retain(|(said, at)| *at >= from || said.seat == seat);
        session.submissions.retain(|submission| submission.seat == seat);
        session.questions.retain(|question| {
            let is_to_come =
                matches!(question.state, QuestionState::Parked | QuestionState::Held | QuestionState::Asked);
            is_to_come || question.answer.as_ref().is_some_and(|(_, _, at)| *at >= from) || question.by == seat
        });
        session.drafts.retain(|draft| draft.confirmed.map_or(draft.entered_at, |(_, at)| at) >= from);
        let shown: BTreeSet<_> = session
            .drafts
            .iter()
            .filter_map(|draft| match &draft.entry {
                Entry::Action(action) => Some(action.no),
                _ => None,
            })
            .collect();
        seen.actions.retain(|action| action.entered.owner == Some(seat) || shown.contains(&action.entered.no));
        Cow::Owned(seen)
    }
}
