//! Building the JSON of the platform's objects and sending its events.
//!
//! What is optional on the wire is still written out where a client's model insists on it: an event a client cannot
//! parse disappears without a word there.

use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::{Value, json};

use super::Id;
use super::people::SeenFile;
use super::permissions::{self, Overwrite};
use super::state::{Channel, ChannelKind, Interaction, InteractionKind, Member, Message, Role, User, World};

/// An instant as the platform writes it.
pub fn timestamp(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Micros, false)
}

pub fn user(user: &User) -> Value {
    json!({
        "id": user.id, "username": user.username, "discriminator": "0", "global_name": user.display_name,
        "avatar": null, "bot": user.bot, "public_flags": 0,
    })
}

pub fn role(role: &Role) -> Value {
    json!({
        "id": role.id, "name": role.name, "permissions": role.permissions.to_string(), "position": role.position,
        "color": 0, "colors": { "primary_color": 0, "secondary_color": null, "tertiary_color": null },
        "hoist": false, "managed": role.managed, "mentionable": false, "icon": null, "unicode_emoji": null,
        "flags": 0,
    })
}

/// A member without its user, as it stands beside a message's author.
fn bare_member(member: &Member) -> Value {
    json!({
        "roles": member.roles, "nick": null, "avatar": null, "joined_at": timestamp(member.joined_at),
        "premium_since": null, "pending": false, "communication_disabled_until": null,
        "deaf": false, "mute": false, "flags": 0,
    })
}

fn overwrite(overwrite: &Overwrite) -> Value {
    json!({
        "id": overwrite.target.id(), "type": overwrite.target.wire(),
        "allow": overwrite.allow.to_string(), "deny": overwrite.deny.to_string(),
    })
}

impl World {
    pub fn user_json(&self, id: Id) -> Value {
        self.user(id).map_or(Value::Null, user)
    }

    pub fn member_json(&self, member: &Member) -> Value {
        let mut body = bare_member(member);
        body["user"] = self.user_json(member.user);
        body
    }

    pub fn channel_json(&self, channel: &Channel) -> Value {
        if channel.kind == ChannelKind::Direct {
            let recipients: Vec<Value> = channel.recipient.iter().map(|id| self.user_json(*id)).collect();
            return json!({
                "id": channel.id, "type": channel.kind.wire(), "last_message_id": channel.last_message,
                "flags": 0, "recipients": recipients,
            });
        }
        let overwrites: Vec<Value> = channel.overwrites.iter().map(overwrite).collect();
        json!({
            "id": channel.id, "type": channel.kind.wire(), "guild_id": self.guild.id, "name": channel.name,
            "topic": channel.topic, "position": channel.position, "parent_id": channel.parent,
            "permission_overwrites": overwrites, "nsfw": false, "flags": 0, "rate_limit_per_user": 0,
            "last_message_id": channel.last_message,
        })
    }

    pub fn guild_json(&self) -> Value {
        let roles: Vec<Value> = self.guild.roles.values().map(role).collect();
        json!({
            "id": self.guild.id, "name": self.guild.name, "owner_id": self.guild.owner, "roles": roles,
            "icon": null, "splash": null, "discovery_splash": null, "description": null, "banner": null,
            "afk_channel_id": null, "afk_timeout": 300, "application_id": null, "system_channel_id": null,
            "rules_channel_id": null, "public_updates_channel_id": null, "vanity_url_code": null,
            "verification_level": 1, "default_message_notifications": 1, "explicit_content_filter": 0,
            "emojis": [], "stickers": [], "features": [], "mfa_level": 0, "nsfw_level": 0, "nsfw": false,
            "system_channel_flags": 0, "premium_tier": 0, "premium_progress_bar_enabled": false,
            "preferred_locale": "en-GB", "approximate_member_count": self.guild.members.len(),
        })
    }

    /// The guild as the gateway first tells the bot of it.
    pub fn guild_create_json(&self) -> Value {
        let visible = self.guild_channels().filter(|channel| self.bot_sees(channel));
        let channels: Vec<Value> = visible.map(|channel| self.channel_json(channel)).collect();
        // Without the members intent the platform sends only the bot itself.
        let own = self.member(self.application.bot).map(|member| self.member_json(member));
        let mut body = self.guild_json();
        for (key, value) in [
            ("joined_at", json!(timestamp(self.now))),
            ("large", json!(false)),
            ("unavailable", json!(false)),
            ("member_count", json!(self.guild.members.len())),
            ("members", json!(own.into_iter().collect::<Vec<_>>())),
            ("channels", json!(channels)),
            ("threads", json!([])),
            ("voice_states", json!([])),
            ("presences", json!([])),
            ("stage_instances", json!([])),
            ("guild_scheduled_events", json!([])),
            ("soundboard_sounds", json!([])),
        ] {
            body[key] = value;
        }
        body
    }

    pub fn bot_sees(&self, channel: &Channel) -> bool {
        self.permissions_in(self.application.bot, channel) & permissions::VIEW_CHANNEL != 0
    }

