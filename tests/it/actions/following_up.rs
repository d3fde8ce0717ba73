//! A month of many cases: every reminder, chase and escalation comes once, in order and at its time, whenever the bot is
//! stopped and started again.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, Duration, TimeZone, Utc};
use convenor::app::effect::{Effect, Place};
use convenor::app::execute::{App, Outcome, Who};
use convenor::app::ports::{Clock as _, Settlement, Store, Timer};
use convenor::config::Config;
use convenor::domain::command::Command;
use convenor::domain::decision::{ActionEntered, Entry};
use convenor::domain::event::{Event, Held, SessionForm};
use convenor::domain::follow_up::{Completion, FollowUp};
use convenor::domain::ids::{AccountId, ActionNo, CaseId, SeatId};
use convenor::domain::people::{AgencyKind, Person};
use convenor::domain::referral::Referral;
use convenor::rehearsal::cast::clock::SteppedClock;
use convenor::store::{MasterKey, Opening};
use convenor::workers::deadlines::{Act, run_once};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha20Rng;

use crate::sequences::parts::{code_name, pinned, referral};

const CASES: usize = 200;
const STEPS_MAX: usize = 20_000;

fn begins() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2027, 2, 1, 8, 0, 0).single().expect("there is such an hour")
}

fn worker() -> Person {
    Person {
        account: Some(AccountId(7)),
        name: "Imogen Vale".to_owned(),
        role: "Team manager".to_owned(),
        role_code: "team_manager".to_owned(),
        agency: "Day Team".to_owned(),
        agency_kind: AgencyKind::SocialCare,
        rank: None,
    }
}

