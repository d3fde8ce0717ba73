//! What follows from a record on its way out: the draft before anybody leaves, who is told that there is something to read,
//! to sign or to file, and the reminders until it is done. What is sent outside the room names nobody.

use chrono::{DateTime, Utc};

use crate::domain::calendar;
use crate::domain::case::Case;
use crate::domain::event::{Event, Record};
use crate::domain::issuing::{Endorsement, idle_at, still_to_say, unfiled};
use crate::domain::session::Session;
use crate::domain::timer::Timer;
use crate::minutes;
use crate::room::Scene;
use crate::room::message::{MESSAGE_CHARACTERS_MAX, Message, parts};

use super::{Effect, Place, Plan, TimerChange, in_the_room};

impl Plan {
    pub(super) fn issuing(&mut self, scene: &Scene<'_>, record: &Record, journal: &[Record], head: &str) {
        let Some(session) = scene.case.session_of(&record.event) else { return };
        match &record.event {
            Event::DraftIssued { .. } => self.draft(scene, session, journal, head),
            // Until a manager has signed it off (MIN-13).
            Event::MinutesSigned { .. } => {
                self.ask_once_more(scene, session);
                let is_asked = scene.rules.procedure.level(Endorsement::SignOff.rule()).works();
                if is_asked && session.signed_off().is_none() {
                    let (to, message) =
                        (Place::Role(scene.rules.procedure.manager.clone()), scene.sign_off_asked(session));
                    self.effects.push(Effect::Post { to, slot: None, message, pin: false });
                }
            }
            Event::MinutesCirculated { recipients, .. } => {
                let seats = recipients.iter().map(|recipient| recipient.seat);
                self.tell_each(scene, seats, &scene.copy_ready(session));
                // Whoever is added later is sent it; the room has it already.
                if session.circulation.len() == recipients.len() || recipients.len() > 1 {
                    self.common_copy(scene, session, journal, head);
                }
                self.chase_filing_after(scene, session, record.at);
            }
            Event::RecordEndorsed { what, agrees: false, .. } if *what != Endorsement::TrueRecord => {
                self.tell_each(scene, session.chair().into_iter(), &scene.record_returned(session));
            }
            Event::Filed { .. } if unfiled(scene.case, session, scene.rules.procedure).is_empty() => {
                self.timers.push(TimerChange::Clear { name: Timer::Filing(session.no).to_string() });
            }
            Event::FilingChased { seats, .. } => {
                self.tell_each(scene, seats.iter().copied(), &scene.filing_chased(session));
                self.chase_filing_after(scene, session, record.at);
            }
            Event::ClosePrompted => {
                self.tell_each(scene, session.chair().into_iter(), &scene.close_prompt(session));
            }
            _ => {}
        }
    }

    /// What the procedure insists on and somebody has not said yet is asked once more before the record goes out (MIN-12,
    /// MIN-14).
    fn ask_once_more(&mut self, scene: &Scene<'_>, session: &Session) {
        for what in [Endorsement::TrueRecord, Endorsement::TimingClear] {
            let seats = still_to_say(scene.case, session, scene.rules.procedure, what);
            if !seats.is_empty() {
                self.tell_each(scene, seats.into_iter(), &scene.asked_once_more(session, what));
            }
        }
    }

    /// A summary before anyone leaves, and under it a copy for each who asks and what is asked of them.
    fn draft(&mut self, scene: &Scene<'_>, session: &Session, journal: &[Record], head: &str) {
        let compiled = minutes::copy(journal, Some(session.no), &scene.rules, scene.wording, head, None);
        let summary = minutes::summary(&compiled, scene.wording);
        let accounts = scene.accounts(session.attended());
        let message = Message::text(summary).with_buttons(scene.draft_buttons(session)).notifying(accounts);
        self.effects.push(in_the_room(message));
    }

    fn common_copy(&mut self, scene: &Scene<'_>, session: &Session, journal: &[Record], head: &str) {
        let copy = minutes::copy(journal, Some(session.no), &scene.rules, scene.wording, head, None);
        let copy = parts(&minutes::markdown(&copy), MESSAGE_CHARACTERS_MAX);
        self.effects.extend(copy.into_iter().map(|part| in_the_room(Message::text(part))));
    }

    /// On the next working day, and on every one after, until it is filed (MIN-10, MIN-20).
    fn chase_filing_after(&mut self, scene: &Scene<'_>, session: &Session, at: DateTime<Utc>) {
        if unfiled(scene.case, session, scene.rules.procedure).is_empty() {
            return;
        }
        let next = scene.rules.calendar.working_day_after(at);
        self.set(Timer::Filing(session.no), calendar::at_time(next, scene.rules.procedure.waits.daily_at));
    }

    /// Sets the timer for a session in which nothing is entered any more, moves it with whatever is, and clears it.
    pub(super) fn keep_idle(&mut self, before: Option<&Case>, scene: &Scene<'_>) {
        let due = |case: &Case| case.session().and_then(|session| idle_at(session, scene.rules.procedure));
        let (was, is) = (before.and_then(due), due(scene.case));
        match is {
            _ if was == is => {}
            Some(at) => self.set(Timer::Idle, at),
            None => self.timers.push(TimerChange::Clear { name: Timer::Idle.to_string() }),
        }
    }
}
