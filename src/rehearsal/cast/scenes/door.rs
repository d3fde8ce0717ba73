//! Accepting, the door, and everybody who turns away from it.

use crate::domain::stage::Stage;
use crate::rehearsal::cast::company::{Company, Deed};
use crate::rehearsal::cast::forms::Given;
use crate::rehearsal::cast::setting::stranger_key;

/// Somebody takes the card of their agency, sees at the door that it is another child, and says so.
pub async fn wrong_meeting(company: &mut Company<'_>, n: usize) {
    let key = stranger_key(n);
    let agency = company.case.wrong_meeting[n].agency.clone();
    let accepted = take(company, &key).await;
    if !accepted.is_done() {
        return;
    }
    let door = company.press_in(&key, "door", &accepted, &[], Vec::new(), &agency).await;
    company.press_in(&key, "not_mine", &door, &[], Vec::new(), "").await;
}

pub async fn accept(company: &mut Company<'_>, key: &str) {
    let accepted = take(company, key).await;
    if accepted.is_done() {
        company.press_in(key, "look_up", &accepted, &[], Vec::new(), "").await;
    }
}

/// Presses the card meant for this person, or for their agency where none is for their very role.
async fn take(company: &mut Company<'_>, key: &str) -> Deed {
    let known: Vec<_> = company.invitation(key).map(|id| ("invitation", id.to_string())).into_iter().collect();
    let agency = company.setting.person(key).map(|person| person.agency.clone()).unwrap_or_default();
    company.press(key, "accept", &known, Vec::new(), &agency).await
}

pub async fn decline(company: &mut Company<'_>, key: &str) {
    let known: Vec<_> = company.invitation(key).map(|id| ("invitation", id.to_string())).into_iter().collect();
    let reason = company.case.invitee(key).and_then(|invitee| invitee.reason.clone()).unwrap_or_default();
    company.press(key, "decline", &known, vec![("reason", Given::Text(reason.clone()))], &reason).await;
}

pub async fn send_information(company: &mut Company<'_>, key: &str) {
    let given = super::sharing::written_by(company.case, key);
    company.press(key, "inform", &[], given, "").await;
}

/// The right meeting is confirmed, then name, role and agency stand as enrolled and authority is stated.
pub async fn come_in(company: &mut Company<'_>, key: &str) {
    let Some(invitee) = company.case.invitee(key) else { return };
    let authorised = if invitee.authorised_to_decide { "yes" } else { "no" };
    let basis = invitee.basis_for_authority.clone().filter(|_| invitee.authorised_to_decide);
    let door = company.press(key, "door", &[], Vec::new(), "").await;
    let confirmed = company.press_in(key, "confirm", &door, &[], Vec::new(), "").await;
    if !confirmed.is_done() {
        return;
    }
    // Whoever heard nothing goes to the door again, which goes on from there.
    let confirmed = match confirmed.is_answered() {
        true => confirmed,
        false => company.press(key, "door", &[], Vec::new(), "").await,
    };
    let known = [("authorised", authorised.to_owned())];
    let what = format!("{}, {}", invitee.role, invitee.agency);
    match basis {
        Some(basis) => {
            let basis = vec![("basis", Given::Text(basis))];
            company.press_in(key, "introduce_basis", &confirmed, &known, basis, &what).await
        }
        None => company.press_in(key, "introduce", &confirmed, &known, Vec::new(), &what).await,
    };
    // The cases say nothing of it, so that whoever comes late is shown what was said (SES-13).
    if company.stage >= Stage::Open {
        let chair = company.case.chair.clone();
        company.press(&chair, "sight", &[("sight", "everything".to_owned())], Vec::new(), &what).await;
    }
}
