//! A case as its commands make it, one after the other.

use std::sync::LazyLock;

use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use convenor::app::execute::seat_of;
use convenor::config::Config;
use convenor::domain::case::Case;
use convenor::domain::decide::decide;
use convenor::domain::event::{Actor, Record};
use convenor::domain::facts::{Facts, Rules};
use convenor::domain::ids::AccountId;
use convenor::domain::people::{AgencyKind, Person};
use convenor::domain::procedure::Procedure;
use proptest::prelude::*;

use super::commands::Said;

pub static CONFIG: LazyLock<Config> = LazyLock::new(Config::built_in);

pub const PEOPLE: [(&str, &str, &str, AgencyKind); 6] = [
    ("Rowan", "social_worker", "Children's Services", AgencyKind::SocialCare),
    ("Imogen", "team_manager", "Children's Services", AgencyKind::SocialCare),
    ("Dana", "police_officer", "Police", AgencyKind::Police),
    ("Priya", "health_visitor", "Community Health", AgencyKind::Health),
    ("Tom", "paediatrician", "Hospital", AgencyKind::Health),
    ("Bela", "school_nurse", "Community Health", AgencyKind::Health),
];

pub fn person(n: usize) -> Person {
    let (name, role, agency, agency_kind) = PEOPLE[n];
    Person {
        account: Some(AccountId(n as u64 + 1)),
        name: name.to_owned(),
        role: role.to_owned(),
        role_code: role.to_owned(),
        agency: agency.to_owned(),
        agency_kind,
        rank: None,
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

    pub fn facts<'a>(&self, person: Option<&'a Person>) -> Facts<'a> {
        let seat = self.case.as_ref().and_then(|case| seat_of(case, person.and_then(|person| person.account)));
        Facts { now: self.now, person, seat, rules: self.rules() }
    }

    /// Carries out a command, and checks what must hold afterwards.
    pub fn does(&mut self, who: Option<usize>, said: &Said) -> Result<(), TestCaseError> {
        self.now += TimeDelta::seconds(37);
        let person = who.map(person);
        let facts = self.facts(person.as_ref());
        let Ok(events) = decide(self.case.as_ref(), &said.command, &facts) else {
            self.refused.push(said.word.clone());
            return Ok(());
        };
        let actor = Actor { seat: facts.seat, ..Actor::default() };
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
