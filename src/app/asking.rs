//! From what a person did on a surface to what they are shown: finds the case, fills the form, carries out the
//! command, words the answer. The answer is private; the room hears through the outbox.

mod record;

use minijinja::context;
use serde_json::Value;

use crate::domain::attendance::Reach;
use crate::domain::event::Event;
use crate::domain::facts::Rules;
use crate::domain::floor::{QuestionState, Urgent};
use crate::domain::ids::{AccountId, CodeName, ContributionId, DraftId, SeatId};
use crate::domain::people::{AgencyKind, Person};
use crate::domain::refusal::Refusal;
use crate::domain::session::Session;
use crate::forms::{
    Answers, AskedAgency, Doing, Form, Input, Kind, Named, Row, Step, View, choices_for, every_outcome, long_answers,
    next_step, stood_in,
};
use crate::room::Scene;
use crate::room::message::{Message, SelectOption};
use crate::room::press::CHANGES;

use super::execute::{App, Loaded, Outcome, Who, seat_of};
use super::ports::{Agency, CaseRow, StoreError};
use super::requesting::{is_for_another, request_of};
use super::telling::Telling;

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

impl App {
    /// Answers one thing a person did.
    ///
    /// # Errors
    /// Where the store can't be used; the person is told to try again, and nothing was recorded.
    pub async fn ask(&self, mut asked: Asked) -> Result<Shown, StoreError> {
        let person = self.store.enrolled(asked.account).await?;
        let found = if asked.row.needs_case { self.find(&asked, person.as_ref()).await? } else { None };
        let named = self.named(&asked).await?;
        let book = found.as_ref().map_or(&self.today, |loaded| &loaded.book).clone();
        let prompt = asked.answers.get("prompt").and_then(|key| book.catalogue.prompt(key));
        if let Some(prompt) = prompt {
            asked.answers = long_answers(prompt, &book.procedure, &asked.answers);
        }
        if is_for_another(&asked, person.as_ref(), &book.procedure) {
            return Box::pin(self.ask(request_of(asked, &named, &book.wording))).await;
        }
        let rules = book.rules(&self.config.calendar);
        let scene = found.as_ref().map(|loaded| Scene { case: &loaded.case, rules, wording: &book.wording });
        let stood = scene.as_ref().map(|scene| stood(scene, &asked.answers, person.as_ref())).unwrap_or_default();
        let who = Who { interaction: Some(asked.interaction.clone()), person: person.clone() };
        let telling = Telling { asked: &asked, wording: &book.wording, scene: scene.as_ref() };
        let form = Form {
            row: asked.row,
            answers: &asked.answers,
            rules,
            now: self.now(),
            person: person.as_ref(),
            named: &named,
            stood: &stood,
        };
        let step = match refusal_before_form(&asked, person.as_ref(), found.as_ref()) {
            Some(refusal) => Err(refusal),
            None => next_step(&form, &book.wording, scene.as_ref(), asked.typed),
        };
        let shown = match step {
            Err(refusal) => match self.refused(&who, found.as_ref(), refusal).await? {
                Some(refusal) => telling.refusal(&refusal),
                None => Shown::Nothing,
            },
            Ok(Step::Choose { field, options, several }) => telling.list(&field, options, several),
            Ok(Step::Fill { inputs }) => telling.modal(inputs),
            Ok(Step::Do(Doing::View(view))) => self.view(view, &telling, person.as_ref()).await?,
            Ok(Step::Do(Doing::Command(command))) => {
                let outcome = match &found {
                    None => self.begin(&who, *command).await?,
                    Some(loaded) => self.execute(&loaded.id, &who, &command).await?,
                };
                match outcome {
                    Outcome::Duplicate => Shown::Nothing,
                    Outcome::Refused(refusal) => match (&refusal, telling.scene) {
                        // The answer was lost on its way: the door goes on from there.
                        (Refusal::AlreadyConfirmed { seat }, Some(scene)) => Shown::Message(scene.introduction(*seat)),
                        (Refusal::ConflictFirst { invitation }, Some(scene)) => {
                            Shown::Message(scene.conflict_question(*invitation))
                        }
                        _ => telling.refusal(&refusal),
                    },
                    Outcome::Done { loaded, from } => self.told(&asked, &loaded, from).await?,
                }
            }
        };
        Ok(telling.in_reach_of_danger(shown, person.as_ref()))
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
        if let Kind::Role = kind {
            let labels = self.config.directory.roles.iter().map(|role| role.label.clone());
            return Ok(labels.map(|label| SelectOption { value: label.clone(), label }).collect());
        }
        let Some(loaded) = self.find(asked, person).await? else { return Ok(Vec::new()) };
        let rules = loaded.book.rules(&self.config.calendar);
        // Names are for those past the door; the convenor is.
        if seat_of(&loaded.case, asked.account.into()).is_none() {
            return Ok(Vec::new());
        }
        let scene = Scene { case: &loaded.case, rules, wording: &loaded.book.wording };
        // What is not offered can be recorded all the same by whoever looks for it (DEC-06).
        let is_looking = asked.answers.get(field).is_some_and(|typed| !typed.trim().is_empty());
        if let (Kind::Outcome, true) = (kind, is_looking) {
            return Ok(every_outcome(&scene));
        }
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
    pub(super) async fn own_cases(&self, person: Option<&Person>) -> Result<Vec<CaseRow>, StoreError> {
        match person.and_then(|person| person.account) {
            Some(account) => self.store.own_cases(account).await,
            None => Ok(Vec::new()),
        }
    }

    /// Accounts, agencies and roles a form names, as the directory knows them.
    async fn named(&self, asked: &Asked) -> Result<Named, StoreError> {
        let mut named = Named::default();
        if asked.row.fields.iter().any(|field| field.needed && matches!(field.kind, Kind::Agency)) {
            let agencies = self.store.agencies().await?.into_iter();
            named.agencies = agencies.map(|agency| (agency.name, agency.kind)).collect();
        }
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
                    if let Some(agency) = agency {
                        let by_mail = self.is_reached_by_mail(&agency).await?;
                        named.reach = Reach { by_mail, contacts: agency.contacts };
                        named.agency = Some((agency.name.clone(), agency.kind));
                        let (agency, kind, reach) = (agency.name, agency.kind, named.reach.clone());
                        named.by_field.insert(field.key.to_owned(), AskedAgency { agency, kind, reach });
                    }
                }
                Kind::Case => {
                    let name = CodeName(value.trim().to_lowercase());
                    named.case = self.store.case_by_code_name(&name).await?.map(|row| row.code_name);
                }
                _ => {}
            }
        }
        let kind = asked.answers.get("kind").and_then(|kind| serde_json::from_value(Value::String(kind.clone())).ok());
        let kind: Option<AgencyKind> = named.agency.as_ref().map(|(_, kind)| *kind).or(kind);
        if let (Some(kind), Some(role)) = (kind, asked.answers.get("role")) {
            named.role_code = Some(self.config.directory.role_code(role, kind).to_owned());
            named.support = self.config.directory.support(role, kind);
        } else if let Some(person) = named.people.get("person") {
            let role = asked.answers.get("role").unwrap_or(&person.role);
            named.support = self.config.directory.support(role, person.agency_kind);
        }
        Ok(named)
    }

    /// A mailbox is known, mail is set, and nobody enrolled is on duty there now (INV-32).
    async fn is_reached_by_mail(&self, agency: &Agency) -> Result<bool, StoreError> {
        if agency.mailbox.is_none() || self.config.settings.mail.is_none() {
            return Ok(false);
        }
        let has_people = self.store.enrolments().await?.iter().any(|person| person.agency == agency.name);
        let is_in_hours = agency.hours.is_none_or(|hours| hours.cover(self.now(), &self.config.calendar));
        Ok(!(has_people && is_in_hours))
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
            (View::Help, _) => Message::text(telling.help(&self.today.procedure)),
            (View::Mine, _) => Message::text(wording.say("view.mine", context! { cases => self.mine(person).await? })),
            (_, None) => return Ok(telling.refusal(&Refusal::NoCase)),
            (View::Door, Some(scene)) => match scene.case.session() {
                Some(session) => introduction_due(scene, person.and_then(|person| person.account))
                    .unwrap_or_else(|| scene.door(session)),
                None => return Ok(telling.refusal(&Refusal::NoSession)),
            },
            (View::Ready, Some(scene)) => match readiness(scene, person) {
                Ok(message) => message,
                Err(refusal) => return Ok(telling.refusal(&refusal)),
            },
            (View::Prompts, Some(scene)) => telling.prompts(scene),
            (View::Group, Some(scene)) => match group(scene, &telling.asked.answers, person) {
                Ok(message) => message,
                Err(refusal) => return Ok(telling.refusal(&refusal)),
            },
            (View::Closing, Some(scene)) => match closing(scene, person) {
                Ok(message) => message,
                Err(refusal) => return Ok(telling.refusal(&refusal)),
            },
            (View::Family, Some(scene)) => scene.family(),
            (View::Parked, Some(scene)) => telling.parked(scene, person),
            (View::Urgent, Some(scene)) => match urgent(scene, &telling.asked.answers, person) {
                Ok(message) => message,
                Err(refusal) => return Ok(telling.refusal(&refusal)),
            },
            (View::Suggestion, Some(scene)) => match suggestion(scene, &telling.asked.answers, person) {
                Ok(message) => message,
                Err(refusal) => return Ok(telling.refusal(&refusal)),
            },
            (View::Digest, Some(scene)) => match digest(scene, &telling.asked.answers, person) {
                Ok(message) => message,
                Err(refusal) => return Ok(telling.refusal(&refusal)),
            },
            (View::Drafts, Some(scene)) => match drafts(scene, person) {
                Ok(message) => message,
                Err(refusal) => return Ok(telling.refusal(&refusal)),
            },
            (View::SaidForMe, Some(scene)) => {
                let session = scene.case.session();
                let own = seat_of(scene.case, person.and_then(|person| person.account));
                match session.ok_or(Refusal::NoSession).and_then(|session| inside(session, own)) {
                    Ok(seat) => scene.said_for(seat),
                    Err(refusal) => return Ok(telling.refusal(&refusal)),
                }
            }
            (View::Recipients, Some(scene)) => match record::recipients(scene, &telling.asked.answers, person) {
                Ok(message) => message,
                Err(refusal) => return Ok(telling.refusal(&refusal)),
            },
            (View::CaseNote, Some(scene)) => match record::case_note(scene, &telling.asked.answers, person) {
                Ok(message) => message,
                Err(refusal) => return Ok(telling.refusal(&refusal)),
            },
            (View::Prepared, Some(scene)) => {
                scene.prepared(seat_of(scene.case, person.and_then(|person| person.account)))
            }
        };
        Ok(Shown::Message(message))
    }

    /// The private answer to a command that was carried out. Of all that it brought about, one fact may have an answer
    /// of its own; otherwise there is a receipt.
    async fn told(&self, asked: &Asked, loaded: &Loaded, from: usize) -> Result<Shown, StoreError> {
        let rules: Rules<'_> = loaded.book.rules(&self.config.calendar);
        let scene = Scene { case: &loaded.case, rules, wording: &loaded.book.wording };
        let telling = Telling { asked, wording: &loaded.book.wording, scene: Some(&scene) };
        let brought = &loaded.journal[from..];
        for record in brought {
            let own = match &record.event {
                Event::DangerRaised { alert, .. } => scene.case.alert(*alert).map(|alert| scene.alert_raised(alert)),
                Event::DangerAcknowledged { alert, .. } => {
                    scene.case.alert(*alert).map(|alert| scene.alert_taken(alert))
                }
                Event::LookUpOpened { .. } => Some(scene.look_up_sheet()),
                Event::CallDetailsRead { .. } => Some(scene.call_sheet()),
                Event::RequestRead => Some(scene.request_sheet()),
                Event::SubmissionRead { contribution } => scene.submission(*contribution),
                Event::ConflictAnswered { conflict: true, .. } => Some(scene.asked_no_more()),
                // Whoever convenes is introduced with the same command.
                Event::MeetingConfirmed { .. } => introduction_due(&scene, Some(asked.account)),
                Event::QuestionRaised { question, state: QuestionState::Held | QuestionState::Parked, .. } => {
                    Some(telling.kept(&scene, *question))
                }
                Event::CopyOpened { .. } => Some(self.copy(&scene, loaded, asked, &record.event).await?),
                Event::LimitedRead { seat } => {
                    let case = scene.case.as_seen_by(*seat);
                    Some(Scene { case: &case, ..scene }.limited_sheet(*seat))
                }
                Event::HandoverRead => Some(self.handover(&scene, loaded, asked)),
                _ => None,
            };
            if let Some(message) = own {
                return Ok(Shown::Message(message));
            }
        }
        let clashes = self.clashes(loaded, brought, asked.account).await?;
        Ok(Shown::Message(telling.receipt(&scene, brought).with_lines(&clashes)))
    }
}

