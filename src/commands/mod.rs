//! What can be run from the command line, one module a command.
//!
//! A command ends in an [`Ending`], or in a sentence that says what given thing was of no use and what to do next
//! ([`NoUse`]). Sentences here are read by administrators, at a terminal or in a log; what people in the chat read is
//! in the wording. Nothing here decides anything about a case.

pub mod check;
pub mod deadline;
pub mod enrol;
mod environment;
pub mod export;
pub mod health;
mod heartbeat;
mod installed;
pub mod logging;
pub mod machine;
pub mod rehearse;
pub mod release;
pub mod report;
pub mod serve;
pub mod setup;
pub mod verify;

pub use environment::Environment;

use std::path::Path;

use crate::config::Config;

/// How a command came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// As it should be: exit code 0.
    Fine,
    /// Something fell short, and it is listed: exit code 1.
    FellShort,
}

/// Why a command did not come to its end.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// Something given was of no use; the sentence says what to do next. Exit code 2.
    #[error("{0}")]
    NoUse(String),
    /// It broke on the way. Exit code 1.
    #[error("{0}")]
    Broke(String),
}

/// Something given was of no use.
pub(crate) fn no_use(sentence: impl Into<String>) -> Problem {
    Problem::NoUse(sentence.into())
}

/// The configuration of a folder, or the one that comes with the program.
fn config(folder: Option<&Path>) -> Result<Config, Problem> {
    match folder {
        Some(folder) => Config::load(folder).map_err(|errors| no_use(errors.to_string())),
        None => Ok(Config::built_in()),
    }
}
