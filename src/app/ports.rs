//! What the application needs of the world: a store, a courier and a clock. Each has one real adapter.

use std::time::Duration;

use async_trait::async_trait;
use chrono::{DateTime, Utc};

use crate::domain::duty::DutyHours;
use crate::domain::event::Record;
use crate::domain::ids::{AccountId, CaseId, CodeName};
use crate::domain::people::{AgencyContacts, AgencyKind, Person};

use super::effect::Effect;

/// The domain's time. Leases and network waits use the machine's own clock instead.
pub trait Clock: Send + Sync {
    fn now(&self) -> DateTime<Utc>;
}

/// Everything convenor keeps. One commit is one transaction.
#[async_trait]
pub trait Store: Send + Sync {
    /// Records what a command did, all or nothing: entries, effects, timers and the receipt.
    async fn commit(&self, commit: Commit) -> Result<Committed, StoreError>;

    /// A case's journal after this many entries, decrypted; after 0, the whole of it.
    async fn journal(&self, case: &CaseId, after: u64) -> Result<Vec<Record>, StoreError>;

    /// The hash of a case's last entry in hexadecimal, as printed in the minutes.
    async fn head(&self, case: &CaseId) -> Result<String, StoreError>;
    /// A case's journal as encrypted lines of `journal.jsonl`, without line ends; checked without any key.
    async fn export_jsonl(&self, case: &CaseId) -> Result<Vec<String>, StoreError>;

    /// The cases, oldest first.
    async fn cases(&self) -> Result<Vec<CaseRow>, StoreError>;
    /// The cases an account has a seat in, oldest first, but for those whose last session's record is circulated.
    async fn own_cases(&self, account: AccountId) -> Result<Vec<CaseRow>, StoreError>;
    /// The cases an account has a seat in, oldest first, whether or not they are over: actions outlive the record.
    async fn seated_cases(&self, account: AccountId) -> Result<Vec<CaseRow>, StoreError>;
    async fn case_by_code_name(&self, code_name: &CodeName) -> Result<Option<CaseRow>, StoreError>;
    /// The case whose private channel this is, by the platform's id of the channel.
    async fn case_by_channel(&self, channel: &str) -> Result<Option<CaseRow>, StoreError>;

    /// The text kept under a digest: a case's procedure, prompts and wording as pinned at convening.
    async fn pinned(&self, digest: &str) -> Result<Option<String>, StoreError>;

    async fn enrol(&self, person: &Person) -> Result<(), StoreError>;
    /// Nobody is enrolled with this account any more.
    async fn end_enrolment(&self, account: AccountId) -> Result<(), StoreError>;
    async fn enrolled(&self, account: AccountId) -> Result<Option<Person>, StoreError>;
    async fn enrolments(&self) -> Result<Vec<Person>, StoreError>;
    async fn save_agency(&self, agency: &Agency) -> Result<(), StoreError>;
    async fn agencies(&self) -> Result<Vec<Agency>, StoreError>;
    /// Keeps what set-up made. Administrators are added and renamed, never taken away.
    async fn keep_installation(&self, installation: &Installation) -> Result<(), StoreError>;
    /// What was set up in this database, every guild's.
    async fn installations(&self) -> Result<Vec<Installation>, StoreError>;

    /// Whether the administrators were reminded of this.
    async fn reminded(&self, what: &str) -> Result<bool, StoreError>;
    /// Keeps that they were; the first time stands.
    async fn keep_reminder(&self, what: &str, at: DateTime<Utc>) -> Result<(), StoreError>;

    /// Records what an interaction came to where nothing else is written: a refusal, or a view.
    async fn record_receipt(&self, receipt: &Receipt) -> Result<Committed, StoreError>;
    /// What a delivery of this interaction came to, if it was recorded.
    async fn receipt(&self, interaction: &str) -> Result<Option<Receipt>, StoreError>;