fn who() -> Who {
    Who { interaction: None, person: Some(worker()), crosses: false }
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

    async fn does(&self, case: &CaseId, command: Command) {
        let done = self.app.execute(case, &who(), &command).await.expect("the store can be used");
        assert!(matches!(done, Outcome::Done { .. }), "it is carried out");
    }

    /// A case with one action, due then.
    async fn opens(&self, n: usize, now: DateTime<Utc>, due: DateTime<Utc>) -> CaseId {
        let begun = self.app.begin(&who(), register(n)).await.expect("the store can be used");
        let Outcome::Done { loaded, .. } = begun else { panic!("the case begins") };
        self.does(&loaded.id, convene(now)).await;
        let action = ActionEntered {
            what: "Ring the ward".into(),
            owner: Some(SeatId(1)),
            due: Some(due),
            ..ActionEntered::numbered(ActionNo(0))
        };
        self.does(&loaded.id, Command::Enter(Box::new(Entry::Action(action)))).await;
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

/// What has to come of an action agreed at `since` and due then, until it is reported.
fn expected(since: DateTime<Utc>, due: DateTime<Utc>, until: DateTime<Utc>) -> Vec<(FollowUp, DateTime<Utc>)> {
    let day_before = due - Duration::hours(24);
    let reminder = if day_before > since { day_before } else { since + (due - since) / 2 };
    let after = |hours| due + Duration::hours(hours);
    let steps = [
        (FollowUp::Reminder, reminder),
        (FollowUp::Chase, after(1)),
        (FollowUp::Deputy, after(4)),
        (FollowUp::Manager, after(24)),
        (FollowUp::Chair, after(48)),
    ];
    steps.into_iter().filter(|(_, at)| *at < until).collect()
}

/// What waits to be posted of each case's action, by the step it says, in the order it would be posted.
async fn told_of_action_one(store: &dyn Store, now: DateTime<Utc>) -> BTreeMap<CaseId, Vec<FollowUp>> {
    let says = [
        ("action 1 is due", FollowUp::Reminder),
        ("Please say whether it is done", FollowUp::Chase),
        ("Please see that it is done", FollowUp::Deputy),
        ("or convene again", FollowUp::Chair),
        ("overdue", FollowUp::Manager),
    ];
    let mut told: BTreeMap<CaseId, Vec<FollowUp>> = BTreeMap::new();
    let now_ms = now.timestamp_millis();
    while let Some(claimed) = store.claim(now_ms, i64::MAX).await.expect("a claim is answered") {
        if let Effect::Post { message, to, .. } = &claimed.effect
            && !matches!(to, Place::Case)
            && let Some((_, step)) = says.iter().find(|(words, _)| message.text.contains(words))
        {
            told.entry(claimed.case.clone()).or_default().push(*step);
        }
        let dropped = Settlement::Dropped { why: "read".to_owned() };
        assert!(store.settle(&claimed, dropped).await.expect("it is settled"));
    }
    told
}

/// Shows: REV-01.
#[tokio::test]
async fn a_month_of_two_hundred_cases_is_followed_up_once_in_order_and_on_time_across_restarts() {
    let seed = std::env::var("SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(47);
    println!("SEED={seed}");
    let mut chance = ChaCha20Rng::seed_from_u64(seed);
    let folder = tempfile::tempdir().expect("a folder of the test's own");
    let url = folder.path().join("convenor.db").display().to_string();
    let (clock, config) = (Arc::new(SteppedClock::new(begins())), Arc::new(Config::built_in()));
    let mut life = Life::begins(&url, &clock, &config, seed).await;
    let end = begins() + Duration::days(31);
    let mut planned: BTreeMap<CaseId, (DateTime<Utc>, Option<DateTime<Utc>>)> = BTreeMap::new();
    for n in 0..CASES {
        let due = begins() + Duration::minutes(chance.random_range(60..28 * 24 * 60));
        let case = life.opens(n, begins(), due).await;
        // Some are reported, before they are due or late.
        let reported = chance.random_bool(0.5).then(|| due + Duration::minutes(chance.random_range(-600..3600)));
        planned.insert(case, (due, reported.filter(|at| *at > begins())));
    }
    let mut reports: Vec<(DateTime<Utc>, CaseId)> =
        planned.iter().filter_map(|(case, (_, reported))| Some(((*reported)?, case.clone()))).collect();
    reports.sort();
    reports.reverse();
    let mut act = life.acting();
    for step in 0..STEPS_MAX {
        let timer = life.store.next_timer().await.expect("the store can be read").filter(|at| *at < end);
        let report = reports.last().filter(|(at, _)| *at < end && timer.is_none_or(|timer| *at <= timer)).cloned();
        match (report, timer) {
            (Some((at, case)), _) => {
                reports.pop();
                clock.move_to(at);
                let (evidence, changed) = ("Rung".into(), "Heard".into());
                let completion = Completion::Done;
                life.does(&case, Command::ReportAction { action: ActionNo(1), completion, evidence, changed }).await;
            }
            (None, Some(at)) => {
                clock.move_to(at);
                run_once(&*life.store, clock.now(), &mut act).await.expect("the timers can be read");
            }
            (None, None) => break,
        }
        if chance.random_bool(0.02) {
            life.store.close().await;
            life = Life::begins(&url, &clock, &config, seed + step as u64).await;
            act = life.acting();
        }
        assert_ne!(step, STEPS_MAX - 1, "the month comes to an end");
    }
    let told = told_of_action_one(&*life.store, clock.now()).await;
    let mut followed = 0;
    for (case, (due, reported)) in &planned {
        let journal = life.store.journal(case, 0).await.expect("the journal can be read");
        let came = journal.iter().filter_map(|record| match record.event {
            Event::ActionFollowedUp { step, .. } => Some((step, record.at)),
            _ => None,
        });
        let came: Vec<_> = came.collect();
        let until = reported.unwrap_or(end).min(end);
        assert_eq!(came, expected(begins(), *due, until), "due {due}, reported {reported:?}");
        let said: Vec<_> = came.iter().map(|(step, _)| *step).collect();
        assert_eq!(told.get(case).cloned().unwrap_or_default(), said, "each is said once, in order");
        followed += came.len();
    }
    assert!(followed > CASES * 3, "{followed} steps were taken");
    life.store.close().await;
}
