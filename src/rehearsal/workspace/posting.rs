//! Putting a message into a channel, or changing one: the one way in for the bot, its webhooks and the people.

use std::time::Instant;

use serde_json::Value;

use super::Id;
use super::errors::{self, ApiError};
use super::forms::MessageForm;
use super::permissions::MENTION_EVERYONE;
use super::state::{FLAG_EPHEMERAL, FLAG_LOADING, Message, World};

/// A message to be posted.
#[derive(Debug)]
pub struct NewMessage {
    pub channel: Id,
    pub author: Id,
    pub kind: u8,
    pub form: MessageForm,
    /// The interaction it answers.
    pub interaction: Option<Id>,
    /// The only person who sees it.
    pub private_to: Option<Id>,
}

/// Ordinary messages.
pub const KIND_DEFAULT: u8 = 0;
/// "Somebody pinned a message."
pub const KIND_PINNED: u8 = 6;
/// Replies; the platform shows answers to buttons as replies.
pub const KIND_REPLY: u8 = 19;
/// Answers to slash commands.
pub const KIND_COMMAND: u8 = 20;

impl MessageForm {
    fn is_empty(&self) -> bool {
        let none = |list: &Option<Vec<Value>>| list.as_ref().is_none_or(Vec::is_empty);
        self.content.as_ref().is_none_or(String::is_empty) && none(&self.embeds) && none(&self.components)
    }
}

impl World {
    /// Post a message with something in it.
    pub fn post(&mut self, new: NewMessage) -> Result<Message, ApiError> {
        if new.form.is_empty() {
            return Err(errors::EMPTY_MESSAGE);
        }
        Ok(self.put_message(new, 0))
    }

    /// Post the sign that an answer is being written.
    pub fn post_loading(&mut self, new: NewMessage) -> Message {
        self.put_message(new, FLAG_LOADING)
    }

    /// Post one of the platform's own messages; nobody's words, so it is not noted as a post.
    pub fn post_pinned_notice(&mut self, channel: Id, pinned: Id) {
        let form = MessageForm { reply_to: Some(pinned), ..MessageForm::default() };
        let author = self.application.bot;
        let new = NewMessage { channel, author, kind: KIND_PINNED, form, interaction: None, private_to: None };
        self.put_message(new, 0);
    }

    fn put_message(&mut self, new: NewMessage, flags: u64) -> Message {
        let content = new.form.content.unwrap_or_default();
        let mentions = self.mentions(&content, new.form.allowed_mentions.as_ref(), new.author, new.channel);
        let ephemeral = if new.private_to.is_some() { FLAG_EPHEMERAL } else { 0 };
        let message = Message {
            id: self.ids.next(),
            channel: new.channel,
            author: new.author,
            content,
            embeds: new.form.embeds.unwrap_or_default(),
            components: new.form.components.unwrap_or_default(),
            flags: flags | ephemeral,
            kind: new.kind,
            pinned: false,
            at: self.now,
            edited_at: None,
            nonce: new.form.nonce,
            posted: Instant::now(),
            witnesses: self.witnesses(new.channel),
            mentions: mentions.users,
            mention_roles: mentions.roles,
            mention_everyone: mentions.everyone,
            reply_to: new.form.reply_to,
            interaction: new.interaction,
            private_to: new.private_to,
            files: new.form.files.unwrap_or_default(),
        };
        self.messages.insert(message.id, message.clone());
        if let Some(channel) = self.channels.get_mut(&message.channel).filter(|_| message.private_to.is_none()) {
            channel.last_message = Some(message.id);
        }
        if message.kind != KIND_PINNED {
            self.note_post(&message);
        }
        self.announce_message("MESSAGE_CREATE", &message);
        message
    }

    /// Change a message; what the form leaves out stays.
    pub fn revise(&mut self, id: Id, form: MessageForm) -> Result<Message, ApiError> {
        let mut message = self.messages.get(&id).cloned().ok_or(errors::UNKNOWN_MESSAGE)?;
        let was_loading = message.is_loading();
        if let Some(content) = form.content {
            let mentions = self.mentions(&content, form.allowed_mentions.as_ref(), message.author, message.channel);
            message.content = content;
            message.mentions = mentions.users;
            message.mention_roles = mentions.roles;
            message.mention_everyone = mentions.everyone;
        }
        message.embeds = form.embeds.unwrap_or(message.embeds);
        message.components = form.components.unwrap_or(message.components);
        message.files = form.files.unwrap_or(message.files);
        if message.content.is_empty() && message.embeds.is_empty() && message.components.is_empty() {
            return Err(errors::EMPTY_MESSAGE);
        }
        message.flags &= !FLAG_LOADING;
        // Writing what was promised is the message's first text, not an edit.
        message.edited_at = if was_loading { None } else { Some(self.now) };
        self.messages.insert(id, message.clone());
        self.note_post(&message);
        self.announce_message("MESSAGE_UPDATE", &message);
        Ok(message)
    }

    fn mentions(&self, content: &str, allowed: Option<&Value>, author: Id, channel: Id) -> Mentions {
        let parse = |kind: &str| {
            allowed.is_none_or(|allowed| {
                allowed["parse"].as_array().is_some_and(|parse| parse.iter().any(|entry| entry == kind))
            })
        };
        let named = |kind: &str, id: Id| {
            let list = allowed.and_then(|allowed| allowed[kind].as_array());
            list.is_some_and(|list| list.iter().any(|entry| super::forms::id_of(entry) == Some(id)))
        };
        let users = ids_between(content, &["<@!", "<@"]);
        let roles = ids_between(content, &["<@&"]);
        let called = content.contains("@everyone") || content.contains("@here");
        Mentions {
            users: users.filter(|id| self.user(*id).is_some() && (parse("users") || named("users", *id))).collect(),
            roles: roles
                .filter(|id| self.guild.roles.contains_key(id) && (parse("roles") || named("roles", *id)))
                .collect(),
            everyone: called && parse("everyone") && self.may(author, channel, MENTION_EVERYONE),
        }
    }
}

struct Mentions {
    users: Vec<Id>,
    roles: Vec<Id>,
    everyone: bool,
}

/// The ids written between one of the openings and `>`, each once.
fn ids_between<'a>(content: &'a str, openings: &'a [&'a str]) -> impl Iterator<Item = Id> + 'a {
    let mut seen = std::collections::BTreeSet::new();
    content.split('<').skip(1).filter_map(move |part| {
        let (inside, _) = part.split_once('>')?;
        let id = openings.iter().find_map(|opening| inside.strip_prefix(&opening[1..])?.parse().ok())?;
        seen.insert(id).then_some(id)
    })
}
