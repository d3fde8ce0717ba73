//! The bot's first answer to an interaction: once, in time, and of a kind that fits.

use serde_json::{Value, json};

use super::{Outcome, Reply, Request};
use crate::rehearsal::workspace::Id;
use crate::rehearsal::workspace::errors::{self, ApiError};
use crate::rehearsal::workspace::forms::{Complaints, MessageForm, check_modal, read_message, under};
use crate::rehearsal::workspace::limits::{CHOICE_CHARS_MAX, OPTIONS_MAX};
use crate::rehearsal::workspace::people::{Choice, SeenMessage, ShownModal};
use crate::rehearsal::workspace::posting::{KIND_COMMAND, KIND_REPLY, NewMessage};
use crate::rehearsal::workspace::state::{FLAG_EPHEMERAL, Initial, Interaction, InteractionKind, Message, World};

/// The numbers the platform gives to kinds of answer.
mod kind {
    pub const REPLY: u64 = 4;
    pub const DEFERRED_REPLY: u64 = 5;
    pub const DEFERRED_UPDATE: u64 = 6;
    pub const UPDATE: u64 = 7;
    pub const CHOICES: u64 = 8;
    pub const MODAL: u64 = 9;
}

/// The kinds of answer that fit an interaction; a modal never follows a modal.
fn fitting(interaction: &Interaction) -> &'static [u64] {
    match (interaction.kind, interaction.source) {
        (InteractionKind::Command, _) => &[kind::REPLY, kind::DEFERRED_REPLY, kind::MODAL],
        (InteractionKind::Component, _) => {
            &[kind::REPLY, kind::DEFERRED_REPLY, kind::DEFERRED_UPDATE, kind::UPDATE, kind::MODAL]
        }
        (InteractionKind::Autocomplete, _) => &[kind::CHOICES],
        (InteractionKind::Modal, Some(_)) => &[kind::REPLY, kind::DEFERRED_REPLY, kind::DEFERRED_UPDATE, kind::UPDATE],
        (InteractionKind::Modal, None) => &[kind::REPLY, kind::DEFERRED_REPLY],
    }
}

pub fn answer(world: &mut World, request: &Request) -> Outcome {
    let interaction = find(world, request)?;
    let mut complaints = Complaints::default();
    complaints.one_of("type", &request.body["type"], fitting(&interaction));
    complaints.finish()?;
    let number = request.body["type"].as_u64().unwrap_or(0);
    let (initial, original) = apply(world, &interaction, number, &request.body["data"])?;
    let acknowledged_after = Some(interaction.created.elapsed());
    if let Some(kept) = world.interactions.get_mut(&interaction.id) {
        kept.initial = Some(initial);
        kept.original = original;
        kept.acknowledged_after = acknowledged_after;
    }
    if request.query.get("with_response").is_some_and(|value| value == "true") {
        return Ok(Reply::ok(resource(world, &interaction, number, original)));
    }
    Ok(Reply::nothing())
}

/// The interaction, if it is still waiting for its first answer.
fn find(world: &World, request: &Request) -> Result<Interaction, ApiError> {
    let id = request.id("interaction")?;
    let interaction = world.interactions.get(&id).filter(|found| found.token == request.place("token"));
    let interaction = interaction.ok_or(errors::UNKNOWN_INTERACTION)?;
    if interaction.initial.is_some() {
        return Err(errors::ALREADY_ACKNOWLEDGED);
    }
    if interaction.given_up || interaction.created.elapsed() > world.options.answer_within {
        return Err(errors::UNKNOWN_INTERACTION);
    }
    Ok(interaction.clone())
}

/// Do what the answer says: what the person sees, and what `@original` will mean.
fn apply(
    world: &mut World,
    interaction: &Interaction,
    number: u64,
    data: &Value,
) -> Result<(Initial, Option<Id>), ApiError> {
    match number {
        kind::REPLY => {
            let form = read_message(data, "data")?;
            let message = world.post(reply(interaction, form))?;
            Ok((Initial::Reply(SeenMessage::of(&message)), Some(message.id)))
        }
        kind::DEFERRED_REPLY => {
            let form = MessageForm { flags: data["flags"].as_u64().unwrap_or(0), ..MessageForm::default() };
            let message = world.post_loading(reply(interaction, form));
            Ok((Initial::Deferred, Some(message.id)))
        }
        kind::UPDATE => {
            let form = read_message(data, "data")?;
            let message = world.revise(interaction.source.ok_or(errors::UNKNOWN_MESSAGE)?, form)?;
            Ok((Initial::Updated(SeenMessage::of(&message)), Some(message.id)))
        }
        kind::CHOICES => Ok((Initial::Choices(read_choices(&data["choices"])?), None)),
        kind::MODAL => {
            check_modal(data)?;
            Ok((Initial::Modal(ShownModal::of(interaction, data)), None))
        }
        _ => Ok((Initial::DeferredUpdate, interaction.source)),
    }
}

/// A message in answer to an interaction; it is private if the flags say so.
pub fn reply(interaction: &Interaction, mut form: MessageForm) -> NewMessage {
    let private_to = (form.flags & FLAG_EPHEMERAL != 0).then_some(interaction.user);
    let kind = if interaction.kind == InteractionKind::Command { KIND_COMMAND } else { KIND_REPLY };
    form.reply_to = interaction.source;
    let (channel, author) = (interaction.channel, interaction.bot);
    NewMessage { channel, author, kind, form, interaction: Some(interaction.id), private_to }
}

fn read_choices(value: &Value) -> Result<Vec<Choice>, ApiError> {
    let mut complaints = Complaints::default();
    let list = complaints.list("data.choices", value, OPTIONS_MAX);
    for (n, choice) in list.iter().enumerate() {
        let path = under("data.choices", n);
        complaints.required_length(&under(&path, "name"), &choice["name"], 1, CHOICE_CHARS_MAX);
        match &choice["value"] {
            Value::Number(_) => {}
            value => complaints.required_length(&under(&path, "value"), value, 1, CHOICE_CHARS_MAX),
        }
    }
    complaints.finish()?;
    Ok(list.iter().map(Choice::of).collect())
}

/// What `with_response=true` answers.
fn resource(world: &World, interaction: &Interaction, number: u64, original: Option<Id>) -> Value {
    let message = original.and_then(|id| world.messages.get(&id));
    let flag = |test: fn(&Message) -> bool| message.is_some_and(test);
    let mut body = json!({
        "interaction": {
            "id": interaction.id, "type": interaction.kind.wire(),
            "response_message_id": message.map(|message| message.id),
            "response_message_loading": flag(Message::is_loading),
            "response_message_ephemeral": flag(|message| message.private_to.is_some()),
        },
        "resource": { "type": number },
    });
    if let Some(message) = message.filter(|_| matches!(number, kind::REPLY | kind::UPDATE)) {
        body["resource"]["message"] = world.message_json(message);
    }
    body
}
