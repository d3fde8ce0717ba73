//! What follows from what happened: effects on the platform, and timers. Pure.

mod actions;
mod challenges;
mod clocks;
mod conduct;
mod crossing;
mod danger;
mod handing_on;
mod invitations;
mod issuing;
mod limits;
mod questions;
mod requests;
mod reviewing;

use chrono::{DateTime, Days, Duration, Utc};

use crate::domain::attendance::Invitee;
use crate::domain::calendar;
use crate::domain::case::Case;
use crate::domain::deadlines::Clock;
use crate::domain::decision::Entry;
use crate::domain::event::{Event, Record};
use crate::domain::ids::{AccountId, DraftId, InvitationId, SeatId};
use crate::domain::knowing;
use crate::domain::late::Sight;
use crate::domain::limits::Item;
use crate::domain::prompt::{Answer, AskedOf};
use crate::domain::protection::{self, PROTECTION};
use crate::domain::provisional;
use crate::domain::session::Session;
use crate::domain::timer::Timer;
use crate::room::Scene;
use crate::room::message::Message;

pub use invitations::undelivered;

use super::effect::{Effect, Place};
use super::ports::TimerChange;

/// The board's slot; the case's channel has [`super::ports::CHANNEL_SLOT`].
const BOARD: &str = "board";
/// The agenda's.
const AGENDA: &str = "agenda";

/// Effects in their order, and the timers to set or clear.
#[derive(Debug, Default)]
pub struct Plan {
    pub effects: Vec<Effect>,
    pub timers: Vec<TimerChange>,
}

/// Plans for these records, which follow `before`. `scene` shows the case after all of them; `journal` is what
/// was recorded before them, and `head` the digest of its last entry.
pub fn plan(before: Option<&Case>, records: &[Record], scene: &Scene<'_>, journal: &[Record], head: &str) -> Plan {
    // Whatever the room is told, and whoever else is told with the same words, may not know what is masked from anybody.
    let wording = scene.wording.masking(scene.case.masked_from(None));
    let scene = &Scene { wording: &wording, ..*scene };
    let mut plan = Plan::default();
    let mut stepwise = before.cloned();
    for record in records {
        let knew = stepwise.as_ref().is_some_and(somebody_knows_the_child);
        match &mut stepwise {
            Some(case) => case.apply(record),
            None => stepwise = Case::fold(std::slice::from_ref(record)),
        }
        let Some(case) = &stepwise else { continue };
        let scene = Scene { case, ..*scene };
        plan.follow(record, &scene, journal, head);
        if knew && knowing::is_going(&record.event) && !somebody_knows_the_child(case) {
            plan.last_knowing_gone(&scene);
        }
    }
    if let Some(last) = records.last() {
        plan.keep_deadlines(before, scene, last.at);
        plan.keep_chair(before, scene);
        plan.keep_actions(before, scene);
        plan.keep_idle(before, scene);
        plan.keep_drift(before, scene, last.at);
        plan.keep_review(before, scene);
    }
    plan.refresh_board(before, scene, records);
    plan.refresh_agenda(before, scene);
    plan
}

fn somebody_knows_the_child(case: &Case) -> bool {
    case.session().is_some_and(|session| !knowing::expected(case, session).is_empty())
}

