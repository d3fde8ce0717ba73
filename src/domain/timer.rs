//! What the bot sets itself a timer for. A timer is kept by its name, one of a name in a case, and comes back as
//! `Command::DeadlineReached` with it.

use std::fmt;
use std::str::FromStr;

use super::deadlines::DeadlineKind;
use super::ids::SeatId;

/// A timer of a case. Its name is kept in the database: it is read for as long as one may be waiting there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Timer {
    /// Compiles the draft, as soon as the session closed.
    Draft,
    /// Warns before a deadline (TIM-23).
    Near(DeadlineKind),
    /// Tells that a deadline was missed (TIM-23).
    Missed(DeadlineKind),
    /// Tells that nobody answered a request in time (REF-02).
    RequestAnswer,
    /// Warns before somebody has to go (SES-12).
    LeaveBy(SeatId),
}

impl fmt::Display for Timer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Draft => f.write_str("draft"),
            Self::Near(kind) => write!(f, "near:{}", kind.code()),
            Self::Missed(kind) => write!(f, "missed:{}", kind.code()),
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
        let (what, of) = name.split_once(':').unwrap_or((name, ""));
        let timer = match what {
            "draft" if of.is_empty() => Some(Self::Draft),
            "request_answer" if of.is_empty() => Some(Self::RequestAnswer),
            "near" => DeadlineKind::from_code(of).map(Self::Near),
            "missed" => DeadlineKind::from_code(of).map(Self::Missed),
            "leave_by" => of.parse().ok().map(Self::LeaveBy),
            _ => None,
        };
        timer.ok_or(UnknownTimer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_timer_is_known_again_by_its_name() {
        let deadlines = DeadlineKind::ALL.iter().flat_map(|(kind, _)| [Timer::Near(*kind), Timer::Missed(*kind)]);
        for timer in deadlines.chain([Timer::Draft, Timer::RequestAnswer, Timer::LeaveBy(SeatId(7))]) {
            assert_eq!(timer.to_string().parse(), Ok(timer));
        }
        for unknown in ["tea_time", "draft:1", "near:tea_time", "leave_by:"] {
            assert_eq!(unknown.parse::<Timer>(), Err(UnknownTimer), "{unknown}");
        }
    }
}
