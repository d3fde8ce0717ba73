//! The plan: each action with its owner, time and purpose (ACT-01 to ACT-14).

use std::collections::BTreeMap;

use super::document::{Block, Piece};
use super::prompts::entered_by;
use super::reading::{Reading, values};
use super::sharing::limited_to;
use crate::domain::calendar;
use crate::domain::decision::{Action, ActionEntered, ActionStatus, Cancelled, Entry, Report};
use crate::domain::further::session_of_action;
use crate::domain::ids::{ActionNo, SeatId};
use crate::domain::limits::Item;
use crate::domain::plan;
use crate::domain::referral::Child;
use crate::domain::session::Session;

const HEADERS: [&str; 11] =
    ["number", "what", "owner", "due", "place", "action_how", "purpose", "contingency", "serves", "measure", "status"];

/// Every action of the case, and who has taken on which (ACT-07).
pub(super) fn actions(reading: &Reading<'_>) -> Vec<Block> {
    let actions: Vec<&Action> = reading.case.actions.iter().collect();
    let mut blocks: Vec<_> = carried_over(reading).into_iter().collect();
    blocks.push(match actions.as_slice() {
        [] => reading.paragraph("no_actions", values! {}),
        actions => table(reading, actions),
    });
    blocks.extend(confirmed_list(reading));
    blocks.extend(provenance(reading));
    blocks.extend(changes(reading, &actions));
    blocks.extend(reports(reading, &actions));
    blocks.extend(cancelled(reading, &actions));
    blocks.extend(reviews(reading));
    blocks.extend(roles(reading, &actions));
    blocks.extend(nobody_to_see(reading));
    blocks
}

/// The chair's word on the list that was read back, and what came onto it since (ACT-14).
fn confirmed_list(reading: &Reading<'_>) -> Option<Block> {
    let session = reading.session.filter(|session| session.read_back_at.is_some())?;
    let since = plan::to_confirm(reading.case, session);
    let values = match &session.list_confirmed {
        Some(list) => values! { by => list.by.name, at => reading.at(list.at), since },
        None if since.is_empty() => return None,
        None => values! { by => "", at => "", since },
    };
    Some(reading.paragraph("list_confirmed", values))
}

/// Those of earlier sessions that were open when this one was convened (REV-04).
fn carried_over(reading: &Reading<'_>) -> Option<Block> {
    let open = reading.session.into_iter().flat_map(|session| &session.open_actions);
    let readable = open.filter(|no| reading.case.action(**no).is_some());
    let actions: Vec<_> = readable
        .map(|no| {
            let session = session_of_action(reading.case, *no);
            reading.sentence("carried_action", values! { number => no, session })
        })
        .collect();
    (!actions.is_empty()).then(|| reading.paragraph("carried_actions", values! { actions }))
}

/// Who entered the actions of this session and who confirmed them, once for each pair (SES-06).
fn provenance(reading: &Reading<'_>) -> Vec<Block> {
    let standing = reading.session.into_iter().flat_map(Session::standing);
    let drafts: Vec<_> = standing.filter(|draft| matches!(draft.entry, Entry::Action(_))).collect();
    entered_by(reading, &drafts).into_iter().map(Block::paragraph).collect()
}

/// Why a child not yet born has no action to be seen by the procedure's deadline (REF-08).
fn nobody_to_see(reading: &Reading<'_>) -> Vec<Block> {
    let running = reading.session.is_some_and(Session::section_47_is_running);
    if !running || reading.rules.procedure.deadlines.child_seen.is_none() {
        return Vec::new();
    }
    let unborn = reading.case.subjects().filter(|child| child.is_unborn());
    let reason = |child: &Child| {
        let (name, born) = (reading.spoken(&child.name), reading.born(child.born));
        reading.paragraph("nobody_to_see", values! { child => name.words(), born })
    };
    unborn.map(reason).collect()
}

