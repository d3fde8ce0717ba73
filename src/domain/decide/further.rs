//! Whom a further session asks: the list of the one before, as whoever convenes changes and sends it (REV-04).

use std::collections::BTreeMap;

use super::{Decision, Situation, invitations, next};
use crate::domain::attendance::{Invitee, Reach};
use crate::domain::event::Event;
use crate::domain::further::{ToInvite, to_be_asked};
use crate::domain::refusal::Refusal;
use crate::domain::session::Session;
use crate::domain::stage::Stage;

/// These stay away; whoever is taken off can be put on again.
pub(super) fn leave_out(situation: &Situation<'_>, nos: &[u16]) -> Decision {
    let session = to_be_convened(situation)?;
    let invitees: Vec<_> = session.to_invite.iter().filter(|one| !nos.contains(&one.no)).cloned().collect();
    let is_changed = invitees.len() < session.to_invite.len();
    if is_changed { Ok(vec![Event::InviteesListed { invitees }]) } else { Err(Refusal::AlreadyDone) }
}

/// Somebody more, to be asked with the others.
pub(super) fn add(situation: &Situation<'_>, to: &Invitee, support: Option<&str>) -> Decision {
    let session = to_be_convened(situation)?;
    if matches!(to, Invitee::Agency { .. }) && situation.case.by_name_only.contains(&to.kind()) {
        return Err(Refusal::NamedPersonOnly { agency: to.agency().to_owned() });
    }
    if session.to_invite.iter().any(|one| one.to.is_same(to)) {
        return Err(Refusal::AlreadyDone);
    }
    let no = next(session.to_invite.iter().map(|one| one.no));
    let added = ToInvite { no, to: to.clone(), support: support.map(str::to_owned), chairs: false };
    Ok(vec![Event::InviteesListed { invitees: session.to_invite.iter().cloned().chain([added]).collect() }])
}

/// Everybody on the list is asked, each as if by hand. `reach` says of agencies how they are reached.
pub(super) fn send(situation: &Situation<'_>, reach: &BTreeMap<String, Reach>) -> Decision {
    let session = to_be_convened(situation)?;
    let mut events = Vec::new();
    for one in to_be_asked(situation.case, session) {
        let after = situation.after(&events);
        let reached = reach.get(one.to.agency()).cloned().unwrap_or_default();
        let support = one.support.as_deref();
        let mut asked = invitations::invite(&Situation::new(&after, situation.facts), &one.to, &reached, support)?;
        // Once it is open it has a chair, who hands over in words.
        if let Some(Event::Invited { invitation }) = asked.first_mut().filter(|_| session.opened_at.is_none()) {
            invitation.chairs = one.chairs;
            invitation.statutory |= one.chairs;
        }
        events.extend(asked);
    }
    if events.is_empty() { Err(Refusal::AlreadyDone) } else { Ok(events) }
}

fn to_be_convened<'a>(situation: &Situation<'a>) -> Result<&'a Session, Refusal> {
    situation.convenor()?;
    let session = situation.session()?;
    if session.stage >= Stage::Closed { Err(Refusal::AlreadyClosed) } else { Ok(session) }
}
