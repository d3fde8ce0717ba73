//! Action rows of a message: buttons and selects.

use std::collections::HashSet;

use serde_json::Value;

use super::{Complaints, under};
use crate::rehearsal::workspace::limits::*;

/// The numbers the platform gives to kinds of component.
pub mod kind {
    pub const ROW: u64 = 1;
    pub const BUTTON: u64 = 2;
    pub const STRING_SELECT: u64 = 3;
    pub const TEXT_INPUT: u64 = 4;
    pub const USER_SELECT: u64 = 5;
    pub const ROLE_SELECT: u64 = 6;
    pub const MENTIONABLE_SELECT: u64 = 7;
    pub const CHANNEL_SELECT: u64 = 8;
    pub const TEXT_DISPLAY: u64 = 10;
    pub const LABEL: u64 = 18;
}

const LINK_STYLE: u64 = 5;

/// Check the rows of a message.
pub fn check_rows(complaints: &mut Complaints, path: &str, value: &Value) {
    let mut seen = HashSet::new();
    for (n, row) in complaints.list(path, value, ROWS_MAX).iter().enumerate() {
        let path = under(path, n);
        if row["type"].as_u64() != Some(kind::ROW) {
            complaints.one_of(&under(&path, "type"), &row["type"], &[kind::ROW]);
            continue;
        }
        check_row(complaints, &under(&path, "components"), &row["components"], &mut seen);
    }
}

fn check_row<'a>(complaints: &mut Complaints, path: &str, value: &'a Value, seen: &mut HashSet<&'a str>) {
    let list = complaints.list(path, value, BUTTONS_PER_ROW_MAX);
    if list.is_empty() && value.as_array().is_none_or(Vec::is_empty) {
        let message = format!("Must be between 1 and {BUTTONS_PER_ROW_MAX} in length.");
        return complaints.add(path, "BASE_TYPE_BAD_LENGTH", message);
    }
    let selects = list.iter().filter(|part| part["type"].as_u64() != Some(kind::BUTTON)).count();
    if selects > 0 && list.len() > 1 {
        complaints.add(path, "COMPONENT_LAYOUT_WIDTH_EXCEEDED", "The specified component exceeds the maximum width");
    }
    for (n, part) in list.iter().enumerate() {
        let path = under(path, n);
        match part["type"].as_u64() {
            Some(kind::BUTTON) => check_button(complaints, &path, part),
            Some(kind::STRING_SELECT | kind::USER_SELECT..=kind::CHANNEL_SELECT) => {
                check_select(complaints, &path, part);
            }
            _ => complaints.one_of(&under(&path, "type"), &part["type"], &[2, 3, 5, 6, 7, 8]),
        }
        check_unique(complaints, &path, &part["custom_id"], seen);
    }
}

/// A custom id must be unique within its message or modal.
pub fn check_unique<'a>(complaints: &mut Complaints, path: &str, custom_id: &'a Value, seen: &mut HashSet<&'a str>) {
    if let Some(custom_id) = custom_id.as_str()
        && !seen.insert(custom_id)
    {
        let message = "Component custom id cannot be duplicated";
        complaints.add(&under(path, "custom_id"), "COMPONENT_CUSTOM_ID_DUPLICATED", message);
    }
}

fn check_button(complaints: &mut Complaints, path: &str, button: &Value) {
    complaints.length(&under(path, "label"), &button["label"], 0, BUTTON_LABEL_CHARS_MAX);
    if button["label"].as_str().is_none_or(str::is_empty) && button["emoji"].is_null() {
        let message = "Button must have a label or an emoji.";
        complaints.add(path, "BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED", message);
    }
    complaints.one_of(&under(path, "style"), &button["style"], &[1, 2, 3, 4, 5]);
    if button["style"].as_u64() == Some(LINK_STYLE) {
        complaints.required_length(&under(path, "url"), &button["url"], 1, 512);
        if !button["custom_id"].is_null() {
            let message = "A custom id and url cannot both be specified";
            complaints.add(&under(path, "custom_id"), "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE", message);
        }
    } else {
        complaints.required_length(&under(path, "custom_id"), &button["custom_id"], 1, CUSTOM_ID_CHARS_MAX);
    }
}

/// Check a select, in a message or in a modal.
pub fn check_select(complaints: &mut Complaints, path: &str, select: &Value) {
    complaints.required_length(&under(path, "custom_id"), &select["custom_id"], 1, CUSTOM_ID_CHARS_MAX);
    complaints.length(&under(path, "placeholder"), &select["placeholder"], 0, SELECT_PLACEHOLDER_CHARS_MAX);
    let least = select["min_values"].as_u64().unwrap_or(1);
    let most = select["max_values"].as_u64().unwrap_or(1);
    if least > most || most > SELECT_OPTIONS_MAX as u64 {
        let message = format!("Value must be between {least} and {SELECT_OPTIONS_MAX}.");
        complaints.add(&under(path, "max_values"), "NUMBER_TYPE_RANGE", message);
    }
    if select["type"].as_u64() == Some(kind::STRING_SELECT) {
        check_options(complaints, &under(path, "options"), &select["options"], most);
    }
}

fn check_options(complaints: &mut Complaints, path: &str, value: &Value, most: u64) {
    let options = complaints.list(path, value, SELECT_OPTIONS_MAX);
    if value.as_array().is_none_or(Vec::is_empty) {
        let message = format!("Must be between 1 and {SELECT_OPTIONS_MAX} in length.");
        return complaints.add(path, "BASE_TYPE_BAD_LENGTH", message);
    }
    if most > options.len() as u64 && !options.is_empty() {
        let message = format!("Must be between {most} and {SELECT_OPTIONS_MAX} in length.");
        complaints.add(path, "BASE_TYPE_BAD_LENGTH", message);
    }
    let mut values = HashSet::new();
    for (n, option) in options.iter().enumerate() {
        let path = under(path, n);
        complaints.required_length(&under(&path, "label"), &option["label"], 1, SELECT_OPTION_CHARS_MAX);
        complaints.required_length(&under(&path, "value"), &option["value"], 1, SELECT_OPTION_CHARS_MAX);
        complaints.length(&under(&path, "description"), &option["description"], 0, SELECT_OPTION_CHARS_MAX);
        if !option["value"].is_null() && !values.insert(&option["value"]) {
            let message = "The specified option value is already used";
            complaints.add(&under(&path, "value"), "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", message);
        }
    }
}
