//! REST: receiving a request, counting it, letting it go wrong if a fault waits, doing it, logging it.
//!
//! Every request is done whole under one lock, so nobody ever sees half of it.

mod channels;
mod commands;
mod guilds;
mod interactions;
mod messages;
mod overwrites;
mod pins;
mod webhooks;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Instant;

use axum::body::{Body, to_bytes};
use axum::extract::{ConnectInfo, DefaultBodyLimit, FromRequest as _, Multipart, Request as HttpRequest, State};
use axum::http::{HeaderMap, header};
use axum::response::Response as HttpResponse;
use serde_json::{Value, json};

use super::connection::Link;
use super::errors::{self, ApiError, BAD_GATEWAY_PAGE};
use super::faults::Fault;
use super::limits::{FILE_BYTES_MAX, REASON_CHARS_MAX, REQUEST_BYTES_MAX};
use super::log::RequestRecord;
use super::people::SeenFile;
use super::rate::{RateHeaders, Scope};
use super::route::{self, Matched, Route};
use super::state::World;
use super::{Id, Shared};

/// A request, read.
struct Request {
    matched: Matched,
    query: HashMap<String, String>,
    body: Value,
    /// What came beside the body.
    files: Vec<SeenFile>,
}

impl Request {
    /// What stands in a placeholder of the path.
    fn place(&self, name: &str) -> &str {
        let place = self.matched.places.iter().find(|(place, _)| *place == name);
        place.map_or("", |(_, value)| value)
    }

    /// A snowflake of the path.
    fn id(&self, name: &str) -> Result<Id, ApiError> {
        let value = self.place(name);
        value.parse().map_err(|_| {
            let message = format!("Value \"{value}\" is not snowflake.");
            let complaint = json!([{ "code": "NUMBER_TYPE_COERCE", "message": message }]);
            ApiError::invalid_form(json!({ (format!("{name}_id")): { "_errors": complaint } }))
        })
    }

    /// A number of the query.
    fn number(&self, name: &str) -> Option<u64> {
        self.query.get(name)?.parse().ok()
    }
}

/// What is answered when all is well.
struct Reply {
    status: u16,
    body: Option<Value>,
}

impl Reply {
    fn ok(body: Value) -> Self {
        Self { status: 200, body: Some(body) }
    }

    fn created(body: Value) -> Self {
        Self { status: 201, body: Some(body) }
    }

    fn nothing() -> Self {
        Self { status: 204, body: None }
    }
}

type Outcome = Result<Reply, ApiError>;

/// Do what a route does.
fn perform(world: &mut World, request: &Request, shared: &Shared) -> Outcome {
    match request.matched.route {
        Route::GetGateway => Ok(Reply::ok(json!({ "url": shared.gateway_url() }))),
        Route::GetGatewayBot => guilds::gateway_bot(world, &shared.gateway_url()),
        Route::GetMe => Ok(Reply::ok(world.user_json(world.application.bot))),
        Route::GetApplication | Route::GetApplicationByToken => Ok(Reply::ok(guilds::application(world))),
        Route::GetUser => guilds::get_user(world, request),
        Route::GetGuild => guilds::get(world, request),
        Route::GetRoles => guilds::get_roles(world, request),
        Route::GetMember => guilds::get_member(world, request),
        Route::GetMembers => guilds::get_members(world, request),
        Route::GetCommands => commands::get(world, request),
        Route::PutCommands => commands::put(world, request),
        Route::AnswerInteraction => interactions::answer(world, request),
        Route::CreateFollowup => webhooks::create(world, request),
        Route::GetOriginal | Route::GetFollowup => webhooks::get(world, request),
        Route::EditOriginal | Route::EditFollowup => webhooks::edit(world, request),
        Route::DeleteOriginal | Route::DeleteFollowup => webhooks::delete(world, request),
        Route::OpenDirectChannel => channels::open_direct(world, request),
        Route::GetChannels => channels::list(world, request),
        Route::CreateChannel => channels::create(world, request),
        Route::GetChannel => channels::get(world, request),
        Route::EditChannel => channels::edit(world, request),
        Route::DeleteChannel => channels::delete(world, request),
        Route::PutOverwrite => overwrites::put(world, request),
        Route::DeleteOverwrite => overwrites::delete(world, request),
        Route::GetPins | Route::GetPinsOld => pins::list(world, request),
        Route::Pin | Route::PinOld => pins::pin(world, request),
        Route::Unpin | Route::UnpinOld => pins::unpin(world, request),
        Route::CreateMessage => messages::create(world, request),
        Route::GetMessages => messages::list(world, request),
        Route::GetMessage => messages::get(world, request),
        Route::EditMessage => messages::edit(world, request),
        Route::DeleteMessage => messages::delete(world, request),
    }
}

