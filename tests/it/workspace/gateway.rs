//! Sessions: losing them, resuming them, being sent away.

use std::time::Duration;

use convenor::rehearsal::workspace::{Heartbeats, Invalidated, Options, PrivilegedIntents, Workspace};
use serde_json::json;
use serenity::all::GatewayIntents;

use super::bench::{Bot, Noticed, WAIT, client, close, intents, open, reply, share_command, shared};

#[tokio::test]
async fn a_bot_that_loses_its_connection_gets_what_it_missed() {
    let workspace = open().await;
    let anna = workspace.add_member("Anna Social", &[]);
    let channel = workspace.add_text_channel("case", None, &[]);
    let mut bot = Bot::start(&workspace).await;
    bot.rest.register(&workspace, share_command()).await;
    let person = workspace.person(anna);
    workspace.drop_sockets();
    workspace.wait_until(|workspace| workspace.bots_listening() == 0, WAIT).await.expect("gone");
    let (response, _) = bot.exchange(person.command(channel, &["share"], shared("x")), reply("Recorded.")).await;
    assert_eq!(response.text(), "Recorded.");
    bot.wait_for(|noticed| matches!(noticed, Noticed::Resumed)).await;
    assert_eq!(workspace.times_ready(), 1);

    workspace.ask_to_reconnect();
    bot.wait_for(|noticed| matches!(noticed, Noticed::Resumed)).await;
    workspace.invalidate_sessions(Invalidated::Gone);
    bot.wait_for(|noticed| matches!(noticed, Noticed::Ready)).await;
    assert_eq!(workspace.times_ready(), 2);
    close(&workspace).await;
}

#[tokio::test]
async fn a_new_bot_finds_everything_as_the_old_one_left_it() {
    let workspace = open().await;
    let channel = workspace.add_text_channel("case", None, &[]);
    let bot = Bot::start(&workspace).await;
    let message = bot.rest.posted(channel, json!({ "content": "Before." })).await;
    bot.stop().await;
    workspace.wait_until(|workspace| workspace.bots_listening() == 0, WAIT).await.expect("gone");
    let bot = Bot::start(&workspace).await;
    let found = bot.rest.get(&format!("/channels/{channel}/messages/{message}")).await;
    assert_eq!(found.body["content"], "Before.");
    close(&workspace).await;
}

#[tokio::test]
async fn a_gateway_that_stops_answering_heartbeats_is_left() {
    let options = Options { heartbeat_every: Duration::from_millis(100), ..Options::default() };
    let workspace = Workspace::open(options).await.expect("a workspace");
    let _bot = Bot::start(&workspace).await;
    workspace.set_heartbeats(Heartbeats::Unanswered);
    workspace.wait_until(|workspace| workspace.bots_listening() == 0, WAIT).await.expect("left");
    workspace.set_heartbeats(Heartbeats::Acknowledged);
    workspace.wait_until(|workspace| workspace.bots_listening() > 0, WAIT).await.expect("back");
    close(&workspace).await;
}

#[tokio::test]
async fn a_wrong_token_or_an_intent_not_granted_is_sent_away() {
    let workspace = open().await;
    let (mut wrong, _noticed) = client(&workspace, "not.the.token", intents()).await;
    let error = wrong.start().await.expect_err("refused").to_string();
    assert!(error.to_lowercase().contains("authentication"), "{error}");
    let wanting = intents() | GatewayIntents::MESSAGE_CONTENT;
    let (mut wanting, _noticed) = client(&workspace, &workspace.bot_token(), wanting).await;
    let error = wanting.start().await.expect_err("refused").to_string();
    assert!(error.to_lowercase().contains("intents"), "{error}");
    close(&workspace).await;

    let options = Options { privileged_intents: PrivilegedIntents::Granted, ..Options::default() };
    let workspace = Workspace::open(options).await.expect("a workspace");
    let everything = intents() | GatewayIntents::MESSAGE_CONTENT | GatewayIntents::GUILD_MEMBERS;
    let (mut client, mut noticed) = client(&workspace, &workspace.bot_token(), everything).await;
    let running = tokio::spawn(async move { client.start().await });
    assert!(noticed.recv().await.is_some());
    running.abort();
    close(&workspace).await;
}
