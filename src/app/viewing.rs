//! What somebody only looks at: nothing is recorded of it. Each view says who may have it.

use minijinja::context;

use crate::domain::floor::{QuestionState, Urgent};
use crate::domain::ids::{ActionNo, SeatId, SessionNo};
use crate::domain::issuing::asked_of_the_record;
use crate::domain::people::Person;
use crate::domain::refusal::Refusal;
use crate::domain::session::Session;
use crate::forms::{Answers, View};
use crate::minutes;
use crate::room::Scene;
use crate::room::message::{MESSAGE_CHARACTERS_MAX, Message, shortened};

use super::asking::{Shown, introduction_due};
use super::execute::{App, seat_of};
use super::ports::StoreError;
use super::telling::Telling;

impl App {
    pub(super) async fn view(
        &self,
        view: View,
        telling: &Telling<'_>,
        person: Option<&Person>,
    ) -> Result<Shown, StoreError> {
        let (wording, answers) = (telling.wording, &telling.asked.answers);
        let account = person.and_then(|person| person.account);
        let seat = telling.scene.and_then(|scene| seat_of(scene.case, account));
        let shown = match (view, telling.scene) {
            (View::Help, _) => Ok(Message::text(telling.help(&self.today.procedure))),
            (View::Mine, _) => {
                let (cases, actions) = (self.mine(person).await?, self.owed(person).await?);
                let text = wording.say("view.mine", context! { cases, actions });
                Ok(Message::text(shortened(&text, MESSAGE_CHARACTERS_MAX)))
            }
            (View::Audit(view), _) => return self.audit_view(view, telling, person).await,
            (_, None) => Err(Refusal::NoCase),
            (View::Door, Some(scene)) => {
                let door = scene.case.session().ok_or(Refusal::NoSession);
                door.map(|session| introduction_due(scene, account).unwrap_or_else(|| scene.door(session)))
            }
            (View::Ready, Some(scene)) => readiness(scene, seat),
            (View::ToInvite, Some(scene)) => to_invite(scene, seat),
            (View::Prompts, Some(scene)) => Ok(telling.prompts(scene)),
            (View::Group, Some(scene)) => group(scene, answers, seat),
            (View::Closing, Some(scene)) => closing(scene, seat),
            (View::Family, Some(scene)) => Ok(scene.family()),
            (View::Parked, Some(scene)) => Ok(telling.parked(scene, person)),
            (View::Urgent, Some(scene)) => urgent(scene, answers, seat),
            (View::Suggestion, Some(scene)) => suggestion(scene, answers, seat),
            (View::Digest, Some(scene)) => digest(scene, answers, seat),
            (View::Report, Some(scene)) => report(scene, answers, seat),
            (View::Drafts, Some(scene)) => drafts(scene, seat),
            (View::SaidForMe, Some(scene)) => {
                let session = scene.case.session().ok_or(Refusal::NoSession);
                session.and_then(|session| inside(session, seat)).map(|seat| scene.said_for(seat))
            }
            (View::Recipients, Some(scene)) => recipients(scene, answers, seat),
            (View::CaseNote, Some(scene)) => case_note(scene, answers, seat),
            (View::Prepared, Some(scene)) => Ok(scene.prepared(seat)),
        };
        Ok(shown.map_or_else(|refusal| telling.refusal(&refusal), Shown::Message))
    }
}

/// Who must and who should be there, for whoever convenes, and the chair once past the door: it says what is known of
/// the case.
fn readiness(scene: &Scene<'_>, seat: Option<SeatId>) -> Result<Message, Refusal> {
    let session = scene.case.session().ok_or(Refusal::NoSession)?;
    let seat = seat.ok_or(Refusal::ForConvenor)?;
    let is_inside = session.attendance.get(&seat).is_some_and(|attendance| attendance.introduced.is_some());
    let is_for = seat == session.convenor || seat == session.recorder || session.chair() == Some(seat);
    if is_for && is_inside { Ok(scene.readiness(session)) } else { Err(Refusal::ForConvenor) }
}

/// Whom a further session is to ask, for whoever may ask them (REV-04).
fn to_invite(scene: &Scene<'_>, seat: Option<SeatId>) -> Result<Message, Refusal> {
    let session = scene.case.session().ok_or(Refusal::NoSession)?;
    let is_for = seat.is_some() && (seat == Some(session.convenor) || session.chair() == seat);
    if !is_for {
        return Err(Refusal::ForConvenor);
    }
    inside(session, seat)?;
    scene.to_invite().ok_or(Refusal::AlreadyDone)
}

/// A question of the round that can't wait, for the chair alone (TURN-08).
fn urgent(scene: &Scene<'_>, answers: &Answers, seat: Option<SeatId>) -> Result<Message, Refusal> {
    let session = for_chair(scene, seat)?;
    let question = answers.get("question").and_then(|number| number.parse().ok());
    let asked = question.and_then(|question| session.question(question)).ok_or(Refusal::UnknownQuestion)?;
    match (asked.urgent, asked.state) {
        (Some(Urgent::Waiting), QuestionState::Parked) => Ok(scene.urgent_sheet(asked)),
        (Some(_), _) => Err(Refusal::AlreadyDone),
        (None, _) => Err(Refusal::UnknownQuestion),
    }
}

