//! What the bot is told of the people, roles and channels that an interaction names.

use serde_json::{Map, Value, json};

use super::super::state::World;
use super::super::{Id, events};

/// What is told of the people, roles and channels an interaction names.
#[derive(Default)]
pub(super) struct Resolved {
    users: Map<String, Value>,
    members: Map<String, Value>,
    roles: Map<String, Value>,
    channels: Map<String, Value>,
}

impl Resolved {
    pub(super) fn user(&mut self, world: &World, id: Id) -> bool {
        let Some(user) = world.user(id) else { return false };
        self.users.insert(id.to_string(), events::user(user));
        if let Some(member) = world.member(id) {
            let mut member = world.member_json(member);
            // The user stands beside it already.
            member.as_object_mut().and_then(|member| member.shift_remove("user"));
            self.members.insert(id.to_string(), member);
        }
        true
    }

    pub(super) fn role(&mut self, world: &World, id: Id) -> bool {
        let Some(role) = world.guild.roles.get(&id) else { return false };
        self.roles.insert(id.to_string(), events::role(role));
        true
    }

    pub(super) fn channel(&mut self, world: &World, id: Id) -> bool {
        let found = world.guild_channels().find(|channel| channel.id == id);
        let Some(channel) = found else { return false };
        let mut body = world.channel_json(channel);
        body["permissions"] = json!(world.permissions_in(world.application.bot, channel).to_string());
        self.channels.insert(id.to_string(), body);
        true
    }

    pub(super) fn into_json(self) -> Option<Value> {
        let mut all = Map::new();
        let parts =
            [("users", self.users), ("members", self.members), ("roles", self.roles), ("channels", self.channels)];
        for (name, part) in parts {
            if let Some(part) = unless_empty(part) {
                all.insert(name.to_owned(), part);
            }
        }
        unless_empty(all)
    }
}

/// An empty object means that nothing had to be explained.
fn unless_empty(map: Map<String, Value>) -> Option<Value> {
    if map.is_empty() { None } else { Some(Value::Object(map)) }
}
