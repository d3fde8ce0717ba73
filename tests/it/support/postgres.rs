//! A PostgreSQL for the tests: the one of `CONVENOR_TEST_POSTGRES` (a URL whose user may create databases), else one
//! started from the installed binaries that ends with this process. Each test has a database of its own there.
//!
//! Where there is neither, that is said once and the tests have nothing to test; with `CONVENOR_REQUIRE_POSTGRES=1`
//! they fail instead.

use std::env;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::MetadataExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::str::FromStr;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection};

const GIVEN: &str = "CONVENOR_TEST_POSTGRES";
const REQUIRED: &str = "CONVENOR_REQUIRE_POSTGRES";

/// Users a server may run as where the tests run as root, which it refuses.
const USERS: [&str; 2] = ["postgres", "nobody"];

/// A new, empty database. On a given server it is dropped at the end; one started here goes as a whole.
pub struct Database {
    server: &'static Server,
    name: String,
}

struct Server {
    options: PgConnectOptions,
    /// Its standard input stays open as long as this process runs. Absent where the server was given.
    started: Option<Child>,
}

impl Database {
    /// `None` where there is no server, and none is required.
    pub async fn fresh() -> Option<Self> {
        static COUNT: AtomicU32 = AtomicU32::new(1);
        let server = server()?;
        let name = format!("convenor_test_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        server.execute(format!("CREATE DATABASE {name} TEMPLATE template0")).await;
        Some(Self { server, name })
    }

    pub fn url(&self) -> String {
        self.server.options.clone().database(&self.name).to_url_lossy().to_string()
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        if self.server.started.is_none() {
            let (server, drop) = (self.server, format!("DROP DATABASE {} WITH (FORCE)", self.name));
            let dropping = std::thread::spawn(move || {
                let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
                runtime.expect("a runtime of its own").block_on(server.execute(drop));
            });
            let _ = dropping.join();
        }
    }
}

impl Server {
    async fn execute(&self, statement: String) {
        let mut connection = self.options.connect().await.expect("the server answers");
        sqlx::query(AssertSqlSafe(statement)).execute(&mut connection).await.expect("the server does as told");
        connection.close().await.expect("the connection closes");
    }
}

fn server() -> Option<&'static Server> {
    static SERVER: OnceLock<Result<Server, String>> = OnceLock::new();
    let server = SERVER.get_or_init(|| {
        let server = match env::var(GIVEN) {
            Ok(url) => PgConnectOptions::from_str(&url)
                .map(|options| Server { options, started: None })
                .map_err(|error| format!("{GIVEN}: {error}")),
            Err(_) => start(),
        };
        if let Err(why) = &server {
            // Past the capture of what tests print: it is to be seen.
            let _ = writeln!(std::io::stderr(), "NOT TESTED on PostgreSQL: {why}; install it, or set {GIVEN} to a URL");
        }
        server
    });
    match server {
        Ok(server) => Some(server),
        Err(why) if env::var(GIVEN).is_ok() => panic!("{why}"),
        Err(why) if env::var(REQUIRED).is_ok_and(|required| required == "1") => panic!("{REQUIRED} is set, and {why}"),
        Err(_) => None,
    }
}

fn start() -> Result<Server, String> {
    let binaries = binaries().ok_or("no PostgreSQL server is installed")?;
    let mut script = Command::new("sh");
    script.args(["-c", include_str!("postgres.sh"), "postgres.sh"]).arg(binaries).current_dir("/");
    // A group of its own: what is typed at the terminal reaches this process only.
    script.stdin(Stdio::piped()).stdout(Stdio::piped()).process_group(0);
    if is_root() {
        let (user, group) = ordinary_user().ok_or("there is no ordinary user it could run as")?;
        script.uid(user).gid(group).env_remove("TMPDIR");
    }
    let mut started = script.spawn().map_err(|error| format!("sh cannot be run ({error})"))?;
    let mut socket = String::new();
    let answer = started.stdout.take().map(|answer| BufReader::new(answer).read_line(&mut socket));
    if !matches!(answer, Some(Ok(1..))) {
        return Err("the one installed did not start".to_owned());
    }
    let options = PgConnectOptions::new_without_pgpass().username("convenor").database("postgres");
    Ok(Server { options: options.socket(socket.trim_end()), started: Some(started) })
}

/// The newest installed; Debian keeps each version's apart from the path.
fn binaries() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut debian: Vec<_> = versions.map(|version| version.path()).collect();
    debian.sort_by_key(|version| version.file_name()?.to_str()?.parse::<u32>().ok());
    let told = Command::new("pg_config").arg("--bindir").output().ok();
    let told = told.and_then(|told| Some(PathBuf::from(String::from_utf8(told.stdout).ok()?.trim_end())));
    let path = env::var_os("PATH").unwrap_or_default();
    let places = debian.into_iter().rev().map(|version| version.join("bin"));
    places.chain(told).chain(env::split_paths(&path)).find(|place| has_server(place))
}

fn has_server(place: &Path) -> bool {
    ["initdb", "postgres", "pg_isready"].iter().all(|binary| place.join(binary).is_file())
}

/// Told from whose our files are.
fn is_root() -> bool {
    let file = tempfile::tempfile().and_then(|file| file.metadata());
    file.is_ok_and(|file| file.uid() == 0)
}

fn ordinary_user() -> Option<(u32, u32)> {
    let known = std::fs::read_to_string("/etc/passwd").ok()?;
    let ids = |user: &str| {
        let line = known.lines().find(|line| line.split(':').next() == Some(user))?;
        let mut ids = line.split(':').skip(2).map(str::parse);
        Some((ids.next()?.ok()?, ids.next()?.ok()?))
    };
    USERS.into_iter().find_map(ids)
}
