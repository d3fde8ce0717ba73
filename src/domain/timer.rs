//! What the bot sets itself a timer for. A timer is kept by its name, one of a name in a case, and comes back as
//! `Command::DeadlineReached` with it.

use std::fmt;
use std::str::FromStr;

use super::ids::{DraftId, SeatId, SessionNo};

/// A timer of a case. Its name is kept in the database: it is read for as long as one may be waiting there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Timer {
    /// Compiles the draft, as soon as the session closed.
    Draft,
    /// Warns before the circulation deadline (TIM-23).
    CirculationNear,
    /// Tells that the circulation deadline was missed.
    CirculationDue,
    /// Warns before somebody has to go (SES-12).
    LeaveBy(SeatId),
    /// Asks again for the date of the session (REF-07).
    AskDate,
    /// Has a protection that holds for a time looked at again: an answer of a session (TIM-09).
    ReviewProtection(SessionNo, DraftId),
    /// Counts how long children have been without a decision, each working day (TIM-10).
    Undecided,
}

impl fmt::Display for Timer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Draft => f.write_str("draft"),
            Self::CirculationNear => f.write_str("circulation_near"),
            Self::CirculationDue => f.write_str("circulation_due"),
            Self::LeaveBy(seat) => write!(f, "leave_by:{seat}"),
            Self::AskDate => f.write_str("ask_date"),
            Self::ReviewProtection(session, draft) => write!(f, "review_protection:{session}.{draft}"),
            Self::Undecided => f.write_str("undecided"),
        }
    }
}

/// No timer of this version has the name.
#[derive(Debug, PartialEq, Eq)]
pub struct UnknownTimer;

impl FromStr for Timer {
    type Err = UnknownTimer;

    fn from_str(name: &str) -> Result<Self, UnknownTimer> {
        match name.split_once(':') {
            None if name == "draft" => Ok(Self::Draft),
            None if name == "circulation_near" => Ok(Self::CirculationNear),
            None if name == "circulation_due" => Ok(Self::CirculationDue),
            None if name == "ask_date" => Ok(Self::AskDate),
            None if name == "undecided" => Ok(Self::Undecided),
            Some(("leave_by", seat)) => seat.parse().map(Self::LeaveBy).map_err(|_| UnknownTimer),
            Some(("review_protection", answer)) => {
                let (session, draft) = answer.split_once('.').ok_or(UnknownTimer)?;
                let (session, draft) = (session.parse().ok(), draft.parse().ok());
                session.zip(draft).map(|(session, draft)| Self::ReviewProtection(session, draft)).ok_or(UnknownTimer)
            }
            _ => Err(UnknownTimer),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_timer_is_known_again_by_its_name() {
        let of_a_thing = [Timer::LeaveBy(SeatId(7)), Timer::ReviewProtection(SessionNo(2), DraftId(11))];
        let of_the_case = [Timer::Draft, Timer::CirculationNear, Timer::CirculationDue, Timer::AskDate, Timer::Undecided];
        for timer in of_the_case.into_iter().chain(of_a_thing) {
            assert_eq!(timer.to_string().parse(), Ok(timer));
        }
        assert_eq!("tea_time".parse::<Timer>(), Err(UnknownTimer));
    }
}
