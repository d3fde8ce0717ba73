//! Where the rehearsal meets the bot and the minutes: the only file that changes when either does.

use std::sync::Arc;

use rand::{CryptoRng, RngCore};

use crate::app::ports::{Clock, Store};
use crate::config::Config;
use crate::domain::event::Record;
use crate::domain::facts::Rules;
use crate::domain::ids::SeatId;
use crate::wording::Wording;

/// Chance that is passed on to another task.
pub trait Chance: RngCore + CryptoRng + Send {}
impl<C: RngCore + CryptoRng + Send> Chance for C {}

/// What the bot is started with.
pub struct Start {
    /// What takes the place of the platform's address.
    pub base: String,
    pub token: String,
    pub guild: String,
    pub store: Arc<dyn Store>,
    pub clock: Arc<dyn Clock>,
    pub chance: Box<dyn Chance>,
    pub config: Arc<Config>,
}

/// The bot under rehearsal.
pub struct Bot {}

impl Bot {
    pub async fn start(_start: Start) -> anyhow::Result<Self> {
        anyhow::bail!("this build holds no bot to rehearse with")
    }

    /// Waits until nothing waits to be delivered and no timer is due.
    pub async fn idle(&self) -> anyhow::Result<()> {
        Ok(())
    }

    pub async fn stop(self) {}
}

/// The written record, as files will hold it.
#[derive(Debug, Clone, Default)]
pub struct Documents {
    pub markdown: String,
    pub html: String,
    pub json: String,
    /// The words of the heading: "draft", "not quorate".
    pub status: Vec<String>,
    /// The copies of recipients, by seat; only those that differ are kept as files.
    pub copies: Vec<(SeatId, String)>,
    pub family: String,
}

/// Compiles the record. `head` is the digest printed in it.
pub fn documents(_records: &[Record], _rules: &Rules<'_>, _wording: &Wording, _head: &str) -> Documents {
    Documents::default()
}
