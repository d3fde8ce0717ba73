//! The rehearsal workspace, driven by the real serenity client and by plain requests.

use std::time::Duration;

use chrono::{DateTime, Utc};
use convenor::rehearsal::workspace::{
    Answer, CannotDo, CommandsWithoutSend, DirectMessages, Fault, Heartbeats, Id, Invalidated, Limits, OptionValue,
    Options, Overwrite, PostKind, PrivilegedIntents, Response, Route, Workspace, permissions,
};
use reqwest::header::HeaderMap;
use serde_json::{Value, json};
use serenity::all::{
    ChannelId, Client, ClientBuilder, Context, CreateInteractionResponse, CreateInteractionResponseMessage,
    CreateMessage, EventHandler, GatewayIntents, Guild, HttpBuilder, Interaction, Ready, ResumedEvent,
};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::JoinHandle;

const WAIT: Duration = Duration::from_secs(20);

/// What the bot's client noticed.
#[derive(Debug)]
enum Noticed {
    Ready,
    Resumed,
    Guild(usize),
    Interaction(Box<Interaction>),
}

struct Listener(UnboundedSender<Noticed>);

#[async_trait::async_trait]
impl EventHandler for Listener {
    async fn ready(&self, _: Context, _: Ready) {
        let _ = self.0.send(Noticed::Ready);
    }

    async fn resume(&self, _: Context, _: ResumedEvent) {
        let _ = self.0.send(Noticed::Resumed);
    }

    async fn guild_create(&self, _: Context, guild: Guild, _: Option<bool>) {
        let _ = self.0.send(Noticed::Guild(guild.channels.len()));
    }

    async fn interaction_create(&self, _: Context, interaction: Interaction) {
        let _ = self.0.send(Noticed::Interaction(Box::new(interaction)));
    }
}

fn intents() -> GatewayIntents {
    GatewayIntents::GUILDS | GatewayIntents::GUILD_MESSAGES | GatewayIntents::DIRECT_MESSAGES
}

async fn client(workspace: &Workspace, token: &str, intents: GatewayIntents) -> (Client, UnboundedReceiver<Noticed>) {
    let http = HttpBuilder::new(token)
        .proxy(workspace.base_url())
        .ratelimiter_disabled(true)
        .application_id(workspace.application_id().0.into())
        .build();
    let (sender, noticed) = unbounded_channel();
    let client = ClientBuilder::new_with_http(http, intents).event_handler(Listener(sender)).await;
    (client.expect("a client"), noticed)
}

/// A bot: the real client for the gateway, and a plain one for requests whose bodies a test wants to spell out.
struct Bot {
    running: JoinHandle<()>,
    noticed: UnboundedReceiver<Noticed>,
    http: std::sync::Arc<serenity::http::Http>,
    rest: Rest,
}

impl Bot {
    async fn start(workspace: &Workspace) -> Self {
        let (mut client, noticed) = client(workspace, &workspace.bot_token(), intents()).await;
        let http = client.http.clone();
        let running = tokio::spawn(async move {
            let _ = client.start().await;
        });
        let mut bot = Self { running, noticed, http, rest: Rest::new(workspace) };
        bot.wait_for(|noticed| matches!(noticed, Noticed::Guild(_))).await;
        bot
    }

    async fn wait_for(&mut self, is_it: impl Fn(&Noticed) -> bool) -> Noticed {
        loop {
            let noticed = tokio::time::timeout(WAIT, self.noticed.recv()).await.expect("in time").expect("a bot");
            if is_it(&noticed) {
                return noticed;
            }
        }
    }

    async fn interaction(&mut self) -> Interaction {
        match self.wait_for(|noticed| matches!(noticed, Noticed::Interaction(_))).await {
            Noticed::Interaction(interaction) => *interaction,
            other => panic!("not an interaction: {other:?}"),
        }
    }

    /// Answer the next interaction with this body.
    async fn answer(&mut self, body: Value) -> (Interaction, Answered) {
        let interaction = self.interaction().await;
        let answered = self.rest.send("POST", &callback(&interaction), body).await;
        (interaction, answered)
    }

