//! A professional challenge and its life: raised by somebody, tried between practitioners, taken up through line
//! management and the policy's levels, answered, and kept for good (DIS-01 to DIS-05, DIS-12 to DIS-14).

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::case::Case;
use super::event::Actor;
use super::ids::{AccountId, ChallengeId, SeatId};
use super::people::Person;
use super::prompt::About;
use super::referral::choices;
use super::session::Session;
use super::spoken::Spoken;

/// The question whose answer says that challenge was invited aloud (DIS-06).
pub const CHALLENGE_INVITED: &str = "challenge_invited";

choices! {
    /// What a challenge is about.
    ChallengeKind {
        /// A decision or a view.
        Decision = "decision",
        Attendance = "attendance",
        /// Health was left out (DIS-10).
        HealthOmitted = "health_omitted",
        /// What the session is about (DIS-13).
        Focus = "focus",
        PoliceAvailability = "police_availability",
        Other = "other",
    }
    /// Where a challenge began. `Focus` is of older records, and says what it is about.
    ChallengeStage {
        Practitioner = "practitioner",
        LineManagement = "line_management",
        Focus = "focus",
    }
}

/// What somebody challenges, in their words (DIS-02).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Challenged {
    pub kind: ChallengeKind,
    pub about: Spoken,
    pub why: Spoken,
    pub against: Spoken,
    pub tried: Spoken,
    pub result: Spoken,
}

impl Challenged {
    /// Nothing said but what it is about and why.
    pub fn new(kind: ChallengeKind, about: Spoken, why: Spoken) -> Self {
        let [against, tried, result] = std::array::from_fn(|_| Spoken::default());
        Self { kind, about, why, against, tried, result }
    }
}

/// A challenge as it was raised.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Challenge {
    pub id: ChallengeId,
    pub by: SeatId,
    pub stage: ChallengeStage,
    pub about: Spoken,
    pub against: Spoken,
    pub tried: Spoken,
    pub result: Spoken,
    /// Not said in older records.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<ChallengeKind>,
    #[serde(default, skip_serializing_if = "Spoken::is_empty")]
    pub why: Spoken,
    /// Said aloud, and entered by chair or recorder.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entered_by: Option<SeatId>,
    /// When it is to be settled between practitioners, where the policy sets a time (DIS-14).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_at: Option<DateTime<Utc>>,
}

/// Whose challenge it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Challenger {
    Seat(SeatId),
    /// Somebody who was left out and has no part in the case (DIS-10).
    Outside(Person),
}

/// A challenge as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChallengeState {
    pub id: ChallengeId,
    pub by: Challenger,
    pub entered_by: Option<SeatId>,
    pub at: DateTime<Utc>,
    pub kind: Option<ChallengeKind>,
    pub about: Spoken,
    pub why: Spoken,
    pub against: Spoken,
    /// Each level it came to, the first between practitioners.
    pub levels: Vec<LevelState>,
    /// The chair's words on it, which stand below it and take nothing away (DIS-12).
    pub replies: Vec<Reply>,
}

/// A challenge at one level of the policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LevelState {
    /// The level's code in the procedure.
    pub stage: String,
    pub from: DateTime<Utc>,
    /// The managers on the challenger's side and on the other, and when they spoke (DIS-04).
    pub own: Spoken,
    pub other: Spoken,
    pub met_at: Option<DateTime<Utc>>,
    pub due_at: Option<DateTime<Utc>>,
    /// It ran out of time, and the next level was told.
    pub overdue: bool,
    /// What was said of its end, each time (DIS-03).
    pub ends: Vec<LevelEnd>,
}

/// What came of a level, as somebody recorded it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LevelEnd {
    /// `None` where it was raised with what had been tried, and nobody said whether that settled it.
    pub resolved: Option<bool>,
    pub tried: Spoken,
    pub result: Spoken,
    pub by: Actor,
    pub at: DateTime<Utc>,
}

/// The chair's reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    pub text: Spoken,
    pub by: Actor,
    pub at: DateTime<Utc>,
}

