//! The deadlines of a case, from the procedure's rules and the moments recorded.
//!
//! A [`Rule`] is a length and its source; [`Deadlines::rules`] names each with what it is counted from. A [`Deadline`] is
//! such a rule applied to a case. Timers, the board, the minutes and the report all go through [`deadline`].

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::calendar::{Calendar, Due, at_time, day_of};
use super::case::Case;
use super::decision::{Action, ActionStatus, Section47Decision};
use super::due;
use super::event::SessionForm;
use super::facts::Rules;
use super::ids::SessionNo;
use super::procedure::{Deadlines, Procedure, Rule, Waits, Within};
use super::prompt::About;
use super::referral::{ClockFrom, UrgencyClass, choices};
use super::session::Session;
use super::timer::UnknownTimer;

choices! {
    /// What has to be done in time. Its code is in entries, timers, wording and reports.
    DeadlineKind {
        /// A session is to be held (TIM-01 to TIM-05).
        HoldBy = "hold_by",
        /// A strategy meeting is to be held, whatever discussion came first (TIM-03).
        MeetingBy = "meeting_by",
        /// The minutes are to be with their recipients (TIM-15 to TIM-22).
        Circulation = "circulation_due",
        /// The child is to be seen and met (TIM-11).
        ChildSeen = "child_seen_due",
        /// An initial child protection conference, if one is needed (TIM-24).
        Conference = "conference_by",
        /// The assessment is to be complete (TIM-24).
        Assessment = "assessment_by",
    }
    /// The event a deadline is counted from.
    CountedFrom {
        /// The referral was received.
        Received = "received",
        /// What it says became known, where the clocks run from that (REF-01).
        Known = "known",
        /// Protective action was taken before any discussion (TIM-05).
        ExceptionalAction = "exceptional_action",
        /// Section 47 enquiries were initiated.
        Section47 = "section_47",
        /// The session was closed.
        Closed = "closed",
    }
}

impl From<ClockFrom> for CountedFrom {
    fn from(clock: ClockFrom) -> Self {
        match clock {
            ClockFrom::Received => Self::Received,
            ClockFrom::Known => Self::Known,
        }
    }
}

impl DeadlineKind {
    /// Whether the record can tell that it was missed: a conference or an assessment is kept elsewhere.
    pub fn is_watched(self) -> bool {
        !matches!(self, Self::Conference | Self::Assessment)
    }
}

/// One deadline of a case among the others: what has to be done, and for what each session has of its own (the
/// circulation of its record), of which. Without a number it is the last session's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clock {
    pub kind: DeadlineKind,
    pub session: Option<SessionNo>,
}

impl From<DeadlineKind> for Clock {
    fn from(kind: DeadlineKind) -> Self {
        Self { kind, session: None }
    }
}

impl Clock {
    /// The session it is of; the last, for one that is the whole case's.
    pub fn session(self, case: &Case) -> Option<&Session> {
        self.session.map_or_else(|| case.session(), |no| case.session_no(no))
    }
}

/// As a timer's name has it: `hold_by`, `circulation_due.2`.
impl fmt::Display for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind.code())?;
        self.session.map_or(Ok(()), |no| write!(f, ".{no}"))
    }
}

impl FromStr for Clock {
    type Err = UnknownTimer;

    fn from_str(name: &str) -> Result<Self, UnknownTimer> {
        let (kind, session) = name.split_once('.').map_or((name, None), |(kind, no)| (kind, Some(no)));
        let kind = DeadlineKind::from_code(kind).ok_or(UnknownTimer)?;
        Ok(Self { kind, session: session.map(str::parse).transpose().map_err(|_| UnknownTimer)? })
    }
}

/// A deadline with the rule it comes from and the moment it is counted from, so that the working can be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deadline {
    pub due: Due,
    pub rule: Rule,
    pub event: CountedFrom,
    pub from: DateTime<Utc>,
}

/// What a procedure may set a deadline for, by its key in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedRule<'a> {
    pub key: &'static str,
    pub event: CountedFrom,
    /// `None` where the procedure sets no figure.
    pub rule: Option<&'a Rule>,
}

impl Deadlines {
    /// Everything a deadline may be set for, with what it is counted from.
    pub fn rules(&self) -> Vec<NamedRule<'_>> {
        let referred = CountedFrom::from(self.runs_from);
        let all = [
            ("hold_by.serious_risk", referred, self.hold_by.serious_risk.as_ref()),
            ("hold_by.complex", referred, self.hold_by.complex.as_ref()),
            ("hold_by.post_assessment", referred, self.hold_by.post_assessment.as_ref()),
            ("hold_by.immediate_protection", referred, self.hold_by.immediate_protection.as_ref()),
            (
                "hold_by.after_exceptional_action",
                CountedFrom::ExceptionalAction,
                self.hold_by.after_exceptional_action.as_ref(),
            ),
            ("circulation.meeting", CountedFrom::Closed, Some(&self.circulation.meeting)),
            ("circulation.complex_meeting", CountedFrom::Closed, self.circulation.complex_meeting.as_ref()),
            ("circulation.discussion", CountedFrom::Closed, Some(&self.circulation.discussion)),
            ("child_seen", CountedFrom::Section47, self.child_seen.as_ref()),
            ("conference", CountedFrom::Section47, Some(&self.conference)),
            ("assessment", referred, Some(&self.assessment)),
        ];
        all.into_iter().map(|(key, event, rule)| NamedRule { key, event, rule }).collect()
    }
}

