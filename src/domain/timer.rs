//! What the bot sets itself a timer for. A timer is kept by its name, one of a name in a case, and comes back as
//! `Command::DeadlineReached` with it.

use std::fmt;
use std::str::FromStr;

use super::deadlines::Clock;
use super::ids::{ActionNo, AlertId, ChallengeId, CrossingNo, DraftId, InvitationId, SeatId, SessionNo};

/// A timer of a case. Its name is kept in the database: it is read for as long as one may be waiting there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Timer {
    /// Compiles the draft, as soon as the session closed.
    Draft,
    /// Warns before a deadline (TIM-23).
    Near(Clock),
    /// Tells that a deadline was missed (TIM-23).
    Missed(Clock),
    /// Tells that nobody answered a request in time (REF-02).
    RequestAnswer,
    /// Ends the wait for an answer to an invitation (INV-32).
    Silence(InvitationId),
    /// Warns before somebody has to go (SES-12).
    LeaveBy(SeatId),
    /// Offers the chair to others, the chair being silent (SES-05).
    ChairSilent,
    /// Asks again for the date of the session (REF-07).
    AskDate,
    /// Has a protection that holds for a time looked at again: an answer of a session (TIM-09).
    ReviewProtection(SessionNo, DraftId),
    /// Counts how long children have been without a decision or an action, each working day (TIM-10, REV-08).
    Undecided,
    /// Asks whether the decisions on immediate action still hold (REV-05).
    Review,
    /// Warns before a challenge's level is to be settled, and tells the next level that it was not (DIS-14).
    ChallengeNear(SessionNo, ChallengeId),
    ChallengeDue(SessionNo, ChallengeId),
    /// Sends an alert of danger again that nobody has acknowledged (SAFE-02).
    Danger(AlertId),
    /// Asks for the owner of an immediate action, who was to be found by then (SAFE-05).
    FindOwner(ActionNo),
    /// Says again, each day, what still stands under the name of somebody who left (SES-17).
    Leavers,
    /// Lets everybody see what was held for its author to take back (SES-15).
    Crossing(CrossingNo),
    /// Ends the countdown of the questions (TURN-10, TURN-11).
    Questions,
    /// Follows an action up: reminds, chases, tells whoever comes next (REV-01, REV-07).
    FollowUp(ActionNo),
    /// Asks whoever checks the actions for the result: an answer of a session (ACT-08, REV-03).
    Completion(SessionNo, DraftId),
    /// Asks whether a session is over in which nothing is entered any more, and later drafts its record.
    Idle,
    /// Reminds those who have not filed a session's record (MIN-10, MIN-20, MIN-21).
    Filing(SessionNo),
}

