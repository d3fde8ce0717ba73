//! The core: what a strategy discussion is and what its rules are.
//!
//! Pure. Nothing here waits, reads a clock, draws a random number, logs, or knows of a chat platform or a
//! database; time and chance are arguments.

pub mod calendar;
pub mod code_name;
pub mod directory;
pub mod due;
pub mod ids;
pub mod people;
pub mod procedure;
pub mod prompt;
pub mod quorum;
pub mod spoken;
pub mod stage;
