//! When a bot dies: at every so-manieth call of a port, counted over all its lives, just before the call does anything or
//! just after it did and before anybody hears of it.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Before,
    After,
}

/// What becomes of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    GoOn,
    Dies(Side),
    /// Made by a bot that is dead: nothing comes of it.
    Dead,
}

/// One life of the bot.
#[derive(Debug, Default)]
pub struct Life {
    dead: AtomicBool,
    died: Notify,
}

impl Life {
    pub fn is_dead(&self) -> bool {
        self.dead.load(Ordering::SeqCst)
    }

    /// Waits for the end.
    pub async fn ended(&self) {
        self.died.notified().await;
    }

    /// Tells whoever buries it. Apart from dying, so that a call can still do its work in between.
    pub fn announce(&self) {
        self.died.notify_one();
    }
}

/// Where death strikes.
#[derive(Debug, Clone, Copy)]
pub struct Strikes {
    /// The first call that kills, from 0.
    pub first: u64,
    /// How many calls lie between one death and the next.
    pub every: u64,
    pub side: Side,
}

/// The fate of a bot through all its lives. Without strikes it only counts.
pub struct Fate {
    strikes: Option<Strikes>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    calls: u64,
    life: Arc<Life>,
    /// How often death struck at each call, by the call's name.
    deaths: BTreeMap<String, usize>,
}

impl Fate {
    pub fn new(strikes: Option<Strikes>) -> Self {
        Self { strikes, state: Mutex::default() }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn begin_life(&self) -> Arc<Life> {
        let life = Arc::new(Life::default());
        self.state().life = Arc::clone(&life);
        life
    }

    /// A call of the life that is lived now.
    pub fn call(&self, name: &str) -> Verdict {
        let life = Arc::clone(&self.state().life);
        self.call_of(&life, name)
    }

    pub fn call_of(&self, life: &Life, name: &str) -> Verdict {
        let mut state = self.state();
        if life.is_dead() {
            return Verdict::Dead;
        }
        let n = state.calls;
        state.calls += 1;
        match self.strikes {
            Some(Strikes { first, every, side }) if n % every == first => {
                life.dead.store(true, Ordering::SeqCst);
                *state.deaths.entry(name.to_owned()).or_default() += 1;
                Verdict::Dies(side)
            }
            _ => Verdict::GoOn,
        }
    }

    /// Tells of the death of the life that is lived now.
    pub fn announce(&self) {
        self.state().life.announce();
    }

    pub fn calls(&self) -> u64 {
        self.state().calls
    }

    pub fn deaths(&self) -> BTreeMap<String, usize> {
        self.state().deaths.clone()
    }
}
