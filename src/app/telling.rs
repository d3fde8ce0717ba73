//! The words of a private answer: lists, modals, refusals, receipts and views.

mod decided;

use std::collections::BTreeMap;

use minijinja::context;
use serde_json::Value;

use crate::domain::agenda::skipped;
use crate::domain::attendance::Means;
use crate::domain::challenge::ChallengeKind;
use crate::domain::decision::{ActionEntered, Entry};
use crate::domain::event::{Event, Record};
use crate::domain::floor::{Nature, QuestionState};
use crate::domain::ids::{CodeName, QuestionId};
use crate::domain::open_items::{
    carried_over, left_open, missing_parts, prompts_at, recommended_parts, still_asked, waits,
};
use crate::domain::people::Person;
use crate::domain::procedure::Procedure;
use crate::domain::prompt::{Condition, Prompt};
use crate::domain::refusal::Refusal;
use crate::domain::session::Session;
use crate::domain::smart::unmet;
use crate::domain::stage::Stage;
use crate::forms::{Input, Kind, More, OPTIONS_MAX, choices_for, short, short_answer};
use crate::room::Scene;
use crate::room::message::{Button, MESSAGE_CHARACTERS_MAX, Message, Row as Controls, Select, SelectOption, shortened};
use crate::room::press::{CHANGES, PICK, Press, TURN};
use crate::wording::Wording;

use super::asking::{Asked, Shown};
use super::execute::seat_of;

/// The longest title or label a modal may have.
const MODAL_TITLE_MAX: usize = 45;
/// The rule that a contribution is marked fact, reported or opinion (INFO-27).
const NATURE: &str = "INFO-27";
/// The rule that actions are SMART (ACT-04).
const SMART: &str = "ACT-04";
/// The parts an action lacks that its unmet letters name.
const SMART_PARTS: [&str; 3] = ["specific", "measure", "relevant"];
/// The longest code kept in a button's id, which holds 100 characters in all.
const CODE_MAX: usize = 32;

/// What an entry leaves out, in words: what stays open, what may be left, and how an action is not SMART yet.
#[derive(Default)]
struct Lacking {
    missing: Vec<String>,
    recommended: Vec<String>,
    unmet: Vec<String>,
}

/// Words an answer.
pub(super) struct Telling<'a> {
    pub asked: &'a Asked,
    pub wording: &'a Wording,
    pub scene: Option<&'a Scene<'a>>,
}

/// The names of those who accepted and are not in yet.
fn waiting(scene: &Scene<'_>) -> Vec<String> {
    let outside = scene.case.session().into_iter().flat_map(|session| session.outside());
    outside.map(|seat| scene.case.person(seat).name.clone()).collect()
}

/// Until when the session is adjourned.
fn until(scene: &Scene<'_>) -> Option<String> {
    let adjourned = scene.case.session()?.adjourned()?;
    adjourned.interim.resumes_at.map(|at| scene.moment(at))
}

/// What was asked at the adjournment under way and not said.
fn open_until_resumed(scene: &Scene<'_>) -> Vec<String> {
    let is_adjourned = scene.case.session().is_some_and(|session| session.adjourned().is_some());
    if is_adjourned { scene.missing_of_adjournment() } else { Vec::new() }
}

/// The names of those a reminder went to.
fn reminded(scene: &Scene<'_>, brought: &[Record]) -> Vec<String> {
    let seats = brought.iter().find_map(|record| match &record.event {
        Event::Reminded { seats } => Some(seats.as_slice()),
        _ => None,
    });
    seats.unwrap_or_default().iter().map(|seat| scene.case.person(*seat).name.clone()).collect()
}

