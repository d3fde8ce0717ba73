//! Everything the workspace knows: one value behind one lock.
//!
//! Plain data and look-ups only. Who may do what is in `permissions`, what a request does is in `rest`, what a person
//! does is in `people`.

use std::collections::{BTreeMap, HashMap};
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::faults::Faults;
use super::gateway::Gateway;
use super::id::Snowflakes;
use super::log::Log;
use super::people::{Choice, SeenFile, SeenMessage, ShownModal};
use super::permissions::{self, Overwrite};
use super::rate::RateBook;
use super::{Id, Options};

/// A message only one person sees.
pub const FLAG_EPHEMERAL: u64 = 1 << 6;
/// "The bot is thinking": a deferred reply that has no text yet.
pub const FLAG_LOADING: u64 = 1 << 7;
/// Components of the second version; not played here.
pub const FLAG_COMPONENTS_V2: u64 = 1 << 15;

#[derive(Debug)]
pub struct World {
    pub options: Options,
    pub ids: Snowflakes,
    /// The play's own clock: timestamps of messages and joins.
    pub now: DateTime<Utc>,
    pub application: Application,
    pub guild: Guild,
    pub users: BTreeMap<Id, User>,
    pub channels: BTreeMap<Id, Channel>,
    pub messages: BTreeMap<Id, Message>,
    pub interactions: BTreeMap<Id, Interaction>,
    /// Interaction token to interaction.
    pub tokens: HashMap<String, Id>,
    /// The guild's commands as the platform would give them back.
    pub commands: Vec<Value>,
    pub gateway: Gateway,
    pub rates: RateBook,
    pub faults: Faults,
    pub log: Log,
}

#[derive(Clone, Debug)]
pub struct Application {
    pub id: Id,
    pub bot: Id,
    pub bot_role: Id,
    pub token: String,
}

#[derive(Clone, Debug)]
pub struct Guild {
    pub id: Id,
    pub name: String,
    pub owner: Id,
    pub roles: BTreeMap<Id, Role>,
    pub members: BTreeMap<Id, Member>,
}

#[derive(Clone, Debug)]
pub struct Role {
    pub id: Id,
    pub name: String,
    pub permissions: u64,
    pub position: usize,
    pub managed: bool,
}

#[derive(Clone, Debug)]
pub struct Member {
    pub user: Id,
    pub roles: Vec<Id>,
    pub joined_at: DateTime<Utc>,
}

#[derive(Clone, Debug)]
pub struct User {
    pub id: Id,
    pub username: String,
    pub display_name: String,
    pub bot: bool,
    pub direct_messages: DirectMessages,
}

/// Whether a person lets the bot write to them directly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DirectMessages {
    /// Anyone who shares the guild may.
    Open,
    /// Posting is refused with 50007.
    Closed,
}

/// The kinds of channel played here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChannelKind {
    /// A text channel of the guild.
    Text,
    /// A direct conversation between the bot and one person.
    Direct,
    /// A category that other channels stand under.
    Category,
}

impl ChannelKind {
    pub(super) fn wire(self) -> u8 {
        match self {
            Self::Text => 0,
            Self::Direct => 1,
            Self::Category => 4,
        }
    }
}

#[derive(Clone, Debug)]
pub struct Channel {
    pub id: Id,
    pub kind: ChannelKind,
    pub name: String,
    pub topic: Option<String>,
    pub parent: Option<Id>,
    pub position: usize,
    pub overwrites: Vec<Overwrite>,
    /// The person at the other end of a direct channel.
    pub recipient: Option<Id>,
    pub last_message: Option<Id>,
}

#[derive(Clone, Debug)]
pub struct Message {
    pub id: Id,
    pub channel: Id,
    pub author: Id,
    pub content: String,
    pub embeds: Vec<Value>,
    pub components: Vec<Value>,
    pub flags: u64,
    pub kind: u8,
    pub pinned: bool,
    pub at: DateTime<Utc>,
    pub edited_at: Option<DateTime<Utc>>,
    pub nonce: Option<Value>,
    /// Machine time of posting: a nonce is remembered for minutes of the machine, not of the play.
    pub posted: Instant,
    /// Those who may not read back, but were looking when it was posted.
    pub witnesses: Vec<Id>,
    pub mentions: Vec<Id>,
    pub mention_roles: Vec<Id>,
    pub mention_everyone: bool,
    pub reply_to: Option<Id>,
    /// The interaction this message answers.
    pub interaction: Option<Id>,
    /// The only person who sees it, when it is ephemeral.
    pub private_to: Option<Id>,
    pub files: Vec<SeenFile>,
}

