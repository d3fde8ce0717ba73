//! Identities that could put somebody at risk, such as a neighbour's or a protected address: wherever the words occur,
//! whoever may not know them reads something else in their place (SEC-08). The record itself keeps them.
//!
//! What is masked are words, not entries: they are masked in what was said before and in whatever is said later, whoever
//! says it.

use serde::{Deserialize, Serialize};

use super::case::Case;
use super::ids::{MaskNo, SeatId};
use super::limits::Readers;
use super::spoken::Spoken;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mask {
    pub no: MaskNo,
    pub words: Spoken,
    /// What others read of it: "a neighbour". May be empty.
    pub shown: Spoken,
    /// Whoever masked it, and may lift it.
    pub originator: SeatId,
    /// Who knows besides them and the chair. Whoever takes a seat later doesn't, until they are named.
    pub readers: Readers,
}

impl Mask {
    fn hides(&self, case: &Case, seat: Option<SeatId>) -> bool {
        let Some(seat) = seat else { return true };
        let is_chair = case.session().is_some_and(|session| session.chair() == Some(seat));
        !(is_chair || self.originator == seat || self.readers.allow(case, seat))
    }
}

impl Case {
    /// What a reader may not know, and what they read of it. `None` is whoever reads what is for everybody.
    pub fn masked_from(&self, seat: Option<SeatId>) -> impl Iterator<Item = (&str, &str)> {
        let hiding = self.masks.iter().filter(move |mask| mask.hides(self, seat));
        hiding.map(|mask| (mask.words.words(), mask.shown.words()))
    }

    /// One's own mask of these words.
    pub fn mask_of(&self, words: &Spoken, originator: SeatId) -> Option<&Mask> {
        let own = self.masks.iter().filter(|mask| mask.originator == originator);
        own.into_iter().find(|mask| characters(mask.words.words()) == characters(words.words()))
    }
}

/// The text with something else wherever these words occur: in whatever case and spacing, as whole words, and also where
/// a shortened text breaks off within them.
pub fn hidden(text: &str, words: &str, instead: &str) -> String {
    let words = characters(words);
    if words.is_empty() {
        return text.to_owned();
    }
    let text: Vec<char> = text.chars().collect();
    let mut shown = String::with_capacity(text.len());
    let mut at = 0;
    while at < text.len() {
        let begins = at == 0 || !text[at - 1].is_alphanumeric();
        match matched(&text[at..], &words).filter(|_| begins) {
            Some(length) => {
                shown.push_str(instead);
                at += length;
            }
            None => {
                shown.push(text[at]);
                at += 1;
            }
        }
    }
    shown
}

/// How much of the text the words take at its beginning.
fn matched(text: &[char], words: &[char]) -> Option<usize> {
    let mut at = 0;
    for (n, wanted) in words.iter().enumerate() {
        let found = *text.get(at)?;
        if found == '…' && n > 0 && text.len() == at + 1 {
            return Some(at);
        }
        if *wanted == ' ' {
            let spaces = text[at..].iter().take_while(|character| character.is_whitespace()).count();
            at += Some(spaces).filter(|spaces| *spaces > 0)?;
        } else if found.to_lowercase().eq(wanted.to_lowercase()) {
            at += 1;
        } else {
            return None;
        }
    }
    let ends = text.get(at).is_none_or(|next| !next.is_alphanumeric());
    ends.then_some(at)
}

/// In small letters, each space one.
fn characters(words: &str) -> Vec<char> {
    let words: Vec<_> = words.split_whitespace().collect();
    words.join(" ").chars().flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_hidden_wherever_they_stand_and_nothing_else_is() {
        let hide = |text: &str| hidden(text, "Mrs  Pell", "[a neighbour]");
        for (text, shown) in [
            ("Mrs Pell heard it.", "[a neighbour] heard it."),
            ("It was MRS\n PELL's door", "It was [a neighbour]'s door"),
            ("(mrs pell), Mrs Pell", "([a neighbour]), [a neighbour]"),
            ("Mrs Pellet and Mrs Pelling; XMrs Pell", "Mrs Pellet and Mrs Pelling; XMrs Pell"),
            ("Mrs Mrs Pell", "Mrs [a neighbour]"),
            ("Heard by Mrs Pe…", "Heard by [a neighbour]…"),
            ("Heard by M…", "Heard by [a neighbour]…"),
            ("Mr… then", "Mr… then"),
            ("", ""),
        ] {
            assert_eq!(hide(text), shown, "{text}");
        }
        assert_eq!(
            hidden("14 Pockmarrow Lane, 14b Pockmarrow Lane", "14 Pockmarrow Lane", "…"),
            "…, 14b Pockmarrow Lane"
        );
        assert_eq!(hidden("Straße 5", "STRASSE", "x"), "Straße 5");
        assert_eq!(hidden("whole", " ", "x"), "whole");
    }
}