    /// Let a person do something, answer it, and give what they got.
    async fn exchange(
        &mut self,
        deed: impl Future<Output = Result<Response, CannotDo>>,
        body: Value,
    ) -> (Response, Interaction) {
        let (response, (interaction, answered)) = tokio::join!(deed, self.answer(body));
        assert!(answered.status < 300, "{}", answered.body);
        (response.expect("allowed"), interaction)
    }
}

impl Drop for Bot {
    fn drop(&mut self) {
        self.running.abort();
    }
}

fn callback(interaction: &Interaction) -> String {
    format!("/interactions/{}/{}/callback", interaction.id(), interaction.token())
}

fn original(interaction: &Interaction) -> String {
    format!("/webhooks/{}/{}/messages/@original", interaction.application_id(), interaction.token())
}

/// Plain requests with the bot's token.
#[derive(Clone)]
struct Rest {
    client: reqwest::Client,
    base: String,
    token: String,
}

struct Answered {
    status: u16,
    headers: HeaderMap,
    body: Value,
}

impl Answered {
    fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// Status and the platform's own number.
    fn refusal(&self) -> (u16, u64) {
        (self.status, self.body["code"].as_u64().unwrap_or(0))
    }
}

impl Rest {
    fn new(workspace: &Workspace) -> Self {
        let client = reqwest::Client::new();
        Self { client, base: format!("{}/api/v10", workspace.base_url()), token: workspace.bot_token() }
    }

    async fn try_send(&self, method: &str, path: &str, body: Value) -> reqwest::Result<Answered> {
        let method = method.parse().expect("a method");
        let mut request = self.client.request(method, format!("{}{path}", self.base));
        request = request.header("Authorization", format!("Bot {}", self.token));
        if !body.is_null() {
            request = request.json(&body);
        }
        let response = request.send().await?;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let text = response.text().await?;
        Ok(Answered { status, headers, body: serde_json::from_str(&text).unwrap_or(Value::String(text)) })
    }

    async fn send(&self, method: &str, path: &str, body: Value) -> Answered {
        self.try_send(method, path, body).await.expect("an answer")
    }

    async fn get(&self, path: &str) -> Answered {
        self.send("GET", path, Value::Null).await
    }

    async fn post(&self, channel: Id, body: Value) -> Answered {
        self.send("POST", &format!("/channels/{channel}/messages"), body).await
    }

    /// Post a message and give its id.
    async fn posted(&self, channel: Id, body: Value) -> Id {
        let answered = self.post(channel, body).await;
        assert_eq!(answered.status, 200, "{}", answered.body);
        id(&answered.body)
    }

    async fn register(&self, workspace: &Workspace, commands: Value) -> Answered {
        let (application, guild) = (workspace.application_id(), workspace.guild_id());
        self.send("PUT", &format!("/applications/{application}/guilds/{guild}/commands"), commands).await
    }
}

async fn open() -> Workspace {
    Workspace::open(Options::default()).await.expect("a workspace")
}

/// Nothing unexpected may be left over.
async fn close(workspace: &Workspace) {
    assert_eq!(workspace.unexpected(), Vec::<String>::new());
    assert_eq!(workspace.faults_waiting(), 0);
    workspace.close().await;
}

fn id(body: &Value) -> Id {
    body["id"].as_str().and_then(|id| id.parse().ok()).expect("an id")
}

fn reply(text: &str) -> Value {
    json!({ "type": 4, "data": { "content": text, "flags": 64 } })
}

fn share_command() -> Value {
    json!([{ "name": "share", "description": "Share information", "options": [
        { "type": 3, "name": "text", "description": "What you know", "required": true, "max_length": 100 },
    ]}])
}

fn shared(text: &str) -> Vec<(String, OptionValue)> {
    vec![("text".to_owned(), text.into())]
}

fn rows(parts: Value) -> Value {
    json!([{ "type": 1, "components": parts }])
}

fn button(custom_id: &str, label: &str) -> Value {
    rows(json!([{ "type": 2, "style": 1, "custom_id": custom_id, "label": label }]))
}

