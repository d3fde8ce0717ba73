//! What a person did, as Discord tells it, reduced to what we read.
//!
//! Our own type rather than serenity's, so that an interaction from the gateway, from an HTTP endpoint or from a test is
//! the same thing. Unknown fields are ignored. Nothing is decided here, not even whether a command exists; and nothing a
//! person wrote may show in a `Debug` or an error.

use std::fmt;
use std::num::NonZeroU64;

use serde_json::Value;
use serenity::model::id::{ApplicationId, ChannelId, GuildId, InteractionId, MessageId, UserId};
use thiserror::Error;

use super::courier::Secret;

/// One thing a person did.
pub struct RawInteraction {
    /// Its id: unique, and what makes a second delivery recognisable.
    pub id: InteractionId,
    /// The application it is for, needed to answer again later.
    pub application: ApplicationId,
    /// The right to answer it: three seconds for the first answer, fifteen minutes for more.
    pub token: Secret,
    /// Where: none in a direct message.
    pub guild: Option<GuildId>,
    /// In which channel; only a ping has none.
    pub channel: Option<ChannelId>,
    /// Who. Only a ping comes from nobody; [`parse`] refuses everything else without a person.
    pub user: Option<UserId>,
    /// The message whose button or select was used, also when that opened a modal.
    pub message: Option<MessageId>,
    /// What.
    pub kind: Kind,
}

/// What a person did.
#[derive(Clone, PartialEq, Eq)]
pub enum Kind {
    /// Discord asks whether an HTTP endpoint is alive. Never over the gateway.
    Ping,
    /// A command was run.
    Command {
        /// Its name, then the group's if there is one, then the subcommand's if there is one.
        path: Vec<String>,
        /// Its options as (name, value), in the order given. Numbers, booleans and ids are text too.
        options: Vec<(String, String)>,
    },
    /// A command is being typed and wants suggestions.
    Autocomplete {
        /// As for a command.
        path: Vec<String>,
        /// As for a command, with what has been typed so far; it need not be valid.
        options: Vec<(String, String)>,
        /// The name of the option being typed.
        focused: String,
    },
    /// A button was pressed or a choice made in a message.
    Component {
        /// The component's own id, ours, from whenever the message was posted.
        custom_id: String,
        /// What was chosen; empty for a button.
        values: Vec<String>,
    },
    /// A modal was sent.
    Modal {
        /// The modal's own id, ours.
        custom_id: String,
        /// Its text fields as (custom id, text).
        fields: Vec<(String, String)>,
    },
}

/// Why an interaction cannot be read. Names the place, never what was there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Unreadable {
    /// A field we need is missing or of another type.
    #[error("an interaction without a usable {0}")]
    Field(&'static str),
    /// Its type is none we know.
    #[error("an interaction of unknown type {0}")]
    Type(u64),
    /// Its options are nested deeper than command, group, subcommand.
    #[error("an interaction whose options are nested too deeply")]
    TooDeep,
}

/// Reads an interaction as it came.
pub fn parse(value: &Value) -> Result<RawInteraction, Unreadable> {
    let data = &value["data"];
    let kind = match value["type"].as_u64().ok_or(Unreadable::Field("type"))? {
        1 => Kind::Ping,
        2 => {
            let typed = typed(data)?;
            Kind::Command { path: typed.path, options: typed.options }
        }
        3 => Kind::Component { custom_id: text(data, "custom_id")?, values: texts(&data["values"])? },
        4 => {
            let typed = typed(data)?;
            let focused = typed.focused.ok_or(Unreadable::Field("focused option"))?;
            Kind::Autocomplete { path: typed.path, options: typed.options, focused }
        }
        5 => Kind::Modal { custom_id: text(data, "custom_id")?, fields: modal_fields(&data["components"]) },
        other => return Err(Unreadable::Type(other)),
    };
    // In a guild the person is inside the member; serenity then adds an invented user beside it.
    let user = id(&value["member"]["user"]["id"]).or_else(|| id(&value["user"]["id"]));
    if user.is_none() && kind != Kind::Ping {
        return Err(Unreadable::Field("user"));
    }
    Ok(RawInteraction {
        id: id(&value["id"]).ok_or(Unreadable::Field("id"))?,
        application: id(&value["application_id"]).ok_or(Unreadable::Field("application_id"))?,
        token: Secret::new(text(value, "token")?),
        guild: id(&value["guild_id"]),
        channel: id(&value["channel_id"]).or_else(|| id(&value["channel"]["id"])),
        user,
        message: id(&value["message"]["id"]),
        kind,
    })
}

