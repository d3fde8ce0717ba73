//! The rules: what a command does to a case, or why it does nothing.
//!
//! Pure: a case, a command and the facts of the moment give events or a refusal. *Mark, don't block*: what
//! the procedure asks and the session lacks is marked, never a reason to refuse.

mod actions;
mod adjourning;
mod asking;
mod auditing;
mod calling;
mod chairing;
mod challenging;
mod closing;
mod convening;
mod crossing;
mod danger;
mod decided;
mod door;
mod ending;
mod entries;
mod escalating;
mod expecting;
mod family;
mod family_draft;
mod further;
mod gists;
mod handing_on;
mod immediate;
mod informing;
mod invitations;
mod issuing;
mod limiting;
mod marking;
mod masking;
mod opening;
mod positions;
mod preparing;
mod promised;
mod purpose;
mod questions;
mod requests;
mod returning;
mod reviewing;
mod round;
mod seats;
mod silence;
mod suggesting;
mod views;

pub use actions::REVIEW;

use super::calendar;
use super::case::Case;
use super::command::Command;
use super::event::{Actor, Event, Record};
use super::facts::Facts;
use super::ids::SeatId;
use super::people::{AgencyKind, Person};
use super::procedure::{Match, fits};
use super::refusal::Refusal;
use super::request::RequestAnswer;
use super::session::Session;
use super::stage::Stage;

/// What happens, in order, or why nothing does.
pub type Decision = Result<Vec<Event>, Refusal>;

/// Decides one command. `case` is `None` only where the command opens one.
pub fn decide(case: Option<&Case>, command: &Command, facts: &Facts<'_>) -> Decision {
    if let Command::RegisterReferral { code_name, pinned, referral } = command {
        return convening::register(case, code_name, pinned, referral, facts);
    }
    if let Command::RequestDiscussion { code_name, pinned, wanted } = command {
        return requests::file(case, code_name, pinned, wanted, facts);
    }
    let case = case.ok_or(Refusal::NoCase)?;
    let events = decided_in(Situation::new(case, facts), command)?;
    let situation = Situation::new(case, facts);
    Ok(reviewing::after(&situation, crossing::noted(&situation, events)))
}

