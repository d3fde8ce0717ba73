//! What `setup` left behind: the database, opened for the one guild it is for.

use std::sync::Arc;

use super::environment::sqlite_file;
use super::{Environment, Problem, machine, no_use};
use crate::app::ports::{CaseRow, Installation, Store, StoreError};
use crate::domain::ids::CodeName;
use crate::store::{self, MasterKey, Opening, without_password};

/// The store of the guild that was set up, and what set-up says of it.
pub struct Installed {
    pub store: Arc<dyn Store>,
    pub installation: Installation,
    pub guild: u64,
}

impl Installed {
    /// The case of a code name, however its letters are typed; the database is closed where there is none.
    pub async fn case(&self, environment: &Environment, given: &str) -> Result<CaseRow, Problem> {
        let name = CodeName(given.trim().to_lowercase());
        let found = self.store.case_by_code_name(&name).await;
        match found.map_err(|error| unusable(&environment.database_url(), &error))? {
            Some(row) => Ok(row),
            None => {
                self.store.close().await;
                Err(no_use(format!("there is no case called {name}; check the name's letters")))
            }
        }
    }
}

const NOT_SET_UP: &str = "run \"convenor setup\" first";

/// Opens the database that the environment names, with its master key.
pub async fn open(environment: &Environment) -> Result<Installed, Problem> {
    let url = environment.database_url();
    if let Some(file) = sqlite_file(&url).filter(|file| !file.exists()) {
        return Err(no_use(format!("there is no database at {}; {NOT_SET_UP}", file.display())));
    }
    let master = environment.master_key()?;
    let installation = find(&url, &master).await?;
    let installation = installation.ok_or_else(|| {
        no_use(format!("no guild is set up in the database {}; {NOT_SET_UP}", without_password(&url)))
    })?;
    let unreadable = || no_use(format!("the guild set up in the database is not a number; {NOT_SET_UP}"));
    let guild = installation.guild.parse().ok().filter(|guild| *guild != 0).ok_or_else(unreadable)?;
    let store = open_store(&url, &installation.guild, master).await?;
    Ok(Installed { store, installation, guild })
}

/// What is set up in a database, if anything.
pub async fn find(url: &str, master: &MasterKey) -> Result<Option<Installation>, Problem> {
    let store = open_store(url, "", master.clone()).await?;
    let found = store.installations().await;
    store.close().await;
    let mut found = found.map_err(|error| unusable(url, &error))?;
    if found.len() > 1 {
        return Err(no_use(format!(
            "the database {} is set up for {} guilds, and one process serves one; give each its own database",
            without_password(url),
            found.len()
        )));
    }
    Ok(found.pop())
}

/// Opens a database for a guild.
pub async fn open_store(url: &str, guild: &str, master: MasterKey) -> Result<Arc<dyn Store>, Problem> {
    let opening = Opening { url: url.to_owned(), guild: guild.to_owned(), master, chance: machine::chance() };
    store::open(opening).await.map_err(|error| unusable(url, &error))
}

/// Why a database can't be used, and what to do.
pub fn unusable(url: &str, error: &StoreError) -> Problem {
    let next = match error {
        StoreError::WrongKey => "; set CONVENOR_MASTER_KEY_FILE to the key it was set up with",
        StoreError::Newer | StoreError::Unusable { .. } => "",
        _ => "; check CONVENOR_DATABASE_URL",
    };
    no_use(format!("the database {}: {error}{next}", without_password(url)))
}
