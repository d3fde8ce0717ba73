//! The program: flags, then the work, then an exit code. 0: as it should be; 1: something fell short, and it is
//! listed; 2: something given was no use, and one sentence says what to do next.

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use convenor::commands::logging::{Format, to_stderr};
use convenor::commands::{
    Ending, Environment, Problem, check, deadline, enrol, export, health, rehearse, release, report, serve, setup,
    verify,
};

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
    Rehearse(rehearse::Flags),
    /// Runs the live bot until it is told to stop.
    Serve(serve::Flags),
    /// Sets up the guild, the agencies and their people; run again, it does no harm.
    Setup(setup::Flags),
    /// Enrols one person, or those of a list, in a guild that is set up.
    Enrol(enrol::Flags),
    /// Checks the configuration and, with a token, the guild; lists what to put right.
    Check(check::Flags),
    /// Says what a procedure asks by when after an event, with the working.
    Deadline(deadline::Flags),
    /// Checks that a record still is what was recorded; needs no key.
    Verify(verify::Flags),
    /// Writes a case's journal as encrypted lines that `verify` checks.
    Export(export::Flags),
    /// Writes counts and charts of a period, which name no case and nobody.
    Report(report::Flags),
    /// Says whether a `serve` with the same data directory is alive.
    Health,
    /// Sets a case going again whose next post the platform refused.
    Release(release::Flags),
    /// The far side of a PDF's printing; the program starts it itself.
    #[cfg(feature = "pdf")]
    #[command(hide = true)]
    PrintMinutes(convenor::pdf::child::Flags),
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(Cli::parse().command).await {
        Ok(code) => code,
        Err(problem) => {
            eprintln!("convenor: {problem}");
            ExitCode::from(match problem {
                Problem::NoUse(_) => 2,
                Problem::Broke(_) => 1,
            })
        }
    }
}

async fn run(command: Command) -> Result<ExitCode, Problem> {
    if let Command::Serve(flags) = &command {
        to_stderr(flags.log(), "info");
    } else {
        to_stderr(Format::Text, "warn");
    }
    let ending = match command {
        Command::Rehearse(flags) => rehearse::run(flags).await,
        Command::Serve(flags) => serve::run(&flags, &Environment::of_this_process()?).await,
        Command::Setup(flags) => setup::run(&flags, &Environment::of_this_process()?).await,
        Command::Enrol(flags) => enrol::run(&flags, &Environment::of_this_process()?).await,
        Command::Check(flags) => check::run(&flags, &Environment::of_this_process()?).await,
        Command::Deadline(flags) => deadline::run(&flags),
        Command::Verify(flags) => verify::run(&flags).await,
        Command::Export(flags) => export::run(&flags, &Environment::of_this_process()?).await,
        Command::Report(flags) => report::run(&flags, &Environment::of_this_process()?).await,
        Command::Health => health::run(&Environment::of_this_process()?),
        Command::Release(flags) => release::run(&flags, &Environment::of_this_process()?).await,
        #[cfg(feature = "pdf")]
        Command::PrintMinutes(flags) => return Ok(convenor::pdf::child::run(flags)),
    }?;
    Ok(match ending {
        Ending::Fine => ExitCode::SUCCESS,
        Ending::FellShort => ExitCode::from(1),
    })
}
