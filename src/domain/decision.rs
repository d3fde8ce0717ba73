//! What the chair may enter and the recorder may draft: answers, the section 47 decision, outcomes, actions.

use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};

use super::follow_up::{Completion, FollowUp};
use super::ids::{ActionNo, AlertId, ChildId, DraftId, InvitationId, SeatId};
use super::procedure::Waits;
use super::prompt::Answer;
use super::referral::choices;
use super::spoken::Spoken;

/// One thing entered for the record. The recorder's waits for the chair's word (SES-06, DEC-44).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "entry", rename_all = "snake_case")]
pub enum Entry {
    Answer(Answer),
    Section47(Section47),
    Outcome(OutcomeChosen),
    Action(ActionEntered),
}

/// An entry waiting for, or given, the chair's confirmation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    pub id: DraftId,
    pub entry: Entry,
    pub entered_by: SeatId,
    pub entered_at: DateTime<Utc>,
    pub confirmed: Option<(SeatId, DateTime<Utc>)>,
    /// A later confirmed entry took its place.
    pub replaced: bool,
    /// The entry whose place it took.
    pub replaces: Option<DraftId>,
}

choices! {
    /// DEC-01.
    Section47Decision {
        Initiate = "initiate",
        Continue = "continue",
        DoNotInitiate = "do_not_initiate",
        End = "end",
        NotYetDecided = "not_yet_decided",
    }
    /// DEC-04.
    EnquiryMode {
        Single = "single",
        Joint = "joint",
    }
    /// DEC-43. Silence is none of these.
    PositionKind {
        Agree = "agree",
        Disagree = "disagree",
        NotAuthorised = "not_authorised",
    }
    /// SAFE-01.
    DangerKind {
        RiskPersonNow = "risk_person_now",
        ChildMissing = "child_missing",
        Removal = "removal",
        WorkerThreatened = "worker_threatened",
        Other = "other",
    }
}

impl Section47Decision {
    /// An enquiry runs after this decision, so its planning prompts arise (DEC-45).
    pub fn is_running(self) -> bool {
        matches!(self, Self::Initiate | Self::Continue)
    }
}

/// The first decision put (DEC-01 to DEC-04). Any part may be missing: it is saved and listed as open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section47 {
    pub decision: Section47Decision,
    pub mode: Option<EnquiryMode>,
    /// The one agency of a single enquiry.
    pub agency: Spoken,
    pub rationale: Spoken,
    pub how: Spoken,
    pub when: Spoken,
    pub by_whom: Spoken,
}

/// An outcome from the procedure's list, with its own rationale (DEC-06).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutcomeChosen {
    pub code: String,
    pub rationale: Spoken,
    pub mode: Option<EnquiryMode>,
    pub who: Spoken,
    pub agency: Spoken,
    pub at: Option<DateTime<Utc>>,
    pub description: Spoken,
    /// The child it is for; without one it is for all the session is about (DEC-13, DEC-14).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub child: Option<ChildId>,
    /// Why it stands beside a section 47 decision it does not go with (DEC-13, DEC-14).
    #[serde(default, skip_serializing_if = "Spoken::is_empty")]
    pub despite: Spoken,
}

/// What is said later of a decision or an outcome that stands: a blank part leaves what stood (DEC-03, DEC-04, DEC-06).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Supplement {
    pub mode: Option<EnquiryMode>,
    pub agency: Spoken,
    pub rationale: Spoken,
    pub how: Spoken,
    pub when: Spoken,
    pub by_whom: Spoken,
    pub who: Spoken,
    pub at: Option<DateTime<Utc>>,
    pub description: Spoken,
    pub despite: Spoken,
}

impl Section47 {
    /// With what is given in place of what stood.
    pub fn supplied(&self, more: &Supplement) -> Self {
        Self {
            decision: self.decision,
            mode: more.mode.or(self.mode),
            agency: or(&more.agency, &self.agency),
            rationale: or(&more.rationale, &self.rationale),
            how: or(&more.how, &self.how),
            when: or(&more.when, &self.when),
            by_whom: or(&more.by_whom, &self.by_whom),
        }
    }

    /// A later entry says all that this one says, and perhaps more: nothing is lost where it takes its place.
    pub fn is_contained_in(&self, later: &Self) -> bool {
        let kept = |earlier: &Spoken, now: &Spoken| earlier.is_empty() || earlier == now;
        self.decision == later.decision
            && (self.mode.is_none() || self.mode == later.mode)
            && kept(&self.agency, &later.agency)
            && kept(&self.rationale, &later.rationale)
            && kept(&self.how, &later.how)
            && kept(&self.when, &later.when)
            && kept(&self.by_whom, &later.by_whom)
    }
}

