//! The configuration: settings, procedures, prompts, wording, directory, bank holidays, the words of case
//! names and the template of the minutes.
//!
//! Compiled in, and overridden file by file from a folder. Everything wrong with it is found when it is loaded,
//! all at once; nothing is read again later. Error sentences for the administrator are the only sentences that
//! live in code, because the wording itself may be what can't be read.

mod check;
mod errors;
mod load;
mod settings;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub(crate) use errors::Source;
pub use errors::{ConfigError, ConfigErrors};
pub use load::remarks;
pub use settings::{Content, Custody, Mail, Permission, Settings};

use crate::domain::calendar::Calendar;
use crate::domain::directory::Directory;
use crate::domain::procedure::Procedure;
use crate::domain::prompt::Catalogue;
use crate::wording::Wording;

/// Everything an authority can set, read and checked.
#[derive(Debug)]
pub struct Config {
    pub settings: Settings,
    /// By slug.
    pub procedures: BTreeMap<String, Procedure>,
    pub catalogue: Catalogue,
    pub wording: Wording,
    pub directory: Directory,
    pub calendar: Calendar,
    pub case_names: CaseNames,
    /// The Typst source that the PDF of the minutes is set by, `minutes.typ`.
    pub minutes_template: String,
}

/// The words code names are drawn from, `code-words.toml` (SEC-26).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CaseNames {
    pub first: Vec<String>,
    pub second: Vec<String>,
}

#[cfg(test)]
mod tests;
