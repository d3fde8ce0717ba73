//! A bot to drive the workspace with: the real serenity client, and plain requests beside it.

use std::time::Duration;

use convenor::rehearsal::workspace::{CannotDo, Id, OptionValue, Options, Response, Workspace};
use reqwest::header::HeaderMap;
use serde_json::{Value, json};
use serenity::all::{
    Client, ClientBuilder, Context, EventHandler, GatewayIntents, Guild, HttpBuilder, Interaction, Ready, ResumedEvent,
};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::JoinHandle;

pub const WAIT: Duration = Duration::from_secs(20);

/// What the bot's client noticed.
#[derive(Debug)]
pub enum Noticed {
    Ready,
    Resumed,
    Guild,
    Interaction(Box<Interaction>),
}

pub struct Listener(UnboundedSender<Noticed>);

#[async_trait::async_trait]
impl EventHandler for Listener {
    async fn ready(&self, _: Context, _: Ready) {
        let _ = self.0.send(Noticed::Ready);
    }

    async fn resume(&self, _: Context, _: ResumedEvent) {
        let _ = self.0.send(Noticed::Resumed);
    }

    async fn guild_create(&self, _: Context, _: Guild, _: Option<bool>) {
        let _ = self.0.send(Noticed::Guild);
    }

    async fn interaction_create(&self, _: Context, interaction: Interaction) {
        let _ = self.0.send(Noticed::Interaction(Box::new(interaction)));
    }
}

pub fn intents() -> GatewayIntents {
    GatewayIntents::GUILDS | GatewayIntents::GUILD_MESSAGES | GatewayIntents::DIRECT_MESSAGES
}

pub async fn client(
    workspace: &Workspace,
    token: &str,
    intents: GatewayIntents,
) -> (Client, UnboundedReceiver<Noticed>) {
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
pub struct Bot {
    pub running: JoinHandle<()>,
    pub shards: std::sync::Arc<serenity::all::ShardManager>,
    pub noticed: UnboundedReceiver<Noticed>,
    pub http: std::sync::Arc<serenity::http::Http>,
    pub rest: Rest,
}

impl Bot {
    pub async fn start(workspace: &Workspace) -> Self {
        let (mut client, noticed) = client(workspace, &workspace.bot_token(), intents()).await;
        let (http, shards) = (client.http.clone(), client.shard_manager.clone());
        let running = tokio::spawn(async move {
            let _ = client.start().await;
        });
        let mut bot = Self { running, shards, noticed, http, rest: Rest::new(workspace) };
        bot.wait_for(|noticed| matches!(noticed, Noticed::Guild)).await;
        bot
    }

    /// Stop for good; the client's own tasks outlive the one that started it.
    pub async fn stop(self) {
        self.shards.shutdown_all().await;
    }

    pub async fn wait_for(&mut self, is_it: impl Fn(&Noticed) -> bool) -> Noticed {
        loop {
            let noticed = tokio::time::timeout(WAIT, self.noticed.recv()).await.expect("in time").expect("a bot");
            if is_it(&noticed) {
                return noticed;
            }
        }
    }

    pub async fn interaction(&mut self) -> Interaction {
        match self.wait_for(|noticed| matches!(noticed, Noticed::Interaction(_))).await {
            Noticed::Interaction(interaction) => *interaction,
            other => panic!("not an interaction: {other:?}"),
        }
    }

    /// Answer the next interaction with this body.
    pub async fn answer(&mut self, body: Value) -> (Interaction, Answered) {
        let interaction = self.interaction().await;
        let answered = self.rest.send("POST", &callback(&interaction), body).await;
        (interaction, answered)
    }

    /// Let a person do something, answer it, and give what they got.
    pub async fn exchange(
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

pub fn callback(interaction: &Interaction) -> String {
    format!("/interactions/{}/{}/callback", interaction.id(), interaction.token())
}

pub fn original(interaction: &Interaction) -> String {
    format!("/webhooks/{}/{}/messages/@original", interaction.application_id(), interaction.token())
}

/// Plain requests with the bot's token.
#[derive(Clone)]
pub struct Rest {
    pub client: reqwest::Client,
    pub base: String,
    pub token: String,
}

pub struct Answered {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Value,
}

impl Answered {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// Status and the platform's own number.
    pub fn refusal(&self) -> (u16, u64) {
        (self.status, self.body["code"].as_u64().unwrap_or(0))
    }
}

impl Rest {
    pub fn new(workspace: &Workspace) -> Self {
        let client = reqwest::Client::new();
        Self { client, base: format!("{}/api/v10", workspace.base_url()), token: workspace.bot_token() }
    }

    pub async fn try_send(&self, method: &str, path: &str, body: Value) -> reqwest::Result<Answered> {
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

    pub async fn send(&self, method: &str, path: &str, body: Value) -> Answered {
        self.try_send(method, path, body).await.expect("an answer")
    }

    pub async fn get(&self, path: &str) -> Answered {
        self.send("GET", path, Value::Null).await
    }

    pub async fn post(&self, channel: Id, body: Value) -> Answered {
        self.send("POST", &format!("/channels/{channel}/messages"), body).await
    }

    /// Post a message and give its id.
    pub async fn posted(&self, channel: Id, body: Value) -> Id {
        let answered = self.post(channel, body).await;
        assert_eq!(answered.status, 200, "{}", answered.body);
        id(&answered.body)
    }

    pub async fn register(&self, workspace: &Workspace, commands: Value) -> Answered {
        let (application, guild) = (workspace.application_id(), workspace.guild_id());
        self.send("PUT", &format!("/applications/{application}/guilds/{guild}/commands"), commands).await
    }
}

pub async fn open() -> Workspace {
    Workspace::open(Options::default()).await.expect("a workspace")
}

/// Nothing unexpected may be left over.
pub async fn close(workspace: &Workspace) {
    assert_eq!(workspace.unexpected(), Vec::<String>::new());
    assert_eq!(workspace.faults_waiting(), 0);
    workspace.close().await;
}

pub fn id(body: &Value) -> Id {
    body["id"].as_str().and_then(|id| id.parse().ok()).expect("an id")
}

pub fn reply(text: &str) -> Value {
    json!({ "type": 4, "data": { "content": text, "flags": 64 } })
}

pub fn share_command() -> Value {
    json!([{ "name": "share", "description": "Share information", "options": [
        { "type": 3, "name": "text", "description": "What you know", "required": true, "max_length": 100 },
    ]}])
}

pub fn shared(text: &str) -> Vec<(String, OptionValue)> {
    vec![("text".to_owned(), text.into())]
}

pub fn rows(parts: Value) -> Value {
    json!([{ "type": 1, "components": parts }])
}

pub fn button(custom_id: &str, label: &str) -> Value {
    rows(json!([{ "type": 2, "style": 1, "custom_id": custom_id, "label": label }]))
}
