//! Keys: the master key wraps case keys, a case key wraps entry keys, an entry key encrypts one body.
//!
//! The master key itself is never stored, printed or logged. Ending an entry's key ends that entry, ending a
//! case's key ends everything of the case, effects included; the chain over the ciphertext stays whole either way.

use std::sync::Mutex;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use hkdf::Hkdf;
use rand::CryptoRng;
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::domain::ids::{AccountId, CaseId};

use super::chain::{Hash, length_prefixed};

/// The version of the key that wraps case keys. A rotation counts it up.
pub(super) const KEK_VERSION: i64 = 1;

/// The first byte of every ciphertext: XChaCha20-Poly1305, a nonce of 24 bytes, then the body with its tag.
const XCHACHA20_POLY1305: u8 = 1;
const NONCE_BYTES: usize = 24;

/// 32 bytes that open everything; kept outside the database.
#[derive(Clone)]
pub struct MasterKey(Zeroizing<[u8; 32]>);

/// The text is not a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a master key is 32 bytes, written as 64 hexadecimal digits or 44 characters of base64")]
pub struct NotAKey;

impl MasterKey {
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// Reads a key written in hexadecimal or base64; white space at either end is ignored.
    pub fn parse(text: &str) -> Result<Self, NotAKey> {
        let text = text.trim();
        let bytes = Zeroizing::new(match text.len() {
            64 => from_hex(text).ok_or(NotAKey)?,
            _ => STANDARD.decode(text).map_err(|_| NotAKey)?,
        });
        let mut key = Zeroizing::new([0; 32]);
        if bytes.len() != key.len() {
            return Err(NotAKey);
        }
        key.copy_from_slice(&bytes);
        Ok(Self(key))
    }

    /// A key for one purpose, of no use for any other.
    fn derive(&self, purpose: &str) -> Secret {
        let mut key = Zeroizing::new([0; 32]);
        Hkdf::<Sha256>::new(None, self.0.as_slice())
            .expand(purpose.as_bytes(), key.as_mut_slice())
            .expect("32 bytes is a length SHA-256 can give");
        Secret(key)
    }
}

impl std::fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("MasterKey(..)")
    }
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> =
        text.chars().map(|c| c.to_digit(16).and_then(|digit| digit.try_into().ok())).collect();
    Some(digits?.chunks(2).map(|pair| pair[0] * 16 + pair[1]).collect())
}

/// A key that decrypts; it has no `Debug` and is wiped when dropped.
pub(super) struct Secret(Zeroizing<[u8; 32]>);

/// A ciphertext that the key, or what it is bound to, does not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Undecryptable;

/// What the store needs of the master key, and the chance that new keys and nonces are drawn from.
pub(super) struct Keyring {
    case_wrapping: Secret,
    texts: Secret,
    check: Secret,
    marks: Secret,
    references: Secret,
    chance: Mutex<Box<dyn CryptoRng + Send>>,
}

impl Keyring {
    pub(super) fn new(master: &MasterKey, chance: Box<dyn CryptoRng + Send>) -> Self {
        Self {
            case_wrapping: master.derive(&format!("convenor/case-wrapping/v{KEK_VERSION}")),
            texts: master.derive("convenor/texts/v1"),
            check: master.derive("convenor/check/v1"),
            marks: master.derive("convenor/marks/v1"),
            references: master.derive("convenor/references/v1"),
            chance: Mutex::new(chance),
        }
    }

    /// Tells this master key from another. Nothing is encrypted under it, so it may lie in the open.
    pub(super) fn check_value(&self) -> &[u8] {
        self.check.0.as_slice()
    }

    /// The key of texts that belong to no one case.
    pub(super) fn texts(&self) -> &Secret {
        &self.texts
    }

    /// Stands for an account where the database must not tell who it is: the same for the same account, and of no
    /// use to whoever lacks the master key.
    pub(super) fn mark(&self, account: AccountId) -> [u8; 32] {
        *blake3::keyed_hash(&self.marks.0, &account.0.to_le_bytes()).as_bytes()
    }

