//! The stages of a session. They are fixed; a procedure's agenda maps onto them.

use serde::{Deserialize, Serialize};

/// Where a session stands. Leaving a stage never blocks: what is mandatory and missing becomes an open item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Invitations are out; the form is being finished.
    Convened,
    /// People confirm, introduce themselves and acknowledge confidentiality.
    Gathering,
    /// Script, etiquette, the order of sharing.
    Open,
    Sharing,
    Questions,
    Risk,
    Deciding,
    Actions,
    ReadBack,
    Closed,
    /// Draft, corrected, signed.
    Minutes,
    Circulated,
}

impl Stage {
    /// Every stage in order.
    pub const ALL: [Self; 12] = [
        Self::Convened,
        Self::Gathering,
        Self::Open,
        Self::Sharing,
        Self::Questions,
        Self::Risk,
        Self::Deciding,
        Self::Actions,
        Self::ReadBack,
        Self::Closed,
        Self::Minutes,
        Self::Circulated,
    ];

    /// The stage's key in `wording.toml`.
    pub fn key(self) -> &'static str {
        match self {
            Self::Convened => "convened",
            Self::Gathering => "gathering",
            Self::Open => "open",
            Self::Sharing => "sharing",
            Self::Questions => "questions",
            Self::Risk => "risk",
            Self::Deciding => "deciding",
            Self::Actions => "actions",
            Self::ReadBack => "read_back",
            Self::Closed => "closed",
            Self::Minutes => "minutes",
            Self::Circulated => "circulated",
        }
    }

    /// The stage of a key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.key() == key)
    }

    /// The stage the chair may move on to, while the session sits.
    pub fn next(self) -> Option<Self> {
        match self {
            Self::Open => Some(Self::Sharing),
            Self::Sharing => Some(Self::Questions),
            Self::Questions => Some(Self::Risk),
            Self::Risk => Some(Self::Deciding),
            Self::Deciding => Some(Self::Actions),
            Self::Actions => Some(Self::ReadBack),
            _ => None,
        }
    }

    /// The session has been opened and not yet closed.
    pub fn is_sitting(self) -> bool {
        (Self::Open..Self::Closed).contains(&self)
    }
}
