//! Channels: finding, making, changing and deleting them, and opening direct ones.

use serde_json::{Value, json};

use super::guilds::check_guild;
use super::overwrites::check_overwrites;
use super::{Outcome, Reply, Request};
use crate::rehearsal::workspace::errors::{self, ApiError};
use crate::rehearsal::workspace::forms::{ChannelForm, Complaints, read_channel};
use crate::rehearsal::workspace::limits::{CHANNELS_PER_CATEGORY_MAX, CHANNELS_PER_GUILD_MAX};
use crate::rehearsal::workspace::permissions::{MANAGE_CHANNELS, MANAGE_ROLES, VIEW_CHANNEL};
use crate::rehearsal::workspace::state::{Channel, ChannelKind, World};
use crate::rehearsal::workspace::{Id, Overwrite};

impl World {
    /// A channel the bot may see and do `bits` in.
    pub fn channel_for_bot(&self, id: Id, bits: u64) -> Result<Channel, ApiError> {
        let channel = self.channels.get(&id).ok_or(errors::UNKNOWN_CHANNEL)?;
        let held = self.permissions_in(self.application.bot, channel);
        if held & VIEW_CHANNEL == 0 {
            return Err(errors::MISSING_ACCESS);
        }
        if held & bits == bits { Ok(channel.clone()) } else { Err(errors::MISSING_PERMISSIONS) }
    }

    /// The direct channel with a person, opened if need be.
    pub fn open_direct(&mut self, user: Id) -> Channel {
        if let Some(channel) = self.direct_channel(user) {
            return channel.clone();
        }
        let channel = Channel {
            id: self.ids.next(),
            kind: ChannelKind::Direct,
            name: String::new(),
            topic: None,
            parent: None,
            position: 0,
            overwrites: Vec::new(),
            recipient: Some(user),
            last_message: None,
        };
        self.channels.insert(channel.id, channel.clone());
        channel
    }
}

pub fn open_direct(world: &mut World, request: &Request) -> Outcome {
    let mut complaints = Complaints::default();
    let user = complaints.snowflake("recipient_id", &request.body["recipient_id"]);
    complaints.finish()?;
    let user = user.filter(|user| *user != world.application.bot && world.user(*user).is_some());
    let channel = world.open_direct(user.ok_or(errors::INVALID_RECIPIENT)?);
    Ok(Reply::ok(world.channel_json(&channel)))
}

/// Channels the bot cannot see are left out, as the platform began to do in 2026.
pub fn list(world: &World, request: &Request) -> Outcome {
    check_guild(world, request)?;
    let seen = world.guild_channels().filter(|channel| world.bot_sees(channel));
    let seen: Vec<Value> = seen.map(|channel| world.channel_json(channel)).collect();
    Ok(Reply::ok(json!(seen)))
}

pub fn get(world: &World, request: &Request) -> Outcome {
    let channel = world.channel_for_bot(request.id("channel")?, 0)?;
    Ok(Reply::ok(world.channel_json(&channel)))
}

pub fn create(world: &mut World, request: &Request) -> Outcome {
    check_guild(world, request)?;
    let form = read_channel(&request.body)?;
    let Some(name) = form.name.clone() else {
        let mut complaints = Complaints::default();
        complaints.required("name");
        complaints.finish()?;
        return Err(errors::INVALID_JSON);
    };
    if world.bot_in_guild() & MANAGE_CHANNELS == 0 {
        return Err(errors::MISSING_PERMISSIONS);
    }
    let parent = form.parent.flatten();
    check_parent(world, parent, None)?;
    check_overwrites(world, parent, &[], form.overwrites.as_deref().unwrap_or_default())?;
    if world.guild_channels().count() >= CHANNELS_PER_GUILD_MAX {
        return Err(errors::TOO_MANY_CHANNELS);
    }
    let kind = form.kind.unwrap_or(ChannelKind::Text);
    let channel = Channel {
        id: world.ids.next(),
        kind,
        name: as_written(kind, &name),
        topic: form.topic.flatten(),
        parent,
        position: 0,
        overwrites: inherited(world, parent, form.overwrites),
        recipient: None,
        last_message: None,
    };
    let id = world.add_channel(channel);
    Ok(Reply::created(world.channels.get(&id).map_or(Value::Null, |channel| world.channel_json(channel))))
}

