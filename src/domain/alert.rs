//! Alerts of immediate danger: raised at any stage by anybody of the case, sent to those who can act until one of them
//! says so, and never taken out of the record (SAFE-01, SAFE-02, SAFE-07).

use chrono::{DateTime, TimeDelta, Utc};

use super::case::Case;
use super::decision::{Action, DangerKind};
use super::event::{Actor, Event, Record};
use super::facts::{Facts, Rules};
use super::floor::Whose;
use super::ids::{AccountId, AlertId, SeatId, SessionNo};
use super::people::{AgencyKind, Person};
use super::procedure::fits;
use super::session::Session;
use super::spoken::Spoken;

/// An alert as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alert {
    pub id: AlertId,
    /// The session whose record it is part of; one raised before any was convened is part of the first.
    pub session: Option<SessionNo>,
    /// Whoever pressed; one who was invited and has not accepted has no seat.
    pub by: Actor,
    pub by_kind: AgencyKind,
    /// Where its sender hears what becomes of it; not known of older ones.
    pub account: Option<AccountId>,
    pub at: DateTime<Utc>,
    pub danger: DangerKind,
    pub text: Spoken,
    /// What its sender said of it after that, and when.
    pub added: Vec<(Spoken, DateTime<Utc>)>,
    /// Who was alerted at once, besides the procedure's emergency contact.
    pub told: Vec<Whose>,
    pub repeated: Vec<Repetition>,
    pub acknowledged: Option<(Actor, DateTime<Utc>)>,
    /// Its sender took it back, with the reason where one was given; it stays where it is.
    pub false_alarm: Option<(Option<Spoken>, DateTime<Utc>)>,
}

/// Nobody had acknowledged it, and it was sent again to these.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repetition {
    pub at: DateTime<Utc>,
    pub told: Vec<Whose>,
    /// The manager was told too.
    pub to_manager: bool,
}

impl Repetition {
    /// Whom it went to, besides the procedure's emergency contact.
    pub fn goes_to(&self) -> (&[Whose], bool) {
        (&self.told, self.to_manager)
    }
}

impl Alert {
    /// Nobody has acknowledged it, and it was not a false alarm.
    pub fn is_waiting(&self) -> bool {
        self.acknowledged.is_none() && self.false_alarm.is_none()
    }

    /// When it is sent again, as long as nobody acknowledges it.
    pub fn repeats_at(&self, rules: &Rules<'_>) -> Option<DateTime<Utc>> {
        let last = self.repeated.last().map_or(self.at, |last| last.at);
        let wait = TimeDelta::minutes(i64::from(rules.procedure.waits.danger_repeat_minutes));
        self.is_waiting().then(|| last + wait)
    }

    /// All its sender said of it, in order.
    pub fn said(&self) -> Spoken {
        let parts: Vec<_> =
            [&self.text].into_iter().chain(self.added.iter().map(|(text, _)| text)).map(Spoken::words).collect();
        Spoken::new(parts.join("; "))
    }

    /// It has waited so long that the manager was told too.
    pub fn is_with_the_manager(&self) -> bool {
        self.repeated.iter().any(|repeated| repeated.to_manager)
    }

    /// Everybody it went to, once each: at once, or when it was sent again.
    pub fn all_told(&self) -> Vec<Whose> {
        let mut all = self.told.clone();
        for whose in self.repeated.iter().flat_map(|repeated| &repeated.told) {
            if !all.contains(whose) {
                all.push(*whose);
            }
        }
        all
    }

    /// Whether it is this person's, and theirs to add to or to take back.
    pub fn is_from(&self, person: &Person, seat: Option<SeatId>) -> bool {
        let is_the_account = self.account.is_some() && self.account == person.account;
        is_the_account || (seat.is_some() && seat == self.by.seat)
    }
}

impl Case {
    pub fn alert(&self, id: AlertId) -> Option<&Alert> {
        self.alerts.iter().rev().find(|alert| alert.id == id)
    }

    /// The alerts of a session's record.
    pub fn alerts_of(&self, session: &Session) -> impl Iterator<Item = &Alert> {
        let first = self.sessions.first().map(|first| first.no);
        self.alerts.iter().filter(move |alert| alert.session.or(first) == Some(session.no))
    }

    /// Those nobody has acknowledged, the earliest first.
    pub fn alerts_waiting(&self) -> impl Iterator<Item = &Alert> {
        self.alerts.iter().filter(|alert| alert.is_waiting())
    }

