//! What follows from an adjournment and from a change of the chair: who loses sight of the room, who is told, and when a
//! silent chair is noticed. What is sent outside the room names nobody.

use crate::domain::adjournment::Interim;
use crate::domain::case::Case;
use crate::domain::chairing::next_offer;
use crate::domain::ids::SeatId;
use crate::domain::timer::Timer;
use crate::room::Scene;

use super::{Effect, Place, Plan, TimerChange};

/// Those who assess possible breaches hear that there is one, by its entry alone (AUD-11).
pub(super) fn breach_to_assess(scene: &Scene<'_>, entry: u64) -> Effect {
    let to = Place::Role(scene.rules.procedure.audit.assessors().to_vec());
    Effect::Post { to, slot: None, message: scene.breach_to_assess(entry), pin: false }
}

impl Plan {
    /// Everybody who had come in but whoever convenes loses sight of the room, and hears when it goes on and how to come
    /// back in (SES-02).
    pub(super) fn adjourned(&mut self, scene: &Scene<'_>) {
        let Some(session) = scene.case.session() else { return };
        let had_come_in = session.attendance.iter().filter(|(_, attendance)| {
            attendance.introduced.is_none() && attendance.passages.last().is_some_and(|last| last.introduced.is_some())
        });
        had_come_in.for_each(|(seat, _)| self.shut_out(scene, *seat));
        self.tell_of_adjournment(scene);
    }

    /// Only another time is news to everybody.
    pub(super) fn interim_supplied(&mut self, scene: &Scene<'_>, interim: &Interim) {
        if interim.resumes_at.is_some() {
            self.tell_of_adjournment(scene);
        }
    }

    fn tell_of_adjournment(&mut self, scene: &Scene<'_>) {
        let Some(session) = scene.case.session() else { return };
        let coming = session.attendance.iter().filter(|(seat, attendance)| {
            **seat != session.convenor && attendance.accepted_at.is_some() && attendance.excluded.is_none()
        });
        for (seat, _) in coming {
            let message = scene.adjourned_notice(session, session.chair() == Some(*seat));
            self.tell_each(scene, [*seat].into_iter(), &message);
        }
    }

    /// Whoever has the out-of-hours role is told that there is one to read (SES-03).
    pub(super) fn handover_made(&mut self, scene: &Scene<'_>) {
        let role = &scene.rules.procedure.out_of_hours;
        if !role.is_empty() {
            let (to, message) = (Place::Role(role.clone()), scene.handover_notice());
            self.effects.push(Effect::Post { to, slot: None, message, pin: false });
        }
    }

    /// The new chair hears of it wherever they are; the room has its own post (SES-04).
    pub(super) fn chair_taken(&mut self, scene: &Scene<'_>, seat: SeatId) {
        let Some(session) = scene.case.session() else { return };
        let is_inside = session.attendance.get(&seat).is_some_and(|attendance| attendance.introduced.is_some());
        if !is_inside {
            self.tell_each(scene, [seat].into_iter(), &scene.chair_notice());
        }
    }

    /// Sets the timer for a silent chair, moves it with whatever the chair does, and clears it (SES-05).
    pub(super) fn keep_chair(&mut self, before: Option<&Case>, scene: &Scene<'_>) {
        let due = |case: &Case| next_offer(case, &scene.rules).map(|(at, _)| at);
        let (was, is) = (before.and_then(due), due(scene.case));
        match is {
            _ if was == is => {}
            Some(at) => self.set(Timer::ChairSilent, at),
            None => self.timers.push(TimerChange::Clear { name: Timer::ChairSilent.to_string() }),
        }
    }
}
