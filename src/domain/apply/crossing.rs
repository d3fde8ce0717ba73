//! How what is held, taken back or marked changes a case (SES-15).

use crate::domain::case::Case;
use crate::domain::crossing::{Crossing, CrossingIs, CrossingState};
use crate::domain::decision::{Action, Entry};
use crate::domain::event::{Event, Record};
use crate::domain::floor::QuestionState;
use crate::domain::ids::{ActionNo, CrossingNo, DraftId};
use crate::domain::limits::Item;
use crate::domain::session::Session;

impl Case {
    pub(super) fn crossed(&mut self, record: &Record) {
        match &record.event {
            Event::Crossed { crossing } => {
                let is = if crossing.items.is_empty() { CrossingIs::Standing } else { CrossingIs::Held };
                self.crossings.push(CrossingState { crossing: crossing.clone(), is });
            }
            Event::NoLongerHeld { crossing } => drop(self.crossing_is(*crossing, CrossingIs::Standing)),
            Event::WrongCaseMarked { crossing } => drop(self.crossing_is(*crossing, CrossingIs::Wrong)),
            Event::TakenBack { crossing } => {
                if let Some(crossing) = self.crossing_is(*crossing, CrossingIs::TakenBack) {
                    self.gives_back(&crossing);
                }
            }
            _ => {}
        }
    }

    fn crossing_is(&mut self, no: CrossingNo, is: CrossingIs) -> Option<Crossing> {
        let state = self.crossings.iter_mut().find(|state| state.crossing.no == no)?;
        state.is = is;
        Some(state.crossing.clone())
    }

    fn gives_back(&mut self, crossing: &Crossing) {
        let Some(session) = self.sessions.iter_mut().find(|session| Some(session.no) == crossing.session) else {
            return;
        };
        for item in &crossing.items {
            session.gives_back(*item);
            let Item::Entry(draft) = item else { continue };
            let Some((no, before)) = session.takes_out(*draft) else { continue };
            self.actions.retain(|action| action.entered.no != no);
            self.actions.extend(before);
            self.actions.sort_by_key(|action| action.entered.no);
        }
    }
}

impl Session {
    /// As if it had never been said.
    fn gives_back(&mut self, item: Item) {
        self.taken_back.push(item);
        self.limits.remove(&item);
        match item {
            Item::Contribution(id) => {
                self.contributions.retain(|(said, _)| said.id != id);
                self.natures.remove(&id);
            }
            Item::Question(id) => self.questions.retain(|question| question.id != id),
            Item::Answer(id) => {
                for question in self.questions.iter_mut().filter(|question| question.id == id) {
                    (question.answer, question.state) = (None, QuestionState::Asked);
                }
            }
            Item::Entry(_) => {}
        }
    }

    /// An entry goes, and what it took the place of stands again. The action it made, if any, and that action as it was
    /// before.
    fn takes_out(&mut self, id: DraftId) -> Option<(ActionNo, Option<Action>)> {
        let at = self.drafts.iter().position(|draft| draft.id == id)?;
        let gone = self.drafts.remove(at);
        self.decision_marks.remove(&id);
        self.reminders.retain(|reminder| reminder.draft != id);
        let mut before = None;
        if let Some(earlier) = self.drafts.iter_mut().find(|draft| Some(draft.id) == gone.replaces) {
            earlier.replaced = false;
            if let Entry::Action(entered) = &earlier.entry {
                before = Some(Action::new(entered.clone(), earlier.confirmed.is_some(), earlier.entered_at));
            }
        }
        match gone.entry {
            Entry::Action(action) => Some((action.no, before)),
            _ => None,
        }
    }
}
