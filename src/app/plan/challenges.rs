//! What follows from challenge and escalation: the clocks of each level, and who is told outside the room. Nothing of what
//! it is about leaves it (DIS-07 to DIS-10, DIS-14).

use chrono::{DateTime, Duration, Utc};

use crate::domain::attendance::InvitationState;
use crate::domain::challenge::ChallengeState;
use crate::domain::deadlines::warned_before;
use crate::domain::event::{Event, Record};
use crate::domain::ids::{ChallengeId, SessionNo};
use crate::domain::people::AgencyKind;
use crate::domain::procedure::Match;
use crate::domain::session::Session;
use crate::domain::timer::Timer;
use crate::room::Scene;
use crate::room::message::Message;

use super::{Effect, Place, Plan, TimerChange};

impl Plan {
    pub(super) fn challenge(&mut self, scene: &Scene<'_>, record: &Record) {
        let Some(session) = scene.case.session_of(&record.event) else { return };
        match &record.event {
            Event::ChallengeRaised { challenge } => self.watch(scene, session, challenge.id, record.at),
            Event::ChallengeFiled { challenge, .. } => {
                self.watch(scene, session, *challenge, record.at);
                let both = session.chair().into_iter().chain([session.convenor]);
                self.tell_each(scene, both, &scene.challenge_filed());
            }
            Event::ChallengeSettled { challenge, .. } | Event::ChallengeEscalated { challenge, .. } => {
                self.watch(scene, session, *challenge, record.at);
            }
            Event::ChallengeNear { challenge, stage, due_at, .. } => {
                let Some(state) = session.challenge(*challenge) else { return };
                let message = scene.challenge_clock("challenge.near", *challenge, stage, *due_at);
                self.tell_those_in_it(scene, session, state, &message);
            }
            Event::ChallengeOverdue { challenge, stage, due_at, .. } => {
                let Some(state) = session.challenge(*challenge) else { return };
                let message = scene.challenge_clock("challenge.overdue", *challenge, stage, *due_at);
                self.tell_those_in_it(scene, session, state, &message);
                let policy = &scene.rules.procedure.disagreement;
                // Above the last level there are the managers who are told of every breach (TIM-23).
                let role = policy.after(stage).map_or(&scene.rules.procedure.manager, |next| &next.held_by);
                let role = of_both_sides(scene, session, state, role);
                self.tell_role(role, &Message { rows: Vec::new(), ..message });
            }
            _ => {}
        }
    }

    pub(super) fn escalation(&mut self, scene: &Scene<'_>, event: &Event) {
        let Some(session) = scene.case.session() else { return };
        let policy = &scene.rules.procedure.disagreement;
        match event {
            Event::AbsenceEscalation { role, escalated: true, .. } => self.partner_absent(scene, session, role),
            Event::HealthOmitted { asked, told } => {
                self.tell_each(scene, asked.iter().copied(), &scene.health_missing());
                if *told && !policy.health_contacts.is_empty() {
                    self.tell_role(policy.health_contacts.clone(), &scene.health_left_out());
                }
            }
            Event::PoliceUnavailable => self.tell_role(policy.without_police.clone(), &scene.police_to_be_rung()),
            _ => {}
        }
    }

    /// Sets the clocks of the level a challenge is at, or ends them with it (DIS-14).
    fn watch(&mut self, scene: &Scene<'_>, session: &Session, id: ChallengeId, now: DateTime<Utc>) {
        let Some(state) = session.challenge(id) else { return };
        let (near, due) = clocks(session.no, id);
        let stage = scene.rules.procedure.disagreement.stage(&state.level().stage);
        let within = stage.and_then(|stage| stage.within);
        match state.level().due_at.zip(within).filter(|_| state.is_open() && !state.level().overdue) {
            Some((due_at, within)) => {
                self.set(near, warned_before(within, due_at, &scene.rules.procedure.waits).max(now));
                self.set(due, due_at + Duration::seconds(1));
            }
            None => self.timers.extend([near, due].map(|timer| TimerChange::Clear { name: timer.to_string() })),
        }
    }

    /// Whoever raised it, and the chair of its session.
    fn tell_those_in_it(&mut self, scene: &Scene<'_>, session: &Session, state: &ChallengeState, message: &Message) {
        let mut told: Vec<_> = scene.accounts(session.chair().into_iter());
        told.extend(state.account(scene.case));
        told.sort();
        told.dedup();
        let post = |account| {
            let to = Place::Direct { account, otherwise_duty: None };
            Effect::Post { to, slot: None, message: message.clone(), pin: false }
        };
        self.effects.extend(told.into_iter().map(post));
    }

    /// The contact the agency named for this, or whoever manages its kind (DIS-07).
    fn partner_absent(&mut self, scene: &Scene<'_>, session: &Session, role: &str) {
        let minimum = scene.rules.procedure.minimum.of(session.form);
        let Some(line) = minimum.iter().find(|line| line.role == role) else { return };
        let kinds: Vec<AgencyKind> = line.any_of.iter().map(|of| of.agency_kind).collect();
        let is_asked = |state: &&InvitationState| kinds.contains(&state.invitation.to.kind());
        let contacts = session.invitations.iter().filter(is_asked);
        let named = contacts.filter_map(|state| {
            let account = state.invitation.contacts.escalation?;
            Some(Place::Direct { account, otherwise_duty: Some(state.invitation.to.agency().to_owned()) })
        });
        let mut to: Vec<_> = named.collect();
        if to.is_empty() {
            let managers = scene.rules.procedure.disagreement.managers.iter();
            to.push(Place::Role(managers.filter(|of| kinds.contains(&of.agency_kind)).cloned().collect()));
        }
        let message = scene.partner_absent(&line.label);
        let post = |to| Effect::Post { to, slot: None, message: message.clone(), pin: false };
        self.effects.extend(to.into_iter().map(post));
    }

    fn tell_role(&mut self, role: Vec<Match>, message: &Message) {
        let message = message.clone();
        self.effects.push(Effect::Post { to: Place::Role(role), slot: None, message, pin: false });
    }
}

/// Of a role, those on the two sides: of the challenger's kind of agency, and of the chair's. All of them where there is
/// nobody on either.
fn of_both_sides(scene: &Scene<'_>, session: &Session, state: &ChallengeState, role: &[Match]) -> Vec<Match> {
    let chair = session.chair().map(|chair| scene.case.person(chair).agency_kind);
    let sides = [Some(state.person(scene.case).agency_kind), chair];
    let ours: Vec<_> = role.iter().filter(|of| sides.contains(&Some(of.agency_kind))).cloned().collect();
    if ours.is_empty() { role.to_vec() } else { ours }
}

fn clocks(session: SessionNo, id: ChallengeId) -> (Timer, Timer) {
    (Timer::ChallengeNear(session, id), Timer::ChallengeDue(session, id))
}
