//! Messages of the bot, and reading a channel's history.

use serde_json::{Value, json};

use super::{Outcome, Reply, Request};
use crate::rehearsal::workspace::Id;
use crate::rehearsal::workspace::errors::{self, ApiError};
use crate::rehearsal::workspace::forms::{MessageForm, read_message};
use crate::rehearsal::workspace::permissions::{EMBED_LINKS, MANAGE_MESSAGES, READ_MESSAGE_HISTORY, SEND_MESSAGES};
use crate::rehearsal::workspace::posting::{KIND_DEFAULT, KIND_REPLY, NewMessage};
use crate::rehearsal::workspace::state::{Channel, ChannelKind, DirectMessages, Message, World};

impl World {
    /// A message of a channel as REST knows it: ephemeral ones are in no channel.
    pub fn message_in(&self, channel: Id, id: Id) -> Result<Message, ApiError> {
        let found = self.messages.get(&id).filter(|message| message.channel == channel && message.private_to.is_none());
        found.cloned().ok_or(errors::UNKNOWN_MESSAGE)
    }

    /// Whether the bot may write to the person at the other end.
    fn check_direct(&self, channel: &Channel) -> Result<(), ApiError> {
        let Some(user) = channel.recipient.and_then(|id| self.user(id)) else { return Ok(()) };
        let reachable = self.member(user.id).is_some() && user.direct_messages == DirectMessages::Open;
        if reachable { Ok(()) } else { Err(errors::MESSAGES_CLOSED) }
    }
}

pub fn create(world: &mut World, request: &Request) -> Outcome {
    let channel = world.channel_for_bot(request.id("channel")?, SEND_MESSAGES)?;
    if channel.kind == ChannelKind::Category {
        return Err(errors::NOT_A_TEXT_CHANNEL);
    }
    let form = read_message(&request.body, "")?;
    if form.embeds.as_ref().is_some_and(|embeds| !embeds.is_empty()) {
        world.channel_for_bot(channel.id, EMBED_LINKS)?;
    }
    if let Some(earlier) = posted_before(world, &form) {
        return Ok(Reply::ok(world.message_json(earlier)));
    }
    world.check_direct(&channel)?;
    let kind = if form.reply_to.is_some() { KIND_REPLY } else { KIND_DEFAULT };
    let author = world.application.bot;
    let new = NewMessage { channel: channel.id, author, kind, form, interaction: None, private_to: None };
    let message = world.post(new)?;
    Ok(Reply::ok(world.message_json(&message)))
}

/// With `enforce_nonce` the platform looks for a recent message of the same author with the same nonce.
fn posted_before<'a>(world: &'a World, form: &MessageForm) -> Option<&'a Message> {
    if !form.enforce_nonce || form.nonce.is_none() {
        return None;
    }
    let memory = world.options.nonce_memory;
    world.messages.values().rev().find(|message| {
        message.author == world.application.bot && message.nonce == form.nonce && message.posted.elapsed() < memory
    })
}

pub fn list(world: &World, request: &Request) -> Outcome {
    let channel = world.channel_for_bot(request.id("channel")?, 0)?;
    // Without the right to read back the platform answers with nothing at all.
    if world.channel_for_bot(channel.id, READ_MESSAGE_HISTORY).is_err() {
        return Ok(Reply::ok(json!([])));
    }
    let limit = request.number("limit").unwrap_or(50).clamp(1, 100);
    let limit = usize::try_from(limit).unwrap_or(100);
    let mut page: Vec<&Message> = match (request.number("before"), request.number("after"), request.number("around")) {
        (_, _, Some(around)) => around_page(world, channel.id, Id(around), limit),
        (_, Some(after), _) => world.history(channel.id).filter(|message| message.id > Id(after)).take(limit).collect(),
        (Some(before), _, _) => {
            world.history(channel.id).rev().filter(|message| message.id < Id(before)).take(limit).collect()
        }
        _ => world.history(channel.id).rev().take(limit).collect(),
    };
    page.sort_by_key(|message| std::cmp::Reverse(message.id));
    let page: Vec<Value> = page.into_iter().map(|message| world.message_json(message)).collect();
    Ok(Reply::ok(json!(page)))
}

fn around_page(world: &World, channel: Id, around: Id, limit: usize) -> Vec<&Message> {
    let half = limit / 2;
    let older = world.history(channel).rev().filter(|message| message.id < around).take(half);
    let newer = world.history(channel).filter(|message| message.id >= around).take(limit - half);
    older.chain(newer).collect()
}

pub fn get(world: &World, request: &Request) -> Outcome {
    let channel = world.channel_for_bot(request.id("channel")?, READ_MESSAGE_HISTORY)?;
    let message = world.message_in(channel.id, request.id("message")?)?;
    Ok(Reply::ok(world.message_json(&message)))
}

pub fn edit(world: &mut World, request: &Request) -> Outcome {
    let channel = world.channel_for_bot(request.id("channel")?, 0)?;
    let message = world.message_in(channel.id, request.id("message")?)?;
    if message.author != world.application.bot {
        return Err(errors::ANOTHERS_MESSAGE);
    }
    let form = read_message(&request.body, "")?;
    let message = world.revise(message.id, form)?;
    Ok(Reply::ok(world.message_json(&message)))
}

pub fn delete(world: &mut World, request: &Request) -> Outcome {
    let channel = world.channel_for_bot(request.id("channel")?, 0)?;
    let message = world.message_in(channel.id, request.id("message")?)?;
    if message.author != world.application.bot {
        if channel.kind == ChannelKind::Direct {
            return Err(errors::NOT_IN_A_DIRECT_CHANNEL);
        }
        world.channel_for_bot(channel.id, MANAGE_MESSAGES)?;
    }
    world.remove_message(message.id);
    Ok(Reply::nothing())
}
