//! What follows from a partner's request: the post in the duty queue, and who hears of it.

use crate::domain::event::Event;
use crate::domain::people::AgencyKind;
use crate::domain::request::Request;
use crate::domain::timer::Timer;
use crate::room::Scene;
use crate::room::message::Message;

use super::{Effect, Place, Plan, TimerChange};

/// The post in the duty queue.
const REQUEST: &str = "request";

impl Plan {
    /// The queue holds reference, agency and time only; the answer goes to whoever asked, silence to the manager
    /// (REF-02, SEC-03).
    pub(super) fn request(&mut self, scene: &Scene<'_>, event: &Event) {
        let Some(requested) = &scene.case.request else { return };
        let message = scene.request_post(requested);
        let (of, slot) = (AgencyKind::SocialCare, REQUEST.to_owned());
        if let Event::DiscussionRequested { request, .. } = event {
            self.effects.push(Effect::Post { to: Place::Queue(of), slot: Some(slot), message, pin: false });
            self.set(Timer::RequestAnswer, request.answer_by);
            return;
        }
        self.effects.push(Effect::EditQueue { of, slot, message });
        if requested.is_answered() {
            self.timers.push(TimerChange::Clear { name: Timer::RequestAnswer.to_string() });
        }
        let post = |to, message| Effect::Post { to, slot: None, message, pin: false };
        let told = match event {
            Event::RequestTakenUp { .. } => to_requester(&requested.request, scene.request_taken_up(), scene),
            Event::RequestDeclined { reason } => {
                to_requester(&requested.request, scene.request_declined(reason.as_ref()), scene)
            }
            Event::RequestUnanswered { answer_by } => {
                let manager = Place::Role(scene.rules.procedure.manager.clone());
                Some(post(manager, scene.request_unanswered(*answer_by)))
            }
            _ => None,
        };
        self.effects.extend(told);
    }
}

/// To whoever asked, and no word of it to their colleagues but the reference.
fn to_requester(request: &Request, message: Message, scene: &Scene<'_>) -> Option<Effect> {
    let instead = Box::new(scene.request_answered());
    let to = Place::Confidential { account: request.by.account?, duty: request.by.agency.clone(), instead };
    Some(Effect::Post { to, slot: None, message, pin: false })
}
