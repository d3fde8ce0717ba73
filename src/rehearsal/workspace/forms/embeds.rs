//! Embeds: each field has its limit, and all of a message's embeds together have one more.

use serde_json::Value;

use super::{Complaints, chars, under};
use crate::rehearsal::workspace::limits::*;

/// Check the embeds of a message.
pub fn check_embeds(complaints: &mut Complaints, path: &str, value: &Value) {
    let embeds = complaints.list(path, value, EMBEDS_MAX);
    for (n, embed) in embeds.iter().enumerate() {
        check_embed(complaints, &under(path, n), embed);
    }
    if embeds.iter().map(size).sum::<usize>() > EMBEDS_CHARS_MAX {
        let message = format!("Embed size exceeds maximum size of {EMBEDS_CHARS_MAX}");
        complaints.add(path, "MAX_EMBED_SIZE_EXCEEDED", message);
    }
}

fn check_embed(complaints: &mut Complaints, path: &str, embed: &Value) {
    if !embed.is_object() {
        return complaints.add(path, "DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType");
    }
    complaints.length(&under(path, "title"), &embed["title"], 0, EMBED_TITLE_CHARS_MAX);
    complaints.length(&under(path, "description"), &embed["description"], 0, EMBED_DESCRIPTION_CHARS_MAX);
    complaints.length(&under(path, "footer.text"), &embed["footer"]["text"], 0, EMBED_FOOTER_CHARS_MAX);
    complaints.length(&under(path, "author.name"), &embed["author"]["name"], 0, EMBED_AUTHOR_CHARS_MAX);
    let list = under(path, "fields");
    for (n, field) in complaints.list(&list, &embed["fields"], EMBED_FIELDS_MAX).iter().enumerate() {
        let path = under(&list, n);
        complaints.required_length(&under(&path, "name"), &field["name"], 1, EMBED_FIELD_NAME_CHARS_MAX);
        complaints.required_length(&under(&path, "value"), &field["value"], 1, EMBED_FIELD_VALUE_CHARS_MAX);
    }
}

/// The characters that count towards the limit for all embeds together.
fn size(embed: &Value) -> usize {
    let text = |value: &Value| value.as_str().map_or(0, chars);
    let fields = embed["fields"].as_array().map_or(&[][..], Vec::as_slice);
    text(&embed["title"])
        + text(&embed["description"])
        + text(&embed["footer"]["text"])
        + text(&embed["author"]["name"])
        + fields.iter().map(|field| text(&field["name"]) + text(&field["value"])).sum::<usize>()
}
