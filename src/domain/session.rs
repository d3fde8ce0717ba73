//! One sitting, from convening to circulation.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};

use super::adjournment::Adjournment;
use super::attendance::{Absence, Attendance, InvitationState};
use super::audit::{Judged, PossibleBreach};
use super::chairing::Chairing;
use super::challenge::ChallengeState;
use super::decision::{Draft, Entry, OutcomeChosen, Position, Section47};
use super::escalation::Escalations;
use super::event::{Actor, CopyKind, Held, QuorumLine, Recipient, SessionForm};
use super::family_draft::FamilyDraft;
use super::floor::{Contribution, MoveOnReason, Nature, Question, QuestionState, TurnState, Whose};
use super::further::ToInvite;
use super::gist::Checked;
use super::handover::Handover;
use super::ids::{ActionNo, ContributionId, DraftId, InvitationId, QuestionId, SeatId, SessionNo, TurnId};
use super::issuing::Issuing;
use super::item_zero::Asking;
use super::limits::{Item, Limits};
use super::open_items::OpenItem;
use super::plan::ListConfirmed;
use super::prompt::{About, Answer};
use super::purpose::Reminder;
use super::question_time::QuestionTime;
use super::spoken::Spoken;
use super::stage::Stage;
use super::suggestion::Suggestion;

