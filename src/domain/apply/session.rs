//! How each fact changes the session it is of.

use crate::domain::attendance::{Absence, Attendance, Exclusion, Introduction, InvitationState, LeaveBy};
use crate::domain::decision::Draft;
use crate::domain::event::{Event, QuorumLine, Record};
use crate::domain::floor::{Question, QuestionState, TurnState, Whose};
use crate::domain::ids::SeatId;
use crate::domain::session::{Agreement, Alert, Session, Weighed};
use std::collections::BTreeMap;

impl Session {
    fn at(&mut self, seat: SeatId) -> &mut Attendance {
        self.attendance.entry(seat).or_default()
    }

    pub(super) fn apply(&mut self, record: &Record) {
        if let Some(stage) = record.event.stage() {
            self.stage = stage;
            self.reached = if stage.is_sitting() { stage } else { self.reached };
        }
        match &record.event {
            Event::SessionRescheduled { starts_at, put_back } => {
                self.starts_at = Some(*starts_at);
                self.put_back |= *put_back;
            }
            Event::AgreementGiven { line, rank } => self.agreements.push(Agreement {
                line: line.clone(),
                by: record.actor.clone(),
                rank: rank.clone(),
                at: record.at,
            }),
            Event::Invited { .. }
            | Event::InvitationAccepted { .. }
            | Event::InvitationDeclined { .. }
            | Event::InvitationWithdrawn { .. }
            | Event::ConflictAnswered { .. }
            | Event::MailboxNotified { .. }
            | Event::NoticeUndelivered { .. }
            | Event::InvitationUnanswered { .. }
            | Event::InvitationEscalated { .. } => self.answered(record),
            Event::ProposalTurnedDown { proposal, reason } => {
                self.not_needed.insert(proposal.clone(), reason.clone());
            }
            Event::LookUpOpened { seat } => self.at(*seat).looked_up_at = Some(record.at),
            Event::InformationSent { contribution } => {
                self.at(contribution.seat).informed = true;
                self.submissions.push(contribution.clone());
            }
            Event::SubmissionWeighed { contribution, act_now } => {
                let weighed = Weighed { act_now: *act_now, by: record.actor.clone(), at: record.at };
                self.weighed.insert(*contribution, weighed);
            }
            Event::TextPrepared { seat, fields, .. } => self.at(*seat).prepared = Some(fields.clone()),
            Event::PreparedTextReleased { seat } => self.at(*seat).prepared = None,
            Event::MeetingConfirmed { seat } => self.at(*seat).confirmed_at = Some(record.at),
            Event::WrongMeeting { seat, invitation, possible_breach } => {
                self.leaves(*seat, record);
                self.at(*seat).possible_breach = *possible_breach;
                self.at(*seat).excluded = Some(Exclusion::WrongMeeting);
                if let Some(invitation) = invitation {
                    self.invited(*invitation, |state| state.seat = None);
                }
            }
            Event::Reminded { .. } => self.reminded_at = Some(record.at),
            Event::Introduced { seat, authorised, basis, by_enrolment, authority_not_stated } => {
                let authorised = (!authority_not_stated).then_some(*authorised);
                let (basis, by_enrolment) = (basis.clone(), *by_enrolment);
                self.at(*seat).introduced = Some(Introduction { at: record.at, authorised, basis, by_enrolment });
            }
            Event::LeaveByGiven { seat, at, first } => {
                self.at(*seat).leave_by = Some(LeaveBy { at: *at, first: *first });
            }
            Event::Arrived { seat } => self.at(*seat).present.push((record.at, None)),
            Event::Left { seat } => self.leaves(*seat, record),
            Event::MeansRecorded { seat, means } => self.at(*seat).means = Some(*means),
            Event::StoodDown { seat, reason } => {
                self.leaves(*seat, record);
                self.at(*seat).excluded = Some(Exclusion::StoodDown(reason.clone()));
            }
            Event::AbsenceMarked { who, absence, reason } => match who {
                Whose::Seat(seat) => self.at(*seat).absence = Some((*absence, reason.clone())),
                Whose::Invitation(id) => self.invited(*id, |state| state.absence = Some((*absence, reason.clone()))),
            },
            Event::SessionOpened { quorum, chair_allowed, held_late, .. } => {
                self.opened_at = Some(record.at);
                self.quorum_is(quorum);
                self.chair_allowed = *chair_allowed;
                self.held_late = *held_late;
            }
            Event::SkipExplained { items, reason } => self.skip_reasons.push((items.clone(), reason.clone())),
            Event::ChairingAdopted => self.chairing_adopted = Some((record.actor.clone(), record.at)),
            Event::OrderAnnounced { turns } => {
                let spent: BTreeMap<_, _> = self.turns.drain(..).map(|state| (state.turn.id, state)).collect();
                self.turns = turns
                    .iter()
                    .map(|turn| spent.get(&turn.id).cloned().unwrap_or_else(|| TurnState::new(turn)))
                    .collect();
            }
            Event::FloorGiven { turn } => {
                self.floor = Some(*turn);
                self.turned(*turn, |state| state.began_at = Some(record.at));
            }
            Event::Contributed { contribution } => self.contributions.push((contribution.clone(), record.at)),
            Event::ContributionReadBack { contribution } => {
                self.read_back_to.insert(*contribution, record.at);
            }
            Event::FloorReleased { turn, how } => {
                self.floor = None;
                self.turned(*turn, |state| state.ended = Some(how.clone()));
            }
            Event::QuorumStated { quorum, attendance_changed } => {
                self.quorum_is(quorum);
                if !attendance_changed {
                    self.quorum_at_decision = Some(quorum.clone());
                }
            }
            Event::ReadBackGiven => self.read_back_at = Some(record.at),
            Event::ViewsHidden => self.views_hidden = true,
            Event::ViewsShown => self.views_hidden = false,
            Event::PositionGiven { position } => {
                self.positions.retain(|(earlier, _)| earlier.seat != position.seat);
                self.positions.push((position.clone(), record.at));
            }
            Event::ChallengeRaised { challenge } => self.challenges.push(challenge.clone()),
            Event::DangerRaised { .. } | Event::DangerAcknowledged { .. } => self.danger(record),
            Event::QuestionRaised { .. }
            | Event::QuestionPut { .. }
            | Event::QuestionAnswered { .. }
            | Event::QuestionGivenUp { .. }
            | Event::NoQuestions { .. } => self.questioned(record),
            Event::SessionClosed { .. }
            | Event::DraftIssued { .. }
            | Event::MinutesSigned { .. }
            | Event::MinutesCirculated { .. }
            | Event::CopyOpened { .. }
            | Event::Filed { .. } => self.ended(record),
            // Facts of the case, which takes them itself, and facts that change nothing but the stage.
            Event::ReferralRegistered { .. }
            | Event::DiscussionRequested { .. }
            | Event::RequestRead
            | Event::RequestTakenUp { .. }
            | Event::RequestDeclined { .. }
            | Event::RequestUnanswered { .. }
            | Event::CaseLinked { .. }
            | Event::ByNameOnlySet { .. }
            | Event::SubmissionRead { .. }
            | Event::PreparedTextKept { .. }
            | Event::ReferralAmended { .. }
            | Event::ChildListed { .. }
            | Event::AdultListed { .. }
            | Event::ChildAmended { .. }
            | Event::AdultAmended { .. }
            | Event::AdultFlagged { .. }
            | Event::SeatTaken { .. }
            | Event::SessionConvened { .. }
            | Event::Entered { .. }
            | Event::DraftsConfirmed { .. }
            | Event::ActionAnswered { .. }
            | Event::ActionDone { .. }
            | Event::ActionChanged { .. }
            | Event::LeaveByNear { .. }
            | Event::DateAsked
            | Event::ProtectionReviewDue { .. }
            | Event::StillUndecided { .. }
            | Event::StageEntered { .. }
            | Event::DeadlineNear { .. }
            | Event::DeadlineMissed { .. } => {}
        }
    }

