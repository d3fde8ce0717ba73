//! The courier against a server that answers by script.

mod channels;
mod limits;
mod script;

use std::time::{Duration, Instant};

use convenor::discord::courier::{Courier, Failure, Limits, Nonce, Overwrite, Secret, Whose, Why};
use serde_json::json;
use serenity::builder::CreateMessage;
use serenity::model::id::{ApplicationId, ChannelId, GuildId, InteractionId, MessageId, UserId};
use tokio::net::TcpListener;

use script::{Answer, Script, TOKEN, answer, courier_to, courier_within};

const CHANNEL: ChannelId = ChannelId::new(7);
const GUILD: GuildId = GuildId::new(10);
const REASON: &str = "Seat admitted";

fn nonce() -> Nonce {
    Nonce::from(41)
}

/// Posts a message against one scripted answer and tells how that failed.
async fn failure_of(answer: Answer) -> Failure {
    let (courier, _script) = Script::courier([answer]).await;
    let post = courier.create_message(CHANNEL, &nonce(), &json!({"content": "Mum said so"})).await;
    post.expect_err("it is not a success")
}

#[tokio::test]
async fn a_message_carries_the_bots_token_its_nonce_and_what_a_builder_made() {
    let (courier, script) = Script::courier([answer(200, r#"{"id":"5"}"#)]).await;
    let message = CreateMessage::new().content("amber-heron-k: 14:20");
    let posted = courier.create_message(CHANNEL, &nonce(), &message).await.expect("it is posted");
    assert_eq!(posted["id"], "5");
    let heard = script.last();
    assert_eq!(heard.line, "POST /api/v10/channels/7/messages");
    assert_eq!(heard.headers["authorization"], format!("Bot {TOKEN}"));
    assert_eq!(heard.headers["content-type"], "application/json");
    assert!(heard.headers["user-agent"].to_str().expect("text").starts_with("DiscordBot ("));
    assert_eq!((&heard.body["nonce"], &heard.body["enforce_nonce"]), (&json!("41"), &json!(true)));
    assert_eq!(heard.body["content"], "amber-heron-k: 14:20");
}

#[tokio::test]
async fn each_endpoint_asks_for_what_it_says() {
    let (courier, script) = Script::courier([]).await;
    let (message, user, app) = (MessageId::new(9), UserId::new(30), ApplicationId::new(800));
    let seat = Overwrite { whose: Whose::Member(user), allow: 1 << 10, deny: 0 };
    let body = json!({});
    courier.gateway().await.expect("answered");
    courier.gateway_bot().await.expect("answered");
    courier.application().await.expect("answered");
    courier.current_user().await.expect("answered");
    courier.set_guild_commands(app, GUILD, &json!([])).await.expect("answered");
    courier.guild(GUILD).await.expect("answered");
    courier.guild_roles(GUILD).await.expect("answered");
    courier.member(GUILD, user).await.expect("answered");
    courier.guild_channels(GUILD).await.expect("answered");
    courier.edit_channel(CHANNEL, &body, REASON).await.expect("answered");
    courier.delete_channel(CHANNEL, REASON).await.expect("answered");
    courier.put_overwrite(CHANNEL, &seat, REASON).await.expect("answered");
    courier.delete_overwrite(CHANNEL, seat.whose, REASON).await.expect("answered");
    courier.direct_channel(user).await.expect("answered");
    courier.edit_message(CHANNEL, message, &body).await.expect("answered");
    courier.delete_message(CHANNEL, message).await.expect("answered");
    courier.pin_message(CHANNEL, message, REASON).await.expect("answered");
    let token = Secret::new("tok");
    courier.answer_interaction(InteractionId::new(1), &token, &body).await.expect("answered");
    courier.edit_answer(app, &token, &body).await.expect("answered");
    courier.follow_up(app, &token, &body).await.expect("answered");
    let expected = [
        "GET /gateway",
        "GET /gateway/bot",
        "GET /applications/@me",
        "GET /users/@me",
        "PUT /applications/800/guilds/10/commands",
        "GET /guilds/10",
        "GET /guilds/10/roles",
        "GET /guilds/10/members/30",
        "GET /guilds/10/channels",
        "PATCH /channels/7",
        "DELETE /channels/7",
        "PUT /channels/7/permissions/30",
        "DELETE /channels/7/permissions/30",
        "POST /users/@me/channels",
        "PATCH /channels/7/messages/9",
        "DELETE /channels/7/messages/9",
        "PUT /channels/7/messages/pins/9",
        "POST /interactions/1/tok/callback",
        "PATCH /webhooks/800/tok/messages/@original",
        "POST /webhooks/800/tok",
    ];
    let lines: Vec<String> = script.lines().iter().map(|line| line.replace("/api/v10", "")).collect();
    assert_eq!(lines, expected);
}

#[tokio::test]
async fn an_answer_without_a_body_is_a_success() {
    let (courier, script) = Script::courier([answer(204, "")]).await;
    let seat = Overwrite { whose: Whose::Member(UserId::new(30)), allow: (1 << 51) | (1 << 10), deny: 0 };
    courier.put_overwrite(CHANNEL, &seat, REASON).await.expect("it is set");
    let heard = script.last();
    assert_eq!(heard.headers["x-audit-log-reason"], "Seat%20admitted");
    assert_eq!(heard.body, json!({"type": 1, "allow": "2251799813686272", "deny": "0"}));
}

#[tokio::test]
async fn a_rate_limit_is_handed_back_with_its_own_delay() {
    let body = r#"{"message":"You are being rate limited.","retry_after":64.57,"global":true}"#;
    let limited = answer(429, body).header("retry-after", 65).header("x-ratelimit-global", "true");
    let expected =
        Failure::Later { after: Some(Duration::from_millis(64_570)), why: Why::RateLimited { everywhere: true } };
    assert_eq!(failure_of(limited).await, expected);
}

#[tokio::test]
async fn a_failing_server_is_asked_again_on_the_callers_schedule() {
    let json = answer(500, r#"{"message":"500: Internal Server Error","code":0}"#);
    assert_eq!(failure_of(json).await, Failure::Later { after: None, why: Why::ServerFailed { status: 500 } });
    let html = answer(502, "<html><h1>502 Bad Gateway</h1></html>").header("content-type", "text/html");
    assert_eq!(failure_of(html).await, Failure::Later { after: None, why: Why::ServerFailed { status: 502 } });
}

#[tokio::test]
async fn closed_messages_are_told_apart_from_other_refusals() {
    let closed = answer(403, r#"{"message":"Cannot send messages to this user","code":50007}"#);
    assert_eq!(failure_of(closed).await, Failure::ClosedMessages);
    let forbidden = answer(403, r#"{"message":"Missing Permissions","code":50013}"#);
    let expected = Failure::Refused { status: 403, code: Some(50013), fields: Vec::new() };
    assert_eq!(failure_of(forbidden).await, expected);
}

#[tokio::test]
async fn a_missing_channel_is_gone() {
    let missing = answer(404, r#"{"message":"Unknown Channel","code":10003}"#);
    assert_eq!(failure_of(missing).await, Failure::Gone { code: 10003 });
}

#[tokio::test]
async fn an_answer_that_cannot_be_read_may_have_been_a_success() {
    let portal = answer(200, "<html>Please log in to the guest network</html>");
    assert_eq!(failure_of(portal).await, Failure::Later { after: None, why: Why::Unreadable });
}

#[tokio::test]
async fn a_redirect_is_not_followed_because_the_token_would_be() {
    let (courier, script) = Script::courier([answer(302, "").header("location", "/elsewhere")]).await;
    let refused = courier.current_user().await.expect_err("it is not followed");
    assert_eq!(refused, Failure::Refused { status: 302, code: None, fields: Vec::new() });
    assert_eq!(script.lines().len(), 1);
}

#[tokio::test]
async fn a_slow_server_is_not_waited_for() {
    let slow = Answer { after: Duration::from_secs(30), ..answer(200, "{}") };
    let (_script, address) = Script::start([slow.clone(), slow]).await;
    let (request_max, callback_max) = (Duration::from_millis(200), Duration::from_millis(100));
    let courier = courier_within(address, Limits { request_max, callback_max, ..Limits::default() });
    let began = Instant::now();
    let timed_out = Failure::Later { after: None, why: Why::TimedOut };
    assert_eq!(courier.guild(GUILD).await, Err(timed_out.clone()));
    let token = Secret::new("tok");
    assert_eq!(courier.answer_interaction(InteractionId::new(1), &token, &json!({})).await, Err(timed_out));
    assert!(began.elapsed() < Duration::from_secs(10), "both gave up early");
}

#[tokio::test]
async fn a_dropped_connection_is_a_later_and_not_an_answer() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    let server = tokio::spawn(async move {
        let (stream, _) = listener.accept().await.expect("a connection");
        stream.readable().await.expect("a request");
    });
    let courier = courier_to(address);
    let interrupted = courier.guild(GUILD).await;
    assert_eq!(interrupted, Err(Failure::Later { after: None, why: Why::Interrupted }));
    server.await.expect("the server has gone");
    let unreachable = courier.guild(GUILD).await;
    assert_eq!(unreachable, Err(Failure::Later { after: None, why: Why::Unreachable }));
}

#[tokio::test]
async fn a_refused_token_is_not_tried_again() {
    let (courier, script) = Script::courier([answer(401, r#"{"message":"401: Unauthorized","code":0}"#)]).await;
    assert_eq!(courier.current_user().await, Err(Failure::Unauthorised));
    assert_eq!(courier.guild(GUILD).await, Err(Failure::Unauthorised));
    assert_eq!(script.lines().len(), 1, "the second was not sent");
}

#[tokio::test]
async fn an_interaction_that_is_too_old_does_not_stop_the_bot() {
    let old = answer(401, r#"{"message":"Invalid Webhook Token","code":50027}"#);
    let (courier, script) = Script::courier([old]).await;
    let edit = courier.edit_answer(ApplicationId::new(800), &Secret::new("tok"), &json!({})).await;
    assert_eq!(edit, Err(Failure::Gone { code: 50027 }));
    assert!(!script.last().headers.contains_key("authorization"), "the bot's token stays home");
    courier.guild(GUILD).await.expect("the bot goes on");
}

#[tokio::test]
async fn no_secret_and_no_sentence_shows_in_a_debug() {
    let (courier, _script) = Script::courier([]).await;
    let refused = failure_of(answer(400, r#"{"message":"Mum said so","code":50035}"#)).await;
    let shown = format!("{courier:?} {:?} {refused:?} {refused}", Secret::new(TOKEN));
    assert!(!shown.contains("a-token") && !shown.contains("Mum"), "{shown}");
}

#[tokio::test]
async fn a_courier_is_refused_a_base_or_token_that_cannot_work() {
    let token = || Secret::new(TOKEN);
    for base in ["discord.com", "ftp://discord.com", "https://discord.com/?a=b", "https://user@discord.com", ""] {
        assert!(Courier::new(base, token()).is_err(), "{base}");
    }
    for bad in ["", "two words", "line\nbreak"] {
        assert!(Courier::new("https://discord.com", Secret::new(bad)).is_err());
    }
    let courier = Courier::new("https://discord.com/", Secret::new(format!("{TOKEN}\n"))).expect("it can work");
    assert_eq!(courier.base(), "https://discord.com");
}

#[test]
fn a_nonce_is_never_longer_than_discord_takes() {
    assert!(Nonce::new("a".repeat(25)).is_ok());
    assert!(Nonce::new("a".repeat(26)).is_err());
    assert!(Nonce::new("").is_err());
    assert!(Nonce::from(u64::MAX).to_string().len() <= 25);
}
