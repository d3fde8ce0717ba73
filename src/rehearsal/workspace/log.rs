//! What was observed: every request, every post, and everything that should not have happened.
//!
//! This is the only place of the crate that may keep what people said outside the store: the workspace is the chat
//! platform, and a play is over when it closes.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::Id;
use super::state::{ChannelKind, Message, World};

/// A REST request the bot made.
#[derive(Clone, Debug)]
pub struct RequestRecord {
    /// Counted from 1 in order of arrival.
    pub n: u64,
    /// The HTTP method.
    pub method: String,
    /// The path as sent, without the query.
    pub path: String,
    /// The template of the route, or the path itself where nothing matched.
    pub route: String,
    /// The query as sent.
    pub query: String,
    /// The JSON body, or null.
    pub body: Value,
    /// The audit log reason, decoded as sent.
    pub reason: Option<String>,
    /// The status answered; with `DoneThenLost` the one that was lost, with `LostUnread` zero.
    pub status: u16,
    /// How long the workspace took.
    pub milliseconds: f64,
    /// The fault that befell it.
    pub fault: Option<&'static str>,
}

/// Where a post stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PostKind {
    /// In a text channel of the guild.
    GuildText,
    /// In a direct conversation.
    Direct,
}

/// A message as it was posted, or as it read after an edit. Nothing is ever taken off this list.
#[derive(Clone, Debug)]
pub struct Post {
    /// The message.
    pub message: Id,
    /// The channel it stands in.
    pub channel: Id,
    /// Where that is.
    pub kind: PostKind,
    /// Whether only one person sees it and it is in no history.
    pub ephemeral: bool,
    /// The only person who sees it: ephemeral and direct messages.
    pub private_to: Option<Id>,
    /// Who posted it.
    pub author: Id,
    /// Its text.
    pub text: String,
    /// Its embeds, as JSON.
    pub embeds: Vec<Value>,
    /// Its component rows, as JSON.
    pub components: Vec<Value>,
    /// Whether this is an edit of an earlier post.
    pub edited: bool,
    /// When, on the play's clock.
    pub at: DateTime<Utc>,
}

/// Everything observed so far.
#[derive(Debug, Default)]
pub struct Log {
    pub requests: Vec<RequestRecord>,
    pub request_count: u64,
    pub posts: Vec<Post>,
    /// Events a client can read, by kind; whether anybody listened or not.
    pub events: BTreeMap<&'static str, usize>,
    pub unexpected: Vec<String>,
}

impl Log {
    /// Note an event that a client can read.
    pub fn note_event(&mut self, kind: &'static str) {
        *self.events.entry(kind).or_default() += 1;
    }
}

impl World {
    /// Note something that should not have happened.
    pub fn unexpected(&mut self, sentence: impl Into<String>) {
        self.log.unexpected.push(sentence.into());
    }

    /// Note a message as it stands now.
    pub fn note_post(&mut self, message: &Message) {
        if message.is_loading() {
            return;
        }
        let channel = self.channels.get(&message.channel);
        let direct = channel.filter(|channel| channel.kind == ChannelKind::Direct);
        self.log.posts.push(Post {
            message: message.id,
            channel: message.channel,
            kind: if direct.is_some() { PostKind::Direct } else { PostKind::GuildText },
            ephemeral: message.private_to.is_some(),
            private_to: message.private_to.or(direct.and_then(|channel| channel.recipient)),
            author: message.author,
            text: message.content.clone(),
            embeds: message.embeds.clone(),
            components: message.components.clone(),
            edited: message.edited_at.is_some(),
            at: self.now,
        });
    }
}
