//! Deadlines as people read them: how urgent, by when, and what follows from a decision.

use chrono::{DateTime, Utc};
use minijinja::context;

use crate::domain::calendar;
use crate::domain::deadlines::{Clock, Deadline, DeadlineKind, deadline};
use crate::domain::procedure::Level;
use crate::domain::session::Session;

use super::Scene;

impl Scene<'_> {
    /// When a deadline ends; where the bank holidays of its year are not loaded, that too (TIM-26).
    pub fn due(&self, clock: impl Into<Clock>) -> Option<String> {
        deadline(clock, self.case, &self.rules).map(|deadline| self.in_words(&deadline))
    }

    pub(super) fn in_words(&self, deadline: &Deadline) -> String {
        let values = context! {
            at => self.moment(deadline.due.at), promptly => deadline.rule.promptly,
            beyond_holidays => deadline.due.beyond_holidays,
        };
        self.wording.say("clock.due", values)
    }

    /// Class and deadline, or how long ago the referral was; a complex case's strategy meeting beside it (TIM-01 to
    /// TIM-04).
    pub fn clock(&self, now: DateTime<Utc>) -> String {
        let urgency = self.case.referral.urgency;
        let flags = [("immediate_protection", urgency.immediate_protection), ("complex", urgency.complex)];
        let flags = flags.into_iter().filter(|(_, is_set)| *is_set);
        let hold_by = deadline(DeadlineKind::HoldBy, self.case, &self.rules);
        self.wording.say(
            "clock.hold_by",
            context! {
                class => self.wording.say(&format!("choice.urgency.{}", urgency.class.code()), ()),
                flags => flags.map(|(flag, _)| self.label_of(flag)).collect::<Vec<_>>(),
                due => hold_by.as_ref().map(|deadline| self.in_words(deadline)),
                since => self.since_referral(now),
                meeting => self.due(DeadlineKind::MeetingBy),
            },
        )
    }

    /// How long it is since the referral was received; `None` where nobody knows when that was.
    pub fn since_referral(&self, now: DateTime<Utc>) -> Option<String> {
        self.case.referral.received_at.map(|received| calendar::elapsed_words(received, now))
    }

    /// The same for the chair at opening, where the procedure asks to act promptly and sets no number (TIM-06).
    pub fn since_referral_at_opening(&self, session: &Session) -> Option<String> {
        let is_shown = self.rules.procedure.level("TIM-06") == Level::On;
        session.opened_at.filter(|_| is_shown).and_then(|opened| self.since_referral(opened))
    }

    /// What has to follow once section 47 enquiries run: the child seen, a conference, the assessment (TIM-11, TIM-24).
    pub fn follow_on(&self) -> Vec<String> {
        let kinds = [DeadlineKind::ChildSeen, DeadlineKind::Conference, DeadlineKind::Assessment];
        let dates = kinds.into_iter().filter_map(|kind| Some((kind, self.due(kind)?)));
        dates.map(|(kind, due)| self.wording.say(&format!("clock.{}", kind.code()), context! { due })).collect()
    }
}
