//! Later answers to an interaction: the first one read, edited or deleted, and followups.

use serde_json::Value;

use super::interactions::reply;
use super::{Outcome, Reply, Request};
use crate::rehearsal::workspace::Id;
use crate::rehearsal::workspace::errors::{self, ApiError};
use crate::rehearsal::workspace::forms::{MessageForm, read_message};
use crate::rehearsal::workspace::people::SeenMessage;
use crate::rehearsal::workspace::route::Route;
use crate::rehearsal::workspace::state::{DeferredEnd, Initial, Interaction, Message, World};

/// The interaction a token stands for: answered once already, and not older than its token's life.
fn find(world: &World, request: &Request) -> Result<Interaction, ApiError> {
    if request.id("application")? != world.application.id {
        return Err(errors::UNKNOWN_WEBHOOK);
    }
    let id = world.tokens.get(request.place("token"));
    let interaction = id.and_then(|id| world.interactions.get(id)).ok_or(errors::INVALID_WEBHOOK_TOKEN)?;
    if interaction.created.elapsed() > world.options.token_life {
        return Err(errors::INVALID_WEBHOOK_TOKEN);
    }
    // Before the first answer there is no webhook to speak of.
    if interaction.initial.is_some() { Ok(interaction.clone()) } else { Err(errors::UNKNOWN_WEBHOOK) }
}

/// The message a path means: `@original`, or a followup of the same interaction.
fn message_for(world: &World, request: &Request, interaction: &Interaction) -> Result<Id, ApiError> {
    let is_original = matches!(request.matched.route, Route::GetOriginal | Route::EditOriginal | Route::DeleteOriginal);
    let id = if is_original { interaction.original } else { Some(request.id("message")?) };
    let message = id.and_then(|id| world.messages.get(&id)).ok_or(errors::UNKNOWN_MESSAGE)?;
    let belongs = message.interaction == Some(interaction.id) || interaction.original == Some(message.id);
    if belongs { Ok(message.id) } else { Err(errors::UNKNOWN_MESSAGE) }
}

fn json_of(world: &World, id: Id) -> Value {
    world.messages.get(&id).map_or(Value::Null, |message| world.message_json(message))
}

pub fn create(world: &mut World, request: &Request) -> Outcome {
    let interaction = find(world, request)?;
    let form = with_files(request, read_message(&request.body, "")?);
    if let Some(loading) = still_loading(world, &interaction) {
        let message = write(world, &interaction, loading, form)?;
        return Ok(Reply::ok(world.message_json(&message)));
    }
    let message = world.post(reply(&interaction, form))?;
    Ok(Reply::ok(world.message_json(&message)))
}

/// A followup right after a deferral writes the deferred answer, for old bots' sake.
fn still_loading(world: &World, interaction: &Interaction) -> Option<Id> {
    let original = world.messages.get(&interaction.original?)?;
    (matches!(interaction.initial, Some(Initial::Deferred)) && original.is_loading()).then_some(original.id)
}

pub fn get(world: &World, request: &Request) -> Outcome {
    let interaction = find(world, request)?;
    let id = message_for(world, request, &interaction)?;
    Ok(Reply::ok(json_of(world, id)))
}

pub fn edit(world: &mut World, request: &Request) -> Outcome {
    let interaction = find(world, request)?;
    let id = message_for(world, request, &interaction)?;
    let form = with_files(request, read_message(&request.body, "")?);
    let message = write(world, &interaction, id, form)?;
    Ok(Reply::ok(world.message_json(&message)))
}

fn with_files(request: &Request, form: MessageForm) -> MessageForm {
    MessageForm { files: (!request.files.is_empty()).then(|| request.files.clone()), ..form }
}

/// Change an answer, and let whoever waits for a deferred one know.
fn write(world: &mut World, interaction: &Interaction, id: Id, form: MessageForm) -> Result<Message, ApiError> {
    let message = world.revise(id, form)?;
    let seen = SeenMessage::of(&message);
    end_deferral(world, interaction, id, DeferredEnd::Written(seen));
    Ok(message)
}

fn end_deferral(world: &mut World, interaction: &Interaction, message: Id, end: DeferredEnd) {
    if let Some(kept) = world.interactions.get_mut(&interaction.id).filter(|kept| kept.original == Some(message)) {
        kept.deferred_end.get_or_insert(end);
    }
}

pub fn delete(world: &mut World, request: &Request) -> Outcome {
    let interaction = find(world, request)?;
    let id = message_for(world, request, &interaction)?;
    world.remove_message(id);
    end_deferral(world, &interaction, id, DeferredEnd::Deleted);
    Ok(Reply::nothing())
}
