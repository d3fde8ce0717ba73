//! The bot, put together: gateway in, application, workers, courier out.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use rand::{CryptoRng, Rng};
use tokio::sync::{Notify, mpsc, watch};
use tokio::task::JoinHandle;

use crate::app::execute::{App, Outcome, Who};
use crate::app::plan::undelivered;
use crate::app::ports::{Clock, Store, Timer, Typesetter};
use crate::config::Config;
use crate::discord::answering::receive;
use crate::discord::carrier::{CaseChannels, DiscordCarrier};
use crate::discord::courier::{Courier, Limits, Secret};
use crate::discord::gateway::{Arrival, Gateway, NoGateway};
use crate::discord::notices::Notices;
use crate::discord::registration;
use crate::domain::command::Command;
use crate::domain::ids::CaseId;
use crate::mail::{Mailer, Post};
use crate::pdf::{Job, Printer};
use crate::workers::outbox::{self, Outbox};
use crate::workers::{MachineTime, deadlines, housekeeping};

/// How long the platform may take to be ready.
const READY_MAX: Duration = Duration::from_secs(30);
/// How many interactions may wait to be answered.
const ARRIVALS_MAX: usize = 1_024;
/// How long what is under way may take to finish once we stop: an answer, then a delivery.
const FINISH_MAX: Duration = Duration::from_secs(10);

/// What it takes to start.
pub struct Options {
    /// The platform's address: Discord's own, or that of a workspace.
    pub base: String,
    pub token: String,
    pub guild: u64,
    pub procedure: String,
    pub store: Arc<dyn Store>,
    pub clock: Arc<dyn Clock>,
    /// What code names are drawn from.
    pub chance: Box<dyn CryptoRng + Send>,
    /// What spreads retries out; machine-side only.
    pub spread: Box<dyn CryptoRng + Send>,
    pub config: Arc<Config>,
    /// Makes the PDFs people take away; `None` where this program can't.
    pub printer: Option<Printer>,
    pub machine_time: MachineTime,
    /// How often the outbox looks unasked; `None` where this process alone writes.
    pub poll: Option<Duration>,
    pub limits: Limits,
    /// The category the channels of cases go to.
    pub category: Option<u64>,
    /// Where administrators are told what only they can put right.
    pub admin_channel: Option<u64>,
    /// What carries notices to the mailboxes of teams, where mail is set.
    pub mailer: Option<Arc<Mailer>>,
}

/// A running bot.
pub struct Bot {
    app: Arc<App>,
    gateway: Gateway,
    outbox: Outbox,
    timers: Arc<Notify>,
    /// Absent where nobody could be told.
    housekeeping: Option<Arc<Notify>>,
    stop: watch::Sender<bool>,
    /// Answers and notes under way; the last one going home ends the wait.
    busy: Arc<watch::Sender<usize>>,
    answering: JoinHandle<()>,
    tasks: Vec<JoinHandle<()>>,
}

/// Makes people's documents in a process of their own.
struct Documents(Printer);

#[async_trait]
impl Typesetter for Documents {
    async fn pdf(&self, template: &str, record: String, at: DateTime<Utc>) -> Option<Vec<u8>> {
        let job = Job { template: template.to_owned(), record, at_ms: at.timestamp_millis() };
        self.0.print(&job).await.inspect_err(|error| tracing::error!(%error, "no PDF of a copy")).ok()
    }
}

