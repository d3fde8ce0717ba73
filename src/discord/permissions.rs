//! Discord's permission bits, as numbers: serenity's type drops the newer ones.

/// Create, edit and delete channels.
pub const MANAGE_CHANNELS: u64 = 1 << 4;
/// See a channel at all.
pub const VIEW_CHANNEL: u64 = 1 << 10;
/// Type in a channel.
pub const SEND_MESSAGES: u64 = 1 << 11;
/// Delete what others typed.
pub const MANAGE_MESSAGES: u64 = 1 << 13;
/// Read what was said before one looked.
pub const READ_MESSAGE_HISTORY: u64 = 1 << 16;
/// Change who may enter a channel.
pub const MANAGE_ROLES: u64 = 1 << 28;
/// Use slash commands.
pub const USE_APPLICATION_COMMANDS: u64 = 1 << 31;
/// Pin messages; a bit of its own since 2026.
pub const PIN_MESSAGES: u64 = 1 << 51;
/// Passes every check, in every channel.
pub const ADMINISTRATOR: u64 = 1 << 3;

/// What the bot needs, each with the name Discord's own pages have for it. It can give people only what it holds.
pub const NEEDED: [(u64, &str); 8] = [
    (VIEW_CHANNEL, "View Channels"),
    (SEND_MESSAGES, "Send Messages"),
    (READ_MESSAGE_HISTORY, "Read Message History"),
    (MANAGE_MESSAGES, "Manage Messages"),
    (MANAGE_CHANNELS, "Manage Channels"),
    (MANAGE_ROLES, "Manage Roles"),
    (USE_APPLICATION_COMMANDS, "Use Application Commands"),
    (PIN_MESSAGES, "Pin Messages"),
];

/// What the bot holds in a channel of its own making.
pub const OF_THE_BOT: u64 = VIEW_CHANNEL | SEND_MESSAGES | READ_MESSAGE_HISTORY | MANAGE_MESSAGES | PIN_MESSAGES;
/// What an admitted person holds: to see and to use commands.
pub const OF_A_PERSON: u64 = VIEW_CHANNEL | READ_MESSAGE_HISTORY | USE_APPLICATION_COMMANDS;

/// All that the bot needs in one number, as an invitation to a guild takes it.
pub fn needed() -> u64 {
    NEEDED.iter().fold(0, |bits, (bit, _)| bits | bit)
}

/// The names of those of `wanted` that `held` lacks.
pub fn lacking(held: u64, wanted: u64) -> Vec<&'static str> {
    let lacks = |bit: u64| wanted & bit != 0 && held & bit == 0;
    NEEDED.iter().filter(|(bit, _)| lacks(*bit)).map(|(_, name)| *name).collect()
}
