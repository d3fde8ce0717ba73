//! Rate limits: what waits, what is handed back, and who never waits.

use std::sync::Arc;
use std::time::{Duration, Instant};

use convenor::discord::courier::{Failure, Limits, Secret, Why};
use serde_json::json;
use serenity::model::id::{GuildId, InteractionId, MessageId};
use tokio::task::JoinSet;

use super::script::{Answer, Script, answer, courier_within};
use super::{CHANNEL, GUILD};

#[tokio::test]
async fn a_short_wait_for_a_bucket_is_waited() {
    let (courier, script) = Script::courier([answer(200, "{}").last_of_its_bucket(0.15)]).await;
    courier.guild_channels(GUILD).await.expect("the first goes at once");
    let began = Instant::now();
    courier.guild_channels(GUILD).await.expect("the second waits and goes");
    assert!(began.elapsed() >= Duration::from_millis(100), "it waited {:?}", began.elapsed());
    assert_eq!(script.lines().len(), 2);
}

#[tokio::test]
async fn a_long_wait_for_a_bucket_is_handed_back_unsent() {
    let (courier, script) = Script::courier([answer(200, "{}").last_of_its_bucket(30.0)]).await;
    courier.guild_channels(GUILD).await.expect("the first goes at once");
    let Err(Failure::Later { after: Some(after), why: Why::Queued }) = courier.guild_channels(GUILD).await else {
        panic!("the second is handed back with its delay");
    };
    assert!(after > Duration::from_secs(25), "{after:?}");
    assert_eq!(script.lines().len(), 1);
    courier.guild_channels(GuildId::new(11)).await.expect("another guild has a bucket of its own");
}

#[tokio::test]
async fn a_global_limit_pauses_everything_but_answers_to_people() {
    let limited = answer(429, r#"{"message":"limited","retry_after":30.0,"global":true}"#);
    let (courier, script) = Script::courier([limited]).await;
    courier.guild(GUILD).await.expect_err("it is limited");
    let Err(Failure::Later { after: Some(_), why }) = courier.delete_message(CHANNEL, MessageId::new(1)).await else {
        panic!("another route is paused too");
    };
    assert_eq!(why, Why::RateLimited { everywhere: true });
    assert_eq!(script.lines().len(), 1, "nothing was sent into the limit");
    let token = Secret::new("tok");
    courier.answer_interaction(InteractionId::new(1), &token, &json!({})).await.expect("people are answered");
}

#[tokio::test]
async fn sixty_four_people_are_answered_at_once() {
    let slow = Answer { after: Duration::from_secs(60), ..answer(204, "") };
    let (script, address) = Script::start(vec![slow; 64]).await;
    let patient = Limits { callback_max: Duration::from_secs(60), ..Limits::default() };
    let courier = Arc::new(courier_within(address, patient));
    let mut answers = JoinSet::new();
    for n in 1..=64 {
        let courier = Arc::clone(&courier);
        let answer =
            async move { courier.answer_interaction(InteractionId::new(n), &Secret::new("tok"), &json!({})).await };
        answers.spawn(answer);
    }
    // Nobody has been answered yet, so none of them can have waited for another.
    let all_are_under_way = async {
        while script.lines().len() < 64 {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), all_are_under_way).await.expect("all are under way");
}
