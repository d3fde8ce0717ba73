//! The door, the round and the questions.

use super::{Built, command, said};
use crate::domain::command::Command;
use crate::domain::floor::{MoveOnReason, Source};
use crate::domain::gaps::HISTORY;
use crate::domain::ids::{ContributionId, QuestionId};
use crate::forms::{Doing, Form, View};

pub fn door(_: &Form<'_>) -> Built {
    Ok(Doing::View(View::Door))
}

pub fn look_up(_: &Form<'_>) -> Built {
    command(Command::LookUp)
}

pub fn confirm_meeting(_: &Form<'_>) -> Built {
    command(Command::ConfirmMeeting)
}

pub fn not_mine(_: &Form<'_>) -> Built {
    command(Command::NotMine)
}

pub fn introduce(form: &Form<'_>) -> Built {
    command(Command::Introduce { authorised: form.flag("authorised"), basis: form.spoken("basis") })
}

pub fn open(_: &Form<'_>) -> Built {
    command(Command::Open)
}

pub fn share(form: &Form<'_>) -> Built {
    let relayed = form.has("source_name") || form.has("source_agency");
    let source = relayed.then(|| Source {
        name: form.spoken("source_name"),
        role: form.spoken("source_role"),
        agency: form.spoken("source_agency"),
        by: form.spoken("source_by"),
    });
    command(Command::Share { seat: form.seat("for")?, on_behalf_of: source, fields: said(form)? })
}

/// One question put to a speaker, answered by itself.
pub fn part(form: &Form<'_>) -> Built {
    let fields = form.prompt_fields(&form.needed("prompt")?)?;
    command(Command::Share { seat: form.seat("for")?, on_behalf_of: None, fields })
}

pub fn history(form: &Form<'_>) -> Built {
    let fields = form.fields([HISTORY.to_owned()]);
    command(Command::Share { seat: form.seat("for")?, on_behalf_of: None, fields })
}

pub fn read_back(form: &Form<'_>) -> Built {
    command(Command::ReadBack { contribution: ContributionId(form.number("contribution")?) })
}

pub fn finish(form: &Form<'_>) -> Built {
    command(Command::Finish { turn: form.turn() })
}

pub fn nothing_held(form: &Form<'_>) -> Built {
    command(Command::NothingHeld { turn: form.turn() })
}

pub fn move_on(form: &Form<'_>) -> Built {
    let reason = form.needed_choice("reason", MoveOnReason::from_code)?;
    command(Command::MoveOn { turn: form.turn(), reason })
}

pub fn read_out(_: &Form<'_>) -> Built {
    command(Command::ReadOut)
}

pub fn order(form: &Form<'_>) -> Built {
    command(Command::SetOrder { order: form.order("order")? })
}

pub fn take_first(form: &Form<'_>) -> Built {
    command(Command::TakeFirst { seat: form.needed_seat("who")? })
}

pub fn leave(_: &Form<'_>) -> Built {
    command(Command::Leave)
}

pub fn leave_by(form: &Form<'_>) -> Built {
    command(Command::LeaveBy { at: form.needed_time("leave_at")?, first: form.flag("first") })
}

pub fn ask(form: &Form<'_>) -> Built {
    command(Command::Ask { to: form.addressee("to")?, text: form.spoken("question") })
}

pub fn reply(form: &Form<'_>) -> Built {
    command(Command::AnswerQuestion { question: QuestionId(form.number("question")?), text: form.spoken("answer") })
}

pub fn put(form: &Form<'_>) -> Built {
    command(Command::PutQuestion { question: QuestionId(form.number("question")?), to: form.addressee("to")? })
}

pub fn give_up(form: &Form<'_>) -> Built {
    command(Command::GiveUpQuestion { question: QuestionId(form.number("question")?) })
}

pub fn no_questions(_: &Form<'_>) -> Built {
    command(Command::NoQuestions)
}

pub fn parked(_: &Form<'_>) -> Built {
    Ok(Doing::View(View::Parked))
}

pub fn next(_: &Form<'_>) -> Built {
    command(Command::Advance)
}

pub fn explain(form: &Form<'_>) -> Built {
    command(Command::ExplainSkipped { reason: form.spoken("reason") })
}
