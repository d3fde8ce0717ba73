//! Carries effects from the outbox to the platform: claim, deliver, settle.
//!
//! The delivery happens outside any transaction. It may therefore happen twice, never not at all: the courier
//! sees to it that a repeat does no harm. Nothing here knows what an effect says.

mod running;

use std::time::{Duration, Instant};

use crate::app::effect::Effect;
use crate::app::ports::{Claimed, Courier, Failure, Settlement, Store, StoreError};
use crate::domain::ids::CaseId;

use super::backoff::backoff;

pub use running::{LANES_MAX, Means, Outbox, run};

/// How long a claim holds. A worker that died gives its effect back after this.
pub const LEASE_MS: i64 = 60_000;
/// How long one delivery may take; well within the lease, so that no other worker starts the same one.
pub const DELIVERY_MAX: Duration = Duration::from_secs(30);
/// After this many failed attempts, an hour or two, the lane stops and an administrator is told. A released lane
/// gets as many again.
pub const ATTEMPTS_MAX: u32 = 32;

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
        effect: Box<Effect>,
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
    let delivered = delivered
        .unwrap_or_else(|_| Err(Failure::Later { after: None, why: "the platform did not answer in time".to_owned() }));
    let failed_at_ms = now_ms.saturating_add(millis(start.elapsed()));
    let settlement = match delivered {
        Ok(references) => Settlement::Delivered(references),
        Err(failure) => after(failure, claimed.attempts, failed_at_ms, chance),
    };
    let worked = worked(&claimed, &settlement);
    let held = store.settle(&claimed, settlement).await?;
    Ok(if held { worked } else { Worked::Lost { case: claimed.case } })
}

/// What a failure means for the lane. Attempts go on counting after a release, as they fence settlements; so every
/// full count of them wedges. A wait the platform itself asked for is no sign of trouble and never does.
fn after(failure: Failure, attempts: u32, now_ms: i64, chance: f64) -> Settlement {
    let at_ms = |wait: Duration| now_ms.saturating_add(millis(wait));
    let try_of_round = attempts.saturating_sub(1) % ATTEMPTS_MAX + 1;
    match failure {
        Failure::Gone { why } => Settlement::Dropped { why },
        Failure::Refused { why } => Settlement::Wedged { why },
        Failure::Later { after: Some(wait), why } => Settlement::RetryAt { at_ms: at_ms(wait), why },
        Failure::Later { after: None, why } if try_of_round == ATTEMPTS_MAX => Settlement::Wedged { why },
        Failure::Later { after: None, why } => {
            Settlement::RetryAt { at_ms: at_ms(backoff(try_of_round - 1, chance)), why }
        }
    }
}

fn worked(claimed: &Claimed, settlement: &Settlement) -> Worked {
    let case = claimed.case.clone();
    match settlement.clone() {
        Settlement::Delivered(_) => Worked::Delivered { case },
        Settlement::RetryAt { at_ms, why } => Worked::Later { case, at_ms, why },
        Settlement::Wedged { why } => Worked::Wedged { case, why },
        Settlement::Dropped { why } => Worked::Dropped { case, effect: Box::new(claimed.effect.clone()), why },
    }
}

/// Rounds up: waiting a millisecond less than was asked would be asking again.
fn millis(duration: Duration) -> i64 {
    i64::try_from(duration.as_micros().div_ceil(1000)).unwrap_or(i64::MAX)
}
