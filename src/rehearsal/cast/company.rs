//! The company: everybody of a case, acting one after another, and what each of them got.
//!
//! What a person reads off labels (the number of a question, the code of a seat) is looked up in the folded journal
//! here; whatever they *do* goes through the workspace and nowhere else.

use std::time::Duration;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use serde_json::Value;

use super::answers::Answer;
use super::case_parts::CaseFile;
use super::forms::{Filled, Given, argument, fill, row};
use super::setting::Setting;
use crate::app::ports::{Receipt, ReceiptResult, Store, StoreError};
use crate::bot::Bot;
use crate::config::Config;
use crate::domain::calendar::iso_with_offset;
use crate::domain::case::Case;
use crate::domain::facts::Rules;
use crate::domain::procedure::Procedure;
use crate::domain::prompt::Catalogue;
use crate::domain::stage::Stage;
use crate::rehearsal::workspace::{CannotDo, Id, OptionValue, Person, Response, SeenMessage, Workspace};

/// What somebody did, and what came of it.
#[derive(Debug, Clone)]
pub struct Step {
    pub who: String,
    /// The row of the command table.
    pub does: &'static str,
    /// What of the case it was about, in a few words.
    pub what: String,
    pub at: DateTime<Utc>,
    pub stage: Stage,
    pub result: ReceiptResult,
    pub code: String,
    /// What convenor answered.
    pub text: String,
    /// The person could not even try.
    pub impossible: bool,
}

/// What the company acts on, between two deeds.
#[async_trait]
pub trait Resting: Sync {
    /// Waits until convenor has nothing more to do.
    async fn idle(&self) -> anyhow::Result<()>;
}

#[async_trait]
impl Resting for Bot {
    async fn idle(&self) -> anyhow::Result<()> {
        Self::idle(self).await
    }
}

/// How often somebody tries who gets no answer.
const TRIES_MAX: usize = 8;

/// Everybody, with what they know and what they have done.
pub struct Company<'a> {
    pub case: &'a CaseFile,
    pub answers: &'a [Answer],
    pub config: &'a Config,
    pub procedure: &'a Procedure,
    pub catalogue: &'a Catalogue,
    pub workspace: &'a Workspace,
    pub store: &'a dyn Store,
    pub bot: &'a dyn Resting,
    pub setting: &'a Setting,
    /// The case as its journal stands.
    pub known: Option<Case>,
    pub now: DateTime<Utc>,
    pub stage: Stage,
    pub steps: Vec<Step>,
    pub acknowledged: Vec<Duration>,
    /// What convenor gave no answer to, each in a sentence.
    pub unanswered: Vec<String>,
    /// What a person could not do as the case has it, each in a sentence.
    pub fell_short: Vec<String>,
}

/// What a person got for something they did.
pub struct Deed {
    pub result: ReceiptResult,
    pub response: Option<Response>,
}

impl Deed {
    /// The person was told what came of it.
    pub fn is_answered(&self) -> bool {
        self.response.as_ref().is_some_and(|response| !response.is_left_hanging())
    }

    /// It stands in the record, marked or not.
    pub fn is_done(&self) -> bool {
        self.response.is_some() && self.result != ReceiptResult::Refused
    }

    /// A button of that row is under the answer.
    pub fn offers(&self, row: &str) -> bool {
        let message = self.response.as_ref().and_then(Response::message);
        message.is_some_and(|message| button(message, row, &[]).is_some())
    }
}