    /// What was put down to be done about an alert.
    pub fn actions_on(&self, alert: AlertId) -> impl Iterator<Item = &Action> {
        self.actions.iter().filter(move |action| action.entered.alert == Some(alert))
    }

    /// Whether somebody can raise an alert: whoever has a seat, and whoever is asked to the session (SAFE-01).
    pub fn may_raise(&self, person: &Person, seat: Option<SeatId>) -> bool {
        let mut invitations = self.session().into_iter().flat_map(|session| &session.invitations);
        seat.is_some() || invitations.any(|state| state.invitation.to.means(person))
    }

    /// Whom an alert is sent to now, besides the procedure's emergency contact: chair, vice-chair, convenor and police,
    /// less its sender. Whoever is to chair is told before they have accepted.
    pub fn alerted(&self, by: Option<SeatId>) -> Vec<Whose> {
        let Some(session) = self.session() else {
            return self.convenor().filter(|seat| Some(*seat) != by).map(Whose::Seat).into_iter().collect();
        };
        let invited_chair = session.chair_invitation.filter(|_| session.chair().is_none());
        let is_in = |(seat, attendance): (&SeatId, &super::attendance::Attendance)| {
            let is_police = self.person(*seat).agency_kind == AgencyKind::Police;
            (is_police && attendance.excluded.is_none()).then_some(*seat)
        };
        let police = session.attendance.iter().filter_map(is_in);
        let seats = session.chair().into_iter().chain(session.chairing.vice).chain([session.convenor]).chain(police);
        let mut told: Vec<Whose> = invited_chair.map(Whose::Invitation).into_iter().collect();
        for seat in seats.filter(|seat| Some(*seat) != by).map(Whose::Seat) {
            if !told.contains(&seat) {
                told.push(seat);
            }
        }
        told
    }

    /// Whether somebody is of those alerts go to: by their seat, as the emergency contact, or as the manager once told.
    /// Where nobody enrolled is an emergency contact the duty team of social care stands in, so that
    /// anybody of social care counts.
    pub fn is_alerted(&self, facts: &Facts<'_>, person: &Person) -> bool {
        let (seat, procedure) = (facts.seat, facts.rules.procedure);
        let is_told = |whose: &Whose| match whose {
            Whose::Seat(told) => Some(*told) == seat,
            Whose::Invitation(id) => {
                let state = self.session().and_then(|session| session.invitation(*id));
                state.is_some_and(|state| state.invitation.to.means(person))
            }
        };
        self.alerted(None).iter().any(is_told)
            || fits(person, &procedure.emergency)
            || (self.alerts_waiting().any(Alert::is_with_the_manager) && fits(person, &procedure.manager))
            || (facts.duty_team_stands_in && person.agency_kind == AgencyKind::SocialCare)
    }

    /// What becomes of alerts, which no session and no closing of one ends.
    pub(super) fn endangered(&mut self, record: &Record) {
        let session = self.session().map(|session| session.no);
        match &record.event {
            Event::DangerRaised { alert, by_kind, account, danger, text, told } => self.alerts.push(Alert {
                id: *alert,
                session,
                by: record.actor.clone(),
                by_kind: *by_kind,
                account: *account,
                at: record.at,
                danger: *danger,
                text: text.clone(),
                added: Vec::new(),
                told: told.clone(),
                repeated: Vec::new(),
                acknowledged: None,
                false_alarm: None,
            }),
            Event::DangerDescribed { alert, text, .. } => self.of_the_alert(*alert, |alert| {
                if alert.text.is_empty() {
                    alert.text = text.clone();
                } else {
                    alert.added.push((text.clone(), record.at));
                }
            }),
            Event::DangerRepeated { alert, told, to_manager, .. } => self.of_the_alert(*alert, |alert| {
                alert.repeated.push(Repetition { at: record.at, told: told.clone(), to_manager: *to_manager });
            }),
            Event::DangerAcknowledged { alert, .. } => self.of_the_alert(*alert, |alert| {
                alert.acknowledged = Some((record.actor.clone(), record.at));
            }),
            Event::FalseAlarmMarked { alert, reason, .. } => self.of_the_alert(*alert, |alert| {
                alert.false_alarm = Some((reason.clone(), record.at));
            }),
            _ => {}
        }
    }

    fn of_the_alert(&mut self, id: AlertId, change: impl FnOnce(&mut Alert)) {
        if let Some(alert) = self.alerts.iter_mut().rev().find(|alert| alert.id == id) {
            change(alert);
        }
    }
}
