//! When a team is on duty: hours of working days, as its authority set them (INV-32).

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, NaiveTime, Utc};

use super::calendar::{Calendar, at_time, day_of};

/// From the first up to the second time of every working day, in London.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DutyHours {
    from: NaiveTime,
    to: NaiveTime,
}

impl DutyHours {
    pub fn cover(self, at: DateTime<Utc>, calendar: &Calendar) -> bool {
        let day = day_of(at);
        calendar.is_working_day(day) && (at_time(day, self.from)..at_time(day, self.to)).contains(&at)
    }
}

/// Not two times of a day, the earlier first: `08:30-17:00`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not hours such as 08:30-17:00")]
pub struct NotHours;

impl FromStr for DutyHours {
    type Err = NotHours;

    fn from_str(text: &str) -> Result<Self, NotHours> {
        let time = |text: &str| NaiveTime::parse_from_str(text.trim(), "%H:%M").map_err(|_| NotHours);
        let (from, to) = text.split_once('-').ok_or(NotHours)?;
        let (from, to) = (time(from)?, time(to)?);
        if from < to { Ok(Self { from, to }) } else { Err(NotHours) }
    }
}

impl fmt::Display for DutyHours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.from.format("%H:%M"), self.to.format("%H:%M"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    #[test]
    fn hours_are_those_of_working_days_in_london() {
        let hours: DutyHours = "08:30-17:00".parse().expect("hours");
        assert_eq!(hours.to_string(), "08:30-17:00");
        let calendar = Config::built_in().calendar;
        let covered = |at: &str| hours.cover(at.parse().expect("a moment"), &calendar);
        assert!(covered("2026-12-07T08:30:00Z") && covered("2027-05-14T15:59:59Z"));
        assert!(!covered("2026-12-07T08:29:59Z") && !covered("2026-12-07T17:00:00Z"));
        assert!(!covered("2026-12-12T10:00:00Z"), "a Saturday");
        assert!(!covered("2026-12-25T10:00:00Z"), "a bank holiday");
        for wrong in ["", "8-17", "17:00-08:30", "always"] {
            assert_eq!(wrong.parse::<DutyHours>(), Err(NotHours), "{wrong}");
        }
    }
}
