//! What happened. Events are promises: once released, a kind and its fields stay readable for ever.
//!
//! One event is one fact. To add one: a variant here; the compiler then asks for its line in `Event::kind` in `event/kind.rs`, what it
//! changes in `apply`, what the room hears of it in `room::posts`, and what follows from it in `app::plan`.

mod entry;
mod kind;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::adjournment::Interim;
use super::amendment::Amendment;
use super::attendance::{Absence, Invitation, Means, Seat};
use super::audit::{BreachFinding, Judgement, Viewed};
use super::chairing::Took;
use super::challenge::Challenge;
use super::closing::NotHeld;
use super::crossing::Crossing;
use super::deadlines::DeadlineKind;
use super::decision::{ActionParts, DangerKind, Entry, Position};
use super::family_draft::FamilyLine;
use super::floor::{Addressee, Contribution, MoveOnReason, Nature, QuestionState, Release, Source, Turn, Whose};
use super::follow_up::{Completion, FollowUp};
use super::further::ToInvite;
use super::ids::{
    AccountId, ActionNo, AdultId, AlertId, ChallengeId, ChildId, CodeName, ContributionId, CorrectionId, CrossingNo,
    DraftId, InvitationId, MaskNo, MessageId, QuestionId, SeatId, SessionNo, SuggestionId, TurnId,
};
use super::issuing::Endorsement;
use super::late::Sight;
use super::limits::{Item, Readers};
use super::link::Link;
use super::masks::Mask;
use super::open_items::OpenItem;
use super::people::{AgencyKind, Person};
use super::question_time::AskingStep;
use super::referral::{Adult, Child, Referral};
use super::request::Request;
use super::spoken::Spoken;
use super::stage::Stage;
use super::under_review::AskedOn;

pub use entry::{Actor, CopyKind, Held, Pinned, QuorumLine, Recipient, Record, SessionForm};

