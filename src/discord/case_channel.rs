//! A case's channel: found if it is there, and otherwise made where there is room.
//!
//! A category takes 50 channels and a guild 500. A category that is full is followed by another of the same name and a
//! number, `Cases 2`; where even that can't be had, the channel stands outside. Nobody waits for a tidy list.

use serenity::model::id::{ChannelId, GuildId, UserId};

use super::courier::{Courier, Failure, Listed, NewChannel, Whose};
use super::guild::CHANNELS_PER_CATEGORY_MAX;
use super::permissions::{OF_THE_BOT, SEND_MESSAGES, VIEW_CHANNEL};

const REASON: &str = "a case was convened";
/// As many as a guild's channels can fill.
const CATEGORIES_MAX: usize = 10;

/// Where the channels of cases go.
pub struct CaseChannels {
    guild: GuildId,
    bot: UserId,
    /// The first category of cases; the others are named after it.
    category: Option<ChannelId>,
}

/// A case's channel, and how many the guild has.
pub struct Opened {
    pub channel: ChannelId,
    /// As far as the bot sees; hidden ones may come on top.
    pub channels: usize,
}

impl CaseChannels {
    pub fn new(guild: u64, bot: UserId, category: Option<u64>) -> Self {
        Self { guild: GuildId::new(guild), bot, category: category.map(ChannelId::new) }
    }

    /// Makes sure that the channel of this name is there, never a second time.
    pub async fn open(&self, courier: &Courier, name: &str) -> Result<Opened, Failure> {
        let wanted =
            NewChannel::text(name, self.bot, OF_THE_BOT).overwrite(self.everyone(), 0, VIEW_CHANNEL | SEND_MESSAGES);
        let listed = courier.channels(self.guild).await?;
        let channel = match wanted.found_in(&listed) {
            Some(before) => before,
            None => self.make(courier, wanted, &listed).await?,
        };
        Ok(Opened { channel, channels: listed.len() })
    }

    async fn make(&self, courier: &Courier, wanted: NewChannel, listed: &[Listed]) -> Result<ChannelId, Failure> {
        for nth in 1..=CATEGORIES_MAX {
            let Some(category) = self.category(courier, listed, nth).await? else { break };
            if listed.iter().filter(|channel| channel.is_inside(category)).count() >= CHANNELS_PER_CATEGORY_MAX {
                continue;
            }
            let inside = wanted.clone().inside(category);
            match courier.make_channel(self.guild, &inside, REASON).await {
                // Full of channels that are hidden from the bot, or gone.
                Err(Failure::Refused { fields, .. }) if is_about_the_category(&fields) => {}
                made => return made,
            }
        }
        if self.category.is_some() {
            tracing::error!("no category of cases has room, or it is gone: a channel is made outside them");
        }
        courier.make_channel(self.guild, &wanted, REASON).await
    }

    /// The category of this number, made where it is not there yet. `None` where there is no first one to name it after.
    async fn category(&self, courier: &Courier, listed: &[Listed], nth: usize) -> Result<Option<ChannelId>, Failure> {
        if nth == 1 {
            return Ok(self.category);
        }
        let first = listed.iter().find(|channel| Some(channel.id()) == self.category);
        let Some(name) = first.and_then(Listed::name) else { return Ok(None) };
        let wanted = NewChannel::category(format!("{name} {nth}"), self.bot, OF_THE_BOT).overwrite(
            self.everyone(),
            0,
            VIEW_CHANNEL,
        );
        match wanted.found_in(listed) {
            Some(before) => Ok(Some(before)),
            None => courier.make_channel(self.guild, &wanted, REASON).await.map(Some),
        }
    }

    fn everyone(&self) -> Whose {
        Whose::Role(self.guild.get().into())
    }
}

fn is_about_the_category(fields: &[String]) -> bool {
    fields.iter().any(|field| field.starts_with("parent_id"))
}
