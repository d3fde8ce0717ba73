//! Plain requests: repeating, recording, opening and closing.

use chrono::{DateTime, Utc};
use convenor::rehearsal::workspace::{Options, Workspace};
use serde_json::json;

use super::bench::{Rest, close, id, open};

#[tokio::test]
async fn the_same_nonce_posts_once() {
    let workspace = open().await;
    let channel = workspace.add_text_channel("case", None, &[]);
    let rest = Rest::new(&workspace);
    let body = json!({ "content": "Item 1.", "nonce": "row-17", "enforce_nonce": true });
    let first = rest.posted(channel, body.clone()).await;
    assert_eq!(rest.posted(channel, body.clone()).await, first);
    assert_eq!(workspace.posts().len(), 1);
    let unenforced = json!({ "content": "Item 1.", "nonce": "row-17" });
    assert_ne!(rest.posted(channel, unenforced).await, first);
    workspace.forget_nonces();
    assert_ne!(rest.posted(channel, body).await, first);
    assert_eq!(workspace.posts().len(), 3);
    close(&workspace).await;
}

#[tokio::test]
async fn every_request_is_on_record_with_its_reason() {
    let workspace = open().await;
    let channel = workspace.add_text_channel("case", None, &[]);
    let rest = Rest::new(&workspace);
    let request = rest.client.patch(format!("{}/channels/{channel}?a=b", rest.base));
    let request = request.header("Authorization", format!("Bot {}", rest.token));
    let request = request.header("X-Audit-Log-Reason", "case%20opened").json(&json!({ "topic": "Strategy meeting" }));
    assert_eq!(request.send().await.expect("an answer").status(), 200);
    let record = workspace.requests().remove(0);
    assert_eq!((record.n, record.method.as_str(), record.status), (1, "PATCH", 200));
    assert_eq!((record.query.as_str(), record.reason.as_deref()), ("a=b", Some("case opened")));
    assert_eq!(workspace.channels()[0].topic.as_deref(), Some("Strategy meeting"));
    close(&workspace).await;
}

#[tokio::test]
async fn two_runs_name_the_same_things_alike_and_keep_the_plays_time() {
    let mut seen = Vec::new();
    for _ in 0..2 {
        let now: DateTime<Utc> = "2027-05-14T14:20:00Z".parse().expect("an instant");
        let workspace = Workspace::open(Options { now, ..Options::default() }).await.expect("a workspace");
        let channel = workspace.add_text_channel("case", None, &[]);
        let rest = Rest::new(&workspace);
        let first = rest.post(channel, json!({ "content": "x" })).await.body;
        workspace.set_now(now + chrono::TimeDelta::hours(1));
        let second = rest.post(channel, json!({ "content": "y" })).await.body;
        assert_eq!(first["timestamp"], "2027-05-14T14:20:00.000000+00:00");
        assert_eq!(second["timestamp"], "2027-05-14T15:20:00.000000+00:00");
        seen.push((workspace.bot_token(), id(&first), id(&second)));
        close(&workspace).await;
    }
    assert_eq!(seen[0], seen[1]);
}

#[tokio::test]
async fn a_port_in_use_is_an_error_and_a_closed_one_is_free() {
    let workspace = open().await;
    let port = workspace.base_url().rsplit(':').next().and_then(|port| port.parse().ok()).expect("a port");
    let again = || Options { port, ..Options::default() };
    assert!(Workspace::open(again()).await.is_err());
    workspace.close().await;
    Workspace::open(again()).await.expect("free again").close().await;
}

#[tokio::test]
async fn a_route_that_is_not_played_is_not_found_and_is_noted() {
    let workspace = open().await;
    let answered = Rest::new(&workspace).get("/voice/regions").await;
    assert_eq!((answered.status, &answered.body["message"]), (404, &json!("404: Not Found")));
    assert_eq!(workspace.unexpected(), ["a route that is not played: GET /api/v10/voice/regions"]);
    workspace.close().await;
}