impl OutcomeChosen {
    /// With what is given in place of what stood.
    pub fn supplied(&self, more: &Supplement) -> Self {
        Self {
            code: self.code.clone(),
            rationale: or(&more.rationale, &self.rationale),
            mode: more.mode.or(self.mode),
            who: or(&more.who, &self.who),
            agency: or(&more.agency, &self.agency),
            at: more.at.or(self.at),
            description: or(&more.description, &self.description),
            child: self.child,
            despite: or(&more.despite, &self.despite),
        }
    }
}

fn or(given: &Spoken, stood: &Spoken) -> Spoken {
    if given.is_empty() { stood.clone() } else { given.clone() }
}

/// An action as entered: any text saves, and what is missing is an open item (ACT-01, ACT-03).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActionEntered {
    pub no: ActionNo,
    pub what: Spoken,
    pub owner: Option<SeatId>,
    /// What was said of the owner, where it names nobody of the case.
    pub owner_words: Spoken,
    /// The owner, while they are invited by name and hold no seat; they have one by the time it is recorded (ACT-11).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invited: Option<InvitationId>,
    pub due: Option<DateTime<Utc>>,
    /// Of when it is due the day alone was said; the instant is that day's end (ACT-01).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub day_alone: bool,
    pub place: Spoken,
    pub how: Spoken,
    pub purpose: Spoken,
    pub contingency: Spoken,
    /// The decision or outcome it serves (ACT-13): a code, or words.
    pub serves: String,
    pub measure: Spoken,
    /// The child to be seen and met by it, where the section 47 decision made it (TIM-11).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sees: Option<ChildId>,
    /// The child it is about, where what was said of that child made it (INFO-01, INFO-08).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub child: Option<ChildId>,
    /// To be done at once.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub immediate: bool,
    /// The child to be made safe by it at once, where an answer to item zero made it (SAFE-04).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub protects: Option<ChildId>,
    /// The alert of danger it was put down for (SAFE-07).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alert: Option<AlertId>,
    /// Who is to find the owner, and by when, while it is only known on call for what (SAFE-05).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub found_by: Option<SeatId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub find_by: Option<DateTime<Utc>>,
}

impl ActionEntered {
    /// To be done at once, whichever way it came about: what other actions have to say first waits (SAFE-05).
    pub fn is_at_once(&self) -> bool {
        self.immediate || self.protects.is_some()
    }

    /// With these parts; what is not said of them stays.
    pub(super) fn supplied(&mut self, parts: &ActionParts) {
        for (own, said) in [
            (&mut self.place, &parts.place),
            (&mut self.how, &parts.how),
            (&mut self.measure, &parts.measure),
            (&mut self.purpose, &parts.purpose),
            (&mut self.contingency, &parts.contingency),
        ] {
            if !said.is_empty() {
                *own = said.clone();
            }
        }
    }

    /// Somebody is still to find who does it.
    pub fn seeks_owner(&self) -> bool {
        self.owner.is_none() && self.found_by.is_some()
    }

    /// The same action as one that stood, said anew; what the bot knows of it stays (SES-06).
    pub fn in_place_of(self, stood: &Self) -> Self {
        let Self { no, sees, child, immediate, protects, alert, .. } = *stood;
        Self { no, sees, child, immediate, protects, alert, ..self }
    }

    /// An action of this number that says nothing yet.
    pub fn numbered(no: ActionNo) -> Self {
        Self {
            no,
            what: Spoken::default(),
            owner: None,
            owner_words: Spoken::default(),
            invited: None,
            due: None,
            day_alone: false,
            place: Spoken::default(),
            how: Spoken::default(),
            purpose: Spoken::default(),
            contingency: Spoken::default(),
            serves: String::new(),
            measure: Spoken::default(),
            sees: None,
            child: None,
            immediate: false,
            protects: None,
            alert: None,
            found_by: None,
            find_by: None,
        }
    }
}

/// An action as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    /// With the time and the owner as they are now.
    pub entered: ActionEntered,
    pub confirmed: bool,
    pub status: ActionStatus,
    pub changes: Vec<ActionChange>,
    /// When it was due as first entered.
    pub first_due: Option<DateTime<Utc>>,
    /// From when on it is due as it is now.
    pub since: DateTime<Utc>,
    /// The last step taken to follow it up since then (REV-01).
    pub followed: Option<FollowUp>,
    /// What its owners said of it, in order (REV-02).
    pub reports: Vec<Report>,
    /// Why it is not to be done any more (REV-10).
    pub cancelled: Option<Cancelled>,
}