#[tokio::test]
async fn a_private_reply_is_seen_by_nobody_else() {
    let workspace = open().await;
    let (anna, ben) = (workspace.add_member("Anna Social", &[]), workspace.add_member("Ben Police", &[]));
    let channel = workspace.add_text_channel("case", None, &[]);
    let mut bot = Bot::start(&workspace).await;
    assert_eq!(bot.rest.register(&workspace, share_command()).await.status, 200);

    let person = workspace.person(anna);
    let deed = person.command(channel, &["share"], shared("Two call-outs in March."));
    let (response, interaction) = bot.exchange(deed, reply("Recorded.")).await;

    assert!(matches!(response.answer, Answer::Reply(_)), "{response:?}");
    assert_eq!((response.text(), response.is_private()), ("Recorded.", true));
    assert!(response.acknowledged_after.is_some());
    assert_eq!(response.interaction_id.0, interaction.id().get());
    let command = interaction.command().expect("a command");
    assert_eq!(command.data.options[0].value.as_str(), Some("Two call-outs in March."));
    assert_eq!(workspace.person(anna).messages(channel).len(), 1);
    assert!(workspace.person(ben).messages(channel).is_empty());
    let history = bot.rest.get(&format!("/channels/{channel}/messages")).await;
    assert_eq!(history.body, json!([]));
    let post = &workspace.posts()[0];
    assert_eq!((post.ephemeral, post.private_to, post.kind), (true, Some(anna), PostKind::GuildText));
    close(&workspace).await;
}

