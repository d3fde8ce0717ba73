//! A month of many cases, over Easter and the night the clocks go forward: every reminder, chase and escalation comes
//! once, in order, to whoever it is for and at its time, whenever the bot is stopped and started again; what fell due while
//! it was away comes when it is back.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, Datelike, Days, Duration, NaiveDate, NaiveTime, TimeZone, Utc, Weekday};
use chrono_tz::Europe::London;
use convenor::app::effect::{Effect, Place};
use convenor::app::execute::{App, Outcome, Who};
use convenor::app::ports::{Clock as _, Settlement, Store, Timer};
use convenor::config::Config;
use convenor::domain::attendance::{Invitee, Reach};
use convenor::domain::challenge::{ChallengeKind, Challenged};
use convenor::domain::command::Command;
use convenor::domain::decision::{ActionEntered, Entry};
use convenor::domain::event::{Held, SessionForm};
use convenor::domain::follow_up::Completion;
use convenor::domain::ids::{AccountId, ActionNo, CaseId, ChallengeId, InvitationId, SeatId};
use convenor::domain::people::{AgencyKind, Person};
use convenor::domain::referral::Referral;
use convenor::rehearsal::cast::clock::SteppedClock;
use convenor::store::{MasterKey, Opening};
use convenor::workers::deadlines::{Act, run_once};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha20Rng;

use crate::sequences::parts::{code_name, pinned, referral};

const CASES: usize = 200;
const STEPS_MAX: usize = 40_000;
/// How often the bot is away, and the longest it is, in minutes.
const ABSENCES: usize = 20;
const AWAY_MAX: i64 = 50 * 60;

/// Whoever convenes, and challenges.
fn worker() -> Person {
    person(7, "Imogen Vale", "team_manager", ("Day Team", AgencyKind::SocialCare))
}

/// Whoever owns the action.
fn officer() -> Person {
    person(8, "Dana Okafor", "police_officer", ("Larkshire Police", AgencyKind::Police))
}

fn person(account: u64, name: &str, role_code: &str, (agency, agency_kind): (&str, AgencyKind)) -> Person {
    Person {
        account: Some(AccountId(account)),
        name: name.to_owned(),
        role: role_code.replace('_', " "),
        role_code: role_code.to_owned(),
        agency: agency.to_owned(),
        agency_kind,
        rank: None,
    }
}

fn who(person: Person) -> Who {
    Who { interaction: None, person: Some(person), crosses: false }
}

fn register(n: usize) -> Command {
    let referral = Referral { reference: format!("LCS-{n}"), ..referral("") };
    Command::RegisterReferral { code_name: code_name(), pinned: pinned(), referral: Box::new(referral) }
}

fn convene(now: DateTime<Utc>) -> Command {
    let (form, held) = (SessionForm::Meeting, Held::Virtual);
    Command::Convene {
        form,
        complex: false,
        starts_at: Some(now),
        held,
        chair: None,
        call: "".into(),
        parties: Vec::new(),
    }
}

/// A bot that lives for a time on a database that stays.
struct Life {
    store: Arc<dyn Store>,
    app: Arc<App>,
}

impl Life {
    async fn begins(url: &str, clock: &Arc<SteppedClock>, config: &Arc<Config>, seed: u64) -> Self {
        let opening = Opening {
            url: url.to_owned(),
            guild: "guild".to_owned(),
            master: MasterKey::new([7; 32]),
            chance: Box::new(ChaCha20Rng::seed_from_u64(seed)),
        };
        let store = convenor::store::open(opening).await.expect("the database opens");
        let chance = Box::new(ChaCha20Rng::seed_from_u64(seed + 1000));
        let app =
            App::new(Arc::clone(&store), clock.clone(), Arc::clone(config), "remote-format", chance, Box::new(|| {}));
        Self { store, app: Arc::new(app.expect("the procedure is configured")) }
    }

    async fn does(&self, case: &CaseId, by: Person, command: Command) {
        let done = self.app.execute(case, &who(by), &command).await.expect("the store can be used");
        assert!(matches!(done, Outcome::Done { .. }), "it is carried out: {command:?}");
    }

