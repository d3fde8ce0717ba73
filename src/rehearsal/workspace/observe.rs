//! Watching: what was asked, what was posted, what went wrong, and waiting until something is so.
//!
//! Waiting is always for a state and never for a moment: nothing here sleeps.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::Value;
use tokio::time::Instant;

use super::faults::Judge;
use super::gateway::Out;
use super::permissions;
use super::state::World;
use super::{Fault, Heartbeats, Id, Invalidated, Post, RequestRecord, Route, SeenChannel, Shared, Workspace};

/// What was waited for did not come about in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("what was waited for did not come about within {0:?}")]
pub struct TimedOut(pub Duration);

impl Shared {
    /// Look again after every change, until there is something or the time is up.
    pub(super) async fn until<T>(&self, deadline: Instant, mut look: impl FnMut() -> Option<T>) -> Option<T> {
        loop {
            let changed = self.changed.notified();
            tokio::pin!(changed);
            // Listening starts before looking, so a change in between is not missed.
            changed.as_mut().enable();
            if let Some(found) = look() {
                return Some(found);
            }
            if tokio::time::timeout_at(deadline, changed).await.is_err() {
                return look();
            }
        }
    }
}

impl Workspace {
    /// Wait until something is so.
    pub async fn wait_until(&self, is_so: impl Fn(&Self) -> bool, timeout: Duration) -> Result<(), TimedOut> {
        let found = self.shared.until(Instant::now() + timeout, || is_so(self).then_some(())).await;
        found.ok_or(TimedOut(timeout))
    }

    /// Wait until a bot listens: whatever happens before that is lost to it.
    pub async fn wait_until_ready(&self, timeout: Duration) -> Result<(), TimedOut> {
        self.wait_until(|workspace| workspace.bots_listening() > 0, timeout).await
    }

    /// How many bots are listening now.
    pub fn bots_listening(&self) -> usize {
        self.shared.look(|world| world.gateway.listening())
    }

    /// How often a bot has identified and been told READY.
    pub fn times_ready(&self) -> usize {
        self.shared.look(|world| world.gateway.readies)
    }

    /// Every REST request so far, in order of completion.
    pub fn requests(&self) -> Vec<RequestRecord> {
        self.shared.look(|world| world.log.requests.clone())
    }

    /// Every message ever posted and every edit, ephemeral and deleted ones included.
    pub fn posts(&self) -> Vec<Post> {
        self.shared.look(|world| world.log.posts.clone())
    }

    /// How many events of each kind there were, all of which a client can read.
    pub fn events(&self) -> BTreeMap<&'static str, usize> {
        self.shared.look(|world| world.log.events.clone())
    }

    /// How many requests and posts there are so far, without copying them.
    pub fn counts(&self) -> (usize, usize) {
        self.shared.look(|world| (world.log.requests.len(), world.log.posts.len()))
    }

    /// What should not have happened: routes that are not played, events that do not parse. Empty after a good play.
    pub fn unexpected(&self) -> Vec<String> {
        self.shared.look(|world| world.log.unexpected.clone())
    }

    /// The registered commands, as the platform would give them back.
    pub fn commands(&self) -> Vec<Value> {
        self.shared.look(|world| world.commands.clone())
    }

    /// Every channel of the guild, whoever may see it.
    pub fn channels(&self) -> Vec<SeenChannel> {
        self.shared.look(|world| world.guild_channels().map(SeenChannel::of).collect())
    }

    /// The overwrites of a channel.
    pub fn overwrites(&self, channel: Id) -> Vec<permissions::Overwrite> {
        let found = |world: &World| world.channels.get(&channel).map(|channel| channel.overwrites.clone());
        self.shared.look(found).unwrap_or_default()
    }

    /// What somebody may do in a channel, by the platform's algorithm.
    pub fn permissions_in(&self, user: Id, channel: Id) -> u64 {
        let bits = |world: &World| world.channels.get(&channel).map(|channel| world.permissions_in(user, channel));
        self.shared.look(bits).unwrap_or(0)
    }

    /// A person's name as others see it.
    pub fn display_name(&self, user: Id) -> Option<String> {
        self.shared.look(|world| world.user(user).map(|user| user.display_name.clone()))
    }

    /// The next request of this route goes wrong.
    pub fn next(&self, route: Route, fault: Fault) {
        self.next_times(route, fault, 1);
    }

    /// The next so many requests of this route go wrong.
    pub fn next_times(&self, route: Route, fault: Fault, times: usize) {
        self.shared.change(|world| world.faults.add(route, fault, times));
    }

    /// Has this say of every request, just before it is done, what befalls it. It must not ask the workspace anything.
    pub fn befall(&self, judge: impl FnMut(Route) -> Option<Fault> + Send + 'static) {
        self.shared.change(|world| world.faults.judge = Some(Judge(Box::new(judge))));
    }

    /// The bot has died. Whoever waits for its answer gets none, and so does whoever tries until a bot is READY again:
    /// what people see after three seconds, without the seconds.
    pub fn bot_is_gone(&self) {
        self.shared.change(|world| {
            world.gateway.bot_is_gone = true;
            for interaction in world.interactions.values_mut() {
                interaction.given_up |= !interaction.is_answered();
            }
        });
    }

    /// How many faults still wait for their request.
    pub fn faults_waiting(&self) -> usize {
        self.shared.look(|world| world.faults.waiting())
    }

    /// The next event of this kind, e.g. `INTERACTION_CREATE`, is delivered twice.
    pub fn duplicate_next(&self, kind: &str) {
        self.shared.change(|world| world.faults.duplicates.push(kind.to_owned()));
    }

    /// Send an event no client has ever heard of.
    pub fn send_unknown_event(&self) {
        self.shared.change(World::dispatch_unknown);
    }

    /// Break every gateway connection without a word; the sessions can be resumed.
    pub fn drop_sockets(&self) {
        self.shared.change(|world| world.gateway.send_all(&Out::Cut));
    }

    /// Close every gateway connection with a code.
    pub fn close_sockets(&self, code: u16) {
        self.shared.change(|world| world.gateway.send_all(&Out::Close(code, "")));
    }

    /// Ask every bot to reconnect and resume (op 7).
    pub fn ask_to_reconnect(&self) {
        let frame = r#"{"op":7,"d":null,"s":null,"t":null}"#.to_owned();
        self.shared.change(|world| world.gateway.send_all(&Out::Frame(frame)));
    }

    /// Declare every session invalid (op 9).
    pub fn invalidate_sessions(&self, invalidated: Invalidated) {
        let resumable = invalidated == Invalidated::Resumable;
        let frame = format!(r#"{{"op":9,"d":{resumable},"s":null,"t":null}}"#);
        self.shared.change(|world| {
            world.gateway.send_all(&Out::Frame(frame));
            if !resumable {
                world.gateway.sessions.clear();
            }
        });
    }

    /// Answer heartbeats, or stop answering.
    pub fn set_heartbeats(&self, heartbeats: Heartbeats) {
        self.shared.change(|world| world.faults.heartbeats_unanswered = heartbeats == Heartbeats::Unanswered);
    }

    /// Forget every nonce, as the platform does after a few minutes.
    pub fn forget_nonces(&self) {
        self.shared.change(|world| {
            for message in world.messages.values_mut() {
                message.nonce = None;
            }
        });
    }
}
