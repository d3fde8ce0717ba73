//! The loop around the outbox, and the handle to wake it, wait for it and stop it.
//!
//! It never sleeps through something that could be done, and says that it is idle only after having looked.

use std::future::pending;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use tokio::sync::{Notify, watch};
use tokio::task::JoinSet;

use crate::app::ports::{Courier, Store, StoreError};
use crate::workers::MachineTime;

use super::{LEASE_MS, Worked, finish};

/// Lanes delivered at the same time.
pub const LANES_MAX: usize = 8;
/// The wait after the store itself failed.
const AFTER_TROUBLE: Duration = Duration::from_secs(1);

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
        let rest = Rest { asked: 0, drained: false, stopped: false };
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
        let _ = rest.wait_for(|rest| rest.stopped || (rest.asked >= asked && enough(rest))).await;
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

/// Deliveries run as tasks of their own: one that waited for the store unpolled would hold up the very claim that
/// is to poll it.
type Deliveries = JoinSet<Result<Worked, StoreError>>;

/// Delivers until stopped, several lanes at a time.
pub async fn run(outbox: Outbox, mut means: Means) {
    let Outbox(shared) = outbox;
    let mut under_way = Deliveries::new();
    loop {
        let asked = shared.asked.load(Ordering::SeqCst);
        let stopping = shared.stopping.load(Ordering::SeqCst);
        if stopping && under_way.is_empty() {
            break;
        }
        let next =
            if stopping { Next::Asked } else { claim_all(&mut means, &mut under_way).await.unwrap_or_else(trouble) };
        if let (Next::At(at_ms), true) = (&next, under_way.is_empty())
            && at_ms.is_none_or(|at_ms| at_ms > (means.time)())
        {
            shared.rest.send_replace(Rest { asked, drained: at_ms.is_none(), stopped: false });
        }
        tokio::select! {
            Some(worked) = under_way.join_next() => match worked {
                Ok(Ok(worked)) => tell(&mut means, &worked),
                Ok(Err(error)) => { trouble(error); }
                // Its effect comes back with its lease.
                Err(error) => tracing::error!(%error, "a delivery broke off"),
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
async fn claim_all(means: &mut Means, under_way: &mut Deliveries) -> Result<Next, StoreError> {
    while under_way.len() < LANES_MAX {
        let now_ms = (means.time)();
        let Some(claimed) = means.store.claim(now_ms, now_ms + LEASE_MS).await? else {
            return Ok(Next::At(means.store.next_attempt_ms().await?));
        };
        let (store, courier, chance) = (means.store.clone(), means.courier.clone(), (means.chance)());
        under_way.spawn(async move { finish(&*store, &*courier, claimed, now_ms, chance).await });
    }
    Ok(Next::Asked)
}

fn tell(means: &mut Means, worked: &Worked) {
    match worked {
        Worked::Wedged { case, why } => tracing::error!(%case, why, "a lane stands still"),
        Worked::Dropped { case, why, .. } => tracing::warn!(%case, why, "an effect was dropped"),
        Worked::Later { case, why, .. } => tracing::warn!(%case, why, "an effect is tried again later"),
        Worked::Lost { case } => tracing::warn!(%case, "a delivery took longer than its lease"),
        Worked::Delivered { .. } | Worked::Nothing => {}
    }
    (means.report)(worked);
}

/// The effect, if any, comes back with its lease.
fn trouble(error: StoreError) -> Next {
    tracing::error!(error = &error as &dyn std::error::Error, "the outbox could not be worked");
    Next::Trouble
}

async fn nap(wait: Option<Duration>) {
    match wait {
        Some(wait) => tokio::time::sleep(wait).await,
        None => pending().await,
    }
}
