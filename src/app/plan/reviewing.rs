//! What is looked at again until the case is closed: children nothing is decided about or done for (TIM-10, REV-08), and
//! decisions on immediate action (REV-05). What is sent outside the room names nobody.

use chrono::{DateTime, Utc};

use crate::domain::calendar;
use crate::domain::case::Case;
use crate::domain::drift::is_counted;
use crate::domain::timer::Timer;
use crate::domain::under_review::{AskedOn, due_at};
use crate::room::Scene;

use super::{Plan, TimerChange};

impl Plan {
    /// Sets the timer as soon as there is something to count, and clears it once there is nothing any more.
    pub(super) fn keep_drift(&mut self, before: Option<&Case>, scene: &Scene<'_>, now: DateTime<Utc>) {
        let was = before.is_some_and(|case| is_counted(case, &scene.rules, now));
        match is_counted(scene.case, &scene.rules, now) {
            is if is == was => {}
            true => self.count_after(scene, now),
            false => self.timers.push(TimerChange::Clear { name: Timer::Undecided.to_string() }),
        }
    }

    /// Counted again the next working day; whoever chairs and whoever convenes hear of it once, when it becomes too long.
    pub(super) fn drifts(&mut self, scene: &Scene<'_>, drift: bool, now: DateTime<Utc>) {
        self.count_after(scene, now);
        if drift && scene.case.drifting == 1 {
            let chair = scene.case.session().and_then(|session| session.chair());
            self.tell_each(scene, chair.into_iter().chain(scene.case.convenor()), &scene.drifts(now));
        }
    }

    /// On the next working day, when the count grows.
    fn count_after(&mut self, scene: &Scene<'_>, at: DateTime<Utc>) {
        let next = scene.rules.calendar.working_day_after(at);
        self.set(Timer::Undecided, calendar::at_time(next, scene.rules.procedure.waits.daily_at));
    }

    /// Sets the timer of the next question to the chair, moves it with every decision and answer, and clears it.
    pub(super) fn keep_review(&mut self, before: Option<&Case>, scene: &Scene<'_>) {
        let due = |case: &Case| due_at(case, scene.rules.procedure);
        let (was, is) = (before.and_then(due), due(scene.case));
        match is {
            _ if was == is => {}
            Some(at) => self.set(Timer::Review, at),
            None => self.timers.push(TimerChange::Clear { name: Timer::Review.to_string() }),
        }
    }

    pub(super) fn review_asked(&mut self, scene: &Scene<'_>, on: AskedOn) {
        self.tell_the_chair(scene, &scene.review_asked(on));
    }
}