/// Of a case that was begun.
fn decided_in(situation: Situation<'_>, command: &Command) -> Decision {
    match command {
        Command::RegisterReferral { .. } | Command::RequestDiscussion { .. } => Err(Refusal::AlreadyDone),
        Command::AmendReferral(amendment) => convening::amend(&situation, amendment),
        Command::ReadRequest => requests::read(&situation),
        Command::TakeUpRequest { referral } => requests::take_up(&situation, referral),
        Command::DeclineRequest { reason } => requests::decline(&situation, reason),
        Command::LinkCase(link) => requests::link(&situation, link),
        Command::ListChild(child) => family::list_child(&situation, child),
        Command::ListAdult(adult) => family::list_adult(&situation, adult),
        Command::AmendChild { child, change } => family::amend_child(&situation, *child, change),
        Command::AmendAdult { adult, change } => family::amend_adult(&situation, *adult, change),
        Command::FlagAdult { adult, difficulties } => expecting::flag_adult(&situation, *adult, difficulties),
        Command::Convene { form, complex, starts_at, held, chair, parties, call } => {
            let (form, complex, starts_at, held) = (*form, *complex, *starts_at, *held);
            let session = convening::Wanted { form, complex, starts_at, held, call };
            convening::convene(&situation, &session, chair.as_ref(), parties)
        }
        Command::LeaveOut { nos } => further::leave_out(&situation, nos),
        Command::AddInvitee { to, support } => further::add(&situation, to, support.as_deref()),
        Command::SendInvitations { reach } => further::send(&situation, reach),
        Command::GiveCall { details } => calling::give(&situation, details),
        Command::ReadCall => calling::read(&situation),
        Command::Reschedule { starts_at, for_attendance } => {
            convening::reschedule(&situation, *starts_at, *for_attendance)
        }
        Command::Agree => convening::agree(&situation),
        Command::Invite { to, reach, support } => invitations::invite(&situation, to, reach, support.as_deref()),
        Command::TurnDownProposal { proposal, reason } => expecting::turn_down(&situation, proposal, reason),
        Command::AskByNameOnly { kind } => invitations::ask_by_name_only(&situation, *kind),
        Command::Vouch { voucher, person, means, knows_child, support } => {
            let guest = seats::Guest { person, means: *means, knows_child: *knows_child, supports: *support };
            seats::vouch(&situation, *voucher, &guest)
        }
        Command::Accept { invitation, conflict } => invitations::accept(&situation, *invitation, *conflict),
        Command::Decline { invitation, reason, fields } => {
            invitations::decline(&situation, *invitation, reason, fields)
        }
        Command::SendDeputy { deputy } => invitations::send_deputy(&situation, deputy),
        Command::Escalate { invitation, step } => silence::escalate(&situation, *invitation, step),
        Command::HandOn { from, to } => handing_on::hand_on(&situation, *from, to),
        Command::Mask { words, shown, readers } => masking::mask(&situation, words, shown, readers.as_ref()),
        Command::WrongCase { crossing } => crossing::wrong_case(&situation, *crossing),
        Command::EndSeats { account } => handing_on::end_seats(&situation, *account),
        Command::LookUp => invitations::look_up(&situation),
        Command::SendInformation { seat, fields } => informing::send_information(&situation, *seat, fields),
        Command::ReadSent { contribution } => informing::read_sent(&situation, *contribution),
        Command::WeighSent { contribution, act_now } => informing::weigh_sent(&situation, *contribution, *act_now),
        Command::Prepare { fields } => preparing::prepare(&situation, fields),
        Command::ReleasePrepared => preparing::release(&situation),
        Command::SendPrepared => preparing::send_in(&situation),
        Command::KeepPrepared => preparing::keep(&situation),
        Command::MarkAbsent { who, reason } => door::mark_absent(&situation, *who, reason),
        Command::ConfirmMeeting => door::confirm(&situation),
        Command::NotMine => door::not_mine(&situation),
        Command::Introduce { authorised, basis } => door::introduce(&situation, *authorised, basis),
        Command::Remind => door::remind(&situation),
        Command::StandDown { who, reason } => invitations::stand_down(&situation, *who, reason),
        Command::ChooseSight { seat, sight } => door::choose_sight(&situation, *seat, *sight),
        Command::EnterAttendance { seat, means, gone } => seats::enter_attendance(&situation, *seat, *means, *gone),
        Command::Leave => door::leave(&situation),
        Command::Open => opening::open(&situation),
        Command::AdoptChairing => chairing::adopt(&situation),
        Command::Adjourn { interim, safety } => adjourning::adjourn(&situation, interim, safety),
        Command::Resume => adjourning::resume(&situation),
        Command::MakeHandover => adjourning::make_handover(&situation),
        Command::ReadHandover => adjourning::read_handover(&situation),
        Command::NameViceChair { seat } => chairing::name_vice(&situation, *seat),
        Command::HandOver { seat } => chairing::hand_over(&situation, *seat),
        Command::TakeChair => chairing::take(&situation),
        Command::StillChairing => chairing::still_here(&situation),
        Command::SetOrder { order } => round::set_order(&situation, order),
        Command::Share { seat, on_behalf_of, fields, readers } => {
            round::share(&situation, *seat, on_behalf_of.as_ref(), fields, readers.as_ref())
        }
        Command::Limit { item, readers } => limiting::limit(&situation, *item, readers.as_ref()),
        Command::AnswerWidening { item, agrees } => limiting::answer_widening(&situation, *item, *agrees),
        Command::ReadLimited => limiting::read(&situation),
        Command::ReadOut => round::read_out(&situation),
        Command::ReadBack { contribution } => informing::read_back(&situation, *contribution),
        Command::ConfirmWords { contribution } => gists::right(&situation, *contribution),
        Command::CorrectWords { contribution, fields } => gists::correct(&situation, *contribution, fields),
        Command::ConfirmPosition => gists::right_position(&situation),
        Command::MarkContribution { contribution, nature } => marking::mark(&situation, *contribution, *nature),
        Command::StateSource { contribution, source } => marking::state_source(&situation, *contribution, source),
        Command::Finish { turn } => round::finish(&situation, *turn),
        Command::NothingHeld { turn } => round::nothing_held(&situation, *turn),
        Command::LeaveBy { at, first } => round::leave_by(&situation, *at, *first),
        Command::TakeFirst { seat } => round::take_first(&situation, *seat),
        Command::MoveOn { turn, reason } => round::move_on(&situation, *turn, *reason),
        Command::ReturnTo { seat } => returning::return_to(&situation, *seat),
        Command::ComeBack => returning::come_back(&situation),
        Command::Nudge => returning::nudge(&situation),
        Command::HoldBack { message, account } => Ok(round::hold_back(&situation, *message, *account)),
        Command::CloseRound { reason } => returning::close_round(&situation, *reason),
        Command::Ask { to, text, urgent } => questions::ask(&situation, to.as_ref(), text, *urgent),
        Command::MarkUrgent { question } => questions::mark_urgent(&situation, *question),
        Command::KeepUrgent { question } => questions::keep_urgent(&situation, *question),
        Command::PutQuestion { question, to } => questions::put(&situation, *question, to.as_ref()),
        Command::AnswerQuestion { question, text, readers } => {
            questions::answer(&situation, *question, text, readers.as_ref())
        }
        Command::GiveUpQuestion { question } => questions::give_up(&situation, *question),
        Command::NoQuestions => questions::none(&situation),
        Command::AllocateQuestion { question } => questions::allocate(&situation, *question),
        Command::Advance { from } => round::advance(&situation, *from),
        Command::ExplainSkipped { reason } => round::explain_skipped(&situation, reason),
        Command::Enter(entry) => entries::enter(&situation, entry),
        Command::AnswerGroup { group, reason } => entries::answer_group(&situation, group, reason),
        Command::ChangeDraft { draft, entry } => entries::change_draft(&situation, *draft, entry),
        Command::AgencyAnswer { prompt, fields } => entries::agency_answer(&situation, prompt, fields),
        Command::Supply { draft, more } => entries::supply(&situation, *draft, more),
        Command::HideViews => views::hide(&situation),
        Command::ShowViews => views::show(&situation),
        Command::Confirm { drafts } => entries::confirm(&situation, drafts.as_deref()),
        Command::GivePosition { seat, kind, about, items } => positions::give(&situation, *seat, *kind, about, items),
        Command::ConfirmActions => actions::confirm_list(&situation),
        Command::HidePositions => positions::hide(&situation),
        Command::ShowPositions => positions::show(&situation),
        Command::AnswerSuggestion { suggestion, taken } => suggesting::answer(&situation, *suggestion, *taken),
        Command::InviteChallenge => challenging::invite(&situation),
        Command::Challenge { by, challenged } => challenging::raise(&situation, *by, challenged),
        Command::SettleChallenge { challenge, resolved, tried, result } => {
            challenging::settle(&situation, *challenge, *resolved, [tried, result])
        }
        Command::EscalateChallenge { challenge, own, other, met_at } => {
            challenging::escalate(&situation, *challenge, [own, other], *met_at)
        }
        Command::AnswerChallenge { challenge, text } => challenging::answer(&situation, *challenge, text),
        Command::EscalateAbsence { line, escalated, reason } => {
            escalating::absence(&situation, *line, *escalated, reason)
        }
        Command::QuestionHealth { text } => escalating::question_health(&situation, text),
        Command::PoliceUnavailable => escalating::police_unavailable(&situation),
        Command::LogPoliceTalk { spoke, with, talked_at, result } => {
            escalating::log_police_talk(&situation, [spoke, with, result], *talked_at)
        }
        Command::AnswerAction { action, accepted, reason } => actions::answer(&situation, *action, *accepted, reason),
        Command::ReportAction { action, completion, evidence, changed } => {
            actions::report(&situation, *action, *completion, evidence, changed)
        }
        Command::AnswerReport { action, accepted, reason } => {
            actions::answer_report(&situation, *action, *accepted, reason)
        }
        Command::ReviewCompletion { session, result } => actions::review(&situation, *session, result),
        Command::ChangeAction { action, due, day_alone, owner, parts, reason } => {
            let due = due.map(|at| actions::Due { at, day_alone: *day_alone });
            actions::change(&situation, *action, due, *owner, (parts, reason))
        }
        Command::CancelAction { action, reason } => actions::cancel(&situation, *action, reason),
        Command::AnswerReview { holds } => reviewing::answer(&situation, *holds),
        Command::NameOwner { action, owner, words } => immediate::name_owner(&situation, *action, *owner, words),
        Command::RaiseDanger { danger } => danger::raise(&situation, *danger),
        Command::DescribeDanger { alert, text } => danger::describe(&situation, *alert, text),
        Command::AcknowledgeDanger { alert } => danger::acknowledge(&situation, *alert),
        Command::MarkFalseAlarm { alert, reason } => danger::false_alarm(&situation, *alert, reason),
        Command::Close { reason, safety } => ending::close(&situation, reason.as_ref(), safety),
        Command::Sign { session, untitled } => ending::sign(&situation, *session, *untitled),
        Command::Circulate { session, owners } => ending::circulate(&situation, *session, *owners),
        Command::ReadHistory => ending::read_history(&situation),
        Command::OpenFamilyDraft { session } => family_draft::open(&situation, *session),
        Command::TickFamilyLines { session, line, ticked } => {
            family_draft::tick(&situation, *session, line.as_ref(), *ticked)
        }
        Command::LiftFamilyEmbargo { session, line, reason } => family_draft::lift(&situation, *session, line, reason),
        Command::OpenCopy { session, version, child } => ending::open_copy(&situation, *session, *version, *child),
        Command::Endorse { session, what, agrees, reason } => {
            issuing::endorse(&situation, *session, *what, *agrees, reason)
        }
        Command::RequestCorrection { session, text } => issuing::request_correction(&situation, *session, text),
        Command::AnswerCorrection { session, correction, accepted, words } => {
            issuing::answer_correction(&situation, *session, *correction, *accepted, words)
        }
        Command::ChooseRecipient { session, who, person, copy, reason } => {
            issuing::choose_recipient(&situation, *session, *who, person.as_deref(), *copy, reason)
        }
        Command::ConfirmFiled { session } => ending::confirm_filed(&situation, *session),
        Command::CloseCase { not_held, reason } => closing::close_case(&situation, *not_held, reason),
        Command::ViewForAudit { session, viewed } => auditing::view(&situation, *session, *viewed),
        Command::AssessBreach { entry, finding, words } => auditing::assess(&situation, *entry, *finding, words),
        Command::Judge { session, judgement, words } => auditing::judge(&situation, *session, *judgement, words),
        Command::NoteUndelivered { invitation, by_mail } => silence::undelivered(&situation, *invitation, *by_mail),
        Command::DeadlineReached { deadline } => ending::deadline_reached(&situation, deadline),
    }
}

