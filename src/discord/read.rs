//! From what Discord delivers to what a person asked: pure, and the same for the gateway and for an endpoint.

use crate::app::asking::Asked;
use crate::domain::ids::{AccountId, CodeName};
use crate::domain::refusal::Refusal;
use crate::forms::{Answers, Row, long, row, row_at};
use crate::room::press::{PICK, Press};

use super::interaction::{Kind, RawInteraction};

/// What an interaction asks for.
pub enum Reading {
    Ask(Asked),
    /// Suggestions for one option.
    Suggest(Asked, String),
    /// It names nothing this version knows: an old button, or a command since renamed.
    Unknown(Refusal),
    /// Nobody asked anything.
    Nothing,
}

/// Reads one interaction.
pub fn read(raw: &RawInteraction) -> Reading {
    match &raw.kind {
        Kind::Ping => Reading::Nothing,
        Kind::Command { path, options } => match row_of(path) {
            Some(row) => Reading::Ask(asked(raw, row, options.iter().cloned().collect(), Words::Options)),
            None => Reading::Unknown(Refusal::Outdated),
        },
        Kind::Autocomplete { path, options, focused } => match row_of(path) {
            Some(row) => {
                Reading::Suggest(asked(raw, row, options.iter().cloned().collect(), Words::Options), focused.clone())
            }
            None => Reading::Nothing,
        },
        Kind::Component { custom_id, values } => pressed(
            raw,
            custom_id,
            |answers| {
                let picked = answers.remove(PICK);
                if let Some(picked) = picked.filter(|_| !values.is_empty()) {
                    let field = picked.split('.').next().unwrap_or_default();
                    answers.insert(field.to_owned(), values.join(","));
                }
            },
            Words::None,
        ),
        Kind::Modal { custom_id, fields } => {
            pressed(raw, custom_id, |answers| answers.extend(fields.iter().cloned()), Words::Modal)
        }
    }
}

/// Where words could have come from so far.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Words {
    None,
    Options,
    Modal,
}

fn row_of(path: &[String]) -> Option<&'static Row> {
    match path {
        [top] => row_at(top, None),
        [top, sub] => row_at(top, Some(sub)),
        _ => None,
    }
}

fn pressed(raw: &RawInteraction, id: &str, fill: impl FnOnce(&mut Answers), words: Words) -> Reading {
    let Ok(press) = id.parse::<Press>() else { return Reading::Unknown(Refusal::Outdated) };
    let Some(row) = row(&press.row) else { return Reading::Unknown(Refusal::Outdated) };
    let mut answers = long(row, &press.known);
    fill(&mut answers);
    let mut asked = asked(raw, row, answers, words);
    asked.case = Some(press.case).filter(|case| case.0 != "-");
    Reading::Ask(asked)
}

fn asked(raw: &RawInteraction, row: &'static Row, mut answers: Answers, words: Words) -> Asked {
    let case = answers.remove("case").map(|name| CodeName(name.trim().to_lowercase()));
    let typed = words == Words::Modal
        || (words == Words::Options
            && row.fields.iter().any(|field| field.kind.is_typed() && answers.contains_key(field.key)));
    Asked {
        interaction: raw.id.to_string(),
        account: AccountId(raw.user.map_or(0, |user| user.get())),
        channel: raw.channel.map(|channel| channel.to_string()),
        case,
        row,
        answers,
        typed,
    }
}
