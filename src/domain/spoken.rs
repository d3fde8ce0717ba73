//! Words a person said or wrote, kept where nothing can print them by accident.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What a person said. It has no `Display` and its `Debug` shows a length only, so that no log line
/// can hold it; whoever shows it to someone entitled to it asks for [`Spoken::words`] by name.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Spoken(String);

impl Spoken {
    /// Keeps the text, less white space at either end.
    pub fn new(text: impl AsRef<str>) -> Self {
        Self(text.as_ref().trim().to_owned())
    }

    /// The words themselves, for the record, the room and the minutes.
    pub fn words(&self) -> &str {
        &self.0
    }

    /// Nothing was said.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// `None` where nothing was said.
    pub fn some(self) -> Option<Self> {
        (!self.is_empty()).then_some(self)
    }
}

impl fmt::Debug for Spoken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Spoken({} characters)", self.0.chars().count())
    }
}

impl From<&str> for Spoken {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}
