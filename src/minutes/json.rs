//! The document as JSON: the same value, its keys in the order they are declared.

use super::document::Minutes;

/// The same journal gives the same bytes.
pub fn json(minutes: &Minutes) -> String {
    let mut text = serde_json::to_string_pretty(minutes).expect("a document holds nothing JSON can't say");
    text.push('\n');
    text
}
