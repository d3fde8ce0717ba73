//! Somebody's enrolment ends, and with it their access to every case (SES-17).

use crate::domain::command::Command;
use crate::domain::ids::AccountId;
use crate::domain::people::Person;

use super::execute::{App, Who};
use super::ports::StoreError;

impl App {
    /// Nothing they press is taken any more, and their seats end in every case, whatever it is at. Done again after it
    /// broke off, it goes on from there. The person as they were enrolled; `None` where they were not.
    ///
    /// # Errors
    /// Where the store can't be used.
    pub async fn end_enrolment(&self, account: AccountId) -> Result<Option<Person>, StoreError> {
        let person = self.store.enrolled(account).await?;
        self.store.end_enrolment(account).await?;
        for row in self.store.cases().await? {
            let loaded = self.load(&row.case).await?;
            let mut seats = loaded.case.seats.iter().filter(|seat| seat.person.account == Some(account));
            if seats.any(|seat| !loaded.case.ended_seats.contains_key(&seat.id)) {
                self.execute(&row.case, &Who::default(), &Command::EndSeats { account }).await?;
            }
        }
        self.wake_workers();
        Ok(person)
    }
}
