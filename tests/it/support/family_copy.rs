//! What the family would be given.

use convenor::domain::case::Case;
use convenor::domain::facts::Rules;
use convenor::minutes;

use super::House;

impl House {
    /// The family's copy, as it would be now.
    pub async fn family_copy(&self) -> String {
        let case = Case::fold(&self.db_journal().await).expect("a case begins with its referral");
        minutes::markdown(&minutes::family_copy(&case, &self.rules(), &self.config.wording))
    }

    /// The rules its procedure's minutes are made under.
    pub(super) fn rules(&self) -> Rules<'_> {
        let (procedure, calendar) = (&self.config.procedures[self.procedure()], &self.config.calendar);
        Rules { procedure, catalogue: &self.catalogue, calendar }
    }
}
