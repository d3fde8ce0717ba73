//! Everything that can be asked of a case: one closed list, whatever surface it came from.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::adjournment::Interim;
use super::amendment::Amendment;
use super::attendance::{Invitee, Means, Reach};
use super::audit::{BreachFinding, Judgement, Viewed};
use super::challenge::Challenged;
use super::decision::{ActionParts, DangerKind, Entry, PositionKind, Supplement};
use super::event::{CopyKind, Fields, Held, Pinned, SessionForm};
use super::family::{AdultChange, ChildChange};
use super::family_draft::FamilyLine;
use super::floor::{Addressee, MoveOnReason, Nature, Source, Whose};
use super::follow_up::Completion;
use super::ids::{
    AccountId, ActionNo, AdultId, AlertId, ChallengeId, ChildId, CodeName, ContributionId, CorrectionId, CrossingNo,
    DraftId, InvitationId, MessageId, QuestionId, SeatId, SessionNo, SuggestionId, TurnId,
};
use super::issuing::Endorsement;
use super::late::Sight;
use super::limits::{Item, Readers};
use super::link::Link;
use super::people::{AgencyKind, Person};
use super::referral::{Adult, Child, Referral};
use super::request::Wanted;
use super::spoken::Spoken;
use super::stage::Stage;

/// Somebody asked to a session, and how they are reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    pub to: Invitee,
    pub reach: Reach,
}

