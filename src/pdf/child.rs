//! The far side of the export: a process that reads one job, prints it and ends.

use std::io::{self, Read, Write};
use std::process::ExitCode;

use rustix::process::{Resource, Rlimit, nice, setrlimit};

use super::printer::{BAD_TEMPLATE, Job};
use super::render::{RenderError, render};

/// Lower than anything the bot does; 19 is the lowest there is.
const NICENESS: i32 = 10;

/// What this process holds itself to.
#[derive(Debug, Clone, Copy, clap::Args)]
pub struct Flags {
    #[arg(long)]
    memory_bytes: u64,
    /// Of processor time; the waiting side counts by the clock.
    #[arg(long)]
    seconds: u64,
}

/// Reads the job on stdin, writes the PDF on stdout.
pub fn run(flags: Flags) -> ExitCode {
    match limit(flags).and_then(|()| print()) {
        Ok(code) => code,
        Err(_) => ExitCode::FAILURE,
    }
}

/// The system enforces these: beyond its memory an allocation fails and the process aborts, beyond its time it is
/// killed. No dump of a case's text is left behind.
fn limit(flags: Flags) -> io::Result<()> {
    let to = |most: u64| Rlimit { current: Some(most), maximum: Some(most) };
    setrlimit(Resource::Core, to(0))?;
    setrlimit(Resource::Data, to(flags.memory_bytes))?;
    setrlimit(Resource::Cpu, to(flags.seconds))?;
    nice(NICENESS)?;
    Ok(())
}

fn print() -> io::Result<ExitCode> {
    let mut text = String::new();
    io::stdin().read_to_string(&mut text)?;
    let job: Job = serde_json::from_str(&text)?;
    let mut stdout = io::stdout();
    let code = match render(&job) {
        Ok(pdf) => {
            stdout.write_all(&pdf)?;
            ExitCode::SUCCESS
        }
        Err(RenderError::Template { line, .. }) => {
            write!(stdout, "{}", line.map(|line| line.to_string()).unwrap_or_default())?;
            ExitCode::from(BAD_TEMPLATE)
        }
        Err(RenderError::NoRecord | RenderError::NoDate) => ExitCode::FAILURE,
    };
    stdout.flush()?;
    Ok(code)
}
