//! What is too much, too long or too fast.

use convenor::rehearsal::workspace::{Limits, Options, Workspace};
use serde_json::{Value, json};

use super::bench::{Rest, button, close, open, rows, share_command};

#[tokio::test]
async fn what_is_too_much_is_refused_with_a_path_to_it() {
    let workspace = open().await;
    let channel = workspace.add_text_channel("case", None, &[]);
    let rest = Rest::new(&workspace);
    let embed = |title: usize, description: usize| json!({ "title": "t".repeat(title), "description": "d".repeat(description) });
    let buttons = |n: usize| {
        let all: Vec<Value> =
            (0..n).map(|n| json!({ "type": 2, "style": 1, "custom_id": format!("b{n}"), "label": "B" })).collect();
        rows(json!(all))
    };
    let options: Vec<Value> = (0..26).map(|n| json!({ "label": "L", "value": n.to_string() })).collect();
    let one_row = &button("a", "A")[0];
    let cases = [
        (json!({ "content": "x".repeat(2_001) }), "/content/_errors/0/code", "BASE_TYPE_MAX_LENGTH"),
        (json!({ "content": 7 }), "/content/_errors/0/code", "STRING_TYPE_CONVERT"),
        (json!({ "content": "x", "nonce": "n".repeat(26) }), "/nonce/_errors/0/code", "BASE_TYPE_MAX_LENGTH"),
        (
            json!({ "content": "x", "allowed_mentions": { "users": ["1", "2", "1"] } }),
            "/allowed_mentions/users/_errors/0/code",
            "SET_TYPE_ALREADY_CONTAINS_VALUE",
        ),
        (json!({ "embeds": [embed(257, 1)] }), "/embeds/0/title/_errors/0/code", "BASE_TYPE_MAX_LENGTH"),
        (json!({ "embeds": [embed(1, 4_000), embed(1, 2_000)] }), "/embeds/_errors/0/code", "MAX_EMBED_SIZE_EXCEEDED"),
        (
            json!({ "content": "x", "components": button("a", &"l".repeat(81)) }),
            "/components/0/components/0/label/_errors/0/code",
            "BASE_TYPE_MAX_LENGTH",
        ),
        (
            json!({ "content": "x", "components": button(&"c".repeat(101), "A") }),
            "/components/0/components/0/custom_id/_errors/0/code",
            "BASE_TYPE_BAD_LENGTH",
        ),
        (
            json!({ "content": "x", "components": buttons(6) }),
            "/components/0/components/_errors/0/code",
            "BASE_TYPE_MAX_LENGTH",
        ),
        (
            json!({ "content": "x", "components": vec![one_row; 6] }),
            "/components/_errors/0/code",
            "BASE_TYPE_MAX_LENGTH",
        ),
        (
            json!({ "content": "x", "components": [one_row, one_row] }),
            "/components/1/components/0/custom_id/_errors/0/code",
            "COMPONENT_CUSTOM_ID_DUPLICATED",
        ),
        (
            json!({ "content": "x", "components": rows(json!([{ "type": 3, "custom_id": "s", "options": options }])) }),
            "/components/0/components/0/options/_errors/0/code",
            "BASE_TYPE_MAX_LENGTH",
        ),
    ];
    for (body, pointer, code) in cases {
        let answered = rest.post(channel, body).await;
        assert_eq!(answered.refusal(), (400, 50035), "{}", answered.body);
        assert_eq!(answered.body["message"], "Invalid Form Body");
        assert_eq!(answered.body["errors"].pointer(pointer), Some(&json!(code)), "{}", answered.body);
    }
    assert_eq!(rest.post(channel, json!({ "content": "  " })).await.refusal(), (400, 50006));
    assert_eq!(rest.post(channel, json!({ "content": "x".repeat(2_000) })).await.status, 200);
    assert_eq!(workspace.posts().len(), 1);
    close(&workspace).await;
}