/// The chair's word that an action is not to be done any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cancelled {
    pub by: Option<SeatId>,
    pub at: DateTime<Utc>,
    pub reason: Spoken,
}

/// What an owner says became of an action, and what the chair made of that (REV-02).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    pub by: SeatId,
    pub at: DateTime<Utc>,
    pub completion: Completion,
    pub evidence: Spoken,
    /// What changed for the child.
    pub changed: Spoken,
    pub answer: Option<ReportAnswer>,
}

/// The chair accepts a report, or returns it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportAnswer {
    pub accepted: bool,
    pub reason: Spoken,
    pub by: Option<SeatId>,
    pub at: DateTime<Utc>,
}

impl Action {
    /// Only its day is known, though it is due so soon after it was agreed that the hour matters (ACT-01).
    pub fn lacks_time(&self, waits: &Waits) -> bool {
        let within = Duration::minutes(i64::from(waits.action_hours_matter_minutes));
        self.entered.day_alone && self.entered.due.is_some_and(|due| due - self.since <= within)
    }

    /// Somebody may still have to do it.
    pub fn is_live(&self) -> bool {
        let is_over =
            self.reports.last().and_then(|report| report.answer.as_ref()).is_some_and(|answer| answer.accepted);
        !matches!(self.status, ActionStatus::Done | ActionStatus::Cancelled) && !is_over
    }

    /// When it came to its end, as far as that is known (REV-08).
    pub fn ended_at(&self) -> Option<DateTime<Utc>> {
        let accepted = self.reports.last().and_then(|report| report.answer.as_ref()).filter(|answer| answer.accepted);
        let cancelled = self.cancelled.as_ref().map(|cancelled| cancelled.at);
        cancelled.or(accepted.map(|answer| answer.at))
    }

    /// Nobody has said yet that it is done.
    pub fn is_to_do(&self) -> bool {
        self.is_live() && self.status != ActionStatus::Reported
    }

    /// Its owner has said what became of it, and the chair has still to answer.
    pub fn is_reported(&self) -> bool {
        self.status != ActionStatus::Cancelled && self.reports.last().is_some_and(|report| report.answer.is_none())
    }
}

impl Action {
    /// As it stands once entered.
    pub fn new(entered: ActionEntered, confirmed: bool, since: DateTime<Utc>) -> Self {
        let first_due = entered.due;
        let status = ActionStatus::Pending;
        Self {
            entered,
            confirmed,
            status,
            changes: Vec::new(),
            first_due,
            since,
            followed: None,
            reports: Vec::new(),
            cancelled: None,
        }
    }
}

/// A new time or owner of an action, or more of what it is, with the reason minuted (TIM-11, ACT-03).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActionChange {
    pub at: DateTime<Utc>,
    pub by: Option<SeatId>,
    pub due: Option<DateTime<Utc>>,
    pub owner: Option<SeatId>,
    /// The keys of the parts that were supplied.
    pub parts: Vec<&'static str>,
    pub reason: Spoken,
}

/// What is said of an action beside what is done, by whom and by when (ACT-03 to ACT-06). Blank parts are not said.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ActionParts {
    pub place: Spoken,
    pub how: Spoken,
    pub measure: Spoken,
    pub purpose: Spoken,
    pub contingency: Spoken,
}

impl ActionParts {
    pub fn is_empty(&self) -> bool {
        self.given().is_empty()
    }

    /// The keys of those that are said.
    pub fn given(&self) -> Vec<&'static str> {
        let parts = [
            ("place", &self.place),
            ("how", &self.how),
            ("measure", &self.measure),
            ("purpose", &self.purpose),
            ("contingency", &self.contingency),
        ];
        parts.into_iter().filter(|(_, said)| !said.is_empty()).map(|(key, _)| key).collect()
    }
}

choices! {
    /// ACT-10.
    ActionStatus {
        Pending = "pending",
        Accepted = "accepted",
        Declined = "declined",
        Done = "done",
        /// By the owner; the chair has still to accept it (REV-02).
        Reported = "reported",
        Partly = "partly",
        NotDone = "not_done",
        /// The chair sent the report back.
        Returned = "returned",
        /// Not to be done any more, with the reason (REV-10).
        Cancelled = "cancelled",
    }
}

/// An agency's word on the whole read-back (DEC-43).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Position {
    pub seat: SeatId,
    pub kind: PositionKind,
    /// With what, and why, where it disagrees.
    pub about: Spoken,
    /// Said aloud and entered by the recorder.
    pub entered_by: Option<SeatId>,
    /// The decisions it disagrees with; none listed is all of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<DraftId>,
}
