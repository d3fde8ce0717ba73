//! Proof that a client can read what we send.
//!
//! A client drops an event it cannot parse without a word, and the play would hang with nobody to blame. So each event
//! goes through serenity's models first; one that does not fit is our own bug and is never sent. This is the only use
//! the workspace makes of serenity.

use serde::de::DeserializeOwned;
use serde_json::Value;
use serenity::model::application::Interaction;
use serenity::model::channel::{Channel, Message};
use serenity::model::event::{
    GuildMemberRemoveEvent, GuildMemberUpdateEvent, GuildRoleCreateEvent, GuildRoleUpdateEvent, MessageDeleteEvent,
    MessageUpdateEvent,
};
use serenity::model::gateway::Ready;
use serenity::model::guild::{Guild, Member};

/// Whether the client's model takes this event.
pub fn check(kind: &str, data: &Value) -> Result<(), String> {
    match kind {
        "READY" => parses::<Ready>(kind, data),
        "GUILD_CREATE" => parses::<Guild>(kind, data),
        "INTERACTION_CREATE" => parses::<Interaction>(kind, data),
        "MESSAGE_CREATE" => parses::<Message>(kind, data),
        "MESSAGE_UPDATE" => parses::<MessageUpdateEvent>(kind, data),
        "MESSAGE_DELETE" => parses::<MessageDeleteEvent>(kind, data),
        "CHANNEL_CREATE" | "CHANNEL_UPDATE" | "CHANNEL_DELETE" => parses::<Channel>(kind, data),
        "GUILD_MEMBER_ADD" => parses::<Member>(kind, data),
        "GUILD_MEMBER_UPDATE" => parses::<GuildMemberUpdateEvent>(kind, data),
        "GUILD_MEMBER_REMOVE" => parses::<GuildMemberRemoveEvent>(kind, data),
        "GUILD_ROLE_CREATE" => parses::<GuildRoleCreateEvent>(kind, data),
        "GUILD_ROLE_UPDATE" => parses::<GuildRoleUpdateEvent>(kind, data),
        // RESUMED has no content; an unknown event is sent on purpose.
        _ => Ok(()),
    }
}

fn parses<T: DeserializeOwned>(kind: &str, data: &Value) -> Result<(), String> {
    match serde_json::from_value::<T>(data.clone()) {
        Ok(_) => Ok(()),
        Err(error) => Err(format!("the event {kind} we were about to send does not parse: {error}")),
    }
}
