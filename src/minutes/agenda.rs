//! The agenda as it was followed, and what was passed over with its reason or as open (GATE-13).

use super::document::{Block, Piece};
use super::ending::item_name;
use super::reading::{Reading, values};
use crate::domain::agenda::{Line, Standing, agenda};
use crate::domain::session::Session;

/// Each item, how it stands, and what of it was left open; none before the session opened.
pub(super) fn followed(reading: &Reading<'_>, session: &Session) -> Option<Block> {
    let lines = agenda(reading.case, reading.rules);
    let rows: Vec<_> = lines.iter().map(|line| row(reading, session, line)).collect();
    let headers = ["agenda_item", "agenda_standing", "agenda_left", "reason"];
    (!rows.is_empty()).then(|| reading.table("agenda", &headers, rows))
}

fn row(reading: &Reading<'_>, session: &Session, line: &Line<'_>) -> Vec<Piece> {
    let item_zero = || reading.wording.say("agenda.item_zero", values! {});
    let left = match &line.standing {
        Standing::LeftOpen(items) => items.as_slice(),
        _ => &[],
    };
    let names = counted(left.iter().map(|item| item_name(reading, &item.id)));
    let mut reasons: Vec<_> = left.iter().filter_map(|item| session.skip_reason(item)).collect();
    reasons.dedup();
    let reason = match reasons.as_slice() {
        [] if left.is_empty() => reading.label("not_applicable").into(),
        [] => reading.label("no_reason_given").into(),
        [reason] => (*reason).into(),
        several => several.iter().map(|reason| reason.words()).collect::<Vec<_>>().join("; ").into(),
    };
    vec![
        line.item.map_or_else(item_zero, |item| item.title.clone()).into(),
        reading.choice("agenda", line.standing.key()).into(),
        if names.is_empty() { reading.label("not_applicable").into() } else { names.join("; ").into() },
        reason,
    ]
}

/// Each name once, with how often it stands there where that is more than once: "Action (7)".
fn counted(names: impl Iterator<Item = String>) -> Vec<String> {
    let mut counts: Vec<(String, usize)> = Vec::new();
    for name in names {
        match counts.iter_mut().find(|(known, _)| *known == name) {
            Some((_, count)) => *count += 1,
            None => counts.push((name, 1)),
        }
    }
    counts.into_iter().map(|(name, count)| if count > 1 { format!("{name} ({count})") } else { name }).collect()
}
