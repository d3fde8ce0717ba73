//! Proof that a client can read what we send.
//!
//! A client drops an event it cannot parse without a word, and the play would hang with nobody to blame. So each event
//! goes through serenity's models first; one that does not fit is our own bug and is never sent. This is the only use
//! the workspace makes of serenity.

use serde::de::DeserializeOwned;
use serde_json::Value;
use serenity::all as models;

/// Whether the client's model takes this event.
pub fn check(kind: &str, data: &Value) -> Result<(), String> {
    match kind {
        "READY" => parses::<models::Ready>(kind, data),
        "GUILD_CREATE" => parses::<models::Guild>(kind, data),
        "INTERACTION_CREATE" => parses::<models::Interaction>(kind, data),
        "MESSAGE_CREATE" => parses::<models::Message>(kind, data),
        "MESSAGE_UPDATE" => parses::<models::MessageUpdateEvent>(kind, data),
        "MESSAGE_DELETE" => parses::<models::MessageDeleteEvent>(kind, data),
        "CHANNEL_CREATE" | "CHANNEL_UPDATE" | "CHANNEL_DELETE" => parses::<models::Channel>(kind, data),
        "GUILD_MEMBER_ADD" => parses::<models::Member>(kind, data),
        "GUILD_MEMBER_UPDATE" => parses::<models::GuildMemberUpdateEvent>(kind, data),
        "GUILD_MEMBER_REMOVE" => parses::<models::GuildMemberRemoveEvent>(kind, data),
        "GUILD_ROLE_CREATE" => parses::<models::GuildRoleCreateEvent>(kind, data),
        "GUILD_ROLE_UPDATE" => parses::<models::GuildRoleUpdateEvent>(kind, data),
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