#[tokio::test]
async fn the_real_client_posts_and_answers() {
    let workspace = open().await;
    let anna = workspace.add_member("Anna Social", &[]);
    let channel = workspace.add_text_channel("case", None, &[]);
    let mut bot = Bot::start(&workspace).await;
    bot.rest.register(&workspace, share_command()).await;

    let posted = ChannelId::new(channel.0).send_message(&bot.http, CreateMessage::new().content("Welcome.")).await;
    assert_eq!(posted.expect("posted").content, "Welcome.");
    let person = workspace.person(anna);
    let answering = async {
        let interaction = bot.interaction().await.command().expect("a command");
        let message = CreateInteractionResponseMessage::new().content("Recorded.").ephemeral(true);
        interaction.create_response(&bot.http, CreateInteractionResponse::Message(message)).await.expect("answered");
        let followup = serenity::all::CreateInteractionResponseFollowup::new().content("Also.");
        interaction.create_followup(&bot.http, followup).await.expect("followed up");
        interaction.get_response(&bot.http).await.expect("read back").content.clone()
    };
    let (response, read) = tokio::join!(person.command(channel, &["share"], shared("x")), answering);
    assert_eq!(response.expect("allowed").text(), "Recorded.");
    assert_eq!(read, "Recorded.");
    let texts: Vec<String> = person.messages(channel).into_iter().map(|message| message.text).collect();
    assert_eq!(texts, ["Welcome.", "Recorded.", "Also."]);
    close(&workspace).await;
}

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
async fn the_same_nonce_posts_once() {
    let workspace = open().await;
    let channel = workspace.add_text_channel("case", None, &[]);
    let rest = Rest::new(&workspace);
    let body = json!({ "content": "Item 1.", "nonce": "row-17", "enforce_nonce": true });
    let first = rest.posted(channel, body.clone()).await;
    assert_eq!(rest.posted(channel, body.clone()).await, first);
    assert_eq!(workspace.posts().len(), 1);
    let unenforced = json!({ "content": "Item 1.", "nonce": "row-17" });
    assert_ne!(rest.posted(channel, unenforced).await, first);
    workspace.forget_nonces();
    assert_ne!(rest.posted(channel, body).await, first);
    assert_eq!(workspace.posts().len(), 3);
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
async fn a_write_can_be_done_and_its_answer_lost() {
    let workspace = open().await;
    let channel = workspace.add_text_channel("case", None, &[]);
    let rest = Rest::new(&workspace);
    let body = json!({ "content": "Item 1.", "nonce": "row-1", "enforce_nonce": true });
    let path = format!("/channels/{channel}/messages");

    workspace.next(Route::CreateMessage, Fault::LostUnread);
    assert!(rest.try_send("POST", &path, body.clone()).await.is_err());
    assert_eq!(workspace.posts().len(), 0);
    workspace.next(Route::CreateMessage, Fault::DoneThenLost);
    assert!(rest.try_send("POST", &path, body.clone()).await.is_err());
    assert_eq!(workspace.posts().len(), 1);
    workspace.next(Route::CreateMessage, Fault::DoneThenBadGateway);
    let page = rest.post(channel, body.clone()).await;
    assert_eq!(page.status, 502);
    assert!(page.body.as_str().is_some_and(|page| page.contains("<html>")));
    assert_eq!(rest.post(channel, body).await.status, 200);
    assert_eq!(workspace.posts().len(), 1);
    let requests = workspace.requests();
    let faults: Vec<_> = requests.iter().map(|request| request.fault).collect();
    assert_eq!(faults, [Some("lost unread"), Some("done then lost"), Some("done then bad gateway"), None]);
    assert_eq!(requests[3].route, "/channels/{channel}/messages");
    assert_eq!(requests[3].body["nonce"], "row-1");
    close(&workspace).await;
}

#[tokio::test]
async fn faults_answer_as_the_platform_does() {
    let workspace = open().await;
    let channel = workspace.add_text_channel("case", None, &[]);
    let rest = Rest::new(&workspace);
    let refused = Fault::Refused { status: 403, code: 50013, message: "Missing Permissions".to_owned() };
    let soon = Duration::from_millis(700);
    let cases = [
        (Fault::TooManyRequests { retry_after: soon }, 429, json!(0.7), "/retry_after"),
        (Fault::TooManyRequestsGlobally { retry_after: soon }, 429, json!(true), "/global"),
        (Fault::ServerError, 500, json!("500: Internal Server Error"), "/message"),
        (refused, 403, json!(50013), "/code"),
        (Fault::Slow(Duration::from_millis(30)), 200, json!("x"), "/content"),
    ];
    for (fault, status, value, pointer) in cases {
        workspace.next(Route::CreateMessage, fault.clone());
        let answered = rest.post(channel, json!({ "content": "x" })).await;
        assert_eq!(answered.status, status, "{fault:?}");
        assert_eq!(answered.body.pointer(pointer), Some(&value), "{fault:?}");
    }
    workspace.next(Route::CreateMessage, Fault::BadGateway);
    assert_eq!(rest.post(channel, json!({ "content": "x" })).await.status, 502);
    assert_eq!(workspace.posts().len(), 1);
    assert!(workspace.requests()[4].milliseconds >= 30.0);
    close(&workspace).await;
}

#[tokio::test]
async fn a_modal_makes_its_round_trip() {
    let workspace = open().await;
    let anna = workspace.add_member("Anna Social", &[]);
    let ben = workspace.add_member("Ben Police", &[]);
    let channel = workspace.add_text_channel("case", None, &[]);
    let mut bot = Bot::start(&workspace).await;
    let message =
        bot.rest.posted(channel, json!({ "content": "Your turn.", "components": button("speak", "Speak") })).await;
    let person = workspace.person(anna);
    let input = json!({ "type": 4, "custom_id": "text", "label": "What you know", "style": 2, "min_length": 3, "max_length": 20 });
    let modal =
        json!({ "type": 9, "data": { "custom_id": "share", "title": "Share", "components": rows(json!([input])) } });
    let (shown, interaction) = bot.exchange(person.press(message, "speak"), modal.clone()).await;
    let pressed = interaction.message_component().expect("a component");
    assert_eq!((pressed.data.custom_id.as_str(), pressed.message.id.get()), ("speak", message.0));

    let shown = shown.modal().expect("a modal").clone();
    assert_eq!((shown.title.as_str(), shown.fields[0].label.as_str()), ("Share", "What you know"));
    let text = |text: &str| vec![("text".to_owned(), text.to_owned())];
    let cases = [text("ab"), text(&"x".repeat(21)), vec![]];
    for values in cases {
        let refused = person.submit(&shown, values).await;
        assert!(matches!(refused, Err(CannotDo::FillInField { .. })), "{refused:?}");
    }
    let foreign = workspace.person(ben).submit(&shown, text("hello")).await;
    assert!(matches!(foreign, Err(CannotDo::FillInForeignModal)));
    let stray = person.submit(&shown, vec![("other".to_owned(), String::new())]).await;
    assert!(matches!(stray, Err(CannotDo::FindField(_))));

    // A modal may not follow a modal; the bot can still answer otherwise.
    let deed = person.submit(&shown, text("Two call-outs."));
    let answering = async {
        let (interaction, answered) = bot.answer(modal).await;
        assert_eq!(answered.refusal(), (400, 50035));
        let update = json!({ "type": 7, "data": { "content": "Spoken.", "components": [] } });
        assert_eq!(bot.rest.send("POST", &callback(&interaction), update).await.status, 204);
        interaction
    };
    let (response, interaction) = tokio::join!(deed, answering);
    let submitted = interaction.modal_submit().expect("a modal");
    let serenity::all::ActionRowComponent::InputText(field) = &submitted.data.components[0].components[0] else {
        panic!("not a text input");
    };
    assert_eq!(field.value.as_deref(), Some("Two call-outs."));
    let response = response.expect("allowed");
    assert!(matches!(&response.answer, Answer::Updated(message) if message.text == "Spoken." && message.edited));
    close(&workspace).await;
}

#[tokio::test]
async fn a_bot_that_answers_too_late_has_not_answered() {
    let options = Options { answer_within: Duration::from_millis(100), ..Options::default() };
    let workspace = Workspace::open(options).await.expect("a workspace");
    let anna = workspace.add_member("Anna Social", &[]);
    let channel = workspace.add_text_channel("case", None, &[]);
    let mut bot = Bot::start(&workspace).await;
    bot.rest.register(&workspace, share_command()).await;
    let response = workspace.person(anna).command(channel, &["share"], shared("x")).await.expect("allowed");
    assert!(response.is_no_answer());
    let (interaction, answered) = bot.answer(reply("Too late.")).await;
    assert_eq!(answered.refusal(), (404, 10062));
    assert_eq!(bot.rest.get(&original(&interaction)).await.refusal(), (404, 10015));
    assert!(workspace.posts().is_empty());
    close(&workspace).await;
}

#[tokio::test]
async fn an_interaction_is_answered_once_and_its_token_dies() {
    let options = Options { token_life: Duration::from_millis(300), ..Options::default() };
    let workspace = Workspace::open(options).await.expect("a workspace");
    let anna = workspace.add_member("Anna Social", &[]);
    let channel = workspace.add_text_channel("case", None, &[]);
    let mut bot = Bot::start(&workspace).await;
    bot.rest.register(&workspace, share_command()).await;
    let person = workspace.person(anna);
    let (_, interaction) = bot.exchange(person.command(channel, &["share"], shared("x")), reply("Recorded.")).await;
    assert_eq!(bot.rest.send("POST", &callback(&interaction), reply("Again.")).await.refusal(), (400, 40060));
    let elsewhere = format!("/interactions/{}/other/callback", interaction.id());
    assert_eq!(bot.rest.send("POST", &elsewhere, reply("x")).await.refusal(), (404, 10062));
    // The token's life is the machine's time, so the machine's time is what passes here.
    tokio::time::sleep(Duration::from_millis(310)).await;
    let edit = bot.rest.send("PATCH", &original(&interaction), json!({ "content": "Later." })).await;
    assert_eq!(edit.refusal(), (401, 50027));
    close(&workspace).await;
}

#[tokio::test]
async fn a_deferred_reply_is_waited_for() {
    let workspace = open().await;
    let anna = workspace.add_member("Anna Social", &[]);
    let channel = workspace.add_text_channel("case", None, &[]);
    let mut bot = Bot::start(&workspace).await;
    bot.rest.register(&workspace, share_command()).await;
    let person = workspace.person(anna);
    let writing = async {
        let (interaction, _) = bot.answer(json!({ "type": 5, "data": { "flags": 64 } })).await;
        assert!(person.messages(channel)[0].thinking);
        let edited = bot.rest.send("PATCH", &original(&interaction), json!({ "content": "Found it." })).await;
        assert_eq!(edited.status, 200);
    };
    let (response, ()) = tokio::join!(person.command(channel, &["share"], shared("x")), writing);
    let response = response.expect("allowed");
    assert!(matches!(response.answer, Answer::DeferredReply(_)));
    assert_eq!((response.text(), response.is_private()), ("Found it.", true));
    let posts = workspace.posts();
    assert_eq!((posts.len(), posts[0].edited), (1, false));

    let deed = person.command(channel, &["share"], shared("x"));
    let withdrawing = async {
        let (interaction, _) = bot.answer(json!({ "type": 5 })).await;
        assert_eq!(bot.rest.send("DELETE", &original(&interaction), Value::Null).await.status, 204);
    };
    let (response, ()) = tokio::join!(deed, withdrawing);
    assert!(matches!(response.expect("allowed").answer, Answer::Withdrawn));
    close(&workspace).await;
}

#[tokio::test]
async fn a_duplicated_event_arrives_twice_and_an_unknown_one_hurts_nobody() {
    let workspace = open().await;
    let anna = workspace.add_member("Anna Social", &[]);
    let channel = workspace.add_text_channel("case", None, &[]);
    let mut bot = Bot::start(&workspace).await;
    bot.rest.register(&workspace, share_command()).await;
    workspace.send_unknown_event();
    workspace.duplicate_next("INTERACTION_CREATE");
    let person = workspace.person(anna);
    let (_, first) = bot.exchange(person.command(channel, &["share"], shared("x")), reply("Recorded.")).await;
    let second = bot.interaction().await;
    assert_eq!(first.id(), second.id());
    assert_eq!(bot.rest.send("POST", &callback(&second), reply("Again.")).await.refusal(), (400, 40060));
    close(&workspace).await;
}

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
    let cases: Vec<(Id, &[&str], Vec<(String, OptionValue)>, &str)> = vec![
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
async fn selects_and_completions_carry_what_was_chosen() {
    let workspace = open().await;
    let anna = workspace.add_member("Anna Social", &[]);
    let channel = workspace.add_text_channel("case", None, &[]);
    let mut bot = Bot::start(&workspace).await;
    let commands = json!([{ "name": "find", "description": "d", "options": [
        { "type": 3, "name": "agency", "description": "d", "required": true, "autocomplete": true },
    ]}]);
    assert_eq!(bot.rest.register(&workspace, commands).await.status, 200);
    let options = json!([{ "label": "Yes", "value": "yes" }, { "label": "No", "value": "no" }]);
    let select = json!({ "type": 3, "custom_id": "pick", "options": options, "max_values": 2 });
    let people = json!({ "type": 5, "custom_id": "who" });
    let body = json!({ "content": "Which?", "components": [
        { "type": 1, "components": [select] }, { "type": 1, "components": [people] },
    ]});
    let message = bot.rest.posted(channel, body).await;
    let person = workspace.person(anna);
    assert_eq!(person.messages(channel)[0].selects()[0].choices[1].label, "No");
    let refused = person.select(message, "pick", &["maybe"]).await.expect_err("not offered");
    assert_eq!(refused, CannotDo::Choose("maybe".to_owned()));
    assert!(matches!(person.select(message, "pick", &[]).await, Err(CannotDo::ChooseSoMany { .. })));

    let (response, _) = bot.exchange(person.select(message, "pick", &["yes", "no"]), json!({ "type": 6 })).await;
    assert!(matches!(response.answer, Answer::Ignored));
    let who = workspace.bot_id().to_string();
    let (_, interaction) = bot.exchange(person.select(message, "who", &[&who]), json!({ "type": 6 })).await;
    assert!(interaction.message_component().is_some());

    let choices = json!({ "type": 8, "data": { "choices": [{ "name": "Police", "value": "police" }] } });
    let typed = vec![("agency".to_owned(), "po".into())];
    let (response, interaction) = bot.exchange(person.autocomplete(channel, &["find"], typed, "agency"), choices).await;
    assert!(matches!(&response.answer, Answer::Choices(choices) if choices[0].name == "Police"));
    let asked = interaction.autocomplete().expect("an autocomplete");
    assert_eq!(asked.data.autocomplete().expect("focused").value, "po");
    close(&workspace).await;
}

#[tokio::test]
async fn direct_messages_carry_buttons_unless_they_are_closed() {
    let workspace = open().await;
    let (anna, ben) = (workspace.add_member("Anna Social", &[]), workspace.add_member("Ben Police", &[]));
    workspace.set_direct_messages(ben, DirectMessages::Closed);
    let mut bot = Bot::start(&workspace).await;
    let open_with = |user: Id| json!({ "recipient_id": user });
    let channel = id(&bot.rest.send("POST", "/users/@me/channels", open_with(anna)).await.body);
    assert_eq!(id(&bot.rest.send("POST", "/users/@me/channels", open_with(anna)).await.body), channel);
    bot.rest
        .posted(channel, json!({ "content": "You are asked to a meeting.", "components": button("yes", "Yes") }))
        .await;
    let person = workspace.person(anna);
    let seen = person.direct_messages();
    assert_eq!(seen[0].text, "You are asked to a meeting.");
    let update = json!({ "type": 7, "data": { "content": "Thank you.", "components": [] } });
    let (response, interaction) = bot.exchange(person.press(seen[0].id, "yes"), update).await;
    assert_eq!(response.text(), "Thank you.");
    assert!(
        interaction
            .message_component()
            .is_some_and(|pressed| pressed.guild_id.is_none() && pressed.user.id.get() == anna.0)
    );
    assert!(workspace.posts().iter().all(|post| post.kind == PostKind::Direct && post.private_to == Some(anna)));

    let closed = id(&bot.rest.send("POST", "/users/@me/channels", open_with(ben)).await.body);
    assert_eq!(bot.rest.post(closed, json!({ "content": "x" })).await.refusal(), (403, 50007));
    workspace.leave(anna);
    assert_eq!(bot.rest.post(channel, json!({ "content": "x" })).await.refusal(), (403, 50007));
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

#[tokio::test]
async fn a_bot_that_loses_its_connection_gets_what_it_missed() {
    let workspace = open().await;
    let anna = workspace.add_member("Anna Social", &[]);
    let channel = workspace.add_text_channel("case", None, &[]);
    let mut bot = Bot::start(&workspace).await;
    bot.rest.register(&workspace, share_command()).await;
    let person = workspace.person(anna);
    workspace.drop_sockets();
    workspace.wait_until(|workspace| workspace.bots_listening() == 0, WAIT).await.expect("gone");
    let (response, _) = bot.exchange(person.command(channel, &["share"], shared("x")), reply("Recorded.")).await;
    assert_eq!(response.text(), "Recorded.");
    bot.wait_for(|noticed| matches!(noticed, Noticed::Resumed)).await;
    assert_eq!(workspace.times_ready(), 1);

    workspace.ask_to_reconnect();
    bot.wait_for(|noticed| matches!(noticed, Noticed::Resumed)).await;
    workspace.invalidate_sessions(Invalidated::Gone);
    bot.wait_for(|noticed| matches!(noticed, Noticed::Ready)).await;
    assert_eq!(workspace.times_ready(), 2);
    close(&workspace).await;
}

#[tokio::test]
async fn a_new_bot_finds_everything_as_the_old_one_left_it() {
    let workspace = open().await;
    let channel = workspace.add_text_channel("case", None, &[]);
    let bot = Bot::start(&workspace).await;
    let message = bot.rest.posted(channel, json!({ "content": "Before." })).await;
    drop(bot);
    workspace.wait_until(|workspace| workspace.bots_listening() == 0, WAIT).await.expect("gone");
    let bot = Bot::start(&workspace).await;
    let found = bot.rest.get(&format!("/channels/{channel}/messages/{message}")).await;
    assert_eq!(found.body["content"], "Before.");
    close(&workspace).await;
}

#[tokio::test]
async fn a_gateway_that_stops_answering_heartbeats_is_left() {
    let options = Options { heartbeat_every: Duration::from_millis(100), ..Options::default() };
    let workspace = Workspace::open(options).await.expect("a workspace");
    let _bot = Bot::start(&workspace).await;
    workspace.set_heartbeats(Heartbeats::Unanswered);
    workspace.wait_until(|workspace| workspace.bots_listening() == 0, WAIT).await.expect("left");
    workspace.set_heartbeats(Heartbeats::Acknowledged);
    workspace.wait_until(|workspace| workspace.bots_listening() > 0, WAIT).await.expect("back");
    close(&workspace).await;
}

#[tokio::test]
async fn a_wrong_token_or_an_intent_not_granted_is_sent_away() {
    let workspace = open().await;
    let (mut wrong, _noticed) = client(&workspace, "not.the.token", intents()).await;
    let error = wrong.start().await.expect_err("refused").to_string();
    assert!(error.to_lowercase().contains("authentication"), "{error}");
    let wanting = intents() | GatewayIntents::MESSAGE_CONTENT;
    let (mut wanting, _noticed) = client(&workspace, &workspace.bot_token(), wanting).await;
    let error = wanting.start().await.expect_err("refused").to_string();
    assert!(error.to_lowercase().contains("intents"), "{error}");
    close(&workspace).await;

    let options = Options { privileged_intents: PrivilegedIntents::Granted, ..Options::default() };
    let workspace = Workspace::open(options).await.expect("a workspace");
    let everything = intents() | GatewayIntents::MESSAGE_CONTENT | GatewayIntents::GUILD_MEMBERS;
    let (mut client, mut noticed) = client(&workspace, &workspace.bot_token(), everything).await;
    let running = tokio::spawn(async move { client.start().await });
    assert!(noticed.recv().await.is_some());
    running.abort();
    close(&workspace).await;
}

#[tokio::test]
async fn two_runs_name_the_same_things_alike_and_keep_the_plays_time() {
    let mut seen = Vec::new();
    for _ in 0..2 {
        let now: DateTime<Utc> = "2027-05-14T14:20:00Z".parse().expect("an instant");
        let workspace = Workspace::open(Options { now, ..Options::default() }).await.expect("a workspace");
        let channel = workspace.add_text_channel("case", None, &[]);
        let rest = Rest::new(&workspace);
        let first = rest.post(channel, json!({ "content": "x" })).await.body;
        workspace.set_now(now + chrono::TimeDelta::hours(1));
        let second = rest.post(channel, json!({ "content": "y" })).await.body;
        assert_eq!(first["timestamp"], "2027-05-14T14:20:00.000000+00:00");
        assert_eq!(second["timestamp"], "2027-05-14T15:20:00.000000+00:00");
        seen.push((workspace.bot_token(), id(&first), id(&second)));
        close(&workspace).await;
    }
    assert_eq!(seen[0], seen[1]);
}

#[tokio::test]
async fn a_port_in_use_is_an_error_and_a_closed_one_is_free() {
    let workspace = open().await;
    let port = workspace.base_url().rsplit(':').next().and_then(|port| port.parse().ok()).expect("a port");
    let again = || Options { port, ..Options::default() };
    assert!(Workspace::open(again()).await.is_err());
    workspace.close().await;
    Workspace::open(again()).await.expect("free again").close().await;
}

#[tokio::test]
async fn a_route_that_is_not_played_is_not_found_and_is_noted() {
    let workspace = open().await;
    let answered = Rest::new(&workspace).get("/voice/regions").await;
    assert_eq!((answered.status, &answered.body["message"]), (404, &json!("404: Not Found")));
    assert_eq!(workspace.unexpected(), ["a route that is not played: GET /api/v10/voice/regions"]);
    workspace.close().await;
}
