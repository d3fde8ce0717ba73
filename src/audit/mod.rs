//! The audit of records: what a session's own record shows of what an audit looks for, and the lists and counts made of
//! many. Nothing here grades: a finding is met, not met or not applicable, and a judgement is a person's (AUD-06).
//!
//! Pure. Journals and the rules they ran under give values, and the minutes' document value to show them; nothing here
//! reads a clock, draws chance, or knows of a chat platform or a database. To look for one thing more: a [`Check`] in the
//! file of its head under `checks`, its two sentences in `[audit_check]` and `[audit_question]`.

mod checks;
mod figures;
mod lists;
mod log;
mod overrides;
mod report;
mod sheet;

use std::borrow::Cow;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::case::Case;
use crate::domain::event::{Event, Record};
use crate::domain::facts::Rules;
use crate::domain::ids::SessionNo;
use crate::domain::referral::choices;
use crate::domain::session::Session;
use crate::minutes::record_of;

pub use figures::{Measures, agency_counts, median, shown, totals};
pub use lists::{COLUMNS, drawn, inspection_list, sample};
pub use log::{Breach, Copy, Read, Reading, breaches, log, readings};
pub use overrides::{Override, Reason, map, overrides};
pub use report::Report;
pub use sheet::{learning, sheet};

choices! {
    /// The heads an audit looks under, in their order (AUD-01).
    Head {
        Attendance = "attendance",
        Timeliness = "timeliness",
        Discussion = "discussion",
        Decisions = "decisions",
    }
    /// What the record shows of one thing looked for.
    Answer {
        Met = "met",
        NotMet = "not_met",
        NotApplicable = "not_applicable",
    }
}

/// One session as its record has it, under the rules it ran under.
pub struct Sitting<'a> {
    /// What its record is made from.
    records: Cow<'a, [Record]>,
    /// The case as this session's record has it; its last session is the one looked at.
    case: Case,
    rules: Rules<'a>,
    no: SessionNo,
    /// The moment it is looked at.
    now: DateTime<Utc>,
}

/// One thing an audit looks for.
pub struct Check {
    /// Its key in the wording and in counts.
    pub key: &'static str,
    pub head: Head,
    /// The requirements it comes from.
    pub duties: &'static [&'static str],
    look: fn(&Sitting<'_>) -> Found,
}

/// What a check found, with what is lacking in words the record has, and the entries it rests on by their number.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Found {
    answer: Answer,
    lacking: Vec<String>,
    rests_on: Vec<u64>,
}

/// One line of an audit.
pub struct Finding {
    pub check: &'static Check,
    pub answer: Answer,
    /// Whom or what it is not met for; it may name people.
    pub lacking: Vec<String>,
    /// The numbers of the entries it rests on.
    pub rests_on: Vec<u64>,
}

impl<'a> Sitting<'a> {
    /// The session of a case's journal that has this number. `None` where there is none, or it is not closed.
    ///
    /// # Panics
    /// Where the journal is empty: a case begins with its referral.
    pub fn of(records: &'a [Record], no: SessionNo, rules: Rules<'a>, now: DateTime<Utc>) -> Option<Self> {
        Self::found(records, no, rules, now).filter(|sitting| sitting.session().closed_at.is_some())
    }

    /// The sessions of a case that are meant, in order.
    ///
    /// # Panics
    /// Where the journal is empty.
    pub fn all(
        records: &'a [Record],
        case: &Case,
        rules: Rules<'a>,
        now: DateTime<Utc>,
        is_meant: impl Fn(&Session) -> bool,
    ) -> Vec<Self> {
        let meant = case.sessions.iter().filter(|session| is_meant(session));
        meant.filter_map(|session| Self::found(records, session.no, rules, now)).collect()
    }

    fn found(records: &'a [Record], no: SessionNo, rules: Rules<'a>, now: DateTime<Utc>) -> Option<Self> {
        let records = record_of(records, Some(no));
        let case = Case::fold(&records).expect("a case begins with its referral");
        case.session().is_some_and(|session| session.no == no).then_some(Self { records, case, rules, no, now })
    }

    fn session(&self) -> &Session {
        self.case.session().expect("it was found by its number")
    }

    /// Its number among the case's sessions.
    pub fn no(&self) -> SessionNo {
        self.no
    }

    /// When it was held: opened, or closed where it never was.
    pub fn held_at(&self) -> DateTime<Utc> {
        let session = self.session();
        session.opened_at.or(session.closed_at).unwrap_or(session.convened_at)
    }

    /// What the record shows, line by line under the heads.
    pub fn findings(&self) -> Vec<Finding> {
        let look = |check: &'static Check| {
            let Found { answer, lacking, rests_on } = (check.look)(self);
            Finding { check, answer, lacking, rests_on }
        };
        checks::all().map(look).collect()
    }

    /// The entries of this session alone.
    fn own(&self) -> impl Iterator<Item = &Record> {
        let since = self.records.iter().rposition(|record| matches!(record.event, Event::SessionConvened { .. }));
        let own = self.records[since.unwrap_or(0)..].iter();
        own.filter(|record| record.event.session().is_none_or(|no| no == self.no))
    }

    /// Those of them that hold such a fact, by their number.
    fn entries(&self, is_meant: impl Fn(&Event) -> bool) -> Vec<u64> {
        self.own().filter(|record| is_meant(&record.event)).map(|record| record.seq).collect()
    }
}

impl Found {
    /// It can't be asked of this session.
    fn not_applicable() -> Self {
        Self { answer: Answer::NotApplicable, lacking: Vec::new(), rests_on: Vec::new() }
    }

    fn when(is_met: bool, rests_on: Vec<u64>) -> Self {
        let answer = if is_met { Answer::Met } else { Answer::NotMet };
        Self { answer, lacking: Vec::new(), rests_on }
    }

    /// Met where nothing is lacking.
    fn unless(lacking: Vec<String>, rests_on: Vec<u64>) -> Self {
        let answer = if lacking.is_empty() { Answer::Met } else { Answer::NotMet };
        Self { answer, lacking, rests_on }
    }
}

#[cfg(test)]
mod tests;
