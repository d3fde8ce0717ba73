//! The machine's own time and chance: the one place where the program reaches for them.

use chrono::{DateTime, Utc};
use rand::rngs::OsRng;
use rand::{CryptoRng, TryRngCore};

use crate::app::ports::Clock;

/// The machine's clock.
#[derive(Debug, Clone, Copy)]
pub struct MachineClock;

impl Clock for MachineClock {
    #[expect(clippy::disallowed_methods, reason = "the adapter of the Clock port")]
    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }
}

/// The operating system's chance: keys and code names are drawn from it.
pub fn chance() -> Box<dyn CryptoRng + Send> {
    Box::new(OsRng.unwrap_err())
}