impl Bot {
    /// Connects, registers the commands, and starts answering.
    pub async fn start(options: Options) -> anyhow::Result<Self> {
        let courier = Courier::with_limits(options.base, Secret::new(options.token), options.limits)?;
        let courier = Arc::new(courier);
        let outbox = Outbox::default();
        let timers = Arc::new(Notify::new());
        let woken = {
            let (outbox, timers) = (outbox.clone(), Arc::clone(&timers));
            move || {
                outbox.wake();
                timers.notify_one();
            }
        };
        let app = App::new(
            options.store.clone(),
            options.clock.clone(),
            options.config,
            &options.procedure,
            options.chance,
            Box::new(woken),
        );
        let app = app.with_context(|| format!("there is no procedure called {}", options.procedure))?;
        let app = Arc::new(
            app.with_typesetter(options.printer.map(|printer| Arc::new(Documents(printer)) as Arc<dyn Typesetter>)),
        );

        let (arrivals, incoming) = mpsc::channel(ARRIVALS_MAX);
        let gateway = Gateway::start(&courier, arrivals).await?;
        let ready = gateway.ready(READY_MAX).await?;
        let commands = registration::commands(&app.book().rules(app.calendar()), &app.book().wording);
        registration::register(&courier, ready.application, options.guild, &commands).await?;

        let (stop, stopped) = watch::channel(false);
        let busy = Arc::new(watch::Sender::new(0));
        let notices = Arc::new(Notices::new(Arc::clone(&app), Arc::clone(&courier), options.admin_channel));
        let channels = CaseChannels::new(options.guild, ready.bot, options.category);
        let platform = DiscordCarrier::new(Arc::clone(&courier), channels, Arc::clone(&notices));
        let carrier: Arc<dyn crate::app::ports::Courier> =
            Arc::new(Post { platform: Arc::new(platform), mailer: options.mailer });
        for lane in options.store.wedged().await? {
            tracing::error!(case = %lane.case, attempts = lane.attempts, why = lane.why, "a lane stands still");
            tell_of_lane(&notices, lane.case);
        }
        let mut spread = options.spread;
        let means = outbox::Means {
            store: options.store.clone(),
            courier: carrier,
            time: options.machine_time,
            chance: Box::new(move || spread.random::<f64>()),
            poll: options.poll,
            report: reporting(&app, &notices, &busy),
        };
        let answering = tokio::spawn(answering(incoming, Arc::clone(&app), courier, Arc::clone(&busy)));
        let mut tasks = vec![
            tokio::spawn({
                let outbox = outbox.clone();
                async move { outbox::run(outbox, means).await }
            }),
            tokio::spawn(deadlines::run(
                options.store,
                options.clock,
                Arc::clone(&timers),
                stopped.clone(),
                acting(&app),
            )),
        ];
        let housekeeping = options.admin_channel.map(|_| {
            let wake = Arc::new(Notify::new());
            let tell = telling(&notices);
            tasks.push(tokio::spawn(housekeeping::run(Arc::clone(&app), Arc::clone(&wake), stopped, tell)));
            wake
        });
        Ok(Self { app, gateway, outbox, timers, housekeeping, stop, busy, answering, tasks })
    }

    pub fn app(&self) -> &App {
        &self.app
    }

