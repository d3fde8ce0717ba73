//! Looking at a record from outside, and judging it (AUD-01, AUD-06, AUD-07, AUD-11).

use super::{Decision, Situation};
use crate::domain::audit::{BreachFinding, Judgement, Viewed};
use crate::domain::event::Event;
use crate::domain::ids::SessionNo;
use crate::domain::procedure::{Match, fits};
use crate::domain::refusal::Refusal;
use crate::domain::session::Session;
use crate::domain::spoken::Spoken;
use crate::domain::stage::Stage;

/// Somebody the procedure names looks at the record: of a session once it is closed, or at the log of the case.
pub(super) fn view(situation: &Situation<'_>, named: Option<SessionNo>, viewed: Viewed) -> Decision {
    let rule = &situation.facts.rules.procedure.audit;
    match viewed {
        Viewed::InspectionList { .. } => named_by(situation, &rule.inspection, Refusal::NotYoursToList)?,
        // Whoever assesses a breach has to see what was seen.
        Viewed::Log if named_by(situation, rule.assessors(), Refusal::ForAuditor).is_ok() => {}
        _ => named_by(situation, &rule.auditor, Refusal::ForAuditor)?,
    }
    let session = match viewed {
        Viewed::Log => None,
        // One that nobody closed was held all the same (AUD-13).
        Viewed::InspectionList { .. } => Some(held(situation, named)?.no),
        _ => Some(closed(situation, named)?.no),
    };
    Ok(vec![Event::AuditViewed { session, viewed }])
}

/// Another's judgement stays, and so does one's own of before.
pub(super) fn judge(
    situation: &Situation<'_>,
    named: Option<SessionNo>,
    judgement: Judgement,
    words: &Spoken,
) -> Decision {
    named_by(situation, &situation.facts.rules.procedure.audit.auditor, Refusal::ForAuditor)?;
    let session = closed(situation, named)?.no;
    Ok(vec![Event::JudgementRecorded { session, judgement, words: words.clone() }])
}

/// What the authority finds of a possible breach: of the one whose entry is named, else of the last that nobody has
/// assessed. Who found what before stays beside it.
pub(super) fn assess(
    situation: &Situation<'_>,
    named: Option<u64>,
    finding: BreachFinding,
    words: &Spoken,
) -> Decision {
    named_by(situation, situation.facts.rules.procedure.audit.assessors(), Refusal::NotYoursToAssess)?;
    let of = |session: &'_ Session| {
        let no = session.no;
        session.breaches.iter().map(move |breach| (no, breach.entry, breach.assessed.is_empty())).collect::<Vec<_>>()
    };
    let all: Vec<_> = situation.case.sessions.iter().flat_map(of).collect();
    let meant = match named {
        Some(entry) => all.iter().find(|(_, no, _)| *no == entry),
        None => all.iter().rev().find(|(.., waits)| *waits).or(all.last()),
    };
    let (session, entry, _) = *meant.ok_or(Refusal::NoSuchBreach)?;
    Ok(vec![Event::BreachAssessed { session, entry, finding, words: words.clone() }])
}

fn named_by(situation: &Situation<'_>, rule: &[Match], refusal: Refusal) -> Result<(), Refusal> {
    if fits(situation.person()?, rule) { Ok(()) } else { Err(refusal) }
}

/// The session of that number, which was opened.
fn held<'a>(situation: &Situation<'a>, named: Option<SessionNo>) -> Result<&'a Session, Refusal> {
    let session = match named {
        Some(no) => situation.case.session_no(no).ok_or(Refusal::UnknownSession { given: no })?,
        None => situation.session()?,
    };
    let refusal = Refusal::NotAtThisStage { stage: session.stage, needed: Stage::Open };
    Some(session).filter(|session| session.opened_at.is_some()).ok_or(refusal)
}

/// The session of that number, or the last that is closed.
fn closed<'a>(situation: &Situation<'a>, named: Option<SessionNo>) -> Result<&'a Session, Refusal> {
    let is_closed = |session: &&Session| session.closed_at.is_some();
    let case = situation.case;
    let session = match named {
        Some(no) => case.session_no(no).ok_or(Refusal::UnknownSession { given: no })?,
        None => case.sessions.iter().rev().find(is_closed).or(case.session()).ok_or(Refusal::NoSession)?,
    };
    Some(session).filter(is_closed).ok_or(Refusal::NotAtThisStage { stage: session.stage, needed: Stage::Closed })
}
