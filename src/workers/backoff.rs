//! How long to wait before trying again when nobody said how long.

use std::time::Duration;

/// What the first retry may wait at most.
const FIRST: Duration = Duration::from_secs(1);
/// What any retry may wait at most.
pub const WAIT_MAX: Duration = Duration::from_secs(300);
/// What any retry waits at least, so that an unlucky draw does not hammer a server that is down.
pub const WAIT_MIN: Duration = Duration::from_millis(250);

/// The wait before retry number `attempt` (the first retry is 0), for a `chance` drawn evenly from 0 to 1.
///
/// The ceiling doubles with each attempt, from one second to [`WAIT_MAX`], and the wait is drawn from the whole range
/// below it ("full jitter"): many lanes that failed together do not come back together. Pure; a `chance` out of range
/// counts as the nearest end, not-a-number as the longest wait.
pub fn backoff(attempt: u32, chance: f64) -> Duration {
    let chance = if chance.is_nan() { 1.0 } else { chance.clamp(0.0, 1.0) };
    let doubled = 1_u32.checked_shl(attempt).unwrap_or(u32::MAX);
    let ceiling = FIRST.saturating_mul(doubled).min(WAIT_MAX);
    ceiling.mul_f64(chance).max(WAIT_MIN)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_ceiling_doubles_until_five_minutes() {
        let ceilings: Vec<u64> = (0..12).map(|attempt| backoff(attempt, 1.0).as_secs()).collect();
        assert_eq!(ceilings, [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300]);
    }

    #[test]
    fn a_strange_chance_is_read_as_the_nearest_sensible_one() {
        assert_eq!(backoff(3, f64::NAN), backoff(3, 1.0));
        assert_eq!(backoff(3, -7.0), backoff(3, 0.0));
        assert_eq!(backoff(3, f64::INFINITY), backoff(3, 1.0));
    }

    proptest! {
        #[test]
        fn a_wait_is_never_outside_its_bounds(attempt: u32, chance in 0.0..1.0_f64) {
            let wait = backoff(attempt, chance);
            prop_assert!((WAIT_MIN..=WAIT_MAX).contains(&wait));
        }

        #[test]
        fn a_later_attempt_never_waits_less_for_the_same_chance(attempt in 0..40_u32, chance in 0.0..1.0_f64) {
            prop_assert!(backoff(attempt, chance) <= backoff(attempt + 1, chance));
        }
    }
}