/// What goes back over the wire.
enum Answered {
    Done(Outcome),
    Limited,
    Page,
}

impl Answered {
    fn status(&self) -> u16 {
        match self {
            Self::Done(Ok(reply)) => reply.status,
            Self::Done(Err(error)) => error.status,
            Self::Limited => 429,
            Self::Page => 502,
        }
    }
}

/// Receive any request that is not the gateway's.
pub async fn receive(
    State(shared): State<Arc<Shared>>,
    ConnectInfo(link): ConnectInfo<Link>,
    request: HttpRequest,
) -> HttpResponse {
    let started = Instant::now();
    let (parts, body) = request.into_parts();
    let (method, path) = (parts.method.as_str().to_owned(), parts.uri.path().to_owned());
    let matched = route::find(&method, &path);
    let (n, fault) = shared.change(|world| {
        world.log.request_count += 1;
        (world.log.request_count, matched.as_ref().and_then(|matched| world.faults.take(matched.route)))
    });
    if let Some(Fault::Slow(delay)) = fault {
        tokio::time::sleep(delay).await;
    }
    let (body, files) = match read_body(&parts.headers, body).await {
        Ok((body, files)) => (Ok(body), files),
        Err(()) => (Err(()), Vec::new()),
    };
    let mut record = RequestRecord {
        n,
        method,
        route: matched.as_ref().map_or_else(|| path.clone(), |matched| matched.route.template().to_owned()),
        path,
        query: parts.uri.query().unwrap_or_default().to_owned(),
        body: body.clone().unwrap_or(Value::Null),
        reason: parts.headers.get("x-audit-log-reason").and_then(|value| value.to_str().ok()).map(decoded),
        status: 0,
        milliseconds: 0.0,
        fault: None,
    };
    let (answered, headers, fault) = shared.change(|world| {
        let judged = matched.as_ref().and_then(|matched| world.faults.judge(matched.route));
        let fault = fault.or(judged);
        record.fault = fault.as_ref().map(Fault::name);
        let arrived = Arrived { headers: &parts.headers, body, files };
        let (answered, headers) = treat(world, &shared, matched, arrived, &record, fault.as_ref());
        record.status = if fault == Some(Fault::LostUnread) { 0 } else { answered.status() };
        record.milliseconds = started.elapsed().as_secs_f64() * 1_000.0;
        world.log.requests.push(record);
        (answered, headers, fault)
    });
    if matches!(fault, Some(Fault::LostUnread | Fault::DoneThenLost)) {
        link.cut();
    }
    respond(&answered, headers)
}

/// What a request brought.
struct Arrived<'a> {
    headers: &'a HeaderMap,
    body: Result<Value, ()>,
    files: Vec<SeenFile>,
}

/// Count a request, then refuse it or do it.
fn treat(
    world: &mut World,
    shared: &Shared,
    matched: Option<Matched>,
    arrived: Arrived<'_>,
    record: &RequestRecord,
    fault: Option<&Fault>,
) -> (Answered, Option<RateHeaders>) {
    let Some(matched) = matched else {
        world.unexpected(format!("a route that is not played: {} {}", record.method, record.path));
        return (Answered::Done(Err(errors::NOT_FOUND)), None);
    };
    if !matched.route.is_open() && !is_authorized(world, arrived.headers) {
        return (Answered::Done(Err(errors::UNAUTHORIZED)), None);
    }
    let limits = world.options.limits;
    let counted = world.rates.count(&matched, limits, Instant::now());
    if counted.is_refused() {
        return (Answered::Limited, Some(counted));
    }
    let made_up = |wait, scope| (Answered::Limited, Some(RateHeaders::refused_for(matched.route, wait, scope)));
    match fault {
        Some(Fault::TooManyRequests { retry_after }) => return made_up(*retry_after, Scope::User),
        Some(Fault::TooManyRequestsGlobally { retry_after }) => return made_up(*retry_after, Scope::Global),
        Some(Fault::ServerError) => return (Answered::Done(Err(errors::SERVER_ERROR)), Some(counted)),
        Some(Fault::BadGateway | Fault::LostUnread) => return (Answered::Page, None),
        Some(Fault::Refused { status, code, message }) => {
            let error = ApiError::custom(*status, *code, message.clone());
            return (Answered::Done(Err(error)), Some(counted));
        }
        Some(Fault::DoneThenLost | Fault::DoneThenBadGateway | Fault::Slow(_)) | None => {}
    }
    if !arrived.files.is_empty() && !matched.route.takes_files() {
        world.unexpected(format!("files with {} {}, where none are played", record.method, record.route));
    }
    let outcome = read(matched, arrived, record).and_then(|request| perform(world, &request, shared));
    if fault == Some(&Fault::DoneThenBadGateway) {
        return (Answered::Page, None);
    }
    (Answered::Done(outcome), Some(counted))
}

