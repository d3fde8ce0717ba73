//! Messages: text, embeds, components, nonce.

use serde_json::Value;

use super::components::check_rows;
use super::embeds::check_embeds;
use super::{Complaints, chars, id_of, under};
use crate::rehearsal::workspace::Id;
use crate::rehearsal::workspace::errors::ApiError;
use crate::rehearsal::workspace::limits::{ALLOWED_MENTIONS_MAX, CONTENT_CHARS_MAX, NONCE_CHARS_MAX};
use crate::rehearsal::workspace::people::SeenFile;
use crate::rehearsal::workspace::state::FLAG_COMPONENTS_V2;

/// What a request says a message should be. A field that is absent stays as it is when editing.
#[derive(Clone, Debug, Default)]
pub struct MessageForm {
    pub content: Option<String>,
    pub embeds: Option<Vec<Value>>,
    pub components: Option<Vec<Value>>,
    pub flags: u64,
    pub nonce: Option<Value>,
    pub enforce_nonce: bool,
    pub allowed_mentions: Option<Value>,
    pub reply_to: Option<Id>,
    /// What came beside the request; `None` leaves a message's files as they are.
    pub files: Option<Vec<SeenFile>>,
}

/// Read and check a message; `prefix` is where it stands in the body (`data` in a callback).
pub fn read_message(body: &Value, prefix: &str) -> Result<MessageForm, ApiError> {
    let mut complaints = Complaints::default();
    check_content(&mut complaints, &under(prefix, "content"), &body["content"]);
    check_embeds(&mut complaints, &under(prefix, "embeds"), &body["embeds"]);
    let flags = body["flags"].as_u64().unwrap_or(0);
    if flags & FLAG_COMPONENTS_V2 != 0 {
        // True of this workspace, not of the platform: nothing here needs them yet.
        let message = "Components of the second version are not played in this workspace.";
        complaints.add(&under(prefix, "flags"), "NOT_PLAYED_HERE", message);
    }
    check_rows(&mut complaints, &under(prefix, "components"), &body["components"]);
    check_nonce(&mut complaints, &under(prefix, "nonce"), &body["nonce"]);
    check_mentions(&mut complaints, &under(prefix, "allowed_mentions"), &body["allowed_mentions"]);
    complaints.finish()?;
    Ok(MessageForm {
        content: present(body, "content").map(|value| value.as_str().unwrap_or_default().trim().to_owned()),
        embeds: present(body, "embeds").map(list),
        components: present(body, "components").map(list),
        flags,
        nonce: Some(body["nonce"].clone()).filter(|nonce| !nonce.is_null()),
        enforce_nonce: body["enforce_nonce"].as_bool().unwrap_or(false),
        allowed_mentions: present(body, "allowed_mentions").cloned(),
        reply_to: id_of(&body["message_reference"]["message_id"]),
        files: None,
    })
}

fn check_content(complaints: &mut Complaints, path: &str, content: &Value) {
    complaints.length(path, content, 0, CONTENT_CHARS_MAX);
}

fn check_nonce(complaints: &mut Complaints, path: &str, nonce: &Value) {
    match nonce {
        Value::Null | Value::Number(_) => {}
        Value::String(text) if chars(text) <= NONCE_CHARS_MAX => {}
        Value::String(_) => {
            complaints.add(path, "BASE_TYPE_MAX_LENGTH", format!("Must be {NONCE_CHARS_MAX} or fewer in length."));
        }
        _ => complaints.add(path, "NONCE_TYPE_COERCE", "Value must be a string or an integer."),
    }
}

/// Each account and role is named once.
fn check_mentions(complaints: &mut Complaints, path: &str, allowed: &Value) {
    for kind in ["parse", "users", "roles"] {
        let path = under(path, kind);
        let named = complaints.list(&path, &allowed[kind], ALLOWED_MENTIONS_MAX);
        if named.iter().enumerate().any(|(n, one)| named[..n].contains(one)) {
            complaints.add(&path, "SET_TYPE_ALREADY_CONTAINS_VALUE", "The set already contains this value");
        }
    }
}

/// A field that is in the body, even as null.
fn present<'a>(body: &'a Value, field: &str) -> Option<&'a Value> {
    body.as_object()?.get(field)
}

fn list(value: &Value) -> Vec<Value> {
    value.as_array().cloned().unwrap_or_default()
}