pub(super) fn table(reading: &Reading<'_>, actions: &[&Action]) -> Block {
    reading.table("actions", &HEADERS, actions.iter().map(|action| row(reading, action)).collect())
}

fn row(reading: &Reading<'_>, action: &Action) -> Vec<Piece> {
    let entered = &action.entered;
    vec![
        entered.no.to_string().into(),
        what(reading, entered),
        owner(reading, entered),
        due(reading, entered),
        reading.spoken(&entered.place),
        reading.spoken(&entered.how),
        reading.spoken(&entered.purpose),
        reading.spoken(&entered.contingency),
        serves(reading, &entered.serves),
        reading.spoken(&entered.measure),
        status(reading, action).into(),
    ]
}

/// What is to be done, and for whom to read where not for everybody (SEC-05).
fn what(reading: &Reading<'_>, entered: &ActionEntered) -> Piece {
    let draft = reading.session.and_then(|session| {
        session.drafts.iter().find(|draft| matches!(&draft.entry, Entry::Action(action) if action.no == entered.no))
    });
    match draft.and_then(|draft| limited_to(reading, Item::Entry(draft.id))) {
        Some(mark) => format!("{}\n{mark}", reading.spoken(&entered.what).words()).into(),
        None => reading.spoken(&entered.what),
    }
}

/// A named person with agency, or what was said in place of one (ACT-02).
pub(super) fn owner(reading: &Reading<'_>, action: &ActionEntered) -> Piece {
    match action.owner {
        Some(seat) => {
            let person = reading.case.person(seat);
            let owner = reading.sentence("owner", values! { name => person.name, agency => person.agency });
            let is_gone = reading.case.has_left(seat);
            if is_gone { reading.sentence("owner_left", values! { owner }).into() } else { owner.into() }
        }
        None => match action.found_by {
            Some(by) => {
                let (by, at) = (reading.person(by), action.find_by.map(calendar::both));
                reading.sentence("owner_sought", values! { words => action.owner_words.words(), by, at }).into()
            }
            None => reading.sentence("no_owner", values! { words => action.owner_words.words() }).into(),
        },
    }
}

pub(super) fn due(reading: &Reading<'_>, action: &ActionEntered) -> Piece {
    let known = reading.case.action(action.no);
    let lacks_time = known.is_some_and(|action| action.lacks_time(&reading.rules.procedure.waits));
    match action.due {
        None => reading.label("no_date").into(),
        Some(due) if lacks_time => reading.sentence("due_without_time", values! { day => calendar::date(due) }).into(),
        Some(due) => calendar::both(due).into(),
    }
}

/// The decision, outcome or question an action serves, in its own words (ACT-13).
pub(super) fn serves(reading: &Reading<'_>, serves: &str) -> Piece {
    if serves.is_empty() {
        return reading.nothing();
    }
    if let Some(outcome) = reading.rules.procedure.outcome(serves) {
        return outcome.label.as_str().into();
    }
    match reading.rules.catalogue.prompt(serves) {
        Some(prompt) => prompt.title.as_str().into(),
        None => reading.choice("serves", serves).into(),
    }
}

fn status(reading: &Reading<'_>, action: &Action) -> String {
    let label = reading.choice("action", action.status.code());
    if reading.session.is_some_and(|session| session.waits_for_section_47(action.entered.no)) {
        return reading.sentence("waits_for_section_47", values! { label });
    }
    if action.confirmed || action.status == ActionStatus::Done {
        label
    } else {
        reading.sentence("draft_label", values! { label })
    }
}

/// New times and owners, each with who changed it and why (TIM-11).
fn changes(reading: &Reading<'_>, actions: &[&Action]) -> Vec<Block> {
    let changes = actions.iter().flat_map(|action| action.changes.iter().map(move |change| (action, change)));
    let lines: Vec<Piece> = changes
        .map(|(action, change)| {
            let values = values! {
                number => action.entered.no, at => calendar::both(change.at),
                by => change.by.map(|seat| reading.person(seat)),
                due => change.due.map(calendar::both),
                owner => change.owner.map(|seat| reading.person(seat)),
                parts => change.parts.iter().map(|part| reading.label(part)).collect::<Vec<_>>(),
                reason => change.reason.words(),
            };
            reading.sentence("action_changed", values).into()
        })
        .collect();
    if lines.is_empty() { Vec::new() } else { vec![Block::List(lines)] }
}

