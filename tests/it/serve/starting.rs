//! What stands in the way of a start, each told in one sentence; the start itself, and the stop.

use std::time::Duration;

use axum::Router;
use axum::routing::get;
use convenor::app::ports::Clock as _;
use convenor::commands::machine::MachineClock;
use convenor::rehearsal::workspace::{self, Fault, Route, Workspace};

use crate::support::{Ended, House, Place};

/// A workspace and an installation set up in it.
pub async fn set_up() -> (Workspace, Place) {
    let workspace = Workspace::open(workspace::Options::default()).await.expect("a port of this machine is free");
    let place = Place::beside(&workspace);
    place.is_set_up(&workspace).await;
    (workspace, place)
}

/// Serve ends by itself, with one sentence and exit code 2.
async fn is_refused(place: &Place, words: &str) {
    let Ended { code, out, err } = place.start_serve().ended().await;
    let sentences: Vec<_> = err.lines().filter(|line| line.starts_with("convenor: ")).collect();
    assert_eq!((code, sentences.len()), (Some(2), 1), "{err}");
    assert!(sentences[0].contains(words), "{err}");
    assert!(!out.contains("ready"), "{out}");
}

#[tokio::test(flavor = "multi_thread")]
async fn it_says_when_it_is_ready_and_stops_when_told() {
    let (workspace, place) = set_up().await;
    let mut child = place.start_serve();
    let ready = child.ready().await;
    assert_eq!(ready, format!("ready guild={} cases=0 waiting=0 standing=0", workspace.guild_id()));
    let well = place.run(&["health"]).await;
    assert_eq!((well.code, well.out.as_str()), (Some(0), "well"));
    let ended = child.stop().await;
    assert_eq!(ended.code, Some(0), "{}", ended.err);
    assert_eq!(workspace.bots_listening(), 0, "it has said goodbye");
    assert_eq!(place.run(&["health"]).await.code, Some(1));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_log_can_be_read_by_a_program() {
    let (_workspace, place) = set_up().await;
    let mut child = place.start_serve_with(&["--log", "json"]);
    child.ready().await;
    let ended = child.stop().await;
    for line in ended.err.lines() {
        serde_json::from_str::<serde_json::Value>(line).expect("each line is JSON");
    }
    assert!(ended.err.contains("\"ready\""), "{}", ended.err);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_desk_the_default_does_not_start() {
    let (_workspace, place) = set_up().await;
    place.write("config/convenor.toml", "procedure = \"remote-format\"\ncontent = \"sealed\"\n");
    is_refused(&place, "needs the record desk").await;
    let shipped = place.run(&["serve"]).await;
    assert_eq!(shipped.code, Some(2));
    assert!(shipped.err.contains("needs the record desk"), "what is shipped is the safe one: {}", shipped.err);
}

/// Shows: SEC-24.
#[tokio::test(flavor = "multi_thread")]
async fn room_mode_asks_for_a_permission_that_holds() {
    let (_workspace, place) = set_up().await;
    let room = "procedure = \"remote-format\"\ncontent = \"room\"\n";
    place.write("config/convenor.toml", room);
    is_refused(&place, "needs the platform's written permission").await;
    let permission = "[permission]\nreference = \"D-17\"\ndate = \"2020-01-01\"\nexpiry = \"2020-12-31\"\n";
    place.write("config/convenor.toml", format!("{room}{permission}"));
    is_refused(&place, "\"signed_by\" is missing").await;
    place.write("config/convenor.toml", format!("{room}{permission}signed_by = \"Wyn Aldous\"\n"));
    is_refused(&place, "it expired on 2020-12-31").await;
    let soon = MachineClock.now().date_naive() + chrono::Days::new(10);
    let holds = permission.replace("2020-12-31", &soon.to_string());
    place.write("config/convenor.toml", format!("{room}{holds}signed_by = \"Wyn Aldous\"\n"));
    let reminded = place.serve().await.logs("the platform's permission is about to expire").await;
    assert_eq!(reminded.stop().await.code, Some(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_is_needed_and_must_be_the_right_one() {
    let (workspace, place) = set_up().await;
    let place = place.with("DISCORD_TOKEN", "");
    is_refused(&place, "set DISCORD_TOKEN").await;
    let place = place.with("DISCORD_TOKEN", "another.bots.token");
    is_refused(&place, "does not accept the bot's token").await;
    let place = place.with("DISCORD_TOKEN_FILE", "token");
    is_refused(&place, "set one of the two").await;
    let place = place.with("DISCORD_TOKEN", "");
    is_refused(&place, "token can't be read").await;
    place.write("token", format!("{}\n", workspace.bot_token()));
    assert_eq!(place.serve().await.stop().await.code, Some(0));
    let place = place.with("DISCORD_TOKEN_FILE", "");
    place.write(".env", format!("DISCORD_TOKEN={}\n", workspace.bot_token()));
    assert_eq!(place.serve().await.stop().await.code, Some(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_platform_that_is_not_there_is_said_so() {
    let (_workspace, place) = set_up().await;
    let place = place.with("DISCORD_API_BASE", "http://127.0.0.1:1");
    is_refused(&place, "can't be reached").await;
    let place = place.with("DISCORD_API_BASE", "https://198.51.100.7");
    is_refused(&place, "not on this machine").await;
    let place = place.with("DISCORD_API_BASE", "nonsense");
    is_refused(&place, "not on this machine").await;
}

/// A gateway that refuses the token only once it is told.
#[tokio::test(flavor = "multi_thread")]
async fn a_token_the_gateway_refuses_is_said_so() {
    use axum::extract::ws::{CloseFrame, Message, WebSocketUpgrade};
    let (_workspace, place) = set_up().await;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    let url = serde_json::json!({ "url": format!("ws://{address}"), "shards": 1,
        "session_start_limit": { "total": 9, "remaining": 9, "reset_after": 1, "max_concurrency": 1 } });
    let refuse = |upgrade: WebSocketUpgrade| async {
        upgrade.on_upgrade(|mut socket| async move {
            let hello = serde_json::json!({ "op": 10, "d": { "heartbeat_interval": 41_250 } });
            let _ = socket.send(Message::Text(hello.to_string().into())).await;
            let frame = CloseFrame { code: 4004, reason: "Authentication failed.".into() };
            let _ = socket.send(Message::Close(Some(frame))).await;
        })
    };
    let router = Router::new()
        .route("/", get(refuse))
        .route("/api/v10/gateway/bot", get(move || async move { axum::Json(url) }));
    tokio::spawn(async move { axum::serve(listener, router).await });
    is_refused(&place.with("DISCORD_API_BASE", format!("http://{address}")), "does not accept the bot's token").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_can_not_be_used_is_said_so() {
    let (_workspace, place) = set_up().await;
    let place = place.with("CONVENOR_MASTER_KEY", "00".repeat(32));
    is_refused(&place, "the master key does not open this database; set CONVENOR_MASTER_KEY_FILE").await;
    let place = place.with("CONVENOR_MASTER_KEY", "a short one");
    is_refused(&place, "32 bytes").await;
    let place = place.with("CONVENOR_MASTER_KEY", "").with("CONVENOR_MASTER_KEY_FILE", "elsewhere.key");
    is_refused(&place, "there is no master key in elsewhere.key").await;
    let place = place.with("CONVENOR_MASTER_KEY_FILE", "").with("CONVENOR_DATABASE_URL", "sqlite:nowhere.db");
    is_refused(&place, "run \"convenor setup\" first").await;
    place.write("nowhere.db", "x".repeat(4096));
    is_refused(&place, "not a database of convenor's").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_newer_database_and_one_without_a_guild_are_said_so() {
    let (_workspace, place) = set_up().await;
    let master = place.master_key();
    let empty = place.path("empty.db").display().to_string();
    let opening = convenor::store::Opening {
        url: empty.clone(),
        guild: "1".to_owned(),
        master,
        chance: convenor::commands::machine::chance(),
    };
    convenor::store::open(opening).await.expect("a new database").close().await;
    let place = place.with("CONVENOR_DATABASE_URL", empty);
    is_refused(&place, "no guild is set up").await;
    let place = place.with("CONVENOR_DATABASE_URL", "");
    let mut database = <sqlx::SqliteConnection as sqlx::Connection>::connect(&place.database().display().to_string())
        .await
        .expect("the file can be opened");
    sqlx::raw_sql(
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
         VALUES (9999, 'from later', TRUE, x'00', 0)",
    )
    .execute(&mut database)
    .await
    .expect("the row is added");
    is_refused(&place, "newer").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slip_in_the_configuration_is_told_with_its_line() {
    let (_workspace, place) = set_up().await;
    place.write("config/convenor.toml", "procedure = \"remote-format\"\ncontents = \"room\"\n");
    is_refused(&place, "convenor.toml, line 2: unknown key \"contents\"").await;
}

/// The first one has it finish what is under way, here a request the platform takes its time over.
#[tokio::test(flavor = "multi_thread")]
async fn a_second_signal_ends_it_at_once() {
    let house = House::served().await;
    house.social_worker().registers().await;
    house.social_worker().lists_the_child().await;
    house.workspace.next(Route::CreateChannel, Fault::Slow(Duration::from_secs(60)));
    let convener = house.social_worker();
    tokio::select! {
        _ = convener.convenes() => panic!("there is no room yet"),
        held = house.workspace.wait_until(|workspace| workspace.faults_waiting() == 0, Duration::from_secs(30)) => {
            held.expect("the bot asks for a channel");
        }
    }
    let ended = house.stopped_twice().await;
    assert_eq!(ended.code, Some(1), "{}", ended.err);
    assert!(ended.err.contains("convenor: ended at once"), "{}", ended.err);
}
