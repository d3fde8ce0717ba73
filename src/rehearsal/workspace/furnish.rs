//! Furnishing the workspace: what an administrator of a real guild would have set up, and may change at any time.
//!
//! None of this passes the bot's permission checks: it is done by the guild's owner, and the bot hears of it as usual.

use std::collections::{BTreeMap, HashMap};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::json;

use super::faults::Faults;
use super::gateway::Gateway;
use super::id::Snowflakes;
use super::log::Log;
use super::permissions::{self, Overwrite};
use super::rate::RateBook;
use super::state::{Application, Channel, ChannelKind, DirectMessages, Guild, Member, Role, User, World};
use super::{Id, Options, Workspace, events};

impl World {
    /// A guild with its owner and the bot, and nothing else.
    pub(super) fn new(options: Options) -> Self {
        let mut ids = Snowflakes::new();
        let (guild, owner, application, bot_role) = (ids.next(), ids.next(), ids.next(), ids.next());
        let now = options.now;
        let mut world = Self {
            // An application made today shares its id with its bot user.
            application: Application { id: application, bot: application, bot_role, token: token_for(application) },
            guild: Guild {
                id: guild,
                name: options.guild_name.clone(),
                owner,
                roles: BTreeMap::new(),
                members: BTreeMap::new(),
            },
            ids,
            now,
            users: BTreeMap::new(),
            channels: BTreeMap::new(),
            messages: BTreeMap::new(),
            interactions: BTreeMap::new(),
            tokens: HashMap::new(),
            commands: Vec::new(),
            gateway: Gateway::default(),
            rates: RateBook::default(),
            faults: Faults::default(),
            log: Log::default(),
            options,
        };
        world.put_role(guild, "@everyone", permissions::EVERYONE_DEFAULT, false);
        let (bot_name, bits) = (world.options.bot_name.clone(), world.options.bot_permissions);
        world.put_role(bot_role, &bot_name, bits, true);
        world.put_user(owner, "Guild Owner", false);
        world.put_user(application, &bot_name, true);
        world.put_member(owner, Vec::new());
        world.put_member(application, vec![bot_role]);
        world
    }

    fn put_role(&mut self, id: Id, name: &str, permissions: u64, managed: bool) {
        let position = self.guild.roles.len();
        self.guild.roles.insert(id, Role { id, name: name.to_owned(), permissions, position, managed });
    }

    fn put_user(&mut self, id: Id, display_name: &str, bot: bool) {
        let user = User {
            id,
            username: username_for(display_name),
            display_name: display_name.to_owned(),
            bot,
            direct_messages: DirectMessages::Open,
        };
        self.users.insert(id, user);
    }

    fn put_member(&mut self, user: Id, roles: Vec<Id>) {
        self.guild.members.insert(user, Member { user, roles, joined_at: self.now });
    }

    /// Add a channel of the guild and tell of it.
    pub(super) fn add_channel(&mut self, mut channel: Channel) -> Id {
        channel.position = self.guild_channels().count();
        let id = channel.id;
        self.channels.insert(id, channel.clone());
        self.announce_channel("CHANNEL_CREATE", &channel);
        id
    }

    fn furnish_channel(&mut self, kind: ChannelKind, name: &str, parent: Option<Id>, overwrites: &[Overwrite]) -> Id {
        let id = self.ids.next();
        self.add_channel(Channel {
            id,
            kind,
            name: name.to_owned(),
            topic: None,
            parent,
            position: 0,
            overwrites: overwrites.to_vec(),
            recipient: None,
            last_message: None,
        })
    }

    /// Take a channel away, with what was said in it.
    pub(super) fn remove_channel(&mut self, id: Id) -> Option<Channel> {
        let channel = self.channels.remove(&id)?;
        self.messages.retain(|_, message| message.channel != id);
        // Channels of a deleted category stay, outside any category.
        for child in self.channels.values_mut().filter(|child| child.parent == Some(id)) {
            child.parent = None;
        }
        self.announce_channel("CHANNEL_DELETE", &channel);
        Some(channel)
    }

    /// Take a message away.
    pub(super) fn remove_message(&mut self, id: Id) -> bool {
        let Some(message) = self.messages.remove(&id) else { return false };
        self.announce_deletion(&message);
        true
    }
}

/// Three parts, as libraries expect; the first is the bot's id.
fn token_for(bot: Id) -> String {
    let part = |text: &str| URL_SAFE_NO_PAD.encode(text);
    format!("{}.{}.{}", part(&bot.to_string()), part("rehearsal"), part("this is not a secret of anybody"))
}

