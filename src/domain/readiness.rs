//! Who must and who should be there: each line of the minimum with how it stands, and each proposal of the procedure
//! that the case brings up with what became of it.
//!
//! A view of facts; it stops nothing, and invitations wait for none of it. To propose somebody else, add a line to the
//! procedures under `[[proposals]]`.

use super::attendance::{Attendance, Exclusion, Means};
use super::calendar::day_of;
use super::case::Case;
use super::facts::Rules;
use super::floor::Whose;
use super::ids::SeatId;
use super::procedure::Procedure;
use super::proposal::{Cause, Proposal};
use super::quorum::{Attendee, Gap, Standing, standings};
use super::referral::{Child, SchoolStage};
use super::schooling::{Expects, band, expects, is_closed, schools};
use super::session::Session;
use super::spoken::Spoken;

/// One line of the minimum, with those who meet it or are to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub label: String,
    pub state: LineState,
    pub by: Vec<Whose>,
    pub gap: Option<Gap>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineState {
    Met,
    /// Met once those who are invited come.
    Planned,
    Missing,
}

/// A proposal that arises, why, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposed<'a> {
    pub proposal: &'a Proposal,
    pub because: Vec<&'a Cause>,
    pub answer: Answer<'a>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer<'a> {
    Invited(Vec<Whose>),
    /// With the reason, where one was given.
    NotNeeded(Option<&'a Spoken>),
    Unanswered,
}

/// The minimum against who is here or about to be and who sent information (INV-02).
pub fn present(case: &Case, session: &Session, procedure: &Procedure) -> Vec<Standing> {
    let people: Vec<_> = invited(case, session).into_iter().map(|(_, attendee)| attendee).collect();
    minimum(case, session, procedure, &people)
}

/// Planned and actual attendance against the minimum, line by line (INV-02).
pub fn lines(case: &Case, session: &Session, procedure: &Procedure) -> Vec<Line> {
    let (whose, mut people): (Vec<Whose>, Vec<Attendee>) = invited(case, session).into_iter().unzip();
    let now = minimum(case, session, procedure, &people);
    for (who, attendee) in whose.iter().zip(&mut people) {
        attendee.present |= is_coming(case, session, *who);
    }
    let then = minimum(case, session, procedure, &people);
    let line = |(now, then): (Standing, Standing)| {
        let (state, standing) = match (now.met, then.met) {
            (true, _) => (LineState::Met, now),
            (false, true) => (LineState::Planned, then),
            (false, false) => (LineState::Missing, then),
        };
        let by = standing.by.iter().map(|place| whose[*place]).collect();
        Line { label: standing.label, state, by, gap: standing.gap }
    };
    now.into_iter().zip(then).map(line).collect()
}

/// Every proposal that the case brings up, in the procedure's order.
pub fn proposals<'a>(case: &Case, session: &'a Session, rules: &Rules<'a>) -> Vec<Proposed<'a>> {
    let procedure = rules.procedure;
    let asked = procedure.proposals.iter().filter(|proposal| procedure.level(&proposal.level).is_asked());
    let proposed = asked.filter_map(|proposal| {
        let because: Vec<_> = proposal.when.iter().filter(|cause| arises(cause, case, session, procedure)).collect();
        (!because.is_empty()).then(|| Proposed { proposal, because, answer: answer(proposal, case, session) })
    });
    proposed.collect()
}

/// Proposals still open: unanswered where the procedure insists, or turned down without the reason.
pub fn open<'a>(case: &Case, session: &'a Session, rules: &Rules<'a>) -> Vec<&'a Proposal> {
    let insists = |proposal: &Proposal| rules.procedure.level(&proposal.level).is_mandatory(session.held_late);
    let is_open = |proposed: &Proposed<'_>| match proposed.answer {
        Answer::Invited(_) | Answer::NotNeeded(Some(_)) => false,
        Answer::NotNeeded(None) => true,
        Answer::Unanswered => insists(proposed.proposal),
    };
    proposals(case, session, rules).into_iter().filter(is_open).map(|proposed| proposed.proposal).collect()
}

fn minimum(case: &Case, session: &Session, procedure: &Procedure, people: &[Attendee]) -> Vec<Standing> {
    let minimum = &procedure.minimum;
    let schools = schools(case, session, &procedure.schooling);
    standings(minimum.of(session.form), minimum.distinct, people, schools)
}

