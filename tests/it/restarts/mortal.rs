//! A store whose every call may be the caller's last. Who dies in a call never hears of it again: the call does not
//! return, and no other call of that life does.

use std::future::pending;
use std::sync::Arc;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use convenor::app::ports::{
    Agency, CaseRow, Claimed, Commit, Committed, Installation, OutboxCount, Receipt, Reference, Release, Settlement,
    Store, StoreError, Timer, WedgedLane,
};
use convenor::domain::event::Record;
use convenor::domain::ids::{AccountId, CaseId, CodeName};
use convenor::domain::people::Person;

use super::fate::{Fate, Life, Side, Verdict};

tokio::task_local! {
    /// Set where a test only looks whether the bot has come to rest: such calls are nobody's, and kill nobody.
    pub static WATCHING: ();
}

pub struct MortalStore {
    inner: Arc<dyn Store>,
    fate: Arc<Fate>,
    life: Arc<Life>,
}

impl MortalStore {
    pub fn new(inner: Arc<dyn Store>, fate: Arc<Fate>, life: Arc<Life>) -> Self {
        Self { inner, fate, life }
    }

    async fn call<T>(&self, name: &str, call: impl Future<Output = T>) -> T {
        let verdict = match WATCHING.try_with(|()| ()) {
            Ok(()) if self.life.is_dead() => Verdict::Dead,
            Ok(()) => Verdict::GoOn,
            Err(_) => self.fate.call_of(&self.life, name),
        };
        match verdict {
            Verdict::Dead => pending().await,
            Verdict::Dies(side) => {
                if side == Side::After {
                    call.await;
                }
                self.life.announce();
                pending().await
            }
            Verdict::GoOn => {
                let done = call.await;
                if self.life.is_dead() { pending().await } else { done }
            }
        }
    }
}

macro_rules! mortal {
    ($(fn $name:ident($($given:ident: $kind:ty),*) -> $back:ty;)*) => {
        #[async_trait]
        impl Store for MortalStore {
            $(async fn $name(&self, $($given: $kind),*) -> $back {
                self.call(stringify!($name), self.inner.$name($($given),*)).await
            })*
        }
    };
}

mortal! {
    fn commit(commit: Commit) -> Result<Committed, StoreError>;
    fn journal(case: &CaseId, after: u64) -> Result<Vec<Record>, StoreError>;
    fn head(case: &CaseId) -> Result<String, StoreError>;
    fn export_jsonl(case: &CaseId) -> Result<Vec<String>, StoreError>;
    fn cases() -> Result<Vec<CaseRow>, StoreError>;
    fn own_cases(account: AccountId) -> Result<Vec<CaseRow>, StoreError>;
    fn case_by_code_name(code_name: &CodeName) -> Result<Option<CaseRow>, StoreError>;
    fn case_by_channel(channel: &str) -> Result<Option<CaseRow>, StoreError>;
    fn pinned(digest: &str) -> Result<Option<String>, StoreError>;
    fn enrol(person: &Person) -> Result<(), StoreError>;
    fn end_enrolment(account: AccountId) -> Result<(), StoreError>;
    fn enrolled(account: AccountId) -> Result<Option<Person>, StoreError>;
    fn enrolments() -> Result<Vec<Person>, StoreError>;
    fn save_agency(agency: &Agency) -> Result<(), StoreError>;
    fn agencies() -> Result<Vec<Agency>, StoreError>;
    fn keep_installation(installation: &Installation) -> Result<(), StoreError>;
    fn installations() -> Result<Vec<Installation>, StoreError>;
    fn reminded(what: &str) -> Result<bool, StoreError>;
    fn keep_reminder(what: &str, at: DateTime<Utc>) -> Result<(), StoreError>;
    fn record_receipt(receipt: &Receipt) -> Result<Committed, StoreError>;
    fn receipt(interaction: &str) -> Result<Option<Receipt>, StoreError>;
    fn claim(now_ms: i64, lease_until_ms: i64) -> Result<Option<Claimed>, StoreError>;
    fn settle(claimed: &Claimed, settlement: Settlement) -> Result<bool, StoreError>;
    fn next_attempt_ms() -> Result<Option<i64>, StoreError>;
    fn references(case: &CaseId) -> Result<Vec<Reference>, StoreError>;
    fn outbox() -> Result<OutboxCount, StoreError>;
    fn wedged() -> Result<Vec<WedgedLane>, StoreError>;
    fn release_lane(case: &CaseId, release: Release) -> Result<bool, StoreError>;
    fn due_timers(now: DateTime<Utc>) -> Result<Vec<Timer>, StoreError>;
    fn next_timer() -> Result<Option<DateTime<Utc>>, StoreError>;
    fn close() -> ();
}
