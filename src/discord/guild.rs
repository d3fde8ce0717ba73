//! The guild as an administrator has set it up: what the bot may do in it, what is there, and what set-up adds.
//!
//! Looking changes nothing. What is made is looked for first, so that doing it again makes nothing twice.

use std::sync::Arc;

use serde::Deserialize;
use serenity::model::id::{ApplicationId, ChannelId, GuildId, UserId};
use thiserror::Error;

use super::courier::{Courier, Failure, NONCE_LENGTH_MAX, NewChannel, Nonce, Overwrite, Whose};
use super::permissions::{
    ADMINISTRATOR, OF_A_PERSON, OF_THE_BOT, SEND_MESSAGES, USE_APPLICATION_COMMANDS, VIEW_CHANNEL, needed,
};
use crate::domain::ids::AccountId;

/// Channels a guild may have, and a category.
pub const CHANNELS_MAX: usize = 500;
pub const CHANNELS_PER_CATEGORY_MAX: usize = 50;

/// Why the guild can't be worked with.
#[derive(Debug, Error)]
pub enum NoGuild {
    #[error("the bot's token is not accepted")]
    BadToken,
    /// The bot has not been invited, or the number is another guild's.
    #[error("the bot is not in the guild")]
    NotThere,
    #[error("the guild can't be asked")]
    Unasked(#[source] Failure),
}

impl From<Failure> for NoGuild {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Unauthorised => Self::BadToken,
            Failure::Gone { .. } => Self::NotThere,
            other => Self::Unasked(other),
        }
    }
}

/// The bot's own account and application, by its token.
#[derive(Debug, Clone, Copy)]
pub struct Own {
    bot: UserId,
    application: ApplicationId,
}

impl Own {
    /// Asks the platform who we are.
    pub async fn ask(courier: &Courier) -> Result<Self, NoGuild> {
        let bot: Identified = read(courier.current_user().await?)?;
        let application: Identified = read(courier.application().await?)?;
        Ok(Self { bot: UserId::new(bot.id()?), application: ApplicationId::new(application.id()?) })
    }

    /// The page on which somebody who may manage a guild invites the bot, with the rights it needs.
    pub fn invitation(&self) -> String {
        format!(
            "https://discord.com/oauth2/authorize?client_id={}&scope=bot+applications.commands&permissions={}",
            self.application,
            needed()
        )
    }
}

/// A guild the bot is in.
pub struct Guild {
    courier: Arc<Courier>,
    id: GuildId,
    own: Own,
}

impl Guild {
    pub fn new(courier: Arc<Courier>, id: u64, own: Own) -> Self {
        Self { courier, id: GuildId::new(id), own }
    }

    /// How the guild is now.
    pub async fn look(&self) -> Result<Seen, NoGuild> {
        let guild: Owned = read(self.courier.guild(self.id).await.map_err(not_there)?)?;
        let roles = read(self.courier.guild_roles(self.id).await?)?;
        let member: Member = read(self.courier.member(self.id, self.own.bot).await?)?;
        let channels = read(self.courier.guild_channels(self.id).await?)?;
        Ok(Seen {
            guild: self.id.to_string(),
            bot: self.own.bot.to_string(),
            guild_owner: guild.owner_id,
            roles,
            member,
            channels,
        })
    }

    /// The names of the commands registered for us.
    pub async fn commands(&self) -> Result<Vec<String>, NoGuild> {
        let commands: Vec<Named> = read(self.courier.guild_commands(self.own.application, self.id).await?)?;
        Ok(commands.into_iter().map(|command| command.name).collect())
    }

    /// Whether somebody is a member.
    pub async fn has(&self, account: AccountId) -> Result<bool, NoGuild> {
        match self.courier.member(self.id, UserId::new(account.0.max(1))).await {
            Ok(_) => Ok(true),
            Err(Failure::Gone { .. }) => Ok(false),
            Err(other) => Err(other.into()),
        }
    }

    /// The category cases are opened in.
    pub async fn category(&self, name: &str) -> Result<u64, NoGuild> {
        let wanted = NewChannel::category(name, self.own.bot, OF_THE_BOT).overwrite(self.everyone(), 0, VIEW_CHANNEL);
        let found = self.courier.find_or_create_channel(self.id, &wanted, "set-up").await?;
        Ok(found.id().get())
    }

    /// A channel that only the bot and whoever is let in see.
    pub async fn private_channel(&self, name: &str, category: u64) -> Result<u64, NoGuild> {
        let wanted = NewChannel::text(name, self.own.bot, OF_THE_BOT | USE_APPLICATION_COMMANDS)
            .inside(ChannelId::new(category))
            .overwrite(self.everyone(), 0, VIEW_CHANNEL);
        let found = self.courier.find_or_create_channel(self.id, &wanted, "set-up").await?;
        Ok(found.id().get())
    }

    /// Lets a member see a channel and use commands there. `false` where they are not a member.
    pub async fn let_in(&self, account: AccountId, channel: u64) -> Result<bool, NoGuild> {
        if !self.has(account).await? {
            return Ok(false);
        }
        let whose = Whose::Member(UserId::new(account.0));
        let overwrite = Overwrite { whose, allow: OF_A_PERSON, deny: 0 };
        self.courier.put_overwrite(ChannelId::new(channel), &overwrite, "set-up").await?;
        Ok(true)
    }