impl Plan {
    fn follow(&mut self, record: &Record, scene: &Scene<'_>, journal: &[Record], head: &str) {
        match &record.event {
            Event::SessionConvened { form, convenor, starts_at, .. } => {
                let (name, topic) = (scene.code_name().to_string(), scene.label(*form).to_owned());
                self.effects.push(Effect::OpenChannel { name, topic });
                self.shut_out_all_but(scene, *convenor);
                self.admit(scene, *convenor);
                if starts_at.is_none() {
                    self.ask_date_after(scene, record.at);
                }
            }
            Event::SessionRescheduled { .. } => self.rescheduled(scene),
            Event::DateAsked => self.date_asked(scene, record.at),
            Event::CallGiven { .. } => self.call_given(scene),
            Event::StillUndecided { drift, .. } | Event::StillWithoutAction { drift, .. } => {
                self.drifts(scene, *drift, record.at);
            }
            Event::ReviewAsked { on } => self.review_asked(scene, *on),
            Event::CaseClosed { .. } => self.timers.push(TimerChange::Clear { name: Timer::AskDate.to_string() }),
            Event::Entered { draft, entry: Entry::Answer(answer), .. } => {
                self.review_protection(scene, *draft, answer, record.at);
                self.check_completion(scene, *draft, answer);
            }
            Event::ProtectionReviewDue { ends_at, .. } => self.protection_review(scene, *ends_at),
            Event::DraftsConfirmed { drafts } => self.absent_owners(scene, drafts),
            Event::ActionAnswered { action, accepted: false, .. } => self.sent_back(scene, *action),
            Event::ActionChanged { action, owner: Some(_), .. } => self.absent_owner(scene, *action),
            Event::ActionReported { action, .. } => self.reported(scene, *action),
            Event::ReportAnswered { action, accepted: false, .. } => self.report_returned(scene, *action),
            Event::ActionFollowedUp { action, step, .. } => self.followed_up(scene, *action, *step, record.at),
            Event::CompletionReviewDue { session, who, .. } => {
                let of = session.and_then(|no| scene.case.session_no(no));
                self.completion_due(scene, of, *who);
            }
            Event::AgreementGiven { .. } => self.edit_cards(scene),
            Event::DiscussionRequested { .. }
            | Event::RequestTakenUp { .. }
            | Event::RequestDeclined { .. }
            | Event::RequestUnanswered { .. } => self.request(scene, &record.event),
            Event::Invited { .. }
            | Event::InvitationAccepted { .. }
            | Event::InvitationDeclined { .. }
            | Event::InvitationWithdrawn { .. }
            | Event::ConflictAnswered { .. }
            | Event::MailboxNotified { .. }
            | Event::NoticeUndelivered { .. }
            | Event::InvitationUnanswered { .. }
            | Event::InvitationEscalated { .. }
            | Event::InformationSent { .. }
            | Event::AbsenceMarked { .. } => self.invitation(scene, record),
            Event::MessageHeldBack { message, account, .. } => {
                self.effects.push(Effect::TakeOut { message: *message });
                let to = Place::Direct { account: *account, otherwise_duty: None };
                self.effects.push(Effect::Post { to, slot: None, message: scene.held_back(), pin: false });
            }
            Event::QuestionsInvited { .. }
            | Event::QuestionsOver { .. }
            | Event::UrgentQuestionKept { .. }
            | Event::StageEntered { .. } => self.questions(scene, &record.event),
            Event::SeatHandedOn { from, to } => {
                // The case stands as it is after it: who had left is told by who acts.
                let had_left = record.actor.seat != Some(*from);
                self.handed_on(scene, *from, *to, had_left);
            }
            Event::Crossed { .. } | Event::NoLongerHeld { .. } | Event::WrongCaseMarked { .. } => {
                self.crossing(scene, &record.event);
            }
            Event::OwnerLeft { seat } => self.owner_left(scene, *seat, record.at),
            Event::LeaversChased => self.leavers_chased(scene, record.at),
            Event::WrongMeeting { seat, invitation, possible_breach } => {
                self.wrong_meeting(scene, *seat, *invitation);
                self.effects.extend(possible_breach.then(|| conduct::breach_to_assess(scene, record.seq)));
            }
            // Whoever convenes was let in with the channel.
            Event::Introduced { seat, .. } if scene.case.convenor() != Some(*seat) => self.admit(scene, *seat),
            Event::SightChosen { seat, sight: Sight::Everything } => self.admit(scene, *seat),
            Event::Reminded { seats } => self.reminded(scene, seats),
            Event::ChairingAdopted => self.edit_cards(scene),
            Event::LeaveByGiven { seat, at, .. } => {
                let before = scene.rules.procedure.waits.leave_by_warning_minutes;
                self.set(Timer::LeaveBy(*seat), *at - Duration::minutes(i64::from(before)));
            }
            Event::StoodDown { seat, .. } => self.stood_down(scene, *seat),
            Event::SessionAdjourned { .. } => self.adjourned(scene),
            Event::InterimSupplied { interim } => self.interim_supplied(scene, interim),
            Event::HandoverMade => self.handover_made(scene),
            Event::ChairTaken { seat, .. } => {
                self.chair_taken(scene, *seat);
                // Whoever chairs sees all of it, however late they came (SES-13).
                let came_late = |session: &Session| session.came_after_the_opening(*seat).is_some();
                if scene.case.session().is_some_and(came_late) {
                    self.admit(scene, *seat);
                }
            }
            Event::Entered { entry: Entry::Action(action), .. } => self.seek_owner(action),
            Event::OwnerSought { action, by } => self.owner_sought(scene, *action, *by),
            Event::OwnerNamed { action, .. } => {
                self.timers.push(TimerChange::Clear { name: Timer::FindOwner(*action).to_string() });
            }
            Event::DangerRaised { .. }
            | Event::DangerDescribed { .. }
            | Event::DangerRepeated { .. }
            | Event::DangerAcknowledged { .. }
            | Event::FalseAlarmMarked { .. } => self.danger(scene, record),
            // A moment later, so that the room hears of the close before it gets the draft.
            Event::SessionClosed { .. } => self.set(Timer::Draft, record.at + Duration::seconds(1)),
            Event::DraftIssued { .. }
            | Event::MinutesSigned { .. }
            | Event::MinutesCirculated { .. }
            | Event::RecordEndorsed { .. }
            | Event::Filed { .. }
            | Event::FilingChased { .. }
            | Event::ClosePrompted => self.issuing(scene, record, journal, head),
            Event::DeadlineNear { deadline, session, due_at } => {
                self.near(scene, Clock { kind: *deadline, session: *session }, *due_at);
            }
            Event::DeadlineMissed { deadline, session, due_at } => {
                self.missed(scene, Clock { kind: *deadline, session: *session }, *due_at);
            }
            Event::Limited { .. } | Event::LimitChanged { .. } | Event::WideningAsked { .. } => {
                self.limited(scene, record);
            }
            Event::ChallengeRaised { .. }
            | Event::ChallengeFiled { .. }
            | Event::ChallengeSettled { .. }
            | Event::ChallengeEscalated { .. }
            | Event::ChallengeNear { .. }
            | Event::ChallengeOverdue { .. } => self.challenge(scene, record),
            Event::AbsenceEscalation { .. } | Event::HealthOmitted { .. } | Event::PoliceUnavailable => {
                self.escalation(scene, &record.event);
            }
            Event::SessionOpened { .. } => {
                self.timers.push(TimerChange::Clear { name: Timer::AskDate.to_string() });
            }
            // Told by the posts and the board alone.
            Event::ReferralRegistered { .. }
            | Event::RequestRead
            | Event::CaseLinked { .. }
            | Event::ReferralAmended { .. }
            | Event::ChildListed { .. }
            | Event::AdultListed { .. }
            | Event::ChildAmended { .. }
            | Event::AdultAmended { .. }
            | Event::AdultFlagged { .. }
            | Event::ProposalTurnedDown { .. }
            | Event::SeatTaken { .. }
            | Event::ByNameOnlySet { .. }
            | Event::LookUpOpened { .. }
            | Event::CallDetailsRead { .. }
            | Event::WideningRefused { .. }
            | Event::TakenBack { .. }
            | Event::Masked { .. }
            | Event::Unmasked { .. }
            | Event::LimitedRead { .. }
            | Event::SubmissionRead { .. }
            | Event::SubmissionWeighed { .. }
            | Event::TextPrepared { .. }
            | Event::PreparedTextReleased { .. }
            | Event::PreparedTextKept { .. }
            | Event::SessionResumed { .. }
            | Event::HandoverRead
            | Event::ViceChairNamed { .. }
            | Event::ChairSilent { .. }
            | Event::StillChairing
            | Event::MeansRecorded { .. }
            | Event::SightChosen { .. }
            | Event::ContributionReadBack { .. }
            | Event::WordsConfirmed { .. }
            | Event::WordsCorrected { .. }
            | Event::PositionConfirmed { .. }
            | Event::MeetingConfirmed { .. }
            | Event::Introduced { .. }
            | Event::Arrived { .. }
            | Event::Left { .. }
            | Event::LeaveByNear { .. }
            | Event::OrderAnnounced { .. }
            | Event::FloorGiven { .. }
            | Event::Contributed { .. }
            | Event::ContributionMarked { .. }
            | Event::SourceStated { .. }
            | Event::FloorReleased { .. }
            | Event::SpeakerNudged { .. }
            | Event::RoundClosed { .. }
            | Event::QuestionRaised { .. }
            | Event::QuestionPut { .. }
            | Event::QuestionAnswered { .. }
            | Event::QuestionGivenUp { .. }
            | Event::QuestionMarkedUrgent { .. }
            | Event::QuestionAllocated { .. }
            | Event::ViewsHidden
            | Event::ViewsShown
            | Event::NoQuestions { .. }
            | Event::SkipExplained { .. }
            | Event::Entered { .. }
            | Event::QuorumStated { .. }
            | Event::DecisionMarked { .. }
            | Event::PositionsHidden
            | Event::PositionsShown
            | Event::PurposeReminded { .. }
            | Event::Suggested { .. }
            | Event::SuggestionAnswered { .. }
            | Event::ReadBackGiven
            | Event::ActionsConfirmed { .. }
            | Event::PositionGiven { .. }
            | Event::ChallengeInvited
            | Event::ChallengeAnswered { .. }
            | Event::HealthQuestioned { .. }
            | Event::PoliceTalkLogged { .. }
            | Event::ActionAnswered { .. }
            | Event::ActionDone { .. }
            | Event::ActionChanged { .. }
            | Event::ReportAnswered { .. }
            | Event::ActionCancelled { .. }
            | Event::ReviewAnswered { .. }
            | Event::CompletionReviewed { .. }
            | Event::AuditViewed { .. }
            | Event::JudgementRecorded { .. }
            | Event::BreachAssessed { .. }
            | Event::CorrectionRequested { .. }
            | Event::CorrectionAnswered { .. }
            | Event::RecipientChosen { .. }
            | Event::HistoryRead { .. }
            | Event::InviteesListed { .. }
            | Event::FamilyDraftOpened { .. }
            | Event::FamilyLinesTicked { .. }
            | Event::FamilyEmbargoLifted { .. }
            | Event::CopyOpened { .. } => {}
        }
        // The room is shown the case as everybody may read it.
        let case = scene.case.as_read_by(None);
        let room = Scene { case: &case, ..*scene };
        if !limits::is_limited(scene.case, record) {
            self.effects.extend(room.posts(record).into_iter().map(in_the_room));
        } else if let (Event::Contributed { contribution }, Some(session)) = (&record.event, scene.case.session())
            && !scene.case.is_held(session.no, Item::Contribution(contribution.id))
        {
            self.effects.extend(scene.entered_for(session, contribution, false).map(in_the_room));
        }
    }

