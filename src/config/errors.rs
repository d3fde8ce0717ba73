//! What is wrong with a configuration, told to its administrator: file, line, key, and what to do.

use std::fmt;

/// One thing to put right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigError {
    /// The file as the administrator knows it: `bot-config/procedures/remote-format.toml`.
    pub file: String,
    /// From 1; `None` where the file as a whole is meant.
    pub line: Option<usize>,
    pub sentence: String,
}

/// Everything to put right, so that it can be done in one go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigErrors(pub Vec<ConfigError>);

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}, line {line}: {}", self.file, self.sentence),
            None => write!(f, "{}: {}", self.file, self.sentence),
        }
    }
}

impl fmt::Display for ConfigErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines: Vec<String> = self.0.iter().map(ToString::to_string).collect();
        f.write_str(&lines.join("\n"))
    }
}

impl std::error::Error for ConfigErrors {}

/// One file's text under its name, to point into.
#[derive(Debug, Clone)]
pub(crate) struct Source {
    pub file: String,
    pub text: String,
}

/// Where the lines of a text end.
pub(crate) struct Lines(Vec<usize>);

impl Lines {
    /// The line a byte is on, from 1.
    pub fn at(&self, place: usize) -> usize {
        1 + self.0.partition_point(|end| *end < place)
    }
}

impl Source {
    /// Reads it as TOML into a value whose unknown keys are errors.
    pub fn read<T: serde::de::DeserializeOwned>(&self) -> Result<T, ConfigError> {
        toml::from_str(&self.text).map_err(|error| {
            let place = error.span().map(|span| span.start);
            ConfigError {
                file: self.file.clone(),
                line: place.map(|place| self.line_at(place)),
                sentence: self.reworded(error.message(), place),
            }
        })
    }

    /// An error at the first line that holds a text, or of the file as a whole if none does.
    pub fn error_at(&self, text: &str, sentence: impl Into<String>) -> ConfigError {
        let line = self.text.lines().position(|line| line.split('#').next().is_some_and(|line| line.contains(text)));
        ConfigError { file: self.file.clone(), line: line.map(|line| line + 1), sentence: sentence.into() }
    }

    /// An error at the line that gives a key its value, or of the file as a whole if none does.
    pub fn error_at_key(&self, key: &str, sentence: impl Into<String>) -> ConfigError {
        let gives = |line: &str| line.split_once('=').is_some_and(|(given, _)| given.trim() == key);
        let line = self.text.lines().position(gives);
        ConfigError { file: self.file.clone(), line: line.map(|line| line + 1), sentence: sentence.into() }
    }

    /// An error at a line.
    pub fn error_on(&self, line: usize, sentence: impl Into<String>) -> ConfigError {
        ConfigError { file: self.file.clone(), line: Some(line), sentence: sentence.into() }
    }

    /// The line a byte is on, from 1.
    pub fn line_at(&self, place: usize) -> usize {
        self.lines().at(place)
    }

    /// Where its lines end, for whoever asks for the line of many places.
    pub fn lines(&self) -> Lines {
        Lines(self.text.match_indices('\n').map(|(end, _)| end).collect())
    }

    /// Says the parser's message the way an administrator would, and names the key it is about.
    fn reworded(&self, message: &str, place: Option<usize>) -> String {
        let message = message.lines().next().unwrap_or_default();
        let quoted: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
        let (first, others) =
            quoted.split_first().map_or(("", String::new()), |(first, rest)| (*first, rest.join(", ")));
        let key = place.and_then(|place| self.key_at(place)).unwrap_or_default();
        if message.starts_with("unknown field") {
            format!("unknown key \"{first}\"; the keys here are {others}")
        } else if message.starts_with("unknown variant") {
            format!("\"{first}\" is no value of \"{key}\"; the values are {others}")
        } else if message.starts_with("missing field") {
            format!("the key \"{first}\" is missing here; add it")
        } else if message.starts_with("duplicate key") {
            format!("\"{key}\" is set twice; remove one of the two")
        } else if key.is_empty() {
            format!("{message}; correct this line")
        } else {
            format!("\"{key}\" can't be read: {message}; correct its value")
        }
    }

    /// The key whose value a byte is in.
    fn key_at(&self, place: usize) -> Option<&str> {
        let start = self.text.get(..place)?.rfind('\n').map_or(0, |end| end + 1);
        let line = self.text.get(start..)?.lines().next()?;
        let (key, _) = line.split_once('=')?;
        Some(key.trim()).filter(|key| !key.is_empty() && !key.starts_with('#'))
    }
}
