//! Who may do what: people and the bot.

use convenor::rehearsal::workspace::{
    CannotDo, CommandsWithoutSend, Id, OptionValue, Options, Overwrite, Workspace, permissions,
};
use serde_json::{Value, json};

use super::bench::{Bot, Rest, button, close, id, open, reply, rows};

#[tokio::test]
async fn permissions_follow_the_documented_algorithm() {
    use permissions::{
        ADMINISTRATOR, ALL, EMBED_LINKS, MANAGE_MESSAGES, MENTION_EVERYONE, SEND_MESSAGES, USE_APPLICATION_COMMANDS,
        VIEW_CHANNEL,
    };
    let workspace = open().await;
    workspace.set_role_permissions(workspace.guild_id(), VIEW_CHANNEL | SEND_MESSAGES | EMBED_LINKS | MENTION_EVERYONE);
    let police = workspace.add_role("police", USE_APPLICATION_COMMANDS);
    let health = workspace.add_role("health", MANAGE_MESSAGES);
    let admin = workspace.add_role("admin", ADMINISTRATOR);
    let plain = workspace.add_member("Plain", &[]);
    let both = workspace.add_member("Both", &[police, health]);
    let boss = workspace.add_member("Boss", &[admin]);
    let stranger = workspace.add_user("Stranger");
    let (everyone, owner) = (workspace.guild_id(), workspace.owner_id());
    let base = VIEW_CHANNEL | SEND_MESSAGES | EMBED_LINKS | MENTION_EVERYONE;
    let both_base = base | USE_APPLICATION_COMMANDS | MANAGE_MESSAGES;
    let hidden = Overwrite::role(everyone).deny(VIEW_CHANNEL);
    let mute = Overwrite::role(everyone).deny(SEND_MESSAGES);
    let cases: Vec<(&str, Vec<Overwrite>, Id, u64)> = vec![
        ("no overwrites", vec![], plain, base),
        ("roles add up", vec![], both, both_base),
        ("outsiders have nothing", vec![], stranger, 0),
        ("hidden means nothing at all", vec![hidden], plain, 0),
        ("the owner passes", vec![hidden], owner, ALL),
        ("an administrator passes", vec![hidden], boss, ALL),
        ("typing denied takes embeds and everyone along", vec![mute], plain, VIEW_CHANNEL),
        (
            "a role's allow beats everyone's deny",
            vec![hidden, Overwrite::role(police).allow(VIEW_CHANNEL)],
            both,
            both_base,
        ),
        (
            "one role's allow beats another role's deny",
            vec![Overwrite::role(police).allow(SEND_MESSAGES), Overwrite::role(health).deny(SEND_MESSAGES)],
            both,
            both_base,
        ),
        (
            "a member's deny beats a role's allow",
            vec![Overwrite::role(police).allow(VIEW_CHANNEL), Overwrite::member(both).deny(VIEW_CHANNEL)],
            both,
            0,
        ),
        (
            "a member's allow beats everyone's deny",
            vec![hidden, Overwrite::member(plain).allow(VIEW_CHANNEL)],
            plain,
            base,
        ),
        ("another role's overwrite is nothing to us", vec![Overwrite::role(police).deny(VIEW_CHANNEL)], plain, base),
    ];
    for (name, overwrites, user, expected) in cases {
        let channel = workspace.add_text_channel("table", None, &overwrites);
        assert_eq!(workspace.permissions_in(user, channel), expected, "{name}");
    }
    close(&workspace).await;
}

/// Where somebody runs what, with which options, and the words they are refused with.
type Attempt<'a> = (Id, &'a [&'a str], Vec<(String, OptionValue)>, &'a str);

