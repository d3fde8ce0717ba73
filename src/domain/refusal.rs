//! Why something was not done: expected, coded, worded in `wording.toml` under `refusal.<code>`.
//!
//! Little is truly refused (*mark, don't block*); the rest of these say that a thing is not there, is
//! somebody else's to do, or was not understood.

use serde::Serialize;

use super::ids::{ActionNo, InvitationId, SeatId, SessionNo};
use super::stage::Stage;

/// A refusal. Each names what its sentence needs: who could, what is missing, what to do next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Refusal {
    // Truly refused.
    /// Somebody else has the floor (TURN-05).
    NotYourTurn {
        holder: String,
        holder_role: String,
        place: Option<usize>,
    },
    /// It is the turn of an absent partner (TURN-05).
    NobodysTurn,
    /// The round is not closed over people who are here and have not been heard without a press that says so (TURN-17).
    NotHeard {
        who: Vec<String>,
        /// Somebody has the floor, and is moved on from with a reason (TURN-06).
        speaking: bool,
    },
    /// Sharing before the session is open (GATE-01).
    NotOpenYet {
        waiting: Vec<String>,
    },
    /// No seat in this case, or not past its door (GATE-06, SEC-01).
    NotAtTheDoor,
    NotSeated,
    /// An alert by somebody who is no part of the case (SAFE-06).
    NotYoursToRaise,
    /// The record has not earned its title: the session never opened (REF-15).
    UnearnedTitle,
    /// It was opened, and what its title asks for was never met (GATE-10). `chair`: the chair is outside the rule.
    TitleNotEarned {
        session: SessionNo,
        title: String,
        otherwise: String,
        missing: Vec<String>,
        chair: bool,
    },
    /// Owners of actions who took no part would get the full record, and the chair has not been asked (MIN-30).
    OwnersCopyNotChosen {
        session: SessionNo,
        owners: Vec<String>,
    },
    /// Closing a case over what is still running (REV-10).
    LiveActions {
        actions: Vec<Running>,
    },

    // Somebody else's to do.
    NotEnrolled,
    ForConvenor,
    ForChair {
        chair: String,
    },
    ForChairOrRecorder {
        chair: String,
        recorder: String,
    },
    ForSocialCare,
    NotYourInvitation {
        agency: String,
    },
    /// An agreement to a discussion by somebody the rule doesn't name (REF-10).
    NotYoursToAgree {
        managers: Vec<String>,
    },
    /// Making the chairing one's own without being a manager the rule names, or as the chair (INV-27).
    NotYoursToAdopt {
        rule: String,
    },
    /// Signing the record off is the manager's (MIN-13).
    NotYoursToSignOff,
    /// Saying whether the record is right is for whoever was in the room (MIN-12, MIN-14, MIN-26).
    WasNotPresent,
    NotYourQuestion {
        author: String,
    },
    NotYourAction {
        owner: String,
    },
    /// What became of a challenge is for whoever raised it, the chair and the recorder to say (DIS-03).
    NotYourChallenge {
        by: String,
    },
    /// The question why health is missing is the police's (DIS-09).
    ForPolice,
    /// Nobody's part in the case, and none of the roles that speak with the police (DIS-08).
    NotYoursToLog,
    /// An alert is acknowledged by those it goes to (SAFE-02),
    NotYoursToAcknowledge,
    /// and not by whoever raised it; what becomes of it besides is theirs alone (SAFE-07).
    YourOwnAlert,
    NotYourAlert,
    AlreadyTaken {
        by: String,
    },
    /// Of a kind of agency that is asked by name only (INV-33).
    NamedPersonOnly {
        agency: String,
    },
    /// Whether they know or manage the person of concern comes first (INV-33).
    ConflictFirst {
        invitation: InvitationId,
    },
    /// A deputy is of the agency that declined (INV-25).
    OtherAgency {
        agency: String,
    },
    /// A guest without somebody enrolled who vouches for them (INV-34, SEC-02).
    NobodyVouches,

    /// The handover is for the out-of-hours team (SES-03).
    NotYoursToRead,
    /// Sheets, logs, samples and totals are for those the procedure names (AUD-11), lists for an inspection for others
    /// (AUD-13), and an agency's own counts for its managers (AUD-09).
    ForAuditor,
    NotYoursToList,
    /// Possible breaches are for others again to assess (AUD-11).
    NotYoursToAssess,
    /// Nothing of the case's history is theirs to read (REV-06).
    HistoryNotYours,
    ForAgencyManager,
    /// The chair did something less than the procedure's minutes ago (SES-05).
    ChairNotSilent {
        chair: String,
        minutes: u32,
    },
    /// Taking the chair is for the vice-chair, and for those within the rule once it was offered to them (SES-05).
    NotYoursToChair {
        rule: String,
    },

    // Not there, or not now.
    /// Nobody has the floor until the session resumes (SES-01).
    Adjourned {
        until: Option<String>,
    },
    NotAdjourned,
    /// Nothing was handed over, or the session has gone on since.
    NoHandover,
    /// Somebody without a seat in this session, or without an account, can't chair it.
    CannotChair {
        who: String,
    },
    NoCase,
    /// A partner's request that nobody has taken up yet (REF-02).
    StillARequest,
    /// The authority's reference already has a case, where its next session belongs (REF-14).
    ReferenceHasCase {
        code_name: String,
    },
    NoSession,
    SessionUnderWay,
    /// A session was planned and neither held nor cancelled; closing the case over it takes a press that says so (REV-10).
    SessionNotHeld {
        session: SessionNo,
        at: Option<String>,
    },
    NotAtThisStage {
        stage: Stage,
        needed: Stage,
    },
    AlreadyClosed,
    AlreadyDone,
    /// The meeting was confirmed before; the introduction comes next (GATE-05).
    AlreadyConfirmed {
        seat: SeatId,
    },
    UnknownInvitation,
    /// Withdrawn, or stopped by its own answer (INV-30, INV-33).
    InvitationWithdrawn,
    /// Nobody declined whom a deputy could stand in for (INV-25).
    NothingDeclined,
    /// Whoever had the seat handed it on, or left their post.
    SeatPassedOn {
        who: String,
    },
    /// Its holder is still at their post, and hands it on themselves.
    SeatHeld {
        who: String,
    },
    /// The chair is handed over before the seat is.
    ChairFirst,
    /// A guest's seat, which ended with its session (INV-34).
    SeatEnded,
    NothingPrepared,
    /// The session opened with health in it, so there is nothing to question (DIS-09).
    HealthNotMissing,
    /// Only whoever said it says whether the recorder got it right (SES-08).
    NotYourWords {
        speaker: String,
    },
    /// They were there from the opening, and see everything (SES-13).
    NotLate {
        who: String,
    },
    /// No call details were given (SES-07).
    NoCall,
    /// Interpreter, minute taker, student, observer: they have no part in what is said and decided (SES-09).
    SupportSeat {
        who: String,
        role: String,
    },
    UnknownSeat {
        given: String,
    },
    UnknownSession {
        given: SessionNo,
    },
    /// There is no such version of the record (MIN-26).
    UnknownVersion {
        given: u16,
    },
    /// No child of the case has this number.
    UnknownChild,
    /// No such line of the draft for the family, or its words have changed (SEC-06).
    UnknownFamilyLine,
    /// Nobody in the wrong meeting had seen anything, or not at that entry (AUD-11).
    NoSuchBreach,
    UnknownCorrection,
    UnknownQuestion,
    UnknownAction,
    UnknownChallenge,
    /// The policy has no level above; what is left is in the policy itself (DIS-05).
    NoLevelLeft {
        policy: String,
        link: String,
    },
    UnknownAlert,
    UnknownAgency {
        given: String,
    },
    NotEnrolledHere {
        field: String,
    },
    UnknownCase {
        given: String,
    },
    UnknownPrompt,
    /// A meeting needs nobody's agreement (REF-10).
    NoAgreementNeeded,
    NothingToConfirm,
    /// Nothing was left open where the session moved on.
    NothingSkipped,
    /// Nothing of that kind stands that could be limited, or widened by them (SEC-05).
    NothingToLimit,
    /// Nothing limited is for them.
    NothingToRead,
    /// No session of that time that the list or the report could be about (AUD-08, AUD-14).
    NothingInPeriod,
    /// Nobody who accepted is still outside.
    NobodyToRemind,
    /// They were reminded a moment ago.
    RemindedAlready {
        minutes: u32,
    },
    NothingSent,
    /// A form that changes what is filled in, with nothing filled in.
    NothingGiven,
    NoTurnLeft,
    NotSharing,
    Excluded,

    // Not understood.
    Missing {
        field: String,
    },
    NotAChoice {
        field: String,
        given: String,
        choices: Vec<String>,
    },
    NotATime {
        field: String,
        why: String,
        given: String,
        offers: Vec<String>,
    },
    NotADate {
        field: String,
        given: String,
    },
    TooLong {
        field: String,
        most: usize,
    },
    /// A button or command of another version.
    Outdated,
}

