//! The stage of questions: the chair and the social worker first, then the other agencies, each step with a timed close.
//!
//! Who asked and who passed is read from the questions themselves; only silence is a fact of its own.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::case::Case;
use super::floor::{Addressee, QuestionState};
use super::ids::SeatId;
use super::referral::choices;
use super::session::Session;

choices! {
    /// Who is asked for questions, one step after the other.
    AskingStep {
        /// The chair, and the social worker who convened (TURN-10).
        Leaders = "leaders",
        /// Each other agency in the room (TURN-11).
        Agencies = "agencies",
    }
    /// What somebody made of the opportunity to ask.
    Opportunity {
        Asked = "asked",
        Passed = "passed",
        /// A leader let the time pass (TURN-10).
        NoneByTime = "none_by_time",
        /// An agency let the time pass (TURN-11).
        NoAnswer = "no_answer",
        /// The session moved on before the time was over.
        MovedOn = "moved_on",
    }
}

/// The stage of questions as it stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct QuestionTime {
    /// The countdown that runs now.
    pub asking: Option<Asking>,
    /// Everybody who was given the opportunity, in order.
    pub asked: Vec<(AskingStep, Addressee)>,
    /// Those who let the time pass.
    pub silent: Vec<Addressee>,
}

/// A countdown of "any more questions?".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asking {
    pub step: AskingStep,
    pub closes_at: DateTime<Utc>,
    /// A question in the last moment restarts it once.
    pub restarted: bool,
}

impl QuestionTime {
    /// Who was given the opportunity in a step.
    pub fn asked_in(&self, step: AskingStep) -> Vec<Addressee> {
        self.asked.iter().filter(|(of, _)| *of == step).map(|(_, who)| who.clone()).collect()
    }
}

/// Who has the opportunity in a step, as people are here now.
pub fn asked_of(step: AskingStep, case: &Case, session: &Session) -> Vec<Addressee> {
    match step {
        AskingStep::Leaders => leaders(session).into_iter().map(Addressee::Seat).collect(),
        AskingStep::Agencies => agencies(case, session).into_iter().map(Addressee::Agency).collect(),
    }
}

/// The chair and the social worker who convened, each once, where they are here.
fn leaders(session: &Session) -> Vec<SeatId> {
    let mut leaders: Vec<_> = session.chair().into_iter().chain([session.convenor]).collect();
    leaders.dedup();
    leaders.retain(|leader| session.here().any(|here| here == *leader));
    leaders
}

/// The other agencies in the room, by the order of their people's seats.
fn agencies(case: &Case, session: &Session) -> Vec<String> {
    let led: Vec<_> = leaders(session).into_iter().map(|seat| case.person(seat).agency.clone()).collect();
    let mut agencies: Vec<String> = Vec::new();
    for agency in session.here().filter(|seat| case.has_part(*seat)).map(|seat| &case.person(seat).agency) {
        if !led.contains(agency) && !agencies.contains(agency) {
            agencies.push(agency.clone());
        }
    }
    agencies
}

/// What somebody made of their opportunity.
pub fn opportunity(who: &Addressee, case: &Case, session: &Session) -> Opportunity {
    let is_theirs = |seat: SeatId| match who {
        Addressee::Seat(own) => *own == seat,
        Addressee::Agency(agency) => case.person(seat).agency == *agency,
    };
    let put = |state| matches!(state, QuestionState::Asked | QuestionState::Answered);
    let has_asked = session.questions.iter().any(|question| is_theirs(question.by) && put(question.state));
    let mut seats = session.attendance.iter().filter(|(seat, _)| is_theirs(**seat));
    match who {
        _ if has_asked => Opportunity::Asked,
        _ if seats.any(|(_, attendance)| attendance.no_questions) => Opportunity::Passed,
        who if !session.question_time.silent.contains(who) => Opportunity::MovedOn,
        Addressee::Seat(_) => Opportunity::NoneByTime,
        Addressee::Agency(_) => Opportunity::NoAnswer,
    }
}

/// Those of a step who have neither asked nor passed.
pub fn silent<'a>(asked: &'a [Addressee], case: &Case, session: &Session) -> Vec<&'a Addressee> {
    let has_answered =
        |who: &&Addressee| matches!(opportunity(who, case, session), Opportunity::Asked | Opportunity::Passed);
    asked.iter().filter(|who| !has_answered(who)).collect()
}