    /// What an authority's reference is kept as, capitals and the white space around it aside: nobody without the key
    /// can tell which reference it is, or try them all.
    pub(super) fn digest_of_reference(&self, reference: &str) -> Hash {
        *blake3::keyed_hash(&self.references.0, reference.trim().to_lowercase().as_bytes()).as_bytes()
    }

    pub(super) fn draw_key(&self) -> Secret {
        let mut key = Zeroizing::new([0; 32]);
        self.draw(key.as_mut_slice());
        Secret(key)
    }

    /// Wraps a case's key under the master key.
    pub(super) fn wrap_case_key(&self, case: &CaseId, key: &Secret) -> Vec<u8> {
        self.encrypt(&self.case_wrapping, &case_key_bound(case), key.0.as_slice())
    }

    pub(super) fn unwrap_case_key(&self, case: &CaseId, wrapped: &[u8]) -> Result<Secret, Undecryptable> {
        as_key(&decrypt(&self.case_wrapping, &case_key_bound(case), wrapped)?)
    }

    /// Wraps an entry's key under its case's.
    pub(super) fn wrap_entry_key(&self, case_key: &Secret, case: &CaseId, seq: u64, key: &Secret) -> Vec<u8> {
        self.encrypt(case_key, &entry_key_bound(case, seq), key.0.as_slice())
    }

    /// Encrypts; `bound` must be given again to decrypt, and is not kept.
    pub(super) fn encrypt(&self, key: &Secret, bound: &[u8], plain: &[u8]) -> Vec<u8> {
        let mut nonce = [0; NONCE_BYTES];
        self.draw(&mut nonce);
        let body = cipher(key)
            .encrypt(&XNonce::from(nonce), Payload { msg: plain, aad: bound })
            .expect("only a body of 256 GiB is too long to encrypt");
        [&[XCHACHA20_POLY1305], nonce.as_slice(), &body].concat()
    }

    fn draw(&self, bytes: &mut [u8]) {
        // A panic elsewhere can't leave a generator half-drawn in any way that matters: each draw is fresh.
        self.chance.lock().unwrap_or_else(std::sync::PoisonError::into_inner).fill_bytes(bytes);
    }
}

pub(super) fn unwrap_entry_key(
    case_key: &Secret,
    case: &CaseId,
    seq: u64,
    wrapped: &[u8],
) -> Result<Secret, Undecryptable> {
    as_key(&decrypt(case_key, &entry_key_bound(case, seq), wrapped)?)
}

pub(super) fn decrypt(key: &Secret, bound: &[u8], encrypted: &[u8]) -> Result<Zeroizing<Vec<u8>>, Undecryptable> {
    let (&algorithm, rest) = encrypted.split_first().ok_or(Undecryptable)?;
    let (nonce, body) = rest.split_at_checked(NONCE_BYTES).ok_or(Undecryptable)?;
    if algorithm != XCHACHA20_POLY1305 {
        return Err(Undecryptable);
    }
    let nonce: [u8; NONCE_BYTES] = nonce.try_into().map_err(|_| Undecryptable)?;
    cipher(key)
        .decrypt(&XNonce::from(nonce), Payload { msg: body, aad: bound })
        .map(Zeroizing::new)
        .map_err(|_| Undecryptable)
}

fn cipher(key: &Secret) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(&Key::from(*key.0))
}

fn as_key(bytes: &[u8]) -> Result<Secret, Undecryptable> {
    let bytes: [u8; 32] = bytes.try_into().map_err(|_| Undecryptable)?;
    Ok(Secret(Zeroizing::new(bytes)))
}

fn case_key_bound(case: &CaseId) -> Vec<u8> {
    length_prefixed(&[b"convenor/case-key/v1", &KEK_VERSION.to_le_bytes(), case.0.as_bytes()])
}

fn entry_key_bound(case: &CaseId, seq: u64) -> Vec<u8> {
    length_prefixed(&[b"convenor/entry-key/v1", case.0.as_bytes(), &seq.to_le_bytes()])
}
