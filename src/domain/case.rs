//! A case as its journal tells it. [`Case::apply`] follows facts and holds no rule.

use chrono::{DateTime, Utc};

use super::attendance::Seat;
use super::decision::Action;
use super::event::{Event, Pinned, Record};
use super::floor::Whose;
use super::ids::{ActionNo, ChildId, CodeName, SeatId};
use super::people::Person;
use super::referral::{Adult, Child, Referral};
use super::session::Session;

/// Everything known of one case.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    pub code_name: CodeName,
    pub pinned: Pinned,
    pub registered_at: DateTime<Utc>,
    pub registered_by: super::event::Actor,
    pub referral: Referral,
    pub children: Vec<Child>,
    pub adults: Vec<Adult>,
    pub seats: Vec<Seat>,
    pub sessions: Vec<Session>,
    pub actions: Vec<Action>,
    /// How many entries the journal holds.
    pub entries: u64,
}

impl Case {
    /// Folds a journal. `None` for an empty one.
    ///
    /// # Panics
    /// Where the first entry is not the referral: such a journal was never written by convenor.
    pub fn fold(records: &[Record]) -> Option<Self> {
        let (first, rest) = records.split_first()?;
        let mut case = Self::begun_by(first);
        for record in rest {
            case.apply(record);
        }
        Some(case)
    }

    fn begun_by(first: &Record) -> Self {
        let Event::ReferralRegistered { code_name, pinned, referral } = &first.event else {
            panic!("a journal begins with the referral, not with {}", first.event.kind());
        };
        Self {
            code_name: code_name.clone(),
            pinned: pinned.clone(),
            registered_at: first.at,
            registered_by: first.actor.clone(),
            referral: referral.clone(),
            children: Vec::new(),
            adults: Vec::new(),
            seats: Vec::new(),
            sessions: Vec::new(),
            actions: Vec::new(),
            entries: 1,
        }
    }

    /// The session under way, or the last one held.
    pub fn session(&self) -> Option<&Session> {
        self.sessions.last()
    }

    /// Whoever convenes: of the session, or before there is one whoever took the first seat.
    pub fn convenor(&self) -> Option<SeatId> {
        self.session().map(|session| session.convenor).or_else(|| self.seats.first().map(|seat| seat.id))
    }

    pub fn seat(&self, id: SeatId) -> Option<&Seat> {
        self.seats.iter().find(|seat| seat.id == id)
    }

    /// The person in a seat.
    ///
    /// # Panics
    /// Where the journal names a seat nobody took.
    pub fn person(&self, id: SeatId) -> &Person {
        &self.seat(id).expect("the journal names only seats that were taken").person
    }

    pub fn child(&self, id: ChildId) -> Option<&Child> {
        self.children.iter().find(|child| child.id == id)
    }

    pub fn subjects(&self) -> impl Iterator<Item = &Child> {
        self.children.iter().filter(|child| child.subject)
    }

    pub fn action(&self, no: ActionNo) -> Option<&Action> {
        self.actions.iter().find(|action| action.entered.no == no)
    }

    /// Name, role and agency of whoever a turn belongs to; for an agency nobody came for, what is known of it.
    pub fn whose(&self, whose: Whose) -> (Option<&str>, &str, &str) {
        match whose {
            Whose::Seat(seat) => {
                let person = self.person(seat);
                (Some(&person.name), &person.role, &person.agency)
            }
            Whose::Invitation(id) => {
                let invitee = self
                    .session()
                    .and_then(|session| session.invitation(id))
                    .map(|state| &state.invitation.to)
                    .expect("the journal names only invitations that were sent");
                (invitee.name(), invitee.role(), invitee.agency())
            }
        }
    }
}
