//! The courier carries requests to Discord: one attempt each, and a result that says what to do next.
//!
//! It exists because serenity's own client loses the delay of a rate limit and cannot be told another address
//! while its limiter is on. Serenity's builders still serve as bodies: everything that is `Serialize` does.
//!
//! It must never retry (the outbox does, and it alone knows whether that is still wanted), never wait without bound,
//! never follow a redirect (the token would travel with it), and never let a body, an address with an interaction's
//! token, or a sentence of the server's reach a log or a [`Failure`].
//!
//! To add an endpoint: one method in `endpoints.rs`, whose template names the path.

mod channel;
mod endpoints;
mod failure;
mod limits;
mod request;
mod secret;

use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use reqwest::multipart::{Form, Part};
use reqwest::{Client, Url, redirect};
use serde::de::DeserializeOwned;
use serde_json::Value;
use thiserror::Error;

pub use channel::{Found, Listed, NewChannel, Overwrite, Whose};
pub use endpoints::{NONCE_LENGTH_MAX, Nonce, NonceTooLong};
pub use failure::{Failure, Why};
pub use secret::Secret;

use limits::{Limiter, Pace};
use request::{Lane, Request};

use crate::app::asking::File;

/// The largest answer that is read, in bytes. A guild's 500 channels with their overwrites stay below it.
const ANSWER_MAX: usize = 16 * 1024 * 1024;
/// Names the program to Discord, in the form it asks of bots.
const USER_AGENT: &str = concat!("DiscordBot (", env!("CARGO_PKG_NAME"), ", ", env!("CARGO_PKG_VERSION"), ")");

/// How long things may take and how many there may be.
#[derive(Debug, Clone)]
pub struct Limits {
    /// How long a request may wait for its turn before it is handed back as [`Failure::Later`].
    pub wait_max: Duration,
    /// How long a request may take once it is sent.
    pub request_max: Duration,
    /// How long the first answer to an interaction may take; Discord forgets the interaction after three seconds.
    pub callback_max: Duration,
    /// How long deciding and committing may take before the person is told to wait.
    pub decide_max: Duration,
    /// Requests a second in the bot's name; Discord allows fifty.
    pub requests_per_second_max: u16,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            wait_max: Duration::from_secs(5),
            request_max: Duration::from_secs(10),
            callback_max: Duration::from_millis(2500),
            decide_max: Duration::from_millis(1500),
            requests_per_second_max: 50,
        }
    }
}

impl Limits {
    /// For a platform that waits: what the bot does then never depends on how busy its machine is.
    pub fn unhurried(requests_per_second_max: u16) -> Self {
        let long = Duration::from_secs(60);
        Self { wait_max: long, request_max: long, callback_max: long, decide_max: long, requests_per_second_max }
    }
}

/// Why a courier could not be made. Only ever a mistake in the configuration.
#[derive(Debug, Error)]
pub enum NoCourier {
    /// The base address is not one.
    #[error("the address of Discord must be http:// or https://, a host and nothing after it but a port or a path")]
    Base,
    /// The token cannot be sent in a header.
    #[error("the bot's token is empty or holds a character no token has")]
    Token,
    /// No HTTP client could be made, for instance for want of TLS.
    #[error("no HTTP client can be made")]
    Client(#[source] reqwest::Error),
}

/// The thin REST client. Share it by reference or `Arc`: its limits only hold if everything goes through one.
pub struct Courier {
    client: Client,
    base: String,
    token: Secret,
    authorization: HeaderValue,
    limiter: Limiter,
    limits: Limits,
    /// Set by the first 401: the token will not become right by asking again.
    is_unauthorised: AtomicBool,
}

impl Courier {
    /// A courier to `base` (`https://discord.com`, or a workspace like `http://127.0.0.1:4000`) with Discord's limits.
    ///
    /// Must be called inside a tokio runtime. Sends nothing.
    pub fn new(base: impl Into<String>, token: Secret) -> Result<Self, NoCourier> {
        Self::with_limits(base, token, Limits::default())
    }

    /// How long deciding and committing may take before the person is told to wait.
    pub fn decide_max(&self) -> Duration {
        self.limits.decide_max
    }

    /// The same with other limits, for a workspace that allows more than Discord or a test that waits less.
    pub fn with_limits(base: impl Into<String>, token: Secret, limits: Limits) -> Result<Self, NoCourier> {
        let mut base = base.into();
        base.truncate(base.trim_end_matches('/').len());
        let url = Url::parse(&base).map_err(|_| NoCourier::Base)?;
        let is_plain = url.query().is_none() && url.fragment().is_none() && url.username().is_empty();
        if !matches!(url.scheme(), "http" | "https") || !is_plain {
            return Err(NoCourier::Base);
        }
        Ok(Self {
            client: client_for(&url, &limits).map_err(NoCourier::Client)?,
            authorization: authorization(&token).ok_or(NoCourier::Token)?,
            limiter: Limiter::new(limits.requests_per_second_max, limits.wait_max),
            base,
            token,
            limits,
            is_unauthorised: AtomicBool::new(false),
        })
    }

    /// The base address, for the one other thing that needs it: serenity.
    pub fn base(&self) -> &str {
        &self.base
    }

    pub(super) fn token(&self) -> &Secret {
        &self.token
    }

    pub(super) fn client(&self) -> &Client {
        &self.client
    }

