//! Professional challenge: each in its parts, with what became of it and the chair's reply; and what was offered where
//! somebody was missing (DIS-02 to DIS-10, DIS-12, MIN-06).

use super::document::{Block, Piece};
use super::prompts;
use super::reading::{Reading, values};
use crate::domain::calendar;
use crate::domain::challenge::{ChallengeState, Challenger, LevelState};
use crate::domain::escalation::{ESCALATION, HEALTH_QUESTIONED};
use crate::domain::event::Actor;
use crate::domain::people::AgencyKind;
use crate::domain::prompt::About;
use crate::domain::purpose::Reminder;
use crate::domain::session::Session;
use crate::domain::spoken::Spoken;

/// Never empty: it holds entries, or that challenge was invited and none raised (DIS-06).
pub(super) fn challenge(reading: &Reading<'_>) -> Vec<Block> {
    let Some(session) = reading.session else { return Vec::new() };
    let at = session.challenge_invited_at().map(calendar::time);
    let raised = session.challenges.len();
    let mut blocks = vec![reading.paragraph("challenge", values! { at, raised })];
    blocks.extend(session.challenges.iter().flat_map(|state| one(reading, state)));
    blocks.extend(reminders(reading, session));
    blocks.push(policy(reading));
    blocks.extend(absences(reading, session));
    blocks.extend(health(reading, session));
    blocks.extend(police(reading, session));
    blocks
}

/// Who, with what, why, what was tried, and the result; how each level ended; and below it the chair's reply.
fn one(reading: &Reading<'_>, state: &ChallengeState) -> Vec<Block> {
    let words = |label: &str, said: &Spoken| reading.fact(label, reading.spoken(said));
    let ends = || state.levels.iter().flat_map(|level| &level.ends);
    let tried = ends().rev().find(|end| !end.tried.is_empty());
    let result = ends().rev().find(|end| !end.result.is_empty());
    let nothing = || reading.nothing();
    let who = match &state.by {
        Challenger::Seat(seat) => reading.person(*seat),
        Challenger::Outside(by) => reading.named(&by.name, &by.role, &by.agency),
    };
    let entered_by = state.entered_by.map(|seat| reading.case.person(seat).name.as_str());
    let at = reading.at(state.at);
    let raised = reading.sentence("challenge_raised", values! { who, at, entered_by, n => state.id.0 });
    let about = match &state.by {
        Challenger::Seat(_) => reading.spoken(&state.about),
        Challenger::Outside(_) => reading.choice("challenge", "left_out").into(),
    };
    let kind = state.kind.map_or_else(nothing, |kind| reading.choice("challenge_kind", kind.code()).into());
    let mut blocks = vec![
        Block::subheading(reading.sentence("challenge_number", values! { n => state.id.0 })),
        Block::Facts(vec![
            reading.fact("challenge_by", raised),
            reading.fact("challenge_kind", kind),
            reading.fact("challenge_about", about),
            words("challenge_against", &state.against),
            words("challenge_why", &state.why),
            reading.fact("challenge_tried", tried.map_or_else(nothing, |end| reading.spoken(&end.tried))),
            reading.fact("challenge_result", result.map_or_else(nothing, |end| reading.spoken(&end.result))),
            reading.fact("challenge_stage", status(reading, state.level())),
        ]),
    ];
    let course: Vec<_> = state.levels.iter().enumerate().flat_map(|(n, level)| course(reading, level, n > 0)).collect();
    blocks.push(Block::List(course));
    let replies = state.replies.iter().map(|reply| {
        let by = named(reading, &reply.by);
        reading.sentence("challenge_reply", values! { by, at => reading.at(reply.at), text => reply.text.words() })
    });
    blocks.extend(replies.map(Block::paragraph));
    blocks
}

/// "Practitioner level: discussion between the agencies: not resolved".
fn status(reading: &Reading<'_>, level: &LevelState) -> Piece {
    let status = match level.resolved() {
        None => "open",
        Some(true) => "resolved",
        Some(false) => "not_resolved",
    };
    let due = level.due_at.filter(|_| level.resolved() != Some(true)).map(calendar::both);
    let (level_name, status) = (level_of(reading, &level.stage), reading.choice("challenge", status));
    reading.sentence("challenge_status", values! { level => level_name, status, due, overdue => level.overdue }).into()
}

/// When a level was opened, with whom, and each time something was said of its end.
fn course(reading: &Reading<'_>, level: &LevelState, is_escalated: bool) -> Vec<Piece> {
    let name = level_of(reading, &level.stage);
    let opened = reading.sentence(
        "challenge_opened",
        values! {
            at => reading.at(level.from), level => name, escalated => is_escalated, own => level.own.words(),
            other => level.other.words(), met => level.met_at.map(|at| reading.at(at)),
            due => level.due_at.map(calendar::both), overdue => level.overdue,
        },
    );
    let ended = level.ends.iter().map(|end| {
        let resolved = end.resolved;
        let said = values! {
            at => reading.at(end.at), level => name, resolved, tried => end.tried.words(), result => end.result.words(),
            by => end.by.name,
        };
        reading.sentence("challenge_ended", said)
    });
    std::iter::once(opened).chain(ended).map(Piece::from).collect()
}

