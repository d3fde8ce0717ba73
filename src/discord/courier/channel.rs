//! Channels to be created, and the permissions set on them.
//!
//! Permissions are plain `u64` bits that we compute from our own state. They are never read from Discord, changed and
//! written back through serenity's `Permissions`: that type drops the bits it does not know, and with them rights.

use serde::ser::{SerializeMap, Serializer};
use serde::{Deserialize, Serialize};
use serenity::model::id::{ChannelId, GuildId, RoleId, UserId};

use super::{Courier, Failure, Why};

/// Whom an overwrite is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// A role's holders. The role of everybody has the guild's own id.
    Role(RoleId),
    /// One person, or the bot.
    Member(UserId),
}

impl Whose {
    pub(super) fn id(self) -> u64 {
        match self {
            Self::Role(role) => role.get(),
            Self::Member(user) => user.get(),
        }
    }

    pub(super) fn kind(self) -> u8 {
        match self {
            Self::Role(_) => 0,
            Self::Member(_) => 1,
        }
    }
}

/// What one role or member may and may not do in a channel; bits in neither are as the guild has them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Overwrite {
    /// Whom it is for.
    pub whose: Whose,
    /// The permission bits granted.
    pub allow: u64,
    /// The permission bits refused.
    pub deny: u64,
}

impl Serialize for Overwrite {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(4))?;
        map.serialize_entry("id", &self.whose.id().to_string())?;
        map.serialize_entry("type", &self.whose.kind())?;
        map.serialize_entry("allow", &self.allow.to_string())?;
        map.serialize_entry("deny", &self.deny.to_string())?;
        map.end()
    }
}

/// A channel to be created. The bot's own overwrite is always part of the request that creates it: without it, a channel
/// closed to everybody would be closed to the bot, and nobody could tell later that it is ours.
#[derive(Debug, Clone, Serialize)]
pub struct NewChannel {
    name: String,
    #[serde(rename = "type")]
    kind: u8,
    #[serde(skip_serializing_if = "Option::is_none")]
    parent_id: Option<ChannelId>,
    permission_overwrites: Vec<Overwrite>,
    #[serde(skip)]
    bot: UserId,
}

const TEXT: u8 = 0;
const CATEGORY: u8 = 4;

impl NewChannel {
    /// A text channel in which the bot holds `bot_allow`.
    ///
    /// `name` must be as Discord keeps it: lower case, hyphens for spaces, 1 to 100 characters. Even hidden channels have
    /// shown their names to a whole guild, so it is a code name.
    pub fn text(name: impl Into<String>, bot: UserId, bot_allow: u64) -> Self {
        Self::of(TEXT, name.into(), bot, bot_allow)
    }

    /// A category in which the bot holds `bot_allow`.
    pub fn category(name: impl Into<String>, bot: UserId, bot_allow: u64) -> Self {
        Self::of(CATEGORY, name.into(), bot, bot_allow)
    }

    fn of(kind: u8, name: String, bot: UserId, bot_allow: u64) -> Self {
        let own = Overwrite { whose: Whose::Member(bot), allow: bot_allow, deny: 0 };
        Self { name, kind, parent_id: None, permission_overwrites: vec![own], bot }
    }

    /// Puts it in a category.
    pub fn inside(mut self, category: ChannelId) -> Self {
        self.parent_id = Some(category);
        self
    }

    /// The channel an earlier attempt made, if it is among these; the oldest if there are several.
    pub fn found_in(&self, listed: &[Listed]) -> Option<ChannelId> {
        listed.iter().filter(|channel| channel.is(self)).map(|channel| channel.id).min()
    }

    /// Adds an overwrite. A request may hold a hundred in all.
    pub fn overwrite(mut self, whose: Whose, allow: u64, deny: u64) -> Self {
        self.permission_overwrites.push(Overwrite { whose, allow, deny });
        self
    }
}

/// A channel that is there now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// It was there from an earlier attempt, or is somebody's double; the oldest if there are several.
    Before(ChannelId),
    /// It was made just now.
    Created(ChannelId),
}

impl Found {
    /// The channel, wherever it came from.
    pub fn id(self) -> ChannelId {
        match self {
            Self::Before(id) | Self::Created(id) => id,
        }
    }
}

/// The little we read of a listed channel; the rest of up to five hundred of them is skipped unread.
#[derive(Debug, Deserialize)]
pub struct Listed {
    id: ChannelId,
    #[serde(rename = "type", default)]
    kind: u16,
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    parent_id: Option<ChannelId>,
    #[serde(default)]
    permission_overwrites: Option<Vec<ListedOverwrite>>,
}

#[derive(Debug, Deserialize)]
struct ListedOverwrite {
    id: String,
    #[serde(rename = "type")]
    kind: u8,
}

impl Listed {
    pub fn id(&self) -> ChannelId {
        self.id
    }

    /// Absent where it is hidden from the bot.
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// Whether it stands in this category.
    pub fn is_inside(&self, category: ChannelId) -> bool {
        self.parent_id == Some(category)
    }

    /// Whether an earlier attempt of ours made this: same kind, exactly the same name, and our bot's own overwrite, which
    /// nobody else's channel of that name would have. The category is not compared: a retry may have chosen another.
    fn is(&self, wanted: &NewChannel) -> bool {
        let bot = wanted.bot.to_string();
        let own = |overwrite: &ListedOverwrite| overwrite.kind == 1 && overwrite.id == bot;
        self.kind == u16::from(wanted.kind)
            && self.name.as_deref() == Some(wanted.name.as_str())
            && self.permission_overwrites.as_deref().unwrap_or_default().iter().any(own)
    }
}

#[derive(Deserialize)]
struct Created {
    id: ChannelId,
}

impl Courier {
    /// Makes sure a channel is there, without ever making a second one: Discord has no nonce for channels, so an answer
    /// that was lost would otherwise leave an orphan. Looks through the guild first and creates only what is missing.
    ///
    /// What is found is returned as it is; its overwrites are not compared. Two couriers at the same moment could still make
    /// two: the caller holds the lane.
    pub async fn find_or_create_channel(
        &self,
        guild: GuildId,
        wanted: &NewChannel,
        reason: &'static str,
    ) -> Result<Found, Failure> {
        match wanted.found_in(&self.channels(guild).await?) {
            Some(before) => Ok(Found::Before(before)),
            None => self.make_channel(guild, wanted, reason).await.map(Found::Created),
        }
    }

    /// The channels of a guild, categories among them; those the bot may not see may be missing.
    pub async fn channels(&self, guild: GuildId) -> Result<Vec<Listed>, Failure> {
        let listed: Option<Vec<Listed>> = self.fetch(Self::channels_of(guild)).await?;
        listed.ok_or(Failure::later(Why::Unreadable))
    }

    /// Makes a channel that was looked for and is not there.
    pub async fn make_channel(
        &self,
        guild: GuildId,
        wanted: &NewChannel,
        reason: &'static str,
    ) -> Result<ChannelId, Failure> {
        let created = self.create_channel(guild, wanted, reason).await?;
        Created::deserialize(&created).map(|created| created.id).map_err(|_| Failure::later(Why::Unreadable))
    }
}
