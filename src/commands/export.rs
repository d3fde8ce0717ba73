//! `convenor export CODE-NAME`: a case's journal as encrypted lines, which `verify` checks without a key.
//!
//! It holds when each entry was made and of what kind it is; what was said, and who said it, stays encrypted.

use std::path::PathBuf;

use super::{Ending, Environment, Problem, installed, no_use};

#[derive(Debug, clap::Args)]
pub struct Flags {
    /// The case's code name.
    #[arg(value_name = "CODE-NAME")]
    case: String,
    /// The file to write, which ends in .jsonl.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

/// Writes the file and says where the chain ends.
pub async fn run(flags: &Flags, environment: &Environment) -> Result<Ending, Problem> {
    let installed = installed::open(environment).await?;
    let store = &installed.store;
    let broke = |error| installed::unusable(&environment.database_url(), &error);
    let row = installed.case(environment, &flags.case).await?;
    let name = &row.code_name;
    let lines = store.export_jsonl(&row.case).await.map_err(broke)?;
    let head = store.head(&row.case).await.map_err(broke)?;
    store.close().await;
    let text = lines.iter().map(|line| format!("{line}\n")).collect::<String>();
    std::fs::write(&flags.out, text).map_err(|error| {
        no_use(format!("{} can't be written ({}); name another file with --out", flags.out.display(), error.kind()))
    })?;
    println!("{name}: {} entries, head {head}, in {}", lines.len(), flags.out.display());
    Ok(Ending::Fine)
}
