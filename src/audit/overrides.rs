//! Which rules were marked or closed over, how often, by which role, under which procedure and at which hour: so that a
//! rule nobody can keep is found (AUD-15). Counts alone; the words of a reason are never among them.

use std::collections::BTreeMap;

use chrono::{DateTime, Timelike, Utc};
use chrono_tz::Europe::London;
use minijinja::context;
use serde::{Deserialize, Serialize};

use super::Sitting;
use super::sheet::paper;
use crate::domain::audit::Period;
use crate::domain::event::Event;
use crate::domain::facts::Rules;
use crate::domain::open_items::OpenItem;
use crate::domain::referral::choices;
use crate::minutes::{Block, Minutes, Piece, Section, Table};
use crate::wording::Wording;

choices! {
    /// What was said of why a rule was gone over.
    Reason {
        /// The catalogue's own words, at a press.
        Preset = "preset",
        Own = "own",
        None = "none",
    }
}

/// One time a rule was marked or closed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Override {
    /// The requirement's ID; of a procedure's own item the item's key.
    pub rule: String,
    /// The role of whoever it was.
    pub role: String,
    pub procedure: String,
    /// The hour of the day, by the clock on the wall.
    pub hour: u32,
    pub reason: Reason,
}

/// The requirement behind each item that is no question of the catalogue.
const RULES: &[(&str, &str)] = &[
    ("danger", "SAFE-02"),
    ("received_at", "REF-01"),
    ("starts_at", "REF-07"),
    ("assessment_notice", "REF-07"),
    ("grounds", "REF-03"),
    ("not_quorate", "GATE-08"),
    ("vice_chair", "SES-04"),
    ("adjournment", "SES-01"),
    ("item_zero_adjournment", "SAFE-04"),
    ("item_zero_close", "SAFE-04"),
    ("further_invitee", "INV-09"),
    ("chair_not_within_rule", "INV-27"),
    ("declined_without_information", "INV-25"),
    ("recorder_not_within_rule", "GATE-14"),
    ("absence_reason", "GATE-07"),
    ("not_heard", "TURN-17"),
    ("source_not_stated", "TURN-14"),
    ("history", "INFO-12"),
    ("family_composition", "INFO-02"),
    ("question_unanswered", "ACT-12"),
    ("section_47", "DEC-01"),
    ("outcome", "DEC-06"),
    ("outcomes", "DEC-06"),
    ("contradiction", "DEC-13"),
    ("positions", "DEC-43"),
    ("action", "ACT-01"),
    ("no_actions", "ACT-01"),
    ("roles", "ACT-07"),
    ("list_not_confirmed", "ACT-14"),
    ("meeting_due", "TIM-03"),
    ("child_seen_later", "TIM-11"),
    ("not_confirmed", "DEC-44"),
    ("gist_not_confirmed", "SES-08"),
    ("position_not_confirmed", "SES-08"),
    ("read_back", "DEC-44"),
    ("agenda", "GATE-13"),
    ("family_nobody_else", "INFO-02"),
    ("views_of_absent", "INFO-24"),
    ("questions_of_leaders", "TURN-10"),
    ("owner_left", "SES-17"),
    ("seat_left", "SES-17"),
    ("wrong_case", "SES-15"),
    ("immediate_review", "REV-05"),
];

/// The requirement an open item comes from.
pub(super) fn rule(item: &OpenItem, rules: &Rules<'_>) -> String {
    let of_a_question = rules.catalogue.prompt(&item.id).and_then(|prompt| prompt.requirement.first().cloned());
    let known = || RULES.iter().find(|(key, _)| *key == item.id).map(|(_, rule)| (*rule).to_owned());
    of_a_question.or_else(known).unwrap_or_else(|| item.id.clone())
}

/// Everything a session marked, moved on from or closed over.
pub fn overrides(sitting: &Sitting<'_>) -> Vec<Override> {
    let mut found = Vec::new();
    for record in sitting.own() {
        let (items, reason): (&[OpenItem], _) = match &record.event {
            Event::SessionClosed { open, reason: None, .. } => (open, Reason::None),
            Event::SessionClosed { open, carries_over: true, .. } => (open, Reason::Preset),
            Event::SessionClosed { open, .. } => (open, Reason::Own),
            Event::SkipExplained { items, .. } => (items, Reason::Own),
            Event::DecisionMarked { missing, .. } => (missing, Reason::None),
            _ => (&[], Reason::None),
        };
        let one = |rule: String, reason: Reason| Override {
            rule,
            role: record.actor.role.clone(),
            procedure: sitting.rules.procedure.slug.clone(),
            hour: hour(record.at),
            reason,
        };
        found.extend(items.iter().map(|item| one(rule(item, &sitting.rules), reason)));
        found.extend(marked(&record.event).into_iter().map(|rule| one(rule.to_owned(), Reason::None)));
    }
    found
}

