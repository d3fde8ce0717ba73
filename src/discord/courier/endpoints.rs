//! Every endpoint we use, one method each.
//!
//! Each method makes one attempt; what can go wrong is the same for all and told by [`Failure`]. Bodies are anything
//! `Serialize`: a `serde_json::Value`, a struct, one of serenity's builders. Audit reasons are fixed text.

use std::fmt;

use serde::Serialize;
use serde_json::{Value, json};
use serenity::model::id::{ApplicationId, ChannelId, GuildId, InteractionId, MessageId, UserId};
use thiserror::Error;
use twilight_http_ratelimiting::Method::{Delete, Get, Patch, Post, Put};

use super::channel::{NewChannel, Overwrite, Whose};
use super::request::{Lane, Request};
use super::{Courier, Failure, Secret};
use crate::app::asking::File;

/// The longest nonce Discord takes, in characters. A ULID has 26.
pub const NONCE_LENGTH_MAX: usize = 25;

/// A message's nonce: within a few minutes, a second message with the same one is the first one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Nonce(String);

/// The text is empty or longer than [`NONCE_LENGTH_MAX`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("a nonce has 1 to {NONCE_LENGTH_MAX} ASCII characters")]
pub struct NonceTooLong;

impl Nonce {
    /// Takes a nonce of 1 to [`NONCE_LENGTH_MAX`] ASCII characters. It is visible in the message: an id, nothing else.
    pub fn new(text: impl Into<String>) -> Result<Self, NonceTooLong> {
        let text = text.into();
        let fits = text.is_ascii() && (1..=NONCE_LENGTH_MAX).contains(&text.len());
        fits.then_some(Self(text)).ok_or(NonceTooLong)
    }
}

impl From<u64> for Nonce {
    /// An outbox row's number: twenty digits at most, so it always fits.
    fn from(row: u64) -> Self {
        Self(row.to_string())
    }
}

impl fmt::Display for Nonce {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Start-up, the guild and its people.
impl Courier {
    /// Where the gateway is, for any token.
    pub async fn gateway(&self) -> Result<Value, Failure> {
        self.send(Request::new(Get, "gateway", &[])).await
    }

    /// Where the gateway is for this bot, and how many starts it has left today.
    pub async fn gateway_bot(&self) -> Result<Value, Failure> {
        self.send(Request::new(Get, "gateway/bot", &[])).await
    }

    /// The application the token belongs to.
    pub async fn application(&self) -> Result<Value, Failure> {
        self.send(Request::new(Get, "applications/@me", &[])).await
    }

    /// The bot's own account.
    pub async fn current_user(&self) -> Result<Value, Failure> {
        self.send(Request::new(Get, "users/@me", &[])).await
    }

    /// Replaces all of the guild's commands of this application.
    pub async fn set_guild_commands(
        &self,
        application: ApplicationId,
        guild: GuildId,
        commands: &impl Serialize,
    ) -> Result<Value, Failure> {
        let request = Request::new(Put, "applications/{}/guilds/{}/commands", &[&application, &guild]);
        self.send(request.with(commands)?).await
    }

    /// The guild's commands of this application, as registered.
    pub async fn guild_commands(&self, application: ApplicationId, guild: GuildId) -> Result<Value, Failure> {
        self.send(Request::new(Get, "applications/{}/guilds/{}/commands", &[&application, &guild])).await
    }

    /// The guild: its owner, features and whether it demands two-factor accounts.
    pub async fn guild(&self, guild: GuildId) -> Result<Value, Failure> {
        self.send(Request::new(Get, "guilds/{}", &[&guild])).await
    }

    /// The guild's roles with their permissions.
    pub async fn guild_roles(&self, guild: GuildId) -> Result<Value, Failure> {
        self.send(Request::new(Get, "guilds/{}/roles", &[&guild])).await
    }

    /// One member; [`Failure::Gone`] when the person is not in the guild.
    pub async fn member(&self, guild: GuildId, user: UserId) -> Result<Value, Failure> {
        self.send(Request::new(Get, "guilds/{}/members/{}", &[&guild, &user])).await
    }
}

/// Channels and who may enter them.
impl Courier {
    /// All channels of the guild that the bot may know of.
    pub async fn guild_channels(&self, guild: GuildId) -> Result<Value, Failure> {
        self.send(Self::channels_of(guild)).await
    }

    pub(super) fn channels_of(guild: GuildId) -> Request {
        Request::new(Get, "guilds/{}/channels", &[&guild])
    }

    /// Creates a channel, a second one if it exists: see [`Courier::find_or_create_channel`].
    pub async fn create_channel(
        &self,
        guild: GuildId,
        channel: &NewChannel,
        reason: &'static str,
    ) -> Result<Value, Failure> {
        let request = Request::new(Post, "guilds/{}/channels", &[&guild]);
        self.send(request.with(channel)?.because(reason)).await
    }

    /// Changes a channel. A name or topic may change only twice in ten minutes, so neither may carry state.
    pub async fn edit_channel(
        &self,
        channel: ChannelId,
        change: &impl Serialize,
        reason: &'static str,
    ) -> Result<Value, Failure> {
        self.send(Request::new(Patch, "channels/{}", &[&channel]).with(change)?.because(reason)).await
    }

