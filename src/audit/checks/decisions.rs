//! Decisions: section 47 first, then what is done, by whom and by when, what the family is told, and the record (AUD-05).

use super::{Check, Found, Sitting, answered, together};
use crate::audit::Head::Decisions;
use crate::domain::chairing::lacking_of_title;
use crate::domain::decision::{Entry, Section47Decision};
use crate::domain::event::Event;

pub(super) const CHECKS: &[Check] = &[
    Check { key: "section_47_focus", head: Decisions, duties: &["DEC-01", "DEC-02"], look: section_47 },
    Check { key: "further_information", head: Decisions, duties: &["INFO-25", "DEC-37"], look: further_information },
    Check { key: "immediate_action", head: Decisions, duties: &["DEC-34"], look: immediate_action },
    Check { key: "short_term_action", head: Decisions, duties: &["DEC-35"], look: short_term_action },
    Check { key: "who_by_when", head: Decisions, duties: &["ACT-01"], look: who_by_when },
    Check { key: "family_told", head: Decisions, duties: &["DEC-28", "DEC-29", "DEC-30"], look: family },
    Check { key: "recording", head: Decisions, duties: &["TIM-22", "MIN-01", "MIN-29"], look: recording },
    Check { key: "no_conference_drift", head: Decisions, duties: &["DEC-17", "DEC-18"], look: drift },
];

/// Decided, with the reason: started, continued, ended or not started. Put off is not decided.
fn section_47(sitting: &Sitting<'_>) -> Found {
    let decided = sitting.session().section_47().map(|(_, decided)| decided);
    let is_met = decided
        .is_some_and(|decided| decided.decision != Section47Decision::NotYetDecided && !decided.rationale.is_empty());
    let entries = sitting.entries(|event| matches!(event, Event::Entered { entry: Entry::Section47(_), .. }));
    Found::when(is_met, entries)
}

fn further_information(sitting: &Sitting<'_>) -> Found {
    answered(sitting, "further_information")
}

fn immediate_action(sitting: &Sitting<'_>) -> Found {
    answered(sitting, "immediate_action")
}

fn short_term_action(sitting: &Sitting<'_>) -> Found {
    answered(sitting, "short_term_action")
}

/// Every action of this session says what, who and by when.
fn who_by_when(sitting: &Sitting<'_>) -> Found {
    let is_own = |no| {
        let drafts = sitting.session().drafts.iter();
        drafts.map(|draft| &draft.entry).any(|entry| matches!(entry, Entry::Action(action) if action.no == no))
    };
    let own: Vec<_> =
        sitting.case.actions.iter().map(|action| &action.entered).filter(|action| is_own(action.no)).collect();
    if own.is_empty() {
        return Found::not_applicable();
    }
    let is_whole = own.iter().filter(|action| {
        let has_owner = action.owner.is_some() || !action.owner_words.is_empty();
        action.what.is_empty() || !has_owner || action.due.is_none()
    });
    let lacking = is_whole.map(|action| action.no.to_string()).collect();
    Found::unless(lacking, sitting.entries(|event| matches!(event, Event::Entered { entry: Entry::Action(_), .. })))
}

/// What the parents and the child are told, and each thing withheld on one of the two grounds.
fn family(sitting: &Sitting<'_>) -> Found {
    let withheld = if sitting.session().answers("withhold").next().is_some() {
        answered(sitting, "withhold")
    } else {
        Found::not_applicable()
    };
    together([answered(sitting, "tell_parents"), answered(sitting, "tell_child"), withheld])
}

/// The record has earned the procedure's title and is signed; its order is the procedure's by itself.
fn recording(sitting: &Sitting<'_>) -> Found {
    let session = sitting.session();
    let has_title = session.opened_at.is_some() && lacking_of_title(session, sitting.rules.procedure).is_none();
    let record = |event: &Event| matches!(event, Event::DraftIssued { .. } | Event::MinutesSigned { .. });
    Found::when(has_title && session.signed_at.is_some(), sitting.entries(record))
}

/// Nobody had to be reminded that a conference can only follow the section 47 decision.
fn drift(sitting: &Sitting<'_>) -> Found {
    let reminded = sitting.entries(|event| matches!(event, Event::PurposeReminded { .. }));
    Found::when(reminded.is_empty(), reminded)
}
