//! Who must and who should be there: the minimum as planned and as it is, whom the case brings up, and what is said of
//! each.

mod copied;
mod health;
mod knowing;
mod minimum;
mod proposed;

use crate::support::{Cast, Got, House};

const OPENED: &str = "2026-12-07 10:00";
const COUNTY: &str = "county-strategy-meetings";
const GUIDANCE: &str = "practice-guidance";
const REMOTE: &str = "remote-format";
const AUDIT: &str = "audit-assured";
/// The procedures whose checklist of further invitees is mandatory.
const INSIST: [&str; 3] = ["seven-minute-briefing", REMOTE, AUDIT];

/// A child that the session is about, born in a year.
async fn lists(house: &House, name: &str, born: i32, more: &[(&str, &str)]) {
    let born_on = format!("12 March {born}");
    let stage = if born > 2021 { "pre_school" } else { "school_age" };
    let mut given = vec![("name", name), ("born", born_on.as_str()), ("subject", "true"), ("stage", stage)];
    given.extend(more);
    let got = house.social_worker().slash(&["strategy", "child"], &given).await;
    assert_eq!(got.code(), "child_listed", "{}", got.text());
}

/// Registered with these besides, without a child, and convened.
async fn convened_with(procedure: &str, more: &[(&str, &str)]) -> House {
    let house = House::under(procedure, OPENED).await;
    let received = house.moment(-90);
    let given: Vec<_> = [("received", received.as_str())].into_iter().chain(more.iter().copied()).collect();
    let got = house.social_worker().registers_with(&given).await;
    assert_eq!(got.code(), "referral_registered", "{}", got.text());
    house.social_worker().convenes().await;
    house
}

async fn convened(procedure: &str) -> House {
    convened_with(procedure, &[]).await
}

/// The private view, as whoever convenes gets it.
async fn ready(house: &House) -> Got {
    let got = house.social_worker().slash(&["strategy", "ready"], &[]).await;
    assert!(got.is_private());
    got
}

/// The lines of a part of the view that begin so.
fn lines(got: &Got, part: &str, begin: &str) -> Vec<String> {
    let parts = got.text().split("**Think of**");
    let part = if part == "needed" { parts.into_iter().next() } else { parts.into_iter().nth(1) };
    let begin = format!("• {begin}");
    part.unwrap_or_default().lines().filter(|line| line.starts_with(&begin)).map(str::to_owned).collect()
}

/// The one line of a proposal.
fn proposal(got: &Got, begin: &str) -> String {
    lines(got, "proposed", begin).pop().unwrap_or_else(|| panic!("{begin} is proposed: {}", got.text()))
}

/// Says of a proposal, by its button, that it is not needed.
async fn turns_down(house: &House, key: &str, reason: &str) -> Got {
    let view = ready(house).await;
    let given = [("proposal", key), ("reason", reason)];
    house.social_worker().presses_in(&view, "not_needed", &given).await
}

/// The chair comes and opens, with whoever else came before.
async fn is_opened(house: &House) {
    house.chair().accepts().await;
    house.chair().passes_the_door().await;
    house.chair().opens().await;
}

async fn comes(house: &House, who: Cast) {
    house.who(who).accepts().await;
    house.who(who).passes_the_door().await;
}
