//! Creating a channel first looks for one.

use convenor::discord::courier::{Found, NewChannel, Whose};
use serde_json::{Value, json};
use serenity::model::id::{ChannelId, RoleId, UserId};

use super::script::{Script, answer};
use super::{GUILD, REASON};

const BOT: UserId = UserId::new(99);

fn wanted() -> NewChannel {
    NewChannel::text("amber-heron-k", BOT, 1 << 10).inside(ChannelId::new(50)).overwrite(
        Whose::Role(RoleId::new(10)),
        0,
        1 << 10,
    )
}

fn listed(id: u64, name: &str, overwrites: &Value) -> Value {
    json!({"id": id.to_string(), "type": 0, "name": name, "permission_overwrites": overwrites, "flags": 0})
}

#[tokio::test]
async fn a_channel_from_an_earlier_attempt_is_found_and_not_made_twice() {
    let ours = json!([{"id": "99", "type": 1, "allow": "1024", "deny": "0"}]);
    let theirs = json!([{"id": "99", "type": 0, "allow": "0", "deny": "0"}]);
    let guild = json!([
        listed(100, "amber-heron-k", &theirs),
        listed(101, "amber-heron", &ours),
        {"id": "102", "type": 4, "name": "amber-heron-k", "permission_overwrites": ours},
        {"id": "103", "type": 0, "name": null},
        listed(105, "amber-heron-k", &ours),
        listed(104, "amber-heron-k", &ours),
    ]);
    let (courier, script) = Script::courier([answer(200, guild.to_string())]).await;
    let found = courier.find_or_create_channel(GUILD, &wanted(), REASON).await.expect("it is there");
    assert_eq!(found, Found::Before(ChannelId::new(104)));
    assert_eq!(script.lines(), ["GET /api/v10/guilds/10/channels"]);
}

#[tokio::test]
async fn a_missing_channel_is_made_with_the_bots_own_overwrite() {
    let (courier, script) = Script::courier([answer(200, "[]"), answer(201, r#"{"id":"106"}"#)]).await;
    let made = courier.find_or_create_channel(GUILD, &wanted(), REASON).await.expect("it is made");
    assert_eq!(made, Found::Created(ChannelId::new(106)));
    let expected = json!({
        "name": "amber-heron-k", "type": 0, "parent_id": "50",
        "permission_overwrites": [
            {"id": "99", "type": 1, "allow": "1024", "deny": "0"},
            {"id": "10", "type": 0, "allow": "0", "deny": "1024"},
        ],
    });
    assert_eq!(script.last().body, expected);
}
