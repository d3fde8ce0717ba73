//! First answers, late answers, deferred answers.

use std::time::Duration;

use convenor::rehearsal::workspace::{Answer, Options, Workspace};
use serde_json::{Value, json};

use super::bench::{Bot, callback, close, open, original, reply, share_command, shared};

#[tokio::test]
async fn a_bot_that_answers_too_late_has_not_answered() {
    let options = Options { answer_within: Duration::from_millis(100), ..Options::default() };
    let workspace = Workspace::open(options).await.expect("a workspace");
    let anna = workspace.add_member("Anna Social", &[]);
    let channel = workspace.add_text_channel("case", None, &[]);
    let mut bot = Bot::start(&workspace).await;
    bot.rest.register(&workspace, share_command()).await;
    let response = workspace.person(anna).command(channel, &["share"], shared("x")).await.expect("allowed");
    assert!(response.is_no_answer());
    let (interaction, answered) = bot.answer(reply("Too late.")).await;
    assert_eq!(answered.refusal(), (404, 10062));
    assert_eq!(bot.rest.get(&original(&interaction)).await.refusal(), (404, 10015));
    assert!(workspace.posts().is_empty());
    close(&workspace).await;
}

#[tokio::test]
async fn an_interaction_is_answered_once_and_its_token_dies() {
    let options = Options { token_life: Duration::from_millis(300), ..Options::default() };
    let workspace = Workspace::open(options).await.expect("a workspace");
    let anna = workspace.add_member("Anna Social", &[]);
    let channel = workspace.add_text_channel("case", None, &[]);
    let mut bot = Bot::start(&workspace).await;
    bot.rest.register(&workspace, share_command()).await;
    let person = workspace.person(anna);
    let (_, interaction) = bot.exchange(person.command(channel, &["share"], shared("x")), reply("Recorded.")).await;
    assert_eq!(bot.rest.send("POST", &callback(&interaction), reply("Again.")).await.refusal(), (400, 40060));
    let elsewhere = format!("/interactions/{}/other/callback", interaction.id());
    assert_eq!(bot.rest.send("POST", &elsewhere, reply("x")).await.refusal(), (404, 10062));
    // The token's life is the machine's time, so the machine's time is what passes here.
    tokio::time::sleep(Duration::from_millis(310)).await;
    let edit = bot.rest.send("PATCH", &original(&interaction), json!({ "content": "Later." })).await;
    assert_eq!(edit.refusal(), (401, 50027));
    close(&workspace).await;
}

#[tokio::test]
async fn a_deferred_reply_is_waited_for() {
    let workspace = open().await;
    let anna = workspace.add_member("Anna Social", &[]);
    let channel = workspace.add_text_channel("case", None, &[]);
    let mut bot = Bot::start(&workspace).await;
    bot.rest.register(&workspace, share_command()).await;
    let person = workspace.person(anna);
    let writing = async {
        let (interaction, _) = bot.answer(json!({ "type": 5, "data": { "flags": 64 } })).await;
        assert!(person.messages(channel)[0].thinking);
        let edited = bot.rest.send("PATCH", &original(&interaction), json!({ "content": "Found it." })).await;
        assert_eq!(edited.status, 200);
    };
    let (response, ()) = tokio::join!(person.command(channel, &["share"], shared("x")), writing);
    let response = response.expect("allowed");
    assert!(matches!(response.answer, Answer::DeferredReply(_)));
    assert_eq!((response.text(), response.is_private()), ("Found it.", true));
    let posts = workspace.posts();
    assert_eq!((posts.len(), posts[0].edited), (1, false));

    let deed = person.command(channel, &["share"], shared("x"));
    let withdrawing = async {
        let (interaction, _) = bot.answer(json!({ "type": 5 })).await;
        assert_eq!(bot.rest.send("DELETE", &original(&interaction), Value::Null).await.status, 204);
    };
    let (response, ()) = tokio::join!(deed, withdrawing);
    assert!(matches!(response.expect("allowed").answer, Answer::Withdrawn));
    close(&workspace).await;
}