/// A case with the facts of the moment, and the questions every rule asks of them.
#[derive(Clone, Copy)]
struct Situation<'a> {
    case: &'a Case,
    /// The session it is about: the last, unless the command is about an earlier one's record.
    session: Option<&'a Session>,
    facts: &'a Facts<'a>,
}

impl<'a> Situation<'a> {
    /// Of the last session.
    fn new(case: &'a Case, facts: &'a Facts<'a>) -> Self {
        Self { case, session: case.session(), facts }
    }

    fn session(&self) -> Result<&'a Session, Refusal> {
        self.session.ok_or(Refusal::NoSession)
    }

    /// The session, open, not adjourned and not yet closed.
    fn sitting(&self) -> Result<&'a Session, Refusal> {
        let session = self.opened()?;
        match session.adjourned() {
            None => Ok(session),
            Some(adjourned) => {
                let until = adjourned.interim.resumes_at.map(calendar::both);
                Err(Refusal::Adjourned { until })
            }
        }
    }

    /// The session, open and not yet closed; it may be adjourned.
    fn opened(&self) -> Result<&'a Session, Refusal> {
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

    /// The case as it stands once these have happened.
    fn after(&self, events: &[Event]) -> Case {
        let mut case = self.case.clone();
        for event in events {
            let actor = Actor { seat: self.facts.seat, ..Actor::default() };
            case.apply(&Record { seq: case.entries + 1, at: self.facts.now, actor, event: event.clone() });
        }
        case
    }

    fn person(&self) -> Result<&'a Person, Refusal> {
        self.facts.person.ok_or(Refusal::NotEnrolled)
    }

    fn seat(&self) -> Result<SeatId, Refusal> {
        self.facts.seat.ok_or(Refusal::NotSeated)
    }

    /// The actor's seat, whose holder accepted and is not shut out: before the door too.
    fn expected(&self) -> Result<SeatId, Refusal> {
        let seat = self.seat()?;
        match self.session()?.attendance.get(&seat).ok_or(Refusal::NotSeated)? {
            attendance if attendance.excluded.is_some() => Err(Refusal::Excluded),
            attendance if attendance.is_expected() => Ok(seat),
            _ => Err(Refusal::NotSeated),
        }
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

    /// The actor's seat, admitted and with a part in the session.
    fn taking_part(&self) -> Result<SeatId, Refusal> {
        self.admitted().and_then(|seat| self.with_part(seat))
    }

    /// A seat with a part in the session, which one that supports it has not (SES-09).
    fn with_part(&self, seat: SeatId) -> Result<SeatId, Refusal> {
        match self.case.support(seat) {
            None => Ok(seat),
            Some(role) => Err(Refusal::SupportSeat { who: self.name_of(Some(seat)), role: role.to_lowercase() }),
        }
    }

    fn name_of(&self, seat: Option<SeatId>) -> String {
        seat.and_then(|seat| self.case.seat(seat)).map(|seat| seat.person.name.clone()).unwrap_or_default()
    }

    fn chair(&self) -> Result<SeatId, Refusal> {
        let seat = self.admitted()?;
        let chair = self.session()?.chair();
        if chair == Some(seat) { Ok(seat) } else { Err(Refusal::ForChair { chair: self.name_of(chair) }) }
    }

    /// The chair, wherever they are: for what shows nothing of the case, they need no door.
    fn is_chair(&self) -> Result<SeatId, Refusal> {
        let seat = self.seat()?;
        let session = self.session()?;
        let is_out = session.attendance.get(&seat).is_none_or(|attendance| attendance.excluded.is_some());
        match session.chair() {
            Some(chair) if chair == seat && !is_out => Ok(seat),
            chair => Err(Refusal::ForChair { chair: self.name_of(chair) }),
        }
    }

    /// The chair, wherever they are; without one whoever convenes.
    fn leads(&self) -> Result<(), Refusal> {
        match self.session.and_then(Session::chair) {
            Some(_) => self.is_chair().map(drop),
            None => self.convenor(),
        }
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
        match self.session {
            Some(session) if self.facts.seat == Some(session.convenor) => Ok(()),
            Some(session) if session.chair() == self.facts.seat && self.facts.seat.is_some() => Ok(()),
            Some(_) => Err(Refusal::ForConvenor),
            None => {
                may_convene(self.person()?, &self.facts.rules.procedure.convenor)?;
                self.registered()
            }
        }
    }

    /// A request is taken up before anything is made of it (REF-02).
    fn registered(&self) -> Result<(), Refusal> {
        match &self.case.request {
            Some(requested) if requested.answer != RequestAnswer::TakenUp => Err(Refusal::StillARequest),
            _ => Ok(()),
        }
    }

    /// A seat of the case by its id; a guest's ends with its session (INV-34).
    fn known(&self, seat: SeatId) -> Result<SeatId, Refusal> {
        let known = self.case.seat(seat).ok_or_else(|| Refusal::UnknownSeat { given: seat.to_string() })?;
        let has_ended = |session: &Session| !session.attendance.contains_key(&known.id);
        if self.case.ended_seats.contains_key(&known.id) {
            return Err(Refusal::SeatPassedOn { who: known.person.name.clone() });
        }
        if self.case.session().is_some_and(has_ended) { Err(Refusal::SeatEnded) } else { Ok(known.id) }
    }

    fn is_social_care(&self, seat: SeatId) -> bool {
        self.case.person(seat).agency_kind == AgencyKind::SocialCare
    }
}

fn may_convene(person: &Person, rule: &[Match]) -> Result<(), Refusal> {
    if fits(person, rule) { Ok(()) } else { Err(Refusal::ForConvenor) }
}

/// The next number of a counted id: one more than the largest used.
fn next(used: impl Iterator<Item = u16>) -> u16 {
    used.max().unwrap_or(0) + 1
}
