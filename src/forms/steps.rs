//! What a form needs next: a choice, some words, or nothing more.

mod decided;

use std::collections::BTreeMap;

use super::reading::{ALL_DECISIONS, CHAIR_AND_POLICE, EVERYBODY};
use super::{Answers, Doing, Field, Form, Kind, More, Row};
use crate::domain::enquiry;
use crate::domain::floor::{QuestionState, Whose};
use crate::domain::further::to_be_asked;
use crate::domain::gaps::asked_of;
use crate::domain::knowing::NOBODY;
use crate::domain::open_items::arising;
use crate::domain::people::AgencyKind;
use crate::domain::positions::decisions;
use crate::domain::prompt::{AskedOf, Field as PromptField, FieldKind, If, LATER, Per, Prompt, arises};
use crate::domain::proposal::{NO_DIFFICULTY, Proposal};
use crate::domain::readiness::proposals;
use crate::domain::refusal::Refusal;
use crate::room::Scene;
use crate::room::message::SelectOption;
use crate::wording::Wording;

/// The most fields a modal shows, options a list offers, and lists one beside the other a message has room for.
pub const MODAL_FIELDS_MAX: usize = 5;
pub const OPTIONS_MAX: usize = 25;
pub const LISTS_MAX: usize = 5;

/// What comes next.
#[derive(Debug, PartialEq)]
pub enum Step {
    /// Offer a list for this field, or as many as its options need; of some, several can be chosen.
    Choose { field: String, options: Vec<SelectOption>, several: bool },
    /// Open a modal.
    Fill { inputs: Vec<Input> },
    /// The form is filled.
    Do(Doing),
}

/// One input of a modal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    pub key: String,
    pub label: String,
    pub is_long: bool,
    pub needed: bool,
    /// What is filled in already.
    pub value: Option<String>,
}

/// A field as the form engine sees it, whether the table's or the catalogue's.
struct Asked {
    key: String,
    needed: bool,
    is_long: bool,
    options: Option<Vec<SelectOption>>,
    takes_several: bool,
    is_typed: bool,
}

/// Says what a form needs next. `typed` says that its words were given, by modal or by option, so that no
/// modal is opened again.
pub fn next_step(form: &Form<'_>, wording: &Wording, scene: Option<&Scene<'_>>, typed: bool) -> Result<Step, Refusal> {
    let asked = asked(form.row, form.answers, wording, scene, form)?;
    let missing_choice =
        asked.iter().find(|field| field.needed && !field.is_typed && !form.answers.contains_key(&field.key));
    if let Some(field) = missing_choice {
        if let Some(options) = field.options.clone().filter(|options| !options.is_empty()) {
            return Ok(Step::Choose {
                field: field.key.clone(),
                options: options.into_iter().take(OPTIONS_MAX * LISTS_MAX).collect(),
                several: field.takes_several,
            });
        }
        return Err(Refusal::Missing { field: field.key.clone() });
    }
    let typed_fields: Vec<_> = asked.iter().filter(|field| field.is_typed).collect();
    let nothing_typed = typed_fields.iter().all(|field| !form.answers.contains_key(&field.key));
    if !typed && nothing_typed && !typed_fields.is_empty() {
        let label = |key: &str| match scene {
            Some(scene) => label(scene, form, key),
            None => wording.say(&format!("field.{key}"), ()),
        };
        let inputs = typed_fields.into_iter().take(MODAL_FIELDS_MAX).map(|field| Input {
            key: field.key.clone(),
            label: label(&field.key),
            is_long: field.is_long,
            needed: field.needed,
            value: form.stood.get(&field.key).cloned(),
        });
        return Ok(Step::Fill { inputs: inputs.collect() });
    }
    let mut answers = form.stood.clone();
    answers.extend(form.answers.clone());
    (form.row.build)(&Form { answers: &answers, ..*form }).map(Step::Do)
}

fn label(scene: &Scene<'_>, form: &Form<'_>, key: &str) -> String {
    if let Some(own) = decided::own_label(scene, form, key) {
        return own;
    }
    let prompt = form.answers.get("prompt").map(String::as_str).unwrap_or_default();
    scene.field(prompt, key)
}

