//! The slash commands as Discord is told of them, made from the command table.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use serenity::model::id::{ApplicationId, GuildId};

use crate::domain::facts::Rules;
use crate::forms::{Field, Kind, More, Row, rows, speaker_fields};
use crate::room::message::shortened;
use crate::wording::Wording;

use super::courier::{Courier, Failure};

/// The longest description, and the most options, Discord takes.
const DESCRIPTION_MAX: usize = 100;
const OPTIONS_MAX: usize = 25;

/// Puts these commands in place of whatever the guild knew of this application.
pub async fn register(
    courier: &Courier,
    application: ApplicationId,
    guild: u64,
    commands: &[Value],
) -> Result<(), Failure> {
    courier.set_guild_commands(application, GuildId::new(guild), &commands).await.map(drop)
}

/// Every command, ready to be registered in a guild.
pub fn commands(rules: &Rules<'_>, wording: &Wording) -> Vec<Value> {
    let mut tops: BTreeMap<&str, Vec<&Row>> = BTreeMap::new();
    for row in rows() {
        if let Some((top, _)) = row.path {
            tops.entry(top).or_default().push(row);
        }
    }
    tops.into_iter().map(|(top, rows)| command(top, &rows, rules, wording)).collect()
}

fn command(top: &str, rows: &[&Row], rules: &Rules<'_>, wording: &Wording) -> Value {
    let options = match rows {
        [row] if row.path == Some((top, None)) => options(row, rules, wording),
        rows => rows.iter().map(|row| subcommand(row, rules, wording)).collect(),
    };
    let description = describe(wording, &format!("top.{top}"));
    json!({ "name": top, "type": 1, "description": description, "contexts": [0], "options": options })
}

fn subcommand(row: &Row, rules: &Rules<'_>, wording: &Wording) -> Value {
    let name = row.path.and_then(|(_, sub)| sub).unwrap_or(row.key);
    let description = describe(wording, &format!("command.{}", row.key));
    json!({ "type": 1, "name": name, "description": description, "options": options(row, rules, wording) })
}

fn describe(wording: &Wording, key: &str) -> String {
    shortened(&wording.say(key, ()), DESCRIPTION_MAX)
}

/// A row's own fields, as many of those it takes from the catalogue as there is room for, and last the case it is about.
/// Words may be left out here and typed in the modal instead, so only choices can be required; what has no room is
/// asked with a button.
fn options(row: &Row, rules: &Rules<'_>, wording: &Wording) -> Vec<Value> {
    let mut options: Vec<_> = row.fields.iter().map(|field| option(field, wording)).collect();
    if row.more == More::Speaker {
        let free = OPTIONS_MAX - options.len() - usize::from(row.needs_case);
        options.extend(speaker_fields(rules.catalogue.prompts.iter(), None).take(free).map(|(_, field)| {
            let choices = field.choices(rules.procedure);
            let choices =
                choices.map(|choices| choices.into_iter().map(|choice| (choice.code, choice.label)).collect());
            typed_option(&field.key, &field.label, choices)
        }));
    }
    if row.needs_case {
        let description = describe(wording, "field.case");
        options.push(json!({ "type": 3, "name": "case", "description": description, "autocomplete": true }));
    }
    options
}

fn option(field: &Field, wording: &Wording) -> Value {
    let label = describe(wording, &format!("field.{}", field.key));
    match field.kind {
        Kind::Choice(set, codes) => {
            let named = |code: &str| (code.to_owned(), wording.say(&format!("choice.{set}.{code}"), ()));
            typed_option(field.key, &label, Some(codes().into_iter().map(named).collect()))
        }
        Kind::Line | Kind::Text | Kind::Time | Kind::PastTime | Kind::Case => typed_option(field.key, &label, None),
        Kind::Flag => json!({ "type": 5, "name": field.key, "description": label }),
        Kind::User => json!({ "type": 6, "name": field.key, "description": label }),
        Kind::Number => json!({ "type": 4, "name": field.key, "description": label }),
        _ => json!({ "type": 3, "name": field.key, "description": label, "autocomplete": true }),
    }
}

fn typed_option(key: &str, label: &str, choices: Option<Vec<(String, String)>>) -> Value {
    let mut option = json!({ "type": 3, "name": key, "description": shortened(label, DESCRIPTION_MAX) });
    if let Some(choices) = choices {
        let choices = choices.into_iter().map(|(code, label)| json!({ "name": shortened(&label, 100), "value": code }));
        option["choices"] = choices.collect();
    }
    option
}
