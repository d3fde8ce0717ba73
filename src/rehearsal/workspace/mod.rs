//! An in-process chat platform: REST under `/api/v10` and a gateway over WebSocket, as Discord documents them.
//!
//! It is what `convenor rehearse` plays on, and what the tests drive the real bot against. The bot that connects here is
//! the same bot, told another base address.
//!
//! What it must never do:
//! - know anything of the rest of the crate: it is the platform, not a helper of the bot;
//! - be kinder than the platform: what Discord refuses is refused, with Discord's own body;
//! - let a person do what Discord would not let them do;
//! - take the time of day from the machine: messages carry the play's own time (`set_now`). The machine's clock is for
//!   the three seconds, the fifteen minutes, rate limits and latency only.
//!
//! To play one more route: a row in `route`, an arm in `rest::perform`, and its limits in `forms`.

mod connection;
mod errors;
mod events;
mod faults;
mod forms;
mod furnish;
mod gateway;
mod id;
mod limits;
mod log;
mod observe;
mod people;
pub mod permissions;
mod posting;
mod proof;
mod rate;
mod rest;
mod route;
mod state;

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::extract::ws::WebSocketUpgrade;
use axum::extract::{ConnectInfo, State};
use axum::response::Response as HttpResponse;
use axum::routing::get;
use chrono::{DateTime, Utc};
use tokio::net::TcpListener;
use tokio::sync::Notify;
use tokio::task::JoinHandle;

use self::connection::{CuttableListener, Link, Links};
pub use self::faults::{Fault, Heartbeats};
pub use self::gateway::Invalidated;
pub use self::id::Id;
pub use self::log::{Post, PostKind, RequestRecord};
pub use self::observe::TimedOut;
pub use self::people::{
    Answer, CannotDo, Choice, ModalField, OptionValue, Person, Response, SeenButton, SeenChannel, SeenFile,
    SeenMessage, SeenSelect, SelectChoice, ShownModal,
};
pub use self::permissions::{Overwrite, Target};
pub use self::rate::Limits;
pub use self::route::Route;
use self::state::World;
pub use self::state::{ChannelKind, DirectMessages};

/// Whether slash commands work where typing is denied; the platform does not say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CommandsWithoutSend {
    /// As everybody observes in ordinary channels.
    Allow,
    /// As a cautious reading has it.
    Deny,
}

/// Whether the application was granted members, presences and message content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PrivilegedIntents {
    /// A bot that asks for them is sent away with 4014.
    Denied,
    /// It gets them.
    Granted,
}

/// How a workspace is opened.
#[derive(Clone, Debug)]
pub struct Options {
    /// The port on the loopback interface; 0 takes a free one.
    pub port: u16,
    /// The guild's name.
    pub guild_name: String,
    /// The bot's name.
    pub bot_name: String,
    /// What the bot's own role allows.
    pub bot_permissions: u64,
    /// How strictly requests are counted.
    pub limits: Limits,
    /// How long the bot has for its first answer: three seconds on the platform.
    pub answer_within: Duration,
    /// How long an interaction's token is good: fifteen minutes on the platform.
    pub token_life: Duration,
    /// How long a person waits for a deferred reply to be written before they look away.
    pub patience: Duration,
    /// How long a nonce is remembered: "a few minutes" on the platform.
    pub nonce_memory: Duration,
    /// How often a bot is asked for a heartbeat.
    pub heartbeat_every: Duration,
    /// Whether slash commands work where typing is denied.
    pub commands_without_send: CommandsWithoutSend,
    /// Whether the bot may ask for privileged intents.
    pub privileged_intents: PrivilegedIntents,
    /// Where the play's clock starts.
    pub now: DateTime<Utc>,
}

impl Options {
    /// A platform that waits for the first answer: what happens then never depends on how busy the machine is.
    pub fn unhurried() -> Self {
        Self { answer_within: Duration::from_secs(60), ..Self::default() }
    }
}

impl Default for Options {
    fn default() -> Self {
        Self {
            port: 0,
            guild_name: "Rehearsal".to_owned(),
            bot_name: "convenor".to_owned(),
            bot_permissions: permissions::BOT_DEFAULT,
            limits: Limits::Roomy,
            answer_within: Duration::from_secs(3),
            token_life: Duration::from_secs(15 * 60),
            patience: Duration::from_secs(30),
            nonce_memory: Duration::from_secs(5 * 60),
            heartbeat_every: Duration::from_millis(41_250),
            commands_without_send: CommandsWithoutSend::Allow,
            privileged_intents: PrivilegedIntents::Denied,
            now: DateTime::UNIX_EPOCH,
        }
    }
}

