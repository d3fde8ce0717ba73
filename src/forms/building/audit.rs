//! Looking at records from outside, and judging them.

use super::{Built, command};
use crate::domain::audit::{BreachFinding, Judgement, Period, Viewed};
use crate::domain::command::Command;
use crate::domain::refusal::Refusal;
use crate::forms::{AuditView, Doing, Form, View};

/// How many sessions a sample has where nobody says.
const SAMPLE: u16 = 6;

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

pub fn assess_breach(form: &Form<'_>) -> Built {
    let finding = form.needed_choice("breach_finding", BreachFinding::from_code)?;
    let entry = if form.has("breach_entry") { Some(form.number("breach_entry")?.into()) } else { None };
    command(Command::AssessBreach { entry, finding, words: form.spoken("assessed_why") })
}

pub fn audit_log(_: &Form<'_>) -> Built {
    command(Command::ViewForAudit { session: None, viewed: Viewed::Log })
}

pub fn audit_totals(form: &Form<'_>) -> Built {
    let is_sampled = form.has("size") || form.has("seed");
    let sample = if is_sampled { Some((size(form)?, seed(form)?)) } else { None };
    view(AuditView::Totals { period: period(form)?, sample })
}

pub fn audit_overrides(form: &Form<'_>) -> Built {
    view(AuditView::Overrides(period(form)?))
}

pub fn agency_counts(form: &Form<'_>) -> Built {
    view(AuditView::AgencyCounts(period(form)?))
}

pub fn inspection_list(form: &Form<'_>) -> Built {
    view(AuditView::InspectionList(period(form)?))
}

pub fn audit_sample(form: &Form<'_>) -> Built {
    view(AuditView::Sample { period: period(form)?, size: size(form)?, seed: seed(form)? })
}

fn size(form: &Form<'_>) -> Result<u16, Refusal> {
    if form.has("size") { form.number("size") } else { Ok(SAMPLE) }
}

/// What draws the same sample again, where it is given.
fn seed(form: &Form<'_>) -> Result<Option<u32>, Refusal> {
    let seed = form.has("seed").then(|| form.needed("seed")).transpose()?;
    let seed = seed.map(|given| {
        let unknown = || Refusal::NotAChoice { field: "seed".to_owned(), given: given.clone(), choices: Vec::new() };
        given.parse().map_err(|_| unknown())
    });
    seed.transpose()
}

fn view(view: AuditView) -> Built {
    Ok(Doing::View(View::Audit(view)))
}

/// Two days, whichever of them is given first.
fn period(form: &Form<'_>) -> Result<Period, Refusal> {
    let (from, to) = (form.needed_day("from_day")?, form.needed_day("to_day")?);
    Ok(Period { from: from.min(to), to: from.max(to) })
}
