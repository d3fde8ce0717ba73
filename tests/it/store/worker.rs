//! The outbox worker: what it makes of each failure, and when it says that it has nothing to do.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use convenor::app::ports::{Agency, Claimed, Commit, Courier, Failure, Reference, Store, TimerChange};
use convenor::workers::outbox::{ATTEMPTS_MAX, Means, Outbox, Worked, run, run_once};
use convenor::workers::{deadlines, machine_time};

use super::bench::{Bench, at, case, commit, enqueue, open_case, post, text};

/// Answers as it was told to, then accepts everything; remembers what it was given.
#[derive(Default)]
struct Scripted {
    answers: Mutex<VecDeque<Failure>>,
    given: Mutex<Vec<String>>,
}

impl Scripted {
    fn answering(failures: impl IntoIterator<Item = Failure>) -> Self {
        Self { answers: Mutex::new(failures.into_iter().collect()), ..Self::default() }
    }

    fn given(&self) -> Vec<String> {
        self.given.lock().expect("no test panics while it holds this").clone()
    }
}

#[async_trait]
impl Courier for Scripted {
    async fn deliver(&self, claimed: &Claimed, _: &[Reference], _: &[Agency]) -> Result<Vec<Reference>, Failure> {
        self.given.lock().expect("no test panics while it holds this").push(text(&claimed.effect).to_owned());
        match self.answers.lock().expect("no test panics while it holds this").pop_front() {
            Some(failure) => Err(failure),
            None => Ok(Vec::new()),
        }
    }
}

fn later(after: Option<Duration>) -> Failure {
    let why = "not now".to_owned();
    Failure::Later { after, why }
}

async fn one_lane(bench: &Bench, texts: &[&str]) -> Arc<dyn Store> {
    let store = bench.open().await;
    let case = open_case(&*store, "one", 0).await;
    enqueue(&*store, &case, texts.iter().map(|text| post(text)).collect()).await;
    store
}

#[tokio::test]
async fn a_failure_says_what_becomes_of_the_effect() {
    let bench = Bench::sqlite();
    let store = one_lane(&bench, &["a", "b", "c", "d"]).await;
    let gone = "unknown member".to_owned();
    let refused = "missing permission".to_owned();
    let courier = Scripted::answering([
        later(Some(Duration::from_secs(5))),
        Failure::Gone { why: gone.clone() },
        Failure::Refused { why: refused.clone() },
    ]);
    let mut now_ms = 0;
    let mut worked = async |wait_ms| {
        now_ms += wait_ms;
        run_once(&*store, &courier, now_ms, 0.0).await.expect("a round")
    };
    let case = case("one");
    let Worked::Later { at_ms, .. } = worked(0).await else { panic!("it is to be tried again") };
    assert!((5000..6000).contains(&at_ms), "{at_ms}");
    assert_eq!(worked(0).await, Worked::Nothing);
    let (dropped, wedged) = (case.clone(), case.clone());
    let effect = Box::new(post("a"));
    assert_eq!(worked(6000).await, Worked::Dropped { case: dropped, effect, why: gone });
    assert_eq!(worked(0).await, Worked::Wedged { case: wedged, why: refused });
    assert_eq!(worked(0).await, Worked::Nothing);
    assert_eq!(courier.given(), ["a", "a", "b"]);
    let released = store.release_lane(&case, convenor::app::ports::Release::Retry).await;
    assert!(released.expect("it is released"));
    assert_eq!(worked(0).await, Worked::Delivered { case });
}

#[tokio::test]
async fn a_lane_wedges_after_so_many_failures_and_never_for_a_wait_the_platform_asked_for() {
    let bench = Bench::sqlite();
    let store = one_lane(&bench, &["a"]).await;
    let asked = std::iter::repeat_n(later(Some(Duration::from_millis(1))), 2);
    let failing = std::iter::repeat_n(later(None), ATTEMPTS_MAX as usize - 2);
    let courier = Scripted::answering(asked.chain(failing));
    let mut now_ms = 0;
    for _ in 1..ATTEMPTS_MAX {
        match run_once(&*store, &courier, now_ms, 0.5).await.expect("a round") {
            Worked::Later { at_ms, .. } => now_ms = at_ms,
            other => panic!("{other:?}"),
        }
    }
    let last = run_once(&*store, &courier, now_ms, 0.5).await.expect("a round");
    assert!(matches!(last, Worked::Wedged { .. }), "{last:?}");
}

fn means(store: &Arc<dyn Store>, courier: &Arc<Scripted>) -> Means {
    Means {
        store: store.clone(),
        courier: courier.clone(),
        time: machine_time(1_800_000_000_000),
        chance: Box::new(|| 0.0),
        poll: None,
        report: Box::new(|_| {}),
    }
}

/// The rehearsal moves its clock only when the outbox is idle, so idle must be true of everything committed before.
#[tokio::test]
async fn whoever_waits_for_idle_finds_everything_delivered_that_can_be() {
    let bench = Bench::sqlite();
    let store = one_lane(&bench, &["a", "b"]).await;
    let courier = Arc::new(Scripted::default());
    let outbox = Outbox::default();
    let running = tokio::spawn(run(outbox.clone(), means(&store, &courier)));
    outbox.wait_idle().await;
    assert_eq!(courier.given(), ["a", "b"]);
    for round in 0..10 {
        enqueue(&*store, &case("one"), vec![post(&round.to_string())]).await;
        outbox.wait_idle().await;
        assert_eq!(courier.given().len(), 3 + round);
    }
    outbox.stop();
    running.await.expect("it stops");
    outbox.wait_idle().await;
}

#[tokio::test]
async fn a_try_again_later_does_not_hold_up_idle_but_does_hold_up_drained() {
    let bench = Bench::sqlite();
    let store = one_lane(&bench, &["a", "b"]).await;
    let courier = Arc::new(Scripted::answering([later(Some(Duration::from_millis(300)))]));
    let outbox = Outbox::default();
    let running = tokio::spawn(run(outbox.clone(), means(&store, &courier)));
    outbox.wait_idle().await;
    assert_eq!(courier.given(), ["a"]);
    outbox.wait_drained().await;
    assert_eq!(courier.given(), ["a", "a", "b"]);
    outbox.stop();
    running.await.expect("it stops");
}

#[tokio::test]
async fn a_due_timer_is_acted_on_until_its_command_clears_it() {
    let bench = Bench::sqlite();
    let store = bench.open().await;
    open_case(&*store, "one", 0).await;
    let set = |name: &str, minute| TimerChange::Set { name: name.to_owned(), at: at(minute) };
    let setting = Commit { timers: vec![set("fails", 1), set("mailbox", 2), set("later", 9)], ..commit("one", 0) };
    store.commit(setting).await.expect("timers are set");
    let commands = store.clone();
    let mut act: deadlines::Act = Box::new(move |timer| {
        let store = commands.clone();
        Box::pin(async move {
            if timer.name == "fails" {
                return Err("no such case".into());
            }
            let clearing = Commit { timers: vec![TimerChange::Clear { name: timer.name }], ..commit("one", 0) };
            store.commit(clearing).await?;
            Ok(())
        })
    });
    assert_eq!(deadlines::run_once(&*store, at(5), &mut act).await.expect("a round"), 1);
    assert_eq!(deadlines::run_once(&*store, at(5), &mut act).await.expect("a round"), 0);
    let due = store.due_timers(at(59)).await.expect("what is left");
    let names: Vec<&str> = due.iter().map(|timer| timer.name.as_str()).collect();
    assert_eq!(names, ["fails", "later"]);
}
