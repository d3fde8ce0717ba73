//! Pressing buttons and choosing from selects.

use serde_json::{Value, json};

use super::super::Id;
use super::super::forms::components_kind as kind;
use super::super::state::{InteractionKind, Message, World};
use super::resolved::Resolved;
use super::{CannotDo, Deed, check_visible, seen};

/// Press a button of a message.
pub(super) fn press(world: &World, user: Id, message: Id, custom_id: &str) -> Result<Deed, CannotDo> {
    let (message, part) = find(world, user, message, custom_id)?;
    if part["type"].as_u64() != Some(kind::BUTTON) {
        return Err(CannotDo::UseOtherwise(custom_id.to_owned()));
    }
    let data = json!({ "component_type": kind::BUTTON, "custom_id": custom_id });
    Ok(deed(message, data))
}

/// Choose from a select of a message.
pub(super) fn select(world: &World, user: Id, message: Id, custom_id: &str, values: &[&str]) -> Result<Deed, CannotDo> {
    let (message, part) = find(world, user, message, custom_id)?;
    let number = part["type"].as_u64().unwrap_or(0);
    if number == kind::BUTTON {
        return Err(CannotDo::UseOtherwise(custom_id.to_owned()));
    }
    let least = part["min_values"].as_u64().unwrap_or(1);
    let most = part["max_values"].as_u64().unwrap_or(1);
    if !(least..=most).contains(&(values.len() as u64)) {
        return Err(CannotDo::ChooseSoMany { least, most, given: values.len() });
    }
    let mut resolved = Resolved::default();
    for (n, value) in values.iter().enumerate() {
        let offered = is_offered(world, part, number, value, &mut resolved);
        if !offered || values[..n].contains(value) {
            return Err(CannotDo::Choose((*value).to_owned()));
        }
    }
    let mut data = json!({ "component_type": number, "custom_id": custom_id, "values": values });
    if let Some(resolved) = resolved.into_json() {
        data["resolved"] = resolved;
    }
    Ok(deed(message, data))
}

fn deed(message: &Message, data: Value) -> Deed {
    let (kind, channel, source) = (InteractionKind::Component, message.channel, Some(message.id));
    Deed { kind, channel, command: None, source, data }
}

/// A component on a message this person sees, and can use.
fn find<'a>(world: &'a World, user: Id, message: Id, custom_id: &str) -> Result<(&'a Message, &'a Value), CannotDo> {
    let found = world.messages.get(&message).filter(|message| world.sees(user, message));
    let found = found.ok_or(CannotDo::SeeMessage(message))?;
    check_visible(world, user, found.channel)?;
    let part = seen::parts(&found.components).find(|part| part["custom_id"] == custom_id);
    let part = part.ok_or_else(|| CannotDo::FindComponent(custom_id.to_owned()))?;
    if part["disabled"].as_bool().unwrap_or(false) {
        return Err(CannotDo::UseDisabled(custom_id.to_owned()));
    }
    Ok((found, part))
}

fn is_offered(world: &World, part: &Value, number: u64, value: &str, resolved: &mut Resolved) -> bool {
    if number == kind::STRING_SELECT {
        return part["options"].as_array().into_iter().flatten().any(|option| option["value"] == value);
    }
    let Ok(id) = value.parse::<Id>() else { return false };
    match number {
        kind::USER_SELECT => resolved.user(world, id),
        kind::ROLE_SELECT => resolved.role(world, id),
        kind::MENTIONABLE_SELECT => resolved.user(world, id) || resolved.role(world, id),
        kind::CHANNEL_SELECT => resolved.channel(world, id),
        _ => false,
    }
}
