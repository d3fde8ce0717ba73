//! The platform, the store, the clock and the bot.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use chrono::{DateTime, NaiveDateTime, TimeZone, Utc};
use chrono_tz::Europe::London;
use convenor::app::execute::seat_of;
use convenor::app::ports::{Agency, Clock as _, Store};
use convenor::bot::{self, Bot};
use convenor::commands::machine::MachineClock;
use convenor::config::Config;
use convenor::discord::courier::Limits;
use convenor::domain::case::Case;
use convenor::domain::event::Record;
use convenor::domain::ids::{AccountId, SessionNo};
use convenor::domain::people::{AgencyKind, Person};
use convenor::domain::prompt::Catalogue;
use convenor::mail::Mailer;
use convenor::pdf::{Limits as PrinterLimits, Printer};
use convenor::rehearsal::cast::clock::SteppedClock;
use convenor::rehearsal::workspace::{self, Id, Overwrite, Post, PostKind, SeenMessage, Workspace, permissions};
use convenor::store::{MasterKey, Opening};
use convenor::workers::machine_time;
use rand::SeedableRng;
use rand_chacha::ChaCha20Rng;
use tempfile::TempDir;

use super::Cast;
use super::child::{Child, Ended, Place};
use super::live_play::comes_to_rest;
use super::mail_server::MailServer;
use super::member::Member;

/// Read once: most houses are under the configuration as shipped.
static BUILT_IN: LazyLock<Arc<Config>> = LazyLock::new(|| Arc::new(Config::built_in()));

const WITHIN: Duration = Duration::from_secs(30);
pub(super) const SHIPPED: &str = "remote-format";
/// Every procedure that comes with the program.
pub const PROCEDURES: [&str; 5] =
    ["county-strategy-meetings", "seven-minute-briefing", "practice-guidance", "remote-format", "audit-assured"];

pub struct House {
    pub workspace: Workspace,
    pub store: Arc<dyn Store>,
    pub config: Arc<Config>,
    /// The questions as its procedure asks them.
    pub(super) catalogue: Catalogue,
    clock: Arc<SteppedClock>,
    bot: Running,
    accounts: BTreeMap<Cast, Id>,
    duty: BTreeMap<&'static str, Id>,
    pub(super) lobby: Id,
    opened: DateTime<Utc>,
    procedure: String,
    /// Where administrators are told things, in a house that has such a channel.
    administrators: Option<Id>,
    /// Where the channels of cases go, in such a house.
    pub category: Option<Id>,
    /// What carries mail, in a house with a mail server.
    mailer: Option<Arc<Mailer>>,
    /// What makes its PDFs, from its next start on.
    pub printer: Option<Printer>,
    /// Absent where the bot runs elsewhere: then its place has one.
    folder: Option<TempDir>,
}

/// Where the bot runs.
enum Running {
    Nowhere,
    Here(Box<Bot>),
    /// As a process of its own, under the machine's clock.
    Elsewhere {
        child: Child,
        place: Box<Place>,
    },
}

impl House {
    /// Monday 7 December 2026, ten in the morning; nobody has done anything yet.
    pub async fn open() -> Self {
        Self::under(SHIPPED, "2026-12-07 10:00").await
    }

    /// The same under another procedure, and at another time: "2026-12-07 10:00", in London.
    pub async fn under(procedure: &str, opened: &str) -> Self {
        Self::of(Arc::clone(&BUILT_IN), procedure, opened, None, None).await
    }

    /// The same under a configuration of the test's own.
    pub async fn configured(config: Config, procedure: &str) -> Self {
        Self::of_config(config, procedure, "2026-12-07 10:00").await
    }

    /// The same at another time.
    pub async fn of_config(config: Config, procedure: &str, opened: &str) -> Self {
        Self::of(Arc::new(config), procedure, opened, None, None).await
    }

    /// The same with a channel where administrators are told what only they can put right, and a category for cases.
    pub async fn administered() -> Self {
        Self::of(Arc::clone(&BUILT_IN), SHIPPED, "2026-12-07 10:00", Some("administrators"), None).await
    }

