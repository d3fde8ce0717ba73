//! Checking what a request asks for, field by field, before anything is done.
//!
//! Complaints are collected and answered together as 50035 with a tree that points at each field, as the platform
//! does. A form never looks at the world: permissions and existence are for `rest`.

mod channel;
mod command;
mod components;
mod embeds;
mod message;
mod modal;

use serde_json::{Map, Value, json};

pub use self::channel::{ChannelForm, overwrite_bits, read_channel};
pub use self::command::check_commands;
pub use self::command::kind as option_kind;
pub use self::components::kind as components_kind;
pub use self::message::{MessageForm, read_message};
pub use self::modal::check_modal;
use super::Id;
use super::errors::ApiError;

/// The complaints about a form so far.
#[derive(Debug, Default)]
pub struct Complaints {
    tree: Map<String, Value>,
}

impl Complaints {
    /// Complain about the field at `path`, written `components.0.label`.
    pub fn add(&mut self, path: &str, code: &str, message: impl Into<String>) {
        let mut place = &mut self.tree;
        for step in path.split('.').filter(|step| !step.is_empty()) {
            let next = place.entry(step).or_insert_with(|| json!({}));
            let Value::Object(next) = next else { return };
            place = next;
        }
        let list = place.entry("_errors").or_insert_with(|| json!([]));
        if let Value::Array(list) = list {
            list.push(json!({ "code": code, "message": message.into() }));
        }
    }

    /// Nothing to complain about, or the platform's refusal.
    pub fn finish(self) -> Result<(), ApiError> {
        if self.tree.is_empty() { Ok(()) } else { Err(ApiError::invalid_form(Value::Object(self.tree))) }
    }

    pub fn required(&mut self, path: &str) {
        self.add(path, "BASE_TYPE_REQUIRED", "This field is required");
    }

    /// A text of `min..=max` characters; absent is fine.
    pub fn length(&mut self, path: &str, value: &Value, min: usize, max: usize) {
        let Some(text) = self.text(path, value) else { return };
        let length = chars(text);
        if (min..=max).contains(&length) {
            return;
        }
        match min {
            0 => self.add(path, "BASE_TYPE_MAX_LENGTH", format!("Must be {max} or fewer in length.")),
            _ => self.add(path, "BASE_TYPE_BAD_LENGTH", format!("Must be between {min} and {max} in length.")),
        }
    }

    /// The same, and it must be there.
    pub fn required_length(&mut self, path: &str, value: &Value, min: usize, max: usize) {
        if value.is_null() {
            self.required(path);
        } else {
            self.length(path, value, min, max);
        }
    }

    /// A text, or nothing; anything else is complained about.
    pub fn text<'a>(&mut self, path: &str, value: &'a Value) -> Option<&'a str> {
        if !value.is_null() && !value.is_string() {
            self.add(path, "STRING_TYPE_CONVERT", "Could not interpret value as string.");
        }
        value.as_str()
    }

    /// A list of at most `max`, or nothing; anything else is complained about.
    pub fn list<'a>(&mut self, path: &str, value: &'a Value, max: usize) -> &'a [Value] {
        match value {
            Value::Null => &[],
            Value::Array(list) if list.len() > max => {
                self.add(path, "BASE_TYPE_MAX_LENGTH", format!("Must be {max} or fewer in length."));
                &[]
            }
            Value::Array(list) => list,
            _ => {
                self.add(path, "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType");
                &[]
            }
        }
    }

    /// One of a few numbers.
    pub fn one_of(&mut self, path: &str, value: &Value, allowed: &[u64]) {
        if value.as_u64().is_none_or(|number| !allowed.contains(&number)) {
            let allowed: Vec<String> = allowed.iter().map(u64::to_string).collect();
            self.add(path, "BASE_TYPE_CHOICES", format!("Value must be one of {{{}}}.", allowed.join(", ")));
        }
    }

    /// A snowflake, as a string or a number.
    pub fn snowflake(&mut self, path: &str, value: &Value) -> Option<Id> {
        let id = id_of(value);
        if id.is_none() && value.is_null() {
            self.required(path);
        } else if id.is_none() {
            self.add(path, "NUMBER_TYPE_COERCE", format!("Value {value} is not snowflake."));
        }
        id
    }
}

/// A snowflake however it is written.
pub fn id_of(value: &Value) -> Option<Id> {
    value.as_u64().map(Id).or_else(|| value.as_str()?.parse().ok())
}

/// The platform counts characters, not bytes.
pub fn chars(text: &str) -> usize {
    text.chars().count()
}

/// `prefix.field`, or just `field`.
pub fn under(prefix: &str, field: impl std::fmt::Display) -> String {
    if prefix.is_empty() { field.to_string() } else { format!("{prefix}.{field}") }
}
