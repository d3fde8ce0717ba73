//! Somebody of the company, acting: commands, buttons, forms, and what they see for it.

use convenor::app::ports::Receipt;
use convenor::rehearsal::cast::forms::{argument, fill, row};
use convenor::rehearsal::workspace::{
    Answer, CannotDo, Choice, Id, OptionValue, Person, Response, SeenChannel, SeenFile, SeenMessage,
};

use super::{Cast, House};

pub struct Member<'h> {
    house: &'h House,
    who: Cast,
    pub person: Person,
}

/// What somebody got for what they did.
pub struct Got {
    pub response: Response,
    /// What was recorded of it, if anything.
    pub receipt: Option<Receipt>,
    /// How many presses it took: the button or command, each list, and the form.
    pub presses: usize,
}

impl Got {
    pub fn text(&self) -> &str {
        self.response.text()
    }

    pub fn is_private(&self) -> bool {
        self.response.is_private()
    }

    /// The code of the receipt: the refusal's, the mark's, or the first fact's.
    pub fn code(&self) -> &str {
        self.receipt.as_ref().map_or("", |receipt| &receipt.code)
    }

    /// Those of this answer; the danger button, which every answer has, is left out.
    pub fn buttons(&self) -> Vec<String> {
        let buttons = self.response.message().map(|message| message.buttons()).unwrap_or_default().into_iter();
        buttons.map(|button| button.label).filter(|label| label != "Immediate danger").collect()
    }

    /// The one file that came with it.
    pub fn file(&self) -> SeenFile {
        let message = self.response.message().expect("a message comes with it");
        let [file] = message.files.as_slice() else { panic!("{} files: {}", message.files.len(), message.text) };
        file.clone()
    }

    /// A button of that row is under the answer.
    pub fn offers(&self, row: &str) -> bool {
        self.response.message().is_some_and(|message| button(message, row, &[]).is_some())
    }
}

impl<'h> Member<'h> {
    pub fn new(house: &'h House, who: Cast, person: Person) -> Self {
        Self { house, who, person }
    }

    pub fn channels(&self) -> Vec<SeenChannel> {
        self.person.visible_channels()
    }

    /// Whether they see the case's channel.
    pub async fn sees_the_room(&self) -> bool {
        let room = self.house.room().await;
        self.channels().iter().any(|channel| Some(channel.id) == room)
    }

    /// The room once they see it, their duty channel until then; the lobby for whoever sees neither.
    pub async fn place(&self) -> Id {
        if self.sees_the_room().await {
            return self.house.room().await.expect("they see it");
        }
        let duty = self.house.duty_channel(self.who);
        if self.channels().iter().any(|channel| channel.id == duty) { duty } else { self.house.lobby }
    }

    /// Every message they see anywhere, oldest first.
    pub fn reads(&self) -> Vec<SeenMessage> {
        let channels = self.channels();
        let seen = channels.iter().flat_map(|channel| self.person.messages(channel.id));
        let mut messages: Vec<_> = seen.chain(self.person.direct_messages()).collect();
        messages.sort_by_key(|message| message.id);
        messages
    }

    /// Runs a command; what is no option of it answers the form that follows.
    pub async fn slash(&self, path: &[&str], given: &[(&str, &str)]) -> Got {
        self.tries(path, given).await.expect("the platform lets them")
    }

    pub async fn tries(&self, path: &[&str], given: &[(&str, &str)]) -> Result<Got, CannotDo> {
        let first = self.sends(path, given).await?;
        self.goes_on(first, given).await
    }

    /// Sends a command and takes the first answer, without waiting for what follows.
    pub async fn sends(&self, path: &[&str], given: &[(&str, &str)]) -> Result<Response, CannotDo> {
        let offered = options(&self.house.workspace.commands(), path);
        let taken = given.iter().filter_map(|(key, text)| {
            let kind = offered.iter().find(|(name, _)| name == key)?.1;
            Some(((*key).to_owned(), option(kind, text)?))
        });
        self.person.command(self.place().await, path, taken.collect()).await
    }

    /// Presses the newest button they see of a row, and goes through what it asks.
    pub async fn presses(&self, wanted: &str, given: &[(&str, &str)]) -> Got {
        let seen = self.reads();
        let found = seen.iter().rev().find_map(|message| button(message, wanted, given));
        let (message, id) = found.unwrap_or_else(|| panic!("{:?} sees a button {wanted}", self.who));
        self.presses_this(message, &id, given).await
    }

