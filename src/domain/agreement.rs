//! The managers whose agreement a discussion held first needs, and whose is recorded (REF-10).

use super::event::SessionForm;
use super::people::Person;
use super::procedure::{Procedure, Required};
use super::prompt::About;
use super::session::Session;

/// The question that takes agreements given by telephone: a field for each line of the rule, under its role.
pub const AGREEMENT: &str = "managers_agreement";

/// The line of the rule a person can agree for.
pub fn line_of<'a>(person: &Person, procedure: &'a Procedure) -> Option<&'a Required> {
    let rank = person.rank.as_deref();
    let covers = |line: &&Required| line.any_of.iter().any(|of| of.covers(person.agency_kind, &person.role_code, rank));
    procedure.agreement.iter().find(covers)
}

/// Lines nobody has agreed for, neither in person nor by telephone. A meeting needs no agreement.
pub fn missing<'a>(session: &Session, procedure: &'a Procedure) -> Vec<&'a Required> {
    if session.form != SessionForm::Discussion {
        return Vec::new();
    }
    let by_telephone = session.answer(AGREEMENT, About::Session);
    let is_missing = |line: &&Required| {
        let in_person = session.agreements.iter().any(|agreement| agreement.line == line.role);
        let said = by_telephone.and_then(|answer| answer.fields.get(&line.role));
        !in_person && said.is_none_or(|words| words.is_empty())
    };
    procedure.agreement.iter().filter(is_missing).collect()
}

/// The lines missing where the procedure insists on them: what marks the discussion, and never stops it.
pub fn not_recorded<'a>(session: &Session, procedure: &'a Procedure) -> Vec<&'a Required> {
    let insists = procedure.level(AGREEMENT).is_mandatory(session.held_late);
    if insists { missing(session, procedure) } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::people::AgencyKind;

    #[test]
    fn a_manager_agrees_for_their_own_line_and_nobody_else_for_any() {
        let text = include_str!("../../bot-config/procedures/county-strategy-meetings.toml");
        let procedure: Procedure = toml::from_str(text).expect("the shipped procedure");
        let check = |agency_kind, role_code: &str, rank: Option<&str>, expected: Option<&str>| {
            let person = Person {
                account: None,
                name: String::new(),
                role: String::new(),
                role_code: role_code.to_owned(),
                agency: String::new(),
                agency_kind,
                rank: rank.map(str::to_owned),
            };
            let line = line_of(&person, &procedure).map(|line| line.role.as_str());
            assert_eq!(line, expected, "{role_code} {rank:?}");
        };
        check(AgencyKind::SocialCare, "team_manager", None, Some("social_work"));
        check(AgencyKind::SocialCare, "acting_manager", None, Some("social_work"));
        check(AgencyKind::SocialCare, "emergency_duty_team_manager", None, Some("social_work"));
        check(AgencyKind::SocialCare, "social_worker", None, None);
        check(AgencyKind::Police, "child_protection_investigator", Some("Detective Sergeant"), Some("police"));
        check(AgencyKind::Police, "police_manager", Some("detective inspector"), Some("police"));
        check(AgencyKind::Police, "child_protection_investigator", Some("Police Constable"), None);
        check(AgencyKind::Police, "child_protection_investigator", None, None);
        check(AgencyKind::Health, "team_manager", Some("Detective Sergeant"), None);
    }
}