/// What the door says to somebody who has confirmed the meeting and not yet introduced themselves.
fn introduction_due(scene: &Scene<'_>, account: Option<AccountId>) -> Option<Message> {
    let seat = seat_of(scene.case, account)?;
    let attendance = scene.case.session()?.attendance.get(&seat)?;
    let is_due = attendance.confirmed_at.is_some() && attendance.introduced.is_none() && attendance.excluded.is_none();
    is_due.then(|| scene.introduction(seat))
}

/// Who must and who should be there, for whoever convenes, and the chair once past the door: it says what is known of
/// the case.
fn readiness(scene: &Scene<'_>, person: Option<&Person>) -> Result<Message, Refusal> {
    let session = scene.case.session().ok_or(Refusal::NoSession)?;
    let seat = seat_of(scene.case, person.and_then(|person| person.account)).ok_or(Refusal::ForConvenor)?;
    let is_inside = session.attendance.get(&seat).is_some_and(|attendance| attendance.introduced.is_some());
    let is_for = seat == session.convenor || seat == session.recorder || session.chair() == Some(seat);
    if is_for && is_inside { Ok(scene.readiness(session)) } else { Err(Refusal::ForConvenor) }
}

/// A question of the round that can't wait, for the chair alone (TURN-08).
fn urgent(scene: &Scene<'_>, answers: &Answers, person: Option<&Person>) -> Result<Message, Refusal> {
    let session = for_chair(scene, person)?;
    let question = answers.get("question").and_then(|number| number.parse().ok());
    let asked = question.and_then(|question| session.question(question)).ok_or(Refusal::UnknownQuestion)?;
    match (asked.urgent, asked.state) {
        (Some(Urgent::Waiting), QuestionState::Parked) => Ok(scene.urgent_sheet(asked)),
        (Some(_), _) => Err(Refusal::AlreadyDone),
        (None, _) => Err(Refusal::UnknownQuestion),
    }
}

