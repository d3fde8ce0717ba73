//! Minimum attendance: which required roles are met, by whom, and which are missing (INV-02).
//!
//! A fact, stated wherever it matters; it never stops anything (GATE-09).

use serde::{Deserialize, Serialize};

use super::people::AgencyKind;
use super::procedure::{Match, Required, When};
use super::referral::choices;
use super::schooling::Schools;

/// What the minimum looks at in a person invited to a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attendee {
    pub kind: AgencyKind,
    pub role_code: String,
    pub rank: Option<String>,
    pub present: bool,
    /// Information was sent in writing, present or not (INV-03).
    pub informed: bool,
}

choices! {
    /// What is missing although a line is met.
    Gap {
        /// The duty contact was asked, since nobody is at the school (INV-06).
        SchoolClosed = "school_closed",
    }
}

/// How one line of the minimum stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The line's key: `team_manager`.
    pub role: String,
    /// How people say it.
    pub label: String,
    pub met: bool,
    /// Who meets it, by place among the attendees; one person only where each line needs its own (INV-05).
    pub by: Vec<usize>,
    pub gap: Option<Gap>,
}

/// How each line of the minimum that applies stands, in the procedure's order.
///
/// `distinct` asks for a person of its own for each line, so people are spread over the lines such that as
/// many as possible are met (INV-05). `schools` brings in the lines for the school (INV-06); while it is closed, asking
/// those a line names for that meets it.
pub fn standings(minimum: &[Required], distinct: bool, attendees: &[Attendee], schools: Schools) -> Vec<Standing> {
    let lines: Vec<&Required> = minimum.iter().filter(|line| applies(line, schools)).collect();
    let mut able: Vec<Vec<usize>> = lines.iter().map(|line| able_to_meet(line, attendees)).collect();
    if distinct {
        able = one_each(&able, attendees.len());
    }
    let standing = |(line, mut by): (&Required, Vec<usize>)| {
        let is_closed = by.is_empty() && line.when == When::SchoolAgeSubject && schools.closed;
        if is_closed {
            by = meant(&line.when_closed, attendees);
        }
        let gap = (is_closed && !by.is_empty()).then_some(Gap::SchoolClosed);
        Standing { role: line.role.clone(), label: line.label.clone(), met: !by.is_empty(), by, gap }
    };
    lines.into_iter().zip(able).map(standing).collect()
}

/// The keys of the roles that are missing: `["health"]`.
pub fn missing(standings: &[Standing]) -> Vec<&str> {
    standings.iter().filter(|standing| !standing.met).map(|standing| standing.role.as_str()).collect()
}

/// Nobody is missing.
pub fn is_quorate(standings: &[Standing]) -> bool {
    standings.iter().all(|standing| standing.met)
}

fn applies(line: &Required, schools: Schools) -> bool {
    match line.when {
        When::Always => true,
        When::SchoolAgeSubject => schools.school,
        When::HomeEducatedSubject => schools.duty_contact,
    }
}

/// The places of those some rule means, whether they came or not.
fn meant(rule: &[Match], attendees: &[Attendee]) -> Vec<usize> {
    let is_meant = |person: &Attendee| {
        rule.iter().any(|meant| meant.covers(person.kind, &person.role_code, person.rank.as_deref()))
    };
    (0..attendees.len()).filter(|place| is_meant(&attendees[*place])).collect()
}

/// Those who could meet a line, the ones present before those who only sent information.
fn able_to_meet(line: &Required, attendees: &[Attendee]) -> Vec<usize> {
    let is_here = |place: &usize| attendees[*place].present;
    let has_written = |place: &usize| line.information_suffices && !is_here(place) && attendees[*place].informed;
    let places = meant(&line.any_of, attendees);
    let here = places.iter().copied().filter(is_here);
    here.chain(places.iter().copied().filter(has_written)).collect()
}

/// Gives as many lines as possible a person of their own: a maximum matching by augmenting paths.
fn one_each(able: &[Vec<usize>], people: usize) -> Vec<Vec<usize>> {
    let mut line_of: Vec<Option<usize>> = vec![None; people];
    for line in 0..able.len() {
        seat(line, able, &mut line_of, &mut vec![false; people]);
    }
    let person_of = |line: usize| line_of.iter().position(|held| *held == Some(line));
    (0..able.len()).map(|line| person_of(line).into_iter().collect()).collect()
}

/// Finds a person for a line, moving others to another line of theirs if that makes room.
fn seat(line: usize, able: &[Vec<usize>], line_of: &mut [Option<usize>], tried: &mut [bool]) -> bool {
    for &person in &able[line] {
        if std::mem::replace(&mut tried[person], true) {
            continue;
        }
        let can_move = match line_of[person] {
            None => true,
            Some(other) => seat(other, able, line_of, tried),
        };
        if can_move {
            line_of[person] = Some(line);
            return true;
        }
    }
    false
}

#[cfg(test)]
#[path = "quorum_tests.rs"]
mod tests;
