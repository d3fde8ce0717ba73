//! `convenor health`: whether a `serve` with the same data directory is alive, for a container to ask.

use super::heartbeat::{self, AGE_MAX_MS, AWAY_MAX_MS};
use super::machine::MachineClock;
use super::{Ending, Environment, Problem};
use crate::app::ports::Clock as _;

/// Says in a line how it is.
pub fn run(environment: &Environment) -> Result<Ending, Problem> {
    let data_dir = environment.data_dir();
    let now_ms = MachineClock.now().timestamp_millis();
    let (ending, line) = match heartbeat::read(&data_dir) {
        None => (Ending::FellShort, "not running: serve has left no sign of life".to_owned()),
        Some(last) if now_ms - last.at_ms > AGE_MAX_MS => {
            (Ending::FellShort, format!("no sign of life for {} s", (now_ms - last.at_ms) / 1_000))
        }
        Some(last) if now_ms - last.connected_at_ms > AWAY_MAX_MS => {
            (Ending::FellShort, format!("not connected for {} s", (now_ms - last.connected_at_ms) / 1_000))
        }
        Some(_) => (Ending::Fine, "well".to_owned()),
    };
    println!("{line}");
    Ok(ending)
}
