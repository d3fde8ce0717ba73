//! Private answers and messages around invitations: the conflict question, what was sent in writing, prepared text,
//! and silence. Those that leave the room hold the code name and a kind of agency at most (SEC-03).

use minijinja::{Value, context};

use crate::domain::attendance::InvitationState;
use crate::domain::calendar;
use crate::domain::event::Fields;
use crate::domain::ids::{ContributionId, InvitationId, SeatId};
use crate::domain::session::Session;
use crate::domain::silence::steps;

use super::Scene;
use super::card::code_of;
use super::message::{Button, ButtonStyle, Message};
use super::press::Press;

impl Scene<'_> {
    /// Before anything else, to one asked by name: do you know or manage the person of concern? (INV-33)
    pub fn conflict_question(&self, invitation: InvitationId) -> Message {
        let press = |answer: &str| self.press("accept").with("invitation", invitation).with("conflict", answer);
        self.private("invited.conflict", context! {}).with_buttons(vec![
            Button::labelled(&press("no"), self.wording.say("invited.no_conflict", ())).styled(ButtonStyle::Main),
            Button::labelled(&press("yes"), self.wording.say("invited.has_conflict", ())),
        ])
    }

    /// To the one who knows the person of concern.
    pub fn asked_no_more(&self) -> Message {
        self.private("invited.asked_no_more", context! {})
    }

    /// To the convenor: another person has to be asked (INV-33).
    pub fn conflict_told(&self, invitation: InvitationId) -> Message {
        self.private("invited.conflict_told", self.kind_asked(invitation))
    }

    /// To the chair: something came in writing, and can be read now (INV-25).
    pub fn sent(&self, contribution: ContributionId) -> Message {
        let read = self.press("read_sent").with("contribution", contribution);
        let read = Button::new(&read, self.wording).styled(ButtonStyle::Main);
        self.private("invited.sent", context! {}).with_buttons(vec![read])
    }

    /// What came, and the question whether it needs action before the meeting (INV-25).
    pub fn submission(&self, contribution: ContributionId) -> Option<Message> {
        let session = self.case.session()?;
        let sent = session.submissions.iter().find(|submission| submission.id == contribution)?;
        let values = context! {
            code_name => self.code_name().to_string(), who => self.person(sent.seat), said => self.said(&sent.fields),
            weighed => session.weighed.contains_key(&contribution),
        };
        let message = Message::text(self.wording.say("invited.submission", values));
        if session.weighed.contains_key(&contribution) {
            return Some(message);
        }
        let press = |answer: &str| self.press("weigh_sent").with("contribution", contribution).with("act_now", answer);
        Some(message.with_buttons(vec![
            Button::labelled(&press("yes"), self.wording.say("invited.act_now", ())).styled(ButtonStyle::Danger),
            Button::labelled(&press("no"), self.wording.say("invited.keep_for_its_turn", ())).styled(ButtonStyle::Main),
        ]))
    }

    /// To the chair, where the procedure insists on information in writing (INV-25).
    pub fn declined_without(&self, invitation: InvitationId) -> Message {
        self.private("invited.declined_without", self.kind_asked(invitation))
    }

    /// One's own prepared text, seen by nobody else (INV-21).
    pub fn prepared(&self, seat: Option<SeatId>) -> Message {
        let attendance = seat.zip(self.case.session()).and_then(|(seat, session)| session.attendance.get(&seat));
        let prepared = attendance.and_then(|attendance| attendance.prepared.as_ref());
        let said = prepared.map(|fields| self.said(fields)).unwrap_or_default();
        let text = self.wording.say("invited.prepared", context! { code_name => self.code_name().to_string(), said });
        let mut buttons = vec![Button::new(&self.press("prepare"), self.wording)];
        if prepared.is_some() {
            buttons.insert(0, Button::new(&self.press("release"), self.wording).styled(ButtonStyle::Main));
        }
        Message::text(text).with_buttons(buttons)
    }

    /// To its author, who turns out not to attend (INV-21).
    pub fn prepared_and_absent(&self) -> Message {
        let button = |row: &str| Button::new(&self.press(row), self.wording);
        self.private("invited.prepared_and_absent", context! {})
            .with_buttons(vec![button("send_prepared").styled(ButtonStyle::Main), button("keep_prepared")])
    }

    /// To chair and convenor: what was sent reached nobody.
    pub fn undelivered(&self, state: &InvitationState, by_mail: bool) -> Message {
        let asked = self.kind_asked(state.invitation.id);
        self.private("invited.undelivered", context! { by_mail, ..asked })
    }

    /// To chair and convenor: nobody has answered, and what can be done (INV-17, INV-32).
    pub fn unanswered(&self, state: &InvitationState) -> Message {
        let escalate =
            |code: &str| -> Press { self.press("escalate").with("invitation", state.invitation.id).with("step", code) };
        let label = |label: &str| self.wording.say("invited.escalate", context! { to => label });
        let buttons = steps(state, self.rules.procedure);
        let buttons = buttons.map(|step| Button::labelled(&escalate(&step.code), label(&step.label)));
        self.private("invited.unanswered", self.kind_asked(state.invitation.id)).with_buttons(buttons.collect())
    }

    /// To whoever the step names.
    pub fn escalated(&self, state: &InvitationState) -> Message {
        self.private("invited.escalated", self.kind_asked(state.invitation.id))
    }

    /// Subject and text of the notice to a team's mailbox: code name, time, convenor and how to answer (INV-32).
    pub fn notice_by_mail(&self, session: &Session) -> (String, String) {
        let starts = session.starts_at.map_or_else(|| self.wording.say("card.no_date", ()), calendar::both);
        let convenor = &self.case.person(session.convenor).name;
        let values = context! { code_name => self.code_name().to_string(), starts, convenor };
        (self.wording.say("mail.subject", values.clone()), self.wording.say("mail.text", values))
    }

    /// What was said, under the labels of the sharing form.
    fn said(&self, fields: &Fields) -> Vec<(String, String)> {
        let keys = self.rules.sharing_fields();
        let said = keys.iter().filter_map(|key| Some((key, fields.get(key)?)));
        said.map(|(key, words)| (self.label_of(key), self.words_of(key, words.words()))).collect()
    }

    /// The kind of agency an invitation went to: what may be said of it outside the room.
    fn kind_asked(&self, invitation: InvitationId) -> Value {
        let state = self.case.session().and_then(|session| session.invitation(invitation));
        let kind =
            state.map(|state| self.wording.say(&format!("agency_kind.{}", code_of(state.invitation.to.kind())), ()));
        let since = state.map(|state| calendar::both(state.invited_at));
        context! { kind, since }
    }

    fn private(&self, key: &str, values: Value) -> Message {
        let named = context! { code_name => self.code_name().to_string() };
        Message::text(self.wording.say(key, context! { ..named, ..values }))
    }
}
