//! The audit of records: sheets, judgements, the log, and what is counted over many sessions.

mod counting;
mod judging;
mod lists;
mod logs;
mod sheet;

use convenor::domain::stage::Stage;

use convenor::config::Config;

use crate::support::{Cast, Got, House, Member};

/// The officer of another team, who has no seat anywhere, audits from now on.
const AUDITOR: Cast = Cast::SecondOfficer;

const SHEET: [&str; 2] = ["audit", "sheet"];

/// A session under a procedure, opened on a Monday morning.
async fn opened(procedure: &str, referral: &[(&str, &str)]) -> House {
    let house = House::under(procedure, "2026-12-07 10:00").await;
    let received = house.moment(-90);
    house.social_worker().registers_with(&[&[("received", received.as_str())], referral].concat()).await;
    house.social_worker().lists_the_child().await;
    house.social_worker().convenes().await;
    for who in [Cast::Police, Cast::HealthVisitor] {
        house.social_worker().invites(who).await;
    }
    for who in [Cast::TeamManager, Cast::Police, Cast::HealthVisitor] {
        house.who(who).accepts().await;
        house.who(who).passes_the_door().await;
    }
    house.chair().opens().await;
    has_an_auditor(&house).await;
    house
}

async fn has_an_auditor(house: &House) {
    house.enrols_as(AUDITOR, "Auditor", Cast::TeamManager, None).await;
}

/// The chair closes over whatever is open, and the draft is out.
async fn is_closed(house: &House) {
    house.chair().closes().await;
    house.has_drafted().await;
}

/// The chair's answer to a question, about the session or a child.
async fn answers(house: &House, prompt: &str, fields: &[(&str, &str)]) {
    let got = house.chair().slash(&["chair", "prompt"], &[&[("prompt", prompt)], fields].concat()).await;
    assert!(["entered", "quorum_stated"].contains(&got.code()), "{prompt}: {} {}", got.code(), got.text());
}

async fn code_name(house: &House) -> String {
    house.store.cases().await.expect("the store can be read").remove(0).code_name.0
}

/// Everything a command shows, however many parts it takes.
async fn reads(who: &Member<'_>, path: &[&str; 2], given: &[(&str, &str)]) -> String {
    let mut got: Got = who.slash(path, given).await;
    let mut text = String::new();
    for _ in 0..40 {
        assert!(got.is_private(), "{}", got.text());
        text.push_str(got.text().split("\n\n-# Part").next().unwrap_or_default());
        text.push('\n');
        let Some(next) = got.buttons().into_iter().find(|label| label.starts_with("Part ")) else { return text };
        let message = got.response.message().expect("it is a message");
        let button = message.buttons().into_iter().find(|button| button.label == next).expect("it was listed");
        let (id, custom) = (message.id, button.custom_id.expect("it can be pressed"));
        got = who.presses_this(id, &custom, &[]).await;
    }
    panic!("it has an end: {text}")
}

/// What the auditor reads of the one case.
async fn audited(house: &House, path: &[&str; 2]) -> String {
    let name = code_name(house).await;
    reads(&house.who(AUDITOR), path, &[("case", &name)]).await
}

/// The answer to one thing looked for, and what the record shows of it.
fn line(sheet: &str, looked_for: &str) -> (String, String) {
    let found = sheet.lines().find(|line| line.starts_with(&format!("| {looked_for}")));
    let found = found.unwrap_or_else(|| panic!("{looked_for} is looked for: {sheet}"));
    let cells: Vec<_> = found.split(" | ").map(str::trim).collect();
    (cells[1].to_owned(), cells[2].to_owned())
}

/// Checks the answers to what is looked for.
fn finds(sheet: &str, expected: &[(&str, &str)]) {
    for (looked_for, answer) in expected {
        assert_eq!(line(sheet, looked_for).0, *answer, "{looked_for}: {sheet}");
    }
}

/// The record is drafted, signed and sent out.
async fn is_circulated(house: &House) {
    house.chair().slash(&["chair", "sign"], &[]).await;
    house.chair().slash(&["chair", "circulate"], &[]).await;
}

/// The chair goes on to the stage of decisions.
async fn decides(house: &House) {
    house.goes_on_to(Stage::Deciding).await;
}

/// A house under the usual procedure that shows counts however small they are.
async fn counting_from_one() -> House {
    let mut config = Config::built_in();
    for procedure in config.procedures.values_mut() {
        procedure.audit.least_shown = 1;
    }
    House::configured(config, "remote-format").await
}

/// A case of its own, with this reference: convened by the social worker, opened by the chair, and what is left of it.
async fn is_held(house: &House, reference: &str) -> String {
    let received = house.moment(-90);
    house.social_worker().registers_with(&[("received", received.as_str()), ("reference", reference)]).await;
    let cases = house.store.cases().await.expect("the store can be read");
    let name = cases.last().expect("it is registered").code_name.0.clone();
    let case = ("case", name.as_str());
    let child =
        [("name", "Ellis Quillfeather"), ("born", "12 March 2019"), ("subject", "true"), ("stage", "school_age"), case];
    let listed = house.social_worker().slash(&["strategy", "child"], &child).await;
    assert_eq!(listed.code(), "child_listed", "{}", listed.text());
    let (chair, starts) = (house.account(Cast::TeamManager).to_string(), house.moment(480));
    let given = [("form", "meeting"), ("starts", starts.as_str()), ("chair", chair.as_str()), case];
    house.social_worker().slash(&["strategy", "convene"], &given).await;
    house.chair().accepts().await;
    house.chair().passes_the_door().await;
    house.chair().slash(&["chair", "open"], &[case]).await;
    name
}

/// The chair closes a case over what is open, with a reason in words of their own.
async fn is_left(house: &House, name: &str) {
    let given = [("reason", "Dana Okafor is called away"), ("case", name)];
    let got = house.chair().slash(&["chair", "close"], &given).await;
    assert_eq!(got.code(), "incomplete", "{}", got.text());
    house.passes(1).await;
}

/// The month of the house's Monday.
const DECEMBER: [(&str, &str); 2] = [("from_day", "1 December 2026"), ("to_day", "31 December 2026")];
