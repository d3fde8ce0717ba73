//! The master key: the one given, or a new one in a file that only its owner can read.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use rand::RngCore as _;
use zeroize::Zeroizing;

use crate::commands::{Environment, Problem, machine, no_use};
use crate::store::MasterKey;
use crate::store::chain::hex;

/// The key, and the file where it was made just now.
///
/// A database without its key is never given a new one: that would open nothing of it.
pub fn given_or_made(environment: &Environment, has_database: bool) -> Result<(MasterKey, Option<PathBuf>), Problem> {
    if let Some(key) = environment.master_key_if_any()? {
        return Ok((key, None));
    }
    if has_database {
        return environment.master_key().map(|key| (key, None));
    }
    let mut bytes = Zeroizing::new([0; 32]);
    machine::chance().fill_bytes(bytes.as_mut_slice());
    let file = environment.master_key_file();
    write(&file, &bytes).map_err(|error| {
        no_use(format!(
            "no master key can be written to {} ({}); set CONVENOR_MASTER_KEY_FILE to a place that can be written",
            file.display(),
            error.kind()
        ))
    })?;
    Ok((MasterKey::new(*bytes), Some(file)))
}

fn write(file: &Path, key: &[u8; 32]) -> std::io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(file)?;
    file.write_all(Zeroizing::new(format!("{}\n", hex(key))).as_bytes())?;
    file.sync_all()
}