/// A session as it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Session {
    pub no: SessionNo,
    pub form: SessionForm,
    pub complex: bool,
    pub held: Held,
    pub stage: Stage,
    pub convened_at: DateTime<Utc>,
    /// `None` while no date is fixed (REF-07).
    pub starts_at: Option<DateTime<Utc>>,
    /// The start was put back so that particular people can attend (TIM-08).
    pub put_back: bool,
    /// The managers who agreed to a discussion themselves (REF-10).
    pub agreements: Vec<Agreement>,
    pub opened_at: Option<DateTime<Utc>>,
    /// The last stage it sat at.
    pub reached: Stage,
    /// What was moved on from, and the chair's reason for it (GATE-13).
    pub skip_reasons: Vec<(Vec<OpenItem>, Spoken)>,
    /// When it stopped for a time, in order (SES-01).
    pub adjournments: Vec<Adjournment>,
    pub closed_at: Option<DateTime<Utc>>,
    pub convenor: SeatId,
    /// The invitation whose holder is to chair from the opening on; `None` where the convenor is.
    pub chair_invitation: Option<InvitationId>,
    /// Who has chaired since, who stands in for them, and whether they are there (SES-04, SES-05).
    pub chairing: Chairing,
    pub recorder: SeatId,
    /// The details of the call it runs on, for those who accepted (SES-07).
    pub call: Option<Spoken>,
    /// Proposals somebody said are not needed, each with the reason where one was given (INV-09).
    pub not_needed: BTreeMap<String, Option<Spoken>>,
    pub invitations: Vec<InvitationState>,
    pub attendance: BTreeMap<SeatId, Attendance>,
    pub submissions: Vec<Contribution>,
    /// What the chair made of them on arrival (INV-25).
    pub weighed: BTreeMap<ContributionId, Weighed>,
    /// As stated at opening, and as stated last.
    pub quorum: Vec<QuorumLine>,
    pub quorum_at_decision: Option<Vec<QuorumLine>>,
    /// Lines of the minimum that were met at any time, by their roles (GATE-10).
    pub roles_met: BTreeSet<String>,
    /// When those still outside the door were last reminded.
    pub reminded_at: Option<DateTime<Utc>>,
    /// By their role, as it stood at the opening; see [`super::chairing`] for the whole rule.
    pub chair_allowed: bool,
    /// The second manager who made the chairing their own, and when (INV-27).
    pub chairing_adopted: Option<(Actor, DateTime<Utc>)>,
    pub held_late: bool,
    pub turns: Vec<TurnState>,
    pub floor: Option<TurnId>,
    /// Who was in the room when the round was closed, and not heard (TURN-17).
    pub not_heard: Vec<SeatId>,
    /// Why the chair closed it over them, where that was said (TURN-06).
    pub round_closed_for: Option<MoveOnReason>,
    pub contributions: Vec<(Contribution, DateTime<Utc>)>,
    /// Fact, reported by another, or opinion, where the speaker said (INFO-27).
    pub natures: BTreeMap<ContributionId, Nature>,
    /// When what was entered for somebody was read back to them (INV-34).
    pub read_back_to: BTreeMap<ContributionId, DateTime<Utc>>,
    /// What its speaker made of a gist the recorder entered (SES-08).
    pub checked: BTreeMap<ContributionId, Checked>,
    pub questions: Vec<Question>,
    /// What is for some readers only (SEC-05).
    pub limits: Limits,
    /// What its author took back before anybody saw it (SES-15).
    pub taken_back: Vec<Item>,
    pub question_time: QuestionTime,
    /// Everything entered, confirmed or not, replaced or not, in order.
    pub drafts: Vec<Draft>,
    /// What was missing beside each section 47 decision (DEC-46).
    pub decision_marks: BTreeMap<DraftId, Vec<OpenItem>>,
    /// Where a conference was spoken of too early (DEC-17, DEC-18).
    pub reminders: Vec<Reminder>,
    /// What attendees would have entered (DEC-44).
    pub suggestions: Vec<Suggestion>,
    /// The agencies' positions are kept unseen until all are in, or the chair says (DEC-43).
    pub positions_hidden: bool,
    /// The agencies' views are kept unseen until all are in, or the chair says (RISK-04).
    pub views_hidden: bool,
    pub read_back_at: Option<DateTime<Utc>>,
    /// The chair's last word on the list of actions.
    pub list_confirmed: Option<ListConfirmed>,
    pub positions: Vec<(Position, DateTime<Utc>)>,
    /// Whose position, said aloud, was entered right; and what was entered otherwise than they then gave it (SES-08).
    pub positions_right: BTreeSet<SeatId>,
    pub positions_as_entered: Vec<Position>,
    pub challenges: Vec<ChallengeState>,
    pub escalations: Escalations,
    /// Each time item zero was asked (SAFE-04).
    pub safety_asked: Vec<Asking>,
    /// What was made for the out-of-hours team, and who read it (SES-03).
    pub handovers: Vec<Handover>,
    /// What was still open when the session closed, and the reason that covers it.
    pub closed_over: Vec<OpenItem>,
    pub close_reason: Option<Spoken>,
    /// What was open goes over to the next session (DEC-41).
    pub carries_over: bool,
    /// What came over from the session before.
    pub carried: Vec<OpenItem>,
    /// The actions that were open when it was convened (REV-04).
    pub open_actions: Vec<ActionNo>,
    /// Whom whoever convenes means to ask and has not asked yet (REV-04).
    pub to_invite: Vec<ToInvite>,
    pub draft_version: u16,
    pub signed_at: Option<DateTime<Utc>>,
    pub circulation: Vec<(Recipient, DateTime<Utc>, u16)>,
    /// What the family may be given (SEC-06).
    pub family: FamilyDraft,
    pub copies_opened: Vec<(SeatId, DateTime<Utc>, u16)>,
    /// What auditors made of it, each kept (AUD-06, AUD-07).
    pub judgements: Vec<Judged>,
    /// What people in the wrong meeting had seen, for the authority to assess (AUD-11).
    pub breaches: Vec<PossibleBreach>,
    /// What came of checking whether its actions are done (REV-03).
    pub completion_reviews: Vec<(SeatId, DateTime<Utc>, Spoken)>,
    /// What becomes of its record once it is drafted.
    pub issuing: Issuing,
}

/// A manager's own agreement to hold a discussion first (REF-10).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agreement {
    /// The line of the procedure's rule it is for.
    pub line: String,
    pub by: Actor,
    pub rank: Option<String>,
    pub at: DateTime<Utc>,
}

/// Whether something sent in writing needs action before the meeting, and who said so (INV-25).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weighed {
    pub act_now: bool,
    pub by: Actor,
    pub at: DateTime<Utc>,
}

impl Session {
    /// The chair's seat: whoever took the chair last, or until the opening whoever is to, once they have a seat.
    pub fn chair(&self) -> Option<SeatId> {
        self.chairing.now().or_else(|| self.invited_chair())
    }

    /// The seat of whoever was to chair from the opening on.
    pub fn invited_chair(&self) -> Option<SeatId> {
        match self.chair_invitation {
            None => Some(self.convenor),
            Some(invitation) => self.invitation(invitation)?.seat,
        }
    }

