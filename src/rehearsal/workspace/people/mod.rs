//! The people of the workspace. They act only as people can: they see channels and messages, run commands, press
//! buttons, choose from selects, fill in modals, and now and then type.
//!
//! Everything a person tries is checked first as the platform's own client and server would: what they could not do is
//! an `Err(CannotDo)` and never reaches the bot. What they can do becomes an interaction, and they wait for its answer.

mod answer;
mod cannot;
mod command;
mod component;
mod modal;
mod resolved;
mod seen;

use std::sync::Arc;
use std::time::Instant;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;

pub use self::answer::{Answer, Choice, Response};
pub use self::cannot::CannotDo;
pub use self::command::OptionValue;
pub use self::modal::{ModalField, ShownModal};
pub use self::seen::{SeenButton, SeenChannel, SeenFile, SeenMessage, SeenSelect, SelectChoice};
use super::forms::{MessageForm, chars};
use super::limits::CONTENT_CHARS_MAX;
use super::permissions::{SEND_MESSAGES, VIEW_CHANNEL};
use super::posting::{KIND_DEFAULT, NewMessage};
use super::state::{Channel, ChannelKind, Interaction, InteractionKind, World};
use super::{Id, Shared};

/// One person, to act as them.
#[derive(Clone, Debug)]
pub struct Person {
    shared: Arc<Shared>,
    user: Id,
}

/// What a person did, ready to be sent to the bot.
struct Deed {
    kind: InteractionKind,
    channel: Id,
    command: Option<String>,
    source: Option<Id>,
    data: Value,
}

impl Person {
    pub(super) fn new(shared: Arc<Shared>, user: Id) -> Self {
        Self { shared, user }
    }

    /// Their user id.
    pub fn id(&self) -> Id {
        self.user
    }

    /// The text channels they see, in the order they were made.
    pub fn visible_channels(&self) -> Vec<SeenChannel> {
        self.shared.look(|world| {
            let seen = world.guild_channels().filter(|channel| channel.kind == ChannelKind::Text);
            let seen = seen.filter(|channel| world.may(self.user, channel.id, VIEW_CHANNEL));
            seen.map(SeenChannel::of).collect()
        })
    }

    /// What they see in a channel, oldest first, with ephemeral messages addressed to them. Without the right to read
    /// back they see what was posted while they could look.
    pub fn messages(&self, channel: Id) -> Vec<SeenMessage> {
        self.shared.look(|world| {
            let here = world.messages.values().filter(|message| message.channel == channel);
            let visible = here.filter(|_| world.may(self.user, channel, VIEW_CHANNEL));
            let visible = visible.filter(|message| world.sees(self.user, message));
            visible.map(SeenMessage::of).collect()
        })
    }

    /// What passed between them and the bot directly, oldest first.
    pub fn direct_messages(&self) -> Vec<SeenMessage> {
        let channel = self.shared.look(|world| world.direct_channel(self.user).map(|channel| channel.id));
        channel.map(|channel| self.messages(channel)).unwrap_or_default()
    }

    /// Run a slash command, e.g. `["strategy", "convene"]`.
    pub async fn command(
        &self,
        channel: Id,
        path: &[&str],
        options: Vec<(String, OptionValue)>,
    ) -> Result<Response, CannotDo> {
        self.act(|world| command::run(world, self.user, channel, path, &options)).await
    }

    /// Type into one option of a command and wait for what is offered.
    pub async fn autocomplete(
        &self,
        channel: Id,
        path: &[&str],
        options: Vec<(String, OptionValue)>,
        focused: &str,
    ) -> Result<Response, CannotDo> {
        self.act(|world| command::complete(world, self.user, channel, path, &options, focused)).await
    }

    /// Press a button.
    pub async fn press(&self, message: Id, custom_id: &str) -> Result<Response, CannotDo> {
        self.act(|world| component::press(world, self.user, message, custom_id)).await
    }

    /// Choose from a select: its values, or ids for the selects of people, roles and channels.
    pub async fn select(&self, message: Id, custom_id: &str, values: &[&str]) -> Result<Response, CannotDo> {
        self.act(|world| component::select(world, self.user, message, custom_id, values)).await
    }

    /// Fill in a modal and send it. A field left out keeps what it was shown with.
    pub async fn submit(&self, modal: &ShownModal, values: Vec<(String, String)>) -> Result<Response, CannotDo> {
        self.act(|world| modal::submit(world, self.user, modal, &values)).await
    }

    /// Type an ordinary message.
    pub fn say(&self, channel: Id, text: &str) -> Result<SeenMessage, CannotDo> {
        self.shared.change(|world| {
            check_visible(world, self.user, channel)?;
            if !world.may(self.user, channel, SEND_MESSAGES) {
                return Err(CannotDo::TypeHere);
            }
            if chars(text.trim()) > CONTENT_CHARS_MAX {
                return Err(CannotDo::SayTooMuch);
            }
            let form = MessageForm { content: Some(text.trim().to_owned()), ..MessageForm::default() };
            let author = self.user;
            let new = NewMessage { channel, author, kind: KIND_DEFAULT, form, interaction: None, private_to: None };
            let message = world.post(new).map_err(|_| CannotDo::SayNothing)?;
            Ok(SeenMessage::of(&message))
        })
    }

    /// Open the direct conversation with the bot from their side, and write in it.
    pub fn say_directly(&self, text: &str) -> Result<SeenMessage, CannotDo> {
        let channel = self.shared.change(|world| world.open_direct(self.user).id);
        self.say(channel, text)
    }

    /// Check a deed, tell the bot of it, and wait for the answer.
    async fn act(&self, check: impl FnOnce(&World) -> Result<Deed, CannotDo>) -> Result<Response, CannotDo> {
        let interaction = self.shared.change(|world| {
            let deed = check(world)?;
            Ok(world.begin_interaction(self.user, deed))
        })?;
        Ok(answer::wait(&self.shared, interaction).await)
    }
}

impl World {
    fn begin_interaction(&mut self, user: Id, deed: Deed) -> Id {
        let id = self.ids.next();
        let interaction = Interaction {
            id,
            token: URL_SAFE_NO_PAD.encode(format!("interaction:{id}:rehearsal")),
            kind: deed.kind,
            bot: self.application.bot,
            user,
            channel: deed.channel,
            command: deed.command,
            source: deed.source,
            created: Instant::now(),
            initial: None,
            acknowledged_after: None,
            original: None,
            deferred_end: None,
            given_up: self.gateway.bot_is_gone,
        };
        self.tokens.insert(interaction.token.clone(), id);
        let event = self.interaction_event(&interaction, deed.data);
        self.interactions.insert(id, interaction);
        self.dispatch("INTERACTION_CREATE", event);
        id
    }
}

/// A channel this person sees.
fn check_visible(world: &World, user: Id, channel: Id) -> Result<&Channel, CannotDo> {
    let found = world.channels.get(&channel).filter(|_| world.may(user, channel, VIEW_CHANNEL));
    found.filter(|channel| channel.kind != ChannelKind::Category).ok_or(CannotDo::SeeChannel(channel))
}
