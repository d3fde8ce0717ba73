//! How long to wait before trying a failed delivery again. Pure.

use std::time::Duration;

const FIRST: Duration = Duration::from_millis(500);
const LONGEST: Duration = Duration::from_secs(300);

/// The wait after this many failed attempts (from 1): doubling up to five minutes, of which `chance` (from 0 to
/// below 1) takes off up to half, so that lanes that failed together do not come back together.
pub fn backoff(attempts: u32, chance: f64) -> Duration {
    let doublings = attempts.saturating_sub(1).min(16);
    let whole = FIRST.saturating_mul(1 << doublings).min(LONGEST);
    whole.mul_f64(1.0 - 0.5 * chance.clamp(0.0, 1.0))
}
