//! What a command is told by its environment: the process's variables, and a file `.env` beside them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::{Problem, no_use};
use crate::store::{Engine, MasterKey};

/// Discord's own address.
const DISCORD: &str = "https://discord.com";
const DATA_DIR: &str = "data";
const DATABASE_FILE: &str = "convenor.db";
const MASTER_KEY_FILE: &str = "master.key";

/// The variables a command sees. One that is empty counts as not set.
pub struct Environment(BTreeMap<String, String>);

impl Environment {
    /// The process's own variables, over those of `.env` in the working directory.
    pub fn of_this_process() -> Result<Self, Problem> {
        let mut values = BTreeMap::new();
        let file = Path::new(".env");
        if file.is_file() {
            // The parser's own message quotes the line, which may hold the token.
            let wrong =
                |_| no_use("the file .env can't be read; write NAME=value on each line, quoted where it holds spaces");
            for pair in dotenvy::from_path_iter(file).map_err(wrong)? {
                let (name, value) = pair.map_err(wrong)?;
                values.insert(name, value);
            }
        }
        values.extend(std::env::vars_os().filter_map(|(name, value)| {
            Some((name.into_string().ok()?, value.into_string().ok()?)).filter(|(_, value)| !value.is_empty())
        }));
        Ok(Self(values))
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(|value| value.trim()).filter(|value| !value.is_empty())
    }

    /// A secret given in a variable, or in the file that a variable of the same name with `_FILE` names.
    fn secret(&self, name: &str) -> Result<Option<String>, Problem> {
        let from = format!("{name}_FILE");
        match (self.get(name), self.get(&from)) {
            (Some(_), Some(_)) => Err(no_use(format!("both {name} and {from} are set; set one of the two"))),
            (Some(value), None) => Ok(Some(value.to_owned())),
            (None, Some(file)) => read_secret(Path::new(file), &from).map(Some),
            (None, None) => Ok(None),
        }
    }

    /// The folder of everything this installation keeps on disk.
    pub fn data_dir(&self) -> PathBuf {
        PathBuf::from(self.get("CONVENOR_DATA_DIR").unwrap_or(DATA_DIR))
    }

    /// The database; one in the data directory where nothing is said.
    pub fn database_url(&self) -> String {
        let default = || format!("sqlite:{}", self.data_dir().join(DATABASE_FILE).display());
        self.get("CONVENOR_DATABASE_URL").map_or_else(default, str::to_owned)
    }

    /// The platform's address.
    pub fn base(&self) -> String {
        self.get("DISCORD_API_BASE").unwrap_or(DISCORD).to_owned()
    }

    /// The bot's token, if one is given.
    pub fn token_if_any(&self) -> Result<Option<String>, Problem> {
        self.secret("DISCORD_TOKEN")
    }

    /// The bot's token.
    pub fn token(&self) -> Result<String, Problem> {
        self.token_if_any()?.ok_or_else(|| {
            no_use("no bot token is given; set DISCORD_TOKEN, or DISCORD_TOKEN_FILE to a file that holds it")
        })
    }

    /// The mail server's address, if one is given.
    pub fn mail_server(&self) -> Result<Option<String>, Problem> {
        self.secret("CONVENOR_SMTP_URL")
    }

    /// Where the master key lies when it is not given in a variable.
    pub fn master_key_file(&self) -> PathBuf {
        self.get("CONVENOR_MASTER_KEY_FILE").map_or_else(|| self.data_dir().join(MASTER_KEY_FILE), PathBuf::from)
    }

    /// The master key, if there is one.
    pub fn master_key_if_any(&self) -> Result<Option<MasterKey>, Problem> {
        let text = match self.get("CONVENOR_MASTER_KEY") {
            Some(_) => self.secret("CONVENOR_MASTER_KEY")?,
            None if self.master_key_file().exists() => {
                Some(read_secret(&self.master_key_file(), "CONVENOR_MASTER_KEY_FILE")?)
            }
            None => None,
        };
        let key = text.map(|text| MasterKey::parse(&text)).transpose();
        key.map_err(|error| no_use(format!("the master key given is not one: {error}")))
    }

    /// The master key.
    pub fn master_key(&self) -> Result<MasterKey, Problem> {
        self.master_key_if_any()?.ok_or_else(|| {
            no_use(format!(
                "there is no master key in {}; run \"convenor setup\", or set CONVENOR_MASTER_KEY_FILE to where it is kept",
                self.master_key_file().display()
            ))
        })
    }
}

fn read_secret(file: &Path, variable: &str) -> Result<String, Problem> {
    let text = std::fs::read_to_string(file).map_err(|error| {
        no_use(format!("{} can't be read ({}); set {variable} to a readable file", file.display(), error.kind()))
    })?;
    let text = text.trim().to_owned();
    if text.is_empty() {
        return Err(no_use(format!(
            "{} is empty; put the secret into it, or set {variable} to another file",
            file.display()
        )));
    }
    Ok(text)
}

/// The file of an SQLite address; `None` for another database.
pub fn sqlite_file(url: &str) -> Option<PathBuf> {
    if !matches!(Engine::of(url), Ok(Engine::Sqlite)) {
        return None;
    }
    let path = url.strip_prefix("sqlite:").map_or(url, |path| path.strip_prefix("//").unwrap_or(path));
    Some(PathBuf::from(path.split('?').next().unwrap_or(path)))
}

/// Whether an address is on this machine.
pub fn is_loopback(base: &str) -> bool {
    let host = reqwest::Url::parse(base).ok().and_then(|url| url.host_str().map(str::to_owned));
    let Some(host) = host else { return false };
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<std::net::IpAddr>();
    host == "localhost" || address.is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_this_machine() {
        for base in ["http://127.0.0.1:4000", "http://localhost:1", "http://[::1]:9", "http://127.9.9.9"] {
            assert!(is_loopback(base), "{base}");
        }
        for base in ["https://discord.com", "http://127.0.0.1.evil.example", "http://10.0.0.1", "nonsense"] {
            assert!(!is_loopback(base), "{base}");
        }
    }

    #[test]
    fn a_file_is_told_from_another_database() {
        assert_eq!(sqlite_file("sqlite:a/b.db?mode=rw"), Some(PathBuf::from("a/b.db")));
        assert_eq!(sqlite_file("sqlite:///var/b.db"), Some(PathBuf::from("/var/b.db")));
        assert_eq!(sqlite_file("b.db"), Some(PathBuf::from("b.db")));
        assert_eq!(sqlite_file("postgres://db/convenor"), None);
    }
}
