//! Whether the chair is within the procedure's rule, and the recorder; and what the record lacks of its title.
//!
//! None of it stops a session: whoever is outside the rule is marked, listed as open, and asked about again before the
//! record is issued (INV-27, INV-28, GATE-14). Only the title has to be earned (GATE-10).

use serde::{Deserialize, Serialize};

use super::case::Case;
use super::people::{AgencyKind, Person};
use super::procedure::{Procedure, fits};
use super::prompt::About;
use super::referral::choices;
use super::session::Session;

/// The question about the chair's experience in child protection and familiarity with the case.
pub const EXPERIENCE: &str = "chair_experience";

choices! {
    /// What keeps a chair outside the rule.
    Outside {
        Role = "role",
        NotExperienced = "not_experienced",
        NotFamiliar = "not_familiar",
    }
}

/// Everything that keeps the chair outside the rule; nothing, once a second manager has made the chairing their own.
pub fn outside_rule(session: &Session) -> Vec<Outside> {
    if session.chairing_adopted.is_some() {
        return Vec::new();
    }
    let attested = session.answer(EXPERIENCE, About::Session);
    let says_no = |field: &str| {
        let said = attested.and_then(|answer| answer.fields.get(field));
        said.is_some_and(|said| said.words() == "no")
    };
    let reasons = [
        (!session.chair_allowed, Outside::Role),
        (says_no("experienced"), Outside::NotExperienced),
        (says_no("familiar"), Outside::NotFamiliar),
    ];
    reasons.into_iter().filter(|(so, _)| *so).map(|(_, why)| why).collect()
}

/// A manager of social care within the rule may make a chairing their own.
pub fn may_adopt(person: &Person, procedure: &Procedure) -> bool {
    person.agency_kind == AgencyKind::SocialCare && fits(person, &procedure.chair)
}

/// Whether the recorder is one the procedure names (GATE-14).
pub fn recorder_is_within_rule(case: &Case, session: &Session, procedure: &Procedure) -> bool {
    fits(case.person(session.recorder), &procedure.recorder)
}

/// What a record lacks of its title.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lacking {
    /// Lines of the minimum that were never met, as people say them.
    pub roles: Vec<String>,
    /// The chair is outside the rule.
    pub chair: bool,
}

/// What the record lacks of its title; `None` once it is earned. A line that was met at any time was met (GATE-10).
pub fn lacking_of_title(session: &Session, procedure: &Procedure) -> Option<Lacking> {
    let needs = procedure.title_needs.as_ref()?;
    let asked = session.quorum.iter().filter(|line| needs.roles.contains(&line.role));
    let never_met = asked.filter(|line| !session.roles_met.contains(&line.role));
    let lacking = Lacking {
        roles: never_met.map(|line| line.label.clone()).collect(),
        chair: needs.chair_within_rule && !outside_rule(session).is_empty(),
    };
    (lacking != Lacking::default()).then_some(lacking)
}