#[tokio::test]
async fn commands_that_are_too_large_or_out_of_order_are_refused() {
    let workspace = open().await;
    let rest = Rest::new(&workspace);
    let option = |name: &str, required: bool| json!({ "type": 3, "name": name, "description": "d".repeat(100), "required": required });
    let many: Vec<Value> = (0..25)
        .map(|n| {
            let options: Vec<Value> = (0..3).map(|k| option(&format!("option-{k}"), false)).collect();
            json!({ "type": 1, "name": format!("sub-{n}"), "description": "d".repeat(100), "options": options })
        })
        .collect();
    let choices: Vec<Value> = (0..26).map(|n| json!({ "name": format!("{n}"), "value": "v" })).collect();
    let command = |options: Value| json!([{ "name": "case", "description": "A case", "options": options }]);
    let cases = [
        (json!([{ "name": "Case", "description": "d" }]), "/0/name/_errors/0/code", "APPLICATION_COMMAND_INVALID_NAME"),
        (json!([{ "name": "case" }]), "/0/description/_errors/0/code", "BASE_TYPE_REQUIRED"),
        (command(json!(many)), "/0/_errors/0/code", "APPLICATION_COMMAND_TOO_LARGE"),
        (
            command(json!([option("a", false), option("b", true)])),
            "/0/options/1/_errors/0/code",
            "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
        ),
        (
            command(json!([{ "type": 3, "name": "a", "description": "d", "choices": choices }])),
            "/0/options/0/choices/_errors/0/code",
            "BASE_TYPE_MAX_LENGTH",
        ),
    ];
    for (body, pointer, code) in cases {
        let answered = rest.register(&workspace, body).await;
        assert_eq!(answered.refusal(), (400, 50035), "{}", answered.body);
        assert_eq!(answered.body["errors"].pointer(pointer), Some(&json!(code)), "{}", answered.body);
    }
    let hundred_and_one: Vec<Value> =
        (0..101).map(|n| json!({ "name": format!("c{n}"), "description": "d" })).collect();
    assert_eq!(rest.register(&workspace, json!(hundred_and_one)).await.refusal(), (400, 30032));
    let first = rest.register(&workspace, share_command()).await;
    let second = rest.register(&workspace, share_command()).await;
    assert_eq!(first.body[0]["id"], second.body[0]["id"], "a command keeps its id");
    close(&workspace).await;
}

#[tokio::test]
async fn a_burst_is_limited_as_the_platform_limits_it() {
    let options = Options { limits: Limits::Discord, ..Options::default() };
    let workspace = Workspace::open(options).await.expect("a workspace");
    let (channel, other) = (workspace.add_text_channel("a", None, &[]), workspace.add_text_channel("b", None, &[]));
    let rest = Rest::new(&workspace);
    for remaining in (0..5).rev() {
        let answered = rest.post(channel, json!({ "content": "x" })).await;
        assert_eq!(answered.status, 200);
        assert_eq!(answered.header("X-RateLimit-Limit"), Some("5"));
        assert_eq!(answered.header("X-RateLimit-Remaining"), Some(remaining.to_string().as_str()));
        assert!(answered.header("X-RateLimit-Bucket").is_some());
        assert!(answered.header("X-RateLimit-Reset").is_some());
    }
    let limited = rest.post(channel, json!({ "content": "x" })).await;
    assert_eq!(limited.status, 429);
    assert_eq!(limited.body["message"], "You are being rate limited.");
    assert_eq!(limited.body["global"], false);
    assert!(limited.body["retry_after"].as_f64().is_some_and(|after| after > 0.0 && after <= 5.0));
    assert_eq!(limited.header("X-RateLimit-Scope"), Some("user"));
    assert_eq!(limited.header("X-RateLimit-Remaining"), Some("0"));
    assert!(limited.header("Retry-After").is_some());
    assert_eq!(rest.post(other, json!({ "content": "x" })).await.status, 200, "another channel has its own count");
    assert_eq!(workspace.posts().len(), 6);
    close(&workspace).await;
}

#[tokio::test]
async fn a_category_holds_fifty_channels_and_a_guild_five_hundred() {
    let workspace = open().await;
    let category = workspace.add_category("cases", &[]);
    let guild = workspace.guild_id();
    for n in 0..49 {
        workspace.add_text_channel(&format!("c{n}"), Some(category), &[]);
    }
    let rest = Rest::new(&workspace);
    let path = format!("/guilds/{guild}/channels");
    let inside = json!({ "name": "x", "parent_id": category });
    assert_eq!(rest.send("POST", &path, inside.clone()).await.status, 201);
    let refused = rest.send("POST", &path, inside).await;
    assert_eq!(refused.refusal(), (400, 50035));
    let code = refused.body.pointer("/errors/parent_id/_errors/0/code");
    assert_eq!(code, Some(&json!("CHANNEL_PARENT_MAX_CHANNELS")));
    for n in 0..449 {
        workspace.add_text_channel(&format!("d{n}"), None, &[]);
    }
    assert_eq!(rest.send("POST", &path, json!({ "name": "x" })).await.refusal(), (400, 30013));
    close(&workspace).await;
}
