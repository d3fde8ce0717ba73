//! What the room hears of each fact: once, under the speaker's name, role and agency (TURN-07).

mod deciding;
mod gaps;
mod opening;
mod questions;
mod round;
mod views;

use minijinja::context;

use crate::domain::calendar;
use crate::domain::event::{Event, Record};
use crate::domain::floor::{Contribution, QuestionState};
use crate::domain::ids::{AccountId, QuestionId, SeatId};
use crate::domain::limits::Item;
use crate::domain::session::Session;
use crate::domain::spoken::Spoken;

use super::Scene;
use super::message::{Button, MESSAGE_CHARACTERS_MAX, Message, parts};

impl Scene<'_> {
    /// The posts one fact makes in the room, in order. Most facts only change the board.
    pub fn posts(&self, record: &Record) -> Vec<Message> {
        let Some(session) = self.case.session() else { return Vec::new() };
        match &record.event {
            Event::SessionOpened { quorum, .. } => self.opening(session, quorum),
            Event::ReferralAmended { amendment } if session.opened_at.is_some() => {
                self.long(&self.amended(record, amendment))
            }
            // Of an earlier session nothing can be answered any more.
            Event::DraftIssued { session: of, .. } if of.is_none_or(|of| of == session.no) => self.asked_again(session),
            Event::OrderAnnounced { turns } => self.long(&self.order(turns)),
            Event::LeaveByGiven { seat, at, first } => vec![self.leave_by(session, *seat, *at, *first)],
            Event::LeaveByNear { seat, at } => vec![self.leave_by_near(session, *seat, *at)],
            Event::FloorGiven { turn } => self.banner(session, *turn).into_iter().collect(),
            Event::Contributed { contribution } => self.shared(session, contribution),
            Event::WordsCorrected { contribution, .. } => self.words_corrected(session, *contribution),
            Event::PositionGiven { position } => self.position_entered(session, position.seat).into_iter().collect(),
            Event::ContributionMarked { contribution, nature } => {
                self.marked(session, *contribution, *nature).into_iter().collect()
            }
            Event::SourceStated { contribution, .. } => {
                self.source_stated(session, *contribution).into_iter().collect()
            }
            Event::FloorReleased { turn, how } => self.released(session, *turn, how).into_iter().collect(),
            Event::QuestionRaised { question, to: Some(to), state: QuestionState::Asked, .. }
            | Event::QuestionPut { question, to } => {
                let asked = session.question(*question);
                asked.map(|asked| self.question(session, asked, to)).unwrap_or_default()
            }
            Event::QuestionMarkedUrgent { question } => vec![self.urgent_waits(session, *question)],
            Event::QuestionsInvited { step, asked, closes_at, again } => {
                self.questions_invited(session, *step, asked, *closes_at, *again)
            }
            Event::QuestionsOver { step, .. } => self.questions_over(session, *step),
            Event::QuestionAnswered { question, by, text } => self.answer(*question, *by, text),
            Event::NoLongerHeld { crossing } => {
                let held = self.case.crossing(*crossing).map(|state| &state.crossing);
                let items = held.into_iter().flat_map(|crossing| &crossing.items);
                items.flat_map(|item| self.no_longer_held(session, *item)).collect()
            }
            Event::LimitChanged { item, readers: None } => self.widened(session, *item),
            Event::StageEntered { stage } => [self.stage(session, *stage), self.gaps(session, *stage)].concat(),
            Event::DraftsConfirmed { drafts } => {
                self.confirmed(session, drafts).into_iter().chain(self.police_asked(session, drafts)).collect()
            }
            Event::ReadBackGiven => self.read_back(session),
            Event::ActionsConfirmed { actions } => vec![self.list_confirmed(actions, record)],
            Event::ViewsShown => self.views_shown(session),
            Event::PositionsShown => self.positions_shown(session),
            Event::Suggested { suggestion, .. } => vec![self.suggested(session, *suggestion)],
            Event::ChallengeInvited
            | Event::ChallengeRaised { .. }
            | Event::ChallengeFiled { .. }
            | Event::ChallengeSettled { .. }
            | Event::ChallengeEscalated { .. }
            | Event::ChallengeAnswered { .. }
            | Event::HealthQuestioned { .. }
            | Event::PoliceUnavailable
            | Event::PoliceTalkLogged { .. } => self.challenge_posts(record),
            Event::Arrived { seat }
                if session.adjourned().is_none() && session.opened_at.is_some_and(|opened| opened < record.at) =>
            {
                let arrived = self.say("room.arrived", *seat, record);
                std::iter::once(arrived).chain(self.sight_asked(session, *seat)).collect()
            }
            Event::Left { seat } => {
                let back = Button::new(&self.press("back"), self.wording);
                vec![self.say("room.left", *seat, record).with_buttons(vec![back])]
            }
            Event::SpeakerNudged { seat } => vec![self.nudged(*seat)],
            Event::WrongMeeting { possible_breach, .. } => vec![self.wrong_meeting(session, *possible_breach)],
            Event::Introduced { seat, authorised: false, authority_not_stated: false, basis, .. } => {
                vec![self.not_authorised(session, *seat, basis.as_ref())]
            }
            Event::QuorumStated { quorum, attendance_changed: true } => vec![self.quorum_changed(session, quorum)],
            Event::ChairingAdopted => vec![self.chairing_adopted(session, &record.actor)],
            Event::StoodDown { seat, .. } => vec![self.say("room.stood_down", *seat, record)],
            Event::SeatHandedOn { from, to } => {
                let (from, to) = (self.person(*from), self.person(*to));
                vec![Message::text(self.wording.say("room.handed_on", context! { from, to }))]
            }
            Event::OwnerLeft { seat } => vec![self.say("room.owner_left", *seat, record)],
            Event::SessionAdjourned { .. } | Event::InterimSupplied { .. } => self.adjourned_post(session),
            Event::SessionResumed { quorum } => self.resumed(session, quorum, record.at),
            Event::ViceChairNamed { seat } => vec![self.vice_chair_named(*seat, &record.actor)],
            Event::ChairTaken { seat, how, .. } => vec![self.chair_taken(session, *seat, *how)],
            Event::ChairSilent { offered, .. } => vec![self.chair_silent(session, offered)],
            Event::OwnerNamed { action, .. } => vec![self.owner_named(*action)],
            Event::DangerRaised { alert, .. } => {
                let raised = self.case.alert(*alert).into_iter();
                raised.map(|raised| self.alert(raised).notifying(self.accounts(session.here()))).collect()
            }
            Event::DangerDescribed { alert, text, .. } => {
                self.case.alert(*alert).map(|alert| self.alert_described(alert, text)).unwrap_or_default()
            }
            Event::DangerAcknowledged { alert, .. } | Event::FalseAlarmMarked { alert, .. } => {
                let over = self.case.alert(*alert).into_iter();
                over.map(|alert| self.alert_over_in_the_room(session, alert)).collect()
            }
            Event::CorrectionRequested { correction, .. } => {
                let of = self.case.session_of(&record.event);
                of.and_then(|of| self.correction_asked(of, *correction)).into_iter().collect()
            }
            Event::CorrectionAnswered { correction, .. } => {
                let of = self.case.session_of(&record.event);
                of.and_then(|of| self.correction_answered(of, *correction)).into_iter().collect()
            }
            Event::ReviewAnswered { holds: false } => vec![self.no_longer_holds(&record.actor)],
            Event::CaseClosed { .. } => self.case_closed().into_iter().collect(),
            Event::SessionClosed { open, reason, .. } => {
                self.long(&self.closed(session, open, reason.as_ref().map(|reason| reason.words())))
            }
            Event::ReferralRegistered { .. }
            | Event::ReferralAmended { .. }
            | Event::DiscussionRequested { .. }
            | Event::RequestRead
            | Event::RequestTakenUp { .. }
            | Event::RequestDeclined { .. }
            | Event::RequestUnanswered { .. }
            | Event::CaseLinked { .. }
            | Event::ChildListed { .. }
            | Event::AdultListed { .. }
            | Event::ChildAmended { .. }
            | Event::AdultAmended { .. }
            | Event::AdultFlagged { .. }
            | Event::ProposalTurnedDown { .. }
            | Event::SeatTaken { .. }
            | Event::LeaversChased
            | Event::Masked { .. }
            | Event::Unmasked { .. }
            | Event::Crossed { .. }
            | Event::TakenBack { .. }
            | Event::WrongCaseMarked { .. }
            | Event::SessionConvened { .. }
            | Event::SessionRescheduled { .. }
            | Event::DateAsked
            | Event::CallGiven { .. }
            | Event::CallDetailsRead { .. }
            | Event::AgreementGiven { .. }
            | Event::Invited { .. }
            | Event::InvitationAccepted { .. }
            | Event::InvitationDeclined { .. }
            | Event::InvitationWithdrawn { .. }
            | Event::ByNameOnlySet { .. }
            | Event::ConflictAnswered { .. }
            | Event::MailboxNotified { .. }
            | Event::NoticeUndelivered { .. }
            | Event::InvitationUnanswered { .. }
            | Event::InvitationEscalated { .. }
            | Event::LookUpOpened { .. }
            | Event::Limited { .. }
            | Event::LimitChanged { .. }
            | Event::WideningAsked { .. }
            | Event::WideningRefused { .. }
            | Event::LimitedRead { .. }
            | Event::InformationSent { .. }
            | Event::SubmissionRead { .. }
            | Event::SubmissionWeighed { .. }
            | Event::TextPrepared { .. }
            | Event::PreparedTextReleased { .. }
            | Event::PreparedTextKept { .. }
            | Event::HandoverMade
            | Event::HandoverRead
            | Event::StillChairing
            | Event::MeansRecorded { .. }
            | Event::SightChosen { .. }
            | Event::ContributionReadBack { .. }
            | Event::MeetingConfirmed { .. }
            | Event::Introduced { .. }
            | Event::Reminded { .. }
            | Event::Arrived { .. }
            | Event::AbsenceMarked { .. }
            | Event::QuestionRaised { .. }
            | Event::QuestionGivenUp { .. }
            | Event::UrgentQuestionKept { .. }
            | Event::QuestionAllocated { .. }
            | Event::ViewsHidden
            | Event::NoQuestions { .. }
            | Event::MessageHeldBack { .. }
            | Event::RoundClosed { .. }
            | Event::SkipExplained { .. }
            | Event::Entered { .. }
            | Event::QuorumStated { .. }
            | Event::DecisionMarked { .. }
            | Event::PositionsHidden
            | Event::PurposeReminded { .. }
            | Event::SuggestionAnswered { .. }
            | Event::ChallengeNear { .. }
            | Event::ChallengeOverdue { .. }
            | Event::AbsenceEscalation { .. }
            | Event::HealthOmitted { .. }
            | Event::WordsConfirmed { .. }
            | Event::PositionConfirmed { .. }
            | Event::ActionAnswered { .. }
            | Event::ActionDone { .. }
            | Event::ActionChanged { .. }
            | Event::OwnerSought { .. }
            | Event::DangerRepeated { .. }
            | Event::ActionReported { .. }
            | Event::ReportAnswered { .. }
            | Event::ActionFollowedUp { .. }
            | Event::CompletionReviewDue { .. }
            | Event::CompletionReviewed { .. }
            | Event::DraftIssued { .. }
            | Event::MinutesSigned { .. }
            | Event::MinutesCirculated { .. }
            | Event::HistoryRead { .. }
            | Event::InviteesListed { .. }
            | Event::CopyOpened { .. }
            | Event::FamilyDraftOpened { .. }
            | Event::FamilyLinesTicked { .. }
            | Event::FamilyEmbargoLifted { .. }
            | Event::AuditViewed { .. }
            | Event::JudgementRecorded { .. }
            | Event::BreachAssessed { .. }
            | Event::Filed { .. }
            | Event::RecordEndorsed { .. }
            | Event::RecipientChosen { .. }
            | Event::FilingChased { .. }
            | Event::ClosePrompted
            | Event::ProtectionReviewDue { .. }
            | Event::StillUndecided { .. }
            | Event::StillWithoutAction { .. }
            | Event::ReviewAsked { .. }
            | Event::ReviewAnswered { holds: true }
            | Event::ActionCancelled { .. }
            | Event::DeadlineNear { .. }
            | Event::DeadlineMissed { .. } => Vec::new(),
        }
    }

    fn say(&self, key: &str, seat: SeatId, record: &Record) -> Message {
        Message::text(self.wording.say(key, context! { who => self.person(seat), time => calendar::time(record.at) }))
    }

    fn shared(&self, session: &Session, contribution: &Contribution) -> Vec<Message> {
        let told = self.entered_for(session, contribution, true);
        self.long(&self.contribution(contribution)).into_iter().chain(told).collect()
    }

    /// What was held, as it would have been posted (SES-15).
    fn no_longer_held(&self, session: &Session, item: Item) -> Vec<Message> {
        match item {
            Item::Contribution(id) => {
                let said = session.contributions.iter().find(|(contribution, _)| contribution.id == id);
                said.map(|(contribution, _)| self.shared(session, contribution)).unwrap_or_default()
            }
            other => self.widened(session, other),
        }
    }

    /// What everybody may read from now on, as it would have been posted (SEC-05).
    fn widened(&self, session: &Session, item: Item) -> Vec<Message> {
        match item {
            Item::Contribution(id) => {
                let said = session.contributions.iter().find(|(contribution, _)| contribution.id == id);
                said.map(|(contribution, _)| self.long(&self.contribution(contribution))).unwrap_or_default()
            }
            Item::Question(id) => {
                let asked = session.question(id).and_then(|asked| Some((asked, asked.to.as_ref()?)));
                asked.map(|(asked, to)| self.question(session, asked, to)).unwrap_or_default()
            }
            Item::Answer(id) => {
                let answer = session.question(id).and_then(|question| question.answer.as_ref());
                answer.map(|(by, text, _)| self.answer(id, *by, text)).unwrap_or_default()
            }
            Item::Entry(id) => {
                let is_confirmed = session.drafts.iter().any(|draft| draft.id == id && draft.confirmed.is_some());
                if is_confirmed { self.confirmed(session, &[id]) } else { Vec::new() }
            }
        }
    }

    fn answer(&self, question: QuestionId, by: SeatId, text: &Spoken) -> Vec<Message> {
        let values = context! { n => question.0, who => self.person(by), answer => text.words() };
        self.long(&self.wording.say("room.answer", values))
    }

    /// A text as one message, or as several where it is too long for one.
    pub fn long(&self, text: &str) -> Vec<Message> {
        parts(text, MESSAGE_CHARACTERS_MAX).into_iter().map(Message::text).collect()
    }

    /// The accounts of these seats; guests have none.
    pub fn accounts(&self, seats: impl Iterator<Item = SeatId>) -> Vec<AccountId> {
        seats.filter_map(|seat| self.case.person(seat).account).collect()
    }
}
