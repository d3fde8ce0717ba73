//! What the installation needs now and then, whatever cases there are: a word to the administrators when texts of the
//! procedure are over a year old (REF-19).
//!
//! It is told first and kept afterwards, so that dying between the two loses nothing. Domain time decides.

use std::sync::Arc;
use std::time::Duration;

use futures_util::future::BoxFuture;
use minijinja::context;
use tokio::sync::{Notify, watch};

use crate::app::execute::App;
use crate::app::ports::StoreError;
use crate::domain::calendar::day_of;
use crate::domain::edition::{Edition, in_words, outdated};

use super::deadlines::Failed;

/// The wait between looks; what is looked at changes from day to day.
const LOOK_AFTER: Duration = Duration::from_secs(3_600);

/// Tells the administrators.
pub type Tell = Box<dyn Fn(String) -> BoxFuture<'static, Result<(), Failed>> + Send + Sync>;

/// The old texts nobody was reminded of yet.
pub async fn due(app: &App) -> Result<Vec<Edition<'_>>, StoreError> {
    let mut due = Vec::new();
    for edition in outdated(&app.book().procedure, day_of(app.now())) {
        if !app.store().reminded(&name(&edition)).await? {
            due.push(edition);
        }
    }
    Ok(due)
}

/// Reminds of everything due in one message, and says how many texts it named.
pub async fn run_once(app: &App, tell: &Tell) -> Result<usize, Failed> {
    let due = due(app).await?;
    if due.is_empty() {
        return Ok(0);
    }
    let texts = due.iter().map(|edition| (edition.title.to_owned(), in_words(&edition.as_at.to_string())));
    let texts: Vec<_> = texts.collect();
    tell(app.book().wording.say("admin.texts", context! { texts => texts })).await?;
    for edition in &due {
        app.store().keep_reminder(&name(edition), app.now()).await?;
    }
    Ok(due.len())
}

/// A text that was given a new date is reminded of again when that is over a year ago.
fn name(edition: &Edition<'_>) -> String {
    format!("text:{}:{}", edition.as_at, edition.title)
}

/// Looks at the start, then every hour and whenever woken, until `stop` turns true.
pub async fn run(app: Arc<App>, wake: Arc<Notify>, mut stop: watch::Receiver<bool>, tell: Tell) {
    loop {
        if let Err(error) = run_once(&app, &tell).await {
            let error: &(dyn std::error::Error + 'static) = &*error;
            tracing::error!(error, "the administrators could not be reminded");
        }
        tokio::select! {
            // Also where whoever could stop it is gone.
            _ = stop.wait_for(|stop| *stop) => return,
            () = wake.notified() => {}
            () = tokio::time::sleep(LOOK_AFTER) => {}
        }
    }
}
