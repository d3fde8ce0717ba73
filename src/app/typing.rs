//! What somebody typed in a case's channel, instead of saying it with a command.

use crate::domain::command::Command;
use crate::domain::floor::holds_back;
use crate::domain::ids::{AccountId, MessageId};

use super::execute::{App, Who};
use super::ports::StoreError;

/// That somebody typed, and where; what they wrote is never asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typed {
    /// The platform's id of the channel.
    pub channel: String,
    pub message: MessageId,
    pub account: AccountId,
}

impl App {
    /// Has it taken out again where the procedure keeps the channel to whoever has the floor (TURN-05).
    ///
    /// # Errors
    /// Where the store can't be used; the message stays, and is in no record.
    pub async fn typed(&self, typed: &Typed) -> Result<(), StoreError> {
        let Some(row) = self.store.case_by_channel(&typed.channel).await? else { return Ok(()) };
        let loaded = self.load(&row.case).await?;
        let rules = loaded.book.rules(&self.config.calendar);
        if !holds_back(&loaded.case, rules.procedure, typed.account) {
            return Ok(());
        }
        let person = self.store.enrolled(typed.account).await?;
        // A second delivery of the same message finds the first.
        let who = Who { interaction: Some(format!("typed:{}", typed.message)), person, crosses: false };
        let command = Command::HoldBack { message: typed.message, account: typed.account };
        self.execute(&row.case, &who, &command).await.map(drop)
    }
}
