//! The folder a play is written to: replaced where it is ours, left alone where it isn't.

use std::io;
use std::path::{Path, PathBuf};

use serde::Serialize;
use serde_json::json;

use super::workspace::RequestRecord;

/// The file that says a folder is ours to replace.
const OURS: &str = "report.json";

/// Where the files of a play go.
#[derive(Debug, Clone)]
pub struct Folder {
    path: PathBuf,
    written: Vec<String>,
}

/// Why nothing can be written there, in one sentence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Unwritable(pub String);

impl Folder {
    /// Makes the folder, or empties one that holds an earlier play.
    pub fn prepare(path: &Path) -> Result<Self, Unwritable> {
        let problem = |error: io::Error| unwritable(path, &error);
        if path.exists() {
            if !path.is_dir() {
                return Err(Unwritable(format!("{} is a file; name a folder with --out", path.display())));
            }
            let mut held = std::fs::read_dir(path).map_err(problem)?;
            let is_empty = held.next().is_none();
            if !is_empty && !path.join(OURS).is_file() {
                let path = path.display();
                return Err(Unwritable(format!(
                    "{path} holds files that are no rehearsal's; name an empty folder with --out, or clear this one"
                )));
            }
            empty(path).map_err(problem)?;
        } else {
            std::fs::create_dir_all(path).map_err(problem)?;
        }
        let folder = Self { path: path.to_owned(), written: Vec::new() };
        // Found out now rather than after the play.
        let probe = path.join(OURS);
        std::fs::write(&probe, "{}\n").map_err(problem)?;
        Ok(folder)
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The names written, in order.
    pub fn written(&self) -> &[String] {
        &self.written
    }

    /// The path of a file somebody else writes.
    pub fn note(&mut self, name: &str) -> PathBuf {
        self.written.push(name.to_owned());
        self.path.join(name)
    }

    pub fn write(&mut self, name: &str, contents: impl AsRef<[u8]>) -> Result<(), Unwritable> {
        let path = self.note(name);
        std::fs::write(&path, contents).map_err(|error| unwritable(&path, &error))
    }

    /// Readable by its owner alone where the system knows such a thing.
    pub fn write_secret(&mut self, name: &str, text: &str) -> Result<(), Unwritable> {
        self.write(name, text)?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let path = self.path.join(name);
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600))
                .map_err(|error| unwritable(&path, &error))?;
        }
        Ok(())
    }

    pub fn write_json(&mut self, name: &str, value: &impl Serialize) -> Result<(), Unwritable> {
        let text = serde_json::to_string_pretty(value).map_err(|error| Unwritable(error.to_string()))?;
        self.write(name, format!("{text}\n"))
    }
}

fn unwritable(path: &Path, error: &io::Error) -> Unwritable {
    Unwritable(format!(
        "{} can't be written ({error}); free some space or name another folder with --out",
        path.display()
    ))
}

/// Only files: a play makes no folders of its own, and what else lies there is somebody's.
fn empty(path: &Path) -> io::Result<()> {
    for entry in std::fs::read_dir(path)? {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            std::fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

/// One line for each request of the bot. `rooms` are the channels of cases, each with its case's code name.
pub fn requests(requests: &[RequestRecord], rooms: &[(String, String)]) -> String {
    let line = |request: &RequestRecord| {
        let line = json!({
            "method": request.method, "path": request.path, "query": request.query, "body": request.body,
            "status": request.status, "lane": lane(&request.path, rooms), "milliseconds": request.milliseconds,
        });
        format!("{line}\n")
    };
    requests.iter().map(line).collect()
}

/// Which queue of the bot a request belongs to, told from its path.
pub fn lane(path: &str, rooms: &[(String, String)]) -> String {
    let path = path.trim_start_matches("/api").trim_start_matches("/v10");
    let parts: Vec<&str> = path.trim_matches('/').split('/').collect();
    match parts[..] {
        ["interactions" | "webhooks", ..] => "reply".to_owned(),
        ["applications" | "gateway" | "oauth2", ..] => "start".to_owned(),
        ["channels", id, ..] => {
            let room = rooms.iter().find(|(channel, _)| channel == id);
            room.map_or_else(|| "other".to_owned(), |(_, code_name)| code_name.clone())
        }
        _ => "other".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn temporary() -> tempfile::TempDir {
        tempfile::tempdir().expect("a temporary folder")
    }

    #[test]
    fn a_new_folder_is_made_and_an_earlier_play_is_replaced() {
        let dir = temporary();
        let path = dir.path().join("a/b");
        let mut folder = Folder::prepare(&path).expect("it is made");
        folder.write("minutes.md", "one").expect("it is written");
        folder.write_json("report.json", &json!({ "case": "x" })).expect("it is written");
        assert_eq!(folder.written(), ["minutes.md", "report.json"]);
        Folder::prepare(&path).expect("ours is replaced");
        assert!(!path.join("minutes.md").exists());
    }

    #[test]
    fn somebody_elses_files_are_left_alone() {
        let dir = temporary();
        std::fs::write(dir.path().join("thesis.txt"), "mine").expect("it is written");
        let refused = Folder::prepare(dir.path()).expect_err("it is not ours").0;
        assert!(refused.contains("holds files that are no rehearsal's"), "{refused}");
        assert!(dir.path().join("thesis.txt").exists());
    }

    #[test]
    fn a_file_in_the_place_of_a_folder_is_one_sentence() {
        let dir = temporary();
        let path = dir.path().join("file");
        std::fs::write(&path, "").expect("it is written");
        assert!(Folder::prepare(&path).expect_err("a file is no folder").0.ends_with("name a folder with --out"));
        let below = Folder::prepare(&path.join("below")).expect_err("nothing goes below a file").0;
        assert!(below.contains("can't be written"), "{below}");
    }

    #[test]
    fn a_requests_lane_is_told_from_its_path() {
        let rooms = [("9".to_owned(), "amber-heron-k".to_owned())];
        let check = |path: &str, expected: &str| assert_eq!(lane(path, &rooms), expected, "{path}");
        check("/api/v10/interactions/1/token/callback", "reply");
        check("/api/v10/webhooks/1/token/messages/@original", "reply");
        check("/api/v10/applications/1/guilds/2/commands", "start");
        check("/api/v10/gateway/bot", "start");
        check("/api/v10/channels/9/messages", "amber-heron-k");
        check("/api/v10/channels/8/messages", "other");
        check("/api/v10/users/@me/channels", "other");
    }
}