    /// The board is posted once with the channel, then edited where it would read differently; older edits still
    /// waiting fall away.
    fn refresh_board(&mut self, before: Option<&Case>, scene: &Scene<'_>, records: &[Record]) {
        let (Some(session), Some(last)) = (scene.case.session(), records.last()) else { return };
        let message = scene.board(session, last.at);
        let was_convened = before.is_some_and(|case| case.sessions.len() == scene.case.sessions.len());
        // Whoever doesn't see back has to see the board: it is posted once more, and the earlier one points to it.
        let comes_without_history = |effect: &Effect| matches!(effect, Effect::Admit { history: false, .. });
        if was_convened && self.effects.iter().any(comes_without_history) {
            self.effects.push(Effect::Edit { slot: BOARD.to_owned(), message: scene.board_moved() });
            self.effects.push(Effect::Post { to: Place::Case, slot: Some(BOARD.to_owned()), message, pin: true });
            return;
        }
        if was_convened {
            let shown = before.and_then(|case| Some(Scene { case, ..*scene }.board(case.session()?, last.at)));
            // Both are of this moment and in the same words: what else has changed of it is said by a fact of its own.
            let changes = |event: &Event| {
                matches!(
                    event,
                    Event::StillUndecided { .. }
                        | Event::StillWithoutAction { .. }
                        | Event::Masked { .. }
                        | Event::Unmasked { .. }
                )
            };
            if records.iter().any(|record| changes(&record.event)) || shown.as_ref() != Some(&message) {
                self.effects.push(Effect::Edit { slot: BOARD.to_owned(), message });
            }
            return;
        }
        let post = Effect::Post { to: Place::Case, slot: Some(BOARD.to_owned()), message, pin: true };
        let after_channel = self.effects.iter().position(|effect| !matches!(effect, Effect::OpenChannel { .. }));
        self.effects.insert(after_channel.unwrap_or(self.effects.len()), post);
        // The last session's board stays as it was, with nothing left to press.
        let last = before.and_then(|case| Some(Scene { case, ..*scene }.board(case.session()?, last.at).text));
        let last = last.map(|text| Effect::Edit { slot: BOARD.to_owned(), message: Message::text(text) });
        self.effects.splice(0..0, last);
    }

