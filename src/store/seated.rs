//! Whose cases are whose, for a command that names none.
//!
//! The journal decides who has a seat and whether a case is over; what is kept here follows it, in the commit's own
//! transaction, and is caught up where an older convenor added entries without it. An account is kept as a mark that
//! takes the master key to make, so that the database alone tells nobody who is part of which case.

use crate::domain::event::{Event, Record};
use crate::domain::ids::{AccountId, SessionNo};

/// What entries say of it.
#[derive(Default)]
pub(super) struct Told {
    pub seated: Vec<AccountId>,
    /// The bits of the sessions that were convened.
    pub convened: i64,
    /// The bits of what is outstanding no more: of sessions whose record went out, and the lowest once one is convened.
    pub settled: i64,
}

pub(super) fn told(records: &[Record]) -> Told {
    let mut told = Told::default();
    for record in records {
        match &record.event {
            Event::SeatTaken { seat } => told.seated.extend(seat.person.account),
            Event::SessionConvened { session, .. } => {
                told.convened |= bit(*session);
                told.settled = (told.settled | NO_SESSION) & !bit(*session);
            }
            // Without a number it is the last session's: an older convenor knew of no other record still to go out.
            Event::MinutesCirculated { session, .. } => told.settled |= session.map_or(i64::MAX, bit),
            _ => {}
        }
    }
    told
}

/// Set until the first session is convened.
const NO_SESSION: i64 = 1;

/// Sessions are numbered from 1; the last bit is shared by all from the 62nd on.
fn bit(session: SessionNo) -> i64 {
    1 << session.0.min(62)
}

/// The queries, for one database.
macro_rules! seated_queries {
    ($database:ty) => {
        use $crate::app::ports::{CaseRow, StoreError};
        use $crate::domain::event::Record;
        use $crate::domain::ids::{AccountId, CaseId};
        use $crate::store::cases::case_row;
        use $crate::store::journal::as_stored;
        use $crate::store::keys::Keyring;
        use $crate::store::seated::{Told, told};
        use $crate::store::sql;

        type Connection = <$database as sqlx::Database>::Connection;

        /// Takes into account the records that follow a case's first `before` entries. Where it is behind already,
        /// only their seats are: the next to ask catches up.
        pub async fn follow(
            connection: &mut Connection,
            keyring: &Keyring,
            case: &CaseId,
            before: u64,
            records: &[Record],
        ) -> Result<(), StoreError> {
            let Told { seated, convened, settled } = told(records);
            for account in seated {
                let mark = keyring.mark(account);
                sqlx::query(sql::SEAT).bind(mark.as_slice()).bind(&case.0).execute(&mut *connection).await?;
            }
            sqlx::query(sql::FOLLOW)
                .bind(as_stored(before + records.len() as u64))
                .bind(convened)
                .bind(settled)
                .bind(&case.0)
                .bind(as_stored(before))
                .execute(connection)
                .await?;
            Ok(())
        }

        /// The cases that have entries nobody took into account here.
        pub async fn behind(connection: &mut Connection, guild: &str) -> Result<Vec<CaseId>, StoreError> {
            let cases: Vec<String> = sqlx::query_scalar(sql::BEHIND).bind(guild).fetch_all(connection).await?;
            Ok(cases.into_iter().map(CaseId).collect())
        }

        /// How many of a case's entries are taken into account.
        pub async fn followed(connection: &mut Connection, case: &CaseId) -> Result<u64, StoreError> {
            let followed: i64 = sqlx::query_scalar(sql::FOLLOWED).bind(&case.0).fetch_one(connection).await?;
            Ok(u64::try_from(followed).unwrap_or(0))
        }

        pub async fn cases_of(
            connection: &mut Connection,
            keyring: &Keyring,
            guild: &str,
            account: AccountId,
            which: &'static str,
        ) -> Result<Vec<CaseRow>, StoreError> {
            let mark = keyring.mark(account);
            let rows = sqlx::query_as(which).bind(guild).bind(mark.as_slice()).fetch_all(connection).await?;
            Ok(rows.into_iter().map(case_row).collect())
        }
    };
}

pub(super) use seated_queries as queries;