impl fmt::Display for Timer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Draft => f.write_str("draft"),
            Self::Near(clock) => write!(f, "near:{clock}"),
            Self::Missed(clock) => write!(f, "missed:{clock}"),
            Self::RequestAnswer => f.write_str("request_answer"),
            Self::Silence(invitation) => write!(f, "silence:{invitation}"),
            Self::LeaveBy(seat) => write!(f, "leave_by:{seat}"),
            Self::ChairSilent => f.write_str("chair_silent"),
            Self::AskDate => f.write_str("ask_date"),
            Self::ReviewProtection(session, draft) => write!(f, "review_protection:{session}.{draft}"),
            Self::ChallengeNear(session, challenge) => write!(f, "challenge_near:{session}.{challenge}"),
            Self::ChallengeDue(session, challenge) => write!(f, "challenge_due:{session}.{challenge}"),
            Self::Undecided => f.write_str("undecided"),
            Self::Review => f.write_str("review"),
            Self::Danger(alert) => write!(f, "danger:{alert}"),
            Self::FindOwner(action) => write!(f, "find_owner:{action}"),
            Self::Leavers => f.write_str("leavers"),
            Self::Crossing(crossing) => write!(f, "crossing:{crossing}"),
            Self::Questions => f.write_str("questions"),
            Self::FollowUp(action) => write!(f, "follow_up:{action}"),
            Self::Completion(session, draft) => write!(f, "completion:{session}.{draft}"),
            Self::Idle => f.write_str("idle"),
            Self::Filing(session) => write!(f, "filing:{session}"),
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
            "near" => of.parse().ok().map(Self::Near),
            "missed" => of.parse().ok().map(Self::Missed),
            "chair_silent" if of.is_empty() => Some(Self::ChairSilent),
            "ask_date" if of.is_empty() => Some(Self::AskDate),
            "undecided" if of.is_empty() => Some(Self::Undecided),
            "review" if of.is_empty() => Some(Self::Review),
            "leavers" if of.is_empty() => Some(Self::Leavers),
            "questions" if of.is_empty() => Some(Self::Questions),
            "idle" if of.is_empty() => Some(Self::Idle),
            "filing" => of.parse().ok().map(Self::Filing),
            "review_protection" => in_session(of).map(|(session, draft)| Self::ReviewProtection(session, draft)),
            "completion" => in_session(of).map(|(session, draft)| Self::Completion(session, draft)),
            "challenge_near" => in_session(of).map(|(session, challenge)| Self::ChallengeNear(session, challenge)),
            "challenge_due" => in_session(of).map(|(session, challenge)| Self::ChallengeDue(session, challenge)),
            "follow_up" => of.parse().ok().map(Self::FollowUp),
            "silence" => of.parse().ok().map(Self::Silence),
            "danger" => of.parse().ok().map(Self::Danger),
            "find_owner" => of.parse().ok().map(Self::FindOwner),
            "crossing" => of.parse().ok().map(Self::Crossing),
            "leave_by" => of.parse().ok().map(Self::LeaveBy),
            _ => None,
        };
        timer.ok_or(UnknownTimer)
    }
}

/// `2.11`: a session and something of it.
fn in_session<T: FromStr>(of: &str) -> Option<(SessionNo, T)> {
    let (session, thing) = of.split_once('.')?;
    Some((session.parse().ok()?, thing.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::deadlines::DeadlineKind;

    #[test]
    fn a_timer_is_known_again_by_its_name() {
        let of_a_session = Clock { kind: DeadlineKind::Circulation, session: Some(SessionNo(2)) };
        let clocks = DeadlineKind::ALL.iter().map(|(kind, _)| Clock::from(*kind)).chain([of_a_session]);
        let deadlines = clocks.flat_map(|clock| [Timer::Near(clock), Timer::Missed(clock)]);
        let of_a_thing = [
            Timer::Silence(InvitationId(3)),
            Timer::LeaveBy(SeatId(7)),
            Timer::Danger(AlertId(2)),
            Timer::FindOwner(ActionNo(4)),
            Timer::Crossing(CrossingNo(2)),
            Timer::ReviewProtection(SessionNo(2), DraftId(11)),
            Timer::FollowUp(ActionNo(4)),
            Timer::Completion(SessionNo(2), DraftId(9)),
            Timer::Filing(SessionNo(2)),
            Timer::ChallengeNear(SessionNo(1), ChallengeId(2)),
            Timer::ChallengeDue(SessionNo(3), ChallengeId(1)),
        ];
        let others = [
            Timer::Draft,
            Timer::RequestAnswer,
            Timer::ChairSilent,
            Timer::AskDate,
            Timer::Undecided,
            Timer::Review,
            Timer::Leavers,
            Timer::Questions,
            Timer::Idle,
        ];
        let others = others.into_iter().chain(of_a_thing);
        for timer in deadlines.chain(others) {
            assert_eq!(timer.to_string().parse(), Ok(timer));
        }
        for unknown in ["tea_time", "draft:1", "near:tea_time", "near:circulation_due.x", "leave_by:"] {
            assert_eq!(unknown.parse::<Timer>(), Err(UnknownTimer), "{unknown}");
        }
    }
}