/// The session under way, for whoever chairs it.
fn for_chair<'a>(scene: &'a Scene<'_>, seat: Option<SeatId>) -> Result<&'a Session, Refusal> {
    let session = scene.case.session().ok_or(Refusal::NoSession)?;
    let chair = session.chair();
    if chair.is_none() || chair != seat {
        let chair = chair.map(|chair| scene.case.person(chair).name.clone()).unwrap_or_default();
        return Err(Refusal::ForChair { chair });
    }
    Ok(session)
}

/// What an owner said became of an action, for the chair alone (REV-02).
fn report(scene: &Scene<'_>, answers: &Answers, seat: Option<SeatId>) -> Result<Message, Refusal> {
    for_chair(scene, seat)?;
    let no = answers.get("action").and_then(|number| number.parse().ok()).map(ActionNo);
    let action = no.and_then(|no| scene.case.action(no)).ok_or(Refusal::UnknownAction)?;
    scene.report_sheet(action).ok_or(Refusal::UnknownAction)
}

/// What an attendee would have entered, for the chair alone (DEC-44).
fn suggestion(scene: &Scene<'_>, answers: &Answers, seat: Option<SeatId>) -> Result<Message, Refusal> {
    let session = for_chair(scene, seat)?;
    let id = answers.get("suggestion").and_then(|id| id.parse().ok());
    let waits = id.and_then(|id| session.waiting_suggestions().find(|waiting| waiting.id == id));
    waits.map(|waiting| scene.suggestion_sheet(waiting)).ok_or(Refusal::AlreadyDone)
}

/// What would stay open, for whoever may close over it (DEC-41).
fn closing(scene: &Scene<'_>, seat: Option<SeatId>) -> Result<Message, Refusal> {
    let session = for_chair(scene, seat)?;
    if session.closed_at.is_some() { Err(Refusal::AlreadyClosed) } else { Ok(scene.closing()) }
}

/// A group of questions, for those past the door: its buttons name children.
fn group(scene: &Scene<'_>, answers: &Answers, seat: Option<SeatId>) -> Result<Message, Refusal> {
    let session = scene.case.session().ok_or(Refusal::NoSession)?;
    let seat = seat.ok_or(Refusal::NotSeated)?;
    session.attendance.get(&seat).filter(|attendance| attendance.introduced.is_some()).ok_or(Refusal::NotAtTheDoor)?;
    answers.get("group").and_then(|group| scene.group(group)).ok_or(Refusal::UnknownPrompt)
}

/// What the recorder drafted, for the chair and the recorder (SES-06).
fn drafts(scene: &Scene<'_>, seat: Option<SeatId>) -> Result<Message, Refusal> {
    let session = scene.case.session().ok_or(Refusal::NoSession)?;
    let seat = inside(session, seat)?;
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

/// What everybody shared, for those past the door (INFO-26).
fn digest(scene: &Scene<'_>, answers: &Answers, seat: Option<SeatId>) -> Result<Message, Refusal> {
    let session = scene.case.session().ok_or(Refusal::NoSession)?;
    let seat = inside(session, seat)?;
    let part = answers.get("part").and_then(|part| part.parse().ok()).unwrap_or(1);
    // Less whatever is limited away from its reader (SEC-05), and no further back than they see (SES-13).
    let case = scene.case.as_seen_by(seat);
    let readable = case.session().ok_or(Refusal::NoSession)?;
    Ok(Scene { case: &case, ..*scene }.digest_part(readable, part))
}

/// A seat past the door.
pub(super) fn inside(session: &Session, seat: Option<SeatId>) -> Result<SeatId, Refusal> {
    let seat = seat.ok_or(Refusal::NotSeated)?;
    let attendance = session.attendance.get(&seat).ok_or(Refusal::NotSeated)?;
    let is_inside = attendance.introduced.is_some() && attendance.excluded.is_none();
    if is_inside { Ok(seat) } else { Err(Refusal::NotAtTheDoor) }
}

/// The session whose record a form names, or the last.
fn session_of<'a>(scene: &'a Scene<'_>, answers: &Answers) -> Result<&'a Session, Refusal> {
    let no = answers.get("session").and_then(|no| no.parse().ok()).map(SessionNo);
    no.map_or_else(|| scene.case.session(), |no| scene.case.session_no(no)).ok_or(Refusal::NoSession)
}

/// Who gets the record, for its chair (MIN-15 to MIN-18).
fn recipients(scene: &Scene<'_>, answers: &Answers, seat: Option<SeatId>) -> Result<Message, Refusal> {
    for_chair(scene, seat)?;
    Ok(scene.recipients_sheet(session_of(scene, answers)?))
}

/// The line for the record of one's own agency, for whoever was in the room (MIN-10).
fn case_note(scene: &Scene<'_>, answers: &Answers, seat: Option<SeatId>) -> Result<Message, Refusal> {
    let session = session_of(scene, answers)?;
    let seat = seat.ok_or(Refusal::NotSeated)?;
    if !asked_of_the_record(scene.case, session).any(|asked| asked == seat) {
        return Err(Refusal::WasNotPresent);
    }
    let line = minutes::case_note_line(scene.case, session, &scene.rules, scene.wording);
    Ok(scene.case_note(session, seat, &line))
}
