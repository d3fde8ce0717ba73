//! `convenor release CODE-NAME`: sets a case going again whose next post the platform refused.

use super::{Ending, Environment, Problem, installed};
use crate::app::ports::Release;

#[derive(Debug, clap::Args)]
pub struct Flags {
    /// The case's code name.
    #[arg(value_name = "CODE-NAME")]
    case: String,
    /// Leave out what the platform refused and go on with the next.
    #[arg(long)]
    skip: bool,
}

/// A running `serve` notices by itself.
pub async fn run(flags: &Flags, environment: &Environment) -> Result<Ending, Problem> {
    let installed = installed::open(environment).await?;
    let store = &installed.store;
    let broke = |error| installed::unusable(&environment.database_url(), &error);
    let row = installed.case(environment, &flags.case).await?;
    let name = &row.code_name;
    let release = if flags.skip { Release::Skip } else { Release::Retry };
    let released = store.release_lane(&row.case, release).await.map_err(broke)?;
    store.close().await;
    println!("{}", if released { format!("{name} goes on") } else { format!("{name} did not stand still") });
    Ok(Ending::Fine)
}
