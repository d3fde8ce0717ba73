//! A server that answers by script, and couriers to it.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, Method, Response, Uri};
use convenor::discord::courier::{Courier, Limits, Secret};
use serde_json::Value;
use tokio::net::TcpListener;

/// The token of every courier here; it must show nowhere.
pub const TOKEN: &str = "MTAw.a-token.that-must-not-show";

/// One answer of the script.
#[derive(Clone, Default)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(&'static str, String)>,
    pub body: String,
    pub after: Duration,
}

pub fn answer(status: u16, body: impl Into<String>) -> Answer {
    Answer { status, body: body.into(), ..Answer::default() }
}

impl Answer {
    pub fn header(mut self, name: &'static str, value: impl ToString) -> Self {
        self.headers.push((name, value.to_string()));
        self
    }

    /// Says that nothing is left in this bucket for so many seconds.
    pub fn last_of_its_bucket(self, seconds: f64) -> Self {
        self.header("x-ratelimit-bucket", "b1")
            .header("x-ratelimit-limit", 1)
            .header("x-ratelimit-remaining", 0)
            .header("x-ratelimit-reset-after", seconds)
    }
}

/// A request as it arrived.
#[derive(Debug)]
pub struct Heard {
    pub line: String,
    pub headers: HeaderMap,
    pub body: Value,
}

/// A server that gives its answers in order, and `{}` when there are none left.
#[derive(Clone, Default)]
pub struct Script {
    pub answers: Arc<Mutex<VecDeque<Answer>>>,
    pub heard: Arc<Mutex<Vec<Heard>>>,
}

impl Script {
    pub async fn start(answers: impl IntoIterator<Item = Answer>) -> (Self, SocketAddr) {
        let script = Self::default();
        script.answers.lock().expect("unpoisoned").extend(answers);
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let router = Router::new().fallback(play).with_state(script.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        (script, address)
    }

    /// A server and the courier to it.
    pub async fn courier(answers: impl IntoIterator<Item = Answer>) -> (Courier, Self) {
        let (script, address) = Self::start(answers).await;
        (courier_to(address), script)
    }

    pub fn lines(&self) -> Vec<String> {
        self.heard.lock().expect("unpoisoned").iter().map(|heard| heard.line.clone()).collect()
    }

    pub fn last(&self) -> Heard {
        self.heard.lock().expect("unpoisoned").pop().expect("a request was made")
    }
}

async fn play(
    State(script): State<Script>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response<Body> {
    let body = serde_json::from_slice(&body).unwrap_or(Value::Null);
    script.heard.lock().expect("unpoisoned").push(Heard { line: format!("{method} {uri}"), headers, body });
    let answer = script.answers.lock().expect("unpoisoned").pop_front().unwrap_or_else(|| answer(200, "{}"));
    tokio::time::sleep(answer.after).await;
    let mut response = Response::builder().status(answer.status);
    for (name, value) in answer.headers {
        response = response.header(name, value);
    }
    response.body(Body::from(answer.body)).expect("a valid answer")
}

pub fn courier_to(address: SocketAddr) -> Courier {
    courier_within(address, Limits::default())
}

pub fn courier_within(address: SocketAddr, limits: Limits) -> Courier {
    Courier::with_limits(format!("http://{address}/"), Secret::new(TOKEN), limits).expect("a courier")
}
