//! Things that go wrong on demand.

use std::time::Duration;

use convenor::rehearsal::workspace::{Fault, Route};
use serde_json::json;

use super::bench::{Bot, Rest, callback, close, open, reply, share_command, shared};

#[tokio::test]
async fn a_write_can_be_done_and_its_answer_lost() {
    let workspace = open().await;
    let channel = workspace.add_text_channel("case", None, &[]);
    let rest = Rest::new(&workspace);
    let body = json!({ "content": "Item 1.", "nonce": "row-1", "enforce_nonce": true });
    let path = format!("/channels/{channel}/messages");

    // A connection that is already open must break just as a new one does.
    assert_eq!(rest.get("/gateway").await.status, 200);
    workspace.next(Route::CreateMessage, Fault::LostUnread);
    assert!(rest.try_send("POST", &path, body.clone()).await.is_err());
    assert_eq!(workspace.posts().len(), 0);
    workspace.next(Route::CreateMessage, Fault::DoneThenLost);
    assert!(rest.try_send("POST", &path, body.clone()).await.is_err());
    assert_eq!(workspace.posts().len(), 1);
    workspace.next(Route::CreateMessage, Fault::DoneThenBadGateway);
    let page = rest.post(channel, body.clone()).await;
    assert_eq!(page.status, 502);
    assert!(page.body.as_str().is_some_and(|page| page.contains("<html>")));
    assert_eq!(rest.post(channel, body).await.status, 200);
    assert_eq!(workspace.posts().len(), 1);
    let requests = workspace.requests();
    let faults: Vec<_> = requests.iter().map(|request| request.fault).collect();
    assert_eq!(faults, [None, Some("lost unread"), Some("done then lost"), Some("done then bad gateway"), None]);
    assert_eq!(requests[4].route, "/channels/{channel}/messages");
    assert_eq!(requests[4].body["nonce"], "row-1");
    close(&workspace).await;
}

#[tokio::test]
async fn faults_answer_as_the_platform_does() {
    let workspace = open().await;
    let channel = workspace.add_text_channel("case", None, &[]);
    let rest = Rest::new(&workspace);
    let refused = Fault::Refused { status: 403, code: 50013, message: "Missing Permissions".to_owned() };
    let soon = Duration::from_millis(700);
    let cases = [
        (Fault::TooManyRequests { retry_after: soon }, 429, json!(0.7), "/retry_after"),
        (Fault::TooManyRequestsGlobally { retry_after: soon }, 429, json!(true), "/global"),
        (Fault::ServerError, 500, json!("500: Internal Server Error"), "/message"),
        (refused, 403, json!(50013), "/code"),
        (Fault::Slow(Duration::from_millis(30)), 200, json!("x"), "/content"),
    ];
    for (fault, status, value, pointer) in cases {
        workspace.next(Route::CreateMessage, fault.clone());
        let answered = rest.post(channel, json!({ "content": "x" })).await;
        assert_eq!(answered.status, status, "{fault:?}");
        assert_eq!(answered.body.pointer(pointer), Some(&value), "{fault:?}");
    }
    workspace.next(Route::CreateMessage, Fault::BadGateway);
    assert_eq!(rest.post(channel, json!({ "content": "x" })).await.status, 502);
    assert_eq!(workspace.posts().len(), 1);
    assert!(workspace.requests()[4].milliseconds >= 30.0);
    close(&workspace).await;
}

#[tokio::test]
async fn a_duplicated_event_arrives_twice_and_an_unknown_one_hurts_nobody() {
    let workspace = open().await;
    let anna = workspace.add_member("Anna Social", &[]);
    let channel = workspace.add_text_channel("case", None, &[]);
    let mut bot = Bot::start(&workspace).await;
    bot.rest.register(&workspace, share_command()).await;
    workspace.send_unknown_event();
    workspace.duplicate_next("INTERACTION_CREATE");
    let person = workspace.person(anna);
    let (_, first) = bot.exchange(person.command(channel, &["share"], shared("x")), reply("Recorded.")).await;
    let second = bot.interaction().await;
    assert_eq!(first.id(), second.id());
    assert_eq!(bot.rest.send("POST", &callback(&second), reply("Again.")).await.refusal(), (400, 40060));
    close(&workspace).await;
}
