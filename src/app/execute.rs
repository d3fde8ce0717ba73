//! The one write path: fold, decide, plan, commit. Nothing else adds to a journal.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Utc};
use rand::{CryptoRng, Rng};

use crate::config::Config;
use crate::domain::case::Case;
use crate::domain::code_name::code_name;
use crate::domain::command::Command;
use crate::domain::decide::decide;
use crate::domain::event::{Actor, Event, Record};
use crate::domain::facts::Facts;
use crate::domain::ids::{AccountId, CaseId, CodeName, SeatId};
use crate::domain::people::Person;
use crate::domain::refusal::Refusal;
use crate::room::Scene;

use super::elsewhere::LastActs;
use super::plan::{Plan, plan};
use super::ports::{Clock, Commit, Committed, Receipt, ReceiptResult, Store, StoreError, TimerChange, Typesetter};
use super::rulebook::{Rulebook, SharedBook};

/// How often a command is decided again when another writer came first.
const TRIES_MAX: usize = 3;
/// How many folded cases are kept in memory; the others are folded anew when somebody asks.
const CASES_KEPT_MAX: usize = 64;

/// The application: what every surface and worker goes through.
pub struct App {
    pub(super) store: Arc<dyn Store>,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) config: Arc<Config>,
    pub(super) today: SharedBook,
    /// Makes PDFs; `None` where this program can't.
    pub(super) typesetter: Option<Arc<dyn Typesetter>>,
    chance: Mutex<Box<dyn CryptoRng + Send>>,
    books: Mutex<BTreeMap<String, SharedBook>>,
    kept: Mutex<BTreeMap<CaseId, Loaded>>,
    pub(super) last_acts: Mutex<LastActs>,
    woken: Box<dyn Fn() + Send + Sync>,
}

/// A case as it stands, with its journal and the book it runs under.
#[derive(Clone)]
pub struct Loaded {
    pub id: CaseId,
    pub journal: Arc<Vec<Record>>,
    pub case: Arc<Case>,
    pub book: SharedBook,
}

/// Who asks, and under which interaction.
#[derive(Debug, Clone, Default)]
pub struct Who {
    pub interaction: Option<String>,
    pub person: Option<Person>,
    /// They have just acted in another case (SES-15).
    pub crosses: bool,
}

/// What came of a command.
pub enum Outcome {
    /// Recorded; the case as it stands now.
    Done {
        loaded: Box<Loaded>,
        from: usize,
    },
    Refused(Refusal),
    /// This interaction was answered before.
    Duplicate,
}

impl App {
    /// `woken` sets the workers going; see [`App::wake_workers`].
    ///
    /// `None` where the procedure is not configured.
    pub fn new(
        store: Arc<dyn Store>,
        clock: Arc<dyn Clock>,
        config: Arc<Config>,
        procedure: &str,
        chance: Box<dyn CryptoRng + Send>,
        woken: Box<dyn Fn() + Send + Sync>,
    ) -> Option<Self> {
        let today = Arc::new(Rulebook::configured(&config, procedure)?);
        Some(Self {
            store,
            clock,
            config,
            today,
            typesetter: None,
            chance: Mutex::new(chance),
            books: Mutex::default(),
            kept: Mutex::default(),
            last_acts: Mutex::default(),
            woken,
        })
    }

    /// The same with something that makes PDFs.
    pub fn with_typesetter(self, typesetter: Option<Arc<dyn Typesetter>>) -> Self {
        Self { typesetter, ..self }
    }

    pub fn store(&self) -> &dyn Store {
        &*self.store
    }

    /// Has the workers look for what there is to do. Surfaces call it once they have answered, so that a person hears
    /// before the room does, and in the same order at every play.
    pub fn wake_workers(&self) {
        (self.woken)();
    }

    /// What a person is told when nothing could be kept; it was not recorded, and can be sent again.
    pub fn sorry(&self) -> String {
        self.today.wording.say("form.sorry", ())
    }

    /// What somebody is told whose file was not taken.
    pub fn file_lost(&self) -> String {
        self.today.wording.say("form.file_lost", ())
    }

    /// A refusal that needs no case to be worded.
    pub fn plain_refusal(&self, refusal: &Refusal) -> String {
        self.today.wording.say(&format!("refusal.{}", refusal.code()), refusal)
    }

    /// The rules and words of a new case.
    pub fn book(&self) -> &Rulebook {
        &self.today
    }