    /// Whoever reads what is sent in writing on arrival: the chair, or until the chair's seat is taken the convenor.
    pub fn reads_what_is_sent(&self) -> SeatId {
        self.chair().unwrap_or(self.convenor)
    }

    /// When it was opened or, until then, when it is to start; one that was entered afterwards, when it was held.
    pub fn held_at(&self) -> Option<DateTime<Utc>> {
        if self.is_entered_afterwards() { self.starts_at } else { self.opened_at.or(self.starts_at) }
    }

    /// A discussion by telephone that had been held before anybody convened it here (MIN-22).
    pub fn is_entered_afterwards(&self) -> bool {
        self.held == Held::Telephone && self.starts_at.is_some_and(|held_at| held_at < self.convened_at)
    }

    pub fn invitation(&self, id: InvitationId) -> Option<&InvitationState> {
        self.invitations.iter().find(|state| state.invitation.id == id)
    }

    /// The invitation a seat took up in this session.
    pub fn invitation_of(&self, seat: SeatId) -> Option<&InvitationState> {
        self.invitations.iter().find(|state| state.seat == Some(seat))
    }

    /// The invitation a seat answered in this session, with yes or with no.
    pub fn invitation_answered_by(&self, seat: SeatId) -> Option<&InvitationState> {
        self.invitations.iter().find(|state| state.answered_by() == Some(seat))
    }

    /// Here, or asked and not heard to stay away.
    pub fn is_coming(&self, whose: Whose) -> bool {
        match whose {
            Whose::Invitation(id) => {
                self.invitation(id).is_some_and(|state| state.seat.is_none() && state.absence.is_none())
            }
            Whose::Seat(seat) => self.attendance.get(&seat).is_some_and(|attendance| {
                let has_declined = self.invitation_of(seat).is_some_and(|state| state.absence.is_some());
                let may_come = attendance.present.is_empty() || self.adjourned().is_some();
                let is_awaited = may_come && attendance.absence.is_none() && !has_declined;
                attendance.is_here() || (attendance.excluded.is_none() && is_awaited)
            }),
        }
    }

    pub fn turn(&self, id: TurnId) -> Option<&TurnState> {
        self.turns.iter().find(|state| state.turn.id == id)
    }

    /// The turn under way.
    pub fn current_turn(&self) -> Option<&TurnState> {
        self.floor.and_then(|id| self.turn(id))
    }

    /// The next turn nobody has had.
    pub fn next_turn(&self) -> Option<&TurnState> {
        self.turns.iter().find(|state| state.ended.is_none() && state.began_at.is_none())
    }

    /// Whether a seat has the floor.
    pub fn speaks(&self, seat: SeatId) -> bool {
        self.floor_holder() == Some(Whose::Seat(seat))
    }

    /// How many speak before a seat whose turn is still to come; `None` where none is (SES-14).
    pub fn turns_before(&self, seat: SeatId) -> Option<usize> {
        let to_come = self.turns.iter().filter(|state| state.ended.is_none());
        let awaited = |state: &TurnState| state.turn.whose == Whose::Seat(seat) && state.began_at.is_none();
        to_come.into_iter().position(awaited)
    }

    /// Who speaks now; a written submission's turn has its absent author.
    pub fn floor_holder(&self) -> Option<Whose> {
        self.current_turn().map(|state| state.turn.whose)
    }

    pub fn question(&self, id: QuestionId) -> Option<&Question> {
        self.questions.iter().find(|question| question.id == id)
    }

    /// Questions put and not answered.
    pub fn open_questions(&self) -> impl Iterator<Item = &Question> {
        self.questions.iter().filter(|question| question.state == QuestionState::Asked)
    }

    /// Seats of people in the room.
    pub fn here(&self) -> impl Iterator<Item = SeatId> {
        self.attendance.iter().filter(|(_, attendance)| attendance.is_here()).map(|(seat, _)| *seat)
    }

    /// Seats of people who were in the room at any time.
    pub fn attended(&self) -> impl Iterator<Item = SeatId> {
        self.attendance.iter().filter(|(_, attendance)| attendance.attended()).map(|(seat, _)| *seat)
    }

