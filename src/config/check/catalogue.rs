//! The prompt catalogue: keys, and what the chat can show.

use super::{ConfigError, Source, is_code, quoted, repeated};
use crate::domain::procedure::Procedure;
use crate::domain::prompt::{AskedOf, Catalogue, Field, FieldKind, Prompt};

/// A form's title and a field's label, in characters.
const LABEL_CHARACTERS_MAX: usize = 45;
/// A key is part of a button's id, which holds 100 characters in all.
const KEY_CHARACTERS_MAX: usize = 32;
const QUESTION_CHARACTERS_MAX: usize = 400;
/// What a modal can hold of what is typed.
const FIELDS_MAX: usize = 5;
/// A choice's label in a menu, in characters, and the choices a menu can hold.
const CHOICE_CHARACTERS_MAX: usize = 100;
const CHOICES_MAX: usize = 25;

pub(super) fn check(catalogue: &Catalogue, source: &Source) -> Vec<ConfigError> {
    let mut errors = Vec::new();
    for key in repeated(catalogue.prompts.iter().map(|prompt| prompt.key.as_str())) {
        errors.push(source.error_at(&key_line(key), format!("the prompt \"{key}\" is there twice; rename one")));
    }
    for prompt in &catalogue.prompts {
        let faults = of_prompt(prompt).into_iter().chain(of_others(prompt, catalogue));
        let faults = faults.chain(prompt.fields.iter().flat_map(of_field));
        errors.extend(
            faults.map(|fault| {
                source.error_at(&key_line(&prompt.key), format!("the prompt \"{}\": {fault}", prompt.key))
            }),
        );
    }
    for group in &catalogue.groups {
        let faults = longer(&group.title, LABEL_CHARACTERS_MAX, "its title");
        errors.extend(
            faults
                .into_iter()
                .map(|fault| source.error_at(&key_line(&group.key), format!("the group \"{}\": {fault}", group.key))),
        );
    }
    errors.extend(shared_form(catalogue, source));
    errors
}

/// Terms of a procedure's own belong to a question, and fit where its own words would stand.
pub(super) fn terms(procedure: &Procedure, catalogue: &Catalogue, source: &Source) -> Vec<ConfigError> {
    let faults = procedure.terms.iter().flat_map(|(key, terms)| {
        let unknown = catalogue.prompt(key).is_none().then(|| "no key of prompts.toml; correct it".to_owned());
        let long = longer(&terms.title, LABEL_CHARACTERS_MAX, "its title").into_iter();
        let long = long.chain(longer(&terms.question, QUESTION_CHARACTERS_MAX, "its question"));
        unknown.into_iter().chain(long).map(move |fault| (key, fault))
    });
    let error = |(key, fault): (&String, String)| {
        let sentence = format!("the terms of \"{key}\": {fault}");
        source.error_at(&format!("[terms.{key}]"), sentence)
    };
    faults.map(error).collect()
}

fn key_line(key: &str) -> String {
    format!("key = {}", quoted(key))
}

fn of_prompt(prompt: &Prompt) -> Vec<String> {
    let mut faults = Vec::new();
    if !is_code(&prompt.key) || prompt.key.len() > KEY_CHARACTERS_MAX {
        faults.push(format!("its key is not lower case with underscores, at most {KEY_CHARACTERS_MAX}; change it"));
    }
    if !is_code(&prompt.section) {
        faults.push(format!("its section {} is not lower case with underscores; change it", quoted(&prompt.section)));
    }
    faults.extend(longer(&prompt.title, LABEL_CHARACTERS_MAX, "its title"));
    faults.extend(longer(&prompt.question, QUESTION_CHARACTERS_MAX, "its question"));
    let typed = prompt.fields.iter().filter(|field| field.is_typed()).count();
    if prompt.fields.is_empty() || typed > FIELDS_MAX {
        faults.push(format!(
            "it has {} fields, {typed} of them typed; give at least 1, and {FIELDS_MAX} typed",
            prompt.fields.len()
        ));
    }
    for key in repeated(prompt.fields.iter().map(|field| field.key.as_str())) {
        faults.push(format!("the field \"{key}\" is there twice; rename one"));
    }
    for field in &prompt.fields {
        let others = field.needed_if.iter().map(|needed| &needed.field).chain(&field.needed_unless);
        let unknown = others.filter(|other| prompt.field(other).is_none());
        faults.extend(unknown.map(|other| format!("\"{}\" depends on \"{other}\", which it lacks", field.key)));
    }
    if let Some(caution) = prompt.caution.as_ref().filter(|caution| prompt.field(&caution.field).is_none()) {
        faults.push(format!("its caution is about \"{}\", a field it lacks; correct it", caution.field));
    }
    if let Some(action) = &prompt.action {
        let when = action.when.as_ref().map(|when| when.field.clone());
        let named = [(&action.how, "how"), (&action.owner, "owner"), (&action.due, "due"), (&when, "when")];
        let named = named.into_iter().filter_map(|(field, part)| Some((field.as_ref()?, part)));
        let unknown = named.filter(|(field, _)| prompt.field(field).is_none());
        faults.extend(
            unknown.map(|(field, part)| format!("its action takes \"{part}\" from \"{field}\", a field it lacks")),
        );
    }
    for id in prompt.requirement.iter().filter(|id| !super::procedure::is_requirement(id)) {
        faults.push(format!("there is no requirement \"{id}\"; correct its number"));
    }
    faults
}