    /// A case with one action, due then.
    async fn opens(&self, n: usize, now: DateTime<Utc>, due: DateTime<Utc>) -> CaseId {
        let begun = self.app.begin(&who(worker()), register(n)).await.expect("the store can be used");
        let Outcome::Done { loaded, .. } = begun else { panic!("the case begins") };
        let action = ActionEntered {
            what: "Ring the ward".into(),
            owner: Some(SeatId(2)),
            due: Some(due),
            ..ActionEntered::numbered(ActionNo(0))
        };
        let invite = Command::Invite { to: Invitee::Person(officer()), reach: Reach::default(), support: None };
        let accept = Command::Accept { invitation: InvitationId(1), conflict: None };
        for (by, command) in [
            (worker(), convene(now)),
            (worker(), invite),
            (officer(), accept),
            (worker(), Command::Enter(Box::new(Entry::Action(action)))),
        ] {
            self.does(&loaded.id, by, command).await;
        }
        loaded.id
    }

    fn acting(&self) -> Act {
        let app = Arc::clone(&self.app);
        Box::new(move |timer: Timer| {
            let app = Arc::clone(&app);
            Box::pin(async move {
                let command = Command::DeadlineReached { deadline: timer.name };
                app.execute(&timer.case, &Who::default(), &command).await?;
                Ok(())
            })
        })
    }
}