    /// The same with a mail server.
    pub async fn with_mail(procedure: &str, opened: &str, server: &MailServer) -> Self {
        let mut config = Config::built_in();
        config.settings.mail = Some(convenor::config::Mail { from: "convenor@example.org".to_owned() });
        Self::of(Arc::new(config), procedure, opened, None, Some(server)).await
    }

    async fn of(
        config: Arc<Config>,
        procedure: &str,
        opened: &str,
        administrators: Option<&str>,
        mail: Option<&MailServer>,
    ) -> Self {
        let now = london(opened);
        let opening = workspace::Options { now, ..workspace::Options::unhurried() };
        let workspace = Workspace::open(opening).await.expect("a port of this machine is free");
        let folder = tempfile::tempdir().expect("a folder of the test's own");
        let store = open_store(&folder, &workspace).await;
        let catalogue = config.catalogue.in_terms_of(&config.procedures[procedure]);
        let accounts: BTreeMap<_, _> =
            Cast::ALL.iter().map(|who| (*who, workspace.add_member(who.name(), &[]))).collect();
        let lobby = workspace.add_text_channel("lobby", None, &[]);
        let duty = furnish(&workspace, &config, store.as_ref(), &accounts).await;
        let clock = Arc::new(SteppedClock::new(now));
        let administrators = administrators.map(|name| workspace.add_text_channel(name, None, &[]));
        let category = administrators.map(|_| workspace.add_category("Cases", &[]));
        let mut house = Self {
            workspace,
            store,
            config,
            clock,
            bot: Running::Nowhere,
            accounts,
            duty,
            lobby,
            opened: now,
            catalogue,
            procedure: procedure.to_owned(),
            administrators,
            category,
            mailer: mail.map(MailServer::mailer),
            printer: Some(Printer::new(env!("CARGO_BIN_EXE_convenor").into(), PrinterLimits::default())),
            folder: Some(folder),
        };
        house.starts(0).await;
        house
    }

    /// The bot starts, so many minutes later by the machine's clock than the test began.
    async fn starts(&mut self, minutes: i64) {
        let options = bot::Options {
            base: self.workspace.base_url(),
            token: self.workspace.bot_token(),
            guild: self.workspace.guild_id().0,
            procedure: self.procedure.clone(),
            store: Arc::clone(&self.store),
            clock: self.clock.clone(),
            // Another start draws other code names.
            chance: Box::new(ChaCha20Rng::seed_from_u64(2 + minutes.unsigned_abs())),
            spread: Box::new(ChaCha20Rng::seed_from_u64(3)),
            config: Arc::clone(&self.config),
            printer: self.printer.clone(),
            machine_time: machine_time(minutes * 60_000),
            poll: None,
            category: self.category.map(|category| category.0),
            admin_channel: self.administrators.map(|channel| channel.0),
            limits: Limits::unhurried(5_000),
            mailer: self.mailer.clone(),
        };
        self.bot = Running::Here(Box::new(Bot::start(options).await.expect("the bot starts")));
        self.workspace.wait_until_ready(WITHIN).await.expect("the bot listens");
    }

    /// The bot stops and starts again, so many minutes later by the machine's clock than the test began.
    pub async fn starts_again(&mut self, minutes: i64) {
        if let Running::Here(bot) = std::mem::replace(&mut self.bot, Running::Nowhere) {
            bot.stop().await;
        }
        self.starts(minutes).await;
    }