impl Company<'_> {
    /// Reads what was added to the case's journal since.
    pub async fn look(&mut self) -> Result<(), StoreError> {
        let cases = self.store.cases().await?;
        let Some(row) = cases.last() else { return Ok(()) };
        match &mut self.known {
            None => self.known = Case::fold(&self.store.journal(&row.case, 0).await?),
            Some(case) => {
                let added = self.store.journal(&row.case, case.entries).await?;
                added.iter().for_each(|record| case.apply(record));
            }
        }
        Ok(())
    }

    /// Runs a slash command; whatever is no option of it answers the form that follows.
    pub async fn slash(
        &mut self,
        who: &str,
        does: &'static str,
        path: &[&str],
        given: Vec<(&str, Given)>,
        what: &str,
    ) -> Deed {
        let (Some(person), Some(channel)) = (self.person(who), self.place_of(who)) else {
            return self.impossible(who, does, what, "has no account");
        };
        let answers = self.written(given.iter().map(|(key, given)| (*key, given)));
        let offered = options(&self.workspace.commands(), path);
        let taken = answers.iter().filter_map(|(key, text)| {
            let kind = offered.iter().find(|(name, _)| name == key)?.1;
            Some((key.clone(), option(kind, text)?))
        });
        let taken: Vec<(String, OptionValue)> = taken.collect();
        let first = async || person.command(channel, path, taken.clone()).await;
        self.go_on(&person, who, does, what, first, &answers).await
    }

    /// Presses a button this person sees, the newest of its kind, and goes through what it asks.
    pub async fn press(
        &mut self,
        who: &str,
        does: &'static str,
        known: &[(&str, String)],
        given: Vec<(&str, Given)>,
        what: &str,
    ) -> Deed {
        let Some(person) = self.person(who) else { return self.impossible(who, does, what, "has no account") };
        let seen = self.places(who).into_iter().flat_map(|channel| person.messages(channel));
        let mut messages: Vec<_> = seen.chain(person.direct_messages()).collect();
        messages.sort_by_key(|message| message.id);
        match messages.iter().rev().find_map(|message| button(message, does, known)) {
            Some((message, id)) => self.press_this(who, does, message, &id, given, what).await,
            None => self.impossible(who, does, what, "sees no button for it"),
        }
    }

    /// Presses a button of the private answer just got.
    pub async fn press_in(
        &mut self,
        who: &str,
        does: &'static str,
        shown: &Deed,
        known: &[(&str, String)],
        given: Vec<(&str, Given)>,
        what: &str,
    ) -> Deed {
        let message = shown.response.as_ref().and_then(Response::message);
        match message.and_then(|message| button(message, does, known)) {
            Some((message, id)) => self.press_this(who, does, message, &id, given, what).await,
            None => self.press(who, does, known, given, what).await,
        }
    }

    async fn press_this(
        &mut self,
        who: &str,
        does: &'static str,
        message: Id,
        custom_id: &str,
        given: Vec<(&str, Given)>,
        what: &str,
    ) -> Deed {
        let Some(person) = self.person(who) else { return self.impossible(who, does, what, "has no account") };
        let answers = self.written(given.iter().map(|(key, given)| (*key, given)));
        let first = async || person.press(message, custom_id).await;
        self.go_on(&person, who, does, what, first, &answers).await
    }

    async fn go_on(
        &mut self,
        person: &Person,
        who: &str,
        does: &'static str,
        what: &str,
        first: impl AsyncFn() -> Result<Response, CannotDo>,
        answers: &[(String, String)],
    ) -> Deed {
        let mut tries = 0;
        loop {
            let filled = match first().await {
                Ok(first) => fill(person, first, answers).await,
                Err(cannot) => Err(cannot),
            };
            let filled = match filled {
                Ok(filled) => filled,
                Err(cannot) => return self.impossible(who, does, what, &cannot.to_string()),
            };
            // People act one after another: the room has heard of the last deed before the next, at every play alike.
            if let Err(error) = self.bot.idle().await {
                self.fell_short.push(format!("convenor did not come to rest: {error}"));
            }
            let receipt = self.receipt(&filled.interactions).await;
            tries += 1;
            if filled.last.is_left_hanging() {
                self.unanswered.push(format!("{who}, {does} \"{what}\": convenor gave no answer"));
                // Whoever sees nothing come of it does it again.
                if receipt.is_none() && tries < TRIES_MAX {
                    continue;
                }
            }
            return self.note(who, does, what, filled, receipt);
        }
    }

    fn note(&mut self, who: &str, does: &'static str, what: &str, filled: Filled, receipt: Option<Receipt>) -> Deed {
        self.acknowledged.extend(&filled.acknowledged);
        if let Some(field) = &filled.unanswered {
            self.fell_short
                .push(format!("{who}, {does} \"{what}\": asked for \"{field}\", which the case doesn't give"));
        }
        let (result, code) =
            receipt.map_or((ReceiptResult::Accepted, String::new()), |found| (found.result, found.code));
        let text = filled.last.text().to_owned();
        self.step(who, does, what, result, code, text, false);
        Deed { result, response: Some(filled.last) }
    }

    /// The last interaction of an act that left a receipt says what came of it.
    async fn receipt(&mut self, interactions: &[Id]) -> Option<Receipt> {
        for interaction in interactions.iter().rev() {
            match self.store.receipt(&interaction.to_string()).await {
                Ok(Some(receipt)) => return Some(receipt),
                Ok(None) => {}
                Err(error) => self.fell_short.push(format!("a receipt could not be read: {error}")),
            }
        }
        None
    }

    /// Something the platform or the screen doesn't let this person do.
    pub fn impossible(&mut self, who: &str, does: &'static str, what: &str, why: &str) -> Deed {
        self.step(who, does, what, ReceiptResult::Refused, "cannot".to_owned(), why.to_owned(), true);
        Deed { result: ReceiptResult::Refused, response: None }
    }

    #[expect(clippy::too_many_arguments, reason = "the fields of a step, in one place")]
    fn step(
        &mut self,
        who: &str,
        does: &'static str,
        what: &str,
        result: ReceiptResult,
        code: String,
        text: String,
        impossible: bool,
    ) {
        let (who, what) = (who.to_owned(), what.to_owned());
        self.steps.push(Step { who, does, what, at: self.now, stage: self.stage, result, code, text, impossible });
    }

    /// What is given, as it is written or chosen.
    fn written<'g>(&self, given: impl Iterator<Item = (&'g str, &'g Given)>) -> Vec<(String, String)> {
        let text = |given: &Given| match given {
            Given::Text(text) => Some(text.clone()).filter(|text| !text.is_empty()),
            Given::Yes(yes) => Some(yes.to_string()),
            Given::Seat(key) => self.whose(key),
            Given::Account(key) => self.setting.accounts.get(key).map(ToString::to_string),
            Given::Instant(at) => Some(iso_with_offset(*at)),
        };
        given.filter_map(|(key, given)| Some((key.to_owned(), text(given)?))).collect()
    }

    fn person(&self, who: &str) -> Option<Person> {
        self.setting.accounts.get(who).map(|account| self.workspace.person(*account))
    }

    /// Where a person runs commands: the case's channel once they see it, their agency's duty channel until then.
    fn place_of(&self, who: &str) -> Option<Id> {
        self.places(who).into_iter().next()
    }

    fn places(&self, who: &str) -> Vec<Id> {
        let Some(person) = self.person(who) else { return Vec::new() };
        let duty = self.setting.person(who).and_then(|person| self.setting.duty.get(&person.agency)).copied();
        let code_name = self.known.as_ref().map(|case| case.code_name.0.clone());
        let seen = person.visible_channels();
        let room = seen.iter().find(|channel| Some(&channel.name) == code_name.as_ref()).map(|channel| channel.id);
        let others =
            seen.iter().map(|channel| channel.id).filter(|id| room.is_none() && duty.is_none() && Some(*id) != duty);
        room.into_iter().chain(duty).chain(others).collect()
    }

    /// The code of a person's seat, or of the invitation nobody took up for them.
    pub fn whose(&self, key: &str) -> Option<String> {
        self.seat(key).map(|seat| format!("s{seat}")).or_else(|| self.invitation(key).map(|id| format!("i{id}")))
    }

    pub fn seat(&self, key: &str) -> Option<crate::domain::ids::SeatId> {
        let invitee = self.case.invitee(key);
        let account = self.setting.accounts.get(key).map(|id| id.0);
        let seats = self.known.as_ref()?.seats.iter();
        let mut theirs = seats.filter(|seat| match (account, seat.person.account) {
            (Some(own), Some(theirs)) => own == theirs.0,
            (None, None) => invitee.is_some_and(|invitee| invitee.name == seat.person.name),
            _ => false,
        });
        theirs.next().map(|seat| seat.id)
    }

    /// The invitation meant for a person: by name, or that of their agency and role which nobody has taken.
    pub fn invitation(&self, key: &str) -> Option<crate::domain::ids::InvitationId> {
        use crate::domain::attendance::Invitee;
        let person = self.setting.person(key)?;
        let is_meant = |to: &Invitee| match to {
            Invitee::Agency { agency, role, .. } => *agency == person.agency && *role == person.role,
            Invitee::Person(named) => named.account == person.account,
        };
        let session = self.known.as_ref()?.session()?;
        let mut meant = session.invitations.iter().filter(|state| is_meant(&state.invitation.to));
        meant.find(|state| state.seat.is_none()).map(|state| state.invitation.id)
    }

    /// The rules the case is played under.
    pub fn rules(&self) -> Rules<'_> {
        Rules { procedure: self.procedure, catalogue: self.catalogue, calendar: &self.config.calendar }
    }
}