/// The session under way, for whoever chairs it.
fn for_chair<'a>(scene: &'a Scene<'_>, person: Option<&Person>) -> Result<&'a Session, Refusal> {
    let session = scene.case.session().ok_or(Refusal::NoSession)?;
    let (chair, reader) = (session.chair(), seat_of(scene.case, person.and_then(|person| person.account)));
    if chair.is_none() || chair != reader {
        let chair = chair.map(|chair| scene.case.person(chair).name.clone()).unwrap_or_default();
        return Err(Refusal::ForChair { chair });
    }
    Ok(session)
}

/// What an attendee would have entered, for the chair alone (DEC-44).
fn suggestion(scene: &Scene<'_>, answers: &Answers, person: Option<&Person>) -> Result<Message, Refusal> {
    let session = for_chair(scene, person)?;
    let id = answers.get("suggestion").and_then(|id| id.parse().ok());
    let waits = id.and_then(|id| session.waiting_suggestions().find(|waiting| waiting.id == id));
    waits.map(|waiting| scene.suggestion_sheet(waiting)).ok_or(Refusal::AlreadyDone)
}

/// What would stay open, for whoever may close over it (DEC-41).
fn closing(scene: &Scene<'_>, person: Option<&Person>) -> Result<Message, Refusal> {
    let session = for_chair(scene, person)?;
    if session.closed_at.is_some() { Err(Refusal::AlreadyClosed) } else { Ok(scene.closing()) }
}