    pub fn message_json(&self, message: &Message) -> Value {
        let mentions: Vec<Value> = message.mentions.iter().map(|id| self.user_json(*id)).collect();
        let files = message.files.iter().enumerate();
        let attachments: Vec<Value> = files.map(|(n, file)| attachment(n, file)).collect();
        let mut body = json!({
            "id": message.id, "channel_id": message.channel, "author": self.user_json(message.author),
            "content": message.content, "timestamp": timestamp(message.at),
            "edited_timestamp": message.edited_at.map(timestamp), "tts": false,
            "mention_everyone": message.mention_everyone, "mentions": mentions,
            "mention_roles": message.mention_roles, "attachments": attachments, "embeds": message.embeds,
            "pinned": message.pinned, "type": message.kind, "flags": message.flags,
            "components": message.components,
        });
        if let Some(nonce) = &message.nonce {
            body["nonce"] = nonce.clone();
        }
        if let Some(replied) = message.reply_to {
            body["message_reference"] =
                json!({ "type": 0, "channel_id": message.channel, "message_id": replied, "guild_id": self.guild.id });
        }
        if let Some(interaction) = message.interaction.and_then(|id| self.interactions.get(&id)) {
            body["webhook_id"] = json!(self.application.id);
            body["application_id"] = json!(self.application.id);
            body["interaction_metadata"] = self.interaction_metadata(interaction);
        }
        body
    }

    fn interaction_metadata(&self, interaction: &Interaction) -> Value {
        let mut body = json!({
            "id": interaction.id, "type": interaction.kind.wire(), "user": self.user_json(interaction.user),
            "authorizing_integration_owners": { "0": self.guild.id },
        });
        if let Some(command) = &interaction.command {
            body["name"] = json!(command);
        }
        if interaction.kind == InteractionKind::Modal {
            body["triggering_interaction_metadata"] = self.triggering_metadata(interaction);
        } else if let Some(source) = interaction.source {
            body["interacted_message_id"] = json!(source);
        }
        body
    }

    /// What opened the modal: a press on a message, or a command.
    fn triggering_metadata(&self, interaction: &Interaction) -> Value {
        let mut body = json!({
            "id": interaction.id, "user": self.user_json(interaction.user),
            "authorizing_integration_owners": { "0": self.guild.id },
        });
        match interaction.source {
            Some(source) => {
                body["type"] = json!(InteractionKind::Component.wire());
                body["interacted_message_id"] = json!(source);
            }
            None => {
                body["type"] = json!(InteractionKind::Command.wire());
                body["name"] = json!(interaction.command.clone().unwrap_or_default());
            }
        }
        body
    }

    /// The guild a channel belongs to; none for direct channels.
    pub fn guild_of(&self, channel: Id) -> Option<Id> {
        let channel = self.channels.get(&channel)?;
        (channel.kind != ChannelKind::Direct).then_some(self.guild.id)
    }

    /// A message as the gateway tells of it: with its guild and its author's membership.
    fn message_event(&self, message: &Message) -> Value {
        let mut body = self.message_json(message);
        // The platform tells of ephemeral messages as of direct ones.
        if let Some(guild) = self.guild_of(message.channel).filter(|_| message.private_to.is_none()) {
            body["guild_id"] = json!(guild);
            if let Some(member) = self.member(message.author) {
                body["member"] = bare_member(member);
            }
        }
        body
    }

    pub fn announce_message(&mut self, kind: &'static str, message: &Message) {
        if self.channels.get(&message.channel).is_some_and(|channel| self.bot_sees(channel)) {
            let event = self.message_event(message);
            self.dispatch(kind, event);
        }
    }

    pub fn announce_deletion(&mut self, message: &Message) {
        let mut event = json!({ "id": message.id, "channel_id": message.channel });
        if let Some(guild) = self.guild_of(message.channel).filter(|_| message.private_to.is_none()) {
            event["guild_id"] = json!(guild);
        }
        self.dispatch("MESSAGE_DELETE", event);
    }

    pub fn announce_channel(&mut self, kind: &'static str, channel: &Channel) {
        if self.bot_sees(channel) {
            let event = self.channel_json(channel);
            self.dispatch(kind, event);
        }
    }

    /// An interaction as the gateway brings it; `data` is what the person did.
    pub fn interaction_event(&self, interaction: &Interaction, data: Value) -> Value {
        let channel = self.channels.get(&interaction.channel);
        let mut body = json!({
            "id": interaction.id, "application_id": self.application.id, "type": interaction.kind.wire(),
            "token": interaction.token, "version": 1, "channel_id": interaction.channel,
            "channel": channel.map(|channel| self.channel_json(channel)), "data": data, "locale": "en-GB",
            "entitlements": [], "attachment_size_limit": 10_485_760,
            "authorizing_integration_owners": { "0": self.guild.id },
        });
        if let Some(source) = interaction.source.and_then(|id| self.messages.get(&id)) {
            body["message"] = self.message_json(source);
        }
        let bits = |user| channel.map_or(0, |channel| self.permissions_in(user, channel)).to_string();
        body["app_permissions"] = json!(bits(self.application.bot));
        match (self.guild_of(interaction.channel), self.member(interaction.user)) {
            (Some(guild), Some(member)) => {
                let mut member = self.member_json(member);
                member["permissions"] = json!(bits(interaction.user));
                body["member"] = member;
                body["guild_id"] = json!(guild);
                body["guild"] = json!({ "id": guild, "locale": "en-GB", "features": [] });
                body["guild_locale"] = json!("en-GB");
                body["context"] = json!(0);
            }
            _ => {
                body["user"] = self.user_json(interaction.user);
                body["context"] = json!(1);
            }
        }
        body
    }
}

/// A file of a message; nobody fetches it, so its address leads nowhere.
fn attachment(n: usize, file: &SeenFile) -> Value {
    let address = format!("attachment://{}", file.name);
    json!({
        "id": (n + 1).to_string(), "filename": file.name, "size": file.bytes.len(), "url": address, "proxy_url": address,
        "ephemeral": true,
    })
}