fn counted(event: CountedFrom, from: DateTime<Utc>, rule: &Rule, calendar: &Calendar) -> Deadline {
    Deadline { due: calendar.due(from, rule.within), rule: rule.clone(), event, from }
}

/// A deadline of a case; `None` where the procedure sets no figure, or what it is counted from has not happened.
pub fn deadline(clock: impl Into<Clock>, case: &Case, rules: &Rules<'_>) -> Option<Deadline> {
    let (set, calendar) = (&rules.procedure.deadlines, rules.calendar);
    let clock = clock.into();
    match clock.kind {
        DeadlineKind::HoldBy => hold_by(case, set, calendar),
        DeadlineKind::MeetingBy => meeting_by(case, set, calendar),
        DeadlineKind::Circulation => circulation(clock.session(case)?, set, calendar),
        DeadlineKind::ChildSeen => child_seen(case, set, calendar),
        DeadlineKind::Conference => Some(counted(CountedFrom::Section47, initiated(case)?, &set.conference, calendar)),
        DeadlineKind::Assessment => {
            initiated(case)?;
            let (event, from) = referred(case, set)?;
            Some(counted(event, from, &set.assessment, calendar))
        }
    }
}

/// What may fall due in a case: each kind once, and the circulation of every session's record.
pub fn clocks(case: &Case) -> Vec<Clock> {
    let of_the_case = DeadlineKind::ALL.iter().map(|(kind, _)| Clock::from(*kind));
    let of_the_case = of_the_case.filter(|clock| clock.kind != DeadlineKind::Circulation);
    let records = case.sessions.iter();
    let records = records.map(|session| Clock { kind: DeadlineKind::Circulation, session: Some(session.no) });
    of_the_case.chain(records).collect()
}

/// Every deadline the case has now, the last session's among them.
pub fn deadlines(case: &Case, rules: &Rules<'_>) -> Vec<(DeadlineKind, Deadline)> {
    let kinds = DeadlineKind::ALL.iter().map(|(kind, _)| *kind);
    kinds.filter_map(|kind| deadline(kind, case, rules).map(|deadline| (kind, deadline))).collect()
}

/// Whether what a deadline asks for has been done, as far as the record knows.
pub fn is_met(clock: impl Into<Clock>, case: &Case) -> bool {
    let clock = clock.into();
    let mut held = case.sessions.iter().filter(|session| session.opened_at.is_some());
    match clock.kind {
        // Nobody meets any more in a case that is closed.
        DeadlineKind::HoldBy | DeadlineKind::MeetingBy if case.closed.is_some() => true,
        DeadlineKind::HoldBy => held.next().is_some(),
        DeadlineKind::MeetingBy => held.any(|session| session.form == SessionForm::Meeting),
        DeadlineKind::Circulation => clock.session(case).is_some_and(|session| !session.circulation.is_empty()),
        DeadlineKind::ChildSeen => {
            let is_over =
                |status| matches!(status, ActionStatus::Done | ActionStatus::Reported | ActionStatus::Cancelled);
            children_to_be_seen(case).all(|action| is_over(action.status))
        }
        DeadlineKind::Conference | DeadlineKind::Assessment => false,
    }
}

/// The strategy meeting a discussion has not replaced, where one still has to be held (TIM-03).
pub fn meeting_still_due(case: &Case, rules: &Rules<'_>) -> Option<Deadline> {
    let is_a_discussion = case.session().is_some_and(|session| session.form == SessionForm::Discussion);
    let kind = DeadlineKind::MeetingBy;
    deadline(kind, case, rules).filter(|_| is_a_discussion && !is_met(kind, case))
}

/// When a deadline's owner is warned of it: some time before one of hours, in the morning of the last day of one
/// counted in days (TIM-23), and for a discussion's record the same day, where the procedure says when (TIM-18).
pub fn warned_at(clock: Clock, deadline: &Deadline, case: &Case, procedure: &Procedure) -> DateTime<Utc> {
    let is_a_discussion = clock.session(case).is_some_and(|session| session.form == SessionForm::Discussion);
    let same_day = procedure.deadlines.circulation.discussion_reminder_at;
    let same_day = same_day.filter(|_| clock.kind == DeadlineKind::Circulation && is_a_discussion);
    if let Some(time) = same_day {
        return at_time(day_of(deadline.from), time);
    }
    warned_before(deadline.rule.within, deadline.due.at, &procedure.waits)
}

