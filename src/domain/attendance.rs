//! Seats, invitations, the door, and who was there when.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::event::Fields;
use super::ids::{InvitationId, SeatId};
use super::late::Sight;
use super::people::{AgencyContacts, AgencyKind, Person};
use super::referral::choices;
use super::spoken::Spoken;

/// A person's place in the case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seat {
    pub id: SeatId,
    pub person: Person,
    pub means: Means,
    /// Knows the child, or has met the child (INV-16).
    pub knows_child: bool,
    /// Who vouches for a guest (INV-34).
    pub vouched_by: Option<SeatId>,
    pub invitation: Option<InvitationId>,
    /// The role of a support seat, in words: "Interpreter" (SES-09).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub support: Option<String>,
}

choices! {
    /// How a person takes part (INV-23).
    Means {
        Chat = "chat",
        Telephone = "telephone",
        InPerson = "in_person",
        WrittenOnly = "written_only",
    }
    /// What a person who is not there gave as the reason's kind (GATE-07).
    Absence {
        Apologies = "apologies",
        NoResponse = "no_response",
        /// Marked by [Open now]; the reason is still to be sorted out (SES-18).
        ReasonOpen = "reason_open",
    }
}

/// An invitation, kept for good whatever its answer (INV-30).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    pub id: InvitationId,
    pub to: Invitee,
    /// A partner the procedure's minimum asks for.
    pub statutory: bool,
    /// The invitation a colleague declined and named this deputy for (INV-25).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instead_of: Option<InvitationId>,
    /// Whom the agency asked had named by then (INV-32).
    #[serde(default, skip_serializing_if = "AgencyContacts::is_empty")]
    pub contacts: AgencyContacts,
    /// Whoever takes it up has a support seat, in this role (SES-09).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub support: Option<String>,
    /// Whoever takes it up is to chair, as in the session before (REV-04).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub chairs: bool,
}

/// How the directory says an agency is reached (INV-32).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reach {
    /// Nobody enrolled is on duty there, and a mailbox is known.
    pub by_mail: bool,
    pub contacts: AgencyContacts,
}

impl Invitation {
    pub fn new(id: InvitationId, to: Invitee) -> Self {
        let contacts = AgencyContacts::default();
        Self { id, to, statutory: false, instead_of: None, contacts, support: None, chairs: false }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Invitee {
    /// An agency, in its duty channel; the practitioner who accepts takes the seat.
    Agency { agency: String, kind: AgencyKind, role: String, role_code: String },
    /// A named person, by direct message.
    Person(Person),
}

impl Invitee {
    /// Whether this person is the one asked, or of the agency that is.
    pub fn means(&self, person: &Person) -> bool {
        match self {
            Self::Agency { agency, .. } => *agency == person.agency,
            Self::Person(named) => named.account == person.account,
        }
    }

    pub fn kind(&self) -> AgencyKind {
        match self {
            Self::Agency { kind, .. } => *kind,
            Self::Person(person) => person.agency_kind,
        }
    }

    pub fn agency(&self) -> &str {
        match self {
            Self::Agency { agency, .. } => agency,
            Self::Person(person) => &person.agency,
        }
    }

    pub fn role(&self) -> &str {
        match self {
            Self::Agency { role, .. } => role,
            Self::Person(person) => &person.role,
        }
    }

    /// The named person, where it is one.
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::Agency { .. } => None,
            Self::Person(person) => Some(&person.name),
        }
    }

    /// The code of the role somebody is asked in.
    pub fn role_code(&self) -> &str {
        match self {
            Self::Agency { role_code, .. } => role_code,
            Self::Person(person) => &person.role_code,
        }
    }

    /// A named person's rank.
    pub fn rank(&self) -> Option<&str> {
        match self {
            Self::Agency { .. } => None,
            Self::Person(person) => person.rank.as_deref(),
        }
    }
}

/// How an invitation stands in a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvitationState {
    pub invitation: Invitation,
    pub invited_at: DateTime<Utc>,
    /// The seat that took it up, until that person turned out to be in the wrong meeting.
    pub seat: Option<SeatId>,
    pub absence: Option<(Absence, Option<Spoken>)>,
    /// When it was declined, and by which seat where whoever declined has one.
    pub declined: Option<(DateTime<Utc>, Option<SeatId>)>,
    /// When it was withdrawn, and why (INV-30).
    pub withdrawn: Option<(DateTime<Utc>, Option<Spoken>)>,
    /// Whether the one asked knows or manages the person of concern (INV-33).
    pub conflict: Option<bool>,
    /// When its agency's mailbox got a notice (INV-32).
    pub mailed_at: Option<DateTime<Utc>>,
    /// The card, or the mail beside it, reached nobody (INV-32).
    pub card_undelivered: bool,
    pub mail_undelivered: bool,
    /// When the wait for an answer was over (INV-32).
    pub unanswered_at: Option<DateTime<Utc>>,
    /// The steps taken since, by code (INV-17, INV-32).
    pub escalated: Vec<String>,
}

