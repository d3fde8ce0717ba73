//! The rules: what a command does to a case, or why it does nothing.
//!
//! Pure: a case, a command and the facts of the moment give events or a refusal. *Mark, don't block*: what
//! the procedure asks and the session lacks is marked, never a reason to refuse.

mod convening;
mod door;
mod ending;
mod entries;
mod questions;
mod round;

use super::case::Case;
use super::command::Command;
use super::event::Event;
use super::facts::Facts;
use super::ids::SeatId;
use super::people::{AgencyKind, Person};
use super::procedure::Match;
use super::refusal::Refusal;
use super::session::Session;
use super::stage::Stage;

/// What happens, in order, or why nothing does.
pub type Decision = Result<Vec<Event>, Refusal>;

/// Decides one command. `case` is `None` only where the command opens one.
pub fn decide(case: Option<&Case>, command: &Command, facts: &Facts<'_>) -> Decision {
    if let Command::RegisterReferral { code_name, pinned, referral } = command {
        return convening::register(case, code_name, pinned, referral, facts);
    }
    let case = case.ok_or(Refusal::NoCase)?;
    let room = Room { case, facts };
    match command {
        Command::RegisterReferral { .. } => Err(Refusal::AlreadyDone),
        Command::ListChild(child) => convening::list_child(&room, child),
        Command::ListAdult(adult) => convening::list_adult(&room, adult),
        Command::Convene { form, complex, starts_at, held, chair } => {
            convening::convene(&room, *form, *complex, *starts_at, *held, chair.as_ref())
        }
        Command::Invite { to } => convening::invite(&room, to),
        Command::Vouch { person, means, knows_child } => convening::vouch(&room, person, *means, *knows_child),
        Command::Accept { invitation } => convening::accept(&room, *invitation),
        Command::Decline { invitation, reason } => convening::decline(&room, *invitation, reason),
        Command::LookUp => convening::look_up(&room),
        Command::SendInformation { seat, fields } => convening::send_information(&room, *seat, fields),
        Command::MarkAbsent { who, reason } => door::mark_absent(&room, *who, reason),
        Command::ConfirmMeeting => door::confirm(&room),
        Command::NotMine => door::not_mine(&room),
        Command::Introduce { authorised, basis } => door::introduce(&room, *authorised, basis),
        Command::StandDown { seat, reason } => door::stand_down(&room, *seat, reason),
        Command::Leave => door::leave(&room),
        Command::Open => door::open(&room),
        Command::SetOrder { order } => round::set_order(&room, order),
        Command::Share { seat, on_behalf_of, fields } => round::share(&room, *seat, on_behalf_of.as_ref(), fields),
        Command::ReadOut => round::read_out(&room),
        Command::Finish { turn } => round::finish(&room, *turn),
        Command::NothingHeld { turn } => round::nothing_held(&room, *turn),
        Command::LeaveBy { at, first } => round::leave_by(&room, *at, *first),
        Command::TakeFirst { seat } => round::take_first(&room, *seat),
        Command::MoveOn { turn, reason } => round::move_on(&room, *turn, *reason),
        Command::Ask { to, text } => questions::ask(&room, to.as_ref(), text),
        Command::PutQuestion { question, to } => questions::put(&room, *question, to.as_ref()),
        Command::AnswerQuestion { question, text } => questions::answer(&room, *question, text),
        Command::GiveUpQuestion { question } => questions::give_up(&room, *question),
        Command::NoQuestions => questions::none(&room),
        Command::Advance => round::advance(&room),
        Command::Enter(entry) => entries::enter(&room, entry),
        Command::AgencyAnswer { prompt, fields } => entries::agency_answer(&room, prompt, fields),
        Command::Confirm { drafts } => entries::confirm(&room, drafts.as_deref()),
        Command::GivePosition { seat, kind, about } => entries::give_position(&room, *seat, *kind, about),
        Command::Challenge { by, stage, about, against, tried, result } => {
            entries::challenge(&room, *by, *stage, [about, against, tried, result])
        }
        Command::AnswerAction { action, accepted, reason } => entries::answer_action(&room, *action, *accepted, reason),
        Command::ActionDone { action } => entries::action_done(&room, *action),
        Command::RaiseDanger { danger, text } => door::raise_danger(&room, *danger, text),
        Command::AcknowledgeDanger { alert } => door::acknowledge_danger(&room, *alert),
        Command::Close { reason } => ending::close(&room, reason.as_ref()),
        Command::Sign => ending::sign(&room),
        Command::Circulate => ending::circulate(&room),
        Command::OpenCopy => ending::open_copy(&room),
        Command::ConfirmFiled => ending::confirm_filed(&room),
        Command::DeadlineReached { deadline } => ending::deadline_reached(&room, deadline),
    }
}

