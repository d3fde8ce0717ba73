//! How each agency stands to each decision (DEC-43). Silence is never agreement, and a position on what was read back
//! says nothing of what was decided afterwards.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use super::case::Case;
use super::decision::{Draft, Entry, Position, PositionKind};
use super::ids::DraftId;
use super::session::Session;

/// The positions on one decision, and the agencies that gave none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Standing<'a> {
    pub agreed: Vec<&'a Position>,
    pub dissent: Vec<&'a Position>,
    pub not_authorised: Vec<&'a Position>,
    pub silent: Vec<&'a str>,
}

/// The decisions positions are taken on: section 47 first, then the outcomes.
pub fn decisions(session: &Session) -> Vec<&Draft> {
    let section_47 = session.section_47().map(|(draft, _)| draft);
    section_47.into_iter().chain(session.outcomes().map(|(draft, _)| draft)).collect()
}

/// How the agencies stand to one decision. One that disagrees with some decisions agrees with the rest: so it is asked.
pub fn on<'a>(case: &'a Case, session: &'a Session, draft: &Draft) -> Standing<'a> {
    let decided_at = decided_at(session, draft);
    let mut standing = Standing::default();
    let counted: Vec<&Position> =
        session.positions.iter().filter(|(_, at)| *at >= decided_at).map(|(position, _)| position).collect();
    let is_dissent = |position: &&&Position| {
        let is_meant = position.items.is_empty() || position.items.iter().any(|item| is_about(session, *item, draft));
        position.kind == PositionKind::Disagree && is_meant
    };
    let seats: BTreeSet<_> = counted.iter().map(|position| position.seat).collect();
    for seat in seats {
        let own: Vec<&Position> = counted.iter().filter(|position| position.seat == seat).copied().collect();
        let dissent: Vec<&Position> = own.iter().filter(is_dissent).copied().collect();
        match own.first() {
            _ if !dissent.is_empty() => standing.dissent.extend(dissent),
            Some(position) if position.kind == PositionKind::NotAuthorised => standing.not_authorised.push(position),
            first => standing.agreed.extend(first),
        }
    }
    let spoke = |agency: &str| {
        let all = standing.agreed.iter().chain(&standing.dissent).chain(&standing.not_authorised);
        all.into_iter().any(|position| case.person(position.seat).agency == agency)
    };
    let silent = agencies(case, session).into_iter().filter(|agency| !spoke(agency)).collect();
    Standing { silent, ..standing }
}

/// The agencies that came, once each.
pub fn agencies<'a>(case: &'a Case, session: &Session) -> Vec<&'a str> {
    let with_a_part = session.attended().filter(|seat| case.has_part(*seat));
    let mut agencies: Vec<_> = with_a_part.map(|seat| case.person(seat).agency.as_str()).collect();
    agencies.sort_unstable();
    agencies.dedup();
    agencies
}

/// Those of them that have not given a position.
pub fn without<'a>(case: &'a Case, session: &Session) -> Vec<&'a str> {
    let spoke =
        |agency: &&str| session.positions.iter().any(|(position, _)| case.person(position.seat).agency == **agency);
    agencies(case, session).into_iter().filter(|agency| !spoke(agency)).collect()
}

/// When it was first entered: parts supplied later don't take a position from anybody.
fn decided_at(session: &Session, draft: &Draft) -> DateTime<Utc> {
    let first = session.drafts.iter().find(|earlier| is_same(&earlier.entry, &draft.entry));
    match &draft.entry {
        Entry::Section47(_) => session.section_47_decided_at().unwrap_or(draft.entered_at),
        _ => first.map_or(draft.entered_at, |first| first.entered_at),
    }
}

fn is_about(session: &Session, item: DraftId, draft: &Draft) -> bool {
    let meant = session.drafts.iter().find(|entered| entered.id == item);
    item == draft.id || meant.is_some_and(|meant| is_same(&meant.entry, &draft.entry))
}

/// The same decision, with more or less said of it.
fn is_same(one: &Entry, other: &Entry) -> bool {
    match (one, other) {
        (Entry::Section47(one), Entry::Section47(other)) => one.decision == other.decision,
        (Entry::Outcome(one), Entry::Outcome(other)) => {
            one.code == other.code && one.child == other.child && one.description == other.description
        }
        _ => false,
    }
}

/// A later position takes the place of the same person's earlier one. A disagreement with something else stands beside
/// it, with its own reason; and no agreement somebody else enters takes a person's own disagreement away (DIS-12).
pub(super) fn stands_beside(earlier: &Position, now: &Position) -> bool {
    let is_own_dissent = earlier.kind == PositionKind::Disagree && earlier.entered_by.is_none();
    if is_own_dissent && now.entered_by.is_some() && now.kind != PositionKind::Disagree {
        return true;
    }
    let both = earlier.kind == PositionKind::Disagree && now.kind == PositionKind::Disagree;
    let apart = !earlier.items.iter().any(|item| now.items.contains(item));
    both && apart && !earlier.items.is_empty() && !now.items.is_empty()
}
