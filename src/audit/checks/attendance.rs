//! Attendance: who had to be there, who should have been, and whether they could decide (AUD-02).

use super::{Check, Found, Sitting};
use crate::audit::Head::Attendance;
use crate::domain::calendar::day_of;
use crate::domain::event::Event;
use crate::domain::ids::SeatId;
use crate::domain::people::AgencyKind;
use crate::domain::readiness::{Answer, proposals};
use crate::domain::referral::SchoolStage;
use crate::domain::schooling::{band, schools};

/// The community nurse each age is with (004-29).
const SCHOOL_NURSE: &str = "school_nurse";
const HEALTH_VISITOR: &str = "health_visitor";

pub(super) const CHECKS: &[Check] = &[
    Check { key: "minimum", head: Attendance, duties: &["INV-02", "INV-08", "INV-28", "GATE-08"], look: minimum },
    Check { key: "others_by_case", head: Attendance, duties: &["INV-09"], look: others },
    Check { key: "authorised", head: Attendance, duties: &["INV-18"], look: authorised },
    Check { key: "health_by_age", head: Attendance, duties: &["INV-12"], look: health_by_age },
    Check { key: "school_itself", head: Attendance, duties: &["INV-13"], look: school },
];

/// Each line of the minimum, met at any time of the session, as the record's title counts it.
fn minimum(sitting: &Sitting<'_>) -> Found {
    let session = sitting.session();
    let stated = sitting.entries(|event| {
        matches!(event, Event::SessionOpened { .. } | Event::SessionResumed { .. } | Event::QuorumStated { .. })
    });
    if session.opened_at.is_none() {
        return Found::when(false, stated);
    }
    let missing = session.quorum.iter().filter(|line| !session.roles_met.contains(&line.role));
    Found::unless(missing.map(|line| line.label.clone()).collect(), stated)
}

/// Whom else this case brings up: invited, or turned down with a reason.
fn others(sitting: &Sitting<'_>) -> Found {
    let proposed = proposals(&sitting.case, sitting.session(), &sitting.rules);
    if proposed.is_empty() {
        return Found::not_applicable();
    }
    let open = proposed.iter().filter(|one| !matches!(one.answer, Answer::Invited(_) | Answer::NotNeeded(Some(_))));
    let asked = |event: &Event| matches!(event, Event::Invited { .. } | Event::ProposalTurnedDown { .. });
    Found::unless(open.map(|one| one.proposal.label.clone()).collect(), sitting.entries(asked))
}

/// Whoever came said that they may decide for their agency. Of whoever convenes it is known by the right to.
fn authorised(sitting: &Sitting<'_>) -> Found {
    let (case, session) = (&sitting.case, sitting.session());
    let others = session.attended().filter(|seat| *seat != session.convenor && case.has_part(*seat));
    let came: Vec<_> = others.collect();
    if came.is_empty() {
        return Found::not_applicable();
    }
    let may_decide = |seat: &SeatId| {
        let introduced = session.attendance.get(seat).and_then(|attendance| attendance.introduction());
        introduced.is_some_and(|introduced| introduced.authorised == Some(true))
    };
    let unsure = came.iter().filter(|seat| !may_decide(seat)).map(|seat| {
        let person = case.person(*seat);
        format!("{}, {}", person.role, person.agency)
    });
    Found::unless(unsure.collect(), sitting.entries(|event| matches!(event, Event::Introduced { .. })))
}

/// The school nurse of a child of school age, the health visitor of a younger one: there, or heard in writing.
fn health_by_age(sitting: &Sitting<'_>) -> Found {
    let (case, on) = (&sitting.case, day_of(sitting.held_at()));
    let bands: Vec<_> = case.subjects().map(|child| band(child, on)).collect();
    let wanted = [(SchoolStage::SchoolAge, SCHOOL_NURSE), (SchoolStage::PreSchool, HEALTH_VISITOR)];
    let wanted: Vec<_> = wanted.into_iter().filter(|(stage, _)| bands.contains(stage)).map(|(_, role)| role).collect();
    if wanted.is_empty() {
        return Found::not_applicable();
    }
    let missing = wanted.into_iter().filter(|role| {
        let is_meant = |seat: SeatId| case.person(seat).role_code == *role;
        heard(sitting, is_meant).is_empty()
    });
    let missing = missing.map(|role| role.replace('_', " ")).collect();
    let nurses = |seat: SeatId| [SCHOOL_NURSE, HEALTH_VISITOR].contains(&case.person(seat).role_code.as_str());
    Found::unless(missing, of_seats(sitting, &heard(sitting, nurses)))
}

/// The school itself, which a school nurse does not stand for.
fn school(sitting: &Sitting<'_>) -> Found {
    let (case, session) = (&sitting.case, sitting.session());
    if !schools(case, session, &sitting.rules.procedure.schooling).school {
        return Found::not_applicable();
    }
    let is_of_the_school = |seat: SeatId| {
        let person = case.person(seat);
        person.agency_kind == AgencyKind::Education && person.role_code != SCHOOL_NURSE
    };
    let came = heard(sitting, is_of_the_school);
    Found::when(!came.is_empty(), of_seats(sitting, &came))
}

/// Seats that came, or sent what they know in writing.
fn heard(sitting: &Sitting<'_>, is_meant: impl Fn(SeatId) -> bool) -> Vec<SeatId> {
    let attendance = sitting.session().attendance.iter();
    let heard = attendance
        .filter(|(seat, attendance)| sitting.case.has_part(**seat) && (attendance.attended() || attendance.informed));
    heard.map(|(seat, _)| *seat).filter(|seat| is_meant(*seat)).collect()
}

/// The entries by which these came in, or sent what they know.
fn of_seats(sitting: &Sitting<'_>, seats: &[SeatId]) -> Vec<u64> {
    sitting.entries(|event| match event {
        Event::Introduced { seat, .. } => seats.contains(seat),
        Event::InformationSent { contribution } => seats.contains(&contribution.seat),
        _ => false,
    })
}
