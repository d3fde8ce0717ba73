//! Checks the files against each other and against the limits of the chat, and reports everything at once.

use std::collections::BTreeMap;

use super::Config;
use super::errors::{ConfigError, Source};

/// Every fault that only shows once all files are read.
pub(super) fn all(_config: &Config, _files: &BTreeMap<String, Source>) -> Vec<ConfigError> {
    Vec::new()
}
