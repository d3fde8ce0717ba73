//! The rules and words a case runs under: today's for a new case, the pinned ones for every case begun.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::config::Config;
use crate::domain::calendar::Calendar;
use crate::domain::event::Pinned;
use crate::domain::facts::Rules;
use crate::domain::procedure::Procedure;
use crate::domain::prompt::Catalogue;
use crate::wording::Wording;

use super::ports::{Store, StoreError};

/// A procedure, the catalogue and the wording, as one version of each.
pub struct Rulebook {
    pub pinned: Pinned,
    pub procedure: Procedure,
    pub catalogue: Catalogue,
    pub wording: Wording,
    /// The texts by digest, to be kept with the first case that runs under them.
    texts: Vec<(String, String)>,
}

impl Rulebook {
    /// The book as configured now. `None` for a procedure nobody configured.
    pub fn configured(config: &Config, procedure: &str) -> Option<Self> {
        let procedure = config.procedures.get(procedure)?.clone();
        let catalogue = config.catalogue.in_terms_of(&procedure);
        let sentences = config.wording.sentences().clone();
        let texts = [text_of(&procedure), text_of(&catalogue), text_of(&sentences)];
        let digests = texts.each_ref().map(|text| blake3::hash(text.as_bytes()).to_hex().to_string());
        let pinned = Pinned {
            procedure: procedure.slug.clone(),
            procedure_digest: digests[0].clone(),
            catalogue_digest: digests[1].clone(),
            wording_digest: digests[2].clone(),
        };
        let wording = Wording::compile(sentences).ok()?;
        Some(Self { pinned, procedure, catalogue, wording, texts: digests.into_iter().zip(texts).collect() })
    }

    /// The book a case was begun under.
    pub async fn pinned(store: &dyn Store, pinned: &Pinned, today: &Wording) -> Result<Self, StoreError> {
        let procedure = kept(store, &pinned.procedure_digest).await?;
        let catalogue = kept(store, &pinned.catalogue_digest).await?;
        // A sentence this version needs and the case's own wording lacks is today's.
        let mut sentences = today.sentences().clone();
        sentences.extend(kept::<BTreeMap<String, String>>(store, &pinned.wording_digest).await?);
        let wording = Wording::compile(sentences).map_err(|_| unreadable(&pinned.wording_digest))?;
        Ok(Self { pinned: pinned.clone(), procedure, catalogue, wording, texts: Vec::new() })
    }

    pub fn texts(&self) -> Vec<(String, String)> {
        self.texts.clone()
    }

    pub fn rules<'a>(&'a self, calendar: &'a Calendar) -> Rules<'a> {
        Rules { procedure: &self.procedure, catalogue: &self.catalogue, calendar }
    }
}

fn text_of(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).expect("configuration is made of strings, numbers and lists")
}

async fn kept<T: serde::de::DeserializeOwned>(store: &dyn Store, digest: &str) -> Result<T, StoreError> {
    let text = store.pinned(digest).await?.ok_or_else(|| unreadable(digest))?;
    serde_json::from_str(&text).map_err(|_| unreadable(digest))
}

fn unreadable(digest: &str) -> StoreError {
    StoreError::Corrupt { table: "texts", row: digest.to_owned(), problem: "the pinned text can't be read".to_owned() }
}

/// A book in the hands of many.
pub type SharedBook = Arc<Rulebook>;
