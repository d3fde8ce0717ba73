//! Makes any text printable: one character without a glyph would fail the whole document.

use serde_json::Value;

use super::fonts::FONTS;

/// The longest run without a place to break that a narrow column is left with, and how far apart breaks then are.
const RUN_MAX: usize = 20;
const BREAK_AFTER: usize = 10;

/// Every string of a document as it can be printed; keys are the program's own.
pub fn sanitised(value: &mut Value) {
    match value {
        Value::String(text) => *text = printable(text),
        Value::Array(items) => items.iter_mut().for_each(sanitised),
        Value::Object(entries) => entries.values_mut().for_each(sanitised),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// The text with every character a face covers. Control characters go; any other that can't be shown is named
/// (`[U+1F600]`), so that nothing disappears unseen. A long run gets places to break at.
pub fn printable(text: &str) -> String {
    breakable(&covered(text))
}

fn covered(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.replace("\r\n", "\n").chars() {
        match character {
            // Most of any text; every face has them.
            '\n' | ' '..='~' => shown.push(character),
            '\t' => shown.push(' '),
            '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => shown.push('\n'),
            control if control.is_control() => {}
            // They say which look of the character before them is meant, and we have one.
            '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' => {}
            named if reorders(named) || has_no_meaning(named) || !FONTS.cover(named) => {
                shown.push_str(&format!("[U+{:04X}]", u32::from(named)));
            }
            other => shown.push(other),
        }
    }
    shown
}

/// Characters that can make a line read other than it was written.
fn reorders(character: char) -> bool {
    matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Characters an archived document may not hold as text, whatever a face does with them: the byte order mark, other
/// marks without a meaning of their own, and private use.
fn has_no_meaning(character: char) -> bool {
    matches!(u32::from(character), 0xfeff | 0xfff0..=0xfffb | 0xe000..=0xf8ff | 0xf0000..)
        || u32::from(character) & 0xfffe == 0xfffe
}

fn breakable(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for run in text.split_inclusive(char::is_whitespace) {
        if run.chars().count() <= RUN_MAX {
            out.push_str(run);
            continue;
        }
        let mut since = 0;
        for character in run.chars() {
            // Plain letters and digits follow no other; a mark belongs to the letter before it.
            let starts_anew = character.is_ascii_graphic();
            if since >= RUN_MAX || (since >= BREAK_AFTER && starts_anew) {
                out.push('\u{200b}');
                since = 0;
            }
            out.push(character);
            since += 1;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(printable(text), expected, "{text:?}");
    }

    #[test]
    fn what_a_face_covers_stays_as_it_is() {
        check("Zoë “Zo” – 50 % of £3", "Zoë “Zo” – 50 % of £3");
        check("محمد अंजलि", "محمد अंजलि");
        check("one\r\ntwo\tthree", "one\ntwo three");
    }

    #[test]
    fn what_no_face_covers_is_named() {
        check("fine \u{1f600}", "fine [U+1F600]");
        check("\u{e000} \u{fffe} \u{feff}", "[U+E000] [U+FFFE] [U+FEFF]");
        check("ab\u{202e}cd", "ab[U+202E]cd");
        check("bell\u{7}\u{0}", "bell");
        check("\u{2764}\u{fe0f}", "[U+2764]");
    }

    #[test]
    fn a_long_run_can_break() {
        check("safeguarding", "safeguarding");
        let printed = printable(&"a1".repeat(20));
        assert_eq!(printed.replace('\u{200b}', ""), "a1".repeat(20));
        let longest = printed.split('\u{200b}').map(|run| run.chars().count()).max();
        assert_eq!(longest, Some(BREAK_AFTER));
        let marks = format!("a{}", "\u{301}".repeat(50));
        assert!(printable(&marks).split('\u{200b}').all(|run| run.chars().count() <= RUN_MAX));
    }
}