    pub fn calendar(&self) -> &crate::domain::calendar::Calendar {
        &self.config.calendar
    }

    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// The case with its journal folded. What was folded before is kept, and only what came since is read; another
    /// process's entries are found that way too.
    pub async fn load(&self, id: &CaseId) -> Result<Loaded, StoreError> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner).get(id).cloned();
        let entries = kept.as_ref().map_or(0, |kept| kept.journal.len() as u64);
        let since = self.store.journal(id, entries).await?;
        let corrupt = |problem: String| StoreError::Corrupt { table: "entries", row: id.to_string(), problem };
        let loaded = match kept {
            Some(kept) if since.is_empty() => return Ok(kept),
            Some(kept) => {
                let mut case = Case::clone(&kept.case);
                since
                    .iter()
                    .try_for_each(|record| case.try_apply(record))
                    .map_err(|error| corrupt(error.to_string()))?;
                let journal = kept.journal.iter().cloned().chain(since).collect();
                Loaded { journal: Arc::new(journal), case: Arc::new(case), ..kept }
            }
            None => {
                let case = Case::try_fold(&since).map_err(|error| corrupt(error.to_string()))?;
                let case = case.ok_or_else(|| corrupt("the case has no entries".to_owned()))?;
                let book = self.book_of(&case).await?;
                Loaded { id: id.clone(), journal: Arc::new(since), case: Arc::new(case), book }
            }
        };
        self.keep(&loaded);
        Ok(loaded)
    }

    fn keep(&self, loaded: &Loaded) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= CASES_KEPT_MAX && !kept.contains_key(&loaded.id) {
            kept.pop_first();
        }
        kept.insert(loaded.id.clone(), loaded.clone());
    }

    async fn book_of(&self, case: &Case) -> Result<SharedBook, StoreError> {
        if case.pinned == self.today.pinned {
            return Ok(Arc::clone(&self.today));
        }
        let key =
            format!("{}:{}:{}", case.pinned.procedure_digest, case.pinned.catalogue_digest, case.pinned.wording_digest);
        let known = self.books.lock().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
        if let Some(book) = known {
            return Ok(book);
        }
        let book = Arc::new(Rulebook::pinned(&*self.store, &case.pinned, &self.today.wording).await?);
        self.books.lock().unwrap_or_else(PoisonError::into_inner).insert(key, Arc::clone(&book));
        Ok(book)
    }

    /// Opens a case: the code name and the pinned texts are given here, since chance is an argument.
    pub async fn begin(&self, who: &Who, mut command: Command) -> Result<Outcome, StoreError> {
        for _ in 0..TRIES_MAX {
            let (id, drawn) = self.draw();
            match &mut command {
                Command::RegisterReferral { code_name, pinned, .. }
                | Command::RequestDiscussion { code_name, pinned, .. } => {
                    (*code_name, *pinned) = (drawn, self.today.pinned.clone());
                }
                _ => return Ok(Outcome::Refused(Refusal::NoCase)),
            }
            match self.attempt(&id, None, who, &command).await {
                Err(StoreError::CodeNameTaken | StoreError::Conflict) => {}
                other => return other,
            }
        }
        Err(StoreError::Conflict)
    }

    /// Carries out a command on a case.
    pub async fn execute(&self, case: &CaseId, who: &Who, command: &Command) -> Result<Outcome, StoreError> {
        for _ in 1..TRIES_MAX {
            let loaded = self.load(case).await?;
            match self.attempt(case, Some(loaded), who, command).await {
                Err(StoreError::Conflict) => {}
                other => return other,
            }
        }
        let loaded = self.load(case).await?;
        self.attempt(case, Some(loaded), who, command).await
    }

    async fn attempt(
        &self,
        id: &CaseId,
        loaded: Option<Loaded>,
        who: &Who,
        command: &Command,
    ) -> Result<Outcome, StoreError> {
        let now = self.clock.now();
        let book = loaded.as_ref().map_or_else(|| Arc::clone(&self.today), |loaded| Arc::clone(&loaded.book));
        let rules = book.rules(&self.config.calendar);
        let case = loaded.as_ref().map(|loaded| &*loaded.case);
        let seat = who.person.as_ref().and_then(|person| case.and_then(|case| seat_of(case, person.account)));
        let duty_team_stands_in = self.duty_team_stands_in(command, &rules).await?;
        let facts = Facts { now, person: who.person.as_ref(), seat, crosses: who.crosses, duty_team_stands_in, rules };
        let events = match decide(case, command, &facts) {
            Ok(events) => events,
            Err(refusal) => return self.refuse(id, case.is_some(), who, refusal).await,
        };
        let before = loaded.as_ref().map(|loaded| Arc::clone(&loaded.case));
        let mut journal = loaded.map_or_else(Vec::new, |loaded| loaded.journal.to_vec());
        let from = journal.len();
        let actor = actor(who, seat);
        journal.extend(events.into_iter().zip(from as u64 + 1..).map(|(event, seq)| Record {
            seq,
            at: now,
            actor: actor.clone(),
            event,
        }));
        let after = match &before {
            Some(case) => journal[from..].iter().fold(Case::clone(case), |mut case, record| {
                case.apply(record);
                case
            }),
            None => Case::fold(&journal).expect("a case was begun"),
        };
        let head = if from == 0 { String::new() } else { self.store.head(id).await? };
        let scene = Scene { case: &after, rules, wording: &book.wording };
        let mut planned = plan(before.as_deref(), &journal[from..], &scene, &journal[..from], &head);
        if let Command::DeadlineReached { deadline } = command {
            // First, since what it leads to may set it again.
            planned.timers.insert(0, TimerChange::Clear { name: deadline.clone() });
        }
        let receipt = who.interaction.as_ref().map(|interaction| receipt(interaction, id, now, &journal[from..]));
        let opens = before.is_none().then(|| after.code_name.clone());
        let pins = if opens.is_some() { book.texts() } else { Vec::new() };
        let reference = reference_of(before.as_deref(), &after);
        let records = journal[from..].to_vec();
        let Plan { effects, timers } = planned;
        let effects = self.addressed(effects, &after.by_name_only).await?;
        let expected_entries = from as u64;
        let commit =
            Commit { case: id.clone(), expected_entries, opens, reference, pins, records, effects, timers, receipt };
        match self.store.commit(commit).await {
            Ok(Committed::Done) => {}
            Ok(Committed::Duplicate) => return Ok(Outcome::Duplicate),
            Err(StoreError::ReferenceTaken { by }) => {
                let refusal = Refusal::ReferenceHasCase { code_name: by.to_string() };
                return self.refuse(id, before.is_some(), who, refusal).await;
            }
            Err(other) => return Err(other),
        }
        let loaded = Loaded { id: id.clone(), journal: Arc::new(journal), case: Arc::new(after), book };
        self.keep(&loaded);
        self.has_acted(who, id, now);
        Ok(Outcome::Done { loaded: Box::new(loaded), from })
    }

    /// A refusal leaves a receipt, so that a second delivery stays silent; nothing else is written.
    async fn refuse(&self, id: &CaseId, exists: bool, who: &Who, refusal: Refusal) -> Result<Outcome, StoreError> {
        let first = self.record_refusal(exists.then_some(id), who, &refusal).await?;
        Ok(if first { Outcome::Refused(refusal) } else { Outcome::Duplicate })
    }

    /// `false` where this interaction was recorded before.
    pub(super) async fn record_refusal(
        &self,
        case: Option<&CaseId>,
        who: &Who,
        refusal: &Refusal,
    ) -> Result<bool, StoreError> {
        let Some(interaction) = &who.interaction else { return Ok(true) };
        let receipt = Receipt {
            interaction: interaction.clone(),
            case: case.cloned(),
            at: self.clock.now(),
            result: ReceiptResult::Refused,
            code: refusal.code(),
        };
        Ok(self.store.record_receipt(&receipt).await? == Committed::Done)
    }

    /// The seed of a sample, from the chance that was passed in.
    pub(super) fn draw_seed(&self) -> u32 {
        self.chance.lock().unwrap_or_else(PoisonError::into_inner).random()
    }

    fn draw(&self) -> (CaseId, CodeName) {
        let mut chance = self.chance.lock().unwrap_or_else(PoisonError::into_inner);
        let words = &self.config.case_names;
        let first = &words.first[chance.random_range(0..words.first.len())];
        let second = &words.second[chance.random_range(0..words.second.len())];
        (CaseId(format!("{:016x}", chance.random::<u64>())), code_name(first, second))
    }
}

