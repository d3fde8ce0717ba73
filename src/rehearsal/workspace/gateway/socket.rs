//! One WebSocket of a bot: greeting, identifying or resuming, heartbeats, events, goodbyes.

use std::sync::Arc;

use axum::extract::ws::{CloseFrame, Message, WebSocket};
use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use super::{INTENTS_ALL, INTENTS_PRIVILEGED, Out, Session};
use crate::rehearsal::workspace::connection::Link;
use crate::rehearsal::workspace::limits::GATEWAY_BYTES_MAX;
use crate::rehearsal::workspace::state::World;
use crate::rehearsal::workspace::{PrivilegedIntents, Shared, proof};

/// Codes of farewell the platform documents.
const UNKNOWN_OPCODE: Out = Out::Close(4001, "Unknown opcode.");
const NOT_DECODED: Out = Out::Close(4002, "Error while decoding payload.");
const NOT_AUTHENTICATED: Out = Out::Close(4003, "Not authenticated.");
const AUTHENTICATION_FAILED: Out = Out::Close(4004, "Authentication failed.");
const ALREADY_AUTHENTICATED: Out = Out::Close(4005, "Already authenticated.");
const INVALID_INTENTS: Out = Out::Close(4013, "Invalid intent(s).");
const DISALLOWED_INTENTS: Out = Out::Close(4014, "Disallowed intent(s).");

/// One socket's side of the conversation.
struct Socket {
    shared: Arc<Shared>,
    number: u64,
    to_bot: UnboundedSender<Out>,
    session: Option<String>,
}

/// Speak with one bot until it or we hang up.
pub async fn serve(shared: Arc<Shared>, link: Link, web: WebSocket) {
    let (to_bot, orders) = unbounded_channel();
    let number = shared.change(|world| world.gateway.next_number());
    let mut socket = Socket { shared, number, to_bot, session: None };
    socket.greet();
    let ended = converse(&mut socket, link, web, orders).await;
    socket.leave(ended);
}

/// How a conversation ended, as far as the session is concerned.
#[derive(PartialEq)]
enum Ended {
    /// The bot said goodbye for good (1000 or 1001).
    SessionOver,
    /// The session may be resumed.
    Interrupted,
}

async fn converse(socket: &mut Socket, link: Link, web: WebSocket, mut orders: UnboundedReceiver<Out>) -> Ended {
    let (mut sink, mut stream) = web.split();
    loop {
        tokio::select! {
            order = orders.recv() => match order {
                Some(Out::Frame(text)) => {
                    if sink.send(Message::Text(text.into())).await.is_err() {
                        return Ended::Interrupted;
                    }
                }
                Some(Out::Close(code, reason)) => {
                    let frame = CloseFrame { code, reason: reason.into() };
                    let _ = sink.send(Message::Close(Some(frame))).await;
                    return Ended::Interrupted;
                }
                Some(Out::Cut) | None => {
                    link.cut();
                    return Ended::Interrupted;
                }
            },
            heard = stream.next() => match heard {
                Some(Ok(Message::Text(text))) => socket.hear(text.as_str()),
                Some(Ok(Message::Binary(bytes))) => socket.hear(&String::from_utf8_lossy(&bytes)),
                Some(Ok(Message::Close(frame))) => {
                    let for_good = frame.is_some_and(|frame| matches!(frame.code, 1000 | 1001));
                    return if for_good { Ended::SessionOver } else { Ended::Interrupted };
                }
                Some(Ok(_)) => {}
                Some(Err(_)) | None => return Ended::Interrupted,
            },
        }
    }
}

impl Socket {
    fn send(&self, out: Out) {
        // Only the conversation itself drops the other end, and then nobody needs to hear it.
        let _ = self.to_bot.send(out);
    }

    fn send_op(&self, op: u8, data: Value) {
        self.send(Out::Frame(json!({ "op": op, "d": data, "s": null, "t": null }).to_string()));
    }

    fn greet(&self) {
        let every = self.shared.look(|world| world.options.heartbeat_every);
        self.send_op(10, json!({ "heartbeat_interval": every.as_millis() as u64 }));
    }

    fn hear(&mut self, text: &str) {
        let Ok(payload) = serde_json::from_str::<Value>(text) else { return self.send(NOT_DECODED) };
        if text.len() > GATEWAY_BYTES_MAX {
            return self.send(NOT_DECODED);
        }
        let data = &payload["d"];
        match (payload["op"].as_u64(), self.is_authenticated()) {
            (Some(1), _) => self.acknowledge(),
            (Some(2), true) => self.send(ALREADY_AUTHENTICATED),
            (Some(2), false) => self.identify(data),
            (Some(6), _) => self.resume(data),
            // Presence, voice and member requests are taken note of by nobody.
            (Some(3 | 4 | 8), true) => {}
            (Some(3 | 4 | 8), false) => self.send(NOT_AUTHENTICATED),
            _ => self.send(UNKNOWN_OPCODE),
        }
    }

