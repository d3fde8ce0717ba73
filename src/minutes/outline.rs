//! The record as data, for `minutes.json` and for whoever summarises it: no more than what others count or compare.
//!
//! It repeats what the sections say, by code and instant instead of in words.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::actions;
use super::attendance::lines;
use super::document::Piece;
use super::heading;
use super::prompts;
use super::reading::Reading;
use crate::domain::attendance::Attendance;
use crate::domain::calendar::iso_with_offset;
use crate::domain::deadlines::{DeadlineKind, deadline};
use crate::domain::prompt::About;

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Outline {
    pub code_name: String,
    pub reference: String,
    /// What the session was, as the procedure calls it.
    pub form: String,
    pub opened_at: Option<String>,
    pub closed_at: Option<String>,
    /// `None` before the session opened.
    pub quorum: Option<Quorum>,
    pub deadlines: Vec<Due>,
    pub section_47: Option<Decision>,
    pub risk: Vec<Risk>,
    pub outcomes: Vec<Outcome>,
    pub actions: Vec<ActionLine>,
    pub attendance: Vec<Attendee>,
    pub open_items: usize,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Quorum {
    pub met: bool,
    /// Keys of the roles that are missing.
    pub missing: Vec<String>,
    /// "Quorate", or what is missing.
    pub words: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Due {
    pub deadline: String,
    pub at: Option<String>,
    /// As people read it; empty where there is no such deadline.
    pub words: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Decision {
    pub code: String,
    pub words: String,
    pub mode: Option<String>,
    pub decided_at: String,
    pub confirmed: bool,
}

/// A child by initials and year of birth, and the level stated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Risk {
    pub child: String,
    pub level: Option<Piece>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Outcome {
    pub code: String,
    pub label: String,
    pub confirmed: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ActionLine {
    pub number: u16,
    pub what: Piece,
    pub owner: Piece,
    pub due: Piece,
    pub due_at: Option<String>,
    pub status: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Attendee {
    pub name: Option<String>,
    pub role: String,
    pub agency: String,
    pub attended: bool,
    pub sent_information: bool,
}

impl Outline {
    /// The outline with every piece as `change` has it.
    pub(super) fn map(&self, change: &impl Fn(&Piece) -> Piece) -> Self {
        let risk = self.risk.iter().map(|risk| Risk { level: risk.level.as_ref().map(change), ..risk.clone() });
        let actions = self.actions.iter().map(|action| ActionLine {
            what: change(&action.what),
            owner: change(&action.owner),
            due: change(&action.due),
            ..action.clone()
        });
        Self { risk: risk.collect(), actions: actions.collect(), ..self.clone() }
    }
}

/// `None` where no session was convened: there is nothing to outline.
pub(super) fn outline(reading: &Reading<'_>) -> Option<Outline> {
    let session = reading.session?;
    let iso = |at: Option<DateTime<Utc>>| at.map(iso_with_offset);
    let missing = session.quorum.iter().filter(|line| !line.met).map(|line| line.role.clone()).collect();
    let quorum = Quorum { met: session.is_quorate(), missing, words: reading.quorum(&session.quorum) };
    Some(Outline {
        code_name: reading.case.code_name.0.clone(),
        reference: reading.case.referral.reference.clone(),
        form: heading::form(reading, session).to_owned(),
        opened_at: iso(session.opened_at),
        closed_at: iso(session.closed_at),
        quorum: session.opened_at.map(|_| quorum),
        deadlines: deadlines(reading),
        section_47: section_47(reading),
        risk: risk(reading),
        outcomes: outcomes(reading),
        actions: reading.case.actions.iter().map(|action| action_line(reading, action)).collect(),
        attendance: attendance(reading),
        open_items: heading::still_open(reading, session).len(),
    })
}

fn deadlines(reading: &Reading<'_>) -> Vec<Due> {
    DeadlineKind::ALL
        .iter()
        .map(|(kind, key)| {
            let at = deadline(*kind, reading.case, reading.rules).map(|deadline| deadline.due.at);
            Due {
                deadline: (*key).to_owned(),
                at: at.map(iso_with_offset),
                words: at.map(crate::domain::calendar::both).unwrap_or_default(),
            }
        })
        .collect()
}

fn section_47(reading: &Reading<'_>) -> Option<Decision> {
    let session = reading.session?;
    let (draft, decided) = session.section_47()?;
    Some(Decision {
        code: decided.decision.code().to_owned(),
        words: reading.choice("section_47", decided.decision.code()),
        mode: decided.mode.map(|mode| mode.code().to_owned()),
        decided_at: iso_with_offset(session.section_47_decided_at()?),
        confirmed: draft.confirmed.is_some(),
    })
}

fn risk(reading: &Reading<'_>) -> Vec<Risk> {
    let children = reading.case.children.iter().map(|child| {
        let level = ["risk", "other_child_risk"]
            .into_iter()
            .find_map(|prompt| prompts::answered(reading, prompt, About::Child(child.id), "level"));
        (child, level)
    });
    let shown = children.filter(|(child, level)| child.subject || level.is_some());
    shown
        .map(|(child, level)| {
            let (initials, born) = child.initials_and_year();
            Risk { child: super::summary::initials(reading, &initials, born), level }
        })
        .collect()
}

fn outcomes(reading: &Reading<'_>) -> Vec<Outcome> {
    let Some(session) = reading.session else { return Vec::new() };
    let chosen = session.outcomes().map(|(draft, chosen)| {
        let offered = reading.rules.procedure.outcome(&chosen.code);
        Outcome {
            code: chosen.code.clone(),
            label: offered.map_or_else(|| chosen.code.clone(), |outcome| outcome.label.clone()),
            confirmed: draft.confirmed.is_some(),
        }
    });
    chosen.collect()
}

fn action_line(reading: &Reading<'_>, action: &crate::domain::decision::Action) -> ActionLine {
    let entered = &action.entered;
    ActionLine {
        number: entered.no.0,
        what: reading.spoken(&entered.what),
        owner: actions::owner(reading, entered),
        due: actions::due(reading, entered),
        due_at: entered.due.map(iso_with_offset),
        status: action.status.code().to_owned(),
    }
}

fn attendance(reading: &Reading<'_>) -> Vec<Attendee> {
    let Some(session) = reading.session else { return Vec::new() };
    let lines = lines(reading, session).into_iter();
    lines
        .map(|line| Attendee {
            name: line.name.map(str::to_owned),
            role: line.role,
            agency: line.agency.to_owned(),
            attended: line.attendance.is_some_and(Attendance::attended),
            sent_information: line.attendance.is_some_and(|attendance| attendance.informed),
        })
        .collect()
}
