//! Carries effects from the outbox to the platform: claim, deliver, settle.
//!
//! The delivery happens outside any transaction. It may therefore happen twice, never not at all: the courier
//! sees to it that a repeat does no harm. Nothing here knows what an effect says.

use std::future::{Future, pending};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use tokio::sync::{Notify, watch};

use crate::app::ports::{Claimed, Courier, Failure, Settlement, Store, StoreError};
use crate::domain::ids::CaseId;

use super::MachineTime;
use super::backoff::backoff;

/// How long a claim holds. A worker that died gives its effect back after this.
pub const LEASE_MS: i64 = 60_000;
/// How long one delivery may take; well within the lease, so that no other worker starts the same one.
pub const DELIVERY_MAX: Duration = Duration::from_secs(30);
/// After this many failed attempts, some two hours, the lane stops and an administrator is told. A released lane
/// gets as many again.
pub const ATTEMPTS_MAX: u32 = 32;
/// Lanes delivered at the same time.
pub const LANES_MAX: usize = 8;
/// The wait after the store itself failed.
const AFTER_TROUBLE: Duration = Duration::from_secs(1);

/// What one round came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Worked {
    /// Nothing could be done now.
    Nothing,
    Delivered {
        case: CaseId,
    },
    /// It failed for now and is tried again at this machine time.
    Later {
        case: CaseId,
        at_ms: i64,
        why: String,
    },
    /// The lane stands still until an operator releases it.
    Wedged {
        case: CaseId,
        why: String,
    },
    /// What it was about no longer exists; the lane goes on.
    Dropped {
        case: CaseId,
        why: String,
    },
    /// The delivery took longer than the lease, and another worker has the effect now.
    Lost {
        case: CaseId,
    },
}

/// Claims one effect, delivers it and settles it. `chance` is from 0 to below 1 and spreads retries out.
pub async fn run_once(
    store: &dyn Store,
    courier: &dyn Courier,
    now_ms: i64,
    chance: f64,
) -> Result<Worked, StoreError> {
    match store.claim(now_ms, now_ms + LEASE_MS).await? {
        Some(claimed) => finish(store, courier, claimed, now_ms, chance).await,
        None => Ok(Worked::Nothing),
    }
}

async fn finish(
    store: &dyn Store,
    courier: &dyn Courier,
    claimed: Claimed,
    now_ms: i64,
    chance: f64,
) -> Result<Worked, StoreError> {
    let start = Instant::now();
    let known = store.references(&claimed.case).await?;
    let agencies = store.agencies().await?;
    let delivered = tokio::time::timeout(DELIVERY_MAX, courier.deliver(&claimed, &known, &agencies)).await;
    let delivered = delivered.unwrap_or_else(|_| {
        Err(Failure::Later {
            after: None,
            why: "the platform did not answer in time".to_owned(),
        })
    });
    let failed_at_ms = now_ms.saturating_add(millis(start.elapsed()));
    let settlement = match delivered {
        Ok(references) => Settlement::Delivered(references),
        Err(failure) => after(failure, claimed.attempts, failed_at_ms, chance),
    };
    let worked = worked(claimed.case.clone(), &settlement);
    let held = store.settle(&claimed, settlement).await?;
    Ok(if held {
        worked
    } else {
        Worked::Lost { case: claimed.case }
    })
}

/// What a failure means for the lane. Attempts go on counting after a release, as they fence settlements; so every
/// full count of them wedges. A wait the platform itself asked for is no sign of trouble and never does.
fn after(failure: Failure, attempts: u32, now_ms: i64, chance: f64) -> Settlement {
    let at_ms = |wait: Duration| now_ms.saturating_add(millis(wait));
    let try_of_round = attempts.saturating_sub(1) % ATTEMPTS_MAX + 1;
    match failure {
        Failure::Gone { why } => Settlement::Dropped { why },
        Failure::Refused { why } => Settlement::Wedged { why },
        Failure::Later { after: Some(wait), why } => Settlement::RetryAt {
            at_ms: at_ms(wait),
            why,
        },
        Failure::Later { after: None, why } if try_of_round == ATTEMPTS_MAX => Settlement::Wedged { why },
        Failure::Later { after: None, why } => Settlement::RetryAt {
            at_ms: at_ms(backoff(try_of_round, chance)),
            why,
        },
    }
}

fn worked(case: CaseId, settlement: &Settlement) -> Worked {
    match settlement.clone() {
        Settlement::Delivered(_) => Worked::Delivered { case },
        Settlement::RetryAt { at_ms, why } => Worked::Later { case, at_ms, why },
        Settlement::Wedged { why } => Worked::Wedged { case, why },
        Settlement::Dropped { why } => Worked::Dropped { case, why },
    }
}

/// Rounds up: waiting a millisecond less than was asked would be asking again.
fn millis(duration: Duration) -> i64 {
    i64::try_from(duration.as_micros().div_ceil(1000)).unwrap_or(i64::MAX)
}

/// The handle on a running outbox: to wake it, wait for it and stop it. Clones are of the same outbox.
#[derive(Clone)]
pub struct Outbox(Arc<Shared>);

struct Shared {
    wake: Notify,
    /// How often it was woken. A rest is only believed by those who asked before the look that found it.
    asked: AtomicU64,
    stopping: AtomicBool,
    rest: watch::Sender<Rest>,
}

/// What the last look at the outbox found, when there was nothing to do.
#[derive(Debug, Clone, Copy)]
struct Rest {
    asked: u64,
    /// Not even something to be tried again later.
    drained: bool,
    stopped: bool,
}

