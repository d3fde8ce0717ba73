//! The clocks of a case, from the procedure's rules and the moments recorded.

use chrono::{DateTime, Utc};

use super::calendar::{Calendar, Due};
use super::case::Case;
use super::decision::Section47Decision;
use super::due;
use super::event::SessionForm;
use super::procedure::{Deadlines, Rule};
use super::prompt::About;
use super::referral::UrgencyClass;
use super::session::Session;

/// A deadline with the rule it comes from, so that the working can be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deadline {
    pub due: Due,
    pub rule: Rule,
}

fn from(start: DateTime<Utc>, rule: &Rule, calendar: &Calendar) -> Deadline {
    Deadline { due: calendar.due(start, rule.within), rule: rule.clone() }
}

/// The question that records protective action taken before any discussion, and its field for the time (TIM-05).
const EXCEPTIONAL_ACTION: (&str, &str) = ("exceptional_action", "at");

/// When the session has to be held by: class and flags combine, the earliest rules (TIM-01 to TIM-05).
/// `None` where the procedure sets no figure.
pub fn hold_by(case: &Case, rules: &Deadlines, calendar: &Calendar) -> Option<Deadline> {
    let by_urgency = case.referral.clock_start(rules).and_then(|start| by_urgency(case, start, rules, calendar));
    let after_action = rules.hold_by.after_exceptional_action.as_ref().zip(acted_at(case));
    let after_action = after_action.map(|(rule, at)| from(at, rule, calendar));
    [by_urgency, after_action].into_iter().flatten().min_by_key(|deadline| deadline.due.at)
}

fn by_urgency(case: &Case, start: DateTime<Utc>, rules: &Deadlines, calendar: &Calendar) -> Option<Deadline> {
    let urgency = case.referral.urgency;
    let class = match urgency.class {
        UrgencyClass::SeriousRisk => &rules.hold_by.serious_risk,
        UrgencyClass::Complex => &rules.hold_by.complex,
        UrgencyClass::PostAssessment => &rules.hold_by.post_assessment,
        UrgencyClass::NotClassified => &None,
    };
    let complex = rules.hold_by.complex.as_ref().filter(|_| urgency.complex);
    let protection = rules.hold_by.immediate_protection.as_ref().filter(|_| urgency.immediate_protection);
    let all = [class.as_ref(), complex, protection];
    all.into_iter().flatten().map(|rule| from(start, rule, calendar)).min_by_key(|deadline| deadline.due.at)
}

/// When protective action was taken before any discussion, as the convenor recorded it.
fn acted_at(case: &Case) -> Option<DateTime<Utc>> {
    let (prompt, field) = EXCEPTIONAL_ACTION;
    let answer = case.session()?.answer(prompt, About::Session)?;
    due::instant(answer.fields.get(field)?.words())
}

/// When the minutes have to be with their recipients (TIM-15 to TIM-22). `None` until the session closes.
pub fn circulation(session: &Session, rules: &Deadlines, calendar: &Calendar) -> Option<Deadline> {
    let closed = session.closed_at?;
    let rule = match session.form {
        SessionForm::Meeting if session.complex => {
            rules.circulation.complex_meeting.as_ref().unwrap_or(&rules.circulation.meeting)
        }
        SessionForm::Meeting => &rules.circulation.meeting,
        SessionForm::Discussion => &rules.circulation.discussion,
    };
    Some(from(closed, rule, calendar))
}

/// When section 47 was initiated in this session.
fn initiated_at(session: &Session) -> Option<DateTime<Utc>> {
    let (draft, decided) = session.section_47()?;
    (decided.decision == Section47Decision::Initiate).then_some(draft.entered_at)
}

/// When the child has to have been seen (TIM-11).
pub fn child_seen(session: &Session, rules: &Deadlines, calendar: &Calendar) -> Option<Deadline> {
    let rule = rules.child_seen.as_ref()?;
    Some(from(initiated_at(session)?, rule, calendar))
}

/// The latest day for an initial child protection conference, from the session that initiated section 47;
/// a later session does not move it (TIM-24, G-13).
pub fn conference(case: &Case, rules: &Deadlines, calendar: &Calendar) -> Option<Deadline> {
    let initiated = case.sessions.iter().find_map(initiated_at)?;
    Some(from(initiated, &rules.conference, calendar))
}

/// The latest day for the assessment, from when the clocks of the referral start (TIM-24).
pub fn assessment(case: &Case, rules: &Deadlines, calendar: &Calendar) -> Option<Deadline> {
    case.sessions.iter().find_map(initiated_at)?;
    Some(from(case.referral.clock_start(rules)?, &rules.assessment, calendar))
}
