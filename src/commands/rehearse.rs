//! `convenor rehearse`: the flags of a play.

use std::path::PathBuf;

use clap::ValueEnum;

use super::{Ending, Problem};
use crate::config::Content;
use crate::pdf::Printer;
use crate::rehearsal::outcome::Outcome;
use crate::rehearsal::play::{self, Options};
use crate::rehearsal::transcript::Screen;
use crate::rehearsal::workspace::Limits;
use crate::store::Engine;

#[derive(Debug, clap::Args)]
pub struct Flags {
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
    /// A database to play in: sqlite:PATH, a path, or postgres://..., where every play makes itself a new schema,
    /// rehearsal_1 and on. Without it, a new file in the folder.
    #[arg(long, value_name = "URL", value_parser = database)]
    database: Option<String>,
    /// The folder to write to.
    #[arg(long, value_name = "DIR", default_value = "rehearsal")]
    out: PathBuf,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum ContentFlag {
    Room,
    Sealed,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum LimitsFlag {
    Roomy,
    Discord,
}

/// Plays the case.
pub async fn run(flags: Flags) -> Result<Ending, Problem> {
    match play::rehearse(&flags.into(), Screen::of_this_process(), std::io::stdout()).await {
        Ok(Outcome::AsExpected) => Ok(Ending::Fine),
        Ok(Outcome::FellShort) => Ok(Ending::FellShort),
        Err(play::Problem::Input(sentence)) => Err(Problem::NoUse(sentence)),
        Err(broken @ play::Problem::Play(_)) => Err(Problem::Broke(broken.to_string())),
    }
}

fn database(url: &str) -> Result<String, String> {
    Engine::of(url).map(|_| url.to_owned()).map_err(|error| error.to_string())
}

impl From<Flags> for Options {
    fn from(flags: Flags) -> Self {
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