    /// Waits until every answer is given, every effect delivered, no timer is due, and the house is kept.
    pub async fn idle(&self) -> anyhow::Result<()> {
        loop {
            let mut busy = self.busy.subscribe();
            busy.wait_for(|under_way| *under_way == 0).await?;
            self.outbox.wait_drained().await;
            let due = self.app.store().due_timers(self.app.now()).await?;
            let is_kept = self.housekeeping.is_none() || housekeeping::due(&self.app).await?.is_empty();
            if due.is_empty() && is_kept && *self.busy.borrow() == 0 && self.app.store().outbox().await?.waiting == 0 {
                return Ok(());
            }
            self.timers.notify_one();
            self.housekeeping.iter().for_each(|housekeeping| housekeeping.notify_one());
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    /// Waits until the connection ends for good, and says why.
    pub async fn ended(&self) -> NoGateway {
        self.gateway.ended().await
    }

    /// Whether the connection stands, and everything that works by itself is at work.
    pub async fn is_well(&self) -> bool {
        self.gateway.is_connected().await && self.tasks.iter().all(|task| !task.is_finished())
    }

    /// Takes no more interactions, lets answers and deliveries under way finish, and disconnects. What still waits in
    /// the outbox stays there for the next start.
    pub async fn stop(self) {
        let _ = self.stop.send(true);
        self.gateway.stop().await;
        // The queue ends with the gateway, unless serenity was just connecting.
        let abandoned = self.answering.abort_handle();
        if tokio::time::timeout(FINISH_MAX, self.answering).await.is_err() {
            abandoned.abort();
        }
        let mut busy = self.busy.subscribe();
        // The guard it gives is let go at once: no task may hold one while it waits for something else.
        let is_cut_short = tokio::time::timeout(FINISH_MAX, busy.wait_for(|under_way| *under_way == 0)).await.is_err();
        if is_cut_short {
            tracing::warn!(answers = *self.busy.borrow(), "answers were cut short");
        }
        self.outbox.stop();
        for task in self.tasks {
            let abandoned = task.abort_handle();
            if tokio::time::timeout(FINISH_MAX, task).await.is_err() {
                abandoned.abort();
            }
        }
    }
}

async fn answering(
    mut incoming: mpsc::Receiver<Arrival>,
    app: Arc<App>,
    courier: Arc<Courier>,
    busy: Arc<watch::Sender<usize>>,
) {
    while let Some(arrival) = incoming.recv().await {
        busy.send_modify(|under_way| *under_way += 1);
        let (app, courier, busy) = (Arc::clone(&app), Arc::clone(&courier), Arc::clone(&busy));
        tokio::spawn(async move {
            receive(&app, &courier, &arrival).await;
            busy.send_modify(|under_way| *under_way -= 1);
        });
    }
}

/// A due timer is an ordinary command, in nobody's name.
fn acting(app: &Arc<App>) -> deadlines::Act {
    let app = Arc::clone(app);
    Box::new(move |timer: Timer| {
        let app = Arc::clone(&app);
        Box::pin(async move {
            let command = Command::DeadlineReached { deadline: timer.name };
            match app.execute(&timer.case, &Who::default(), &command).await? {
                Outcome::Refused(refusal) => {
                    tracing::warn!(case = %timer.case, code = refusal.code(), "a timer was refused")
                }
                Outcome::Done { .. } | Outcome::Duplicate => {}
            }
            app.wake_workers();
            Ok(())
        })
    })
}

/// The outbox logs by itself; a lane that stands still is also told, and what reached nobody is recorded.
fn reporting(
    app: &Arc<App>,
    notices: &Arc<Notices>,
    busy: &Arc<watch::Sender<usize>>,
) -> Box<dyn FnMut(&outbox::Worked) + Send> {
    let (app, notices, busy) = (Arc::clone(app), Arc::clone(notices), Arc::clone(busy));
    Box::new(move |worked| match worked {
        outbox::Worked::Wedged { case, .. } => tell_of_lane(&notices, case.clone()),
        outbox::Worked::Dropped { case, effect, .. } => {
            if let Some(command) = undelivered(effect) {
                note(&app, &busy, case.clone(), command);
            }
        }
        _ => {}
    })
}

/// Carried out in nobody's name.
fn note(app: &Arc<App>, busy: &Arc<watch::Sender<usize>>, case: CaseId, command: Command) {
    let (app, busy) = (Arc::clone(app), Arc::clone(busy));
    busy.send_modify(|under_way| *under_way += 1);
    tokio::spawn(async move {
        if let Err(error) = app.execute(&case, &Who::default(), &command).await {
            tracing::error!(%case, error = &error as &dyn std::error::Error, "what reached nobody could not be recorded");
        }
        app.wake_workers();
        busy.send_modify(|under_way| *under_way -= 1);
    });
}

/// Nobody waits for it.
fn tell_of_lane(notices: &Arc<Notices>, case: CaseId) {
    let notices = Arc::clone(notices);
    tokio::spawn(async move { notices.stands_still(&case).await });
}

/// Posts what the housekeeping has to say in the administrators' channel.
fn telling(notices: &Arc<Notices>) -> housekeeping::Tell {
    let notices = Arc::clone(notices);
    Box::new(move |text| {
        let notices = Arc::clone(&notices);
        Box::pin(async move { Ok(notices.tell_administrators(&text).await?) })
    })
}
