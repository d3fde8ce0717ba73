//! Somebody who acts in one case just after another may have meant the other (SES-15). What they enter then is held for
//! a moment, so that they can take it back before anybody sees it; after that it is marked to be taken out of the record.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::case::Case;
use super::decision::Entry;
use super::event::Event;
use super::floor::QuestionState;
use super::ids::{CrossingNo, SeatId, SessionNo};
use super::limits::Item;
use super::session::Session;

/// What one command entered just after its author had acted in another case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Crossing {
    pub no: CrossingNo,
    /// The first and the last journal entry that came of it.
    pub entries: (u64, u64),
    pub by: SeatId,
    /// The session its items are of.
    pub session: Option<SessionNo>,
    /// What is held of it.
    pub items: Vec<Item>,
    /// Until when nobody but its author sees it.
    pub until: DateTime<Utc>,
}

/// A crossing, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CrossingState {
    pub crossing: Crossing,
    pub is: CrossingIs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CrossingIs {
    Held,
    /// Entered like anything.
    Standing,
    TakenBack,
    /// Of another case, and seen by others: to be taken out of the record (SEC-17), and until then its author's and the
    /// chair's alone.
    Wrong,
}

impl Case {
    pub fn crossing(&self, no: CrossingNo) -> Option<&CrossingState> {
        self.crossings.iter().find(|state| state.crossing.no == no)
    }

    /// The crossing an item is kept back by: held for its author, or marked as of another case.
    pub fn kept_back(&self, session: SessionNo, item: Item) -> Option<&CrossingState> {
        self.kept_back_in(session).find(|state| state.crossing.items.contains(&item))
    }

    /// What is kept back of a session.
    pub fn kept_back_in(&self, session: SessionNo) -> impl Iterator<Item = &CrossingState> {
        let of_session = self.crossings.iter().filter(move |state| state.crossing.session == Some(session));
        of_session.filter(|state| matches!(state.is, CrossingIs::Held | CrossingIs::Wrong))
    }

    /// Whether nobody but its author sees an item for now.
    pub fn is_held(&self, session: SessionNo, item: Item) -> bool {
        self.kept_back(session, item).is_some_and(|state| state.is == CrossingIs::Held)
    }
}

impl Session {
    /// The numbers of one kind of item that were taken back; they are never given again.
    pub fn taken_back(&self, kind: fn(Item) -> Option<u16>) -> impl Iterator<Item = u16> {
        self.taken_back.iter().copied().filter_map(kind)
    }
}

/// What the room would be told of, and is not while it is held.
pub fn item_of(event: &Event) -> Option<Item> {
    match event {
        Event::Contributed { contribution } => Some(Item::Contribution(contribution.id)),
        Event::QuestionAnswered { question, .. } => Some(Item::Answer(*question)),
        Event::QuestionRaised { question, state: QuestionState::Asked, .. } => Some(Item::Question(*question)),
        Event::Entered { draft, .. } => Some(Item::Entry(*draft)),
        _ => None,
    }
}

/// To be done at once: held up by nothing (SAFE-05).
pub fn is_at_once(event: &Event) -> bool {
    matches!(event, Event::Entered { entry: Entry::Action(action), .. } if action.is_at_once())
}

/// Words of somebody's about a case, which may be about another.
pub fn is_entry(event: &Event) -> bool {
    matches!(
        event,
        Event::Contributed { .. }
            | Event::QuestionRaised { .. }
            | Event::QuestionAnswered { .. }
            | Event::Entered { .. }
            | Event::Suggested { .. }
            | Event::ActionReported { .. }
            | Event::InformationSent { .. }
            | Event::TextPrepared { .. }
            | Event::WordsCorrected { .. }
            | Event::PositionGiven { .. }
            | Event::ChallengeRaised { .. }
            | Event::ChallengeSettled { .. }
            | Event::ChallengeAnswered { .. }
            | Event::HealthQuestioned { .. }
            | Event::PoliceTalkLogged { .. }
            | Event::DangerDescribed { .. }
            | Event::ReferralAmended { .. }
            | Event::ChildListed { .. }
            | Event::ChildAmended { .. }
            | Event::AdultListed { .. }
            | Event::AdultAmended { .. }
    )
}
