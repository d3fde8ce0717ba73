//! The chair opens, announces the order, moves on, and stands people down.

use crate::rehearsal::cast::company::Company;
use crate::rehearsal::cast::forms::Given;
use crate::rehearsal::cast::script::turns;

pub async fn open(company: &mut Company<'_>) {
    let chair = company.case.chair.clone();
    company.press(&chair, "open", &[], Vec::new(), "").await;
}

pub async fn order(company: &mut Company<'_>) {
    let order: Vec<_> = turns(company.case).iter().filter_map(|key| company.whose(key)).collect();
    let names =
        turns(company.case).iter().filter_map(|key| Some(company.case.invitee(key)?.name.clone())).collect::<Vec<_>>();
    let chair = company.case.chair.clone();
    let given = vec![("order", Given::Text(order.join(",")))];
    company.slash(&chair, "order", &["chair", "order"], given, &names.join(", ")).await;
}

pub async fn next(company: &mut Company<'_>) {
    let chair = company.case.chair.clone();
    let told = company.press(&chair, "next", &[], Vec::new(), "").await;
    // Whoever has a turn of the case has had it by now.
    if company.steps.last().is_some_and(|step| step.code == "not_heard") {
        let reason = vec![("reason", Given::from("time"))];
        let row = if told.offers("close_round") { "close_round" } else { "close_over_speaker" };
        company.press_in(&chair, row, &told, &[], reason, "").await;
    }
}

pub async fn stand_down(company: &mut Company<'_>, key: &str) {
    let Some(invitee) = company.case.invitee(key) else { return };
    let reason = invitee.reason.clone().unwrap_or_default();
    let given = vec![("who", Given::Seat(key.to_owned())), ("reason", Given::Text(reason.clone()))];
    let what = format!("{}: {reason}", invitee.name);
    let chair = company.case.chair.clone();
    company.slash(&chair, "stand_down", &["chair", "stand-down"], given, &what).await;
}
