//! Answers interactions: inside three seconds, privately, and always after the commit.

use std::sync::Arc;

use serde_json::{Value, json};

use crate::app::asking::{Asked, Shown};
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
            send(courier, raw, &json!({ "type": DEFERRED, "data": { "flags": 64 } })).await;
            let shown = shown_of(app, asking.await);
            if let Some(Shown::Message(message)) = shown
                && let Err(error) = courier.edit_answer(raw.application, &raw.token, &body::message(&message)).await
            {
                tracing::warn!(interaction = %raw.id, %error, "a late answer was not taken");
            }
            return;
        }
    };
    if let Some(callback) = shown_of(app, shown).and_then(callback) {
        send(courier, raw, &callback).await;
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

fn callback(shown: Shown) -> Option<Value> {
    match shown {
        Shown::Message(message) => Some(json!({ "type": MESSAGE, "data": body::private(&message) })),
        Shown::Modal { id, title, inputs } => Some(json!({ "type": MODAL, "data": body::modal(&id, &title, &inputs) })),
        Shown::Nothing => None,
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
