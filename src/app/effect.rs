//! What the bot intends to do outside its own database, as values in the outbox.
//!
//! An effect names places and messages by what they are to the case (its channel, its board), never by the
//! platform's ids: those are learnt when the effect is delivered and kept as references.

use serde::{Deserialize, Serialize};

use crate::domain::ids::{AccountId, InvitationId, MessageId};
use crate::domain::people::AgencyKind;
use crate::domain::procedure::Match;
use crate::room::message::Message;

/// One thing to do on the platform. Every one of them may be repeated without harm.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "effect", rename_all = "snake_case")]
pub enum Effect {
    /// Makes the case's private channel, or finds the one made by an earlier attempt.
    OpenChannel { name: String, topic: String },
    /// Lets a person see the case's channel; without its history, only what comes from then on (SES-13).
    Admit {
        account: AccountId,
        #[serde(default = "with_history")]
        history: bool,
    },
    /// Shuts a person out of it.
    Remove { account: AccountId },
    /// Posts a message. With a slot, the message can be edited or replaced later by that name.
    Post { to: Place, slot: Option<String>, message: Message, pin: bool },
    /// Edits the message of a slot in place. Where an older edit of the slot still waits, this replaces it.
    Edit { slot: String, message: Message },
    /// The same for what was posted to a [`Place::Queue`] under this slot.
    EditQueue { of: AgencyKind, slot: String, message: Message },
    /// Takes what somebody typed out of the case's channel (TURN-05). Only such a message is named by the platform's id.
    TakeOut { message: MessageId },
    /// A mail to an agency's mailbox, by the agency's name in the directory, about an invitation to it (INV-32).
    Mail {
        agency: String,
        #[serde(default)]
        invitation: Option<InvitationId>,
        subject: String,
        text: String,
    },
}

/// Where a message goes. A place that only the directory can tell is made into those it stands for before the commit,
/// by [`super::addressing`]; none is ever in the outbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// The case's own private channel.
    Case,
    /// An agency's duty channel, by the agency's name in the directory.
    Duty(String),
    /// A direct message; a person who takes none is reached in their agency's duty channel instead.
    Direct { account: AccountId, otherwise_duty: Option<String> },
    /// A direct message for that person's eyes; where they take none, their agency's duty channel gets `instead`.
    Confidential { account: AccountId, duty: String, instead: Box<Message> },
    /// The duty channels of all agencies of a kind.
    Queue(AgencyKind),
    /// A direct message to everybody enrolled whom one of these lines covers. Where nobody is, the duty channels of
    /// social care get it, so that it is never said to nobody.
    Role(Vec<Match>),
    /// A direct message to everybody enrolled of one agency whom one of these lines covers; where nobody is, its duty
    /// channel gets it.
    Managers { agency: String, role: Vec<Match> },
}

/// As an effect meant it that was planned before there was a choice.
fn with_history() -> bool {
    true
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
