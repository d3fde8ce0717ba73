//! Who hears of it when the platform doesn't do what it was asked: the administrators in their channel, and the convenor
//! of a case that has no channel yet. Code names and numbers only.

use std::error::Error;
use std::sync::Arc;

use minijinja::context;
use serde_json::Value;
use serenity::model::id::UserId;

use crate::app::execute::App;
use crate::app::ports::CHANNEL_SLOT;
use crate::domain::calendar::day_of;
use crate::domain::ids::CaseId;
use crate::domain::people::Person;

use super::courier::{Courier, Failure};
use super::guild::{self, CHANNELS_MAX};

/// Administrators are told when no more channels than these are left.
const FEW_LEFT: [usize; 2] = [10, 50];

/// Whom to tell, and how.
pub struct Notices {
    app: Arc<App>,
    courier: Arc<Courier>,
    admin_channel: Option<u64>,
}

/// Why a case has no channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum NoChannel {
    /// The guild has as many as it may have.
    Full,
    Refused,
}

type Told = Result<(), Box<dyn Error + Send + Sync>>;

impl Notices {
    pub fn new(app: Arc<App>, courier: Arc<Courier>, admin_channel: Option<u64>) -> Self {
        Self { app, courier, admin_channel }
    }

    /// How many channels the guild has now: an early word where few more fit, once a month for each mark passed.
    pub async fn counted(&self, channels: usize) {
        let left = CHANNELS_MAX.saturating_sub(channels);
        if let Some(mark) = FEW_LEFT.into_iter().find(|mark| left <= *mark) {
            log(self.few_left(left, mark).await);
        }
    }

    /// The guild takes no more channels, and this case needs one; it is tried again until there is room.
    pub async fn no_room(&self, case: &CaseId) {
        log(self.without_channel(case, NoChannel::Full).await);
    }

    /// A lane stands still until an administrator lets it go on.
    pub async fn stands_still(&self, case: &CaseId) {
        log(self.lane(case).await);
    }

    /// Posts in the administrators' channel, where there is one.
    pub async fn tell_administrators(&self, text: &str) -> Result<(), Failure> {
        match self.admin_channel {
            Some(channel) => guild::tell(&self.courier, channel, text).await,
            None => Ok(()),
        }
    }

    async fn few_left(&self, left: usize, mark: usize) -> Told {
        let what = format!("channels:{mark}:{}", day_of(self.app.now()).format("%Y-%m"));
        if self.app.store().reminded(&what).await? {
            return Ok(());
        }
        self.tell_administrators(&self.say("admin.few_channels", context! { left => left })).await?;
        Ok(self.app.store().keep_reminder(&what, self.app.now()).await?)
    }

    async fn lane(&self, case: &CaseId) -> Told {
        let name = self.app.load(case).await?.case.code_name.to_string();
        self.tell_administrators(&self.say("admin.lane", context! { case => name })).await?;
        let has_channel = self.app.store().references(case).await?.iter().any(|known| known.slot == CHANNEL_SLOT);
        if has_channel { Ok(()) } else { self.without_channel(case, NoChannel::Refused).await }
    }

    /// The convenor hears that nobody has been reached yet; once for a case and a reason.
    async fn without_channel(&self, case: &CaseId, why: NoChannel) -> Told {
        let what = format!("no_channel:{case}:{why:?}");
        if self.app.store().reminded(&what).await? {
            return Ok(());
        }
        let case = self.app.load(case).await?.case;
        let (code_name, is_full) = (case.code_name.to_string(), why == NoChannel::Full);
        if is_full {
            self.tell_administrators(&self.say("admin.no_room", context! { case => &code_name })).await?;
        }
        if let Some(convenor) = case.convenor() {
            let text = self.say("card.no_channel", context! { code_name, is_full });
            self.reach(case.person(convenor), &text).await?;
        }
        Ok(self.app.store().keep_reminder(&what, self.app.now()).await?)
    }

    /// By direct message, or in their agency's duty channel where those are closed.
    async fn reach(&self, person: &Person, text: &str) -> Told {
        let account = person.account.map(|account| account.0).filter(|account| *account != 0);
        let own = match account {
            Some(account) => self.direct(UserId::new(account), text).await,
            None => Err(Failure::ClosedMessages),
        };
        if own != Err(Failure::ClosedMessages) {
            return Ok(own?);
        }
        let agencies = self.app.store().agencies().await?;
        let duty = agencies.into_iter().find(|agency| agency.name == person.agency).and_then(|it| it.duty_channel);
        match duty {
            Some(duty) => Ok(guild::tell(&self.courier, duty.parse()?, text).await?),
            None => Ok(()),
        }
    }

    async fn direct(&self, person: UserId, text: &str) -> Result<(), Failure> {
        let channel = self.courier.direct_channel(person).await?;
        let id = channel.get("id").and_then(Value::as_str).and_then(|id| id.parse().ok()).filter(|id| *id != 0);
        guild::tell(&self.courier, id.ok_or(Failure::Unsendable)?, text).await
    }

    fn say(&self, key: &str, values: minijinja::Value) -> String {
        self.app.book().wording.say(key, values)
    }
}

/// Nobody waits for a notice: what keeps one from being told is for whoever reads the log.
fn log(told: Told) {
    if let Err(error) = told {
        let error: &(dyn Error + 'static) = &*error;
        tracing::error!(error, "a notice could not be given");
    }
}
