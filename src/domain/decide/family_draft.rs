//! The draft for the family: asked for, ticked line by line, and what was kept out of it lifted (SEC-06). All of it by the
//! chair, in the session or at any time after it.

use super::{Decision, Situation};
use crate::domain::event::Event;
use crate::domain::family_draft::{FamilyLine, lines};
use crate::domain::ids::SessionNo;
use crate::domain::refusal::Refusal;
use crate::domain::session::Session;
use crate::domain::spoken::Spoken;
use crate::domain::stage::Stage;

pub(super) fn open(situation: &Situation<'_>, named: Option<SessionNo>) -> Decision {
    let situation = &super::ending::of_the_record(situation, named, |_| false)?;
    let seat = situation.chair()?;
    let session = held(situation)?;
    Ok(vec![Event::FamilyDraftOpened { session: session.no, seat }])
}

pub(super) fn tick(
    situation: &Situation<'_>,
    named: Option<SessionNo>,
    line: Option<&FamilyLine>,
    ticked: bool,
) -> Decision {
    let situation = &super::ending::of_the_record(situation, named, |_| false)?;
    situation.chair()?;
    let session = held(situation)?;
    let mut meant = lines(situation.case, session.no);
    match line {
        Some(line) if !meant.contains(line) => return Err(Refusal::UnknownFamilyLine),
        Some(line) => meant.retain(|one| one == line),
        None => meant.retain(|line| situation.case.kept_from_family(session.no, line).is_empty()),
    }
    meant.retain(|line| session.family.ticked.contains(line) != ticked);
    if meant.is_empty() {
        return Err(Refusal::AlreadyDone);
    }
    Ok(vec![Event::FamilyLinesTicked { session: session.no, lines: meant, ticked }])
}

pub(super) fn lift(
    situation: &Situation<'_>,
    named: Option<SessionNo>,
    line: &FamilyLine,
    reason: &Spoken,
) -> Decision {
    let situation = &super::ending::of_the_record(situation, named, |_| false)?;
    let seat = situation.chair()?;
    let session = held(situation)?;
    if !lines(situation.case, session.no).contains(line) {
        return Err(Refusal::UnknownFamilyLine);
    }
    // What the chair can't read, they can't allow.
    let kept = situation.case.as_read_by(Some(seat)).kept_from_family(session.no, line);
    let withheld: Vec<_> = kept.into_iter().map(|(draft, _)| draft).collect();
    if withheld.is_empty() {
        return Err(Refusal::AlreadyDone);
    }
    if reason.is_empty() {
        return Err(Refusal::Missing { field: "reason".to_owned() });
    }
    let (session, line) = (session.no, line.clone());
    Ok(vec![Event::FamilyEmbargoLifted { session, line, withheld, reason: reason.clone() }])
}

/// Before a session was opened there is nothing to tell of it.
fn held<'a>(situation: &Situation<'a>) -> Result<&'a Session, Refusal> {
    let session = situation.session()?;
    let not_open = Refusal::NotAtThisStage { stage: session.stage, needed: Stage::Open };
    session.opened_at.map(|_| session).ok_or(not_open)
}
