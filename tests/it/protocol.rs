//! The protocol, held against what others say of it: requests against Discord's own OpenAPI document and against limits
//! it leaves out, events against the client's own model.
//!
//! The document is not ours to keep here. It is looked for at `../shared/discord-api/openapi.json` beside the checkout,
//! or where `CONVENOR_OPENAPI` says. Without it the limits still count; `CONVENOR_REQUIRE_OPENAPI=1` makes its absence
//! a failure.

mod largest;
mod limits;
mod openapi;

use std::collections::BTreeMap;

use convenor::rehearsal::play::SHIPPED_CASES;
use serde_json::{Value, json};

use crate::support::House;
use crate::support::plays::{Played, played};

use openapi::OpenApi;

/// A request as it went over the wire.
pub struct Request {
    pub method: String,
    /// Without `/api/v10`.
    pub path: String,
    pub query: String,
    pub body: Value,
    /// What was answered.
    pub status: u16,
}

impl Request {
    fn of(line: &Value) -> Self {
        let text = |key: &str| line[key].as_str().unwrap_or_default().to_owned();
        let path = text("path");
        Self {
            method: text("method"),
            path: path.strip_prefix("/api/v10").unwrap_or(&path).to_owned(),
            query: text("query"),
            body: line["body"].clone(),
            status: line["status"].as_u64().and_then(|status| status.try_into().ok()).unwrap_or_default(),
        }
    }

    fn new(method: &str, path: &str, body: Value, status: u16) -> Self {
        Self { method: method.to_owned(), path: path.to_owned(), query: String::new(), body, status }
    }
}

/// How many requests there were of each operation, and what is wrong with any of them. Never a body: a play's requests
/// hold what people said.
fn held_against(api: Option<&OpenApi>, requests: &[Request]) -> (BTreeMap<String, usize>, Vec<String>) {
    let (mut counts, mut wrong) = (BTreeMap::new(), Vec::new());
    for (n, request) in requests.iter().enumerate() {
        let told = api.map_or_else(
            || (format!("{} {}", request.method, openapi::without_ids(&request.path)), Vec::new()),
            |api| api.check(request),
        );
        let (operation, problems) = told;
        let problems = problems.into_iter().chain(limits::check(request));
        wrong.extend(problems.map(|problem| format!("request {}, {operation}: {problem}", n + 1)));
        *counts.entry(operation).or_default() += 1;
    }
    (counts, wrong)
}

fn requests_in(played: &Played) -> Vec<Request> {
    let lines = played.files["http.jsonl"].lines();
    lines.map(|line| Request::of(&serde_json::from_str(line).expect("a line is JSON"))).collect()
}