/// A group of questions, for those past the door: its buttons name children.
fn group(scene: &Scene<'_>, answers: &Answers, person: Option<&Person>) -> Result<Message, Refusal> {
    let session = scene.case.session().ok_or(Refusal::NoSession)?;
    let seat = seat_of(scene.case, person.and_then(|person| person.account)).ok_or(Refusal::NotSeated)?;
    session.attendance.get(&seat).filter(|attendance| attendance.introduced.is_some()).ok_or(Refusal::NotAtTheDoor)?;
    answers.get("group").and_then(|group| scene.group(group)).ok_or(Refusal::UnknownPrompt)
}

/// What the recorder drafted, for the chair and the recorder (SES-06).
fn drafts(scene: &Scene<'_>, person: Option<&Person>) -> Result<Message, Refusal> {
    let session = scene.case.session().ok_or(Refusal::NoSession)?;
    let seat = inside(session, seat_of(scene.case, person.and_then(|person| person.account)))?;
    if session.chair() != Some(seat) && session.recorder != seat {
        let name = |seat: Option<SeatId>| seat.map(|seat| scene.case.person(seat).name.clone()).unwrap_or_default();
        return Err(Refusal::ForChairOrRecorder {
            chair: name(session.chair()),
            recorder: name(Some(session.recorder)),
        });
    }
    let case = scene.case.as_read_by(Some(seat));
    Ok(Scene { case: &case, ..*scene }.drafts())
}

