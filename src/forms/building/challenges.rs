//! Challenges, and whom to turn to where somebody is missing.

use super::{Built, command};
use crate::domain::challenge::{ChallengeKind, Challenged};
use crate::domain::command::Command;
use crate::domain::ids::ChallengeId;
use crate::domain::refusal::Refusal;
use crate::domain::spoken::Spoken;
use crate::forms::Form;

pub fn invite_challenge(_: &Form<'_>) -> Built {
    command(Command::InviteChallenge)
}

/// A decision or a view, unless something else is said.
pub fn challenge(form: &Form<'_>) -> Built {
    let kind = form.choice("challenge_kind", ChallengeKind::from_code)?.unwrap_or(ChallengeKind::Decision);
    let challenged = Challenged {
        kind,
        about: form.needed("about")?.as_str().into(),
        why: form.spoken("why"),
        against: form.spoken("against"),
        tried: form.spoken("tried"),
        result: form.spoken("result"),
    };
    command(Command::Challenge { by: form.seat("for")?, challenged: Box::new(challenged) })
}

pub fn file_challenge(form: &Form<'_>) -> Built {
    let challenged = Challenged::new(ChallengeKind::HealthOmitted, Spoken::default(), form.spoken("why"));
    command(Command::Challenge { by: None, challenged: Box::new(challenged) })
}

pub fn settle_challenge(form: &Form<'_>) -> Built {
    command(Command::SettleChallenge {
        challenge: named(form)?,
        resolved: form.flag("resolved"),
        tried: form.spoken("tried"),
        result: form.spoken("result"),
    })
}

pub fn escalate_challenge(form: &Form<'_>) -> Built {
    command(Command::EscalateChallenge {
        challenge: named(form)?,
        own: form.spoken("own_manager"),
        other: form.spoken("other_manager"),
        met_at: form.time("talked_at")?,
    })
}

pub fn answer_challenge(form: &Form<'_>) -> Built {
    let text = form.needed("challenge_reply")?.as_str().into();
    command(Command::AnswerChallenge { challenge: named(form)?, text })
}

pub fn escalate_absence(form: &Form<'_>) -> Built {
    command(Command::EscalateAbsence { line: form.number("line")?, escalated: true, reason: Spoken::default() })
}

pub fn leave_absence(form: &Form<'_>) -> Built {
    let reason = form.spoken("why_not");
    command(Command::EscalateAbsence { line: form.number("line")?, escalated: false, reason })
}

pub fn question_health(form: &Form<'_>) -> Built {
    command(Command::QuestionHealth { text: form.spoken("health_question") })
}

pub fn police_unavailable(_: &Form<'_>) -> Built {
    command(Command::PoliceUnavailable)
}

pub fn police_talk(form: &Form<'_>) -> Built {
    command(Command::LogPoliceTalk {
        spoke: form.spoken("spoke"),
        with: form.spoken("spoke_with"),
        talked_at: form.time("talked_at")?,
        result: form.spoken("result"),
    })
}

fn named(form: &Form<'_>) -> Result<ChallengeId, Refusal> {
    form.number("challenge").map(ChallengeId)
}
