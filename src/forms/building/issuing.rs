//! What is done with a record: signed, sent out, read, put right and filed.

use serde::{Deserialize, Serialize};

use super::{Built, command};
use crate::domain::command::Command;
use crate::domain::event::CopyKind;
use crate::domain::family_draft::FamilyLine;
use crate::domain::ids::CorrectionId;
use crate::domain::issuing::Endorsement;
use crate::domain::referral::choices;
use crate::domain::refusal::Refusal;
use crate::domain::spoken::Spoken;
use crate::forms::{Doing, Form, View};

/// What somebody the chair names gets, by its code.
pub const GETS: [&str; 3] = ["common", "extract", NONE];
const NONE: &str = "none";

choices! {
    /// How a copy is had.
    CopyAs {
        Record = "record",
        /// The text of the form in the authority's case system (MIN-20).
        Form = "form",
        /// A file to take away, as are the two after it (MIN-27, MIN-30).
        Pdf = "pdf",
        Word = "word",
        Page = "page",
        /// The next session for a calendar: its reference and time, and nothing of the case.
        Calendar = "calendar",
    }
}

pub fn case_history(_: &Form<'_>) -> Built {
    command(Command::ReadHistory)
}

pub fn sign(form: &Form<'_>) -> Built {
    command(Command::Sign { session: form.session()?, untitled: false })
}

pub fn sign_untitled(form: &Form<'_>) -> Built {
    command(Command::Sign { session: form.session()?, untitled: true })
}

pub fn circulate(form: &Form<'_>) -> Built {
    command(Command::Circulate { session: form.session()?, owners: None })
}

pub fn circulate_full(form: &Form<'_>) -> Built {
    command(Command::Circulate { session: form.session()?, owners: Some(CopyKind::Common) })
}

pub fn circulate_extract(form: &Form<'_>) -> Built {
    command(Command::Circulate { session: form.session()?, owners: Some(CopyKind::Extract) })
}

pub fn copy(form: &Form<'_>) -> Built {
    let version = if form.has("version") { Some(form.number("version")?) } else { None };
    command(Command::OpenCopy { session: form.session()?, version, child: form.child("child_file")? })
}

pub fn family_draft(form: &Form<'_>) -> Built {
    command(Command::OpenFamilyDraft { session: form.session()? })
}

/// All that isn't kept from the family.
pub fn family_tick_all(form: &Form<'_>) -> Built {
    command(Command::TickFamilyLines { session: form.session()?, line: None, ticked: true })
}

pub fn family_tick(form: &Form<'_>) -> Built {
    let line = Some(family_line(form)?);
    command(Command::TickFamilyLines { session: form.session()?, line, ticked: true })
}

pub fn family_untick(form: &Form<'_>) -> Built {
    let line = Some(family_line(form)?);
    command(Command::TickFamilyLines { session: form.session()?, line, ticked: false })
}

pub fn family_lift(form: &Form<'_>) -> Built {
    let (line, reason) = (family_line(form)?, form.spoken("reason"));
    command(Command::LiftFamilyEmbargo { session: form.session()?, line, reason })
}

fn family_line(form: &Form<'_>) -> Result<FamilyLine, Refusal> {
    let code = form.answers.get("family_line").map(String::as_str).unwrap_or_default();
    code.parse().map_err(|_| Refusal::UnknownFamilyLine)
}

pub fn endorse(form: &Form<'_>) -> Built {
    endorsed(form, true)
}

pub fn endorse_not(form: &Form<'_>) -> Built {
    endorsed(form, false)
}

fn endorsed(form: &Form<'_>, agrees: bool) -> Built {
    let what = form.needed_choice("endorsement", Endorsement::from_code)?;
    command(Command::Endorse { session: form.session()?, what, agrees, reason: form.spoken("reason") })
}

pub fn correction(form: &Form<'_>) -> Built {
    command(Command::RequestCorrection { session: form.session()?, text: form.spoken("should_read") })
}

pub fn accept_correction(form: &Form<'_>) -> Built {
    answered(form, true, Spoken::default())
}

pub fn refuse_correction(form: &Form<'_>) -> Built {
    answered(form, false, form.spoken("reason"))
}

fn answered(form: &Form<'_>, accepted: bool, words: Spoken) -> Built {
    let correction = CorrectionId(form.number("correction")?);
    command(Command::AnswerCorrection { session: form.session()?, correction, accepted, words })
}

/// Somebody is named, or was with the button.
pub fn recipient(form: &Form<'_>) -> Built {
    let person = form.named.people.get("person").cloned().map(Box::new);
    if form.has("person") && person.is_none() {
        return Err(Refusal::NotEnrolledHere { field: "person".to_owned() });
    }
    let who = if form.has("who") { Some(form.whose("who")?) } else { None };
    let copy = match form.answers.get("gets").map(String::as_str) {
        Some(NONE) => None,
        _ => Some(form.choice("gets", CopyKind::from_code)?.unwrap_or(CopyKind::Common)),
    };
    command(Command::ChooseRecipient { session: form.session()?, who, person, copy, reason: form.spoken("reason") })
}

pub fn recipients(_: &Form<'_>) -> Built {
    Ok(Doing::View(View::Recipients))
}

pub fn case_note(_: &Form<'_>) -> Built {
    Ok(Doing::View(View::CaseNote))
}

pub fn filed(form: &Form<'_>) -> Built {
    command(Command::ConfirmFiled { session: form.session()? })
}

pub fn close_case(_: &Form<'_>) -> Built {
    command(Command::CloseCase { not_held: false, reason: Spoken::default() })
}

/// Over a session that was planned and neither held nor cancelled (REV-10).
pub fn close_not_held(form: &Form<'_>) -> Built {
    command(Command::CloseCase { not_held: true, reason: form.spoken("reason") })
}
