//! What is decided besides section 47 and the outcomes: the planning of an enquiry, and what is asked whatever the
//! decision is.

mod enquiry;
mod family;
mod levels;
mod regardless;
mod withholding;

use convenor::domain::stage::Stage;

use crate::support::{House, section};

const COUNTY: &str = "county-strategy-meetings";

/// Under a procedure, at the stage of decisions; the referral registered with this besides what is usual.
async fn deciding_with(procedure: &str, more: &[(&str, &str)]) -> House {
    let house = House::under(procedure, "2026-12-07 10:00").await;
    house.gathers_with(more, &[]).await;
    house.chair().opens().await;
    house.goes_on_to(Stage::Deciding).await;
    house
}

/// The same, and the section 47 decision taken.
async fn decided(procedure: &str, decision: &str) -> House {
    let house = deciding_with(procedure, &[]).await;
    decides(&house, decision).await;
    house
}

async fn decides(house: &House, decision: &str) {
    let given = [("decision", decision), ("rationale", "As discussed")];
    assert_ne!(house.chair().slash(&["chair", "section-47"], &given).await.code(), "", "{decision}");
}

/// Another child of the household.
async fn lists(house: &House, name: &str, subject: &str) {
    let given = [
        ("name", name),
        ("born", "2 May 2021"),
        ("subject", subject),
        ("stage", "pre_school"),
        ("relationship", "sister"),
        ("address", "14 Pockmarrow Lane"),
        ("parental_responsibility", "Mother"),
        ("legal_status", "none"),
        ("location", "home"),
    ];
    assert_eq!(house.social_worker().slash(&["strategy", "child"], &given).await.code(), "child_listed");
}

/// The chair answers a question; gives the code of what came of it.
async fn answers(house: &House, prompt: &str, given: &[(&str, &str)]) -> String {
    let given = [&[("prompt", prompt)], given].concat();
    house.chair().slash(&["chair", "prompt"], &given).await.code().to_owned()
}

/// What is open, as the record lists it once the session has closed.
async fn open_once_closed(house: &House) -> String {
    house.chair().closes().await;
    section(&house.minutes().await, "Open items")
}

/// The line of the record that begins so.
async fn line(house: &House, begin: &str) -> String {
    let minutes = house.minutes().await;
    let found = minutes.lines().find(|line| line.contains(begin));
    found.unwrap_or_else(|| panic!("a line with {begin}:\n{minutes}")).to_owned()
}

/// The buttons the chair is shown for what is still asked.
async fn asked(house: &House) -> Vec<String> {
    house.chair().presses("prompts", &[]).await.buttons()
}
