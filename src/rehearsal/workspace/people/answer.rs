//! What a person gets for what they did, and waiting for it.

use std::time::Duration;

use serde_json::Value;
use tokio::time::Instant;

use super::super::state::{DeferredEnd, Initial, Interaction};
use super::super::{Id, Shared};
use super::{SeenMessage, ShownModal};

/// What a person got for what they did.
#[derive(Clone, Debug)]
pub struct Response {
    /// The interaction it was.
    pub interaction_id: Id,
    /// How long the bot took for its first answer, on the machine's clock.
    pub acknowledged_after: Option<Duration>,
    /// What they got.
    pub answer: Answer,
}

/// What a person got, as they saw it at that moment.
#[derive(Clone, Debug)]
pub enum Answer {
    /// A message, private or for all.
    Reply(SeenMessage),
    /// First "thinking", then a message.
    DeferredReply(SeenMessage),
    /// "Thinking", for longer than the person cared to wait.
    StillThinking,
    /// "Thinking", and then it was taken away.
    Withdrawn,
    /// A modal to fill in.
    Modal(ShownModal),
    /// The message they used changed.
    Updated(SeenMessage),
    /// What could be typed.
    Choices(Vec<Choice>),
    /// Nothing to be seen: the bot took note and may change the message later.
    Ignored,
    /// "The application did not respond."
    NoAnswer,
}

/// Something offered while typing.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// What is shown.
    pub name: String,
    /// What is sent.
    pub value: Value,
}

impl Choice {
    pub(in super::super) fn of(choice: &Value) -> Self {
        Self { name: choice["name"].as_str().unwrap_or_default().to_owned(), value: choice["value"].clone() }
    }
}

impl Response {
    /// The message they got, if they got one.
    pub fn message(&self) -> Option<&SeenMessage> {
        match &self.answer {
            Answer::Reply(message) | Answer::DeferredReply(message) | Answer::Updated(message) => Some(message),
            _ => None,
        }
    }

    /// The modal they were shown, if they were shown one.
    pub fn modal(&self) -> Option<&ShownModal> {
        match &self.answer {
            Answer::Modal(modal) => Some(modal),
            _ => None,
        }
    }

    /// The text of the message they got; empty if they got none.
    pub fn text(&self) -> &str {
        self.message().map_or("", |message| &message.text)
    }

    /// Whether only they see what they got.
    pub fn is_private(&self) -> bool {
        self.message().is_some_and(|message| message.ephemeral)
    }

    /// Whether they were left with nothing: no answer at all, or one that never came to be written.
    pub fn is_left_hanging(&self) -> bool {
        matches!(self.answer, Answer::NoAnswer | Answer::StillThinking | Answer::Withdrawn)
    }

    /// Whether the bot gave no answer at all.
    pub fn is_no_answer(&self) -> bool {
        matches!(self.answer, Answer::NoAnswer)
    }
}

/// A callback accepted at the last moment must still be seen: the server decides what was in time, not the waiting.
const MARGIN: Duration = Duration::from_millis(20);

/// Wait for the bot's answer as a person does: three seconds, and longer once it says it is thinking.
pub(super) async fn wait(shared: &Shared, interaction_id: Id) -> Response {
    let (answer_within, patience) = shared.look(|world| (world.options.answer_within, world.options.patience));
    let deadline = Instant::now() + answer_within + MARGIN;
    let found = |look: fn(&Interaction) -> bool| {
        move || shared.look(|world| world.interactions.get(&interaction_id).filter(|found| look(found)).cloned())
    };
    let Some(answered) =
        shared.until(deadline, found(|interaction| interaction.initial.is_some() || interaction.given_up)).await
    else {
        return Response { interaction_id, acknowledged_after: None, answer: Answer::NoAnswer };
    };
    let acknowledged_after = answered.acknowledged_after;
    let answer = match answered.initial {
        Some(Initial::Reply(message)) => Answer::Reply(message),
        Some(Initial::Updated(message)) => Answer::Updated(message),
        Some(Initial::Choices(choices)) => Answer::Choices(choices),
        Some(Initial::Modal(modal)) => Answer::Modal(modal),
        Some(Initial::DeferredUpdate) => Answer::Ignored,
        None => Answer::NoAnswer,
        Some(Initial::Deferred) => {
            let ended = found(|interaction| interaction.deferred_end.is_some() || interaction.given_up);
            match shared.until(Instant::now() + patience, ended).await.and_then(|found| found.deferred_end) {
                Some(DeferredEnd::Written(message)) => Answer::DeferredReply(message),
                Some(DeferredEnd::Deleted) => Answer::Withdrawn,
                None => Answer::StillThinking,
            }
        }
    };
    Response { interaction_id, acknowledged_after, answer }
}