impl Default for Outbox {
    fn default() -> Self {
        let rest = Rest {
            asked: 0,
            drained: false,
            stopped: false,
        };
        Self(Arc::new(Shared {
            wake: Notify::new(),
            asked: AtomicU64::new(0),
            stopping: AtomicBool::new(false),
            rest: watch::Sender::new(rest),
        }))
    }
}

impl Outbox {
    /// Says that there may be something to do; called after every commit with effects.
    pub fn wake(&self) {
        self.ask();
    }

    /// Waits until nothing is being delivered and nothing waits that could be delivered now. Effects to be tried
    /// again later and wedged lanes do not hold it up.
    pub async fn wait_idle(&self) {
        self.wait_for(|_| true).await;
    }

    /// Waits until nothing waits at all, except in wedged lanes.
    pub async fn wait_drained(&self) {
        self.wait_for(|rest| rest.drained).await;
    }

    /// Has it finish what it holds, claim nothing more, and return from [`run`].
    pub fn stop(&self) {
        self.0.stopping.store(true, Ordering::SeqCst);
        self.ask();
    }

    fn ask(&self) -> u64 {
        let asked = self.0.asked.fetch_add(1, Ordering::SeqCst) + 1;
        self.0.wake.notify_one();
        asked
    }

    async fn wait_for(&self, enough: impl Fn(&Rest) -> bool) {
        let asked = self.ask();
        let mut rest = self.0.rest.subscribe();
        // The sender is ours, so it can't be gone.
        let _ = rest
            .wait_for(|rest| rest.stopped || (rest.asked >= asked && enough(rest)))
            .await;
    }
}

/// What the outbox works with.
pub struct Means {
    pub store: Arc<dyn Store>,
    pub courier: Arc<dyn Courier>,
    pub time: MachineTime,
    /// Gives numbers from 0 to below 1.
    pub chance: Box<dyn FnMut() -> f64 + Send>,
    /// How often to look unasked: needed where another process may commit to the same database.
    pub poll: Option<Duration>,
    /// Hears of everything done; a wedged lane is to be told to an administrator.
    pub report: Box<dyn FnMut(&Worked) + Send>,
}

type Delivery = Pin<Box<dyn Future<Output = Result<Worked, StoreError>> + Send>>;

/// Delivers until stopped, several lanes at a time.
pub async fn run(outbox: Outbox, mut means: Means) {
    let Outbox(shared) = outbox;
    let mut under_way: FuturesUnordered<Delivery> = FuturesUnordered::new();
    loop {
        let asked = shared.asked.load(Ordering::SeqCst);
        let stopping = shared.stopping.load(Ordering::SeqCst);
        if stopping && under_way.is_empty() {
            break;
        }
        let next = if stopping {
            Next::Asked
        } else {
            claim_all(&mut means, &mut under_way).await.unwrap_or_else(trouble)
        };
        if let (Next::At(at_ms), true) = (&next, under_way.is_empty())
            && at_ms.is_none_or(|at_ms| at_ms > (means.time)())
        {
            shared.rest.send_replace(Rest {
                asked,
                drained: at_ms.is_none(),
                stopped: false,
            });
        }
        tokio::select! {
            Some(worked) = under_way.next() => match worked {
                Ok(worked) => tell(&mut means, &worked),
                Err(error) => { trouble(error); }
            },
            () = shared.wake.notified() => {}
            () = nap(next.wait(&means)) => {}
        }
    }
    shared.rest.send_modify(|rest| rest.stopped = true);
}

/// When to look again.
enum Next {
    /// At this machine time, where something waits for it.
    At(Option<i64>),
    /// When something is settled, or asked for.
    Asked,
    /// The store failed.
    Trouble,
}

impl Next {
    fn wait(&self, means: &Means) -> Option<Duration> {
        match self {
            Self::At(Some(at_ms)) => {
                let wait = Duration::from_millis(u64::try_from(at_ms - (means.time)()).unwrap_or(0));
                Some(means.poll.map_or(wait, |poll| poll.min(wait)))
            }
            Self::At(None) => means.poll,
            Self::Asked => None,
            Self::Trouble => Some(AFTER_TROUBLE),
        }
    }
}

/// Claims what can be claimed, up to [`LANES_MAX`].
async fn claim_all(means: &mut Means, under_way: &mut FuturesUnordered<Delivery>) -> Result<Next, StoreError> {
    while under_way.len() < LANES_MAX {
        let now_ms = (means.time)();
        let Some(claimed) = means.store.claim(now_ms, now_ms + LEASE_MS).await? else {
            return Ok(Next::At(means.store.next_attempt_ms().await?));
        };
        let (store, courier, chance) = (means.store.clone(), means.courier.clone(), (means.chance)());
        under_way.push(Box::pin(async move {
            finish(&*store, &*courier, claimed, now_ms, chance).await
        }));
    }
    Ok(Next::Asked)
}

fn tell(means: &mut Means, worked: &Worked) {
    match worked {
        Worked::Wedged { case, why } => tracing::error!(%case, why, "a lane stands still"),
        Worked::Dropped { case, why } => tracing::warn!(%case, why, "an effect was dropped"),
        Worked::Later { case, why, .. } => tracing::warn!(%case, why, "an effect is tried again later"),
        Worked::Lost { case } => tracing::warn!(%case, "a delivery took longer than its lease"),
        Worked::Delivered { .. } | Worked::Nothing => {}
    }
    (means.report)(worked);
}

/// The effect, if any, comes back with its lease.
fn trouble(error: StoreError) -> Next {
    tracing::error!(
        error = &error as &dyn std::error::Error,
        "the outbox could not be worked"
    );
    Next::Trouble
}

async fn nap(wait: Option<Duration>) {
    match wait {
        Some(wait) => tokio::time::sleep(wait).await,
        None => pending().await,
    }
}
