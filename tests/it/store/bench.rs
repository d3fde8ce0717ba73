//! A database of a test's own, and the values tests fill it with.

use std::sync::Arc;

use chrono::{DateTime, TimeZone, Utc};
use convenor::app::effect::{Effect, Place};
use convenor::app::ports::{Commit, Committed, Receipt, ReceiptResult, Store, StoreError};
use convenor::domain::event::{Actor, Event, Record};
use convenor::domain::ids::{CaseId, CodeName, SeatId};
use convenor::domain::stage::Stage;
use convenor::room::message::Message;
use convenor::store::{MasterKey, Opening};
use rand::SeedableRng;
use rand_chacha::ChaCha20Rng;
use sqlx::{AssertSqlSafe, Connection, SqliteConnection};
use tempfile::TempDir;

/// Words that no file may hold: a person said them.
pub const SAID: &str = "Two call-outs in March, the boy hid behind the door";

/// Where a test's database is.
pub struct Bench {
    dir: TempDir,
}

impl Bench {
    pub fn sqlite() -> Self {
        let dir = tempfile::tempdir().expect("a directory of the test's own");
        Self { dir }
    }

    pub fn url(&self) -> String {
        self.dir.path().join("convenor.db").display().to_string()
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

    /// A connection beside the store's, for what only somebody with the file in hand could do.
    pub async fn db_connect(&self) -> SqliteConnection {
        let url = format!("sqlite:{}", self.url());
        SqliteConnection::connect(&url).await.expect("the file can be opened beside the store")
    }

    /// Runs a statement there; `Err` holds the database's own words.
    pub async fn db_execute(&self, statement: &str) -> Result<u64, String> {
        let mut connection = self.db_connect().await;
        let done = sqlx::raw_sql(AssertSqlSafe(statement)).execute(&mut connection).await;
        connection.close().await.expect("the connection closes");
        done.map(|done| done.rows_affected()).map_err(|error| error.to_string())
    }

    /// Every byte of the database, its write-ahead log included.
    pub fn db_bytes(&self) -> Vec<u8> {
        let files = std::fs::read_dir(self.dir.path()).expect("the directory is there");
        files.flat_map(|file| std::fs::read(file.expect("a file").path()).expect("it can be read")).collect()
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