    /// The same house with the bot as a process of its own: `setup` has furnished it, and `serve` runs in it.
    pub async fn served() -> Self {
        let now = MachineClock.now();
        let opening = workspace::Options { now, ..workspace::Options::unhurried() };
        let workspace = Workspace::open(opening).await.expect("a port of this machine is free");
        let accounts: BTreeMap<_, _> =
            Cast::ALL.iter().map(|who| (*who, workspace.add_member(who.name(), &[]))).collect();
        let lobby = workspace.add_text_channel("lobby", None, &[]);
        let place = Place::beside(&workspace);
        set_up(&place, &workspace, &accounts).await;
        let duty = Cast::ALL.iter().filter_map(|who| Some((who.card().agency, duty_channel(&workspace, *who)?)));
        let duty = duty.collect();
        let child = place.serve().await;
        let store = convenor::store::open(Opening {
            url: place.database().display().to_string(),
            guild: workspace.guild_id().to_string(),
            master: place.master_key(),
            chance: Box::new(ChaCha20Rng::seed_from_u64(1)),
        });
        let store = store.await.expect("the database opens beside the bot's own process");
        let (config, clock) = (Arc::clone(&BUILT_IN), Arc::new(SteppedClock::new(now)));
        let bot = Running::Elsewhere { child, place: Box::new(place) };
        let procedure = SHIPPED.to_owned();
        let catalogue = config.catalogue.in_terms_of(&config.procedures[SHIPPED]);
        Self {
            workspace,
            store,
            config,
            clock,
            bot,
            accounts,
            duty,
            lobby,
            opened: now,
            catalogue,
            procedure,
            administrators: None,
            category: None,
            mailer: None,
            printer: None,
            folder: None,
        }
    }

    /// The slug of the procedure it is under.
    pub fn procedure(&self) -> &str {
        &self.procedure
    }

    /// The installation of a bot that runs elsewhere.
    pub fn place(&self) -> &Place {
        let Running::Elsewhere { place, .. } = &self.bot else { panic!("the bot runs in this process") };
        place
    }

    /// The bot's process is killed, and another one started in its place.
    pub async fn is_killed_and_served_again(&mut self) {
        let Running::Elsewhere { child, place } = &mut self.bot else { panic!("the bot runs in this process") };
        child.kill();
        self.workspace.bot_is_gone();
        *child = place.serve().await;
    }

    /// Its bot's process is told to stop, and told again while it is stopping.
    pub async fn stopped_twice(self) -> Ended {
        let Running::Elsewhere { child, place: _place } = self.bot else { panic!("the bot runs in this process") };
        child.signal("INT");
        let stopping = child.logs("stopping").await;
        stopping.signal("TERM");
        stopping.ended().await
    }

    /// Somebody is enrolled anew: in this role at the agency of another, with a rank.
    pub async fn enrols_as(&self, who: Cast, role: &str, at: Cast, rank: Option<&str>) {
        let (card, kind) = (at.card(), at.card().kind);
        let person = Person {
            account: Some(AccountId(self.account(who).0)),
            name: who.name().to_owned(),
            role: role.to_owned(),
            role_code: self.config.directory.role_code(role, kind).to_owned(),
            agency: card.agency.to_owned(),
            agency_kind: kind,
            rank: rank.map(str::to_owned),
        };
        self.store.enrol(&person).await.expect("the person is enrolled");
    }

    /// Somebody leaves their post, and an administrator ends their enrolment.
    pub async fn ends_the_enrolment_of(&self, who: Cast) {
        let Running::Here(bot) = &self.bot else { panic!("the bot runs elsewhere") };
        let ended = bot.app().end_enrolment(AccountId(self.account(who).0)).await;
        assert!(ended.expect("the store can be used").is_some(), "{who:?} was enrolled");
        self.settle().await;
    }

