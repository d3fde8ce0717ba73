//! The far side of the export: a process that prints one job after another until nobody asks any more.

use std::io::{self, Read, Write};
use std::process::ExitCode;

use rustix::process::{Resource, Rlimit, getrlimit, nice, setrlimit};
use rustix::time::{ClockId, clock_gettime};

use super::process::{BAD_TEMPLATE, Job, PRINTED};
use super::render::{RenderError, forget, render};

/// Lower than anything the bot does; 19 is the lowest there is.
const NICENESS: i32 = 10;
/// Processor time beyond the limit on the clock, so that the clock decides and this only ends an orphan.
const SPARE_S: u64 = 5;

/// What this process holds itself to.
#[derive(Debug, Clone, Copy, clap::Args)]
pub struct Flags {
    #[arg(long)]
    memory_bytes: u64,
    /// Of processor time for each document; the waiting side counts by the clock.
    #[arg(long)]
    seconds: u64,
}

/// Reads jobs on stdin, answers each on stdout.
pub fn run(flags: Flags) -> ExitCode {
    match limit(flags.memory_bytes).and_then(|()| serve(flags.seconds)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

/// The system enforces these: beyond its memory an allocation fails and the process aborts. No dump of a case's text is
/// left behind.
fn limit(memory_bytes: u64) -> io::Result<()> {
    hold(Resource::Core, 0)?;
    hold(Resource::Data, memory_bytes)?;
    nice(NICENESS)?;
    Ok(())
}

/// Never to more than the process was started with.
fn hold(resource: Resource, most: u64) -> io::Result<()> {
    let maximum = getrlimit(resource).maximum;
    let current = Some(maximum.map_or(most, |maximum| maximum.min(most)));
    Ok(setrlimit(resource, Rlimit { current, maximum })?)
}

fn serve(seconds: u64) -> io::Result<()> {
    let (mut stdin, mut stdout) = (io::stdin().lock(), io::stdout().lock());
    while let Some(job) = next(&mut stdin)? {
        give_time(seconds)?;
        let (kind, answer) = match render(&job) {
            Ok(pdf) => (PRINTED, pdf),
            Err(RenderError::Template { line, .. }) => {
                (BAD_TEMPLATE, line.map(|line| line.to_string()).unwrap_or_default().into_bytes())
            }
            Err(RenderError::NoRecord | RenderError::NoDate) => return Err(io::ErrorKind::InvalidData.into()),
        };
        stdout.write_all(&[kind])?;
        stdout.write_all(&(answer.len() as u64).to_le_bytes())?;
        stdout.write_all(&answer)?;
        stdout.flush()?;
        forget();
    }
    Ok(())
}

/// `None` where nobody asks any more.
fn next(stdin: &mut impl Read) -> io::Result<Option<Job>> {
    let mut length = [0; 8];
    match stdin.read_exact(&mut length) {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        read => read?,
    }
    let mut job = Vec::new();
    stdin.take(u64::from_le_bytes(length)).read_to_end(&mut job)?;
    Ok(Some(serde_json::from_slice(&job)?))
}

/// Beyond so many seconds of processor time from now on, the system ends the process.
fn give_time(seconds: u64) -> io::Result<()> {
    let used = u64::try_from(clock_gettime(ClockId::ProcessCPUTime).tv_sec).unwrap_or(0);
    hold(Resource::Cpu, used + seconds + SPARE_S)
}
