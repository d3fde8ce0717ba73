//! Dissent and professional challenge: raised, tried between practitioners, taken to the managers, and how each ended.

use crate::domain::ids::ChallengeId;
use crate::rehearsal::cast::case_parts::Challenge;
use crate::rehearsal::cast::company::Company;
use crate::rehearsal::cast::forms::Given;

/// A challenge with a result that begins like this has left its author where they were.
const NOT_RESOLVED: &str = "not resolved";
/// What a case calls a challenge that has gone on to the managers, and one to what the session is about.
const LINE_MANAGEMENT: &str = "line management";
const FOCUS: &str = "focus";

/// Dissent is entered by the person who dissents, and stays on the record.
pub async fn dissent(company: &mut Company<'_>, n: usize) {
    let case = company.case;
    let Some(proposal) = &case.decisions.first_proposal else { return };
    let against = case.invitee(&proposal.by).map(|by| by.name.clone()).unwrap_or_default();
    let given = vec![("about", Given::Text(proposal.text.clone())), ("against", Given::Text(against))];
    company.slash(&proposal.dissent[n], "challenge", &["challenge"], given, &proposal.text).await;
}

/// One of the case that goes on from an earlier one of the same person and words takes that to the managers; any other is
/// raised. Then its author says how it ended, where the case does.
pub async fn challenge(company: &mut Company<'_>, n: usize) {
    let case = company.case;
    let challenge = &case.challenge[n];
    let goes_on = challenge.stage == LINE_MANAGEMENT
        && case.challenge[..n].iter().any(|earlier| earlier.by == challenge.by && earlier.about == challenge.about);
    if goes_on {
        escalate(company, challenge).await;
    } else {
        raise(company, challenge).await;
    }
    let is_known = company.look().await.is_ok();
    if is_known && (challenge.tried.is_some() || challenge.result.is_some()) {
        settle(company, challenge).await;
    }
}

async fn raise(company: &mut Company<'_>, challenge: &Challenge) {
    let against = challenge
        .against
        .as_ref()
        .map(|against| company.case.invitee(against).map_or_else(|| against.clone(), |invitee| invitee.name.clone()));
    let kind = if challenge.stage == FOCUS { FOCUS } else { "decision" };
    let given = vec![
        ("about", Given::Text(challenge.about.clone())),
        ("challenge_kind", Given::from(kind)),
        ("against", Given::Text(against.unwrap_or_default())),
    ];
    company.slash(&challenge.by, "challenge", &["challenge"], given, &challenge.about).await;
}

async fn escalate(company: &mut Company<'_>, challenge: &Challenge) {
    let Some(id) = number_of(company, challenge) else { return };
    let (own, other) = managers(challenge.tried.as_deref().unwrap_or_default());
    let given = vec![("own_manager", Given::Text(own)), ("other_manager", Given::Text(other))];
    let known = [("challenge", id.to_string())];
    company.press(&challenge.by, "escalate_challenge", &known, given, &challenge.about).await;
}

async fn settle(company: &mut Company<'_>, challenge: &Challenge) {
    let Some(id) = number_of(company, challenge) else { return };
    let text = |text: &Option<String>| Given::Text(text.clone().unwrap_or_default());
    let given = vec![("tried", text(&challenge.tried)), ("result", text(&challenge.result))];
    let resolved = if is_left_unresolved(challenge) { "no" } else { "yes" };
    let known = [("challenge", id.to_string()), ("resolved", resolved.to_owned())];
    company.press(&challenge.by, "settle_challenge", &known, given, &challenge.about).await;
}

/// Whether its author was left where they were.
pub fn is_left_unresolved(challenge: &Challenge) -> bool {
    challenge.result.as_deref().is_some_and(|result| result.to_lowercase().starts_with(NOT_RESOLVED))
}

/// The number convenor gave it.
fn number_of(company: &Company<'_>, challenge: &Challenge) -> Option<ChallengeId> {
    let session = company.known.as_ref()?.session()?;
    let same = session.challenges.iter().rev().find(|state| state.about.words() == challenge.about.trim());
    same.map(|state| state.id)
}

/// Who spoke: "Service manager Leopold Strand and Detective Inspector Yusra Calloway spoke 14:52 to 15:05". The first is
/// taken for the other side's where the case doesn't say.
fn managers(tried: &str) -> (String, String) {
    let names = tried.split_once(" spoke").map_or(tried, |(names, _)| names);
    let (first, second) = names.split_once(" and ").unwrap_or((names, ""));
    (second.to_owned(), first.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_managers_of_both_sides_are_taken_from_what_was_tried() {
        let check = |tried: &str, own: &str, other: &str| {
            assert_eq!(managers(tried), (own.to_owned(), other.to_owned()), "{tried}");
        };
        check(
            "Service manager Strand and Inspector Calloway spoke 14:52",
            "Inspector Calloway",
            "Service manager Strand",
        );
        check("A talk between practitioners", "", "A talk between practitioners");
        check("", "", "");
    }
}
