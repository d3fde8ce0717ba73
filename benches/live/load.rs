//! What is asked of a bot, and what is measured of it meanwhile.

use std::fs;
use std::time::Duration;

use futures_util::future::join_all;

use crate::child::resident;

/// How many commands one after the other, and how many rounds of [`AT_ONCE`].
pub const SEQUENTIAL: usize = 1_000;
pub const ROUNDS: usize = 16;
pub const AT_ONCE: usize = 64;

/// A bot's figures. Memory is resident, in KiB.
pub struct Measured {
    pub ready: Duration,
    pub idle: u64,
    pub sequential: Vec<Duration>,
    pub at_once: Vec<Duration>,
    /// Of the whole process, a command.
    pub processor: Duration,
    pub after: u64,
}

/// Puts the load on a bot. `act` does one thing as person `n` of [`AT_ONCE`] and gives the times of its
/// acknowledgements; the last is that of the commit.
pub async fn put<F>(pid: u32, ready: Duration, act: impl Fn(usize) -> F) -> Measured
where
    F: Future<Output = Vec<Duration>>,
{
    let idle = resident(pid);
    // The first of everybody warms connections and caches up, and is not counted.
    for person in 0..AT_ONCE {
        act(person).await;
    }
    let before = processor(pid);
    let mut sequential = Vec::with_capacity(SEQUENTIAL);
    let mut acknowledged = 0;
    for n in 0..SEQUENTIAL {
        let times = act(n % AT_ONCE).await;
        acknowledged += times.len();
        sequential.extend(times.last());
    }
    let mut at_once = Vec::with_capacity(ROUNDS * AT_ONCE);
    for _ in 0..ROUNDS {
        for times in join_all((0..AT_ONCE).map(&act)).await {
            acknowledged += times.len();
            at_once.extend(times.last());
        }
    }
    let processor = (processor(pid) - before) / u32::try_from(acknowledged).unwrap_or(u32::MAX);
    Measured { ready, idle, sequential, at_once, processor, after: resident(pid) }
}

/// The value below which this percentage of the times lie.
pub fn quantile(times: &mut [Duration], percent: usize) -> Duration {
    times.sort();
    times[(times.len() * percent / 100).min(times.len() - 1)]
}

/// Processor time of a process so far, user and system; the kernel counts hundredths of a second.
fn processor(pid: u32) -> Duration {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).expect("the process runs");
    let (_, fields) = stat.rsplit_once(')').expect("its name stands in brackets");
    let ticks: u64 = fields.split_whitespace().skip(11).take(2).filter_map(|field| field.parse::<u64>().ok()).sum();
    Duration::from_millis(ticks * 10)
}