    /// The chair hears at once that nobody who knows the child is expected any more; until there is one, the convenor
    /// (INV-16).
    fn last_knowing_gone(&mut self, scene: &Scene<'_>) {
        let Some(session) = scene.case.session() else { return };
        let told = session.chair().unwrap_or(session.convenor);
        self.tell_each(scene, [told].into_iter(), &scene.last_knowing_gone());
    }

    /// The agenda is posted once the session opens, then edited where it would read differently (GATE-13).
    fn refresh_agenda(&mut self, before: Option<&Case>, scene: &Scene<'_>) {
        let Some(message) = scene.agenda() else { return };
        let shown = before
            .filter(|case| case.sessions.len() == scene.case.sessions.len())
            .and_then(|case| Scene { case, ..*scene }.agenda());
        let slot = AGENDA.to_owned();
        match shown {
            None => self.effects.push(Effect::Post { to: Place::Case, slot: Some(slot), message, pin: false }),
            Some(shown) if shown != message => self.effects.push(Effect::Edit { slot, message }),
            Some(_) => {}
        }
    }

    fn set(&mut self, timer: Timer, at: DateTime<Utc>) {
        self.timers.push(TimerChange::Set { name: timer.to_string(), at });
    }

    fn admit(&mut self, scene: &Scene<'_>, seat: SeatId) {
        let history = scene.case.session().is_none_or(|session| session.sees_from(seat).is_none());
        self.effects.extend(scene.case.person(seat).account.map(|account| Effect::Admit { account, history }));
    }

