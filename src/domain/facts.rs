//! What a decision may know besides the case and the command.

use chrono::{DateTime, Utc};

use super::calendar::Calendar;
use super::ids::SeatId;
use super::people::Person;
use super::procedure::Procedure;
use super::prompt::Catalogue;

/// The rules a case runs under.
#[derive(Debug, Clone, Copy)]
pub struct Rules<'a> {
    pub procedure: &'a Procedure,
    pub catalogue: &'a Catalogue,
    pub calendar: &'a Calendar,
}

/// The moment, and who acts. Roles are looked up at every command, never taken from the client.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    pub now: DateTime<Utc>,
    /// The enrolled person; `None` for an account nobody enrolled, or for a timer.
    pub person: Option<&'a Person>,
    /// That person's seat in the case.
    pub seat: Option<SeatId>,
    /// Nobody enrolled is an emergency contact of the procedure: an alert goes to social care's duty team instead
    /// (SAFE-02). Looked up for those commands alone that ask for it.
    pub duty_team_stands_in: bool,
    pub rules: Rules<'a>,
}

/// The parts every sharing form has, before the catalogue's speaker prompts.
pub const SHARING_FIELDS: [&str; 3] = ["current", "history", "views"];

impl Rules<'_> {
    /// The keys of the sharing form in their order: its own parts, then those of the speaker prompts.
    pub fn sharing_fields(&self) -> Vec<String> {
        let prompts = self.catalogue.prompts.iter().filter(|prompt| prompt.joins_sharing());
        let asked = prompts.flat_map(|prompt| prompt.fields.iter().map(|field| field.key.clone()));
        SHARING_FIELDS.iter().map(|key| (*key).to_owned()).chain(asked).collect()
    }
}
