//! What is open of the family: who they are, and what is known of each of them.

use super::{OpenItem, Topic, item};
use crate::domain::case::Case;
use crate::domain::facts::Rules;
use crate::domain::referral::{Adult, Born, Child};

/// Family composition, where the procedure makes it mandatory (INFO-02 to INFO-08).
pub(super) fn composition(case: &Case, rules: &Rules<'_>) -> Vec<OpenItem> {
    let asked = |id: &str| rules.procedure.level(id).is_mandatory(false);
    let missing = |child: &Child| {
        let blanks = [
            ("relationship", asked("INFO-02") && child.relationship.is_empty()),
            ("born", asked("INFO-03") && child.born == Born::NotGiven),
            ("address", asked("INFO-04") && child.address.is_empty()),
            ("parental_responsibility", asked("INFO-05") && child.parental_responsibility.is_empty()),
            ("legal_status", asked("INFO-06") && child.legal_status.is_empty()),
        ];
        blanks.into_iter().filter(|(_, blank)| *blank).map(|(key, _)| key.to_owned()).collect::<Vec<_>>()
    };
    let of_an_adult = |adult: &Adult| {
        let blanks = [
            ("relationship", asked("INFO-02") && adult.relationship.is_empty()),
            ("born", asked("INFO-03") && adult.born == Born::NotGiven),
            ("address", asked("INFO-04") && adult.address.is_empty()),
        ];
        blanks.into_iter().filter(|(_, blank)| *blank).map(|(key, _)| key.to_owned()).collect::<Vec<_>>()
    };
    let is_alone = asked("INFO-02") && case.children.len() + case.adults.len() <= 1;
    let nobody_else = is_alone.then(|| item("family_nobody_else", Topic::Session));
    let children = case.children.iter().map(|child| (Topic::Child(child.id), missing(child)));
    let adults = case.adults.iter().map(|adult| (Topic::Adult(adult.id), of_an_adult(adult)));
    children
        .chain(adults)
        .filter(|(_, missing)| !missing.is_empty())
        .map(|(about, missing)| OpenItem { id: "family_composition".to_owned(), about, missing })
        .chain(nobody_else)
        .collect()
}
