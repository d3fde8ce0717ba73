//! What the board says of section 47 before it is decided here, and of the session an outcome plans.

use minijinja::context;

use crate::domain::calendar;
use crate::domain::decided::planned;
use crate::domain::decision::Section47Decision;
use crate::domain::enquiry::{carried, is_under_way};
use crate::domain::session::Session;
use crate::domain::stage::Stage;

use super::Scene;
use super::message::Button;

impl Scene<'_> {
    /// As long as section 47 is undecided it can be decided, whatever else is missing (DEC-46).
    pub(super) fn decide_button(&self, session: &Session) -> Option<Button> {
        let is_undecided =
            session.section_47().is_none_or(|(_, stands)| stands.decision == Section47Decision::NotYetDecided);
        let has_own = session.stage == Stage::Deciding && session.adjourned().is_none();
        let can_be = session.stage < Stage::Circulated;
        (is_undecided && can_be && !has_own).then(|| Button::new(&self.press("section_47"), self.wording))
    }

    /// What earlier sessions left to be decided first: put off, or under way (DEC-01, DEC-05).
    pub(super) fn carried(&self, session: &Session) -> Option<String> {
        if session.section_47().is_some() {
            return None;
        }
        let since = carried(self.case).map(|(earlier, _, decided)| (earlier.no.0, decided.decision));
        let put_off = since.is_some_and(|(_, decision)| decision == Section47Decision::NotYetDecided);
        let under_way = is_under_way(self.case);
        let session = since.map(|(no, _)| no);
        (put_off || under_way)
            .then(|| self.wording.say("board.carried", context! { session => session, under_way => under_way }))
    }

    /// The session that follows, once an outcome arranges it (DEC-10).
    pub(super) fn planned(&self) -> Option<String> {
        let planned = planned(self.case, self.rules.procedure)?;
        let values = context! { session => planned.no.0, at => planned.start().map(calendar::both), by => planned.by().map(calendar::date) };
        Some(self.wording.say("board.planned", values))
    }
}
