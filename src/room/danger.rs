//! Alerts of danger, as those they go to read them, as their sender does, and as the room does.
//!
//! Outside the room: code name, choice, time and the sender's role, no detail (SAFE-06). Everywhere: that it
//! does not call 999, and nothing that implies help before somebody has acknowledged it (SAFE-03).

use minijinja::context;

use crate::domain::alert::Alert;
use crate::domain::calendar;
use crate::domain::floor::Whose;
use crate::domain::ids::ActionNo;
use crate::domain::session::Session;
use crate::domain::spoken::Spoken;

use super::Scene;
use super::card::code_of;
use super::message::{Button, ButtonStyle, Message};

impl Scene<'_> {
    pub fn danger_button(&self) -> Button {
        Button::new(&self.press("danger"), self.wording).styled(ButtonStyle::Danger)
    }

    /// The alert itself, the first time and each time again.
    pub fn alert(&self, alert: &Alert) -> Message {
        let text = self.wording.say(
            "danger.alert",
            context! {
                code_name => self.code_name().to_string(), danger => self.kind_of_danger(alert),
                time => calendar::time(alert.at), again => alert.repeated.len(),
                role => &alert.by.role, kind => self.wording.say(&format!("agency_kind.{}", code_of(alert.by_kind)), ()),
            },
        );
        let acknowledge = self.press("acknowledge").with("alert", alert.id);
        Message::text(text).with_buttons(vec![Button::new(&acknowledge, self.wording).styled(ButtonStyle::Danger)])
    }

    pub fn kind_of_danger(&self, alert: &Alert) -> String {
        self.wording.say(&format!("choice.danger.{}", alert.danger.code()), ())
    }

    /// The private answer to whoever raised it: who is alerted, and what they can do now.
    pub fn alert_raised(&self, alert: &Alert) -> Message {
        let told = self.told_of(alert);
        let (code_name, minutes) = (self.code_name().to_string(), self.rules.procedure.waits.danger_repeat_minutes);
        let text = self.wording.say("danger.raised", context! { code_name, told, minutes });
        Message::text(text).with_buttons(self.sender_buttons(alert))
    }

    /// Who an alert went to, as people say it. A person who has not accepted yet is told of by their role.
    pub fn told_of(&self, alert: &Alert) -> Vec<String> {
        let contact = self.wording.say("danger.emergency_contact", ());
        let seats = alert.told.iter().map(|whose| match whose {
            Whose::Seat(seat) => self.person(*seat),
            Whose::Invitation(_) => self.wording.say("danger.invited_chair", ()),
        });
        seats.chain([contact]).collect()
    }

    /// To its sender, each time it was sent again, with the number of times.
    pub fn alert_repeated(&self, alert: &Alert) -> Message {
        let manager = alert.is_with_the_manager();
        let (code_name, n) = (self.code_name().to_string(), alert.repeated.len());
        let text = self.wording.say("danger.sent_again", context! { code_name, n, manager });
        Message::text(text).with_buttons(self.sender_buttons(alert))
    }

    /// To its sender and to everybody it went to: who has acknowledged it and when, or that it was a false alarm.
    pub fn alert_over(&self, alert: &Alert) -> Message {
        let acknowledged = alert.acknowledged.as_ref().filter(|_| alert.false_alarm.is_none());
        let by = acknowledged.map(|(by, _)| format!("{}, {}, {}", by.name, by.role, by.agency));
        let at = acknowledged.map(|(_, at)| calendar::time(*at));
        let (code_name, danger) = (self.code_name().to_string(), self.kind_of_danger(alert));
        Message::text(self.wording.say("danger.over", context! { code_name, danger, by, at }))
    }

    /// The room reads the same, and why it was a false alarm.
    pub(super) fn alert_over_in_the_room(&self, session: &Session, alert: &Alert) -> Message {
        let reason = alert.false_alarm.as_ref().and_then(|(reason, _)| reason.as_ref());
        let over = self.alert_over(alert).text;
        let reason = reason.map(|reason| reason.words().to_owned());
        let text = self.wording.say("danger.over_in_the_room", context! { over, reason });
        Message::text(text).notifying(self.accounts(session.here()))
    }

    /// What its sender said of it afterwards.
    pub(super) fn alert_described(&self, alert: &Alert, text: &Spoken) -> Vec<Message> {
        let values = context! { who => &alert.by.name, danger => self.kind_of_danger(alert), text => text.words() };
        self.long(&self.wording.say("danger.described", values))
    }

    /// To whoever acknowledged it: what they can put down to be done at once, where they have a seat to put it down from.
    pub fn alert_taken(&self, alert: &Alert) -> Message {
        let text = self.wording.say("danger.taken", context! { code_name => self.code_name().to_string() });
        let by = alert.acknowledged.as_ref().and_then(|(by, _)| by.seat);
        Message::text(text).with_buttons(by.map(|_| self.at_once_button(Some(alert))).into_iter().collect())
    }

    /// Something to be done at once; under an alert, because of it (SAFE-05).
    pub fn at_once_button(&self, alert: Option<&Alert>) -> Button {
        let press = self.press("at_once");
        Button::new(&alert.map_or(press.clone(), |alert| press.with("alert", alert.id)), self.wording)
    }

    /// Outside the room, so without a detail: the owner of an action was to be found by now (SAFE-05).
    pub fn owner_sought(&self, action: ActionNo) -> Message {
        let text = self
            .wording
            .say("danger.owner_sought", context! { code_name => self.code_name().to_string(), n => action.0 });
        let name = self.press("name_owner").with("action", action);
        Message::text(text).with_buttons(vec![Button::new(&name, self.wording).styled(ButtonStyle::Main)])
    }

    pub(super) fn owner_named(&self, action: ActionNo) -> Message {
        Message::text(self.wording.say("danger.owner_named", context! { action => self.action(action) }))
    }

    fn sender_buttons(&self, alert: &Alert) -> Vec<Button> {
        let of = |row: &str| Button::new(&self.press(row).with("alert", alert.id), self.wording);
        let at_once = alert.by.seat.map(|_| self.at_once_button(Some(alert)));
        at_once.into_iter().chain([of("danger_text"), of("false_alarm")]).collect()
    }
}
