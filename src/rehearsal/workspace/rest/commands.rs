//! Registering the guild's slash commands.

use serde_json::{Value, json};

use super::guilds::check_guild;
use super::{Outcome, Reply, Request};
use crate::rehearsal::workspace::errors::{self, ApiError};
use crate::rehearsal::workspace::forms::check_commands;
use crate::rehearsal::workspace::state::World;

fn check_application(world: &World, request: &Request) -> Result<(), ApiError> {
    if request.id("application")? == world.application.id { Ok(()) } else { Err(errors::UNKNOWN_APPLICATION) }
}

pub fn get(world: &World, request: &Request) -> Outcome {
    check_application(world, request)?;
    check_guild(world, request)?;
    Ok(Reply::ok(json!(world.commands)))
}

pub fn put(world: &mut World, request: &Request) -> Outcome {
    check_application(world, request)?;
    check_guild(world, request)?;
    let given = check_commands(&request.body)?;
    let registered: Vec<Value> = given.iter().map(|command| register(world, command)).collect();
    world.commands = registered;
    Ok(Reply::ok(json!(world.commands)))
}

/// The command as the platform keeps it; one that was there before keeps its id.
fn register(world: &mut World, command: &Value) -> Value {
    let before = world.commands.iter().find(|before| before["name"] == command["name"]);
    let id = before.map(|before| before["id"].clone());
    let id = id.unwrap_or_else(|| json!(world.ids.next()));
    let version = json!(world.ids.next());
    let mut kept = command.clone();
    for (key, value) in [
        ("id", id),
        ("application_id", json!(world.application.id)),
        ("guild_id", json!(world.guild.id)),
        ("version", version),
        ("type", json!(1)),
    ] {
        kept[key] = value;
    }
    for (key, value) in [("default_member_permissions", Value::Null), ("nsfw", json!(false)), ("options", json!([]))] {
        if kept.get(key).is_none() {
            kept[key] = value;
        }
    }
    kept
}
