//! The gateway against a server of a few lines: it says hello, lets the bot in and sends what the test asks for.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade};
use axum::response::{IntoResponse, Json, Response};
use axum::routing::get;
use convenor::discord::courier::{Courier, Secret};
use convenor::discord::gateway::{Arrival, Gateway, NoGateway};
use convenor::discord::interaction::{self, Kind};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::mpsc;

const PATIENCE: Duration = Duration::from_secs(10);

/// What the server does once the bot has identified itself.
#[derive(Clone, Default)]
struct Door {
    url: String,
    starts_left: u64,
    refuses_the_token: bool,
    /// How many connections end without a code before one is let stand.
    ends_without_a_code: Arc<std::sync::atomic::AtomicUsize>,
    events: Vec<(&'static str, Value)>,
    was_closed: Arc<AtomicBool>,
}

impl Door {
    /// Opens the server and tells the courier to it.
    async fn open(mut self) -> Courier {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        if self.url.is_empty() {
            self.url = format!("ws://{address}");
        }
        let router = Router::new()
            .route("/", get(socket))
            .route("/api/v10/gateway", get(|| async { axum::http::StatusCode::BAD_GATEWAY }))
            .route("/api/v10/gateway/bot", get(where_to))
            .with_state(self);
        tokio::spawn(async move { axum::serve(listener, router).await });
        Courier::new(format!("http://{address}"), Secret::new("a-token")).expect("a courier")
    }
}

async fn where_to(State(door): State<Door>) -> Json<Value> {
    let starts = json!({"total": 1000, "remaining": door.starts_left, "reset_after": 60_000, "max_concurrency": 1});
    Json(json!({"url": door.url, "shards": 1, "session_start_limit": starts}))
}

async fn socket(State(door): State<Door>, upgrade: WebSocketUpgrade) -> Response {
    upgrade.on_upgrade(move |socket| serve(door, socket)).into_response()
}

async fn serve(door: Door, mut socket: WebSocket) {
    let ends = door.ends_without_a_code.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1));
    let every = if ends.is_ok() { 300 } else { 41_250 };
    send(&mut socket, &json!({"op": 10, "d": {"heartbeat_interval": every}})).await;
    let mut sequence = 0;
    while let Some(Ok(message)) = socket.recv().await {
        let Message::Text(text) = message else {
            door.was_closed.store(true, Ordering::SeqCst);
            return;
        };
        let heard: Value = serde_json::from_str(&text).expect("serenity writes JSON");
        if heard["op"] == 1 {
            send(&mut socket, &json!({"op": 11})).await;
        }
        if heard["op"] == 2 {
            assert_eq!((&heard["d"]["intents"], &heard["d"]["token"]), (&json!(1 | 1 << 9), &json!("Bot a-token")));
            if ends.is_ok() {
                socket.send(Message::Close(None)).await.ok();
                return;
            }
            if door.refuses_the_token {
                let frame = CloseFrame { code: 4004, reason: "Authentication failed.".into() };
                socket.send(Message::Close(Some(frame))).await.ok();
                return;
            }
            for (kind, data) in std::iter::once(("READY", ready())).chain(door.events.iter().cloned()) {
                sequence += 1;
                send(&mut socket, &json!({"op": 0, "s": sequence, "t": kind, "d": data})).await;
            }
        }
    }
}

async fn send(socket: &mut WebSocket, value: &Value) {
    socket.send(Message::Text(value.to_string().into())).await.ok();
}

fn ready() -> Value {
    json!({
        "v": 10, "guilds": [], "session_id": "s", "resume_gateway_url": "ws://127.0.0.1:1",
        "user": {"id": "99", "username": "convenor", "discriminator": "0000", "avatar": null, "bot": true},
        "application": {"id": "800", "flags": 0},
    })
}

/// A complete interaction, as serenity demands it.
fn interaction(kind: u8, data: &Value) -> Value {
    json!({
        "id": "900", "application_id": "800", "type": kind, "token": "tok", "version": 1,
        "guild_id": "10", "channel_id": "20", "locale": "en-GB", "entitlements": [], "attachment_size_limit": 1024,
        "member": {"user": {"id": "30", "username": "someone", "discriminator": "0", "avatar": null},
            "roles": [], "deaf": false, "mute": false, "flags": 0, "joined_at": "2026-01-01T00:00:00Z"},
        "data": data,
    })
}

async fn next(arrivals: &mut mpsc::Receiver<Arrival>) -> Arrival {
    tokio::time::timeout(PATIENCE, arrivals.recv()).await.expect("in time").expect("an arrival")
}