    /// Takes from somebody what [`Self::let_in`] gave them.
    pub async fn shut_out(&self, account: AccountId, channel: u64) -> Result<(), NoGuild> {
        let whose = Whose::Member(UserId::new(account.0));
        match self.courier.delete_overwrite(ChannelId::new(channel), whose, "enrolment ended").await {
            Ok(()) | Err(Failure::Gone { .. }) => Ok(()),
            Err(other) => Err(other.into()),
        }
    }

    fn everyone(&self) -> Whose {
        Whose::Role(self.id.get().into())
    }
}

/// Posts a line in a channel of the administrators'. The line is its own nonce: within a few minutes it is one line
/// however often it is sent.
pub async fn tell(courier: &Courier, channel: u64, text: &str) -> Result<(), Failure> {
    let digest = blake3::hash(text.as_bytes()).to_hex();
    let nonce = Nonce::new(&digest[..NONCE_LENGTH_MAX]).map_err(|_| Failure::Unsendable)?;
    let message = serde_json::json!({ "content": text, "allowed_mentions": { "parse": [] } });
    courier.create_message(ChannelId::new(channel), &nonce, &message).await.map(drop)
}

/// Discord says of a guild we are not in that access is missing.
fn not_there(failure: Failure) -> NoGuild {
    match failure {
        Failure::Refused { status: 403 | 404, .. } => NoGuild::NotThere,
        other => other.into(),
    }
}

fn read<T: serde::de::DeserializeOwned>(value: serde_json::Value) -> Result<T, NoGuild> {
    let unreadable = Failure::Later { after: None, why: super::courier::Why::Unreadable };
    serde_json::from_value(value).map_err(|_| NoGuild::Unasked(unreadable))
}

#[derive(Deserialize)]
struct Identified {
    id: String,
}

impl Identified {
    fn id(&self) -> Result<u64, NoGuild> {
        let unreadable = Failure::Later { after: None, why: super::courier::Why::Unreadable };
        self.id.parse().ok().filter(|id| *id != 0).ok_or(NoGuild::Unasked(unreadable))
    }
}

#[derive(Deserialize)]
struct Named {
    name: String,
}

#[derive(Deserialize)]
struct Owned {
    owner_id: String,
}

/// A guild as it was when looked at.
#[derive(Debug)]
pub struct Seen {
    guild: String,
    bot: String,
    /// The account of the guild's owner, who passes every check.
    pub guild_owner: String,
    roles: Vec<Role>,
    member: Member,
    channels: Vec<Channel>,
}

#[derive(Debug, Deserialize)]
struct Role {
    id: String,
    name: String,
    permissions: String,
}

#[derive(Debug, Deserialize)]
struct Member {
    #[serde(default)]
    roles: Vec<String>,
}

/// A channel that the bot knows of.
#[derive(Debug, Deserialize)]
pub struct Channel {
    pub id: String,
    #[serde(default)]
    pub name: String,
    parent_id: Option<String>,
    #[serde(default)]
    permission_overwrites: Vec<Set>,
}

/// An overwrite as listed.
#[derive(Debug, Deserialize)]
struct Set {
    id: String,
    allow: String,
    deny: String,
}

impl Seen {
    /// What the bot holds in the guild at large.
    pub fn held(&self) -> u64 {
        let own = self.roles.iter().filter(|role| role.id == self.guild || self.member.roles.contains(&role.id));
        let bits = own.fold(0, |bits, role| bits | number(&role.permissions));
        if bits & ADMINISTRATOR != 0 { u64::MAX } else { bits }
    }

    /// What the bot holds in a channel, by Discord's documented order: everybody, roles together, itself.
    pub fn held_in(&self, channel: &Channel) -> u64 {
        let mut bits = self.held();
        if bits & ADMINISTRATOR != 0 {
            return bits;
        }
        let (of_roles, own): (Vec<&Set>, Vec<&Set>) = channel
            .permission_overwrites
            .iter()
            .filter(|set| set.id == self.bot || self.member.roles.contains(&set.id))
            .partition(|set| set.id != self.bot);
        let everyone: Vec<_> = channel.permission_overwrites.iter().filter(|set| set.id == self.guild).collect();
        for sets in [everyone, of_roles, own] {
            let (allow, deny) =
                sets.iter().fold((0, 0), |(allow, deny), set| (allow | number(&set.allow), deny | number(&set.deny)));
            bits = bits & !deny | allow;
        }
        let sees = bits & VIEW_CHANNEL != 0;
        if sees { bits } else { bits & !SEND_MESSAGES }
    }

    /// A channel the bot can see; `None` where it is gone or hidden from it.
    pub fn channel(&self, id: &str) -> Option<&Channel> {
        self.channels.iter().find(|channel| channel.id == id)
    }

    /// How many channels the bot knows of; hidden ones may come on top.
    pub fn channels(&self) -> usize {
        self.channels.len()
    }

    /// How many of them stand in a category.
    pub fn channels_in(&self, category: &str) -> usize {
        self.channels.iter().filter(|channel| channel.parent_id.as_deref() == Some(category)).count()
    }

    /// The names of the roles that pass every check.
    pub fn administrator_roles(&self) -> Vec<&str> {
        let roles = self.roles.iter().filter(|role| number(&role.permissions) & ADMINISTRATOR != 0);
        roles.map(|role| role.name.as_str()).collect()
    }
}

/// Discord writes permissions as decimal texts; one that can't be read grants nothing.
fn number(bits: &str) -> u64 {
    bits.parse().unwrap_or_default()
}
