//! What a refused or lost request means for whoever sent it.
//!
//! The variant *is* the decision: a caller matches on it and never looks at a status code. A failure holds numbers and
//! names of our own fields only, never a message of the server's, a body, an address or a token.

use std::time::Duration;

use serde::Deserialize;
use serde_json::Value;
use thiserror::Error;

use super::limits::Pace;

/// The longest delay we believe; a server that asks for more is asked again after this.
const DELAY_MAX: Duration = Duration::from_secs(24 * 60 * 60);
/// How many refused fields of a body are named in a failure.
const FIELDS_MAX: usize = 5;
/// How deep the description of refused fields is followed.
const DEPTH_MAX: usize = 12;

/// Why a request did not do what was asked, told as what to do next.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Failure {
    /// Send the same request again: after this long, or after the caller's own backoff when the server named no delay.
    /// The server may have done it already, so only requests that can be repeated may be sent at all.
    #[error("not now: {why}")]
    Later {
        /// The delay the server (or our own limiter) asked for.
        after: Option<Duration>,
        /// What happened, for logs and for the administrator.
        why: Why,
    },
    /// The channel, message, member or interaction is no longer there. Normal; nothing to repeat.
    #[error("what it was about no longer exists (code {code})")]
    Gone {
        /// Discord's code, 10003 for a channel and so on.
        code: u32,
    },
    /// The person accepts no direct messages from us. Normal; reach them through their agency instead.
    #[error("the person's direct messages are closed")]
    ClosedMessages,
    /// The guild has as many channels as it may have.
    #[error("the guild takes no more channels")]
    Full,
    /// Sending this again would be refused again. A lane that meets this stops and an administrator is told.
    #[error("refused with status {status}, code {code:?}, at {fields:?}")]
    Refused {
        /// The HTTP status.
        status: u16,
        /// Discord's code when it gave one: 50013 is a missing permission, 50035 a malformed body.
        code: Option<u32>,
        /// For a malformed body, which of our fields and which rule: `components.0.label BASE_TYPE_MAX_LENGTH`.
        fields: Vec<String>,
    },
    /// The token is not accepted. Stop sending: every further attempt counts towards a ban of our address.
    #[error("the bot's token is not accepted")]
    Unauthorised,
    /// The body could not be written as a JSON object. A mistake of ours; nothing was sent.
    #[error("the body is not something that can be sent")]
    Unsendable,
}

/// What stood in the way of a request that may be sent again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Why {
    /// Too many requests, here or `everywhere` (the whole bot must pause).
    #[error("rate limited (everywhere: {everywhere})")]
    RateLimited {
        /// Whether the limit is the bot's global one.
        everywhere: bool,
    },
    /// Our own limiter would have kept the request waiting too long; nothing was sent.
    #[error("the queue before this route is too long")]
    Queued,
    /// The server failed with this status.
    #[error("the server failed with status {status}")]
    ServerFailed {
        /// The HTTP status, 500 to 599 or 408.
        status: u16,
    },
    /// No answer in time.
    #[error("no answer in time")]
    TimedOut,
    /// No connection could be made; nothing was sent.
    #[error("the server can't be reached")]
    Unreachable,
    /// The connection ended before the whole answer had come.
    #[error("the connection was interrupted")]
    Interrupted,
    /// It was answered as done, but the answer is not what was expected.
    #[error("the answer can't be read")]
    Unreadable,
}

impl Failure {
    /// A failure to be tried again on the caller's own schedule.
    pub(super) fn later(why: Why) -> Self {
        Self::Later { after: None, why }
    }
}

/// The part of an error body we look at. Its `message` is deliberately not among them.
#[derive(Default, Deserialize)]
struct Complaint {
    code: Option<u32>,
    retry_after: Option<f64>,
    global: Option<bool>,
    #[serde(default)]
    errors: Value,
}

/// What an answer that is not a success means. `with_token` tells requests that carry the bot's token from those that
/// carry an interaction's: a 401 to the latter is only an interaction that has grown too old.
pub(super) fn verdict(status: u16, pace: &Pace, body: &[u8], with_token: bool) -> Failure {
    // Error pages of the servers in front of Discord are HTML: read as a complaint without content.
    let complaint: Complaint = serde_json::from_slice(body).unwrap_or_default();
    let code = complaint.code.unwrap_or_default();
    match (status, code) {
        (429, _) => Failure::Later {
            after: complaint.retry_after.and_then(delay).or(pace.retry_after),
            why: Why::RateLimited { everywhere: complaint.global.unwrap_or(pace.is_global) },
        },
        (408 | 500..=599, _) => Failure::Later { after: pace.retry_after, why: Why::ServerFailed { status } },
        // Limits that come as an ordinary refusal: slow mode, edits and writes of a channel, opening direct messages,
        // an overloaded resource.
        (_, 20016 | 20022 | 20028 | 20029 | 40003 | 40062 | 130_000) => Failure::Later {
            after: complaint.retry_after.and_then(delay).or(pace.retry_after),
            why: Why::RateLimited { everywhere: false },
        },
        // An interaction's token lives fifteen minutes; its end says nothing about ours.
        (401, 50027) => Failure::Gone { code },
        (401, _) if with_token => Failure::Unauthorised,
        // A 404 without such a code is an unknown route, not a missing thing: a wrong base address, never "gone".
        (404, 10_001..=19_999) => Failure::Gone { code },
        // 50278: no server in common any more, which closes a person's messages just the same.
        (403, 50007 | 50278) => Failure::ClosedMessages,
        (_, 30013) => Failure::Full,
        _ => Failure::Refused { status, code: complaint.code, fields: refused_fields(&complaint.errors) },
    }
}

