//! Looking at records from outside, and judging them.

use super::{Built, command};
use crate::domain::audit::{Judgement, Viewed};
use crate::domain::command::Command;
use crate::forms::Form;

pub fn audit_sheet(form: &Form<'_>) -> Built {
    command(Command::ViewForAudit { session: form.session()?, viewed: Viewed::Sheet })
}

pub fn audit_learning(form: &Form<'_>) -> Built {
    command(Command::ViewForAudit { session: form.session()?, viewed: Viewed::Learning })
}

pub fn judge(form: &Form<'_>) -> Built {
    let judgement = form.needed_choice("judgement", Judgement::from_code)?;
    command(Command::Judge { session: form.session()?, judgement, words: form.spoken("judged_why") })
}
