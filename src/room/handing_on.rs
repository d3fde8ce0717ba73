//! Seats that change hands, as people are told of it. Outside the room it names seats and actions by number alone.

use minijinja::context;

use crate::domain::ids::SeatId;
use crate::domain::leaving::LeftBehind;

use super::Scene;
use super::message::Message;

impl Scene<'_> {
    /// To whoever handed their seat on, and to whoever has it now (SES-16).
    pub fn handed_on(&self, from: SeatId, to: SeatId) -> Message {
        let actions = self.case.open_actions_of(to);
        let actions: Vec<_> = actions.iter().map(|no| no.0).collect();
        Message::text(self.wording.say(
            "handing_on.told",
            context! {
                code_name => self.code_name().to_string(), from => self.person(from), to => self.person(to), actions,
            },
        ))
    }

    /// What still stands under the name of somebody who left (SES-17).
    pub fn left_behind(&self, behind: &LeftBehind) -> Message {
        let actions: Vec<_> = behind.actions.iter().map(|no| no.0).collect();
        Message::text(self.wording.say(
            "handing_on.left_behind",
            context! {
                code_name => self.code_name().to_string(), who => self.person(behind.seat), has_seat => behind.has_seat,
                actions,
            },
        ))
    }
}
