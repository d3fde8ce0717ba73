//! Modals: what is shown, and filling it in.

use serde_json::{Value, json};

use super::super::Id;
use super::super::forms::{chars, components_kind as kind};
use super::super::limits::INPUT_CHARS_MAX;
use super::super::state::{Interaction, InteractionKind, World};
use super::{CannotDo, Deed, check_visible};

/// A modal as it was shown to one person.
#[derive(Clone, Debug, PartialEq)]
pub struct ShownModal {
    /// The interaction it answered.
    pub interaction_id: Id,
    /// To whom it was shown.
    pub user: Id,
    /// Where they were.
    pub channel: Id,
    /// The message whose button or select it came from.
    pub source: Option<Id>,
    /// What the bot knows it by.
    pub custom_id: String,
    /// Its heading.
    pub title: String,
    /// Its fields, in order.
    pub fields: Vec<ModalField>,
}

/// A field of a modal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModalField {
    /// What the bot knows it by.
    pub custom_id: String,
    /// The words above it.
    pub label: String,
    /// The grey text in it.
    pub placeholder: Option<String>,
    /// What already stands in it.
    pub value: String,
    /// Whether it has several lines.
    pub paragraph: bool,
    /// Whether it may not be left empty.
    pub required: bool,
    /// The fewest characters.
    pub least: u64,
    /// The most characters.
    pub most: u64,
    /// Whether it stands under a label component rather than in an action row.
    labelled: bool,
}

impl ShownModal {
    pub(in super::super) fn of(interaction: &Interaction, data: &Value) -> Self {
        let text = |field: &str| data[field].as_str().unwrap_or_default().to_owned();
        Self {
            interaction_id: interaction.id,
            user: interaction.user,
            channel: interaction.channel,
            source: interaction.source,
            custom_id: text("custom_id"),
            title: text("title"),
            fields: data["components"].as_array().into_iter().flatten().filter_map(ModalField::of).collect(),
        }
    }
}

impl ModalField {
    fn of(row: &Value) -> Option<Self> {
        let labelled = row["type"].as_u64() == Some(kind::LABEL);
        let input = if labelled { &row["component"] } else { &row["components"][0] };
        let label = if labelled { &row["label"] } else { &input["label"] };
        Some(Self {
            custom_id: input["custom_id"].as_str()?.to_owned(),
            label: label.as_str().unwrap_or_default().to_owned(),
            placeholder: input["placeholder"].as_str().map(str::to_owned),
            value: input["value"].as_str().unwrap_or_default().to_owned(),
            paragraph: input["style"].as_u64() == Some(2),
            required: input["required"].as_bool().unwrap_or(true),
            least: input["min_length"].as_u64().unwrap_or(0),
            most: input["max_length"].as_u64().unwrap_or(INPUT_CHARS_MAX),
            labelled,
        })
    }

    /// A field that need not be filled in may be empty even if it has a shortest length.
    fn check(&self, text: &str) -> Result<(), CannotDo> {
        let given = chars(text);
        if given == 0 && !self.required {
            return Ok(());
        }
        let least = if self.required { self.least.max(1) } else { self.least };
        if (least..=self.most).contains(&(given as u64)) {
            return Ok(());
        }
        Err(CannotDo::FillInField { field: self.custom_id.clone(), least, most: self.most, given })
    }

    fn sent(&self, text: &str) -> Value {
        let input = json!({ "type": kind::TEXT_INPUT, "custom_id": self.custom_id, "value": text });
        if self.labelled {
            json!({ "type": kind::LABEL, "component": input })
        } else {
            json!({ "type": kind::ROW, "components": [input] })
        }
    }
}

/// Check a filled-in modal and turn it into what the bot is told.
pub(super) fn submit(
    world: &World,
    user: Id,
    modal: &ShownModal,
    values: &[(String, String)],
) -> Result<Deed, CannotDo> {
    if modal.user != user {
        return Err(CannotDo::FillInForeignModal);
    }
    check_visible(world, user, modal.channel)?;
    if let Some((stray, _)) = values.iter().find(|(id, _)| modal.fields.iter().all(|field| field.custom_id != *id)) {
        return Err(CannotDo::FindField(stray.clone()));
    }
    let mut rows = Vec::new();
    for field in &modal.fields {
        let given = values.iter().find(|(id, _)| *id == field.custom_id).map(|(_, text)| text.as_str());
        let text = given.unwrap_or(&field.value);
        field.check(text)?;
        rows.push(field.sent(text));
    }
    Ok(Deed {
        kind: InteractionKind::Modal,
        channel: modal.channel,
        command: None,
        source: modal.source,
        data: json!({ "custom_id": modal.custom_id, "components": rows }),
    })
}
