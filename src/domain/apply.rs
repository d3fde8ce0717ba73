//! How each fact changes the case. No rule lives here: whatever happened, happened.

mod actions;
mod challenges;
mod closing;
mod crossing;
mod invitations;
mod issuing;
mod limits;
mod questions;
mod session;

use std::collections::{BTreeMap, BTreeSet};

use super::attendance::{Attendance, Seat};
use super::case::{Case, OutOfPlace};
use super::chairing::Chairing;
use super::decision::Entry;
use super::escalation::Escalations;
use super::event::{Event, Record};
use super::family_draft::FamilyDraft;
use super::ids::SeatId;
use super::issuing::Issuing;
use super::leaving::SeatEnd;
use super::limits::Limits;
use super::question_time::QuestionTime;
use super::request::RequestAnswer;
use super::session::Session;
use super::stage::Stage;

impl Case {
    /// Takes one more fact of convenor's own into account.
    ///
    /// # Panics
    /// Where it is out of place; see [`Case::try_apply`].
    pub fn apply(&mut self, record: &Record) {
        self.try_apply(record).unwrap_or_else(|error| panic!("{error}"));
    }

    /// Takes one more fact into account, wherever it comes from.
    ///
    /// # Errors
    /// Where it is out of place; it is best to use the case no more.
    pub fn try_apply(&mut self, record: &Record) -> Result<(), OutOfPlace> {
        self.entries = record.seq;
        match &record.event {
            Event::ReferralRegistered { .. } | Event::DiscussionRequested { .. } | Event::RequestRead => {}
            Event::ReferralAmended { amendment } => self.referral.amend(amendment),
            Event::RequestTakenUp { referral } => {
                self.referral = referral.clone();
                (self.registered_at, self.registered_by) = (record.at, record.actor.clone());
                self.request_is(RequestAnswer::TakenUp);
            }
            Event::RequestDeclined { reason } => self.request_is(RequestAnswer::Declined { reason: reason.clone() }),
            Event::RequestUnanswered { .. } => {
                if let Some(requested) = &mut self.request {
                    requested.overdue = true;
                }
            }
            Event::CaseLinked { link } => self.links.push(link.clone()),
            Event::ByNameOnlySet { agency_kind } => {
                self.by_name_only.insert(*agency_kind);
            }
            Event::ChildListed { child } => self.children.push(child.clone()),
            Event::AdultListed { adult } => self.adults.push(adult.clone()),
            Event::ChildAmended { child } => {
                for known in self.children.iter_mut().filter(|known| known.id == child.id) {
                    known.clone_from(child);
                }
            }
            Event::AdultAmended { adult } => {
                for known in self.adults.iter_mut().filter(|known| known.id == adult.id) {
                    known.clone_from(adult);
                }
            }
            Event::AdultFlagged { adult: id, difficulties } => {
                for adult in self.adults.iter_mut().filter(|adult| adult.id == *id) {
                    adult.difficulties.clone_from(difficulties);
                }
            }
            Event::SeatTaken { seat } => {
                self.seats.push(seat.clone());
                if let Some(session) = self.sessions.last_mut() {
                    session.attendance.entry(seat.id).or_default();
                }
            }
            Event::SeatHandedOn { from, to } => {
                self.handed_on(*from, *to, record);
            }
            Event::OwnerLeft { seat } => {
                self.ended_seats.insert(*seat, SeatEnd::Left);
                if let Some(session) = self.sessions.last_mut() {
                    session.seat_ends(*seat, record);
                }
            }
            Event::LeaversChased => {}
            Event::SessionConvened { .. } => {
                self.closed = None;
                self.convened(record);
            }
            Event::Entered { entry, .. } => {
                if let Entry::Action(action) = entry {
                    self.closed = None;
                    self.action_entered(action, record);
                }
                self.session_mut(record)?.entered(record);
            }
            Event::DraftsConfirmed { drafts } => {
                let session = self.session_mut(record)?;
                session.confirmed(record);
                let confirmed = session.drafts.iter().filter(|draft| drafts.contains(&draft.id));
                let actions: Vec<_> = confirmed.filter_map(|draft| action_no(&draft.entry)).collect();
                for action in self.actions.iter_mut().filter(|action| actions.contains(&action.entered.no)) {
                    action.confirmed = true;
                }
            }
            Event::ActionAnswered { action, .. }
            | Event::ActionDone { action }
            | Event::ActionChanged { action, .. }
            | Event::OwnerNamed { action, .. }
            | Event::ActionReported { action, .. }
            | Event::ReportAnswered { action, .. }
            | Event::ActionCancelled { action, .. }
            | Event::ActionFollowedUp { action, .. } => self.action_changes(*action, record),
            Event::DangerRaised { .. }
            | Event::DangerDescribed { .. }
            | Event::DangerRepeated { .. }
            | Event::DangerAcknowledged { .. }
            | Event::FalseAlarmMarked { .. } => self.endangered(record),
            Event::Crossed { .. }
            | Event::NoLongerHeld { .. }
            | Event::TakenBack { .. }
            | Event::WrongCaseMarked { .. } => self.crossed(record),
            Event::Masked { mask } => {
                self.masks.retain(|known| known.no != mask.no);
                self.masks.push(mask.clone());
            }
            Event::Unmasked { mask } => self.masks.retain(|known| known.no != *mask),
            Event::StillUndecided { drift, .. } | Event::StillWithoutAction { drift, .. } => {
                self.drifting = if *drift { self.drifting + 1 } else { 0 };
            }
            Event::ReviewAsked { .. } | Event::ReviewAnswered { .. } => self.reviewed(record),
            Event::CaseClosed { not_held, reason } => self.closes(not_held, reason.as_ref(), record),
            // Told, and nothing else; the first can come before any session is convened.
            Event::DeadlineNear { .. }
            | Event::DeadlineMissed { .. }
            | Event::OwnerSought { .. }
            | Event::AuditViewed { .. } => {}
            _ => self.session_mut(record)?.apply(record),
        }
        if let Some(session) = self.sessions.last_mut() {
            session.chair_acts(record);
        }
        Ok(())
    }