/// The requirements a fact was saved against as it happened: those a close lists as open are counted there.
fn marked(event: &Event) -> Vec<&'static str> {
    let rules = match event {
        Event::SessionConvened { starts_at, .. } => vec![(starts_at.is_none(), "REF-07")],
        Event::SessionOpened { quorum, chair_allowed, held_late, agreement_missing } => vec![
            (quorum.iter().any(|line| !line.met), "GATE-08"),
            (!chair_allowed, "INV-27"),
            (*held_late, "TIM-07"),
            (!agreement_missing.is_empty(), "REF-10"),
        ],
        Event::SessionResumed { quorum } => vec![(quorum.iter().any(|line| !line.met), "GATE-08")],
        Event::ChairTaken { chair_allowed, .. } => vec![(!chair_allowed, "INV-27")],
        Event::RoundClosed { .. } => vec![(true, "TURN-17")],
        Event::Contributed { contribution } => vec![(contribution.lacks_source(), "TURN-14")],
        Event::ProposalTurnedDown { reason, .. } => vec![(reason.is_none(), "INV-09")],
        Event::AbsenceEscalation { escalated, reason, .. } => vec![(!escalated && reason.is_empty(), "DIS-07")],
        Event::SessionAdjourned { interim } => vec![(!interim.missing().is_empty(), "SES-01")],
        Event::RecipientChosen { reason, .. } => vec![(reason.is_none(), "MIN-15")],
        Event::CorrectionRequested { late, .. } => vec![(*late, "MIN-26")],
        Event::PurposeReminded { action, .. } => vec![(action.is_some(), "DEC-18")],
        _ => Vec::new(),
    };
    rules.into_iter().filter(|(is_marked, _)| *is_marked).map(|(_, rule)| rule).collect()
}

fn hour(at: DateTime<Utc>) -> u32 {
    at.with_timezone(&London).hour()
}

/// The map on paper: a line a rule, the most often gone over first, and how often under each procedure, by each role and
/// at each hour.
pub fn map(sittings: &[Sitting<'_>], period: Period, wording: &Wording) -> Minutes {
    let all: Vec<_> = sittings.iter().flat_map(overrides).collect();
    let label = |key: &str| wording.say(&format!("audit_label.{key}"), ());
    let mut rules: Vec<(String, usize)> = counted(&all, |one| one.rule.clone()).into_iter().collect();
    rules.sort_by_key(|(rule, times)| (std::cmp::Reverse(*times), rule.clone()));
    let row = |(rule, times): &(String, usize)| -> Vec<Piece> {
        let own: Vec<_> = all.iter().filter(|one| one.rule == *rule).cloned().collect();
        let of = |reason: Reason| own.iter().filter(|one| one.reason == reason).count().to_string();
        let mut cells = vec![rule.clone(), times.to_string()];
        cells.extend(Reason::ALL.iter().map(|(reason, _)| of(*reason)));
        cells.push(listed(&counted(&own, |one| one.role.clone())));
        cells.push(listed(&counted(&own, |one| one.procedure.clone())));
        cells.push(listed(&counted(&own, |one| format!("{:02}:00", one.hour))));
        cells.into_iter().map(Piece::from).collect()
    };
    let keys = ["duties", "times", "preset", "own_words", "no_reason", "by_role", "by_procedure", "by_hour"];
    let table =
        Table { caption: label("overrides"), headers: keys.map(label).to_vec(), rows: rules.iter().map(row).collect() };
    let nothing = || Block::paragraph(wording.say("audit.log_nothing", ()));
    let block = if rules.is_empty() { nothing() } else { Block::Table(table) };
    let sections = vec![Section { key: "overrides".to_owned(), heading: label("overrides"), blocks: vec![block] }];
    let [from, to] = period.words();
    let values = context! { from, to, sessions => sittings.len() };
    let notice = wording.say("audit.overrides_notice", values);
    paper(wording.say("audit.overrides_title", ()), notice, Vec::new(), sections)
}

fn counted(all: &[Override], of: impl Fn(&Override) -> String) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for one in all {
        *counts.entry(of(one)).or_default() += 1;
    }
    counts
}

/// "Team manager 3, Duty manager 1".
fn listed(counts: &BTreeMap<String, usize>) -> String {
    // What convenor does by itself has nobody's role.
    let counts = counts.iter().filter(|(what, _)| !what.is_empty());
    counts.map(|(what, times)| format!("{what} {times}")).collect::<Vec<_>>().join(", ")
}
