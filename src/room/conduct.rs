//! What is shown of an adjournment and of the chair's seat: in the room, and without a detail outside it.

use chrono::{DateTime, Utc};
use minijinja::context;

use crate::domain::adjournment::Adjournment;
use crate::domain::calendar;
use crate::domain::chairing::{Took, displaced};
use crate::domain::event::{Actor, QuorumLine};
use crate::domain::ids::SeatId;
use crate::domain::item_zero::ITEM_ZERO;
use crate::domain::open_items::open_items;
use crate::domain::session::Session;

use super::Scene;
use super::message::{Button, ButtonStyle, Message};

impl Scene<'_> {
    /// "Adjourned until 8 December 2026 09:00", who holds the case, what is undecided, and what was not said (SES-01).
    pub(super) fn adjourned(&self, adjourned: &Adjournment) -> String {
        let interim = &adjourned.interim;
        self.wording.say(
            "room.adjourned",
            context! {
                until => interim.resumes_at.map(|at| self.moment(at)), at => calendar::both(adjourned.at),
                holder => interim.holder.words(), undecided => interim.undecided.words(),
                missing => self.missing_of_adjournment(),
            },
        )
    }

    /// What was asked at the adjournment and not said: its parts, and each child nobody answered about.
    pub fn missing_of_adjournment(&self) -> Vec<String> {
        let is_of_it = |id: &str| id == "adjournment" || id.starts_with(ITEM_ZERO);
        let items = open_items(self.case, &self.rules).into_iter().filter(|item| is_of_it(&item.id));
        items.map(|item| self.open_item(&item)).collect()
    }

    pub(super) fn adjourned_post(&self, session: &Session) -> Vec<Message> {
        session.adjourned().map(|adjourned| self.long(&self.adjourned(adjourned))).unwrap_or_default()
    }

    /// Which part begins, who is here and who is not, and how the minimum stands (SES-02).
    pub(super) fn resumed(&self, session: &Session, quorum: &[QuorumLine], at: DateTime<Utc>) -> Vec<Message> {
        let here: Vec<_> = session.here().map(|seat| self.person(seat)).collect();
        let absent: Vec<_> = session.outside().map(|seat| self.person(seat)).collect();
        let text = self.wording.say(
            "room.resumed",
            context! {
                part => session.parts().len(), time => calendar::both(at), here => here, absent => absent,
                stage => self.wording.say(&format!("stage.{}", session.stage.key()), ()),
                quorum => self.quorum(quorum), chair => session.chair().map(|seat| self.person(seat)),
            },
        );
        self.long(&text)
    }

    pub(super) fn vice_chair_named(&self, seat: SeatId, by: &Actor) -> Message {
        let account = self.case.person(seat).account;
        let mention = account.map(|account| format!("<@{account}>"));
        let values = context! { who => self.person(seat), by => &by.name, mention => mention };
        Message::text(self.wording.say("room.vice_chair_named", values)).notifying(account)
    }

    /// Who chairs from now on; where the chair was silent, with the one press that takes it back (SES-04, SES-05).
    pub(super) fn chair_taken(&self, session: &Session, seat: SeatId, how: Took) -> Message {
        let former = displaced(session);
        let accounts = self.accounts([seat].into_iter().chain(former));
        let mentions: Vec<_> = accounts.iter().map(|account| format!("<@{account}>")).collect();
        let chaired = &session.chairing.chaired;
        let before = chaired.len().checked_sub(2).and_then(|at| chaired.get(at)).map(|before| before.seat);
        let before = before.or(session.invited_chair()).filter(|before| *before != seat);
        let text = self.wording.say(
            &format!("room.chair_{}", how.code()),
            context! {
                who => self.person(seat), before => before.map(|before| self.person(before)),
                mentions => mentions.join(" "), minutes => self.rules.procedure.waits.chair_silent_minutes,
            },
        );
        Message::text(text).with_buttons(self.take_button(session).into_iter().collect()).notifying(accounts)
    }

    /// To those the chair is offered to, and to the chair, who may only have been listening (SES-05).
    pub(super) fn chair_silent(&self, session: &Session, offered: &[SeatId]) -> Message {
        let accounts = self.accounts(offered.iter().copied().chain(session.chair()));
        let mentions: Vec<_> = accounts.iter().map(|account| format!("<@{account}>")).collect();
        let who: Vec<_> = offered.iter().map(|seat| self.person(*seat)).collect();
        let text = self.wording.say(
            "room.chair_silent",
            context! {
                chair => session.chair().map(|seat| self.person(seat)), who => who, mentions => mentions.join(" "),
                minutes => self.rules.procedure.waits.chair_silent_minutes,
            },
        );
        let rows = ["take_chair", "still_here"].map(|row| Button::new(&self.press(row), self.wording));
        Message::text(text).with_buttons(rows.to_vec()).notifying(accounts)
    }

    /// For those the chair is offered to, or for whoever lost it.
    pub(super) fn take_button(&self, session: &Session) -> Option<Button> {
        let press = self.press("take_chair");
        if displaced(session).is_some() {
            return Some(Button::labelled(&press, self.wording.say("room.take_back", ())));
        }
        (!session.chairing.offered.is_empty()).then(|| Button::new(&press, self.wording))
    }

    /// Hands over to the vice-chair with one press; where nobody was named, or they chair, a list is offered (SES-04).
    pub(super) fn hand_over_button(&self, session: &Session) -> Button {
        let press = self.press("hand_over");
        match session.chairing.vice.filter(|vice| session.chair() != Some(*vice)) {
            Some(vice) => Button::new(&press.with("who", format!("s{vice}")), self.wording),
            None => Button::new(&press, self.wording),
        }
    }

    /// Outside the room: that it is adjourned, until when, and the way back in; to the chair also the way to say more.
    pub fn adjourned_notice(&self, session: &Session, to_chair: bool) -> Message {
        let until = session.adjourned().and_then(|adjourned| adjourned.interim.resumes_at);
        let values = context! {
            label => self.label(session.form), code_name => self.code_name().to_string(),
            until => until.map(|at| self.moment(at)), to_chair,
        };
        let door = Button::new(&self.press("door"), self.wording).styled(ButtonStyle::Main);
        let more =
            to_chair.then(|| Button::labelled(&self.press("adjourn"), self.wording.say("card.adjourned_more", ())));
        let buttons = [Some(door), more, Some(self.danger_button())].into_iter().flatten().collect();
        Message::text(self.wording.say("card.adjourned", values)).with_buttons(buttons)
    }

    /// To the out-of-hours role: that there is a handover, and nothing of it (SES-03).
    pub fn handover_notice(&self) -> Message {
        let read = Button::new(&self.press("read_handover"), self.wording).styled(ButtonStyle::Main);
        let values = context! { code_name => self.code_name().to_string() };
        Message::text(self.wording.say("handover.notice", values)).with_buttons(vec![read])
    }

    /// To somebody who chairs from now on and stands outside.
    pub fn chair_notice(&self) -> Message {
        let door = Button::new(&self.press("door"), self.wording).styled(ButtonStyle::Main);
        let values = context! { code_name => self.code_name().to_string() };
        Message::text(self.wording.say("card.chair_handed_over", values)).with_buttons(vec![door])
    }
}
