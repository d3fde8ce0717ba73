//! What `convenor setup` made: which guild the database is for, where cases go in it, and who administers it.
//!
//! The one place that looks past the guild of this store: a program that starts asks here which guild it serves.

use crate::app::ports::{Administrator, StoreError};
use crate::domain::ids::AccountId;

use super::problem::corrupt;

pub(super) fn administrator((account, name): (String, String)) -> Result<Administrator, StoreError> {
    let number = account.parse().map_err(|_| corrupt("administrators", &account, "the account is not a number"))?;
    Ok(Administrator { account: AccountId(number), name })
}

/// The queries, for one database.
macro_rules! installation_queries {
    ($database:ty) => {
        use sqlx::Connection as _;

        use $crate::app::ports::{Installation, StoreError};
        use $crate::store::installation as plain;
        use $crate::store::sql;

        type Connection = <$database as sqlx::Database>::Connection;

        pub async fn keep(
            connection: &mut Connection,
            begin: &'static str,
            installation: &Installation,
        ) -> Result<(), StoreError> {
            let mut transaction = connection.begin_with(begin).await?;
            sqlx::query(sql::KEEP_INSTALLATION)
                .bind(&installation.guild)
                .bind(&installation.category)
                .bind(&installation.admin_channel)
                .execute(&mut *transaction)
                .await?;
            for administrator in &installation.administrators {
                sqlx::query(sql::KEEP_ADMINISTRATOR)
                    .bind(&installation.guild)
                    .bind(administrator.account.to_string())
                    .bind(&administrator.name)
                    .execute(&mut *transaction)
                    .await?;
            }
            Ok(transaction.commit().await?)
        }

        pub async fn all(connection: &mut Connection) -> Result<Vec<Installation>, StoreError> {
            let rows: Vec<(String, Option<String>, Option<String>)> =
                sqlx::query_as(sql::INSTALLATIONS).fetch_all(&mut *connection).await?;
            let mut installations = Vec::with_capacity(rows.len());
            for (guild, category, admin_channel) in rows {
                let named = sqlx::query_as(sql::ADMINISTRATORS).bind(&guild).fetch_all(&mut *connection).await?;
                let administrators = named.into_iter().map(plain::administrator).collect::<Result<_, _>>()?;
                installations.push(Installation { guild, category, admin_channel, administrators });
            }
            Ok(installations)
        }
    };
}

pub(super) use installation_queries as queries;
