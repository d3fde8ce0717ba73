//! What is shown outside the door: the invitation card, the look-up sheet, and the door's own question.

use chrono::{DateTime, Utc};
use minijinja::context;

use crate::domain::agreement::{self, AGREEMENT};
use crate::domain::attendance::{Exclusion, InvitationState, Invitee};
use crate::domain::calendar;
use crate::domain::open_items::NOTICE;
use crate::domain::people::AgencyKind;
use crate::domain::referral::{Adult, Child, TriggerPoint};
use crate::domain::session::Session;

use super::Scene;
use super::message::{Button, ButtonStyle, Message};

impl Scene<'_> {
    /// The card in a duty channel or a direct message: code name, time, who asks, and nothing about the
    /// child; the kind of agency and the role sought, never a person's job title (SEC-03, INV-20).
    pub fn card(&self, session: &Session, state: &InvitationState) -> Message {
        if let Some(over) = self.card_that_is_over(session, state) {
            return over;
        }
        let invitation = &state.invitation;
        let prepare = &self.rules.procedure.prepare;
        let key = if state.seat.is_some() { "card.taken" } else { "card.open" };
        let convenor = self.case.person(session.convenor);
        let text = self.wording.say(
            key,
            context! {
                label => self.label(session.form),
                code_name => self.code_name().to_string(),
                starts => self.starts(session),
                notice => self.notice(state),
                agency => &convenor.agency,
                kind => self.wording.say(&format!("agency_kind.{}", kind_code(&invitation.to)), ()),
                required => invitation.statutory,
                prepare => prepare,
            },
        );
        let press = |row: &str| self.press(row).with("invitation", invitation.id);
        let mut buttons = Vec::new();
        if state.seat.is_none() {
            buttons.push(Button::new(&press("accept"), self.wording).styled(ButtonStyle::Main));
            buttons.push(Button::new(&press("decline"), self.wording));
        } else {
            buttons.push(Button::new(&self.press("look_up"), self.wording));
            buttons.push(Button::new(&self.press("door"), self.wording).styled(ButtonStyle::Main));
            buttons.push(Button::new(&self.press("prepare"), self.wording));
            buttons.push(Button::new(&self.press("inform"), self.wording));
            buttons.push(Button::labelled(&press("decline"), self.wording.say("card.cannot_after_all", ())));
        }
        if self.rules.procedure.level(AGREEMENT).is_asked()
            && !agreement::missing(session, self.rules.procedure).is_empty()
        {
            buttons.push(Button::new(&self.press("agree"), self.wording));
        }
        let is_social_care = invitation.to.kind() == AgencyKind::SocialCare;
        buttons.extend(self.adopt_button(session).filter(|_| is_social_care));
        buttons.push(self.danger_button());
        Message::text(text).with_buttons(buttons)
    }

    /// Withdrawn, or its holder stood down: said on the card at once, with nothing left to press (INV-30).
    fn card_that_is_over(&self, session: &Session, state: &InvitationState) -> Option<Message> {
        let attendance = state.seat.and_then(|seat| session.attendance.get(&seat));
        let is_stood_down =
            attendance.is_some_and(|at| matches!(at.excluded, Some(Exclusion::StoodDown(_) | Exclusion::SeatEnded)));
        let values = context! { label => self.label(session.form), code_name => self.code_name().to_string() };
        (is_stood_down || state.is_withdrawn()).then(|| Message::text(self.wording.say("card.stood_down", values)))
    }

    /// The information-sharing notice after an assessment, with its time: part of the card (REF-07).
    fn notice(&self, state: &InvitationState) -> Option<String> {
        let follows = self.case.referral.trigger_point == TriggerPoint::FollowingAssessment;
        let is_given = self.rules.procedure.level(NOTICE).is_asked();
        (follows && is_given).then(|| calendar::both(state.invited_at))
    }

    /// To whoever accepted, once the start is given or changed (REF-07).
    pub fn rescheduled(&self, session: &Session) -> Message {
        let (label, code_name) = (self.label(session.form), self.code_name().to_string());
        Message::text(
            self.wording.say("card.rescheduled", context! { label, code_name, starts => self.starts(session) }),
        )
    }

    /// To the convenor: the date is asked for again, with the button that gives it (REF-07).
    pub fn date_asked(&self, session: &Session) -> Message {
        let (label, code_name) = (self.label(session.form), self.code_name().to_string());
        let text = self.wording.say("card.date_asked", context! { label, code_name });
        let give = self.press("reschedule").with("for_attendance", "no");
        Message::text(text).with_buttons(vec![Button::new(&give, self.wording).styled(ButtonStyle::Main)])
    }

    /// To convenor and chair: what protects for a time only is to be looked at again, without a detail (TIM-09).
    pub fn protection_review(&self, ends_at: Option<DateTime<Utc>>) -> Message {
        let ends = ends_at.map(|at| self.moment(at));
        let code_name = self.code_name().to_string();
        Message::text(self.wording.say("deadline.protection", context! { code_name, ends }))
    }

    /// After acceptance, to the one who accepted: who to search one's own records for (INV-20).
    pub fn look_up_sheet(&self) -> Message {
        let children: Vec<_> = self.case.children.iter().map(|child| self.sheet_line(child)).collect();
        let adults: Vec<_> = self.case.adults.iter().map(|adult| self.sheet_adult(adult)).collect();
        let text = self.wording.say(
            "look_up.sheet",
            context! {
                code_name => self.code_name().to_string(),
                children => children,
                adults => adults,
                prepare => &self.rules.procedure.prepare,
            },
        );
        let door = Button::new(&self.press("door"), self.wording).styled(ButtonStyle::Main);
        let has_call = self.case.session().is_some_and(|session| session.call.is_some());
        let others = ["prepare", "inform"].into_iter().chain(has_call.then_some("call"));
        let others = others.map(|row| Button::new(&self.press(row), self.wording));
        Message::text(text).with_buttons(std::iter::once(door).chain(others).collect())
    }

    fn sheet_line(&self, child: &Child) -> String {
        let address = if child.address_withheld {
            self.wording.say("look_up.withheld", ())
        } else {
            child.address.words().to_owned()
        };
        format!("{} · {} · {} · {address}", child.name.words(), self.born(child.born), child.relationship.words())
    }

    fn sheet_adult(&self, adult: &Adult) -> String {
        let address = if adult.address_withheld {
            self.wording.say("look_up.withheld", ())
        } else {
            adult.address.words().to_owned()
        };
        format!("{} · {} · {} · {address}", adult.name.words(), self.born(adult.born), adult.relationship.words())
    }

    /// "Is this the child you looked up?" with initials and year of birth only (GATE-02).
    pub fn door(&self, session: &Session) -> Message {
        let children: Vec<_> = self
            .case
            .subjects()
            .map(|child| {
                let (initials, born) = child.initials_and_year();
                let year = match born {
                    crate::domain::referral::Born::On(day) => {
                        self.wording.say("door.born", context! { year => day.format("%Y").to_string() })
                    }
                    crate::domain::referral::Born::Expected(day) => {
                        self.wording.say("door.expected", context! { year => day.format("%Y").to_string() })
                    }
                    unknown => self.born(unknown),
                };
                format!("{initials}, {year}")
            })
            .collect();
        let text = self.wording.say(
            "door.question",
            context! {
                code_name => self.code_name().to_string(),
                starts => self.starts(session),
                convenor => &self.case.person(session.convenor).name,
                children => children,
            },
        );
        let yes = Button::new(&self.press("confirm"), self.wording).styled(ButtonStyle::Main);
        Message::text(text).with_buttons(vec![yes, Button::new(&self.press("not_mine"), self.wording)])
    }

    /// After the right meeting and confidentiality are confirmed: who you are as enrolled, and authority to decide.
    pub fn introduction(&self, seat: crate::domain::ids::SeatId) -> Message {
        let text = self
            .wording
            .say("door.introduce", context! { who => self.person(seat), code_name => self.code_name().to_string() });
        let press = |authorised: &str| self.press("introduce").with("authorised", authorised);
        let label = |key: &str| self.wording.say(key, ());
        let on_a_basis = self.press("introduce_basis").with("authorised", "yes");
        Message::text(text).with_buttons(vec![
            Button::labelled(&press("yes"), label("door.authorised")).styled(ButtonStyle::Main),
            Button::labelled(&on_a_basis, label("door.on_a_basis")),
            Button::labelled(&press("no"), label("door.not_authorised")),
        ])
    }
}

fn kind_code(to: &Invitee) -> String {
    code_of(to.kind())
}

/// An agency kind's code, its key in wording.
pub fn code_of(kind: crate::domain::people::AgencyKind) -> String {
    serde_json::to_value(kind).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}