impl InvitationState {
    pub fn new(invitation: Invitation, invited_at: DateTime<Utc>) -> Self {
        Self {
            invitation,
            invited_at,
            seat: None,
            absence: None,
            declined: None,
            withdrawn: None,
            conflict: None,
            mailed_at: None,
            card_undelivered: false,
            mail_undelivered: false,
            unanswered_at: None,
            escalated: Vec::new(),
        }
    }

    /// Nobody is asked by it any more: it was withdrawn, or the one asked knows the person of concern.
    pub fn is_withdrawn(&self) -> bool {
        self.withdrawn.is_some() || self.conflict == Some(true)
    }

    pub fn is_declined(&self) -> bool {
        self.declined.is_some() && self.seat.is_none()
    }

    /// The seat that took it up, or from which it was declined.
    pub fn answered_by(&self) -> Option<SeatId> {
        self.seat.or_else(|| self.declined.and_then(|(_, by)| by))
    }

    /// Nobody has answered it yet.
    pub fn is_unanswered(&self) -> bool {
        self.seat.is_none() && self.absence.is_none() && !self.is_withdrawn()
    }
}

/// One seat's attendance at one session.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Attendance {
    pub accepted_at: Option<DateTime<Utc>>,
    pub looked_up_at: Option<DateTime<Utc>>,
    pub confirmed_at: Option<DateTime<Utc>>,
    pub introduced: Option<Introduction>,
    /// How they came in before each adjournment, after which they stand before the door again (SES-02).
    pub passages: Vec<Passage>,
    /// Arrival and departure, as often as the person came (SES-10).
    pub present: Vec<(DateTime<Utc>, Option<DateTime<Utc>>)>,
    pub absence: Option<(Absence, Option<Spoken>)>,
    /// Sent information in writing (INV-25).
    pub informed: bool,
    pub excluded: Option<Exclusion>,
    /// Was in the wrong meeting and had seen something of the case (GATE-03).
    pub possible_breach: bool,
    pub filed_at: Option<DateTime<Utc>>,
    pub no_questions: bool,
    /// When they have to go, and whether they ask to be taken first (SES-12).
    pub leave_by: Option<LeaveBy>,
    /// How they take part in this session, where the recorder entered it (INV-23).
    pub means: Option<Means>,
    /// What they prepared and have not released; for them alone (INV-21).
    pub prepared: Option<Fields>,
    /// How far back they see, where they came late and the chair said (SES-13).
    pub sight: Option<Sight>,
}

/// How somebody came in, before the session adjourned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    pub confirmed_at: Option<DateTime<Utc>>,
    pub introduced: Option<Introduction>,
}

/// What a person stated at the door.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Introduction {
    pub at: DateTime<Utc>,
    /// Authorised to decide for the agency (INV-18), and on what basis (INV-19); `None` where they were not asked.
    pub authorised: Option<bool>,
    pub basis: Option<Spoken>,
    /// Taken from the enrolment rather than given by the person (GATE-05).
    pub by_enrolment: bool,
}

/// When somebody has to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LeaveBy {
    pub at: DateTime<Utc>,
    pub first: bool,
}

/// Why a seat is out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Exclusion {
    /// Answered "not mine" at the door (GATE-03).
    WrongMeeting,
    /// Stood down by the chair, with a reason (SEC-14).
    StoodDown(Spoken),
    /// Handed their seat on to a colleague, or left their post (SES-16, SES-17).
    SeatEnded,
}

impl Attendance {
    /// In the room now.
    pub fn is_here(&self) -> bool {
        self.excluded.is_none() && self.present.last().is_some_and(|(_, left)| left.is_none())
    }

    /// Accepted an invitation to this session, or is known to it from the enrolment.
    pub fn is_expected(&self) -> bool {
        self.accepted_at.is_some() || self.introduced.is_some()
    }

    /// Is or was here and has not introduced themselves: at the door, by telephone, or as whoever convenes (GATE-05).
    pub fn is_introduced_by_enrolment(&self) -> bool {
        self.introduction().map_or_else(|| self.attended(), |introduction| introduction.by_enrolment)
    }

    /// What they stated at the door when they came in last.
    pub fn introduction(&self) -> Option<&Introduction> {
        let earlier = self.passages.iter().rev().find_map(|passage| passage.introduced.as_ref());
        self.introduced.as_ref().or(earlier)
    }

    /// When they confirmed the meeting, each time.
    pub fn confirmed(&self) -> impl Iterator<Item = DateTime<Utc>> {
        self.passages.iter().filter_map(|passage| passage.confirmed_at).chain(self.confirmed_at)
    }

    /// Came and went, and may come back.
    pub fn has_left(&self) -> bool {
        self.introduced.is_some() && !self.is_here() && !self.present.is_empty()
    }

    /// Stands before the door again, as everybody does after an adjournment (SES-02).
    pub(super) fn goes_outside(&mut self) {
        let (confirmed_at, introduced) = (self.confirmed_at.take(), self.introduced.take());
        if confirmed_at.is_some() || introduced.is_some() {
            self.passages.push(Passage { confirmed_at, introduced });
        }
    }

    /// Was in the room at any time.
    pub fn attended(&self) -> bool {
        self.excluded != Some(Exclusion::WrongMeeting) && !self.present.is_empty()
    }
}