/// What was typed of a command.
#[derive(Default)]
struct Typed {
    path: Vec<String>,
    options: Vec<(String, String)>,
    focused: Option<String>,
}

/// Discord's numbers for the two options that are not options but the next word of the command.
const SUBCOMMAND: u64 = 1;
const GROUP: u64 = 2;

fn typed(data: &Value) -> Result<Typed, Unreadable> {
    let mut typed = Typed { path: vec![text(data, "name")?], ..Typed::default() };
    let mut level = data;
    while let Some(next) = descend(level, &mut typed)? {
        level = next;
        if typed.path.len() > 3 {
            return Err(Unreadable::TooDeep);
        }
    }
    Ok(typed)
}

/// Takes one level of options; returns the subcommand to go on with, if this level is one.
fn descend<'a>(level: &'a Value, typed: &mut Typed) -> Result<Option<&'a Value>, Unreadable> {
    for option in level["options"].as_array().into_iter().flatten() {
        let name = text(option, "name")?;
        if matches!(option["type"].as_u64(), Some(SUBCOMMAND | GROUP)) {
            typed.path.push(name);
            return Ok(Some(option));
        }
        if option["focused"] == Value::Bool(true) {
            typed.focused = Some(name.clone());
        }
        // An option of a type newer than serenity comes without its value; the command table will miss it by name.
        if let Some(value) = plain(&option["value"]) {
            typed.options.push((name, value));
        }
    }
    Ok(None)
}

/// Collects the text inputs of a modal, from rows (`components`) and from labels (`component`).
fn modal_fields(components: &Value) -> Vec<(String, String)> {
    let mut fields = Vec::new();
    for holder in components.as_array().into_iter().flatten() {
        let inner = holder["components"].as_array().into_iter().flatten();
        for input in inner.chain(std::iter::once(&holder["component"])) {
            if let (Some(custom_id), Some(value)) = (input["custom_id"].as_str(), input["value"].as_str()) {
                fields.push((custom_id.to_owned(), value.to_owned()));
            }
        }
    }
    fields
}

fn text(value: &Value, key: &'static str) -> Result<String, Unreadable> {
    value[key].as_str().map(str::to_owned).ok_or(Unreadable::Field(key))
}

fn texts(values: &Value) -> Result<Vec<String>, Unreadable> {
    let one = |value| plain(value).ok_or(Unreadable::Field("values"));
    values.as_array().into_iter().flatten().map(one).collect()
}

fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(truth) => Some(truth.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

fn id<T: From<NonZeroU64>>(value: &Value) -> Option<T> {
    let number = value.as_str().and_then(|text| text.parse().ok()).or_else(|| value.as_u64())?;
    NonZeroU64::new(number).map(T::from)
}

impl fmt::Debug for RawInteraction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawInteraction")
            .field("id", &self.id.get())
            .field("channel", &self.channel.map(ChannelId::get))
            .field("kind", &self.kind)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ping => f.write_str("Ping"),
            Self::Command { path, options } => write!(f, "Command({}, {} options)", path.join(" "), options.len()),
            Self::Autocomplete { path, focused, .. } => write!(f, "Autocomplete({} {focused})", path.join(" ")),
            Self::Component { custom_id, values } => write!(f, "Component({custom_id}, {} values)", values.len()),
            Self::Modal { custom_id, fields } => write!(f, "Modal({custom_id}, {} fields)", fields.len()),
        }
    }
}

#[cfg(test)]
mod tests;
