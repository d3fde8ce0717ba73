//! How each fact changes the session it is of.

use crate::domain::adjournment::{Adjournment, Interim};
use crate::domain::attendance::{Attendance, Exclusion, Introduction, LeaveBy};
use crate::domain::audit::{BreachAssessment, Judged, PossibleBreach};
use crate::domain::chairing::Chaired;
use crate::domain::decision::{Draft, Position};
use crate::domain::event::{Event, Fields, QuorumLine, Record};
use crate::domain::family_draft::Lifted;
use crate::domain::floor::{Addressee, QuestionState, TurnState, Whose};
use crate::domain::gist::Checked;
use crate::domain::handover::Handover;
use crate::domain::ids::{ContributionId, DraftId, SeatId};
use crate::domain::item_zero::{self, Occasion};
use crate::domain::limits::Item;
use crate::domain::plan::ListConfirmed;
use crate::domain::positions::stands_beside;
use crate::domain::purpose::Reminder;
use crate::domain::session::{Agreement, Session, Weighed};
use crate::domain::stage::Stage;
use std::collections::BTreeMap;

impl Session {
    pub(super) fn at(&mut self, seat: SeatId) -> &mut Attendance {
        self.attendance.entry(seat).or_default()
    }

    pub(super) fn apply(&mut self, record: &Record) {
        if record.actor.seat.is_some() {
            self.issuing.touched_at = Some(record.at);
        }
        // A session nobody closed sits on, drafted or not.
        let stage = record.event.stage().filter(|stage| *stage != Stage::Minutes || self.closed_at.is_some());
        if let Some(stage) = stage {
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
            Event::CompletionReviewed { by, result, .. } => {
                self.completion_reviews.push((*by, record.at, result.clone()));
            }
            Event::InviteesListed { invitees } => self.to_invite.clone_from(invitees),
            Event::CallGiven { details } => self.call = Some(details.clone()),
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
                if *possible_breach {
                    let (entry, seat) = (record.seq, *seat);
                    self.breaches.push(PossibleBreach { entry, seat, assessed: Vec::new() });
                }
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
            Event::SightChosen { seat, sight } => self.at(*seat).sight = Some(*sight),
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
                self.opens(record);
            }
            Event::SessionAdjourned { interim } => self.adjourns(interim, record),
            Event::InterimSupplied { interim } => {
                if let Some(last) = self.adjournments.last_mut() {
                    last.interim = last.interim.supplied(interim);
                }
            }
            Event::SessionResumed { quorum } => {
                if let Some(last) = self.adjournments.last_mut() {
                    last.resumed_at = Some(record.at);
                }
                self.quorum_is(quorum);
                if self.read_back_at.is_some() {
                    self.asks_of_safety(Occasion::Close, record);
                }
            }
            Event::HandoverMade => self.handovers.push(Handover { at: record.at, read: Vec::new() }),
            Event::HandoverRead => {
                let read = self.handovers.last_mut().map(|last| &mut last.read);
                read.into_iter().for_each(|read| read.push((record.actor.clone(), record.at)));
            }
            Event::ViceChairNamed { seat } => self.chairing.vice = Some(*seat),
            Event::ChairTaken { seat, how, chair_allowed } => {
                self.chairing.chaired.push(Chaired { seat: *seat, from: record.at, how: Some(*how) });
                self.chairing.offered.clear();
                self.chair_allowed = *chair_allowed;
                // What a second manager made their own was the chairing of somebody else.
                self.chairing_adopted = self.chairing_adopted.take().filter(|_| *chair_allowed);
            }
            Event::ChairSilent { offered, .. } => self.chairing.offered.extend(offered),
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
            Event::ContributionMarked { contribution, nature } => {
                self.natures.insert(*contribution, *nature);
            }
            Event::SourceStated { contribution, source } => {
                for (shared, _) in self.contributions.iter_mut().filter(|(shared, _)| shared.id == *contribution) {
                    shared.on_behalf_of = Some(source.clone());
                }
            }
            Event::ContributionReadBack { contribution } => {
                self.read_back_to.insert(*contribution, record.at);
            }
            Event::FloorReleased { turn, how } => {
                self.floor = None;
                self.turned(*turn, |state| state.ended = Some(how.clone()));
            }
            Event::Limited { .. }
            | Event::LimitChanged { .. }
            | Event::WideningAsked { .. }
            | Event::WideningRefused { .. } => self.limited_to(record),
            Event::RoundClosed { not_heard, reason } => {
                self.not_heard.clone_from(not_heard);
                self.round_closed_for = *reason;
            }
            Event::QuorumStated { quorum, attendance_changed } => {
                self.quorum_is(quorum);
                if !attendance_changed {
                    self.quorum_at_decision = Some(quorum.clone());
                }
            }
            Event::DecisionMarked { draft, missing } => {
                self.decision_marks.insert(*draft, missing.clone());
            }
            Event::ReadBackGiven => {
                self.read_back_at = Some(record.at);
                self.asks_of_safety(Occasion::Close, record);
            }
            Event::ActionsConfirmed { actions } => {
                let (by, at, actions) = (record.actor.clone(), record.at, actions.clone());
                self.list_confirmed = Some(ListConfirmed { by, at, actions });
            }
            Event::ViewsHidden => self.views_hidden = true,
            Event::ViewsShown => self.views_hidden = false,
            Event::PositionGiven { position } => self.takes_position(position, record),
            Event::PositionsHidden => self.positions_hidden = true,
            Event::PositionsShown => self.positions_hidden = false,
            Event::PurposeReminded { draft, action } => {
                let (by, at) = (record.actor.clone(), record.at);
                self.reminders.push(Reminder { draft: *draft, action: *action, by, at });
            }
            Event::Suggested { .. } | Event::SuggestionAnswered { .. } => self.suggested(record),
            Event::PositionConfirmed { seat } => drop(self.positions_right.insert(*seat)),
            Event::WordsConfirmed { contribution } => {
                self.checked.insert(*contribution, Checked { at: record.at, as_entered: None });
            }
            Event::ChallengeInvited
            | Event::ChallengeRaised { .. }
            | Event::ChallengeFiled { .. }
            | Event::ChallengeSettled { .. }
            | Event::ChallengeEscalated { .. }
            | Event::ChallengeAnswered { .. }
            | Event::ChallengeNear { .. }
            | Event::ChallengeOverdue { .. } => self.challenged(record),
            Event::AbsenceEscalation { .. }
            | Event::HealthOmitted { .. }
            | Event::HealthQuestioned { .. }
            | Event::PoliceUnavailable
            | Event::PoliceTalkLogged { .. } => self.escalated(record),
            Event::WordsCorrected { contribution, fields } => self.corrected(*contribution, fields, record),
            Event::QuestionRaised { .. }
            | Event::QuestionPut { .. }
            | Event::QuestionAnswered { .. }
            | Event::QuestionGivenUp { .. }
            | Event::QuestionMarkedUrgent { .. }
            | Event::UrgentQuestionKept { .. }
            | Event::QuestionsInvited { .. }
            | Event::QuestionsOver { .. }
            | Event::QuestionAllocated { .. }
            | Event::NoQuestions { .. } => self.questioned(record),
            Event::StageEntered { .. } => self.question_time.asking = None,
            Event::SessionClosed { .. }
            | Event::DraftIssued { .. }
            | Event::MinutesSigned { .. }
            | Event::MinutesCirculated { .. }
            | Event::CopyOpened { .. }
            | Event::FamilyLinesTicked { .. }
            | Event::FamilyEmbargoLifted { .. }
            | Event::Filed { .. }
            | Event::RecordEndorsed { .. }
            | Event::CorrectionRequested { .. }
            | Event::CorrectionAnswered { .. }
            | Event::RecipientChosen { .. }
            | Event::ClosePrompted => self.ended(record),
            Event::JudgementRecorded { judgement, words, .. } => self.judgements.push(Judged {
                judgement: *judgement,
                words: words.clone(),
                by: record.actor.clone(),
                at: record.at,
            }),
            Event::BreachAssessed { entry, finding, words, .. } => {
                let (finding, words, by, at) = (*finding, words.clone(), record.actor.clone(), record.at);
                let meant = self.breaches.iter_mut().filter(|breach| breach.entry == *entry);
                let assessment = BreachAssessment { finding, words, by, at };
                meant.for_each(|breach| breach.assessed.push(assessment.clone()));
            }
            // Facts of the case, which takes them itself, and facts that change nothing but the stage.
            Event::ReferralRegistered { .. }
            | Event::OwnerSought { .. }
            | Event::OwnerNamed { .. }
            | Event::DangerRaised { .. }
            | Event::DangerDescribed { .. }
            | Event::DangerRepeated { .. }
            | Event::DangerAcknowledged { .. }
            | Event::FalseAlarmMarked { .. }
            | Event::DiscussionRequested { .. }
            | Event::RequestRead
            | Event::RequestTakenUp { .. }
            | Event::RequestDeclined { .. }
            | Event::RequestUnanswered { .. }
            | Event::CaseLinked { .. }
            | Event::ByNameOnlySet { .. }
            | Event::SubmissionRead { .. }
            | Event::AuditViewed { .. }
            | Event::LimitedRead { .. }
            | Event::PreparedTextKept { .. }
            | Event::ReferralAmended { .. }
            | Event::ChildListed { .. }
            | Event::AdultListed { .. }
            | Event::ChildAmended { .. }
            | Event::AdultAmended { .. }
            | Event::AdultFlagged { .. }
            | Event::SeatTaken { .. }
            | Event::SeatHandedOn { .. }
            | Event::OwnerLeft { .. }
            | Event::LeaversChased
            | Event::Masked { .. }
            | Event::Unmasked { .. }
            | Event::Crossed { .. }
            | Event::NoLongerHeld { .. }
            | Event::TakenBack { .. }
            | Event::WrongCaseMarked { .. }
            | Event::SessionConvened { .. }
            | Event::Entered { .. }
            | Event::DraftsConfirmed { .. }
            | Event::ActionAnswered { .. }
            | Event::ActionDone { .. }
            | Event::ActionChanged { .. }
            | Event::ActionReported { .. }
            | Event::ReportAnswered { .. }
            | Event::ActionFollowedUp { .. }
            | Event::CompletionReviewDue { .. }
            | Event::LeaveByNear { .. }
            | Event::SpeakerNudged { .. }
            | Event::MessageHeldBack { .. }
            | Event::DateAsked
            | Event::CallDetailsRead { .. }
            | Event::HistoryRead { .. }
            | Event::FamilyDraftOpened { .. }
            | Event::ProtectionReviewDue { .. }
            | Event::FilingChased { .. }
            | Event::StillUndecided { .. }
            | Event::StillWithoutAction { .. }
            | Event::ReviewAsked { .. }
            | Event::ReviewAnswered { .. }
            | Event::CaseClosed { .. }
            | Event::ActionCancelled { .. }
            | Event::StillChairing
            | Event::DeadlineNear { .. }
            | Event::DeadlineMissed { .. } => {}
        }
    }

    /// The last position of a seat stands; one the recorder entered is kept beside one of their own (SES-08).
    fn takes_position(&mut self, position: &Position, record: &Record) {
        let is_theirs =
            |(earlier, _): &(Position, _)| earlier.seat == position.seat && !stands_beside(earlier, position);
        let earlier = self.positions.iter().find(|earlier| is_theirs(earlier)).map(|(earlier, _)| earlier.clone());
        let was_entered = |earlier: &Position| earlier.entered_by.is_some() && position.entered_by.is_none();
        self.positions_as_entered.extend(earlier.filter(was_entered));
        self.positions.retain(|earlier| !is_theirs(earlier));
        self.positions.push((position.clone(), record.at));
        self.positions_right.remove(&position.seat);
    }

    /// It reads as its speaker says, and what the recorder had first is kept (SES-08).
    fn corrected(&mut self, id: ContributionId, fields: &Fields, record: &Record) {
        let Some((contribution, _)) = self.contributions.iter_mut().find(|(said, _)| said.id == id) else { return };
        let stood = std::mem::replace(&mut contribution.fields, fields.clone());
        let first = self.checked.remove(&id).and_then(|checked| checked.as_entered).unwrap_or(stood);
        self.checked.insert(id, Checked { at: record.at, as_entered: Some(first) });
    }

    fn ended(&mut self, record: &Record) {
        match &record.event {
            Event::SessionClosed { open, reason, carries_over } => {
                self.closed_at = Some(record.at);
                self.carries_over = *carries_over;
                self.floor = None;
                self.closed_over = open.clone();
                self.close_reason = reason.clone();
                self.everybody_leaves(record);
                if self.safety_asked.last().is_none_or(|last| last.occasion != Occasion::Close) {
                    self.asks_of_safety(Occasion::Close, record);
                }
            }
            // A later version is the chair's to sign anew.
            Event::DraftIssued { version, .. } => {
                (self.draft_version, self.signed_at) = (*version, None);
                self.issuing.drafted_at = Some(record.at);
                let unlisted = self.issuing.corrections.iter_mut().filter_map(|correction| correction.answer.as_mut());
                for answer in unlisted.filter(|answer| answer.accepted && answer.version.is_none()) {
                    answer.version = Some(*version);
                }
            }
            Event::MinutesSigned { .. } => self.signed_at = Some(record.at),
            Event::MinutesCirculated { version, recipients, owners, .. } => {
                if let Some(copy) = owners {
                    self.issuing.owners_copy = Some((*copy, record.actor.clone(), record.at));
                }
                self.circulation.extend(recipients.iter().map(|recipient| (recipient.clone(), record.at, *version)));
            }
            Event::CopyOpened { seat, version, .. } => self.copies_opened.push((*seat, record.at, *version)),
            Event::FamilyLinesTicked { lines, ticked, .. } => {
                self.family.ticked.retain(|line| !lines.contains(line));
                self.family.ticked.extend(lines.iter().filter(|_| *ticked).cloned());
            }
            Event::FamilyEmbargoLifted { line, withheld, reason, .. } => self.family.lifted.push(Lifted {
                line: line.clone(),
                reason: reason.clone(),
                by: record.actor.clone(),
                at: record.at,
                withheld: withheld.clone(),
            }),
            Event::Filed { seat, .. } => self.at(*seat).filed_at = Some(record.at),
            Event::ClosePrompted => self.issuing.close_prompted_at = Some(record.at),
            _ => self.said_of_the_record(record),
        }
    }

    pub(super) fn entered(&mut self, record: &Record) {
        let (Event::Entered { draft, entry, replaces }, Some(by)) = (&record.event, record.actor.seat) else { return };
        for replaced in self.drafts.iter_mut().filter(|earlier| Some(earlier.id) == *replaces) {
            replaced.replaced = true;
            // What takes its place is for the same readers.
            if let Some(limit) = self.limits.get(&Item::Entry(replaced.id)).cloned() {
                self.limits.insert(Item::Entry(*draft), limit);
            }
        }
        self.drafts.push(Draft {
            id: *draft,
            entry: entry.clone(),
            entered_by: by,
            entered_at: record.at,
            confirmed: None,
            replaced: false,
            replaces: *replaces,
        });
    }

    pub(super) fn confirmed(&mut self, record: &Record) {
        let (Event::DraftsConfirmed { drafts }, Some(by)) = (&record.event, record.actor.seat) else { return };
        for draft in self.drafts.iter_mut().filter(|draft| drafts.contains(&draft.id)) {
            draft.confirmed = Some((by, record.at));
        }
    }

    /// From now on whoever was to chair does, unless somebody has taken the chair before.
    fn opens(&mut self, record: &Record) {
        if let Some(seat) = self.chair().filter(|_| self.chairing.chaired.is_empty()) {
            self.chairing.chaired.push(Chaired { seat, from: record.at, how: None });
        }
        self.asks_of_safety(Occasion::Opening, record);
    }

    /// The floor is nobody's, nobody is present, and everybody but whoever convenes stands before the door again.
    fn adjourns(&mut self, interim: &Interim, record: &Record) {
        self.adjournments.push(Adjournment {
            at: record.at,
            by: record.actor.clone(),
            interim: interim.clone(),
            floor: self.floor.take(),
            resumed_at: None,
        });
        self.everybody_leaves(record);
        let convenor = self.convenor;
        let others = self.attendance.iter_mut().filter(|(seat, _)| **seat != convenor);
        others.for_each(|(_, attendance)| attendance.goes_outside());
        self.asks_of_safety(Occasion::Adjournment, record);
    }

    /// What was answered before the opening is an answer at the opening.
    fn asks_of_safety(&mut self, occasion: Occasion, record: &Record) {
        let entered = self.drafts.iter().map(|draft| draft.id.0).max().unwrap_or(0);
        let from = DraftId(if occasion == Occasion::Opening { 1 } else { entered + 1 });
        self.safety_asked.push(item_zero::Asking { occasion, at: record.at, from });
    }

    /// The chair's seat did something, whatever it was (SES-05).
    pub(super) fn chair_acts(&mut self, record: &Record) {
        if record.actor.seat.is_some() && record.actor.seat == self.chair() {
            self.chairing.acted_at = Some(record.at);
            self.chairing.offered.clear();
        }
    }

    fn everybody_leaves(&mut self, record: &Record) {
        let here: Vec<_> = self.here().collect();
        here.into_iter().for_each(|seat| self.leaves(seat, record));
    }

    fn quorum_is(&mut self, quorum: &[QuorumLine]) {
        self.quorum = quorum.to_vec();
        self.roles_met.extend(quorum.iter().filter(|line| line.met).map(|line| line.role.clone()));
    }

    /// Out at once, whoever had the seat (SES-16, SES-17).
    pub(super) fn seat_ends(&mut self, seat: SeatId, record: &Record) {
        if self.attendance.contains_key(&seat) {
            self.leaves(seat, record);
            self.at(seat).excluded = Some(Exclusion::SeatEnded);
        }
    }

    /// Another seat has what this one had: its turn to come, what is asked of it, and its part in the session.
    pub(super) fn goes_over(&mut self, from: SeatId, to: SeatId) {
        let to_come = self.turns.iter_mut().filter(|state| state.began_at.is_none() && state.ended.is_none());
        for state in to_come.filter(|state| state.turn.whose == Whose::Seat(from)) {
            state.turn.whose = Whose::Seat(to);
        }
        let asked = self.questions.iter_mut().filter(|question| question.state == QuestionState::Asked);
        for question in asked.filter(|question| question.to == Some(Addressee::Seat(from))) {
            question.to = Some(Addressee::Seat(to));
        }
        for part in [&mut self.convenor, &mut self.recorder].into_iter().filter(|part| **part == from) {
            *part = to;
        }
    }

    fn leaves(&mut self, seat: SeatId, record: &Record) {
        if let Some((_, left)) = self.at(seat).present.last_mut() {
            left.get_or_insert(record.at);
        }
    }

    fn turned(&mut self, id: crate::domain::ids::TurnId, change: impl FnOnce(&mut TurnState)) {
        if let Some(state) = self.turns.iter_mut().find(|state| state.turn.id == id) {
            change(state);
        }
    }
}

impl TurnState {
    fn new(turn: &crate::domain::floor::Turn) -> Self {
        Self { turn: turn.clone(), began_at: None, ended: None }
    }
}
