//! Private words around acting in two cases at once (SES-15): which one this was, what was taken back, and, to those who
//! have to do with it, that an entry was meant for another case.

use minijinja::context;

use crate::domain::crossing::Crossing;
use crate::domain::ids::CrossingNo;

use super::Scene;
use super::message::{Button, MESSAGE_CHARACTERS_MAX, Message, shortened};

impl Scene<'_> {
    /// The line comes first, and its button before the others: neither may be lost where the answer is long.
    pub fn which_case(&self, answer: Message, crossing: Option<&Crossing>) -> Message {
        let seconds = self.rules.procedure.waits.take_back_seconds;
        let is_held = crossing.is_some_and(|crossing| !crossing.items.is_empty());
        let values = context! { code_name => self.code_name().to_string(), seconds => is_held.then_some(seconds) };
        let line = self.wording.say("crossing.which_case", values);
        let text = shortened(&format!("{line}\n{}", answer.text), MESSAGE_CHARACTERS_MAX);
        let answer = Message { text, ..answer };
        match crossing {
            None => answer,
            Some(crossing) => {
                let press = self.press("wrong_case").with("crossing", crossing.no);
                answer.beginning_with(Button::new(&press, self.wording))
            }
        }
    }

    /// To its author: the words are theirs again, and nobody has seen them. `self` is the case as it was before.
    pub fn taken_back(&self, no: CrossingNo) -> Option<Message> {
        let crossing = &self.case.crossing(no)?.crossing;
        let session = crossing.session.and_then(|session| self.case.session_no(session))?;
        let words: Vec<_> = crossing.items.iter().filter_map(|item| self.item_in_words(session, *item)).collect();
        let values = context! { code_name => self.code_name().to_string(), words };
        let text = self.wording.say("crossing.taken_back", values);
        Some(Message::text(shortened(&text, MESSAGE_CHARACTERS_MAX)))
    }

    /// To chair and convenor, outside the room: by numbers alone.
    pub fn wrong_case_told(&self, no: CrossingNo) -> Message {
        let crossing = self.case.crossing(no).map(|state| &state.crossing);
        let who = crossing.map(|crossing| self.person(crossing.by));
        let entries = crossing.map(|crossing| [crossing.entries.0, crossing.entries.1]);
        let values = context! { code_name => self.code_name().to_string(), who, entries };
        Message::text(self.wording.say("crossing.wrong_case", values))
    }
}