    /// Presses a button of a private answer.
    pub async fn presses_in(&self, shown: &Got, wanted: &str, given: &[(&str, &str)]) -> Got {
        let found = shown.response.message().and_then(|message| button(message, wanted, given));
        let (message, id) = found.unwrap_or_else(|| panic!("{:?} was shown a button {wanted}", self.who));
        self.presses_this(message, &id, given).await
    }

    pub async fn presses_this(&self, message: Id, id: &str, given: &[(&str, &str)]) -> Got {
        let first = self.person.press(message, id).await.expect("the button can be pressed");
        self.goes_on(first, given).await.expect("the form can be filled")
    }

    async fn goes_on(&self, first: Response, given: &[(&str, &str)]) -> Result<Got, CannotDo> {
        let given: Vec<_> = given.iter().map(|(key, text)| ((*key).to_owned(), (*text).to_owned())).collect();
        let began = first.interaction_id;
        let filled = fill(&self.person, first, &given).await?;
        self.house.settle().await;
        let answers: Vec<_> =
            self.reads().into_iter().filter(|message| message.ephemeral && message.id > began).collect();
        self.house.keeps_in_reach_of_danger(self.person.id(), &answers).await;
        let mut receipt = None;
        for interaction in &filled.interactions {
            let found = self.house.store.receipt(&interaction.to_string()).await.expect("the store can be read");
            receipt = found.or(receipt);
        }
        Ok(Got { response: filled.last, receipt, presses: filled.interactions.len() })
    }

    /// What is offered while they type into an option.
    pub async fn is_offered(&self, path: &[&str], field: &str, typed: &str) -> Vec<Choice> {
        let given = vec![(field.to_owned(), OptionValue::Text(typed.to_owned()))];
        let response = self.person.autocomplete(self.place().await, path, given, field).await;
        match response.expect("it can be typed into").answer {
            Answer::Choices(choices) => choices,
            other => panic!("choices are offered, not {other:?}"),
        }
    }

    /// The value of the one choice whose label holds these words.
    pub async fn picks(&self, path: &[&str], field: &str, words: &str) -> String {
        let offered = self.is_offered(path, field, words).await;
        let value = offered.first().and_then(|choice| choice.value.as_str());
        value.unwrap_or_else(|| panic!("{words} is offered for {field}")).to_owned()
    }

    pub async fn registers(&self) -> Got {
        self.registers_with(&[("received", &self.house.moment(-90))]).await
    }

    /// These take the place of what is otherwise given; an empty one is left out.
    pub async fn registers_with(&self, more: &[(&str, &str)]) -> Got {
        let usual = [
            ("reference", "LCS-2026-0417"),
            ("trigger_point", "at_referral"),
            ("trigger_type", "incident"),
            ("threshold", "suffering"),
            ("urgency", "serious_risk"),
            ("route", "Telephone, from the ward"),
            ("referrer_name", "Sister Hale"),
            ("referrer_role", "Ward sister"),
            ("referrer_agency", "Larkshire General Hospital"),
            ("grounds", "A spiral fracture seen on the ward, without an explanation that fits"),
        ];
        self.slash(&["strategy", "register"], &in_place_of(&usual, more)).await
    }

    pub async fn lists_the_child(&self) -> Got {
        self.lists_the_child_with(&[]).await
    }

    /// These take the place of what is otherwise given; an empty one is left out.
    pub async fn lists_the_child_with(&self, more: &[(&str, &str)]) -> Got {
        let usual = [
            ("name", "Ellis Quillfeather"),
            ("born", "12 March 2019"),
            ("subject", "true"),
            ("stage", "school_age"),
            ("relationship", "subject"),
            ("address", "14 Pockmarrow Lane"),
            ("parental_responsibility", "Mother, Marlow Quillfeather"),
            ("legal_status", "none"),
            ("location", "With her grandmother, 3 Sluice Row"),
        ];
        self.slash(&["strategy", "child"], &in_place_of(&usual, more)).await
    }

    pub async fn convenes(&self) -> Got {
        self.convenes_on(&self.house.moment(60), Cast::TeamManager).await
    }

    /// A meeting at this time, chaired by somebody.
    pub async fn convenes_on(&self, starts: &str, chair: Cast) -> Got {
        let chair = self.house.account(chair).to_string();
        let given = [("form", "meeting"), ("starts", starts), ("chair", chair.as_str())];
        self.slash(&["strategy", "convene"], &given).await
    }

    pub async fn invites(&self, who: Cast) -> Got {
        let card = who.card();
        self.slash(&["strategy", "invite"], &[("agency", card.agency), ("role", card.role)]).await
    }

