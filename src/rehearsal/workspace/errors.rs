//! One table of the platform's error bodies.
//!
//! The numbers are documented; the HTTP statuses of a few (40060, 50027, 30013) and the wording of the bodies without a
//! number are common knowledge only, so they live here and nowhere else. The same goes for the codes inside a 50035 tree,
//! which stand beside the checks in `forms`: rely on the number and the path, not on those codes.

use std::borrow::Cow;

use serde_json::{Value, json};

/// A request the platform refuses, with the body it refuses it by.
#[derive(Clone, Debug)]
pub struct ApiError {
    /// The HTTP status.
    pub status: u16,
    /// The platform's own number; zero where it has none.
    pub code: u32,
    /// The platform's words.
    pub message: Cow<'static, str>,
    /// For an invalid form: which field, and why.
    pub errors: Option<Value>,
}

const fn refused(status: u16, code: u32, message: &'static str) -> ApiError {
    ApiError { status, code, message: Cow::Borrowed(message), errors: None }
}

pub const UNAUTHORIZED: ApiError = refused(401, 0, "401: Unauthorized");
pub const NOT_FOUND: ApiError = refused(404, 0, "404: Not Found");
pub const SERVER_ERROR: ApiError = refused(500, 0, "500: Internal Server Error");
pub const UNKNOWN_APPLICATION: ApiError = refused(404, 10002, "Unknown Application");
pub const UNKNOWN_CHANNEL: ApiError = refused(404, 10003, "Unknown Channel");
pub const UNKNOWN_GUILD: ApiError = refused(404, 10004, "Unknown Guild");
pub const UNKNOWN_MEMBER: ApiError = refused(404, 10007, "Unknown Member");
pub const UNKNOWN_MESSAGE: ApiError = refused(404, 10008, "Unknown Message");
pub const UNKNOWN_OVERWRITE: ApiError = refused(404, 10009, "Unknown Overwrite");
pub const UNKNOWN_USER: ApiError = refused(404, 10013, "Unknown User");
pub const UNKNOWN_WEBHOOK: ApiError = refused(404, 10015, "Unknown Webhook");
pub const UNKNOWN_INTERACTION: ApiError = refused(404, 10062, "Unknown interaction");
pub const TOO_MANY_COMMANDS: ApiError = refused(400, 30032, "Maximum number of application commands reached (100).");
pub const TOO_MANY_PINS: ApiError = refused(400, 30003, "Maximum number of pins reached for the channel (250)");
pub const TOO_MANY_CHANNELS: ApiError = refused(400, 30013, "Maximum number of guild channels reached (500)");
pub const TOO_MANY_OVERWRITES: ApiError =
    refused(400, 30060, "Maximum number of channel permission overwrites reached (1000)");
pub const FILE_TOO_LARGE: ApiError = refused(413, 40005, "Request entity too large");
pub const ALREADY_ACKNOWLEDGED: ApiError = refused(400, 40060, "Interaction has already been acknowledged.");
pub const MISSING_ACCESS: ApiError = refused(403, 50001, "Missing Access");
pub const ANOTHERS_MESSAGE: ApiError = refused(403, 50005, "Cannot edit a message authored by another user");
pub const EMPTY_MESSAGE: ApiError = refused(400, 50006, "Cannot send an empty message");
pub const MESSAGES_CLOSED: ApiError = refused(403, 50007, "Cannot send messages to this user");
pub const NOT_A_TEXT_CHANNEL: ApiError = refused(400, 50008, "Cannot send messages in a non-text channel");
pub const MISSING_PERMISSIONS: ApiError = refused(403, 50013, "Missing Permissions");
pub const INVALID_WEBHOOK_TOKEN: ApiError = refused(401, 50027, "Invalid Webhook Token");
pub const NOT_IN_A_DIRECT_CHANNEL: ApiError = refused(403, 50003, "Cannot execute action on a DM channel");
pub const INVALID_RECIPIENT: ApiError = refused(400, 50033, "Invalid Recipient(s)");
pub const INVALID_JSON: ApiError = refused(400, 50109, "The request body contains invalid JSON.");

impl ApiError {
    /// 50035: the form itself is wrong; `errors` is the tree that points at the fields.
    pub fn invalid_form(errors: Value) -> Self {
        Self { errors: Some(errors), ..refused(400, 50035, "Invalid Form Body") }
    }

    /// A refusal made up on demand, for faults.
    pub fn custom(status: u16, code: u32, message: impl Into<String>) -> Self {
        Self { status, code, message: Cow::Owned(message.into()), errors: None }
    }

    /// The JSON the platform sends.
    pub fn body(&self) -> Value {
        let mut body = json!({ "message": self.message, "code": self.code });
        if let (Some(map), Some(errors)) = (body.as_object_mut(), &self.errors) {
            map.insert("errors".to_owned(), errors.clone());
        }
        body
    }
}

/// What the platform's edge answers when the machines behind it do not: a page, not JSON.
pub const BAD_GATEWAY_PAGE: &str = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n\
    <center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>cloudflare</center>\r\n</body>\r\n</html>\r\n";
