//! What is entered for the record: the recorder drafts, the chair confirms; positions, actions.

use chrono::Duration;

use super::{Decision, Situation, actions, decided, immediate, next, promised, purpose, suggesting, views};
use crate::domain::decision::{Action, ActionEntered, Entry, Section47Decision, Supplement};
use crate::domain::event::{Event, Fields};
use crate::domain::floor::Whose;
use crate::domain::ids::{ActionNo, DraftId, SeatId};
use crate::domain::item_zero;
use crate::domain::knowing::people_in;
use crate::domain::limits::Item;
use crate::domain::open_items::{is_answer, to_answer_of};
use crate::domain::prompt::{About, Answer, AskedOf, BadField, FieldKind, Prompt, validate};
use crate::domain::referral::Child;
use crate::domain::refusal::Refusal;
use crate::domain::session::Session;
use crate::domain::spoken::Spoken;
use crate::domain::stage::Stage;

/// Whatever the chair may enter, the recorder may draft; an attendee's entry is a suggestion to the chair
/// (DEC-44, SES-06). The section 47 decision can be entered at any stage past the door (DEC-46).
pub(super) fn enter(situation: &Situation<'_>, entry: &Entry) -> Decision {
    let session = situation.session()?;
    if let Entry::Action(action) = entry
        && action.is_at_once()
    {
        return immediate::at_once(situation, action);
    }
    let own = match entry {
        Entry::Answer(answer) => may_answer(situation, answer)?,
        _ => situation.admitted()?,
    };
    if session.stage > Stage::Minutes {
        return Err(Refusal::AlreadyClosed);
    }
    if suggesting::is_for_the_chair(situation, entry) {
        return suggesting::suggest(situation, completed(situation, entry)?);
    }
    entered(situation, own, entry)
}

/// The chair, or the recorder, puts a draft right before it is confirmed. What stood stays in the journal (SES-06).
pub(super) fn change_draft(situation: &Situation<'_>, draft: DraftId, entry: &Entry) -> Decision {
    let own = situation.chair_or_recorder()?;
    let session = situation.session()?;
    if session.stage > Stage::Minutes {
        return Err(Refusal::AlreadyClosed);
    }
    let stood = session.unconfirmed().find(|waiting| waiting.id == draft).ok_or(Refusal::NothingToConfirm)?;
    let entry = match (completed(situation, entry)?, &stood.entry) {
        (Entry::Action(now), Entry::Action(stood)) => Entry::Action(now.in_place_of(stood)),
        (entry, _) => entry,
    };
    follows(situation, own, entry, Some(draft))
}

/// What comes of an entry, once it is known who makes it.
pub(super) fn entered(situation: &Situation<'_>, own: SeatId, entry: &Entry) -> Decision {
    let entry = completed(situation, entry)?;
    let replaces = replaced_by(situation, situation.session()?, &entry);
    follows(situation, own, entry, replaces)
}

fn follows(situation: &Situation<'_>, own: SeatId, entry: Entry, replaces: Option<DraftId>) -> Decision {
    let session = situation.session()?;
    let (seated, entry) = actions::with_seat(situation, entry)?;
    let draft = next_draft(session);
    let decides = decided::decides_anew(session, &entry);
    let mut actions = children_to_see(situation, &entry);
    actions.extend(decided::assessment(situation, &entry));
    actions.extend(decided::referral(situation, &entry));
    actions.extend(promised::made(situation, &entry));
    let safety = made_safe(situation, &entry);
    let is_urgent = safety.is_some();
    actions.extend(safety);
    let changed = promised::changed(situation, &entry);
    let mut drafts = vec![draft];
    let mut events = vec![Event::Entered { draft, entry, replaces }];
    let numbers = (draft.0 + 1..).zip(next_action(situation).0..);
    for (action, (n, no)) in actions.into_iter().zip(numbers) {
        drafts.push(DraftId(n));
        let action = ActionEntered { no: ActionNo(no), ..action };
        events.push(Event::Entered { draft: DraftId(n), entry: Entry::Action(action), replaces: None });
    }
    events.extend(changed);
    let reminders = events.iter().filter_map(|event| match event {
        Event::Entered { draft, entry, .. } => purpose::reminded(situation, *draft, entry),
        _ => None,
    });
    let reminders: Vec<_> = reminders.collect();
    events.extend(reminders);
    if decides {
        decided::mark(situation, draft, &mut events)?;
    }
    if session.chair() == Some(own) {
        events.push(Event::DraftsConfirmed { drafts });
    } else if is_urgent {
        // What keeps a child safe waits for nobody's word (SAFE-04); it was entered last.
        events.push(Event::DraftsConfirmed { drafts: drafts.split_off(drafts.len() - 1) });
    }
    Ok(seated.into_iter().chain(events).collect())
}

