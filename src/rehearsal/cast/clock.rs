//! The case's own clock: it stands still until the play moves it, and the play moves it only while the bot is idle.

use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, Utc};

use crate::app::ports::Clock;

/// A clock set by hand. Never goes back.
#[derive(Debug)]
pub struct SteppedClock(AtomicI64);

impl SteppedClock {
    pub fn new(now: DateTime<Utc>) -> Self {
        Self(AtomicI64::new(now.timestamp_millis()))
    }

    /// Moves on to an instant; an earlier one changes nothing.
    pub fn move_to(&self, instant: DateTime<Utc>) {
        self.0.fetch_max(instant.timestamp_millis(), Ordering::SeqCst);
    }
}

impl Clock for SteppedClock {
    fn now(&self) -> DateTime<Utc> {
        let millis = self.0.load(Ordering::SeqCst);
        DateTime::from_timestamp_millis(millis).unwrap_or(DateTime::UNIX_EPOCH)
    }
}

/// Gives each beat its time: what is fixed stays, and the rest is spread evenly between what is fixed around it, in
/// whole seconds. `None` at either end takes the nearest fixed time.
pub fn spread(beats: &[Option<DateTime<Utc>>]) -> Vec<DateTime<Utc>> {
    let first = beats.iter().flatten().next().copied().unwrap_or(DateTime::UNIX_EPOCH);
    let mut times = Vec::with_capacity(beats.len());
    let mut last = first;
    let mut start = 0;
    while start < beats.len() {
        let gap = beats[start..].iter().take_while(|beat| beat.is_none()).count();
        let next = beats.get(start + gap).copied().flatten().map_or(last, |next| next.max(last));
        let step = (next - last).num_seconds() / (gap as i64 + 1);
        times.extend((1..=gap as i64).map(|n| last + chrono::TimeDelta::seconds(step * n)));
        if start + gap < beats.len() {
            times.push(next);
        }
        last = next;
        start += gap + 1;
    }
    times
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minute: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + chrono::TimeDelta::minutes(minute)
    }

    #[test]
    fn the_clock_never_goes_back() {
        let clock = SteppedClock::new(at(10));
        clock.move_to(at(5));
        assert_eq!(clock.now(), at(10));
        clock.move_to(at(15));
        assert_eq!(clock.now(), at(15));
    }

    #[test]
    fn what_is_fixed_stays_and_the_rest_is_spread_evenly() {
        let beats = [Some(at(0)), None, None, Some(at(30)), None, Some(at(40))];
        assert_eq!(spread(&beats), [at(0), at(10), at(20), at(30), at(35), at(40)]);
    }

    #[test]
    fn a_fixed_time_that_comes_too_early_waits_its_turn() {
        assert_eq!(spread(&[Some(at(10)), None, Some(at(5)), None]), [at(10), at(10), at(10), at(10)]);
    }

    #[test]
    fn nothing_fixed_is_still_in_order() {
        assert_eq!(spread(&[None, None]).len(), 2);
        assert!(spread(&[]).is_empty());
    }
}
