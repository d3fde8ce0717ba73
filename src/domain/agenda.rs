//! The agenda as it stands: what was taken, what was moved on from, and what was not reached (GATE-13).
//!
//! Moving on is never refused. What was passed over stays listed, with the chair's reason or as open.

use super::case::Case;
use super::facts::Rules;
use super::open_items::{OpenItem, SOURCE, open_items};
use super::procedure::AgendaItem;
use super::session::Session;
use super::stage::Stage;

/// The rule that the agenda is followed.
const RULE: &str = "GATE-13";
/// The section, and the question, of item zero: each child's safety, before the first item (SAFE-04).
const ITEM_ZERO: &str = "item_zero";

/// A line of the agenda.
#[derive(Debug, Clone, PartialEq)]
pub struct Line<'a> {
    /// `None` for item zero, which every agenda begins with.
    pub item: Option<&'a AgendaItem>,
    pub standing: Standing,
}

/// How an item stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    ToCome,
    Now,
    Taken,
    /// The session moved on, and these were left open.
    LeftOpen(Vec<OpenItem>),
    /// The session closed before it.
    NotReached,
}

impl Standing {
    /// Its key in `wording.toml`.
    pub fn key(&self) -> &'static str {
        match self {
            Self::ToCome => "to_come",
            Self::Now => "now",
            Self::Taken => "taken",
            Self::LeftOpen(_) => "left_open",
            Self::NotReached => "not_reached",
        }
    }
}

/// The lines in their order; none before the session opens.
pub fn agenda<'a>(case: &Case, rules: &Rules<'a>) -> Vec<Line<'a>> {
    let Some(session) = case.session().filter(|session| session.opened_at.is_some()) else { return Vec::new() };
    let items = &rules.procedure.agenda;
    let mut open: Vec<(Option<usize>, OpenItem)> = Vec::new();
    for item in open_items(case, rules) {
        let Some((stage, section)) = place_of(&item, rules) else { continue };
        open.push((line_of(items, stage, section), item));
    }
    let lines = std::iter::once(None).chain((0..items.len()).map(Some));
    let line = |at: Option<usize>| {
        let item = at.map(|at| &items[at]);
        let left: Vec<_> = open.iter().filter(|(line, _)| *line == at).map(|(_, open)| open.clone()).collect();
        Line { item, standing: standing(case, session, item, left, rules) }
    };
    lines.map(line).collect()
}

/// What was moved on from and nobody has said why.
pub fn skipped(case: &Case, rules: &Rules<'_>) -> Vec<OpenItem> {
    let Some(session) = case.session() else { return Vec::new() };
    let left = agenda(case, rules).into_iter().filter_map(|line| match line.standing {
        Standing::LeftOpen(items) => Some(items),
        _ => None,
    });
    left.flatten().filter(|item| session.skip_reason(item).is_none()).collect()
}

/// Whether the procedure insists on its agenda, and the session has not come to the end of it.
pub fn is_short(session: &Session, rules: &Rules<'_>) -> bool {
    let insists = rules.procedure.level(RULE).is_mandatory(session.held_late);
    insists && session.opened_at.is_some() && rules.procedure.agenda.iter().any(|item| item.stage > session.reached)
}

fn standing(
    case: &Case,
    session: &Session,
    item: Option<&AgendaItem>,
    left: Vec<OpenItem>,
    rules: &Rules<'_>,
) -> Standing {
    let stage = item.map_or(Stage::Open, |item| item.stage);
    let has_closed = session.stage >= Stage::Closed;
    match stage.cmp(&session.reached) {
        std::cmp::Ordering::Greater if has_closed => Standing::NotReached,
        std::cmp::Ordering::Greater => Standing::ToCome,
        std::cmp::Ordering::Equal if !has_closed && (!left.is_empty() || !has_answers(case, session, item, rules)) => {
            Standing::Now
        }
        _ if left.is_empty() => Standing::Taken,
        _ => Standing::LeftOpen(left),
    }
}

/// Something of what an item covers was recorded, so that it is taken before its stage is over.
fn has_answers(case: &Case, session: &Session, item: Option<&AgendaItem>, rules: &Rules<'_>) -> bool {
    let Some(item) = item else { return session.answers(ITEM_ZERO).next().is_some() };
    let is_covered = |section: &str| item.covers.iter().any(|covered| covered == section);
    let prompts = rules.catalogue.prompts.iter();
    let mut asked = prompts.filter(|prompt| prompt.stage == item.stage && is_covered(&prompt.section));
    asked.any(|prompt| session.answers(&prompt.key).next().is_some())
        || (is_covered("section_47") && session.section_47().is_some())
        || (is_covered("actions") && !case.actions.is_empty())
}

/// The stage and the section an open item belongs to; `None` for what is no matter of the agenda.
fn place_of<'a>(item: &OpenItem, rules: &Rules<'a>) -> Option<(Stage, &'a str)> {
    if let Some(prompt) = rules.catalogue.prompt(&item.id) {
        return Some((prompt.stage.max(Stage::Gathering), prompt.section.as_str()));
    }
    match item.id.as_str() {
        "family_composition" => Some((Stage::Open, "family")),
        "history" | "not_heard" | SOURCE => Some((Stage::Sharing, "contributions")),
        "question_unanswered" => Some((Stage::Questions, "questions")),
        "section_47" => Some((Stage::Deciding, "section_47")),
        "outcome" | "outcomes" => Some((Stage::Deciding, "outcomes")),
        "action" | "no_actions" | "roles" => Some((Stage::Actions, "actions")),
        _ => None,
    }
}

/// The item that covers a section, of its own stage if there is one; otherwise the last of the stage or before it.
/// `None` is item zero.
fn line_of(items: &[AgendaItem], stage: Stage, section: &str) -> Option<usize> {
    if section == ITEM_ZERO {
        return None;
    }
    let covers = |item: &AgendaItem| item.covers.iter().any(|covered| covered == section);
    let own = items.iter().position(|item| item.stage == stage && covers(item));
    let any = own.or_else(|| items.iter().position(covers));
    any.or_else(|| items.iter().rposition(|item| item.stage <= stage))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_item_covers_belongs_to_the_last_of_its_stage() {
        let item = |stage, covers: &[&str]| AgendaItem {
            title: String::new(),
            stage,
            covers: covers.iter().map(|section| (*section).to_owned()).collect(),
            source: String::new(),
        };
        let items = [
            item(Stage::Open, &["family"]),
            item(Stage::Open, &[]),
            item(Stage::Deciding, &["outcomes"]),
            item(Stage::Deciding, &["legal_action"]),
            item(Stage::ReadBack, &["outcomes", "challenge"]),
        ];
        let check = |stage, section, line| assert_eq!(line_of(&items, stage, section), line, "{stage:?} {section}");
        check(Stage::Open, "family", Some(0));
        check(Stage::Open, "timing", Some(1));
        check(Stage::Open, "item_zero", None);
        check(Stage::Deciding, "outcomes", Some(2));
        check(Stage::ReadBack, "outcomes", Some(4));
        check(Stage::Deciding, "challenge", Some(4));
        check(Stage::Deciding, "planning", Some(3));
        check(Stage::Risk, "risk", Some(1));
    }
}
