//! What is open of who is asked and who comes, and of how the session is conducted.

use super::{OpenItem, Topic, item};
use crate::domain::attendance::{Absence, InvitationState};
use crate::domain::calendar::day_of;
use crate::domain::case::Case;
use crate::domain::chairing;
use crate::domain::facts::Rules;
use crate::domain::floor::Whose;
use crate::domain::item_zero::{self, ITEM_ZERO};
use crate::domain::people::AgencyKind;
use crate::domain::prompt::About;
use crate::domain::referral::TriggerPoint;
use crate::domain::session::Session;

/// The question whose answer is the reason for going on without quorum (GATE-09).
pub const GOING_ON: &str = "going_on";
/// The rule that partners hear of an assessment's recommendation the same day (REF-07).
pub const NOTICE: &str = "REF-07";
/// The rule that whoever declines supplies information in writing (INV-25).
const IN_WRITING: &str = "INV-25";

/// No date fixed, and after an assessment no word of it to the partners on the day of its recommendation (REF-07).
pub(super) fn convening(case: &Case, session: &Session, rules: &Rules<'_>) -> Vec<OpenItem> {
    let mut items = Vec::new();
    if session.held_at().is_none() {
        items.push(item("starts_at", Topic::Session));
    }
    let is_asked = case.referral.trigger_point == TriggerPoint::FollowingAssessment
        && rules.procedure.level(NOTICE).is_mandatory(session.held_late);
    let recommended = day_of(case.referral.received_at.unwrap_or(case.registered_at));
    let partners = session.invitations.iter().filter(|state| state.invitation.to.kind() != AgencyKind::SocialCare);
    let is_told = partners.into_iter().any(|state| day_of(state.invited_at) == recommended);
    if is_asked && !is_told {
        items.push(item("assessment_notice", Topic::Session));
    }
    items
}

/// Nobody named to stand in for the chair (SES-04); what was not said of the adjournment (SES-01); and the children nobody
/// has answered about since item zero was asked last, where there is an earlier answer (SAFE-04).
pub(super) fn conduct(case: &Case, session: &Session, rules: &Rules<'_>) -> Vec<OpenItem> {
    let mut items = Vec::new();
    if session.opened_at.is_some() && session.chairing.vice.is_none() {
        items.push(item("vice_chair", Topic::Session));
    }
    let last = session.adjournments.last().filter(|last| last.resumed_at.is_none());
    let missing: Vec<_> = last.map(|last| last.interim.missing()).unwrap_or_default();
    if !missing.is_empty() {
        let missing = missing.into_iter().map(str::to_owned).collect();
        items.push(OpenItem { missing, ..item("adjournment", Topic::Session) });
    }
    let is_insisted_on = rules.procedure.level(ITEM_ZERO).is_mandatory(session.held_late);
    if let Some((asking, children)) = item_zero::unanswered(case, session, rules).filter(|_| is_insisted_on) {
        let earlier = children.into_iter().filter(|child| session.answer(ITEM_ZERO, About::Child(*child)).is_some());
        items.extend(earlier.map(|child| item(asking.open_key(), Topic::Child(child))));
    }
    items
}

/// Declined, and nothing sent in writing, where the procedure insists on it (INV-25).
pub fn is_without_information(session: &Session, state: &InvitationState, rules: &Rules<'_>) -> bool {
    let by = state.declined.and_then(|(_, by)| by);
    let has_informed = by.is_some_and(|seat| session.submission(seat).is_some());
    let is_asked = rules.procedure.level(IN_WRITING).is_mandatory(session.held_late);
    is_asked && state.is_declined() && !state.is_withdrawn() && !has_informed
}

/// Invited and not there, and nobody gave their views: not only what they know (INFO-24).
pub(super) fn without_views(case: &Case, session: &Session, rules: &Rules<'_>) -> Vec<OpenItem> {
    let is_asked = rules.procedure.level("INFO-24").is_mandatory(session.held_late);
    if !is_asked || session.opened_at.is_none() {
        return Vec::new();
    }
    let shared = session.contributions.iter().map(|(contribution, _)| contribution).chain(&session.submissions);
    let views: Vec<_> = shared.filter(|said| said.fields.get("views").is_some_and(|views| !views.is_empty())).collect();
    let is_absent = |state: &&InvitationState| {
        let came = state.seat.is_some_and(|seat| session.attended().any(|there| there == seat));
        !came && !state.is_withdrawn()
    };
    let are_given = |state: &InvitationState| {
        let (_, _, agency) = case.whose(Whose::Invitation(state.invitation.id));
        let own = [state.seat, state.declined.and_then(|(_, by)| by)];
        views.iter().any(|said| match &said.on_behalf_of {
            Some(source) => source.agency.words() == agency,
            None => own.contains(&Some(said.seat)),
        })
    };
    let absent = session.invitations.iter().filter(is_absent).filter(|state| !are_given(state));
    absent.map(|state| item("views_of_absent", Topic::Invitation(state.invitation.id))).collect()
}

pub(super) fn coming(case: &Case, session: &Session, rules: &Rules<'_>) -> Vec<OpenItem> {
    let mut items = Vec::new();
    let without = session.invitations.iter().filter(|state| is_without_information(session, state, rules));
    items.extend(without.map(|state| item("declined_without_information", Topic::Invitation(state.invitation.id))));
    if !session.is_quorate() && session.answer(GOING_ON, About::Session).is_none() {
        items.push(item("not_quorate", Topic::Session));
    }
    if !chairing::outside_rule(session).is_empty() {
        items.push(item("chair_not_within_rule", Topic::Session));
    }
    if !chairing::recorder_is_within_rule(case, session, rules.procedure) {
        items.push(item("recorder_not_within_rule", Topic::Session));
    }
    let invited = session.invitations.iter();
    let unsorted = invited.filter(|state| matches!(state.absence, Some((Absence::ReasonOpen, _))));
    items.extend(unsorted.map(|state| item("absence_reason", Topic::Invitation(state.invitation.id))));
    let seats = session.attendance.iter();
    let unsorted = seats.filter(|(_, attendance)| matches!(attendance.absence, Some((Absence::ReasonOpen, _))));
    items.extend(unsorted.map(|(seat, _)| item("absence_reason", Topic::Seat(*seat))));
    let cut_off = session.turns.iter().filter(|turn| turn.began_at.is_some() && turn.ended.is_none());
    let cut_off = cut_off.filter_map(|turn| match turn.turn.whose {
        Whose::Seat(seat) => Some(seat),
        Whose::Invitation(_) => None,
    });
    let unheard = cut_off.chain(session.not_heard.iter().copied());
    items.extend(unheard.map(|seat| item("not_heard", Topic::Seat(seat))));
    items
}
