//! What follows from invitations and their answers: cards, the wait for an answer, and what the chair hears at once.

use chrono::{DateTime, Utc};

use crate::domain::attendance::{InvitationState, Invitee};
use crate::domain::command::Command;
use crate::domain::deadlines::{DeadlineKind, deadline, is_met};
use crate::domain::event::{Event, Record};
use crate::domain::floor::Whose;
use crate::domain::ids::{InvitationId, SeatId};
use crate::domain::open_items::is_without_information;
use crate::domain::silence;
use crate::domain::timer::Timer;
use crate::room::Scene;
use crate::room::message::Message;

use super::{CARD, Effect, Place, Plan, TimerChange};

impl Plan {
    /// Whoever accepted and is not in the room yet hears that the call's details can be read; the board says it to the
    /// others (SES-07).
    pub(super) fn call_given(&mut self, scene: &Scene<'_>) {
        let Some(session) = scene.case.session() else { return };
        self.tell_each(scene, session.outside(), &scene.call_given());
    }

    pub(super) fn invitation(&mut self, scene: &Scene<'_>, record: &Record) {
        match &record.event {
            Event::Invited { invitation } => {
                self.post_card(scene, invitation.id);
                if let Invitee::Agency { .. } = invitation.to {
                    self.wait_for_an_answer(scene, invitation.id, record.at);
                }
            }
            Event::InvitationAccepted { invitation, .. } => {
                self.edit_card(scene, *invitation);
                self.wait_no_more(*invitation);
            }
            Event::InvitationDeclined { invitation, by, .. } => {
                self.declined(scene, *invitation, *by);
                self.wait_no_more(*invitation);
            }
            Event::InvitationWithdrawn { invitation, .. } => {
                self.edit_card(scene, *invitation);
                self.wait_no_more(*invitation);
            }
            Event::ConflictAnswered { invitation, conflict: true } => {
                self.edit_card(scene, *invitation);
                self.tell_the_convenor(scene, &scene.conflict_told(*invitation));
            }
            Event::MailboxNotified { invitation } => self.mail(scene, *invitation),
            Event::NoticeUndelivered { invitation, by_mail } => {
                let Some((session, state)) = found(scene, *invitation) else { return };
                let both = [session.reads_what_is_sent(), session.convenor];
                self.tell_each(scene, both.into_iter(), &scene.undelivered(state, *by_mail));
            }
            Event::InvitationUnanswered { invitation } => self.unanswered(scene, *invitation),
            Event::InvitationEscalated { invitation, step } => self.escalated(scene, *invitation, step),
            Event::InformationSent { contribution } => {
                let Some(session) = scene.case.session() else { return };
                let reader = session.reads_what_is_sent();
                if contribution.entered_by.unwrap_or(contribution.seat) != reader {
                    self.tell_each(scene, [reader].into_iter(), &scene.sent(contribution.id));
                }
            }
            Event::AbsenceMarked { who: Whose::Seat(seat), .. } => self.ask_for_prepared_text(scene, *seat),
            _ => {}
        }
    }

    /// The room is shut to them at once, and their card says so (INV-30, SEC-14).
    pub(super) fn stood_down(&mut self, scene: &Scene<'_>, seat: SeatId) {
        self.shut_out(scene, seat);
        let state = scene.case.session().and_then(|session| session.invitation_of(seat));
        if let Some(state) = state {
            self.edit_card(scene, state.invitation.id);
        }
    }

    fn wait_for_an_answer(&mut self, scene: &Scene<'_>, invitation: InvitationId, now: DateTime<Utc>) {
        let kind = DeadlineKind::HoldBy;
        let hold_by = deadline(kind, scene.case, &scene.rules).filter(|_| !is_met(kind, scene.case));
        let wait = silence::wait(hold_by.map(|hold_by| hold_by.due.at), now, &scene.rules.procedure.waits);
        self.set(Timer::Silence(invitation), now + wait);
    }

    fn wait_no_more(&mut self, invitation: InvitationId) {
        self.timers.push(TimerChange::Clear { name: Timer::Silence(invitation).to_string() });
    }

    /// The card is free again where its holder declined; without information, the chair hears so where the procedure
    /// insists on it (INV-25).
    fn declined(&mut self, scene: &Scene<'_>, invitation: InvitationId, by: Option<SeatId>) {
        let Some(session) = scene.case.session() else { return };
        if by.is_some() {
            self.edit_card(scene, invitation);
        }
        let state = session.invitation(invitation);
        if state.is_some_and(|state| is_without_information(session, state, &scene.rules)) {
            self.tell_each(scene, [session.reads_what_is_sent()].into_iter(), &scene.declined_without(invitation));
        }
        if let Some(seat) = by {
            self.ask_for_prepared_text(scene, seat);
        }
    }

    /// Whoever turns out not to attend sends in what they prepared, or keeps it (INV-21).
    fn ask_for_prepared_text(&mut self, scene: &Scene<'_>, seat: SeatId) {
        let attendance = scene.case.session().and_then(|session| session.attendance.get(&seat));
        if attendance.is_some_and(|attendance| attendance.prepared.is_some()) {
            self.tell_each(scene, [seat].into_iter(), &scene.prepared_and_absent());
        }
    }

    /// To the team's mailbox, with nothing of the case in it (INV-32).
    fn mail(&mut self, scene: &Scene<'_>, invitation: InvitationId) {
        let Some((session, state)) = found(scene, invitation) else { return };
        let agency = state.invitation.to.agency().to_owned();
        let (subject, text) = scene.notice_by_mail(session);
        self.effects.push(Effect::Mail { agency, invitation: Some(invitation), subject, text });
    }

    fn unanswered(&mut self, scene: &Scene<'_>, invitation: InvitationId) {
        let Some((session, state)) = found(scene, invitation) else { return };
        let both = [session.reads_what_is_sent(), session.convenor];
        self.tell_each(scene, both.into_iter(), &scene.unanswered(state));
    }

    fn escalated(&mut self, scene: &Scene<'_>, invitation: InvitationId, step: &str) {
        let Some((_, state)) = found(scene, invitation) else { return };
        let step = scene.rules.procedure.silence.iter().find(|known| known.code == step);
        let Some(step) = step else { return };
        let named = step.tell_contact.and_then(|contact| state.invitation.contacts.of(contact));
        let otherwise_duty = Some(state.invitation.to.agency().to_owned());
        let to = named.map_or_else(
            || Place::Role(step.tell.clone()),
            |account| Place::Direct { account, otherwise_duty: otherwise_duty.clone() },
        );
        self.effects.push(Effect::Post { to, slot: None, message: scene.escalated(state), pin: false });
    }

    fn tell_the_convenor(&mut self, scene: &Scene<'_>, message: &Message) {
        self.tell_each(scene, scene.case.convenor().into_iter(), message);
    }
}

/// What has to be noted where an effect reached nobody: a card, or the mail beside it.
pub fn undelivered(effect: &Effect) -> Option<Command> {
    match effect {
        Effect::Post { slot: Some(slot), .. } => {
            let invitation = slot.strip_prefix(CARD)?.parse().ok()?;
            Some(Command::NoteUndelivered { invitation, by_mail: false })
        }
        Effect::Mail { invitation, .. } => Some(Command::NoteUndelivered { invitation: (*invitation)?, by_mail: true }),
        _ => None,
    }
}

fn found<'a>(
    scene: &Scene<'a>,
    invitation: InvitationId,
) -> Option<(&'a crate::domain::session::Session, &'a InvitationState)> {
    let session = scene.case.session()?;
    Some((session, session.invitation(invitation)?))
}