    /// An invitation and what became of it (INV-22).
    fn answered(&mut self, record: &Record) {
        match &record.event {
            Event::Invited { invitation } => {
                self.invitations.push(InvitationState::new(invitation.clone(), record.at));
            }
            Event::InvitationAccepted { invitation, seat } => {
                self.invited(*invitation, |state| (state.seat, state.absence) = (Some(*seat), None));
                let attendance = self.at(*seat);
                (attendance.accepted_at, attendance.absence) = (Some(record.at), None);
            }
            Event::InvitationDeclined { invitation, reason, by } => {
                let absence = Some((Absence::Apologies, reason.clone().some()));
                self.invited(*invitation, |state| {
                    (state.seat, state.absence) = (None, absence.clone());
                    state.declined = Some((record.at, *by));
                });
                if let Some(seat) = by {
                    let attendance = self.at(*seat);
                    (attendance.accepted_at, attendance.absence) = (None, absence);
                }
            }
            Event::InvitationWithdrawn { invitation, reason } => {
                self.invited(*invitation, |state| state.withdrawn = Some((record.at, reason.clone())));
            }
            Event::ConflictAnswered { invitation, conflict } => {
                self.invited(*invitation, |state| state.conflict = Some(*conflict));
            }
            Event::MailboxNotified { invitation } => {
                self.invited(*invitation, |state| state.mailed_at = Some(record.at));
            }
            Event::NoticeUndelivered { invitation, by_mail } => {
                self.invited(*invitation, |state| {
                    state.card_undelivered |= !by_mail;
                    state.mail_undelivered |= *by_mail;
                });
            }
            Event::InvitationUnanswered { invitation } => {
                self.invited(*invitation, |state| state.unanswered_at = Some(record.at));
            }
            Event::InvitationEscalated { invitation, step } => {
                self.invited(*invitation, |state| state.escalated.push(step.clone()));
            }
            _ => {}
        }
    }