    pub fn who(&self, who: Cast) -> Member<'_> {
        Member::new(self, who, self.workspace.person(self.accounts[&who]))
    }

    pub fn social_worker(&self) -> Member<'_> {
        self.who(Cast::SocialWorker)
    }

    /// The team manager chairs.
    pub fn chair(&self) -> Member<'_> {
        self.who(Cast::TeamManager)
    }

    pub fn police(&self) -> Member<'_> {
        self.who(Cast::Police)
    }

    pub fn health_visitor(&self) -> Member<'_> {
        self.who(Cast::HealthVisitor)
    }

    pub fn paediatrician(&self) -> Member<'_> {
        self.who(Cast::Paediatrician)
    }

    pub fn stranger(&self) -> Member<'_> {
        self.who(Cast::Stranger)
    }

    pub fn account(&self, who: Cast) -> Id {
        self.accounts[&who]
    }

    pub fn duty_channel(&self, who: Cast) -> Id {
        self.duty.get(who.card().agency).copied().unwrap_or(self.lobby)
    }

    /// Waits until every answer is given and every post delivered.
    pub async fn settle(&self) {
        let idle = tokio::time::timeout(WITHIN, async {
            match &self.bot {
                Running::Here(bot) => bot.idle().await.expect("the store can be read"),
                Running::Nowhere => {}
                Running::Elsewhere { .. } => comes_to_rest(&*self.store).await.expect("the bot comes to rest"),
            }
        });
        idle.await.expect("the bot comes to rest in time");
    }

    /// Moves the clock on; timers that fall due go off.
    pub async fn passes(&self, minutes: i64) {
        self.is_now(self.workspace.now() + chrono::TimeDelta::minutes(minutes)).await;
    }

    pub async fn passes_seconds(&self, seconds: i64) {
        self.is_now(self.workspace.now() + chrono::TimeDelta::seconds(seconds)).await;
    }

    /// Moves the clock on to a time in London.
    pub async fn comes_to(&self, time: &str) {
        self.is_now(london(time)).await;
    }

    async fn is_now(&self, now: DateTime<Utc>) {
        self.set_clock(now);
        self.settle().await;
    }

    /// Waits for the draft.
    pub async fn has_drafted(&self) {
        self.passes(1).await;
        assert_ne!(self.db_count("draft_issued").await, 0, "the draft comes a moment after the close");
    }

    /// So many minutes after the house's opening, as people write a time.
    pub fn moment(&self, minutes: i64) -> String {
        let at = self.opened + chrono::TimeDelta::minutes(minutes);
        at.with_timezone(&London).format("%-d %B %Y %H:%M").to_string()
    }

    fn set_clock(&self, now: DateTime<Utc>) {
        self.clock.move_to(now);
        self.workspace.set_now(now);
    }

    /// The case's own channel, once there is one.
    pub async fn room(&self) -> Option<Id> {
        let row = self.store.cases().await.expect("the store can be read").pop()?;
        self.workspace.channels().into_iter().find(|channel| channel.name == row.code_name.0).map(|found| found.id)
    }

    /// An agency of the directory that nobody of the company is of: only the bot sees its duty channel.
    pub async fn knows_agency(&self, name: &str, kind: AgencyKind) {
        let hidden = [
            Overwrite::role(self.workspace.guild_id()).deny(permissions::VIEW_CHANNEL),
            Overwrite::role(self.workspace.bot_role()).allow(permissions::VIEW_CHANNEL | permissions::SEND_MESSAGES),
        ];
        let channel = self.workspace.add_text_channel("duty-elsewhere", None, &hidden);
        let agency = Agency::new(name, kind, Some(channel.to_string()));
        self.store.save_agency(&agency).await.expect("the agency is kept");
    }

    /// What the convenor reads in the room, oldest first; the board comes first.
    pub async fn room_messages(&self) -> Vec<SeenMessage> {
        let Some(room) = self.room().await else { return Vec::new() };
        let person = self.workspace.person(self.accounts[&Cast::SocialWorker]);
        person.messages(room).into_iter().filter(|message| !message.ephemeral && !message.notice).collect()
    }

    /// Their texts, the board's left out.
    pub async fn room_posts(&self) -> Vec<String> {
        self.room_messages().await.into_iter().filter(|message| !message.pinned).map(|message| message.text).collect()
    }

    /// The last session's board.
    pub async fn board(&self) -> SeenMessage {
        let board = self.room_messages().await.into_iter().rfind(|message| message.pinned);
        board.expect("the board is pinned in the room")
    }

    /// Whether a post of the room holds these words.
    pub async fn room_has(&self, words: &str) -> bool {
        self.room_posts().await.iter().any(|post| post.contains(words))
    }

    /// Everything convenor posted or edited outside the room that is no private reply.
    pub async fn posts_outside(&self) -> Vec<Post> {
        let room = self.room().await;
        let posts = self.workspace.posts().into_iter();
        posts.filter(|post| !post.ephemeral && (post.kind == PostKind::Direct || Some(post.channel) != room)).collect()
    }

    /// What was posted in the administrators' channel, oldest first.
    pub fn told_to_administrators(&self) -> Vec<String> {
        let posts = self.workspace.posts().into_iter();
        posts.filter(|post| Some(post.channel) == self.administrators).map(|post| post.text).collect()
    }

    /// The journal of the one case.
    pub async fn db_journal(&self) -> Vec<Record> {
        let Some(row) = self.store.cases().await.expect("the store can be read").pop() else { return Vec::new() };
        self.store.journal(&row.case, 0).await.expect("the journal can be read")
    }

    /// How many entries of a kind the journal holds.
    pub async fn db_count(&self, kind: &str) -> usize {
        self.db_journal().await.iter().filter(|record| record.event.kind() == kind).count()
    }

    /// The minutes as they would be printed now, of the last session.
    pub async fn minutes(&self) -> String {
        self.minutes_of(None).await
    }

    /// The minutes of one session.
    pub async fn minutes_of(&self, session: Option<SessionNo>) -> String {
        let (journal, rules, wording) = (self.db_journal().await, self.rules(), &self.config.wording);
        convenor::minutes::markdown(&convenor::minutes::compile(&journal, session, &rules, wording, "0"))
    }

    /// What everybody is sent whose copy doesn't differ, as it would be now.
    pub async fn common_copy(&self) -> String {
        let (journal, rules, wording) = (self.db_journal().await, self.rules(), &self.config.wording);
        convenor::minutes::markdown(&convenor::minutes::copy(&journal, None, &rules, wording, "0", None))
    }

    /// The whole of somebody's own copy, as it would be now.
    pub async fn copy_of(&self, who: Cast) -> String {
        let (journal, rules, wording) = (self.db_journal().await, self.rules(), &self.config.wording);
        let case = Case::fold(&journal).expect("a case was begun");
        let seat = seat_of(&case, Some(AccountId(self.account(who).0)));
        convenor::minutes::markdown(&convenor::minutes::copy(&journal, None, &rules, wording, "0", seat))
    }

    /// Where the record lies.
    pub fn database(&self) -> PathBuf {
        match (&self.folder, &self.bot) {
            (Some(folder), _) => folder.path().join("convenor.db"),
            (None, Running::Elsewhere { place, .. }) => place.database(),
            (None, _) => panic!("a bot in this process has a folder"),
        }
    }

    /// Ends the test: nothing may be left over.
    pub async fn close(self) {
        self.settle().await;
        assert_eq!(self.workspace.unexpected(), Vec::<String>::new());
        assert_eq!(self.workspace.faults_waiting(), 0, "a fault was never met");
        let wedged = self.store.wedged().await.expect("the store can be read");
        assert!(wedged.is_empty(), "{} lanes stand still", wedged.len());
        match self.bot {
            Running::Here(bot) => bot.stop().await,
            Running::Nowhere => {}
            Running::Elsewhere { child, .. } => {
                let ended = child.stop().await;
                assert_eq!(ended.code, Some(0), "{}", ended.err);
            }
        }
        self.store.close().await;
        self.workspace.close().await;
    }
}

