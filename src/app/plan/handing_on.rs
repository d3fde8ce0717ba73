//! What follows where a seat changes hands or its holder leaves: access ends, and whoever has to act hears of it by code
//! name and number alone (SES-16, SES-17).

use chrono::{DateTime, Days, Utc};

use crate::domain::calendar;
use crate::domain::ids::SeatId;
use crate::domain::leaving::{LeftBehind, left_behind};
use crate::domain::session::Session;
use crate::domain::timer::Timer;
use crate::room::Scene;

use super::{Effect, Place, Plan};

impl Plan {
    /// Both are told; whoever left is not there to be.
    pub(super) fn handed_on(&mut self, scene: &Scene<'_>, from: SeatId, to: SeatId, had_left: bool) {
        self.shut_out(scene, from);
        self.edit_card_of(scene, from);
        let told = (!had_left).then_some(from).into_iter().chain([to]);
        self.tell_each(scene, told, &scene.handed_on(from, to));
    }

    pub(super) fn owner_left(&mut self, scene: &Scene<'_>, seat: SeatId, at: DateTime<Utc>) {
        self.shut_out(scene, seat);
        self.edit_card_of(scene, seat);
        let behind = left_behind(scene.case).into_iter().find(|behind| behind.seat == seat);
        if let Some(behind) = behind {
            self.chase(scene, &behind);
            self.chase_after(scene, at);
        }
    }

    pub(super) fn leavers_chased(&mut self, scene: &Scene<'_>, at: DateTime<Utc>) {
        left_behind(scene.case).iter().for_each(|behind| self.chase(scene, behind));
        self.chase_after(scene, at);
    }

    /// To the chair, or whoever convenes while nobody chairs, and to the managers of the agency.
    fn chase(&mut self, scene: &Scene<'_>, behind: &LeftBehind) {
        let message = scene.left_behind(behind);
        let is_there = |seat: &SeatId| !scene.case.ended_seats.contains_key(seat);
        let chair = scene.case.session().and_then(Session::chair).filter(is_there);
        self.tell_each(scene, chair.or(scene.case.convenor().filter(is_there)).into_iter(), &message);
        let agency = scene.case.person(behind.seat).agency.clone();
        let to = Place::Managers { agency, role: scene.rules.procedure.agency_managers.clone() };
        self.effects.push(Effect::Post { to, slot: None, message, pin: false });
    }

    fn chase_after(&mut self, scene: &Scene<'_>, at: DateTime<Utc>) {
        let tomorrow = calendar::day_of(at) + Days::new(1);
        self.set(Timer::Leavers, calendar::at_time(tomorrow, scene.rules.procedure.waits.daily_at));
    }

    fn edit_card_of(&mut self, scene: &Scene<'_>, seat: SeatId) {
        let state = scene.case.session().and_then(|session| session.invitation_of(seat));
        if let Some(state) = state {
            self.edit_card(scene, state.invitation.id);
        }
    }
}
