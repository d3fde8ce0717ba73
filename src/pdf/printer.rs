//! What the rest of the program prints with: a few processes, each for one document at a time and within its limits.

use std::path::PathBuf;
use std::process::ExitStatus;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::Semaphore;

use super::process::{Job, Process};

/// A record of three thousand pages is smaller.
pub(super) const PDF_BYTES_MAX: u64 = 64 << 20;
/// As many documents are set at once; further ones wait their turn. A whole meeting asks for its copies within the
/// same minute, and each process may take all the memory a document may.
const AT_ONCE: usize = 2;

/// How much one document may take, and how long its process waits for the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    pub time: Duration,
    pub memory_bytes: u64,
    pub kept: Duration,
}

impl Default for Limits {
    /// Many times what the longest minutes took on a slow machine; copies are mostly fetched one soon after the other.
    fn default() -> Self {
        Self { time: Duration::from_secs(120), memory_bytes: 1 << 30, kept: Duration::from_secs(300) }
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

/// Makes PDFs in processes of their own. One that is done with a document is kept for the next: it knows the typefaces,
/// and whatever is the same in the next reader's copy. The last clone takes them with it.
#[derive(Debug, Clone)]
pub struct Printer(Arc<Processes>);

#[derive(Debug)]
struct Processes {
    program: PathBuf,
    limits: Limits,
    turns: Semaphore,
    waiting: Mutex<Waiting>,
}

/// Processes without work, the one that had work last at the end.
#[derive(Debug, Default)]
struct Waiting {
    processes: Vec<(u64, Process)>,
    /// How many have begun to wait; each time one does it gets the next number.
    begun: u64,
}

impl Printer {
    /// With `program` as the process; it must understand the hidden subcommand.
    pub fn new(program: PathBuf, limits: Limits) -> Self {
        let (turns, waiting) = (Semaphore::new(AT_ONCE), Mutex::default());
        Self(Arc::new(Processes { program, limits, turns, waiting }))
    }

    /// With the running program itself as the process. `None` where it was built without PDF.
    pub fn of_this_program() -> Option<Self> {
        let program = std::env::current_exe().ok().filter(|_| cfg!(feature = "pdf"))?;
        Some(Self::new(program, Limits::default()))
    }

    /// The PDF, within the limits once it is its turn. Dropping the future ends its process.
    pub async fn print(&self, job: &Job) -> Result<Vec<u8>, PrintError> {
        let _turn = self.0.turns.acquire().await.expect("turns are never closed");
        if let Some(kept) = self.0.waiting(|waiting| waiting.processes.pop()) {
            // It may have ended while it waited, or be full of earlier documents. A new one tells what this one takes.
            match self.print_with(kept.1, job).await {
                Err(PrintError::Died(_) | PrintError::NotRun(_)) => {}
                told => return told,
            }
        }
        self.print_with(Process::start(&self.0.program, &self.0.limits)?, job).await
    }

    async fn print_with(&self, mut process: Process, job: &Job) -> Result<Vec<u8>, PrintError> {
        let limit = self.0.limits.time;
        let printed = tokio::time::timeout(limit, process.print(job)).await;
        let printed = printed.unwrap_or(Err(PrintError::TooSlow(limit)));
        if matches!(printed, Ok(_) | Err(PrintError::BadTemplate { .. })) {
            self.keep(process);
        }
        printed
    }

    fn keep(&self, process: Process) {
        let number = self.0.waiting(|waiting| {
            waiting.begun += 1;
            waiting.processes.push((waiting.begun, process));
            waiting.begun
        });
        let (processes, kept) = (Arc::downgrade(&self.0), self.0.limits.kept);
        tokio::spawn(async move {
            tokio::time::sleep(kept).await;
            if let Some(processes) = processes.upgrade() {
                processes.waiting(|waiting| waiting.processes.retain(|(of, _)| *of != number));
            }
        });
    }
}

impl Processes {
    fn waiting<T>(&self, with: impl FnOnce(&mut Waiting) -> T) -> T {
        with(&mut self.waiting.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