    /// Deletes a channel and all that was posted in it; [`Failure::Gone`] when that has happened already.
    pub async fn delete_channel(&self, channel: ChannelId, reason: &'static str) -> Result<Value, Failure> {
        self.send(Request::new(Delete, "channels/{}", &[&channel]).because(reason)).await
    }

    /// Sets what one role or member may do in a channel, replacing what was set for them before.
    pub async fn put_overwrite(
        &self,
        channel: ChannelId,
        overwrite: &Overwrite,
        reason: &'static str,
    ) -> Result<(), Failure> {
        let request = Request::new(Put, "channels/{}/permissions/{}", &[&channel, &overwrite.whose.id()]);
        // Whose it is stands in the path, and nowhere else.
        let Overwrite { whose, allow, deny } = overwrite;
        let body = json!({ "type": whose.kind(), "allow": allow.to_string(), "deny": deny.to_string() });
        self.send(request.with(&body)?.because(reason)).await.map(drop)
    }

    /// Takes back what was set for one role or member; [`Failure::Gone`] when nothing is set.
    pub async fn delete_overwrite(
        &self,
        channel: ChannelId,
        whose: Whose,
        reason: &'static str,
    ) -> Result<(), Failure> {
        let request = Request::new(Delete, "channels/{}/permissions/{}", &[&channel, &whose.id()]);
        self.send(request.because(reason)).await.map(drop)
    }

    /// The channel for direct messages to a person; the same one each time. Opening it tells them nothing.
    pub async fn direct_channel(&self, user: UserId) -> Result<Value, Failure> {
        let body = json!({ "recipient_id": user.to_string() });
        self.send(Request::new(Post, "users/@me/channels", &[]).with(&body)?).await
    }
}

/// Messages.
impl Courier {
    /// Posts a message. Sent again with the same nonce within a few minutes, it is not posted twice. The body's own nonce,
    /// if it has one, is replaced.
    pub async fn create_message(
        &self,
        channel: ChannelId,
        nonce: &Nonce,
        message: &impl Serialize,
    ) -> Result<Value, Failure> {
        let Ok(Value::Object(mut body)) = serde_json::to_value(message) else {
            return Err(Failure::Unsendable);
        };
        body.insert("nonce".to_owned(), json!(nonce.0));
        body.insert("enforce_nonce".to_owned(), json!(true));
        self.send(Request::new(Post, "channels/{}/messages", &[&channel]).with(&body)?).await
    }

    /// Replaces parts of one of our messages.
    pub async fn edit_message(
        &self,
        channel: ChannelId,
        message: MessageId,
        change: &impl Serialize,
    ) -> Result<Value, Failure> {
        self.send(Request::new(Patch, "channels/{}/messages/{}", &[&channel, &message]).with(change)?).await
    }

    /// Deletes a message; [`Failure::Gone`] when that has happened already.
    pub async fn delete_message(&self, channel: ChannelId, message: MessageId) -> Result<(), Failure> {
        self.send(Request::new(Delete, "channels/{}/messages/{}", &[&channel, &message])).await.map(drop)
    }

    /// Pins a message; nothing happens when it is pinned already.
    pub async fn pin_message(
        &self,
        channel: ChannelId,
        message: MessageId,
        reason: &'static str,
    ) -> Result<(), Failure> {
        let request = Request::new(Put, "channels/{}/messages/pins/{}", &[&channel, &message]);
        self.send(request.because(reason)).await.map(drop)
    }
}

/// Answers to interactions: they carry the interaction's token instead of the bot's and are bound by no limit of ours.
impl Courier {
    /// The first answer to an interaction, due within three seconds of its arrival. Code 40060 in the failure says that
    /// it has been answered; [`Failure::Gone`] that it is too late.
    pub async fn answer_interaction(
        &self,
        interaction: InteractionId,
        token: &Secret,
        answer: &impl Serialize,
    ) -> Result<(), Failure> {
        let request = Request::new(Post, "interactions/{}/{}/callback", &[&interaction, &token.expose()]);
        self.send(request.on(Lane::Callback).with(answer)?).await.map(drop)
    }

    /// Changes the first answer, within fifteen minutes.
    pub async fn edit_answer(
        &self,
        application: ApplicationId,
        token: &Secret,
        change: &impl Serialize,
    ) -> Result<Value, Failure> {
        let request = Request::new(Patch, "webhooks/{}/{}/messages/@original", &[&application, &token.expose()]);
        self.send(request.on(Lane::FollowUp).with(change)?).await
    }

    /// The same with a file.
    pub async fn edit_answer_with(
        &self,
        application: ApplicationId,
        token: &Secret,
        change: &impl Serialize,
        file: File,
    ) -> Result<Value, Failure> {
        let request = Request::new(Patch, "webhooks/{}/{}/messages/@original", &[&application, &token.expose()]);
        self.send(request.on(Lane::FollowUp).with(change)?.carrying(file)).await
    }

    /// Says something more to the same person, within fifteen minutes. It has no nonce: sent twice, it is there twice.
    pub async fn follow_up(
        &self,
        application: ApplicationId,
        token: &Secret,
        message: &impl Serialize,
    ) -> Result<Value, Failure> {
        let request = Request::new(Post, "webhooks/{}/{}", &[&application, &token.expose()]);
        self.send(request.on(Lane::FollowUp).with(message)?).await
    }
}
