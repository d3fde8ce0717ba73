//! From what a person did on a surface to what they are shown: finds the case, fills the form, carries out the
//! command, words the answer. The answer is private; the room hears through the outbox.

use std::collections::BTreeMap;

use minijinja::context;
use serde_json::Value;

use crate::domain::command::Command;
use crate::domain::event::Event;
use crate::domain::facts::Rules;
use crate::domain::floor::QuestionState;
use crate::domain::ids::{AccountId, CodeName};
use crate::domain::people::{AgencyKind, Person};
use crate::domain::refusal::Refusal;
use crate::domain::stage::Stage;
use crate::forms::{Answers, Doing, Form, Input, Kind, More, Named, Row, Step, View, choices_for, next_step};
use crate::room::Scene;
use crate::room::message::{Button, MESSAGE_CHARACTERS_MAX, Message, Row as Controls, Select, SelectOption, shortened};
use crate::room::press::Press;
use crate::wording::Wording;

use super::execute::{App, Loaded, Outcome, Who, seat_of};
use super::ports::{CaseRow, StoreError};

/// What a person did, read from a surface.
pub struct Asked {
    pub interaction: String,
    pub account: AccountId,
    /// The platform's id of the channel it was done in.
    pub channel: Option<String>,
    /// The case named by a button or an option.
    pub case: Option<CodeName>,
    pub row: &'static Row,
    pub answers: Answers,
    /// Words were typed already: no modal is opened again.
    pub typed: bool,
}

/// What the person is shown, privately.
#[derive(Debug)]
pub enum Shown {
    Message(Message),
    Modal {
        id: String,
        title: String,
        inputs: Vec<Input>,
    },
    /// Answered by another replica, or twice: say nothing.
    Nothing,
}

/// The longest title a modal may have.
const MODAL_TITLE_MAX: usize = 45;

impl App {
    /// Answers one thing a person did.
    ///
    /// # Errors
    /// Where the store can't be used; the person is told to try again, and nothing was recorded.
    pub async fn ask(&self, asked: Asked) -> Result<Shown, StoreError> {
        let person = self.store.enrolled(asked.account).await?;
        let found = if asked.row.key == "register" { None } else { self.find(&asked, person.as_ref()).await? };
        let named = self.named(&asked).await?;
        let book = found.as_ref().map_or(&self.today, |loaded| &loaded.book).clone();
        let rules = book.rules(&self.config.calendar);
        let scene = found.as_ref().map(|loaded| Scene { case: &loaded.case, rules, wording: &book.wording });
        let who = Who { interaction: Some(asked.interaction.clone()), person: person.clone() };
        let telling = Telling { asked: &asked, wording: &book.wording, scene: scene.as_ref() };
        let form = Form {
            row: asked.row,
            answers: &asked.answers,
            rules,
            now: self.now(),
            person: person.as_ref(),
            named: &named,
        };
        let step = match refusal_before_form(&asked, person.as_ref(), found.as_ref()) {
            Some(refusal) => Err(refusal),
            None => next_step(&form, scene.as_ref(), asked.typed),
        };
        match step {
            Err(refusal) => match self.refused(&who, found.as_ref(), refusal).await? {
                Some(refusal) => Ok(telling.refusal(&refusal)),
                None => Ok(Shown::Nothing),
            },
            Ok(Step::Choose { field, options }) => Ok(telling.list(&field, options)),
            Ok(Step::Fill { inputs }) => Ok(telling.modal(inputs)),
            Ok(Step::Do(Doing::View(view))) => self.view(view, &telling, person.as_ref()).await,
            Ok(Step::Do(Doing::Command(command))) => {
                let outcome = match &found {
                    None => self.register(&who, *command).await?,
                    Some(loaded) => self.execute(&loaded.id, &who, &command).await?,
                };
                Ok(match outcome {
                    Outcome::Duplicate => Shown::Nothing,
                    Outcome::Refused(refusal) => telling.refusal(&refusal),
                    Outcome::Done { loaded, from } => self.told(&asked, &loaded, from).await?,
                })
            }
        }
    }

