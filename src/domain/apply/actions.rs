//! How each fact changes an action.

use chrono::{DateTime, Utc};

use crate::domain::case::Case;
use crate::domain::decision::{
    Action, ActionChange, ActionEntered, ActionParts, ActionStatus, Cancelled, Report, ReportAnswer,
};
use crate::domain::event::{Event, Record};
use crate::domain::follow_up::Completion;
use crate::domain::ids::{ActionNo, SeatId};
use crate::domain::spoken::Spoken;

impl Case {
    pub(super) fn action_entered(&mut self, action: &ActionEntered, record: &Record) {
        let action = Action::new(action.clone(), false, record.at);
        // A draft that was changed is the same action, said anew.
        match self.actions.iter_mut().find(|known| known.entered.no == action.entered.no) {
            Some(known) => *known = action,
            None => self.actions.push(action),
        }
    }

    pub(super) fn action_changes(&mut self, no: ActionNo, record: &Record) {
        let Some(action) = self.actions.iter_mut().find(|action| action.entered.no == no) else { return };
        match &record.event {
            Event::ActionAnswered { accepted, .. } => {
                action.status = if *accepted { ActionStatus::Accepted } else { ActionStatus::Declined };
            }
            Event::ActionDone { .. } => action.status = ActionStatus::Done,
            Event::ActionChanged { due, day_alone, owner, parts, reason, .. } => {
                if due.is_some() {
                    action.entered.day_alone = *day_alone;
                }
                action.becomes(*due, *owner, parts, reason, record);
            }
            Event::OwnerNamed { owner, words, .. } => {
                action.entered.owner = owner.or(action.entered.owner);
                if !words.is_empty() {
                    action.entered.owner_words = words.clone();
                }
                (action.entered.found_by, action.entered.find_by) = (None, None);
            }
            Event::ActionReported { by, completion, evidence, changed, .. } => {
                action.status = match completion {
                    Completion::Done => ActionStatus::Reported,
                    Completion::Partly => ActionStatus::Partly,
                    Completion::NotDone => ActionStatus::NotDone,
                };
                action.reports.push(Report {
                    by: *by,
                    at: record.at,
                    completion: *completion,
                    evidence: evidence.clone(),
                    changed: changed.clone(),
                    answer: None,
                });
            }
            Event::ReportAnswered { accepted, reason, .. } => {
                let Some(report) = action.reports.last_mut() else { return };
                let (by, at) = (record.actor.seat, record.at);
                report.answer = Some(ReportAnswer { accepted: *accepted, reason: reason.clone(), by, at });
                match (accepted, report.completion) {
                    (false, _) => action.status = ActionStatus::Returned,
                    (true, Completion::Done) => action.status = ActionStatus::Done,
                    (true, Completion::Partly | Completion::NotDone) => {}
                }
            }
            Event::ActionCancelled { reason, .. } => {
                action.status = ActionStatus::Cancelled;
                action.cancelled = Some(Cancelled { by: record.actor.seat, at: record.at, reason: reason.clone() });
            }
            Event::ActionFollowedUp { step, .. } => action.followed = Some(*step),
            _ => {}
        }
    }
}

impl Action {
    fn becomes(
        &mut self,
        due: Option<DateTime<Utc>>,
        owner: Option<SeatId>,
        parts: &ActionParts,
        reason: &Spoken,
        record: &Record,
    ) {
        let (at, by) = (record.at, record.actor.seat);
        self.changes.push(ActionChange { at, by, due, owner, parts: parts.given(), reason: reason.clone() });
        self.entered.supplied(parts);
        self.entered.due = due.or(self.entered.due);
        if due.is_some() {
            (self.since, self.followed) = (record.at, None);
        }
        if owner.is_some() && owner != self.entered.owner {
            self.entered.owner = owner;
            // What the last owner said of it is not the new one's word.
            self.status = ActionStatus::Pending;
        }
    }

    /// To whoever has the seat from now on (SES-16).
    pub(super) fn goes_over(&mut self, to: SeatId, record: &Record) {
        self.becomes(None, Some(to), &ActionParts::default(), &Spoken::default(), record);
    }
}
