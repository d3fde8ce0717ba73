//! `convenor verify PATH`: whether a record still is what was recorded. It needs no key.

use super::environment::sqlite_file;
use super::{Ending, Problem, no_use};
use crate::store::chain::{Head, verify_jsonl};
use crate::store::{VerifyError, verify_database, without_password};

#[derive(Debug, clap::Args)]
pub struct Flags {
    /// A database (a path, sqlite:PATH or another address), or a journal.jsonl.
    #[arg(value_name = "PATH")]
    path: String,
}

/// Names the first entry that does not hold, or states what was checked and where each chain ends.
pub async fn run(flags: &Flags) -> Result<Ending, Problem> {
    let path = flags.path.as_str();
    let checked = if path.ends_with(".jsonl") { of_file(path)? } else { of_database(path).await? };
    let heads = match checked {
        Ok(heads) => heads,
        Err(broken) => {
            println!("broken: {broken}");
            return Ok(Ending::FellShort);
        }
    };
    for head in &heads {
        println!("case {}: {} entries, head {}", head.case, head.entries, head.digest());
    }
    let entries: u64 = heads.iter().map(|head| head.entries).sum();
    println!("cases {}, entries {entries}: every chain holds", heads.len());
    println!(
        "That entries are missing at a chain's end shows only against a head noted elsewhere: compare with the minutes."
    );
    Ok(Ending::Fine)
}

type Checked = Result<Vec<Head>, crate::store::chain::BrokenAt>;

fn of_file(path: &str) -> Result<Checked, Problem> {
    let bytes = std::fs::read(path).map_err(|error| {
        no_use(format!("{path} can't be read ({}); name a journal.jsonl or a database", error.kind()))
    })?;
    Ok(verify_jsonl(&bytes).map(|head| vec![head]))
}

async fn of_database(url: &str) -> Result<Checked, Problem> {
    if sqlite_file(url).is_some_and(|file| !file.exists()) {
        return Err(no_use(format!("there is no file {url}; name a database or a journal.jsonl")));
    }
    match verify_database(url).await {
        Ok(heads) => Ok(Ok(heads)),
        Err(VerifyError::Broken(broken)) => Ok(Err(broken)),
        Err(VerifyError::Store(error)) => {
            Err(no_use(format!("{}: {error}; name a database of convenor's or a journal.jsonl", without_password(url))))
        }
    }
}