/// When whoever has to see to something is warned: on the last day of a length in days, or shortly before the end of a
/// shorter one (TIM-23, DIS-14).
pub fn warned_before(within: Within, due_at: DateTime<Utc>, waits: &Waits) -> DateTime<Utc> {
    match within {
        Within::WorkingDays(_) | Within::CalendarDays(_) => at_time(day_of(due_at), waits.daily_at),
        Within::SameDay | Within::Hours(_) => due_at - TimeDelta::minutes(i64::from(waits.warn_before_minutes)),
    }
}

/// The question that records protective action taken before any discussion, and its field for the time (TIM-05).
const EXCEPTIONAL_ACTION: (&str, &str) = ("exceptional_action", "at");

/// Class and flags combine, the earliest rules (TIM-01 to TIM-05).
fn hold_by(case: &Case, set: &Deadlines, calendar: &Calendar) -> Option<Deadline> {
    let urgency = case.referral.urgency;
    let class = match urgency.class {
        UrgencyClass::SeriousRisk => set.hold_by.serious_risk.as_ref(),
        UrgencyClass::Complex => set.hold_by.complex.as_ref(),
        UrgencyClass::PostAssessment => set.hold_by.post_assessment.as_ref(),
        UrgencyClass::NotClassified => None,
    };
    let complex = set.hold_by.complex.as_ref().filter(|_| urgency.complex);
    let protection = set.hold_by.immediate_protection.as_ref().filter(|_| urgency.immediate_protection);
    let of_the_referral = referred(case, set).into_iter().flat_map(|(event, from)| {
        let rules = [class, complex, protection].into_iter().flatten();
        rules.map(move |rule| counted(event, from, rule, calendar))
    });
    let after_action = set.hold_by.after_exceptional_action.as_ref().zip(acted_at(case));
    let after_action = after_action.map(|(rule, at)| counted(CountedFrom::ExceptionalAction, at, rule, calendar));
    of_the_referral.chain(after_action).min_by_key(|deadline| deadline.due.at)
}

/// A complex case has a clock of its own for a strategy meeting, which never replaces the discussion's (TIM-03).
fn meeting_by(case: &Case, set: &Deadlines, calendar: &Calendar) -> Option<Deadline> {
    let urgency = case.referral.urgency;
    let rule = set.hold_by.complex.as_ref().filter(|_| urgency.complex || urgency.class == UrgencyClass::Complex)?;
    let (event, from) = referred(case, set)?;
    Some(counted(event, from, rule, calendar))
}

/// The moment the clocks of the referral run from, and which of the two it is (REF-01).
fn referred(case: &Case, set: &Deadlines) -> Option<(CountedFrom, DateTime<Utc>)> {
    Some((case.referral.clock_from(set).into(), case.referral.clock_start(set)?))
}

/// When protective action was taken before any discussion, as a convenor recorded it last.
fn acted_at(case: &Case) -> Option<DateTime<Utc>> {
    let (prompt, field) = EXCEPTIONAL_ACTION;
    let answer = case.sessions.iter().rev().find_map(|session| session.answer(prompt, About::Session))?;
    due::instant(answer.fields.get(field)?.words())
}

/// By the rule, or as long as every action that came of it now has (TIM-11).
fn child_seen(case: &Case, set: &Deadlines, calendar: &Calendar) -> Option<Deadline> {
    // A session convened since doesn't stop the clock of the decision.
    let decided = case.sessions.iter().rev().find_map(initiated_at)?;
    let by_rule = counted(CountedFrom::Section47, decided, set.child_seen.as_ref()?, calendar);
    let latest = children_to_be_seen(case).filter_map(|action| action.entered.due).max();
    let due = Due { at: latest.unwrap_or(by_rule.due.at), ..by_rule.due };
    Some(Deadline { due, ..by_rule })
}

fn children_to_be_seen(case: &Case) -> impl Iterator<Item = &Action> {
    case.actions.iter().filter(|action| action.entered.sees.is_some())
}

/// From the recorded close, by the form of the session (TIM-15 to TIM-22).
fn circulation(session: &Session, set: &Deadlines, calendar: &Calendar) -> Option<Deadline> {
    let rule = match session.form {
        SessionForm::Meeting if session.complex => {
            set.circulation.complex_meeting.as_ref().unwrap_or(&set.circulation.meeting)
        }
        SessionForm::Meeting => &set.circulation.meeting,
        SessionForm::Discussion => &set.circulation.discussion,
    };
    Some(counted(CountedFrom::Closed, session.closed_at?, rule, calendar))
}

/// When section 47 was initiated in this session.
fn initiated_at(session: &Session) -> Option<DateTime<Utc>> {
    let (_, decided) = session.section_47()?;
    session.section_47_decided_at().filter(|_| decided.decision == Section47Decision::Initiate)
}

/// When section 47 was first initiated: a later session does not move what follows from it (TIM-24, G-13).
fn initiated(case: &Case) -> Option<DateTime<Utc>> {
    case.sessions.iter().find_map(initiated_at)
}
