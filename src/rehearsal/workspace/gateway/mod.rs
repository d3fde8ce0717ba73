//! The gateway: sessions, what each is told, and what is kept for one that comes back.
//!
//! Events are numbered and kept per session, so a bot that resumes gets exactly what it missed. Nothing is ever told
//! about a channel the bot cannot see, and content is blanked where the intents do not cover it.

mod socket;

use std::collections::{BTreeMap, VecDeque};

use serde_json::{Value, json};
use tokio::sync::mpsc::UnboundedSender;

pub use self::socket::serve;
use super::limits::RESUME_EVENTS_MAX;
use super::proof;
use super::state::World;

pub const INTENT_GUILDS: u64 = 1 << 0;
pub const INTENT_GUILD_MEMBERS: u64 = 1 << 1;
pub const INTENT_GUILD_PRESENCES: u64 = 1 << 8;
pub const INTENT_GUILD_MESSAGES: u64 = 1 << 9;
pub const INTENT_DIRECT_MESSAGES: u64 = 1 << 12;
pub const INTENT_MESSAGE_CONTENT: u64 = 1 << 15;
/// Every intent the platform defines.
pub const INTENTS_ALL: u64 = ((1 << 17) - 1) | (3 << 20) | (3 << 24);
/// Intents the application must have been granted.
pub const INTENTS_PRIVILEGED: u64 = INTENT_GUILD_MEMBERS | INTENT_GUILD_PRESENCES | INTENT_MESSAGE_CONTENT;

/// What a socket is told to do.
#[derive(Clone, Debug)]
pub enum Out {
    /// Send this text.
    Frame(String),
    /// Say goodbye with this code.
    Close(u16, &'static str),
    /// Break the connection without a word.
    Cut,
}

/// What a session that ends may still hope for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Invalidated {
    /// It may resume.
    Resumable,
    /// It must identify anew; what it missed is lost.
    Gone,
}

#[derive(Debug, Default)]
pub struct Gateway {
    pub sessions: BTreeMap<String, Session>,
    /// How often a bot has been told READY.
    pub readies: usize,
    /// The bot is known to be gone: until one is READY again, nobody waits for an answer.
    pub bot_is_gone: bool,
    /// Sockets and sessions have a counter of their own: a reconnection must not shift the ids of the play.
    counted: u64,
}

/// A bot's session; it outlives its socket so that it can be resumed.
#[derive(Debug)]
pub struct Session {
    pub intents: u64,
    pub sequence: u64,
    pub kept: VecDeque<(u64, String)>,
    /// The socket that speaks for it now, numbered so that a late goodbye of an old one does no harm.
    pub socket: Option<(u64, UnboundedSender<Out>)>,
}

impl Session {
    pub fn new(intents: u64, socket: (u64, UnboundedSender<Out>)) -> Self {
        Self { intents, sequence: 0, kept: VecDeque::new(), socket: Some(socket) }
    }

    /// Number an event, keep it, and send it if anybody listens.
    pub fn tell(&mut self, kind: &str, data: &Value) {
        self.sequence += 1;
        let frame = json!({ "t": kind, "s": self.sequence, "op": 0, "d": data }).to_string();
        if self.kept.len() == RESUME_EVENTS_MAX {
            self.kept.pop_front();
        }
        self.kept.push_back((self.sequence, frame.clone()));
        self.send(Out::Frame(frame));
    }

    pub fn send(&self, out: Out) {
        if let Some((_, socket)) = &self.socket {
            // A socket that has just gone misses it; that is what resuming is for.
            let _ = socket.send(out);
        }
    }

    /// Everything after `sequence`, or nothing if some of it is no longer kept.
    pub fn since(&self, sequence: u64) -> Option<Vec<String>> {
        let first_kept = self.kept.front().map_or(self.sequence + 1, |(first, _)| *first);
        if sequence > self.sequence || sequence + 1 < first_kept {
            return None;
        }
        Some(self.kept.iter().filter(|(at, _)| *at > sequence).map(|(_, frame)| frame.clone()).collect())
    }
}

impl Gateway {
    /// A number no socket and no session has had before.
    pub fn next_number(&mut self) -> u64 {
        self.counted += 1;
        self.counted
    }

    /// How many bots are listening now.
    pub fn listening(&self) -> usize {
        self.sessions.values().filter(|session| session.socket.is_some()).count()
    }

    pub fn send_all(&self, out: &Out) {
        for session in self.sessions.values() {
            session.send(out.clone());
        }
    }
}

impl World {
    /// Tell every session of an event its intents cover.
    pub fn dispatch(&mut self, kind: &'static str, data: Value) {
        if let Err(sentence) = proof::check(kind, &data) {
            self.unexpected(sentence);
            return;
        }
        self.log.note_event(kind);
        self.tell_all(kind, &data);
    }

    fn tell_all(&mut self, kind: &'static str, data: &Value) {
        let times = if self.faults.take_duplicate(kind) { 2 } else { 1 };
        let wanted = intent_for(kind, data);
        let bot = self.application.bot.to_string();
        for session in self.gateway.sessions.values_mut() {
            if session.intents & wanted != wanted {
                continue;
            }
            let data = as_intended(session.intents, &bot, data);
            for _ in 0..times {
                session.tell(kind, &data);
            }
        }
    }

    /// Send an event no client has ever heard of.
    pub fn dispatch_unknown(&mut self) {
        self.tell_all("WORKSPACE_UNHEARD_OF", &json!({ "guild_id": self.guild.id, "novelty": true }));
    }
}

/// The intents an event needs.
fn intent_for(kind: &str, data: &Value) -> u64 {
    let in_guild = data.get("guild_id").is_some_and(|guild| !guild.is_null());
    match kind {
        _ if kind.starts_with("CHANNEL_") && !in_guild => INTENT_DIRECT_MESSAGES,
        _ if kind.starts_with("CHANNEL_") || kind.starts_with("GUILD_ROLE_") => INTENT_GUILDS,
        _ if kind.starts_with("GUILD_MEMBER_") => INTENT_GUILD_MEMBERS,
        _ if kind.starts_with("MESSAGE_") && in_guild => INTENT_GUILD_MESSAGES,
        _ if kind.starts_with("MESSAGE_") => INTENT_DIRECT_MESSAGES,
        _ => 0,
    }
}

/// The event as this session may read it: without the content intent other people's guild messages come blank.
fn as_intended(intents: u64, bot: &str, data: &Value) -> Value {
    let mut data = data.clone();
    let foreign = data.get("content").is_some()
        && data.get("guild_id").is_some()
        && data["author"]["id"] != *bot
        && !data["mentions"].as_array().is_some_and(|all| all.iter().any(|user| user["id"] == *bot));
    if foreign && intents & INTENT_MESSAGE_CONTENT == 0 {
        data["content"] = json!("");
        for list in ["embeds", "attachments", "components"] {
            data[list] = json!([]);
        }
    }
    data
}
