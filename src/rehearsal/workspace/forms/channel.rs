//! Channels and their overwrites.

use serde_json::Value;

use super::{Complaints, under};
use crate::rehearsal::workspace::errors::ApiError;
use crate::rehearsal::workspace::limits::*;
use crate::rehearsal::workspace::permissions::{Overwrite, Target};
use crate::rehearsal::workspace::state::ChannelKind;
use crate::rehearsal::workspace::{Id, permissions};

/// What a request says a channel should be. A field that is absent stays as it is when editing.
#[derive(Clone, Debug, Default)]
pub struct ChannelForm {
    pub name: Option<String>,
    pub kind: Option<ChannelKind>,
    pub topic: Option<Option<String>>,
    pub parent: Option<Option<Id>>,
    pub position: Option<usize>,
    pub overwrites: Option<Vec<Overwrite>>,
}

/// Read and check a channel.
pub fn read_channel(body: &Value) -> Result<ChannelForm, ApiError> {
    let mut complaints = Complaints::default();
    complaints.length("name", &body["name"], 1, CHANNEL_NAME_CHARS_MAX);
    complaints.length("topic", &body["topic"], 0, CHANNEL_TOPIC_CHARS_MAX);
    let kind = read_kind(&mut complaints, &body["type"]);
    let parent = match body.get("parent_id") {
        None => None,
        Some(Value::Null) => Some(None),
        Some(value) => Some(complaints.snowflake("parent_id", value)),
    };
    let overwrites = body.get("permission_overwrites").map(|value| read_overwrites(&mut complaints, value));
    complaints.finish()?;
    Ok(ChannelForm {
        name: body["name"].as_str().map(str::to_owned),
        kind,
        topic: body.get("topic").map(|topic| topic.as_str().map(str::to_owned)),
        parent,
        position: body["position"].as_u64().and_then(|position| usize::try_from(position).ok()),
        overwrites,
    })
}

fn read_kind(complaints: &mut Complaints, value: &Value) -> Option<ChannelKind> {
    match value.as_u64() {
        Some(0) => Some(ChannelKind::Text),
        Some(4) => Some(ChannelKind::Category),
        _ if value.is_null() => None,
        _ => {
            // The platform has more kinds; text channels and categories are what is played here.
            complaints.one_of("type", value, &[0, 4]);
            None
        }
    }
}

fn read_overwrites(complaints: &mut Complaints, value: &Value) -> Vec<Overwrite> {
    let list = complaints.list("permission_overwrites", value, OVERWRITES_PER_REQUEST_MAX);
    let mut overwrites: Vec<Overwrite> = Vec::new();
    for (n, given) in list.iter().enumerate() {
        let path = under("permission_overwrites", n);
        let id = complaints.snowflake(&under(&path, "id"), &given["id"]);
        if let Some(overwrite) = id.and_then(|id| read_overwrite(complaints, &path, id, given)) {
            // Naming somebody twice means the later one.
            overwrites.retain(|earlier| earlier.target != overwrite.target);
            overwrites.push(overwrite);
        }
    }
    overwrites
}

fn read_overwrite(complaints: &mut Complaints, path: &str, id: Id, given: &Value) -> Option<Overwrite> {
    let target = match given["type"].as_u64().or_else(|| given["type"].as_str()?.parse().ok()) {
        Some(0) => Target::Role(id),
        Some(1) => Target::Member(id),
        _ => {
            complaints.one_of(&under(path, "type"), &given["type"], &[0, 1]);
            return None;
        }
    };
    let allow = read_bits(complaints, &under(path, "allow"), &given["allow"])?;
    let deny = read_bits(complaints, &under(path, "deny"), &given["deny"])?;
    Some(Overwrite { target, allow, deny })
}

/// Bits as the platform writes them: a decimal string (a number is still taken); absent means none.
fn read_bits(complaints: &mut Complaints, path: &str, value: &Value) -> Option<u64> {
    let bits = match value {
        Value::Null => Some(0),
        Value::Number(number) => number.as_u64(),
        Value::String(text) => text.parse().ok(),
        _ => None,
    };
    if bits.is_none() {
        complaints.add(path, "NUMBER_TYPE_COERCE", format!("Value {value} is not int."));
    }
    // Bits nobody has defined are dropped without a word.
    bits.map(|bits| bits & permissions::ALL)
}

/// The body of `PUT /channels/{channel}/permissions/{overwrite}`.
pub fn overwrite_bits(id: Id, body: &Value) -> Result<Overwrite, ApiError> {
    let mut complaints = Complaints::default();
    let overwrite = read_overwrite(&mut complaints, "", id, body);
    complaints.finish()?;
    overwrite.ok_or_else(|| ApiError::invalid_form(Value::Null))
}
