//! A database of a test's own, and the values tests fill it with.

use std::sync::Arc;

use chrono::{DateTime, TimeZone, Utc};
use convenor::app::effect::{Effect, Place};
use convenor::app::ports::{Commit, Committed, Receipt, ReceiptResult, Store, StoreError};
use convenor::domain::event::{Actor, Event, Record};
use convenor::domain::ids::{CaseId, CodeName, SeatId};
use convenor::domain::stage::Stage;
use convenor::room::message::Message;
use convenor::store::{Engine, MasterKey, Opening};
use rand::SeedableRng;
use rand_chacha::ChaCha20Rng;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Executor, PgConnection, SqlSafeStr};
use tempfile::TempDir;

use crate::support::postgres::Database;

/// Words that no database may hold: a person said them.
pub const SAID: &str = "Two call-outs in March, the boy hid behind the door";

/// Where a test's database is.
pub struct Bench {
    kept: Kept,
}

/// What keeps it.
enum Kept {
    Folder(TempDir),
    Server(Database),
}

/// Does something on a connection beside the store's, as only somebody with the database in hand could. What refers
/// to what is not watched there.
macro_rules! beside_the_store {
    ($bench:expr, |$connection:ident| $done:expr) => {
        match &$bench.kept {
            Kept::Folder(_) => {
                let options = SqliteConnectOptions::new().filename($bench.url()).foreign_keys(false);
                let mut $connection = options.connect().await.expect("the file can be opened beside the store");
                let done = $done;
                $connection.close().await.expect("the connection closes");
                done
            }
            Kept::Server(database) => {
                let mut $connection = PgConnection::connect(&database.url()).await.expect("the server answers");
                let done = $done;
                $connection.close().await.expect("the connection closes");
                done
            }
        }
    };
}

impl Bench {
    pub fn sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a directory of the test's own");
        Self { kept: Kept::Folder(folder) }
    }

    /// `None` where there is no server to test on.
    pub async fn of(engine: Engine) -> Option<Self> {
        match engine {
            Engine::Sqlite => Some(Self::sqlite()),
            Engine::Postgres => Some(Self { kept: Kept::Server(Database::fresh().await?) }),
        }
    }

    /// Another of the same kind.
    pub async fn another(&self) -> Self {
        Self::of(self.engine()).await.expect("where there was one there is another")
    }

    pub fn engine(&self) -> Engine {
        self.of_two(Engine::Sqlite, Engine::Postgres)
    }

    /// What is SQLite's own here, and what PostgreSQL's.
    pub fn of_two<T>(&self, sqlite: T, postgres: T) -> T {
        match self.kept {
            Kept::Folder(_) => sqlite,
            Kept::Server(_) => postgres,
        }
    }

    pub fn url(&self) -> String {
        match &self.kept {
            Kept::Folder(folder) => folder.path().join("convenor.db").display().to_string(),
            Kept::Server(database) => database.url(),
        }
    }

    pub async fn open(&self) -> Arc<dyn Store> {
        self.open_as("guild", 7, 1).await.expect("the test's database opens")
    }

    /// Opens with a guild, a byte that makes the master key, and a seed.
    pub async fn open_as(&self, guild: &str, key: u8, seed: u64) -> Result<Arc<dyn Store>, StoreError> {
        convenor::store::open(Opening {
            url: self.url(),
            guild: guild.to_owned(),
            master: MasterKey::new([key; 32]),
            chance: Box::new(ChaCha20Rng::seed_from_u64(seed)),
        })
        .await
    }

    /// Runs statements; `Err` holds the database's own words.
    pub async fn db_execute(&self, statements: &str) -> Result<u64, String> {
        beside_the_store!(self, |connection| {
            let done = sqlx::raw_sql(AssertSqlSafe(statements)).execute(&mut connection).await;
            done.map(|done| done.rows_affected()).map_err(|error| error.to_string())
        })
    }

    /// Has the database parse a statement.
    pub async fn db_prepare(&self, statement: &'static str) -> Result<(), String> {
        beside_the_store!(self, |connection| {
            let parsed = connection.prepare(statement.into_sql_str()).await;
            parsed.map(|_| ()).map_err(|error| error.to_string())
        })
    }

    /// Takes away everything that keeps the entries as they are.
    pub async fn db_unguard(&self) {
        let statements = self.of_two(
            "DROP TRIGGER entries_are_not_changed; DROP TRIGGER entries_are_not_deleted; \
             DROP TRIGGER entries_follow_each_other",
            "ALTER TABLE entries DISABLE TRIGGER USER; \
             ALTER TABLE entry_keys DROP CONSTRAINT entry_keys_case_id_seq_fkey",
        );
        self.db_execute(statements).await.expect("whoever holds the database can");
    }

    /// Bytes as a statement holds them.
    pub fn db_literal(&self, bytes: &[u8]) -> String {
        let digits = convenor::store::chain::hex(bytes);
        self.of_two(format!("x'{digits}'"), format!("'\\x{digits}'::bytea"))
    }

    /// Every byte of the database: of its files, the write-ahead log included, or of every row on the server, where
    /// bytes stand in hexadecimal.
    pub async fn db_bytes(&self) -> Vec<u8> {
        match &self.kept {
            Kept::Folder(folder) => {
                let files = std::fs::read_dir(folder.path()).expect("the directory is there");
                files.flat_map(|file| std::fs::read(file.expect("a file").path()).expect("it can be read")).collect()
            }
            Kept::Server(database) => {
                let mut connection = PgConnection::connect(&database.url()).await.expect("the server answers");
                let tables = "SELECT table_name::text FROM information_schema.tables WHERE table_schema = 'public'";
                let tables: Vec<String> = sqlx::query_scalar(tables).fetch_all(&mut connection).await.expect("tables");
                let mut rows = Vec::new();
                for table in tables {
                    let all = AssertSqlSafe(format!("SELECT whole::text FROM {table} AS whole"));
                    rows.extend(sqlx::query_scalar::<_, String>(all).fetch_all(&mut connection).await.expect("rows"));
                }
                connection.close().await.expect("the connection closes");
                rows.join("\n").into_bytes()
            }
        }
    }
}

