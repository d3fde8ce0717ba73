//! The program: flags, then the work, then an exit code. 0: as it should be; 1: something fell short, and it is
//! listed; 2: something given was no use, and one sentence says what.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};

use tracing_subscriber::EnvFilter;

use convenor::config::Content;
use convenor::pdf::Printer;
use convenor::rehearsal::outcome::Outcome;
use convenor::rehearsal::play::{Options, Problem, rehearse};
use convenor::rehearsal::transcript::Screen;
use convenor::rehearsal::workspace::Limits;

/// Runs multi-agency strategy discussions about children at risk, in chat.
#[derive(Parser)]
#[command(version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Plays a case from referral to filing on this machine, without an account anywhere.
    Rehearse(Rehearse),
    #[cfg(feature = "pdf")]
    #[command(hide = true)]
    PrintMinutes(convenor::pdf::child::Flags),
}

#[derive(clap::Args)]
struct Rehearse {
    /// A case of schema sd-case/1; one comes with the program.
    #[arg(long, value_name = "FILE")]
    case: Option<PathBuf>,
    /// The local procedure to play it under.
    #[arg(long, value_name = "SLUG")]
    procedure: Option<String>,
    /// What may pass through the chat.
    #[arg(long, value_enum, default_value_t = ContentFlag::Room)]
    content: ContentFlag,
    /// A folder whose files take the place of the configuration that comes with the program.
    #[arg(long, value_name = "DIR")]
    config: Option<PathBuf>,
    /// How strictly the platform counts requests.
    #[arg(long, value_enum, default_value_t = LimitsFlag::Roomy)]
    limits: LimitsFlag,
    /// A SQLite database to play in; a new one in the folder otherwise.
    #[arg(long, value_name = "URL", value_parser = sqlite)]
    database: Option<String>,
    /// The folder to write to.
    #[arg(long, value_name = "DIR", default_value = "rehearsal")]
    out: PathBuf,
}

#[derive(Clone, Copy, ValueEnum)]
enum ContentFlag {
    Room,
    Sealed,
}

#[derive(Clone, Copy, ValueEnum)]
enum LimitsFlag {
    Roomy,
    Discord,
}

/// Only SQLite for now: `sqlite:PATH`, or a path.
fn sqlite(url: &str) -> Result<String, String> {
    match url.split_once(':') {
        Some(("postgres" | "postgresql", _)) => {
            Err("this version keeps its record in SQLite only; give sqlite:PATH or a path".to_owned())
        }
        Some((scheme, rest)) if scheme != "sqlite" && rest.starts_with("//") => {
            Err(format!("{scheme} is no database this version knows; give sqlite:PATH or a path"))
        }
        _ => Ok(url.to_owned()),
    }
}

impl From<Rehearse> for Options {
    fn from(flags: Rehearse) -> Self {
        Self {
            case: flags.case,
            procedure: flags.procedure,
            content: Some(match flags.content {
                ContentFlag::Room => Content::Room,
                ContentFlag::Sealed => Content::Sealed,
            }),
            config: flags.config,
            limits: match flags.limits {
                LimitsFlag::Roomy => Limits::Roomy,
                LimitsFlag::Discord => Limits::Discord,
            },
            database: flags.database,
            out: flags.out,
            printer: Printer::of_this_program(),
        }
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    let flags = match Cli::parse().command {
        Command::Rehearse(flags) => flags,
        #[cfg(feature = "pdf")]
        Command::PrintMinutes(flags) => return convenor::pdf::child::run(flags),
    };
    log_to_stderr();
    match rehearse(&flags.into(), Screen::of_this_process(), std::io::stdout()).await {
        Ok(Outcome::AsExpected) => ExitCode::SUCCESS,
        Ok(Outcome::FellShort) => ExitCode::from(1),
        Err(problem) => {
            eprintln!("convenor: {problem}");
            ExitCode::from(match problem {
                Problem::Input(_) => 2,
                Problem::Play(_) => 1,
            })
        }
    }
}

/// Trouble goes to stderr, as ids and counts. serenity would write whole payloads it can't read, so it is kept to
/// errors whatever `RUST_LOG` says.
fn log_to_stderr() {
    let wanted = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("warn"));
    let quiet = "serenity=error".parse().expect("the directive is well formed");
    tracing_subscriber::fmt().with_env_filter(wanted.add_directive(quiet)).with_writer(std::io::stderr).init();
}
