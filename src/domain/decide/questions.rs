//! Questions: after all have shared, to a person or an agency, never to the room (TURN-08 to TURN-13).

use super::asking::counted;
use super::entries::{next_action, next_draft};
use super::limiting::released_under;
use super::{Decision, Situation, next};
use crate::domain::decision::{ActionEntered, Entry};
use crate::domain::event::Event;
use crate::domain::floor::{Addressee, Question, QuestionState, Urgent};
use crate::domain::ids::{QuestionId, SeatId};
use crate::domain::limits::{Item, Readers};
use crate::domain::refusal::Refusal;
use crate::domain::session::Session;
use crate::domain::spoken::Spoken;
use crate::domain::stage::Stage;

/// The word kept with an action for the question it came from.
const SERVES: &str = "question";

/// During the round a question is parked with its author; without an addressee it is held with them. One that is urgent
/// for a child's safety goes to the chair meanwhile (TURN-08).
pub(super) fn ask(situation: &Situation<'_>, to: Option<&Addressee>, text: &Spoken, urgent: bool) -> Decision {
    let by = situation.taking_part()?;
    let session = situation.sitting()?;
    if text.is_empty() {
        return Err(Refusal::Missing { field: "question".to_owned() });
    }
    if let Some(to) = to {
        check_addressee(situation, to)?;
    }
    let state = match to {
        _ if session.stage < Stage::Questions => QuestionState::Parked,
        None => QuestionState::Held,
        Some(_) => QuestionState::Asked,
    };
    let taken_back = session.taken_back(|item| if let Item::Question(id) = item { Some(id.0) } else { None });
    let question = QuestionId(next(session.questions.iter().map(|question| question.id.0).chain(taken_back)));
    let mut events = vec![Event::QuestionRaised { question, by, to: to.cloned(), text: text.clone(), state }];
    if urgent && state == QuestionState::Parked {
        events.push(Event::QuestionMarkedUrgent { question });
    }
    Ok(counted(situation, events))
}

/// Puts a parked or held question, once it is known whom it is for. Before the stage of questions that is the chair's to
/// do, with one that is urgent; the floor stays where it is (TURN-08).
pub(super) fn put(situation: &Situation<'_>, question: QuestionId, to: Option<&Addressee>) -> Decision {
    let session = situation.sitting()?;
    let asked = session.question(question).ok_or(Refusal::UnknownQuestion)?;
    let is_the_chairs = asked.urgent == Some(Urgent::Waiting) && situation.chair().is_ok();
    if is_the_chairs {
        is_kept(asked)?;
    } else {
        own_question(situation, session, question)?;
        if session.stage < Stage::Questions {
            return Err(Refusal::NotAtThisStage { stage: session.stage, needed: Stage::Questions });
        }
    }
    let to = to.or(asked.to.as_ref()).ok_or(Refusal::Missing { field: "to".to_owned() })?;
    check_addressee(situation, to)?;
    Ok(counted(situation, vec![Event::QuestionPut { question, to: to.clone() }]))
}

/// Its author says that a parked question can't wait (TURN-08).
pub(super) fn mark_urgent(situation: &Situation<'_>, question: QuestionId) -> Decision {
    let session = situation.sitting()?;
    let question = own_question(situation, session, question)?;
    if session.stage >= Stage::Questions {
        return Err(Refusal::NotAtThisStage { stage: session.stage, needed: Stage::Sharing });
    }
    if question.urgent.is_some() {
        return Err(Refusal::AlreadyDone);
    }
    Ok(vec![Event::QuestionMarkedUrgent { question: question.id }])
}

/// The chair keeps it for the stage of questions, where its author puts it (TURN-08).
pub(super) fn keep_urgent(situation: &Situation<'_>, question: QuestionId) -> Decision {
    situation.chair()?;
    let asked = situation.sitting()?.question(question).ok_or(Refusal::UnknownQuestion)?;
    if asked.urgent != Some(Urgent::Waiting) {
        return Err(Refusal::AlreadyDone);
    }
    is_kept(asked)?;
    Ok(vec![Event::UrgentQuestionKept { question }])
}