#[tokio::test]
async fn every_kind_of_interaction_arrives_and_can_be_read() {
    let text = json!([{"type": 1, "components": [{"type": 4, "custom_id": "text", "value": "Two call-outs"}]}]);
    let option = json!([{"name": "case", "type": 3, "value": "amb", "focused": true}]);
    let typing = json!([{"name": "open", "type": 1, "options": option}]);
    let command = json!({"id": "5", "name": "share", "type": 1, "options": [
        {"name": "days", "type": 4, "value": 3}, {"name": "who", "type": 6, "value": "31"},
    ]});
    let events = vec![
        ("INTERACTION_CREATE", interaction(2, &command)),
        ("INTERACTION_CREATE", interaction(4, &json!({"id": "6", "name": "case", "type": 1, "options": typing}))),
        ("INTERACTION_CREATE", interaction(5, &json!({"custom_id": "v1:share", "components": text}))),
        // Serenity demands the whole message of a press and drops this one; we do not need it.
        ("INTERACTION_CREATE", interaction(3, &json!({"component_type": 2, "custom_id": "v1:right"}))),
        ("SOMETHING_NEW", json!({"whatever": true})),
    ];
    let courier = Door { starts_left: 9, events, ..Door::default() }.open().await;
    let (sender, mut arrivals) = mpsc::channel(8);
    let gateway = Gateway::start(&courier, sender).await.expect("it starts");
    let ready = gateway.ready(PATIENCE).await.expect("it is let in");
    assert_eq!((ready.application.get(), ready.bot.get(), ready.sessions), (800, 99, 1));

    let mut kinds = Vec::new();
    for _ in 0..4 {
        let Arrival::Interaction(arrived) = next(&mut arrivals).await else { panic!("nobody typed") };
        kinds.push(interaction::parse(&arrived).expect("it can be read").kind);
    }
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let path = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    let expected = [
        Kind::Command { path: path(&["share"]), options: vec![pair("days", "3"), pair("who", "31")] },
        Kind::Autocomplete {
            path: path(&["case", "open"]),
            options: vec![pair("case", "amb")],
            focused: "case".to_owned(),
        },
        Kind::Modal { custom_id: "v1:share".to_owned(), fields: vec![pair("text", "Two call-outs")] },
        Kind::Component { custom_id: "v1:right".to_owned(), values: Vec::new() },
    ];
    for kind in &expected {
        assert!(kinds.contains(kind), "{kind:?} is among {kinds:?}");
    }

    tokio::time::timeout(PATIENCE, async {
        while gateway.unknown_events().counts().len() < 2 {
            tokio::task::yield_now().await;
        }
    })
    .await
    .expect("both unreadable events are counted");
    let counts = gateway.unknown_events().counts();
    assert_eq!((counts["INTERACTION_CREATE"], counts["SOMETHING_NEW"]), (1, 1));
    gateway.stop().await;
}

#[tokio::test]
async fn stopping_says_goodbye() {
    let door = Door { starts_left: 9, ..Door::default() };
    let was_closed = Arc::clone(&door.was_closed);
    let courier = door.open().await;
    let (sender, mut arrivals) = mpsc::channel(8);
    let gateway = Gateway::start(&courier, sender).await.expect("it starts");
    gateway.ready(PATIENCE).await.expect("it is let in");
    gateway.stop().await;
    assert!(was_closed.load(Ordering::SeqCst), "the server was told");
    let last = tokio::time::timeout(PATIENCE, arrivals.recv()).await.expect("the queue is closed");
    assert!(last.is_none());
}

#[tokio::test]
async fn a_refused_token_ends_the_connection_and_says_so() {
    let courier = Door { starts_left: 9, refuses_the_token: true, ..Door::default() }.open().await;
    let gateway = Gateway::start(&courier, mpsc::channel(8).0).await.expect("it starts");
    assert!(matches!(gateway.ready(PATIENCE).await, Err(NoGateway::BadToken)));
    assert!(matches!(gateway.ended().await, NoGateway::BadToken));
}

/// Serenity does not take a close frame without a code for an end: it turns in circles until the next heartbeat fails,
/// and connects again then. So it costs one interval at most.
#[tokio::test(flavor = "multi_thread")]
async fn an_end_without_a_code_is_mended_at_the_next_heartbeat() {
    let ends = Arc::new(std::sync::atomic::AtomicUsize::new(1));
    let courier = Door { starts_left: 9, ends_without_a_code: ends, ..Door::default() }.open().await;
    let gateway = Gateway::start(&courier, mpsc::channel(8).0).await.expect("it starts");
    gateway.ready(PATIENCE).await.expect("it is let in the second time");
    gateway.stop().await;
}

#[tokio::test]
async fn nothing_is_started_when_that_would_go_to_the_wrong_place_or_cost_the_token() {
    let start = async |courier: Courier| Gateway::start(&courier, mpsc::channel(8).0).await.err();
    let door = Door::default().open().await;
    assert!(matches!(start(door).await, Some(NoGateway::NoStartsLeft { after }) if after.as_secs() == 60));
    let door = Door { starts_left: 9, url: "https://discord.com".to_owned(), ..Door::default() }.open().await;
    assert!(matches!(start(door).await, Some(NoGateway::BadAddress)));
    let nobody = Courier::new("http://127.0.0.1:1", Secret::new("a-token")).expect("a courier");
    assert!(matches!(start(nobody).await, Some(NoGateway::Address(_))));
}
