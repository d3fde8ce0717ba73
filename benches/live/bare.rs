//! A bot of serenity alone: it defers every interaction and does nothing else.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use convenor::rehearsal::workspace::{Options, Workspace};
use serenity::all::{
    ClientBuilder, Context, CreateCommand, CreateInteractionResponse, CreateInteractionResponseMessage, EventHandler,
    GatewayIntents, HttpBuilder, Interaction, Ready,
};

use crate::load::{self, AT_ONCE, Measured};

/// Set in the process that is the bare bot: the workspace's address. The token follows it, after a space.
pub const BASE: &str = "CONVENOR_BENCH_BARE";
const COMMAND: &str = "press";

/// Runs the bare bot until it is killed.
pub async fn run(base: &str) {
    let (base, token) = base.split_once(' ').expect("address and token");
    let http = HttpBuilder::new(token).proxy(base).ratelimiter_disabled(true).build();
    let client = ClientBuilder::new_with_http(http, GatewayIntents::GUILDS).event_handler(Acknowledging);
    client.await.expect("a client").start().await.expect("it runs");
}

struct Acknowledging;

#[async_trait::async_trait]
impl EventHandler for Acknowledging {
    async fn ready(&self, context: Context, ready: Ready) {
        let command = CreateCommand::new(COMMAND).description("Acknowledged, and nothing else");
        context.http.set_application_id(ready.application.id);
        let guild = ready.guilds.first().expect("it is in a guild").id;
        guild.set_commands(&context.http, vec![command]).await.expect("the command is registered");
    }

    async fn interaction_create(&self, context: Context, interaction: Interaction) {
        let Interaction::Command(command) = interaction else { return };
        let empty = CreateInteractionResponseMessage::new().ephemeral(true).content("noted");
        let _ = command.create_response(&context.http, CreateInteractionResponse::Message(empty)).await;
    }
}

/// Starts it as a process of its own and puts the load on it.
pub async fn measured() -> Measured {
    let workspace = Workspace::open(Options::default()).await.expect("a port of this machine is free");
    let lobby = workspace.add_text_channel("lobby", None, &[]);
    let people: Vec<_> =
        (0..AT_ONCE).map(|n| workspace.person(workspace.add_member(&format!("Person {n}"), &[]))).collect();
    let began = Instant::now();
    let mut bot = Command::new(std::env::current_exe().expect("this program"))
        .env(BASE, format!("{} {}", workspace.base_url(), workspace.bot_token()))
        .stdout(Stdio::null())
        .spawn()
        .expect("the bare bot starts");
    let registered = |workspace: &Workspace| !workspace.commands().is_empty();
    workspace.wait_until(registered, Duration::from_secs(30)).await.expect("it is ready in time");
    let ready = began.elapsed();
    let act = async |n: usize| {
        let response = people[n].command(lobby, &[COMMAND], Vec::new()).await.expect("the command is there");
        response.acknowledged_after.into_iter().collect()
    };
    let measured = load::put(bot.id(), ready, act).await;
    let _ = bot.kill();
    let _ = bot.wait();
    workspace.close().await;
    measured
}
