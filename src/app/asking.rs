//! From what a person did on a surface to what they are shown: finds the case, fills the form, carries out the
//! command, words the answer. The answer is private; the room hears through the outbox.

mod further;
mod record;

use chrono::{DateTime, Utc};
use serde_json::Value;

use crate::domain::attendance::Reach;
use crate::domain::event::Event;
use crate::domain::floor::QuestionState;
use crate::domain::ids::{AccountId, CodeName, ContributionId, DraftId};
use crate::domain::people::{AgencyKind, Person};
use crate::domain::refusal::Refusal;
use crate::forms::{
    Answers, AskedAgency, Doing, Form, Input, Kind, Named, Row, Step, choices_for, every_outcome, long_answers,
    next_step, stood_in,
};
use crate::room::Scene;
use crate::room::message::{Message, SelectOption};
use crate::room::press::CHANGES;
use crate::wording::Wording;

use super::execute::{App, Loaded, Outcome, Who, seat_of};
use super::ports::{Agency, CaseRow, StoreError};
use super::requesting::{is_for_another, request_of};
use super::telling::{Telling, in_reach_of_danger};
use super::viewing::inside;

use further::{CONVENE, SEND_INVITATIONS, planned_start};

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

impl Asked {
    /// The part of a long text that is asked for, counted from 1; the first where none is.
    pub fn part(&self) -> usize {
        self.answers.get("part").and_then(|part| part.parse().ok()).unwrap_or(1)
    }
}

/// A file that comes with an answer.
#[derive(Clone, PartialEq, Eq)]
pub struct File {
    /// Says nothing of the case but its code name.
    pub name: String,
    pub media_type: &'static str,
    pub bytes: Vec<u8>,
}

impl std::fmt::Debug for File {
    /// A file holds what people said, so only its size is shown.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "File({} bytes)", self.bytes.len())
    }
}

/// What the person is shown, privately.
#[derive(Debug)]
pub enum Shown {
    Message(Message),
    /// A message with a file to take away.
    Document {
        message: Message,
        file: File,
    },
    Modal {
        id: String,
        title: String,
        inputs: Vec<Input>,
    },
    /// Answered by another replica, or twice: say nothing.
    Nothing,
}

impl Shown {
    /// What there is to read, where there is.
    pub(super) fn message(&self) -> Option<&Message> {
        match self {
            Self::Message(message) | Self::Document { message, .. } => Some(message),
            Self::Modal { .. } | Self::Nothing => None,
        }
    }

    /// The same with what there is to read changed.
    pub(super) fn reading(self, change: impl FnOnce(Message) -> Message) -> Self {
        match self {
            Self::Message(message) => Self::Message(change(message)),
            Self::Document { message, file } => Self::Document { message: change(message), file },
            other => other,
        }
    }
}