fn asked(
    row: &Row,
    answers: &Answers,
    wording: &Wording,
    scene: Option<&Scene<'_>>,
    form: &Form<'_>,
) -> Result<Vec<Asked>, Refusal> {
    let mut asked: Vec<_> = row.fields.iter().map(|field| of_the_table(field, wording, scene, form)).collect();
    let question = answers.get("prompt").and_then(|key| form.rules.catalogue.prompt(key));
    if let Some(prompt) = question.filter(|prompt| prompt.per != Per::Session)
        && let Some(about) = asked.iter_mut().find(|field| field.key == "about")
    {
        about.needed = true;
        about.options = scene.map(|scene| children_of(scene, prompt));
    }
    match row.more {
        More::Nothing => {}
        More::Speaker => {
            let fields = asked_of_speaker(scene, form).into_iter();
            asked.extend(
                fields.map(|(prompt, field)| Asked { needed: false, ..of_the_catalogue(prompt, field, scene, form) }),
            );
            // Typed parts come first: those that fit in the modal stand there, the others are asked for afterwards.
            asked.sort_by_key(|field| !field.is_typed);
        }
        More::OfOutcome => decided::keep_of_outcome(&mut asked, form),
        More::OfDraft => decided::keep_of_draft(&mut asked, scene, form)?,
        More::OfPrompt => {
            let prompt = question.ok_or(Refusal::UnknownPrompt)?;
            asked.extend(prompt.fields.iter().map(|field| of_the_catalogue(prompt, field, scene, form)));
        }
    }
    Ok(asked)
}

/// What this session asks of whoever fills the form, what is mandatory first; before there is one, of their kind.
fn asked_of_speaker<'a>(scene: Option<&Scene<'_>>, form: &Form<'a>) -> Vec<(&'a Prompt, &'a PromptField)> {
    let kind = form.person.map(|person| person.agency_kind);
    let session = scene.and_then(|scene| Some((scene.case, scene.case.session()?)));
    let (Some((case, session)), Some(of)) = (session, kind) else {
        return speaker_fields(form.rules.catalogue.prompts.iter(), kind).collect();
    };
    let prompts = asked_of(case, session, &form.rules, of).into_iter();
    prompts.flat_map(|prompt| prompt.fields.iter().map(move |field| (prompt, field))).collect()
}

/// The fields a speaker's sharing form takes from the catalogue: those asked of every speaker, and of the
/// speaker's own kind of agency. `None` gives all of them.
pub fn speaker_fields<'a>(
    prompts: impl Iterator<Item = &'a Prompt>,
    kind: Option<AgencyKind>,
) -> impl Iterator<Item = (&'a Prompt, &'a PromptField)> {
    let asked = prompts.filter(move |prompt| match kind {
        Some(kind) => prompt.is_put_to(kind),
        None => prompt.joins_sharing(),
    });
    asked.flat_map(|prompt| prompt.fields.iter().map(move |field| (prompt, field)))
}

fn of_the_table(field: &Field, wording: &Wording, scene: Option<&Scene<'_>>, form: &Form<'_>) -> Asked {
    let options = match field.kind {
        Kind::Choice(set, codes) => Some(fixed_choices(set, codes, wording)),
        Kind::Agency => Some(agencies_for(form)),
        Kind::RoleOf => {
            let roles = form.named.roles.iter();
            Some(roles.map(|role| SelectOption { value: role.code.clone(), label: role.label.clone() }).collect())
        }
        kind => scene.map(|scene| choices_for(kind, scene, form.person)),
    };
    Asked {
        key: field.key.to_owned(),
        needed: field.needed,
        is_long: matches!(field.kind, Kind::Text),
        options,
        takes_several: matches!(field.kind, Kind::Difficulties | Kind::Readers | Kind::Decisions | Kind::ToInvite),
        is_typed: field.kind.is_typed(),
    }
}

fn of_the_catalogue(prompt: &Prompt, field: &PromptField, scene: Option<&Scene<'_>>, form: &Form<'_>) -> Asked {
    let choices = field.choices(form.rules.procedure);
    let is_offered = || field.offered && arises_in(prompt, scene);
    // What an answer so far makes needed.
    let is_called_for = || {
        let given = |needed: &If| form.answers.get(&needed.field).is_some_and(|given| needed.is.has(given));
        field.needed_if.as_ref().is_some_and(given)
    };
    let has_choices = choices.as_ref().is_none_or(|choices| !choices.is_empty());
    let is_typed = choices.is_none() && !matches!(field.kind, FieldKind::Seat | FieldKind::People);
    let option = |choice: crate::domain::procedure::Choice| SelectOption { value: choice.code, label: choice.label };
    Asked {
        key: field.key.clone(),
        // A choice is offered before the words; the words may stay blank and become an open item.
        needed: !is_typed && has_choices && (field.needed || is_called_for() || is_offered()),
        is_long: field.kind == FieldKind::Text,
        options: match field.kind {
            FieldKind::Seat => scene.map(|scene| seats_for(field, scene, form)),
            FieldKind::People => scene.map(people_of),
            _ => choices.map(|choices| choices.into_iter().map(option).collect()),
        },
        takes_several: field.takes_several(),
        is_typed,
    }
}

fn arises_in(prompt: &Prompt, scene: Option<&Scene<'_>>) -> bool {
    let session = scene.and_then(|scene| Some((scene, scene.case.session()?)));
    session.is_some_and(|(scene, session)| arises(prompt, &arising(scene.case, session, scene.rules.procedure)))
}

