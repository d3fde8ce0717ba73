//! The log: to standard error, ids and counts only.

use clap::ValueEnum;
use tracing::Level;
use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;
use tracing_subscriber::{EnvFilter, Layer as _, fmt};

/// How a line of the log is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Text,
    Json,
}

/// Starts the log at `otherwise` and above, unless `RUST_LOG` says something else. serenity writes whole payloads it
/// can't read below errors, so it is kept to errors whatever `RUST_LOG` says.
pub fn to_stderr(format: Format, otherwise: &str) {
    let wanted = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(otherwise));
    let discreet = filter_fn(|line| !line.target().starts_with("serenity") || *line.level() == Level::ERROR);
    let lines = match format {
        Format::Text => fmt::layer().with_writer(std::io::stderr).with_ansi(false).boxed(),
        Format::Json => fmt::layer().json().with_writer(std::io::stderr).boxed(),
    };
    tracing_subscriber::registry().with(wanted).with(lines.with_filter(discreet)).init();
}