/// A button of a message for a row, whose arguments include the known ones.
fn button(message: &SeenMessage, wanted: &str, known: &[(&str, String)]) -> Option<(Id, String)> {
    let buttons = message.buttons().into_iter().filter(|button| !button.disabled);
    let mut fitting = buttons.filter_map(|button| button.custom_id).filter(|id| row(id) == Some(wanted));
    let fits = |id: &String| known.iter().all(|(key, value)| argument(id, key) == Some(value.as_str()));
    fitting.find(fits).map(|id| (message.id, id))
}

/// The options of a registered command, with the number of their type.
fn options(commands: &[Value], path: &[&str]) -> Vec<(String, u64)> {
    let named = |list: &[Value], name: &str| list.iter().find(|part| part["name"] == name).cloned();
    let Some((first, rest)) = path.split_first() else { return Vec::new() };
    let mut leaf = named(commands, first);
    for step in rest {
        leaf = leaf.and_then(|part| named(part["options"].as_array().map_or(&[][..], Vec::as_slice), step));
    }
    let list = leaf.map(|leaf| leaf["options"].as_array().cloned().unwrap_or_default()).unwrap_or_default();
    list.iter().filter_map(|part| Some((part["name"].as_str()?.to_owned(), part["type"].as_u64()?))).collect()
}

/// A text as the option's type takes it.
fn option(kind: u64, text: &str) -> Option<OptionValue> {
    match kind {
        3 => Some(OptionValue::Text(text.to_owned())),
        4 => text.parse().ok().map(OptionValue::Integer),
        5 => Some(OptionValue::Boolean(matches!(text, "true" | "yes"))),
        6 => text.parse().ok().map(OptionValue::User),
        10 => text.parse().ok().map(OptionValue::Number),
        _ => None,
    }
}