/// A running workspace: one guild with its owner and the bot's application. Clones are handles to the same one.
#[derive(Clone, Debug)]
pub struct Workspace {
    shared: Arc<Shared>,
}

/// What the server, the sockets and the people share.
#[derive(Debug)]
struct Shared {
    world: Mutex<World>,
    changed: Notify,
    address: SocketAddr,
    links: Links,
    server: Mutex<Option<JoinHandle<()>>>,
}

impl Workspace {
    /// Bind `127.0.0.1` and serve until `close`. A port in use is an error.
    pub async fn open(options: Options) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, options.port)).await?;
        let links = Links::default();
        let shared = Arc::new(Shared {
            world: Mutex::new(World::new(options)),
            changed: Notify::new(),
            address: listener.local_addr()?,
            links: links.clone(),
            server: Mutex::new(None),
        });
        let server = tokio::spawn(serve(CuttableListener::new(listener, links), Arc::clone(&shared)));
        *shared.server.lock().unwrap_or_else(PoisonError::into_inner) = Some(server);
        Ok(Self { shared })
    }

    /// Stop serving: every connection breaks and the port is free again.
    pub async fn close(&self) {
        let server = self.shared.server.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(server) = server {
            server.abort();
            // Aborted is how it is meant to end; waiting makes sure the port is free.
            let _ = server.await;
        }
        self.shared.links.cut_all();
    }

    /// `http://127.0.0.1:PORT`: what takes the place of `https://discord.com`.
    pub fn base_url(&self) -> String {
        format!("http://{}", self.shared.address)
    }

    /// The bot's token, without `Bot `.
    pub fn bot_token(&self) -> String {
        self.shared.look(|world| world.application.token.clone())
    }

    /// The application's id.
    pub fn application_id(&self) -> Id {
        self.shared.look(|world| world.application.id)
    }

    /// The bot's user id.
    pub fn bot_id(&self) -> Id {
        self.shared.look(|world| world.application.bot)
    }

    /// The role the bot was invited with.
    pub fn bot_role(&self) -> Id {
        self.shared.look(|world| world.application.bot_role)
    }

    /// The guild; also the id of its `@everyone` role.
    pub fn guild_id(&self) -> Id {
        self.shared.look(|world| world.guild.id)
    }

    /// The person who made the guild.
    pub fn owner_id(&self) -> Id {
        self.shared.look(|world| world.guild.owner)
    }

    /// The play's present.
    pub fn now(&self) -> DateTime<Utc> {
        self.shared.look(|world| world.now)
    }

    /// Set the play's present: messages posted from here on carry it.
    pub fn set_now(&self, now: DateTime<Utc>) {
        self.shared.change(|world| world.now = now);
    }

    /// One of the people, to act as them.
    pub fn person(&self, user: impl Into<Id>) -> Person {
        Person::new(Arc::clone(&self.shared), user.into())
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, World> {
        // A panic elsewhere must not hide the first failure of a test behind a second one.
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Read something.
    fn look<T>(&self, look: impl FnOnce(&World) -> T) -> T {
        look(&self.lock())
    }

    /// Change something, and wake whoever waits for a change.
    fn change<T>(&self, change: impl FnOnce(&mut World) -> T) -> T {
        let outcome = change(&mut self.lock());
        self.changed.notify_waiters();
        outcome
    }

    fn gateway_url(&self) -> String {
        format!("ws://{}", self.address)
    }
}

async fn serve(listener: CuttableListener, shared: Arc<Shared>) {
    let router = Router::new().route("/", get(open_gateway)).fallback(rest::receive).with_state(shared);
    let service = router.into_make_service_with_connect_info::<Link>();
    // axum's server has no way to fail once it listens.
    let _ = axum::serve(listener, service).await;
}

async fn open_gateway(
    State(shared): State<Arc<Shared>>,
    ConnectInfo(link): ConnectInfo<Link>,
    upgrade: WebSocketUpgrade,
) -> HttpResponse {
    upgrade.on_upgrade(move |web| gateway::serve(shared, link, web))
}
