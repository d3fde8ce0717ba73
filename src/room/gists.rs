//! What the recorder entered under somebody's name: how they hear of it, and where they say that it is right (SES-08).
//!
//! A mention shows on a locked screen, so that it holds a number and nothing of what was said.

use minijinja::context;

use crate::domain::floor::Contribution;
use crate::domain::gist::{awaits_its_speaker, position_awaits, waiting_for};
use crate::domain::ids::{ContributionId, SeatId};
use crate::domain::session::Session;

use super::Scene;
use super::message::{Button, MESSAGE_CHARACTERS_MAX, Message, shortened};

/// How many are listed at once: each has two of a message's 25 buttons.
const LISTED_MAX: usize = 10;

impl Scene<'_> {
    /// To the speaker of what has just been entered for them. Where the room has not heard it, they see it privately
    /// first.
    pub fn entered_for(&self, session: &Session, contribution: &Contribution, room_has_it: bool) -> Option<Message> {
        let awaits = awaits_its_speaker(self.case, session, contribution);
        let account = self.case.person(contribution.seat).account.filter(|_| awaits)?;
        let values = context! { mention => format!("<@{account}>"), n => contribution.id.0 };
        let buttons = if room_has_it {
            self.right_or_correct(contribution.id, "").to_vec()
        } else {
            vec![Button::new(&self.press("said_for_me"), self.wording)]
        };
        Some(Message::text(self.wording.say("room.entered_for", values)).with_buttons(buttons).notifying([account]))
    }

    /// To whoever said their position aloud.
    pub(super) fn position_entered(&self, session: &Session, seat: SeatId) -> Option<Message> {
        let (position, _) = session.positions.iter().find(|(position, _)| position.seat == seat)?;
        let awaits = position_awaits(self.case, session, position);
        let account = self.case.person(seat).account.filter(|_| awaits)?;
        let text = self.wording.say("room.position_entered", context! { mention => format!("<@{account}>") });
        let see = Button::new(&self.press("said_for_me"), self.wording);
        Some(Message::text(text).with_buttons(vec![see]).notifying([account]))
    }

    /// Everything that waits for this seat's word, with two presses each.
    pub fn said_for(&self, seat: SeatId) -> Message {
        let Some(session) = self.case.session() else { return Message::default() };
        let waiting: Vec<_> = waiting_for(self.case, session, seat).take(LISTED_MAX).collect();
        let position = session.positions.iter().map(|(position, _)| position).find(|position| position.seat == seat);
        let position = position.filter(|position| position_awaits(self.case, session, position));
        let most = MESSAGE_CHARACTERS_MAX / (waiting.len() + 2);
        let said: Vec<_> = waiting.iter().map(|said| shortened(&self.contribution(said), most)).collect();
        let values = context! {
            code_name => self.code_name().to_string(), said,
            position => position.map(|position| {
                self.wording.say(&format!("choice.position.{}", position.kind.code()), ())
            }),
            about => position.map(|position| position.about.words()),
        };
        let mut buttons: Vec<_> =
            waiting.iter().flat_map(|said| self.right_or_correct(said.id, &format!(" {}", said.id))).collect();
        if position.is_some() {
            let correct = self.wording.say("view.correct_position", ());
            buttons.push(Button::new(&self.press("right_position"), self.wording));
            buttons.push(Button::labelled(&self.press("position"), correct));
        }
        let text = self.wording.say("view.said_for_me", values);
        Message::text(shortened(&text, MESSAGE_CHARACTERS_MAX)).with_buttons(buttons)
    }

    /// The gist as its speaker put it right, for the room.
    pub(super) fn words_corrected(&self, session: &Session, id: ContributionId) -> Vec<Message> {
        let said = session.contributions.iter().find(|(said, _)| said.id == id);
        said.map(|(said, _)| self.long(&self.contribution(said))).unwrap_or_default()
    }

    /// How far a gist is its speaker's: entered and not confirmed, put right, or nothing to say.
    pub(super) fn standing_of(&self, contribution: &Contribution) -> String {
        let Some(session) = self.case.session() else { return String::new() };
        let key = match session.checked.get(&contribution.id) {
            Some(checked) if checked.as_entered.is_some() => "room.gist_corrected",
            None if awaits_its_speaker(self.case, session, contribution) => "room.gist_not_confirmed",
            _ => return String::new(),
        };
        self.wording.say(key, ())
    }

    fn right_or_correct(&self, contribution: ContributionId, number: &str) -> [Button; 2] {
        ["right", "correct"].map(|row| {
            let label = format!("{}{number}", self.wording.say(&format!("button.{row}"), ()));
            Button::labelled(&self.press(row).with("contribution", contribution), label)
        })
    }
}
