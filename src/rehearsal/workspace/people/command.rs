//! Running slash commands: finding the command, checking the options, explaining what they name.

use serde_json::{Value, json};

use super::super::forms::{chars, option_kind as kind};
use super::super::permissions::{self, SEND_MESSAGES, USE_APPLICATION_COMMANDS};
use super::super::state::{ChannelKind, InteractionKind, World};
use super::super::{CommandsWithoutSend, Id};
use super::resolved::Resolved;
use super::{CannotDo, Deed, check_visible};

/// What a person gives for an option.
#[derive(Clone, Debug, PartialEq)]
pub enum OptionValue {
    /// Text, or one of the choices by its value.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// Any number.
    Number(f64),
    /// Yes or no.
    Boolean(bool),
    /// Somebody.
    User(Id),
    /// A channel.
    Channel(Id),
    /// A role.
    Role(Id),
}

impl From<&str> for OptionValue {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for OptionValue {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for OptionValue {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}

impl From<bool> for OptionValue {
    fn from(yes: bool) -> Self {
        Self::Boolean(yes)
    }
}

impl OptionValue {
    fn wire(&self) -> Value {
        match self {
            Self::Text(text) => json!(text),
            Self::Integer(number) => json!(number),
            Self::Number(number) => json!(number),
            Self::Boolean(yes) => json!(yes),
            Self::User(id) | Self::Channel(id) | Self::Role(id) => json!(id),
        }
    }
}

/// Run a command.
pub(super) fn run(
    world: &World,
    user: Id,
    channel: Id,
    path: &[&str],
    options: &[(String, OptionValue)],
) -> Result<Deed, CannotDo> {
    let found = find(world, user, channel, path)?;
    let offered = list(found.leaf);
    for option in offered.iter().filter(|option| option["required"].as_bool().unwrap_or(false)) {
        if !options.iter().any(|(name, _)| option["name"] == **name) {
            return Err(CannotDo::LeaveOutOption(option["name"].as_str().unwrap_or_default().to_owned()));
        }
    }
    let mut resolved = Resolved::default();
    let mut given = Vec::new();
    for (name, value) in options {
        let option = find_option(offered, name)?;
        check_value(world, option, value, &mut resolved)
            .map_err(|why| CannotDo::GiveOption { option: name.clone(), why })?;
        given.push(json!({ "name": name, "type": option["type"], "value": value.wire() }));
    }
    let data = data(&found, given, resolved);
    Ok(deed(InteractionKind::Command, channel, path, data))
}

/// Type into one option of a command; what is typed so far need not be complete.
pub(super) fn complete(
    world: &World,
    user: Id,
    channel: Id,
    path: &[&str],
    options: &[(String, OptionValue)],
    focused: &str,
) -> Result<Deed, CannotDo> {
    let found = find(world, user, channel, path)?;
    let offered = list(found.leaf);
    if find_option(offered, focused)?["autocomplete"].as_bool() != Some(true) {
        return Err(CannotDo::Complete(focused.to_owned()));
    }
    let mut given = Vec::new();
    for (name, value) in options {
        let option = find_option(offered, name)?;
        let mut entry = json!({ "name": name, "type": option["type"], "value": value.wire() });
        if name == focused {
            // What is typed so far goes over the wire as text, even for numbers.
            let typed = value.wire();
            entry["value"] = typed.as_str().map_or_else(|| json!(typed.to_string()), |text| json!(text));
            entry["focused"] = json!(true);
        }
        given.push(entry);
    }
    if !options.iter().any(|(name, _)| name == focused) {
        let option = find_option(offered, focused)?;
        given.push(json!({ "name": focused, "type": option["type"], "value": "", "focused": true }));
    }
    let data = data(&found, given, Resolved::default());
    Ok(deed(InteractionKind::Autocomplete, channel, path, data))
}

fn deed(kind: InteractionKind, channel: Id, path: &[&str], data: Value) -> Deed {
    Deed { kind, channel, command: Some(path.join(" ")), source: None, data }
}

/// A registered command, and the part of it that is run.
struct Found<'a> {
    command: &'a Value,
    leaf: &'a Value,
    /// The groups and subcommands between the two.
    between: Vec<&'a Value>,
}

fn find<'a>(world: &'a World, user: Id, channel: Id, path: &[&str]) -> Result<Found<'a>, CannotDo> {
    let unknown = || CannotDo::FindCommand(path.join(" "));
    if check_visible(world, user, channel)?.kind == ChannelKind::Direct {
        return Err(unknown());
    }
    let Some((first, rest)) = path.split_first() else { return Err(unknown()) };
    let command = world.commands.iter().find(|command| command["name"] == *first).ok_or_else(unknown)?;
    check_allowed(world, user, channel, command)?;
    let (mut leaf, mut between) = (command, Vec::new());
    for step in rest {
        let nested = |option: &&Value| is_nested(option) && option["name"] == *step;
        leaf = list(leaf).iter().find(nested).ok_or_else(unknown)?;
        between.push(leaf);
    }
    // A command that has subcommands cannot be run itself.
    if list(leaf).iter().any(is_nested) || leaf["type"].as_u64() == Some(kind::GROUP) && !rest.is_empty() {
        return Err(unknown());
    }
    Ok(Found { command, leaf, between })
}