/// Everybody with a seat and, where the question says how, that it is still to be said.
fn seats_for(field: &PromptField, scene: &Scene<'_>, form: &Form<'_>) -> Vec<SelectOption> {
    let later = field.later.iter().map(|label| SelectOption { value: LATER.to_owned(), label: label.clone() });
    // First, so that it is offered however many people there are.
    later.chain(choices_for(Kind::Seat, scene, form.person)).collect()
}

/// Those of the session, and that it is nobody.
fn people_of(scene: &Scene<'_>) -> Vec<SelectOption> {
    let session = scene.case.session().into_iter();
    let coming = session.flat_map(|session| {
        let seats = session.attendance.keys().map(|seat| Whose::Seat(*seat));
        let free = session.invitations.iter().map(|state| Whose::Invitation(state.invitation.id));
        seats.chain(free).filter(|whose| session.is_coming(*whose))
    });
    let people = coming.map(|whose| SelectOption { value: whose.code(), label: scene.whose(whose) });
    let nobody = SelectOption { value: NOBODY.to_owned(), label: scene.wording.say("ready.nobody", ()) };
    people.chain([nobody]).collect()
}

/// The agencies of the kinds a proposal means or a role is found in, or all of them where there is none of those.
fn agencies_for(form: &Form<'_>) -> Vec<SelectOption> {
    let proposal = form.answers.get("proposal").and_then(|key| form.rules.procedure.proposal(key));
    let role = form.answers.get("asked_role").and_then(|code| form.named.role(code));
    let of_role = role.map(|role| role.agency_kinds.clone());
    let kinds = proposal.map(Proposal::kinds).or(of_role).unwrap_or_default();
    let of = |wanted: &dyn Fn(&AgencyKind) -> bool| -> Vec<SelectOption> {
        let agencies = form.named.agencies.iter().filter(|(_, kind)| wanted(kind));
        agencies.map(|(name, _)| SelectOption { value: name.clone(), label: name.clone() }).collect()
    };
    let meant = of(&|kind| kinds.contains(kind));
    if meant.is_empty() { of(&|_| true) } else { meant }
}

fn children_of(scene: &Scene<'_>, prompt: &Prompt) -> Vec<SelectOption> {
    let wanted = scene.case.children.iter().filter(|child| match prompt.per {
        Per::SubjectChild => child.subject,
        Per::OtherChild => !child.subject,
        Per::EveryChild | Per::Session => true,
    });
    wanted.map(|child| SelectOption { value: format!("c{}", child.id), label: child.name.words().to_owned() }).collect()
}

fn fixed_choices(set: &str, codes: fn() -> Vec<&'static str>, wording: &Wording) -> Vec<SelectOption> {
    let label = |code: &str| wording.say(&format!("choice.{set}.{code}"), ());
    codes().into_iter().map(|code| SelectOption { value: code.to_owned(), label: label(code) }).collect()
}

/// Every outcome that can be recorded, offered or not.
pub fn every_outcome(scene: &Scene<'_>) -> Vec<SelectOption> {
    let procedure = scene.rules.procedure;
    let known = procedure.outcomes.iter().filter(|outcome| procedure.outcome(&outcome.code).is_some());
    known.map(|outcome| SelectOption { value: outcome.code.clone(), label: outcome.label.clone() }).collect()
}

