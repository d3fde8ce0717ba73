//! Carries effects to Discord: the adapter of the Courier port. Every effect may be repeated without harm.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use serde_json::{Value, json};
use serenity::model::id::{ChannelId, MessageId as PostId, UserId};

use crate::app::effect::{Effect, Place};
use crate::app::ports::{Agency, CHANNEL_SLOT, Claimed, Courier as CourierPort, Failure, Reference};
use crate::domain::ids::{AccountId, CaseId, MessageId};
use crate::room::message::Message;

use super::body;
pub use super::case_channel::CaseChannels;
use super::case_channel::Opened;
use super::courier::{self, Courier, Nonce, Overwrite, Whose};
use super::notices::Notices;
use super::permissions::{OF_A_PERSON, READ_MESSAGE_HISTORY, SEND_MESSAGES};

/// How often a guild that is full is asked again. It takes an administrator to make room.
const ROOM_AFTER: Duration = Duration::from_secs(5 * 60);

/// Discord as the outbox sees it.
pub struct DiscordCarrier {
    courier: Arc<Courier>,
    channels: CaseChannels,
    notices: Arc<Notices>,
}

impl DiscordCarrier {
    pub fn new(courier: Arc<Courier>, channels: CaseChannels, notices: Arc<Notices>) -> Self {
        Self { courier, channels, notices }
    }

    async fn open_channel(&self, case: &CaseId, name: &str, topic: &str) -> Result<Reference, Failure> {
        let Opened { channel, channels } = match self.channels.open(&self.courier, name).await {
            Err(courier::Failure::Full) => {
                self.notices.no_room(case).await;
                return Err(failed(courier::Failure::Full));
            }
            opened => opened.map_err(failed)?,
        };
        self.notices.counted(channels).await;
        // The label alone, never anything about the case (REF-09).
        self.courier.edit_channel(channel, &json!({ "topic": topic }), "a case was convened").await.map_err(failed)?;
        Ok(Reference { slot: CHANNEL_SLOT.to_owned(), channel: channel.to_string(), message: None })
    }

    async fn admit(&self, known: &[Reference], account: AccountId, history: bool) -> Result<(), Failure> {
        let channel = channel_of(known)?;
        let kept = if history { 0 } else { READ_MESSAGE_HISTORY };
        let (allow, deny) = (OF_A_PERSON & !kept, SEND_MESSAGES | kept);
        let overwrite = Overwrite { whose: Whose::Member(user(account)?), allow, deny };
        self.courier.put_overwrite(channel, &overwrite, "a person was admitted").await.map_err(failed)
    }

    async fn remove(&self, known: &[Reference], account: AccountId) -> Result<(), Failure> {
        let whose = Whose::Member(user(account)?);
        match self.courier.delete_overwrite(channel_of(known)?, whose, "a person left").await {
            Ok(()) | Err(courier::Failure::Gone { .. }) => Ok(()),
            Err(other) => Err(failed(other)),
        }
    }

    /// No case stands still for it: where the right to delete messages is missing, the log says so.
    async fn take_out(&self, known: &[Reference], message: MessageId) -> Result<(), Failure> {
        let id = number(&message.to_string()).ok_or_else(|| refused("a message without a number"))?;
        match self.courier.delete_message(channel_of(known)?, id.into()).await {
            Err(courier::Failure::Refused { .. }) => {
                tracing::error!("what somebody typed could not be taken out: give the bot the right Manage Messages");
                Err(Failure::Gone { why: "the platform refused to delete a message".to_owned() })
            }
            taken_out => taken_out.map_err(failed),
        }
    }

    async fn post(&self, claimed: &Claimed, at: ChannelId, message: &Message) -> Result<PostId, courier::Failure> {
        let nonce = Nonce::from(claimed.id.unsigned_abs());
        let posted = self.courier.create_message(at, &nonce, &body::message(message)).await?;
        id_of(&posted).map(PostId::new).ok_or(courier::Failure::Unsendable)
    }

    async fn place(&self, to: &Place, known: &[Reference], agencies: &[Agency]) -> Result<ChannelId, Failure> {
        match to {
            Place::Case => channel_of(known),
            Place::Duty(agency) => duty_channel(agency, agencies),
            Place::Direct { account, .. } | Place::Confidential { account, .. } => {
                let channel = self.courier.direct_channel(user(*account)?).await.map_err(failed)?;
                id_of(&channel).map(ChannelId::new).ok_or_else(|| refused("a direct channel without an id"))
            }
            Place::Queue(_) | Place::Role(_) | Place::Managers { .. } => {
                Err(refused("a place of the directory reached the outbox"))
            }
        }
    }

