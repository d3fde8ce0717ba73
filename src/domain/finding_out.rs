//! What is not known of a child: a valid answer, and an immediate action to find it out (INFO-01, INFO-08).

use serde::{Deserialize, Serialize};

use super::case::Case;
use super::decision::Action;
use super::ids::ChildId;
use super::referral::{Born, Child};
use super::spoken::Spoken;

/// What an action to find something out serves.
pub const NAME: &str = "child_name";
pub const BORN: &str = "child_born";
/// Also the question that confirms the place at the session.
pub const LOCATION: &str = "current_location";
/// The part of its answer that says whether the place is confirmed, and what it says of a hospital (DEC-36).
pub const STANDING: &str = "standing";
pub const IN_HOSPITAL: &str = "in_hospital";
/// What else it can say, with no place beside it.
pub const MISSING: &str = "missing";
pub const NOT_KNOWN: &str = "not_known";
/// The part that says which place.
pub const PLACE: &str = "place";

/// What these actions are called, and by when they are due; one without a name is not made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct FindOut {
    /// After it was said, of every immediate action.
    pub within_minutes: u32,
    pub name: String,
    pub born: String,
    pub location: String,
}

/// What was so before a procedure could say it.
impl Default for FindOut {
    fn default() -> Self {
        Self { within_minutes: 120, name: String::new(), born: String::new(), location: String::new() }
    }
}

impl FindOut {
    /// What is to be done, by what it serves.
    pub fn what(&self, serves: &str) -> &str {
        match serves {
            NAME => &self.name,
            BORN => &self.born,
            _ => &self.location,
        }
    }
}

/// What is not known of a child, by what the action to find it out serves.
pub fn not_known(child: &Child) -> Vec<&'static str> {
    let unknown = [
        (NAME, is_not_known(&child.name)),
        (BORN, child.born == Born::NotKnown),
        (LOCATION, is_not_known(&child.location)),
    ];
    unknown.into_iter().filter(|(_, unknown)| *unknown).map(|(serves, _)| serves).collect()
}

/// Whether somebody wrote that they don't know.
pub fn is_not_known(words: &Spoken) -> bool {
    ["not known", "unknown"].iter().any(|known| words.words().eq_ignore_ascii_case(known))
}

/// Whether the words of a place name a hospital (DEC-36).
pub fn names_a_hospital(words: &Spoken) -> bool {
    let mut words = words.words().split(|of: char| !of.is_alphanumeric());
    words.any(|word| ["hospital", "infirmary"].iter().any(|known| word.eq_ignore_ascii_case(known)))
}

/// The action under way, or else the last one, that serves this for a child.
pub fn action<'a>(case: &'a Case, serves: &str, child: Option<ChildId>) -> Option<&'a Action> {
    let is_meant = |action: &&Action| action.entered.serves == serves && action.entered.child == child;
    let meant = || case.actions.iter().filter(is_meant);
    meant().rfind(|action| action.is_to_do()).or(meant().next_back())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn not_known_is_told_from_a_blank_and_from_a_name() {
        for (words, expected) in [("not known", true), (" Not Known ", true), ("unknown", true), ("", false)] {
            assert_eq!(is_not_known(&Spoken::new(words)), expected, "{words:?}");
        }
        assert!(!is_not_known(&"Unknown Street 4".into()));
    }

    #[test]
    fn a_hospital_is_known_by_its_word() {
        for (words, expected) in [
            ("Larkshire General Hospital, ward 4", true),
            ("the Royal Infirmary", true),
            ("HOSPITAL", true),
            ("At home with her mother", false),
            ("Hospitality House", false),
            ("", false),
        ] {
            assert_eq!(names_a_hospital(&words.into()), expected, "{words}");
        }
    }
}