/// What a person, or a timer, asks for.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    // The referral and the people it is about.
    /// Opens a case. The code name is drawn outside, since chance is an argument.
    RegisterReferral {
        code_name: CodeName,
        pinned: Pinned,
        referral: Box<Referral>,
    },
    /// Supplies or puts right what is known of the referral (REF-01).
    AmendReferral(Box<Amendment>),
    /// Opens a case as a request to social care; its code name is the requester's reference.
    RequestDiscussion {
        code_name: CodeName,
        pinned: Pinned,
        wanted: Wanted,
    },
    ReadRequest,
    TakeUpRequest {
        referral: Box<Referral>,
    },
    DeclineRequest {
        reason: Spoken,
    },
    LinkCase(Link),
    /// The id is given by the core.
    ListChild(Box<Child>),
    ListAdult(Box<Adult>),
    /// What is given takes the place of what stood.
    AmendChild {
        child: ChildId,
        change: Box<ChildChange>,
    },
    AmendAdult {
        adult: AdultId,
        change: Box<AdultChange>,
    },
    /// What is known of an adult, by the codes of the procedure's list; takes the place of what stood.
    FlagAdult {
        adult: AdultId,
        difficulties: Vec<String>,
    },

    // Convening.
    Convene {
        form: SessionForm,
        complex: bool,
        /// `None` while no date is fixed; it is asked for every day (REF-07).
        starts_at: Option<DateTime<Utc>>,
        held: Held,
        chair: Option<Person>,
        /// Invited with the same step (SES-19).
        parties: Vec<Party>,
        /// The number or link of a call beside the session; may be blank (SES-07).
        call: Spoken,
    },
    /// Takes these off the list of a further session's invitees, by their numbers on it (REV-04).
    LeaveOut {
        nos: Vec<u16>,
    },
    /// Puts somebody more on it.
    AddInvitee {
        to: Invitee,
        support: Option<String>,
    },
    /// Asks everybody on it. `reach` says of agencies how they are reached.
    SendInvitations {
        reach: BTreeMap<String, Reach>,
    },
    /// The number or link of the call the session runs on; takes the place of what stood (SES-07).
    GiveCall {
        details: Spoken,
    },
    /// By somebody who accepted, for themselves (SES-07).
    ReadCall,
    /// Gives the start, or changes it; `for_attendance` where it is so that particular people can attend (TIM-08).
    Reschedule {
        starts_at: DateTime<Utc>,
        for_attendance: bool,
    },
    /// A manager agrees that a discussion is held first (REF-10).
    Agree,
    Invite {
        to: Invitee,
        reach: Reach,
        /// The role, where it is one that supports the session (SES-09).
        support: Option<String>,
    },
    /// This kind of agency is asked by a person's name alone (INV-33).
    AskByNameOnly {
        kind: AgencyKind,
    },
    /// A proposal of the procedure is not needed, because …
    TurnDownProposal {
        proposal: String,
        reason: Spoken,
    },
    /// A person without an account, vouched for by somebody enrolled (INV-34).
    Vouch {
        voucher: Option<SeatId>,
        person: Person,
        means: Means,
        knows_child: bool,
        /// Theirs is a support seat (SES-09).
        support: bool,
    },
    /// `conflict`: whether they know or manage the person of concern, where that is asked (INV-33).
    Accept {
        invitation: InvitationId,
        conflict: Option<bool>,
    },
    /// With or without information in writing (INV-25).
    Decline {
        invitation: InvitationId,
        reason: Spoken,
        fields: Fields,
    },
    /// A colleague instead of whoever declined (INV-25).
    SendDeputy {
        deputy: Person,
    },
    /// The next step where nobody has answered, by its code (INV-17, INV-32).
    Escalate {
        invitation: InvitationId,
        step: String,
    },
    /// One's own seat and open actions to a colleague of the same agency, or those of somebody who left (SES-16, SES-17).
    HandOn {
        from: Option<SeatId>,
        to: Person,
    },
    /// Somebody's enrolment ended: their access ends at once (SES-17).
    EndSeats {
        account: AccountId,
    },
    /// Masks words from everybody but these, or with `None` lifts one's own mask (SEC-08).
    Mask {
        words: Spoken,
        shown: Spoken,
        readers: Option<Readers>,
    },
    /// What one entered just after acting in another case was meant for that one (SES-15).
    WrongCase {
        crossing: CrossingNo,
    },
    LookUp,
    /// For oneself, or entered for a guest.
    SendInformation {
        seat: Option<SeatId>,
        fields: Fields,
    },
    /// What was sent, read by the chair before its turn (INV-25).
    ReadSent {
        contribution: ContributionId,
    },
    WeighSent {
        contribution: ContributionId,
        act_now: bool,
    },
    /// Keeps one's own preparation, for oneself alone (INV-21).
    Prepare {
        fields: Fields,
    },
    /// Shares it in one's turn.
    ReleasePrepared,
    /// Sends it in, or keeps it, where one doesn't attend.
    SendPrepared,
    KeepPrepared,
    MarkAbsent {
        who: Whose,
        reason: Spoken,
    },

    // The door.
    ConfirmMeeting,
    NotMine,
    Introduce {
        authorised: bool,
        basis: Spoken,
    },
    /// A word to those who accepted and are not here yet (GATE-01).
    Remind,
    /// A person, or an invitation nobody has taken up (INV-30, SEC-14).
    StandDown {
        who: Whose,
        reason: Spoken,
    },
    /// How far back somebody who came late sees (SES-13).
    ChooseSight {
        seat: SeatId,
        sight: Sight,
    },
    /// By telephone or in person, as the recorder enters it (INV-23).
    EnterAttendance {
        seat: SeatId,
        means: Means,
        gone: bool,
    },
    Leave,
    Open,
    /// A second manager makes the chairing their own (INV-27).
    AdoptChairing,

    // Adjourning, and the chair's seat.
    /// Stops the session for a time; while it is adjourned, supplies what was not said of it. `safety`: a line a child
    /// for item zero (SES-01, SAFE-04).
    Adjourn {
        interim: Interim,
        safety: Spoken,
    },
    Resume,
    /// At a close, on request; an adjournment makes one by itself (SES-03).
    MakeHandover,
    ReadHandover,
    NameViceChair {
        seat: SeatId,
    },
    HandOver {
        seat: SeatId,
    },
    /// From a chair who is silent, or back from whoever took it (SES-05).
    TakeChair,
    /// The chair is there, and has only been listening.
    StillChairing,

    // The round.
    SetOrder {
        order: Vec<Whose>,
    },
    Share {
        seat: Option<SeatId>,
        on_behalf_of: Option<Source>,
        fields: Fields,
        /// For these alone (SEC-05); so with an answer.
        readers: Option<Readers>,
    },
    /// Reads a written submission out in its turn.
    ReadOut,
    /// What was entered for somebody on the telephone was read back to them (INV-34).
    ReadBack {
        contribution: ContributionId,
    },
    /// What the recorder entered for the actor is right (SES-08).
    ConfirmWords {
        contribution: ContributionId,
    },
    /// It is not, and should read like this; both stay.
    CorrectWords {
        contribution: ContributionId,
        fields: Fields,
    },
    /// The actor's position, said aloud, was entered right (SES-08).
    ConfirmPosition,
    /// Fact, reported by another, or professional opinion (INFO-27).
    MarkContribution {
        contribution: ContributionId,
        nature: Nature,
    },
    /// Who told social care what it shared for a partner (TURN-14).
    StateSource {
        contribution: ContributionId,
        source: Source,
    },
    /// Each ends the turn its button was shown for, so that two who press at once end one turn.
    Finish {
        turn: Option<TurnId>,
    },
    NothingHeld {
        turn: Option<TurnId>,
    },
    /// When one has to go, and whether one asks to be taken first (SES-12).
    LeaveBy {
        at: DateTime<Utc>,
        first: bool,
    },
    /// The chair grants it: this seat is next, the others keep their order.
    TakeFirst {
        seat: SeatId,
    },
    MoveOn {
        turn: Option<TurnId>,
        reason: MoveOnReason,
    },
    /// The chair returns to a speaker, who is next (TURN-16).
    ReturnTo {
        seat: SeatId,
    },
    /// Whoever left, or was passed over, is here again (TURN-17).
    ComeBack,
    /// A word to whoever has the floor, to keep to what is relevant and proportionate (TURN-18).
    Nudge,
    /// Somebody typed in the case's channel instead of using a command (TURN-05).
    HoldBack {
        message: MessageId,
        account: AccountId,
    },
    /// On to the questions, over whoever has not been heard (TURN-17); over whoever has the floor with a reason.
    CloseRound {
        reason: Option<MoveOnReason>,
    },
    Ask {
        to: Option<Addressee>,
        text: Spoken,
        /// Urgent for a child's safety (TURN-08).
        urgent: bool,
    },
    /// A parked question turns out to be urgent for a child's safety (TURN-08).
    MarkUrgent {
        question: QuestionId,
    },
    /// The chair keeps an urgent question for the stage of questions (TURN-08).
    KeepUrgent {
        question: QuestionId,
    },
    PutQuestion {
        question: QuestionId,
        to: Option<Addressee>,
    },
    AnswerQuestion {
        question: QuestionId,
        text: Spoken,
        readers: Option<Readers>,
    },
    /// Who may read something; nobody named means everybody (SEC-05).
    Limit {
        item: Item,
        readers: Option<Readers>,
    },
    /// The originator's answer where the chair wants more readers.
    AnswerWidening {
        item: Item,
        agrees: bool,
    },
    ReadLimited,
    GiveUpQuestion {
        question: QuestionId,
    },
    NoQuestions,
    /// An unanswered question becomes an action (TURN-13).
    AllocateQuestion {
        question: QuestionId,
    },
    /// On to the next stage, from the one its button was shown at, so that two presses at once go on once. Never refused
    /// for what is missing (GATE-13).
    Advance {
        from: Option<Stage>,
    },
    /// One reason for whatever was moved on from so far (GATE-13).
    ExplainSkipped {
        reason: Spoken,
    },

    // Decisions and actions.
    Enter(Box<Entry>),
    /// What a group of questions still asks is not needed, for one reason (DEC-45).
    AnswerGroup {
        group: String,
        reason: Spoken,
    },
    /// More of a decision or an outcome that stands; a blank part leaves what stood.
    Supply {
        draft: DraftId,
        more: Box<Supplement>,
    },
    /// Puts another entry in the place of a draft nobody has confirmed (SES-06).
    ChangeDraft {
        draft: DraftId,
        entry: Box<Entry>,
    },
    /// Collects the agencies' views unseen, and shows them together (RISK-04).
    HideViews,
    ShowViews,
    /// An agency's own answer, which needs nobody's confirmation (RISK-04).
    AgencyAnswer {
        prompt: String,
        fields: Fields,
    },
    /// Which drafts, or all of them.
    Confirm {
        drafts: Option<Vec<DraftId>>,
    },
    GivePosition {
        seat: Option<SeatId>,
        kind: PositionKind,
        about: Spoken,
        /// The decisions it disagrees with; none named is all of them.
        items: Vec<DraftId>,
    },
    /// Collects the positions unseen, and shows them together (DEC-43).
    HidePositions,
    /// The list of actions is right as it was read back (ACT-14).
    ConfirmActions,
    ShowPositions,
    /// The chair takes up what an attendee would have entered, or leaves it (DEC-44).
    AnswerSuggestion {
        suggestion: SuggestionId,
        taken: bool,
    },
    // Challenge and escalation.
    InviteChallenge,
    /// For oneself, or said aloud and entered for somebody.
    Challenge {
        by: Option<SeatId>,
        challenged: Box<Challenged>,
    },
    SettleChallenge {
        challenge: ChallengeId,
        resolved: bool,
        tried: Spoken,
        result: Spoken,
    },
    /// To the next level of the policy, with the managers on each side (DIS-04).
    EscalateChallenge {
        challenge: ChallengeId,
        own: Spoken,
        other: Spoken,
        met_at: Option<DateTime<Utc>>,
    },
    AnswerChallenge {
        challenge: ChallengeId,
        text: Spoken,
    },
    /// Whether the manager of a partner nobody came for is turned to: by the place of its line in the minimum (DIS-07).
    EscalateAbsence {
        line: u16,
        escalated: bool,
        reason: Spoken,
    },
    /// The police ask why health is missing (DIS-09).
    QuestionHealth {
        text: Spoken,
    },
    PoliceUnavailable,
    LogPoliceTalk {
        spoke: Spoken,
        with: Spoken,
        talked_at: Option<DateTime<Utc>>,
        result: Spoken,
    },
    AnswerAction {
        action: ActionNo,
        accepted: bool,
        reason: Spoken,
    },
    /// The owner says what became of it (REV-02).
    ReportAction {
        action: ActionNo,
        completion: Completion,
        evidence: Spoken,
        /// What changed for the child.
        changed: Spoken,
    },
    /// The chair accepts a report or returns it (REV-02).
    AnswerReport {
        action: ActionNo,
        accepted: bool,
        reason: Spoken,
    },
    /// What came of checking the actions (REV-03).
    ReviewCompletion {
        session: Option<SessionNo>,
        result: Spoken,
    },
    /// A new time or owner.
    ChangeAction {
        action: ActionNo,
        due: Option<DateTime<Utc>>,
        /// Of the new time the day alone was said.
        day_alone: bool,
        owner: Option<SeatId>,
        parts: ActionParts,
        reason: Spoken,
    },

    /// It is not to be done any more, because … (REV-10).
    CancelAction {
        action: ActionNo,
        reason: Spoken,
    },
    /// Whether the decisions on immediate action still hold (REV-05).
    AnswerReview {
        holds: bool,
    },
    /// Whoever was to be found for an immediate action: somebody with a seat, or in words (SAFE-05).
    NameOwner {
        action: ActionNo,
        owner: Option<SeatId>,
        words: Spoken,
    },

    // Safety.
    RaiseDanger {
        danger: DangerKind,
    },
    /// More of an alert, by its sender, whenever they have a moment.
    DescribeDanger {
        alert: AlertId,
        text: Spoken,
    },
    AcknowledgeDanger {
        alert: AlertId,
    },
    /// By its sender; the alert stays in the record (SAFE-07).
    MarkFalseAlarm {
        alert: AlertId,
        reason: Spoken,
    },

    // The end, and after.
    /// `safety`: a line a child for item zero (SAFE-04).
    Close {
        reason: Option<Spoken>,
        safety: Spoken,
    },
    /// Without a number, the earliest session whose record is still to be signed; so with the next three.
    Sign {
        session: Option<SessionNo>,
        /// Under the name the procedure gives a record that has not earned its title (GATE-10).
        untitled: bool,
    },
    /// `owners`: what owners of actions who took no part get, where the procedure has the chair asked (MIN-30).
    Circulate {
        session: Option<SessionNo>,
        owners: Option<CopyKind>,
    },
    /// Of the version as it stands, or of an earlier one (MIN-26).
    /// The sessions of the case as one history (REV-06).
    ReadHistory,
    OpenCopy {
        session: Option<SessionNo>,
        version: Option<u16>,
        /// The document for this child's file instead of one's own copy (MIN-24).
        child: Option<ChildId>,
    },
    /// By the chair, to see it or to take it away (SEC-06).
    OpenFamilyDraft {
        session: Option<SessionNo>,
    },
    /// By the chair: one line of the draft for the family, or every line of it that isn't kept from them (SEC-06).
    TickFamilyLines {
        session: Option<SessionNo>,
        line: Option<FamilyLine>,
        ticked: bool,
    },
    /// By the chair: a line may be told although it holds something that was kept from the family (SEC-06).
    LiftFamilyEmbargo {
        session: Option<SessionNo>,
        line: FamilyLine,
        reason: Spoken,
    },
    /// What the actor says of the record: true, signed off, clear (MIN-12 to MIN-14).
    Endorse {
        session: Option<SessionNo>,
        what: Endorsement,
        agrees: bool,
        reason: Spoken,
    },
    /// By an attendee (MIN-26).
    RequestCorrection {
        session: Option<SessionNo>,
        text: Spoken,
    },
    /// By the chair; accepted, it makes a new version (MIN-26).
    AnswerCorrection {
        session: Option<SessionNo>,
        correction: CorrectionId,
        accepted: bool,
        words: Spoken,
    },
    /// Somebody gets the record, or an extract, or none, by the chair's word: a seat, the one an invitation names, or
    /// anybody enrolled (MIN-15 to MIN-18).
    ChooseRecipient {
        session: Option<SessionNo>,
        who: Option<Whose>,
        person: Option<Box<Person>>,
        copy: Option<CopyKind>,
        reason: Spoken,
    },
    ConfirmFiled {
        session: Option<SessionNo>,
    },
    /// Closes the case itself (REV-10). `not_held`: a session that was planned and neither held nor cancelled is known of,
    /// and not waited for.
    CloseCase {
        not_held: bool,
        reason: Spoken,
    },
    /// By somebody the procedure names (AUD-11). Without a number, the last session that is closed.
    ViewForAudit {
        session: Option<SessionNo>,
        viewed: Viewed,
    },
    /// A person's own judgement (AUD-06).
    Judge {
        session: Option<SessionNo>,
        judgement: Judgement,
        words: Spoken,
    },
    /// What the authority finds of a possible breach, by somebody the procedure names (AUD-11). Without the number of its
    /// entry, the last one nobody has assessed.
    AssessBreach {
        entry: Option<u64>,
        finding: BreachFinding,
        words: Spoken,
    },
    /// What was sent with an invitation reached nobody.
    NoteUndelivered {
        invitation: InvitationId,
        by_mail: bool,
    },
    /// A timer of the bot's own fell due.
    DeadlineReached {
        deadline: String,
    },
}
