//! The [`Store`] port, made for each database from the subjects' queries.
//!
//! Here it is decided which pool a call uses and where a transaction begins and ends; nothing else is.

/// Makes a store over one database's native driver.
macro_rules! native_store {
    ($name:ident, $database:ty) => {
        pub mod $name {
            use async_trait::async_trait;
            use chrono::{DateTime, Utc};
            use sqlx::Connection as _;

            use $crate::app::ports::{
                Agency, CaseRow, Claimed, Commit, Committed, Installation, OutboxCount, Receipt, Reference, Release,
                Settlement, Store, StoreError, Timer, WedgedLane,
            };
            use $crate::domain::event::Record;
            use $crate::domain::ids::{AccountId, CaseId, CodeName};
            use $crate::domain::people::Person;
            use $crate::store::Opening;
            use $crate::store::chain::Head;
            use $crate::store::dialect::{self, $name as native};
            use $crate::store::keys::Keyring;
            use $crate::store::sql::$name as own;
            use $crate::store::verify::VerifyError;
            use $crate::store::{chain, sql};

            type Connection = <$database as sqlx::Database>::Connection;

            mod cases {
                $crate::store::cases::queries!($database);
            }
            mod journal {
                $crate::store::journal::queries!($database);
            }
            mod outbox {
                $crate::store::outbox::queries!($database);
            }
            mod seated {
                $crate::store::seated::queries!($database);
            }
            mod timers {
                $crate::store::timers::queries!($database);
            }
            mod receipts {
                $crate::store::receipts::queries!($database);
            }
            mod directory {
                $crate::store::directory::queries!($database);
            }
            mod installation {
                $crate::store::installation::queries!($database);
            }
            mod reminders {
                $crate::store::reminders::queries!($database);
            }
            mod chains {
                $crate::store::verify::queries!($database);
            }

            /// The store of one guild.
            pub struct SqlStore {
                pools: dialect::Pools<$database>,
                keyring: Keyring,
                guild: String,
            }

            type Held = sqlx::pool::PoolConnection<$database>;

            impl SqlStore {
                /// Opens the store; see [`crate::store::open`].
                pub async fn open(opening: Opening) -> Result<Self, StoreError> {
                    let pools = native::connect(&opening.url).await?;
                    let latest = native::MIGRATOR.iter().map(|migration| migration.version).max();
                    native::MIGRATOR
                        .run(&pools.write)
                        .await
                        .map_err(|error| dialect::migration_problem(error, latest.unwrap_or(0)))?;
                    let keyring = Keyring::new(&opening.master, opening.chance);
                    let kept: Vec<u8> = sqlx::query_scalar(sql::CHECK_VALUE)
                        .bind(keyring.check_value())
                        .fetch_one(&pools.write)
                        .await?;
                    if kept != keyring.check_value() {
                        pools.close().await;
                        return Err(StoreError::WrongKey);
                    }
                    Ok(Self { pools, keyring, guild: opening.guild })
                }

                async fn reading(&self) -> Result<Held, StoreError> {
                    Ok(self.pools.read.acquire().await?)
                }

                async fn writing(&self) -> Result<Held, StoreError> {
                    Ok(self.pools.write.acquire().await?)
                }

                async fn write_all_or_nothing(
                    &self,
                    connection: &mut Connection,
                    commit: &Commit,
                ) -> Result<Committed, StoreError> {
                    let mut transaction = connection.begin_with(native::BEGIN).await?;
                    let committed = self.write(&mut transaction, commit).await?;
                    match committed {
                        Committed::Done => transaction.commit().await?,
                        Committed::Duplicate => transaction.rollback().await?,
                    }
                    Ok(committed)
                }

                /// Writes a commit into an open transaction, which an error then rolls back. Nothing random is
                /// drawn before it is sure to stand, so that what was refused leaves no trace in what comes after.
                async fn write(&self, connection: &mut Connection, commit: &Commit) -> Result<Committed, StoreError> {
                    let Self { keyring, guild, .. } = self;
                    let case = &commit.case;
                    if let Some(receipt) = &commit.receipt
                        && !receipts::record(connection, receipt).await?
                    {
                        return Ok(Committed::Duplicate);
                    }
                    if let Some(code_name) = &commit.opens
                        && (commit.expected_entries > 0
                            || !cases::open(connection, keyring, guild, case, code_name).await?)
                    {
                        return Err(StoreError::Conflict);
                    }
                    // Held from here on: whoever else adds to the case waits, and then finds that it moved on.
                    let head = cases::head(connection, own::HELD_CASE_HEAD, guild, case).await?;
                    if head.0 != commit.expected_entries {
                        return Err(StoreError::Conflict);
                    }
                    if let Some(reference) = &commit.reference {
                        cases::keep_reference(connection, keyring, guild, case, reference).await?;
                    }
                    for (digest, text) in &commit.pins {
                        cases::keep_text(connection, keyring, digest, text).await?;
                    }
                    let key = cases::key(connection, keyring, guild, case).await?;
                    journal::append(connection, keyring, case, &key, head, &commit.records).await?;
                    seated::follow(connection, keyring, case, head.0, &commit.records).await?;
                    outbox::enqueue(connection, keyring, guild, case, &key, &commit.effects).await?;
                    timers::change(connection, guild, case, &commit.timers).await?;
                    Ok(Committed::Done)
                }

                /// Takes into account what was added to a case without telling whose it is.
                async fn catch_up(&self, connection: &mut Connection, case: &CaseId) -> Result<(), StoreError> {
                    let Self { keyring, guild, .. } = self;
                    let mut transaction = connection.begin_with(native::BEGIN).await?;
                    // Held, so that nobody adds to it or catches up meanwhile.
                    cases::head(&mut transaction, own::HELD_CASE_HEAD, guild, case).await?;
                    let followed = seated::followed(&mut transaction, case).await?;
                    let key = cases::key(&mut transaction, keyring, guild, case).await?;
                    let records = journal::journal(&mut transaction, case, &key, followed).await?;
                    seated::follow(&mut transaction, keyring, case, followed, &records).await?;
                    Ok(transaction.commit().await?)
                }
            }

            /// Checks every chain; see [`crate::store::verify_database`].
            pub async fn verify(url: &str) -> Result<Vec<Head>, VerifyError> {
                let mut connection = native::connect_for_reading(url).await?;
                // One transaction, so that a case being written to is seen at one moment.
                let mut transaction = connection.begin_with(native::BEGIN_READING).await?;
                let heads = chains::heads(&mut transaction).await?;
                transaction.rollback().await?;
                connection.close().await?;
                Ok(heads)
            }

            /// Gives a connection back after a transaction. One on which the database failed is closed instead: a
            /// full disk, say, makes SQLite roll back by itself, and the driver, not knowing, would never again
            /// begin a transaction on it.
            fn let_go<T>(mut connection: Held, outcome: &Result<T, StoreError>) {
                if let Err(StoreError::Database(_) | StoreError::Unusable { .. }) = outcome {
                    connection.close_on_drop();
                }
            }

            #[async_trait]
            impl Store for SqlStore {
                async fn commit(&self, commit: Commit) -> Result<Committed, StoreError> {
                    let mut connection = self.writing().await?;
                    let committed = self.write_all_or_nothing(&mut connection, &commit).await;
                    let_go(connection, &committed);
                    committed
                }

                async fn journal(&self, case: &CaseId, after: u64) -> Result<Vec<Record>, StoreError> {
                    let mut connection = self.reading().await?;
                    let key = cases::key(&mut connection, &self.keyring, &self.guild, case).await?;
                    journal::journal(&mut connection, case, &key, after).await
                }

                async fn head(&self, case: &CaseId) -> Result<String, StoreError> {
                    let (_, head) = cases::head(&mut *self.reading().await?, sql::CASE_HEAD, &self.guild, case).await?;
                    Ok(chain::hex(&head))
                }

                async fn export_jsonl(&self, case: &CaseId) -> Result<Vec<String>, StoreError> {
                    let mut connection = self.reading().await?;
                    cases::head(&mut connection, sql::CASE_HEAD, &self.guild, case).await?;
                    journal::lines(&mut connection, case).await
                }

                async fn cases(&self) -> Result<Vec<CaseRow>, StoreError> {
                    cases::all(&mut *self.reading().await?, &self.guild).await
                }

                async fn own_cases(&self, account: AccountId) -> Result<Vec<CaseRow>, StoreError> {
                    let behind = seated::behind(&mut *self.reading().await?, &self.guild).await?;
                    for case in behind {
                        let mut connection = self.writing().await?;
                        let caught_up = self.catch_up(&mut connection, &case).await;
                        let_go(connection, &caught_up);
                        caught_up?;
                    }
                    seated::cases_of(&mut *self.reading().await?, &self.keyring, &self.guild, account).await
                }

                async fn case_by_code_name(&self, code_name: &CodeName) -> Result<Option<CaseRow>, StoreError> {
                    cases::by_code_name(&mut *self.reading().await?, &self.guild, code_name).await
                }

                async fn case_by_channel(&self, channel: &str) -> Result<Option<CaseRow>, StoreError> {
                    cases::by_channel(&mut *self.reading().await?, &self.guild, channel).await
                }

                async fn pinned(&self, digest: &str) -> Result<Option<String>, StoreError> {
                    cases::text(&mut *self.reading().await?, &self.keyring, digest).await
                }

                async fn enrol(&self, person: &Person) -> Result<(), StoreError> {
                    directory::enrol(&mut *self.writing().await?, &self.guild, person).await
                }

                async fn end_enrolment(&self, account: AccountId) -> Result<(), StoreError> {
                    directory::end_enrolment(&mut *self.writing().await?, &self.guild, account).await
                }

                async fn enrolled(&self, account: AccountId) -> Result<Option<Person>, StoreError> {
                    directory::enrolled(&mut *self.reading().await?, &self.guild, account).await
                }

                async fn enrolments(&self) -> Result<Vec<Person>, StoreError> {
                    directory::enrolments(&mut *self.reading().await?, &self.guild).await
                }

                async fn save_agency(&self, agency: &Agency) -> Result<(), StoreError> {
                    directory::save_agency(&mut *self.writing().await?, &self.guild, agency).await
                }

                async fn agencies(&self) -> Result<Vec<Agency>, StoreError> {
                    directory::agencies(&mut *self.reading().await?, &self.guild).await
                }

                async fn keep_installation(&self, installation: &Installation) -> Result<(), StoreError> {
                    let mut connection = self.writing().await?;
                    let kept = installation::keep(&mut connection, native::BEGIN, installation).await;
                    let_go(connection, &kept);
                    kept
                }

                async fn installations(&self) -> Result<Vec<Installation>, StoreError> {
                    installation::all(&mut *self.reading().await?).await
                }

                async fn reminded(&self, what: &str) -> Result<bool, StoreError> {
                    reminders::is_kept(&mut *self.reading().await?, &self.guild, what).await
                }

                async fn keep_reminder(&self, what: &str, at: DateTime<Utc>) -> Result<(), StoreError> {
                    reminders::keep(&mut *self.writing().await?, &self.guild, what, at).await
                }

                async fn record_receipt(&self, receipt: &Receipt) -> Result<Committed, StoreError> {
                    let recorded = receipts::record(&mut *self.writing().await?, receipt).await?;
                    Ok(if recorded { Committed::Done } else { Committed::Duplicate })
                }

                async fn receipt(&self, interaction: &str) -> Result<Option<Receipt>, StoreError> {
                    receipts::find(&mut *self.reading().await?, interaction).await
                }

                async fn claim(&self, now_ms: i64, lease_until_ms: i64) -> Result<Option<Claimed>, StoreError> {
                    let (keyring, guild) = (&self.keyring, &self.guild);
                    let mut connection = self.writing().await?;
                    outbox::claim(&mut connection, keyring, guild, own::CLAIM, now_ms, lease_until_ms).await
                }

                async fn settle(&self, claimed: &Claimed, settlement: Settlement) -> Result<bool, StoreError> {
                    let mut connection = self.writing().await?;
                    let settled =
                        outbox::settle(&mut connection, &self.guild, native::BEGIN, claimed, &settlement).await;
                    let_go(connection, &settled);
                    settled
                }

                async fn next_attempt_ms(&self) -> Result<Option<i64>, StoreError> {
                    outbox::next_attempt_ms(&mut *self.reading().await?, &self.guild).await
                }

                async fn references(&self, case: &CaseId) -> Result<Vec<Reference>, StoreError> {
                    outbox::references(&mut *self.reading().await?, &self.guild, case).await
                }

                async fn outbox(&self) -> Result<OutboxCount, StoreError> {
                    outbox::count(&mut *self.reading().await?, &self.guild).await
                }

                async fn wedged(&self) -> Result<Vec<WedgedLane>, StoreError> {
                    outbox::wedged(&mut *self.reading().await?, &self.guild).await
                }

                async fn release_lane(&self, case: &CaseId, release: Release) -> Result<bool, StoreError> {
                    outbox::release(&mut *self.writing().await?, &self.guild, case, release).await
                }

                async fn due_timers(&self, now: DateTime<Utc>) -> Result<Vec<Timer>, StoreError> {
                    timers::due(&mut *self.reading().await?, &self.guild, now).await
                }

                async fn next_timer(&self) -> Result<Option<DateTime<Utc>>, StoreError> {
                    timers::next(&mut *self.reading().await?, &self.guild).await
                }

                async fn close(&self) {
                    self.pools.close().await;
                }
            }
        }
    };
}

native_store!(sqlite, sqlx::Sqlite);
native_store!(postgres, sqlx::Postgres);