impl LevelState {
    pub(super) fn new(stage: &str, from: DateTime<Utc>, due_at: Option<DateTime<Utc>>) -> Self {
        let (own, other) = (Spoken::default(), Spoken::default());
        Self { stage: stage.to_owned(), from, own, other, met_at: None, due_at, overdue: false, ends: Vec::new() }
    }

    /// Whether it settled the matter, as last said; `None` while it is open.
    pub fn resolved(&self) -> Option<bool> {
        self.ends.last().and_then(|end| end.resolved)
    }
}

impl ChallengeState {
    pub(super) fn raised(challenge: &Challenge, actor: &Actor, at: DateTime<Utc>) -> Self {
        let (stage, kind) = match challenge.stage {
            ChallengeStage::Practitioner => (ChallengeStage::Practitioner, challenge.kind),
            ChallengeStage::LineManagement => (ChallengeStage::LineManagement, challenge.kind),
            ChallengeStage::Focus => (ChallengeStage::Practitioner, Some(ChallengeKind::Focus)),
        };
        let mut level = LevelState::new(stage.code(), at, challenge.due_at);
        if !(challenge.tried.is_empty() && challenge.result.is_empty()) {
            let (tried, result) = (challenge.tried.clone(), challenge.result.clone());
            level.ends.push(LevelEnd { resolved: None, tried, result, by: actor.clone(), at });
        }
        Self {
            id: challenge.id,
            by: Challenger::Seat(challenge.by),
            entered_by: challenge.entered_by,
            at,
            kind,
            about: challenge.about.clone(),
            why: challenge.why.clone(),
            against: challenge.against.clone(),
            levels: vec![level],
            replies: Vec::new(),
        }
    }

    /// Filed by somebody who has seen nothing of the case: it says that they were left out, and why that matters.
    pub(super) fn filed(
        id: ChallengeId,
        by: &Person,
        why: &Spoken,
        at: DateTime<Utc>,
        due_at: Option<DateTime<Utc>>,
    ) -> Self {
        Self {
            id,
            by: Challenger::Outside(by.clone()),
            entered_by: None,
            at,
            kind: Some(ChallengeKind::HealthOmitted),
            about: Spoken::default(),
            why: why.clone(),
            against: Spoken::default(),
            levels: vec![LevelState::new(ChallengeStage::Practitioner.code(), at, due_at)],
            replies: Vec::new(),
        }
    }

    /// Where it is now.
    pub fn level(&self) -> &LevelState {
        self.levels.last().expect("a challenge begins at a level")
    }

    pub(super) fn level_mut(&mut self) -> &mut LevelState {
        self.levels.last_mut().expect("a challenge begins at a level")
    }

    /// Nobody has said that it is resolved.
    pub fn is_open(&self) -> bool {
        self.level().resolved() != Some(true)
    }

    /// The seat it is from, where its author has one.
    pub fn seat(&self) -> Option<SeatId> {
        match &self.by {
            Challenger::Seat(seat) => Some(*seat),
            Challenger::Outside(_) => None,
        }
    }

    /// The person it is from.
    pub fn person<'a>(&'a self, case: &'a Case) -> &'a Person {
        match &self.by {
            Challenger::Seat(seat) => case.person(*seat),
            Challenger::Outside(person) => person,
        }
    }

    pub fn account(&self, case: &Case) -> Option<AccountId> {
        self.person(case).account
    }
}

impl Session {
    pub fn challenge(&self, id: ChallengeId) -> Option<&ChallengeState> {
        self.challenges.iter().find(|challenge| challenge.id == id)
    }

    /// When challenge was first invited: by the chair's press, or aloud and entered (DIS-06).
    pub fn challenge_invited_at(&self) -> Option<DateTime<Utc>> {
        let aloud = self.answers(CHALLENGE_INVITED).filter(|(_, answer)| answer.about == About::Session);
        let aloud = aloud.map(|(draft, _)| draft.entered_at).min();
        self.escalations.invited_at.into_iter().chain(aloud).min()
    }
}

impl Case {
    /// A challenge with the session it was raised in. Older records counted them anew in each session; there the last is
    /// meant.
    pub fn challenge(&self, id: ChallengeId) -> Option<(&Session, &ChallengeState)> {
        self.sessions.iter().rev().find_map(|session| Some((session, session.challenge(id)?)))
    }
}
