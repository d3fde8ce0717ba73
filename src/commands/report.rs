//! `convenor report`: counts and charts of a period, for whoever answers for the service. It names no case and nobody.

use std::path::PathBuf;
use std::sync::Arc;

use chrono::NaiveDate;

use super::machine::MachineClock;
use super::{Ending, Environment, Problem, installed, machine, no_use};
use crate::app::execute::App;
use crate::app::ports::StoreError;
use crate::audit::Report;
use crate::domain::audit::Period;

#[derive(Debug, clap::Args)]
pub struct Flags {
    /// The first day: 2026-12-01.
    #[arg(long, value_name = "DAY")]
    from: NaiveDate,
    /// The last day: 2026-12-31.
    #[arg(long, value_name = "DAY")]
    to: NaiveDate,
    /// A folder for report.md and its five charts; it is made where there is none.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// A folder whose files take the place of the configuration that comes with the program.
    #[arg(long, value_name = "DIR")]
    config: Option<PathBuf>,
}

/// Writes the report over every session of the period; beside a running `serve`, too.
pub async fn run(flags: &Flags, environment: &Environment) -> Result<Ending, Problem> {
    let config = super::config(flags.config.as_deref())?;
    let installed = installed::open(environment).await?;
    let broke = |error: StoreError| installed::unusable(&environment.database_url(), &error);
    let procedure = config.settings.procedure.clone();
    let store = Arc::clone(&installed.store);
    let app = App::new(store, Arc::new(MachineClock), Arc::new(config), &procedure, machine::chance(), Box::new(|| ()));
    let app = app.ok_or_else(|| no_use(format!("there is no procedure called {procedure}")))?;
    let period = Period { from: flags.from.min(flags.to), to: flags.from.max(flags.to) };
    let cases = app.every_case().await.map_err(broke)?;
    let found: Vec<_> = app.sittings(&cases, period).into_iter().map(|(_, sitting)| sitting).collect();
    let (wording, least) = (&app.book().wording, app.book().procedure.audit.least_shown);
    let files = Report::over(&found, period, least, wording).files();
    installed.store.close().await;
    let unwritten = |error: std::io::Error| {
        no_use(format!("{} can't be written ({}); name another folder with --out", flags.out.display(), error.kind()))
    };
    std::fs::create_dir_all(&flags.out).map_err(unwritten)?;
    for (name, text) in &files {
        std::fs::write(flags.out.join(name), text).map_err(unwritten)?;
    }
    println!("{} files in {}: report.md and its charts", files.len(), flags.out.display());
    Ok(Ending::Fine)
}
