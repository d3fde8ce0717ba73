//! A record on its way out: what is said of it, what is put right in it, who gets it, and where it is filed.

mod corrections;
mod endorsing;
mod files;
mod filing;
mod recipients;

use convenor::domain::stage::Stage;

use crate::support::{Cast, House, section};

/// A session under a procedure that was closed, and whose record is drafted.
async fn drafted(procedure: &str) -> House {
    let house = House::under(procedure, "2026-12-07 10:00").await;
    house.gathers().await;
    house.chair().opens().await;
    house.goes_on_to(Stage::ReadBack).await;
    house.chair().closes().await;
    house.has_drafted().await;
    house
}

/// The chair signs, under whatever title the record has earned.
async fn signs(house: &House) {
    let signed = house.chair().slash(&["chair", "sign"], &[]).await;
    if signed.code() == "title_not_earned" {
        house.chair().presses_in(&signed, "sign_untitled", &[]).await;
    }
}

/// The chair signs and sends it out.
async fn sends_out(house: &House) {
    signs(house).await;
    let sent = house.chair().slash(&["chair", "circulate"], &[]).await;
    assert_eq!(sent.code(), "minutes_circulated", "{}", sent.text());
}

/// The chair gives somebody with a seat an action.
async fn gives_an_action(house: &House, owner: Cast, what: &str) {
    let owner = house.chair().picks(&["action", "add"], "owner", owner.name()).await;
    let given = [("what", what), ("owner", owner.as_str()), ("due", "8 December 2026 12:00")];
    let got = house.chair().slash(&["action", "add"], &given).await;
    assert!(got.is_private(), "{}", got.text());
}

/// The section about signatures and circulation, under whatever heading the procedure has for it.
async fn circulation(house: &House) -> String {
    let listed = house.config.procedures[house.procedure()].minutes.iter();
    let heading = listed.into_iter().find(|section| section.key == "circulation").expect("a section of the template");
    section(&house.minutes().await, &heading.heading)
}

fn status(minutes: &str) -> String {
    minutes.lines().find(|line| line.contains("Status: ")).unwrap_or_default().to_owned()
}
