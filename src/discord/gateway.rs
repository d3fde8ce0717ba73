//! The gateway: the one open connection over which Discord tells us what people did.
//!
//! Serenity keeps it; we take interactions from it, as the JSON they came in, and that somebody typed a message, without
//! what it says, and hand each to a queue. It must never answer, decide or log what is in an event. Interactions are handed on unordered (serenity gives each event a task of
//! its own) and possibly twice: whoever records them tells by their id.
//!
//! Serenity drops an event it cannot parse at debug level. Here those are counted and reported ([`UnknownEvents`]), and an
//! interaction among them is handed on like any other. Serenity's own logs quote events it fails to read, at `warn`
//! and below: a subscriber must silence `serenity::gateway`.
//!
//! A connection that ends with a close frame without a code, which Discord does not send, is not noticed by serenity
//! until its next heartbeat fails, and until then it asks the dead connection again without a pause. What it reads is
//! its own affair, so nothing here can cut that short; one heartbeat interval is all it lasts.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use serde_json::Value;
use serenity::all::{
    Client, ClientBuilder, ConnectionStage, Context, Event, GatewayError, GatewayIntents, HttpBuilder, Interaction,
    RawEventHandler, ShardManager,
};
use serenity::model::id::{ApplicationId, UserId};
use thiserror::Error;
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;

use super::courier::{Courier, Failure};
use crate::app::typing::Typed;
use crate::domain::ids::{AccountId, MessageId};

/// How long an interaction may wait for room in the queue. After three seconds Discord has told the person that we did
/// not answer, and answering is impossible.
const ARRIVAL_WAIT_MAX: Duration = Duration::from_secs(3);
/// How long stopping may take; serenity itself gives a shard five seconds.
const STOP_MAX: Duration = Duration::from_secs(7);
/// How many kinds of unknown events are told apart.
const KINDS_MAX: usize = 64;

/// Something a person did, for the queue.
#[derive(Clone)]
pub enum Arrival {
    /// An interaction as it came, for [`super::interaction::parse`]. It holds what a person wrote.
    Interaction(Value),
    /// Somebody typed in a channel; what they wrote is not asked for.
    Typed(Typed),
}

/// What we know of ourselves once Discord has let us in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ready {
    /// The application commands are registered for.
    pub application: ApplicationId,
    /// The bot's own account.
    pub bot: UserId,
    /// How many times a session has begun, this one included; what happened between two sessions is lost.
    pub sessions: u64,
}