fn check_allowed(world: &World, user: Id, channel: Id, command: &Value) -> Result<(), CannotDo> {
    if !world.may(user, channel, USE_APPLICATION_COMMANDS) {
        return Err(CannotDo::UseCommands(channel));
    }
    let needs_typing = world.options.commands_without_send == CommandsWithoutSend::Deny;
    if needs_typing && !world.may(user, channel, SEND_MESSAGES) {
        return Err(CannotDo::UseCommandsWithoutTyping(channel));
    }
    let name = || command["name"].as_str().unwrap_or_default().to_owned();
    let needed = command["default_member_permissions"].as_str().and_then(|bits| bits.parse::<u64>().ok());
    let held = world.member(user).map_or(0, |member| permissions::in_guild(&world.guild, member));
    let offered = match needed {
        None => true,
        // Zero means administrators only.
        Some(0) => held & permissions::ADMINISTRATOR != 0,
        Some(needed) => held & needed == needed,
    };
    if offered { Ok(()) } else { Err(CannotDo::BeOfferedCommand(name())) }
}

fn list(part: &Value) -> &[Value] {
    part["options"].as_array().map_or(&[], Vec::as_slice)
}

fn is_nested(option: &Value) -> bool {
    matches!(option["type"].as_u64(), Some(kind::SUBCOMMAND | kind::GROUP))
}

fn find_option<'a>(offered: &'a [Value], name: &str) -> Result<&'a Value, CannotDo> {
    let found = offered.iter().find(|option| option["name"] == name);
    found.ok_or_else(|| CannotDo::FindOption(name.to_owned()))
}

/// The command as the bot is told of it: subcommands wrap the options.
fn data(found: &Found<'_>, given: Vec<Value>, resolved: Resolved) -> Value {
    let mut options = given;
    for part in found.between.iter().rev() {
        options = vec![json!({ "name": part["name"], "type": part["type"], "options": options })];
    }
    let command = found.command;
    let mut data = json!({
        "id": command["id"], "name": command["name"], "type": 1, "guild_id": command["guild_id"], "options": options,
    });
    if let Some(resolved) = resolved.into_json() {
        data["resolved"] = resolved;
    }
    data
}

fn check_value(world: &World, option: &Value, value: &OptionValue, resolved: &mut Resolved) -> Result<(), String> {
    let number = option["type"].as_u64().unwrap_or(0);
    match (number, value) {
        (kind::STRING, OptionValue::Text(text)) => {
            let least = option["min_length"].as_u64().unwrap_or(0);
            let most = option["max_length"].as_u64().unwrap_or(6_000);
            let given = chars(text) as u64;
            if !(least..=most).contains(&given) {
                return Err(format!("it takes {least} to {most} characters, not {given}"));
            }
            check_choice(option, &json!(text))
        }
        (kind::INTEGER, OptionValue::Integer(given)) => {
            check_range(option, *given as f64)?;
            check_choice(option, &json!(given))
        }
        (kind::NUMBER, OptionValue::Number(given)) => {
            check_range(option, *given)?;
            check_choice(option, &json!(given))
        }
        (kind::BOOLEAN, OptionValue::Boolean(_)) => Ok(()),
        (kind::USER | kind::MENTIONABLE, OptionValue::User(id)) if resolved.user(world, *id) => Ok(()),
        (kind::ROLE | kind::MENTIONABLE, OptionValue::Role(id)) if resolved.role(world, *id) => Ok(()),
        (kind::CHANNEL, OptionValue::Channel(id)) if resolved.channel(world, *id) => {
            check_channel_type(world, option, *id)
        }
        (_, OptionValue::User(id) | OptionValue::Role(id) | OptionValue::Channel(id)) => {
            Err(format!("it takes something else than {id}"))
        }
        _ => Err("it is of another type".to_owned()),
    }
}

fn check_range(option: &Value, given: f64) -> Result<(), String> {
    let least = option["min_value"].as_f64().unwrap_or(f64::NEG_INFINITY);
    let most = option["max_value"].as_f64().unwrap_or(f64::INFINITY);
    if (least..=most).contains(&given) { Ok(()) } else { Err(format!("it takes {least} to {most}")) }
}

fn check_choice(option: &Value, given: &Value) -> Result<(), String> {
    let choices = option["choices"].as_array().map_or(&[][..], Vec::as_slice);
    if choices.is_empty() || choices.iter().any(|choice| choice["value"] == *given) {
        return Ok(());
    }
    Err(format!("{given} is none of the choices"))
}

fn check_channel_type(world: &World, option: &Value, id: Id) -> Result<(), String> {
    let wanted = option["channel_types"].as_array().map_or(&[][..], Vec::as_slice);
    let kind = world.channels.get(&id).map(|channel| u64::from(channel.kind.wire()));
    let fits = wanted.is_empty() || wanted.iter().any(|number| number.as_u64() == kind);
    if fits { Ok(()) } else { Err("it takes another kind of channel".to_owned()) }
}
