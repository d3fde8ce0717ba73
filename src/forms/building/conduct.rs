//! Adjourning and resuming, the handover, and the chair's seat.

use super::{Built, command};
use crate::domain::adjournment::Interim;
use crate::domain::command::Command;
use crate::forms::Form;

pub fn adjourn(form: &Form<'_>) -> Built {
    let interim = Interim {
        holder: form.spoken("holder"),
        resumes_at: form.time("resumes")?,
        undecided: form.spoken("undecided"),
    };
    command(Command::Adjourn { interim, safety: form.spoken("safety") })
}

pub fn resume(_: &Form<'_>) -> Built {
    command(Command::Resume)
}

pub fn make_handover(_: &Form<'_>) -> Built {
    command(Command::MakeHandover)
}

pub fn read_handover(_: &Form<'_>) -> Built {
    command(Command::ReadHandover)
}

pub fn vice_chair(form: &Form<'_>) -> Built {
    command(Command::NameViceChair { seat: form.needed_seat("who")? })
}

pub fn hand_over(form: &Form<'_>) -> Built {
    command(Command::HandOver { seat: form.needed_seat("who")? })
}

pub fn take_chair(_: &Form<'_>) -> Built {
    command(Command::TakeChair)
}

pub fn still_here(_: &Form<'_>) -> Built {
    command(Command::StillChairing)
}
