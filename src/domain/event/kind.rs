//! What a fact says of itself: its kind in the journal, whose session's record it is of, the stage it leads to, and the
//! mark it leaves.

use super::Event;
use crate::domain::decision::Entry;
use crate::domain::floor::QuestionState;
use crate::domain::ids::SessionNo;
use crate::domain::stage::Stage;
use crate::domain::withholding::lacks_ground;

impl Event {
    /// The kind as written in the journal.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::ReferralRegistered { .. } => "referral_registered",
            Self::ReferralAmended { .. } => "referral_amended",
            Self::DiscussionRequested { .. } => "discussion_requested",
            Self::RequestRead => "request_read",
            Self::RequestTakenUp { .. } => "request_taken_up",
            Self::RequestDeclined { .. } => "request_declined",
            Self::RequestUnanswered { .. } => "request_unanswered",
            Self::CaseLinked { .. } => "case_linked",
            Self::ChildListed { .. } => "child_listed",
            Self::AdultListed { .. } => "adult_listed",
            Self::ChildAmended { .. } => "child_amended",
            Self::AdultAmended { .. } => "adult_amended",
            Self::AdultFlagged { .. } => "adult_flagged",
            Self::SeatTaken { .. } => "seat_taken",
            Self::SessionConvened { .. } => "session_convened",
            Self::InviteesListed { .. } => "invitees_listed",
            Self::SessionRescheduled { .. } => "session_rescheduled",
            Self::DateAsked => "date_asked",
            Self::CallGiven { .. } => "call_given",
            Self::CallDetailsRead { .. } => "call_details_read",
            Self::AgreementGiven { .. } => "agreement_given",
            Self::Invited { .. } => "invited",
            Self::ProposalTurnedDown { .. } => "proposal_turned_down",
            Self::InvitationAccepted { .. } => "invitation_accepted",
            Self::InvitationDeclined { .. } => "invitation_declined",
            Self::InvitationWithdrawn { .. } => "invitation_withdrawn",
            Self::ByNameOnlySet { .. } => "by_name_only_set",
            Self::ConflictAnswered { .. } => "conflict_answered",
            Self::MailboxNotified { .. } => "mailbox_notified",
            Self::NoticeUndelivered { .. } => "notice_undelivered",
            Self::InvitationUnanswered { .. } => "invitation_unanswered",
            Self::InvitationEscalated { .. } => "invitation_escalated",
            Self::SeatHandedOn { .. } => "seat_handed_on",
            Self::OwnerLeft { .. } => "owner_left",
            Self::LeaversChased => "leavers_chased",
            Self::Masked { .. } => "masked",
            Self::Unmasked { .. } => "unmasked",
            Self::Crossed { .. } => "crossed",
            Self::NoLongerHeld { .. } => "no_longer_held",
            Self::TakenBack { .. } => "taken_back",
            Self::WrongCaseMarked { .. } => "wrong_case_marked",
            Self::LookUpOpened { .. } => "look_up_opened",
            Self::InformationSent { .. } => "information_sent",
            Self::SubmissionRead { .. } => "submission_read",
            Self::SubmissionWeighed { .. } => "submission_weighed",
            Self::TextPrepared { .. } => "text_prepared",
            Self::PreparedTextReleased { .. } => "prepared_text_released",
            Self::PreparedTextKept { .. } => "prepared_text_kept",
            Self::MeetingConfirmed { .. } => "meeting_confirmed",
            Self::WrongMeeting { .. } => "wrong_meeting",
            Self::Introduced { .. } => "introduced",
            Self::Reminded { .. } => "reminded",
            Self::Arrived { .. } => "arrived",
            Self::Left { .. } => "left",
            Self::SightChosen { .. } => "sight_chosen",
            Self::MeansRecorded { .. } => "means_recorded",
            Self::StoodDown { .. } => "stood_down",
            Self::AbsenceMarked { .. } => "absence_marked",
            Self::SessionOpened { .. } => "session_opened",
            Self::SessionAdjourned { .. } => "session_adjourned",
            Self::InterimSupplied { .. } => "interim_supplied",
            Self::SessionResumed { .. } => "session_resumed",
            Self::HandoverMade => "handover_made",
            Self::HandoverRead => "handover_read",
            Self::ViceChairNamed { .. } => "vice_chair_named",
            Self::ChairTaken { .. } => "chair_taken",
            Self::ChairSilent { .. } => "chair_silent",
            Self::StillChairing => "still_chairing",
            Self::ChairingAdopted => "chairing_adopted",
            Self::OrderAnnounced { .. } => "order_announced",
            Self::LeaveByGiven { .. } => "leave_by_given",
            Self::LeaveByNear { .. } => "leave_by_near",
            Self::FloorGiven { .. } => "floor_given",
            Self::Contributed { .. } => "contributed",
            Self::ContributionReadBack { .. } => "contribution_read_back",
            Self::WordsConfirmed { .. } => "words_confirmed",
            Self::WordsCorrected { .. } => "words_corrected",
            Self::PositionConfirmed { .. } => "position_confirmed",
            Self::Limited { .. } => "limited",
            Self::LimitChanged { .. } => "limit_changed",
            Self::WideningAsked { .. } => "widening_asked",
            Self::WideningRefused { .. } => "widening_refused",
            Self::LimitedRead { .. } => "limited_read",
            Self::ContributionMarked { .. } => "contribution_marked",
            Self::SourceStated { .. } => "source_stated",
            Self::FloorReleased { .. } => "floor_released",
            Self::SpeakerNudged { .. } => "speaker_nudged",
            Self::MessageHeldBack { .. } => "message_held_back",
            Self::RoundClosed { .. } => "round_closed",
            Self::QuestionRaised { .. } => "question_raised",
            Self::QuestionPut { .. } => "question_put",
            Self::QuestionAnswered { .. } => "question_answered",
            Self::QuestionGivenUp { .. } => "question_given_up",
            Self::QuestionMarkedUrgent { .. } => "question_marked_urgent",
            Self::UrgentQuestionKept { .. } => "urgent_question_kept",
            Self::QuestionsInvited { .. } => "questions_invited",
            Self::QuestionsOver { .. } => "questions_over",
            Self::QuestionAllocated { .. } => "question_allocated",
            Self::NoQuestions { .. } => "no_questions",
            Self::StageEntered { .. } => "stage_entered",
            Self::SkipExplained { .. } => "skip_explained",
            Self::Entered { .. } => "entered",
            Self::DraftsConfirmed { .. } => "drafts_confirmed",
            Self::QuorumStated { .. } => "quorum_stated",
            Self::DecisionMarked { .. } => "decision_marked",
            Self::PositionsHidden => "positions_hidden",
            Self::PositionsShown => "positions_shown",
            Self::PurposeReminded { .. } => "purpose_reminded",
            Self::Suggested { .. } => "suggested",
            Self::SuggestionAnswered { .. } => "suggestion_answered",
            Self::ReadBackGiven => "read_back_given",
            Self::ActionsConfirmed { .. } => "actions_confirmed",
            Self::ViewsHidden => "views_hidden",
            Self::ViewsShown => "views_shown",
            Self::PositionGiven { .. } => "position_given",
            Self::ChallengeInvited => "challenge_invited",
            Self::ChallengeRaised { .. } => "challenge_raised",
            Self::ChallengeFiled { .. } => "challenge_filed",
            Self::ChallengeSettled { .. } => "challenge_settled",
            Self::ChallengeEscalated { .. } => "challenge_escalated",
            Self::ChallengeAnswered { .. } => "challenge_answered",
            Self::ChallengeNear { .. } => "challenge_near",
            Self::ChallengeOverdue { .. } => "challenge_overdue",
            Self::AbsenceEscalation { .. } => "absence_escalation",
            Self::HealthOmitted { .. } => "health_omitted",
            Self::HealthQuestioned { .. } => "health_questioned",
            Self::PoliceUnavailable => "police_unavailable",
            Self::PoliceTalkLogged { .. } => "police_talk_logged",
            Self::ActionAnswered { .. } => "action_answered",
            Self::ActionDone { .. } => "action_done",
            Self::ActionChanged { .. } => "action_changed",
            Self::ActionCancelled { .. } => "action_cancelled",
            Self::OwnerSought { .. } => "owner_sought",
            Self::OwnerNamed { .. } => "owner_named",
            Self::ActionReported { .. } => "action_reported",
            Self::ReportAnswered { .. } => "report_answered",
            Self::ActionFollowedUp { .. } => "action_followed_up",
            Self::CompletionReviewDue { .. } => "completion_review_due",
            Self::CompletionReviewed { .. } => "completion_reviewed",
            Self::DangerRaised { .. } => "danger_raised",
            Self::DangerDescribed { .. } => "danger_described",
            Self::DangerRepeated { .. } => "danger_repeated",
            Self::DangerAcknowledged { .. } => "danger_acknowledged",
            Self::FalseAlarmMarked { .. } => "false_alarm_marked",
            Self::SessionClosed { .. } => "session_closed",
            Self::DraftIssued { .. } => "draft_issued",
            Self::MinutesSigned { .. } => "minutes_signed",
            Self::MinutesCirculated { .. } => "minutes_circulated",
            Self::HistoryRead { .. } => "history_read",
            Self::CopyOpened { .. } => "copy_opened",
            Self::FamilyDraftOpened { .. } => "family_draft_opened",
            Self::FamilyLinesTicked { .. } => "family_lines_ticked",
            Self::FamilyEmbargoLifted { .. } => "family_embargo_lifted",
            Self::Filed { .. } => "filed",
            Self::RecordEndorsed { .. } => "record_endorsed",
            Self::CorrectionRequested { .. } => "correction_requested",
            Self::CorrectionAnswered { .. } => "correction_answered",
            Self::RecipientChosen { .. } => "recipient_chosen",
            Self::FilingChased { .. } => "filing_chased",
            Self::ClosePrompted => "close_prompted",
            Self::ProtectionReviewDue { .. } => "protection_review_due",
            Self::StillUndecided { .. } => "still_undecided",
            Self::StillWithoutAction { .. } => "still_without_action",
            Self::ReviewAsked { .. } => "review_asked",
            Self::ReviewAnswered { .. } => "review_answered",
            Self::CaseClosed { .. } => "case_closed",
            Self::AuditViewed { .. } => "audit_viewed",
            Self::JudgementRecorded { .. } => "judgement_recorded",
            Self::BreachAssessed { .. } => "breach_assessed",
            Self::DeadlineNear { .. } => "deadline_near",
            Self::DeadlineMissed { .. } => "deadline_missed",
        }
    }

    /// Which session's record it is about, where it says so; any other fact is about the last session there was.
    pub fn session(&self) -> Option<SessionNo> {
        match self {
            Self::DangerDescribed { session, .. }
            | Self::DangerRepeated { session, .. }
            | Self::DangerAcknowledged { session, .. }
            | Self::FalseAlarmMarked { session, .. }
            | Self::DraftIssued { session, .. }
            | Self::MinutesSigned { session, .. }
            | Self::MinutesCirculated { session, .. }
            | Self::CopyOpened { session, .. }
            | Self::CompletionReviewDue { session, .. }
            | Self::CompletionReviewed { session, .. }
            | Self::AuditViewed { session, .. }
            | Self::Filed { session, .. }
            | Self::RecordEndorsed { session, .. }
            | Self::CorrectionRequested { session, .. }
            | Self::CorrectionAnswered { session, .. }
            | Self::RecipientChosen { session, .. }
            | Self::FilingChased { session, .. } => *session,
            Self::FamilyDraftOpened { session, .. }
            | Self::FamilyLinesTicked { session, .. }
            | Self::FamilyEmbargoLifted { session, .. }
            | Self::ChallengeSettled { session, .. }
            | Self::ChallengeEscalated { session, .. }
            | Self::ChallengeAnswered { session, .. }
            | Self::ChallengeNear { session, .. }
            | Self::ChallengeOverdue { session, .. }
            | Self::BreachAssessed { session, .. }
            | Self::JudgementRecorded { session, .. } => Some(*session),
            _ => None,
        }
    }

    /// The stage its session is at after it; `None` where it stays where it was.
    pub fn stage(&self) -> Option<Stage> {
        match self {
            Self::SessionConvened { .. } => Some(Stage::Gathering),
            Self::SessionOpened { .. } => Some(Stage::Open),
            Self::StageEntered { stage } => Some(*stage),
            Self::SessionClosed { .. } => Some(Stage::Closed),
            Self::DraftIssued { .. } => Some(Stage::Minutes),
            Self::MinutesCirculated { .. } => Some(Stage::Circulated),
            _ => None,
        }
    }

    /// The mark this fact leaves on the record, by its code: saved, and not as the procedure asks.
    pub fn mark(&self) -> Option<&'static str> {
        match self {
            Self::ReferralRegistered { referral, .. } => referral.gaps().first().copied(),
            Self::RequestDeclined { reason: None }
            | Self::ProposalTurnedDown { reason: None, .. }
            | Self::FalseAlarmMarked { reason: None, .. }
            | Self::RecipientChosen { reason: None, .. }
            | Self::RecordEndorsed { agrees: false, reason: None, .. } => Some("reason_missing"),
            Self::BreachAssessed { words, .. } if words.is_empty() => Some("reason_missing"),
            Self::CorrectionRequested { late: true, .. } => Some("late"),
            Self::QuestionRaised { state: QuestionState::Held, .. } => Some("question_held"),
            Self::RoundClosed { .. } => Some("not_heard"),
            Self::Contributed { contribution } if contribution.lacks_source() => Some("source_not_stated"),
            Self::TextPrepared { too_early: true, .. } => Some("not_open_yet"),
            Self::WrongMeeting { possible_breach: true, .. } => Some("possible_breach"),
            Self::SessionOpened { quorum, .. }
            | Self::SessionResumed { quorum }
            | Self::QuorumStated { quorum, attendance_changed: false }
                if quorum.iter().any(|line| !line.met) =>
            {
                Some("not_quorate")
            }
            Self::SessionOpened { chair_allowed: false, .. } | Self::ChairTaken { chair_allowed: false, .. } => {
                Some("chair_not_within_rule")
            }
            Self::SessionOpened { held_late: true, .. } => Some("held_late"),
            Self::SessionOpened { agreement_missing, .. } if !agreement_missing.is_empty() => {
                Some("agreement_not_recorded")
            }
            Self::PurposeReminded { action: Some(_), .. } => Some("waits_for_section_47"),
            Self::SessionConvened { starts_at: None, .. } => Some("no_date_fixed"),
            Self::Entered { entry: Entry::Answer(answer), .. } if lacks_ground(answer) => Some("ground_missing"),
            Self::StillUndecided { drift: true, .. } | Self::StillWithoutAction { drift: true, .. } => Some("drift"),
            Self::CaseClosed { not_held, .. } if !not_held.is_empty() => Some("session_not_held"),
            Self::AbsenceEscalation { escalated: false, reason, .. } if reason.is_empty() => Some("reason_missing"),
            Self::ChallengeSettled { tried, result, .. } if tried.is_empty() || result.is_empty() => Some("incomplete"),
            Self::ChallengeEscalated { own, other, .. } if own.is_empty() || other.is_empty() => Some("incomplete"),
            Self::PoliceTalkLogged { result, .. } if result.is_empty() => Some("incomplete"),
            Self::SessionAdjourned { interim } if !interim.missing().is_empty() => Some("incomplete"),
            Self::SessionClosed { open, .. } if !open.is_empty() => Some("incomplete"),
            _ => None,
        }
    }
}
