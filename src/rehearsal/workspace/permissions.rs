//! Permission bits and the platform's documented algorithm for who may do what where.
//!
//! The same algorithm judges the bot's requests and what a simulated person may see, type, click or run. It must never
//! be softened for convenience: a rehearsal that allows what the platform refuses teaches the wrong thing.

use super::Id;
use super::state::{Channel, Guild, Member};

/// Passes every check and ignores overwrites.
pub const ADMINISTRATOR: u64 = 1 << 3;
/// Create, edit and delete channels.
pub const MANAGE_CHANNELS: u64 = 1 << 4;
/// Add reactions.
pub const ADD_REACTIONS: u64 = 1 << 6;
/// See a channel at all.
pub const VIEW_CHANNEL: u64 = 1 << 10;
/// Type in a channel.
pub const SEND_MESSAGES: u64 = 1 << 11;
/// Send messages that are read aloud.
pub const SEND_TTS_MESSAGES: u64 = 1 << 12;
/// Delete other people's messages.
pub const MANAGE_MESSAGES: u64 = 1 << 13;
/// Show embeds.
pub const EMBED_LINKS: u64 = 1 << 14;
/// Attach files.
pub const ATTACH_FILES: u64 = 1 << 15;
/// Read what was said before one looked.
pub const READ_MESSAGE_HISTORY: u64 = 1 << 16;
/// Ping everyone.
pub const MENTION_EVERYONE: u64 = 1 << 17;
/// Edit roles, and the overwrites of a channel.
pub const MANAGE_ROLES: u64 = 1 << 28;
/// Use slash commands.
pub const USE_APPLICATION_COMMANDS: u64 = 1 << 31;
/// Pin messages; a bit of its own since February 2026.
pub const PIN_MESSAGES: u64 = 1 << 51;

/// Everything; what an owner or an administrator has.
pub const ALL: u64 = (1 << 53) - 1;

/// What `@everyone` may do in a freshly made guild, as far as this workspace plays it.
pub const EVERYONE_DEFAULT: u64 = VIEW_CHANNEL
    | SEND_MESSAGES
    | EMBED_LINKS
    | ATTACH_FILES
    | READ_MESSAGE_HISTORY
    | ADD_REACTIONS
    | MENTION_EVERYONE
    | USE_APPLICATION_COMMANDS;

/// What a bot that keeps private channels is invited with.
pub const BOT_DEFAULT: u64 = EVERYONE_DEFAULT | MANAGE_CHANNELS | MANAGE_ROLES | MANAGE_MESSAGES | PIN_MESSAGES;

/// Lost together with `SEND_MESSAGES`: the platform denies them implicitly.
const NEEDS_SENDING: u64 = MENTION_EVERYONE | SEND_TTS_MESSAGES | ATTACH_FILES | EMBED_LINKS;

/// Whom an overwrite is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// A role; the guild's own id means `@everyone`.
    Role(Id),
    /// One person.
    Member(Id),
}

impl Target {
    /// The id of the role or person.
    pub fn id(self) -> Id {
        match self {
            Self::Role(id) | Self::Member(id) => id,
        }
    }

    /// The number the platform uses for this kind of target.
    pub fn wire(self) -> u8 {
        match self {
            Self::Role(_) => 0,
            Self::Member(_) => 1,
        }
    }
}

/// What a channel changes for a role or a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Overwrite {
    /// Whom it is about.
    pub target: Target,
    /// Bits given here whatever the roles say.
    pub allow: u64,
    /// Bits taken away here.
    pub deny: u64,
}

impl Overwrite {
    /// An empty overwrite for a role.
    pub fn role(role: Id) -> Self {
        Self { target: Target::Role(role), allow: 0, deny: 0 }
    }

    /// An empty overwrite for a person.
    pub fn member(user: Id) -> Self {
        Self { target: Target::Member(user), allow: 0, deny: 0 }
    }

    /// The same, also allowing `bits`.
    pub fn allow(mut self, bits: u64) -> Self {
        self.allow |= bits;
        self
    }

    /// The same, also denying `bits`.
    pub fn deny(mut self, bits: u64) -> Self {
        self.deny |= bits;
        self
    }
}

/// What a member may do in the guild at large.
pub fn in_guild(guild: &Guild, member: &Member) -> u64 {
    if guild.owner == member.user {
        return ALL;
    }
    let held = guild.roles.values().filter(|role| role.id == guild.id || member.roles.contains(&role.id));
    let bits = held.fold(0, |bits, role| bits | role.permissions);
    if bits & ADMINISTRATOR != 0 { ALL } else { bits }
}

/// What a member may do in one channel, implicit denials included.
pub fn in_channel(guild: &Guild, channel: &Channel, member: &Member) -> u64 {
    let base = in_guild(guild, member);
    if base & ADMINISTRATOR != 0 {
        return ALL;
    }
    without_implied(with_overwrites(base, guild.id, &channel.overwrites, member))
}

fn with_overwrites(base: u64, everyone: Id, overwrites: &[Overwrite], member: &Member) -> u64 {
    let mut bits = base;
    for overwrite in overwrites.iter().filter(|it| it.target == Target::Role(everyone)) {
        bits = bits & !overwrite.deny | overwrite.allow;
    }
    // All of a person's roles count together: one role's allow beats another role's deny.
    let (mut allow, mut deny) = (0, 0);
    for overwrite in overwrites {
        if matches!(overwrite.target, Target::Role(role) if role != everyone && member.roles.contains(&role)) {
            allow |= overwrite.allow;
            deny |= overwrite.deny;
        }
    }
    bits = bits & !deny | allow;
    for overwrite in overwrites.iter().filter(|it| it.target == Target::Member(member.user)) {
        bits = bits & !overwrite.deny | overwrite.allow;
    }
    bits
}

fn without_implied(bits: u64) -> u64 {
    if bits & VIEW_CHANNEL == 0 {
        0
    } else if bits & SEND_MESSAGES == 0 {
        bits & !NEEDS_SENDING
    } else {
        bits
    }
}
