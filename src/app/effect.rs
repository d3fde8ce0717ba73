//! What the bot intends to do outside its own database, as values in the outbox.
//!
//! An effect names places and messages by what they are to the case (its channel, its board), never by the
//! platform's ids: those are learnt when the effect is delivered and kept as references.

use serde::{Deserialize, Serialize};

use crate::domain::ids::{AccountId, CaseId};

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

/// A message as the platform will show it: text of at most 2,000 characters and rows of buttons.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    pub text: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rows: Vec<Row>,
    /// The accounts this message may notify; a mention of anybody else stays silent.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mentions: Vec<AccountId>,
}

impl std::fmt::Debug for Message {
    /// A message may hold what a person said, so only its size is shown.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Message({} characters, {} rows)", self.text.chars().count(), self.rows.len())
    }
}

/// A row of controls: up to five buttons, or one list to choose from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Row {
    Buttons(Vec<Button>),
    Select(Select),
}

/// A button. Its id is short, versioned and carries no personal data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Button {
    pub id: String,
    pub label: String,
    #[serde(default)]
    pub style: ButtonStyle,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ButtonStyle {
    #[default]
    Plain,
    Main,
    Danger,
}

/// A list to choose one from: at most 25 options.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Select {
    pub id: String,
    pub placeholder: String,
    pub options: Vec<SelectOption>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SelectOption {
    pub value: String,
    pub label: String,
}

/// An effect in its lane. Effects of one lane are delivered strictly in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    pub case: CaseId,
    pub effect: Effect,
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
