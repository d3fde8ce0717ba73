//! How questions and the time for them change a session.

use crate::domain::event::{Event, Record};
use crate::domain::floor::{Question, QuestionState, Urgent};
use crate::domain::ids::QuestionId;
use crate::domain::question_time::Asking;
use crate::domain::session::Session;

impl Session {
    pub(super) fn questioned(&mut self, record: &Record) {
        match &record.event {
            Event::QuestionRaised { question, by, to, text, state } => self.questions.push(Question {
                id: *question,
                by: *by,
                to: to.clone(),
                text: text.clone(),
                state: *state,
                answer: None,
                urgent: None,
                action: None,
            }),
            Event::QuestionPut { question, to } => self.asked(*question, |asked| {
                asked.to = Some(to.clone());
                asked.state = QuestionState::Asked;
            }),
            Event::QuestionAnswered { question, by, text } => self.asked(*question, |asked| {
                asked.answer = Some((*by, text.clone(), record.at));
                asked.state = QuestionState::Answered;
            }),
            Event::QuestionGivenUp { question } => self.asked(*question, |asked| asked.state = QuestionState::GivenUp),
            Event::QuestionMarkedUrgent { question } => {
                self.asked(*question, |asked| asked.urgent = Some(Urgent::Waiting));
            }
            Event::UrgentQuestionKept { question } => self.asked(*question, |asked| asked.urgent = Some(Urgent::Kept)),
            Event::QuestionAllocated { question, action } => {
                self.asked(*question, |asked| asked.action = Some(*action));
            }
            Event::QuestionsInvited { step, asked, closes_at, again } => {
                self.question_time.asking = Some(Asking { step: *step, closes_at: *closes_at, restarted: *again });
                if !again {
                    self.question_time.asked.extend(asked.iter().map(|who| (*step, who.clone())));
                }
            }
            Event::QuestionsOver { silent, .. } => {
                self.question_time.asking = None;
                self.question_time.silent.extend(silent.iter().cloned());
            }
            Event::NoQuestions { seat } => self.at(*seat).no_questions = true,
            _ => {}
        }
    }

    fn asked(&mut self, id: QuestionId, change: impl FnOnce(&mut Question)) {
        if let Some(question) = self.questions.iter_mut().find(|question| question.id == id) {
            change(question);
        }
    }
}