    /// Takes the oldest waiting effect of a lane nobody holds, until `lease_until_ms` (machine time).
    async fn claim(&self, now_ms: i64, lease_until_ms: i64) -> Result<Option<Claimed>, StoreError>;
    /// Says what became of a claimed effect. `false` where the lease was lost to another worker meanwhile.
    async fn settle(&self, claimed: &Claimed, settlement: Settlement) -> Result<bool, StoreError>;
    /// When the next waiting effect may be tried (machine time); `None` where nothing waits.
    async fn next_attempt_ms(&self) -> Result<Option<i64>, StoreError>;
    /// The platform's ids a case's effects brought back, by slot.
    async fn references(&self, case: &CaseId) -> Result<Vec<Reference>, StoreError>;
    /// How much waits in the outbox, and how many lanes stand still.
    async fn outbox(&self) -> Result<OutboxCount, StoreError>;

    /// The lanes that stand still, and what each stumbled over.
    async fn wedged(&self) -> Result<Vec<WedgedLane>, StoreError>;
    /// Sets a wedged lane going again. `false` where it was not wedged.
    async fn release_lane(&self, case: &CaseId, release: Release) -> Result<bool, StoreError>;

    /// Timers due at or before this instant, earliest first.
    async fn due_timers(&self, now: DateTime<Utc>) -> Result<Vec<Timer>, StoreError>;
    /// The earliest timer of all.
    async fn next_timer(&self) -> Result<Option<DateTime<Utc>>, StoreError>;

    /// Writes out what is still in memory and lets go of the database. Nothing else works afterwards.
    async fn close(&self);
}

/// One command's effect on the store.
#[derive(Debug, Clone)]
pub struct Commit {
    pub case: CaseId,
    /// The journal's length the decision was made on; another writer in between is a conflict.
    pub expected_entries: u64,
    /// Set when this commit opens the case.
    pub opens: Option<CodeName>,
    /// Set when the case comes to have this reference of the authority's; no other case may have it (REF-14).
    pub reference: Option<String>,
    /// Texts to keep under their digest.
    pub pins: Vec<(String, String)>,
    pub records: Vec<Record>,
    pub effects: Vec<Effect>,
    /// A timer set replaces the one of the same name.
    pub timers: Vec<TimerChange>,
    /// Absent for a command of the bot's own.
    pub receipt: Option<Receipt>,
}

/// What a person's interaction came to. Its id is unique: a second delivery finds the first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    pub interaction: String,
    pub case: Option<CaseId>,
    pub at: DateTime<Utc>,
    pub result: ReceiptResult,
    /// A stable code: the refusal's, the mark's, or the first event's kind.
    pub code: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReceiptResult {
    Accepted,
    Marked,
    Refused,
}

impl ReceiptResult {
    /// The word kept in the store and printed in reports.
    pub fn word(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Marked => "marked",
            Self::Refused => "refused",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Committed {
    Done,
    /// This interaction was recorded before; nothing was written.
    Duplicate,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseRow {
    pub case: CaseId,
    pub code_name: CodeName,
    pub entries: u64,
}

/// An agency of the directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agency {
    pub name: String,
    pub kind: AgencyKind,
    /// The platform's id of its duty channel.
    pub duty_channel: Option<String>,
    /// Its team's mail address, for when nobody enrolled is on duty (INV-32).
    pub mailbox: Option<String>,
    /// When the enrolled are on duty; absent means always.
    pub hours: Option<DutyHours>,
    pub contacts: AgencyContacts,
}

impl Agency {
    /// One without a mailbox, whose people are always on duty.
    pub fn new(name: &str, kind: AgencyKind, duty_channel: Option<String>) -> Self {
        Self {
            name: name.to_owned(),
            kind,
            duty_channel,
            mailbox: None,
            hours: None,
            contacts: AgencyContacts::default(),
        }
    }
}

/// What set-up made in a guild; ids are the platform's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Installation {
    pub guild: String,
    /// Where the channels of cases go.
    pub category: Option<String>,
    /// Where administrators are told what only they can put right.
    pub admin_channel: Option<String>,
    pub administrators: Vec<Administrator>,
}

/// Who looks after the installation; nobody reads a case by being one (SEC-13).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Administrator {
    pub account: AccountId,
    pub name: String,
}