/// A channel made without overwrites of its own takes its category's.
fn inherited(world: &World, parent: Option<Id>, given: Option<Vec<Overwrite>>) -> Vec<Overwrite> {
    let of_parent = || parent.and_then(|id| world.channels.get(&id)).map(|parent| parent.overwrites.clone());
    given.or_else(of_parent).unwrap_or_default()
}

/// Text channels have no capitals and no spaces in their names; the platform changes them without a word.
fn as_written(kind: ChannelKind, name: &str) -> String {
    match kind {
        ChannelKind::Text => name.split_whitespace().collect::<Vec<_>>().join("-").to_lowercase(),
        ChannelKind::Direct | ChannelKind::Category => name.to_owned(),
    }
}

fn check_parent(world: &World, parent: Option<Id>, child: Option<Id>) -> Result<(), ApiError> {
    let Some(parent) = parent else { return Ok(()) };
    let mut complaints = Complaints::default();
    let is_category = world.channels.get(&parent).is_some_and(|channel| channel.kind == ChannelKind::Category);
    let others = world.guild_channels().filter(|it| it.parent == Some(parent) && Some(it.id) != child).count();
    if !is_category {
        complaints.add("parent_id", "CHANNEL_PARENT_INVALID", "Category does not exist");
    } else if others >= CHANNELS_PER_CATEGORY_MAX {
        let message = format!("Maximum number of channels in category reached ({CHANNELS_PER_CATEGORY_MAX})");
        complaints.add("parent_id", "CHANNEL_PARENT_MAX_CHANNELS", message);
    }
    complaints.finish()
}

pub fn edit(world: &mut World, request: &Request) -> Outcome {
    let channel = world.channel_for_bot(request.id("channel")?, MANAGE_CHANNELS)?;
    if channel.kind == ChannelKind::Direct {
        return Err(errors::NOT_IN_A_DIRECT_CHANNEL);
    }
    let form = read_channel(&request.body)?;
    if let Some(parent) = form.parent {
        check_parent(world, parent, Some(channel.id))?;
    }
    if let Some(overwrites) = &form.overwrites {
        world.channel_for_bot(channel.id, MANAGE_ROLES)?;
        check_overwrites(world, channel.parent, &channel.overwrites, overwrites)?;
    }
    let changed = changed(channel, form);
    world.channels.insert(changed.id, changed.clone());
    world.announce_channel("CHANNEL_UPDATE", &changed);
    Ok(Reply::ok(world.channel_json(&changed)))
}

fn changed(mut channel: Channel, form: ChannelForm) -> Channel {
    if let Some(name) = form.name {
        channel.name = as_written(channel.kind, &name);
    }
    if let Some(topic) = form.topic {
        channel.topic = topic;
    }
    if let Some(parent) = form.parent {
        channel.parent = parent;
    }
    if let Some(position) = form.position {
        channel.position = position;
    }
    if let Some(overwrites) = form.overwrites {
        channel.overwrites = overwrites;
    }
    channel
}

pub fn delete(world: &mut World, request: &Request) -> Outcome {
    let channel = world.channel_for_bot(request.id("channel")?, 0)?;
    // Deleting a direct channel only closes it: what was said stays.
    if channel.kind != ChannelKind::Direct {
        world.channel_for_bot(channel.id, MANAGE_CHANNELS)?;
        world.remove_channel(channel.id);
    }
    Ok(Reply::ok(world.channel_json(&channel)))
}
