//! Immediate danger.

use super::{Built, command};
use crate::domain::command::Command;
use crate::domain::decision::DangerKind;
use crate::domain::ids::AlertId;
use crate::domain::refusal::Refusal;
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

fn alert(form: &Form<'_>) -> Result<AlertId, Refusal> {
    form.number("alert").map(AlertId)
}
