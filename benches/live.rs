//! The live bot beside a bare client that only acknowledges, on both databases, in one run:
//!
//!     cargo bench --no-default-features --bench live
//!
//! Each bot is a process of its own; the platform is a workspace in this one, so a figure holds the loopback's share
//! too. A command here is `/strategy adult`: it opens a form, and handing the form in commits one entry. Where there is
//! no PostgreSQL, its lines are left out and that is said.

#[path = "live/bare.rs"]
mod bare;
#[allow(dead_code, reason = "the tests use all of it")]
#[path = "../tests/it/support/child.rs"]
mod child;
#[path = "live/installation.rs"]
mod installation;
#[allow(dead_code, reason = "the tests use all of it")]
#[path = "../tests/it/support/live_play.rs"]
mod live_play;
#[path = "live/load.rs"]
mod load;
#[allow(dead_code, reason = "the tests use all of it")]
#[path = "../tests/it/support/postgres.rs"]
mod postgres;

use std::time::Duration;

use installation::Installation;
use live_play::LivePlay;
use load::Measured;

fn main() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    match std::env::var(bare::BASE) {
        Ok(base) => runtime.block_on(bare::run(&base)),
        Err(_) => runtime.block_on(measure()),
    }
}

async fn measure() {
    println!(
        "| bot | start to ready | memory at start | one at a time: p50, p99 | 64 at once: p50, p99 | processor a command | memory after |"
    );
    println!("|---|---|---|---|---|---|---|");
    row("bare client, acknowledges only", bare::measured().await);
    row("convenor, SQLite", Installation::on(None).await.measured().await);
    match postgres::Database::fresh().await {
        Some(database) => row("convenor, PostgreSQL", Installation::on(Some(database.url())).await.measured().await),
        None => eprintln!("there is no PostgreSQL here; its line is left out"),
    }
    println!("\n| bot | memory after case 1, played by its whole cast |\n|---|---|");
    println!("| convenor, SQLite | {} |", mb(after_a_play(None).await));
    if let Some(database) = postgres::Database::fresh().await {
        println!("| convenor, PostgreSQL | {} |", mb(after_a_play(Some(database.url())).await));
    }
}

async fn after_a_play(database: Option<String>) -> u64 {
    let live = LivePlay::set(database).await;
    live.is_played().await;
    let resident = live.resident();
    live.closes().await;
    resident
}

fn row(name: &str, measured: Measured) {
    let pair =
        |times: &mut Vec<Duration>| format!("{}, {}", ms(load::quantile(times, 50)), ms(load::quantile(times, 99)));
    let Measured { ready, idle, mut sequential, mut at_once, processor, after } = measured;
    println!(
        "| {name} | {} | {} | {} | {} | {} | {} |",
        ms(ready),
        mb(idle),
        pair(&mut sequential),
        pair(&mut at_once),
        ms(processor),
        mb(after)
    );
}

fn ms(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1_000.0)
}

fn mb(kib: u64) -> String {
    format!("{:.1} MB", kib as f64 * 1_024.0 / 1e6)
}