/// Everybody but the stranger is enrolled from a list, and each agency gets its duty channel.
async fn set_up(place: &Place, workspace: &Workspace, accounts: &BTreeMap<Cast, Id>) {
    let enrolled = || accounts.iter().filter(|(who, _)| **who != Cast::Stranger);
    let mut agencies: Vec<_> = enrolled().map(|(who, _)| (who.card().agency, who.card().kind)).collect();
    agencies.sort_unstable();
    agencies.dedup();
    let kind = |kind| serde_json::to_string(&kind).expect("a kind is a word");
    let agencies =
        agencies.into_iter().map(|(name, of)| format!("[[agency]]\nname = \"{name}\"\nkind = {}\n", kind(of)));
    let people =
        enrolled().map(|(who, id)| format!("{},{},{},,{id}\n", who.name(), who.card().role, who.card().agency));
    place.write("people.csv", format!("name,role,agency,rank,account id\n{}", people.collect::<String>()));
    let (guild, owner) = (workspace.guild_id(), workspace.owner_id());
    let administrator = format!("[administrator]\nname = \"Wyn Aldous\"\naccount = \"{owner}\"\n");
    let agencies: String = agencies.collect();
    place.write("setup.toml", format!("guild = \"{guild}\"\npeople = \"people.csv\"\n{administrator}{agencies}"));
    let ended = place.run(&["setup", "--from", "setup.toml"]).await;
    assert_eq!(ended.code, Some(0), "{}{}", ended.out, ended.err);
}

