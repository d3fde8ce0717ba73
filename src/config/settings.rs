//! The settings of this installation, `bot-config/convenor.toml`; what differs between procedures is not here.

use serde::{Deserialize, Serialize};

use crate::domain::procedure::Within;

/// What an administrator sets once for the whole installation. Each key is explained in the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The slug of the procedure that rules when none is named.
    pub procedure: String,
    pub content: Content,
    pub typing: Typing,
    pub correction_window: Within,
    pub outbox: Outbox,
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

/// How plain messages are kept out of a case's channel (TURN-05).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Typing {
    /// Nobody may type in the channel; everything goes by commands and buttons.
    Denied,
    /// Typing is possible and each message is removed, its author told how to share.
    Removed,
}

/// How hard deliveries to the platform are tried.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outbox {
    pub attempts_max: u32,
    pub lease_seconds: u32,
    pub retry_first_ms: u64,
    pub retry_longest_seconds: u32,
}
