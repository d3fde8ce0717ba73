//! Proof that a client can read what we send.
//!
//! A client drops an event it cannot parse without a word, and the play would hang with nobody to blame. So each event
//! goes through serenity's model of the gateway first, whole, as its client reads it; one that does not fit is our own
//! bug and is never sent. This is the only use the workspace makes of serenity.

use serde_json::{Value, json};
use serenity::model::event::{Event, GatewayEvent};

/// Whether the client reads this event as one it knows. A kind it has never heard of and data that does not fit its
/// model both end as `Event::Unknown` there.
pub fn check(kind: &str, data: &Value) -> Result<(), String> {
    let frame = json!({ "op": 0, "s": 1, "t": kind, "d": data });
    match serde_json::from_value(frame) {
        Ok(GatewayEvent::Dispatch(_, Event::Unknown(_))) => {
            Err(format!("the event {kind} we were about to send does not parse"))
        }
        Ok(GatewayEvent::Dispatch(..)) => Ok(()),
        Ok(_) => Err(format!("the event {kind} we were about to send is no event")),
        Err(error) => Err(format!("the event {kind} we were about to send does not parse: {error}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_client_cannot_read_is_named() {
        let deleted = json!({ "id": "3", "channel_id": "2", "guild_id": "1" });
        assert_eq!(check("MESSAGE_DELETE", &deleted), Ok(()));
        assert_eq!(check("RESUMED", &json!({})), Ok(()));
        let named = |kind: &str| Err(format!("the event {kind} we were about to send does not parse"));
        assert_eq!(check("MESSAGE_DELETE", &json!({ "channel_id": "2" })), named("MESSAGE_DELETE"));
        assert_eq!(check("INTERACTION_CREATE", &json!({ "id": "1", "type": 2 })), named("INTERACTION_CREATE"));
        assert_eq!(check("READY", &json!({ "v": 10 })), named("READY"));
        assert_eq!(check("NEVER_HEARD_OF", &json!({})), named("NEVER_HEARD_OF"));
    }
}
