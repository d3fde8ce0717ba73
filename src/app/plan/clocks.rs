//! The deadlines of a case: their timers, and who is told that one is near, missed or sooner than it was.

use chrono::{DateTime, Duration, Utc};
use minijinja::context;

use crate::domain::case::Case;
use crate::domain::deadlines::{Clock, Deadline, DeadlineKind, clocks, deadline, is_met, warned_at};
use crate::domain::session::Session;
use crate::domain::timer::Timer;
use crate::room::Scene;
use crate::room::message::{Button, Message};

use super::{Effect, Place, Plan, TimerChange, place_of};

impl Plan {
    /// Sets the timers of every deadline that is new or moved, and clears those of one that is met or gone (TIM-23).
    pub(super) fn keep_deadlines(&mut self, before: Option<&Case>, scene: &Scene<'_>, now: DateTime<Utc>) {
        let running = |case: &Case, clock| -> Option<Deadline> {
            deadline(clock, case, &scene.rules).filter(|_| !is_met(clock, case))
        };
        for clock in clocks(scene.case) {
            let (was, is) = (before.and_then(|case| running(case, clock)), running(scene.case, clock));
            if was == is {
                continue;
            }
            let (near, missed) = (Timer::Near(clock), Timer::Missed(clock));
            match is {
                Some(deadline) => {
                    if clock.kind == DeadlineKind::HoldBy && was.is_some_and(|was| deadline.due.at < was.due.at) {
                        self.sooner(scene, deadline.due.at);
                    }
                    let warned_at = warned_at(clock, &deadline, scene.case, scene.rules.procedure);
                    self.set(near, warned_at.max(now));
                    if clock.kind.is_watched() {
                        self.set(missed, deadline.due.at + Duration::seconds(1));
                    }
                }
                None => self.timers.extend([near, missed].map(|timer| TimerChange::Clear { name: timer.to_string() })),
            }
        }
    }

    /// Everybody invited hears that the session has to be held sooner than they were told (TIM-04).
    fn sooner(&mut self, scene: &Scene<'_>, due_at: DateTime<Utc>) {
        let Some(session) = scene.case.session() else { return };
        let values = minijinja::context! { code_name => scene.code_name().to_string(), due => scene.moment(due_at) };
        let message = Message::text(scene.wording.say("deadline.sooner", values));
        for state in session.invitations.iter().filter(|state| state.absence.is_none()) {
            let account = state.seat.and_then(|seat| scene.case.person(seat).account);
            let to = match account {
                Some(account) => Some(Place::Direct { account, otherwise_duty: None }),
                None => place_of(&state.invitation.to),
            };
            let message = message.clone();
            self.effects.extend(to.map(|to| Effect::Post { to, slot: None, message, pin: false }));
        }
    }

    /// To whoever has to see to it: reference and time only (TIM-23).
    pub(super) fn near(&mut self, scene: &Scene<'_>, clock: Clock, due_at: DateTime<Utc>) {
        let session = clock.session(scene.case);
        let responsible = match clock.kind {
            DeadlineKind::Circulation => [session.and_then(Session::chair), session.map(|session| session.recorder)],
            _ => [scene.case.convenor(), None],
        };
        let message = notice(scene, "near", clock, due_at);
        self.tell_each(scene, responsible.into_iter().flatten(), &message);
    }

    /// To the chair, or before there is one to whoever convenes, and to the managers: reference and time only (TIM-23).
    pub(super) fn missed(&mut self, scene: &Scene<'_>, clock: Clock, due_at: DateTime<Utc>) {
        let chair = clock.session(scene.case).and_then(Session::chair);
        let message = notice(scene, "missed", clock, due_at);
        self.tell_each(scene, chair.or(scene.case.convenor()).into_iter(), &message);
        let to = Place::Role(scene.rules.procedure.manager.clone());
        let message = message.with_buttons(Vec::new());
        self.effects.push(Effect::Post { to, slot: None, message, pin: false });
    }
}

/// What is due, of which case, and when: nothing else may stand outside the room. Minutes can be signed and circulated
/// from there, for the room may be another session's by now.
fn notice(scene: &Scene<'_>, how: &str, clock: Clock, due_at: DateTime<Utc>) -> Message {
    let text = scene.wording.say(
        &format!("deadline.{how}"),
        context! {
            code_name => scene.code_name().to_string(),
            session => clock.session.filter(|_| scene.case.sessions.len() > 1).map(|no| no.0),
            what => scene.wording.say(&format!("deadline.{}", clock.kind.code()), ()),
            next => scene.wording.say(&format!("deadline.next_{}", clock.kind.code()), ()),
            due => scene.moment(due_at),
        },
    );
    let record = clock.session(scene.case).filter(|_| clock.kind == DeadlineKind::Circulation);
    let buttons = record.into_iter().flat_map(|session| {
        ["sign", "circulate"].map(|row| Button::new(&scene.press(row).with("session", session.no), scene.wording))
    });
    Message::text(text).with_buttons(buttons.collect())
}
