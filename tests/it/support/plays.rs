//! Each shipped case played once for all tests that look at what a play left behind.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use convenor::config::Config;
use convenor::domain::event::Record;
use convenor::rehearsal::outcome::Outcome;
use convenor::rehearsal::play::{Options, SHIPPED_CASES, rehearse};
use convenor::rehearsal::transcript::Screen;
use convenor::rehearsal::workspace::Limits;
use convenor::store::{MasterKey, Opening};
use rand::SeedableRng;
use rand_chacha::ChaCha20Rng;
use sqlx::Connection as _;
use tokio::sync::OnceCell;

pub const PIPE: Screen = Screen { width: 80, bar: false, colour: false };

/// What a play left behind.
pub struct Played {
    pub outcome: Outcome,
    pub transcript: String,
    pub journal: Vec<Record>,
    /// Its text files, by name.
    pub files: BTreeMap<String, String>,
}

pub fn options(case: Option<usize>, out: &Path) -> Options {
    let file = case.map(|n| format!("bot-config/cases/{}.json", SHIPPED_CASES[n].0));
    Options {
        case: file.map(|file| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(file)),
        procedure: None,
        content: None,
        config: None,
        limits: Limits::Roomy,
        database: None,
        out: out.to_owned(),
        printer: None,
    }
}

/// Plays a case into a folder.
pub async fn play(case: usize, out: &Path) -> Played {
    play_with(&options(Some(case), out)).await
}

/// Plays what the options say.
pub async fn play_with(options: &Options) -> Played {
    let mut transcript = Vec::new();
    let outcome = rehearse(options, PIPE, &mut transcript).await.expect("it is played to its end");
    let transcript = String::from_utf8(transcript).expect("the transcript is text");
    let entries = std::fs::read_dir(&options.out).expect("the folder is there").filter_map(Result::ok);
    let text = |path: PathBuf| std::fs::read_to_string(path).ok();
    let files =
        entries.filter_map(|entry| Some((entry.file_name().into_string().ok()?, text(entry.path())?))).collect();
    let journal = db_journal(&options.out).await;
    Played { outcome, transcript, journal, files }
}

/// The journal of the one case in a play's folder; empty where its database lies elsewhere.
async fn db_journal(folder: &Path) -> Vec<Record> {
    let url = folder.join("convenor.db").display().to_string();
    let Ok(mut connection) = sqlx::SqliteConnection::connect(&url).await else { return Vec::new() };
    let guild =
        sqlx::query_scalar("SELECT guild FROM cases").fetch_one(&mut connection).await.expect("there is a case");
    connection.close().await.expect("the connection closes");
    let key = std::fs::read_to_string(folder.join("rehearsal.key")).expect("the key lies beside it");
    let master = MasterKey::parse(&key).expect("it is one");
    let opening = Opening { url, guild, master, chance: Box::new(ChaCha20Rng::seed_from_u64(1)) };
    let store = convenor::store::open(opening).await.expect("the key opens it");
    let row = store.cases().await.expect("the store can be read").pop().expect("there is a case");
    let journal = store.journal(&row.case, 0).await.expect("the journal can be read");
    store.close().await;
    journal
}

/// A play of a shipped case under the procedure that is configured.
pub async fn played(case: usize) -> &'static Played {
    static CONFIGURED: LazyLock<String> = LazyLock::new(|| Config::built_in().settings.procedure);
    played_under(case, &CONFIGURED).await
}

/// A play of a shipped case under a procedure, made by whoever asks first and looked at by all: no test plays again what
/// another has played.
pub async fn played_under(case: usize, slug: &str) -> &'static Played {
    type Plays = BTreeMap<(usize, String), OnceCell<Played>>;
    static PLAYS: LazyLock<Plays> = LazyLock::new(|| {
        let slugs: Vec<_> = Config::built_in().procedures.into_keys().collect();
        let of = |case| slugs.iter().map(move |slug| ((case, slug.clone()), OnceCell::new()));
        (0..SHIPPED_CASES.len()).flat_map(of).collect()
    });
    PLAYS[&(case, slug.to_owned())]
        .get_or_init(async || {
            let dir = tempfile::tempdir().expect("a temporary folder");
            let options = Options { procedure: Some(slug.to_owned()), ..options(Some(case), &dir.path().join("out")) };
            play_with(&options).await
        })
        .await
}