async fn every_request_of_a_play_is_as_documented(case: usize) {
    let api = OpenApi::find();
    let requests = requests_in(played(case).await);
    let (counts, wrong) = held_against(api.as_ref(), &requests);
    let against = if api.is_some() { "the document and our limits" } else { "our limits alone" };
    println!("{}: {} requests against {against}", SHIPPED_CASES[case].0, requests.len());
    for (operation, count) in &counts {
        println!("{count:6}  {operation}");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // What a play is made of; with none of one of these, the check would prove little.
    let seen = |method: &str, end: &str| {
        requests.iter().any(|request| request.method == method && request.path.ends_with(end))
    };
    for (method, end) in [("PUT", "/commands"), ("POST", "/callback"), ("POST", "/messages"), ("POST", "/channels")] {
        assert!(seen(method, end), "no {method} …{end} in the play");
    }
    assert!(requests.iter().any(|request| request.method == "PATCH" && request.path.contains("/messages/")));
}

#[tokio::test(flavor = "multi_thread")]
async fn every_request_of_case_1_is_as_documented() {
    every_request_of_a_play_is_as_documented(0).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_request_of_case_2_is_as_documented() {
    every_request_of_a_play_is_as_documented(1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_request_of_case_3_is_as_documented() {
    every_request_of_a_play_is_as_documented(2).await;
}

/// The workspace sends nothing the client's model does not take; what it holds back it lists, and the play tells it.
#[tokio::test(flavor = "multi_thread")]
async fn every_event_of_a_play_is_one_the_client_knows() {
    for (case, (id, _)) in SHIPPED_CASES.iter().enumerate() {
        let told: Vec<_> =
            played(case).await.transcript.lines().filter(|line| line.contains("the platform:")).collect();
        assert!(told.is_empty(), "{id}: {}", told.join("\n"));
    }
    let house = House::gathered().await;
    house.settle().await;
    let events = house.workspace.events();
    println!("events of a discussion: {events:?}");
    for kind in ["READY", "GUILD_CREATE", "INTERACTION_CREATE", "MESSAGE_CREATE", "MESSAGE_UPDATE", "CHANNEL_CREATE"] {
        assert!(events.contains_key(kind), "{kind} never came");
    }
    house.close().await;
}

/// Bad requests as a slip of ours might make them. Each is caught, by the document where it is there, by our limits, or
/// by both; a check that caught none would be no check.
#[test]
fn a_bad_request_is_caught() {
    let api = OpenApi::find();
    let message = |body: Value| Request::new("POST", "/channels/12/messages", body, 200);
    let row = |parts: Value| json!({ "content": "Hello.", "components": [{ "type": 1, "components": parts }] });
    let button = json!({ "type": 2, "style": 1, "label": "Yes", "custom_id": "v1:yes:amber-heron-k" });
    let with = |change: &dyn Fn(&mut Value)| {
        let mut changed = button.clone();
        change(&mut changed);
        row(json!([changed]))
    };
    let good = [
        message(json!({ "content": "Hello.", "nonce": "1", "enforce_nonce": true })),
        message(row(json!([button.clone()]))),
        Request::new("GET", "/gateway/bot", Value::Null, 200),
        Request::new("PUT", "/channels/12/messages/pins/13", Value::Null, 204),
    ];
    assert_eq!(held_against(api.as_ref(), &good).1, Vec::<String>::new());

    // Ours alone must catch these.
    let bad = [
        message(json!({ "content": "x".repeat(2_001) })),
        message(json!({ "content": "Hello.", "nonce": "n".repeat(26) })),
        message(json!({ "content": "Hello.", "componets": [] })),
        message(
            json!({ "content": "Hello.", "components": vec![json!({ "type": 1, "components": [button.clone()] }); 6] }),
        ),
        message(json!({ "embeds": vec![json!({ "description": "x".repeat(3_001) }); 2] })),
        message(with(&|part| part["custom_id"] = json!("x".repeat(101)))),
        message(with(&|part| part["label"] = json!("x".repeat(81)))),
        message(with(&|part| part["lable"] = json!("Yes"))),
        message(row(json!([button.clone(), button.clone()]))),
        message(row(json!(vec![button.clone(); 6]))),
        message(row(
            json!([{ "type": 3, "custom_id": "s", "options": vec![json!({ "label": "a", "value": "b" }); 26] }]),
        )),
        Request::new(
            "POST",
            "/interactions/1/t/callback",
            json!({ "type": 9, "data": {
            "custom_id": "m", "title": "x".repeat(46), "components": [],
        } }),
            204,
        ),
        Request::new("PUT", "/applications/1/guilds/2/commands", json!([{ "name": "x", "description": "" }]), 200),
    ];
    for (n, request) in bad.iter().enumerate() {
        assert!(limits::check(request).len() == 1, "our limits find one thing in bad request {n}");
        assert!(!held_against(api.as_ref(), std::slice::from_ref(request)).1.is_empty(), "bad request {n}");
    }
    let Some(api) = api else { return };
    // These only the document knows.
    let bad = [
        message(json!({ "content": 7 })),
        message(with(&|part| part["style"] = json!(9))),
        message(json!({ "content": "Hello.", "allowed_mentions": { "parse": ["everybody"] } })),
        message(json!({ "content": "Hello.", "embeds": [{ "titel": "a slip" }] })),
        Request::new("POST", "/channels/12/message", json!({ "content": "Hello." }), 200),
        Request::new("PATCH", "/channels/12/messages", json!({ "content": "Hello." }), 200),
        Request {
            query: "wiht_response=true".to_owned(),
            ..Request::new("POST", "/interactions/1/t/callback", json!({ "type": 5 }), 204)
        },
        Request::new("PUT", "/channels/12/messages/pins/13", json!({ "surprise": true }), 204),
        Request::new("GET", "/gateway/bot", Value::Null, 302),
    ];
    for (n, request) in bad.iter().enumerate() {
        assert!(!api.check(request).1.is_empty(), "the document has nothing against bad request {n}");
    }
}
