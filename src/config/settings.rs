//! The settings of this installation, `bot-config/convenor.toml`; what differs between procedures is not here.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What an administrator sets once for the whole installation. Each key is explained in the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The slug of the procedure that rules when none is named.
    pub procedure: String,
    pub content: Content,
    /// Says that nothing but invented cases is played here: room mode then needs no permission, and no platform but
    /// one on this machine is spoken to.
    #[serde(default)]
    pub rehearsal_only: bool,
    /// Whom notices to the mailboxes of teams are from; without it none is sent (INV-32).
    pub mail: Option<Mail>,
    /// The platform's written permission, without which room mode does not run live.
    pub permission: Option<Permission>,
    /// Who holds what opens everything; two people, not one (SEC-13).
    pub custody: Option<Custody>,
}

/// The platform's own written permission to send it what room mode sends (SEC-24).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Permission {
    /// How the platform's letter is found again.
    pub reference: String,
    pub date: NaiveDate,
    /// The last day it holds.
    pub expiry: NaiveDate,
    /// Who signed for the authority.
    pub signed_by: String,
}

impl Permission {
    /// What keeps it from holding today, as the end of a sentence; `None` where it holds.
    pub fn shortcoming(&self, today: NaiveDate) -> Option<String> {
        if self.reference.trim().is_empty() || self.signed_by.trim().is_empty() {
            return Some("it names no reference, or nobody who signed".to_owned());
        }
        if self.date > today {
            return Some(format!("it is dated {}, which has not come", self.date));
        }
        (self.expiry < today).then(|| format!("it expired on {}", self.expiry))
    }
}

/// Mail to teams nobody of whom is on duty. The server's address is a secret of the environment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mail {
    pub from: String,
}

/// The two people who hold the two halves of what reads everything.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Custody {
    /// Who can get at the server.
    pub server: String,
    /// Who can get at the master key.
    pub master_key: String,
}

/// What may pass through the chat platform (SEC-23, SEC-24).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Content {
    /// Contributions and minutes are posted in the private channel.
    Room,
    /// The chat carries code names, kinds of agency and buttons, and nothing else.
    Sealed,
}
