//! What the bot sets itself a timer for. A timer is kept by its name, one of a name in a case, and comes back as
//! `Command::DeadlineReached` with it.

use std::fmt;
use std::str::FromStr;

use super::ids::SeatId;

/// A timer of a case. Its name is kept in the database: it is read for as long as one may be waiting there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Timer {
    /// Compiles the draft, as soon as the session closed.
    Draft,
    /// Warns before the circulation deadline (TIM-23).
    CirculationNear,
    /// Tells that the circulation deadline was missed.
    CirculationDue,
    /// Tells that nobody answered a request in time (REF-02).
    RequestAnswer,
    /// Warns before somebody has to go (SES-12).
    LeaveBy(SeatId),
}

impl fmt::Display for Timer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Draft => f.write_str("draft"),
            Self::CirculationNear => f.write_str("circulation_near"),
            Self::CirculationDue => f.write_str("circulation_due"),
            Self::RequestAnswer => f.write_str("request_answer"),
            Self::LeaveBy(seat) => write!(f, "leave_by:{seat}"),
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
            None if name == "request_answer" => Ok(Self::RequestAnswer),
            Some(("leave_by", seat)) => seat.parse().map(Self::LeaveBy).map_err(|_| UnknownTimer),
            _ => Err(UnknownTimer),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_timer_is_known_again_by_its_name() {
        let timers = [Timer::Draft, Timer::CirculationNear, Timer::CirculationDue, Timer::RequestAnswer];
        for timer in timers.into_iter().chain([Timer::LeaveBy(SeatId(7))]) {
            assert_eq!(timer.to_string().parse(), Ok(timer));
        }
        assert_eq!("tea_time".parse::<Timer>(), Err(UnknownTimer));
    }
}