impl Telling<'_> {
    pub(super) fn press(&self, row: &str) -> Press {
        let none = CodeName("-".to_owned());
        let case = self.scene.map(Scene::code_name).or(self.asked.case.as_ref()).unwrap_or(&none);
        Press::new(row, case)
    }

    /// This form's button with what is known so far; words are never part of it.
    fn going_on(&self) -> Press {
        let chosen = self.asked.row.fields.iter().filter(|field| !field.kind.is_typed()).map(|field| field.key);
        let mut press = self.press(self.asked.row.key);
        let from_catalogue = matches!(self.asked.row.more, More::Speaker | More::OfPrompt);
        for (key, value) in &self.asked.answers {
            let is_kept = key == TURN || key == CHANGES;
            let is_chosen = is_kept || chosen.clone().any(|chosen| chosen == key) || from_catalogue;
            let (key, value) = match (self.prompt(), self.scene) {
                (Some(prompt), Some(scene)) if prompt.field(key).is_some() => {
                    short_answer(prompt, scene.rules.procedure, key, value)
                }
                _ => short(self.asked.row, key, value),
            };
            let is_code = value.len() <= CODE_MAX && !value.contains([':', ';', '=', ' ']);
            if is_code && is_chosen {
                press = press.with(&key, value);
            }
        }
        press
    }

    /// The question of the catalogue this form answers.
    fn prompt(&self) -> Option<&Prompt> {
        self.scene?.rules.catalogue.prompt(self.asked.answers.get("prompt")?)
    }

    /// A choice from a list; its id carries what is known and which field is picked. More options than a list holds go
    /// into further lists under it.
    pub(super) fn list(&self, field: &str, options: Vec<SelectOption>, several: bool) -> Shown {
        let prompt = self.asked.answers.get("prompt").map(String::as_str).unwrap_or_default();
        let label = match self.scene {
            Some(scene) => scene.field(prompt, field),
            None => self.wording.say(&format!("field.{field}"), ()),
        };
        // Some lists have more to say before anything is chosen (SAFE-03).
        let own = format!("form.choose_{}", self.asked.row.key);
        let key = if self.wording.has(&own) { own.as_str() } else { "form.choose" };
        let prompt = self.prompt();
        let (question, note) =
            (prompt.map(|prompt| &prompt.question), prompt.and_then(|prompt| prompt.note.as_deref()));
        let values = context! { row => self.title(), field => &label, question => question, note => note };
        let text = self.wording.say(key, values);
        let label_of = |option: &SelectOption| shortened(&self.wording.masked(option.label.clone()), 100);
        let options: Vec<_> =
            options.into_iter().map(|option| SelectOption { label: label_of(&option), ..option }).collect();
        let lists = options.chunks(OPTIONS_MAX);
        let of = lists.len();
        let rows = lists.enumerate().map(|(n, options)| {
            let picked = self.going_on().with(PICK, if n == 0 { field.to_owned() } else { format!("{field}.{n}") });
            let values = context! { field => &label, n => n + 1, of => of };
            let placeholder = if of == 1 { label.clone() } else { self.wording.say("form.one_list_of", values) };
            let placeholder = shortened(&placeholder, 150);
            Controls::Select(Select { id: picked.to_string(), placeholder, options: options.to_vec(), several })
        });
        Shown::Message(Message { text, rows: rows.collect(), mentions: Vec::new() })
    }

    pub(super) fn modal(&self, inputs: Vec<Input>) -> Shown {
        let inputs = inputs
            .into_iter()
            .map(|input| Input { label: shortened(&input.label, MODAL_TITLE_MAX), ..input })
            .collect();
        let title = title_of_modal(&self.title(), self.scene.map(Scene::code_name));
        Shown::Modal { id: self.going_on().to_string(), title, inputs }
    }

    /// What the form is called: the prompt's own title where it is one.
    fn title(&self) -> String {
        self.prompt().map_or_else(
            || self.wording.say(&format!("command.{}", self.asked.row.key), ()),
            |prompt| prompt.title.clone(),
        )
    }

    /// The same, saying which case this was, to somebody who had just acted in another; and what they entered can be
    /// taken back (SES-15).
    pub(super) fn which_case(&self, shown: Shown, brought: &[Record]) -> Shown {
        let Some(scene) = self.scene else { return shown };
        let crossing = brought.iter().find_map(|record| match &record.event {
            Event::Crossed { crossing } => Some(crossing),
            _ => None,
        });
        shown.reading(|message| scene.which_case(message, crossing))
    }

    /// Why not, who could, and what to do next; whatever was typed comes back with a way to try again.
    pub(super) fn refusal(&self, refusal: &Refusal) -> Shown {
        let key = format!("refusal.{}", refusal.code());
        let mut values: BTreeMap<String, Value> =
            serde_json::to_value(refusal).ok().and_then(|value| serde_json::from_value(value).ok()).unwrap_or_default();
        if let (Some(Value::String(field)), Some(scene)) = (values.get("field").cloned(), self.scene) {
            let prompt = self.asked.answers.get("prompt").map(String::as_str).unwrap_or_default();
            values.insert("field".to_owned(), scene.field(prompt, &field).into());
        }
        if let Some(Value::String(why)) = values.get("why").cloned() {
            let of_the_phrase = serde_json::json!({ "read": values.get("given"), "offers": values.get("offers") });
            values.insert("why".to_owned(), self.wording.say(&why, of_the_phrase).into());
        }
        if let Some(Value::String(stage)) = values.get("needed").cloned() {
            values.insert("needed".to_owned(), self.wording.say(&format!("stage.{stage}"), ()).into());
        }
        let text = self.wording.say(&key, values);
        let typed = self.asked.row.fields.iter().filter(|field| field.kind.is_typed()).map(|field| field.key);
        let lost: Vec<_> =
            typed.filter_map(|key| self.asked.answers.get(key).cloned()).filter(|words| !words.is_empty()).collect();
        if lost.is_empty() {
            let (rows, session) = refusal.leads_to().unwrap_or_default();
            let press = |row: &str| match session {
                Some(no) => self.press(row).with("session", no),
                None => self.press(row),
            };
            let leads_to = rows.iter().map(|row| Button::new(&press(row), self.wording));
            let message = Message::text(text);
            return Shown::Message(message.with_buttons(leads_to.collect()));
        }
        let text = self.wording.say("form.words_back", context! { text => text, words => lost });
        let again = Button::labelled(&self.going_on(), self.wording.say("button.again", ()));
        Shown::Message(Message::text(text).with_buttons(vec![again]))
    }

    /// What an action leaves out and how it is not SMART yet; of an immediate one that is asked afterwards (ACT-04,
    /// SAFE-05).
    fn lacking(&self, scene: &Scene<'_>, entered: &ActionEntered) -> Lacking {
        let action = scene.case.action(entered.no);
        let Some(action) = action.filter(|_| !scene.case.session().is_some_and(|session| waits(entered, session)))
        else {
            return Lacking::default();
        };
        // What its unmet letters name is said by them.
        let labels = |mut parts: Vec<String>| {
            parts.retain(|part| !SMART_PARTS.contains(&part.as_str()));
            parts.iter().map(|part| scene.label_of(part)).collect()
        };
        let asked = scene.rules.procedure.level(SMART).is_asked();
        let unmet = if asked { unmet(entered, action.status, scene.rules.procedure) } else { Vec::new() };
        let letter = |letter: &char| self.wording.say(&format!("smart.{}", letter.to_lowercase()), ());
        Lacking {
            missing: labels(missing_parts(action, &scene.rules)),
            recommended: labels(recommended_parts(action, &scene.rules)),
            unmet: unmet.iter().map(letter).collect(),
        }
    }

    /// What was recorded, under the case's code name (SES-15): its number, what was entered, and what is missing of it,
    /// wherever among the facts of the command they stand.
    pub(super) fn receipt(&self, scene: &Scene<'_>, brought: &[Record]) -> Message {
        let is_suggestion = brought.iter().any(|record| matches!(record.event, Event::Suggested { .. }));
        let is_lifted = brought.iter().any(|record| matches!(record.event, Event::Unmasked { .. }));
        let row = match self.asked.row.key {
            _ if is_suggestion => "suggested",
            _ if is_lifted => "unmasked",
            row => row,
        };
        let row = format!("reply.{row}");
        let key = if self.wording.has(&row) { row.as_str() } else { "reply.done" };
        let n = brought.iter().find_map(|record| match &record.event {
            Event::Contributed { contribution } | Event::InformationSent { contribution } => Some(contribution.id.0),
            Event::QuestionRaised { question, .. } => Some(question.0),
            Event::Entered { entry: Entry::Action(action), .. } => Some(action.no.0),
            _ => None,
        });
        let entered = brought.iter().find_map(|record| match &record.event {
            Event::Entered { draft, entry, .. } => Some((draft, entry)),
            _ => None,
        });
        let session = scene.case.session();
        let is_draft = entered.is_some_and(|(draft, _)| {
            session.is_some_and(|session| session.unconfirmed().any(|waiting| waiting.id == *draft))
        });
        let Lacking { missing, recommended, unmet } = match entered {
            Some((_, Entry::Action(action))) => self.lacking(scene, action),
            _ => Lacking { missing: self.parts_missing(scene, brought), ..Lacking::default() },
        };
        // What the plan as it now is brings up (ACT-15).
        let is_action = matches!(entered, Some((_, Entry::Action(_))));
        let queried =
            still_asked(scene.case, &scene.rules).into_iter().filter(|(prompt, _)| prompt.when == Condition::OneAgency);
        let queried: Vec<_> = queried.filter(|_| is_action).collect();
        let queries: Vec<_> = queried.iter().map(|(prompt, _)| prompt.question.clone()).collect();
        let entry = entered.map(|(_, entry)| scene.entry(entry));
        let caution = match entered {
            Some((_, Entry::Answer(answer))) => {
                scene.rules.catalogue.prompt(&answer.prompt).and_then(|prompt| prompt.caution(answer))
            }
            _ => None,
        };
        let gaps: Vec<_> =
            scene.case.referral.gaps().iter().map(|gap| self.wording.say(&format!("open.{gap}"), ())).collect();
        let now = brought.last().map_or(scene.case.registered_at, |record| record.at);
        let since_referral = session.and_then(|session| scene.since_referral_at_opening(session));
        let stage = session.map(|session| self.wording.say(&format!("stage.{}", session.stage.key()), ()));
        let has_moved_on = brought.iter().any(|record| matches!(record.event, Event::StageEntered { .. }));
        let skipped = if has_moved_on { skipped(scene.case, &scene.rules) } else { Vec::new() };
        let skipped: Vec<_> = skipped.iter().map(|item| scene.open_item(item)).collect();
        // Whom the last session asked, to be asked again with one press (REV-04).
        let is_listed = brought.iter().any(|record| matches!(record.event, Event::InviteesListed { .. }));
        let text = self.wording.say(
            key,
            context! {
                code_name => scene.code_name().to_string(), row => self.title(), n => n, draft => is_draft,
                missing => missing, recommended => recommended, unmet => unmet,
                example => &scene.rules.procedure.smart.example, entry => entry, queries => queries,
                stage => stage, caution => caution, gaps => gaps,
                asked => session.map(|session| scene.still_asked(session)),
                clock => scene.clock(now), since_referral => since_referral,
                pathway => &scene.rules.procedure.request.pathway,
                instead => scene.case.request.as_ref().is_some_and(|asked| !asked.request.wanted.given.is_empty()),
                answer_by => scene.case.request.as_ref().map(|requested| scene.moment(requested.request.answer_by)),
                marked => brought.iter().find_map(|record| record.event.mark()),
                note => self.prompt().and_then(|prompt| prompt.note.as_deref()),
                reminded => reminded(scene, brought), waiting => waiting(scene), skipped => skipped.clone(),
                linked => linked(scene, entered.map(|(_, entry)| entry)),
                starts => session.map(|session| scene.starts(session)),
                invited => brought.iter().filter(|record| matches!(record.event, Event::Invited { .. })).count(),
                carried => session.map(|session| session.open_actions.len()).unwrap_or_default(),
                further => is_listed,
                contradictions => self.contradictions(scene, brought),
                put_off => session.is_some_and(Session::lacks_time_to_decide),
                until => until(scene), left_open => open_until_resumed(scene),
                more => brought.iter().any(|record| !scene.still_to_say(record).is_empty()),
            },
        );
        let list = scene.to_invite().filter(|_| is_listed).unwrap_or_default();
        let both = || shortened(&format!("{text}\n\n{}", list.text), MESSAGE_CHARACTERS_MAX);
        let text = if is_listed { both() } else { text };
        let reminder = self.reminder(scene, brought);
        let text = reminder.as_ref().map_or_else(|| text.clone(), |reminder| format!("{text}\n{reminder}"));
        let mut buttons: Vec<_> = list.buttons();
        let then: Vec<_> = self.asked.row.then.iter().map(|row| Button::new(&scene.press(row), self.wording)).collect();
        buttons.extend(then);
        buttons.extend(self.buttons_of_decision(scene, brought));
        buttons.extend(scene.question_buttons(&queried));
        let refocus = reminder.map(|_| {
            let press = scene.press("challenge").with("challenge_kind", ChallengeKind::Focus.code());
            Button::labelled(&press, self.wording.say("room.refocus", ()))
        });
        buttons.extend(refocus);
        let has_accepted = |record: &Record| matches!(record.event, Event::InvitationAccepted { .. });
        if session.is_some_and(|session| session.call.is_some()) && brought.iter().any(has_accepted) {
            buttons.push(Button::new(&scene.press("call"), self.wording));
        }
        if !skipped.is_empty() {
            buttons.extend(["prompts", "explain"].map(|row| Button::new(&scene.press(row), self.wording)));
        }
        let more: Vec<_> = brought.iter().flat_map(|record| scene.still_to_say(record)).collect();
        buttons.extend(brought.iter().filter_map(|record| read_back_button(scene, record)).chain(more));
        buttons.extend(brought.iter().flat_map(|record| contribution_buttons(scene, record)));
        buttons.extend(brought.iter().find_map(|record| scene.challenge_to_invite(record)));
        // What the procedure asks of the convenor comes with what makes it arise (REF-11, TIM-08).
        let is_dated =
            |event: &Event| matches!(event, Event::SessionConvened { .. } | Event::SessionRescheduled { .. });
        if brought.iter().any(|record| is_dated(&record.event)) {
            let asked = still_asked(scene.case, &scene.rules).into_iter();
            let asked: Vec<_> = asked.filter(|(prompt, _)| prompt.stage == Stage::Convened).collect();
            buttons.extend(scene.question_buttons(&asked));
        }
        // So is what is asked of the chair at the opening: safety first, and why it goes on without somebody (GATE-09).
        if brought.iter().any(|record| matches!(record.event, Event::SessionOpened { .. })) {
            let absent = session.map(|session| scene.absence_buttons(session)).unwrap_or_default();
            buttons.extend(scene.question_buttons(&still_asked(scene.case, &scene.rules)).into_iter().take(20));
            buttons.extend(absent);
        }
        Message::text(text).with_buttons(buttons)
    }

    /// A question kept with its author: whom it is for is offered, it is marked urgent, or it can be given up (TURN-08,
    /// TURN-09, TURN-12).
    pub(super) fn kept(&self, scene: &Scene<'_>, question: QuestionId) -> Message {
        let kept = scene.case.session().and_then(|session| session.question(question));
        let button = |row: &str| Button::new(&scene.press(row).with("question", question), self.wording);
        let (key, buttons) = match kept {
            Some(kept) if kept.urgent.is_some() => ("reply.urgent", Vec::new()),
            Some(kept) if kept.state == QuestionState::Parked => ("reply.parked", vec![button("urgent")]),
            _ => ("reply.held", vec![button("put")]),
        };
        let text = self.wording.say(key, context! { code_name => scene.code_name().to_string() });
        Message::text(text).with_buttons(buttons.into_iter().chain([button("give_up")]).collect())
    }

    /// One's own questions, the first few with their buttons.
    pub(super) fn parked(&self, scene: &Scene<'_>, person: Option<&Person>) -> Message {
        let own = choices_for(Kind::OwnQuestion, scene, person);
        let texts: Vec<_> = own.iter().map(|question| question.label.clone()).collect();
        let text = self.wording.say("view.parked", context! { questions => texts });
        let buttons = own.iter().take(5).flat_map(|question| {
            ["put", "give_up"].map(|row| {
                let label = format!("{} {}", self.wording.say(&format!("button.{row}"), ()), question.value);
                Button::labelled(&scene.press(row).with("question", &question.value), label)
            })
        });
        Message::text(text).with_buttons(buttons.collect())
    }

    /// The questions of this stage nobody has answered, with a button each.
    pub(super) fn prompts(&self, scene: &Scene<'_>) -> Message {
        let mut asked = still_asked(scene.case, &scene.rules);
        let stage = scene.case.session().map(|session| session.stage);
        // What may have several answers is offered again after the first.
        let again = stage.map(|stage| prompts_at(stage, scene.case, &scene.rules)).unwrap_or_default();
        let again = again.into_iter().filter(|(prompt, _)| prompt.many && prompt.is_chairs());
        let again: Vec<_> = again.filter(|more| !asked.contains(more)).collect();
        asked.extend(again);
        let left = left_open(scene.case, &scene.rules).into_iter().chain(carried_over(scene.case, &scene.rules));
        for more in left {
            if !asked.contains(&more) {
                asked.push(more);
            }
        }
        let buttons = scene.question_buttons(&asked);
        let key = if buttons.is_empty() { "view.prompts_none" } else { "view.prompts" };
        Message::text(self.wording.say(key, ())).with_buttons(buttons)
    }

    pub(super) fn help(&self, procedure: &Procedure) -> String {
        // By their names alone: the platform says what each does, and links and contacts have to fit beside them.
        let mut commands: Vec<(&str, String, Vec<&str>)> = Vec::new();
        for (top, sub) in crate::forms::rows().filter_map(|row| row.path) {
            match commands.iter_mut().find(|(known, _, _)| *known == top) {
                Some((_, _, subs)) => subs.extend(sub),
                None => commands.push((top, self.wording.say(&format!("top.{top}"), ()), sub.into_iter().collect())),
            }
        }
        let links: Vec<_> =
            procedure.links.iter().map(|link| (link.title.clone(), link.url.clone(), link.as_at.clone())).collect();
        let contacts = procedure.disagreement.contacts.iter();
        let contacts: Vec<_> = contacts.map(|line| (line.concern.clone(), line.contact.clone())).collect();
        self.wording.say("view.help", context! { commands, links, contacts })
    }
}

