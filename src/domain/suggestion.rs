//! What an attendee would have entered as a decision: it goes to the chair, and is no part of the record's decisions
//! unless the chair takes it up (DEC-44).

use chrono::{DateTime, Utc};

use super::decision::Entry;
use super::event::{Event, Record};
use super::ids::{SeatId, SuggestionId};
use super::session::Session;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    pub id: SuggestionId,
    pub by: SeatId,
    pub at: DateTime<Utc>,
    pub entry: Entry,
    /// Whether the chair took it up, and when.
    pub answered: Option<(bool, DateTime<Utc>)>,
}

impl Session {
    /// Those the chair has not answered.
    pub fn waiting_suggestions(&self) -> impl Iterator<Item = &Suggestion> {
        self.suggestions.iter().filter(|suggestion| suggestion.answered.is_none())
    }

    pub(super) fn suggested(&mut self, record: &Record) {
        match (&record.event, record.actor.seat) {
            (Event::Suggested { suggestion, entry }, Some(by)) => {
                let (id, entry) = (*suggestion, entry.clone());
                self.suggestions.push(Suggestion { id, by, at: record.at, entry, answered: None });
            }
            (Event::SuggestionAnswered { suggestion, taken }, _) => {
                for answered in self.suggestions.iter_mut().filter(|known| known.id == *suggestion) {
                    answered.answered = Some((*taken, record.at));
                }
            }
            _ => {}
        }
    }
}
