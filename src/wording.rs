//! Every sentence people see, by key, from `bot-config/wording.toml`.
//!
//! A sentence is a minijinja template compiled once, when the configuration is loaded, so a slip in an
//! authority's copy is a start-up error. No sentence that people see is in code. To add one, put it into the
//! file and say it by `section.key`; whatever else the code needs it asks for with [`Wording::has`].
//!
//! Never escaped as HTML here: chat and plain text are the readers, pages escape for themselves.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, UndefinedBehavior, Value};
use serde::Serialize;

use crate::domain::masks::hidden;

/// The sentences, compiled; and what its reader may not know (SEC-08).
#[derive(Debug)]
pub struct Wording {
    compiled: Arc<Environment<'static>>,
    sentences: Arc<BTreeMap<String, String>>,
    /// Words, and what is said in their place.
    masks: Vec<(String, String)>,
}

/// Why a sentence can't be compiled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadSentence {
    pub key: String,
    /// The line within the sentence, from 1.
    pub line: usize,
    pub reason: String,
}

impl Wording {
    /// Compiles sentences by their keys, `section.key`; reports every one that has a slip.
    pub fn compile(sentences: BTreeMap<String, String>) -> Result<Self, Vec<BadSentence>> {
        let mut compiled = Environment::new();
        compiled.set_undefined_behavior(UndefinedBehavior::Strict);
        compiled.set_auto_escape_callback(|_| AutoEscape::None);
        // A block tag may stand on a line of its own without leaving a blank one.
        let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build();
        compiled.set_syntax(syntax.expect("only white space is configured"));
        let mut bad = Vec::new();
        for (key, sentence) in &sentences {
            if let Err(error) = compiled.add_template_owned(key.clone(), sentence.clone()) {
                let reason = error.detail().map_or_else(|| error.kind().to_string(), ToOwned::to_owned);
                bad.push(BadSentence { key: key.clone(), line: error.line().unwrap_or(1), reason });
            }
        }
        if !bad.is_empty() {
            return Err(bad);
        }
        Ok(Self { compiled: Arc::new(compiled), sentences: Arc::new(sentences), masks: Vec::new() })
    }

    /// The same for a reader who may not know these words, each with what they read of them.
    pub fn masking<'m>(&self, masks: impl Iterator<Item = (&'m str, &'m str)>) -> Self {
        let instead = |shown: &str| self.say("masks.shown", minijinja::context! { shown });
        let masks = masks.map(|(words, shown)| (words.to_owned(), instead(shown))).collect();
        Self { compiled: Arc::clone(&self.compiled), sentences: Arc::clone(&self.sentences), masks }
    }

    /// A text as this reader may have it.
    pub fn masked(&self, text: String) -> String {
        self.masks.iter().fold(text, |text, (words, instead)| hidden(&text, words, instead))
    }

    /// Says a sentence with its values.
    ///
    /// # Panics
    ///
    /// Where there is no such sentence, or it names a value it isn't given: both are slips of the program,
    /// since the keys and the names of values are checked when the configuration is loaded.
    pub fn say(&self, key: &str, values: impl Serialize) -> String {
        let said = self.compiled.get_template(key).and_then(|sentence| sentence.render(Value::from(Serde(values))));
        self.masked(said.unwrap_or_else(|error| panic!("the sentence {key} can't be said: {error}")))
    }

    /// Whether there is a sentence of this key.
    pub fn has(&self, key: &str) -> bool {
        self.sentences.contains_key(key)
    }

    /// The sentences as written, by key: what a case keeps, so that later edits don't change it.
    pub fn sentences(&self) -> &BTreeMap<String, String> {
        &self.sentences
    }

    /// The names of the values a sentence uses.
    pub fn names_in(&self, key: &str) -> BTreeSet<String> {
        let sentence = self.compiled.get_template(key);
        sentence.map(|sentence| sentence.undeclared_variables(false).into_iter().collect()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use minijinja::context;

    use super::*;

    fn wording(sentence: &str) -> Result<Wording, Vec<BadSentence>> {
        Wording::compile(BTreeMap::from([("door.greeting".to_owned(), sentence.to_owned())]))
    }

    #[test]
    fn a_sentence_is_said_with_its_values_and_without_escapes() {
        let wording = wording("{{ name }} & {% for one in rest %}{{ one }}, {% endfor %}welcome.").expect("compiles");
        assert!(wording.has("door.greeting") && !wording.has("door.farewell"));
        let said = wording.say("door.greeting", context! { name => "O'Brien <b>", rest => ["A", "B"] });
        assert_eq!(said, "O'Brien <b> & A, B, welcome.");
        assert_eq!(wording.names_in("door.greeting"), BTreeSet::from(["name".to_owned(), "rest".to_owned()]));
    }

    #[test]
    fn a_slip_is_found_before_anybody_reads_it() {
        let bad = wording("Hello\n{{ name }\n").expect_err("does not compile");
        assert_eq!((bad[0].key.as_str(), bad[0].line), ("door.greeting", 2));
    }

    #[test]
    fn a_value_that_is_missing_is_never_left_blank() {
        let wording = wording("Hello {{ name }}.").expect("compiles");
        let said = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| wording.say("door.greeting", context! {})));
        assert!(said.is_err());
    }
}