    fn shut_out(&mut self, scene: &Scene<'_>, seat: SeatId) {
        self.effects.extend(scene.case.person(seat).account.map(|account| Effect::Remove { account }));
    }

    /// Nobody is let into the channel before the door, so most have nothing to be shut out of (GATE-03).
    fn wrong_meeting(&mut self, scene: &Scene<'_>, seat: SeatId, invitation: Option<InvitationId>) {
        let session = scene.case.session();
        let attendance = session.and_then(|session| session.attendance.get(&seat));
        if attendance.is_some_and(|attendance| attendance.introduced.is_some()) {
            self.shut_out(scene, seat);
        }
        invitation.into_iter().for_each(|id| self.edit_card(scene, id));
    }

    /// Outside the room, so without a word about the case; by the duty channel where a person takes no messages.
    fn reminded(&mut self, scene: &Scene<'_>, seats: &[SeatId]) {
        let Some(session) = scene.case.session() else { return };
        let message = scene.reminder(session);
        let to = seats.iter().map(|seat| scene.case.person(*seat)).filter_map(|person| {
            let account = person.account?;
            Some(Place::Direct { account, otherwise_duty: Some(person.agency.clone()) })
        });
        self.effects.extend(to.map(|to| Effect::Post { to, slot: None, message: message.clone(), pin: false }));
    }

    /// Whoever came to an earlier session stands before the door again (REF-14).
    fn shut_out_all_but(&mut self, scene: &Scene<'_>, convenor: SeatId) {
        if scene.case.sessions.len() > 1 {
            let others = scene.case.seats.iter().map(|seat| seat.id).filter(|seat| *seat != convenor);
            others.for_each(|seat| self.shut_out(scene, seat));
        }
    }

    fn post_card(&mut self, scene: &Scene<'_>, id: InvitationId) {
        let Some(session) = scene.case.session() else { return };
        let Some(state) = session.invitation(id) else { return };
        let Some(to) = place_of(&state.invitation.to) else { return };
        let message = scene.card(session, state);
        self.effects.push(Effect::Post { to, slot: Some(card_slot(id)), message, pin: false });
    }

