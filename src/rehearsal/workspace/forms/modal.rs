//! Modals: a title and one to five inputs, each in an action row (deprecated, still accepted) or under a label.

use std::collections::HashSet;

use serde_json::Value;

use super::components::{check_unique, kind};
use super::{Complaints, under};
use crate::rehearsal::workspace::errors::ApiError;
use crate::rehearsal::workspace::limits::*;

/// Check the data of a modal.
pub fn check_modal(data: &Value) -> Result<(), ApiError> {
    let mut complaints = Complaints::default();
    complaints.required_length("data.custom_id", &data["custom_id"], 1, CUSTOM_ID_CHARS_MAX);
    complaints.required_length("data.title", &data["title"], 1, MODAL_TITLE_CHARS_MAX);
    let rows = &data["components"];
    if rows.as_array().is_none_or(|rows| rows.is_empty() || rows.len() > MODAL_COMPONENTS_MAX) {
        let message = format!("Must be between 1 and {MODAL_COMPONENTS_MAX} in length.");
        complaints.add("data.components", "BASE_TYPE_BAD_LENGTH", message);
        return complaints.finish();
    }
    let mut seen = HashSet::new();
    for (n, row) in rows.as_array().into_iter().flatten().enumerate() {
        check_row(&mut complaints, &under("data.components", n), row, &mut seen);
    }
    complaints.finish()
}

fn check_row<'a>(complaints: &mut Complaints, path: &str, row: &'a Value, seen: &mut HashSet<&'a str>) {
    match row["type"].as_u64() {
        Some(kind::ROW) => {
            let path = under(path, "components");
            if row["components"].as_array().is_none_or(|parts| parts.len() != 1) {
                return complaints.add(&path, "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 1 in length.");
            }
            let input = &row["components"][0];
            complaints.required_length(&under(&path, "0.label"), &input["label"], 1, INPUT_LABEL_CHARS_MAX);
            check_input(complaints, &under(&path, 0), input, seen);
        }
        Some(kind::LABEL) => {
            complaints.required_length(&under(path, "label"), &row["label"], 1, INPUT_LABEL_CHARS_MAX);
            complaints.length(&under(path, "description"), &row["description"], 0, INPUT_DESCRIPTION_CHARS_MAX);
            check_input(complaints, &under(path, "component"), &row["component"], seen);
        }
        Some(kind::TEXT_DISPLAY) => complaints.required_length(&under(path, "content"), &row["content"], 1, 4_000),
        _ => complaints.one_of(&under(path, "type"), &row["type"], &[kind::ROW, kind::TEXT_DISPLAY, kind::LABEL]),
    }
}

fn check_input<'a>(complaints: &mut Complaints, path: &str, input: &'a Value, seen: &mut HashSet<&'a str>) {
    // Selects and uploads in modals exist on the platform; nobody here plays them yet.
    complaints.one_of(&under(path, "type"), &input["type"], &[kind::TEXT_INPUT]);
    complaints.one_of(&under(path, "style"), &input["style"], &[1, 2]);
    complaints.required_length(&under(path, "custom_id"), &input["custom_id"], 1, CUSTOM_ID_CHARS_MAX);
    check_unique(complaints, path, &input["custom_id"], seen);
    complaints.length(&under(path, "placeholder"), &input["placeholder"], 0, INPUT_PLACEHOLDER_CHARS_MAX);
    let least = input["min_length"].as_u64().unwrap_or(0);
    let most = input["max_length"].as_u64().unwrap_or(INPUT_CHARS_MAX);
    if least > INPUT_CHARS_MAX {
        complaints.add(
            &under(path, "min_length"),
            "NUMBER_TYPE_MAX",
            "int value should be less than or equal to 4000.",
        );
    }
    if !(1..=INPUT_CHARS_MAX).contains(&most) || least > most {
        let message = "int value should be between 1 and 4000 and not below min_length.";
        complaints.add(&under(path, "max_length"), "NUMBER_TYPE_MAX", message);
    }
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    complaints.length(&under(path, "value"), &input["value"], 0, most);
}
