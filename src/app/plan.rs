//! What follows from what happened: effects on the platform, and timers. Pure.

use chrono::{DateTime, Duration, Utc};

use crate::domain::attendance::Invitee;
use crate::domain::case::Case;
use crate::domain::deadlines;
use crate::domain::event::{Event, Record};
use crate::domain::ids::{AccountId, InvitationId, SeatId};
use crate::domain::timer::Timer;
use crate::minutes;
use crate::room::Scene;
use crate::room::message::{Button, ButtonStyle, MESSAGE_CHARACTERS_MAX, Message, parts};

use super::effect::{Effect, Place};
use super::ports::TimerChange;

/// The board's slot; the case's channel has [`super::ports::CHANNEL_SLOT`].
const BOARD: &str = "board";
/// How long before somebody has to go the chair is told (SES-12).
const LEAVE_BY_WARNING_MINUTES: i64 = 10;

/// Effects in their order, and the timers to set or clear.
#[derive(Debug, Default)]
pub struct Plan {
    pub effects: Vec<Effect>,
    pub timers: Vec<TimerChange>,
}

/// Plans for these records, which follow `before`. `scene` shows the case after all of them; `journal` is what
/// was recorded before them, and `head` the digest of its last entry.
pub fn plan(before: Option<&Case>, records: &[Record], scene: &Scene<'_>, journal: &[Record], head: &str) -> Plan {
    let mut plan = Plan::default();
    let mut stepwise = before.cloned();
    for record in records {
        match &mut stepwise {
            Some(case) => case.apply(record),
            None => stepwise = Case::fold(std::slice::from_ref(record)),
        }
        let Some(case) = &stepwise else { continue };
        plan.follow(record, &Scene { case, ..*scene }, journal, head);
    }
    plan.refresh_board(before, scene, records);
    plan
}

impl Plan {
    fn follow(&mut self, record: &Record, scene: &Scene<'_>, journal: &[Record], head: &str) {
        match &record.event {
            Event::SessionConvened { form, convenor, .. } => {
                let (name, topic) = (scene.code_name().to_string(), scene.label(*form).to_owned());
                self.effects.push(Effect::OpenChannel { name, topic });
                self.admit(scene, *convenor);
            }
            Event::Invited { invitation } => self.post_card(scene, invitation.id),
            Event::InvitationAccepted { invitation, .. } => self.edit_card(scene, *invitation),
            // Nobody is let into the channel before the door, so there is nothing to shut.
            Event::WrongMeeting { invitation: Some(invitation), .. } => self.edit_card(scene, *invitation),
            Event::Introduced { seat, by_enrolment: false, .. } => self.admit(scene, *seat),
            Event::LeaveByGiven { seat, at, .. } => {
                self.set(Timer::LeaveBy(*seat), *at - Duration::minutes(LEAVE_BY_WARNING_MINUTES));
            }
            Event::StoodDown { seat, .. } => self.shut_out(scene, *seat),
            Event::DangerRaised { alert, .. } => self.alert(scene, *alert, record.at),
            Event::SessionClosed { .. } => self.closed(scene, record.at),
            Event::DraftIssued { .. } => self.draft(scene, journal, head),
            Event::MinutesCirculated { .. } => self.circulated(scene, journal, head),
            Event::DeadlineNear { due_at, .. } => self.deadline(scene, "deadline.near", *due_at),
            Event::DeadlineMissed { due_at, .. } => self.deadline(scene, "deadline.missed", *due_at),
            // Told by the posts and the board alone.
            Event::ReferralRegistered { .. }
            | Event::ReferralAmended { .. }
            | Event::ChildListed { .. }
            | Event::AdultListed { .. }
            | Event::SeatTaken { .. }
            | Event::InvitationDeclined { .. }
            | Event::LookUpOpened { .. }
            | Event::InformationSent { .. }
            | Event::MeetingConfirmed { .. }
            | Event::WrongMeeting { .. }
            | Event::Introduced { .. }
            | Event::Arrived { .. }
            | Event::Left { .. }
            | Event::LeaveByNear { .. }
            | Event::AbsenceMarked { .. }
            | Event::SessionOpened { .. }
            | Event::OrderAnnounced { .. }
            | Event::FloorGiven { .. }
            | Event::Contributed { .. }
            | Event::FloorReleased { .. }
            | Event::QuestionRaised { .. }
            | Event::QuestionPut { .. }
            | Event::QuestionAnswered { .. }
            | Event::QuestionGivenUp { .. }
            | Event::NoQuestions { .. }
            | Event::StageEntered { .. }
            | Event::Entered { .. }
            | Event::DraftsConfirmed { .. }
            | Event::QuorumStated { .. }
            | Event::ReadBackGiven
            | Event::PositionGiven { .. }
            | Event::ChallengeRaised { .. }
            | Event::ActionAnswered { .. }
            | Event::ActionDone { .. }
            | Event::DangerAcknowledged { .. }
            | Event::MinutesSigned { .. }
            | Event::CopyOpened { .. }
            | Event::Filed { .. } => {}
        }
        self.effects.extend(scene.posts(record).into_iter().map(in_the_room));
    }

    /// The board is posted once with the channel, then edited where it would read differently; older edits still
    /// waiting fall away.
    fn refresh_board(&mut self, before: Option<&Case>, scene: &Scene<'_>, records: &[Record]) {
        let (Some(session), Some(last)) = (scene.case.session(), records.last()) else { return };
        let message = scene.board(session, last.at);
        let was_convened = before.is_some_and(|case| case.sessions.len() == scene.case.sessions.len());
        if was_convened {
            let shown = before.and_then(|case| Some(Scene { case, ..*scene }.board(case.session()?, last.at)));
            if shown.as_ref() != Some(&message) {
                self.effects.push(Effect::Edit { slot: BOARD.to_owned(), message });
            }
            return;
        }
        let post = Effect::Post { to: Place::Case, slot: Some(BOARD.to_owned()), message, pin: true };
        let after_channel = self.effects.iter().position(|effect| !matches!(effect, Effect::OpenChannel { .. }));
        self.effects.insert(after_channel.unwrap_or(self.effects.len()), post);
    }