    fn edit_card(&mut self, scene: &Scene<'_>, id: InvitationId) {
        let Some(session) = scene.case.session() else { return };
        let Some(state) = session.invitation(id) else { return };
        self.effects.push(Effect::Edit { slot: card_slot(id), message: scene.card(session, state) });
    }

    /// Every card says it as it is now.
    fn edit_cards(&mut self, scene: &Scene<'_>) {
        let Some(session) = scene.case.session() else { return };
        session.invitations.iter().for_each(|state| self.edit_card(scene, state.invitation.id));
    }

    /// The cards carry the new start, and those who accepted are told (REF-07).
    fn rescheduled(&mut self, scene: &Scene<'_>) {
        self.timers.push(TimerChange::Clear { name: Timer::AskDate.to_string() });
        self.edit_cards(scene);
        let Some(session) = scene.case.session() else { return };
        let coming = session
            .attendance
            .iter()
            .filter(|(_, attendance)| attendance.accepted_at.is_some() && attendance.excluded.is_none());
        for (seat, _) in coming {
            self.tell_each(scene, [*seat].into_iter(), &scene.rescheduled(session));
        }
    }

    fn date_asked(&mut self, scene: &Scene<'_>, at: DateTime<Utc>) {
        let Some(session) = scene.case.session() else { return };
        self.tell_each(scene, [session.convenor].into_iter(), &scene.date_asked(session));
        self.ask_date_after(scene, at);
    }

    /// On the next day, at the procedure's hour (REF-07).
    fn ask_date_after(&mut self, scene: &Scene<'_>, at: DateTime<Utc>) {
        let tomorrow = calendar::day_of(at) + Days::new(1);
        self.set(Timer::AskDate, calendar::at_time(tomorrow, scene.rules.procedure.waits.daily_at));
    }

    /// What holds for a time only is looked at again: a protection, and a level held until more is known (RISK-01).
    fn review_protection(&mut self, scene: &Scene<'_>, draft: DraftId, answer: &Answer, now: DateTime<Utc>) {
        let Some(session) = scene.case.session() else { return };
        let asked_of = scene.rules.catalogue.prompt(&answer.prompt).map(|prompt| &prompt.asked_of);
        let at = match asked_of {
            _ if answer.prompt == PROTECTION => {
                Some(protection::review_at(answer, now, &scene.rules.procedure.waits, scene.rules.calendar))
            }
            Some(AskedOf::Chair) => provisional::review_at(answer, now, &scene.rules),
            _ => None,
        };
        if let Some(at) = at {
            self.set(Timer::ReviewProtection(session.no, draft), at);
        }
    }

    fn protection_review(&mut self, scene: &Scene<'_>, ends_at: Option<DateTime<Utc>>) {
        let Some(session) = scene.case.session() else { return };
        let both = session.chair().into_iter().chain([session.convenor]);
        self.tell_each(scene, both, &scene.protection_review(ends_at));
    }

    fn post(&mut self, to: Place, message: Message) {
        self.effects.push(Effect::Post { to, slot: None, message, pin: false });
    }

    /// A direct message to each of these people once, whichever of these seats are theirs.
    fn tell_each(&mut self, scene: &Scene<'_>, seats: impl Iterator<Item = SeatId>, message: &Message) {
        let mut accounts: Vec<AccountId> = scene.accounts(seats);
        accounts.sort();
        accounts.dedup();
        self.effects.extend(accounts.into_iter().map(|account| Effect::Post {
            to: Place::Direct { account, otherwise_duty: None },
            slot: None,
            message: message.clone(),
            pin: false,
        }));
    }
}

/// Where an invitation goes: an agency's duty channel, or a person.
fn place_of(invitee: &Invitee) -> Option<Place> {
    match invitee {
        Invitee::Agency { agency, .. } => Some(Place::Duty(agency.clone())),
        Invitee::Person(person) => {
            let otherwise_duty = Some(person.agency.clone());
            person.account.map(|account| Place::Direct { account, otherwise_duty })
        }
    }
}

fn in_the_room(message: Message) -> Effect {
    Effect::Post { to: Place::Case, slot: None, message, pin: false }
}

/// An invitation's card.
const CARD: &str = "card:";

fn card_slot(id: InvitationId) -> String {
    format!("{CARD}{id}")
}
