//! One request, described before it is sent.
//!
//! A request knows two texts: its path, which may hold an interaction's token and is never shown, and its template,
//! which holds nothing and is what logs name.

use std::fmt::{Display, Write};

use serde::Serialize;
use twilight_http_ratelimiting::Method;

use super::failure::Failure;
use crate::app::asking::File;

/// Under whose authority a request travels, which also says which limits bind it and how long it may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lane {
    /// The bot's: its token, its rate limits.
    Bot,
    /// The first answer to an interaction: no token but the interaction's, no limit, three seconds.
    Callback,
    /// A later answer to an interaction: no token but the interaction's, not bound by the bot's limit.
    FollowUp,
}

/// A request ready to be sent.
pub(super) struct Request {
    pub(super) method: Method,
    pub(super) template: &'static str,
    /// The real path below `/api/v10/`.
    pub(super) path: String,
    /// The template with its first place filled: what the limits of a channel or guild are counted by.
    pub(super) route: String,
    pub(super) lane: Lane,
    pub(super) body: Option<Vec<u8>>,
    /// Sent beside the body.
    pub(super) file: Option<File>,
    pub(super) reason: Option<String>,
}

impl Request {
    /// A request of the bot's to `template`, whose `{}` are filled in order.
    pub(super) fn new(method: Method, template: &'static str, fills: &[&(dyn Display + Sync)]) -> Self {
        debug_assert_eq!(template.matches("{}").count(), fills.len(), "each place of a template is filled");
        let mut path = String::with_capacity(template.len() + 20 * fills.len());
        let mut route = String::with_capacity(template.len() + 20);
        for (place, literal) in template.split("{}").enumerate() {
            if let Some(fill) = place.checked_sub(1).and_then(|before| fills.get(before)) {
                let fill = percent_encoded(&fill.to_string(), b"-_.~@");
                path.push_str(&fill);
                route.push_str(if place == 1 { &fill } else { "{}" });
            }
            path.push_str(literal);
            route.push_str(literal);
        }
        Self { method, template, path, route, lane: Lane::Bot, body: None, file: None, reason: None }
    }

    /// The same request on another lane.
    pub(super) fn on(mut self, lane: Lane) -> Self {
        self.lane = lane;
        self
    }

    /// The same request with a JSON body.
    pub(super) fn with(mut self, body: &impl Serialize) -> Result<Self, Failure> {
        self.body = Some(serde_json::to_vec(body).map_err(|_| Failure::Unsendable)?);
        Ok(self)
    }

    /// The same request with a file beside its body.
    pub(super) fn carrying(mut self, file: File) -> Self {
        self.file = Some(file);
        self
    }

    /// The same request with a sentence for the guild's audit log. It is fixed text of ours, so that it cannot hold what
    /// somebody typed: whoever may read the audit log may not be in the room.
    pub(super) fn because(mut self, reason: &'static str) -> Self {
        self.reason = Some(percent_encoded(reason, b"-_.~"));
        self
    }
}

/// Escapes everything but letters, digits and `kept`.
fn percent_encoded(text: &str, kept: &[u8]) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || kept.contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing to a `String` cannot fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_counted_by_the_first_id_and_not_by_the_others() {
        let request = Request::new(Method::Patch, "channels/{}/messages/{}", &[&7, &9]);
        assert_eq!(request.path, "channels/7/messages/9");
        assert_eq!(request.route, "channels/7/messages/{}");
    }

    #[test]
    fn a_token_cannot_lead_to_another_path() {
        let request = Request::new(Method::Post, "interactions/{}/{}/callback", &[&1, &"a/../b?c"]);
        assert_eq!(request.path, "interactions/1/a%2F..%2Fb%3Fc/callback");
    }

    #[test]
    fn a_reason_is_escaped_for_its_header() {
        let request = Request::new(Method::Delete, "channels/{}", &[&7]).because("Case closed – by order");
        assert_eq!(request.reason.as_deref(), Some("Case%20closed%20%E2%80%93%20by%20order"));
    }
}