/// An action that is still running: its number, whose it is, and when it is due.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Running {
    pub no: ActionNo,
    pub owner: Option<String>,
    pub due: Option<String>,
}

/// Why a refusal is none of a rule not met: that is marked and listed, and stops nothing (SES-20). There is no ground for
/// it, so that a new refusal has to say which of these it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ground {
    // The four things that are truly refused.
    /// Speaking in the record out of turn (TURN-05).
    OutOfTurn,
    /// Seeing content, or sharing it, before the door and the opening, or without a seat there (GATE-01, GATE-06,
    /// SEC-01, SEC-02, SEC-05), which an agency has not that is asked by a person's name alone (INV-33).
    OutsideTheDoor,
    /// Issuing a record under a title it has not earned (REF-15, GATE-10).
    Title,
    /// Closing a case over what is still running (REV-10).
    OpenActions,
    // What looks like a refusal and is none.
    /// Somebody else's to do; the sentence says whose.
    AnotherRole,
    /// There is no such thing, or it is done already, or its time is over or yet to come.
    NotThere,
    /// It can't be told what was meant; the answer asks for it, and what was typed comes back.
    NotUnderstood,
}

impl Refusal {
    /// What it rests on.
    pub fn ground(&self) -> Ground {
        match self {
            Self::NotYourTurn { .. } | Self::NobodysTurn => Ground::OutOfTurn,
            Self::NotOpenYet { .. }
            | Self::NotAtTheDoor
            | Self::NotSeated
            | Self::NotEnrolled
            | Self::Excluded
            | Self::NotYoursToRaise
            | Self::ConflictFirst { .. }
            | Self::NamedPersonOnly { .. }
            | Self::NobodyVouches => Ground::OutsideTheDoor,
            Self::UnearnedTitle | Self::TitleNotEarned { .. } => Ground::Title,
            Self::LiveActions { .. } => Ground::OpenActions,
            Self::ForConvenor
            | Self::ForChair { .. }
            | Self::ForChairOrRecorder { .. }
            | Self::ForSocialCare
            | Self::NotYourInvitation { .. }
            | Self::NotYoursToAgree { .. }
            | Self::NotYoursToAdopt { .. }
            | Self::NotYoursToSignOff
            | Self::WasNotPresent
            | Self::NotYourQuestion { .. }
            | Self::NotYourAction { .. }
            | Self::NotYourChallenge { .. }
            | Self::ForPolice
            | Self::NotYoursToLog
            | Self::NotYoursToAcknowledge
            | Self::YourOwnAlert
            | Self::NotYourAlert
            | Self::NotYourWords { .. }
            | Self::SupportSeat { .. }
            | Self::NotYoursToRead
            | Self::ForAuditor
            | Self::NotYoursToList
            | Self::NotYoursToAssess
            | Self::HistoryNotYours
            | Self::ForAgencyManager
            | Self::ChairNotSilent { .. }
            | Self::NotYoursToChair { .. } => Ground::AnotherRole,
            Self::Adjourned { .. }
            | Self::NotAdjourned
            | Self::NoHandover
            | Self::NotLate { .. }
            | Self::NoCall
            | Self::CannotChair { .. }
            | Self::NoCase
            | Self::StillARequest
            | Self::ReferenceHasCase { .. }
            | Self::NoSession
            | Self::SessionUnderWay
            | Self::NotAtThisStage { .. }
            | Self::AlreadyClosed
            | Self::AlreadyDone
            | Self::AlreadyTaken { .. }
            | Self::AlreadyConfirmed { .. }
            | Self::UnknownInvitation
            | Self::InvitationWithdrawn
            | Self::NothingDeclined
            | Self::OtherAgency { .. }
            | Self::SeatPassedOn { .. }
            | Self::SeatHeld { .. }
            | Self::ChairFirst
            | Self::SeatEnded
            | Self::NothingPrepared
            | Self::HealthNotMissing
            | Self::NothingSent
            | Self::UnknownSeat { .. }
            | Self::UnknownSession { .. }
            | Self::UnknownQuestion
            | Self::UnknownAction
            | Self::UnknownAlert
            | Self::UnknownChallenge
            | Self::NoLevelLeft { .. }
            | Self::UnknownAgency { .. }
            | Self::NotEnrolledHere { .. }
            | Self::UnknownCase { .. }
            | Self::UnknownPrompt
            | Self::NoAgreementNeeded
            | Self::NothingToConfirm
            | Self::NothingSkipped
            | Self::NothingToLimit
            | Self::NothingToRead
            | Self::NothingInPeriod
            | Self::NobodyToRemind
            | Self::RemindedAlready { .. }
            | Self::UnknownVersion { .. }
            | Self::UnknownCorrection
            | Self::NoSuchBreach
            | Self::UnknownChild
            | Self::UnknownFamilyLine
            | Self::NoTurnLeft
            | Self::NotSharing => Ground::NotThere,
            // Closing the round over people takes a press that says so, which the answer offers (TURN-17); so does closing
            // a case over a planned session.
            Self::NotHeard { .. }
            | Self::OwnersCopyNotChosen { .. }
            | Self::SessionNotHeld { .. }
            | Self::NothingGiven
            | Self::Missing { .. }
            | Self::NotAChoice { .. }
            | Self::NotATime { .. }
            | Self::NotADate { .. }
            | Self::TooLong { .. }
            | Self::Outdated => Ground::NotUnderstood,
        }
    }

    /// The rows whose buttons lead on from here, and the session they are of where it matters.
    pub fn leads_to(&self) -> Option<(&'static [&'static str], Option<SessionNo>)> {
        match self {
            Self::TitleNotEarned { session, .. } => Some((&["sign_untitled"], Some(*session))),
            Self::OwnersCopyNotChosen { session, .. } => {
                Some((&["circulate_full", "circulate_extract"], Some(*session)))
            }
            Self::NotHeard { speaking: true, .. } => Some((&["close_over_speaker", "return_to"], None)),
            Self::NotHeard { .. } => Some((&["close_round", "return_to"], None)),
            Self::LiveActions { .. } => Some((&["cancel_action", "done"], None)),
            Self::SessionNotHeld { .. } => Some((&["close_not_held", "reschedule"], None)),
            _ => None,
        }
    }

    /// The stable code: its key in `wording.toml` and in reports.
    pub fn code(&self) -> String {
        let value = serde_json::to_value(self).unwrap_or_default();
        value.get("code").and_then(|code| code.as_str()).unwrap_or("refused").to_owned()
    }
}
