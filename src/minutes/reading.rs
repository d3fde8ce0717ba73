//! What every section reads from, and how people, times and choices are put into words.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::document::{Block, Fact, Piece, Table};
use crate::domain::calendar;
use crate::domain::case::Case;
use crate::domain::event::{Event, QuorumLine, Record};
use crate::domain::facts::Rules;
use crate::domain::ids::{ChildId, SeatId};
use crate::domain::open_items::lacks_statement;
use crate::domain::referral::Born;
use crate::domain::session::Session;
use crate::domain::spoken::Spoken;
use crate::wording::Wording;

/// The values of a sentence by name; a name alone is a variable of that name.
macro_rules! values {
    (@value $name:ident) => { $name };
    (@value $name:ident $value:expr) => { $value };
    ($($name:ident $(=> $value:expr)?),* $(,)?) => {
        serde_json::json!({ $(stringify!($name): ($crate::minutes::reading::values!(@value $name $($value)?))),* })
    };
}
pub(super) use values;

/// A case under its rules and in its words. Empty `records` are allowed: what only the journal knows, such as
/// when somebody was stood down, is then left out.
pub(super) struct Reading<'a> {
    pub records: &'a [Record],
    /// As the reader may read it.
    pub case: &'a Case,
    /// With what is limited to others too, so that what they answered is not called open.
    pub whole: &'a Case,
    /// Whether this reader is told how much is limited (SEC-05).
    pub counts_limited: bool,
    pub session: Option<&'a Session>,
    pub rules: &'a Rules<'a>,
    pub wording: &'a Wording,
}

impl<'a> Reading<'a> {
    pub fn new(records: &'a [Record], case: &'a Case, rules: &'a Rules<'a>, wording: &'a Wording) -> Self {
        Self { records, case, whole: case, counts_limited: false, session: case.session(), rules, wording }
    }

    /// A whole sentence with its values, from `[minutes]`.
    pub fn sentence(&self, key: &str, values: impl Serialize) -> String {
        self.wording.say(&format!("minutes.{key}"), values)
    }

    /// A label, a column's header or a caption, from `[minutes_label]`.
    pub fn label(&self, key: &str) -> String {
        self.wording.say(&format!("minutes_label.{key}"), values! {})
    }

    /// A fixed choice in words, from `[minutes_choice]`; a code the wording doesn't know is shown as it is.
    pub fn choice(&self, set: &str, code: &str) -> String {
        let key = format!("minutes_choice.{set}_{code}");
        if self.wording.has(&key) { self.wording.say(&key, values! {}) } else { code.to_owned() }
    }

    /// What is open, in the words the room was told it in.
    pub fn open_item(&self, id: &str) -> String {
        self.wording.say(&format!("open.{id}"), values! {})
    }

    pub fn yes_no(&self, yes: bool) -> String {
        self.choice("answer", if yes { "yes" } else { "no" })
    }

    /// What stands where nothing was recorded: never a blank.
    pub fn nothing(&self) -> Piece {
        Piece::new(self.label("not_recorded"))
    }

    pub fn spoken(&self, spoken: &Spoken) -> Piece {
        if spoken.is_empty() { self.nothing() } else { spoken.into() }
    }

    /// Name, role and agency in one line (TURN-07).
    pub fn person(&self, seat: SeatId) -> String {
        let person = self.case.person(seat);
        self.named(&person.name, &person.role, &person.agency)
    }

    pub fn named(&self, name: &str, role: &str, agency: &str) -> String {
        self.sentence("person", values! { name, role, agency })
    }

    /// A seat known by its number only, as an answer keeps it.
    pub fn person_of(&self, number: &str) -> Option<String> {
        let seat = number.parse().ok()?;
        self.case.seat(seat).map(|_| self.person(seat))
    }

    pub fn child(&self, id: ChildId) -> Piece {
        self.case.child(id).map_or_else(|| self.nothing(), |child| self.spoken(&child.name))
    }

    /// A clock time; with its zone where the clocks changed while the session ran, so that the order is plain (TIM-25).
    pub fn clock_time(&self, at: DateTime<Utc>) -> String {
        let ran = self.session.and_then(|session| session.opened_at.zip(session.closed_at));
        let changed = ran.is_some_and(|(opened, closed)| calendar::clocks_changed(opened, closed));
        if changed { calendar::time_with_zone(at) } else { calendar::time(at) }
    }

    /// The clock time on the session's own day, date and time on any other.
    pub fn at(&self, when: DateTime<Utc>) -> String {
        let day = self.session.and_then(Session::held_at).map(calendar::day_of);
        if day == Some(calendar::day_of(when)) { self.clock_time(when) } else { calendar::both(when) }
    }

    pub fn born(&self, born: Born) -> String {
        match born {
            Born::On(day) => calendar::date_of(day),
            Born::Expected(day) => self.sentence("expected", values! { day => calendar::date_of(day) }),
            Born::NotKnown => self.label("not_known"),
            Born::NotGiven => self.label("not_recorded"),
        }
    }

    /// "Quorate", or "Not quorate: missing police representative" (GATE-08).
    pub fn quorum(&self, lines: &[QuorumLine]) -> String {
        let line = |line: &QuorumLine| {
            let since = line.missing_since.map(|since| self.at(since));
            self.sentence("missing_line", values! { label => line.label, since })
        };
        let missing: Vec<_> = lines.iter().filter(|line| !line.met).map(line).collect();
        self.sentence("quorum", values! { missing, statement => lacks_statement(self.case, self.rules) })
    }

    /// When the journal last holds such a fact.
    pub fn when(&self, is_meant: impl Fn(&Event) -> bool) -> Option<DateTime<Utc>> {
        self.records.iter().rev().find(|record| is_meant(&record.event)).map(|record| record.at)
    }

    /// A fact with a label of the wording.
    pub fn fact(&self, label: &str, value: impl Into<Piece>) -> Fact {
        Fact::new(self.label(label), value)
    }

    /// A table with caption and headers of the wording.
    pub fn table(&self, caption: &str, headers: &[&str], rows: Vec<Vec<Piece>>) -> Block {
        let headers = headers.iter().map(|header| self.label(header)).collect();
        Block::Table(Table { caption: self.label(caption), headers, rows })
    }

    pub fn paragraph(&self, key: &str, values: impl Serialize) -> Block {
        Block::paragraph(self.sentence(key, values))
    }
}
