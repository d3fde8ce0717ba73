//! Channels and messages as a person sees them.

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::super::Id;
use super::super::forms::components_kind as kind;
use super::super::posting::KIND_PINNED;
use super::super::state::{Channel, Message};

/// A channel as it stands in the list at the side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeenChannel {
    /// Its id.
    pub id: Id,
    /// Its name.
    pub name: String,
    /// Its topic.
    pub topic: Option<String>,
    /// The category it stands under.
    pub parent: Option<Id>,
}

impl SeenChannel {
    pub(in super::super) fn of(channel: &Channel) -> Self {
        let (name, topic) = (channel.name.clone(), channel.topic.clone());
        Self { id: channel.id, name, topic, parent: channel.parent }
    }
}

/// A file that came with a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeenFile {
    /// What it is called.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// A message as a person sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct SeenMessage {
    /// Its id, good for `press` and `select`.
    pub id: Id,
    /// The channel it stands in.
    pub channel: Id,
    /// Who wrote it.
    pub author: Id,
    /// Its text.
    pub text: String,
    /// Its embeds, as JSON.
    pub embeds: Vec<Value>,
    /// Its component rows, as JSON; `buttons` and `selects` read them.
    pub components: Vec<Value>,
    /// The files that came with it.
    pub files: Vec<SeenFile>,
    /// Whether only this person sees it.
    pub ephemeral: bool,
    /// Whether it says that the bot is thinking.
    pub thinking: bool,
    /// Whether it is the platform's own notice that something was pinned.
    pub notice: bool,
    /// Whether it is pinned.
    pub pinned: bool,
    /// Whether it was edited.
    pub edited: bool,
    /// The people it calls.
    pub mentions: Vec<Id>,
    /// The message it replies to.
    pub reply_to: Option<Id>,
    /// When it was posted, on the play's clock.
    pub at: DateTime<Utc>,
}

/// A button.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeenButton {
    /// What it is pressed by; none for a link.
    pub custom_id: Option<String>,
    /// What stands on it.
    pub label: String,
    /// Whether it is greyed out.
    pub disabled: bool,
    /// Where a link leads.
    pub url: Option<String>,
}

/// A select.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeenSelect {
    /// What it is chosen from by.
    pub custom_id: String,
    /// The grey text in it.
    pub placeholder: Option<String>,
    /// What a select of texts offers; selects of people, roles and channels offer those.
    pub choices: Vec<SelectChoice>,
    /// Whether it is greyed out.
    pub disabled: bool,
    /// The fewest values it takes.
    pub least: u64,
    /// The most values it takes.
    pub most: u64,
}

/// One offer of a select.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SelectChoice {
    /// What is shown.
    pub label: String,
    /// What is sent.
    pub value: String,
}

impl SeenMessage {
    pub(in super::super) fn of(message: &Message) -> Self {
        Self {
            id: message.id,
            channel: message.channel,
            author: message.author,
            text: message.content.clone(),
            embeds: message.embeds.clone(),
            components: message.components.clone(),
            files: message.files.clone(),
            ephemeral: message.private_to.is_some(),
            thinking: message.is_loading(),
            notice: message.kind == KIND_PINNED,
            pinned: message.pinned,
            edited: message.edited_at.is_some(),
            mentions: message.mentions.clone(),
            reply_to: message.reply_to,
            at: message.at,
        }
    }

    /// Its buttons, in reading order.
    pub fn buttons(&self) -> Vec<SeenButton> {
        parts(&self.components).filter(|part| part["type"].as_u64() == Some(kind::BUTTON)).map(SeenButton::of).collect()
    }

    /// The button with these words on it.
    pub fn button(&self, label: &str) -> Option<SeenButton> {
        self.buttons().into_iter().find(|button| button.label == label)
    }

    /// Its selects, in reading order.
    pub fn selects(&self) -> Vec<SeenSelect> {
        let selects = parts(&self.components).filter(|part| part["type"].as_u64() != Some(kind::BUTTON));
        selects.map(SeenSelect::of).collect()
    }
}

/// Every component of every row.
pub(super) fn parts(rows: &[Value]) -> impl Iterator<Item = &Value> {
    rows.iter().flat_map(|row| row["components"].as_array().into_iter().flatten())
}

fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

impl SeenButton {
    fn of(part: &Value) -> Self {
        Self {
            custom_id: text(&part["custom_id"]),
            label: text(&part["label"]).unwrap_or_default(),
            disabled: part["disabled"].as_bool().unwrap_or(false),
            url: text(&part["url"]),
        }
    }
}

impl SeenSelect {
    fn of(part: &Value) -> Self {
        let offer = |option: &Value| SelectChoice {
            label: text(&option["label"]).unwrap_or_default(),
            value: text(&option["value"]).unwrap_or_default(),
        };
        Self {
            custom_id: text(&part["custom_id"]).unwrap_or_default(),
            placeholder: text(&part["placeholder"]),
            choices: part["options"].as_array().into_iter().flatten().map(offer).collect(),
            disabled: part["disabled"].as_bool().unwrap_or(false),
            least: part["min_values"].as_u64().unwrap_or(1),
            most: part["max_values"].as_u64().unwrap_or(1),
        }
    }
}