    /// What autocomplete offers for a field, given what was typed so far.
    pub async fn suggest(&self, asked: &Asked, field: &str) -> Result<Vec<SelectOption>, StoreError> {
        let person = self.store.enrolled(asked.account).await?;
        let typed = asked.answers.get(field).map(|typed| typed.to_lowercase()).unwrap_or_default();
        let options = if field == "case" {
            self.own_cases(person.as_ref())
                .await?
                .into_iter()
                .map(|row| {
                    let name = row.code_name.to_string();
                    SelectOption { value: name.clone(), label: name }
                })
                .collect()
        } else {
            self.options(asked, field, person.as_ref()).await?
        };
        let fits = options.into_iter().filter(|option| option.label.to_lowercase().contains(&typed));
        Ok(fits.take(crate::forms::OPTIONS_MAX).collect())
    }

    async fn options(
        &self,
        asked: &Asked,
        field: &str,
        person: Option<&Person>,
    ) -> Result<Vec<SelectOption>, StoreError> {
        let Some(kind) = asked.row.fields.iter().find(|known| known.key == field).map(|known| known.kind) else {
            return Ok(Vec::new());
        };
        if let Kind::Agency = kind {
            let agencies = self.store.agencies().await?;
            return Ok(agencies
                .into_iter()
                .map(|agency| SelectOption { value: agency.name.clone(), label: agency.name })
                .collect());
        }
        let Some(loaded) = self.find(asked, person).await? else { return Ok(Vec::new()) };
        let rules = loaded.book.rules(&self.config.calendar);
        // Names are for those past the door; the convenor is.
        if seat_of(&loaded.case, asked.account.into()).is_none() {
            return Ok(Vec::new());
        }
        let scene = Scene { case: &loaded.case, rules, wording: &loaded.book.wording };
        Ok(choices_for(kind, &scene, person))
    }

    /// The case a person means: the one named, that of the channel, or the only open one of theirs.
    async fn find(&self, asked: &Asked, person: Option<&Person>) -> Result<Option<Loaded>, StoreError> {
        let row = match (&asked.case, &asked.channel) {
            (Some(name), _) => self.store.case_by_code_name(name).await?,
            (None, Some(channel)) => self.store.case_by_channel(channel).await?,
            (None, None) => None,
        };
        let row = match row {
            None if asked.case.is_none() => {
                let mut own = self.own_cases(person).await?;
                if own.len() == 1 { own.pop() } else { None }
            }
            row => row,
        };
        match row {
            Some(row) => self.load(&row.case).await.map(Some),
            None => Ok(None),
        }
    }

    /// Cases a person has a seat in that are not circulated yet.
    async fn own_cases(&self, person: Option<&Person>) -> Result<Vec<CaseRow>, StoreError> {
        let Some(account) = person.and_then(|person| person.account) else { return Ok(Vec::new()) };
        let mut own = Vec::new();
        for row in self.store.cases().await? {
            let loaded = self.load(&row.case).await?;
            let is_over = loaded.case.session().is_some_and(|session| session.stage == Stage::Circulated);
            if !is_over && seat_of(&loaded.case, Some(account)).is_some() {
                own.push(row);
            }
        }
        Ok(own)
    }

    /// Accounts, agencies and roles a form names, as the directory knows them.
    async fn named(&self, asked: &Asked) -> Result<Named, StoreError> {
        let mut named = Named::default();
        for field in asked.row.fields {
            let Some(value) = asked.answers.get(field.key) else { continue };
            match field.kind {
                Kind::User => {
                    let person = match value.parse() {
                        Ok(account) => self.store.enrolled(AccountId(account)).await?,
                        Err(_) => None,
                    };
                    named.people.extend(person.map(|person| (field.key.to_owned(), person)));
                }
                Kind::Agency => {
                    let agency = self.store.agencies().await?.into_iter().find(|agency| agency.name == *value);
                    named.agency = agency.map(|agency| (agency.name, agency.kind));
                }
                _ => {}
            }
        }
        let kind = asked.answers.get("kind").and_then(|kind| serde_json::from_value(Value::String(kind.clone())).ok());
        let kind: Option<AgencyKind> = named.agency.as_ref().map(|(_, kind)| *kind).or(kind);
        if let (Some(kind), Some(role)) = (kind, asked.answers.get("role")) {
            named.role_code = Some(self.config.directory.role_code(role, kind).to_owned());
        }
        Ok(named)
    }

    /// Records a refusal found before any command was made. `None` for a second delivery.
    async fn refused(
        &self,
        who: &Who,
        found: Option<&Loaded>,
        refusal: Refusal,
    ) -> Result<Option<Refusal>, StoreError> {
        self.record_refusal(found.map(|loaded| &loaded.id), who, &refusal).await.map(|first| first.then_some(refusal))
    }

