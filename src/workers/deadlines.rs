//! Brings time back in: a due timer becomes an ordinary command.
//!
//! It never clears a timer itself. The command that a timer leads to clears or moves it in its own transaction, so
//! dying between the two leaves it due. Domain time decides, never the machine's.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use futures_util::future::BoxFuture;
use tokio::sync::{Notify, watch};

use crate::app::ports::{Clock, Store, StoreError, Timer};

/// The longest wait between looks: a domain clock may be put on, and another process may set a timer.
const LOOK_AFTER_MAX: Duration = Duration::from_secs(30);
/// The shortest, so that a timer whose command fails is tried again without haste.
const LOOK_AFTER_MIN: Duration = Duration::from_millis(500);

/// Turns a due timer into a command and carries it out.
pub type Act = Box<dyn FnMut(Timer) -> BoxFuture<'static, Result<(), Failed>> + Send>;

/// Why a timer's command could not be carried out; ids and codes only.
pub type Failed = Box<dyn std::error::Error + Send + Sync>;

/// Acts on every timer due at `now`, earliest first, and says on how many. A timer that fails is left due and does
/// not hold up the others.
pub async fn run_once(store: &dyn Store, now: DateTime<Utc>, act: &mut Act) -> Result<usize, StoreError> {
    let mut done = 0;
    for timer in store.due_timers(now).await? {
        let (case, name) = (timer.case.clone(), timer.name.clone());
        match act(timer).await {
            Ok(()) => done += 1,
            Err(error) => {
                let error: &(dyn std::error::Error + 'static) = &*error;
                tracing::error!(%case, name, error, "a timer failed");
            }
        }
    }
    Ok(done)
}

/// Acts on timers as they fall due, until `stop` turns true. `wake` is for whoever sets a timer or moves the clock.
pub async fn run(
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    wake: Arc<Notify>,
    mut stop: watch::Receiver<bool>,
    mut act: Act,
) {
    loop {
        let next = match run_once(&*store, clock.now(), &mut act).await {
            Ok(_) => store.next_timer().await,
            Err(error) => Err(error),
        };
        let wait = match next {
            Ok(next) => next.map_or(LOOK_AFTER_MAX, |at| (at - clock.now()).to_std().unwrap_or_default()),
            Err(error) => {
                tracing::error!(error = &error as &dyn std::error::Error, "the timers could not be read");
                LOOK_AFTER_MAX
            }
        };
        tokio::select! {
            // Also where whoever could stop it is gone.
            _ = stop.wait_for(|stop| *stop) => return,
            () = wake.notified() => {}
            () = tokio::time::sleep(wait.clamp(LOOK_AFTER_MIN, LOOK_AFTER_MAX)) => {}
        }
    }
}