/// More of a decision or an outcome, by chair or recorder; it takes the place of what stood (DEC-03, DEC-04, DEC-06).
pub(super) fn supply(situation: &Situation<'_>, draft: DraftId, more: &Supplement) -> Decision {
    let own = situation.chair_or_recorder()?;
    let session = situation.session()?;
    if session.stage > Stage::Minutes {
        return Err(Refusal::AlreadyClosed);
    }
    let stands = decided::standing(session, draft).ok_or(Refusal::AlreadyDone)?;
    let entry = match &stands.entry {
        Entry::Section47(decided) => Entry::Section47(decided.supplied(more)),
        Entry::Outcome(chosen) => Entry::Outcome(chosen.supplied(more)),
        Entry::Answer(_) | Entry::Action(_) => return Err(Refusal::AlreadyDone),
    };
    if entry == stands.entry {
        return Err(Refusal::NothingGiven);
    }
    follows(situation, own, entry, Some(stands.id))
}

/// Initiating section 47 makes an action for each born subject child that has none yet: to be seen and met in the
/// procedure's time, by whoever convened (TIM-11, REF-08).
fn children_to_see(situation: &Situation<'_>, entry: &Entry) -> Vec<ActionEntered> {
    let set = &situation.facts.rules.procedure.deadlines;
    let (Entry::Section47(decided), Some(rule), Some(what)) = (entry, &set.child_seen, &set.child_seen_action) else {
        return Vec::new();
    };
    if decided.decision != Section47Decision::Initiate {
        return Vec::new();
    }
    let actions = &situation.case.actions;
    let is_to_be_seen =
        |child: &&Child| !child.is_unborn() && !actions.iter().any(|action| action.entered.sees == Some(child.id));
    let due = situation.facts.rules.calendar.due(situation.facts.now, rule.within).at;
    let first = next_action(situation).0;
    let children = situation.case.subjects().filter(is_to_be_seen).zip(first..);
    children
        .map(|(child, no)| ActionEntered {
            what: format!("{what}: {}", child.name.words()).as_str().into(),
            owner: situation.case.convenor(),
            due: Some(due),
            serves: "section_47".to_owned(),
            sees: Some(child.id),
            ..ActionEntered::numbered(ActionNo(no))
        })
        .collect()
}

/// A child who is not safe, or of whom nobody knows, makes an immediate action for whoever convened, unless one for that
/// child is still to be done (SAFE-04). It is due in the procedure's time.
fn made_safe(situation: &Situation<'_>, entry: &Entry) -> Option<ActionEntered> {
    let Entry::Answer(answer) = entry else { return None };
    let About::Child(child) = answer.about else { return None };
    let what = situation.facts.rules.catalogue.prompt(&answer.prompt)?.alarm.as_ref()?;
    let is_live = |action: &Action| action.entered.protects == Some(child) && action.is_to_do();
    if !item_zero::is_alarming(answer) || situation.case.actions.iter().any(is_live) {
        return None;
    }
    let name = situation.case.child(child).map(|child| child.name.words().to_owned()).unwrap_or_default();
    let within = Duration::minutes(i64::from(situation.facts.rules.procedure.find_out.within_minutes));
    Some(ActionEntered {
        what: format!("{what}: {name}").as_str().into(),
        owner: situation.case.convenor(),
        due: Some(situation.facts.now + within),
        serves: answer.prompt.clone(),
        protects: Some(child),
        ..ActionEntered::numbered(next_action(situation))
    })
}

/// The number of the session's next entry.
pub(super) fn next_draft(session: &Session) -> DraftId {
    let taken_back = session.taken_back(|item| if let Item::Entry(id) = item { Some(id.0) } else { None });
    DraftId(next(session.drafts.iter().map(|draft| draft.id.0).chain(taken_back)))
}

