//! Rate limits: true headers on every answer, per bucket and major id, and fifty a second for the bot as a whole.
//!
//! The platform publishes no table and asks nobody to hard-code one: apart from the fifty a second, the figures under
//! `Limits::Discord` are estimates, there to make a bot wait, not to say how long. The two renames of a channel in ten
//! minutes are not counted apart. All is counted on the machine's clock, never on the play's.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::Id;
use super::route::{Matched, Route};

/// How strictly requests are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limits {
    /// True headers, generous numbers: a play never waits.
    Roomy,
    /// As the platform counts, as far as anyone knows.
    Discord,
}

/// So many requests in so long.
#[derive(Clone, Copy, Debug)]
struct Allowance {
    requests: u32,
    window: Duration,
}

const fn per_seconds(requests: u32, seconds: u64) -> Allowance {
    Allowance { requests, window: Duration::from_secs(seconds) }
}

const ROOMY: Allowance = per_seconds(10_000, 1);
const GLOBAL: Allowance = per_seconds(50, 1);

fn allowance(route: Route, limits: Limits) -> Allowance {
    if limits == Limits::Roomy {
        return ROOMY;
    }
    match route {
        Route::CreateMessage | Route::EditMessage => per_seconds(5, 5),
        Route::DeleteMessage => per_seconds(5, 1),
        Route::EditChannel | Route::CreateChannel => per_seconds(10, 15),
        Route::DeleteChannel => per_seconds(5, 15),
        Route::PutOverwrite | Route::DeleteOverwrite => per_seconds(10, 15),
        Route::Pin | Route::PinOld | Route::Unpin | Route::UnpinOld => per_seconds(5, 4),
        Route::OpenDirectChannel => per_seconds(10, 10),
        Route::PutCommands => per_seconds(2, 60),
        Route::GetCommands => per_seconds(5, 20),
        Route::CreateFollowup | Route::EditOriginal | Route::EditFollowup => per_seconds(5, 2),
        _ => per_seconds(50, 1),
    }
}

#[derive(Clone, Copy, Debug)]
struct Window {
    used: u32,
    ends: Instant,
}

impl Window {
    /// Count one more request: what remains, or how long to wait.
    fn count(&mut self, allowance: Allowance, now: Instant) -> Result<u32, Duration> {
        if now >= self.ends {
            *self = Self { used: 0, ends: now + allowance.window };
        }
        if self.used >= allowance.requests {
            return Err(self.ends - now);
        }
        self.used += 1;
        Ok(allowance.requests - self.used)
    }
}

/// The counts of every bucket.
#[derive(Debug, Default)]
pub struct RateBook {
    windows: HashMap<(String, String), Window>,
    global: Option<Window>,
}

/// Who is limited by a 429.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// This bot, in this bucket.
    User,
    /// This bot, everywhere.
    Global,
}

/// The rate limit headers of an answer.
#[derive(Clone, Debug)]
pub struct RateHeaders {
    bucket: String,
    limit: u32,
    remaining: u32,
    reset_after: Duration,
    refused: Option<Scope>,
}

impl RateHeaders {
    /// A made-up 429, for faults.
    pub fn refused_for(route: Route, wait: Duration, scope: Scope) -> Self {
        Self { bucket: bucket(route), limit: 5, remaining: 0, reset_after: wait, refused: Some(scope) }
    }

    /// Whether this is a 429.
    pub fn is_refused(&self) -> bool {
        self.refused.is_some()
    }

    /// Names and values, in the platform's spelling.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let after = self.reset_after.as_secs_f64();
        if self.refused == Some(Scope::Global) {
            return vec![
                ("Retry-After", format!("{}", after.ceil())),
                ("X-RateLimit-Global", "true".to_owned()),
                ("X-RateLimit-Scope", "global".to_owned()),
            ];
        }
        let mut pairs = vec![
            ("X-RateLimit-Limit", self.limit.to_string()),
            ("X-RateLimit-Remaining", self.remaining.to_string()),
            ("X-RateLimit-Reset", format!("{:.3}", epoch_seconds() + after)),
            ("X-RateLimit-Reset-After", format!("{after:.3}")),
            ("X-RateLimit-Bucket", self.bucket.clone()),
        ];
        if self.refused == Some(Scope::User) {
            pairs.push(("Retry-After", format!("{}", after.ceil())));
            pairs.push(("X-RateLimit-Scope", "user".to_owned()));
        }
        pairs
    }

    /// The body of a 429.
    pub fn body(&self) -> Value {
        json!({
            "message": "You are being rate limited.",
            "retry_after": (self.reset_after.as_secs_f64() * 1_000.0).ceil() / 1_000.0,
            "global": self.refused == Some(Scope::Global),
        })
    }
}

/// `X-RateLimit-Reset` is a moment of the machine's clock by definition: clients compare it with theirs.
#[allow(clippy::disallowed_methods, reason = "a rate limit is about the machine's time, not the play's")]
fn epoch_seconds() -> f64 {
    std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0.0, |since| since.as_secs_f64())
}

impl RateBook {
    /// Count a request and say what its headers are.
    pub fn count(&mut self, matched: &Matched, limits: Limits, now: Instant) -> RateHeaders {
        let allowance = allowance(matched.route, limits);
        let bucket = bucket(matched.route);
        if limits == Limits::Discord && !matched.route.is_interaction() {
            let global = self.global.get_or_insert(Window { used: 0, ends: now });
            if let Err(wait) = global.count(GLOBAL, now) {
                let refused = Some(Scope::Global);
                return RateHeaders { bucket, limit: GLOBAL.requests, remaining: 0, reset_after: wait, refused };
            }
        }
        self.forget_ended(now);
        let key = (bucket.clone(), major(matched));
        let window = self.windows.entry(key).or_insert(Window { used: 0, ends: now });
        let counted = window.count(allowance, now);
        RateHeaders {
            bucket,
            limit: allowance.requests,
            remaining: counted.unwrap_or(0),
            reset_after: window.ends.saturating_duration_since(now),
            refused: counted.err().map(|_| Scope::User),
        }
    }

    /// Every interaction has a bucket of its own, so the list would grow with the play.
    fn forget_ended(&mut self, now: Instant) {
        const KEPT_MAX: usize = 1_024;
        if self.windows.len() > KEPT_MAX {
            self.windows.retain(|_, window| window.ends > now);
        }
    }
}

/// Opaque to the bot, as the platform's are. Pins share one bucket whichever path names them.
fn bucket(route: Route) -> String {
    let named = match route {
        Route::PinOld | Route::UnpinOld | Route::Unpin => Route::Pin,
        Route::GetPinsOld => Route::GetPins,
        other => other,
    };
    let key = format!("{} {}", named.method(), named.template());
    blake3::hash(key.as_bytes()).to_hex()[..32].to_owned()
}

/// The top-level resource a bucket is counted for.
fn major(matched: &Matched) -> String {
    let wanted = ["guild", "channel", "interaction", "token"];
    let place = matched.places.iter().find(|(name, _)| wanted.contains(name));
    place.map_or_else(|| Id(0).to_string(), |(_, value)| value.clone())
}
