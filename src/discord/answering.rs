//! Answers interactions: inside three seconds, privately, and always after the commit.

use std::sync::Arc;

use serde_json::{Value, json};

use crate::app::asking::{Asked, File, Shown};
use crate::app::execute::App;
use crate::domain::refusal::Refusal;
use crate::room::message::Message;

use super::body;
use super::courier::Courier;
use super::gateway::Arrival;
use super::interaction::{RawInteraction, parse};
use super::read::{Reading, read};

// Discord's callback types.
const MESSAGE: u8 = 4;
const DEFERRED: u8 = 5;
const SUGGESTIONS: u8 = 8;
const MODAL: u8 = 9;

/// Sees to one arrival.
pub async fn receive(app: &Arc<App>, courier: &Courier, arrival: &Arrival) {
    match arrival {
        Arrival::Interaction(interaction) => answer(app, courier, interaction).await,
        Arrival::Typed(typed) => {
            if let Err(error) = app.typed(typed).await {
                let error: &dyn std::error::Error = &error;
                tracing::error!(error, message = %typed.message, "what somebody typed could not be dealt with");
            }
            app.wake_workers();
        }
    }
}

/// Answers one interaction. Failures are logged by id; what a person said never is.
async fn answer(app: &Arc<App>, courier: &Courier, interaction: &Value) {
    let raw = match parse(interaction) {
        Ok(raw) => raw,
        Err(error) => return tracing::warn!(%error, "an interaction could not be read"),
    };
    match read(&raw) {
        Reading::Nothing => {}
        Reading::Unknown(refusal) => send(courier, &raw, &unknown(app, &refusal)).await,
        Reading::Suggest(asked, field) => suggest(app, courier, &raw, &asked, &field).await,
        Reading::Ask(asked) => {
            ask(app, courier, &raw, asked).await;
            app.wake_workers();
        }
    }
}

async fn ask(app: &Arc<App>, courier: &Courier, raw: &RawInteraction, asked: Asked) {
    let deciding = Arc::clone(app);
    let mut asking = tokio::spawn(async move { deciding.ask(asked).await });
    let shown = match tokio::time::timeout(courier.decide_max(), &mut asking).await {
        Ok(shown) => shown,
        Err(_) => {
            send(courier, raw, &deferred()).await;
            let message = match shown_of(app, asking.await) {
                Some(Shown::Message(message)) => message,
                Some(Shown::Document { message, file }) => return hand_over(app, courier, raw, &message, file).await,
                Some(Shown::Modal { .. } | Shown::Nothing) | None => return,
            };
            let (first, rest) = first_and_rest(message);
            if let Err(error) = courier.edit_answer(raw.application, &raw.token, &body::message(&first)).await {
                tracing::warn!(interaction = %raw.id, %error, "a late answer was not taken");
            }
            return follow(courier, raw, &rest).await;
        }
    };
    match shown_of(app, shown) {
        Some(Shown::Message(message)) => {
            let (first, rest) = first_and_rest(message);
            send(courier, raw, &json!({ "type": MESSAGE, "data": body::private(&first) })).await;
            follow(courier, raw, &rest).await;
        }
        Some(Shown::Document { message, file }) => {
            send(courier, raw, &deferred()).await;
            hand_over(app, courier, raw, &message, file).await;
        }
        Some(Shown::Modal { id, title, inputs }) => {
            send(courier, raw, &json!({ "type": MODAL, "data": body::modal(&id, &title, &inputs) })).await;
        }
        Some(Shown::Nothing) | None => {}
    }
}

fn deferred() -> Value {
    json!({ "type": DEFERRED, "data": { "flags": 64 } })
}

/// Writes a deferred answer with its file. Whoever waits for one that is not taken is told to try again.
async fn hand_over(app: &App, courier: &Courier, raw: &RawInteraction, message: &Message, file: File) {
    let body = body::with_file(message, &file);
    let Err(error) = courier.edit_answer_with(raw.application, &raw.token, &body, file).await else { return };
    tracing::warn!(interaction = %raw.id, %error, "a file was not taken");
    let lost = body::message(&Message::text(app.file_lost()));
    if let Err(error) = courier.edit_answer(raw.application, &raw.token, &lost).await {
        tracing::warn!(interaction = %raw.id, %error, "a late answer was not taken");
    }
}

/// What is longer than a message goes on in others, all of them private.
fn first_and_rest(message: Message) -> (Message, Vec<Message>) {
    let mut parts = message.in_parts();
    let rest = parts.split_off(1);
    (parts.pop().unwrap_or_default(), rest)
}

async fn follow(courier: &Courier, raw: &RawInteraction, rest: &[Message]) {
    for message in rest {
        if let Err(error) = courier.follow_up(raw.application, &raw.token, &body::private(message)).await {
            return tracing::warn!(interaction = %raw.id, %error, "the rest of an answer was not taken");
        }
    }
}

fn shown_of<E: std::error::Error>(
    app: &App,
    shown: Result<Result<Shown, crate::app::ports::StoreError>, E>,
) -> Option<Shown> {
    match shown {
        Ok(Ok(shown)) => Some(shown),
        Ok(Err(error)) => {
            tracing::error!(error = &error as &dyn std::error::Error, "a command could not be kept");
            Some(Shown::Message(Message::text(app.sorry())))
        }
        Err(error) => {
            tracing::error!(%error, "a command failed");
            Some(Shown::Message(Message::text(app.sorry())))
        }
    }
}

async fn suggest(app: &App, courier: &Courier, raw: &RawInteraction, asked: &Asked, field: &str) {
    let options = app.suggest(asked, field).await.unwrap_or_default();
    let choices = options
        .into_iter()
        .map(|option| json!({ "name": crate::room::message::shortened(&option.label, 100), "value": option.value }));
    let choices: Vec<_> = choices.collect();
    send(courier, raw, &json!({ "type": SUGGESTIONS, "data": { "choices": choices } })).await;
}

fn unknown(app: &App, refusal: &Refusal) -> Value {
    json!({ "type": MESSAGE, "data": body::private(&Message::text(app.plain_refusal(refusal))) })
}

async fn send(courier: &Courier, raw: &RawInteraction, callback: &Value) {
    if let Err(error) = courier.answer_interaction(raw.id, &raw.token, callback).await {
        tracing::warn!(interaction = %raw.id, %error, "an answer was not taken");
    }
}