#[tokio::test]
async fn people_cannot_do_what_the_platform_would_not_let_them() {
    let options = Options { commands_without_send: CommandsWithoutSend::Deny, ..Options::default() };
    let workspace = Workspace::open(options).await.expect("a workspace");
    let anna = workspace.add_member("Anna Social", &[]);
    let everyone = workspace.guild_id();
    let open = workspace.add_text_channel("open", None, &[]);
    let hidden = Overwrite::role(everyone).deny(permissions::VIEW_CHANNEL);
    let admit_bot = Overwrite::member(workspace.bot_id()).allow(permissions::VIEW_CHANNEL);
    let hidden = workspace.add_text_channel("hidden", None, &[hidden, admit_bot]);
    let mute = workspace.add_text_channel("mute", None, &[Overwrite::role(everyone).deny(permissions::SEND_MESSAGES)]);
    let bare = Overwrite::role(everyone).deny(permissions::USE_APPLICATION_COMMANDS);
    let bare = workspace.add_text_channel("bare", None, &[bare]);
    let rest = Rest::new(&workspace);
    let commands = json!([
        { "name": "case", "description": "d", "options": [{ "type": 1, "name": "open", "description": "d", "options": [
            { "type": 3, "name": "kind", "description": "d", "required": true,
              "choices": [{ "name": "A", "value": "a" }] },
            { "type": 4, "name": "days", "description": "d", "min_value": 1, "max_value": 5 },
            { "type": 6, "name": "who", "description": "d" },
        ]}]},
        { "name": "admin", "description": "d", "default_member_permissions": "8" },
    ]);
    assert_eq!(rest.register(&workspace, commands).await.status, 200);
    let person = workspace.person(anna);
    let kind = |value: &str| ("kind".to_owned(), OptionValue::from(value));
    let path: &[&str] = &["case", "open"];
    let with = |name: &str, value: OptionValue| vec![kind("a"), (name.to_owned(), value)];
    let cases: Vec<Attempt> = vec![
        (hidden, path, vec![], "does not see channel"),
        (mute, path, vec![], "may not type"),
        (bare, path, vec![], "may not use commands"),
        (open, &["case"], vec![], "there is no command /case here"),
        (open, &["case", "close"], vec![], "there is no command /case close here"),
        (open, &["admin"], vec![], "is not offered"),
        (open, path, vec![], "\"kind\" is required"),
        (open, path, vec![kind("b")], "none of the choices"),
        (open, path, with("days", 6_i64.into()), "it takes 1 to 5"),
        (open, path, with("days", "six".into()), "another type"),
        (open, path, with("who", OptionValue::User(Id(1))), "something else"),
        (open, path, with("colour", "red".into()), "no option \"colour\""),
    ];
    for (channel, path, options, words) in cases {
        let refused = person.command(channel, path, options).await.expect_err(words).to_string();
        assert!(refused.contains(words), "{refused:?} does not say {words:?}");
    }
    assert!(!person.visible_channels().iter().any(|channel| channel.id == hidden));
    assert_eq!(person.say(mute, "hello").expect_err("muted"), CannotDo::TypeHere);
    let grey = json!({ "type": 2, "style": 2, "custom_id": "grey", "label": "Grey", "disabled": true });
    let secret = rest.posted(hidden, json!({ "content": "x", "components": button("a", "A") })).await;
    let message = rest.posted(open, json!({ "content": "x", "components": rows(json!([grey])) })).await;
    assert_eq!(person.press(secret, "a").await.expect_err("hidden"), CannotDo::SeeMessage(secret));
    assert_eq!(person.press(message, "grey").await.expect_err("grey"), CannotDo::UseDisabled("grey".to_owned()));
    assert_eq!(person.press(message, "a").await.expect_err("absent"), CannotDo::FindComponent("a".to_owned()));
    close(&workspace).await;
}

#[tokio::test]
async fn a_private_channel_opens_to_whom_the_bot_admits() {
    let workspace = open().await;
    let anna = workspace.add_member("Anna Social", &[]);
    let category = workspace.add_category("cases", &[]);
    let mut bot = Bot::start(&workspace).await;
    let (guild, me) = (workspace.guild_id(), workspace.bot_id());
    let view = permissions::VIEW_CHANNEL.to_string();
    let locked = (permissions::VIEW_CHANNEL | permissions::SEND_MESSAGES).to_string();
    let body = json!({ "name": "Amber Heron", "type": 0, "parent_id": category, "permission_overwrites": [
        { "id": guild, "type": 0, "allow": "0", "deny": locked }, { "id": me, "type": 1, "allow": locked, "deny": "0" },
    ]});
    let made = bot.rest.send("POST", &format!("/guilds/{guild}/channels"), body).await;
    assert_eq!((made.status, &made.body["name"]), (201, &json!("amber-heron")));
    let channel = id(&made.body);
    let person = workspace.person(anna);
    assert!(person.visible_channels().is_empty());

    let overwrite = format!("/channels/{channel}/permissions/{anna}");
    let admit = json!({ "type": 1, "allow": view, "deny": "0" });
    assert_eq!(bot.rest.send("PUT", &overwrite, admit).await.status, 204);
    assert_eq!(person.visible_channels()[0].name, "amber-heron");
    let message =
        bot.rest.posted(channel, json!({ "content": "Board", "components": button("floor", "Take the floor") })).await;
    for path in ["messages/pins", "pins"] {
        let pin = format!("/channels/{channel}/{path}/{message}");
        assert_eq!(bot.rest.send("PUT", &pin, Value::Null).await.status, 204);
        assert!(person.messages(channel)[0].pinned);
        assert_eq!(bot.rest.send("DELETE", &pin, Value::Null).await.status, 204);
    }
    assert_eq!(person.say(channel, "hello").expect_err("muted"), CannotDo::TypeHere);
    let (response, _) = bot.exchange(person.press(message, "floor"), reply("It is yours.")).await;
    assert_eq!(response.text(), "It is yours.");
    assert_eq!(bot.rest.send("DELETE", &overwrite, Value::Null).await.status, 204);
    assert!(person.visible_channels().is_empty());
    assert_eq!(bot.rest.send("DELETE", &overwrite, Value::Null).await.refusal(), (404, 10009));
    close(&workspace).await;
}