fn of_field(field: &Field) -> Vec<String> {
    let mut faults = Vec::new();
    let what = format!("the label of \"{}\"", field.key);
    if !is_code(&field.key) || field.key.len() > KEY_CHARACTERS_MAX {
        faults.push(format!("the field {} is not lower case with underscores; rename it", quoted(&field.key)));
    }
    faults.extend(longer(&field.label, LABEL_CHARACTERS_MAX, &what));
    let FieldKind::Choice(choices) = &field.kind else { return faults };
    if choices.is_empty() || choices.len() > CHOICES_MAX {
        faults.push(format!("\"{}\" has {} choices; give 1 to {CHOICES_MAX}", field.key, choices.len()));
    }
    for code in repeated(choices.iter().map(|choice| choice.code.as_str())) {
        faults.push(format!("\"{}\" has the choice \"{code}\" twice; rename one", field.key));
    }
    for choice in choices {
        if !is_code(&choice.code) {
            faults.push(format!("the choice {} is not lower case with underscores; rename it", quoted(&choice.code)));
        }
        faults.extend(longer(&choice.label, CHOICE_CHARACTERS_MAX, &format!("the label of \"{}\"", choice.code)));
    }
    faults
}

/// What a prompt says of a group, or of other prompts, has to be there.
fn of_others(prompt: &Prompt, catalogue: &Catalogue) -> Vec<String> {
    let mut faults = Vec::new();
    if let Some(group) = prompt.group.as_ref().filter(|group| catalogue.group(group).is_none()) {
        faults.push(format!("there is no group \"{group}\"; add a [[group]] of that key, or correct it"));
    }
    if let Some(none) = &prompt.none {
        faults.extend(longer(&none.label, LABEL_CHARACTERS_MAX, "what it says where there is nothing"));
    }
    if let Some(field) = prompt.ordered_by.as_ref().filter(|field| prompt.field(field).is_none()) {
        faults.push(format!("it is ordered by \"{field}\", a field it lacks; correct it"));
    }
    let follows = prompt.follows.as_ref().map(|earlier| (&earlier.prompt, &earlier.answer.field));
    let before = prompt.action.as_ref().and_then(|action| action.before.as_ref()).map(|of| (&of.prompt, &of.field));
    let others = follows.into_iter().chain(before);
    let is_there = |of: &str, field: &str| catalogue.prompt(of).is_some_and(|other| other.field(field).is_some());
    let unknown = others.filter(|(of, field)| !is_there(of, field));
    faults.extend(unknown.map(|(of, field)| format!("no prompt \"{of}\" has a field \"{field}\"; correct it")));
    faults
}

/// Speakers' prompts join one form, so a field's key has to be the only one of its name in it.
fn shared_form(catalogue: &Catalogue, source: &Source) -> Vec<ConfigError> {
    let joins = |prompt: &&Prompt| matches!(prompt.asked_of, AskedOf::Speaker | AskedOf::SpeakerOf(_));
    let prompts: Vec<&Prompt> = catalogue.prompts.iter().filter(joins).collect();
    let keys = prompts.iter().flat_map(|prompt| prompt.fields.iter().map(|field| field.key.as_str()));
    let twice = repeated(keys.chain(["current", "history", "views"]));
    let error = |key: &str| {
        let sentence = format!("the field \"{key}\" is in the sharing form twice; rename the one of this file");
        source.error_at(&key_line(key), sentence)
    };
    twice.into_iter().map(error).collect()
}

fn longer(text: &str, most: usize, what: &str) -> Option<String> {
    let length = text.chars().count();
    match length {
        0 => Some(format!("{what} is empty; fill it in")),
        _ if length > most => Some(format!("{what} has {length} characters; give at most {most}")),
        _ => None,
    }
}
