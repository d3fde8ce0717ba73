//! The discussion: the level of risk, what it rests on, the child and the siblings, and what the police know (AUD-04).

use super::{Check, Found, Sitting, answered, answers, subject, together};
use crate::audit::Head::Discussion;
use crate::domain::event::Event;
use crate::domain::floor::Contribution;
use crate::domain::ids::SeatId;
use crate::domain::people::AgencyKind;
use crate::domain::prompt::About;
use crate::domain::provisional::LEVEL;
use crate::domain::referral::Child;

const RISK: &str = "risk";
/// What the level rests on, and how history was weighed.
const ANALYSIS: [&str; 2] = ["rationale", "history_weighed"];
/// What speakers are asked of the child's own view and life.
const VOICE: [&str; 2] = ["child_perspective", "lived_experience"];
const SIBLINGS: [&str; 2] = ["other_child_risk", "other_child_decision"];
const PROTECTIVE: &str = "protective_factors";

pub(super) const CHECKS: &[Check] = &[
    Check { key: "risk_level", head: Discussion, duties: &["RISK-01"], look: level },
    Check { key: "risk_analysis", head: Discussion, duties: &["RISK-05", "RISK-06", "INFO-12"], look: analysis },
    Check { key: "child_perspective", head: Discussion, duties: &["INFO-15", "INFO-16"], look: perspective },
    Check { key: "siblings", head: Discussion, duties: &["INFO-09", "RISK-03"], look: siblings },
    Check { key: "risk_not_protectiveness", head: Discussion, duties: &["RISK-07"], look: focus },
    Check { key: "police_information", head: Discussion, duties: &["INFO-20", "INFO-21"], look: police },
];

fn level(sitting: &Sitting<'_>) -> Found {
    of_each_subject(sitting, &[LEVEL])
}

fn analysis(sitting: &Sitting<'_>) -> Found {
    of_each_subject(sitting, &ANALYSIS)
}

/// Whether these parts of the weighing of risk are there for each child it is about.
fn of_each_subject(sitting: &Sitting<'_>, parts: &[&str]) -> Found {
    let mut subjects = sitting.case.subjects().peekable();
    if subjects.peek().is_none() {
        return Found::not_applicable();
    }
    let missing = subjects.filter(|child| !parts.iter().all(|part| has(sitting, child, part)));
    let missing = missing.map(|child| child.name.words().to_owned()).collect();
    Found::unless(missing, answers(sitting, &[RISK]))
}

fn has(sitting: &Sitting<'_>, child: &Child, part: &str) -> bool {
    let answer = sitting.session().answer(RISK, About::Child(child.id));
    answer.is_some_and(|answer| answer.fields.get(part).is_some_and(|said| !said.is_empty()))
}

/// What the child said or showed, or how the child lives, in somebody's words.
fn perspective(sitting: &Sitting<'_>) -> Found {
    if sitting.case.subjects().all(Child::is_unborn) {
        return Found::not_applicable();
    }
    let entries = shared(sitting, |contribution| {
        VOICE.iter().any(|part| contribution.fields.get(*part).is_some_and(|said| !said.is_empty()))
    });
    Found::when(!entries.is_empty(), entries)
}

/// Siblings and other children weighed and decided about, each.
fn siblings(sitting: &Sitting<'_>) -> Found {
    let others: Vec<_> = sitting.case.children.iter().filter(|child| !child.subject).collect();
    if others.is_empty() {
        return Found::not_applicable();
    }
    let is_weighed = |child: &&&Child| {
        let about = About::Child(child.id);
        SIBLINGS.iter().any(|prompt| sitting.session().answer(prompt, about).is_some())
    };
    let missing = others.iter().filter(|child| !is_weighed(child)).map(|child| child.name.words().to_owned());
    Found::unless(missing.collect(), answers(sitting, &SIBLINGS))
}

/// Where it was said what protects a child, the level of risk stands beside it with what it rests on.
fn focus(sitting: &Sitting<'_>) -> Found {
    let mut protected = sitting.session().answers(PROTECTIVE).map(|(_, answer)| answer.about).peekable();
    if protected.peek().is_none() {
        return Found::not_applicable();
    }
    let is_weighed = |about: &About| match about {
        About::Child(child) => sitting
            .case
            .child(*child)
            .is_none_or(|child| [LEVEL, ANALYSIS[0]].iter().all(|part| has(sitting, child, part))),
        About::Session => true,
    };
    let missing = protected.filter(|about| !is_weighed(about)).filter_map(|about| subject(sitting, about));
    Found::unless(missing.collect(), answers(sitting, &[RISK, PROTECTIVE]))
}

/// The police shared what they hold, or social care did for them; and of an investigation how evidence is gathered.
fn police(sitting: &Sitting<'_>) -> Found {
    let is_police = |seat: SeatId| sitting.case.person(seat).agency_kind == AgencyKind::Police;
    let agencies: Vec<_> = sitting
        .session()
        .invitations
        .iter()
        .filter(|state| state.invitation.to.kind() == AgencyKind::Police)
        .map(|state| state.invitation.to.agency())
        .collect();
    let entries = shared(sitting, |contribution| {
        let partner = sitting.case.partner(sitting.session(), contribution);
        is_police(contribution.seat) || partner.is_some_and(|(_, _, agency)| agencies.contains(&agency))
    });
    together([Found::when(!entries.is_empty(), entries), answered(sitting, "criminal_investigation")])
}

/// The entries of what was shared, in turns and in writing.
fn shared(sitting: &Sitting<'_>, is_meant: impl Fn(&Contribution) -> bool) -> Vec<u64> {
    sitting.entries(|event| match event {
        Event::Contributed { contribution } | Event::InformationSent { contribution } => is_meant(contribution),
        _ => false,
    })
}