    async fn view(&self, view: View, telling: &Telling<'_>, person: Option<&Person>) -> Result<Shown, StoreError> {
        let wording = telling.wording;
        let message = match (view, telling.scene) {
            (View::Help, _) => Message::text(telling.help(&self.today.procedure.links)),
            (View::Mine, _) => {
                let cases = self.own_cases(person).await?;
                let names: Vec<_> = cases.iter().map(|row| row.code_name.to_string()).collect();
                Message::text(wording.say("view.mine", context! { cases => names }))
            }
            (_, None) => return Ok(telling.refusal(&Refusal::NoCase)),
            (View::Door, Some(scene)) => match scene.case.session() {
                Some(session) => scene.door(session),
                None => return Ok(telling.refusal(&Refusal::NoSession)),
            },
            (View::Prompts, Some(scene)) => telling.prompts(scene),
            (View::Parked, Some(scene)) => telling.parked(scene, person),
        };
        Ok(Shown::Message(message))
    }

    /// The private answer to a command that was carried out.
    async fn told(&self, asked: &Asked, loaded: &Loaded, from: usize) -> Result<Shown, StoreError> {
        let rules: Rules<'_> = loaded.book.rules(&self.config.calendar);
        let scene = Scene { case: &loaded.case, rules, wording: &loaded.book.wording };
        let telling = Telling { asked, wording: &loaded.book.wording, scene: Some(&scene) };
        let event = loaded.journal[from..].iter().map(|record| &record.event).next();
        let message = match event {
            Some(Event::LookUpOpened { .. }) => scene.look_up_sheet(),
            Some(Event::MeetingConfirmed { seat }) => scene.introduction(*seat),
            Some(Event::QuestionRaised { question, state: QuestionState::Held | QuestionState::Parked, .. }) => {
                telling.kept(&scene, *question)
            }
            Some(Event::CopyOpened { .. }) => {
                let head = self.store.head(&loaded.id).await?;
                let compiled = crate::minutes::compile(&loaded.journal, &rules, &loaded.book.wording, &head);
                let copy = crate::minutes::markdown(&crate::minutes::common_copy(&compiled));
                let first = crate::room::message::parts(&copy, MESSAGE_CHARACTERS_MAX - 200);
                let of = first.len();
                let first = first.into_iter().next().unwrap_or_default();
                Message::text(scene.wording.say("reply.copy", context! { first => first, parts => of }))
            }
            _ => telling.receipt(&scene, event, loaded),
        };
        Ok(Shown::Message(message))
    }
}

/// Nobody unknown gets as far as a form, and only a command that opens a case needs none.
fn refusal_before_form(asked: &Asked, person: Option<&Person>, found: Option<&Loaded>) -> Option<Refusal> {
    let needs_no_case = matches!(asked.row.key, "register" | "help" | "mine");
    match (person, found) {
        (None, _) => Some(Refusal::NotEnrolled),
        (_, None) if !needs_no_case => Some(Refusal::NoCase),
        _ => None,
    }
}

/// Words an answer.
struct Telling<'a> {
    asked: &'a Asked,
    wording: &'a Wording,
    scene: Option<&'a Scene<'a>>,
}

