//! What an auditor does with a record: looks at it, which is a fact of the case, and judges it, which is theirs alone.
//!
//! Nothing here grades anything. A judgement is a person's, and as many stand side by side as people gave (AUD-06, AUD-07).

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::calendar;
use super::event::Actor;
use super::ids::SeatId;
use super::procedure::Match;
use super::referral::choices;
use super::spoken::Spoken;

choices! {
    /// How a person judges a session (AUD-06).
    Judgement {
        Good = "good",
        RequiresImprovement = "requires_improvement",
        Inadequate = "inadequate",
    }
}

/// A judgement as somebody gave it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    pub judgement: Judgement,
    pub words: Spoken,
    pub by: Actor,
    pub at: DateTime<Utc>,
}

choices! {
    /// What the authority finds of a possible breach (AUD-11).
    BreachFinding {
        NoBreach = "no_breach",
        /// One that stays in the authority's own register.
        Breach = "breach",
        /// One that the regulator is told of.
        Reportable = "reportable",
    }
}

/// Somebody in the wrong meeting had seen something of the case; whether that is a breach is the authority's to assess.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PossibleBreach {
    /// The entry that removed them, which is its number.
    pub entry: u64,
    pub seat: SeatId,
    pub assessed: Vec<BreachAssessment>,
}

/// What somebody found of it; as many stand as people gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BreachAssessment {
    pub finding: BreachFinding,
    pub words: Spoken,
    pub by: Actor,
    pub at: DateTime<Utc>,
}

/// The days a list or a report is about, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    pub from: NaiveDate,
    pub to: NaiveDate,
}

impl Period {
    /// Whether a moment is on one of the days, by the clock on the wall.
    pub fn holds(&self, at: DateTime<Utc>) -> bool {
        (self.from..=self.to).contains(&calendar::day_of(at))
    }

    /// "1 December 2026" and "31 December 2026".
    pub fn words(&self) -> [String; 2] {
        [self.from, self.to].map(calendar::date_of)
    }
}

/// What was looked at, with all that it takes to make it again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Viewed {
    /// One session's findings (AUD-01).
    Sheet,
    /// The questions made of them (AUD-10).
    Learning,
    /// Who changed and who read what (AUD-11).
    Log,
    /// The case was in a list for inspection (AUD-13).
    InspectionList { period: Period },
    /// The case was drawn (AUD-14).
    Sample { period: Period, size: u16, seed: u32 },
}

/// Who may look at records from outside, and how small a number may be shown.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Auditing {
    /// Who audits: sheets, logs, samples, totals and judgements (AUD-01 to AUD-08, AUD-10 to AUD-12, AUD-14, AUD-15).
    #[serde(default)]
    pub auditor: Vec<Match>,
    /// Who makes the lists for an inspection (AUD-13).
    #[serde(default)]
    pub inspection: Vec<Match>,
    /// Who assesses possible breaches, and reads the log for it; nobody named, those who audit (AUD-11).
    #[serde(default)]
    pub breach: Vec<Match>,
    /// Who sees the counts of their own agency (AUD-09).
    #[serde(default)]
    pub agency_manager: Vec<Match>,
    /// Counts below this, but for none at all, are not shown, so that nobody can be told from a total (AUD-08).
    #[serde(default)]
    pub least_shown: usize,
}

impl Auditing {
    /// Who assesses possible breaches.
    pub fn assessors(&self) -> &[Match] {
        if self.breach.is_empty() { &self.auditor } else { &self.breach }
    }
}