    /// Vouches for a guest, and enters that they take part by telephone.
    pub async fn vouches_by_telephone(&self, name: &str, role: &str, agency: &str, kind: &str) -> Got {
        let voucher = self.picks(&["strategy", "guest"], "voucher", self.who.name()).await;
        let guest = [("name", name), ("role", role), ("agency", agency), ("kind", kind), ("voucher", voucher.as_str())];
        self.slash(&["strategy", "guest"], &guest).await;
        let seat = self.picks(&["chair", "attends"], "who", name).await;
        self.slash(&["chair", "attends"], &[("who", &seat), ("means", "telephone")]).await
    }

    pub async fn accepts(&self) -> Got {
        self.presses("accept", &[]).await
    }

    pub async fn comes_to_the_door(&self) -> Got {
        self.presses("door", &[]).await
    }

    /// Confirms the meeting and goes in, with authority to decide.
    pub async fn passes_the_door(&self) -> Got {
        let door = self.comes_to_the_door().await;
        let confirmed = self.presses_in(&door, "confirm", &[]).await;
        self.presses_in(&confirmed, "introduce", &[("authorised", "yes"), ("basis", "")]).await
    }

    pub async fn opens(&self) -> Got {
        self.presses("open", &[]).await
    }

    /// The chair goes on to the next stage, whoever has not been heard in the round.
    pub async fn goes_on_regardless(&self) -> Got {
        let told = self.slash(&["chair", "next"], &[]).await;
        let closes = ["close_round", "close_over_speaker"];
        let is_asked = told.code() == "not_heard";
        match closes.into_iter().find(|row| is_asked && told.offers(row)) {
            Some(row) => self.presses_in(&told, row, &[("reason", "time")]).await,
            None => told,
        }
    }

    /// Closes over whatever is open; what the room is told stays open.
    pub async fn closes(&self) -> String {
        self.slash(&["chair", "close"], &[("reason", "not reached, next session")]).await;
        let closed = self.house.room_posts().await.into_iter().find(|post| post.contains("stay open"));
        closed.unwrap_or_default()
    }

    pub async fn shares(&self, words: &str) -> Got {
        self.slash(&["share"], &[("current", words)]).await
    }

    pub async fn finishes(&self) -> Got {
        self.presses("finish", &[]).await
    }

    pub async fn asks(&self, question: &str, to: Option<Cast>) -> Got {
        let Some(to) = to else { return self.slash(&["ask"], &[("question", question)]).await };
        let to = self.picks(&["ask"], "to", to.name()).await;
        self.slash(&["ask"], &[("question", question), ("to", &to)]).await
    }
}

/// What is usual with these in its place; an empty one is left out.
fn in_place_of<'a>(usual: &[(&'a str, &'a str)], more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let kept = usual.iter().filter(|(key, _)| !more.iter().any(|(other, _)| key == other));
    kept.chain(more.iter().filter(|(_, text)| !text.is_empty())).copied().collect()
}

/// A button of a message for a row; arguments that are given must be the same.
fn button(message: &SeenMessage, wanted: &str, given: &[(&str, &str)]) -> Option<(Id, String)> {
    let buttons = message.buttons().into_iter().filter(|button| !button.disabled);
    let of_row: Vec<_> = buttons.filter_map(|button| button.custom_id).filter(|id| row(id) == Some(wanted)).collect();
    let says = |id: &&String| given.iter().all(|(key, value)| argument(id, key).is_some_and(|known| known == *value));
    let fits = |id: &&String| given.iter().all(|(key, value)| argument(id, key).is_none_or(|known| known == *value));
    let found = of_row.iter().find(says).or_else(|| of_row.iter().find(fits))?;
    Some((message.id, found.clone()))
}

/// The options of a registered command, with the number of their type.
fn options(commands: &[serde_json::Value], path: &[&str]) -> Vec<(String, u64)> {
    let mut list = commands;
    for step in path {
        let found = list.iter().find(|part| part["name"] == **step).expect("there is such a command");
        list = found["options"].as_array().map_or(&[], Vec::as_slice);
    }
    list.iter().filter_map(|part| Some((part["name"].as_str()?.to_owned(), part["type"].as_u64()?))).collect()
}

/// A text as the option's type takes it.
fn option(kind: u64, text: &str) -> Option<OptionValue> {
    match kind {
        3 => Some(OptionValue::Text(text.to_owned())),
        4 => text.parse().ok().map(OptionValue::Integer),
        5 => Some(OptionValue::Boolean(text == "true")),
        6 => text.parse().ok().map(OptionValue::User),
        _ => None,
    }
}
