//! How invitations, and what became of them, change a session.

use crate::domain::attendance::{Absence, InvitationState};
use crate::domain::event::{Event, Record};
use crate::domain::ids::InvitationId;
use crate::domain::session::Session;

impl Session {
    /// An invitation and what became of it (INV-22).
    pub(super) fn answered(&mut self, record: &Record) {
        match &record.event {
            Event::Invited { invitation } => {
                self.is_asked_now(invitation);
                self.invitations.push(InvitationState::new(invitation.clone(), record.at));
            }
            Event::InvitationAccepted { invitation, seat } => {
                self.invited(*invitation, |state| (state.seat, state.absence) = (Some(*seat), None));
                let attendance = self.at(*seat);
                (attendance.accepted_at, attendance.absence) = (Some(record.at), None);
            }
            Event::InvitationDeclined { invitation, reason, by } => {
                let absence = Some((Absence::Apologies, reason.clone().some()));
                self.invited(*invitation, |state| {
                    (state.seat, state.absence) = (None, absence.clone());
                    state.declined = Some((record.at, *by));
                });
                if let Some(seat) = by {
                    let attendance = self.at(*seat);
                    (attendance.accepted_at, attendance.absence) = (None, absence);
                }
            }
            Event::InvitationWithdrawn { invitation, reason } => {
                self.invited(*invitation, |state| state.withdrawn = Some((record.at, reason.clone())));
            }
            Event::ConflictAnswered { invitation, conflict } => {
                self.invited(*invitation, |state| state.conflict = Some(*conflict));
            }
            Event::MailboxNotified { invitation } => {
                self.invited(*invitation, |state| state.mailed_at = Some(record.at));
            }
            Event::NoticeUndelivered { invitation, by_mail } => {
                self.invited(*invitation, |state| {
                    state.card_undelivered |= !by_mail;
                    state.mail_undelivered |= *by_mail;
                });
            }
            Event::InvitationUnanswered { invitation } => {
                self.invited(*invitation, |state| state.unanswered_at = Some(record.at));
            }
            Event::InvitationEscalated { invitation, step } => {
                self.invited(*invitation, |state| state.escalated.push(step.clone()));
            }
            _ => {}
        }
    }

    pub(super) fn invited(&mut self, id: InvitationId, change: impl FnOnce(&mut InvitationState)) {
        if let Some(state) = self.invitations.iter_mut().find(|state| state.invitation.id == id) {
            change(state);
        }
    }
}