/// What nobody has answered becomes an action of whoever was asked, in the words of the question (TURN-13).
pub(super) fn allocate(situation: &Situation<'_>, question: QuestionId) -> Decision {
    let own = situation.chair_or_recorder()?;
    let session = situation.session()?;
    // Like any action, until the record goes out: where the procedure insists, it is asked again after the close.
    if session.stage > Stage::Minutes {
        return Err(Refusal::AlreadyClosed);
    }
    let asked = session.question(question).ok_or(Refusal::UnknownQuestion)?;
    if asked.state != QuestionState::Asked || asked.action.is_some() {
        return Err(Refusal::AlreadyDone);
    }
    let (owner, agency) = match &asked.to {
        Some(Addressee::Seat(seat)) => (Some(*seat), Spoken::default()),
        Some(Addressee::Agency(agency)) => (None, Spoken::new(agency)),
        None => (None, Spoken::default()),
    };
    let no = next_action(situation);
    let action = ActionEntered {
        what: asked.text.clone(),
        owner,
        owner_words: agency,
        serves: SERVES.to_owned(),
        ..ActionEntered::numbered(no)
    };
    let draft = next_draft(session);
    let mut events = vec![Event::Entered { draft, entry: Entry::Action(action), replaces: None }];
    if session.chair() == Some(own) {
        events.push(Event::DraftsConfirmed { drafts: vec![draft] });
    }
    events.push(Event::QuestionAllocated { question, action: no });
    Ok(events)
}

pub(super) fn give_up(situation: &Situation<'_>, question: QuestionId) -> Decision {
    let question = own_question(situation, situation.sitting()?, question)?;
    Ok(vec![Event::QuestionGivenUp { question: question.id }])
}

/// The person asked, anyone of the agency asked, or the recorder for them.
pub(super) fn answer(
    situation: &Situation<'_>,
    question: QuestionId,
    text: &Spoken,
    readers: Option<&Readers>,
) -> Decision {
    let own = situation.taking_part()?;
    let session = situation.sitting()?;
    let asked = session.question(question).ok_or(Refusal::UnknownQuestion)?;
    if asked.state != QuestionState::Asked {
        return Err(Refusal::AlreadyDone);
    }
    if text.is_empty() {
        return Err(Refusal::Missing { field: "answer".to_owned() });
    }
    let by = match &asked.to {
        Some(Addressee::Seat(seat)) if *seat == own => own,
        Some(Addressee::Agency(agency)) if *agency == situation.case.person(own).agency => own,
        Some(Addressee::Seat(seat)) => {
            situation.chair_or_recorder()?;
            *seat
        }
        _ => situation.chair_or_recorder()?,
    };
    let limit = released_under(situation, Item::Answer(question), by, readers)?;
    Ok(limit.into_iter().chain([Event::QuestionAnswered { question, by, text: text.clone() }]).collect())
}

/// "No questions", said and minuted (TURN-11).
pub(super) fn none(situation: &Situation<'_>) -> Decision {
    let seat = situation.admitted()?;
    let session = situation.sitting()?;
    if session.stage != Stage::Questions {
        return Err(Refusal::NotAtThisStage { stage: session.stage, needed: Stage::Questions });
    }
    if session.attendance.get(&seat).is_some_and(|attendance| attendance.no_questions) {
        return Err(Refusal::AlreadyDone);
    }
    Ok(counted(situation, vec![Event::NoQuestions { seat }]))
}

fn own_question<'a>(situation: &Situation<'_>, session: &'a Session, id: QuestionId) -> Result<&'a Question, Refusal> {
    let own: SeatId = situation.admitted()?;
    let question = session.question(id).ok_or(Refusal::UnknownQuestion)?;
    if question.by != own {
        return Err(Refusal::NotYourQuestion { author: situation.name_of(Some(question.by)) });
    }
    is_kept(question).map(|()| question)
}

/// It has not been put yet, nor given up.
fn is_kept(question: &Question) -> Result<(), Refusal> {
    match question.state {
        QuestionState::Parked | QuestionState::Held => Ok(()),
        _ => Err(Refusal::AlreadyDone),
    }
}

fn check_addressee(situation: &Situation<'_>, to: &Addressee) -> Result<(), Refusal> {
    match to {
        Addressee::Seat(seat) => situation.known(*seat).map(drop),
        Addressee::Agency(agency) => {
            let known = situation.case.seats.iter().any(|seat| seat.person.agency == *agency);
            if known { Ok(()) } else { Err(Refusal::UnknownAgency { given: agency.clone() }) }
        }
    }
}
