//! Immediate danger, and what is done about it at once.

use super::{Built, command};
use crate::domain::command::Command;
use crate::domain::decision::{ActionEntered, DangerKind, Entry};
use crate::domain::ids::{ActionNo, AlertId};
use crate::domain::refusal::Refusal;
use crate::domain::spoken::Spoken;
use crate::forms::Form;

pub fn danger(form: &Form<'_>) -> Built {
    command(Command::RaiseDanger { danger: form.needed_choice("danger", DangerKind::from_code)? })
}

pub fn danger_text(form: &Form<'_>) -> Built {
    command(Command::DescribeDanger { alert: alert(form)?, text: form.spoken("text") })
}

pub fn acknowledge(form: &Form<'_>) -> Built {
    command(Command::AcknowledgeDanger { alert: alert(form)? })
}

pub fn false_alarm(form: &Form<'_>) -> Built {
    command(Command::MarkFalseAlarm { alert: alert(form)?, reason: form.spoken("reason") })
}

/// A time nobody could read is kept in words: it stops nothing (SAFE-05).
pub fn at_once(form: &Form<'_>) -> Built {
    let time = |key: &str| form.time(key).ok().flatten();
    let with_time = |words: Spoken, key: &str| match time(key) {
        None if !form.line(key).is_empty() => Spoken::new(format!("{} ({})", words.words(), form.line(key)).trim()),
        _ => words,
    };
    let alert = if form.answers.contains_key("alert") { Some(alert(form)?) } else { None };
    command(Command::Enter(Box::new(Entry::Action(ActionEntered {
        what: with_time(form.spoken("what"), "due"),
        owner: form.seat("owner")?,
        owner_words: with_time(form.spoken("on_call"), "find_by"),
        found_by: form.seat("found_by")?,
        find_by: time("find_by"),
        due: time("due"),
        day_alone: form.is_day_alone("due"),
        immediate: true,
        alert,
        ..ActionEntered::numbered(ActionNo(0))
    }))))
}

pub fn name_owner(form: &Form<'_>) -> Built {
    let (action, owner) = (ActionNo(form.number("action")?), form.seat("owner")?);
    command(Command::NameOwner { action, owner, words: form.spoken("on_call") })
}

fn alert(form: &Form<'_>) -> Result<AlertId, Refusal> {
    form.number("alert").map(AlertId)
}