/// What is to come of a case: told of whom, and at which instant. By the procedure's words for it.
type Told = (&'static str, String, DateTime<Utc>);

/// What a case is about: an action that is due, and a challenge.
struct Planned {
    agreed: DateTime<Utc>,
    due: DateTime<Utc>,
    reported: Option<DateTime<Utc>>,
    challenged: Option<DateTime<Utc>>,
    settled: Option<DateTime<Utc>>,
}

/// When the bot is away, from and until, in order and some while apart.
struct Absences(Vec<(DateTime<Utc>, DateTime<Utc>)>);

impl Absences {
    fn drawn(chance: &mut ChaCha20Rng, begins: DateTime<Utc>) -> Self {
        let mut drawn: Vec<(DateTime<Utc>, DateTime<Utc>)> = Vec::new();
        let mut from = begins;
        for _ in 0..ABSENCES {
            from += Duration::minutes(chance.random_range(10..60 * 24));
            let until = from + Duration::minutes(chance.random_range(1..AWAY_MAX));
            drawn.push((from, until));
            from = until;
        }
        drawn.retain(|(_, until)| *until < begins + Duration::days(31));
        Self(drawn)
    }

    /// When what falls due then can be seen to.
    fn seen_to(&self, at: DateTime<Utc>) -> DateTime<Utc> {
        self.0.iter().find(|(from, until)| (*from..*until).contains(&at)).map_or(at, |(_, until)| *until)
    }

    /// When somebody who means to do something then can.
    fn possible(&self, at: DateTime<Utc>) -> DateTime<Utc> {
        let seen_to = self.seen_to(at);
        if seen_to == at { at } else { seen_to + Duration::minutes(1) }
    }
}

fn in_london(day: NaiveDate, hour: u32, minute: u32) -> DateTime<Utc> {
    let time = NaiveTime::from_hms_opt(hour, minute, 0).expect("a time of day");
    day.and_time(time).and_local_timezone(London).single().expect("there is such an hour").to_utc()
}

fn day_in_london(at: DateTime<Utc>) -> NaiveDate {
    at.with_timezone(&London).date_naive()
}

/// Good Friday and Easter Monday are none.
fn next_working_day(day: NaiveDate) -> NaiveDate {
    let easter = [(3, 26), (3, 29)].map(|(month, day)| NaiveDate::from_ymd_opt(2027, month, day).expect("a date"));
    let is_free = |day: &NaiveDate| matches!(day.weekday(), Weekday::Sat | Weekday::Sun) || easter.contains(day);
    day.iter_days().skip(1).find(|day| !is_free(day)).expect("there is a next one")
}

impl Planned {
    fn drawn(chance: &mut ChaCha20Rng, begins: DateTime<Utc>, absences: &Absences) -> Self {
        let due = begins + Duration::minutes(chance.random_range(60..28 * 24 * 60));
        // Half of them are due by the end of a day.
        let due = if chance.random_bool(0.5) { in_london(day_in_london(due), 23, 59) } else { due };
        // Some are reported, before they are due or late.
        let reported = chance.random_bool(0.5).then(|| due + Duration::minutes(chance.random_range(-600..3600)));
        let challenged =
            chance.random_bool(0.5).then(|| begins + Duration::minutes(chance.random_range(1..25 * 24 * 60)));
        let challenged = challenged.map(|at| absences.possible(at));
        let settled = challenged.filter(|_| chance.random_bool(0.5));
        let settled = settled.map(|at| at + Duration::minutes(chance.random_range(2..4 * 24 * 60)));
        let later = |at: Option<DateTime<Utc>>| at.map(|at| absences.possible(at)).filter(|at| *at > begins);
        Self { agreed: begins, due, reported: later(reported), challenged, settled: later(settled) }
    }

    /// What has to come of the action, until it is reported or the month is over.
    fn of_the_action(&self, absences: &Absences, end: DateTime<Utc>) -> Vec<Told> {
        let (due, agreed, day) = (self.due, self.agreed, day_in_london(self.due));
        let is_a_day = due == in_london(day, 23, 59);
        let day_before = if is_a_day { in_london(day - Days::new(1), 9, 0) } else { due - Duration::hours(24) };
        let reminder = if day_before > agreed { day_before } else { agreed + (due - agreed) / 2 };
        let late = if is_a_day { in_london(day + Days::new(1), 9, 0) } else { due };
        let steps = [
            ("reminder", "8", reminder),
            ("chase", "8", late + Duration::hours(1)),
            ("deputy", "duty of Larkshire Police", late + Duration::hours(4)),
            ("manager", "10", late + Duration::hours(24)),
            ("chair", "7", late + Duration::hours(48)),
        ];
        let until = self.reported.unwrap_or(end).min(end);
        let came = steps.map(|(step, to, at)| (step, to.to_owned(), absences.seen_to(at)));
        // A reminder is no use once it is late.
        let is_needless = came[0].2 >= steps[1].2;
        came.into_iter().skip(usize::from(is_needless)).filter(|(.., at)| *at < until).collect()
    }

    /// What has to come of the challenge, until it is settled or the month is over.
    fn of_the_challenge(&self, absences: &Absences, end: DateTime<Utc>) -> Vec<Told> {
        let Some(challenged) = self.challenged else { return Vec::new() };
        let day = next_working_day(day_in_london(challenged));
        let (near, due) = (in_london(day, 9, 0), in_london(day, 23, 59));
        let until = self.settled.unwrap_or(end).min(end);
        let (near, over) = (absences.seen_to(near), absences.seen_to(due + Duration::seconds(1)));
        let mut told = vec![("near", "7".to_owned(), near)];
        told.retain(|_| near <= due);
        told.extend(["7", "9"].map(|to| ("overdue", to.to_owned(), over)));
        told.retain(|(.., at)| *at < until);
        told
    }
}

/// What waits to be posted, as told of each case.
async fn posted(store: &dyn Store, now: DateTime<Utc>, told: &mut BTreeMap<CaseId, Vec<Told>>) {
    let says = [
        ("action 1 is due", "reminder"),
        ("Please say whether it is done", "chase"),
        ("Please see that it is done", "deputy"),
        ("or convene again", "chair"),
        ("overdue", "manager"),
        ("is to be settled by", "near"),
        ("was to be settled by", "overdue"),
    ];
    let now_ms = now.timestamp_millis();
    while let Some(claimed) = store.claim(now_ms, i64::MAX).await.expect("a claim is answered") {
        if let Effect::Post { message, to, .. } = &claimed.effect
            && let Some((_, step)) = says.iter().find(|(words, _)| message.text.contains(words))
            && let Some(to) = outside(to)
        {
            told.entry(claimed.case.clone()).or_default().push((step, to, now));
        }
        let dropped = Settlement::Dropped { why: "read".to_owned() };
        assert!(store.settle(&claimed, dropped).await.expect("it is settled"));
    }
}

/// Whom a post outside the room is for.
fn outside(place: &Place) -> Option<String> {
    Some(match place {
        Place::Direct { account, .. } => account.to_string(),
        Place::Duty(agency) => format!("duty of {agency}"),
        _ => return None,
    })
}

/// What people do, the latest first.
fn deeds(planned: &BTreeMap<CaseId, Planned>) -> Vec<(DateTime<Utc>, CaseId, Person, Command)> {
    let mut deeds = Vec::new();
    for (case, plan) in planned {
        let (evidence, changed) = ("Rung".into(), "Heard".into());
        let report = Command::ReportAction { action: ActionNo(1), completion: Completion::Done, evidence, changed };
        let challenged = Challenged::new(ChallengeKind::Decision, "The level of risk".into(), "It is higher".into());
        let challenge = Command::Challenge { by: None, challenged: Box::new(challenged) };
        let [tried, result] = ["They spoke", "Agreed"].map(Into::into);
        let settle = Command::SettleChallenge { challenge: ChallengeId(1), resolved: true, tried, result };
        let all = [
            (plan.reported, officer(), report),
            (plan.challenged, worker(), challenge),
            (plan.settled, worker(), settle),
        ];
        deeds.extend(all.into_iter().filter_map(|(at, by, command)| Some((at?, case.clone(), by, command))));
    }
    deeds.sort_by_key(|(at, ..)| std::cmp::Reverse(*at));
    deeds
}

/// Shows: REV-01, REV-07, DIS-14.
#[tokio::test]
async fn a_month_of_two_hundred_cases_is_followed_up_once_in_order_and_on_time_across_restarts() {
    month((2027, 3, 15)).await;
}

/// Shows: REV-01, REV-07, DIS-14.
#[tokio::test]
async fn so_is_the_month_the_clocks_go_back_in() {
    month((2027, 10, 11)).await;
}

async fn month((year, month, day): (i32, u32, u32)) {
    let begins = Utc.with_ymd_and_hms(year, month, day, 8, 0, 0).single().expect("there is such an hour");
    let seed = std::env::var("SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(47);
    println!("SEED={seed}");
    let mut chance = ChaCha20Rng::seed_from_u64(seed);
    let folder = tempfile::tempdir().expect("a folder of the test's own");
    let url = folder.path().join("convenor.db").display().to_string();
    let (clock, config) = (Arc::new(SteppedClock::new(begins)), Arc::new(Config::built_in()));
    let mut life = Life::begins(&url, &clock, &config, seed).await;
    let end = begins + Duration::days(31);
    let absences = Absences::drawn(&mut chance, begins);
    // Those things climb to.
    let manager = person(9, "Sol Adeyemi", "acting_manager", ("Day Team", AgencyKind::SocialCare));
    let inspector = person(10, "Ines Roth", "police_manager", ("Larkshire Police", AgencyKind::Police));
    for person in [&manager, &inspector] {
        life.store.enrol(person).await.expect("they can be enrolled");
    }
    let mut planned = BTreeMap::new();
    for n in 0..CASES {
        let plan = Planned::drawn(&mut chance, begins, &absences);
        planned.insert(life.opens(n, begins, plan.due).await, plan);
    }
    let mut told = BTreeMap::new();
    posted(&*life.store, clock.now(), &mut told).await;
    told.clear();
    let (mut deeds, mut away, mut restarts) = (deeds(&planned), absences.0.iter().copied().peekable(), 0);
    let mut act = life.acting();
    for step in 0..STEPS_MAX {
        let timer = life.store.next_timer().await.expect("the store can be read").filter(|at| *at < end);
        let deed = deeds.last().map(|(at, ..)| *at).filter(|at| *at < end);
        let next = timer.into_iter().chain(deed).min();
        let leaves = away.next_if(|(from, _)| next.is_none_or(|next| *from <= next));
        // Sometimes it starts again at once.
        let starts_again = leaves.is_some() || chance.random_bool(0.02);
        if starts_again {
            life.store.close().await;
            clock.move_to(leaves.map_or(clock.now(), |(_, until)| until));
            life = Life::begins(&url, &clock, &config, seed + step as u64).await;
            act = life.acting();
            restarts += 1;
        }
        match (leaves, deed, timer) {
            (Some(_), ..) => {
                while run_once(&*life.store, clock.now(), &mut act).await.expect("timers can be read") > 0 {}
            }
            (None, Some(at), timer) if timer.is_none_or(|timer| at <= timer) => {
                let (at, case, by, command) = deeds.pop().expect("there is one");
                clock.move_to(at);
                life.does(&case, by, command).await;
            }
            (None, _, Some(at)) => {
                clock.move_to(at);
                run_once(&*life.store, clock.now(), &mut act).await.expect("the timers can be read");
            }
            (None, _, None) => break,
        }
        posted(&*life.store, clock.now(), &mut told).await;
        assert_ne!(step, STEPS_MAX - 1, "the month comes to an end");
    }
    let mut followed = 0;
    for (case, plan) in &planned {
        let mut expected = [plan.of_the_action(&absences, end), plan.of_the_challenge(&absences, end)].concat();
        let mut came = told.remove(case).unwrap_or_default();
        followed += came.len();
        // Of what falls together the order is nobody's; what is in order is the action's, and the challenge's.
        for told in [&mut expected, &mut came] {
            told.sort_by_key(|(step, _, at)| (["near", "overdue"].contains(step), *at));
        }
        let Planned { due, reported, challenged, settled, .. } = plan;
        assert_eq!(came, expected, "due {due}, reported {reported:?}; challenged {challenged:?}, settled {settled:?}");
    }
    assert!(
        followed > CASES * 4 && restarts > ABSENCES,
        "{followed} steps were taken, {restarts} times it began again"
    );
    life.store.close().await;
}
