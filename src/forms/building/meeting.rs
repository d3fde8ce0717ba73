//! The door, the round and the questions.

use super::{Built, command, said};
use crate::domain::command::Command;
use crate::domain::floor::{MoveOnReason, Nature, Source};
use crate::domain::gaps::HISTORY;
use crate::domain::ids::{ContributionId, CrossingNo, QuestionId};
use crate::domain::late::Sight;
use crate::domain::refusal::Refusal;
use crate::domain::stage::Stage;
use crate::forms::{Doing, Form, View};
use crate::room::press::STAGE;

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
    let source = Some(source_in(form)).filter(|source| *source != Source::default());
    let (seat, readers) = (form.seat("for")?, form.readers("readers")?);
    command(Command::Share { seat, on_behalf_of: source, fields: said(form)?, readers })
}

/// Whatever is given of it.
fn source_in(form: &Form<'_>) -> Source {
    Source {
        name: form.spoken("source_name"),
        role: form.spoken("source_role"),
        agency: form.spoken("source_agency"),
        by: form.spoken("source_by"),
    }
}

pub fn source(form: &Form<'_>) -> Built {
    let contribution = ContributionId(form.number("contribution")?);
    command(Command::StateSource { contribution, source: source_in(form) })
}

pub fn said_for_me(_: &Form<'_>) -> Built {
    Ok(Doing::View(View::SaidForMe))
}

pub fn right(form: &Form<'_>) -> Built {
    command(Command::ConfirmWords { contribution: ContributionId(form.number("contribution")?) })
}

pub fn correct(form: &Form<'_>) -> Built {
    let contribution = ContributionId(form.number("contribution")?);
    command(Command::CorrectWords { contribution, fields: said(form)? })
}

pub fn right_position(_: &Form<'_>) -> Built {
    command(Command::ConfirmPosition)
}

pub fn mark(form: &Form<'_>) -> Built {
    let nature = form.needed_choice("nature", Nature::from_code)?;
    command(Command::MarkContribution { contribution: ContributionId(form.number("contribution")?), nature })
}

pub fn digest(_: &Form<'_>) -> Built {
    Ok(Doing::View(View::Digest))
}

/// One question put to a speaker, answered by itself.
pub fn part(form: &Form<'_>) -> Built {
    let fields = form.prompt_fields(&form.needed("prompt")?)?;
    command(Command::Share { seat: form.seat("for")?, on_behalf_of: None, fields, readers: None })
}

pub fn history(form: &Form<'_>) -> Built {
    let fields = form.fields([HISTORY.to_owned()]);
    command(Command::Share { seat: form.seat("for")?, on_behalf_of: None, fields, readers: None })
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

pub fn sight(form: &Form<'_>) -> Built {
    let sight = form.needed_choice("sight", Sight::from_code)?;
    command(Command::ChooseSight { seat: form.needed_seat("who")?, sight })
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
    let urgent = form.flag("urgent");
    command(Command::Ask { to: form.addressee("to")?, text: form.spoken("question"), urgent })
}

fn question(form: &Form<'_>) -> Result<QuestionId, Refusal> {
    form.number("question").map(QuestionId)
}

pub fn urgent(form: &Form<'_>) -> Built {
    command(Command::MarkUrgent { question: question(form)? })
}

pub fn read_urgent(_: &Form<'_>) -> Built {
    Ok(Doing::View(View::Urgent))
}

pub fn keep_urgent(form: &Form<'_>) -> Built {
    command(Command::KeepUrgent { question: question(form)? })
}

pub fn question_action(form: &Form<'_>) -> Built {
    command(Command::AllocateQuestion { question: question(form)? })
}

pub fn reply(form: &Form<'_>) -> Built {
    let readers = form.readers("readers")?;
    command(Command::AnswerQuestion { question: question(form)?, text: form.spoken("answer"), readers })
}

pub fn limit(form: &Form<'_>) -> Built {
    command(Command::Limit { item: form.item("item")?, readers: form.readers("readers")? })
}

pub fn mask(form: &Form<'_>) -> Built {
    let (words, shown) = (form.spoken("masked"), form.spoken("shown"));
    command(Command::Mask { words, shown, readers: form.readers("readers")? })
}

pub fn wrong_case(form: &Form<'_>) -> Built {
    command(Command::WrongCase { crossing: form.number("crossing").map(CrossingNo)? })
}

pub fn read_limited(_: &Form<'_>) -> Built {
    command(Command::ReadLimited)
}

pub fn answer_widening(form: &Form<'_>) -> Built {
    command(Command::AnswerWidening { item: form.item("item")?, agrees: form.flag("agrees") })
}

pub fn put(form: &Form<'_>) -> Built {
    command(Command::PutQuestion { question: question(form)?, to: form.addressee("to")? })
}

pub fn give_up(form: &Form<'_>) -> Built {
    command(Command::GiveUpQuestion { question: question(form)? })
}

pub fn no_questions(_: &Form<'_>) -> Built {
    command(Command::NoQuestions)
}

pub fn parked(_: &Form<'_>) -> Built {
    Ok(Doing::View(View::Parked))
}

pub fn next(form: &Form<'_>) -> Built {
    let from = form.answers.get(STAGE).and_then(|stage| Stage::from_key(stage));
    command(Command::Advance { from })
}

pub fn close_round(_: &Form<'_>) -> Built {
    command(Command::CloseRound { reason: None })
}

pub fn close_over_speaker(form: &Form<'_>) -> Built {
    command(Command::CloseRound { reason: Some(form.needed_choice("reason", MoveOnReason::from_code)?) })
}

pub fn return_to(form: &Form<'_>) -> Built {
    command(Command::ReturnTo { seat: form.needed_seat("who")? })
}

pub fn back(_: &Form<'_>) -> Built {
    command(Command::ComeBack)
}

pub fn nudge(_: &Form<'_>) -> Built {
    command(Command::Nudge)
}

pub fn explain(form: &Form<'_>) -> Built {
    command(Command::ExplainSkipped { reason: form.spoken("reason") })
}