/// Everybody of this session as the minimum looks at them: seats, then invitations nobody took up.
fn invited(case: &Case, session: &Session) -> Vec<(Whose, Attendee)> {
    let seats = session.attendance.iter().filter(|(seat, attendance)| takes_part(case, **seat, attendance));
    let seats = seats.map(|(seat, attendance)| {
        let person = case.person(*seat);
        let at_the_opening = attendance.introduced.is_some() && attendance.present.is_empty();
        let attendee = Attendee {
            kind: person.agency_kind,
            role_code: person.role_code.clone(),
            rank: person.rank.clone(),
            present: attendance.excluded.is_none() && (attendance.is_here() || at_the_opening),
            informed: attendance.informed,
        };
        (Whose::Seat(*seat), attendee)
    });
    let free = session.invitations.iter().filter(|state| state.seat.is_none() && state.invitation.support.is_none());
    let free = free.map(|state| {
        let to = &state.invitation.to;
        let attendee = Attendee {
            kind: to.kind(),
            role_code: to.role_code().to_owned(),
            rank: to.rank().map(str::to_owned),
            present: false,
            informed: false,
        };
        (Whose::Invitation(state.invitation.id), attendee)
    });
    seats.chain(free).collect()
}

/// A seat of the case that is one of this session too. Whoever was in the wrong meeting is not (GATE-03), nor is a
/// support seat (SES-09).
fn takes_part(case: &Case, seat: SeatId, attendance: &Attendance) -> bool {
    if attendance.excluded == Some(Exclusion::WrongMeeting) || !case.has_part(seat) {
        return false;
    }
    let is_guest = case.seat(seat).is_some_and(|seat| seat.vouched_by.is_some());
    *attendance != Attendance::default() || is_guest
}

/// Here, or to come; whoever only writes does not.
fn is_coming(case: &Case, session: &Session, whose: Whose) -> bool {
    let only_writes = |seat: SeatId| case.seat(seat).is_some_and(|seat| seat.means == Means::WrittenOnly);
    session.is_coming(whose) && !matches!(whose, Whose::Seat(seat) if only_writes(seat))
}

fn arises(cause: &Cause, case: &Case, session: &Session, procedure: &Procedure) -> bool {
    let on = day_of(session.held_at().unwrap_or(session.convened_at));
    let household = |wanted: &dyn Fn(&Child) -> bool| {
        case.children.iter().any(|child| is_of_the_household(child, case) && wanted(child))
    };
    let expecting = |wanted: Expects| household(&|child| expects(child, &procedure.schooling, on) == wanted);
    let in_band = |wanted: SchoolStage| household(&|child| band(child, on) == wanted);
    let urgency = &case.referral.urgency;
    match cause {
        Cause::Always | Cause::Referrer => true,
        Cause::School => expecting(Expects::School),
        Cause::NoSchool => expecting(Expects::DutyContact),
        Cause::SchoolClosed => expecting(Expects::School) && is_closed(session),
        Cause::PreSchoolChild => in_band(SchoolStage::PreSchool),
        Cause::SchoolAgeChild => in_band(SchoolStage::SchoolAge),
        Cause::UnbornChild => in_band(SchoolStage::Unborn),
        Cause::Medical => urgency.injury || urgency.in_hospital || urgency.medical_likely,
        Cause::LegalAction => urgency.legal_action_likely,
        Cause::Adult(code) => case.adults.iter().any(|adult| adult.difficulties.contains(code)),
    }
}

/// A subject, or a child who lives where one does as far as anybody said.
fn is_of_the_household(child: &Child, case: &Case) -> bool {
    let address = |child: &Child| child.address.words().trim().to_lowercase();
    let lives_with_a_subject = || case.subjects().any(|subject| address(subject) == address(child));
    child.subject || child.address.is_empty() || lives_with_a_subject()
}

/// Whoever counts and was invited, or else the reason given why nobody was.
fn answer<'a>(proposal: &Proposal, case: &Case, session: &'a Session) -> Answer<'a> {
    let is_referrer = proposal.when.contains(&Cause::Referrer);
    let counts = |whose: Whose, attendee: &Attendee| {
        let rank = attendee.rank.as_deref();
        let by_role = proposal.any_of.iter().any(|meant| meant.covers(attendee.kind, &attendee.role_code, rank));
        by_role || (is_referrer && referred(case, whose))
    };
    let invited: Vec<_> = invited(case, session)
        .into_iter()
        .filter(|(whose, attendee)| counts(*whose, attendee))
        .map(|(whose, _)| whose)
        .collect();
    match session.not_needed.get(&proposal.key) {
        _ if !invited.is_empty() => Answer::Invited(invited),
        Some(reason) => Answer::NotNeeded(reason.as_ref()),
        None => Answer::Unanswered,
    }
}

/// The person or the agency the referral names.
fn referred(case: &Case, whose: Whose) -> bool {
    let (name, _, agency) = case.whose(whose);
    let referrer = &case.referral.referrer;
    let is = |given: &Spoken, known: &str| !given.is_empty() && given.words().trim().eq_ignore_ascii_case(known.trim());
    is(&referrer.agency, agency) || name.is_some_and(|name| is(&referrer.name, name))
}

#[cfg(test)]
#[path = "readiness_tests.rs"]
mod tests;
