//! How challenges and escalations change the session they are of.

use crate::domain::challenge::{ChallengeState, LevelEnd, LevelState, Reply};
use crate::domain::escalation::{AbsenceChoice, HealthOmitted, PoliceTalk};
use crate::domain::event::{Event, Record};
use crate::domain::ids::ChallengeId;
use crate::domain::session::Session;

impl Session {
    pub(super) fn challenged(&mut self, record: &Record) {
        let (at, by) = (record.at, &record.actor);
        match &record.event {
            Event::ChallengeInvited => {
                self.escalations.invited_at.get_or_insert(at);
            }
            Event::ChallengeRaised { challenge } => self.challenges.push(ChallengeState::raised(challenge, by, at)),
            Event::ChallengeFiled { challenge, by, why, due_at } => {
                self.challenges.push(ChallengeState::filed(*challenge, by, why, at, *due_at));
            }
            Event::ChallengeSettled { challenge, resolved, tried, result, .. } => {
                let (tried, result) = (tried.clone(), result.clone());
                let end = LevelEnd { resolved: Some(*resolved), tried, result, by: by.clone(), at };
                self.at_challenge(*challenge, |state| state.level_mut().ends.push(end));
            }
            Event::ChallengeEscalated { challenge, stage, own, other, met_at, due_at, .. } => {
                let (own, other, met_at) = (own.clone(), other.clone(), *met_at);
                let level = LevelState { own, other, met_at, ..LevelState::new(stage, at, *due_at) };
                self.at_challenge(*challenge, |state| state.levels.push(level));
            }
            Event::ChallengeAnswered { challenge, text, .. } => {
                let reply = Reply { text: text.clone(), by: by.clone(), at };
                self.at_challenge(*challenge, |state| state.replies.push(reply));
            }
            Event::ChallengeOverdue { challenge, .. } => {
                self.at_challenge(*challenge, |state| state.level_mut().overdue = true);
            }
            _ => {}
        }
    }

    pub(super) fn escalated(&mut self, record: &Record) {
        let (at, by) = (record.at, record.actor.clone());
        let of = &mut self.escalations;
        match &record.event {
            Event::AbsenceEscalation { role, escalated, reason } => {
                let (role, escalated, reason) = (role.clone(), *escalated, reason.clone());
                of.absences.push(AbsenceChoice { role, escalated, reason, by, at });
            }
            Event::HealthOmitted { asked, told } => {
                of.health = Some(HealthOmitted { at, asked: asked.clone(), told: *told, question: None });
            }
            Event::HealthQuestioned { seat, text } => {
                if let Some(omitted) = &mut of.health {
                    omitted.question = Some((*seat, text.clone(), at));
                }
            }
            Event::PoliceUnavailable => of.police_unavailable.push((by, at)),
            Event::PoliceTalkLogged { spoke, with, talked_at, result } => {
                let (spoke, with, result) = (spoke.clone(), with.clone(), result.clone());
                of.police_talks.push(PoliceTalk { spoke, with, talked_at: *talked_at, result, logged_by: by, at });
            }
            _ => {}
        }
    }

    fn at_challenge(&mut self, id: ChallengeId, change: impl FnOnce(&mut ChallengeState)) {
        if let Some(state) = self.challenges.iter_mut().find(|state| state.id == id) {
            change(state);
        }
    }
}