/// The number of the next action of the case.
pub(super) fn next_action(situation: &Situation<'_>) -> ActionNo {
    ActionNo(next(situation.case.actions.iter().map(|action| action.entered.no.0)))
}

/// The convenor's own questions can be answered from convening on; the others need the door.
fn may_answer(situation: &Situation<'_>, answer: &Answer) -> Result<SeatId, Refusal> {
    let prompt = asked(situation, &answer.prompt)?;
    if prompt.asked_of == AskedOf::Convenor {
        situation.convenor().and_then(|()| situation.seat())
    } else {
        situation.admitted()
    }
}

/// An answer is validated, an action numbered; anything else is taken as it is.
fn completed(situation: &Situation<'_>, entry: &Entry) -> Result<Entry, Refusal> {
    match entry {
        Entry::Answer(answer) => {
            let prompt = asked(situation, &answer.prompt)?;
            if let Some(reason) = &answer.none {
                return Ok(Entry::Answer(Answer::nothing(&prompt.key, answer.about, reason)));
            }
            let fields = checked(situation, prompt, &answer.fields)?;
            people_known(situation, prompt, &fields)?;
            Ok(Entry::Answer(Answer { fields, ..answer.clone() }))
        }
        Entry::Outcome(chosen) => {
            let procedure = situation.facts.rules.procedure;
            let offered = procedure.outcome(&chosen.code).ok_or_else(|| Refusal::NotAChoice {
                field: "outcome".to_owned(),
                given: chosen.code.clone(),
                choices: procedure.offered().map(|outcome| outcome.label.clone()).collect(),
            })?;
            let mut chosen = chosen.clone();
            chosen.code.clone_from(&offered.code);
            Ok(Entry::Outcome(chosen))
        }
        Entry::Action(action) => {
            let no = next_action(situation);
            let owner = action.owner.map(|seat| situation.known(seat)).transpose()?;
            let action = ActionEntered { no, owner, ..action.clone() };
            Ok(Entry::Action(actions::understood(situation, action)))
        }
        Entry::Section47(_) => Ok(entry.clone()),
    }
}

/// Whatever a group still asks is not needed, for one reason (DEC-45): one batch of entries, confirmed like any.
pub(super) fn answer_group(situation: &Situation<'_>, group: &str, reason: &Spoken) -> Decision {
    let own = situation.admitted()?;
    let session = situation.session()?;
    if session.stage > Stage::Minutes {
        return Err(Refusal::AlreadyClosed);
    }
    let open = to_answer_of(group, situation.case, &situation.facts.rules).into_iter();
    let entered = open.zip(next_draft(session).0..).map(|((prompt, about), no)| Event::Entered {
        draft: DraftId(no),
        entry: Entry::Answer(Answer::nothing(&prompt.key, about, reason)),
        replaces: None,
    });
    let mut events: Vec<_> = entered.collect();
    if events.is_empty() {
        return Err(Refusal::AlreadyDone);
    }
    if session.chair() == Some(own) {
        let drafts = (next_draft(session).0..).take(events.len()).map(DraftId).collect();
        events.push(Event::DraftsConfirmed { drafts });
    }
    Ok(events)
}

/// A prompt this procedure knows: one it calls absent does not exist here.
fn asked<'a>(situation: &Situation<'a>, key: &str) -> Result<&'a Prompt, Refusal> {
    let rules = &situation.facts.rules;
    let prompt = rules.catalogue.prompt(key).ok_or(Refusal::UnknownPrompt)?;
    if rules.procedure.level(key).is_recordable() { Ok(prompt) } else { Err(Refusal::UnknownPrompt) }
}

/// The fields as they are kept; what can't be kept comes back with what could be.
fn checked(situation: &Situation<'_>, prompt: &Prompt, fields: &Fields) -> Result<Fields, Refusal> {
    let words = fields.iter().map(|(key, text)| (key.clone(), text.words().to_owned())).collect();
    validate(prompt, &words, situation.facts.rules.procedure).map_err(|bad| match bad {
        BadField::Unknown { field, offered } => Refusal::NotAChoice { given: field.clone(), field, choices: offered },
        BadField::NotOffered { field, choices } => {
            let given = words.get(&field).cloned().unwrap_or_default();
            Refusal::NotAChoice { field, given, choices: choices.into_iter().map(|choice| choice.label).collect() }
        }
        BadField::NotATime { field } | BadField::NotASeat { field } => {
            let given = words.get(&field).cloned().unwrap_or_default();
            Refusal::NotATime { field, why: "due.unknown".to_owned(), given, offers: Vec::new() }
        }
        BadField::TooLong { field, characters_max } => Refusal::TooLong { field, most: characters_max },
    })
}

