//! The application: one write path from a request to a committed decision.

pub mod addressing;
pub mod asking;
pub mod effect;
mod elsewhere;
pub mod execute;
pub mod leaving;
pub mod plan;
pub mod ports;
pub mod requesting;
mod rulebook;
mod telling;
pub mod typing;
