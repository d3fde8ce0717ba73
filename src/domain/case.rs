//! A case as its journal tells it. [`Case::apply`] follows facts and holds no rule.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};

use super::alert::Alert;
use super::attendance::{Invitee, Means, Seat};
use super::closing::Closed;
use super::crossing::CrossingState;
use super::decision::Action;
use super::event::{Event, Pinned, Record};
use super::floor::{Contribution, Whose};
use super::ids::{ActionNo, ChildId, CodeName, InvitationId, SeatId, SessionNo};
use super::leaving::SeatEnd;
use super::link::Link;
use super::masks::Mask;
use super::people::{AgencyKind, Person};
use super::referral::{Adult, Child, Referral};
use super::request::{RequestAnswer, Requested};
use super::session::Session;
use super::spoken::Spoken;
use super::stage::Stage;
use super::under_review::Review;

/// Everything known of one case.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    pub code_name: CodeName,
    pub pinned: Pinned,
    /// For a request, when it was filed and by whom, until it is taken up.
    pub registered_at: DateTime<Utc>,
    pub registered_by: super::event::Actor,
    /// The request it began with, where it did.
    pub request: Option<Requested>,
    pub referral: Referral,
    pub children: Vec<Child>,
    pub adults: Vec<Adult>,
    pub seats: Vec<Seat>,
    pub sessions: Vec<Session>,
    pub actions: Vec<Action>,
    /// Of immediate danger, at any time of the case.
    pub alerts: Vec<Alert>,
    pub links: Vec<Link>,
    /// Kinds of agency that are asked by a person's name alone, a worker of theirs being of concern (INV-33).
    pub by_name_only: BTreeSet<AgencyKind>,
    /// Seats that ended before their session did (SES-16, SES-17).
    pub ended_seats: BTreeMap<SeatId, SeatEnd>,
    /// What was entered just after another case, and what became of it (SES-15).
    pub crossings: Vec<CrossingState>,
    /// Words that some readers read something else for (SEC-08).
    pub masks: Vec<Mask>,
    /// Each time the chair was asked whether the decisions on immediate action still hold (REV-05).
    pub reviews: Vec<Review>,
    /// On how many working days on end it was found to drift (REV-08).
    pub drifting: u32,
    /// While it is closed (REV-10).
    pub closed: Option<Closed>,
    /// How many entries the journal holds.
    pub entries: u64,
}

/// A fact that can't stand where it stands: the first is not the referral, or one of a session comes before any was
/// convened. Such a journal was never written by convenor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{kind} can't stand at entry {seq}")]
pub struct OutOfPlace {
    pub seq: u64,
    pub kind: &'static str,
}

impl OutOfPlace {
    pub(super) fn new(record: &Record) -> Self {
        Self { seq: record.seq, kind: record.event.kind() }
    }
}

impl Case {
    /// Folds a journal convenor wrote. `None` for an empty one.
    ///
    /// # Panics
    /// Where a fact is out of place; see [`Case::try_fold`].
    pub fn fold(records: &[Record]) -> Option<Self> {
        Self::try_fold(records).unwrap_or_else(|error| panic!("{error}"))
    }

    /// Folds a journal as it was found. `None` for an empty one.
    ///
    /// # Errors
    /// The first fact that is out of place.
    pub fn try_fold(records: &[Record]) -> Result<Option<Self>, OutOfPlace> {
        let Some((first, rest)) = records.split_first() else { return Ok(None) };
        let mut case = Self::begun_by(first)?;
        for record in rest {
            case.try_apply(record)?;
        }
        Ok(Some(case))
    }

    fn begun_by(first: &Record) -> Result<Self, OutOfPlace> {
        let (code_name, pinned, referral, request) = match &first.event {
            Event::ReferralRegistered { code_name, pinned, referral } => (code_name, pinned, referral.clone(), None),
            Event::DiscussionRequested { code_name, pinned, request } => {
                let referral = request.referral(first.at);
                let (request, at) = (request.clone(), first.at);
                let answer = RequestAnswer::Waiting;
                (code_name, pinned, referral, Some(Requested { request, at, answer, overdue: false }))
            }
            _ => return Err(OutOfPlace::new(first)),
        };
        Ok(Self {
            code_name: code_name.clone(),
            pinned: pinned.clone(),
            registered_at: first.at,
            registered_by: first.actor.clone(),
            request,
            referral,
            children: Vec::new(),
            adults: Vec::new(),
            seats: Vec::new(),
            sessions: Vec::new(),
            actions: Vec::new(),
            alerts: Vec::new(),
            links: Vec::new(),
            by_name_only: BTreeSet::new(),
            ended_seats: BTreeMap::new(),
            crossings: Vec::new(),
            masks: Vec::new(),
            reviews: Vec::new(),
            drifting: 0,
            closed: None,
            entries: 1,
        })
    }

    /// The session under way, or the last one held.
    pub fn session(&self) -> Option<&Session> {
        self.sessions.last()
    }

    /// A session by its number.
    pub fn session_no(&self, no: SessionNo) -> Option<&Session> {
        self.sessions.iter().find(|session| session.no == no)
    }

    /// The session a fact is about: the one it names, or the last.
    pub fn session_of(&self, event: &Event) -> Option<&Session> {
        event.session().map_or_else(|| self.session(), |no| self.session_no(no))
    }

    /// Sessions before the last that were held and whose record has not gone out.
    pub fn records_outstanding(&self) -> impl Iterator<Item = &Session> {
        let earlier = self.sessions.split_last().map_or(&[][..], |(_, earlier)| earlier);
        earlier.iter().filter(|session| session.stage < Stage::Circulated)
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

    /// Those invited by name to the session under way who hold no seat yet.
    pub fn invited_by_name(&self) -> impl Iterator<Item = (InvitationId, &Person)> {
        let states = self.session().into_iter().flat_map(|session| &session.invitations);
        let named = states.filter(|state| state.seat.is_none()).filter_map(|state| match &state.invitation.to {
            Invitee::Person(person) => Some((state.invitation.id, person)),
            Invitee::Agency { .. } => None,
        });
        let is_seated = |person: &Person| self.seats.iter().any(|seat| seat.person.account == person.account);
        named.filter(move |(_, person)| !is_seated(person))
    }

    /// How a person takes part in a session: as the recorder entered it, or as their seat has it (INV-23).
    pub fn means(&self, session: &Session, seat: SeatId) -> Means {
        let entered = session.attendance.get(&seat).and_then(|attendance| attendance.means);
        entered.or_else(|| self.seat(seat).map(|seat| seat.means)).unwrap_or(Means::Chat)
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

    /// Name, role and agency of the partner social care shared something for: its source or, as far as that is not
    /// stated, the partner whose turn it was in (TURN-14).
    pub fn partner<'a>(
        &'a self,
        session: &Session,
        shared: &'a Contribution,
    ) -> Option<(Option<&'a str>, &'a str, &'a str)> {
        let source = shared.on_behalf_of.as_ref()?;
        let turn = shared.turn.and_then(|turn| session.turn(turn)).map(|state| state.turn.whose);
        let turn = turn.filter(|whose| *whose != Whose::Seat(shared.seat)).map(|whose| self.whose(whose));
        let (_, role, agency) = turn.unwrap_or_default();
        let stated = |part: &'a Spoken| (!part.is_empty()).then(|| part.words());
        let (role, agency) = (stated(&source.role).unwrap_or(role), stated(&source.agency).unwrap_or(agency));
        Some((stated(&source.name), role, agency))
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
