//! Sets a record in type with a template, in this very process. The program does it in [`super::child`] only.

use chrono::{DateTime, Datelike, Timelike};
use serde_json::Value;
use typst::WorldExt;
use typst::comemo;
use typst::diag::SourceDiagnostic;
use typst::foundations::{Datetime, Smart};
use typst::syntax::DiagSpan;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use super::process::Job;
use super::sanitise::sanitised;
use super::world::ClosedWorld;

/// Why a job can't be printed here.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RenderError {
    #[error("the record is no JSON")]
    NoRecord,
    #[error("the date is none a calendar has")]
    NoDate,
    /// The message may quote the document: it is for whoever writes a template, and no log's.
    #[error("the template's line {line:?}: {message}")]
    Template { line: Option<usize>, message: String },
}

/// The PDF: PDF/UA-1 and PDF/A-3a at once, with the record attached as `minutes.json` where the template attaches it.
pub fn render(job: &Job) -> Result<Vec<u8>, RenderError> {
    let options = options(job)?;
    let world = ClosedWorld::new(&job.template, printable(&job.record)?, job.record.clone());
    let compiled = typst::compile::<PagedDocument>(&world).output;
    let pdf = compiled.and_then(|document| typst_pdf::pdf(&document, &options));
    pdf.map_err(|errors| first(&errors, &world))
}

/// Forgets what was worked out for earlier documents and used by none of the last few: the next is often another reader's
/// copy of one of them.
pub fn forget() {
    comemo::evict(4);
}

/// What stands wrong in a template's syntax, each with its line. Whether it can print a record is only found by
/// printing one.
pub fn slips(template: &str) -> Vec<(usize, String)> {
    let world = ClosedWorld::new(template, String::new(), String::new());
    let (slips, _) = world.template().root().errors_and_warnings();
    slips.into_iter().map(|slip| (line_of(&world, slip.span).unwrap_or(1), slip.message.to_string())).collect()
}

/// The record with every character printable.
fn printable(record: &str) -> Result<String, RenderError> {
    let mut printed: Value = serde_json::from_str(record).map_err(|_| RenderError::NoRecord)?;
    sanitised(&mut printed);
    Ok(printed.to_string())
}

fn options(job: &Job) -> Result<PdfOptions, RenderError> {
    let standards = PdfStandards::new(&[PdfStandard::A_3a, PdfStandard::Ua_1]);
    Ok(PdfOptions {
        // Hashed; two documents of one title are not the same document.
        ident: Smart::Custom(job.record.clone()),
        creator: Smart::Custom(Some("convenor".into())),
        timestamp: Some(Timestamp::new_utc(date(job.at_ms).ok_or(RenderError::NoDate)?)),
        standards: standards.expect("one archival and one accessibility standard go together"),
        ..PdfOptions::default()
    })
}

fn date(at_ms: i64) -> Option<Datetime> {
    let at = DateTime::from_timestamp_millis(at_ms)?;
    let part = |part: u32| u8::try_from(part).ok();
    let [month, day] = [part(at.month())?, part(at.day())?];
    let [hour, minute, second] = [part(at.hour())?, part(at.minute())?, part(at.second())?];
    Datetime::from_ymd_hms(at.year(), month, day, hour, minute, second)
}

fn first(errors: &[SourceDiagnostic], world: &ClosedWorld) -> RenderError {
    let line = errors.iter().find_map(|error| line_of(world, error.span));
    let message = errors.first().map(|error| error.message.to_string()).unwrap_or_default();
    RenderError::Template { line, message }
}

/// From 1; `None` where the whole is meant.
fn line_of(world: &ClosedWorld, span: impl Into<DiagSpan>) -> Option<usize> {
    let start = world.range(span)?.start;
    world.template().lines().byte_to_line(start).map(|line| line + 1)
}
