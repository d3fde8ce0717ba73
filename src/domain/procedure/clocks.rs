//! The clocks a procedure sets, and how long the bot waits before it does the next thing.

use chrono::NaiveTime;
use serde::{Deserialize, Serialize};

use crate::domain::referral::ClockFrom;

/// Every clock the procedure sets. `None` is the procedure's silence, not a default.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deadlines {
    /// Which moment the clocks of a referral run from, where its convenor doesn't say (REF-01, G-15).
    #[serde(default)]
    pub runs_from: ClockFrom,
    /// From that moment, by class of urgency (TIM-01 to TIM-04).
    #[serde(default)]
    pub hold_by: HoldBy,
    /// From the recorded close (TIM-15 to TIM-22).
    pub circulation: Circulation,
    /// From the section 47 decision (TIM-11).
    #[serde(default)]
    pub child_seen: Option<Rule>,
    /// What the action is called that the decision makes for each born subject child, where there is a figure.
    #[serde(default)]
    pub child_seen_action: Option<String>,
    /// From the session that initiated section 47 (TIM-24).
    pub conference: Rule,
    /// From the moment the clocks run from (TIM-24).
    pub assessment: Rule,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct HoldBy {
    pub serious_risk: Option<Rule>,
    pub complex: Option<Rule>,
    pub post_assessment: Option<Rule>,
    pub immediate_protection: Option<Rule>,
    /// From the exceptional action, not from receipt (TIM-05).
    pub after_exceptional_action: Option<Rule>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Circulation {
    pub meeting: Rule,
    #[serde(default)]
    pub complex_meeting: Option<Rule>,
    pub discussion: Rule,
    /// When, on the day of a discussion, its recorder is reminded (TIM-18).
    #[serde(default)]
    pub discussion_reminder_at: Option<NaiveTime>,
}

/// A deadline's length and its source, so that the working can be shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    pub within: Within,
    /// As soon as possible: the source gives no figure, and the length is when it counts as overdue (TIM-18).
    #[serde(default)]
    pub promptly: bool,
    /// The clause it comes from, or `local value`.
    pub source: String,
}

/// How long a deadline is, and in what it is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Within {
    /// Until 23:59 of the event's own day (TIM-02).
    SameDay,
    /// Elapsed hours, across weekends and clock changes (TIM-14).
    Hours(u32),
    /// Until 23:59 of the nth working day strictly after the event (TIM-13).
    WorkingDays(u32),
    /// Until 23:59 of the nth calendar day after the event (TIM-15).
    CalendarDays(u32),
}

impl Within {
    /// What it is counted in, and how many of those.
    pub fn counted(self) -> (&'static str, u32) {
        match self {
            Self::SameDay => ("same_day", 0),
            Self::Hours(hours) => ("hours", hours),
            Self::WorkingDays(days) => ("working_days", days),
            Self::CalendarDays(days) => ("calendar_days", days),
        }
    }
}