#[tokio::test]
async fn the_bot_is_refused_what_its_permissions_do_not_cover() {
    let workspace = open().await;
    let everyone = workspace.guild_id();
    let anna = workspace.add_member("Anna Social", &[]);
    let hidden =
        workspace.add_text_channel("hidden", None, &[Overwrite::role(everyone).deny(permissions::VIEW_CHANNEL)]);
    let mute = Overwrite::member(workspace.bot_id()).deny(permissions::SEND_MESSAGES | permissions::MANAGE_CHANNELS);
    let mute = workspace.add_text_channel("mute", None, &[mute]);
    let foreign = workspace.person(anna).say(mute, "hello").expect("may type").id;
    let category = workspace.add_category("category", &[]);
    let rest = Rest::new(&workspace);
    let text = || json!({ "content": "x" });
    let manage = json!({ "type": 1, "allow": permissions::MANAGE_ROLES.to_string() });
    let unheld = json!({ "type": 1, "allow": (1_u64 << 22).to_string() });
    let cases = [
        ("POST", format!("/channels/{hidden}/messages"), text(), (403, 50001)),
        ("GET", format!("/channels/{hidden}"), Value::Null, (403, 50001)),
        ("POST", format!("/channels/{mute}/messages"), text(), (403, 50013)),
        ("PATCH", format!("/channels/{mute}"), json!({ "name": "x" }), (403, 50013)),
        ("PATCH", format!("/channels/{mute}/messages/{foreign}"), text(), (403, 50005)),
        ("PUT", format!("/channels/{mute}/permissions/{anna}"), manage, (403, 50013)),
        ("PUT", format!("/channels/{mute}/permissions/{anna}"), unheld, (403, 50013)),
        ("PUT", format!("/channels/{mute}/permissions/1"), json!({ "type": 1 }), (404, 10009)),
        ("POST", format!("/channels/{category}/messages"), text(), (400, 50008)),
        ("POST", "/channels/1/messages".to_owned(), text(), (404, 10003)),
        ("GET", format!("/channels/{mute}/messages/1"), Value::Null, (404, 10008)),
        ("GET", "/guilds/1".to_owned(), Value::Null, (404, 10004)),
        ("GET", format!("/guilds/{everyone}/members/1"), Value::Null, (404, 10013)),
        ("GET", "/channels/abc".to_owned(), Value::Null, (400, 50035)),
    ];
    for (method, path, body, refusal) in cases {
        assert_eq!(rest.send(method, &path, body).await.refusal(), refusal, "{method} {path}");
    }
    let stranger = Rest { token: "another".to_owned(), ..rest.clone() };
    assert_eq!(stranger.get("/users/@me").await.refusal(), (401, 0));
    assert_eq!(rest.get("/users/@me").await.body["id"], workspace.bot_id().to_string());
    close(&workspace).await;
}

#[tokio::test]
async fn who_may_not_read_back_sees_only_what_they_watched() {
    let workspace = open().await;
    let anna = workspace.add_member("Anna Social", &[]);
    let everyone = Overwrite::role(workspace.guild_id());
    let channel = workspace.add_text_channel("case", None, &[everyone.deny(permissions::VIEW_CHANNEL)]);
    let person = workspace.person(workspace.owner_id());
    person.say(channel, "Before.").expect("the owner may");
    workspace.set_overwrites(channel, &[everyone.deny(permissions::READ_MESSAGE_HISTORY)]);
    person.say(channel, "During.").expect("the owner may");
    let texts = |user: Id| -> Vec<String> {
        workspace.person(user).messages(channel).into_iter().map(|message| message.text).collect()
    };
    assert_eq!(texts(anna), ["During."]);
    workspace.set_overwrites(channel, &[]);
    assert_eq!(texts(anna), ["Before.", "During."]);
    close(&workspace).await;
}