fn is_authorized(world: &World, headers: &HeaderMap) -> bool {
    let given = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    given.and_then(|given| given.strip_prefix("Bot ")) == Some(world.application.token.as_str())
}

/// JSON, or a form whose part `payload_json` is it and whose other parts are files.
async fn read_body(headers: &HeaderMap, body: Body) -> Result<(Value, Vec<SeenFile>), ()> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !kind.starts_with("multipart/form-data") {
        let bytes = to_bytes(body, REQUEST_BYTES_MAX).await.map_err(drop)?;
        return Ok((read_json(&bytes)?, Vec::new()));
    }
    let mut request = HttpRequest::builder().header(header::CONTENT_TYPE, kind).body(body).map_err(drop)?;
    DefaultBodyLimit::max(REQUEST_BYTES_MAX).apply(&mut request);
    let mut form = Multipart::from_request(request, &()).await.map_err(drop)?;
    let (mut json, mut files) = (Value::Null, Vec::new());
    while let Some(part) = form.next_field().await.map_err(drop)? {
        let name = part.file_name().map(str::to_owned);
        let is_json = part.name() == Some("payload_json");
        let bytes = part.bytes().await.map_err(drop)?;
        match name {
            _ if is_json => json = read_json(&bytes)?,
            Some(name) => files.push(SeenFile { name, bytes: bytes.to_vec() }),
            None => return Err(()),
        }
    }
    Ok((json, files))
}

fn read_json(bytes: &[u8]) -> Result<Value, ()> {
    if bytes.is_empty() { Ok(Value::Null) } else { serde_json::from_slice(bytes).map_err(drop) }
}

fn read(matched: Matched, arrived: Arrived<'_>, record: &RequestRecord) -> Result<Request, ApiError> {
    let body = arrived.body.map_err(|()| errors::INVALID_JSON)?;
    if arrived.files.iter().any(|file| file.bytes.len() > FILE_BYTES_MAX) {
        return Err(errors::FILE_TOO_LARGE);
    }
    if record.reason.as_ref().is_some_and(|reason| reason.chars().count() > REASON_CHARS_MAX) {
        let message = format!("Must be {REASON_CHARS_MAX} or fewer in length.");
        let complaint = json!({ "_errors": [{ "code": "BASE_TYPE_MAX_LENGTH", "message": message }] });
        return Err(ApiError::invalid_form(json!({ "audit_log_reason": complaint })));
    }
    Ok(Request { matched, query: pairs(&record.query).collect(), body, files: arrived.files })
}

/// The pairs of a query, percent-decoded.
fn pairs(query: &str) -> impl Iterator<Item = (String, String)> {
    let url = reqwest::Url::parse(&format!("http://localhost/?{query}")).ok();
    let pairs: Vec<_> = url.iter().flat_map(|url| url.query_pairs().into_owned()).collect();
    pairs.into_iter()
}

fn decoded(reason: &str) -> String {
    // A plus sign is itself in a header, unlike in a query.
    let query = format!("reason={}", reason.replace('+', "%2B").replace('&', "%26"));
    pairs(&query).next().map(|(_, value)| value).unwrap_or_default()
}

fn respond(answered: &Answered, headers: Option<RateHeaders>) -> HttpResponse {
    let (kind, body) = match answered {
        Answered::Done(Ok(reply)) => ("application/json", reply.body.as_ref().map(Value::to_string)),
        Answered::Done(Err(error)) => ("application/json", Some(error.body().to_string())),
        Answered::Limited => ("application/json", headers.as_ref().map(|headers| headers.body().to_string())),
        Answered::Page => ("text/html; charset=UTF-8", Some(BAD_GATEWAY_PAGE.to_owned())),
    };
    let mut response = HttpResponse::builder().status(answered.status());
    for (name, value) in headers.iter().flat_map(RateHeaders::pairs) {
        response = response.header(name, value);
    }
    if body.is_some() {
        response = response.header(header::CONTENT_TYPE, kind);
    }
    // Statuses and header values are ours and well-formed, so this cannot fail; an empty answer would be honest.
    response.body(body.map_or_else(Body::empty, Body::from)).unwrap_or_default()
}
