//! Pins, by the path of 2025 and by the older one.

use serde_json::{Value, json};

use super::{Outcome, Reply, Request};
use crate::rehearsal::workspace::errors::{self, ApiError};
use crate::rehearsal::workspace::events::timestamp;
use crate::rehearsal::workspace::limits::PINS_MAX;
use crate::rehearsal::workspace::permissions::{PIN_MESSAGES, READ_MESSAGE_HISTORY};
use crate::rehearsal::workspace::route::Route;
use crate::rehearsal::workspace::state::{Message, World};

pub fn list(world: &World, request: &Request) -> Outcome {
    let channel = world.channel_for_bot(request.id("channel")?, READ_MESSAGE_HISTORY)?;
    let pinned = world.history(channel.id).rev().filter(|message| message.pinned);
    if request.matched.route == Route::GetPinsOld {
        let pinned: Vec<Value> = pinned.map(|message| world.message_json(message)).collect();
        return Ok(Reply::ok(json!(pinned)));
    }
    let item = |message: &Message| json!({ "pinned_at": timestamp(world.now), "message": world.message_json(message) });
    let items: Vec<Value> = pinned.map(item).collect();
    Ok(Reply::ok(json!({ "items": items, "has_more": false })))
}

fn message_to_pin(world: &World, request: &Request) -> Result<Message, ApiError> {
    let channel = world.channel_for_bot(request.id("channel")?, PIN_MESSAGES)?;
    world.message_in(channel.id, request.id("message")?)
}

pub fn pin(world: &mut World, request: &Request) -> Outcome {
    let message = message_to_pin(world, request)?;
    if message.pinned {
        return Ok(Reply::nothing());
    }
    if world.history(message.channel).filter(|other| other.pinned).count() >= PINS_MAX {
        return Err(errors::TOO_MANY_PINS);
    }
    let (channel, id) = (message.channel, message.id);
    set_pinned(world, Message { pinned: true, ..message });
    world.post_pinned_notice(channel, id);
    Ok(Reply::nothing())
}

pub fn unpin(world: &mut World, request: &Request) -> Outcome {
    let message = message_to_pin(world, request)?;
    if message.pinned {
        set_pinned(world, Message { pinned: false, ..message });
    }
    Ok(Reply::nothing())
}

fn set_pinned(world: &mut World, message: Message) {
    world.messages.insert(message.id, message.clone());
    world.announce_message("MESSAGE_UPDATE", &message);
}
