//! Who is asked for questions, for how long, and what becomes of silence (TURN-10, TURN-11).

use chrono::Duration;

use super::Situation;
use crate::domain::event::Event;
use crate::domain::floor::Addressee;
use crate::domain::question_time::{AskingStep, Opportunity, asked_of, opportunity, silent};
use crate::domain::session::Session;
use crate::domain::stage::Stage;

/// The stage of questions begins: with the chair and the social worker, where one of them is here.
pub(super) fn begin(situation: &Situation<'_>, session: &Session) -> Vec<Event> {
    let leaders = asked_of(AskingStep::Leaders, situation.case, session);
    if leaders.is_empty() {
        return of_the_agencies(situation, session);
    }
    vec![invited(situation, AskingStep::Leaders, leaders, false)]
}

/// Each other agency has its turn to ask; where there is none, the questions are over.
fn of_the_agencies(situation: &Situation<'_>, session: &Session) -> Vec<Event> {
    let agencies = asked_of(AskingStep::Agencies, situation.case, session);
    if agencies.is_empty() {
        return vec![Event::QuestionsOver { step: AskingStep::Agencies, silent: Vec::new() }];
    }
    vec![invited(situation, AskingStep::Agencies, agencies, false)]
}

fn invited(situation: &Situation<'_>, step: AskingStep, asked: Vec<Addressee>, again: bool) -> Event {
    let minutes = situation.facts.rules.procedure.waits.questions_close_minutes;
    let closes_at = situation.facts.now + Duration::minutes(minutes.into());
    Event::QuestionsInvited { step, asked, closes_at, again }
}

/// The same with what a question, or a "none", leads to: a question in the last moment restarts the countdown once, and
/// a step in which everybody passed is over.
pub(super) fn counted(situation: &Situation<'_>, mut events: Vec<Event>) -> Vec<Event> {
    let after = situation.after(&events);
    let Some(session) = after.session().filter(|session| session.stage == Stage::Questions) else { return events };
    let Some(asking) = session.question_time.asking else { return events };
    let asked = session.question_time.asked_in(asking.step);
    let is_put = |event: &Event| matches!(event, Event::QuestionPut { .. } | Event::QuestionRaised { to: Some(_), .. });
    let seconds = situation.facts.rules.procedure.waits.questions_last_seconds;
    let is_last_moment = asking.closes_at - situation.facts.now <= Duration::seconds(seconds.into());
    if asked.iter().all(|who| opportunity(who, &after, session) == Opportunity::Passed) {
        events.extend(over(situation, session, asking.step));
    } else if events.iter().any(is_put) && is_last_moment && !asking.restarted {
        events.push(invited(situation, asking.step, asked, true));
    }
    events
}

/// The countdown has run out: silence is minuted, and the next step begins.
pub(super) fn run_out(situation: &Situation<'_>) -> Vec<Event> {
    let Some(session) = situation.case.session().filter(|session| session.stage == Stage::Questions) else {
        return Vec::new();
    };
    let asking = session.question_time.asking.filter(|asking| asking.closes_at <= situation.facts.now);
    asking.map(|asking| over(situation, session, asking.step)).unwrap_or_default()
}

fn over(situation: &Situation<'_>, session: &Session, step: AskingStep) -> Vec<Event> {
    let asked = session.question_time.asked_in(step);
    let silent = silent(&asked, situation.case, session).into_iter().cloned().collect();
    let mut events = vec![Event::QuestionsOver { step, silent }];
    if step == AskingStep::Leaders {
        events.extend(of_the_agencies(situation, session));
    }
    events
}