fn duty_channel(workspace: &Workspace, who: Cast) -> Option<Id> {
    let name = who.card().agency.replace('\'', "").to_lowercase().replace(' ', "-");
    let channels = workspace.channels().into_iter();
    channels.filter(|channel| channel.name == format!("duty-{name}")).map(|channel| channel.id).next()
}

async fn open_store(folder: &TempDir, workspace: &Workspace) -> Arc<dyn Store> {
    let opening = Opening {
        url: folder.path().join("convenor.db").display().to_string(),
        guild: workspace.guild_id().to_string(),
        master: MasterKey::new([7; 32]),
        chance: Box::new(ChaCha20Rng::seed_from_u64(1)),
    };
    convenor::store::open(opening).await.expect("the test's database opens")
}

/// Each agency sees its own duty channel and no other; everybody but the stranger is enrolled.
async fn furnish(
    workspace: &Workspace,
    config: &Config,
    store: &dyn Store,
    accounts: &BTreeMap<Cast, Id>,
) -> BTreeMap<&'static str, Id> {
    let mut duty = BTreeMap::new();
    for (who, account) in accounts.iter().filter(|(who, _)| **who != Cast::Stranger) {
        let card = who.card();
        store.enrol(&person(*who, *account, config)).await.expect("the person is enrolled");
        if duty.contains_key(card.agency) {
            continue;
        }
        let colleagues = accounts.iter().filter(|(other, _)| other.card().agency == card.agency);
        let mut overwrites = vec![
            Overwrite::role(workspace.guild_id()).deny(permissions::VIEW_CHANNEL),
            Overwrite::role(workspace.bot_role()).allow(permissions::VIEW_CHANNEL | permissions::SEND_MESSAGES),
        ];
        overwrites.extend(colleagues.map(|(_, id)| Overwrite::member(*id).allow(permissions::VIEW_CHANNEL)));
        let channel = workspace.add_text_channel(&format!("duty-{}", duty.len() + 1), None, &overwrites);
        let agency = Agency::new(card.agency, card.kind, Some(channel.to_string()));
        store.save_agency(&agency).await.expect("the agency is kept");
        duty.insert(card.agency, channel);
    }
    duty
}

/// Somebody of the company, as enrolled.
fn person(who: Cast, account: Id, config: &Config) -> Person {
    let card = who.card();
    Person {
        account: Some(AccountId(account.0)),
        name: card.name.to_owned(),
        role: card.role.to_owned(),
        role_code: config.directory.role_code(card.role, card.kind).to_owned(),
        agency: card.agency.to_owned(),
        agency_kind: card.kind,
        rank: None,
    }
}

/// A time people write, in London; of an hour that comes twice, the first.
pub fn london(time: &str) -> DateTime<Utc> {
    let local = NaiveDateTime::parse_from_str(time, "%Y-%m-%d %H:%M").expect("a date and a time");
    London.from_local_datetime(&local).earliest().expect("there is such an hour").to_utc()
}