fn username_for(display_name: &str) -> String {
    let plain = |letter: char| if letter.is_ascii_alphanumeric() { letter.to_ascii_lowercase() } else { '_' };
    display_name.chars().map(plain).collect()
}

impl Workspace {
    /// Somebody with an account who is not in the guild.
    pub fn add_user(&self, display_name: &str) -> Id {
        self.shared.change(|world| {
            let id = world.ids.next();
            world.put_user(id, display_name, false);
            id
        })
    }

    /// Somebody with an account who joins the guild.
    pub fn add_member(&self, display_name: &str, roles: &[Id]) -> Id {
        let user = self.add_user(display_name);
        self.join(user, roles);
        user
    }

    /// An existing user joins the guild (again).
    pub fn join(&self, user: Id, roles: &[Id]) {
        self.shared.change(|world| {
            world.put_member(user, roles.to_vec());
            if let Some(mut event) = world.member(user).map(|member| world.member_json(member)) {
                event["guild_id"] = json!(world.guild.id);
                world.dispatch("GUILD_MEMBER_ADD", event);
            }
        });
    }

    /// A member leaves the guild.
    pub fn leave(&self, user: Id) {
        self.shared.change(|world| {
            if world.guild.members.remove(&user).is_some() {
                let event = json!({ "guild_id": world.guild.id, "user": world.user_json(user) });
                world.dispatch("GUILD_MEMBER_REMOVE", event);
            }
        });
    }

    /// Make a role.
    pub fn add_role(&self, name: &str, permissions: u64) -> Id {
        self.shared.change(|world| {
            let id = world.ids.next();
            world.put_role(id, name, permissions, false);
            world.announce_role("GUILD_ROLE_CREATE", id);
            id
        })
    }

    /// Change what a role allows; the guild's id is `@everyone`.
    pub fn set_role_permissions(&self, role: Id, permissions: u64) {
        self.shared.change(|world| {
            if let Some(role) = world.guild.roles.get_mut(&role) {
                role.permissions = permissions;
            }
            world.announce_role("GUILD_ROLE_UPDATE", role);
        });
    }

    /// Set a member's roles.
    pub fn set_member_roles(&self, user: Id, roles: &[Id]) {
        self.shared.change(|world| {
            let Some(member) = world.guild.members.get_mut(&user) else { return };
            member.roles = roles.to_vec();
            let member = member.clone();
            let mut event = world.member_json(&member);
            event["guild_id"] = json!(world.guild.id);
            world.dispatch("GUILD_MEMBER_UPDATE", event);
        });
    }

    /// Make a category.
    pub fn add_category(&self, name: &str, overwrites: &[Overwrite]) -> Id {
        self.shared.change(|world| world.furnish_channel(ChannelKind::Category, name, None, overwrites))
    }

    /// Make a text channel, in a category or outside.
    pub fn add_text_channel(&self, name: &str, parent: Option<Id>, overwrites: &[Overwrite]) -> Id {
        self.shared.change(|world| world.furnish_channel(ChannelKind::Text, name, parent, overwrites))
    }

    /// Replace a channel's overwrites, as an administrator can.
    pub fn set_overwrites(&self, channel: Id, overwrites: &[Overwrite]) {
        self.shared.change(|world| {
            let Some(found) = world.channels.get_mut(&channel) else { return };
            found.overwrites = overwrites.to_vec();
            let found = found.clone();
            world.announce_channel("CHANNEL_UPDATE", &found);
        });
    }

    /// Delete a channel behind the bot's back.
    pub fn delete_channel(&self, channel: Id) -> bool {
        self.shared.change(|world| world.remove_channel(channel).is_some())
    }

    /// Delete a message behind the bot's back.
    pub fn delete_message(&self, message: Id) -> bool {
        self.shared.change(|world| world.remove_message(message))
    }

    /// Open or close a person's direct messages.
    pub fn set_direct_messages(&self, user: Id, setting: DirectMessages) {
        self.shared.change(|world| {
            if let Some(user) = world.users.get_mut(&user) {
                user.direct_messages = setting;
            }
        });
    }
}

impl World {
    fn announce_role(&mut self, kind: &'static str, role: Id) {
        let Some(role) = self.guild.roles.get(&role).map(events::role) else { return };
        self.dispatch(kind, json!({ "guild_id": self.guild.id, "role": role }));
    }
}
