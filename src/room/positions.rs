//! What the room sees of the agencies' positions, and what the chair sees of a suggestion (DEC-43, DEC-44).

use minijinja::context;

use crate::domain::decision::{Entry, Position, PositionKind};
use crate::domain::ids::SuggestionId;
use crate::domain::positions::{agencies, without};
use crate::domain::session::Session;
use crate::domain::stage::Stage;
use crate::domain::suggestion::Suggestion;

use super::Scene;
use super::message::{Button, ButtonStyle, Message};

impl Scene<'_> {
    /// Who stands where, open as it comes; unseen, how many of how many are in.
    pub(super) fn positions_so_far(&self, session: &Session) -> Option<String> {
        if session.stage != Stage::ReadBack || session.read_back_at.is_none() {
            return None;
        }
        let silent: Vec<_> = without(self.case, session).into_iter().map(str::to_owned).collect();
        let of = agencies(self.case, session).len();
        let values = context! {
            hidden => session.positions_hidden, n => of - silent.len(), of => of, silent => silent,
            agreed => self.of_kind(session, PositionKind::Agree), disagreed => self.of_kind(session, PositionKind::Disagree),
            not_authorised => self.of_kind(session, PositionKind::NotAuthorised),
        };
        Some(self.wording.say("board.positions", values))
    }

    fn of_kind(&self, session: &Session, kind: PositionKind) -> Vec<String> {
        let given = session.positions.iter().map(|(position, _)| position).filter(|position| position.kind == kind);
        let mut agencies: Vec<_> = given.map(|position| self.case.person(position.seat).agency.clone()).collect();
        agencies.dedup();
        agencies
    }

    /// What was collected unseen, all of it at once.
    pub(super) fn positions_shown(&self, session: &Session) -> Vec<Message> {
        let line = |position: &Position| {
            let kind = self.wording.say(&format!("choice.position.{}", position.kind.code()), ());
            let values = context! { who => self.person(position.seat), kind => kind, about => position.about.words() };
            self.wording.say("room.position", values)
        };
        let lines: Vec<_> = session.positions.iter().map(|(position, _)| line(position)).collect();
        self.long(&self.wording.say("room.positions", context! { positions => lines }))
    }

    /// A decision by its name, as somebody picks what they disagree with.
    pub fn decision_label(&self, entry: &Entry) -> String {
        match entry {
            Entry::Section47(decided) => {
                let decision = self.wording.say(&format!("choice.decision.{}", decided.decision.code()), ());
                self.wording.say("room.decision_label", context! { decision => decision })
            }
            Entry::Outcome(chosen) => {
                let known = self.rules.procedure.outcome(&chosen.code);
                known.map_or_else(|| chosen.code.clone(), |outcome| outcome.label.clone())
            }
            Entry::Answer(_) | Entry::Action(_) => self.entry(entry),
        }
    }

    /// Somebody suggests a decision: the chair is told that they do, and reads privately what.
    pub(super) fn suggested(&self, session: &Session, id: SuggestionId) -> Message {
        let by = session.suggestions.iter().find(|known| known.id == id).map(|known| self.person(known.by));
        let read = Button::new(&self.press("read_suggestion").with("suggestion", id), self.wording);
        self.for_the_chair(session, "room.suggested", context! { who => by })
            .with_buttons(vec![read.styled(ButtonStyle::Main)])
    }

    /// What the chair reads of it, with one press to enter it and one to leave it.
    pub fn suggestion_sheet(&self, suggestion: &Suggestion) -> Message {
        let values = context! {
            code_name => self.code_name().to_string(), by => self.person(suggestion.by),
            entry => self.entry(&suggestion.entry),
        };
        let text = self.wording.say("view.suggestion", values);
        let button = |row: &str| Button::new(&self.press(row).with("suggestion", suggestion.id), self.wording);
        Message::text(text).with_buttons(vec![button("take_suggestion"), button("leave_suggestion")])
    }
}
