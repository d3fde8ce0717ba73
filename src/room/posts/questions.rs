//! What the room hears of questions, and what the chair alone reads of one that is urgent.

use chrono::{DateTime, Utc};
use minijinja::context;

use crate::domain::floor::{Addressee, Question};
use crate::domain::ids::{AccountId, QuestionId, SeatId};
use crate::domain::question_time::{AskingStep, opportunity, silent};
use crate::domain::session::Session;
use crate::room::Scene;
use crate::room::message::{Button, ButtonStyle, MESSAGE_CHARACTERS_MAX, Message, shortened};

/// How many open questions the chair is shown, a button each.
const LISTED_MAX: usize = 10;
/// How much of each.
const LISTED_CHARACTERS_MAX: usize = 120;

impl Scene<'_> {
    /// A question with a button to answer it; then whom it is for is notified, without a word of it (TURN-09).
    pub(super) fn question(&self, session: &Session, asked: &Question, to: &Addressee) -> Vec<Message> {
        let text = self.wording.say(
            "room.question",
            context! { n => asked.id.0, by => self.person(asked.by), to => self.addressee(to), text => asked.text.words() },
        );
        let mut posts = self.long(&text);
        if let Some(last) = posts.pop() {
            let reply = self.press("reply").with("question", asked.id);
            let reply = Button::new(&reply, self.wording).styled(ButtonStyle::Main);
            let limited = Button::new(&self.press("reply_limited").with("question", asked.id), self.wording);
            posts.push(last.with_buttons(vec![reply, limited]));
        }
        let accounts = self.accounts_of(session, to);
        if !accounts.is_empty() {
            let to = match to {
                Addressee::Seat(seat) => &self.case.person(*seat).role,
                Addressee::Agency(agency) => agency,
            };
            let values = context! { n => asked.id.0, to => to, mentions => mentions(&accounts) };
            posts.push(Message::text(self.wording.say("room.question_for", values)).notifying(accounts));
        }
        posts
    }

    /// The accounts of the person meant, or of an agency's people in the room.
    fn accounts_of(&self, session: &Session, who: &Addressee) -> Vec<AccountId> {
        match who {
            Addressee::Seat(seat) => self.accounts(std::iter::once(*seat)),
            Addressee::Agency(agency) => {
                let is_of = |seat: &SeatId| self.case.person(*seat).agency == *agency && self.case.has_part(*seat);
                self.accounts(session.here().filter(is_of))
            }
        }
    }

    /// To the chair alone, and without a word of the question (TURN-08).
    pub(super) fn urgent_waits(&self, session: &Session, question: QuestionId) -> Message {
        let read = Button::new(&self.press("read_urgent").with("question", question), self.wording);
        self.for_the_chair(session, "room.urgent_waits", context! {}).with_buttons(vec![read.styled(ButtonStyle::Main)])
    }

    /// What the chair reads of it, with one press to put it and one to keep it (TURN-08).
    pub fn urgent_sheet(&self, asked: &Question) -> Message {
        let to = asked.to.as_ref().map(|to| self.addressee(to));
        let values = context! {
            code_name => self.code_name().to_string(), by => self.person(asked.by), to => to, text => asked.text.words(),
        };
        let button = |row: &str| Button::new(&self.press(row).with("question", asked.id), self.wording);
        let put = if asked.to.is_some() { "put_urgent" } else { "put_urgent_to" };
        Message::text(self.wording.say("view.urgent", values))
            .with_buttons(vec![button(put).styled(ButtonStyle::Main), button("keep_urgent")])
    }

    /// Who has the opportunity to ask, by name, and until when (TURN-10, TURN-11).
    pub(super) fn questions_invited(
        &self,
        session: &Session,
        step: AskingStep,
        asked: &[Addressee],
        closes_at: DateTime<Utc>,
        again: bool,
    ) -> Vec<Message> {
        let silent = silent(asked, self.case, session);
        let accounts: Vec<_> = silent.iter().flat_map(|who| self.accounts_of(session, who)).collect();
        let who: Vec<_> = silent.iter().map(|who| self.addressee(who)).collect();
        let text = self.wording.say(
            &format!("room.questions_{}", step.code()),
            context! { who => who, mentions => mentions(&accounts), closes => self.moment(closes_at), again => again },
        );
        let buttons = ["ask", "no_questions"].map(|row| Button::new(&self.press(row), self.wording));
        Message::text(text).with_buttons(buttons.to_vec()).notifying(accounts).in_parts()
    }

    /// The last step is over: how each agency answered (TURN-11).
    pub(super) fn questions_over(&self, session: &Session, step: AskingStep) -> Vec<Message> {
        if step == AskingStep::Leaders {
            return Vec::new();
        }
        let asked = &session.question_time.asked;
        let lines = asked.iter().map(|(_, who)| {
            let answer = opportunity(who, self.case, session);
            let answer = self.wording.say(&format!("choice.opportunity.{}", answer.code()), ());
            self.wording.say("room.opportunity", context! { who => self.addressee(who), answer => answer })
        });
        let values = context! { lines => lines.collect::<Vec<_>>(), open => session.open_questions().count() };
        self.long(&self.wording.say("room.questions_over", values))
    }

    /// What nobody has answered, for the chair: each can become an action (TURN-13).
    pub(super) fn open_questions(&self, session: &Session) -> Option<Message> {
        let open: Vec<_> = session.open_questions().filter(|question| question.action.is_none()).collect();
        let line = |question: &&Question| {
            let to = question.to.as_ref().map(|to| self.addressee(to));
            let text = shortened(question.text.words(), LISTED_CHARACTERS_MAX);
            let values = context! { n => question.id.0, by => self.person(question.by), to => to, text => text };
            self.wording.say("room.open_question", values)
        };
        let lines: Vec<_> = open.iter().take(LISTED_MAX).map(line).collect();
        let more = open.len() - lines.len();
        let text = self.wording.say("room.open_questions", context! { lines => lines, more => more });
        let buttons = open.iter().take(LISTED_MAX).map(|question| self.allocate_button(question.id)).collect();
        (!open.is_empty()).then(|| Message::text(shortened(&text, MESSAGE_CHARACTERS_MAX)).with_buttons(buttons))
    }

    /// To make an action of one.
    pub fn allocate_button(&self, question: QuestionId) -> Button {
        let label = format!("{} {question}", self.wording.say("button.question_action", ()));
        Button::labelled(&self.press("question_action").with("question", question), label)
    }

    /// To whoever typed while another had the floor: how to say it (TURN-05).
    pub fn held_back(&self) -> Message {
        Message::text(self.wording.say("card.held_back", context! { code_name => self.code_name().to_string() }))
    }

    /// To whoever parked a question: the questions are open. Not a word of what it asks (TURN-12).
    pub fn questions_parked(&self) -> Message {
        let text = self.wording.say("card.questions_parked", context! { code_name => self.code_name().to_string() });
        Message::text(text).with_buttons(vec![Button::new(&self.press("parked"), self.wording)])
    }

    /// To the author of an urgent question the chair keeps, wherever they are: nothing of it (TURN-08).
    pub fn question_kept(&self) -> Message {
        Message::text(self.wording.say("card.question_kept", context! { code_name => self.code_name().to_string() }))
    }
}

fn mentions(accounts: &[AccountId]) -> String {
    accounts.iter().map(|account| format!("<@{account}>")).collect::<Vec<_>>().join(" ")
}
