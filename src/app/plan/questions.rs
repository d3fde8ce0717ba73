//! What follows from questions: the countdown's timer, and a word to the author of one that was parked, or that the
//! chair keeps.

use crate::domain::event::Event;
use crate::domain::floor::QuestionState;
use crate::domain::question_time::AskingStep;
use crate::domain::stage::Stage;
use crate::domain::timer::Timer;
use crate::room::Scene;

use super::{Plan, TimerChange};

impl Plan {
    pub(super) fn questions(&mut self, scene: &Scene<'_>, event: &Event) {
        match event {
            Event::QuestionsInvited { closes_at, .. } => self.set(Timer::Questions, *closes_at),
            Event::QuestionsOver { step: AskingStep::Agencies, .. } | Event::StageEntered { stage: Stage::Risk } => {
                self.timers.push(TimerChange::Clear { name: Timer::Questions.to_string() });
            }
            // What was parked in the round comes back to whoever parked it (TURN-12).
            Event::StageEntered { stage: Stage::Questions } => {
                let questions = scene.case.session().into_iter().flat_map(|session| &session.questions);
                let parked = questions.filter(|question| question.state == QuestionState::Parked);
                let authors: Vec<_> = parked.map(|question| question.by).collect();
                self.tell_each(scene, authors.into_iter(), &scene.questions_parked());
            }
            Event::UrgentQuestionKept { question } => {
                let asked = scene.case.session().and_then(|session| session.question(*question));
                let by = asked.map(|asked| asked.by);
                self.tell_each(scene, by.into_iter(), &scene.question_kept());
            }
            _ => {}
        }
    }
}
