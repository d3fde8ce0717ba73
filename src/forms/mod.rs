//! What people can do, as data: one table of rows gives the commands, their parsing, their help and the buttons.
//!
//! A form is filled in steps, choices before typing: what is known is kept in the next button's id, a missing
//! choice is offered as a list, missing words open a modal of at most five fields. Pure; any surface can use it.
//! To add a command, see `docs/adding-a-command.md`.

mod building;
mod reading;
mod short;
mod standing;
mod steps;
mod table;

use std::collections::BTreeMap;

use crate::domain::audit::Period;
use crate::domain::command::Command;
use crate::domain::due::Direction;
use crate::domain::refusal::Refusal;

pub use building::CopyAs;
pub use reading::{AskedAgency, Form, Named};
pub use short::{long, long_answers, short, short_answer};
pub use standing::{in_typed_words, stood_in};
pub use steps::{Input, OPTIONS_MAX, Step, choices_for, every_outcome, next_step, speaker_fields};
pub use table::{row, row_at, rows};

/// What is known of a form so far, by field key.
pub type Answers = BTreeMap<String, String>;

/// One thing a person can do.
pub struct Row {
    /// Its name in button ids, receipts and wording (`command.<key>`, `button.<key>`).
    pub key: &'static str,
    /// Its slash command: top level, and sub-command where there is one. `None`: by button alone.
    pub path: Option<(&'static str, Option<&'static str>)>,
    /// It is about a case: named, the channel's, or the person's only one.
    pub needs_case: bool,
    pub fields: &'static [Field],
    /// Fields that come from the catalogue.
    pub more: More,
    /// Makes the command, or names the view, from a filled form.
    pub build: fn(&Form<'_>) -> Result<Doing, Refusal>,
    /// The rows whose buttons stand under the private answer.
    pub then: &'static [&'static str],
}

/// A field of a form.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// Its key in options, modals and wording (`field.<key>`).
    pub key: &'static str,
    pub kind: Kind,
    /// Without it the form can't be understood; most fields may stay blank and become open items.
    pub needed: bool,
}

/// What a field takes.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// One line, typed.
    Line,
    /// Several lines, typed.
    Text,
    /// A date and time in words people use, of what is to come.
    Time,
    /// A date and time in words people use, of what has happened.
    PastTime,
    /// One of fixed codes: the name of the set (`choice.<set>.<code>` in wording) and the codes.
    Choice(&'static str, fn() -> Vec<&'static str>),
    Flag,
    /// An account of the platform.
    User,
    /// A seat of the case: `s3`.
    Seat,
    /// A seat or an invitation: `s3`, `i2`.
    Whose,
    /// A seat, or somebody invited by name: `s3`, `i2`.
    Owner,
    /// A seat or an agency: `s3`, `a:Larkshire Police`.
    Addressee,
    /// A child of the case: `c1`.
    Child,
    Number,
    /// A prompt of the catalogue.
    Prompt,
    /// The section 47 decisions that make sense now (DEC-05).
    Section47,
    /// A group of questions of the catalogue.
    Group,
    /// An outcome of the procedure.
    Outcome,
    /// Those a further session is to ask, by their numbers on its list; several can be chosen.
    ToInvite,
    /// A step of the procedure where nobody answers.
    Step,
    /// An agency of the directory.
    Agency,
    /// A role in words, those of the directory suggested (INV-11).
    Role,
    /// A role of the directory, by its code.
    RoleOf,
    /// Another case, by its code name: typed, since nobody is offered cases they have no seat in.
    Case,
    /// One of one's own questions, not yet put.
    OwnQuestion,
    /// One of the actions.
    Action,
    /// An adult of the case: `a1`.
    Adult,
    /// Difficulties of the procedure's list; several can be chosen.
    Difficulties,
    /// A proposal of the procedure that this case brings up.
    Proposal,
    /// Who may read something: chair and police, or people of the session; several can be chosen.
    Readers,
    /// Decisions that were read back: `d1`; several can be chosen.
    Decisions,
    /// Something that can be limited to some readers: `k3`, `q2`, `d5`.
    Item,
    /// A line of the draft for the family: `c1`, `d4.what`. Its buttons carry it.
    FamilyLine,
}

impl Kind {
    /// It is typed in a modal rather than chosen from a list.
    pub fn is_typed(self) -> bool {
        self.direction().is_some() || matches!(self, Self::Line | Self::Text | Self::Case | Self::Role)
    }

    /// Which way the words of a time are read; `None` where it takes no time.
    pub fn direction(self) -> Option<Direction> {
        match self {
            Self::Time => Some(Direction::Coming),
            Self::PastTime => Some(Direction::Past),
            _ => None,
        }
    }
}

/// Fields a row takes from the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum More {
    Nothing,
    /// The speaker prompts, which join the sharing form.
    Speaker,
    /// The fields of the prompt named by the form's `prompt`.
    OfPrompt,
    /// Of the row's own fields those the chosen outcome asks, called what the procedure calls them.
    OfOutcome,
    /// Of the row's own fields those that can still be said of the decision or outcome named by `draft`.
    OfDraft,
}

/// What a filled form asks for.
#[derive(Debug, Clone, PartialEq)]
pub enum Doing {
    Command(Box<Command>),
    View(View),
}

/// Lists and counts over many cases, of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AuditView {
    /// Over all of a period, or over a sample drawn from it: of so many, by this seed or a new one.
    Totals {
        period: Period,
        sample: Option<(u16, Option<u32>)>,
    },
    AgencyCounts(Period),
    Overrides(Period),
    InspectionList(Period),
    /// Without a seed, one is drawn.
    Sample {
        period: Period,
        size: u16,
        seed: Option<u32>,
    },
}

impl AuditView {
    /// The days it is about.
    pub fn period(self) -> Period {
        match self {
            Self::Totals { period, .. }
            | Self::AgencyCounts(period)
            | Self::Overrides(period)
            | Self::InspectionList(period)
            | Self::Sample { period, .. } => period,
        }
    }
}

/// Something to look at; it changes nothing in the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View {
    /// Over many cases, for those the procedure names; lists of cases are recorded in each.
    Audit(AuditView),
    Door,
    Help,
    Mine,
    /// Who must and who should be there.
    Ready,
    /// Whom a further session is to ask, before anybody is asked.
    ToInvite,
    /// The children and the people around them, with what is missing.
    Family,
    /// The prompts of this stage, with a button each.
    Prompts,
    /// The questions of one group.
    Group,
    /// What would stay open, with the ways to close.
    Closing,
    /// One's own parked and held questions.
    Parked,
    /// One's own prepared text.
    Prepared,
    /// An urgent question, for the chair.
    Urgent,
    /// What everybody shared, part by part.
    Digest,
    /// What an attendee would have entered, for the chair.
    Suggestion,
    /// What an owner reported of an action, for the chair.
    Report,
    /// What waits for the chair's confirmation.
    Drafts,
    /// What was entered under one's own name.
    SaidForMe,
    /// Who gets the record and who doesn't, for the chair.
    Recipients,
    /// The line for one's own agency's record.
    CaseNote,
}
