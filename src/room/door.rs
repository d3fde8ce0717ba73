//! What the room, and above all its chair, hears of people's coming and going; and the word to those still outside.

use minijinja::context;

use crate::domain::attendance::Attendance;
use crate::domain::chairing;
use crate::domain::event::{Actor, QuorumLine};
use crate::domain::ids::SeatId;
use crate::domain::late::Sight;
use crate::domain::session::Session;
use crate::domain::spoken::Spoken;

use super::Scene;
use super::message::{Button, ButtonStyle, Message};

impl Scene<'_> {
    /// A post that mentions the chair, as the sentence's `mention`.
    pub(super) fn for_the_chair(&self, session: &Session, key: &str, values: minijinja::Value) -> Message {
        let chair = self.accounts(session.chair().into_iter());
        let mention = chair.first().map(|account| format!("<@{account}>"));
        Message::text(self.wording.say(key, context! { mention => mention, ..values })).notifying(chair)
    }

    /// Somebody was in the wrong meeting: no name, and whether they had seen anything (GATE-03).
    pub(super) fn wrong_meeting(&self, session: &Session, possible_breach: bool) -> Message {
        self.for_the_chair(session, "room.wrong_meeting", context! { possible_breach })
    }

    /// To those who assess possible breaches, outside the room.
    pub fn breach_to_assess(&self, entry: u64) -> Message {
        let values = context! { code_name => self.code_name().to_string(), entry };
        let text = self.wording.say("audit.breach_to_assess", values);
        Message::text(text).with_buttons(vec![self.assess_button(entry)])
    }

    /// To say what a possible breach was found to be (AUD-11).
    pub fn assess_button(&self, entry: u64) -> Button {
        let press = self.press("assess_breach").with("breach_entry", entry);
        let label = self.wording.say("audit.assess", context! { entry });
        Button::labelled(&press, label)
    }

    /// Somebody may not decide for their agency (INV-18).
    pub(super) fn not_authorised(&self, session: &Session, seat: SeatId, basis: Option<&Spoken>) -> Message {
        let agency = &self.case.person(seat).agency;
        let values = context! { who => self.person(seat), agency => agency, basis => basis.map(Spoken::words) };
        self.for_the_chair(session, "room.not_authorised", values)
    }

    /// How the minimum stands now that somebody came or went (SES-11).
    pub(super) fn quorum_changed(&self, session: &Session, quorum: &[QuorumLine]) -> Message {
        let is_met = quorum.iter().all(|line| line.met);
        self.for_the_chair(session, "room.quorum_changed", context! { quorum => self.quorum(quorum), is_met })
    }

    /// A second manager made the chairing their own (INV-27).
    pub(super) fn chairing_adopted(&self, session: &Session, by: &Actor) -> Message {
        let Actor { name, role, agency, .. } = by;
        let rule = &self.rules.procedure.chair_rule;
        let values = context! { who => format!("{name}, {role}, {agency}"), rule => rule };
        self.for_the_chair(session, "room.chairing_adopted", values)
    }

    /// The button for a second manager, while the chair is outside the rule.
    pub(super) fn adopt_button(&self, session: &Session) -> Option<Button> {
        let is_outside = session.opened_at.is_some() && !chairing::outside_rule(session).is_empty();
        is_outside.then(|| Button::new(&self.press("adopt"), self.wording))
    }

    /// To somebody who accepted and has not come in: code name and time, and the way to the door (GATE-01).
    pub fn reminder(&self, session: &Session) -> Message {
        let (label, code_name) = (self.label(session.form), self.code_name().to_string());
        let values = context! {
            label => label, code_name => code_name, starts => self.starts(session),
            is_open => session.opened_at.is_some(),
        };
        let door = Button::new(&self.press("door"), self.wording).styled(ButtonStyle::Main);
        Message::text(self.wording.say("card.reminder", values)).with_buttons(vec![door])
    }

    /// The chair is asked how far back somebody who has just come late sees, until it is said (SES-13).
    pub(super) fn sight_asked(&self, session: &Session, seat: SeatId) -> Option<Message> {
        let is_chosen = session.attendance.get(&seat)?.sight.is_some();
        let is_asked = session.came_late(seat).is_some() && !is_chosen && self.case.person(seat).account.is_some();
        if !is_asked {
            return None;
        }
        let asked = self.for_the_chair(session, "room.sight_asked", context! { who => &self.case.person(seat).name });
        let button = |(_, code): &(Sight, &str)| {
            let press = self.press("sight").with("who", format!("s{seat}")).with("sight", code);
            Button::labelled(&press, self.wording.say(&format!("choice.sight.{code}"), ()))
        };
        Some(asked.with_buttons(Sight::ALL.iter().map(button).collect()))
    }

    /// Name, role and agency; marked where the line was taken from the enrolment (GATE-05).
    pub(super) fn introduced(&self, session: &Session, seat: SeatId) -> String {
        let attendance = session.attendance.get(&seat);
        let by_enrolment = attendance.is_some_and(Attendance::is_introduced_by_enrolment);
        self.wording.say("room.introduced", context! { who => self.person(seat), by_enrolment })
    }
}
