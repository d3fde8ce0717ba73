//! Names of things, each its own type so that one can't be passed for another.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Makes a counted id: small, unique within its case, shown to people as its number.
macro_rules! counted {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub u16);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = std::num::ParseIntError;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )+};
}

counted! {
    /// A person's place in a case. It carries name, role and agency as they were when taken.
    SeatId,
    /// An invitation, to an agency or to a named person.
    InvitationId,
    /// A child listed in a case, subject or other.
    ChildId,
    /// An adult of the household or linked to it.
    AdultId,
    /// One place in the announced order of sharing.
    TurnId,
    /// One contribution to the record.
    ContributionId,
    /// A question, from parking to answer.
    QuestionId,
    /// Something entered for the chair to confirm.
    DraftId,
    /// An action, numbered in the order it was entered.
    ActionNo,
    /// A professional challenge.
    ChallengeId,
    /// Something an attendee would have entered, which is the chair's to take up.
    SuggestionId,
    /// A correction asked for of a record.
    CorrectionId,
    /// An alert of immediate danger.
    AlertId,
    /// What somebody entered just after acting in another case.
    CrossingNo,
    /// Words that are masked from some readers.
    MaskNo,
    /// A sitting: 1 is the first.
    SessionNo,
}

/// A case's own name inside the program: random, never shown and never reused.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CaseId(pub String);

/// Two words and a check letter, the only name a case has outside the room (SEC-26).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CodeName(pub String);

/// An account on the chat platform.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AccountId(pub u64);

/// A message somebody typed on the chat platform, which has no other name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct MessageId(pub u64);

macro_rules! shown {
    ($($name:ident),+) => {$(
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    )+};
}

shown!(CaseId, CodeName, AccountId, MessageId);