impl App {
    /// Answers one thing a person did.
    ///
    /// # Errors
    /// Where the store can't be used; the person is told to try again, and nothing was recorded.
    pub async fn ask(&self, mut asked: Asked) -> Result<Shown, StoreError> {
        let person = self.store.enrolled(asked.account).await?;
        let found = if asked.row.needs_case { self.find(&asked, person.as_ref()).await? } else { None };
        let mut named = self.named(&asked).await?;
        if let Some(loaded) = found.as_ref().filter(|_| asked.row.key == SEND_INVITATIONS) {
            named.reach_of = self.reach_of_the_listed(loaded).await?;
        }
        let book = found.as_ref().map_or(&self.today, |loaded| &loaded.book).clone();
        let prompt = asked.answers.get("prompt").and_then(|key| book.catalogue.prompt(key));
        if let Some(prompt) = prompt {
            asked.answers = long_answers(prompt, &book.procedure, &asked.answers);
        }
        if is_for_another(&asked, person.as_ref(), &book.procedure) {
            return Box::pin(self.ask(request_of(asked, &named, &book.wording))).await;
        }
        let rules = book.rules(&self.config.calendar);
        let wording = found.as_ref().map(|loaded| wording_for(loaded, asked.account));
        let wording = wording.as_ref().unwrap_or(&book.wording);
        let scene = found.as_ref().map(|loaded| Scene { wording, ..self.scene(loaded) });
        let stood = scene.as_ref().map(|scene| stood(scene, &asked, person.as_ref(), self.now())).unwrap_or_default();
        let crosses = match &found {
            Some(loaded) => self.crosses(person.as_ref(), loaded).await?,
            None => false,
        };
        let who = Who { interaction: Some(asked.interaction.clone()), person: person.clone(), crosses };
        let telling = Telling { asked: &asked, wording, scene: scene.as_ref() };
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
            None => next_step(&form, wording, scene.as_ref(), asked.typed),
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
                let (shown, brought) = match &outcome {
                    Outcome::Duplicate => (Shown::Nothing, &[][..]),
                    Outcome::Refused(refusal) => (refused(&telling, refusal), &[][..]),
                    Outcome::Done { loaded, from } => {
                        (self.told(&telling, loaded, *from).await?, &loaded.journal[*from..])
                    }
                };
                let shown = if crosses { telling.which_case(shown, brought) } else { shown };
                if let Outcome::Done { loaded, .. } = &outcome {
                    return Ok(in_reach_of_danger(&asked, shown, &self.scene(loaded), person.as_ref()));
                }
                shown
            }
        };
        // What is about no case in particular is in reach of the one its reader is in, or has open.
        let near = if asked.row.needs_case { None } else { self.find(&asked, person.as_ref()).await? };
        let Some(near) = found.or(near) else { return Ok(shown) };
        Ok(in_reach_of_danger(&asked, shown, &self.scene(&near), person.as_ref()))
    }

    /// A case as its people read it, under its own book.
    pub(super) fn scene<'a>(&'a self, loaded: &'a Loaded) -> Scene<'a> {
        let rules = loaded.book.rules(&self.config.calendar);
        Scene { case: &loaded.case, rules, wording: &loaded.book.wording }
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
        // Names are for those past the door; the convenor is.
        if seat_of(&loaded.case, asked.account.into()).is_none() {
            return Ok(Vec::new());
        }
        let wording = wording_for(&loaded, asked.account);
        let scene = Scene { wording: &wording, ..self.scene(&loaded) };
        let masked = |options: Vec<SelectOption>| {
            let label = |option: &SelectOption| wording.masked(option.label.clone());
            options.into_iter().map(|option| SelectOption { label: label(&option), ..option }).collect()
        };
        // What is not offered can be recorded all the same by whoever looks for it (DEC-06).
        let is_looking = asked.answers.get(field).is_some_and(|typed| !typed.trim().is_empty());
        if let (Kind::Outcome, true) = (kind, is_looking) {
            return Ok(masked(every_outcome(&scene)));
        }
        Ok(masked(choices_for(kind, &scene, person)))
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
        if asked.row.fields.iter().any(|field| matches!(field.kind, Kind::RoleOf)) {
            named.roles.clone_from(&self.config.directory.roles);
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

    /// What a person owes over all their cases, by date; what has none comes last. Actions outlive the record.
    pub(super) async fn owed(&self, person: Option<&Person>) -> Result<Vec<String>, StoreError> {
        let Some(account) = person.and_then(|person| person.account) else { return Ok(Vec::new()) };
        let mut owed = Vec::new();
        for row in self.store.seated_cases(account).await? {
            let loaded = self.load(&row.case).await?;
            let wording = &wording_for(&loaded, account);
            let scene = Scene { wording, ..self.scene(&loaded) };
            let own = loaded.case.seats.iter().filter(|seat| seat.person.account == Some(account)).map(|seat| seat.id);
            owed.extend(scene.owed_by(&own.collect::<Vec<_>>()));
        }
        owed.sort_by_key(|owed| (owed.due.is_none(), owed.due));
        Ok(owed.into_iter().map(|owed| owed.text).collect())
    }

    /// The private answer to a command that was carried out. Of all that it brought about, one fact may have an answer
    /// of its own; otherwise there is a receipt.
    async fn told(&self, before: &Telling<'_>, loaded: &Loaded, from: usize) -> Result<Shown, StoreError> {
        let asked = before.asked;
        let wording = &wording_for(loaded, asked.account);
        let scene = Scene { wording, ..self.scene(loaded) };
        let telling = Telling { asked, wording, scene: Some(&scene) };
        let brought = &loaded.journal[from..];
        for record in brought {
            if let Event::CopyOpened { .. } = record.event {
                return self.copy(&scene, loaded, asked, &record.event).await;
            }
            if let Event::FamilyDraftOpened { session, .. }
            | Event::FamilyLinesTicked { session, .. }
            | Event::FamilyEmbargoLifted { session, .. } = &record.event
            {
                return Ok(self.family_draft(&scene, loaded, asked, *session).await);
            }
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
                // Convening has a receipt of its own, which the list stands under.
                Event::InviteesListed { .. } if asked.row.key != CONVENE => scene.to_invite(),
                Event::HistoryRead { seat } => Some(self.history(&scene, asked, *seat)),
                Event::LimitedRead { seat } => {
                    let case = scene.case.as_seen_by(*seat);
                    Some(Scene { case: &case, ..scene }.limited_sheet(*seat))
                }
                // What is taken back stands in the case as it was.
                Event::TakenBack { crossing } => before.scene.and_then(|scene| scene.taken_back(*crossing)),
                Event::AuditViewed { .. } => Some(self.audited(&scene, loaded, asked, &record.event).await?),
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
pub(super) fn introduction_due(scene: &Scene<'_>, account: Option<AccountId>) -> Option<Message> {
    let seat = seat_of(scene.case, account)?;
    let attendance = scene.case.session()?.attendance.get(&seat)?;
    let is_due = attendance.confirmed_at.is_some() && attendance.introduced.is_none() && attendance.excluded.is_none();
    is_due.then(|| scene.introduction(seat))
}

/// What stands of what a form is to change, as far as its reader may know it.
fn stood(scene: &Scene<'_>, asked: &Asked, person: Option<&Person>, now: DateTime<Utc>) -> Answers {
    let answers = &asked.answers;
    let seat = seat_of(scene.case, person.and_then(|person| person.account));
    if asked.row.key == CONVENE {
        return seat.map(|_| planned_start(scene, now)).unwrap_or_default();
    }
    let case = scene.case.as_read_by(seat);
    let session = case.session().filter(|session| inside(session, seat).is_ok());
    if let Some(gist) = answers.get("contribution").and_then(|id| id.parse().ok()).map(ContributionId) {
        let said = session.into_iter().flat_map(|session| &session.contributions).map(|(said, _)| said);
        let own = said.into_iter().find(|said| said.id == gist && Some(said.seat) == seat && said.entered_by.is_some());
        let words = own.into_iter().flat_map(|said| &said.fields);
        return words.map(|(key, words)| (key.clone(), scene.wording.masked(words.words().to_owned()))).collect();
    }
    let draft = answers.get(CHANGES).and_then(|draft| draft.parse().ok()).map(DraftId);
    let draft = draft.and_then(|id| session?.unconfirmed().find(|draft| draft.id == id));
    let stood = draft.map(|draft| stood_in(&draft.entry, &scene.rules)).unwrap_or_default();
    stood.into_iter().map(|(key, words)| (key, scene.wording.masked(words))).collect()
}

/// A case's words for somebody, who may not know what is masked from them (SEC-08).
fn wording_for(loaded: &Loaded, account: AccountId) -> Wording {
    let seat = seat_of(&loaded.case, Some(account));
    loaded.book.wording.masking(loaded.case.masked_from(seat))
}

/// Why not, or what is to be done first.
fn refused(telling: &Telling<'_>, refusal: &Refusal) -> Shown {
    match (refusal, telling.scene) {
        // The answer was lost on its way: the door goes on from there.
        (Refusal::AlreadyConfirmed { seat }, Some(scene)) => Shown::Message(scene.introduction(*seat)),
        (Refusal::ConflictFirst { invitation }, Some(scene)) => Shown::Message(scene.conflict_question(*invitation)),
        _ => telling.refusal(refusal),
    }
}

/// Nobody unknown gets as far as a form, and what is about a case needs one.
fn refusal_before_form(asked: &Asked, person: Option<&Person>, found: Option<&Loaded>) -> Option<Refusal> {
    match (person, found) {
        (None, _) => Some(Refusal::NotEnrolled),
        (_, None) if asked.row.needs_case => Some(Refusal::NoCase),
        _ => None,
    }
}