/// Whoever an answer names has a seat of the case or an invitation to the session.
fn people_known(situation: &Situation<'_>, prompt: &Prompt, fields: &Fields) -> Result<(), Refusal> {
    let named = prompt.fields.iter().filter(|field| field.kind == FieldKind::People);
    let named = named.filter_map(|field| fields.get(&field.key)).flat_map(|words| people_in(words.words()));
    for whose in named {
        match whose {
            Whose::Seat(seat) => drop(situation.known(seat)?),
            Whose::Invitation(id) => drop(situation.session()?.invitation(id).ok_or(Refusal::UnknownInvitation)?),
        }
    }
    Ok(())
}

/// A new answer to the same question, or a new section 47 decision, takes the place of the old one; the old
/// one stays in the journal.
fn replaced_by(situation: &Situation<'_>, session: &Session, entry: &Entry) -> Option<DraftId> {
    let same = |earlier: &Entry| match (earlier, entry) {
        (Entry::Section47(_), Entry::Section47(_)) => true,
        // What has to be described can be chosen more than once: two other actions are two outcomes, and so are the
        // same for two children and referrals to two agencies.
        (Entry::Outcome(earlier), Entry::Outcome(now)) => {
            let agencies = !earlier.agency.is_empty() && !now.agency.is_empty() && earlier.agency != now.agency;
            let is_same = earlier.code == now.code && earlier.description == now.description;
            is_same && earlier.child == now.child && !agencies
        }
        (_, Entry::Answer(answer)) => {
            let many = situation.facts.rules.catalogue.prompt(&answer.prompt).is_some_and(|prompt| prompt.many);
            !many && is_answer(earlier, &answer.prompt, answer.about)
        }
        _ => false,
    };
    session.standing().find(|draft| same(&draft.entry)).map(|draft| draft.id)
}

/// An agency's own view, which stands without the chair's word and beside the others' (RISK-04).
pub(super) fn agency_answer(situation: &Situation<'_>, prompt: &str, fields: &Fields) -> Decision {
    let own = situation.taking_part()?;
    let session = situation.sitting()?;
    let prompt = asked(situation, prompt)?;
    if prompt.asked_of != AskedOf::EachAgency {
        return Err(Refusal::UnknownPrompt);
    }
    let fields = checked(situation, prompt, fields)?;
    let agency = &situation.case.person(own).agency;
    let mut earlier = session.answers(&prompt.key).map(|(draft, _)| draft);
    let replaces =
        earlier.find(|draft| situation.case.person(draft.entered_by).agency == *agency).map(|draft| draft.id);
    let draft = next_draft(session);
    let answer = Answer::new(&prompt.key, About::Session, fields);
    let entered = Event::Entered { draft, entry: Entry::Answer(answer), replaces };
    let mut events = vec![entered, Event::DraftsConfirmed { drafts: vec![draft] }];
    events.extend(views::shown_with_the_last(situation, session, &prompt.key, own));
    Ok(events)
}

/// One press confirms a batch.
pub(super) fn confirm(situation: &Situation<'_>, drafts: Option<&[DraftId]>) -> Decision {
    situation.chair()?;
    let session = situation.session()?;
    // Nobody confirms what its author may still take back (SES-15).
    let is_held = |draft: &DraftId| situation.case.is_held(session.no, Item::Entry(*draft));
    let waiting = session.unconfirmed().map(|draft| draft.id).filter(|draft| !is_held(draft));
    let confirmed: Vec<_> = waiting.filter(|draft| drafts.is_none_or(|chosen| chosen.contains(draft))).collect();
    if confirmed.is_empty() {
        return Err(Refusal::NothingToConfirm);
    }
    Ok(vec![Event::DraftsConfirmed { drafts: confirmed }])
}
