//! What the family would be given.

use convenor::domain::facts::Rules;

use super::House;

impl House {
    /// The draft for the family, once the chair has asked for it and ticked all that isn't kept from them.
    pub async fn family_copy(&self) -> String {
        let mut draft = self.chair().presses("family_draft", &[]).await;
        if draft.offers("family_tick_all") {
            draft = self.chair().presses_in(&draft, "family_tick_all", &[]).await;
        }
        let read = self.chair().presses_in(&draft, "family_copy", &[]).await;
        assert_eq!(read.code(), "family_draft_opened", "{}", read.text());
        read.text().to_owned()
    }

    /// The rules its procedure's minutes are made under.
    pub(super) fn rules(&self) -> Rules<'_> {
        let (procedure, calendar) = (&self.config.procedures[self.procedure()], &self.config.calendar);
        Rules { procedure, catalogue: &self.catalogue, calendar }
    }
}