    fn convened(&mut self, record: &Record) {
        let Event::SessionConvened {
            session: no,
            form,
            complex,
            starts_at,
            held,
            convenor,
            chair,
            recorder,
            carried,
            open_actions,
        } = &record.event
        else {
            return;
        };
        self.sessions.push(Session {
            no: *no,
            form: *form,
            complex: *complex,
            held: *held,
            stage: Stage::Gathering,
            convened_at: record.at,
            starts_at: *starts_at,
            put_back: false,
            agreements: Vec::new(),
            opened_at: None,
            reached: Stage::Gathering,
            skip_reasons: Vec::new(),
            adjournments: Vec::new(),
            closed_at: None,
            convenor: *convenor,
            chair_invitation: *chair,
            chairing: Chairing::default(),
            recorder: *recorder,
            call: None,
            not_needed: BTreeMap::new(),
            invitations: Vec::new(),
            attendance: self.seats_of_the_next_session().map(|seat| (seat, Attendance::default())).collect(),
            submissions: Vec::new(),
            weighed: BTreeMap::new(),
            quorum: Vec::new(),
            quorum_at_decision: None,
            roles_met: BTreeSet::new(),
            reminded_at: None,
            chairing_adopted: None,
            chair_allowed: true,
            held_late: false,
            turns: Vec::new(),
            floor: None,
            not_heard: Vec::new(),
            round_closed_for: None,
            contributions: Vec::new(),
            natures: BTreeMap::new(),
            read_back_to: BTreeMap::new(),
            checked: BTreeMap::new(),
            questions: Vec::new(),
            limits: Limits::new(),
            taken_back: Vec::new(),
            question_time: QuestionTime::default(),
            drafts: Vec::new(),
            decision_marks: BTreeMap::new(),
            reminders: Vec::new(),
            suggestions: Vec::new(),
            positions_hidden: false,
            views_hidden: false,
            read_back_at: None,
            list_confirmed: None,
            positions: Vec::new(),
            positions_right: BTreeSet::new(),
            positions_as_entered: Vec::new(),
            challenges: Vec::new(),
            escalations: Escalations::default(),
            safety_asked: Vec::new(),
            handovers: Vec::new(),
            closed_over: Vec::new(),
            close_reason: None,
            carries_over: false,
            carried: carried.clone(),
            open_actions: open_actions.clone(),
            to_invite: Vec::new(),
            draft_version: 0,
            signed_at: None,
            circulation: Vec::new(),
            family: FamilyDraft::default(),
            copies_opened: Vec::new(),
            judgements: Vec::new(),
            breaches: Vec::new(),
            completion_reviews: Vec::new(),
            issuing: Issuing::default(),
        });
    }

    /// A guest's seat ends with its session (INV-34).
    fn seats_of_the_next_session(&self) -> impl Iterator<Item = SeatId> {
        let is_first = self.sessions.is_empty();
        let lasts = |seat: &&Seat| !self.ended_seats.contains_key(&seat.id);
        let seats = self.seats.iter().filter(lasts);
        seats.filter(move |seat| is_first || seat.person.account.is_some()).map(|seat| seat.id)
    }

    /// Everything open goes over: actions, the turn to come, and what is asked of them (SES-16).
    fn handed_on(&mut self, from: SeatId, to: SeatId, record: &Record) {
        for no in self.open_actions_of(from) {
            let own = self.actions.iter_mut().filter(|action| action.entered.no == no);
            own.for_each(|action| action.goes_over(to, record));
        }
        self.ended_seats.insert(from, SeatEnd::HandedOn(to));
        if let Some(session) = self.sessions.last_mut() {
            session.seat_ends(from, record);
            session.goes_over(from, to);
        }
    }

    fn request_is(&mut self, answer: RequestAnswer) {
        if let Some(requested) = &mut self.request {
            requested.answer = answer;
        }
    }

    fn session_mut(&mut self, record: &Record) -> Result<&mut Session, OutOfPlace> {
        let session = match record.event.session() {
            Some(no) => self.sessions.iter_mut().find(|session| session.no == no),
            None => self.sessions.last_mut(),
        };
        session.ok_or_else(|| OutOfPlace::new(record))
    }
}

fn action_no(entry: &Entry) -> Option<super::ids::ActionNo> {
    match entry {
        Entry::Action(action) => Some(action.no),
        _ => None,
    }
}