fn level_of(reading: &Reading<'_>, code: &str) -> String {
    let stage = reading.rules.procedure.disagreement.stage(code);
    stage.map_or_else(|| reading.choice("challenge", code), |stage| stage.label.clone())
}

fn named(reading: &Reading<'_>, by: &Actor) -> String {
    reading.named(&by.name, &by.role, &by.agency)
}

/// Where a conference was spoken of before the decision, and who was reminded of the purpose: evidence of challenge
/// (DEC-17, DEC-18).
fn reminders(reading: &Reading<'_>, session: &Session) -> Option<Block> {
    let line = |reminder: &Reminder| {
        let (at, action) = (reading.at(reminder.at), reminder.action.map(|action| action.0));
        Piece::from(reading.sentence("reminded", values! { at, name => reminder.by.name, action }))
    };
    let lines: Vec<_> = session.reminders.iter().map(line).collect();
    (!lines.is_empty()).then_some(Block::List(lines))
}

/// The policy's name and link, its levels with their times, and whom to turn to (DIS-05).
fn policy(reading: &Reading<'_>) -> Block {
    let policy = &reading.rules.procedure.disagreement;
    let levels = policy.stages.iter().map(|stage| {
        let within = stage.within.map(|within| {
            let (unit, number) = within.counted();
            reading.wording.say("clock.length", values! { unit, number })
        });
        reading.sentence("disagreement_level", values! { label => stage.label, within })
    });
    let levels: Vec<_> = levels.collect();
    let contacts = policy.contacts.iter();
    let contacts: Vec<_> = contacts.map(|line| format!("{}: {}", line.concern, line.contact)).collect();
    reading.paragraph("disagreement", values! { policy => policy.policy, link => policy.link, levels, contacts })
}

/// Each partner nobody came for: whether their manager was turned to, or that nobody said (DIS-07).
fn absences(reading: &Reading<'_>, session: &Session) -> Vec<Block> {
    if session.opened_at.is_none() {
        return Vec::new();
    }
    let is_logged = session.answers(ESCALATION).next().is_some();
    let lines = session.quorum.iter().filter_map(|line| {
        let Some(choice) = session.absence_choice(&line.role) else {
            let offered = || reading.sentence("absence_undecided", values! { label => line.label, is_logged });
            return (!line.met).then(offered);
        };
        let values = values! {
            label => line.label, escalated => choice.escalated, reason => choice.reason.words(),
            at => reading.at(choice.at), by => choice.by.name,
        };
        Some(reading.sentence("absence_choice", values))
    });
    let items: Vec<Piece> = lines.map(Piece::from).collect();
    if items.is_empty() {
        return Vec::new();
    }
    vec![Block::subheading(reading.label("absence_escalation")), Block::List(items)]
}

/// That health was missing, what the police asked, and the answer or that there is none (DIS-09, DIS-10).
fn health(reading: &Reading<'_>, session: &Session) -> Vec<Block> {
    let answer = prompts::answered(reading, HEALTH_QUESTIONED, About::Session, "text");
    let omitted = session.escalations.health.as_ref();
    if omitted.is_none() && answer.is_none() {
        return Vec::new();
    }
    let question = omitted.and_then(|omitted| omitted.question.as_ref());
    let values = values! {
        at => omitted.map(|omitted| reading.at(omitted.at)),
        police => omitted.map(|omitted| omitted.asked.iter().map(|seat| reading.person(*seat)).collect::<Vec<_>>()),
        by => question.map(|(seat, ..)| reading.case.person(*seat).name.as_str()),
        asked_at => question.map(|(.., at)| reading.at(*at)),
        question => question.map(|(_, text, _)| text.words()),
        answer => answer.as_ref().map(Piece::words),
        told => omitted.is_some_and(|omitted| omitted.told),
        uninvited => omitted.is_some() && !is_health_invited(session),
    };
    vec![Block::subheading(reading.label("health_missing")), reading.paragraph("health_missing", values)]
}

/// Somebody of health was asked to come, whatever became of it.
fn is_health_invited(session: &Session) -> bool {
    session.invitations.iter().any(|state| !state.is_withdrawn() && state.invitation.to.kind() == AgencyKind::Health)
}

/// That police were not available, and who spoke with whom (DIS-08).
fn police(reading: &Reading<'_>, session: &Session) -> Vec<Block> {
    let of = &session.escalations;
    let marked = of.police_unavailable.iter().map(|(by, at)| {
        let inspector = &reading.rules.procedure.disagreement.duty_inspector;
        (
            *at,
            reading
                .sentence("police_unavailable", values! { by => named(reading, by), at => reading.at(*at), inspector }),
        )
    });
    let talks = of.police_talks.iter().map(|talk| {
        let values = values! {
            by => named(reading, &talk.logged_by), spoke => talk.spoke.words(), with => talk.with.words(),
            at => reading.at(talk.talked_at.unwrap_or(talk.at)), result => talk.result.words(),
        };
        (talk.at, reading.sentence("police_talk", values))
    });
    let mut lines: Vec<_> = marked.chain(talks).collect();
    lines.sort_by_key(|(at, _)| *at);
    if lines.is_empty() {
        return Vec::new();
    }
    let items = lines.into_iter().map(|(_, line)| Piece::from(line)).collect();
    vec![Block::subheading(reading.label("police_availability")), Block::List(items)]
}
