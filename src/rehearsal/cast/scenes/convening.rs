//! The session is convened, agencies are invited, guests are vouched for, and absences are entered.

use crate::rehearsal::cast::answers::code;
use crate::rehearsal::cast::case_parts::Invitee;
use crate::rehearsal::cast::company::Company;
use crate::rehearsal::cast::forms::Given;
use crate::rehearsal::cast::setting::stranger_key;

pub async fn convene(company: &mut Company<'_>) {
    let case = company.case;
    let session = &case.session;
    let mut given = vec![
        ("form", Given::Text(code(if session.kind.is_empty() { "meeting" } else { &session.kind }))),
        ("starts", Given::Instant(session.opened_at.0)),
        ("held", Given::Text(code(&session.held))),
        ("complex", Given::Yes(session.complex)),
    ];
    if case.chair != case.convenor {
        given.push(("chair", Given::Account(case.chair.clone())));
    }
    let who = case.convenor.clone();
    company.slash(&who, "convene", &["strategy", "convene"], given, &session.kind).await;
}

/// To the agency's duty channel, for the role that is sought: the practitioner who accepts takes the seat.
pub async fn invite(company: &mut Company<'_>, key: &str) {
    let Some(invitee) = company.case.invitee(key) else { return };
    let given = vec![("agency", Given::Text(invitee.agency.clone())), ("role", Given::Text(invitee.role.clone()))];
    let what = format!("{}, {}", invitee.role, invitee.agency);
    let who = company.case.convenor.clone();
    company.slash(&who, "invite", &["strategy", "invite"], given, &what).await;
}

/// By name, since the agency has no duty channel in the case.
pub async fn invite_in_error(company: &mut Company<'_>, n: usize) {
    let stranger = &company.case.wrong_meeting[n];
    let given = vec![("person", Given::Account(stranger_key(n)))];
    let what = format!("{}, {}", stranger.role, stranger.agency);
    let who = company.case.convenor.clone();
    company.slash(&who, "invite", &["strategy", "invite"], given, &what).await;
}

pub async fn vouch(company: &mut Company<'_>, key: &str) {
    let Some(invitee) = company.case.invitee(key) else { return };
    let given = vec![
        ("name", Given::Text(invitee.name.clone())),
        ("role", Given::Text(invitee.role.clone())),
        ("agency", Given::Text(invitee.agency.clone())),
        ("kind", Given::Text(kind_code(invitee))),
        ("means", Given::Text(means(invitee).to_owned())),
        ("knows_child", Given::Yes(invitee.knows_child)),
        ("voucher", Given::Seat(company.case.convenor.clone())),
    ];
    let what = format!("{}, {}", invitee.name, invitee.role);
    let who = company.case.convenor.clone();
    company.slash(&who, "guest", &["strategy", "guest"], given, &what).await;
}

fn kind_code(invitee: &Invitee) -> String {
    let value = serde_json::to_value(invitee.agency_kind).unwrap_or_default();
    value.as_str().unwrap_or_default().to_owned()
}

fn means(invitee: &Invitee) -> &'static str {
    if invitee.means.contains("telephone") {
        "telephone"
    } else if invitee.means.contains("person") {
        "in_person"
    } else {
        "written_only"
    }
}

pub async fn mark_absent(company: &mut Company<'_>, key: &str) {
    let Some(invitee) = company.case.invitee(key) else { return };
    let reason = invitee.reason.clone().unwrap_or_default();
    let given = vec![("who", Given::Seat(key.to_owned())), ("reason", Given::Text(reason.clone()))];
    let what = format!("{}: {reason}", invitee.name);
    let who = company.case.convenor.clone();
    company.slash(&who, "absent", &["strategy", "absent"], given, &what).await;
}

/// What a guest sent in writing is entered by whoever vouches for them.
pub async fn enter_information(company: &mut Company<'_>, key: &str) {
    let Some(invitee) = company.case.invitee(key) else { return };
    let mut given = super::sharing::written_by(company.case, key);
    given.insert(0, ("for", Given::Seat(key.to_owned())));
    let what = invitee.name.clone();
    let who = company.case.convenor.clone();
    company.slash(&who, "inform", &["strategy", "information"], given, &what).await;
}
