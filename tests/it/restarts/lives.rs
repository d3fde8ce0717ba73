//! A bot that is started again, on the same file, as often as it dies. Each life has a runtime of its own, and death is
//! that runtime's end: no task of it runs on, nothing is tidied up.

use std::sync::Arc;
use std::time::{Duration, Instant};

use async_trait::async_trait;
use convenor::app::ports::Store;
use convenor::bot::{self, Bot};
use convenor::config::Config;
use convenor::discord::courier::Limits;
use convenor::rehearsal::cast::clock::SteppedClock;
use convenor::rehearsal::cast::company::Resting;
use convenor::rehearsal::workspace::{Fault, Workspace};
use convenor::store::{MasterKey, Opening};
use rand::SeedableRng;
use rand_chacha::ChaCha20Rng;
use tokio::runtime::{Builder, Handle, Runtime};
use tokio::sync::{oneshot, watch};
use tokio::task::JoinHandle;

use super::fate::{Fate, Life, Side, Verdict};
use super::mortal::{MortalStore, WATCHING};

/// Each life begins this much later than the last ended: what the dead one held, the leases, has run out by then.
const DOWN_MS: i64 = 61_000;
/// How long anything may take; it takes well under a second.
const WITHIN: Duration = Duration::from_secs(60);

/// Where every life finds the world.
#[derive(Clone)]
pub struct World {
    pub workspace: Workspace,
    pub url: String,
    pub clock: Arc<SteppedClock>,
    pub config: Arc<Config>,
    pub procedure: String,
}

impl World {
    pub async fn store(&self, seed: u64) -> Arc<dyn Store> {
        let opening = Opening {
            url: self.url.clone(),
            guild: self.workspace.guild_id().to_string(),
            master: MasterKey::new([7; 32]),
            chance: Box::new(ChaCha20Rng::seed_from_u64(seed)),
        };
        convenor::store::open(opening).await.expect("the database opens")
    }
}

struct Alive {
    bot: Arc<Bot>,
    runtime: Handle,
    life: Arc<Life>,
}

pub struct Lives {
    alive: watch::Receiver<Option<Arc<Alive>>>,
    stop: oneshot::Sender<()>,
    lived: JoinHandle<()>,
}

impl Lives {
    /// Has the bot live, and live again, from now on.
    pub async fn begin(world: World, fate: Arc<Fate>) -> Self {
        judged_by(&world.workspace, Arc::clone(&fate));
        let (tell, alive) = watch::channel(None);
        let (stop, stopped) = oneshot::channel();
        let lived = tokio::spawn(live(world, fate, tell, stopped));
        let lives = Self { alive, stop, lived };
        lives.idle().await.expect("the bot starts");
        lives
    }

    pub async fn end(self) {
        let _ = self.stop.send(());
        self.lived.await.expect("the last life ends");
    }

    async fn now(&self) -> Arc<Alive> {
        let mut alive = self.alive.clone();
        let found = tokio::time::timeout(WITHIN, alive.wait_for(Option::is_some)).await;
        let found = found.expect("the bot is back in time").expect("it goes on living").clone();
        found.expect("it was waited for")
    }
}

#[async_trait]
impl Resting for Lives {
    /// Waits until a bot has come to rest and lived through it.
    async fn idle(&self) -> anyhow::Result<()> {
        loop {
            let alive = self.now().await;
            let bot = Arc::clone(&alive.bot);
            let watching = alive.runtime.spawn(WATCHING.scope((), async move { bot.idle().await }));
            tokio::select! {
                rested = tokio::time::timeout(WITHIN, watching) => match rested.expect("the bot comes to rest in time") {
                    Ok(rested) if !alive.life.is_dead() => return rested,
                    _ => {}
                },
                // The next look waits for the next life.
                () = buried(&self.alive, &alive) => {}
            }
            if alive.life.is_dead() {
                buried(&self.alive, &alive).await;
            }
        }
    }
}

/// Waits until this life is no longer the one that is lived.
async fn buried(alive: &watch::Receiver<Option<Arc<Alive>>>, this: &Arc<Alive>) {
    let mut alive = alive.clone();
    let is_other = |now: &Option<Arc<Alive>>| now.as_ref().is_none_or(|now| !Arc::ptr_eq(now, this));
    let _ = alive.wait_for(is_other).await;
}

/// Requests are port calls too: those of deliveries, of answers, and of starting.
fn judged_by(workspace: &Workspace, fate: Arc<Fate>) {
    workspace.befall(move |route| match fate.call(&format!("{} {}", route.method(), route.template())) {
        Verdict::GoOn => None,
        Verdict::Dead => Some(Fault::LostUnread),
        Verdict::Dies(side) => {
            fate.announce();
            Some(if side == Side::Before { Fault::LostUnread } else { Fault::DoneThenLost })
        }
    });
}

async fn live(
    world: World,
    fate: Arc<Fate>,
    tell: watch::Sender<Option<Arc<Alive>>>,
    mut stopped: oneshot::Receiver<()>,
) {
    let began = Instant::now();
    for lives in 0.. {
        let life = fate.begin_life();
        let runtime = Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime");
        let starting = start(world.clone(), Arc::clone(&fate), Arc::clone(&life), lives, began);
        let mut starting = runtime.spawn(starting);
        tokio::select! {
            bot = &mut starting => {
                let bot = match bot.expect("nothing breaks") {
                    Ok(bot) => Arc::new(bot),
                    // It saw its own death as a request that failed.
                    Err(_) if life.is_dead() => {
                        bury(&world, runtime);
                        continue;
                    }
                    Err(error) => panic!("the bot starts: {error:#}"),
                };
                tell.send_replace(Some(Arc::new(Alive { bot, runtime: runtime.handle().clone(), life: Arc::clone(&life) })));
            }
            () = life.ended() => {
                bury(&world, runtime);
                continue;
            }
        }
        tokio::select! {
            () = life.ended() => {
                tell.send_replace(None);
                bury(&world, runtime);
            }
            _ = &mut stopped => {
                tell.send_replace(None);
                return runtime.shutdown_background();
            }
        }
    }
}

fn bury(world: &World, runtime: Runtime) {
    world.workspace.bot_is_gone();
    runtime.shutdown_background();
}

async fn start(world: World, fate: Arc<Fate>, life: Arc<Life>, lives: i64, began: Instant) -> anyhow::Result<Bot> {
    let inner = world.store(100 + lives.unsigned_abs()).await;
    let store = Arc::new(MortalStore::new(inner, fate, life));
    let machine_time = move || i64::try_from(began.elapsed().as_millis()).unwrap_or(i64::MAX) + lives * DOWN_MS;
    let options = bot::Options {
        base: world.workspace.base_url(),
        token: world.workspace.bot_token(),
        guild: world.workspace.guild_id().0,
        procedure: world.procedure,
        store,
        clock: world.clock,
        // What a life draws that comes to nothing, the next draws again.
        chance: Box::new(ChaCha20Rng::seed_from_u64(2)),
        spread: Box::new(ChaCha20Rng::seed_from_u64(3)),
        config: world.config,
        printer: None,
        machine_time: Arc::new(machine_time),
        poll: None,
        limits: Limits::unhurried(5_000),
        category: None,
        admin_channel: None,
        mailer: None,
    };
    Bot::start(options).await
}
