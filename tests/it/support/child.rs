//! The program as a process of its own: run to its end, or started, waited for, stopped and killed.
//!
//! A [`Place`] is an installation in a folder of the test's own; whatever a test changes, it changes there. A child that
//! a failing test leaves behind is killed when it is dropped.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use convenor::rehearsal::workspace::Workspace;
use convenor::store::MasterKey;
use tempfile::TempDir;

/// How long any one thing may take; it takes well under a second on a quiet machine.
const WITHIN: Duration = Duration::from_secs(60);

/// A configuration under which `serve` plays invented cases on this machine.
pub const REHEARSAL_ONLY: &str = "procedure = \"remote-format\"\ncontent = \"room\"\nrehearsal_only = true\n";

/// An installation: a folder, a configuration and an environment.
pub struct Place {
    folder: TempDir,
    environment: BTreeMap<&'static str, String>,
}

/// A process that came to its end.
#[derive(Debug)]
pub struct Ended {
    /// `None` where a signal ended it.
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Place {
    /// An installation whose platform is this workspace; nothing is set up yet.
    pub fn beside(workspace: &Workspace) -> Self {
        let folder = tempfile::tempdir().expect("a folder of the test's own");
        let environment = BTreeMap::from([
            ("DISCORD_TOKEN", workspace.bot_token()),
            ("DISCORD_API_BASE", workspace.base_url()),
            ("CONVENOR_DATA_DIR", folder.path().join("data").display().to_string()),
        ]);
        let place = Self { folder, environment };
        std::fs::create_dir(place.path("config")).expect("a folder is made");
        place.write("config/convenor.toml", REHEARSAL_ONLY);
        place
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        std::fs::write(self.path(name), text).expect("a file is written");
    }

    /// The same with a variable set; an empty one counts as not set.
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.environment.insert(name, value.into());
        self
    }

    pub fn database(&self) -> PathBuf {
        self.path("data/convenor.db")
    }

    /// The key that setup made.
    pub fn master_key(&self) -> MasterKey {
        let text = std::fs::read_to_string(self.path("data/master.key")).expect("setup made a key");
        MasterKey::parse(&text).expect("it is one")
    }

    /// Sets it up in the workspace's guild, with an administrator and nobody else.
    pub async fn is_set_up(&self, workspace: &Workspace) {
        let (guild, owner) = (workspace.guild_id(), workspace.owner_id());
        let plan = format!("guild = {guild}\n[administrator]\nname = \"Wyn Aldous\"\naccount = \"{owner}\"\n");
        self.write("setup.toml", plan);
        let ended = self.run(&["setup", "--from", "setup.toml"]).await;
        assert_eq!(ended.code, Some(0), "{}{}", ended.out, ended.err);
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_convenor"));
        command.args(arguments).current_dir(self.folder.path()).env_clear().envs(&self.environment);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Runs a command to its end.
    pub async fn run(&self, arguments: &[&str]) -> Ended {
        Child::start(self.command(arguments)).ended().await
    }

    /// Starts `serve`, whatever comes of it.
    pub fn start_serve(&self) -> Child {
        self.start_serve_with(&[])
    }

    /// The same with more arguments.
    pub fn start_serve_with(&self, more: &[&str]) -> Child {
        Child::start(self.command(&[&["serve", "--config", "config"], more].concat()))
    }

    /// Starts `serve` and waits until it is ready.
    pub async fn serve(&self) -> Child {
        let mut child = self.start_serve();
        child.ready().await;
        child
    }
}

/// A running process.
pub struct Child {
    process: std::process::Child,
    out: Receiver<String>,
    err: Receiver<String>,
    /// What was taken from `err` already.
    logged: Vec<String>,
}

impl Child {
    fn start(mut command: Command) -> Self {
        let mut process = command.spawn().expect("the program starts");
        let out = lines(process.stdout.take().expect("it is piped"));
        let err = lines(process.stderr.take().expect("it is piped"));
        Self { process, out, err, logged: Vec::new() }
    }

    /// Waits for the line that says it is ready, and gives it back.
    pub async fn ready(&mut self) -> String {
        let began = Instant::now();
        while began.elapsed() < WITHIN {
            if let Some(line) = self.out.try_iter().find(|line| line.starts_with("ready ")) {
                return line;
            }
            if self.process.try_wait().expect("it can be asked").is_some() {
                break;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("serve did not become ready: {}", self.err.try_iter().collect::<Vec<_>>().join("\n"));
    }

    /// Waits for a line of its log that holds these words.
    pub async fn logs(mut self, words: &str) -> Self {
        let began = Instant::now();
        while !self.logged.iter().any(|line| line.contains(words)) {
            assert!(began.elapsed() < WITHIN, "it never logged {words}: {}", self.logged.join("\n"));
            tokio::time::sleep(Duration::from_millis(10)).await;
            self.logged.extend(self.err.try_iter());
        }
        self
    }

    /// Its process id.
    pub fn pid(&self) -> u32 {
        self.process.id()
    }

    /// Asks it to stop, as an operator would, and waits for its end.
    pub async fn stop(self) -> Ended {
        self.signal("TERM");
        self.ended().await
    }

    /// Ends it on the spot: it gets no chance to do anything more.
    pub fn kill(&mut self) {
        self.process.kill().expect("it can be killed");
        self.process.wait().expect("it has ended");
    }

    /// Sends a signal by its name.
    pub fn signal(&self, name: &str) {
        let pid = self.pid().to_string();
        let sent = Command::new("kill").args([format!("-{name}"), pid]).status().expect("kill is there");
        assert!(sent.success(), "the signal was not sent");
    }

    /// Waits for its end.
    pub async fn ended(mut self) -> Ended {
        let began = Instant::now();
        let status = loop {
            if let Some(status) = self.process.try_wait().expect("it can be asked") {
                break status;
            }
            assert!(began.elapsed() < WITHIN, "it did not end in time");
            tokio::time::sleep(Duration::from_millis(10)).await;
        };
        // The readers end with the process.
        self.logged.extend(self.err.iter());
        let out: Vec<_> = self.out.iter().collect();
        Ended { code: status.code(), out: out.join("\n"), err: self.logged.join("\n") }
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Resident memory of a process, in KiB.
pub fn resident(pid: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).expect("the process runs");
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("it has memory");
    line.trim().trim_end_matches(" kB").parse().expect("a number of KiB")
}

/// The lines a process writes, read as they come so that it never waits for us.
fn lines(from: impl Read + Send + 'static) -> Receiver<String> {
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        for line in BufReader::new(from).lines().map_while(Result::ok) {
            if sender.send(line).is_err() {
                return;
            }
        }
    });
    receiver
}