/// Why there is no connection.
#[derive(Debug, Clone, Error)]
pub enum NoGateway {
    /// Discord could not be asked where the gateway is. Serenity would silently go to the real one instead.
    #[error("Discord did not say where its gateway is")]
    Address(#[source] Failure),
    /// It named an address that is not one, or one without encryption for a Discord that has it.
    #[error("Discord named an address for its gateway that can't be used")]
    BadAddress,
    /// No starts are left; one more and Discord would take the token away.
    #[error("no starts are left for this bot; more in {} s", after.as_secs())]
    NoStartsLeft {
        /// When there are again.
        after: Duration,
    },
    /// Not let in within the time given.
    #[error("Discord did not let the bot in in time")]
    NotReady,
    /// Discord does not accept the token.
    #[error("the bot's token is not accepted")]
    BadToken,
    /// Discord does not grant what we ask to be told.
    #[error("the bot's application lacks an intent it asks for")]
    BadIntents,
    /// The connection has ended for good.
    #[error("the connection has ended")]
    Ended,
}

/// Events serenity could not make sense of, by kind.
#[derive(Debug, Default)]
pub struct UnknownEvents(Mutex<BTreeMap<String, u64>>);

impl UnknownEvents {
    /// How many of each kind there have been. Kinds beyond the first 64 are counted together as `other`.
    pub fn counts(&self) -> BTreeMap<String, u64> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Counts one, and raises the alarm at the first, second, fourth, eighth ... so that a flood does not fill the log.
    fn count(&self, kind: &str) {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let kind = if counts.len() < KINDS_MAX || counts.contains_key(kind) { kind } else { "other" };
        let count = counts.entry(kind.to_owned()).or_default();
        *count += 1;
        if count.is_power_of_two() {
            tracing::error!(kind, count = *count, "an event from Discord that can't be read");
        }
    }
}

/// The open connection. Dropping it closes nothing; call [`Gateway::stop`].
pub struct Gateway {
    ready: watch::Receiver<Option<Ready>>,
    unknown: Arc<UnknownEvents>,
    shards: Arc<ShardManager>,
    ended: watch::Receiver<Option<NoGateway>>,
    running: JoinHandle<()>,
}

impl Gateway {
    /// Connects with the courier's address and token, and sends every interaction to `arrivals` from now on.
    ///
    /// Returns before Discord has let us in: wait for that with [`Gateway::ready`]. Reconnecting is serenity's business; only
    /// what can't be mended by it ends the connection, see [`Gateway::ended`].
    pub async fn start(courier: &Courier, arrivals: mpsc::Sender<Arrival>) -> Result<Self, NoGateway> {
        let address = address(courier).await?;
        let (ready_sender, ready) = watch::channel(None);
        let unknown = Arc::new(UnknownEvents::default());
        let listener = Listener { arrivals, ready: ready_sender, unknown: Arc::clone(&unknown) };

        // Serenity ignores the address while its own limiter is on; all our requests go through the courier anyway.
        let http = HttpBuilder::new(courier.token().expose())
            .client(courier.client().clone())
            .proxy(courier.base())
            .ratelimiter_disabled(true)
            .build();
        // Interactions need no intent. Neither of these is privileged: GUILDS tells of deleted channels and changed
        // roles, GUILD_MESSAGES that somebody typed, and nothing of what.
        let intents = GatewayIntents::GUILDS | GatewayIntents::GUILD_MESSAGES;
        let mut client = ClientBuilder::new_with_http(http, intents)
            .raw_event_handler(listener)
            .await
            .map_err(|_| NoGateway::Ended)?;
        // Serenity has asked again by now, and if that failed it holds the real gateway's address.
        *client.ws_url.lock().await = address;
        let shards = Arc::clone(&client.shard_manager);
        let (end, ended) = watch::channel(None);
        let running = tokio::spawn(async move {
            let why = why_ended(&mut client).await;
            end.send_replace(Some(why));
        });
        Ok(Self { ready, unknown, shards, ended, running })
    }

    /// Waits until Discord has let us in. Events before that are lost by design of the platform.
    pub async fn ready(&self, within: Duration) -> Result<Ready, NoGateway> {
        let mut ready = self.ready.clone();
        tokio::select! {
            seen = tokio::time::timeout(within, ready.wait_for(Option::is_some)) => match seen {
                Ok(Ok(seen)) => seen.ok_or(NoGateway::NotReady),
                Ok(Err(_)) => Err(NoGateway::Ended),
                Err(_) => Err(NoGateway::NotReady),
            },
            ended = self.ended() => Err(ended),
        }
    }

    /// Follows whether and how often we have been let in, for health checks.
    pub fn watch(&self) -> watch::Receiver<Option<Ready>> {
        self.ready.clone()
    }

    /// Whether the connection stands at this moment. Serenity mends it by itself when it does not.
    pub async fn is_connected(&self) -> bool {
        let runners = self.shards.runners.lock().await;
        runners.values().any(|runner| runner.stage == ConnectionStage::Connected)
    }

    /// The events that could not be read.
    pub fn unknown_events(&self) -> &Arc<UnknownEvents> {
        &self.unknown
    }

    /// Waits until the connection ends for good, and says why.
    pub async fn ended(&self) -> NoGateway {
        let mut ended = self.ended.clone();
        let why = ended.wait_for(Option::is_some).await;
        why.ok().and_then(|why| why.clone()).unwrap_or(NoGateway::Ended)
    }