/// How long the bot waits before it does the next thing, each a local value; minutes where nothing else is said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Waits {
    /// Until a silent chair may be replaced (SES-05).
    pub chair_silent_minutes: u32,
    /// Until an alert of danger is repeated (SAFE-02).
    pub danger_repeat_minutes: u32,
    /// From which repetition on the manager is told too.
    #[serde(default = "Waits::thirty", alias = "danger_repeats_most")]
    pub danger_manager_from: u32,
    /// Until an unanswered request goes to the manager (REF-02).
    pub request_answer_minutes: u32,
    /// Until the questions close by themselves (TURN-11).
    pub questions_close_minutes: u32,
    /// How many seconds before that a question restarts the countdown, once (TURN-11).
    #[serde(default = "Waits::half_a_minute")]
    pub questions_last_seconds: u32,
    /// Bounds on the wait for a team mailbox (INV-32).
    pub mailbox_least_minutes: u32,
    pub mailbox_most_minutes: u32,
    /// How long before a deadline of hours its owner is warned (TIM-23).
    pub warn_before_minutes: u32,
    /// When in the day the bot says what is due that day, and asks again what is asked daily.
    #[serde(default = "Waits::nine")]
    pub daily_at: NaiveTime,
    /// How long before somebody has to go the chair is told (SES-12).
    #[serde(default = "Waits::ten_minutes")]
    pub leave_by_warning_minutes: u32,
    /// How long those still outside the door are left alone after a reminder (GATE-01).
    #[serde(default = "Waits::five_minutes")]
    pub remind_minutes: u32,
    /// How many days before a temporary protection ends its review is due (TIM-09).
    #[serde(default = "Waits::a_day")]
    pub review_before_days: u32,
    /// The working days from the receipt of the information after which a child without a decision, or with no action
    /// running, is drifting (TIM-10, REV-08, G-14).
    #[serde(default = "Waits::two_days")]
    pub drift_working_days: u32,
    /// How long after the chair said that the decisions on immediate action hold they are asked again, whatever happens
    /// (REV-05).
    #[serde(default = "Waits::a_day_in_minutes")]
    pub immediate_review_minutes: u32,
    /// An action due within so long of being agreed needs its time, and not its day alone (ACT-01).
    #[serde(default = "Waits::a_day_in_minutes")]
    pub action_hours_matter_minutes: u32,
    /// How long before an action is due its owner is reminded (REV-01).
    #[serde(default = "Waits::a_day_in_minutes")]
    pub action_reminder_minutes: u32,
    /// How long after that its owner is chased (REV-01), then the deputy, the manager and the chair are told (REV-07).
    /// What is due by the end of a day counts from `daily_at` of the next.
    #[serde(default = "Waits::an_hour")]
    pub action_chase_minutes: u32,
    #[serde(default = "Waits::four_hours")]
    pub action_deputy_minutes: u32,
    #[serde(default = "Waits::a_day_in_minutes")]
    pub action_manager_minutes: u32,
    #[serde(default = "Waits::two_days_in_minutes")]
    pub action_chair_minutes: u32,
    /// How far apart two sessions may start and still be a clash for whoever is asked to both (SES-14).
    #[serde(default = "Waits::an_hour")]
    pub clash_minutes: u32,
    /// Within how long somebody who acts in two cases is told which one it was (SES-15).
    #[serde(default = "Waits::five_minutes")]
    pub two_cases_minutes: u32,
    /// How long such an entry can be taken back before anybody sees it (SES-15).
    #[serde(default = "Waits::a_minute")]
    pub take_back_seconds: u32,
    /// How long nothing is entered in an open session before the chair is asked whether it is over, and how long after
    /// that its record is drafted all the same (MIN-29).
    #[serde(default = "Waits::an_hour")]
    pub close_prompt_minutes: u32,
    /// The working days after a draft within which a correction of it can be asked for in time (MIN-26).
    #[serde(default = "Waits::five_days")]
    pub correction_working_days: u32,
}

/// What was so before a procedure could say it.
impl Waits {
    fn nine() -> NaiveTime {
        NaiveTime::from_hms_opt(9, 0, 0).expect("a time of day")
    }

    fn ten_minutes() -> u32 {
        10
    }

    fn five_minutes() -> u32 {
        5
    }

    fn thirty() -> u32 {
        30
    }

    fn an_hour() -> u32 {
        60
    }

    fn a_minute() -> u32 {
        60
    }

    fn half_a_minute() -> u32 {
        30
    }

    fn a_day() -> u32 {
        1
    }

    fn two_days() -> u32 {
        2
    }

    fn four_hours() -> u32 {
        4 * 60
    }

    fn a_day_in_minutes() -> u32 {
        24 * 60
    }

    fn two_days_in_minutes() -> u32 {
        48 * 60
    }

    fn five_days() -> u32 {
        5
    }
}
