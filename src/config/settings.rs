//! The settings of this installation, `bot-config/convenor.toml`; what differs between procedures is not here.

use serde::{Deserialize, Serialize};

/// What an administrator sets once for the whole installation. Each key is explained in the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The slug of the procedure that rules when none is named.
    pub procedure: String,
    pub content: Content,
}

/// What may pass through the chat platform (SEC-23, SEC-24).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Content {
    /// Contributions and minutes are posted in the private channel.
    Room,
    /// The chat carries code names, kinds of agency and buttons, and nothing else.
    Sealed,
}