    /// Sends one request, once. An answer without a body is `Null`.
    async fn send(&self, request: Request) -> Result<Value, Failure> {
        self.fetch(request).await.map(Option::unwrap_or_default)
    }

    /// Sends one request, once, and reads the answer as a `T`; `None` when there is no body.
    async fn fetch<T: DeserializeOwned>(&self, request: Request) -> Result<Option<T>, Failure> {
        let body = self.deliver(request).await?;
        if body.is_empty() {
            return Ok(None);
        }
        serde_json::from_slice(&body).map_err(|_| Failure::later(Why::Unreadable))
    }

    async fn deliver(&self, request: Request) -> Result<Vec<u8>, Failure> {
        if request.lane != Lane::Bot {
            return self.exchange(&request).await?.into_body(&request);
        }
        if self.is_unauthorised.load(Ordering::Relaxed) {
            return Err(Failure::Unauthorised);
        }
        let permit = self.limiter.permit(request.method, &request.route).await?;
        match self.exchange(&request).await {
            Ok(reply) => {
                let pace = reply.pace.clone();
                let outcome = reply.into_body(&request);
                self.limiter.settle(permit, pace, outcome.as_ref().err());
                if outcome == Err(Failure::Unauthorised) {
                    self.is_unauthorised.store(true, Ordering::Relaxed);
                }
                outcome
            }
            Err(lost) => {
                Limiter::abandon(permit);
                Err(lost)
            }
        }
    }

    /// The one place that touches the network.
    async fn exchange(&self, request: &Request) -> Result<Reply, Failure> {
        let began = Instant::now();
        let reply = self.attempt(request).await;
        tracing::debug!(
            method = request.method.name(),
            route = request.template,
            status = reply.as_ref().ok().map(|reply| reply.status),
            failure = reply.as_ref().err().map(tracing::field::display),
            milliseconds = began.elapsed().as_millis(),
            "request"
        );
        reply
    }

    async fn attempt(&self, request: &Request) -> Result<Reply, Failure> {
        let url = format!("{}/api/v10/{}", self.base, request.path);
        let method = request.method.name().parse().map_err(|_| Failure::Unsendable)?;
        let time_max = match request.lane {
            Lane::Callback => self.limits.callback_max,
            Lane::Bot | Lane::FollowUp => self.limits.request_max,
        };
        let mut call = self.client.request::<&str>(method, &url).timeout(time_max);
        if request.lane == Lane::Bot {
            call = call.header(AUTHORIZATION, &self.authorization);
        }
        if let Some(reason) = &request.reason {
            call = call.header("x-audit-log-reason", reason);
        }
        call = match (&request.body, &request.file) {
            (Some(body), Some(file)) => call.multipart(form(body, file)?),
            (Some(body), None) => call.header(CONTENT_TYPE, "application/json").body(body.clone()),
            (None, _) => call,
        };
        let mut response = call.send().await.map_err(|error| lost(&error))?;
        let status = response.status().as_u16();
        let pace = Pace::read(response.headers());
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| lost(&error))? {
            if body.len() + chunk.len() > ANSWER_MAX {
                return Err(Failure::later(Why::Unreadable));
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Reply { status, pace, body })
    }
}

impl fmt::Debug for Courier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Courier").field("base", &self.base).field("limits", &self.limits).finish_non_exhaustive()
    }
}

/// An answer, whatever it says.
struct Reply {
    status: u16,
    pace: Pace,
    body: Vec<u8>,
}

impl Reply {
    fn into_body(self, request: &Request) -> Result<Vec<u8>, Failure> {
        match self.status {
            200..=299 => Ok(self.body),
            status => Err(failure::verdict(status, &self.pace, &self.body, request.lane == Lane::Bot)),
        }
    }
}

/// A body with its file, as the platform wants them.
fn form(body: &[u8], file: &File) -> Result<Form, Failure> {
    let json = Part::bytes(body.to_vec()).mime_str("application/json");
    let bytes = Part::bytes(file.bytes.clone()).file_name(file.name.clone()).mime_str(file.media_type);
    let (json, bytes) = (json.map_err(|_| Failure::Unsendable)?, bytes.map_err(|_| Failure::Unsendable)?);
    Ok(Form::new().part("payload_json", json).part("files[0]", bytes))
}

/// What a failed exchange means. The error itself is dropped here: it holds the address, and with it perhaps a token.
fn lost(error: &reqwest::Error) -> Failure {
    Failure::later(match error {
        error if error.is_timeout() => Why::TimedOut,
        error if error.is_connect() => Why::Unreachable,
        _ => Why::Interrupted,
    })
}

fn client_for(base: &Url, limits: &Limits) -> Result<Client, reqwest::Error> {
    let mut builder = Client::builder()
        .user_agent(USER_AGENT)
        .redirect(redirect::Policy::none())
        .timeout(limits.request_max)
        // A connection kept for long is often dead on the other side, which costs the next acknowledgement.
        .pool_idle_timeout(Duration::from_secs(30));
    if matches!(base.host_str(), Some("127.0.0.1" | "localhost" | "[::1]")) {
        // An authority's web proxy has no business between us and our own machine.
        builder = builder.no_proxy();
    }
    builder.build()
}

fn authorization(token: &Secret) -> Option<HeaderValue> {
    let token = token.expose();
    if token.is_empty() || token.contains(char::is_whitespace) {
        return None;
    }
    let mut value = HeaderValue::from_str(&format!("Bot {token}")).ok()?;
    value.set_sensitive(true);
    Some(value)
}