    /// Says goodbye to Discord and waits, within bounds, until the connection is closed. No interaction arrives after it,
    /// unless serenity was still trying to connect: it goes on trying as long as the runtime lives.
    pub async fn stop(self) {
        let goodbye = async {
            self.shards.shutdown_all().await;
        };
        if tokio::time::timeout(STOP_MAX, goodbye).await.is_err() {
            tracing::warn!("the gateway did not close in time");
        }
        self.running.abort();
    }
}

/// Where the gateway is. Asked through the courier, because it says when it was not told.
async fn address(courier: &Courier) -> Result<String, NoGateway> {
    let told = courier.gateway_bot().await.map_err(|failure| match failure {
        Failure::Unauthorised => NoGateway::BadToken,
        failure => NoGateway::Address(failure),
    })?;
    let starts = &told["session_start_limit"];
    if starts["remaining"].as_u64() == Some(0) {
        let after = Duration::from_millis(starts["reset_after"].as_u64().unwrap_or_default());
        return Err(NoGateway::NoStartsLeft { after });
    }
    let address = told["url"].as_str().ok_or(NoGateway::BadAddress)?;
    let is_plain = address.starts_with("ws://") && courier.base().starts_with("http://");
    // The token travels to this address next.
    if !is_plain && !address.starts_with("wss://") {
        return Err(NoGateway::BadAddress);
    }
    Ok(address.to_owned())
}

async fn why_ended(client: &mut Client) -> NoGateway {
    match client.start().await {
        Err(serenity::Error::Gateway(GatewayError::InvalidAuthentication)) => NoGateway::BadToken,
        Err(serenity::Error::Gateway(GatewayError::InvalidGatewayIntents | GatewayError::DisallowedGatewayIntents)) => {
            NoGateway::BadIntents
        }
        Ok(()) | Err(_) => NoGateway::Ended,
    }
}

/// What serenity calls for each event.
struct Listener {
    arrivals: mpsc::Sender<Arrival>,
    ready: watch::Sender<Option<Ready>>,
    unknown: Arc<UnknownEvents>,
}

#[async_trait]
impl RawEventHandler for Listener {
    async fn raw_event(&self, _context: Context, event: Event) {
        match event {
            Event::InteractionCreate(event) => match as_it_came(&event.interaction) {
                Ok(interaction) => self.hand_on(Arrival::Interaction(interaction)).await,
                Err(_) => self.unknown.count(INTERACTION),
            },
            Event::Unknown(event) => {
                self.unknown.count(&event.kind);
                if event.kind == INTERACTION {
                    self.hand_on(Arrival::Interaction(event.value)).await;
                }
            }
            // Only people interrupt; most messages are our own.
            Event::MessageCreate(event) if event.message.guild_id.is_some() && !event.message.author.bot => {
                self.hand_on(Arrival::Typed(Typed {
                    channel: event.message.channel_id.to_string(),
                    message: MessageId(event.message.id.get()),
                    account: AccountId(event.message.author.id.get()),
                }))
                .await;
            }
            Event::Ready(event) => self.ready.send_modify(|ready| {
                let sessions = ready.map_or(0, |before| before.sessions) + 1;
                let (application, bot) = (event.ready.application.id, event.ready.user.id);
                *ready = Some(Ready { application, bot, sessions });
            }),
            _ => {}
        }
    }
}

const INTERACTION: &str = "INTERACTION_CREATE";

impl Listener {
    async fn hand_on(&self, arrival: Arrival) {
        if self.arrivals.send_timeout(arrival, ARRIVAL_WAIT_MAX).await.is_err() {
            tracing::warn!("an interaction was dropped: the queue is full or closed");
        }
    }
}

/// The JSON serenity read an interaction from. Its types write everything back but the interaction's type.
fn as_it_came(interaction: &Interaction) -> serde_json::Result<Value> {
    let mut value = serde_json::to_value(interaction)?;
    if let Value::Object(fields) = &mut value {
        fields.insert("type".to_owned(), u8::from(interaction.kind()).into());
    }
    Ok(value)
}
