//! Actions outside the room: code name, number and date, with the buttons to answer from there (REV-01, REV-07); and
//! what their owners and the chair see of them, privately.

use chrono::{DateTime, Utc};
use minijinja::context;

use crate::domain::calendar;
use crate::domain::decision::{Action, ActionStatus};
use crate::domain::follow_up::{FollowUp, is_the_chairs};
use crate::domain::ids::SeatId;
use crate::domain::session::Session;

use super::Scene;
use super::message::{Button, MESSAGE_CHARACTERS_MAX, Message, shortened};

/// One of somebody's actions, with the moment it is due for the order of the list.
pub struct Owed {
    pub due: Option<DateTime<Utc>>,
    pub text: String,
}

impl Scene<'_> {
    /// To an owner who is not in the room (ACT-11).
    pub fn yours(&self, action: &Action) -> Message {
        self.outside("yours", action, &["accept_action", "decline_action", "mine"])
    }

    /// Its owner can't do it (ACT-10).
    pub fn sent_back(&self, action: &Action) -> Message {
        self.outside("sent_back", action, &["change_action", "mine"])
    }

    pub fn reported(&self, action: &Action) -> Message {
        self.outside("reported", action, &["read_report"])
    }

    pub fn report_returned(&self, action: &Action) -> Message {
        self.outside("returned", action, &["done", "mine"])
    }

    /// A step of following it up. Managers and the chair read whose it is and how late; nobody reads what it says.
    pub fn follow_up(&self, action: &Action, step: FollowUp, now: DateTime<Utc>) -> Message {
        let rows: &[&str] = match step {
            FollowUp::Reminder | FollowUp::Chase if !is_the_chairs(action, self.case) => {
                &["done", "decline_action", "mine"]
            }
            FollowUp::Reminder | FollowUp::Chase | FollowUp::Chair => &["change_action", "mine"],
            FollowUp::Deputy | FollowUp::Manager => &[],
        };
        let key = format!("follow_up.{}", step.code());
        self.of_action(&key, action, rows, Some(now))
    }

    /// Whoever checks the actions is asked for the result (REV-03).
    pub fn completion_due(&self, session: Option<&Session>) -> Message {
        let text = self.wording.say("follow_up.completion", context! { code_name => self.code_name().to_string() });
        let press = self.press("review_result");
        let press = match session {
            Some(session) => press.with("session", session.no),
            None => press,
        };
        Message::text(text).with_buttons(vec![Button::new(&press, self.wording)])
    }

    /// What its owner reported, for the chair, who accepts or returns it (REV-02).
    pub fn report_sheet(&self, action: &Action) -> Option<Message> {
        let report = action.reports.last()?;
        let text = self.wording.say(
            "follow_up.report",
            context! {
                code_name => self.code_name().to_string(), action => self.action(action.entered.no),
                who => self.person(report.by), at => calendar::both(report.at),
                completion => self.wording.say(&format!("choice.completion.{}", report.completion.code()), ()),
                evidence => report.evidence.words(), changed => report.changed.words(),
            },
        );
        let rows: &[&str] = if action.is_reported() { &["accept_report", "return_report"] } else { &[] };
        let buttons = rows.iter().map(|row| self.action_button(row, action));
        Some(Message::text(shortened(&text, MESSAGE_CHARACTERS_MAX)).with_buttons(buttons.collect()))
    }

    /// What somebody still owes in this case.
    pub fn owed_by(&self, seats: &[SeatId]) -> Vec<Owed> {
        let own = self.case.actions.iter().filter(|action| {
            action.confirmed && action.is_live() && action.entered.owner.is_some_and(|owner| seats.contains(&owner))
        });
        let owed = own.map(|action| Owed {
            due: action.entered.due,
            text: self.wording.say(
                "view.owed",
                context! {
                    code_name => self.code_name().to_string(), n => action.entered.no.0,
                    what => action.entered.what.words(), due => action.entered.due.map(|due| self.moment(due)),
                    status => self.wording.say(&format!("choice.action_status.{}", action.status.code()), ()),
                },
            ),
        });
        owed.collect()
    }

    fn outside(&self, key: &str, action: &Action, rows: &[&str]) -> Message {
        self.of_action(&format!("follow_up.{key}"), action, rows, None)
    }

    fn of_action(&self, key: &str, action: &Action, rows: &[&str], now: Option<DateTime<Utc>>) -> Message {
        let entered = &action.entered;
        let late = entered.due.zip(now).filter(|(due, now)| now > due);
        let values = context! {
            code_name => self.code_name().to_string(), n => entered.no.0, due => entered.due.map(|due| self.moment(due)),
            owner => entered.owner.map(|owner| self.person(owner)),
            late => late.map(|(due, now)| calendar::elapsed_words(due, now)),
            days => late.map(|(due, now)| (now - due).num_days()),
            declined => action.status == ActionStatus::Declined,
        };
        let buttons = rows.iter().map(|row| self.action_button(row, action));
        Message::text(self.wording.say(key, values)).with_buttons(buttons.collect())
    }

    fn action_button(&self, row: &str, action: &Action) -> Button {
        let press = if row == "mine" { self.press(row) } else { self.press(row).with("action", action.entered.no) };
        Button::new(&press, self.wording)
    }
}