    fn questioned(&mut self, record: &Record) {
        match &record.event {
            Event::QuestionRaised { question, by, to, text, state } => self.questions.push(Question {
                id: *question,
                by: *by,
                to: to.clone(),
                text: text.clone(),
                state: *state,
                answer: None,
            }),
            Event::QuestionPut { question, to } => self.asked(*question, |asked| {
                asked.to = Some(to.clone());
                asked.state = QuestionState::Asked;
            }),
            Event::QuestionAnswered { question, by, text } => self.asked(*question, |asked| {
                asked.answer = Some((*by, text.clone(), record.at));
                asked.state = QuestionState::Answered;
            }),
            Event::QuestionGivenUp { question } => self.asked(*question, |asked| asked.state = QuestionState::GivenUp),
            Event::NoQuestions { seat } => self.at(*seat).no_questions = true,
            _ => {}
        }
    }

    fn danger(&mut self, record: &Record) {
        match (&record.event, record.actor.seat) {
            (Event::DangerRaised { alert, by_kind, danger, text }, _) => self.alerts.push(Alert {
                id: *alert,
                by: record.actor.clone(),
                by_kind: *by_kind,
                at: record.at,
                danger: *danger,
                text: text.clone(),
                acknowledged: None,
            }),
            (Event::DangerAcknowledged { alert }, Some(by)) => {
                for raised in self.alerts.iter_mut().filter(|raised| raised.id == *alert) {
                    raised.acknowledged = Some((by, record.at));
                }
            }
            _ => {}
        }
    }

    fn ended(&mut self, record: &Record) {
        match &record.event {
            Event::SessionClosed { open, reason } => {
                self.closed_at = Some(record.at);
                self.floor = None;
                self.closed_over = open.clone();
                self.close_reason = reason.clone();
                let here: Vec<_> = self.here().collect();
                here.into_iter().for_each(|seat| self.leaves(seat, record));
            }
            Event::DraftIssued { version, .. } => self.draft_version = *version,
            Event::MinutesSigned { .. } => self.signed_at = Some(record.at),
            Event::MinutesCirculated { version, recipients, .. } => {
                self.circulation.extend(recipients.iter().map(|recipient| (recipient.clone(), record.at, *version)));
            }
            Event::CopyOpened { seat, version, .. } => self.copies_opened.push((*seat, record.at, *version)),
            Event::Filed { seat, .. } => self.at(*seat).filed_at = Some(record.at),
            _ => {}
        }
    }

    pub(super) fn entered(&mut self, record: &Record) {
        let (Event::Entered { draft, entry, replaces }, Some(by)) = (&record.event, record.actor.seat) else { return };
        for replaced in self.drafts.iter_mut().filter(|earlier| Some(earlier.id) == *replaces) {
            replaced.replaced = true;
        }
        self.drafts.push(Draft {
            id: *draft,
            entry: entry.clone(),
            entered_by: by,
            entered_at: record.at,
            confirmed: None,
            replaced: false,
        });
    }

    pub(super) fn confirmed(&mut self, record: &Record) {
        let (Event::DraftsConfirmed { drafts }, Some(by)) = (&record.event, record.actor.seat) else { return };
        for draft in self.drafts.iter_mut().filter(|draft| drafts.contains(&draft.id)) {
            draft.confirmed = Some((by, record.at));
        }
    }

    fn quorum_is(&mut self, quorum: &[QuorumLine]) {
        self.quorum = quorum.to_vec();
        self.roles_met.extend(quorum.iter().filter(|line| line.met).map(|line| line.role.clone()));
    }

    fn leaves(&mut self, seat: SeatId, record: &Record) {
        if let Some((_, left)) = self.at(seat).present.last_mut() {
            left.get_or_insert(record.at);
        }
    }

    fn invited(&mut self, id: crate::domain::ids::InvitationId, change: impl FnOnce(&mut InvitationState)) {
        if let Some(state) = self.invitations.iter_mut().find(|state| state.invitation.id == id) {
            change(state);
        }
    }

    fn turned(&mut self, id: crate::domain::ids::TurnId, change: impl FnOnce(&mut TurnState)) {
        if let Some(state) = self.turns.iter_mut().find(|state| state.turn.id == id) {
            change(state);
        }
    }

    fn asked(&mut self, id: crate::domain::ids::QuestionId, change: impl FnOnce(&mut Question)) {
        if let Some(question) = self.questions.iter_mut().find(|question| question.id == id) {
            change(question);
        }
    }
}

impl TurnState {
    fn new(turn: &crate::domain::floor::Turn) -> Self {
        Self { turn: turn.clone(), began_at: None, ended: None }
    }
}
