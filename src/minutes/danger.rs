//! Immediate danger raised: every press, who was alerted and when, and what followed (SAFE-07).

use super::actions;
use super::document::{Block, Piece};
use super::reading::{Reading, values};
use crate::domain::alert::Alert;
use crate::domain::event::Actor;
use crate::domain::floor::Whose;

/// Alerts of the session, where there were any; a false alarm stays with its mark (SAFE-01, SAFE-07).
pub(super) fn danger(reading: &Reading<'_>) -> Vec<Block> {
    let Some(session) = reading.session else { return Vec::new() };
    let alerts: Vec<&Alert> = reading.case.alerts_of(session).collect();
    if alerts.is_empty() {
        return Vec::new();
    }
    let rows = alerts.iter().map(|alert| row(reading, alert)).collect();
    let mut blocks = vec![reading.table("danger", &["time", "raised_by", "danger_kind", "said", "acknowledged"], rows)];
    blocks.push(Block::List(alerts.into_iter().flat_map(|alert| course(reading, alert)).collect()));
    blocks
}

fn row(reading: &Reading<'_>, alert: &Alert) -> Vec<Piece> {
    let acknowledged = match &alert.acknowledged {
        None => reading.label("not_acknowledged"),
        Some((by, at)) => reading.sentence("by_at", values! { person => named(reading, by), at => reading.at(*at) }),
    };
    vec![
        reading.at(alert.at).into(),
        named(reading, &alert.by).into(),
        reading.choice("danger", alert.danger.code()).into(),
        reading.spoken(&alert.text),
        acknowledged.into(),
    ]
}

/// What happened to it: who was alerted, how often it was sent again, what its sender added, that it was false, and what
/// was put down to be done.
fn course(reading: &Reading<'_>, alert: &Alert) -> Vec<Piece> {
    let told = |told: &[Whose]| {
        let contact = reading.rules.procedure.emergency_contact.clone();
        let seats = told.iter().map(|whose| match whose {
            Whose::Seat(seat) => reading.person(*seat),
            Whose::Invitation(_) => reading.label("chair"),
        });
        seats.chain([reading.sentence("danger_contact", values! { contact })]).collect::<Vec<_>>()
    };
    let at = |at| reading.at(at);
    let mut lines: Vec<Piece> =
        vec![reading.sentence("danger_told", values! { at => at(alert.at), who => told(&alert.told) }).into()];
    // An alert that waits for hours is sent many times to the same people: a line for each change.
    lines.extend(alert.repeated.chunk_by(|one, next| one.goes_to() == next.goes_to()).map(|same| {
        let (first, last) = (&same[0], &same[same.len() - 1]);
        let values = values! {
            at => at(first.at), until => (same.len() > 1).then(|| at(last.at)), times => same.len(),
            who => told(&first.told), manager => first.to_manager,
        };
        reading.sentence("danger_sent_again", values).into()
    }));
    lines.extend(alert.added.iter().map(|(text, when)| {
        let text = reading.spoken(text);
        let values = values! { at => at(*when), by => named(reading, &alert.by), text => text.words() };
        Piece::made_of(reading.sentence("danger_added", values), &[&text])
    }));
    if let Some((reason, when)) = &alert.false_alarm {
        let said = reason.as_ref().map(|reason| reading.spoken(reason));
        let values = values! {
            at => at(*when), by => named(reading, &alert.by), reason => said.as_ref().map(Piece::words),
        };
        let sentence = reading.sentence("danger_false", values);
        lines.push(Piece::made_of(sentence, &said.iter().collect::<Vec<_>>()));
    }
    let done = reading.case.actions_on(alert.id).map(|action| {
        let entered = &action.entered;
        let (what, owner) = (reading.spoken(&entered.what), actions::owner(reading, entered));
        let values = values! { number => entered.no, what => what.words(), owner => owner.words() };
        Piece::made_of(reading.sentence("danger_action", values), &[&what, &owner])
    });
    lines.extend(done);
    lines
}

fn named(reading: &Reading<'_>, by: &Actor) -> String {
    reading.named(&by.name, &by.role, &by.agency)
}
