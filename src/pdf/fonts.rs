//! The faces compiled in, and which characters they cover. No other font is ever looked for.

use std::sync::LazyLock;

use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;

macro_rules! face {
    ($file:literal) => {
        include_bytes!(concat!("../../assets/fonts/", $file))
    };
}

/// A family with its faces; text is set in the first family that covers it.
type Family = (&'static str, &'static [&'static [u8]]);

/// Latin, Greek and Cyrillic first, then the scripts that names in an English case are most often written in.
const FAMILIES: [Family; 9] = [
    ("Noto Sans", &[face!("NotoSans-Regular.ttf"), face!("NotoSans-Bold.ttf"), face!("NotoSans-Italic.ttf")]),
    ("Noto Sans Arabic", &[face!("NotoSansArabic-Regular.ttf")]),
    ("Noto Sans Bengali", &[face!("NotoSansBengali-Regular.ttf")]),
    ("Noto Sans Devanagari", &[face!("NotoSansDevanagari-Regular.ttf")]),
    ("Noto Sans Ethiopic", &[face!("NotoSansEthiopic-Regular.ttf")]),
    ("Noto Sans Gujarati", &[face!("NotoSansGujarati-Regular.ttf")]),
    ("Noto Sans Gurmukhi", &[face!("NotoSansGurmukhi-Regular.ttf")]),
    ("Noto Sans Hebrew", &[face!("NotoSansHebrew-Regular.ttf")]),
    ("Noto Sans Tamil", &[face!("NotoSansTamil-Regular.ttf")]),
];

/// The faces, read once a process.
pub struct Fonts {
    pub book: LazyHash<FontBook>,
    pub faces: Vec<Font>,
}

pub static FONTS: LazyLock<Fonts> = LazyLock::new(|| {
    let files = FAMILIES.iter().flat_map(|(_, files)| files.iter());
    let faces: Vec<Font> = files.flat_map(|file| Font::iter(Bytes::new(*file))).collect();
    Fonts { book: LazyHash::new(FontBook::from_fonts(&faces)), faces }
});

/// The families in the order they are tried.
pub fn families() -> impl Iterator<Item = &'static str> {
    FAMILIES.iter().map(|(name, _)| *name)
}

impl Fonts {
    /// Whether a family has the character in all its faces: a heading in bold must hold what a paragraph holds.
    pub fn cover(&self, character: char) -> bool {
        families().any(|family| {
            let mut faces = self.faces.iter().filter(|face| face.info().family == family);
            faces.all(|face| face.info().coverage.contains(character as u32))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_family_is_there_under_its_name() {
        let is_there = |family: &str| FONTS.faces.iter().any(|face| face.info().family == family);
        let missing: Vec<_> = families().filter(|family| !is_there(family)).collect();
        assert!(missing.is_empty(), "{missing:?}");
    }

    #[test]
    fn the_scripts_of_names_are_covered() {
        let names = "Zoë Ńowak Ωμέγα Їжак Nguyễn محمد পূজা अंजलि ሰላም ગીતા ਗੁਰਪ੍ਰੀਤ שרה தமிழ்";
        let uncovered: String = names.chars().filter(|name| !FONTS.cover(*name)).collect();
        assert!(uncovered.is_empty(), "{uncovered}");
        assert!(!FONTS.cover('\u{1f600}'));
    }
}