    /// Seats of people who accepted and have not come in.
    pub fn outside(&self) -> impl Iterator<Item = SeatId> {
        let outside = self.attendance.iter().filter(|(_, attendance)| {
            attendance.accepted_at.is_some()
                && attendance.introduced.is_none()
                && attendance.excluded.is_none()
                && !attendance.is_here()
                && !matches!(attendance.absence, Some((Absence::Apologies, _)))
        });
        outside.map(|(seat, _)| *seat)
    }

    /// Somebody was asked, is not here, and why is not known.
    pub fn is_anyone_missing(&self) -> bool {
        let is_open = |absence: &Option<(Absence, _)>| matches!(absence, None | Some((Absence::ReasonOpen, _)));
        let unresolved =
            |state: &InvitationState| state.seat.is_none() && !state.is_withdrawn() && is_open(&state.absence);
        self.invitations.iter().any(unresolved)
            || self.attendance.values().any(|attendance| {
                attendance.accepted_at.is_some()
                    && attendance.introduced.is_none()
                    && attendance.excluded.is_none()
                    && !attendance.is_here()
                    && is_open(&attendance.absence)
            })
    }

    /// Entries that stand: not replaced by a later one.
    pub fn standing(&self) -> impl Iterator<Item = &Draft> {
        self.drafts.iter().filter(|draft| !draft.replaced)
    }

    /// Entries waiting for the chair's word.
    pub fn unconfirmed(&self) -> impl Iterator<Item = &Draft> {
        self.standing().filter(|draft| draft.confirmed.is_none())
    }

    /// Standing answers to whatever prompt, drafts included.
    pub fn standing_answers(&self) -> impl Iterator<Item = &Answer> {
        self.standing().filter_map(|draft| match &draft.entry {
            Entry::Answer(answer) => Some(answer),
            _ => None,
        })
    }

    /// It was open when an earlier session closed, and carried over to this one (DEC-41).
    pub fn is_carried(&self, prompt: &str, about: About) -> bool {
        self.carried.iter().any(|item| item.id == prompt && item.about == about.into())
    }

    /// Standing answers to a prompt, drafts included.
    pub fn answers<'a>(&'a self, prompt: &'a str) -> impl Iterator<Item = (&'a Draft, &'a Answer)> {
        self.standing().filter_map(move |draft| match &draft.entry {
            Entry::Answer(answer) if answer.prompt == prompt => Some((draft, answer)),
            _ => None,
        })
    }

    /// The standing answer to a prompt about one thing.
    pub fn answer<'a>(&'a self, prompt: &'a str, about: About) -> Option<&'a Answer> {
        self.answers(prompt).map(|(_, answer)| answer).find(|answer| answer.about == about)
    }

    pub fn section_47(&self) -> Option<(&Draft, &Section47)> {
        self.standing().find_map(|draft| match &draft.entry {
            Entry::Section47(decision) => Some((draft, decision)),
            _ => None,
        })
    }

    pub fn outcomes(&self) -> impl Iterator<Item = (&Draft, &OutcomeChosen)> {
        self.standing().filter_map(|draft| match &draft.entry {
            Entry::Outcome(outcome) => Some((draft, outcome)),
            _ => None,
        })
    }

    /// What somebody was sent last of the record is an extract of it (MIN-30).
    pub fn was_sent_an_extract(&self, seat: SeatId) -> bool {
        let mut sent = self.circulation.iter().rev().map(|(recipient, ..)| recipient);
        sent.find(|recipient| recipient.seat == seat).is_some_and(|recipient| recipient.copy == CopyKind::Extract)
    }

    /// An enquiry has been started, or continues.
    pub fn section_47_is_running(&self) -> bool {
        self.section_47().is_some_and(|(_, decision)| decision.decision.is_running())
    }

    /// Why the session moved on from something that was left open.
    pub fn skip_reason(&self, item: &OpenItem) -> Option<&Spoken> {
        let is_meant = |skipped: &OpenItem| skipped.id == item.id && skipped.about == item.about;
        let said = self.skip_reasons.iter().rev().find(|(items, _)| items.iter().any(is_meant));
        said.map(|(_, reason)| reason)
    }

    /// Every line of the minimum was met when last stated.
    pub fn is_quorate(&self) -> bool {
        self.quorum.iter().all(|line| line.met)
    }

    /// What a seat sent in writing.
    pub fn submission(&self, seat: SeatId) -> Option<&Contribution> {
        self.submissions.iter().find(|submission| submission.seat == seat)
    }
}