/// One fact. Its kind is written beside the body in the clear; everything else is encrypted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Event {
    // The referral and the people it is about.
    ReferralRegistered {
        code_name: CodeName,
        pinned: Pinned,
        referral: Referral,
    },
    /// What is given takes the place of what stood (REF-01).
    ReferralAmended {
        amendment: Box<Amendment>,
    },
    /// A case begins with this one where a partner asked for it.
    DiscussionRequested {
        code_name: CodeName,
        pinned: Pinned,
        request: Request,
    },
    /// Somebody who can answer the request read what it says.
    RequestRead,
    RequestTakenUp {
        referral: Referral,
    },
    RequestDeclined {
        reason: Option<Spoken>,
    },
    RequestUnanswered {
        answer_by: DateTime<Utc>,
    },
    CaseLinked {
        link: Link,
    },
    ChildListed {
        child: Child,
    },
    AdultListed {
        adult: Adult,
    },
    /// The entry as it is from now on.
    ChildAmended {
        child: Child,
    },
    AdultAmended {
        adult: Adult,
    },
    /// These take the place of what was flagged of the adult before (INV-10).
    AdultFlagged {
        adult: AdultId,
        difficulties: Vec<String>,
    },

    // Convening.
    SeatTaken {
        seat: Seat,
    },
    SessionConvened {
        session: SessionNo,
        form: SessionForm,
        complex: bool,
        /// `None` while no date is fixed (REF-07).
        starts_at: Option<DateTime<Utc>>,
        held: Held,
        convenor: SeatId,
        chair: Option<InvitationId>,
        recorder: SeatId,
        /// What the session before closed over and left for this one (DEC-41).
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        carried: Vec<OpenItem>,
        /// The actions that were open by then (REV-04).
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        open_actions: Vec<ActionNo>,
    },
    /// Whom whoever convenes means to ask, from now on; nobody is asked by it (REV-04).
    InviteesListed {
        invitees: Vec<ToInvite>,
    },
    SessionRescheduled {
        starts_at: DateTime<Utc>,
        /// The start was put back so that particular people can attend (TIM-08).
        put_back: bool,
    },
    /// The convenor was asked for the date again (REF-07).
    DateAsked,
    /// The number or link of the call the session runs on (SES-07).
    CallGiven {
        details: Spoken,
    },
    /// They opened the call's details, which are told to nobody unasked (SES-07).
    CallDetailsRead {
        seat: SeatId,
    },
    /// By the actor, for this line of the procedure's rule; their rank as enrolled (REF-10).
    AgreementGiven {
        line: String,
        rank: Option<String>,
    },
    Invited {
        invitation: Invitation,
    },
    /// A proposal of the procedure turned down, with the reason (INV-09).
    ProposalTurnedDown {
        proposal: String,
        reason: Option<Spoken>,
    },
    InvitationAccepted {
        invitation: InvitationId,
        seat: SeatId,
    },
    InvitationDeclined {
        invitation: InvitationId,
        reason: Spoken,
        /// The seat of whoever declined, where they have one (INV-25).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<SeatId>,
    },
    /// Nobody is asked by it any more; it stays in the record (INV-30).
    InvitationWithdrawn {
        invitation: InvitationId,
        reason: Option<Spoken>,
    },
    /// From now on this kind of agency is asked by a person's name alone (INV-33).
    ByNameOnlySet {
        agency_kind: AgencyKind,
    },
    /// Whether the one asked knows or manages the person of concern; whoever does is asked no more (INV-33).
    ConflictAnswered {
        invitation: InvitationId,
        conflict: bool,
    },
    /// The agency's mailbox got a notice, nobody enrolled being on duty there (INV-32).
    MailboxNotified {
        invitation: InvitationId,
    },
    /// What was sent did not reach anybody: direct messages are closed, or the mail server took no mail (INV-32).
    NoticeUndelivered {
        invitation: InvitationId,
        by_mail: bool,
    },
    /// The wait for an answer is over (INV-32).
    InvitationUnanswered {
        invitation: InvitationId,
    },
    /// The next step was taken, by its code (INV-17, INV-32).
    InvitationEscalated {
        invitation: InvitationId,
        step: String,
    },
    /// From now on another seat has what this one had: its open actions and its turn to come (SES-16).
    SeatHandedOn {
        from: SeatId,
        to: SeatId,
    },
    /// Whoever had this seat left their post (SES-17).
    OwnerLeft {
        seat: SeatId,
    },
    /// Something still stands under the name of somebody who left (SES-17).
    LeaversChased,
    /// From now on these words are read by some alone; `no` again, where it was said anew (SEC-08).
    Masked {
        mask: Mask,
    },
    Unmasked {
        mask: MaskNo,
    },
    /// Whoever entered this had just acted in another case: nobody else sees it yet (SES-15).
    Crossed {
        crossing: Crossing,
    },
    NoLongerHeld {
        crossing: CrossingNo,
    },
    /// Its author meant another case, and nobody had seen it (SES-15).
    TakenBack {
        crossing: CrossingNo,
    },
    /// Its author meant another case, and it may have been seen: it is to be taken out of the record (SES-15, SEC-17).
    WrongCaseMarked {
        crossing: CrossingNo,
    },
    LookUpOpened {
        seat: SeatId,
    },
    InformationSent {
        contribution: Contribution,
    },
    /// The chair read what was sent, before its turn (INV-25).
    SubmissionRead {
        contribution: ContributionId,
    },
    /// Whether it needs action before the meeting, as the actor answered (INV-25).
    SubmissionWeighed {
        contribution: ContributionId,
        act_now: bool,
    },
    /// An attendee's own preparation, for them alone (INV-21).
    TextPrepared {
        seat: SeatId,
        fields: Fields,
        /// It was to be shared, before the session was open (GATE-01).
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        too_early: bool,
    },
    /// Its author shared it in their turn, or sent it in.
    PreparedTextReleased {
        seat: SeatId,
    },
    /// Its author doesn't attend, and keeps it.
    PreparedTextKept {
        seat: SeatId,
    },

    // The door.
    MeetingConfirmed {
        seat: SeatId,
    },
    WrongMeeting {
        seat: SeatId,
        invitation: Option<InvitationId>,
        /// They had seen something of the case before they said so, which the authority has to assess (GATE-03).
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        possible_breach: bool,
    },
    Introduced {
        seat: SeatId,
        authorised: bool,
        basis: Option<Spoken>,
        by_enrolment: bool,
        /// Introduced by the bot, so whether they may decide for their agency is not known (GATE-05).
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        authority_not_stated: bool,
    },
    /// These accepted and had not come in; they were sent a word outside the room (GATE-01).
    Reminded {
        seats: Vec<SeatId>,
    },
    Arrived {
        seat: SeatId,
    },
    Left {
        seat: SeatId,
    },
    /// How far back somebody who came late sees, as the chair chose (SES-13).
    SightChosen {
        seat: SeatId,
        sight: Sight,
    },
    /// How somebody takes part, as the recorder entered it (INV-23).
    MeansRecorded {
        seat: SeatId,
        means: Means,
    },
    StoodDown {
        seat: SeatId,
        reason: Spoken,
    },
    AbsenceMarked {
        who: Whose,
        absence: Absence,
        reason: Option<Spoken>,
    },
    SessionOpened {
        quorum: Vec<QuorumLine>,
        chair_allowed: bool,
        held_late: bool,
        /// Managers whose agreement to a discussion was not recorded, as the procedure calls them (REF-10).
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        agreement_missing: Vec<String>,
    },

    // Adjourning, and the chair's seat.
    /// It stops for a time, at the stage it is at (SES-01).
    SessionAdjourned {
        interim: Interim,
    },
    /// More of the time until it resumes; a blank part leaves what stood (SES-01).
    InterimSupplied {
        interim: Interim,
    },
    SessionResumed {
        quorum: Vec<QuorumLine>,
    },
    /// What the out-of-hours team has to know can be read (SES-03).
    HandoverMade,
    /// By the actor, who may have no seat (SES-03).
    HandoverRead,
    /// Takes the chair where whoever chairs can't (SES-04).
    ViceChairNamed {
        seat: SeatId,
    },
    /// From now on this seat chairs; `chair_allowed`: they are within the rule by their role (SES-04, SES-05).
    ChairTaken {
        seat: SeatId,
        how: Took,
        chair_allowed: bool,
    },
    /// The chair's seat has done nothing since then, and the chair was offered to these (SES-05).
    ChairSilent {
        since: DateTime<Utc>,
        offered: Vec<SeatId>,
    },
    /// The chair is there, and has only been listening.
    StillChairing,

    /// A second manager made the chairing their own, which puts right a chair outside the rule (INV-27).
    ChairingAdopted,

    // The round.
    OrderAnnounced {
        turns: Vec<Turn>,
    },
    LeaveByGiven {
        seat: SeatId,
        at: DateTime<Utc>,
        first: bool,
    },
    /// Somebody has to go soon.
    LeaveByNear {
        seat: SeatId,
        at: DateTime<Utc>,
    },
    FloorGiven {
        turn: TurnId,
    },
    Contributed {
        contribution: Contribution,
    },
    /// What was entered for somebody on the telephone was read back to them (INV-34).
    ContributionReadBack {
        contribution: ContributionId,
    },
    /// The gist the recorder entered is right, as its speaker says (SES-08).
    WordsConfirmed {
        contribution: ContributionId,
    },
    /// As its speaker says it should read; what the recorder entered stays beside it (SES-08).
    WordsCorrected {
        contribution: ContributionId,
        fields: Fields,
    },
    /// A position said aloud was entered right (SES-08).
    PositionConfirmed {
        seat: SeatId,
    },
    /// Released, or narrowed later, for these readers alone (SEC-05).
    Limited {
        item: Item,
        originator: SeatId,
        readers: Readers,
    },
    /// By its originator: for these readers from now on, or for everybody.
    LimitChanged {
        item: Item,
        readers: Option<Readers>,
    },
    /// The chair wants it read by these, or by everybody; its originator is asked.
    WideningAsked {
        item: Item,
        readers: Option<Readers>,
    },
    WideningRefused {
        item: Item,
    },
    /// They opened what is limited to them.
    LimitedRead {
        seat: SeatId,
    },
    /// Fact, reported by another, or professional opinion (INFO-27).
    ContributionMarked {
        contribution: ContributionId,
        nature: Nature,
    },
    /// Who told social care what it shared for a partner, stated afterwards (TURN-14).
    SourceStated {
        contribution: ContributionId,
        source: Source,
    },
    FloorReleased {
        turn: TurnId,
        how: Release,
    },
    /// The chair asked whoever had the floor to keep to what is relevant and proportionate (TURN-18).
    SpeakerNudged {
        seat: SeatId,
    },
    /// What somebody typed while another had the floor was taken out of the channel, unread (TURN-05).
    MessageHeldBack {
        message: MessageId,
        account: AccountId,
        seat: Option<SeatId>,
    },
    /// The chair closed the round over these, who were in the room (TURN-17).
    RoundClosed {
        not_heard: Vec<SeatId>,
        /// Not said in older records.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<MoveOnReason>,
    },
    QuestionRaised {
        question: QuestionId,
        by: SeatId,
        to: Option<Addressee>,
        text: Spoken,
        state: QuestionState,
    },
    QuestionPut {
        question: QuestionId,
        to: Addressee,
    },
    QuestionAnswered {
        question: QuestionId,
        by: SeatId,
        text: Spoken,
    },
    QuestionGivenUp {
        question: QuestionId,
    },
    /// A question of the round is urgent for a child's safety, and goes to the chair alone (TURN-08).
    QuestionMarkedUrgent {
        question: QuestionId,
    },
    /// The chair keeps it for the stage of questions (TURN-08).
    UrgentQuestionKept {
        question: QuestionId,
    },
    /// These have the opportunity to ask until then; `again` where a question in the last moment restarted the
    /// countdown (TURN-10, TURN-11).
    QuestionsInvited {
        step: AskingStep,
        asked: Vec<Addressee>,
        closes_at: DateTime<Utc>,
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        again: bool,
    },
    /// The step is over; these let the time pass (TURN-10, TURN-11).
    QuestionsOver {
        step: AskingStep,
        silent: Vec<Addressee>,
    },
    /// An unanswered question became an action (TURN-13).
    QuestionAllocated {
        question: QuestionId,
        action: ActionNo,
    },
    NoQuestions {
        seat: SeatId,
    },
    StageEntered {
        stage: Stage,
    },
    /// Why the session moved on from these (GATE-13).
    SkipExplained {
        items: Vec<OpenItem>,
        reason: Spoken,
    },

    // Decisions and actions.
    Entered {
        draft: DraftId,
        entry: Entry,
        replaces: Option<DraftId>,
    },
    DraftsConfirmed {
        drafts: Vec<DraftId>,
    },
    /// For the section 47 decision, unless it was somebody's coming or going that changed it (SES-11).
    QuorumStated {
        quorum: Vec<QuorumLine>,
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        attendance_changed: bool,
    },
    /// What was missing when the section 47 decision was taken, which did not wait for it (DEC-46).
    DecisionMarked {
        draft: DraftId,
        missing: Vec<OpenItem>,
    },
    ReadBackGiven,
    /// The chair's word that the list of actions, as it was read back, is right (ACT-14).
    ActionsConfirmed {
        actions: Vec<ActionNo>,
    },
    /// The agencies' views are collected unseen (RISK-04).
    ViewsHidden,
    /// They are shown together: all are in, or the chair said so.
    ViewsShown,
    PositionGiven {
        position: Position,
    },
    /// The agencies' positions are collected unseen (DEC-43).
    PositionsHidden,
    /// They are shown together: all are in, or the chair said so.
    PositionsShown,
    /// A conference was spoken of before section 47 was decided, and whoever did was reminded what the session is for;
    /// an action waits for that decision (DEC-17, DEC-18).
    PurposeReminded {
        draft: DraftId,
        action: Option<ActionNo>,
    },
    /// An attendee would have entered this; it is the chair's to take up (DEC-44).
    Suggested {
        suggestion: SuggestionId,
        entry: Entry,
    },
    /// The chair entered it, or left it.
    SuggestionAnswered {
        suggestion: SuggestionId,
        taken: bool,
    },
    // Challenge and escalation. What becomes of a challenge names its session, for it outlives it.
    /// The chair invites challenge (DIS-06).
    ChallengeInvited,
    ChallengeRaised {
        challenge: Challenge,
    },
    /// By somebody of a role that was left out, who sees nothing of the case (DIS-10).
    ChallengeFiled {
        challenge: ChallengeId,
        by: Person,
        why: Spoken,
        due_at: Option<DateTime<Utc>>,
    },
    /// What was tried at the level it is at, and whether that resolved it (DIS-03).
    ChallengeSettled {
        session: SessionNo,
        challenge: ChallengeId,
        resolved: bool,
        tried: Spoken,
        result: Spoken,
    },
    /// Taken to the next level of the policy, by its code; with the managers on each side and when they spoke (DIS-04).
    ChallengeEscalated {
        session: SessionNo,
        challenge: ChallengeId,
        stage: String,
        own: Spoken,
        other: Spoken,
        met_at: Option<DateTime<Utc>>,
        due_at: Option<DateTime<Utc>>,
    },
    /// The chair's reply, which stands below it (DIS-12).
    ChallengeAnswered {
        session: SessionNo,
        challenge: ChallengeId,
        text: Spoken,
    },
    /// Its level is to be settled soon, or should have been (DIS-14).
    ChallengeNear {
        session: SessionNo,
        challenge: ChallengeId,
        stage: String,
        due_at: DateTime<Utc>,
    },
    ChallengeOverdue {
        session: SessionNo,
        challenge: ChallengeId,
        stage: String,
        due_at: DateTime<Utc>,
    },
    /// Whether the manager of a partner nobody came for is turned to, by the line of the minimum (DIS-07).
    AbsenceEscalation {
        role: String,
        escalated: bool,
        reason: Spoken,
    },
    /// The session opened without health: the police present are asked to question it, and an enrolled health role may be
    /// told that it can challenge it (DIS-09, DIS-10).
    HealthOmitted {
        asked: Vec<SeatId>,
        told: bool,
    },
    HealthQuestioned {
        seat: SeatId,
        text: Spoken,
    },
    /// The session can't be held in time because of the police (DIS-08).
    PoliceUnavailable,
    /// Who spoke with whom about it; empty where whoever logs it did (DIS-08).
    PoliceTalkLogged {
        spoke: Spoken,
        with: Spoken,
        talked_at: Option<DateTime<Utc>>,
        result: Spoken,
    },
    ActionAnswered {
        action: ActionNo,
        accepted: bool,
        reason: Spoken,
    },
    ActionDone {
        action: ActionNo,
    },
    ActionChanged {
        action: ActionNo,
        due: Option<DateTime<Utc>>,
        /// Of the new time the day alone was said (ACT-01).
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        day_alone: bool,
        owner: Option<SeatId>,
        /// More of what it is (ACT-03).
        #[serde(default, skip_serializing_if = "ActionParts::is_empty")]
        parts: ActionParts,
        reason: Spoken,
    },
    /// It is not to be done any more (REV-10).
    ActionCancelled {
        action: ActionNo,
        reason: Spoken,
    },
    /// Nobody had said who does an immediate action, and whoever was to find them is asked (SAFE-05).
    OwnerSought {
        action: ActionNo,
        by: SeatId,
    },
    /// They were found (SAFE-05).
    OwnerNamed {
        action: ActionNo,
        owner: Option<SeatId>,
        words: Spoken,
    },
    /// Its owner said what became of it (REV-02).
    ActionReported {
        action: ActionNo,
        by: SeatId,
        completion: Completion,
        evidence: Spoken,
        /// What changed for the child.
        changed: Spoken,
    },
    /// The chair accepted the report, or returned it with the reason (REV-02).
    ReportAnswered {
        action: ActionNo,
        accepted: bool,
        reason: Spoken,
    },
    /// Somebody was reminded or told of an action (REV-01, REV-07).
    ActionFollowedUp {
        action: ActionNo,
        step: FollowUp,
        /// Missing where it has no date.
        due_at: Option<DateTime<Utc>>,
    },
    /// The check of the actions fell due (ACT-08, REV-03).
    CompletionReviewDue {
        #[serde(default)]
        session: Option<SessionNo>,
        draft: DraftId,
        who: Option<SeatId>,
    },
    /// Its result (REV-03).
    CompletionReviewed {
        #[serde(default)]
        session: Option<SessionNo>,
        by: SeatId,
        result: Spoken,
    },

    // Safety.
    DangerRaised {
        alert: AlertId,
        /// What kind of agency the sender is of: what is said of them outside the room (SAFE-06).
        by_kind: AgencyKind,
        danger: DangerKind,
        text: Spoken,
        /// Where its sender hears what becomes of it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        account: Option<AccountId>,
        /// Who was alerted, besides the procedure's emergency contact (SAFE-07).
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        told: Vec<Whose>,
    },
    // These name the session whose record their alert is part of; one without a number is of the last there was.
    /// Its sender said more of it afterwards (SAFE-01).
    DangerDescribed {
        #[serde(default)]
        session: Option<SessionNo>,
        alert: AlertId,
        text: Spoken,
    },
    /// Nobody had acknowledged it, and these were alerted again, and after a time the manager too (SAFE-02).
    DangerRepeated {
        #[serde(default)]
        session: Option<SessionNo>,
        alert: AlertId,
        told: Vec<Whose>,
        #[serde(rename = "last")]
        to_manager: bool,
    },
    DangerAcknowledged {
        #[serde(default)]
        session: Option<SessionNo>,
        alert: AlertId,
    },
    /// By its sender; the alert stays (SAFE-07).
    FalseAlarmMarked {
        #[serde(default)]
        session: Option<SessionNo>,
        alert: AlertId,
        reason: Option<Spoken>,
    },

    // The end, and after.
    SessionClosed {
        open: Vec<OpenItem>,
        reason: Option<Spoken>,
        /// What is open goes over to the next session (DEC-41).
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        carries_over: bool,
    },
    // These five name their session, for the next may be convened before the record of the last has gone out; one
    // without a number is of the last session there was.
    DraftIssued {
        #[serde(default)]
        session: Option<SessionNo>,
        version: u16,
    },
    MinutesSigned {
        #[serde(default)]
        session: Option<SessionNo>,
        version: u16,
    },
    MinutesCirculated {
        #[serde(default)]
        session: Option<SessionNo>,
        version: u16,
        recipients: Vec<Recipient>,
        /// What owners of actions who took no part were sent, where the chair was asked (MIN-30).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        owners: Option<CopyKind>,
    },
    /// They read the sessions of the case as one history (REV-06).
    HistoryRead {
        seat: SeatId,
    },
    CopyOpened {
        #[serde(default)]
        session: Option<SessionNo>,
        seat: SeatId,
        version: u16,
        /// The document for this child's file (MIN-24).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        child: Option<ChildId>,
    },
    /// The chair saw the draft for the family, or took it away (SEC-06).
    FamilyDraftOpened {
        session: SessionNo,
        seat: SeatId,
    },
    /// Lines of the draft for the family came in, or were taken out (SEC-06).
    FamilyLinesTicked {
        session: SessionNo,
        lines: Vec<FamilyLine>,
        ticked: bool,
    },
    FamilyEmbargoLifted {
        session: SessionNo,
        line: FamilyLine,
        /// The entries that withheld something of it, as far as the chair could read them.
        withheld: Vec<DraftId>,
        reason: Spoken,
    },
    Filed {
        #[serde(default)]
        session: Option<SessionNo>,
        seat: SeatId,
    },
    /// By the actor, who needs no seat: of one session, or of the whole case (AUD-11).
    AuditViewed {
        session: Option<SessionNo>,
        viewed: Viewed,
    },
    /// By the actor (AUD-06).
    JudgementRecorded {
        session: SessionNo,
        judgement: Judgement,
        words: Spoken,
    },
    /// By the actor, of the possible breach whose entry has this number (AUD-11).
    BreachAssessed {
        session: SessionNo,
        entry: u64,
        finding: BreachFinding,
        words: Spoken,
    },
    // So do these.
    /// What the actor says of the record: true, signed off, clear (MIN-12 to MIN-14).
    RecordEndorsed {
        session: Option<SessionNo>,
        version: u16,
        what: Endorsement,
        agrees: bool,
        reason: Option<Spoken>,
    },
    CorrectionRequested {
        session: Option<SessionNo>,
        correction: CorrectionId,
        text: Spoken,
        late: bool,
    },
    CorrectionAnswered {
        session: Option<SessionNo>,
        correction: CorrectionId,
        accepted: bool,
        words: Spoken,
    },
    /// By the chair: which copy somebody gets, or none (MIN-15 to MIN-18).
    RecipientChosen {
        session: Option<SessionNo>,
        seat: SeatId,
        copy: Option<CopyKind>,
        reason: Option<Spoken>,
    },
    /// These have not said yet that it is filed, and were reminded (MIN-10, MIN-20, MIN-21).
    FilingChased {
        session: Option<SessionNo>,
        seats: Vec<SeatId>,
    },
    /// Nothing is entered any more, and the chair was asked whether the session is over.
    ClosePrompted,
    /// A protection that holds for a time is to be looked at again (TIM-09).
    ProtectionReviewDue {
        session: SessionNo,
        draft: DraftId,
        /// When it ends, where that is known.
        ends_at: Option<DateTime<Utc>>,
    },
    /// Children are still without a decision (TIM-10).
    StillUndecided {
        /// Since the receipt of the information.
        working_days: u32,
        drift: bool,
    },
    /// Everything is decided, and for some children nothing runs any more (REV-08).
    StillWithoutAction {
        working_days: u32,
        drift: bool,
    },
    /// The chair was asked whether the decisions on immediate action still hold (REV-05).
    ReviewAsked {
        on: AskedOn,
    },
    /// The answer, by the actor.
    ReviewAnswered {
        holds: bool,
    },
    /// By the actor, over no action that was still running (REV-10).
    CaseClosed {
        /// What was planned and neither held nor cancelled, which marks it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        not_held: Vec<NotHeld>,
        reason: Option<Spoken>,
    },
    DeadlineNear {
        deadline: DeadlineKind,
        /// Where each session has one of its own.
        #[serde(default)]
        session: Option<SessionNo>,
        due_at: DateTime<Utc>,
    },
    DeadlineMissed {
        deadline: DeadlineKind,
        #[serde(default)]
        session: Option<SessionNo>,
        due_at: DateTime<Utc>,
    },
}

/// The fields of a form by key, as a person filled them in.
pub type Fields = BTreeMap<String, Spoken>;

#[cfg(test)]
#[path = "event_tests.rs"]
mod tests;