/// The case is always named, however long the title (SES-15).
fn title_of_modal(title: &str, case: Option<&CodeName>) -> String {
    let Some(case) = case.map(|case| format!(" · {case}")) else { return shortened(title, MODAL_TITLE_MAX) };
    format!("{}{case}", shortened(title, MODAL_TITLE_MAX - case.chars().count()))
}

/// The same with the danger button, for everybody who can raise an alert, wherever they are in the case (SAFE-01).
pub(super) fn in_reach_of_danger(asked: &Asked, shown: Shown, scene: &Scene<'_>, person: Option<&Person>) -> Shown {
    let (Some(message), Some(person)) = (shown.message(), person) else { return shown };
    let is_the_list = asked.row.key == "danger" && message.rows.iter().any(|row| matches!(row, Controls::Select(_)));
    if is_the_list || !scene.case.may_raise(person, seat_of(scene.case, person.account)) {
        return shown;
    }
    shown.reading(|message| message.ending_with(scene.danger_button()))
}

/// What was entered for somebody on the telephone is read back to them (INV-34).
fn read_back_button(scene: &Scene<'_>, record: &Record) -> Option<Button> {
    let Event::Contributed { contribution } = &record.event else { return None };
    let session = scene.case.session()?;
    let by_telephone =
        contribution.entered_by.is_some() && scene.case.means(session, contribution.seat) == Means::Telephone;
    let press = scene.press("read_back").with("contribution", contribution.id);
    by_telephone.then(|| Button::new(&press, scene.wording))
}

