//! The neutral name of a case: two words and a check letter, `amber-heron-k` (SEC-26).
//!
//! The words are drawn by the caller, since chance is an argument; here they are joined and checked.

use super::ids::CodeName;

/// The weights of the letters in turn. Each has an inverse modulo 26, so that changing any one letter
/// always changes the sum: that is how a mistyped letter is noticed.
const WEIGHTS: [u32; 11] = [3, 5, 7, 9, 11, 15, 17, 19, 21, 23, 25];

/// Joins two lower-case words and their check letter.
pub fn code_name(first: &str, second: &str) -> CodeName {
    CodeName(format!("{first}-{second}-{}", check_letter(first, second)))
}

/// Whether a text, in capitals or not, is two words whose check letter is right. It says nothing of whether
/// a case of that name exists.
pub fn is_well_formed(text: &str) -> bool {
    let text = text.trim().to_lowercase();
    let parts: Vec<&str> = text.split('-').collect();
    let [first, second, letter] = parts[..] else {
        return false;
    };
    let is_word = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase());
    is_word(first) && is_word(second) && letter == check_letter(first, second).to_string()
}

fn check_letter(first: &str, second: &str) -> char {
    let letters = first.bytes().chain(second.bytes()).map(|byte| u32::from(byte.wrapping_sub(b'a')));
    // The length of the first word keeps "am-berheron" apart from "amber-heron".
    let start = first.len() as u32 % 26;
    let sum = letters.zip(WEIGHTS.iter().cycle()).fold(start, |sum, (letter, weight)| (sum + letter * weight) % 26);
    char::from(b'a' + sum as u8)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_name_is_two_words_and_a_letter() {
        let name = code_name("amber", "heron").0;
        assert!(name.starts_with("amber-heron-"), "{name}");
        assert!(is_well_formed(&name));
        assert!(is_well_formed(&format!(" {} ", name.to_uppercase())));
    }

    #[test]
    fn anything_else_is_not_a_name() {
        for text in ["", "-", "--", "amber", "amber-heron", "amber-heron-", "amber--k", "ämber-heron-k", "a-b-c-d"] {
            assert!(!is_well_formed(text), "{text}");
        }
    }

    #[test]
    fn words_are_told_apart_at_their_hyphen() {
        assert_ne!(check_letter("am", "berheron"), check_letter("amber", "heron"));
    }

    proptest! {
        #[test]
        fn one_wrong_letter_is_noticed(first in "[a-z]{2,9}", second in "[a-z]{2,9}", place: prop::sample::Index, to in b'a'..=b'z') {
            let mut bytes = code_name(&first, &second).0.into_bytes();
            let letters: Vec<usize> = (0..bytes.len()).filter(|place| bytes[*place] != b'-').collect();
            let place = letters[place.index(letters.len())];
            prop_assume!(bytes[place] != to);
            bytes[place] = to;
            prop_assert!(!is_well_formed(&String::from_utf8(bytes).expect("letters")));
        }

        #[test]
        fn no_text_makes_it_panic(text: String) {
            is_well_formed(&text);
        }
    }
}
