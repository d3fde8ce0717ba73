//! Keeping to Discord's rate limits: a permit is taken before a request and given back with what its answer said.
//!
//! Three limits hold: the bucket of a route (per channel or guild), the bot's fifty requests a second, and a pause of
//! everything when an answer demands one. Nothing waits without bound: a wait beyond the agreed maximum is a
//! [`Failure::Later`] at once. Interactions' own endpoints are exempt from the bot's limit and must never come here,
//! because an acknowledgement that queues behind board edits arrives after its three seconds.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use reqwest::header::HeaderMap;
use tokio::sync::oneshot;
use twilight_http_ratelimiting::{Bucket, Endpoint, Method, Permit, RateLimitHeaders, RateLimiter};

use super::failure::{Failure, Why, delay};

/// What the headers of an answer say about limits.
#[derive(Debug, Clone, Default)]
pub(super) struct Pace {
    bucket: Option<Vec<u8>>,
    limit: Option<u16>,
    remaining: Option<u16>,
    reset_after: Option<Duration>,
    /// `Retry-After`, whoever sent it.
    pub(super) retry_after: Option<Duration>,
    /// Whether a limit that was met is the bot's own, not the route's.
    pub(super) is_global: bool,
}

impl Pace {
    /// Reads the headers; what is missing or malformed counts as not said.
    pub(super) fn read(headers: &HeaderMap) -> Self {
        let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
        let seconds = |name: &str| text(name).and_then(|value| value.parse().ok()).and_then(delay);
        let number = |name: &str| text(name).and_then(|value| value.parse().ok());
        Self {
            bucket: text(RateLimitHeaders::BUCKET).map(|bucket| bucket.as_bytes().to_vec()),
            limit: number(RateLimitHeaders::LIMIT),
            remaining: number(RateLimitHeaders::REMAINING),
            reset_after: seconds(RateLimitHeaders::RESET_AFTER),
            retry_after: seconds("retry-after"),
            is_global: headers.contains_key("x-ratelimit-global") || text(RateLimitHeaders::SCOPE) == Some("global"),
        }
    }

    /// The same for the limiter, if the answer named a bucket. A bucket that was just exceeded is empty until `pause` is
    /// over, whatever its other headers say.
    fn for_the_bucket(self, pause: Option<Duration>) -> Option<RateLimitHeaders> {
        let remaining = if pause.is_some() { 0 } else { self.remaining? };
        Some(RateLimitHeaders {
            bucket: self.bucket?,
            limit: self.limit.unwrap_or_default(),
            remaining,
            reset_at: Instant::now() + pause.or(self.reset_after)?,
        })
    }
}

/// The limits of one bot, shared by everything that sends in its name.
pub(super) struct Limiter {
    buckets: RateLimiter,
    /// Until when everything pauses.
    paused_until: Mutex<Option<Instant>>,
    wait_max: Duration,
}

impl Limiter {
    /// Starts a limiter; it runs a task of its own, so there must be a tokio runtime.
    pub(super) fn new(requests_per_second_max: u16, wait_max: Duration) -> Self {
        Self { buckets: RateLimiter::new(requests_per_second_max.max(1)), paused_until: Mutex::default(), wait_max }
    }

    /// Waits until `route` may be requested, or says that it would take too long.
    pub(super) async fn permit(&self, method: Method, route: &str) -> Result<Permit, Failure> {
        let deadline = Instant::now() + self.wait_max;
        let permit = self.bucket_permit(method, route).await?;
        let Some(until) = *self.paused_until.lock().unwrap_or_else(PoisonError::into_inner) else {
            return Ok(permit);
        };
        if until > deadline {
            let after = Some(until.saturating_duration_since(Instant::now()));
            return Err(Failure::Later { after, why: Why::RateLimited { everywhere: true } });
        }
        tokio::time::sleep_until(until.into()).await;
        Ok(permit)
    }

    async fn bucket_permit(&self, method: Method, route: &str) -> Result<Permit, Failure> {
        let endpoint = Endpoint { method, path: route.to_owned() };
        let wait_max = self.wait_max;
        let (tell, told) = oneshot::channel();
        let permit = self.buckets.acquire_if(endpoint, move |bucket| match wait_for(bucket) {
            Some(wait) if wait > wait_max => tell.send(wait).is_err(),
            _ => true,
        });
        match tokio::time::timeout(wait_max, permit).await {
            Ok(Some(permit)) => Ok(permit),
            Ok(None) => Err(Failure::Later { after: told.await.ok(), why: Why::Queued }),
            Err(_) => Err(Failure::later(Why::Queued)),
        }
    }

    /// Gives a permit back with what the answer said. `exceeded` is the failure of a 429 and pauses what it names: the
    /// bucket, or everything when it is global or comes from the servers in front of Discord, which know no buckets.
    pub(super) fn settle(&self, permit: Permit, pace: Pace, failure: Option<&Failure>) {
        let pause = match failure {
            Some(Failure::Later { after: Some(after), why: Why::RateLimited { everywhere } }) => {
                if *everywhere || pace.bucket.is_none() {
                    self.pause(*after);
                }
                Some(*after)
            }
            _ => None,
        };
        permit.complete(pace.for_the_bucket(pause));
    }

    /// Gives back the permit of a request that got no answer. It counts as sent: it may have been.
    pub(super) fn abandon(permit: Permit) {
        permit.complete(None);
    }

    fn pause(&self, after: Duration) {
        let until = Instant::now() + after;
        let mut paused = self.paused_until.lock().unwrap_or_else(PoisonError::into_inner);
        if paused.is_none_or(|before| before < until) {
            *paused = Some(until);
        }
    }
}

/// How long an exhausted bucket keeps a request waiting.
fn wait_for(bucket: Option<Bucket>) -> Option<Duration> {
    let bucket = bucket.filter(|bucket| bucket.remaining == 0)?;
    Some(bucket.reset_at.saturating_duration_since(Instant::now()))
}