/// Who told social care, where that was left open; and what the speaker may mark it as, where the procedure asks
/// (TURN-14, INFO-27).
fn contribution_buttons(scene: &Scene<'_>, record: &Record) -> Vec<Button> {
    let Event::Contributed { contribution } = &record.event else { return Vec::new() };
    let source = contribution.lacks_source().then(|| scene.source_button(contribution.id));
    let mark = |(_, code): &(Nature, &str)| {
        let press = scene.press("mark").with("contribution", contribution.id).with("nature", code);
        Button::labelled(&press, scene.wording.say(&format!("choice.nature.{code}"), ()))
    };
    let natures = Nature::ALL.iter().filter(|_| scene.rules.procedure.level(NATURE).is_asked());
    source.into_iter().chain(natures.map(mark)).collect()
}

/// The procedures to follow beside this one, for the indicators that were chosen (REF-13).
fn linked(scene: &Scene<'_>, entered: Option<&Entry>) -> Vec<String> {
    let Some(Entry::Answer(answer)) = entered else { return Vec::new() };
    let Some(prompt) = scene.rules.catalogue.prompt(&answer.prompt) else { return Vec::new() };
    let ticked = prompt.fields.iter().filter(|field| field.takes_several());
    let said = ticked.filter_map(|field| Some((field, answer.fields.get(&field.key)?.words())));
    let codes: Vec<_> = said.flat_map(|(field, words)| field.codes_in(words)).collect();
    let chosen = scene.rules.procedure.indicators.iter().filter(|indicator| codes.contains(&indicator.code.as_str()));
    chosen.filter_map(|indicator| indicator.linked.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    /// Shows: SES-15.
    #[test]
    fn the_title_of_every_modal_names_the_case() {
        let config = Config::built_in();
        let case = CodeName("bluebell-wheatear-k".to_owned());
        let commands = crate::forms::rows().filter(|row| row.needs_case);
        let commands = commands.map(|row| config.wording.say(&format!("command.{}", row.key), ()));
        let prompts = config.catalogue.prompts.iter().map(|prompt| prompt.title.clone());
        let mut titles = 0;
        for title in commands.chain(prompts) {
            let titled = title_of_modal(&title, Some(&case));
            assert!(titled.ends_with(" · bluebell-wheatear-k"), "{titled}");
            assert!(titled.chars().count() <= MODAL_TITLE_MAX, "{titled}");
            titles += 1;
        }
        assert!(titles > 100, "{titles}");
    }
}
