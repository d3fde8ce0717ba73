//! From a filled form to the command it asks for, row by row of the table.

mod audit;
mod challenges;
mod conduct;
mod convening;
mod deciding;
mod issuing;
mod meeting;
mod referral;
mod safety;

pub use audit::*;
pub use challenges::*;
pub use conduct::*;
pub use convening::*;
pub use deciding::*;
pub use issuing::*;
pub use meeting::*;
pub use referral::*;
pub use safety::*;

use super::{Doing, Form, View};
use crate::domain::command::Command;
use crate::domain::event::Fields;
use crate::domain::people::AgencyKind;
use crate::domain::refusal::Refusal;
use crate::domain::spoken::Spoken;

type Built = Result<Doing, Refusal>;

fn command(command: Command) -> Built {
    Ok(Doing::Command(Box::new(command)))
}

/// A kind of agency by its code.
fn agency_kind(form: &Form<'_>) -> Result<AgencyKind, Refusal> {
    let given = form.needed("kind")?;
    let unknown = || Refusal::NotAChoice { field: "kind".to_owned(), given: given.clone(), choices: Vec::new() };
    serde_json::from_value(serde_json::Value::String(given.clone())).map_err(|_| unknown())
}

pub(super) fn help(_: &Form<'_>) -> Built {
    Ok(Doing::View(View::Help))
}

pub(super) fn mine(_: &Form<'_>) -> Built {
    Ok(Doing::View(View::Mine))
}

/// What was said under the fields of the sharing form; it can't be nothing.
fn said(form: &Form<'_>) -> Result<Fields, Refusal> {
    let fields = form.fields(form.rules.sharing_fields());
    if fields.is_empty() { Err(Refusal::Missing { field: "current".to_owned() }) } else { Ok(fields) }
}

pub(super) fn close(form: &Form<'_>) -> Built {
    command(Command::Close { reason: form.spoken("reason").some(), safety: form.spoken("safety") })
}

pub(super) fn closing(_: &Form<'_>) -> Built {
    Ok(Doing::View(View::Closing))
}

/// Over whatever is open, which the next session takes up (DEC-41).
pub(super) fn close_next(form: &Form<'_>) -> Built {
    let reason = form.rules.catalogue.carries_over.as_deref().map(Spoken::from);
    command(Command::Close { reason, safety: Spoken::default() })
}
