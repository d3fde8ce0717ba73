//! The children and the people around them as they are listed, with the ways to supply or put right what is not.

use minijinja::context;

use super::Scene;
use super::message::{Button, Message};
use crate::domain::referral::{Adult, Child};
use crate::domain::spoken::Spoken;

impl Scene<'_> {
    /// To one of those inside, privately; a withheld address is not shown here either (INFO-02 to INFO-06).
    pub fn family(&self) -> Message {
        let children: Vec<_> = self.case.children.iter().map(|child| self.child_line(child)).collect();
        let adults: Vec<_> = self.case.adults.iter().map(|adult| self.adult_line(adult)).collect();
        let code_name = self.code_name().to_string();
        let text = self.wording.say("view.family", context! { code_name, children, adults });
        let mut rows = vec!["child", "adult"];
        rows.extend(["child_details", "child_status"].iter().filter(|_| !self.case.children.is_empty()));
        rows.extend(["adult_details"].iter().filter(|_| !self.case.adults.is_empty()));
        let buttons = rows.into_iter().map(|row| Button::new(&self.press(row), self.wording)).collect();
        Message::text(text).with_buttons(buttons)
    }

    fn child_line(&self, child: &Child) -> String {
        self.wording.say(
            "view.family_child",
            context! {
                name => child.name.words(), born => self.born(child.born), subject => child.subject,
                relationship => child.relationship.words(),
                address => self.shown_address(&child.address, child.address_withheld),
                parental_responsibility => child.parental_responsibility.words(),
                legal_status => child.legal_status.words(), location => child.location.words(),
            },
        )
    }

    fn adult_line(&self, adult: &Adult) -> String {
        self.wording.say(
            "view.family_adult",
            context! {
                name => adult.name.words(), born => self.born(adult.born), relationship => adult.relationship.words(),
                address => self.shown_address(&adult.address, adult.address_withheld), risk => adult.risk,
            },
        )
    }

    /// The address, or that it is withheld.
    pub(super) fn shown_address(&self, address: &Spoken, is_marked: bool) -> String {
        let is_withheld = self.case.withholds(address, is_marked);
        if is_withheld { self.wording.say("look_up.withheld", ()) } else { address.words().to_owned() }
    }
}
