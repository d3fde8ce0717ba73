//! What follows from an alert of danger: who is sent it, again and again until somebody acknowledges it, and what its
//! sender hears. What goes outside the room has no detail (SAFE-06).

use crate::domain::alert::Alert;
use crate::domain::decision::ActionEntered;
use crate::domain::event::{Event, Record};
use crate::domain::floor::Whose;
use crate::domain::ids::{ActionNo, SeatId};
use crate::domain::session::Session;
use crate::domain::timer::Timer;
use crate::room::Scene;
use crate::room::message::Message;

use super::{Place, Plan, TimerChange, place_of};

impl Plan {
    pub(super) fn danger(&mut self, scene: &Scene<'_>, record: &Record) {
        let (Event::DangerRaised { alert, .. }
        | Event::DangerDescribed { alert, .. }
        | Event::DangerRepeated { alert, .. }
        | Event::DangerAcknowledged { alert, .. }
        | Event::FalseAlarmMarked { alert, .. }) = &record.event
        else {
            return;
        };
        let Some(alert) = scene.case.alert(*alert) else { return };
        match &record.event {
            Event::DangerRaised { told, .. } => self.send_alert(scene, alert, told),
            Event::DangerRepeated { told, .. } => {
                self.send_alert(scene, alert, told);
                self.tell_sender(scene, alert, scene.alert_repeated(alert));
            }
            Event::DangerAcknowledged { .. } | Event::FalseAlarmMarked { .. } => {
                let message = scene.alert_over(alert);
                self.tell_alerted(scene, alert, &alert.all_told(), &message);
                self.tell_sender(scene, alert, message);
            }
            _ => {}
        }
        let timer = Timer::Danger(alert.id);
        match alert.repeats_at(&scene.rules) {
            Some(at) => self.set(timer, at),
            None => self.timers.push(TimerChange::Clear { name: timer.to_string() }),
        }
    }

    /// Who does it is asked for at the time that was given (SAFE-05).
    pub(super) fn seek_owner(&mut self, action: &ActionEntered) {
        if let Some(at) = action.find_by.filter(|_| action.seeks_owner()) {
            self.set(Timer::FindOwner(action.no), at);
        }
    }

    /// Whoever was to find them, and the chair.
    pub(super) fn owner_sought(&mut self, scene: &Scene<'_>, action: ActionNo, by: SeatId) {
        let chair = scene.case.session().and_then(Session::chair);
        self.tell_each(scene, [by].into_iter().chain(chair), &scene.owner_sought(action));
    }

    fn send_alert(&mut self, scene: &Scene<'_>, alert: &Alert, told: &[Whose]) {
        self.tell_alerted(scene, alert, told, &scene.alert(alert));
    }

    /// Each of these people, by their agency's duty channel where they take no messages, the emergency contact, and the
    /// manager once the alert has gone to them.
    fn tell_alerted(&mut self, scene: &Scene<'_>, alert: &Alert, told: &[Whose], message: &Message) {
        for place in told.iter().filter_map(|whose| reached(scene, *whose)) {
            self.post(place, message.clone());
        }
        let procedure = scene.rules.procedure;
        let manager = alert.is_with_the_manager().then(|| procedure.manager.clone());
        for role in [procedure.emergency.clone()].into_iter().chain(manager) {
            self.post(Place::Role(role), message.clone());
        }
    }

    /// Its sender, wherever they are: they may be outside the room, or have no seat yet.
    fn tell_sender(&mut self, scene: &Scene<'_>, alert: &Alert, message: Message) {
        let seated = alert.by.seat.and_then(|seat| scene.case.person(seat).account);
        if let Some(account) = alert.account.or(seated) {
            let otherwise_duty = Some(alert.by.agency.clone()).filter(|agency| !agency.is_empty());
            self.post(Place::Direct { account, otherwise_duty }, message);
        }
    }
}

fn reached(scene: &Scene<'_>, whose: Whose) -> Option<Place> {
    match whose {
        Whose::Seat(seat) => {
            let person = scene.case.person(seat);
            let otherwise_duty = Some(person.agency.clone());
            person.account.map(|account| Place::Direct { account, otherwise_duty })
        }
        Whose::Invitation(id) => place_of(&scene.case.session()?.invitation(id)?.invitation.to),
    }
}