impl Telling<'_> {
    fn press(&self, row: &str) -> Press {
        let none = CodeName("-".to_owned());
        let case = self.scene.map(Scene::code_name).or(self.asked.case.as_ref()).unwrap_or(&none);
        Press::new(row, case)
    }

    /// This form's button with what is known so far; words are never part of it.
    fn going_on(&self) -> Press {
        let chosen = self.asked.row.fields.iter().filter(|field| !field.kind.is_typed()).map(|field| field.key);
        let mut press = self.press(self.asked.row.key);
        let from_catalogue = self.asked.row.more != More::Nothing;
        for (key, value) in &self.asked.answers {
            let is_code = value.len() <= 24 && !value.contains([':', ';', '=', ' ']);
            if is_code && (chosen.clone().any(|chosen| chosen == key) || from_catalogue) {
                press = press.with(key, value);
            }
        }
        press
    }

    /// One choice from a list; its id carries what is known and which field is picked.
    fn list(&self, field: &str, options: Vec<SelectOption>) -> Shown {
        let id = self.going_on().with("pick", field).to_string();
        let label = self.scene.map_or_else(String::new, |scene| {
            scene.field(self.asked.answers.get("prompt").map(String::as_str).unwrap_or_default(), field)
        });
        let text = self.wording.say("form.choose", context! { row => self.title(), field => label });
        let options =
            options.into_iter().map(|option| SelectOption { label: shortened(&option.label, 100), ..option }).collect();
        let select = Select { id, placeholder: shortened(&label, 150), options };
        Shown::Message(Message { text, rows: vec![Controls::Select(select)], mentions: Vec::new() })
    }

    fn modal(&self, inputs: Vec<Input>) -> Shown {
        let inputs = inputs
            .into_iter()
            .map(|input| Input { label: shortened(&input.label, MODAL_TITLE_MAX), ..input })
            .collect();
        let title = match self.scene {
            Some(scene) => format!("{} · {}", self.title(), scene.code_name()),
            None => self.title(),
        };
        Shown::Modal { id: self.going_on().to_string(), title: shortened(&title, MODAL_TITLE_MAX), inputs }
    }

    /// What the form is called: the prompt's own title where it is one.
    fn title(&self) -> String {
        let prompt = self.asked.answers.get("prompt");
        let prompt = prompt.and_then(|key| self.scene?.rules.catalogue.prompt(key));
        prompt.map_or_else(
            || self.wording.say(&format!("command.{}", self.asked.row.key), ()),
            |prompt| prompt.title.clone(),
        )
    }

    /// Why not, who could, and what to do next; whatever was typed comes back with a way to try again.
    fn refusal(&self, refusal: &Refusal) -> Shown {
        let key = format!("refusal.{}", refusal.code());
        let mut values: BTreeMap<String, Value> =
            serde_json::to_value(refusal).ok().and_then(|value| serde_json::from_value(value).ok()).unwrap_or_default();
        if let (Some(Value::String(field)), Some(scene)) = (values.get("field").cloned(), self.scene) {
            let prompt = self.asked.answers.get("prompt").map(String::as_str).unwrap_or_default();
            values.insert("field".to_owned(), scene.field(prompt, &field).into());
        }
        if let Some(Value::String(why)) = values.get("why").cloned() {
            let read = values.get("given").cloned().unwrap_or_default();
            let offers = values.get("offers").cloned().unwrap_or_default();
            values.insert("why".to_owned(), self.wording.say(&why, context! { read => read, offers => offers }).into());
        }
        if let Some(Value::String(stage)) = values.get("needed").cloned() {
            values.insert("needed".to_owned(), self.wording.say(&format!("stage.{stage}"), ()).into());
        }
        let text = self.wording.say(&key, values);
        let typed = self.asked.row.fields.iter().filter(|field| field.kind.is_typed()).map(|field| field.key);
        let lost: Vec<_> =
            typed.filter_map(|key| self.asked.answers.get(key)).filter(|words| !words.is_empty()).collect();
        if lost.is_empty() {
            return Shown::Message(Message::text(shortened(&text, MESSAGE_CHARACTERS_MAX)));
        }
        let text = self.wording.say("form.words_back", context! { text => text, words => lost });
        let again = Button::labelled(&self.going_on(), self.wording.say("button.again", ()));
        Shown::Message(Message::text(shortened(&text, MESSAGE_CHARACTERS_MAX)).with_buttons(vec![again]))
    }

    /// What was recorded, under the case's code name (SES-15).
    fn receipt(&self, scene: &Scene<'_>, event: Option<&Event>, loaded: &Loaded) -> Message {
        let row = format!("reply.{}", self.asked.row.key);
        let key = if self.wording.has(&row) { row.as_str() } else { "reply.done" };
        let n = match event {
            Some(Event::Contributed { contribution } | Event::InformationSent { contribution }) => {
                Some(contribution.id.0)
            }
            Some(Event::QuestionRaised { question, .. }) => Some(question.0),
            Some(Event::Entered { entry: crate::domain::decision::Entry::Action(action), .. }) => Some(action.no.0),
            _ => None,
        };
        let is_draft = loaded.case.session().is_some_and(|session| {
            matches!(event, Some(Event::Entered { draft, .. }) if session.unconfirmed().any(|waiting| waiting.id == *draft))
        });
        let missing = match event {
            Some(Event::Entered { entry: crate::domain::decision::Entry::Action(action), .. }) => {
                crate::domain::open_items::missing_parts(action, &scene.rules)
            }
            _ => Vec::new(),
        };
        let missing: Vec<_> = missing.iter().map(|field| scene.label_of(field)).collect();
        let entry = match event {
            Some(Event::Entered { entry, .. }) => Some(scene.entry(entry)),
            _ => None,
        };
        let hold_by =
            crate::domain::deadlines::hold_by(&loaded.case, &scene.rules.procedure.deadlines, scene.rules.calendar);
        let text = self.wording.say(
            key,
            context! {
                code_name => scene.code_name().to_string(), row => self.title(), n => n, draft => is_draft,
                missing => missing, entry => entry,
                hold_by => hold_by.map(|due| scene.moment(due.due.at)),
            },
        );
        let message = Message::text(shortened(&text, MESSAGE_CHARACTERS_MAX));
        match event {
            Some(Event::SeatTaken { .. }) if self.asked.row.key == "accept" => {
                let buttons = ["look_up", "door", "inform"].map(|row| Button::new(&scene.press(row), self.wording));
                message.with_buttons(buttons.to_vec())
            }
            _ => message,
        }
    }

    /// A question kept with its author: whom it is for can be chosen, or it can be given up (TURN-09, TURN-12).
    fn kept(&self, scene: &Scene<'_>, question: crate::domain::ids::QuestionId) -> Message {
        let held = scene.case.session().and_then(|session| session.question(question));
        let key = match held.map(|question| question.state) {
            Some(QuestionState::Parked) => "reply.parked",
            _ => "reply.held",
        };
        let text = self.wording.say(key, context! { code_name => scene.code_name().to_string() });
        let buttons =
            ["put", "give_up"].map(|row| Button::new(&scene.press(row).with("question", question), self.wording));
        Message::text(text).with_buttons(buttons.to_vec())
    }

    /// One's own questions, each with its buttons; two rows a question, so the first two are shown.
    fn parked(&self, scene: &Scene<'_>, person: Option<&Person>) -> Message {
        let own = choices_for(Kind::OwnQuestion, scene, person);
        let texts: Vec<_> = own.iter().map(|question| question.label.clone()).collect();
        let text = self.wording.say("view.parked", context! { questions => texts });
        let buttons = own.iter().take(5).flat_map(|question| {
            ["put", "give_up"].map(|row| {
                let label = format!("{} {}", self.wording.say(&format!("button.{row}"), ()), question.value);
                Button::labelled(&scene.press(row).with("question", &question.value), label)
            })
        });
        Message::text(shortened(&text, MESSAGE_CHARACTERS_MAX)).with_buttons(buttons.collect())
    }

    /// The questions of this stage nobody has answered, with a button each.
    fn prompts(&self, scene: &Scene<'_>) -> Message {
        let Some(session) = scene.case.session() else {
            return Message::text(self.wording.say("view.prompts_none", ()));
        };
        let asked = crate::domain::open_items::prompts_at(session.stage, scene.case, &scene.rules);
        let chairs = asked.into_iter().filter(|(prompt, about)| {
            matches!(prompt.asked_of, crate::domain::prompt::AskedOf::Chair | crate::domain::prompt::AskedOf::Convenor)
                && (prompt.many || session.answer(&prompt.key, *about).is_none())
        });
        let buttons: Vec<_> = chairs
            .take(25)
            .map(|(prompt, about)| {
                let press = scene.press("prompt").with("prompt", &prompt.key);
                match about {
                    crate::domain::prompt::About::Session => Button::labelled(&press, prompt.title.clone()),
                    crate::domain::prompt::About::Child(child) => Button::labelled(
                        &press.with("about", format!("c{child}")),
                        format!("{}: {}", prompt.title, scene.child(child)),
                    ),
                }
            })
            .collect();
        let key = if buttons.is_empty() { "view.prompts_none" } else { "view.prompts" };
        Message::text(self.wording.say(key, ())).with_buttons(buttons)
    }

    fn help(&self, links: &[crate::domain::procedure::Link]) -> String {
        let rows = crate::forms::TABLE.iter().filter_map(|row| row.path.map(|path| (row, path)));
        let commands: Vec<_> = rows
            .map(|(row, (top, sub))| {
                let path = sub.map_or_else(|| format!("/{top}"), |sub| format!("/{top} {sub}"));
                (path, self.wording.say(&format!("command.{}", row.key), ()))
            })
            .collect();
        let links: Vec<_> = links.iter().map(|link| (&link.title, &link.url, &link.as_at)).collect();
        shortened(
            &self.wording.say("view.help", context! { commands => commands, links => links }),
            MESSAGE_CHARACTERS_MAX,
        )
    }
}
