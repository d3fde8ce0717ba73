//! The near side of one process that prints: started once, given one job after another.

use std::path::Path;
use std::process::Stdio;

use serde::{Deserialize, Serialize};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};

use super::printer::{Limits, PDF_BYTES_MAX, PrintError};

/// The hidden subcommand that reads [`Job`]s on stdin and answers each on stdout. Both say the length of what follows
/// before it, in eight bytes, the least first; an answer begins with one byte more, that says what it is.
const SUBCOMMAND: &str = "print-minutes";
/// The answer is the PDF.
pub(super) const PRINTED: u8 = 0;
/// The template is at fault; the answer is its line, if known.
pub(super) const BAD_TEMPLATE: u8 = 1;

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

/// Dropping it ends the process.
#[derive(Debug)]
pub(super) struct Process {
    child: Child,
    stdin: ChildStdin,
    stdout: ChildStdout,
}

impl Process {
    /// It gets none of our environment, where secrets are, and what it says of a panic is lost: it may quote.
    pub fn start(program: &Path, limits: &Limits) -> Result<Self, PrintError> {
        let mut command = Command::new(program);
        command.arg(SUBCOMMAND).arg("--memory-bytes").arg(limits.memory_bytes.to_string());
        command.arg("--seconds").arg(limits.time.as_secs().to_string());
        command.env_clear().env("RAYON_NUM_THREADS", "1");
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).kill_on_drop(true);
        let mut child = command.spawn().map_err(not_run)?;
        let stdin = child.stdin.take().expect("stdin is a pipe");
        let stdout = child.stdout.take().expect("stdout is a pipe");
        Ok(Self { child, stdin, stdout })
    }

    /// However long it takes. After an error that isn't the template's the process is no more use.
    pub async fn print(&mut self, job: &Job) -> Result<Vec<u8>, PrintError> {
        let job = serde_json::to_vec(job).expect("two strings and a number are JSON");
        // One that died doesn't read on; its exit says why.
        let _ = self.give(&job).await;
        match self.answer().await {
            Ok((PRINTED, pdf)) => Ok(pdf),
            Ok((BAD_TEMPLATE, line)) => {
                Err(PrintError::BadTemplate { line: String::from_utf8_lossy(&line).parse().ok() })
            }
            Ok(_) => Err(not_run(std::io::ErrorKind::InvalidData.into())),
            Err(Some(error)) => Err(error),
            Err(None) => Err(PrintError::Died(self.child.wait().await.map_err(not_run)?)),
        }
    }

    async fn give(&mut self, job: &[u8]) -> std::io::Result<()> {
        self.stdin.write_u64_le(job.len() as u64).await?;
        self.stdin.write_all(job).await?;
        self.stdin.flush().await
    }

    /// What kind of answer, and the answer; `None` where it ended before it was whole.
    async fn answer(&mut self) -> Result<(u8, Vec<u8>), Option<PrintError>> {
        let kind = self.stdout.read_u8().await.map_err(|_| None)?;
        let length = self.stdout.read_u64_le().await.map_err(|_| None)?;
        if length > PDF_BYTES_MAX {
            return Err(Some(PrintError::TooLarge));
        }
        let mut answer = Vec::new();
        let read = (&mut self.stdout).take(length).read_to_end(&mut answer).await;
        if read.ok() == usize::try_from(length).ok() { Ok((kind, answer)) } else { Err(None) }
    }
}

fn not_run(error: std::io::Error) -> PrintError {
    PrintError::NotRun(error.kind())
}
