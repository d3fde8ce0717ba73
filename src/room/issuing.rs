//! A record on its way out: what is offered with the draft, what is asked of people, and what they are told of it. What is
//! sent outside the room names nobody and says nothing of the case.

use minijinja::context;

use crate::domain::attendance::{Attendance, Exclusion, InvitationState};
use crate::domain::calendar;
use crate::domain::floor::Whose;
use crate::domain::ids::{CorrectionId, SeatId};
use crate::domain::issuing::{Endorsed, Endorsement};
use crate::domain::people::AgencyKind;
use crate::domain::recipients::{owners_to_ask_about, recipients};
use crate::domain::session::Session;

use super::Scene;
use super::message::{Button, ButtonStyle, MESSAGE_CHARACTERS_MAX, Message, shortened};
use super::press::Press;

impl Scene<'_> {
    /// A press about one session's record.
    pub fn of_record(&self, row: &str, session: &Session) -> Press {
        self.press(row).with("session", session.no)
    }

    /// What stands under a draft: one's own copy, what the procedure asks about it, and the way to have it put right.
    pub fn draft_buttons(&self, session: &Session) -> Vec<Button> {
        let copy = Button::new(&self.of_record("copy", session), self.wording).styled(ButtonStyle::Main);
        let asked = [Endorsement::TrueRecord, Endorsement::TimingClear].into_iter();
        let asked = asked.filter(|what| self.rules.procedure.level(what.rule()).works());
        let said = asked.flat_map(|what| self.endorse_buttons(session, what));
        let others = ["correction", "case_note"].map(|row| Button::new(&self.of_record(row, session), self.wording));
        std::iter::once(copy).chain(said).chain(others).collect()
    }

    /// Yes and no to one thing that is asked about a record.
    fn endorse_buttons(&self, session: &Session, what: Endorsement) -> [Button; 2] {
        ["endorse", "endorse_not"].map(|row| {
            let press = self.of_record(row, session).with("endorsement", what.code());
            Button::labelled(&press, self.wording.say(&format!("issuing.{row}_{}", what.code()), ()))
        })
    }

    /// To the managers, once the chair has signed: the sign-off is theirs (MIN-13).
    pub fn sign_off_asked(&self, session: &Session) -> Message {
        let copy = Button::new(&self.of_record("copy", session), self.wording);
        let said = self.endorse_buttons(session, Endorsement::SignOff);
        self.about_a_record("issuing.sign_off_asked", session).with_buttons(said.into_iter().chain([copy]).collect())
    }

    /// To whoever has not said of the record what the procedure insists on.
    pub fn asked_once_more(&self, session: &Session, what: Endorsement) -> Message {
        let key = format!("issuing.once_more_{}", what.code());
        let copy = Button::new(&self.of_record("copy", session), self.wording);
        let buttons = self.endorse_buttons(session, what).into_iter().chain([copy]).collect();
        self.about_a_record(&key, session).with_buttons(buttons)
    }

    /// To each recipient, who fetches it with the button.
    pub fn copy_ready(&self, session: &Session) -> Message {
        let rows = ["copy", "filed"].map(|row| Button::new(&self.of_record(row, session), self.wording));
        self.about_a_record("issuing.copy_ready", session).with_buttons(rows.into())
    }

    /// To those who have not said yet that it is filed (MIN-10, MIN-20, MIN-21).
    pub fn filing_chased(&self, session: &Session) -> Message {
        let rows = ["filed", "copy"].map(|row| Button::new(&self.of_record(row, session), self.wording));
        self.about_a_record("issuing.filing_chased", session).with_buttons(rows.into())
    }

    /// To the chair, where somebody finds the record not clear, or a manager sends it back (MIN-13, MIN-14).
    pub fn record_returned(&self, session: &Session) -> Message {
        let rows = ["copy", "sign"].map(|row| Button::new(&self.of_record(row, session), self.wording));
        self.about_a_record("issuing.returned", session).with_buttons(rows.into())
    }

    /// To the chair of a session in which nothing is entered any more.
    pub fn close_prompt(&self, session: &Session) -> Message {
        let rows = ["closing", "adjourn"].map(|row| Button::new(&self.press(row), self.wording));
        self.about_a_record("issuing.close_prompt", session).with_buttons(rows.into())
    }

    fn about_a_record(&self, key: &str, session: &Session) -> Message {
        let minutes = self.rules.procedure.waits.close_prompt_minutes;
        let case_system = &self.rules.procedure.case_system;
        let code_name = self.code_name().to_string();
        Message::text(self.wording.say(key, context! { code_name, session => session.no.0, minutes, case_system }))
    }

    /// What somebody asked to have put right, with the chair's two answers (MIN-26).
    pub fn correction_asked(&self, session: &Session, id: CorrectionId) -> Option<Message> {
        let asked = session.correction(id)?;
        let values = context! {
            n => id.0, who => self.seat_or_name(asked.by.seat, &asked.by.name), text => asked.text.words(),
            late => asked.late,
        };
        let press = |row: &str| self.of_record(row, session).with("correction", id);
        let rows = ["accept_correction", "refuse_correction"].map(|row| Button::new(&press(row), self.wording));
        let text = shortened(&self.wording.say("issuing.correction", values), MESSAGE_CHARACTERS_MAX);
        Some(Message::text(text).with_buttons(rows.into()).notifying(self.accounts(session.chair().into_iter())))
    }

    pub fn correction_answered(&self, session: &Session, id: CorrectionId) -> Option<Message> {
        let answer = session.correction(id)?.answer.as_ref()?;
        let values = context! { n => id.0, accepted => answer.accepted, words => answer.words.words() };
        Some(Message::text(shortened(&self.wording.say("issuing.correction_answered", values), MESSAGE_CHARACTERS_MAX)))
    }

    fn seat_or_name(&self, seat: Option<SeatId>, name: &str) -> String {
        seat.map_or_else(|| name.to_owned(), |seat| self.person(seat))
    }

    /// Who gets the record and who doesn't, for the chair, who can add anybody with a reason (MIN-15 to MIN-18, MIN-30).
    pub fn recipients_sheet(&self, session: &Session) -> Message {
        let rule = &self.rules.procedure.recipients;
        let gets = recipients(self.case, session, rule, None);
        let who = |seat: SeatId| self.person(seat);
        let lines: Vec<_> = gets
            .iter()
            .map(|to| context! { who => who(to.seat), copy => to.copy.code(), reason => self.chosen_because(session, to.seat) })
            .collect();
        let out = self.left_out(session, |seat| gets.iter().any(|to| to.seat == seat));
        let without: Vec<_> = out.iter().map(|(_, who, why)| context! { who, why }).collect();
        let asked: Vec<_> = owners_to_ask_about(self.case, session, rule).into_iter().map(who).collect();
        let values = context! { code_name => self.code_name().to_string(), gets => lines, without, asked };
        let text = shortened(&self.wording.say("issuing.recipients", values), MESSAGE_CHARACTERS_MAX);
        let add = out.iter().map(|(whose, who, _)| {
            let press = self.of_record("recipient", session).with("who", whose.code());
            Button::labelled(&press, self.wording.say("issuing.add", context! { who }))
        });
        Message::text(text).with_buttons(add.collect())
    }

    fn chosen_because(&self, session: &Session, seat: SeatId) -> Option<String> {
        let chosen = session.issuing.chosen.get(&seat)?;
        chosen.reason.as_ref().map(|reason| reason.words().to_owned())
    }

    /// Those of the session who get none, each with why.
    fn left_out(&self, session: &Session, gets: impl Fn(SeatId) -> bool) -> Vec<(Whose, String, String)> {
        let unanswered = |state: &&InvitationState| state.seat.is_none() && !state.is_withdrawn();
        let asked = session.invitations.iter().filter(unanswered).map(|state| Whose::Invitation(state.invitation.id));
        // Whoever merely has a seat was never asked to this session.
        let known = session.attendance.iter().filter(|(_, attendance)| **attendance != Attendance::default());
        let seats = known.map(|(seat, _)| *seat).filter(|seat| !gets(*seat) && self.case.has_part(*seat));
        let all = asked.chain(seats.map(Whose::Seat));
        all.map(|whose| (whose, self.whose(whose), self.why_left_out(session, whose))).collect()
    }

    fn why_left_out(&self, session: &Session, whose: Whose) -> String {
        let attendance = match whose {
            Whose::Seat(seat) => session.attendance.get(&seat),
            Whose::Invitation(_) => None,
        };
        let why = match attendance {
            Some(attendance) if matches!(attendance.excluded, Some(Exclusion::StoodDown(_))) => "stood_down",
            Some(attendance) if attendance.excluded.is_some() => "wrong_meeting",
            Some(attendance) if attendance.attended() || attendance.informed => "not_by_rule",
            _ => "never_confirmed",
        };
        self.wording.say(&format!("minutes_choice.left_out_{why}"), ())
    }

    /// The line for one's own agency's record, with the way to say that it is filed (MIN-10).
    pub fn case_note(&self, session: &Session, seat: SeatId, line: &str) -> Message {
        let is_social_care = self.case.person(seat).agency_kind == AgencyKind::SocialCare;
        let case_system = &self.rules.procedure.case_system;
        let values = context! { code_name => self.code_name().to_string(), line, is_social_care, case_system };
        let filed = (!session.circulation.is_empty())
            .then(|| Button::new(&self.of_record("filed", session), self.wording).styled(ButtonStyle::Main));
        Message::text(self.wording.say("issuing.case_note", values)).with_buttons(filed.into_iter().collect())
    }

    /// What stands against the record, for the board.
    pub fn returned_in_words(&self, session: &Session) -> Vec<String> {
        let said = |said: &&Endorsed| {
            let values = context! {
                who => self.seat_or_name(said.by.seat, &said.by.name), at => calendar::time(said.at),
                reason => said.reason.as_ref().map(|reason| reason.words()),
            };
            self.wording.say(&format!("issuing.returned_{}", said.what.code()), values)
        };
        session.returned().iter().map(said).collect()
    }
}
