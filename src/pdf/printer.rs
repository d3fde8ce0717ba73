//! The near side of the export: starts the process, gives it the job, waits so long and no longer.

use std::path::PathBuf;
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::process::{ChildStdout, Command};

/// The hidden subcommand that reads a [`Job`] on stdin and writes the PDF on stdout.
pub(super) const SUBCOMMAND: &str = "print-minutes";
/// What the process exits with where the template is at fault; its line, if known, is then on stdout.
pub(super) const BAD_TEMPLATE: u8 = 3;

/// A record of three thousand pages is smaller.
const PDF_BYTES_MAX: u64 = 64 << 20;

/// Processor time beyond the limit on the clock, so that the clock decides and this only ends an orphan.
const SPARE_S: u64 = 5;

/// What is to be printed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Job {
    /// The Typst source, `minutes.typ`.
    pub template: String,
    /// The document value as JSON, as [`crate::minutes::json`] writes it; attached as it is.
    pub record: String,
    /// The document's date, in milliseconds UTC: when the last of its entries was made.
    pub at_ms: i64,
}

/// How much one document may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    pub time: Duration,
    pub memory_bytes: u64,
}

impl Default for Limits {
    /// Many times what the longest minutes took on a slow machine.
    fn default() -> Self {
        Self { time: Duration::from_secs(120), memory_bytes: 1 << 30 }
    }
}

/// Why there is no PDF. Holds nothing of the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PrintError {
    #[error("minutes.typ can't be used{}", .line.map(|line| format!(": see its line {line}")).unwrap_or_default())]
    BadTemplate {
        /// From 1, where it is known.
        line: Option<usize>,
    },
    #[error("the export took longer than {0:?}")]
    TooSlow(Duration),
    #[error("the PDF is larger than {PDF_BYTES_MAX} bytes")]
    TooLarge,
    /// It panicked, or met the limit on its memory.
    #[error("the export's process died ({0})")]
    Died(ExitStatus),
    #[error("the export's process can't be run ({0})")]
    NotRun(std::io::ErrorKind),
}

/// Makes PDFs in a process of its own, one process a document.
#[derive(Debug, Clone)]
pub struct Printer {
    program: PathBuf,
    limits: Limits,
}

impl Printer {
    /// With `program` as the process; it must understand the hidden subcommand.
    pub fn new(program: PathBuf, limits: Limits) -> Self {
        Self { program, limits }
    }

    /// With the running program itself as the process. `None` where it was built without PDF.
    pub fn of_this_program() -> Option<Self> {
        let program = std::env::current_exe().ok().filter(|_| cfg!(feature = "pdf"))?;
        Some(Self::new(program, Limits::default()))
    }

    /// The PDF, within the limits. Dropping the future ends the process.
    pub async fn print(&self, job: &Job) -> Result<Vec<u8>, PrintError> {
        let printed = tokio::time::timeout(self.limits.time, self.run(job)).await;
        printed.unwrap_or(Err(PrintError::TooSlow(self.limits.time)))
    }

    async fn run(&self, job: &Job) -> Result<Vec<u8>, PrintError> {
        let not_run = |error: std::io::Error| PrintError::NotRun(error.kind());
        let mut child = self.command().spawn().map_err(not_run)?;
        let mut stdin = child.stdin.take().expect("stdin is a pipe");
        let stdout = child.stdout.take().expect("stdout is a pipe");
        let job = serde_json::to_vec(job).expect("three strings and a number are JSON");
        // One that died early doesn't read on; its exit says why.
        let _ = stdin.write_all(&job).await;
        drop(stdin);
        let written = all_of(stdout).await.map_err(not_run)?;
        if written.len() as u64 > PDF_BYTES_MAX {
            return Err(PrintError::TooLarge);
        }
        let status = child.wait().await.map_err(not_run)?;
        match status.code() {
            Some(0) => Ok(written),
            Some(code) if code == i32::from(BAD_TEMPLATE) => {
                Err(PrintError::BadTemplate { line: String::from_utf8_lossy(&written).trim().parse().ok() })
            }
            _ => Err(PrintError::Died(status)),
        }
    }

    /// It gets none of our environment, where secrets are, and what it says of a panic is lost: it may quote.
    fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        command.arg(SUBCOMMAND).arg("--memory-bytes").arg(self.limits.memory_bytes.to_string());
        command.arg("--seconds").arg((self.limits.time.as_secs() + SPARE_S).to_string());
        command.env_clear().env("RAYON_NUM_THREADS", "1");
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).kill_on_drop(true);
        command
    }
}

async fn all_of(stdout: ChildStdout) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    stdout.take(PDF_BYTES_MAX + 1).read_to_end(&mut bytes).await?;
    Ok(bytes)
}