/// What owners said became of their actions, and the chair's word on it (REV-02).
fn reports(reading: &Reading<'_>, actions: &[&Action]) -> Vec<Block> {
    let reports = actions.iter().flat_map(|action| action.reports.iter().map(move |report| (action, report)));
    let line = |(action, report): (&&Action, &Report)| -> Piece {
        let answered = match &report.answer {
            None => "waiting",
            Some(answer) if answer.accepted => "accepted",
            Some(_) => "returned",
        };
        let answer = report.answer.as_ref();
        let values = values! {
            number => action.entered.no, who => reading.person(report.by), at => calendar::both(report.at),
            completion => reading.choice("completion", report.completion.code()),
            evidence => report.evidence.words(), changed => report.changed.words(),
            answered => reading.choice("report", answered),
            by => answer.and_then(|answer| answer.by).map(|by| reading.person(by)),
            on => answer.map(|answer| calendar::both(answer.at)),
            reason => answer.map(|answer| answer.reason.words()),
        };
        reading.sentence("action_reported", values).into()
    };
    let lines: Vec<Piece> = reports.map(line).collect();
    if lines.is_empty() { Vec::new() } else { vec![Block::List(lines)] }
}

/// What is not to be done any more, with the reason (REV-10).
fn cancelled(reading: &Reading<'_>, actions: &[&Action]) -> Vec<Block> {
    let cancelled = actions.iter().filter_map(|action| Some((action.entered.no, action.cancelled.as_ref()?)));
    let line = |(number, cancelled): (ActionNo, &Cancelled)| -> Piece {
        let values = values! {
            number, at => calendar::both(cancelled.at), by => cancelled.by.map(|by| reading.person(by)),
            reason => cancelled.reason.words(),
        };
        reading.sentence("action_cancelled", values).into()
    };
    let lines: Vec<_> = cancelled.map(line).collect();
    if lines.is_empty() { Vec::new() } else { vec![Block::List(lines)] }
}

/// What came of checking completion (REV-03).
fn reviews(reading: &Reading<'_>) -> Vec<Block> {
    let reviews = reading.session.into_iter().flat_map(|session| session.completion_reviews.iter());
    let line = |(who, at, result): &(SeatId, chrono::DateTime<chrono::Utc>, crate::domain::spoken::Spoken)| {
        let values = values! { who => reading.person(*who), at => calendar::both(*at), result => result.words() };
        reading.paragraph("completion_reviewed", values)
    };
    reviews.map(line).collect()
}

/// Roles and responsibilities by person, where the procedure asks for them; where it insists, that nobody has any is said
/// too (ACT-07).
fn roles(reading: &Reading<'_>, actions: &[&Action]) -> Vec<Block> {
    let level = reading.rules.procedure.level(plan::ROLES);
    if !level.is_asked() {
        return Vec::new();
    }
    let mut by_owner: BTreeMap<SeatId, Vec<String>> = BTreeMap::new();
    for action in actions {
        if let Some(owner) = action.entered.owner {
            by_owner.entry(owner).or_default().push(action.entered.no.to_string());
        }
    }
    if by_owner.is_empty() {
        let is_insisted_on = level.is_mandatory(reading.session.is_some_and(|session| session.held_late));
        return is_insisted_on.then(|| reading.paragraph("nobody_responsible", values! {})).into_iter().collect();
    }
    let rows = by_owner.into_iter().map(|(seat, numbers)| {
        vec![Piece::new(reading.person(seat)), reading.sentence("responsible_for", values! { numbers }).into()]
    });
    vec![reading.table("roles", &["person", "responsible_for"], rows.collect())]
}