    /// A person who takes no direct messages is reached in their agency's duty channel.
    async fn deliver_post(
        &self,
        claimed: &Claimed,
        to: &Place,
        message: &Message,
        known: &[Reference],
        agencies: &[Agency],
    ) -> Result<(ChannelId, PostId), Failure> {
        let at = self.place(to, known, agencies).await?;
        match (self.post(claimed, at, message).await, to) {
            (Ok(posted), _) => Ok((at, posted)),
            (Err(courier::Failure::ClosedMessages), Place::Direct { otherwise_duty: Some(agency), .. }) => {
                let at = duty_channel(agency, agencies)?;
                self.post(claimed, at, message).await.map(|posted| (at, posted)).map_err(failed)
            }
            (Err(courier::Failure::ClosedMessages), Place::Confidential { duty, instead, .. }) => {
                let at = duty_channel(duty, agencies)?;
                self.post(claimed, at, instead).await.map(|posted| (at, posted)).map_err(failed)
            }
            (Err(courier::Failure::ClosedMessages), _) => {
                Err(Failure::Gone { why: "closed direct messages".to_owned() })
            }
            (Err(other), _) => Err(failed(other)),
        }
    }
}

#[async_trait]
impl CourierPort for DiscordCarrier {
    async fn deliver(
        &self,
        claimed: &Claimed,
        known: &[Reference],
        agencies: &[Agency],
    ) -> Result<Vec<Reference>, Failure> {
        match &claimed.effect {
            Effect::OpenChannel { name, topic } => {
                self.open_channel(&claimed.case, name, topic).await.map(|channel| vec![channel])
            }
            Effect::Admit { account, history } => self.admit(known, *account, *history).await.map(|()| Vec::new()),
            Effect::Remove { account } => self.remove(known, *account).await.map(|()| Vec::new()),
            Effect::Post { to, slot, message, pin } => {
                let (channel, posted) = self.deliver_post(claimed, to, message, known, agencies).await?;
                if *pin {
                    self.courier.pin_message(channel, posted, "the board of a case").await.map_err(failed)?;
                }
                let reference = |slot: &String| Reference {
                    slot: slot.clone(),
                    channel: channel.to_string(),
                    message: Some(posted.to_string()),
                };
                Ok(slot.as_ref().map(reference).into_iter().collect())
            }
            Effect::Edit { slot, message } => {
                let reference = known.iter().find(|reference| reference.slot == *slot);
                let gone = || Failure::Gone { why: "nothing was posted under this slot".to_owned() };
                let reference = reference.ok_or_else(gone)?;
                let (Some(channel), Some(posted)) =
                    (number(&reference.channel), reference.message.as_deref().and_then(number))
                else {
                    return Err(gone());
                };
                let edited = self.courier.edit_message(channel.into(), posted.into(), &body::message(message)).await;
                edited.map(|_| Vec::new()).map_err(failed)
            }
            Effect::TakeOut { message } => self.take_out(known, *message).await.map(|()| Vec::new()),
            Effect::EditQueue { .. } => Err(refused("an edit of a queue reached the outbox")),
            Effect::Mail { .. } => Err(refused("a mail reached the chat platform")),
        }
    }
}

fn channel_of(known: &[Reference]) -> Result<ChannelId, Failure> {
    let reference = known.iter().find(|reference| reference.slot == CHANNEL_SLOT);
    let id = reference.and_then(|reference| number(&reference.channel));
    id.map(ChannelId::new).ok_or_else(|| refused("the case has no channel"))
}

fn duty_channel(agency: &str, agencies: &[Agency]) -> Result<ChannelId, Failure> {
    let agency = agencies.iter().find(|known| known.name == agency);
    let id = agency.and_then(|agency| agency.duty_channel.as_deref()).and_then(number);
    id.map(ChannelId::new).ok_or_else(|| Failure::Gone { why: "the agency has no duty channel".to_owned() })
}

fn number(id: &str) -> Option<u64> {
    id.parse().ok().filter(|id| *id != 0)
}

fn id_of(value: &Value) -> Option<u64> {
    value.get("id").and_then(Value::as_str).and_then(number)
}

fn user(account: AccountId) -> Result<UserId, Failure> {
    if account.0 == 0 { Err(refused("an account without a number")) } else { Ok(UserId::new(account.0)) }
}

fn refused(why: &str) -> Failure {
    Failure::Refused { why: why.to_owned() }
}

/// What the courier's failure means for the lane.
fn failed(failure: courier::Failure) -> Failure {
    let why = failure.to_string();
    match failure {
        courier::Failure::Full => Failure::Later { after: Some(ROOM_AFTER), why },
        courier::Failure::Later { after, .. } => Failure::Later { after, why },
        courier::Failure::Gone { .. } | courier::Failure::ClosedMessages => Failure::Gone { why },
        _ => Failure::Refused { why },
    }
}
