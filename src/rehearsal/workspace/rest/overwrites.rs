//! Overwrites: who may be given what, and by whom.

use super::{Outcome, Reply, Request};
use crate::rehearsal::workspace::Id;
use crate::rehearsal::workspace::errors::{self, ApiError};
use crate::rehearsal::workspace::forms::overwrite_bits;
use crate::rehearsal::workspace::limits::OVERWRITES_PER_CHANNEL_MAX;
use crate::rehearsal::workspace::permissions::{ADMINISTRATOR, MANAGE_ROLES, Overwrite, Target};
use crate::rehearsal::workspace::state::{Channel, ChannelKind, World};

/// The bot may only give or take what it holds itself, in the guild or in the category above.
pub fn check_overwrites(
    world: &World,
    parent: Option<Id>,
    before: &[Overwrite],
    wanted: &[Overwrite],
) -> Result<(), ApiError> {
    let in_guild = world.bot_in_guild();
    if in_guild & ADMINISTRATOR != 0 {
        return wanted.iter().try_for_each(|overwrite| check_target(world, overwrite.target));
    }
    let above = parent.and_then(|id| world.channels.get(&id));
    let held = in_guild | above.map_or(0, |above| world.permissions_in(world.application.bot, above));
    for overwrite in wanted.iter().filter(|overwrite| !before.contains(overwrite)) {
        check_target(world, overwrite.target)?;
        let changed = overwrite.allow | overwrite.deny;
        // Handing out the right to change overwrites is for administrators.
        if changed & !held != 0 || changed & MANAGE_ROLES != 0 {
            return Err(errors::MISSING_PERMISSIONS);
        }
    }
    Ok(())
}

fn check_target(world: &World, target: Target) -> Result<(), ApiError> {
    let exists = match target {
        Target::Role(role) => world.guild.roles.contains_key(&role),
        Target::Member(user) => world.guild.members.contains_key(&user),
    };
    if exists { Ok(()) } else { Err(errors::UNKNOWN_OVERWRITE) }
}

fn channel_for_overwrites(world: &World, request: &Request) -> Result<Channel, ApiError> {
    let channel = world.channel_for_bot(request.id("channel")?, 0)?;
    if channel.kind == ChannelKind::Direct {
        return Err(errors::NOT_IN_A_DIRECT_CHANNEL);
    }
    world.channel_for_bot(channel.id, MANAGE_ROLES)
}

pub fn put(world: &mut World, request: &Request) -> Outcome {
    let mut channel = channel_for_overwrites(world, request)?;
    let overwrite = overwrite_bits(request.id("overwrite")?, &request.body)?;
    check_overwrites(world, channel.parent, &channel.overwrites, &[overwrite])?;
    // Setting one again replaces it.
    channel.overwrites.retain(|before| before.target != overwrite.target);
    if channel.overwrites.len() >= OVERWRITES_PER_CHANNEL_MAX {
        return Err(errors::TOO_MANY_OVERWRITES);
    }
    channel.overwrites.push(overwrite);
    keep(world, channel);
    Ok(Reply::nothing())
}

pub fn delete(world: &mut World, request: &Request) -> Outcome {
    let mut channel = channel_for_overwrites(world, request)?;
    let id = request.id("overwrite")?;
    let before = channel.overwrites.len();
    channel.overwrites.retain(|overwrite| overwrite.target.id() != id);
    if channel.overwrites.len() == before {
        return Err(errors::UNKNOWN_OVERWRITE);
    }
    keep(world, channel);
    Ok(Reply::nothing())
}

fn keep(world: &mut World, channel: Channel) {
    world.channels.insert(channel.id, channel.clone());
    world.announce_channel("CHANNEL_UPDATE", &channel);
}
