//! A partner's request: the post in social care's duty queue, what whoever answers it reads, and what others hear.

use chrono::{DateTime, Utc};
use minijinja::context;

use crate::domain::calendar;
use crate::domain::request::{RequestAnswer, Requested};
use crate::domain::spoken::Spoken;

use super::Scene;
use super::message::{Button, ButtonStyle, MESSAGE_CHARACTERS_MAX, Message, shortened};

impl Scene<'_> {
    /// Reference, who asks, by when, and how it stands; not a word of the concern (REF-02, SEC-03).
    pub fn request_post(&self, requested: &Requested) -> Message {
        let state = match &requested.answer {
            RequestAnswer::TakenUp => "taken_up",
            RequestAnswer::Declined { reason: Some(_) } => "declined",
            RequestAnswer::Declined { reason: None } => "reason_missing",
            RequestAnswer::Waiting if requested.overdue => "overdue",
            RequestAnswer::Waiting => "waiting",
        };
        let text = self.wording.say(
            "request.post",
            context! {
                code_name => self.code_name().to_string(),
                agency => &requested.request.by.agency,
                at => calendar::both(requested.at),
                answer_by => self.moment(requested.request.answer_by),
                state => state,
            },
        );
        let mut buttons = self.answers_to(requested);
        if !buttons.is_empty() {
            buttons.insert(0, Button::new(&self.press("read_request"), self.wording));
        }
        Message::text(text).with_buttons(buttons)
    }

    /// To the person who opened it alone: what was asked, and who asks.
    pub fn request_sheet(&self) -> Message {
        let Some(requested) = &self.case.request else { return Message::default() };
        let (by, wanted) = (&requested.request.by, &requested.request.wanted);
        let given = wanted
            .given
            .iter()
            .map(|(field, words)| (self.label_of(field), words.words().to_owned()))
            .collect::<Vec<_>>();
        let text = self.wording.say(
            "request.sheet",
            context! {
                code_name => self.code_name().to_string(),
                who => format!("{}, {}, {}", by.name, by.role, by.agency),
                at => calendar::both(requested.at),
                concern => wanted.concern.words(),
                children => wanted.children.words(),
                urgency => wanted.urgency.words(),
                given => given,
            },
        );
        Message::text(text).with_buttons(self.answers_to(requested))
    }

    /// One declined can still be taken up; one declined without a reason is asked for it again.
    fn answers_to(&self, requested: &Requested) -> Vec<Button> {
        let take_up = Button::new(&self.press("take_up"), self.wording);
        let decline = self.press("decline_request");
        match &requested.answer {
            RequestAnswer::TakenUp => Vec::new(),
            RequestAnswer::Declined { reason: Some(_) } => vec![take_up],
            RequestAnswer::Declined { reason: None } => {
                let reason = Button::labelled(&decline, self.wording.say("request.give_reason", ()));
                vec![reason.styled(ButtonStyle::Main), take_up]
            }
            RequestAnswer::Waiting => {
                vec![take_up.styled(ButtonStyle::Main), Button::new(&decline, self.wording)]
            }
        }
    }

    pub fn request_taken_up(&self) -> Message {
        Message::text(self.wording.say("request.taken_up", context! { code_name => self.code_name().to_string() }))
    }

    /// The decision not to convene, with its reason, and where disagreement goes (REF-02, DIS-05).
    pub fn request_declined(&self, reason: Option<&Spoken>) -> Message {
        let disagreement = &self.rules.procedure.disagreement;
        let text = self.wording.say(
            "request.declined",
            context! {
                code_name => self.code_name().to_string(), reason => reason.map(Spoken::words),
                policy => &disagreement.policy, link => &disagreement.link,
            },
        );
        Message::text(shortened(&text, MESSAGE_CHARACTERS_MAX))
    }

    /// For the colleagues of somebody who takes no direct messages.
    pub fn request_answered(&self) -> Message {
        Message::text(self.wording.say("request.answered", context! { code_name => self.code_name().to_string() }))
    }

    pub fn request_unanswered(&self, answer_by: DateTime<Utc>) -> Message {
        let values = context! { code_name => self.code_name().to_string(), answer_by => self.moment(answer_by) };
        Message::text(self.wording.say("request.unanswered", values))
    }
}
