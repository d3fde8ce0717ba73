//! The platform's limits, each with its unit in the name. Where its documents disagree, the stricter one.

/// Characters of a message.
pub const CONTENT_CHARS_MAX: usize = 2_000;
/// Characters of a nonce; a ULID (26) does not fit.
pub const NONCE_CHARS_MAX: usize = 25;
/// Accounts, and roles, that a message may be allowed to notify by name.
pub const ALLOWED_MENTIONS_MAX: usize = 100;
/// Embeds of a message.
pub const EMBEDS_MAX: usize = 10;
/// Characters of all embeds of a message together.
pub const EMBEDS_CHARS_MAX: usize = 6_000;
/// Characters of an embed's title.
pub const EMBED_TITLE_CHARS_MAX: usize = 256;
/// Characters of an embed's description.
pub const EMBED_DESCRIPTION_CHARS_MAX: usize = 4_096;
/// Fields of an embed.
pub const EMBED_FIELDS_MAX: usize = 25;
/// Characters of an embed field's name.
pub const EMBED_FIELD_NAME_CHARS_MAX: usize = 256;
/// Characters of an embed field's value.
pub const EMBED_FIELD_VALUE_CHARS_MAX: usize = 1_024;
/// Characters of an embed's footer.
pub const EMBED_FOOTER_CHARS_MAX: usize = 2_048;
/// Characters of an embed's author.
pub const EMBED_AUTHOR_CHARS_MAX: usize = 256;
/// Action rows of a message.
pub const ROWS_MAX: usize = 5;
/// Buttons of a row.
pub const BUTTONS_PER_ROW_MAX: usize = 5;
/// Characters on a button.
pub const BUTTON_LABEL_CHARS_MAX: usize = 80;
/// Characters of a custom id.
pub const CUSTOM_ID_CHARS_MAX: usize = 100;
/// Options of a select.
pub const SELECT_OPTIONS_MAX: usize = 25;
/// Characters of a select option's label, value or description.
pub const SELECT_OPTION_CHARS_MAX: usize = 100;
/// Characters of a select's placeholder.
pub const SELECT_PLACEHOLDER_CHARS_MAX: usize = 150;
/// Characters of a modal's title.
pub const MODAL_TITLE_CHARS_MAX: usize = 45;
/// Components of a modal (the machine-readable specification says 40, the documentation 5).
pub const MODAL_COMPONENTS_MAX: usize = 5;
/// Characters of the label of a text input.
pub const INPUT_LABEL_CHARS_MAX: usize = 45;
/// Characters of the description under a label.
pub const INPUT_DESCRIPTION_CHARS_MAX: usize = 100;
/// Characters of the placeholder of a text input.
pub const INPUT_PLACEHOLDER_CHARS_MAX: usize = 100;
/// Characters a text input can take.
pub const INPUT_CHARS_MAX: u64 = 4_000;
/// Overwrites in one request.
pub const OVERWRITES_PER_REQUEST_MAX: usize = 100;
/// Overwrites of a channel.
pub const OVERWRITES_PER_CHANNEL_MAX: usize = 1_000;
/// Channels of a guild, categories included.
pub const CHANNELS_PER_GUILD_MAX: usize = 500;
/// Channels of a category.
pub const CHANNELS_PER_CATEGORY_MAX: usize = 50;
/// Characters of a channel's name.
pub const CHANNEL_NAME_CHARS_MAX: usize = 100;
/// Characters of a channel's topic.
pub const CHANNEL_TOPIC_CHARS_MAX: usize = 1_024;
/// Pins of a channel.
pub const PINS_MAX: usize = 250;
/// Slash commands of a guild.
pub const COMMANDS_MAX: usize = 100;
/// Characters of name, description and values of a command and everything under it.
pub const COMMAND_CHARS_MAX: usize = 8_000;
/// Options, subcommands or choices of one level.
pub const OPTIONS_MAX: usize = 25;
/// Characters of a command's or option's name.
pub const COMMAND_NAME_CHARS_MAX: usize = 32;
/// Characters of a command's or option's description.
pub const DESCRIPTION_CHARS_MAX: usize = 100;
/// Characters of a choice's name or value.
pub const CHOICE_CHARS_MAX: usize = 100;
/// Characters a text option may be declared to take.
pub const OPTION_LENGTH_MAX: u64 = 6_000;
/// Characters of an audit log reason.
pub const REASON_CHARS_MAX: usize = 512;
/// Bytes of a request.
pub const REQUEST_BYTES_MAX: usize = 25 * 1024 * 1024;
/// Bytes of one file of a message.
pub const FILE_BYTES_MAX: usize = 10 << 20;
/// Bytes of what a bot sends over the gateway.
pub const GATEWAY_BYTES_MAX: usize = 4_096;
/// Events kept for a session that may be resumed.
pub const RESUME_EVENTS_MAX: usize = 1_000;
