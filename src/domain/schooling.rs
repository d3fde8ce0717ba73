//! Which children have a school to invite, and which community nurse each is with (INV-06, INV-12, INV-13).
//!
//! Age decides where the date of birth is known, what the convenor said of the child where it isn't. The ages at which
//! a child may have a school or not are the authority's to set.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::calendar::day_of;
use super::case::Case;
use super::prompt::About;
use super::referral::{Born, Child, Education, SchoolStage};
use super::session::Session;

/// The question whether the school is closed, and its field.
const SCHOOL_CLOSED: (&str, &str) = ("school_closed", "closed");

/// An authority's rule for children at the edges of school age, all local values.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Schooling {
    /// Whether a child of four has a school.
    #[serde(default)]
    pub four: HasSchool,
    #[serde(default)]
    pub sixteen_and_seventeen: HasSchool,
    /// Who is asked about a child of school age who is on no school's roll.
    #[serde(default)]
    pub home_educated: Instead,
}

/// Whether a child of an age has a school.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HasSchool {
    Always,
    /// When on the roll of a school or college, or in training.
    #[default]
    OnRoll,
    Never,
}

/// Who is asked where there is no school.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Instead {
    #[default]
    DutyContact,
    School,
    Nobody,
}

/// Who of education is expected for a child.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expects {
    Nobody,
    School,
    DutyContact,
}

/// What the subjects' schooling asks of the minimum.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Schools {
    pub school: bool,
    pub duty_contact: bool,
    /// There is nobody at the school to come.
    pub closed: bool,
}

/// For the subjects of a session, on its day.
pub fn schools(case: &Case, session: &Session, rule: &Schooling) -> Schools {
    let on = day_of(session.held_at().unwrap_or(session.convened_at));
    let any = |wanted: Expects| case.subjects().any(|child| expects(child, rule, on) == wanted);
    Schools { school: any(Expects::School), duty_contact: any(Expects::DutyContact), closed: is_closed(session) }
}

/// The convenor said that the school is closed.
pub fn is_closed(session: &Session) -> bool {
    let (prompt, field) = SCHOOL_CLOSED;
    let said = session.answer(prompt, About::Session).and_then(|answer| answer.fields.get(field));
    said.is_some_and(|closed| closed.words() == "yes")
}

/// Who of education is expected for a child on a day.
pub fn expects(child: &Child, rule: &Schooling, on: NaiveDate) -> Expects {
    let is_on_roll = match child.education {
        Some(education) => education == Education::OnRoll,
        None => child.stage == SchoolStage::SchoolAge,
    };
    let if_it_has_one = |has: HasSchool| match has {
        HasSchool::Always => Expects::School,
        HasSchool::OnRoll if is_on_roll => Expects::School,
        HasSchool::OnRoll | HasSchool::Never => Expects::Nobody,
    };
    match (band(child, on), age(child, on)) {
        (SchoolStage::Unborn, _) | (_, Some(0..=3 | 18..)) => Expects::Nobody,
        (_, Some(4)) => if_it_has_one(rule.four),
        (_, Some(16 | 17)) => if_it_has_one(rule.sixteen_and_seventeen),
        (SchoolStage::PreSchool, None) => Expects::Nobody,
        _ if is_on_roll || child.education.is_none() => Expects::School,
        _ => match rule.home_educated {
            Instead::DutyContact => Expects::DutyContact,
            Instead::School => Expects::School,
            Instead::Nobody => Expects::Nobody,
        },
    }
}

/// Before school, of school age, or not yet born, on a day; at four as the convenor said.
pub fn band(child: &Child, on: NaiveDate) -> SchoolStage {
    match age(child, on) {
        _ if child.is_unborn() => SchoolStage::Unborn,
        Some(0..=3) => SchoolStage::PreSchool,
        Some(5..) => SchoolStage::SchoolAge,
        Some(4) | None => child.stage,
    }
}

/// Whole years, where the date of birth is known.
fn age(child: &Child, on: NaiveDate) -> Option<u32> {
    match child.born {
        Born::On(day) => on.years_since(day),
        Born::Expected(_) | Born::NotKnown | Born::NotGiven => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::ChildId;
    use crate::domain::spoken::Spoken;
    use Expects::{DutyContact, Nobody, School};

    fn on() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 12, 7).expect("a day")
    }

    fn aged(years: i32, stage: SchoolStage, education: Option<Education>) -> Child {
        let born = NaiveDate::from_ymd_opt(2026 - years, 12, 7).expect("a day");
        Child { born: Born::On(born), ..undated(stage, education) }
    }

    fn undated(stage: SchoolStage, education: Option<Education>) -> Child {
        Child {
            id: ChildId(1),
            name: Spoken::default(),
            subject: true,
            born: Born::NotKnown,
            relationship: Spoken::default(),
            address: Spoken::default(),
            address_withheld: false,
            parental_responsibility: Spoken::default(),
            legal_status: Spoken::default(),
            location: Spoken::default(),
            stage,
            education,
        }
    }

    #[test]
    fn a_child_of_school_age_has_a_school_unless_on_no_roll() {
        use SchoolStage::{PreSchool, SchoolAge};
        let shipped = Schooling::default();
        let check = |child: Child, expected| assert_eq!(expects(&child, &shipped, on()), expected, "{child:?}");
        check(aged(9, SchoolAge, None), School);
        check(aged(2, PreSchool, None), Nobody);
        check(aged(2, SchoolAge, None), Nobody);
        check(aged(9, PreSchool, None), School);
        check(aged(9, SchoolAge, Some(Education::HomeEducated)), DutyContact);
        check(aged(9, SchoolAge, Some(Education::NotOnRoll)), DutyContact);
        check(undated(SchoolAge, None), School);
        check(undated(PreSchool, None), Nobody);
        check(undated(SchoolStage::Unborn, None), Nobody);
        check(aged(18, SchoolAge, Some(Education::OnRoll)), Nobody);
    }

    #[test]
    fn at_four_sixteen_and_seventeen_the_roll_decides_and_the_authority_may_say_otherwise() {
        use SchoolStage::{PreSchool, SchoolAge};
        let always =
            Schooling { four: HasSchool::Always, sixteen_and_seventeen: HasSchool::Always, ..Schooling::default() };
        let never =
            Schooling { four: HasSchool::Never, sixteen_and_seventeen: HasSchool::Never, ..Schooling::default() };
        for years in [4, 16, 17] {
            let on_roll = aged(years, PreSchool, Some(Education::OnRoll));
            let on_none = aged(years, SchoolAge, Some(Education::HomeEducated));
            let both = |rule: &Schooling| [&on_roll, &on_none].map(|child| expects(child, rule, on()));
            assert_eq!(both(&Schooling::default()), [School, Nobody], "{years}");
            assert_eq!(both(&always), [School, School], "{years}");
            assert_eq!(both(&never), [Nobody, Nobody], "{years}");
        }
        assert_eq!(expects(&aged(4, SchoolAge, None), &Schooling::default(), on()), School);
        assert_eq!(expects(&aged(4, PreSchool, None), &Schooling::default(), on()), Nobody);
    }

    #[test]
    fn who_is_asked_about_a_home_educated_child_is_the_authoritys_to_say() {
        let child = aged(9, SchoolStage::SchoolAge, Some(Education::HomeEducated));
        for (home_educated, expected) in
            [(Instead::DutyContact, DutyContact), (Instead::School, School), (Instead::Nobody, Nobody)]
        {
            assert_eq!(expects(&child, &Schooling { home_educated, ..Schooling::default() }, on()), expected);
        }
    }
}
