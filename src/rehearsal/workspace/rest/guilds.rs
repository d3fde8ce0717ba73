//! The guild, its roles and members, and who the bot is.

use serde_json::{Value, json};

use super::{Outcome, Reply, Request};
use crate::rehearsal::workspace::errors::{self, ApiError};
use crate::rehearsal::workspace::state::World;
use crate::rehearsal::workspace::{Id, PrivilegedIntents, events};

pub fn gateway_bot(world: &World, url: &str) -> Outcome {
    let used = world.gateway.readies.min(1_000);
    Ok(Reply::ok(json!({
        "url": url, "shards": 1,
        "session_start_limit": {
            "total": 1_000, "remaining": 1_000 - used, "reset_after": 86_400_000, "max_concurrency": 1,
        },
    })))
}

pub fn application(world: &World) -> Value {
    json!({
        "id": world.application.id, "name": world.options.bot_name, "icon": null, "description": "",
        "bot_public": false, "bot_require_code_grant": false, "verify_key": "0".repeat(64), "team": null,
        "flags": 0, "bot": world.user_json(world.application.bot), "owner": world.user_json(world.guild.owner),
        "interactions_endpoint_url": null, "approximate_guild_count": 1, "integration_types_config": { "0": {} },
    })
}

pub fn get_user(world: &World, request: &Request) -> Outcome {
    let user = world.user(request.id("user")?).ok_or(errors::UNKNOWN_USER)?;
    Ok(Reply::ok(events::user(user)))
}

/// The only guild there is; the bot gets no access to any other.
pub fn check_guild(world: &World, request: &Request) -> Result<Id, ApiError> {
    let id = request.id("guild")?;
    if id == world.guild.id { Ok(id) } else { Err(errors::UNKNOWN_GUILD) }
}

pub fn get(world: &World, request: &Request) -> Outcome {
    check_guild(world, request)?;
    Ok(Reply::ok(world.guild_json()))
}

pub fn get_roles(world: &World, request: &Request) -> Outcome {
    check_guild(world, request)?;
    let roles: Vec<Value> = world.guild.roles.values().map(events::role).collect();
    Ok(Reply::ok(json!(roles)))
}

pub fn get_member(world: &World, request: &Request) -> Outcome {
    check_guild(world, request)?;
    let user = request.id("user")?;
    let member = world.member(user);
    let unknown = if world.user(user).is_some() { errors::UNKNOWN_MEMBER } else { errors::UNKNOWN_USER };
    Ok(Reply::ok(world.member_json(member.ok_or(unknown)?)))
}

/// Listing members needs the privileged intent even over REST.
pub fn get_members(world: &World, request: &Request) -> Outcome {
    check_guild(world, request)?;
    if world.options.privileged_intents == PrivilegedIntents::Denied {
        return Err(errors::MISSING_ACCESS);
    }
    let limit = request.number("limit").unwrap_or(1).clamp(1, 1_000);
    let after = request.number("after").map_or(Id(0), Id);
    let page = world.guild.members.values().filter(|member| member.user > after);
    let page = page.take(usize::try_from(limit).unwrap_or(1));
    let members: Vec<Value> = page.map(|member| world.member_json(member)).collect();
    Ok(Reply::ok(json!(members)))
}
