//! The section 47 decision and what goes before it, the outcomes, and where each agency stands.

use crate::domain::procedure::OutcomeField;
use crate::rehearsal::cast::answers::code;
use crate::rehearsal::cast::company::Company;
use crate::rehearsal::cast::forms::Given;
use crate::rehearsal::cast::scenes::challenging::is_left_unresolved;

/// Drafted by the recorder and never confirmed: what is decided comes later, with its reasons.
pub async fn propose(company: &mut Company<'_>) {
    let Some(proposal) = &company.case.decisions.first_proposal else { return };
    let text = proposal.text.clone();
    let given = vec![("decision", Given::from("not_yet_decided")), ("rationale", Given::Text(text.clone()))];
    let recorder = company.case.recorder.clone();
    company.slash(&recorder, "section_47", &["chair", "section-47"], given, &text).await;
}

pub async fn section_47(company: &mut Company<'_>) {
    let case = company.case;
    let Some(decided) = &case.decisions.section_47 else { return };
    let text = |text: &Option<String>| Given::Text(text.clone().unwrap_or_default());
    let names = decided.by_whom.iter().map(|key| case.invitee(key).map_or(key.clone(), |invitee| invitee.name.clone()));
    let given = vec![
        ("decision", Given::Text(code(&decided.decision))),
        ("mode", Given::Text(code(decided.mode.as_deref().unwrap_or_default()))),
        ("agency", text(&decided.agency)),
        ("how", text(&decided.how)),
        ("when", text(&decided.when)),
        ("by_whom", Given::Text(names.collect::<Vec<_>>().join(", "))),
        ("rationale", Given::Text(decided.rationale.clone())),
    ];
    let what = format!("{}: {}", decided.decision, decided.rationale);
    company.slash(&case.recorder, "section_47", &["chair", "section-47"], given, &what).await;
}

/// The recorder picks what this procedure calls the outcome. Where it asks what the outcome is, the case's reason
/// says it.
pub async fn outcome(company: &mut Company<'_>, n: usize) {
    let case = company.case;
    let outcome = &case.decisions.outcomes[n];
    let offered = company.procedure.outcome(&outcome.code);
    let asked = offered.map_or(&[][..], |known| &known.asks);
    let code_here = offered.map_or(&outcome.code, |known| &known.code);
    let mut given = vec![
        ("outcome", Given::Text(code_here.clone())),
        ("rationale", Given::Text(outcome.rationale.clone())),
        ("mode", Given::Text(code(outcome.mode.as_deref().unwrap_or_default()))),
        ("agency", Given::Text(outcome.agency.clone().unwrap_or_default())),
        ("who", Given::Text(outcome.body.clone().unwrap_or_default())),
    ];
    given.extend(outcome.at.map(|at| ("at", Given::Instant(at.0))));
    if asked.contains(&OutcomeField::Description) {
        given.push(("description", Given::Text(outcome.rationale.clone())));
    }
    let what = format!("{}: {}", outcome.code.replace('_', " "), outcome.rationale);
    company.slash(&case.recorder, "outcome", &["chair", "outcome"], given, &what).await;
}

/// Everybody agrees to the read-back, except whoever's last challenge was left unresolved.
pub async fn position(company: &mut Company<'_>, key: &str) {
    let last = company.case.challenge.iter().rev().find(|challenge| challenge.by == key);
    match last.filter(|challenge| is_left_unresolved(challenge)) {
        Some(challenge) => {
            let given = vec![("items", Given::from("all")), ("about", Given::Text(challenge.about.clone()))];
            company.press(key, "disagree", &[], given, &challenge.about).await;
        }
        None => {
            company.press(key, "agree_all", &[], Vec::new(), "agree").await;
        }
    }
}
