//! Turns, and what is said in them.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::case::Case;
use super::ids::{AccountId, ActionNo, ContributionId, InvitationId, QuestionId, SeatId, TurnId};
use super::people::AgencyKind;
use super::procedure::{Procedure, TypedMessages};
use super::referral::choices;
use super::spoken::Spoken;
use super::stage::Stage;

/// One place in the announced order (TURN-03).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Turn {
    pub id: TurnId,
    pub whose: Whose,
}

/// Whose turn it is: a seat's, or that of an invited partner nobody came for, whose information social
/// care may share (TURN-14).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Whose {
    Seat(SeatId),
    Invitation(InvitationId),
}

impl Whose {
    /// As forms and answers write it: `s3`, `i2`.
    pub fn code(self) -> String {
        match self {
            Self::Seat(seat) => format!("s{seat}"),
            Self::Invitation(invitation) => format!("i{invitation}"),
        }
    }

    /// Whose a code is.
    pub fn from_code(code: &str) -> Option<Self> {
        let seat = || code.strip_prefix('s')?.parse().ok().map(Self::Seat);
        let invitation = || code.strip_prefix('i')?.parse().ok().map(Self::Invitation);
        seat().or_else(invitation)
    }
}

/// A turn as it went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TurnState {
    pub turn: Turn,
    pub began_at: Option<DateTime<Utc>>,
    pub ended: Option<Release>,
}

/// How a turn ended (TURN-06, TURN-15).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Release {
    Finished,
    /// The agency holds nothing relevant, said and minuted.
    NothingHeld,
    /// The chair moved on.
    MovedOn(MoveOnReason),
}

choices! {
    /// TURN-06.
    MoveOnReason {
        FinishedNotPressed = "finished_not_pressed",
        Time = "time",
        LostConnection = "lost_connection",
        CalledAway = "called_away",
        Other = "other",
    }
    /// What a contribution is, as its speaker marks it (INFO-27).
    Nature {
        Fact = "fact",
        Reported = "reported",
        Opinion = "opinion",
    }
    /// How a contribution came in.
    Mode {
        Live = "live",
        /// Sent in writing by someone not present (INFO-23).
        Written = "written",
        /// Shared by social care for another partner (TURN-14).
        Relayed = "relayed",
    }
}

/// What an agency shared. The fields are those of the sharing form: `current`, `history`, `views`, and
/// the speaker prompts of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contribution {
    pub id: ContributionId,
    pub turn: Option<TurnId>,
    /// Whose words they are on the record.
    pub seat: SeatId,
    pub mode: Mode,
    pub on_behalf_of: Option<Source>,
    pub fields: BTreeMap<String, Spoken>,
    /// Who typed it, where that was not the speaker.
    pub entered_by: Option<SeatId>,
}

/// The partner social care shares for (TURN-14).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    pub name: Spoken,
    pub role: Spoken,
    pub agency: Spoken,
    /// How and when social care learnt it.
    pub by: Spoken,
}

impl Source {
    /// Person and agency are named, as the rule asks.
    pub fn is_stated(&self) -> bool {
        !self.name.is_empty() && !self.agency.is_empty()
    }
}

impl Contribution {
    /// Social care shared it for another partner, and hasn't said who told them (TURN-14).
    pub fn lacks_source(&self) -> bool {
        self.on_behalf_of.as_ref().is_some_and(|source| !source.is_stated())
    }
}

/// A question and where it has got to (TURN-08 to TURN-13).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    pub id: QuestionId,
    pub by: SeatId,
    pub to: Option<Addressee>,
    pub text: Spoken,
    pub state: QuestionState,
    pub answer: Option<(SeatId, Spoken, DateTime<Utc>)>,
    /// Marked urgent for a child's safety, and what the chair has made of it (TURN-08).
    pub urgent: Option<Urgent>,
    /// The action it became, left unanswered (TURN-13).
    pub action: Option<ActionNo>,
}

/// A question of the round that is urgent for a child's safety: it is the chair's to put (TURN-08).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Urgent {
    /// With the chair.
    Waiting,
    /// Kept by the chair for the stage of questions.
    Kept,
}

/// Whom a question is for (TURN-09).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Addressee {
    Seat(SeatId),
    Agency(String),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuestionState {
    /// Thought of during the round; its author's until the question stage.
    Parked,
    /// Without an addressee; its author's until there is one.
    Held,
    Asked,
    Answered,
    /// Given up by its author.
    GivenUp,
}

/// Whether what somebody types now is kept out of the case's channel: while another has the floor, where the procedure
/// is strict about it (TURN-05).
pub fn holds_back(case: &Case, procedure: &Procedure, account: AccountId) -> bool {
    let Some(session) = case.session().filter(|session| session.stage == Stage::Sharing) else { return false };
    let holder = match session.floor_holder() {
        Some(Whose::Seat(seat)) => case.person(seat).account,
        _ => None,
    };
    procedure.typed_messages == TypedMessages::Removed && holder != Some(account)
}

/// The kind of agency decides the place in the default order (G-06): the procedure's list, then the rest.
pub fn place_of(kind: AgencyKind, order: &[AgencyKind]) -> usize {
    order.iter().position(|listed| *listed == kind).unwrap_or(order.len())
}
