//! Slash commands as they are registered.

use std::collections::HashSet;

use serde_json::Value;

use super::{Complaints, chars, under};
use crate::rehearsal::workspace::errors::{self, ApiError};
use crate::rehearsal::workspace::limits::*;

/// The numbers the platform gives to kinds of option.
pub mod kind {
    pub const SUBCOMMAND: u64 = 1;
    pub const GROUP: u64 = 2;
    pub const STRING: u64 = 3;
    pub const INTEGER: u64 = 4;
    pub const BOOLEAN: u64 = 5;
    pub const USER: u64 = 6;
    pub const CHANNEL: u64 = 7;
    pub const ROLE: u64 = 8;
    pub const MENTIONABLE: u64 = 9;
    pub const NUMBER: u64 = 10;
}

/// Check a whole registration.
pub fn check_commands(body: &Value) -> Result<&[Value], ApiError> {
    let mut complaints = Complaints::default();
    let commands = complaints.list("", body, usize::MAX);
    if commands.len() > COMMANDS_MAX {
        return Err(errors::TOO_MANY_COMMANDS);
    }
    let mut names = HashSet::new();
    for (n, command) in commands.iter().enumerate() {
        let path = n.to_string();
        check_command(&mut complaints, &path, command);
        if !names.insert(&command["name"]) {
            let message = "Application command names must be unique";
            complaints.add(&under(&path, "name"), "APPLICATION_COMMANDS_DUPLICATE_NAME", message);
        }
    }
    complaints.finish()?;
    Ok(commands)
}

fn check_command(complaints: &mut Complaints, path: &str, command: &Value) {
    if !command["type"].is_null() {
        // Context menus are not played: the bot builds nothing on them.
        complaints.one_of(&under(path, "type"), &command["type"], &[1]);
    }
    check_names(complaints, path, command);
    let options = under(path, "options");
    check_options(complaints, &options, &command["options"], &[kind::SUBCOMMAND, kind::GROUP]);
    if size(command) > COMMAND_CHARS_MAX {
        let message = format!("Command exceeds maximum size ({COMMAND_CHARS_MAX})");
        complaints.add(path, "APPLICATION_COMMAND_TOO_LARGE", message);
    }
}

fn check_names(complaints: &mut Complaints, path: &str, named: &Value) {
    let name_path = under(path, "name");
    complaints.required_length(&name_path, &named["name"], 1, COMMAND_NAME_CHARS_MAX);
    if named["name"].as_str().is_some_and(|name| !is_name(name)) {
        let message = "Command name is invalid";
        complaints.add(&name_path, "APPLICATION_COMMAND_INVALID_NAME", message);
    }
    complaints.required_length(&under(path, "description"), &named["description"], 1, DESCRIPTION_CHARS_MAX);
}

/// Letters and digits of any script, `-`, `_` and `'`; no capitals where the script has small letters.
fn is_name(name: &str) -> bool {
    let fits = |letter: char| letter.is_alphanumeric() || "-_'".contains(letter);
    name.chars().all(fits) && name.to_lowercase() == name
}

/// `nested` lists the kinds of option that may still hold further options at this level.
fn check_options(complaints: &mut Complaints, path: &str, value: &Value, nested: &[u64]) {
    let options = complaints.list(path, value, OPTIONS_MAX);
    let (mut names, mut optional_seen) = (HashSet::new(), false);
    let nests = |option: &Value| matches!(option["type"].as_u64(), Some(kind::SUBCOMMAND | kind::GROUP));
    if options.iter().any(nests) && !options.iter().all(nests) {
        let message = "Sub-command and sub-command group option types are mutually exclusive to all other types";
        complaints.add(path, "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", message);
    }
    for (n, option) in options.iter().enumerate() {
        let path = under(path, n);
        check_names(complaints, &path, option);
        if !names.insert(&option["name"]) {
            let message = "Option names must be unique";
            complaints.add(&under(&path, "name"), "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS", message);
        }
        if nests(option) {
            check_nested(complaints, &path, option, nested);
            continue;
        }
        complaints.one_of(&under(&path, "type"), &option["type"], &[3, 4, 5, 6, 7, 8, 9, 10, 11]);
        check_leaf(complaints, &path, option);
        let required = option["required"].as_bool().unwrap_or(false);
        if required && optional_seen {
            let message = "Required options must be placed before non-required options";
            complaints.add(&path, "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", message);
        }
        optional_seen |= !required;
    }
}

fn check_nested(complaints: &mut Complaints, path: &str, option: &Value, nested: &[u64]) {
    let number = option["type"].as_u64().unwrap_or(0);
    if !nested.contains(&number) {
        return complaints.one_of(&under(path, "type"), &option["type"], nested);
    }
    let below: &[u64] = if number == kind::GROUP { &[kind::SUBCOMMAND] } else { &[] };
    check_options(complaints, &under(path, "options"), &option["options"], below);
}

fn check_leaf(complaints: &mut Complaints, path: &str, option: &Value) {
    let list = under(path, "choices");
    let choices = complaints.list(&list, &option["choices"], OPTIONS_MAX);
    let mut names = HashSet::new();
    for (n, choice) in choices.iter().enumerate() {
        let path = under(&list, n);
        complaints.required_length(&under(&path, "name"), &choice["name"], 1, CHOICE_CHARS_MAX);
        check_choice_value(complaints, &under(&path, "value"), option, &choice["value"]);
        if !names.insert(&choice["name"]) {
            let message = "Choice names must be unique";
            complaints.add(&path, "APPLICATION_COMMAND_OPTIONS_CHOICES_NAME_ALREADY_EXISTS", message);
        }
    }
    if !choices.is_empty() && option["autocomplete"].as_bool() == Some(true) {
        let message = "Options with choices cannot be autocompleted";
        complaints.add(&under(path, "autocomplete"), "APPLICATION_COMMAND_AUTOCOMPLETE_INVALID", message);
    }
    for bound in ["min_length", "max_length"] {
        if option[bound].as_u64().is_some_and(|length| length > OPTION_LENGTH_MAX) {
            let message = format!("int value should be less than or equal to {OPTION_LENGTH_MAX}.");
            complaints.add(&under(path, bound), "NUMBER_TYPE_MAX", message);
        }
    }
}

fn check_choice_value(complaints: &mut Complaints, path: &str, option: &Value, value: &Value) {
    match option["type"].as_u64() {
        Some(kind::STRING) => complaints.required_length(path, value, 1, CHOICE_CHARS_MAX),
        Some(kind::INTEGER) if value.is_i64() || value.is_u64() => {}
        Some(kind::NUMBER) if value.is_number() => {}
        _ => {
            complaints.add(path, "APPLICATION_COMMAND_OPTIONS_CHOICES_INVALID", "Choice value does not fit its option")
        }
    }
}

/// The platform counts name, description and choice values of everything under a command.
fn size(part: &Value) -> usize {
    let text = |value: &Value| value.as_str().map_or(0, chars);
    let list = |field: &str| part[field].as_array().map_or(&[][..], Vec::as_slice).to_vec();
    let choices: usize = list("choices").iter().map(|choice| text(&choice["name"]) + text(&choice["value"])).sum();
    let options: usize = list("options").iter().map(size).sum();
    text(&part["name"]) + text(&part["description"]) + choices + options
}