impl Message {
    pub fn is_loading(&self) -> bool {
        self.flags & FLAG_LOADING != 0
    }
}

/// What a person did to cause an interaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InteractionKind {
    Command,
    Component,
    Autocomplete,
    Modal,
}

impl InteractionKind {
    pub fn wire(self) -> u8 {
        match self {
            Self::Command => 2,
            Self::Component => 3,
            Self::Autocomplete => 4,
            Self::Modal => 5,
        }
    }
}

#[derive(Clone, Debug)]
pub struct Interaction {
    pub id: Id,
    pub token: String,
    pub kind: InteractionKind,
    /// Who answers it.
    pub bot: Id,
    /// Who caused it.
    pub user: Id,
    pub channel: Id,
    /// The command's name, for the message that answers it.
    pub command: Option<String>,
    /// The message whose button or select was used, or that a modal came from.
    pub source: Option<Id>,
    pub created: Instant,
    pub initial: Option<Initial>,
    pub acknowledged_after: Option<Duration>,
    /// What `@original` means for this interaction.
    pub original: Option<Id>,
    /// How a deferred reply ended.
    pub deferred_end: Option<DeferredEnd>,
    /// The person no longer waits, and the bot can no longer answer.
    pub given_up: bool,
}

impl Interaction {
    /// Whether the person has all they wait for.
    pub fn is_answered(&self) -> bool {
        match self.initial {
            Some(Initial::Deferred) => self.deferred_end.is_some(),
            ref initial => initial.is_some(),
        }
    }
}

/// The bot's first answer, as the person saw it at that moment.
#[derive(Clone, Debug)]
pub enum Initial {
    Reply(SeenMessage),
    Deferred,
    Updated(SeenMessage),
    DeferredUpdate,
    Choices(Vec<Choice>),
    Modal(ShownModal),
}

#[derive(Clone, Debug)]
pub enum DeferredEnd {
    Written(SeenMessage),
    Deleted,
}

impl World {
    pub fn user(&self, id: Id) -> Option<&User> {
        self.users.get(&id)
    }

    pub fn member(&self, id: Id) -> Option<&Member> {
        self.guild.members.get(&id)
    }

    /// What somebody may do in a channel; nothing at all for people outside it.
    pub fn permissions_in(&self, user: Id, channel: &Channel) -> u64 {
        if channel.kind == ChannelKind::Direct {
            let inside = user == self.application.bot || channel.recipient == Some(user);
            return if inside { permissions::EVERYONE_DEFAULT | permissions::PIN_MESSAGES } else { 0 };
        }
        self.member(user).map_or(0, |member| permissions::in_channel(&self.guild, channel, member))
    }

    /// What the bot may do in the guild at large.
    pub fn bot_in_guild(&self) -> u64 {
        self.member(self.application.bot).map_or(0, |member| permissions::in_guild(&self.guild, member))
    }

    pub fn may(&self, user: Id, channel: Id, bits: u64) -> bool {
        self.channels.get(&channel).is_some_and(|channel| self.permissions_in(user, channel) & bits == bits)
    }

    /// Whether a person sees a message at all.
    pub fn sees(&self, user: Id, message: &Message) -> bool {
        match message.private_to {
            Some(only) => only == user,
            None if message.witnesses.contains(&user) => self.may(user, message.channel, permissions::VIEW_CHANNEL),
            None => self.may(user, message.channel, permissions::VIEW_CHANNEL | permissions::READ_MESSAGE_HISTORY),
        }
    }

    /// Members who see a channel now but may not read back in it later.
    pub fn witnesses(&self, channel: Id) -> Vec<Id> {
        let only_now = |user: &Id| {
            self.may(*user, channel, permissions::VIEW_CHANNEL)
                && !self.may(*user, channel, permissions::READ_MESSAGE_HISTORY)
        };
        self.guild.members.keys().copied().filter(only_now).collect()
    }

    /// The public messages of a channel, oldest first.
    pub fn history(&self, channel: Id) -> impl DoubleEndedIterator<Item = &Message> {
        self.messages.values().filter(move |message| message.channel == channel && message.private_to.is_none())
    }

    /// The guild's channels, in the order they were made.
    pub fn guild_channels(&self) -> impl Iterator<Item = &Channel> {
        self.channels.values().filter(|channel| channel.kind != ChannelKind::Direct)
    }

    /// The direct channel between the bot and a person, if one was ever opened.
    pub fn direct_channel(&self, user: Id) -> Option<&Channel> {
        self.channels.values().find(|channel| channel.recipient == Some(user))
    }
}
