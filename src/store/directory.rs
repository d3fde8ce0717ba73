//! The directory: agencies and enrolled people of one guild, as an administrator entered them (SEC-04).
//!
//! Nothing of a case is here. A seat copies name, role and agency into the journal, so a later change of the
//! directory never changes an old record.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::app::ports::{Agency, StoreError};
use crate::domain::duty::DutyHours;
use crate::domain::ids::AccountId;
use crate::domain::people::{AgencyContacts, AgencyKind, Person};

use super::problem::corrupt;

/// An agency's kind as kept: the word it has in configuration files.
pub(super) fn word(kind: AgencyKind) -> String {
    let word = Serialize::serialize(&kind, serde_json::value::Serializer).ok();
    word.and_then(|word| word.as_str().map(str::to_owned)).expect("a kind is written as a word")
}

fn from_word<T: DeserializeOwned>(table: &'static str, row: &str, word: String) -> Result<T, StoreError> {
    serde_json::from_value(serde_json::Value::String(word)).map_err(|_| corrupt(table, row, "no such kind of agency"))
}

type Text = Option<String>;
pub(super) type AgencyRow = (String, String, Text, Text, Text, Text, Text);

pub(super) fn agency(row: AgencyRow) -> Result<Agency, StoreError> {
    let (name, kind, duty_channel, mailbox, hours, deputy, escalation) = row;
    let hours = hours.map(|hours| hours.parse::<DutyHours>()).transpose();
    let hours = hours.map_err(|_| corrupt("agencies", &name, "the hours can't be read"))?;
    let contact = |account: Text| account.map(|account| account.parse().map(AccountId)).transpose();
    let contacts = contact(deputy).and_then(|deputy| Ok(AgencyContacts { deputy, escalation: contact(escalation)? }));
    let contacts = contacts.map_err(|_| corrupt("agencies", &name, "a contact's account is not a number"))?;
    Ok(Agency { kind: from_word("agencies", &name, kind)?, name, duty_channel, mailbox, hours, contacts })
}

pub(super) type PersonRow = (String, String, String, String, String, String, Option<String>);

pub(super) fn person(row: PersonRow) -> Result<Person, StoreError> {
    let (account, name, role, role_code, agency, agency_kind, rank) = row;
    let number = account.parse().map_err(|_| corrupt("enrolments", &account, "the account is not a number"))?;
    Ok(Person {
        account: Some(AccountId(number)),
        name,
        role,
        role_code,
        agency,
        agency_kind: from_word("enrolments", &account, agency_kind)?,
        rank,
    })
}

/// The queries, for one database.
macro_rules! directory_queries {
    ($database:ty) => {
        use $crate::app::ports::{Agency, StoreError};
        use $crate::domain::ids::AccountId;
        use $crate::domain::people::Person;
        use $crate::store::directory as plain;
        use $crate::store::sql;

        type Connection = <$database as sqlx::Database>::Connection;

        pub async fn enrol(connection: &mut Connection, guild: &str, person: &Person) -> Result<(), StoreError> {
            let account = person.account.ok_or(StoreError::NoAccount)?;
            sqlx::query(sql::ENROL)
                .bind(guild)
                .bind(account.to_string())
                .bind(&person.name)
                .bind(&person.role)
                .bind(&person.role_code)
                .bind(&person.agency)
                .bind(plain::word(person.agency_kind))
                .bind(&person.rank)
                .execute(connection)
                .await?;
            Ok(())
        }

        pub async fn end_enrolment(
            connection: &mut Connection,
            guild: &str,
            account: AccountId,
        ) -> Result<(), StoreError> {
            sqlx::query(sql::END_ENROLMENT).bind(guild).bind(account.to_string()).execute(connection).await?;
            Ok(())
        }

        pub async fn enrolled(
            connection: &mut Connection,
            guild: &str,
            account: AccountId,
        ) -> Result<Option<Person>, StoreError> {
            let row = sqlx::query_as(sql::ENROLLED).bind(guild).bind(account.to_string());
            row.fetch_optional(connection).await?.map(plain::person).transpose()
        }

        pub async fn enrolments(connection: &mut Connection, guild: &str) -> Result<Vec<Person>, StoreError> {
            let rows = sqlx::query_as(sql::ENROLMENTS).bind(guild).fetch_all(connection).await?;
            rows.into_iter().map(plain::person).collect()
        }

        pub async fn save_agency(connection: &mut Connection, guild: &str, agency: &Agency) -> Result<(), StoreError> {
            sqlx::query(sql::SAVE_AGENCY)
                .bind(guild)
                .bind(&agency.name)
                .bind(plain::word(agency.kind))
                .bind(&agency.duty_channel)
                .bind(&agency.mailbox)
                .bind(agency.hours.map(|hours| hours.to_string()))
                .bind(agency.contacts.deputy.map(|account| account.to_string()))
                .bind(agency.contacts.escalation.map(|account| account.to_string()))
                .execute(connection)
                .await?;
            Ok(())
        }

        pub async fn agencies(connection: &mut Connection, guild: &str) -> Result<Vec<Agency>, StoreError> {
            let rows = sqlx::query_as(sql::AGENCIES).bind(guild).fetch_all(connection).await?;
            rows.into_iter().map(plain::agency).collect()
        }
    };
}

pub(super) use directory_queries as queries;