/// What stands of what a form is to change, as far as its reader may know it.
fn stood(scene: &Scene<'_>, answers: &Answers, person: Option<&Person>) -> Answers {
    let seat = seat_of(scene.case, person.and_then(|person| person.account));
    let case = scene.case.as_read_by(seat);
    let session = case.session().filter(|session| inside(session, seat).is_ok());
    if let Some(gist) = answers.get("contribution").and_then(|id| id.parse().ok()).map(ContributionId) {
        let said = session.into_iter().flat_map(|session| &session.contributions).map(|(said, _)| said);
        let own = said.into_iter().find(|said| said.id == gist && Some(said.seat) == seat && said.entered_by.is_some());
        let words = own.into_iter().flat_map(|said| &said.fields);
        return words.map(|(key, words)| (key.clone(), words.words().to_owned())).collect();
    }
    let draft = answers.get(CHANGES).and_then(|draft| draft.parse().ok()).map(DraftId);
    let draft = draft.and_then(|id| session?.unconfirmed().find(|draft| draft.id == id));
    draft.map(|draft| stood_in(&draft.entry, &scene.rules)).unwrap_or_default()
}

/// A seat past the door.
fn inside(session: &Session, seat: Option<SeatId>) -> Result<SeatId, Refusal> {
    let seat = seat.ok_or(Refusal::NotSeated)?;
    let attendance = session.attendance.get(&seat).ok_or(Refusal::NotSeated)?;
    let is_inside = attendance.introduced.is_some() && attendance.excluded.is_none();
    if is_inside { Ok(seat) } else { Err(Refusal::NotAtTheDoor) }
}

/// What everybody shared, for those past the door (INFO-26).
fn digest(scene: &Scene<'_>, answers: &Answers, person: Option<&Person>) -> Result<Message, Refusal> {
    let session = scene.case.session().ok_or(Refusal::NoSession)?;
    let seat = inside(session, seat_of(scene.case, person.and_then(|person| person.account)))?;
    let part = answers.get("part").and_then(|part| part.parse().ok()).unwrap_or(1);
    // Less whatever is limited away from its reader (SEC-05), and no further back than they see (SES-13).
    let case = scene.case.as_seen_by(seat);
    let readable = case.session().ok_or(Refusal::NoSession)?;
    Ok(Scene { case: &case, ..*scene }.digest_part(readable, part))
}

/// Nobody unknown gets as far as a form, and what is about a case needs one.
fn refusal_before_form(asked: &Asked, person: Option<&Person>, found: Option<&Loaded>) -> Option<Refusal> {
    match (person, found) {
        (None, _) => Some(Refusal::NotEnrolled),
        (_, None) if asked.row.needs_case => Some(Refusal::NoCase),
        _ => None,
    }
}