    /// A session declared invalid leaves its socket free to identify again.
    fn is_authenticated(&self) -> bool {
        let known = |id: &String| self.shared.look(|world| world.gateway.sessions.contains_key(id));
        self.session.as_ref().is_some_and(known)
    }

    fn acknowledge(&self) {
        if !self.shared.look(|world| world.faults.heartbeats_unanswered) {
            self.send(Out::Frame(json!({ "op": 11, "d": null, "s": null, "t": null }).to_string()));
        }
    }

    fn identify(&mut self, data: &Value) {
        let intents = data["intents"].as_u64().unwrap_or(0);
        let refusal = self.shared.look(|world| refusal(world, data, intents));
        if let Some(refusal) = refusal {
            return self.send(refusal);
        }
        let (number, to_bot) = (self.number, self.to_bot.clone());
        let gateway = self.shared.gateway_url();
        self.session = Some(self.shared.change(|world| begin(world, intents, (number, to_bot), &gateway)));
    }

    fn resume(&mut self, data: &Value) {
        let id = data["session_id"].as_str().unwrap_or_default().to_owned();
        let sequence = data["seq"].as_u64().unwrap_or(0);
        let (number, to_bot) = (self.number, self.to_bot.clone());
        let token = data["token"].as_str().unwrap_or_default().to_owned();
        if !self.shared.look(|world| is_bots(world, &token)) {
            return self.send(AUTHENTICATION_FAILED);
        }
        let resumed = self.shared.change(|world| {
            let session = world.gateway.sessions.get_mut(&id)?;
            let missed = session.since(sequence)?;
            session.socket = Some((number, to_bot));
            for frame in missed {
                session.send(Out::Frame(frame));
            }
            session.tell("RESUMED", &json!({}));
            Some(())
        });
        match resumed {
            Some(()) => self.session = Some(id),
            None => self.send_op(9, json!(false)),
        }
    }

    /// The socket has gone; the session stays unless the bot ended it.
    fn leave(self, ended: Ended) {
        let Some(id) = self.session else { return };
        self.shared.change(|world| {
            let Some(session) = world.gateway.sessions.get_mut(&id) else { return };
            if !matches!(&session.socket, Some((number, _)) if *number == self.number) {
                return;
            }
            session.socket = None;
            if ended == Ended::SessionOver {
                world.gateway.sessions.remove(&id);
            }
        });
    }
}

fn is_bots(world: &World, token: &str) -> bool {
    token.strip_prefix("Bot ").unwrap_or(token) == world.application.token
}

fn refusal(world: &World, data: &Value, intents: u64) -> Option<Out> {
    if !is_bots(world, data["token"].as_str().unwrap_or_default()) {
        return Some(AUTHENTICATION_FAILED);
    }
    if data["intents"].as_u64().is_none() || intents & !INTENTS_ALL != 0 {
        return Some(INVALID_INTENTS);
    }
    let privileged = intents & INTENTS_PRIVILEGED != 0;
    (privileged && world.options.privileged_intents == PrivilegedIntents::Denied).then_some(DISALLOWED_INTENTS)
}

/// Open a session: READY, then the guild.
fn begin(world: &mut World, intents: u64, socket: (u64, UnboundedSender<Out>), gateway: &str) -> String {
    let id = blake3::hash(world.gateway.next_number().to_string().as_bytes()).to_hex()[..32].to_owned();
    let ready = json!({
        "v": 10, "user": world.user_json(world.application.bot), "session_id": id, "session_type": "normal",
        "resume_gateway_url": gateway, "shard": [0, 1], "relationships": [], "private_channels": [],
        "guilds": [{ "id": world.guild.id, "unavailable": true }],
        "application": { "id": world.application.id, "flags": 0 },
    });
    let mut session = Session::new(intents, socket);
    let mut events = vec![("READY", ready)];
    if intents & super::INTENT_GUILDS != 0 {
        events.push(("GUILD_CREATE", world.guild_create_json()));
    }
    for (kind, data) in events {
        match proof::check(kind, &data) {
            Ok(()) => {
                session.tell(kind, &data);
                world.log.note_event(kind);
            }
            Err(sentence) => world.unexpected(sentence),
        }
    }
    world.gateway.sessions.insert(id.clone(), session);
    world.gateway.readies += 1;
    world.gateway.bot_is_gone = false;
    id
}
