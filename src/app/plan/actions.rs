//! What follows from actions: their owners hear of them outside the room, and each is followed up to its end. Nothing
//! said here is more than code name, number and date (REV-01, REV-07).

use chrono::{DateTime, Utc};

use crate::domain::case::Case;
use crate::domain::decide::REVIEW;
use crate::domain::decision::{Draft, Entry};
use crate::domain::due;
use crate::domain::follow_up::{self, FollowUp, is_the_chairs};
use crate::domain::ids::{ActionNo, DraftId, SeatId};
use crate::domain::limits::Item;
use crate::domain::people::AgencyContacts;
use crate::domain::prompt::Answer;
use crate::domain::session::Session;
use crate::domain::timer::Timer;
use crate::room::Scene;
use crate::room::message::Message;

use super::{Place, Plan, TimerChange};

impl Plan {
    /// Sets the timer of every action whose next step is new or moved, and clears that of one nobody follows any more.
    pub(super) fn keep_actions(&mut self, before: Option<&Case>, scene: &Scene<'_>) {
        let waits = &scene.rules.procedure.waits;
        for action in &scene.case.actions {
            let no = action.entered.no;
            let was = before.and_then(|case| follow_up::next(case.action(no)?, case, waits));
            let is = follow_up::next(action, scene.case, waits);
            let timer = Timer::FollowUp(no);
            match is {
                _ if is == was => {}
                Some((_, at)) => self.set(timer, at),
                None => self.timers.push(TimerChange::Clear { name: timer.to_string() }),
            }
        }
    }

    /// Owners who are not in the room are told that there is an action for them, and can answer from there (ACT-11); of one
    /// that is held for its author, once it is no longer (SES-15).
    pub(super) fn absent_owners(&mut self, scene: &Scene<'_>, drafts: &[DraftId]) {
        let Some(session) = scene.case.session() else { return };
        let is_held = |draft: &Draft| scene.case.is_held(session.no, Item::Entry(draft.id));
        let standing = session.standing().filter(|draft| drafts.contains(&draft.id));
        let confirmed = standing.filter(|draft| draft.confirmed.is_some() && !is_held(draft));
        let actions: Vec<_> = confirmed
            .filter_map(|draft| match &draft.entry {
                Entry::Action(action) => Some(action.no),
                Entry::Answer(_) | Entry::Section47(_) | Entry::Outcome(_) => None,
            })
            .collect();
        actions.into_iter().for_each(|no| self.absent_owner(scene, no));
    }

    pub(super) fn absent_owner(&mut self, scene: &Scene<'_>, no: ActionNo) {
        let (Some(session), Some(action)) = (scene.case.session(), scene.case.action(no)) else { return };
        let Some(owner) = action.entered.owner else { return };
        if !session.attendance.get(&owner).is_some_and(|attendance| attendance.is_here()) {
            self.tell(scene, owner, &scene.yours(action));
        }
    }

    /// It goes back to the chair (ACT-10).
    pub(super) fn sent_back(&mut self, scene: &Scene<'_>, no: ActionNo) {
        let Some(action) = scene.case.action(no) else { return };
        self.tell_the_chair(scene, &scene.sent_back(action));
    }

    /// The chair is asked to accept or return what its owner reported (REV-02).
    pub(super) fn reported(&mut self, scene: &Scene<'_>, no: ActionNo) {
        let Some(action) = scene.case.action(no).filter(|action| action.is_reported()) else { return };
        self.tell_the_chair(scene, &scene.reported(action));
    }

    /// Its owner hears that the report came back (REV-02).
    pub(super) fn report_returned(&mut self, scene: &Scene<'_>, no: ActionNo) {
        let Some(action) = scene.case.action(no) else { return };
        let by = action.reports.last().map(|report| report.by);
        by.into_iter().for_each(|by| self.tell(scene, by, &scene.report_returned(action)));
    }

    pub(super) fn followed_up(&mut self, scene: &Scene<'_>, no: ActionNo, step: FollowUp, now: DateTime<Utc>) {
        let Some(action) = scene.case.action(no) else { return };
        let message = scene.follow_up(action, step, now);
        let owner = action.entered.owner.filter(|_| !is_the_chairs(action, scene.case));
        let contacts = owner.map(|owner| contacts(scene.case, owner)).unwrap_or_default();
        match (step, owner) {
            (FollowUp::Reminder | FollowUp::Chase, Some(owner)) => self.tell(scene, owner, &message),
            (FollowUp::Reminder | FollowUp::Chase | FollowUp::Chair, _) => self.tell_the_chair(scene, &message),
            // Nobody owns it, so nobody stands in: whoever convened hears.
            (FollowUp::Deputy, None) => self.tell_each(scene, scene.case.convenor().into_iter(), &message),
            (FollowUp::Deputy, Some(owner)) => {
                let agency = scene.case.person(owner).agency.clone();
                let to = match contacts.deputy {
                    Some(account) => Place::Direct { account, otherwise_duty: Some(agency) },
                    None => Place::Duty(agency),
                };
                self.post(to, message);
            }
            (FollowUp::Manager, None) => self.post(Place::Role(scene.rules.procedure.manager.clone()), message),
            (FollowUp::Manager, Some(owner)) => {
                let agency = scene.case.person(owner).agency.clone();
                let to = match contacts.escalation {
                    Some(account) => Place::Direct { account, otherwise_duty: Some(agency) },
                    None => Place::Managers { agency, role: scene.rules.procedure.agency_managers.clone() },
                };
                self.post(to, message);
            }
        }
    }

    /// When the answer says that the actions are checked, whoever checks them is asked (ACT-08, REV-03).
    pub(super) fn check_completion(&mut self, scene: &Scene<'_>, draft: DraftId, answer: &Answer) {
        let Some(session) = scene.case.session().filter(|_| answer.prompt == REVIEW) else { return };
        if let Some(at) = answer.fields.get("when").and_then(|when| due::instant(when.words())) {
            self.set(Timer::Completion(session.no, draft), at);
        }
    }

    pub(super) fn completion_due(&mut self, scene: &Scene<'_>, session: Option<&Session>, who: Option<SeatId>) {
        let message = scene.completion_due(session);
        match who {
            Some(who) => self.tell(scene, who, &message),
            None => self.tell_the_chair(scene, &message),
        }
    }

    pub(super) fn tell_the_chair(&mut self, scene: &Scene<'_>, message: &Message) {
        let chair = scene.case.session().and_then(Session::chair).or(scene.case.convenor());
        chair.into_iter().for_each(|chair| self.tell(scene, chair, message));
    }

    /// A direct message, or their agency's duty channel where they take none; a guest's goes to the chair.
    fn tell(&mut self, scene: &Scene<'_>, seat: SeatId, message: &Message) {
        let person = scene.case.person(seat);
        let chair = || scene.case.session().and_then(Session::chair).map(|chair| scene.case.person(chair));
        let told = if person.account.is_some() { Some(person) } else { chair() };
        let to = told.and_then(|person| {
            let otherwise_duty = Some(person.agency.clone());
            person.account.map(|account| Place::Direct { account, otherwise_duty })
        });
        to.into_iter().for_each(|to| self.post(to, message.clone()));
    }
}

/// Whom the owner's agency named with their invitation.
fn contacts(case: &Case, owner: SeatId) -> AgencyContacts {
    let mut invitations = case.sessions.iter().rev().filter_map(|session| session.invitation_of(owner));
    invitations.next().map(|state| state.invitation.contacts.clone()).unwrap_or_default()
}
