//! What a further session of a case takes over from the one before: whom it asked, when it was planned for, and the
//! actions nobody has finished (REV-04).
//!
//! Nobody is asked by any of it. The list is whoever convenes to change and to send.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::attendance::{Invitation, InvitationState, Invitee};
use super::calendar::is_a_day;
use super::case::Case;
use super::decided::{Planned, planned};
use super::decision::Entry;
use super::due;
use super::ids::{ActionNo, SeatId, SessionNo};
use super::people::Person;
use super::procedure::Procedure;
use super::prompt::About;
use super::session::Session;

/// The question whether another session is needed, and when.
const FURTHER_SESSION: &str = "further_session";

/// Somebody to be asked to a session, who has not been asked yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToInvite {
    /// Its number on the list, kept as others leave it.
    pub no: u16,
    pub to: Invitee,
    /// The role of a support seat, in words (SES-09).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub support: Option<String>,
    /// Whoever takes it up is to chair.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub chairs: bool,
}

/// Whom the last session asked, less whoever was stood down, shut out or left, and less whoever convenes now. An agency
/// is asked as an agency again, but its chair by name, and so is whoever came from an agency that is asked by name only.
pub fn asked_last_time(case: &Case, convenor: SeatId) -> Vec<ToInvite> {
    let Some(last) = case.session() else { return Vec::new() };
    let mut list: Vec<ToInvite> = Vec::new();
    let own = case.person(convenor).account;
    let mut add = |to: Invitee, support: Option<String>, chairs: bool| {
        let is_own = matches!(&to, Invitee::Person(person) if person.account == own);
        if !is_own && !list.iter().any(|known| known.to.is_same(&to)) {
            let no = u16::try_from(list.len()).unwrap_or(u16::MAX).saturating_add(1);
            list.push(ToInvite { no, to, support, chairs });
        }
    };
    if last.convenor != convenor && is_to_come_again(case, last, last.convenor) {
        let chairs = last.chair() == Some(last.convenor);
        add(Invitee::Person(case.person(last.convenor).clone()), None, chairs);
    }
    for state in last.invitations.iter().filter(|state| is_carried(case, last, state)) {
        let invitation = &state.invitation;
        let chairs = state.seat.is_some() && state.seat == last.chair();
        let by_name = chairs || case.by_name_only.contains(&invitation.to.kind());
        let holder = state.seat.map(|seat| Invitee::Person(case.person(seat).clone()));
        if state.seat != Some(convenor) {
            let to = holder.filter(|_| by_name).unwrap_or_else(|| invitation.to.clone());
            add(to, invitation.support.clone(), chairs);
        }
    }
    list
}

/// It was not taken back, nobody came in its place, and its holder may come again.
fn is_carried(case: &Case, last: &Session, state: &InvitationState) -> bool {
    let is_replaced = |other: &InvitationState| other.invitation.instead_of == Some(state.invitation.id);
    let named = match &state.invitation.to {
        Invitee::Person(person) => seat_of(case, person),
        Invitee::Agency { .. } => None,
    };
    let holder = state.seat.or(named);
    !state.is_withdrawn()
        && !last.invitations.iter().any(is_replaced)
        && holder.is_none_or(|seat| is_to_come_again(case, last, seat))
}

fn seat_of(case: &Case, person: &Person) -> Option<SeatId> {
    let theirs = |seat: &&super::attendance::Seat| seat.person.account == person.account;
    case.seats.iter().rev().filter(|_| person.account.is_some()).find(theirs).map(|seat| seat.id)
}

fn is_to_come_again(case: &Case, last: &Session, seat: SeatId) -> bool {
    let is_shut_out = last.attendance.get(&seat).is_some_and(|attendance| attendance.excluded.is_some());
    !is_shut_out && !case.ended_seats.contains_key(&seat)
}

/// Those of the list that can be asked: of a kind of agency that is asked by name only, nobody but a person is (INV-33).
pub fn to_be_asked<'a>(case: &'a Case, session: &'a Session) -> impl Iterator<Item = &'a ToInvite> {
    session.to_invite.iter().filter(|one| {
        let is_an_agency = matches!(one.to, Invitee::Agency { .. });
        !(is_an_agency && case.by_name_only.contains(&one.to.kind()))
    })
}

/// When the next session is planned to begin: by the outcome that arranges it or, where that says nothing, as the last one
/// answered whether another is needed (DEC-10, DEC-39).
pub fn planned_for(case: &Case, procedure: &Procedure) -> Option<DateTime<Utc>> {
    let arranged = planned(case, procedure).and_then(Planned::start);
    arranged.or_else(|| {
        let said = case.session()?.answer(FURTHER_SESSION, About::Session)?;
        said.fields.get("needed").filter(|needed| needed.words() == "yes")?;
        due::instant(said.fields.get("at")?.words()).filter(|at| !is_a_day(*at))
    })
}

/// The confirmed actions that are not over.
pub fn open_actions(case: &Case) -> Vec<ActionNo> {
    let open = case.actions.iter().filter(|action| action.confirmed && action.is_live());
    open.map(|action| action.entered.no).collect()
}

/// The session an action was entered in.
pub fn session_of_action(case: &Case, no: ActionNo) -> Option<SessionNo> {
    let is_it = |entry: &Entry| matches!(entry, Entry::Action(action) if action.no == no);
    let entered = |session: &&Session| session.drafts.iter().any(|draft| is_it(&draft.entry));
    case.sessions.iter().find(entered).map(|session| session.no)
}

impl Invitee {
    /// Whether both ask the same person, or the same agency in the same role.
    pub fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Person(one), Self::Person(two)) => one.account.is_some() && one.account == two.account,
            (Self::Agency { agency: one, .. }, Self::Agency { agency: two, .. }) => {
                one == two && self.role_code() == other.role_code() && self.role() == other.role()
            }
            _ => false,
        }
    }
}

impl Session {
    /// Somebody is asked who stood on the list, and so does so no more.
    pub(super) fn is_asked_now(&mut self, invitation: &Invitation) {
        self.to_invite.retain(|one| !one.to.is_same(&invitation.to));
        if invitation.chairs {
            self.chair_invitation = Some(invitation.id);
        }
    }
}