/// What can be chosen for a field of this kind in this case; also what autocomplete offers.
pub fn choices_for(kind: Kind, scene: &Scene<'_>, person: Option<&crate::domain::people::Person>) -> Vec<SelectOption> {
    let option = |value: String, label: String| SelectOption { value, label };
    let seats = || scene.case.seats.iter().map(|seat| option(format!("s{}", seat.id), scene.person(seat.id)));
    match kind {
        Kind::Choice(set, codes) => fixed_choices(set, codes, scene.wording),
        Kind::Seat => seats().collect(),
        Kind::Owner => {
            let invited = scene.case.invited_by_name();
            let invited = invited.map(|(id, person)| {
                option(format!("i{id}"), format!("{}, {}, {}", person.name, person.role, person.agency))
            });
            seats().chain(invited).collect()
        }
        Kind::Whose => {
            let free = scene
                .case
                .session()
                .into_iter()
                .flat_map(|session| session.invitations.iter().filter(|state| state.seat.is_none()));
            let free = free.map(|state| {
                let to = &state.invitation.to;
                option(format!("i{}", state.invitation.id), format!("{}, {}", to.role(), to.agency()))
            });
            seats().chain(free).collect()
        }
        Kind::Addressee => {
            let asked = || scene.case.seats.iter().filter(|seat| seat.support.is_none());
            let agencies: BTreeMap<_, _> = asked().map(|seat| (seat.person.agency.clone(), ())).collect();
            let agencies = agencies.into_keys().map(|agency| option(format!("a:{agency}"), agency));
            let seats = asked().map(|seat| option(format!("s{}", seat.id), scene.person(seat.id)));
            seats.chain(agencies).collect()
        }
        Kind::Child => {
            let children = scene.case.children.iter();
            children.map(|child| option(format!("c{}", child.id), child.name.words().to_owned())).collect()
        }
        Kind::Prompt => {
            let prompts = scene.rules.catalogue.prompts.iter();
            let chairs = prompts.filter(|prompt| {
                matches!(prompt.asked_of, AskedOf::Chair | AskedOf::Convenor)
                    && scene.rules.procedure.level(&prompt.key).is_recordable()
            });
            chairs.map(|prompt| option(prompt.key.clone(), prompt.title.clone())).collect()
        }
        Kind::Section47 => {
            let put = enquiry::put(scene.case).into_iter();
            put.map(|decision| {
                let label = scene.wording.say(&format!("choice.decision.{}", decision.code()), ());
                option(decision.code().to_owned(), label)
            })
            .collect()
        }
        Kind::Group => {
            let groups = scene.rules.catalogue.groups.iter();
            groups.map(|group| option(group.key.clone(), group.title.clone())).collect()
        }
        Kind::Outcome => {
            let outcomes = scene.rules.procedure.offered();
            outcomes.map(|outcome| option(outcome.code.clone(), outcome.label.clone())).collect()
        }
        Kind::ToInvite => {
            let session = scene.case.session().into_iter();
            let listed = session.flat_map(|session| to_be_asked(scene.case, session));
            listed.map(|one| option(one.no.to_string(), scene.invitee(&one.to))).collect()
        }
        Kind::Step => {
            let steps = scene.rules.procedure.silence.iter();
            steps.map(|step| option(step.code.clone(), step.label.clone())).collect()
        }
        Kind::OwnQuestion => {
            let account = person.and_then(|person| person.account);
            let questions = scene.case.session().into_iter().flat_map(|session| session.questions.iter());
            let own = questions.filter(|question| {
                matches!(question.state, QuestionState::Parked | QuestionState::Held)
                    && scene.case.person(question.by).account == account
            });
            own.map(|question| option(question.id.to_string(), question.text.words().to_owned())).collect()
        }
        Kind::Action => {
            let own = person.and_then(|person| person.account);
            let own = scene.case.seats.iter().find(|seat| own.is_some() && seat.person.account == own);
            let readable = own.map_or_else(|| scene.case.as_read_by(None), |seat| scene.case.as_seen_by(seat.id));
            let actions = readable.actions.iter();
            actions.map(|action| option(action.entered.no.to_string(), scene.action(action.entered.no))).collect()
        }
        Kind::Adult => {
            let adults = scene.case.adults.iter();
            adults.map(|adult| option(format!("a{}", adult.id), adult.name.words().to_owned())).collect()
        }
        Kind::Difficulties => {
            let offered = scene.rules.procedure.difficulties.iter();
            let offered = offered.map(|choice| option(choice.code.clone(), choice.label.clone()));
            offered.chain([option(NO_DIFFICULTY.to_owned(), scene.wording.say("ready.no_difficulty", ()))]).collect()
        }
        Kind::Proposal => {
            let session = scene.case.session().into_iter();
            let proposed = session.flat_map(|session| proposals(scene.case, session, &scene.rules));
            proposed.map(|one| option(one.proposal.key.clone(), one.proposal.label.clone())).collect()
        }
        Kind::Readers => {
            let all = [CHAIR_AND_POLICE, EVERYBODY]
                .map(|code| option(code.to_owned(), scene.wording.say(&format!("choice.readers.{code}"), ())));
            let session = scene.case.session().into_iter();
            let seats = session.flat_map(|session| session.attendance.keys().copied());
            all.into_iter().chain(seats.map(|seat| option(format!("s{seat}"), scene.person(seat)))).collect()
        }
        Kind::Item => scene.items_of(person),
        Kind::Decisions => {
            let session = scene.case.session().into_iter();
            let read_back = session.flat_map(decisions);
            let read_back = read_back.map(|draft| option(format!("d{}", draft.id), scene.decision_label(&draft.entry)));
            let all = option(ALL_DECISIONS.to_owned(), scene.wording.say("choice.decisions.all", ()));
            std::iter::once(all).chain(read_back).collect()
        }
        Kind::Line
        | Kind::Text
        | Kind::Time
        | Kind::PastTime
        | Kind::Flag
        | Kind::User
        | Kind::Number
        | Kind::Agency
        | Kind::RoleOf
        | Kind::Case
        | Kind::FamilyLine
        | Kind::Role => Vec::new(),
    }
}
