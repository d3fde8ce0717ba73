//! Each agency's view of the risk, and a first attempt that is not enough.

use crate::domain::people::AgencyKind;
use crate::rehearsal::cast::answers::{PROTECTIVE_FACTORS, code};
use crate::rehearsal::cast::company::Company;
use crate::rehearsal::cast::forms::Given;

/// By the first person present of that kind of agency: as the order of speaking has them, then as invited.
pub async fn agency_view(company: &mut Company<'_>, kind: AgencyKind) {
    let case = company.case;
    let spoken = case.speaking_order.iter().filter_map(|key| case.invitee(key));
    let mut present = spoken.chain(&case.invitees).filter(|invitee| invitee.comes());
    let Some(speaker) = present.find(|invitee| invitee.agency_kind == kind).map(|invitee| invitee.key.clone()) else {
        return;
    };
    let level = case.risk.agency_views.get(&kind).cloned().unwrap_or_default();
    company.press(&speaker, "view", &[], vec![("level", Given::Text(code(&level)))], &level).await;
}

/// What protects the child is given where the level of risk was asked: saved, and the level stays open.
pub async fn first_attempt(company: &mut Company<'_>) {
    let case = company.case;
    let Some(attempt) = &case.risk.first_attempt else { return };
    let about = case.children.iter().position(|child| child.subject).map_or(1, |n| n + 1);
    let text = attempt.text_in_protective_factors_only.clone();
    let given = vec![
        ("prompt", Given::from(PROTECTIVE_FACTORS)),
        ("about", Given::Text(format!("c{about}"))),
        ("text", Given::Text(text.clone())),
    ];
    let recorder = case.recorder.clone();
    company.slash(&recorder, "prompt", &["chair", "prompt"], given, &text).await;
}