    fn set(&mut self, timer: Timer, at: DateTime<Utc>) {
        self.timers.push(TimerChange::Set { name: timer.to_string(), at });
    }

    fn admit(&mut self, scene: &Scene<'_>, seat: SeatId) {
        self.effects.extend(scene.case.person(seat).account.map(|account| Effect::Admit { account }));
    }

    fn shut_out(&mut self, scene: &Scene<'_>, seat: SeatId) {
        self.effects.extend(scene.case.person(seat).account.map(|account| Effect::Remove { account }));
    }

    fn post_card(&mut self, scene: &Scene<'_>, id: InvitationId) {
        let Some(session) = scene.case.session() else { return };
        let Some(state) = session.invitation(id) else { return };
        let to = match &state.invitation.to {
            Invitee::Agency { agency, .. } => Place::Duty(agency.clone()),
            Invitee::Person(person) => match person.account {
                Some(account) => Place::Direct { account, otherwise_duty: Some(person.agency.clone()) },
                None => return,
            },
        };
        let message = scene.card(session, state);
        self.effects.push(Effect::Post { to, slot: Some(card_slot(id)), message, pin: false });
    }

    fn edit_card(&mut self, scene: &Scene<'_>, id: InvitationId) {
        let Some(session) = scene.case.session() else { return };
        let Some(state) = session.invitation(id) else { return };
        self.effects.push(Effect::Edit { slot: card_slot(id), message: scene.card(session, state) });
    }

    /// Chair, convenor and police are reached outside the room too, without a detail (SAFE-02, SAFE-06).
    fn alert(&mut self, scene: &Scene<'_>, id: crate::domain::ids::AlertId, at: DateTime<Utc>) {
        let Some(session) = scene.case.session() else { return };
        let Some(alert) = session.alerts.iter().find(|alert| alert.id == id) else { return };
        let police = session
            .attendance
            .keys()
            .copied()
            .filter(|seat| scene.case.person(*seat).agency_kind == crate::domain::people::AgencyKind::Police);
        let mut accounts: Vec<AccountId> =
            scene.accounts(session.chair().into_iter().chain([session.convenor]).chain(police));
        accounts.sort();
        accounts.dedup();
        for account in accounts {
            let message = scene.alert(alert, at);
            self.effects.push(Effect::Post {
                to: Place::Direct { account, otherwise_duty: None },
                slot: None,
                message,
                pin: false,
            });
        }
    }

    fn closed(&mut self, scene: &Scene<'_>, at: DateTime<Utc>) {
        // A moment later, so that the room hears of the close before it gets the draft.
        self.set(Timer::Draft, at + Duration::seconds(1));
        let Some(session) = scene.case.session() else { return };
        let rules = &scene.rules;
        if let Some(due) = deadlines::circulation(session, &rules.procedure.deadlines, rules.calendar) {
            let warn = Duration::minutes(i64::from(rules.procedure.waits.warn_before_minutes));
            let near = (due.due.at - warn).max(at);
            self.set(Timer::CirculationNear, near);
            self.set(Timer::CirculationDue, due.due.at + Duration::seconds(1));
        }
    }

    /// A summary before anyone leaves, and a copy for each who asks (experience: closing).
    fn draft(&mut self, scene: &Scene<'_>, journal: &[Record], head: &str) {
        let compiled = minutes::compile(journal, &scene.rules, scene.wording, head);
        let summary = minutes::summary(&compiled, scene.wording);
        let copy = Button::new(&scene.press("copy"), scene.wording).styled(ButtonStyle::Main);
        let accounts = scene.case.session().map(|session| scene.accounts(session.attended())).unwrap_or_default();
        self.effects.push(in_the_room(Message::text(summary).with_buttons(vec![copy]).notifying(accounts)));
    }

    /// The common copy in the room, and a word to each recipient that it is there.
    fn circulated(&mut self, scene: &Scene<'_>, journal: &[Record], head: &str) {
        for timer in [Timer::CirculationNear, Timer::CirculationDue] {
            self.timers.push(TimerChange::Clear { name: timer.to_string() });
        }
        let compiled = minutes::compile(journal, &scene.rules, scene.wording, head);
        let copy = minutes::markdown(&minutes::common_copy(&compiled));
        self.effects
            .extend(parts(&copy, MESSAGE_CHARACTERS_MAX).into_iter().map(|part| in_the_room(Message::text(part))));
    }

    /// To the chair, reference and time only (TIM-23).
    fn deadline(&mut self, scene: &Scene<'_>, key: &str, due_at: DateTime<Utc>) {
        let Some(chair) = scene.case.session().and_then(|session| session.chair()) else { return };
        let Some(account) = scene.case.person(chair).account else { return };
        let values = minijinja::context! { code_name => scene.code_name().to_string(), due => scene.moment(due_at) };
        let message = Message::text(scene.wording.say(key, values));
        let to = Place::Direct { account, otherwise_duty: None };
        self.effects.push(Effect::Post { to, slot: None, message, pin: false });
    }
}

fn in_the_room(message: Message) -> Effect {
    Effect::Post { to: Place::Case, slot: None, message, pin: false }
}

fn card_slot(id: InvitationId) -> String {
    format!("card:{id}")
}