#[derive(Debug, Clone)]
pub struct Claimed {
    pub id: i64,
    pub case: CaseId,
    pub effect: Effect,
    /// This attempt's number, from 1; it also fences the settlement.
    pub attempts: u32,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Settlement {
    /// Delivered, with the ids learnt.
    Delivered(Vec<Reference>),
    /// Failed for now; try again at this machine time.
    RetryAt { at_ms: i64, why: String },
    /// Can't be delivered. The lane stops and an administrator is told.
    Wedged { why: String },
    /// Not deliverable and not needed: the person or message no longer exists.
    Dropped { why: String },
}

/// A lane that stands still until an operator releases it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WedgedLane {
    pub case: CaseId,
    pub attempts: u32,
    /// The failure's own words; they never hold what was to be delivered.
    pub why: String,
}

/// How an operator sets a lane going.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Release {
    /// Try the same effect again: what stood in its way was put right.
    Retry,
    /// Go on with the next one; this one is never delivered.
    Skip,
}

/// The slot under which the case's own channel is kept.
pub const CHANNEL_SLOT: &str = "channel";

/// A platform id kept under the name the case has for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    pub slot: String,
    pub channel: String,
    pub message: Option<String>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct OutboxCount {
    pub waiting: u64,
    pub wedged: u64,
}

/// A moment at which the bot acts by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timer {
    pub case: CaseId,
    pub name: String,
    pub at: DateTime<Utc>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TimerChange {
    Set { name: String, at: DateTime<Utc> },
    Clear { name: String },
}

/// Carries one effect to the platform: one attempt, and a failure that says what to do about it.
#[async_trait]
pub trait Courier: Send + Sync {
    async fn deliver(
        &self,
        claimed: &Claimed,
        known: &[Reference],
        agencies: &[Agency],
    ) -> Result<Vec<Reference>, Failure>;
}

/// Sets a record as a PDF.
#[async_trait]
pub trait Typesetter: Send + Sync {
    /// The PDF of a record, given as JSON, by a template; `at` is the document's date. `None` where it can't be made: the
    /// log says why.
    async fn pdf(&self, template: &str, record: String, at: DateTime<Utc>) -> Option<Vec<u8>>;
}

/// Why a delivery failed. It never holds what was to be delivered.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// Try again, after this long where the platform said so.
    #[error("not now: {why}")]
    Later { after: Option<Duration>, why: String },
    /// What it was about no longer exists.
    #[error("gone: {why}")]
    Gone { why: String },
    /// The platform will never accept it.
    #[error("refused: {why}")]
    Refused { why: String },
}

#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Another writer added to the case first. The command is decided again.
    #[error("the case changed while the command was being decided")]
    Conflict,
    #[error("{table}, {row}: {problem}")]
    Corrupt { table: &'static str, row: String, problem: String },
    #[error("the database holds a newer version's tables; use a newer convenor")]
    Newer,
    #[error("the master key does not open this database")]
    WrongKey,
    /// The database can't be worked with at all; the sentence says what to do.
    #[error("the database cannot be used: {why}")]
    Unusable { why: &'static str, source: Option<Box<dyn std::error::Error + Send + Sync>> },
    #[error("another case already has this code name")]
    CodeNameTaken,
    /// The authority's reference is another case's (REF-14).
    #[error("another case already has this reference")]
    ReferenceTaken { by: CodeName },
    #[error("only a person with an account can be enrolled")]
    NoAccount,
    #[error("the database could not be used")]
    Database(#[source] Box<dyn std::error::Error + Send + Sync>),
}
