//! A play of case 1 in which the bot may die, and what it leaves behind.

use std::collections::BTreeMap;
use std::sync::Arc;

use convenor::app::ports::{Clock, Store};
use convenor::rehearsal::cast::clock::SteppedClock;
use convenor::rehearsal::cast::company::Resting;
use convenor::rehearsal::cast::playbook::Playbook;
use convenor::rehearsal::cast::scenes;
use convenor::rehearsal::cast::script::Beat;
use convenor::rehearsal::cast::setting::Setting;
use convenor::rehearsal::workspace::{self, Id, PostKind, Workspace};
use serde_json::{Value, json};

use super::fate::{Fate, Strikes};
use super::lives::{Lives, World};

/// What is there after a play.
pub struct Left {
    /// The journal, entry by entry: number, time, actor and event.
    pub facts: Vec<Value>,
    /// What stands in each channel at last, oldest first: the bot's messages to be kept, as text and components. With the
    /// channels themselves, and who may see them.
    pub messages: Vec<Value>,
    pub calls: u64,
    pub deaths: BTreeMap<String, usize>,
    /// Deeds that got no answer.
    pub unanswered: usize,
    /// What a person could not do as the case has it.
    pub fell_short: Vec<String>,
    /// Entries the check of the whole database found good.
    pub verified: Result<u64, String>,
}

/// Plays the case to its end, whatever happens to the bot.
pub async fn play(playbook: &Playbook, strikes: Option<Strikes>) -> Left {
    let folder = tempfile::tempdir().expect("a folder of the play's own");
    let first = playbook.begins_at();
    let opening = workspace::Options { now: first, ..workspace::Options::unhurried() };
    let workspace = Workspace::open(opening).await.expect("a port of this machine is free");
    let clock = Arc::new(SteppedClock::new(first));
    let config = &playbook.config;
    let world = World {
        workspace: workspace.clone(),
        url: folder.path().join("convenor.db").display().to_string(),
        clock: Arc::clone(&clock),
        config: Arc::clone(config),
        procedure: playbook.slug.clone(),
    };
    let store = world.store(1).await;
    let case = &playbook.reading.case;
    let setting =
        Setting::build(case, &config.directory, &workspace, store.as_ref()).await.expect("the guild is built");
    let fate = Arc::new(Fate::new(strikes));
    let lives = Lives::begin(world.clone(), Arc::clone(&fate)).await;
    let mut company = playbook.company(&workspace, store.as_ref(), &lives, &setting);
    for beat in &playbook.beats {
        move_to(&lives, store.as_ref(), &workspace, &clock, beat).await;
        scenes::play(&mut company, beat).await.expect("the store can be read, and the bot comes to rest");
    }
    let (unanswered, mut fell_short) = (company.unanswered.len(), company.fell_short.clone());
    let impossible = company.steps.iter().filter(|step| step.impossible);
    fell_short.extend(impossible.map(|step| format!("{}, {} {:?}: {}", step.who, step.does, step.what, step.text)));
    fell_short.extend(workspace.unexpected());
    let facts = facts(store.as_ref()).await;
    let messages = messages(&workspace, &setting);
    let wedged = store.wedged().await.expect("the store can be read");
    fell_short.extend(wedged.into_iter().map(|lane| format!("a lane stands still: {}", lane.why)));
    lives.end().await;
    store.close().await;
    workspace.close().await;
    let verified = convenor::store::verify_database(&world.url).await;
    Left {
        facts,
        messages,
        calls: fate.calls(),
        deaths: fate.deaths(),
        unanswered,
        fell_short,
        verified: verified.map(|heads| heads.iter().map(|head| head.entries).sum()).map_err(|error| error.to_string()),
    }
}

/// Moves the clock to a beat; timers on the way go off at their own time, each in a quiet room.
async fn move_to(lives: &Lives, store: &dyn Store, workspace: &Workspace, clock: &SteppedClock, beat: &Beat) {
    let set = |now| {
        clock.move_to(now);
        workspace.set_now(now);
    };
    loop {
        lives.idle().await.expect("the bot comes to rest");
        let next = store.next_timer().await.expect("the store can be read");
        let Some(due) = next.filter(|due| *due <= beat.at && *due > clock.now()) else { break };
        set(due);
    }
    set(beat.at);
    lives.idle().await.expect("the bot comes to rest");
}

/// The digest printed in the minutes is left out: each life draws keys of its own, so it differs from play to play.
fn without_digest(text: &str) -> String {
    let is_digest = |word: &str| word.len() >= 16 && word.bytes().all(|byte| byte.is_ascii_hexdigit());
    text.split_inclusive(|letter: char| !letter.is_ascii_alphanumeric())
        .map(
            |word| {
                if is_digest(word.trim_end_matches(|letter: char| !letter.is_ascii_alphanumeric())) {
                    "#"
                } else {
                    word
                }
            },
        )
        .collect()
}

async fn facts(store: &dyn Store) -> Vec<Value> {
    let mut facts = Vec::new();
    for row in store.cases().await.expect("the store can be read") {
        let journal = store.journal(&row.case, 0).await.expect("the journal can be read");
        facts.extend(journal.iter().map(|record| {
            json!({ "case": row.code_name.0, "seq": record.seq, "at": record.at, "actor": record.actor, "event": record.event })
        }));
    }
    facts
}

fn messages(workspace: &Workspace, setting: &Setting) -> Vec<Value> {
    let mut last: BTreeMap<Id, _> = BTreeMap::new();
    for post in workspace.posts().into_iter().filter(|post| !post.ephemeral && post.author == workspace.bot_id()) {
        last.insert(post.message, post);
    }
    let channels = workspace.channels();
    let name = |id: Id| channels.iter().find(|channel| channel.id == id).map(|channel| channel.name.clone());
    let mut standing: Vec<Value> = channels
        .iter()
        .map(|channel| {
            let overwrites: Vec<_> = workspace.overwrites(channel.id).iter().map(|one| format!("{one:?}")).collect();
            json!({ "channel": channel.name, "topic": channel.topic, "overwrites": overwrites })
        })
        .collect();
    let mut said: Vec<_> = last
        .into_values()
        .map(|post| {
            let place = match post.kind {
                PostKind::Direct => post.private_to.and_then(|who| setting.key_of(who)).unwrap_or("?").to_owned(),
                PostKind::GuildText => name(post.channel).unwrap_or_default(),
            };
            (place.clone(), json!({ "in": place, "text": without_digest(&post.text), "components": post.components }))
        })
        .collect();
    // By place, each in its own order.
    said.sort_by(|(one, _), (other, _)| one.cmp(other));
    standing.extend(said.into_iter().map(|(_, said)| said));
    let people = setting.accounts.values().map(|account| workspace.person(*account));
    let pinned = people.flat_map(|person| {
        let seen =
            person.visible_channels().into_iter().flat_map(|channel| person.messages(channel.id)).collect::<Vec<_>>();
        seen.into_iter().filter(|message| message.pinned || message.notice).map(|message| message.id)
    });
    let pinned: std::collections::BTreeSet<_> = pinned.collect();
    standing.push(json!({ "pinned, with the notices of it": pinned.len() }));
    standing
}