/// Reads a delay in seconds, if it is one at all.
pub(super) fn delay(seconds: f64) -> Option<Duration> {
    (seconds >= 0.0).then(|| Duration::try_from_secs_f64(seconds).unwrap_or(DELAY_MAX).min(DELAY_MAX))
}

/// Names the refused fields: the path of our own keys and the broken rule. The server's sentence may quote the value, so
/// it is left out.
fn refused_fields(errors: &Value) -> Vec<String> {
    let mut fields = Vec::new();
    walk(errors, &mut Vec::new(), &mut fields);
    fields
}

fn walk<'a>(errors: &'a Value, path: &mut Vec<&'a str>, fields: &mut Vec<String>) {
    let Value::Object(map) = errors else { return };
    for (key, below) in map {
        if fields.len() == FIELDS_MAX || path.len() == DEPTH_MAX {
            return;
        }
        if key == "_errors" {
            let rule = below.pointer("/0/code").and_then(Value::as_str).filter(|rule| is_name(rule));
            fields.push(format!("{} {}", path.join("."), rule.unwrap_or("?")));
        } else if is_name(key) {
            path.push(key);
            walk(below, path, fields);
            path.pop();
        }
    }
}

/// Whether a text can only be a field or rule of the interface, not something a person wrote.
fn is_name(text: &str) -> bool {
    text.len() <= 64 && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[track_caller]
    fn check(status: u16, body: &str, expected: Failure) {
        assert_eq!(verdict(status, &Pace::default(), body.as_bytes(), true), expected);
    }

    fn refused(status: u16, code: Option<u32>) -> Failure {
        Failure::Refused { status, code, fields: Vec::new() }
    }

    #[test]
    fn each_answer_has_one_meaning() {
        let html = "<html><body>nginx</body></html>";
        check(502, html, Failure::later(Why::ServerFailed { status: 502 }));
        check(520, html, Failure::later(Why::ServerFailed { status: 520 }));
        check(
            500,
            r#"{"message":"500: Internal Server Error","code":0}"#,
            Failure::later(Why::ServerFailed { status: 500 }),
        );
        check(401, r#"{"message":"401: Unauthorized","code":0}"#, Failure::Unauthorised);
        check(401, r#"{"message":"Invalid Webhook Token","code":50027}"#, Failure::Gone { code: 50027 });
        check(403, r#"{"message":"Cannot send messages to this user","code":50007}"#, Failure::ClosedMessages);
        check(403, r#"{"message":"Missing Permissions","code":50013}"#, refused(403, Some(50013)));
        check(404, r#"{"message":"Unknown Channel","code":10003}"#, Failure::Gone { code: 10003 });
        check(404, r#"{"message":"Unknown interaction","code":10062}"#, Failure::Gone { code: 10062 });
        check(404, r#"{"message":"404: Not Found","code":0}"#, refused(404, Some(0)));
        check(404, html, refused(404, None));
        check(400, r#"{"message":"Maximum number of channels reached (500)","code":30013}"#, Failure::Full);
        check(400, r#"{"message":"Interaction already acknowledged","code":40060}"#, refused(400, Some(40060)));
        check(302, html, refused(302, None));
        check(
            403,
            r#"{"message":"You are opening direct messages too fast","code":40003}"#,
            Failure::later(Why::RateLimited { everywhere: false }),
        );
    }

    #[test]
    fn the_body_of_a_rate_limit_names_its_delay_before_the_header_does() {
        let mut pace = Pace::default();
        (pace.retry_after, pace.is_global) = (Some(Duration::from_secs(9)), true);
        let body = br#"{"message":"You are being rate limited.","retry_after":0.7,"global":false}"#;
        let expected =
            Failure::Later { after: Some(Duration::from_millis(700)), why: Why::RateLimited { everywhere: false } };
        assert_eq!(verdict(429, &pace, body, true), expected);

        let banned = verdict(429, &pace, b"<html>banned</html>", true);
        let expected =
            Failure::Later { after: Some(Duration::from_secs(9)), why: Why::RateLimited { everywhere: true } };
        assert_eq!(banned, expected);
    }

    #[test]
    fn an_absurd_delay_is_cut_and_a_negative_one_ignored() {
        assert_eq!(delay(1e300), Some(DELAY_MAX));
        assert_eq!(delay(-1.0), None);
        assert_eq!(delay(f64::NAN), None);
    }

    #[test]
    fn a_refusal_of_an_interactions_token_does_not_condemn_the_bots() {
        let answer = verdict(401, &Pace::default(), b"{}", false);
        assert_eq!(answer, refused(401, None));
    }

    #[test]
    fn a_malformed_body_is_told_by_field_and_rule_and_never_by_sentence() {
        let body = json!({"code": 50035, "message": "Invalid Form Body", "errors": {
            "content": {"_errors": [{"code": "BASE_TYPE_MAX_LENGTH", "message": "Must be 2000, was: Mum told me"}]},
            "said by mum": {"_errors": [{"code": "X"}]},
            "components": {"0": {"label": {"_errors": [{"code": "what Mum said"}]}}},
        }});
        let Failure::Refused { fields, .. } = verdict(400, &Pace::default(), body.to_string().as_bytes(), true) else {
            panic!("a malformed body is refused");
        };
        assert_eq!(fields, ["content BASE_TYPE_MAX_LENGTH", "components.0.label ?"]);
    }
}
