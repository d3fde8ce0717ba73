//! What is looked at again, and what is said once a case is closed (REV-05, REV-08, REV-10).

use chrono::{DateTime, Utc};
use minijinja::context;

use crate::domain::calendar;
use crate::domain::drift;
use crate::domain::event::Actor;
use crate::domain::under_review::{AskedOn, unanswered};

use super::Scene;
use super::message::{Button, Message};

/// The two answers of the chair.
const ANSWERS: [&str; 2] = ["still_holds", "no_longer_holds"];

impl Scene<'_> {
    /// To the chair: whether the decisions on immediate action still hold, without a word of what is new (REV-05).
    pub fn review_asked(&self, on: AskedOn) -> Message {
        let key = format!("reviewing.asked_on_{}", on.code());
        let text = self.wording.say(&key, context! { code_name => self.code_name().to_string() });
        Message::text(text).with_buttons(self.review_buttons())
    }

    /// As long as the chair has not answered.
    pub(super) fn open_review_buttons(&self) -> Vec<Button> {
        if unanswered(self.case).is_some() { self.review_buttons() } else { Vec::new() }
    }

    fn review_buttons(&self) -> Vec<Button> {
        ANSWERS.map(|row| Button::new(&self.press(row), self.wording)).to_vec()
    }

    /// Since when the chair has been asked.
    pub(super) fn open_review(&self) -> Option<String> {
        unanswered(self.case).map(|review| self.moment(review.asked_at))
    }

    /// To the room: what was decided on immediate action no longer holds (REV-05).
    pub(super) fn no_longer_holds(&self, by: &Actor) -> Message {
        Message::text(self.wording.say("reviewing.no_longer_holds", context! { who => &by.name }))
    }

    /// To chair and convenor: how many children are without a decision or an action, and for how long; none by name
    /// (REV-08).
    pub fn drifts(&self, now: DateTime<Utc>) -> Message {
        let undecided = drift::undecided(self.case, &self.rules, now);
        let idle = drift::without_action(self.case, &self.rules, now);
        let days = undecided.iter().chain(&idle).map(|one| one.working_days).max();
        let text = self.wording.say(
            "reviewing.drifts",
            context! {
                code_name => self.code_name().to_string(), undecided => undecided.len(), idle => idle.len(), days => days,
            },
        );
        Message::text(text)
    }

    /// Each child for whom nothing runs, once a working day has passed (REV-08).
    pub(super) fn without_action(&self, now: DateTime<Utc>) -> Vec<String> {
        let idle = drift::without_action(self.case, &self.rules, now).into_iter();
        let lines = idle.filter(|one| one.working_days > 0).map(|one| {
            let values = context! { child => self.child(one.child), days => one.working_days, drift => one.drift };
            self.wording.say("board.without_action", values)
        });
        lines.collect()
    }

    /// Since when and by whom, and what was planned and not held (REV-10).
    pub(super) fn case_closed(&self) -> Option<Message> {
        self.closed_in_words().map(Message::text)
    }

    pub(super) fn closed_in_words(&self) -> Option<String> {
        let closed = self.case.closed.as_ref()?;
        let not_held = closed.not_held.iter().map(|planned| {
            let values = context! { session => planned.session.0, at => planned.at.map(calendar::both) };
            self.wording.say("reviewing.not_held", values)
        });
        let not_held: Vec<_> = not_held.collect();
        let reason = closed.reason.as_ref().map(|reason| reason.words());
        let values = context! { who => &closed.by.name, at => calendar::both(closed.at), not_held, reason };
        Some(self.wording.say("reviewing.closed", values))
    }
}