/// A person's seat in a case, unless they were turned away from it and have since been seated anew.
pub fn seat_of(case: &Case, account: Option<AccountId>) -> Option<SeatId> {
    let account = account?;
    case.seats.iter().rev().find(|seat| seat.person.account == Some(account)).map(|seat| seat.id)
}

/// The authority's reference, where the case comes to have it.
fn reference_of(before: Option<&Case>, after: &Case) -> Option<String> {
    let reference = &after.referral.reference;
    let is_new = before.is_none_or(|before| before.referral.reference != *reference);
    (is_new && !reference.trim().is_empty()).then(|| reference.clone())
}

fn actor(who: &Who, seat: Option<SeatId>) -> Actor {
    let Some(person) = &who.person else { return Actor::default() };
    // Whoever opens a case takes its first seat with the same commit.
    Actor { seat, name: person.name.clone(), role: person.role.clone(), agency: person.agency.clone() }
}

fn receipt(interaction: &str, case: &CaseId, at: DateTime<Utc>, records: &[Record]) -> Receipt {
    let mark = records.iter().find_map(|record| record.event.mark());
    let mut said = records.iter().filter(|record| !matches!(record.event, Event::Crossed { .. }));
    let first = said.next().map_or("nothing", |record| record.event.kind());
    Receipt {
        interaction: interaction.to_owned(),
        case: Some(case.clone()),
        at,
        result: if mark.is_some() { ReceiptResult::Marked } else { ReceiptResult::Accepted },
        code: mark.unwrap_or(first).to_owned(),
    }
}
