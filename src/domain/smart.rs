//! Whether an action is SMART: specific, measurable, accepted, relevant, dated (ACT-04). What is not is named by its
//! letter and shown with a better example; nothing is refused.

use serde::{Deserialize, Serialize};

use super::decision::{ActionEntered, ActionStatus};
use super::procedure::Procedure;

/// What a procedure counts as too vague.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Smart {
    /// Verbs an action can't begin with and be specific.
    #[serde(default)]
    pub vague: Vec<String>,
    /// A better example, as people read it.
    #[serde(default)]
    pub example: String,
}

/// The letters an action does not meet yet, in their order.
pub fn unmet(action: &ActionEntered, status: ActionStatus, procedure: &Procedure) -> Vec<char> {
    let letters = [
        ('S', action.what.is_empty() || is_vague(action.what.words(), &procedure.smart.vague)),
        ('M', action.measure.is_empty()),
        ('A', action.owner.is_none() || status == ActionStatus::Declined),
        ('R', action.purpose.is_empty() && action.serves.is_empty()),
        ('T', action.due.is_none()),
    ];
    letters.into_iter().filter(|(_, unmet)| *unmet).map(|(letter, _)| letter).collect()
}

/// Its first verb is one of those that say nothing anybody could see done: "Theo to monitor the family".
pub fn is_vague(what: &str, vague: &[String]) -> bool {
    let said =
        what.split_once(" to ").filter(|(who, _)| who.split_whitespace().count() <= 3).map_or(what, |(_, said)| said);
    let said = said.trim().to_lowercase();
    let begins =
        |verb: &String| said.strip_prefix(verb.as_str()).is_some_and(|rest| !rest.starts_with(char::is_alphabetic));
    vague.iter().any(begins)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_verb_that_nobody_could_see_done_is_vague() {
        let vague: Vec<String> = ["monitor", "keep an eye on"].map(str::to_owned).to_vec();
        for what in ["monitor family", "Monitor the family", "Theo Ashby to monitor the family", "Keep an eye on Tegan"]
        {
            assert!(is_vague(what, &vague), "{what}");
        }
        for what in
            ["Ring the ward", "Theo to see Tegan", "Fit the heart monitor", "Monitoring officer to ring the ward"]
        {
            assert!(!is_vague(what, &vague), "{what}");
        }
    }
}
