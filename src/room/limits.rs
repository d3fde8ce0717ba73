//! Private messages around what is limited: that there is something to read, the reading itself, and the question
//! whether it may be read by more (SEC-05). Those that leave the room hold the code name alone.

use minijinja::context;

use crate::domain::decision::{ActionStatus, Entry};
use crate::domain::ids::SeatId;
use crate::domain::limits::{Item, Readers};
use crate::domain::people::Person;
use crate::domain::session::Session;

use super::Scene;
use super::message::{Button, ButtonStyle, Message, SelectOption, shortened};

impl Scene<'_> {
    /// To a reader: something is for them and not for everybody.
    pub fn limited_told(&self) -> Message {
        let read = Button::new(&self.press("read_limited"), self.wording).styled(ButtonStyle::Main);
        self.limits_say("limits.told", context! {}).with_buttons(vec![read])
    }

    /// To whoever it is from: the chair would like more people to read it.
    pub fn widening_question(&self, item: Item, readers: Option<&Readers>) -> Message {
        let press = |answer: &str| self.press("answer_widening").with("item", item.code()).with("agrees", answer);
        let button =
            |answer: &str| Button::labelled(&press(answer), self.wording.say(&format!("limits.widen_{answer}"), ()));
        self.limits_say("limits.widening", context! { item => item.code(), readers => self.readers(readers) })
            .with_buttons(vec![button("yes"), button("no")])
    }

    /// Everything limited that a seat may read.
    pub fn limited_sheet(&self, seat: SeatId) -> Message {
        let Some(session) = self.case.session() else { return self.limits_say("limits.none", context! {}) };
        let readable = session.limits.keys().filter(|item| session.may_read(self.case, **item, Some(seat)));
        let items: Vec<_> = readable.filter_map(|item| self.limited_item(session, *item)).collect();
        let text = self.wording.say("limits.sheet", context! { code_name => self.code_name().to_string(), items });
        let own = session.limits.keys().filter_map(|item| self.own_action(session, *item, seat));
        Message::text(text).with_buttons(own.collect())
    }

    /// What can be limited by somebody: for the chair everything said and entered, for others what is theirs.
    pub fn items_of(&self, person: Option<&Person>) -> Vec<SelectOption> {
        let Some(session) = self.case.session() else { return Vec::new() };
        let own = person.and_then(|person| person.account);
        let own = self.case.seats.iter().find(|seat| seat.person.account == own && own.is_some()).map(|seat| seat.id);
        let is_chair = own.is_some() && session.chair() == own;
        let said = session.contributions.iter().map(|(contribution, _)| contribution).chain(&session.submissions);
        let contributions = said.map(|contribution| Item::Contribution(contribution.id));
        let answers = session.questions.iter().filter(|question| question.answer.is_some());
        let answers = answers.map(|question| Item::Answer(question.id));
        let entries = session.standing().map(|draft| Item::Entry(draft.id));
        let mut items: Vec<Item> = contributions.chain(answers).chain(entries).collect();
        items.sort_unstable();
        items.dedup();
        items.retain(|item| is_chair || (own.is_some() && session.originator_of(*item) == own));
        // The newest first: a list offers the first few.
        let option = |item: Item| {
            let label = format!("{} · {}", item.code(), self.item_in_words(session, item).unwrap_or_default());
            SelectOption { value: item.code(), label: shortened(&label, 100) }
        };
        items.into_iter().rev().map(option).collect()
    }

    /// For whom something is, in words.
    pub fn readers(&self, readers: Option<&Readers>) -> String {
        let label = |code: &str| self.wording.say(&format!("choice.readers.{code}"), ());
        match readers {
            None => label("everybody"),
            Some(Readers::ChairAndPolice) => label("chair_police"),
            Some(Readers::Named(seats)) => {
                let names: Vec<_> = seats.iter().map(|seat| self.case.person(*seat).name.clone()).collect();
                self.wording.say("limits.named", context! { names })
            }
        }
    }

    fn limited_item(&self, session: &Session, item: Item) -> Option<String> {
        let limit = session.limits.get(&item)?;
        let words = self.item_in_words(session, item)?;
        let readers = self.readers(limit.readers.last());
        Some(self.wording.say("limits.item", context! { item => item.code(), words, readers }))
    }

    pub(super) fn item_in_words(&self, session: &Session, item: Item) -> Option<String> {
        match item {
            Item::Contribution(id) => {
                let said =
                    session.contributions.iter().map(|(contribution, _)| contribution).chain(&session.submissions);
                said.into_iter().find(|contribution| contribution.id == id).map(|said| self.contribution(said))
            }
            Item::Answer(id) => {
                let question = session.question(id)?;
                let (by, answer, _) = question.answer.as_ref()?;
                let values =
                    context! { question => question.text.words(), who => self.person(*by), answer => answer.words() };
                Some(self.wording.say("limits.answer", values))
            }
            Item::Question(id) => session.question(id).map(|question| question.text.words().to_owned()),
            Item::Entry(id) => session.standing().find(|draft| draft.id == id).map(|draft| self.entry(&draft.entry)),
        }
    }

    /// To accept a limited action of one's own, which is posted nowhere.
    fn own_action(&self, session: &Session, item: Item, seat: SeatId) -> Option<Button> {
        let Item::Entry(id) = item else { return None };
        let Entry::Action(action) = &session.standing().find(|draft| draft.id == id)?.entry else { return None };
        let is_pending = self.case.action(action.no).is_some_and(|action| action.status == ActionStatus::Pending);
        let press = self.press("accept_action").with("action", action.no);
        let label = format!("{} {}", self.wording.say("button.accept_action", ()), action.no);
        (action.owner == Some(seat) && is_pending).then(|| Button::labelled(&press, label))
    }

    fn limits_say(&self, key: &str, values: minijinja::Value) -> Message {
        let named = context! { code_name => self.code_name().to_string() };
        Message::text(self.wording.say(key, context! { ..named, ..values }))
    }
}