/// A case with the facts of the moment, and the questions every rule asks of them.
struct Room<'a> {
    case: &'a Case,
    facts: &'a Facts<'a>,
}

impl<'a> Room<'a> {
    fn session(&self) -> Result<&'a Session, Refusal> {
        self.case.session().ok_or(Refusal::NoSession)
    }

    /// The session, open and not yet closed.
    fn sitting(&self) -> Result<&'a Session, Refusal> {
        let session = self.session()?;
        match session.stage {
            stage if stage.is_sitting() => Ok(session),
            stage if stage >= Stage::Closed => Err(Refusal::AlreadyClosed),
            _ => Err(Refusal::NotOpenYet { waiting: self.waiting(session) }),
        }
    }

    /// People who accepted and have not passed the door.
    fn waiting(&self, session: &Session) -> Vec<String> {
        let accepted = session.attendance.iter().filter(|(_, attendance)| {
            attendance.accepted_at.is_some() && attendance.excluded.is_none() && attendance.introduced.is_none()
        });
        accepted.map(|(seat, _)| self.case.person(*seat).name.clone()).collect()
    }

    fn person(&self) -> Result<&'a Person, Refusal> {
        self.facts.person.ok_or(Refusal::NotEnrolled)
    }

    fn seat(&self) -> Result<SeatId, Refusal> {
        self.facts.seat.ok_or(Refusal::NotSeated)
    }

    /// The actor's seat, past the door and not shut out (GATE-06, SEC-01).
    fn admitted(&self) -> Result<SeatId, Refusal> {
        let seat = self.seat()?;
        let session = self.session()?;
        let attendance = session.attendance.get(&seat).ok_or(Refusal::NotSeated)?;
        if attendance.excluded.is_some() {
            return Err(Refusal::Excluded);
        }
        attendance.introduced.as_ref().map(|_| seat).ok_or(Refusal::NotAtTheDoor)
    }

    fn name_of(&self, seat: Option<SeatId>) -> String {
        seat.and_then(|seat| self.case.seat(seat)).map(|seat| seat.person.name.clone()).unwrap_or_default()
    }

    fn chair(&self) -> Result<SeatId, Refusal> {
        let seat = self.admitted()?;
        let chair = self.session()?.chair();
        if chair == Some(seat) { Ok(seat) } else { Err(Refusal::ForChair { chair: self.name_of(chair) }) }
    }

    fn chair_or_recorder(&self) -> Result<SeatId, Refusal> {
        let seat = self.admitted()?;
        let session = self.session()?;
        let chair = session.chair();
        if chair == Some(seat) || session.recorder == seat {
            return Ok(seat);
        }
        let recorder = self.name_of(Some(session.recorder));
        Err(Refusal::ForChairOrRecorder { chair: self.name_of(chair), recorder })
    }

    /// The convenor of the session, or before one is convened whoever may convene.
    fn convenor(&self) -> Result<(), Refusal> {
        match self.case.session() {
            Some(session) if self.facts.seat == Some(session.convenor) => Ok(()),
            Some(session) if session.chair() == self.facts.seat && self.facts.seat.is_some() => Ok(()),
            Some(_) => Err(Refusal::ForConvenor),
            None => may_convene(self.person()?, &self.facts.rules.procedure.convenor),
        }
    }

    /// A seat of the case by its id.
    fn known(&self, seat: SeatId) -> Result<SeatId, Refusal> {
        self.case.seat(seat).map(|known| known.id).ok_or_else(|| Refusal::UnknownSeat { given: seat.to_string() })
    }

    fn is_social_care(&self, seat: SeatId) -> bool {
        self.case.person(seat).agency_kind == AgencyKind::SocialCare
    }
}

fn may_convene(person: &Person, rule: &[Match]) -> Result<(), Refusal> {
    if fits(person, rule) { Ok(()) } else { Err(Refusal::ForConvenor) }
}

/// Whether a person is within a procedure's rule for a part.
fn fits(person: &Person, rule: &[Match]) -> bool {
    rule.iter().any(|line| line.covers(person.agency_kind, &person.role_code, person.rank.as_deref()))
}

/// The next number of a counted id: one more than the largest used.
fn next(used: impl Iterator<Item = u16>) -> u16 {
    used.max().unwrap_or(0) + 1
}
