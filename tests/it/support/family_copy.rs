//! What the family would be given.

use convenor::domain::case::Case;
use convenor::minutes;

use super::House;

impl House {
    /// The family's copy, as it would be now.
    pub async fn family_copy(&self) -> String {
        let case = Case::fold(&self.db_journal().await).expect("a case begins with its referral");
        minutes::markdown(&minutes::family_copy(&case, &self.rules(), &self.config.wording))
    }
}
