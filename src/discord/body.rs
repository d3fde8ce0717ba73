//! Messages as Discord wants them: content, rows of components, and who may be notified.

use serde_json::{Value, json};

use crate::app::asking::File;
use crate::forms::Input;
use crate::room::message::{Button, ButtonStyle, Message, Row, shortened};

/// A message only its reader sees.
const EPHEMERAL: u64 = 64;

/// The body of a new or edited message. Nobody is notified but those named.
pub fn message(message: &Message) -> Value {
    let users: Vec<String> = message.mentions.iter().map(ToString::to_string).collect();
    json!({
        "content": message.text,
        "components": message.rows.iter().map(row).collect::<Vec<_>>(),
        "allowed_mentions": { "parse": [], "users": users },
    })
}

/// The same as a private answer to an interaction.
pub fn private(text: &Message) -> Value {
    let mut body = message(text);
    body["flags"] = json!(EPHEMERAL);
    body
}

/// The same as an answer that a file comes with.
pub fn with_file(text: &Message, file: &File) -> Value {
    let mut body = message(text);
    body["attachments"] = json!([{ "id": 0, "filename": file.name }]);
    body
}

fn row(row: &Row) -> Value {
    let components = match row {
        Row::Buttons(buttons) => buttons.iter().map(button).collect(),
        Row::Select(select) => {
            let options: Vec<_> =
                select.options.iter().map(|option| json!({ "label": option.label, "value": option.value })).collect();
            let most = if select.several { options.len() } else { 1 };
            vec![json!({
                "type": 3, "custom_id": select.id, "placeholder": select.placeholder, "options": options,
                "min_values": 1, "max_values": most,
            })]
        }
    };
    json!({ "type": 1, "components": components })
}

fn button(button: &Button) -> Value {
    let style = match button.style {
        ButtonStyle::Main => 1,
        ButtonStyle::Plain => 2,
        ButtonStyle::Danger => 4,
    };
    json!({ "type": 2, "style": style, "label": button.label, "custom_id": button.id })
}

/// The body of a modal.
pub fn modal(id: &str, title: &str, inputs: &[Input]) -> Value {
    let rows = inputs.iter().map(|input| {
        let style = if input.is_long { 2 } else { 1 };
        let characters_max = if input.is_long { 4_000 } else { 400 };
        let mut field = json!({
            "type": 4, "custom_id": input.key, "label": input.label, "style": style, "required": input.needed,
            "max_length": characters_max,
        });
        if let Some(value) = &input.value {
            field["value"] = shortened(value, characters_max).into();
        }
        json!({ "type": 1, "components": [field] })
    });
    json!({ "custom_id": id, "title": title, "components": rows.collect::<Vec<_>>() })
}
