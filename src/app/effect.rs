//! What the bot intends to do outside its own database, as values in the outbox.
//!
//! An effect names places and messages by what they are to the case (its channel, its board), never by the
//! platform's ids: those are learnt when the effect is delivered and kept as references.

use serde::{Deserialize, Serialize};

use crate::domain::ids::AccountId;
use crate::room::message::Message;

/// One thing to do on the platform. Every one of them may be repeated without harm.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "effect", rename_all = "snake_case")]
pub enum Effect {
    /// Makes the case's private channel, or finds the one made by an earlier attempt.
    OpenChannel { name: String, topic: String },
    /// Lets a person see the case's channel.
    Admit { account: AccountId },
    /// Shuts a person out of it.
    Remove { account: AccountId },
    /// Posts a message. With a slot, the message can be edited or replaced later by that name.
    Post { to: Place, slot: Option<String>, message: Message, pin: bool },
    /// Edits the message of a slot in place. Where an older edit of the slot still waits, this replaces it.
    Edit { slot: String, message: Message },
}

/// Where a message goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// The case's own private channel.
    Case,
    /// An agency's duty channel, by the agency's name in the directory.
    Duty(String),
    /// A direct message; a person who takes none is reached in their agency's duty channel instead.
    Direct { account: AccountId, otherwise_duty: Option<String> },
}

impl Effect {
    /// The key under which a newer effect makes an older, still waiting one needless.
    pub fn supersedes(&self) -> Option<String> {
        match self {
            Self::Edit { slot, .. } => Some(format!("edit:{slot}")),
            _ => None,
        }
    }
}