pub fn case(name: &str) -> CaseId {
    CaseId(name.to_owned())
}

pub fn at(minute: u32) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2027, 5, 14, 14, minute, 0).single().expect("a time that exists")
}

/// An entry by somebody whose name is what nobody may read.
pub fn record(seq: u64) -> Record {
    Record {
        seq,
        at: at(u32::try_from(seq).expect("few entries")),
        actor: Actor {
            seat: Some(SeatId(1)),
            name: SAID.to_owned(),
            role: "Detective sergeant".to_owned(),
            agency: "Police".to_owned(),
        },
        event: Event::StageEntered { stage: Stage::Sharing },
    }
}

pub fn post(text: &str) -> Effect {
    Effect::Post { to: Place::Case, slot: None, message: message(text), pin: false }
}

pub fn edit(slot: &str, text: &str) -> Effect {
    Effect::Edit { slot: slot.to_owned(), message: message(text) }
}

fn message(text: &str) -> Message {
    Message { text: text.to_owned(), ..Message::default() }
}

/// What an effect says.
pub fn text(effect: &Effect) -> &str {
    match effect {
        Effect::Post { message, .. } | Effect::Edit { message, .. } => &message.text,
        _ => panic!("the tests only post and edit"),
    }
}

pub fn receipt(interaction: &str) -> Receipt {
    Receipt {
        interaction: interaction.to_owned(),
        case: Some(case("one")),
        at: at(1),
        result: ReceiptResult::Accepted,
        code: "stage_entered".to_owned(),
    }
}

/// A commit of nothing, on a journal of this length.
pub fn commit(name: &str, expected_entries: u64) -> Commit {
    Commit {
        case: case(name),
        expected_entries,
        opens: None,
        reference: None,
        pins: Vec::new(),
        records: Vec::new(),
        effects: Vec::new(),
        timers: Vec::new(),
        receipt: None,
    }
}

/// Opens a case by its name, with this many entries.
pub async fn open_case(store: &dyn Store, name: &str, entries: u64) -> CaseId {
    let opening = Commit {
        opens: Some(CodeName(format!("{name}-heron-k"))),
        records: (1..=entries).map(record).collect(),
        ..commit(name, 0)
    };
    assert_eq!(store.commit(opening).await.expect("the case opens"), Committed::Done);
    case(name)
}

/// Adds effects to a case that has no entries.
pub async fn enqueue(store: &dyn Store, case: &CaseId, effects: Vec<Effect>) {
    let adding = Commit { effects, ..commit(&case.0, 0) };
    assert_eq!(store.commit(adding).await.expect("effects are taken"), Committed::Done);
}
