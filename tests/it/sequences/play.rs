//! A case as its commands make it, one after the other.

use std::sync::LazyLock;

use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use convenor::app::execute::seat_of;
use convenor::config::Config;
use convenor::domain::case::Case;
use convenor::domain::command::Command;
use convenor::domain::decide::{Decision, decide};
use convenor::domain::event::{Actor, Record};
use convenor::domain::facts::{Facts, Rules};
use convenor::domain::ids::{AccountId, SeatId};
use convenor::domain::people::{AgencyKind, Person};
use convenor::domain::procedure::Procedure;
use proptest::prelude::*;

use super::commands::Said;

pub static CONFIG: LazyLock<Config> = LazyLock::new(Config::built_in);

/// Whoever may come to a case; the last four are whom a rule may ask for besides.
pub const PEOPLE: [(&str, &str, Option<&str>, &str, AgencyKind); 10] = [
    ("Rowan", "social_worker", None, "Children's Services", AgencyKind::SocialCare),
    ("Imogen", "team_manager", None, "Children's Services", AgencyKind::SocialCare),
    ("Dana", "police_officer", None, "Police", AgencyKind::Police),
    ("Priya", "health_visitor", None, "Community Health", AgencyKind::Health),
    ("Tom", "paediatrician", None, "Hospital", AgencyKind::Health),
    ("Bela", "school_nurse", None, "Community Health", AgencyKind::Health),
    ("Noor", "emergency_duty_social_worker", None, "Children's Services", AgencyKind::SocialCare),
    ("Ivo", "police_officer", Some("Detective Inspector"), "Police", AgencyKind::Police),
    ("Hester", "team_manager", None, "Children's Services", AgencyKind::SocialCare),
    ("Avery", "auditor", None, "Children's Services", AgencyKind::SocialCare),
];

pub fn person(n: usize) -> Person {
    let (name, role, rank, agency, agency_kind) = PEOPLE[n];
    Person {
        account: Some(AccountId(n as u64 + 1)),
        name: name.to_owned(),
        role: role.to_owned(),
        role_code: role.to_owned(),
        agency: agency.to_owned(),
        agency_kind,
        rank: rank.map(str::to_owned),
    }
}

pub struct Play {
    procedure: &'static Procedure,
    pub journal: Vec<Record>,
    pub case: Option<Case>,
    pub now: DateTime<Utc>,
    /// What was typed with a command that was refused.
    pub refused: Vec<String>,
}

impl Play {
    /// Under the procedure of this number.
    pub fn under(n: usize) -> Self {
        let now = Utc.with_ymd_and_hms(2026, 12, 7, 10, 0, 0).single().expect("there is such an hour");
        let procedure = CONFIG.procedures.values().nth(n).expect("there are so many procedures");
        Self { procedure, journal: Vec::new(), case: None, now, refused: Vec::new() }
    }

    pub fn rules(&self) -> Rules<'static> {
        Rules { procedure: self.procedure, catalogue: &CONFIG.catalogue, calendar: &CONFIG.calendar }
    }

    pub fn seat(&self, who: Option<usize>) -> Option<SeatId> {
        seat_of(self.case.as_ref()?, who.and_then(|who| person(who).account))
    }

    /// What a command by somebody of `PEOPLE`, or by the bot itself, would do now.
    pub fn decides(&self, who: Option<usize>, command: &Command) -> Decision {
        self.decides_after(false, who, command)
    }

    /// The same, of somebody who acted in another case just before or did not.
    fn decides_after(&self, crosses: bool, who: Option<usize>, command: &Command) -> Decision {
        let person = who.map(person);
        let facts = Facts {
            now: self.now,
            person: person.as_ref(),
            seat: self.seat(who),
            crosses,
            duty_team_stands_in: false,
            rules: self.rules(),
        };
        decide(self.case.as_ref(), command, &facts)
    }

    /// Carries out a command, and checks what must hold afterwards.
    pub fn does(&mut self, who: Option<usize>, said: &Said) -> Result<(), TestCaseError> {
        // A timer falls due after a time.
        let is_timer = matches!(said.command, Command::DeadlineReached { .. });
        self.now += if is_timer { TimeDelta::hours(1) } else { TimeDelta::seconds(37) };
        let events = match self.decides_after(said.crosses, who, &said.command) {
            Ok(events) => events,
            Err(refusal) => {
                self.refused.push(said.word.clone());
                return self.check_refusal(who, &said.command, &refusal);
            }
        };
        let actor = Actor { seat: self.seat(who), ..Actor::default() };
        for event in events {
            let before = self.case.clone();
            let record = Record { seq: self.journal.len() as u64 + 1, at: self.now, actor: actor.clone(), event };
            match &mut self.case {
                Some(case) => case.apply(&record),
                None => self.case = Case::fold(std::slice::from_ref(&record)),
            }
            self.check_event(before.as_ref(), &record.event)?;
            self.journal.push(record);
        }
        self.check_command()
    }
}
